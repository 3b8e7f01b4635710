// What pay rests on beside the appraisal: recorded facts and work done together.
#include "api/people_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

// ------------------------------------------------------------------------------------------- recorded facts

// One's own, those of what one reaches, and what holds for everybody.
Outcome list_facts(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  appraisal::FactFilter filter;
  filter.of = call.get("of").value_or(""), filter.subject = call.get("subject").value_or("");
  filter.kind = call.get("kind").value_or(""), filter.name = call.get("name").value_or("");
  filter.withdrawn = call.get("withdrawn").value_or("") == "true";
  std::vector<Json> items;
  for (const auto& fact : appraisal::people_facts(desk.store(), filter)) {
    bool seen = fact.of == "bank" ||
                (fact.of == "staff" ? desk.reach().staff(fact.subject) : desk.reach().org(fact.subject));
    if (seen) items.push_back(json_of(fact));
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome record_facts(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  std::shared_ptr<const policy::Pack> pack;
  if (const std::string id = body_text(call, "pack"); !id.empty()) {
    auto found = desk.pack(id);
    if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
    pack = std::get<std::shared_ptr<const policy::Pack>>(found);
  }
  std::vector<appraisal::PeopleFact> facts;
  auto text = [](const Json& of, const char* name) {
    const Json* value = of.find(name);
    return value && value->as_string() ? *value->as_string() : std::string();
  };
  size_t number = 0;
  for (const Json& one : *call.body.find("facts")->as_array()) {
    ++number;
    appraisal::PeopleFact fact;
    fact.of = text(one, "of"), fact.subject = text(one, "subject"), fact.kind = text(one, "kind");
    fact.name = text(one, "name"), fact.value = *one.find("value"),
    fact.from = *base::Date::parse(text(one, "from"));
    fact.to = base::Date::parse(text(one, "to")), fact.document = text(one, "document"),
    fact.reason = text(one, "reason");
    const bool known = fact.of == "bank" || (fact.of == "staff" ? desk.directory().person(fact.subject) != nullptr
                                                                : desk.directory().org(fact.subject) != nullptr);
    if (!known)
      return people_refusal({"fact.subject",
                             "没有" + std::string(fact.of == "staff" ? "员工 " : "机构 ") + fact.subject,
                             "facts[" + std::to_string(number) + "]", "写工号或机构号"});
    facts.push_back(std::move(fact));
  }
  const size_t count = facts.size();
  auto status = appraisal::record_facts(desk.store(), pack.get(), std::move(facts), desk.doing());
  if (!status.ok()) return people_refusal(status.error());
  return Answer{JsonObject{{"recorded", count}}};
}

Outcome withdraw_fact(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto status = appraisal::withdraw_fact(desk.store(), number_of(call.part("id")).value_or(-1),
                                         call.text("reason"), desk.doing());
  if (!status.ok()) return people_refusal(status.error());
  return Answer{};
}

// ------------------------------------------------------------------------------------------- shared work

Json joint_json(const appraisal::JointRecord& one) {
  JsonArray shares;
  for (const auto& share : one.work.shares)
    shares.push_back(JsonObject{{"staff", share.staff}, {"weight", share.weight.str()}});
  return JsonObject{{"id", one.work.id},
                    {"pack", one.pack},
                    {"line", one.work.line},
                    {"title", one.work.title},
                    {"document", one.work.document},
                    {"on", one.work.on.str()},
                    {"input", one.work.input},
                    {"shares", std::move(shares)},
                    {"at", one.at},
                    {"by", one.by},
                    {"withdrawn_at", maybe_json(one.withdrawn_at)},
                    {"withdrawn_by", maybe_json(one.withdrawn_by)},
                    {"withdrawn_why", maybe_json(one.withdrawn_why)}};
}

Outcome list_joint(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto day = [&](const char* name) {
    auto text = call.get(name);
    return text ? base::Date::parse(*text) : std::nullopt;
  };
  std::vector<Json> items;
  for (const auto& one :
       appraisal::joint_work(desk.store(), call.get("pack").value_or(""), day("from"), day("to"), true))
    items.push_back(joint_json(one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome record_joint(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto found = desk.pack(call.text("pack"));
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& pack = *std::get<std::shared_ptr<const policy::Pack>>(found);
  appraisal::JointWork work;
  work.line = call.text("line"), work.title = call.text("title"), work.document = call.text("document");
  work.on = *body_date(call, "on"), work.input = *call.body.find("input");
  for (const Json& one : *call.body.find("shares")->as_array()) {
    const std::string& staff = *one.find("staff")->as_string();
    if (!desk.directory().person(staff))
      return people_refusal({"joint.shares", "没有员工 " + staff, "shares", ""});
    work.shares.push_back({staff, base::Decimal::parse(*one.find("weight")->as_string()).value()});
  }
  auto id = appraisal::record_joint(desk.store(), pack, work, body_true(call, "days"), desk.doing());
  if (!id.ok()) return people_refusal(id.error());
  for (const auto& one : appraisal::joint_work(desk.store(), pack.id, {}, {}))
    if (one.work.id == *id) return Answer{joint_json(one)};
  return not_found();
}

Outcome withdraw_joint(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto status = appraisal::withdraw_joint(desk.store(), number_of(call.part("id")).value_or(-1),
                                          call.text("reason"), desk.doing());
  if (!status.ok()) return people_refusal(status.error());
  return Answer{};
}

Table fact_endpoints() {
  SchemaRef reason = object({{"reason", text(2000)}});
  SchemaRef fact = optional(object({{"of", choice({"staff", "org", "bank"})},
                                    {"subject", text(50)},
                                    {"kind", choice({"certificate", "exam", "years", "title", "confirmation",
                                                     "discipline", "pay", "other"})},
                                    {"name", text(200)},
                                    {"value", any()},
                                    {"from", date()},
                                    {"to", nullable(date())},
                                    {"document", text(200)},
                                    {"reason", text(2000)}}),
                            {"subject", "to", "reason"});
  return {{.method = "GET",
           .path = "/people-facts",
           .summary = "recorded facts: certificates, exams, base pay, coefficients",
           .permission = Permission::pay_read,
           .parameters = {{"of", choice({"staff", "org", "bank"})},
                          {"subject", text(50)},
                          {"kind", text(20)},
                          {"name", text(200)},
                          {"withdrawn", choice({"true", "false"}), false, "true: with those that were withdrawn"}},
           .output = list_of("PeopleFact"),
           .handler = list_facts,
           .list = true,
           .searched = {"name", "subject", "document"}},
          {.method = "POST",
           .path = "/people-facts",
           .summary = "records facts, all or none",
           .permission = Permission::pay_make,
           .input = optional(object({{"pack", described(text(200), "names and values must fit its decisions")},
                                     {"facts", list(fact)}}),
                             {"pack"}),
           .output = object({{"recorded", integer()}}),
           .handler = record_facts,
           .body_limit = 4 * 1024 * 1024},
          {.method = "POST",
           .path = "/people-facts/{id}/withdraw",
           .summary = "withdraws a fact that was recorded wrongly",
           .permission = Permission::pay_make,
           .input = reason,
           .handler = withdraw_fact}};
}

Table joint_endpoints() {
  return {
      {.method = "GET",
       .path = "/pay/joint",
       .summary = "work done together that is paid once and shared",
       .permission = Permission::pay_export,
       .parameters = {{"pack", text(200), true}, {"from", date()}, {"to", date()}},
       .output = list_of("JointWork"),
       .handler = list_joint,
       .list = true,
       .searched = {"title", "document"}},
      {.method = "POST",
       .path = "/pay/joint",
       .summary = "records work done together",
       .permission = Permission::pay_make,
       .input = optional(object({{"pack", text(200)},
                                 {"line", text(100)},
                                 {"title", text(200)},
                                 {"document", text(200)},
                                 {"on", date()},
                                 {"input", open(object({}))},
                                 {"days", described(boolean(), "weights are days; else shares that add up to 1")},
                                 {"shares", list(object({{"staff", text(50)}, {"weight", decimal()}}))}}),
                         {"days"}),
       .output = ref("JointWork"),
       .handler = record_joint},
      {.method = "POST",
       .path = "/pay/joint/{id}/withdraw",
       .summary = "withdraws what was recorded wrongly",
       .permission = Permission::pay_make,
       .input = object({{"reason", text(2000)}}),
       .handler = withdraw_joint}};
}

}  // namespace

Table pay_basis_endpoints() {
  Table out = fact_endpoints();
  for (Endpoint& e : joint_endpoints()) out.push_back(std::move(e));
  return out;
}

}  // namespace guanhu::api
