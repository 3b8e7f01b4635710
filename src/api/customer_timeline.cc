#include "api/customer_timeline.h"

#include <algorithm>
#include <map>

#include "base/json_member.h"
#include "base/money.h"
#include "feed/schema.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;

namespace {

using Values = std::vector<std::pair<std::string, std::string>>;

std::string as_text(const std::string& column) { return "CAST(" + column + " AS VARCHAR)"; }
std::string plain(const std::optional<std::string>& text) { return text.value_or(""); }
std::string yuan(const std::optional<std::string>& fen) {
  return fen && !fen->empty() ? base::format_fen(std::stoll(*fen)) : "0.00";
}

void add(std::vector<CustomerEvent>& out, const std::string& day, const char* group, const char* what,
         Values values) {
  if (!day.empty()) out.push_back({day, "", group, what, std::move(values), "", 0});
}

void of_accounts(const Json& whole, std::vector<CustomerEvent>& out) {
  for (const Json& one : list_in(whole, "accounts")) {
    const Values values = {
        {"id", text_in(one, "id")}, {"product", text_in(one, "product")}, {"kind", text_in(one, "kind")}};
    add(out, text_in(one, "opened_on"), "account", "account.opened", values);
    add(out, text_in(one, "closed_on"), "account", "account.closed", values);
  }
  for (const Json& one : list_in(whole, "loans")) {
    Values values = {{"id", text_in(one, "id")}, {"product", text_in(one, "product")}};
    add(out, text_in(one, "settled_on"), "loan", "loan.settled", values);
    values.emplace_back("amount", text_in(one, "principal"));
    values.emplace_back("due", text_in(one, "due_on"));
    add(out, text_in(one, "issued_on"), "loan", "loan.issued", values);
  }
}

void of_managers(const Json& whole, std::vector<CustomerEvent>& out) {
  for (const Json& one : list_in(whole, "managers")) {
    const std::string subject = text_in(one, "subject_kind");
    const Values values = {{"name", text_in(one, "name").empty() ? text_in(one, "staff") : text_in(one, "name")},
                           {"role", text_in(one, "role")},
                           {"subject", subject},
                           {"id", subject == "customer" ? "" : text_in(one, "subject_id")}};
    add(out, text_in(one, "from"), "manager", "manager.from", values);
    add(out, text_in(one, "to"), "manager", "manager.to", values);
  }
}

// A loan's states in the order of days: where it became overdue or made it good, and where its class changed.
void of_states(warehouse::Warehouse& db, const std::string& customer, std::vector<CustomerEvent>& out) {
  const std::string mine = "SELECT x.loan FROM f_loans x WHERE x.customer_id = " + sql_text(customer);
  auto rows = text_rows(db,
                        "SELECT k.loan_id, " + as_text("s.date") + ", " + as_text("s.overdue_principal") +
                            ", s.class, " + as_text("s.overdue_days") + " FROM " +
                            winning_rows("f_loan_states", "loan, date",
                                         "f.loan, f.date, f.overdue_principal, f.overdue_days, f.class",
                                         "f.loan IN (" + mine + ")") +
                            " s JOIN loan_keys k ON k.loan = s.loan ORDER BY k.loan_id, s.date",
                        5);
  std::string loan, grade;
  bool overdue = false;
  for (const auto& r : rows) {
    if (plain(r[0]) != loan) loan = plain(r[0]), grade.clear(), overdue = false;
    const bool late = r[2] && !r[2]->empty() && *r[2] != "0";
    if (late != overdue)
      add(out, plain(r[1]), "loan", late ? "loan.overdue" : "loan.madegood",
          {{"id", loan}, {"amount", late ? yuan(r[2]) : ""}});
    overdue = late;
    const std::string now = plain(r[3]);
    if (!now.empty() && !grade.empty() && now != grade)
      add(out, plain(r[1]), "loan", "loan.class", {{"id", loan}, {"from", grade}, {"to", now}});
    if (!now.empty()) grade = now;
  }
}

void of_products(warehouse::Warehouse& db, const people::Directory& directory, const std::string& customer,
                 std::vector<CustomerEvent>& out) {
  for (const auto& r :
       text_rows(db,
                 "SELECT " + as_text("s.date") + ", s.product, " + as_text("s.amount") + ", s.staff_id FROM " +
                     winning_rows("f_sales", "sale_id",
                                  "f.sale_id, f.date, f.product, f.amount, f.staff_id, f.customer_id",
                                  "f.customer_id = " + sql_text(customer)) +
                     " s ORDER BY s.date",
                 4)) {
    const people::Staff* person = directory.person(plain(r[3]));
    add(out, plain(r[0]), "product", "product.sold",
        {{"product", plain(r[1])},
         {"amount", r[2] ? yuan(r[2]) : ""},
         {"name", person ? person->name : plain(r[3])}});
  }
}

// What the extracts said of the customer, one after another. Of personal data only that it changed, not what.
void of_data(warehouse::Warehouse& db, const store::PersonalKey& key, const std::string& customer,
             std::vector<CustomerEvent>& out) {
  struct Part {
    const char* column;
    bool shown;
    bool sealed;
  };
  static constexpr Part kParts[] = {
      {"name", true, false},     {"kind", true, false},          {"org_id", true, false},
      {"id_type", true, false},  {"id_no", false, true},         {"phone", false, true},
      {"address", false, false}, {"industry_code", true, false}, {"group_id", true, false}};
  std::string columns;
  for (const Part& part : kParts) columns += std::string(", f.") + part.column;
  auto rows =
      text_rows(db,
                "SELECT " + as_text("i.business_date") + columns + " FROM f_customers f" + feed::active_join("f") +
                    "WHERE f.customer_id = " + sql_text(customer) + " ORDER BY i.business_date",
                std::size(kParts) + 1);
  for (size_t i = 1; i < rows.size(); ++i)
    for (size_t k = 0; k < std::size(kParts); ++k) {
      std::string was = plain(rows[i - 1][k + 1]), now = plain(rows[i][k + 1]);
      if (kParts[k].sealed) was = key.open(was), now = key.open(now);  // another key seals it otherwise
      if (was == now) continue;
      const bool shown = kParts[k].shown;
      add(out, plain(rows[i][0]), "data", shown ? "data.changed" : "data.changed.masked",
          {{"field", kParts[k].column}, {"from", shown ? was : ""}, {"to", shown ? now : ""}});
    }
}

}  // namespace

Json to_json(const CustomerEvent& event) {
  JsonObject values;
  for (const auto& [name, value] : event.values) values.emplace_back(name, value);
  return JsonObject{{"day", event.day},
                    {"at", event.at.empty() ? Json() : Json(event.at)},
                    {"group", event.group},
                    {"what", event.what},
                    {"values", std::move(values)},
                    {"link", event.link.empty() ? Json() : Json(event.link)},
                    {"record", event.record ? Json(event.record) : Json()}};
}

std::vector<CustomerEvent> extract_events(warehouse::Warehouse& db, const people::Directory& directory,
                                          const store::PersonalKey& key, const std::vector<std::string>& members,
                                          const Json& whole) {
  std::vector<CustomerEvent> out;
  of_accounts(whole, out);
  of_managers(whole, out);
  for (const auto& customer : members) {
    of_states(db, customer, out);
    of_products(db, directory, customer, out);
    of_data(db, key, customer, out);
  }
  return out;
}

void sort_events(std::vector<CustomerEvent>& events) {
  std::stable_sort(events.begin(), events.end(), [](const CustomerEvent& a, const CustomerEvent& b) {
    return a.day != b.day ? a.day > b.day : a.at > b.at;
  });
}

}  // namespace guanhu::api
