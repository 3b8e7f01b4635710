// What to know and ask before a visit (访前准备): balances, what matures, what is late, what was said last time
// and is still open, birthday, products, relations, warnings, the list's questions.
#include <algorithm>
#include <set>
#include <sstream>

#include "api/customer_facts.h"
#include "api/policy_json.h"
#include "api/visit_desk.h"
#include "base/json_member.h"
#include "customers/card.h"
#include "customers/merge.h"
#include "feed/tables.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

constexpr size_t kVisitsShown = 5;

bool is_zero(const std::string& amount) { return amount.find_first_of("123456789") == amount.npos; }

// Deposits and loans that end within the days that count as soon; what is settled or closed is left out.
JsonArray maturing(const Json& customer, Date on, int64_t days) {
  std::vector<std::pair<std::string, JsonObject>> found;
  auto take = [&](const char* list, const char* kind, const char* end, const char* closed) {
    for (const Json& one : list_in(customer, list)) {
      const auto day = Date::parse(text_in(one, end));
      const std::string balance = text_in(one, "balance");
      if (!day || !text_in(one, closed).empty() || is_zero(balance) || *day < on || *day - on > days) continue;
      found.push_back({day->str(), JsonObject{{"kind", kind},
                                              {"id", text_in(one, "id")},
                                              {"product", text_in(one, "product")},
                                              {"amount", balance},
                                              {"day", day->str()},
                                              {"days", int64_t{*day - on}}}});
    }
  };
  take("accounts", "deposit", "matures_on", "closed_on");
  take("loans", "loan", "due_on", "settled_on");
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  JsonArray out;
  for (auto& one : found) out.emplace_back(std::move(one.second));
  return out;
}

// Late loans and those that are no longer classed as normal.
JsonArray warnings(const Json& customer) {
  JsonArray out;
  for (const Json& loan : list_in(customer, "loans")) {
    const std::string late = text_in(loan, "overdue_principal"), grade = text_in(loan, "class");
    const Json* days = loan.find("overdue_days");
    const bool overdue = !is_zero(late) || (days && days->as_number() && *days->as_number() > base::Decimal(0));
    if (is_zero(text_in(loan, "balance")) || (!overdue && (grade.empty() || grade == "normal"))) continue;
    out.push_back(JsonObject{{"kind", overdue ? "overdue" : "class"},
                             {"id", text_in(loan, "id")},
                             {"amount", overdue ? late : text_in(loan, "balance")},
                             {"days", overdue && days ? *days : Json(0)},
                             {"class", grade}});
  }
  return out;
}

// The next birthday; the 29th of February is the 28th in other years. MSG-603
Json birthday(const std::string& born, Date on) {
  const auto day = Date::parse(born);
  if (!day) return {};
  Date next = day->add_months(12 * (on.year() - day->year()));
  if (next < on) next = day->add_months(12 * (on.year() + 1 - day->year()));
  return JsonObject{{"day", next.str()}, {"days", int64_t{next - on}}};
}

std::string born_on(warehouse::Warehouse& db, const std::string& customer) {
  auto rows = text_rows(db,
                        "SELECT CAST(c.born_on AS VARCHAR) FROM " +
                            winning_rows("f_customers", "customer_id", "f.customer_id, f.born_on",
                                         "f.customer_id = " + sql_text(customer)) +
                            " c",
                        1);
  return rows.empty() ? "" : rows[0][0].value_or("");
}

// The feed's products: those the customer has bought, and those not yet.
Json products(warehouse::Warehouse& db, const std::string& customer) {
  std::set<std::string> held;
  for (const auto& row : text_rows(db,
                                   "SELECT DISTINCT s.product FROM " +
                                       winning_rows("f_sales", "sale_id", "f.sale_id, f.customer_id, f.product",
                                                    "f.customer_id = " + sql_text(customer)) +
                                       " s",
                                   1))
    if (row[0]) held.insert(*row[0]);
  JsonArray has, lacks;
  for (const auto& column : feed::find_table("sales")->columns) {
    if (column.name != "product") continue;
    std::istringstream words{std::string(column.choices)};
    for (std::string one; words >> one;)
      if (one != "other") (held.contains(one) ? has : lacks).emplace_back(one);
  }
  return JsonObject{{"held", std::move(has)}, {"missing", std::move(lacks)}};
}

JsonArray relations(VisitDesk& desk, warehouse::Warehouse& db, const std::string& customer, Date on) {
  const std::string day = "DATE '" + on.str() + "'", who = sql_text(customer);
  JsonArray out;
  for (const auto& row :
       text_rows(db,
                 "SELECT CASE WHEN r.customer_id = " + who +
                     " THEN r.related_id ELSE r.customer_id END, r.kind, CAST(r.customer_id = " + who +
                     " AS VARCHAR) FROM " +
                     winning_rows("f_relations", "customer_id, related_id, kind, valid_from",
                                  "f.customer_id, f.related_id, f.kind, f.valid_from, f.valid_to",
                                  "f.customer_id = " + who + " OR f.related_id = " + who) +
                     " r WHERE r.valid_from <= " + day + " AND (r.valid_to IS NULL OR r.valid_to >= " + day +
                     ") ORDER BY 2, 1",
                 3)) {
    const std::string other = row[0].value_or("");
    // Who is out of reach is told by name, for one meets him there; his number is not told, his page does not
    // open.
    const bool reached = desk.reaches_customer(other);
    out.push_back(JsonObject{{"id", reached ? other : ""},
                             {"name", desk.customer_name(other)},
                             {"kind", row[1].value_or("")},
                             {"from_here", row[2] == "true"},
                             {"reached", reached}});
  }
  return out;
}

JsonArray todos_of(VisitDesk& desk, const std::string& customer) {
  workbench::TodoFilter filter;
  filter.state = "open", filter.customer = customer, filter.limit = 100;
  JsonArray out;
  for (const auto& one : workbench::todos(desk.store(), filter)) {
    if (!desk.reaches(Permission::todo_read, one.assignee, one.org)) continue;
    out.push_back(JsonObject{{"id", one.id},
                             {"title", one.title},
                             {"due", one.due ? Json(one.due->str()) : Json()},
                             {"late", one.late(desk.today())},
                             {"own", desk.own(one.assignee)}});
  }
  return out;
}

Json position_of(VisitDesk& desk, const std::string& customer) {
  if (auto card = customers::card(desk.store(), customer)) {
    const std::string lat = text_in(card->body, "lat"), lon = text_in(card->body, "lon");
    if (!lat.empty() && !lon.empty())
      return JsonObject{{"lat", lat}, {"lon", lon}, {"from", "card"}, {"place", text_in(card->body, "place")}};
  }
  auto seen = customers::places_seen(desk.store(), {customer});
  if (seen.empty()) return {};
  return JsonObject{{"lat", seen[0].lat}, {"lon", seen[0].lon}, {"from", "visit"}, {"place", ""}};
}

// The last visits in full, and what of all of them is still open.
void add_visits(VisitDesk& desk, const VisitRules& rules, const std::string& customer, JsonObject& out) {
  JsonArray visits, planned, open;
  size_t looked = 0;
  for (int64_t id : customers::visits_to(desk.store(), customer, 50)) {
    auto found = records::record(desk.store(), customers::kVisitKind, id);
    if (!found.ok() || !desk.reaches(Permission::visit_read, *found)) continue;
    const Json whole = desk.whole(*found, rules);
    if (found->state == "planned") planned.push_back(desk.item(*found));
    if (found->state != "done") continue;
    for (const Json& one : list_in(whole, "follow_ups"))
      if (const auto state = text_in(one, "state"); state == "open" || state == "late") open.push_back(one);
    if (looked++ < kVisitsShown) visits.push_back(whole);
  }
  out.emplace_back("visits", std::move(visits));
  out.emplace_back("planned", std::move(planned));
  out.emplace_back("open", std::move(open));
}

Outcome show_brief(Services& s, const Call& call) {
  VisitDesk desk(s, call);
  auto rules = VisitRules::on(s, desk.today());
  if (auto* refused = std::get_if<Refusal>(&rules)) return *refused;
  if (!desk.reaches_customer(call.part("id"))) return not_found();
  return Answer{visit_brief(desk, std::get<VisitRules>(rules), call.part("id"))};
}

}  // namespace

Json visit_brief(VisitDesk& desk, const VisitRules& rules, const std::string& customer) {
  const Facts& facts = desk.facts();
  auto db = desk.services().warehouse();
  const Date on = *facts.last_date;
  const auto members = customers::Merges::load(desk.store()).members(customer);
  CustomerReader reader(*db, facts.directory, on, members[0], desk.services().bank().personal_key(),
                        {members.begin(), members.end()});
  const Json whole = reader.whole();
  JsonObject out = {
      {"customer", whole},
      {"business_date", on.str()},
      {"today", desk.today().str()},
      {"maturing", maturing(whole, desk.today(), rules.limits().due)},
      {"warnings", warnings(whole)},
      {"birthday", text_in(whole, "kind") == "person" ? birthday(born_on(*db, customer), desk.today()) : Json()},
      {"products", products(*db, customer)},
      {"relations", relations(desk, *db, customer, on)},
      {"todos", todos_of(desk, customer)},
      {"position", position_of(desk, customer)}};
  add_visits(desk, rules, customer, out);
  return out;
}

Table visit_brief_endpoints() {
  return {{.method = "GET",
           .path = "/customers/{id}/brief",
           .summary = "what to know and ask before a visit",
           .permission = Permission::visit_read,
           .output = ref("VisitBrief"),
           .handler = show_brief}};
}

}  // namespace guanhu::api
