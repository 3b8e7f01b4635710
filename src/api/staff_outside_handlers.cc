// 外部查询登记 and 独立核对: what was asked about a customer outside the bank, with whose consent, what came out,
// until when it holds; and what others than the manager found. Reports on credit are confidential: the list shows
// only that and with which result somebody asked; number, consent, note and files open to who may see personal
// data, and each reading is recorded.
//
// CUS-001 CUS-612 INT-002 INT-003 INT-005 INT-006 INT-008 INT-010 INT-303
#include <map>

#include "api/customer_facts.h"
#include "api/policy_reading.h"
#include "api/staff_desk.h"
#include "customers/outside.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::OutsideQuery;
using customers::OutsideRules;
using people::Permission;
using records::Record;
using workbench::text_in;

namespace {

class OutsideDesk : public Desk {
 public:
  OutsideDesk(Services& services, const Call& call) : Desk(services, call) {}
  std::optional<Refusal> open() {
    auto pack = services().packs().on(customers::kOutsidePack, today());
    if (!pack.ok()) return refusal_of(pack.error());
    pack_ = *pack;
    rules_ = std::make_unique<OutsideRules>(*pack_, today());
    return std::nullopt;
  }
  const OutsideRules& rules() const { return *rules_; }
  // Asked once for each customer.
  bool reached(const std::string& customer) {
    auto [at, fresh] = reached_.try_emplace(customer, false);
    if (fresh) at->second = reaches_customer(customer);
    return at->second;
  }
  std::vector<Record> all(const char* kind, const std::string& customer) {
    records::Filter filter;
    filter.kinds = {kind}, filter.customer = customer, filter.limit = 5000;
    return records::list(store(), filter);
  }
  // Who serves the customer, directly or by an account or loan.
  std::vector<std::string> managers(const std::string& customer) {
    auto db = services().warehouse();
    std::vector<std::string> out;
    const auto found = managers_of(*db, directory(), facts().last_date.value_or(today()), {customer});
    if (auto at = found.find(customer); at != found.end())
      for (const Json& one : at->second) out.push_back(text_in(one, "staff"));
    return out;
  }
  bool may_change(const Record& of) {
    const auto scope = this->scope(Permission::customer_write);
    return scope != people::Scope::none && (own(of.owner) || scope >= people::Scope::branch) &&
           reached(of.customer);
  }

 private:
  std::shared_ptr<const policy::Pack> pack_;
  std::unique_ptr<OutsideRules> rules_;
  std::map<std::string, bool> reached_;
};

template <class Work>
Outcome with_rules_of(Services& s, const Call& call, Work work) {
  OutsideDesk desk(s, call);
  if (auto refused = desk.open()) return *refused;
  return work(desk);
}

base::Result<JsonObject> line_json(OutsideDesk& desk, const Record& of, const std::vector<Record>& all) {
  const OutsideQuery query = customers::query_of(of);
  const std::string before = customers::result_before(all, query, of.id);
  auto standing = desk.rules().standing(query, before);
  if (!standing.ok()) return standing.error();
  JsonObject out = desk.head(of);
  out.emplace_back("what", query.what), out.emplace_back("subject", query.subject);
  out.emplace_back("name", query.name), out.emplace_back("result", query.result);
  out.emplace_back("before", before), out.emplace_back("changed", standing->changed);
  out.emplace_back("heed", standing->heed), out.emplace_back("valid", standing->valid);
  out.emplace_back("again", day_or_null(standing->again));
  out.emplace_back("due", standing->again && *standing->again <= desk.today());
  out.emplace_back("may_open", desk.sees(of)), out.emplace_back("may_change", desk.may_change(of));
  return out;
}

Json kinds_json(OutsideDesk& desk) {
  JsonArray out;
  for (const auto& what : desk.rules().kinds()) {
    auto kind = desk.rules().kind(what);
    if (!kind.ok()) continue;
    out.push_back(JsonObject{{"what", what},
                             {"needs_consent", workbench::flag_in(*kind, "要授权")},
                             {"needs_number", workbench::flag_in(*kind, "要编号")},
                             {"needs_sum", workbench::flag_in(*kind, "要期间和金额")},
                             {"results", workbench::texts_json(workbench::texts_in(*kind, "结果说法"))},
                             {"days", workbench::whole_in(*kind, "有效天数")}});
  }
  return out;
}

// Of a later query about the same one an earlier answer is history: only the newest asks to be renewed.
void keep_newest_due(std::vector<Json>& lines) {
  std::map<std::string, bool> seen;
  for (Json& line : lines) {
    const std::string key = text_in(line, "customer") + "|" + text_in(line, "what") + "|" + text_in(line, "name");
    if (!seen.try_emplace(key, true).second)
      for (auto& [name, value] : *line.as_object())
        if (name == "due") value = false;
  }
}

Outcome list_queries(Services& s, const Call& call) {
  return with_rules_of(s, call, [&](OutsideDesk& desk) -> Outcome {
    const auto all = desk.all(customers::kQueryKind, call.get("customer").value_or(""));
    std::vector<Json> items;
    for (const Record& one : all) {
      if (!desk.reached(one.customer)) continue;
      auto line = line_json(desk, one, all);
      if (!line.ok()) return refusal_of(line.error());
      items.emplace_back(*std::move(line));
    }
    keep_newest_due(items);
    Answer out{.items = Items::of(std::move(items))};
    out.items->beside = {{"today", desk.today().str()},
                         {"kinds", kinds_json(desk)},
                         {"subjects", workbench::texts_json(desk.rules().subjects())},
                         {"may_write", desk.can(Permission::customer_write)}};
    return out;
  });
}

base::Result<Json> whole_json(OutsideDesk& desk, const Record& of) {
  auto out = line_json(desk, of, desk.all(customers::kQueryKind, of.customer));
  if (!out.ok()) return out.error();
  const OutsideQuery query = customers::query_of(of);
  out->emplace_back("purpose", query.purpose), out->emplace_back("number", query.number);
  out->emplace_back("consent", query.consent), out->emplace_back("consent_on", day_or_null(query.consent_on));
  out->emplace_back("period", query.period);
  out->emplace_back("amount", query.amount ? Json(query.amount->str()) : Json());
  out->emplace_back("note", query.note);
  JsonArray files;
  for (const auto& file : records::files_of(desk.store(), of.id))
    files.push_back(
        JsonObject{{"digest", file.digest}, {"name", file.name}, {"type", file.type}, {"size", file.size}});
  out->emplace_back("files", std::move(files));
  return Json(*std::move(out));
}

std::optional<Record> found(OutsideDesk& desk, const Call& call, const char* kind) {
  auto id = id_of(call);
  auto record = id ? records::record(desk.store(), kind, *id) : base::Result<Record>(base::Error{});
  if (!record.ok() || record->removed || !desk.reached(record->customer)) return std::nullopt;
  return *record;
}

// CUS-001: nothing of it is shown that is not recorded.
Outcome show_query(Services& s, const Call& call) {
  return with_rules_of(s, call, [&](OutsideDesk& desk) -> Outcome {
    auto record = found(desk, call, customers::kQueryKind);
    if (!record || !desk.sees(*record)) return not_found();
    auto whole = whole_json(desk, *record);
    if (!whole.ok()) return refusal_of(whole.error());
    desk.store().transaction([&] {
      desk.audit("outside_query.read", "customer " + record->customer,
                 JsonObject{{"record", record->id}, {"what", text_in(record->body, "what")}});
    });
    return Answer{*whole};
  });
}

OutsideQuery query_of_body(const Call& call) {
  OutsideQuery q;
  q.what = call.text("what"), q.subject = call.text("subject"), q.name = call.text("name");
  q.purpose = call.text("purpose"), q.result = call.text("result"), q.day = *day_member(call, "day");
  q.number = text_member(call, "number"), q.consent = text_member(call, "consent");
  q.consent_on = day_member(call, "consent_on"), q.period = text_member(call, "period");
  q.note = text_member(call, "note"), q.amount = workbench::decimal_in(call.body, "amount");
  q.files = workbench::texts_in(call.body, "files");
  return q;
}

Outcome kept(OutsideDesk& desk, const OutsideQuery& query, const customers::WrittenBy& by,
             const std::string& why) {
  if (auto whole = desk.rules().complete(query); !whole.ok()) return record_refusal(whole.error());
  const auto all = desk.all(customers::kQueryKind, query.customer);
  auto standing = desk.rules().standing(query, customers::result_before(all, query, by.id));
  if (!standing.ok()) return record_refusal(standing.error());
  auto written = customers::write_query(desk.store(), query, *standing, by, why, desk.writing());
  if (!written.ok()) return record_refusal(written.error());
  // INT-008: what changed, or is bad, must not wait until somebody looks.
  if (standing->changed || standing->heed)
    for (const auto& manager : desk.managers(query.customer))
      if (manager != desk.person())
        desk.tell(manager, "外部查询要留意：" + desk.customer_name(query.customer),
                  query.what + "：" + query.result, "/outside-queries?customer=" + query.customer);
  auto whole = whole_json(desk, *written);
  if (!whole.ok()) return refusal_of(whole.error());
  return Answer{*whole};
}

Outcome add_query(Services& s, const Call& call) {
  return with_rules_of(s, call, [&](OutsideDesk& desk) -> Outcome {
    OutsideQuery query = query_of_body(call);
    query.customer = call.text("customer");
    if (!desk.reached(query.customer))
      return Refusal{
          422, {"query.customer", "没有客户 " + query.customer, "customer", ""}, {{"customer", "没有这个客户"}}};
    return kept(desk, query, {0, 0, desk.person(), desk.org_of(desk.person())}, "");
  });
}

Outcome correct_query(Services& s, const Call& call) {
  return with_rules_of(s, call, [&](OutsideDesk& desk) -> Outcome {
    auto record = found(desk, call, customers::kQueryKind);
    if (!record) return not_found();
    if (!desk.may_change(*record)) return forbidden();
    OutsideQuery query = query_of_body(call);
    query.customer = record->customer;
    const int64_t version = workbench::whole_in(call.body, "version");
    return kept(desk, query, {record->id, version, record->owner, record->org}, call.text("reason"));
  });
}

Outcome remove_query(Services& s, const Call& call) {
  return with_rules_of(s, call, [&](OutsideDesk& desk) -> Outcome {
    auto record = found(desk, call, customers::kQueryKind);
    if (!record) return not_found();
    if (!desk.may_change(*record)) return forbidden();
    auto gone = records::remove(desk.store(), record->id, workbench::whole_in(call.body, "version"),
                                "outside_query.remove", call.text("reason"), desk.writing());
    if (!gone.ok()) return record_refusal(gone.error());
    return Answer{JsonObject{{"id", gone->id}}};
  });
}

Json check_json(OutsideDesk& desk, const Record& of) {
  const customers::InfoCheck check = customers::check_of(of);
  JsonObject out = desk.head(of);
  out.emplace_back("source", check.source), out.emplace_back("about", check.about);
  out.emplace_back("note", check.note), out.emplace_back("agrees", check.agrees);
  return out;
}

// CUS-612: the manager who is checked does not see it before somebody talks to him.
Outcome list_checks(Services& s, const Call& call) {
  return with_rules_of(s, call, [&](OutsideDesk& desk) -> Outcome {
    std::vector<Json> items;
    size_t differ = 0;
    for (const Record& one : desk.all(customers::kCheckKind, call.get("customer").value_or(""))) {
      if (!desk.sees(one)) continue;
      differ += one.state == "differs";
      items.push_back(check_json(desk, one));
    }
    Answer out{.items = Items::of(std::move(items))};
    out.items->beside = {{"today", desk.today().str()},
                         {"sources", workbench::texts_json(desk.rules().sources())},
                         {"differ", differ},
                         {"may_write", desk.can(Permission::customer_check)}};
    return out;
  });
}

Outcome add_check(Services& s, const Call& call) {
  return with_rules_of(s, call, [&](OutsideDesk& desk) -> Outcome {
    customers::InfoCheck check;
    check.customer = call.text("customer"), check.source = call.text("source"), check.about = call.text("about");
    check.note = text_member(call, "note"), check.agrees = workbench::flag_in(call.body, "agrees");
    check.day = *day_member(call, "day");
    if (!desk.reached(check.customer))
      return Refusal{
          422, {"check.customer", "没有客户 " + check.customer, "customer", ""}, {{"customer", "没有这个客户"}}};
    const auto managers = desk.managers(check.customer);
    const bool own = std::find(managers.begin(), managers.end(), desk.person()) != managers.end();
    if (auto fits = desk.rules().independent(check, own); !fits.ok()) return record_refusal(fits.error());
    auto written = customers::write_check(desk.store(), check, {0, 0, desk.person(), desk.org_of(desk.person())},
                                          desk.writing());
    if (!written.ok()) return record_refusal(written.error());
    return Answer{check_json(desk, *written)};
  });
}

SchemaRef query_body(std::vector<std::pair<std::string, SchemaRef>> first) {
  for (auto& one : std::vector<std::pair<std::string, SchemaRef>>{{"what", text(100)},
                                                                  {"subject", text(100)},
                                                                  {"name", text(200)},
                                                                  {"purpose", text(400)},
                                                                  {"day", date()},
                                                                  {"result", text(100)},
                                                                  {"number", text(200)},
                                                                  {"consent", text(200)},
                                                                  {"consent_on", nullable(date())},
                                                                  {"period", text(20)},
                                                                  {"amount", nullable(decimal())},
                                                                  {"note", text()},
                                                                  {"files", list(text(64))}})
    first.push_back(std::move(one));
  return optional(object(std::move(first)),
                  {"number", "consent", "consent_on", "period", "amount", "note", "files"});
}

Table outside_query_endpoints() {
  const SchemaRef kinds = list(ref("OutsideKind"));
  const Parameter of_customer = {"customer", text(100)};
  return {{.method = "GET",
           .path = "/outside-queries",
           .summary = "what was asked outside about the customers one sees; newest first",
           .permission = Permission::customer_read,
           .parameters = {of_customer, {"what", text(100), false, "", "what"}},
           .output = list_of(
               "OutsideLine",
               {{"today", date()}, {"kinds", kinds}, {"subjects", list(text())}, {"may_write", boolean()}}),
           .handler = list_queries,
           .list = true,
           .searched = {"customer_name", "name", "what", "result"}},
          {.method = "GET",
           .path = "/outside-queries/{id}",
           .summary = "one with number, consent, note and files; the reading is recorded",
           .permission = Permission::personal_read,
           .output = ref("OutsideQuery"),
           .handler = show_query},
          {.method = "POST",
           .path = "/outside-queries",
           .summary = "writes down what was asked outside and what came out",
           .permission = Permission::customer_write,
           .input = query_body({{"customer", text(100)}}),
           .output = ref("OutsideQuery"),
           .handler = add_query,
           .status = 201},
          {.method = "PUT",
           .path = "/outside-queries/{id}",
           .summary = "corrects it, with a reason, over the version that was read",
           .permission = Permission::customer_write,
           .input = query_body({{"version", integer()}, {"reason", text()}}),
           .output = ref("OutsideQuery"),
           .handler = correct_query},
          {.method = "POST",
           .path = "/outside-queries/{id}/remove",
           .summary = "out of the list; its versions stay",
           .permission = Permission::customer_write,
           .input = object({{"version", integer()}, {"reason", text()}}),
           .output = object({{"id", integer()}}),
           .handler = remove_query}};
}

Table check_endpoints() {
  const Parameter of_customer = {"customer", text(100)};
  return {{.method = "GET",
           .path = "/info-checks",
           .summary = "what others than the manager found",
           .permission = Permission::board_read,
           .parameters = {of_customer},
           .output = list_of("InfoCheck", {{"today", date()},
                                           {"sources", list(text())},
                                           {"differ", described(integer(), "that did not agree")},
                                           {"may_write", boolean()}}),
           .handler = list_checks,
           .list = true,
           .searched = {"customer_name", "about", "note"}},
          {.method = "POST",
           .path = "/info-checks",
           .summary = "writes down such a check; not by who serves the customer",
           .permission = Permission::customer_check,
           .input = optional(object({{"customer", text(100)},
                                     {"source", text(100)},
                                     {"about", text()},
                                     {"day", date()},
                                     {"agrees", boolean()},
                                     {"note", text()}}),
                             {"note"}),
           .output = ref("InfoCheck"),
           .handler = add_check,
           .status = 201}};
}

}  // namespace

std::vector<RecordKind> outside_kinds() {
  return {{.kind = customers::kQueryKind,
           .title = "外部查询",
           .page = "/outside-queries?customer={customer}",
           .read = Permission::personal_read,
           .sees =
               [](Desk& desk, const Record& of) {
                 return desk.can(Permission::personal_read) && desk.reaches_customer(of.customer);
               }},
          {.kind = customers::kCheckKind,
           .title = "独立核对",
           .page = "/outside-queries?tab=checks&customer={customer}",
           .read = Permission::board_read,
           .sees = [](Desk& desk, const Record& of) {
             return desk.can(Permission::board_read) && desk.reaches_customer(of.customer);
           }}};
}

Table staff_outside_endpoints() {
  Table out = outside_query_endpoints();
  Table checks = check_endpoints();
  for (Endpoint& one : checks) out.push_back(std::move(one));
  return out;
}

void outside_shapes(Schemas& out) {
  out["OutsideKind"] = object({{"what", text()},
                               {"needs_consent", boolean()},
                               {"needs_number", boolean()},
                               {"needs_sum", boolean()},
                               {"results", list(text())},
                               {"days", described(integer(), "how long it holds")}});
  std::vector<std::pair<std::string, SchemaRef>> line = {
      {"what", text()},
      {"subject", text()},
      {"name", text()},
      {"result", text()},
      {"before", described(text(), "what the query before said; \"\": there was none")},
      {"changed", boolean()},
      {"heed", described(boolean(), "a result to look into")},
      {"valid", boolean()},
      {"again", described(nullable(date()), "when it should be asked again")},
      {"due", described(boolean(), "it should be asked again by now, and was not")},
      {"may_open", boolean()},
      {"may_change", boolean()}};
  out["OutsideLine"] = record_shape(line);
  for (auto& one : std::vector<std::pair<std::string, SchemaRef>>{
           {"purpose", text()},
           {"number", text()},
           {"consent", text()},
           {"consent_on", nullable(date())},
           {"period", text()},
           {"amount", nullable(decimal())},
           {"note", text()},
           {"files", list(object({{"digest", text()}, {"name", text()}, {"type", text()}, {"size", integer()}}))}})
    line.push_back(std::move(one));
  out["OutsideQuery"] = record_shape(std::move(line));
  out["InfoCheck"] =
      record_shape({{"source", text()}, {"about", text()}, {"note", text()}, {"agrees", boolean()}});
}

}  // namespace guanhu::api
