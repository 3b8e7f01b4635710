// 需求传递: what a customer needs from another post, passed on, done, told to the customer; visits to outlets
// booked ahead. MKT-310, MKT-311, MKT-612, MKT-656
#include "api/lead_desk.h"
#include "api/policy_reading.h"
#include "customers/need_pass.h"
#include "workbench/todo_facts.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::NeedPass;
using customers::PassStep;
using people::Permission;
using records::Record;

namespace {

// Of those who are asked: the one named, or whoever works where it was passed to.
bool asked(Desk& desk, const NeedPass& of) {
  return desk.own(of.to) || (!of.taken_by.empty() && desk.own(of.taken_by)) ||
         desk.org_of(desk.person()) == of.record.org;
}

std::string link_to(const NeedPass& of) { return "/leads/passes?id=" + std::to_string(of.record.id); }

struct Sent {
  NeedPass pass;
  Date due;
};

// Whom it goes to: who is named, or the head of the unit.
std::optional<Refusal> address(LeadDesk& desk, NeedPass& pass) {
  const Call& call = desk.call();
  pass.to = text_member(call, "to"), pass.record.org = text_member(call, "org");
  if (!pass.to.empty()) {
    const people::Staff* person = desk.directory().person(pass.to);
    if (!person || !people::Directory::in_post(*person, desk.today()))
      return at_member("pass.to", "没有在岗的员工 " + pass.to, "to", "从名单里选同事，或只选部门");
    if (pass.record.org.empty()) pass.record.org = person->org;
  }
  if (pass.record.org.empty() || !desk.directory().org(pass.record.org))
    return at_member("pass.org", "没有写传给哪个部门或网点", "org", "从名单里选");
  if (pass.to.empty())
    pass.to = workbench::RoleFinder(desk.directory(), desk.today()).find("单位负责人", {}, pass.record.org);
  if (pass.to.empty() || desk.own(pass.to))
    return at_member("pass.to", pass.to.empty() ? "这个部门没有负责人" : "不能传给自己", "to", "写明交给谁");
  return std::nullopt;
}

// About whom: a lead's customer or name, or a customer.
std::optional<Refusal> about(LeadDesk& desk, NeedPass& pass) {
  const Call& call = desk.call();
  const std::string customer = text_member(call, "customer");
  if (const int64_t lead = whole_member(call, "lead")) {
    auto found = desk.lead(std::to_string(lead));
    if (!found || !desk.works_on(*found))
      return at_member("pass.lead", "没有这条线索，或不是您的", "lead", "从自己的线索里传");
    pass.record.parent = found->id, pass.record.customer = found->customer, pass.record.title = found->title;
    return std::nullopt;
  }
  auto id = customer.empty() ? std::nullopt : desk.customer(customer);
  if (!id) return at_member("pass.customer", "没有客户 " + customer, "customer", "从自己的客户里选");
  pass.record.customer = *id, pass.record.title = desk.customer_name(*id);
  return std::nullopt;
}

std::variant<NeedPass, Refusal> composed(LeadDesk& desk) {
  const Call& call = desk.call();
  NeedPass pass;
  pass.what = call.text("what"), pass.form = call.text("form"), pass.stage = call.text("stage");
  pass.text = call.text("text"), pass.visit_at = text_member(call, "visit_at");
  if (auto refused = about(desk, pass)) return *refused;
  if (auto refused = address(desk, pass)) return *refused;
  const auto visit = day_member(call, "visit_on");
  const bool good = !pass.record.customer.empty() && desk.preferred(pass.record.customer);
  auto calendar = desk.calendar();
  if (!calendar.ok()) return lead_refusal(calendar.error());
  JsonObject input = std::move(*calendar);
  input.emplace_back("事项", pass.what), input.emplace_back("方式", pass.form);
  input.emplace_back("阶段", pass.stage), input.emplace_back("传递日期", desk.today().str());
  input.emplace_back("优选客户", good);
  if (visit) input.emplace_back("到店日期", visit->str());
  auto said = desk.rules().ask("pass-due", input);
  if (!said.ok()) {
    const std::string& at = said.error().where;
    return at_member("pass.word", said.error().message,
                     at == "事项"   ? "what"
                     : at == "方式" ? "form"
                     : at == "阶段" ? "stage"
                                    : "visit_on",
                     "从列出的里面选；到店要写网点开门的日子");
  }
  const Json *due = said->find("期限"), *fast = said->find("特办");
  if (!due || !due->as_string()) return at_member("pass.due", "算不出期限", "what", "看制度 pass-due");
  pass.fast = fast && fast->as_bool() && *fast->as_bool();
  pass.record.until = Date::parse(*due->as_string()), pass.record.day = desk.today();
  pass.record.owner = desk.person();
  return pass;
}

Outcome send(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  auto ready = composed(desk);
  if (auto* refused = std::get_if<Refusal>(&ready)) return *refused;
  auto made = customers::send_pass(desk.store(), std::get<NeedPass>(ready), desk.writing());
  if (!made.ok()) return lead_refusal(made.error());
  desk.tell(made->to, desk.name_of(made->record.owner) + "传来一件客户的事" + (made->fast ? "（特事特办）" : ""),
            made->record.title + "：" + made->text, link_to(*made));
  return Answer{pass_json(desk, made->record)};
}

Outcome list_passes(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  records::Filter filter;
  filter.kinds = {customers::kPassKind}, filter.limit = 5'000;
  filter.customer = call.get("customer").value_or("");
  if (auto lead = call.get("lead")) filter.parent = number_of(*lead).value_or(-1);
  const std::string box = call.get("box").value_or("all");
  std::vector<Json> items;
  int64_t waiting = 0;
  for (const Record& one : records::list(desk.store(), filter)) {
    if (!sees_pass(desk, one)) continue;
    const NeedPass of = customers::pass_of(one);
    const bool to_me = asked(desk, of) && !desk.own(one.owner);
    waiting +=
        (to_me && (one.state == "sent" || one.state == "working")) || (desk.own(one.owner) && one.state == "done");
    if (box == "asked" ? !to_me : box == "mine" && !desk.own(one.owner)) continue;
    items.push_back(pass_json(desk, one));
  }
  Answer out{.items = Items::of(std::move(items))};
  JsonArray orgs;
  for (const auto& org : desk.directory().orgs())
    if (!org.closed) orgs.push_back(JsonObject{{"id", org.id}, {"name", org.name}});
  out.items->beside = {{"today", desk.today().str()}, {"waiting", waiting}, {"orgs", std::move(orgs)}};
  return out;
}

std::optional<Refusal> enough(LeadDesk& desk, const char* step, const std::string& text,
                              const std::string& method) {
  auto said = desk.rules().ask("pass-step", JsonObject{{"步骤", step}, {"结果", text}, {"办理方式", method}});
  if (!said.ok()) return lead_refusal(said.error());
  const Json* why = said->find("原因");
  if (!why || !why->as_array() || why->as_array()->empty()) return std::nullopt;
  const std::string first = why->as_array()->front().as_string() ? *why->as_array()->front().as_string() : "";
  return at_member("pass.step", first, text.empty() ? "text" : "method", "写明以后再办结");
}

Outcome step(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  auto found = records::record(desk.store(), customers::kPassKind, number_of(call.part("id")).value_or(0));
  if (!found.ok() || found->removed || !sees_pass(desk, *found)) return not_found();
  const NeedPass of = customers::pass_of(*found);
  const std::string what = call.text("what");
  const bool theirs = what == "take" || what == "done";
  if (theirs ? !asked(desk, of) || desk.own(found->owner) : !desk.own(found->owner)) return forbidden();
  customers::PassDone done{found->id, whole_member(call, "version"), PassStep::take, desk.person(), "", ""};
  done.text = text_member(call, "text"), done.method = text_member(call, "method");
  done.step = what == "done"       ? PassStep::done
              : what == "told"     ? PassStep::told
              : what == "withdraw" ? PassStep::withdraw
                                   : PassStep::take;
  if (done.step == PassStep::done || done.step == PassStep::told)
    if (auto refused = enough(desk, what == "done" ? "办结" : "反馈", done.text, done.method)) return *refused;
  auto kept = customers::step_pass(desk.store(), done, desk.writing());
  if (!kept.ok()) {
    Refusal out = lead_refusal(kept.error());
    if (kept.error().code == "pass.state") out.status = 409;
    return out;
  }
  if (done.step == PassStep::done)
    desk.tell(found->owner, "传出去的事办好了，请告诉客户", found->title + "：" + done.text, link_to(of));
  return Answer{pass_json(desk, kept->record)};
}

}  // namespace

bool sees_pass(Desk& desk, const Record& of) {
  return desk.own(of.owner) || asked(desk, customers::pass_of(of)) || desk.reaches(Permission::lead_read, of);
}

Json pass_json(LeadDesk& desk, const Record& record) {
  const NeedPass of = customers::pass_of(record);
  JsonObject out = desk.head(record);
  const bool open = !record.customer.empty() && desk.sees_customer(desk.merges().canonical(record.customer));
  for (auto& [name, value] : out)
    if (name == "customer" && !open) value = "";
  const bool mine = desk.own(record.owner), theirs = !mine && asked(desk, of);
  const bool sent = record.state == "sent", waits = sent || record.state == "working";
  JsonArray may;
  if (theirs && sent) may.emplace_back("take");
  if (theirs && waits) may.emplace_back("done");
  if (mine && record.state == "done") may.emplace_back("told");
  if (mine && waits) may.emplace_back("withdraw");
  const JsonObject more = {{"what", of.what},
                           {"form", of.form},
                           {"stage", of.stage},
                           {"to", desk.person_json(of.to)},
                           {"taken_by", of.taken_by.empty() ? Json() : Json(desk.person_json(of.taken_by))},
                           {"text", of.text},
                           {"visit_at", of.visit_at},
                           {"fast", of.fast},
                           {"result", of.result},
                           {"method", of.method},
                           {"told", of.told},
                           {"lead", record.parent ? Json(record.parent) : Json()},
                           {"late", (waits || record.state == "done") && *record.until < desk.today()},
                           {"may", std::move(may)}};
  for (const auto& one : more) out.push_back(one);
  return out;
}

Table lead_pass_endpoints() {
  return {{.method = "GET",
           .path = "/need-passes",
           .summary = "what customers need of another post: passed on by the asker, to him, or in his reach",
           .permission = Permission::lead_read,
           .parameters = {{"box", choice({"all", "mine", "asked"})}, {"customer", text(100)}, {"lead", text(20)}},
           .output = list_of("NeedPass", {{"today", date()},
                                          {"waiting", described(integer(), "for a step of the asker")},
                                          {"orgs", list(object({{"id", text()}, {"name", text()}}))}}),
           .handler = list_passes,
           .list = true,
           .searched = {"title", "text", "owner_name", "org_name"}},
          {.method = "POST",
           .path = "/need-passes",
           .summary = "passes a need of a customer, or of a lead, on to a unit; or books a visit there",
           .permission = Permission::lead_write,
           .input = optional(object({{"what", text(60)},
                                     {"form", text(60)},
                                     {"stage", text(60)},
                                     {"text", text(6000)},
                                     {"customer", text(100)},
                                     {"lead", integer()},
                                     {"org", text(100)},
                                     {"to", described(text(100), "staff number; empty: the head of the unit")},
                                     {"visit_on", nullable(date())},
                                     {"visit_at", described(text(10), "10:30; empty: any time of the day")}}),
                             {"customer", "lead", "org", "to", "visit_on", "visit_at"}),
           .output = ref("NeedPass"),
           .handler = send},
          {.method = "POST",
           .path = "/need-passes/{id}/step",
           .summary = "taken, done, told to the customer, withdrawn",
           .permission = Permission::lead_write,
           .input = optional(object({{"version", integer()},
                                     {"what", choice({"take", "done", "told", "withdraw"})},
                                     {"text", text(6000)},
                                     {"method", text(2000)}}),
                             {"text", "method"}),
           .output = ref("NeedPass"),
           .handler = step}};
}

void pass_shapes(Schemas& out) {
  const SchemaRef person = object({{"staff", text()}, {"name", text()}});
  out["NeedPass"] = record_shape({{"what", text()},
                                  {"form", text()},
                                  {"stage", text()},
                                  {"to", person},
                                  {"taken_by", nullable(person)},
                                  {"text", text()},
                                  {"visit_at", text()},
                                  {"fast", described(boolean(), "of a selected customer: it may take less long")},
                                  {"result", text()},
                                  {"method", text()},
                                  {"told", text()},
                                  {"lead", nullable(integer())},
                                  {"late", boolean()},
                                  {"may", list(choice({"take", "done", "told", "withdraw"}))}});
  out["CustomerMarketing"] =
      object({{"today", date()},
              {"leads", list(ref("LeadItem"))},
              {"contacts", described(list(object({{"id", integer()},
                                                  {"day", date()},
                                                  {"owner_name", text()},
                                                  {"channel", text()},
                                                  {"outcome", text()},
                                                  {"text", text()},
                                                  {"page", text()}})),
                                     "of leads and campaigns")},
              {"campaigns", list(object({{"id", integer()},
                                         {"title", text()},
                                         {"state", text()},
                                         {"line", choice({"open", "done", "control", "excluded"})},
                                         {"reasons", list(text())},
                                         {"staff_name", text()},
                                         {"outcome", text()},
                                         {"contacted_on", nullable(date())}}))},
              {"consults", list(object({{"id", integer()},
                                        {"title", text()},
                                        {"day", date()},
                                        {"until", nullable(date())},
                                        {"state", text()},
                                        {"owner_name", text()},
                                        {"late", boolean()},
                                        {"page", text()}}))},
              {"passes", list(ref("NeedPass"))},
              {"preferred", described(boolean(), "selected as a good one today")},
              {"key", described(boolean(), "a key customer today")},
              {"may_pass", boolean()}});
}

}  // namespace guanhu::api
