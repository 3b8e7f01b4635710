// What the first page needs, and the search field of the shell.
#include <algorithm>
#include <set>

#include "api/customer_facts.h"
#include "api/handlers.h"
#include "api/pinyin.h"
#include "api/policy_reading.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kFound = 10;  // customers; of accounts and staff half as many

const char* kind_word(base::PeriodKind kind) {
  switch (kind) {
    case base::PeriodKind::year: return "year";
    case base::PeriodKind::half_year: return "half-year";
    case base::PeriodKind::quarter: return "quarter";
    case base::PeriodKind::month: return "month";
  }
  return "";
}

// Schemes whose results the bank has made known.
std::set<std::string> schemes_in_use(store::Session& store) {
  std::set<std::string> out;
  for (const auto& row : store.query("SELECT DISTINCT scheme FROM runs WHERE state <> 'draft'", {}))
    out.insert(row.text(0));
  return out;
}

// Those over all managers come first, before them those the bank goes by: a manager's day begins with one. Then
// those over chosen staff (tellers, one kind of manager); last the decided ones, which need facts that people
// record before they say anything.
JsonArray schemes_json(Services& s, const Facts& facts) {
  JsonArray out, unused, others, decided;
  const base::Date today = today_of(s);
  const auto in_use = schemes_in_use(*s.store());
  for (const auto& name : pack_names(s, *s.store())) {
    auto pack = s.packs().on(name, today);
    if (!pack) continue;  // said in the log when the server started; /policies shows it
    auto installed = s.packs().get(name);
    // A period before a version came into force is appraised by what was in force then.
    const bool changed = !installed || *installed != *pack;
    auto was_there = [&](const base::Period& period, const std::string& scheme) {
      if (!changed) return true;
      auto then = s.packs().on(name, period.last());
      return then && (*then)->scheme(scheme);
    };
    for (const auto& scheme : (*pack)->schemes) {
      JsonArray periods;
      for (const auto& p : facts.periods_of(scheme)) {
        if (!was_there(p, scheme.name)) continue;
        periods.push_back(JsonObject{
            {"period", p.str()}, {"kind", kind_word(p.kind())}, {"complete", p.last() <= *facts.last_date}});
      }
      (!scheme.decision.empty()                    ? decided
       : !scheme.holder_filter.empty()             ? others
       : in_use.contains(name + "/" + scheme.name) ? out
                                                   : unused)
          .push_back(JsonObject{{"scheme", name + "/" + scheme.name},
                                {"title", scheme.title},
                                {"holders", scheme.holders},
                                {"periods", std::move(periods)}});
    }
  }
  for (JsonArray* after : {&unused, &others, &decided})
    for (Json& one : *after) out.push_back(std::move(one));
  return out;
}

// Days without an extract: that of yesterday is on time. The bank's days are those of China, UTC+8.
Json late_days(const Facts& facts, base::Instant now) {
  if (!facts.last_date) return {};
  constexpr int64_t kDay = 86'400'000'000, kZone = 8 * 3'600'000'000;
  auto today = static_cast<int32_t>((now.micros + kZone) / kDay);
  return std::max(0, today - facts.last_date->days() - 1);
}

Outcome overview(Services& s, const Call&) {
  auto facts = s.facts();
  return Answer{JsonObject{{"bank", facts->bank_name},
                           {"business_date", facts->last_date ? Json(facts->last_date->str()) : Json()},
                           {"late_days", late_days(*facts, s.clock().now())},
                           {"open_totals", facts->open_totals},
                           {"schemes", schemes_json(s, *facts)},
                           {"folder_held", true}}};
}

void find_customers(const Facts& facts, const std::vector<uint32_t>* in, const std::string& q,
                    const std::string& number, const std::vector<std::string>& numbered, JsonArray& out) {
  const CustomerIndex& all = *facts.customers;
  bool letters =
      std::all_of(q.begin(), q.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  size_t count = in ? in->size() : all.size();
  for (size_t i = 0; i < count && out.size() < kFound; ++i) {
    auto c = all.at(in ? (*in)[i] : i);
    bool fits = plain_query(c.id).starts_with(q) || c.name.find(q) != c.name.npos ||
                (letters && initials_match(c.initials, q));
    if (!fits) continue;
    const people::Org* org = facts.directory.org(std::string(c.org));
    out.push_back(JsonObject{{"kind", "customer"},
                             {"id", c.id},
                             {"name", c.name},
                             {"note", org ? org->name : ""},
                             {"customer_id", c.id}});
  }
  for (const auto& id : numbered) {
    size_t n = all.find(id);
    if (n == all.size() || (in && !std::binary_search(in->begin(), in->end(), static_cast<uint32_t>(n)))) continue;
    auto c = all.at(n);
    const people::Org* org = facts.directory.org(std::string(c.org));
    out.push_back(JsonObject{{"kind", "customer"},
                             {"id", c.id},
                             {"name", c.name},
                             {"note", org ? org->name : ""},
                             {"customer_id", c.id}});
  }
  size_t accounts = 0;
  if (number.size() < 4) return;
  for (const auto& [account, customer] : all.beginning(number, 1000)) {
    if (in && !std::binary_search(in->begin(), in->end(), static_cast<uint32_t>(customer))) continue;
    auto c = all.at(customer);
    out.push_back(
        JsonObject{{"kind", "account"}, {"id", account}, {"name", c.name}, {"note", c.id}, {"customer_id", c.id}});
    if (++accounts >= kFound / 2) return;
  }
}

// `scores`: whose scores the visitor may read.
void find_staff(const Facts& facts, const Reach& reach, const Reach* scores, const std::string& q,
                JsonArray& out) {
  size_t hits = 0;
  for (const auto& person : facts.directory.staff()) {
    if (hits >= kFound / 2) return;
    if (!reach.staff(person.id) || (!matches(person.name, q) && !plain_query(person.id).starts_with(q))) continue;
    ++hits;
    const people::Org* org = facts.directory.org(person.org);
    bool holder = scores && scores->staff(person.id) && person.position == "manager";
    out.push_back(JsonObject{{"kind", "staff"},
                             {"id", person.id},
                             {"name", person.name},
                             {"note", org ? org->name : ""},
                             {"holder", holder}});
  }
}

// As typed: numbers of accounts are compared letter by letter.
std::string trimmed(const std::string& text) {
  size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
  return first == text.npos ? "" : text.substr(first, last - first + 1);
}

Outcome search(Services& s, const Call& call) {
  auto facts = s.facts();
  std::string q = plain_query(call.get("q").value_or(""));
  JsonArray out;
  if (!q.empty()) {
    const auto& login = call.login();
    auto customers = people::scope_of(login.roles, people::Permission::customer_read);
    if (customers != people::Scope::none) {
      auto db = s.warehouse();
      auto in = facts->customers_in(login, customers, *db);
      const std::string number = trimmed(call.get("q").value_or(""));
      find_customers(*facts, in.get(), q, number, customers_by_number(*db, s.bank().personal_key(), number), out);
    }
    auto staff = people::scope_of(login.roles, people::Permission::org_read);
    auto scores = people::scope_of(login.roles, people::Permission::score_read);
    auto seen = scores == people::Scope::none ? nullptr : facts->reach(login, scores);
    if (staff != people::Scope::none) find_staff(*facts, *facts->reach(login, staff), seen.get(), q, out);
  }
  return Answer{JsonObject{{"items", std::move(out)}}};
}

}  // namespace

Table overview_endpoints() {
  return {{.method = "GET",
           .path = "/overview",
           .summary = "bank, business date, schemes with their periods",
           .access = Access::settled,
           .output = ref("Overview"),
           .handler = overview},
          {.method = "GET",
           .path = "/search",
           .summary = "customers, accounts, staff by name, pinyin initials, number",
           .access = Access::settled,
           .parameters = {{"q", text(100), true, "what is typed"}},
           .output = object({{"items", list(ref("SearchHit"))}}),
           .handler = search}};
}

}  // namespace guanhu::api
