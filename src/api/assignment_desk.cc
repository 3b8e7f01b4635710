#include "api/assignment_desk.h"

#include <atomic>
#include <charconv>
#include <map>

#include "api/customer_facts.h"
#include "api/reach.h"
#include "attribution/shares.h"
#include "base/money.h"
#include "workbench/calendar.h"

namespace guanhu::api {

using attribution::Assign;
using attribution::ManagerShare;
using attribution::Registered;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

attribution::RegisterDoing AssignmentDesk::recording() {
  return {login(),
          person(),
          now(),
          today(),
          attribution::known_floor(db()),
          [this](const std::string& action, const std::string& subject, Json detail) {
            audit(action, subject, std::move(detail));
          }};
}

attribution::OffDays AssignmentDesk::off_days() {
  attribution::OffDays out;
  auto calendar = workbench::BusinessCalendar::read(services().bank().folder().path());
  if (!calendar) return out;
  for (const auto& [day, what] : calendar->exceptions()) (what.off ? out.holidays : out.workdays).push_back(day);
  return out;
}

void AssignmentDesk::recorded() {
  attribution::project(store(), db());
  attribution::refresh_spans(db());
  // One waiting refresh sees everything that is recorded before it begins.
  static std::atomic<bool> waits{false};
  if (waits.exchange(true)) return;
  Services& s = services();
  auto job = s.jobs().add("appraise", "归属变动后重新计算", "system", [&s](JobRun&) -> base::Result<Json> {
    waits = false;
    s.refresh();
    return Json();
  });
  if (!job) waits = false;
}

bool AssignmentDesk::reaches_entry(Permission permission, const Registered& of) {
  for (const ManagerShare& m : of.what.managers)
    if (reaches(permission, m.staff, "")) return true;
  return reaches(permission, of.made_person, of.what.org);
}

bool AssignmentDesk::above(Permission permission, const std::string& one, const std::string& other) {
  if (own(one) || own(other) || scope(permission) < people::Scope::branch) return false;
  return reaches(permission, one, org_of(one)) && reaches(permission, other, org_of(other));
}

JsonObject AssignmentDesk::person_json(const std::string& staff) const {
  return {{"staff", staff}, {"name", name_of(staff)}, {"org_name", org_name(org_of(staff))}};
}

JsonArray AssignmentDesk::people_json(const std::vector<std::string>& staff) const {
  JsonArray out;
  for (const auto& one : staff) out.push_back(person_json(one));
  return out;
}

Json AssignmentDesk::managers_json(const std::vector<ManagerShare>& managers) const {
  JsonArray out;
  for (const ManagerShare& m : managers)
    out.push_back(JsonObject{
        {"staff", m.staff}, {"name", name_of(m.staff)}, {"role", m.main ? "main" : "assist"}, {"share", m.share}});
  return out;
}

JsonObject AssignmentDesk::entry_json(const Registered& of) {
  const Assign& what = of.what;
  return {{"id", of.id},
          {"subject_kind", what.kind},
          {"subject", what.id},
          {"customer", what.customer},
          {"customer_name", what.customer.empty() ? "" : customer_name(what.customer)},
          {"org", what.org},
          {"org_name", org_name(what.org)},
          {"from", what.from.str()},
          {"to", what.to ? Json(what.to->str()) : Json()},
          {"managers", managers_json(what.managers)},
          {"reason", what.reason},
          {"origin", what.origin},
          {"origin_id", what.origin_id ? Json(what.origin_id) : Json()},
          {"state", of.state},
          {"made_at", of.made_at},
          {"made_by", of.made_by},
          {"made_name", name_of(of.made_person)},
          {"checked_at", of.checked_at},
          {"checked_by", of.checked_by},
          {"check_note", of.check_note},
          {"ended_at", of.ended_at},
          {"ended_by", of.ended_by},
          {"ended_why", of.ended_why},
          {"may_decide",
           of.state == "asked" && of.made_by != login() && reaches_entry(Permission::assignment_check, of)},
          {"may_take_back", (of.state == "asked" || of.state == "in_force") && what.origin != "handover" &&
                                reaches_entry(Permission::assignment_make, of)}};
}

std::optional<AssignmentDesk::Subject> AssignmentDesk::subject(const std::string& kind, const std::string& id) {
  const bool customer = kind == "customer";
  if (!customer && kind != "account" && kind != "loan") return std::nullopt;
  const std::string key = kind + "_id";
  auto rows = text_rows(
      db(),
      "SELECT w.customer_id, w.org_id FROM " +
          winning_rows("f_" + kind + "s", key, "f.customer_id, f.org_id", "f." + key + " = " + sql_text(id)) +
          " w",
      2);
  if (rows.empty()) return std::nullopt;
  return Subject{rows[0][0].value_or(""), rows[0][1].value_or("")};
}

namespace {

// The customer's accounts and loans: kind, id, organisation and balance now (fen).
struct Holding {
  std::string kind, id, org;
  int64_t balance = 0;
};

std::vector<Holding> holdings_of(warehouse::Warehouse& db, const std::string& customer, base::Date day) {
  std::vector<Holding> out;
  for (const char* kind : {"account", "loan"}) {
    const std::string k = kind, key = k + "_id", states = k == "loan" ? "f_loan_states" : "f_balances";
    const std::string closed = k == "loan" ? "settled_on" : "closed_on";
    auto rows = text_rows(
        db,
        "SELECT a." + key + ", a.org_id, CAST(coalesce(b.balance, 0) AS VARCHAR) FROM " +
            winning_rows("f_" + k + "s", key, "f." + k + ", f." + key + ", f.customer_id, f.org_id, f." + closed) +
            " a LEFT JOIN (SELECT DISTINCT ON (f." + k + ") f." + k + ", f.balance FROM " + states +
            " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND f.date <= DATE '" +
            day.str() + "' ORDER BY f." + k + ", f.date DESC, i.business_date DESC) b ON b." + k + " = a." + k +
            " WHERE a.customer_id = " + sql_text(customer) + " AND (a." + closed + " IS NULL OR a." + closed +
            " > DATE '" + day.str() + "') ORDER BY 1",
        3);
    for (const auto& r : rows)
      out.push_back({k, r[0].value_or(""), r[1].value_or(""), std::stoll(r[2].value_or("0"))});
  }
  return out;
}

attribution::HoldersOf holders_of(warehouse::Warehouse& db, base::Date day, const std::string& customer,
                                  const std::vector<Holding>& all) {
  std::set<std::string> ids{customer};
  for (const auto& one : all) ids.insert(one.id);
  return attribution::holders_on(db, day, "f.subject_id IN " + sql_list(ids));
}

}  // namespace

std::vector<Assign> AssignmentDesk::beside(const Assign& customer) {
  std::vector<Assign> out;
  const auto all = holdings_of(db(), customer.id, business());
  const auto holders = holders_of(db(), customer.from, customer.id, all);
  for (const Holding& one : all) {
    if (!holders.contains({one.kind, one.id})) continue;
    Assign also = customer;
    also.kind = one.kind, also.id = one.id, also.org = one.org;
    out.push_back(std::move(also));
  }
  return out;
}

Json AssignmentDesk::moved(const std::string& customer, const std::vector<ManagerShare>& managers) {
  const auto all = holdings_of(db(), customer, business());
  const auto holders = holders_of(db(), business(), customer, all);
  struct Sums {
    int64_t before[2] = {0, 0}, after[2] = {0, 0};  // deposits, loans
  };
  std::map<std::string, Sums> by_staff;
  auto divide = [&](const std::vector<ManagerShare>& among, int64_t fen, bool loan, bool after) {
    int64_t given = 0;
    for (size_t i = 0; i < among.size(); ++i) {
      const int64_t part = fen * among[i].share / attribution::kWhole;
      (after ? by_staff[among[i].staff].after : by_staff[among[i].staff].before)[loan] += part;
      given += among[i].share;
    }
    if (given < attribution::kWhole)
      (after ? by_staff[""].after : by_staff[""].before)[loan] += fen - fen * given / attribution::kWhole;
  };
  auto own = [&](const std::string& kind, const std::string& id) {
    auto at = holders.find({kind, id});
    return at == holders.end() ? std::vector<ManagerShare>() : at->second;
  };
  const auto through = own("customer", customer);
  for (const Holding& one : all) {
    const auto mine = own(one.kind, one.id);
    divide(mine.empty() ? through : mine, one.balance, one.kind == "loan", false);
    divide(managers, one.balance, one.kind == "loan", true);
  }
  JsonArray out;
  for (const auto& [staff, sums] : by_staff)
    out.push_back(JsonObject{{"staff", staff},
                             {"name", staff.empty() ? "" : name_of(staff)},
                             {"deposits_before", base::format_fen(sums.before[0])},
                             {"deposits_after", base::format_fen(sums.after[0])},
                             {"loans_before", base::format_fen(sums.before[1])},
                             {"loans_after", base::format_fen(sums.after[1])}});
  return out;
}

std::vector<ManagerShare> managers_member(const Call& call, const char* member) {
  std::vector<ManagerShare> out;
  const Json* value = call.body.find(member);
  const JsonArray* all = value ? value->as_array() : nullptr;
  if (!all) return out;
  for (const Json& one : *all) {
    const Json *staff = one.find("staff"), *role = one.find("role"), *share = one.find("share");
    out.push_back({*staff->as_string(), *role->as_string() == "main",
                   static_cast<int32_t>(share->as_number()->to_int64().value_or(0))});
  }
  return out;
}

int64_t part_number(const Call& call) {
  int64_t out = 0;
  const std::string& text = call.part("id");
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() ? out : 0;
}

Refusal assignment_refusal(const base::Error& error) {
  if (error.code.starts_with("record.")) return record_refusal(error);
  if (error.code.ends_with(".unknown") && !error.code.starts_with("policy.") && !error.code.starts_with("decide."))
    return not_found();
  Refusal out = refusal_of(error);
  const bool meanwhile = error.code.ends_with(".state") || error.code.ends_with(".signed");
  out.status = meanwhile ? 409 : error.code.ends_with(".self") ? 403 : 422;
  if (!error.where.empty() && !meanwhile) out.misfits.push_back({error.where, error.message});
  return out;
}

}  // namespace guanhu::api
