#include "api/risk_view.h"

#include <algorithm>

#include "api/redact.h"
#include "api/run_life_parts.h"
#include "base/json_member.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr const char* kOutside = "（查看范围以外）";
constexpr std::pair<const char*, const char*> kProducts[] = {
    {"insurance", "保险"}, {"fund", "基金"},    {"wealth", "理财"},        {"bond", "国债"},
    {"payroll", "代发"},   {"pos", "收款机具"}, {"credit_card", "信用卡"}, {"gold_card", "金卡"}};

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  if (from.empty()) return;
  for (size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// "2025-12-31" before "2025-12-31T09:00:00": what has a day only stands before the day's moments.
void sort_by_time(JsonArray& rows) {
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Json& a, const Json& b) { return text_in(a, "at") < text_in(b, "at"); });
}

bool is_loan_row(const Json& row) { return text_in(row, "table") == "loans"; }
bool is_payout(const Json& row) { return text_in(row, "kind") == "loan_disbursement"; }

}  // namespace

std::string FindingView::Party::key() const {
  return customer ? "c" + std::to_string(*customer) : kind + " " + account;
}

// The parties in the order in which the money meets them, and one hop a row.
struct FindingView::Path {
  const FindingView& view;
  std::map<std::string, size_t> places = {};
  JsonArray parties = {}, hops = {};

  size_t place(const Party& p) {
    auto [at, fresh] = places.emplace(p.key(), parties.size());
    if (!fresh) return at->second;
    const bool seen = p.customer && view.sees_customer(*p.customer);
    Json customer;
    if (seen) customer = view.customer_json(std::string(view.facts_->customers->at(*p.customer).id));
    parties.push_back(JsonObject{{"kind", p.customer ? (seen ? "customer" : "hidden") : p.kind},
                                 {"customer", std::move(customer)},
                                 {"account", p.kind == "outside" ? Json(masked_id(p.account)) : Json()}});
    return at->second;
  }
  void hop(size_t row, size_t from, size_t to, const std::string& amount) {
    hops.push_back(JsonObject{{"row", row}, {"from", from}, {"to", to}, {"amount", amount}});
  }
};

FindingView::FindingView(std::shared_ptr<const Facts> facts, const Call& call, warehouse::Warehouse& db)
    : facts_(std::move(facts)), call_(call), db_(db), reach_(facts_->reach(call.login(), call.scope)) {}

bool FindingView::sees_customer(size_t customer) const {
  return facts_->reaches_customer(call_.login(), call_.scope, customer, db_);
}

bool FindingView::sees(const risk::KeptFinding& f) const {
  if (reach_->bank()) return true;
  if (std::any_of(f.managers.begin(), f.managers.end(), [&](const auto& id) { return reach_->staff(id); }))
    return true;
  if (!f.managers.empty()) return false;
  if (f.subject_kind == "organisation") return reach_->org(f.subject_id);
  return !f.customer_id.empty() && sees_customer(facts_->customers->find(f.customer_id));
}

Json FindingView::customer_json(const std::string& id) const {
  size_t n = id.empty() ? facts_->customers->size() : facts_->customers->find(id);
  if (n == facts_->customers->size() || !sees_customer(n)) return {};
  return JsonObject{{"id", id}, {"name", std::string(facts_->customers->at(n).name)}};
}

Json FindingView::manager_json(const std::string& id) const {
  const people::Staff* person = facts_->directory.person(id);
  return JsonObject{{"id", id}, {"name", person ? person->name : id}};
}

FindingView::Party FindingView::party(const std::string& account, const std::string& customer) const {
  const CustomerIndex& all = *facts_->customers;
  size_t n = customer.empty() ? all.size() : all.find(customer);
  if (n == all.size() && !account.empty()) n = all.owner_of(account);
  if (n != all.size()) return {"customer", account, n};
  if (account.empty()) return {"unknown", ""};
  return {"outside", account};
}

// An account of this bank as it is, when its customer is in reach; of another bank masked.
std::string FindingView::shown_account(const std::string& account) const {
  if (account.empty()) return "";
  size_t n = facts_->customers->owner_of(account);
  if (n == facts_->customers->size()) return masked_id(account);
  return sees_customer(n) ? account : "";
}

JsonObject FindingView::subject(const risk::KeptFinding& f) const {
  const std::string &kind = f.subject_kind, &id = f.subject_id;
  Json shown = id, name;
  if (kind == "bank") name = facts_->bank_name;
  if (kind == "organisation") {
    const people::Org* org = facts_->directory.org(id);
    name = org ? org->name : id;
  }
  if (kind == "manager") name = value_in(manager_json(id), "name");
  if (kind == "customer" || kind == "loan" || kind == "account") {
    Json customer = customer_json(f.customer_id);
    name = customer.is_null() ? Json() : value_in(customer, "name");
    if (kind == "account") shown = text_or_null(shown_account(id));
    else if (customer.is_null()) shown = Json();
  }
  return {{"kind", kind}, {"id", std::move(shown)}, {"name", std::move(name)}};
}

// Sentences name customers, accounts and products by code: those in reach are told by name, others are taken out.
std::string FindingView::without_hidden(std::string text, const risk::KeptFinding& f) const {
  auto tell = [&](const std::string& id) {
    if (id.empty()) return;
    const Json customer = customer_json(id);
    replace_all(text, id, customer.is_null() ? kOutside : text_in(customer, "name"));
  };
  const Json detail = value_in(f.finding, "detail");
  tell(f.customer_id);
  tell(text_in(detail, "receiver"));
  if (f.subject_kind == "customer") tell(f.subject_id);
  for (const Json& e : list_in(f.finding, "evidence"))
    if (text.find(text_in(e, "customer")) != text.npos) tell(text_in(e, "customer"));
  if (f.subject_kind == "account") {
    std::string shown = shown_account(f.subject_id);
    replace_all(text, f.subject_id, shown.empty() ? kOutside : shown);
  }
  for (const auto& [code, name] : kProducts)
    if (text_in(detail, "product") == code) replace_all(text, code, name);
  return text;
}

JsonObject FindingView::summary(const risk::KeptFinding& f) const {
  JsonArray managers;
  for (const auto& id : f.managers)
    if (reach_->staff(id)) managers.push_back(manager_json(id));
  const size_t others = f.managers.size() - managers.size();
  return {{"id", f.id},
          {"period", f.period},
          {"kind", f.kind},
          {"day", f.day},
          {"subject", subject(f)},
          {"customer", customer_json(f.customer_id)},
          {"managers", std::move(managers)},
          {"others", others},
          {"amount", f.amount},
          {"unit", f.unit},
          {"what", without_hidden(text_in(f.finding, "what"), f)},
          {"state", f.state},
          {"present", f.present},
          {"changed", f.changed},
          {"first_seen", f.first_seen},
          {"last_seen", f.last_seen}};
}

JsonObject FindingView::row(const Json& e) const {
  const std::string account = text_in(e, "account"), customer = text_in(e, "customer");
  Party who = party(account, customer);
  const bool hidden = who.customer && !sees_customer(*who.customer);
  Json about;
  if (who.customer && !hidden) about = customer_json(std::string(facts_->customers->at(*who.customer).id));
  return {{"table", text_in(e, "table")},
          {"id", hidden ? Json() : text_or_null(text_in(e, "id"))},
          {"account", text_or_null(shown_account(account))},
          {"customer", std::move(about)},
          {"hidden", hidden},
          {"at", text_in(e, "at")},
          {"kind", text_or_null(text_in(e, "kind"))},
          {"counter", text_or_null(shown_account(text_in(e, "counter")))},
          {"amount", number_texts(value_in(e, "amount"))},
          {"file", hidden ? Json() : value_in(e, "file")},
          {"business_date", value_in(e, "business_date")},
          {"line", hidden ? Json() : value_in(e, "line")}};
}

void FindingView::add_path(const JsonArray& rows, JsonObject& out) const {
  Path path{*this};
  // A loan that was paid out by a transaction is drawn once.
  const bool paid = std::any_of(rows.begin(), rows.end(), is_payout);
  for (size_t i = 0; i < rows.size(); ++i) {
    const Json& e = rows[i];
    const std::string table = text_in(e, "table"), account = text_in(e, "account");
    if (table != "transactions" && (table != "loans" || paid)) continue;
    Party own = party(account, text_in(e, "customer")), other = party(text_in(e, "counter"), "");
    if (is_loan_row(e) || is_payout(e)) other = {"bank", ""};
    const Json kept = value_in(e, "amount");
    const base::Decimal amount = kept.as_number() ? *kept.as_number() : base::Decimal();
    const bool in = !amount.is_negative();
    size_t from = path.place(in ? other : own), to = path.place(in ? own : other);
    path.hop(i, from, to, amount.abs().str());
  }
  out.emplace_back("parties", std::move(path.parties));
  out.emplace_back("hops", std::move(path.hops));
}

Json FindingView::effects(const risk::KeptFinding& f, size_t& hidden) const {
  JsonArray out;
  for (const Json& e : list_in(f.finding, "effects")) {
    const std::string kind = text_in(e, "holder_kind"), id = text_in(e, "holder_id");
    const bool seen = kind == "manager"        ? reach_->staff(id)
                      : kind == "organisation" ? reach_->org(id)
                                               : reach_->bank();
    if (!seen) {
      ++hidden;
      continue;
    }
    const people::Org* org = kind == "organisation" ? facts_->directory.org(id) : nullptr;
    Json name = kind == "bank" ? Json(facts_->bank_name)
                : org          ? Json(org->name)
                               : value_in(manager_json(id), "name");
    out.push_back(JsonObject{{"holder_kind", kind},
                             {"holder", id},
                             {"name", std::move(name)},
                             {"figure", text_in(e, "figure")},
                             {"unit", text_in(e, "unit")},
                             {"with", number_texts(value_in(e, "with"))},
                             {"without", number_texts(value_in(e, "without"))}});
  }
  return out;
}

// What was compared, without those outside.
JsonObject FindingView::details(const risk::KeptFinding& f) const {
  JsonObject out;
  Json all = number_texts(value_in(f.finding, "detail"));
  if (const JsonObject* members = all.as_object())
    for (const auto& [name, value] : *members) {
      if (name == "receiver") out.emplace_back(name, customer_json(value.as_string() ? *value.as_string() : ""));
      else if (name == "loan_id" && customer_json(f.customer_id).is_null()) out.emplace_back(name, Json());
      else out.emplace_back(name, value);
    }
  return out;
}

JsonObject FindingView::detail(const risk::KeptFinding& f) const {
  JsonObject out = summary(f);
  JsonArray sorted = list_in(f.finding, "evidence"), rows, decisions;
  sort_by_time(sorted);
  for (const Json& one : sorted) rows.push_back(row(one));
  size_t hidden = 0;
  Json changed = effects(f, hidden);
  out.emplace_back("detail", details(f));
  out.emplace_back("effects", std::move(changed));
  out.emplace_back("effects_hidden", hidden);
  out.emplace_back("rows", std::move(rows));
  out.emplace_back("rows_in_all", value_in(f.finding, "evidence_in_all"));
  add_path(sorted, out);
  Json rule = value_in(f.finding, "rule");
  out.emplace_back("rule", JsonObject{{"pack", value_in(rule, "pack")},
                                      {"pack_hash", value_in(rule, "pack_hash")},
                                      {"parameters", value_in(rule, "parameters")}});
  for (const auto& d : f.decisions)
    decisions.push_back(
        JsonObject{{"state", d.state},
                   {"reason", d.reason},
                   {"by", d.by},
                   {"name", d.staff.empty() ? Json(d.by) : value_in(manager_json(d.staff), "name")},
                   {"at", d.at},
                   {"amount", d.amount}});
  out.emplace_back("decisions", std::move(decisions));
  const bool may =
      people::scope_of(call_.login().roles, people::Permission::finding_decide) != people::Scope::none;
  const std::string& self = call_.login().staff_id;
  const bool own = !self.empty() && std::find(f.managers.begin(), f.managers.end(), self) != f.managers.end();
  const char* code = !may ? "access.forbidden" : own ? "risk.self" : !f.present ? "risk.gone" : "";
  out.emplace_back("may_decide", JsonObject{{"ok", !*code}, {"code", *code ? Json(code) : Json()}});
  return out;
}

}  // namespace guanhu::api
