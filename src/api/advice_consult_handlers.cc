// What customers ask and cannot get done: noted, helped by a department, told to the customer.
#include "api/advice_desk.h"
#include "workbench/consult.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Consult;

namespace {

std::string helper_of(const Desk& desk, const workbench::RoleFinder& finder, const Consult& c) {
  if (c.help_org.empty()) return "";
  const people::Staff* named = desk.directory().person(c.help_person);
  if (named && people::Directory::in_post(*named, desk.today())) return c.help_person;
  return finder.find("单位负责人", {}, c.help_org, "");
}

Json consult_json(AdviceDesk& desk, const Consult& c) {
  const std::string helper = helper_of(desk, desk.finder(), c);
  const bool mine = desk.own(c.record.owner), helps = !helper.empty() && desk.own(helper);
  JsonArray may, missing;
  if (mine && c.record.state != "closed") may.emplace_back("write"), may.emplace_back("told");
  if (helps && c.record.state == "open") may.emplace_back("help");
  if ((mine || helps) && c.record.state != "closed") may.emplace_back("add");
  for (const auto& one : c.missing)
    missing.push_back(JsonObject{{"what", one.what}, {"kind", one.kind}, {"done", one.done}});
  JsonObject out = desk.head(c.record);
  out.emplace_back("consult", c.kind), out.emplace_back("who", c.who), out.emplace_back("text", c.text);
  out.emplace_back("answer", c.answer), out.emplace_back("product", c.product ? Json(c.product) : Json());
  out.emplace_back("help_org", c.help_org);
  out.emplace_back("help_org_name", c.help_org.empty() ? "" : desk.org_name(c.help_org));
  out.emplace_back("help_person", c.help_person);
  out.emplace_back("helper", helper), out.emplace_back("helper_name", helper.empty() ? "" : desk.name_of(helper));
  out.emplace_back("missing", std::move(missing)), out.emplace_back("said", desk.said_json(c.said));
  out.emplace_back("late", c.record.state != "closed" && *c.record.until < desk.today());
  out.emplace_back("may", std::move(may));
  return out;
}

Outcome list_consults(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  records::Filter filter;
  filter.kinds = {workbench::kConsult}, filter.limit = 20'000;
  if (auto customer = call.get("customer")) filter.customer = *customer;
  std::vector<Json> items;
  for (const auto& record : records::list(desk.store(), filter))
    if (desk.sees(record)) items.push_back(consult_json(desk, workbench::consult_of(record)));
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"today", desk.today().str()}};
  return out;
}

Outcome show(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kConsult, call.part("id"));
  return record ? Outcome(Answer{consult_json(desk, workbench::consult_of(*record))}) : Outcome(not_found());
}

Outcome keep(AdviceDesk& desk, const Call& call, const records::Record* before) {
  Consult c;
  if (before) c = workbench::consult_of(*before), c.record.version = workbench::whole_in(call.body, "version");
  else c.record.owner = desk.person(), c.record.org = desk.org_of(desk.person()), c.record.day = desk.today();
  c.kind = call.text("consult"), c.record.title = call.text("title"), c.text = call.text("text");
  c.answer = text_member(call, "answer"), c.who = text_member(call, "who");
  if (!before) c.record.customer = text_member(call, "customer");
  c.product = workbench::whole_in(call.body, "product");
  c.help_org = text_member(call, "help_org"), c.help_person = text_member(call, "help_person");
  c.missing.clear();
  for (const Json& one : workbench::list_in(call.body, "missing"))
    c.missing.push_back(
        {workbench::text_in(one, "what"), workbench::text_in(one, "kind"), workbench::flag_in(one, "done")});
  if (!c.record.customer.empty() && !before && !desk.reaches_customer(c.record.customer))
    return advice_refusal({"consult.who", "没有客户 " + c.record.customer, "customer", "选您的客户"});
  if (!c.help_org.empty() && !desk.directory().org(c.help_org))
    return advice_refusal({"consult.help", "没有这个单位", "help_org", "从名单里选"});
  const auto until = day_member(call, "until");
  JsonObject input{{"记录日期", c.record.day->str()}, {"约定日期", workbench::day_or_null(until)}};
  desk.add_calendar(input);
  auto back = desk.ask(kVoicePack, "consult-follow-up", std::move(input));
  if (!back.ok()) return advice_refusal(back.error());
  c.record.until = back->as_string() ? base::Date::parse(*back->as_string()) : std::nullopt;
  auto kept = workbench::save_consult(desk.store(), c, desk.writing());
  if (!kept.ok()) return advice_refusal(kept.error());
  const std::string helper = helper_of(desk, desk.finder(), *kept);
  if (!before && !helper.empty() && !desk.own(helper))
    desk.Desk::tell(helper, "客户经理请您帮忙解决", kept->record.title,
                    "/knowledge?tab=questions&open=" + std::to_string(kept->record.id));
  return Answer{consult_json(desk, *kept)};
}

Outcome write(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  return keep(desk, call, nullptr);
}

Outcome rewrite(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kConsult, call.part("id"));
  if (!record) return not_found();
  if (!desk.own(record->owner)) return forbidden();
  return keep(desk, call, &*record);
}

Outcome step(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kConsult, call.part("id"));
  if (!record) return not_found();
  const Consult before = workbench::consult_of(*record);
  const std::string what = call.text("what"), helper = helper_of(desk, desk.finder(), before);
  const bool mine = desk.own(record->owner), helps = !helper.empty() && desk.own(helper);
  if (!(what == "told" ? mine : what == "help" ? helps : mine || helps)) return forbidden();
  auto done = workbench::consult_step(desk.store(), record->id, workbench::whole_in(call.body, "version"),
                                      desk.said(what, call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  if (what == "help")
    desk.Desk::tell(record->owner, "客户的问题有了答复", record->title,
                    "/knowledge?tab=questions&open=" + std::to_string(record->id));
  return Answer{consult_json(desk, *done)};
}

SchemaRef body_shape(bool version) {
  const SchemaRef point =
      object({{"what", text(800)}, {"kind", choice({"paper", "difficult", "risk"})}, {"done", boolean()}});
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"consult", choice({"question", "problem", "handling"})},
      {"title", text(800)},
      {"text", text(16'000)},
      {"answer", text(16'000)},
      {"customer", text(100)},
      {"who", text(400)},
      {"until", nullable(date())},
      {"product", nullable(integer())},
      {"help_org", text(100)},
      {"help_person", text(100)},
      {"missing", list(point)}};
  if (version) members.emplace_back("version", integer());
  return optional(object(std::move(members)),
                  {"answer", "customer", "who", "until", "product", "help_org", "help_person", "missing"});
}

}  // namespace

bool sees_consult(Desk& desk, const records::Record& of) {
  if (desk.own(of.owner)) return desk.can(Permission::suggestion_read);
  if (desk.reaches(Permission::customer_read, of)) return true;
  const workbench::RoleFinder finder(desk.directory(), desk.today());
  const std::string helper = helper_of(desk, finder, workbench::consult_of(of));
  return !helper.empty() && desk.own(helper) && desk.can(Permission::suggestion_read);
}

Table consult_endpoints() {
  return {{.method = "GET",
           .path = "/consults",
           .summary = "what customers asked: one's own, those one helps with, those in reach",
           .permission = Permission::suggestion_read,
           .parameters = {{"customer", text(100)},
                          {"state", text(20), false, "", "state"},
                          {"consult", text(20), false, "", "consult"}},
           .output = list_of("Consult", {{"today", date()}}),
           .handler = list_consults,
           .list = true,
           .whole = true,
           .searched = {"title", "text", "answer", "who", "customer_name", "owner_name"}},
          {.method = "GET",
           .path = "/consults/{id}",
           .summary = "one of them",
           .permission = Permission::suggestion_read,
           .output = ref("Consult"),
           .handler = show},
          {.method = "POST",
           .path = "/consults",
           .summary = "notes what a customer asks, and whom it is put to",
           .permission = Permission::suggestion_write,
           .input = body_shape(false),
           .output = ref("Consult"),
           .handler = write},
          {.method = "PUT",
           .path = "/consults/{id}",
           .summary = "changes it, until the customer was told",
           .permission = Permission::suggestion_write,
           .input = body_shape(true),
           .output = ref("Consult"),
           .handler = rewrite},
          {.method = "POST",
           .path = "/consults/{id}/step",
           .summary = "the department helps, more words, the customer was told",
           .permission = Permission::suggestion_write,
           .input = step_input({{"what", choice({"help", "add", "told"})}}),
           .output = ref("Consult"),
           .handler = step}};
}

}  // namespace guanhu::api
