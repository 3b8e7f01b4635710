// Customers in reach: the list, one with everything it has, its balances and transactions, and who it is.
#include <algorithm>
#include <map>
#include <set>

#include "api/customer_facts.h"
#include "api/gate.h"
#include "api/handlers.h"
#include "api/pinyin.h"
#include "base/money.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

using Customer = CustomerIndex::Customer;

Json item_json(const Facts& facts, const Customer& c, base::JsonArray managers) {
  const people::Org* org = facts.directory.org(std::string(c.org));
  return JsonObject{{"id", c.id},
                    {"name", c.name},
                    {"kind", c.kind},
                    {"org", c.org},
                    {"org_name", org ? org->name : std::string(c.org)},
                    {"is_farmer", c.farmer},
                    {"opened_on", c.opened == INT32_MIN ? Json() : Json(base::Date(c.opened).str())},
                    {"deposits", base::format_fen(c.deposits)},
                    {"loans_total", base::format_fen(c.loans)},
                    {"overdue_principal", base::format_fen(c.overdue)},
                    {"managers", std::move(managers)}};
}

// What the filters and the free text leave of the customers in reach, by place in the index.
std::vector<uint32_t> chosen(const Facts& facts, const Call& call, const std::vector<uint32_t>* in,
                             const std::vector<uint32_t>* managed, const std::vector<std::string>& numbered) {
  const CustomerIndex& all = *facts.customers;
  auto org = call.get("org"), kind = call.get("kind"), branch = call.get("branch");
  bool overdue = call.get("overdue").value_or("") == "true";
  std::vector<std::string> orgs;
  if (branch) orgs = facts.directory.subtree(*branch);
  const std::string& q = call.list.q;
  bool letters =
      std::all_of(q.begin(), q.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  size_t owner = q.empty() ? all.size() : all.owner_of(call.get("q").value_or(""));
  std::vector<uint32_t> out;
  size_t count = in ? in->size() : all.size();
  for (size_t i = 0; i < count; ++i) {
    uint32_t n = in ? (*in)[i] : static_cast<uint32_t>(i);
    Customer c = all.at(n);
    if ((org && c.org != *org) || (kind && c.kind != *kind)) continue;
    if (branch && !std::binary_search(orgs.begin(), orgs.end(), std::string(c.org))) continue;
    if (overdue && c.overdue <= 0) continue;
    if (managed && !std::binary_search(managed->begin(), managed->end(), n)) continue;
    bool fits = q.empty() || n == owner || std::find(numbered.begin(), numbered.end(), c.id) != numbered.end() ||
                plain_query(c.id).starts_with(q) || c.name.find(q) != c.name.npos ||
                (letters && initials_match(c.initials, q));
    if (fits) out.push_back(n);
  }
  return out;
}

template <class KeyOf>
void sort_by(std::vector<uint32_t>& places, bool descending, KeyOf key_of) {
  using Key = decltype(key_of(uint32_t{}));
  std::vector<std::pair<Key, uint32_t>> keyed;
  keyed.reserve(places.size());
  for (uint32_t n : places) keyed.emplace_back(key_of(n), n);
  std::stable_sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
    return descending ? b.first < a.first : a.first < b.first;
  });
  for (size_t i = 0; i < keyed.size(); ++i) places[i] = keyed[i].second;
}

// The last key first: each sort keeps what the next one left equal.
void sort_customers(const CustomerIndex& all, const std::vector<ListQuery::Key>& keys,
                    std::vector<uint32_t>& places) {
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    const std::string& p = key->path;
    bool down = key->descending;
    if (p == "deposits") sort_by(places, down, [&](uint32_t n) { return all.at(n).deposits; });
    else if (p == "loans_total") sort_by(places, down, [&](uint32_t n) { return all.at(n).loans; });
    else if (p == "overdue_principal") sort_by(places, down, [&](uint32_t n) { return all.at(n).overdue; });
    else if (p == "opened_on") sort_by(places, down, [&](uint32_t n) { return all.at(n).opened; });
    else if (p == "is_farmer") sort_by(places, down, [&](uint32_t n) { return all.at(n).farmer; });
    else if (p == "kind") sort_by(places, down, [&](uint32_t n) { return all.at(n).kind; });
    else if (p == "name") sort_by(places, down, [&](uint32_t n) { return pinyin_order(all.at(n).name); });
    else if (p == "id") sort_by(places, down, [&](uint32_t n) { return n; });
    else sort_by(places, down, [&](uint32_t n) { return all.at(n).org; });
  }
}

Outcome list_customers(Services& s, const Call& call) {
  auto facts = s.facts();
  auto db = s.warehouse();
  auto in = facts->customers_in(call.login(), call.scope, *db);
  std::shared_ptr<const std::vector<uint32_t>> managed;
  if (auto manager = call.get("manager")) managed = facts->customers_of(*manager, *db);
  auto numbered = customers_by_number(*db, s.bank().personal_key(), call.get("q").value_or(""));
  auto places = chosen(*facts, call, in.get(), managed.get(), numbered);
  sort_customers(*facts->customers, call.list.sort, places);
  size_t first = std::min((call.list.page - 1) * call.list.page_size, places.size());
  size_t last = std::min(first + call.list.page_size, places.size());
  std::set<std::string> shown;
  for (size_t i = first; i < last; ++i) shown.emplace(facts->customers->at(places[i]).id);
  std::map<std::string, JsonArray> managers;
  if (facts->last_date) managers = managers_of(*db, facts->directory, *facts->last_date, shown);
  JsonArray items;
  for (size_t i = first; i < last; ++i) {
    Customer c = facts->customers->at(places[i]);
    items.push_back(item_json(*facts, c, managers[std::string(c.id)]));
  }
  return Answer{page_body(call.list, std::move(items), places.size())};
}

// Runs `make` for the customer in the path, when that is in reach.
template <class Make>
Outcome with_customer(Services& s, const Call& call, Make make) {
  auto facts = s.facts();
  auto db = s.warehouse();
  size_t n = facts->customers->find(call.part("id"));
  if (n == facts->customers->size() || !facts->reaches_customer(call.login(), call.scope, n, *db))
    return not_found();
  CustomerReader reader(*db, facts->directory, *facts->last_date, call.part("id"), s.bank().personal_key());
  return make(reader, *facts);
}

Outcome show_customer(Services& s, const Call& call) {
  return with_customer(s, call,
                       [&](CustomerReader& reader, const Facts&) -> Outcome { return Answer{reader.whole()}; });
}

struct Range {
  base::Date from, to;
};
// The year up to the business date, unless named.
std::variant<Range, Refusal> range_of(const Facts& facts, const Call& call) {
  Range out{std::max(facts.last_date->add_months(-12), *facts.first_date), *facts.last_date};
  if (auto from = call.get("from")) out.from = *base::Date::parse(*from);
  if (auto to = call.get("to")) out.to = *base::Date::parse(*to);
  if (out.to < out.from) return Refusal{400, base::Error{"request.parameters", "", "", ""}, {{"to", "早于 from"}}};
  return out;
}

Outcome show_balances(Services& s, const Call& call) {
  return with_customer(s, call, [&](CustomerReader& reader, const Facts& facts) -> Outcome {
    auto range = range_of(facts, call);
    if (auto* refusal = std::get_if<Refusal>(&range)) return *refusal;
    auto [from, to] = std::get<Range>(range);
    return Answer{JsonObject{{"from", from.str()}, {"to", to.str()}, {"items", reader.balances(from, to)}}};
  });
}

Outcome list_transactions(Services& s, const Call& call) {
  return with_customer(s, call, [&](CustomerReader& reader, const Facts& facts) -> Outcome {
    auto range = range_of(facts, call);
    if (auto* refusal = std::get_if<Refusal>(&range)) return *refusal;
    auto [from, to] = std::get<Range>(range);
    return Answer{reader.transactions(call.list, from, to)};
  });
}

Outcome show_personal(Services& s, const Call& call) {
  std::string reason = call.text("reason");
  if (plain_query(reason).size() < 4)
    return Refusal{400, base::Error{"request.body", "", "", ""}, {{"/reason", "请写明查看的原因"}}};
  return with_customer(s, call, [&](CustomerReader& reader, const Facts&) -> Outcome {
    Json personal = reader.personal();
    // Nothing is shown that is not recorded: the record is on the disk before the answer leaves.
    auto store = s.store();
    store->transaction([&] {
      record(*store, call.login().login, "personal_data.read", "customer " + reader.id(),
             JsonObject{{"reason", reason}}, s.clock());
    });
    return Answer{std::move(personal)};
  });
}

}  // namespace

Table customer_endpoints() {
  const auto may = people::Permission::customer_read;
  std::vector<Parameter> range = {
      {"from", date(), false, "else a year before the business date, as far as there is data"},
      {"to", date(), false, "else the business date"}};
  return {{.method = "GET",
           .path = "/customers",
           .summary = "customers in scope",
           .permission = may,
           .parameters = {{"org", text(100), false, ""},
                          {"manager", text(100), false, "staff number of who manages them now"},
                          {"overdue", boolean(), false, "true: only those with overdue principal"},
                          {"branch", text(100), false, "with everything below it"},
                          {"kind", choice({"person", "company", "other"}), false, ""}},
           .output = list_of("CustomerItem"),
           .handler = list_customers,
           .list = true},
          {.method = "GET",
           .path = "/customers/{id}",
           .summary = "accounts, loans, managers and their history",
           .permission = may,
           .output = ref("Customer"),
           .handler = show_customer},
          {.method = "GET",
           .path = "/customers/{id}/balances",
           .summary = "days on which the balance changed",
           .permission = may,
           .parameters = range,
           .output = object({{"from", date()}, {"to", date()}, {"items", list(ref("BalancePoint"))}}),
           .handler = show_balances},
          {.method = "GET",
           .path = "/customers/{id}/transactions",
           .summary = "transactions, newest first",
           .permission = may,
           .parameters = range,
           .output = list_of("Transaction"),
           .handler = list_transactions,
           .list = true,
           .sorts = false},
          {.method = "POST",
           .path = "/customers/{id}/personal",
           .summary = "identity number, phone, address; recorded",
           .permission = people::Permission::personal_read,
           .input = object({{"reason", text(400)}}),
           .output = ref("Personal"),
           .handler = show_personal}};
}

}  // namespace guanhu::api
