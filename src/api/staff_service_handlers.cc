// 协作请求: who serves customers asks a department, or the customer's manager, for help; the answer and its mark.
//
// ORG-645 CUS-610 CUS-316 PLN-301
#include "api/customer_facts.h"
#include "api/policy_reading.h"
#include "api/staff_desk.h"
#include "workbench/service_request.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;
using people::Permission;
using records::Record;
using workbench::ServiceRequest;

namespace {

class ServiceDesk : public Desk {
 public:
  ServiceDesk(Services& services, const Call& call) : Desk(services, call) {}
  std::optional<Refusal> open() {
    auto pack = services().packs().on(workbench::kPostsPack, today());
    if (!pack.ok()) return refusal_of(pack.error());
    auto calendar = workbench::BusinessCalendar::read(services().bank().folder().path());
    if (!calendar.ok()) return refusal_of(calendar.error());
    pack_ = *pack, calendar_ = std::make_unique<workbench::BusinessCalendar>(std::move(*calendar));
    rules_ = std::make_unique<workbench::ServiceRules>(*pack_, *calendar_, today());
    return std::nullopt;
  }
  const workbench::ServiceRules& rules() const { return *rules_; }

 private:
  std::shared_ptr<const policy::Pack> pack_;
  std::unique_ptr<workbench::BusinessCalendar> calendar_;
  std::unique_ptr<workbench::ServiceRules> rules_;
};

// Of those who are asked: the one named, or anybody who works there.
bool asked(Desk& desk, const ServiceRequest& of) {
  if (!of.to.empty()) return desk.own(of.to);
  return desk.org_of(desk.person()) == of.record.org;
}

// Who asks, who is asked, and their superiors.
bool sees(Desk& desk, const Record& record) {
  const ServiceRequest of = workbench::service_of(record);
  if (desk.own(record.owner) || asked(desk, of)) return true;
  const auto scope = desk.scope(Permission::suggestion_read);
  return scope >= people::Scope::branch &&
         (desk.reaches(Permission::suggestion_read, record.owner, record.org) ||
          (!of.to.empty() && desk.reaches(Permission::suggestion_read, of.to, "")));
}

Json request_json(Desk& desk, const ServiceRequest& of) {
  JsonObject out = desk.head(of.record);
  const bool mine = desk.own(of.record.owner);
  out.emplace_back("to", of.to), out.emplace_back("to_name", of.to.empty() ? "" : desk.name_of(of.to));
  out.emplace_back("text", of.text), out.emplace_back("answer", of.answer);
  out.emplace_back("answered_name", of.answered_by.empty() ? "" : desk.name_of(of.answered_by));
  out.emplace_back("answered_on", workbench::day_or_null(of.answered_on));
  out.emplace_back("score", of.score ? Json(of.score) : Json()), out.emplace_back("reason", of.reason);
  const bool waits = of.record.state == "asked";
  out.emplace_back("overdue", waits && of.record.until && *of.record.until < desk.today());
  out.emplace_back("may_answer", waits && !mine && asked(desk, of));
  out.emplace_back("may_rate", of.record.state == "answered" && mine);
  out.emplace_back("may_withdraw", waits && mine);
  return out;
}

template <class Work>
Outcome with_desk(Services& s, const Call& call, Work work) {
  ServiceDesk desk(s, call);
  if (auto refused = desk.open()) return *refused;
  return work(desk);
}

Outcome list_requests(Services& s, const Call& call) {
  return with_desk(s, call, [&](ServiceDesk& desk) -> Outcome {
    records::Filter filter;
    filter.kinds = {workbench::kServiceKind}, filter.limit = 5000;
    filter.customer = call.get("customer").value_or("");
    const std::string box = call.get("box").value_or("all");
    std::vector<Json> items;
    size_t waiting = 0;
    for (const Record& one : records::list(desk.store(), filter)) {
      if (!sees(desk, one)) continue;
      const ServiceRequest of = workbench::service_of(one);
      const bool to_me = !desk.own(one.owner) && asked(desk, of);
      waiting += to_me && one.state == "asked";
      if (box == "asked" ? !to_me : box == "mine" && !desk.own(one.owner)) continue;
      items.push_back(request_json(desk, of));
    }
    Answer out{.items = Items::of(std::move(items))};
    base::JsonArray orgs;
    for (const auto& org : desk.directory().orgs())
      if (!org.closed) orgs.push_back(JsonObject{{"id", org.id}, {"name", org.name}});
    out.items->beside = {{"today", desk.today().str()},
                         {"waiting", waiting},
                         {"orgs", std::move(orgs)},
                         {"may_ask", desk.can(Permission::suggestion_write)}};
    return out;
  });
}

// CUS-316: a question about a customer goes to whoever is in charge of all of the customer's affairs.
std::string manager_of(Desk& desk, const std::string& customer) {
  auto db = desk.services().warehouse();
  const auto all = managers_of(*db, desk.directory(), desk.facts().last_date.value_or(desk.today()), {customer});
  auto at = all.find(customer);
  if (at == all.end()) return "";
  for (const Json& one : at->second)
    if (workbench::text_in(one, "role") == "main") return workbench::text_in(one, "staff");
  return at->second.empty() ? "" : workbench::text_in(at->second.front(), "staff");
}

void tell_asked(ServiceDesk& desk, const ServiceRequest& of) {
  const std::string link = "/service-requests?id=" + std::to_string(of.record.id);
  const std::string who = desk.name_of(of.record.owner) + "请您配合";
  if (!of.to.empty()) return desk.tell(of.to, who, of.record.title, link);
  for (const auto& one : desk.directory().staff())
    if (one.org == of.record.org && people::Directory::in_post(one, desk.today()))
      desk.tell(one.id, who, of.record.title, link);
}

Refusal at(const char* field, const std::string& message) {
  return {422, {std::string("service.") + field, message, field, ""}, {{field, message}}};
}

Outcome ask(Services& s, const Call& call) {
  return with_desk(s, call, [&](ServiceDesk& desk) -> Outcome {
    workbench::ServiceAsk ask;
    ask.owner = desk.person(), ask.title = call.text("title"), ask.text = call.text("text");
    ask.customer = text_member(call, "customer"), ask.org = text_member(call, "org"), ask.day = desk.today();
    const auto& known = desk.facts().customers;
    if (!ask.customer.empty() && (!known || known->find(ask.customer) == known->size()))
      return at("customer", "没有客户 " + ask.customer);
    if (ask.org.empty()) {
      if (ask.customer.empty()) return at("org", "写明请哪个部门，或者是哪个客户的事");
      ask.to = manager_of(desk, ask.customer);
      if (ask.to.empty()) return at("org", "这户没有客户经理，写明请哪个部门");
      ask.org = desk.org_of(ask.to);
    }
    if (!desk.directory().org(ask.org)) return at("org", "没有机构 " + ask.org);
    if (ask.to == desk.person()) return at("customer", "这户就是您管的，写明请哪个部门");
    auto due = desk.rules().due(ask.day);
    if (!due.ok()) return refusal_of(due.error());
    auto made = workbench::ask_service(desk.store(), ask, *due, desk.writing());
    if (!made.ok()) return record_refusal(made.error());
    tell_asked(desk, *made);
    return Answer{request_json(desk, *made)};
  });
}

template <class Work>
Outcome with_request(Services& s, const Call& call, Work work) {
  return with_desk(s, call, [&](ServiceDesk& desk) -> Outcome {
    auto id = id_of(call);
    auto found =
        id ? records::record(desk.store(), workbench::kServiceKind, *id) : base::Result<Record>(base::Error{});
    if (!found.ok() || found->removed || !sees(desk, *found)) return not_found();
    base::Result<ServiceRequest> done = work(desk, workbench::service_of(*found));
    if (!done.ok()) return record_refusal(done.error());
    return Answer{request_json(desk, *done)};
  });
}

int64_t version_of(const Call& call) { return workbench::whole_in(call.body, "version"); }

Outcome answer(Services& s, const Call& call) {
  return with_request(s, call, [&](ServiceDesk& desk, const ServiceRequest& of) -> base::Result<ServiceRequest> {
    const std::string text = call.text("text");
    if (auto fits = desk.rules().may_answer(of, desk.own(of.record.owner), asked(desk, of), text); !fits.ok())
      return fits.error();
    auto done = workbench::answer_service(desk.store(), of, version_of(call), desk.person(), text, desk.today(),
                                          desk.writing());
    if (done.ok())
      desk.tell(of.record.owner, "有了答复：" + of.record.title, text,
                "/service-requests?id=" + std::to_string(of.record.id));
    return done;
  });
}

Outcome rate(Services& s, const Call& call) {
  return with_request(s, call, [&](ServiceDesk& desk, const ServiceRequest& of) -> base::Result<ServiceRequest> {
    const int64_t score = workbench::whole_in(call.body, "score");
    const std::string reason = text_member(call, "reason");
    if (auto fits = desk.rules().may_rate(of, desk.own(of.record.owner), score, reason); !fits.ok())
      return fits.error();
    return workbench::rate_service(desk.store(), of, version_of(call), score, reason, desk.writing());
  });
}

Outcome withdraw(Services& s, const Call& call) {
  return with_request(s, call, [&](ServiceDesk& desk, const ServiceRequest& of) -> base::Result<ServiceRequest> {
    if (!desk.own(of.record.owner)) return base::Error{"service.unknown", "", "", ""};
    return workbench::withdraw_service(desk.store(), of, version_of(call), call.text("reason"), desk.writing());
  });
}

}  // namespace

std::vector<RecordKind> service_kinds() {
  return {{.kind = workbench::kServiceKind,
           .title = "协作请求",
           .page = "/service-requests?id={id}",
           .read = Permission::suggestion_read,
           .sees = [](Desk& desk, const Record& of) { return sees(desk, of); }}};
}

Table staff_service_endpoints() {
  const auto use = Permission::mail_use;
  return {
      {.method = "GET",
       .path = "/service-requests",
       .summary = "requests between units: one's own, those one is asked, those of people below; newest first",
       .permission = use,
       .parameters = {{"box", choice({"all", "mine", "asked"})}, {"customer", text(100)}},
       .output = list_of("ServiceRequest", {{"today", date()},
                                            {"waiting", described(integer(), "that the asker is to answer")},
                                            {"orgs", list(object({{"id", text()}, {"name", text()}}))},
                                            {"may_ask", boolean()}}),
       .handler = list_requests,
       .list = true,
       .searched = {"title", "text", "customer_name", "owner_name"}},
      {.method = "POST",
       .path = "/service-requests",
       .summary = "asks a unit, or the manager of a customer, for help",
       .permission = Permission::suggestion_write,
       .input =
           optional(object({{"title", text(200)}, {"text", text()}, {"org", text(100)}, {"customer", text(100)}}),
                    {"org", "customer"}),
       .output = ref("ServiceRequest"),
       .handler = ask,
       .status = 201},
      {.method = "POST",
       .path = "/service-requests/{id}/answer",
       .summary = "by who was asked",
       .permission = use,
       .input = object({{"version", integer()}, {"text", text()}}),
       .output = ref("ServiceRequest"),
       .handler = answer},
      {.method = "POST",
       .path = "/service-requests/{id}/rate",
       .summary = "by who asked; a low mark needs a reason",
       .permission = use,
       .input = optional(object({{"version", integer()}, {"score", integer()}, {"reason", text()}}), {"reason"}),
       .output = ref("ServiceRequest"),
       .handler = rate},
      {.method = "POST",
       .path = "/service-requests/{id}/withdraw",
       .summary = "by who asked, before there is an answer",
       .permission = use,
       .input = object({{"version", integer()}, {"reason", text()}}),
       .output = ref("ServiceRequest"),
       .handler = withdraw}};
}

void service_shapes(Schemas& out) {
  out["ServiceRequest"] = record_shape({{"to", text()},
                                        {"to_name", described(text(), "\"\": anybody of the unit")},
                                        {"text", text()},
                                        {"answer", text()},
                                        {"answered_name", text()},
                                        {"answered_on", nullable(date())},
                                        {"score", nullable(integer())},
                                        {"reason", text()},
                                        {"overdue", boolean()},
                                        {"may_answer", boolean()},
                                        {"may_rate", boolean()},
                                        {"may_withdraw", boolean()}});
}

}  // namespace guanhu::api
