#include "api/customer_list.h"

#include <algorithm>
#include <memory>
#include <mutex>

#include "api/customer_facts.h"
#include "api/pinyin.h"
#include "base/money.h"
#include "customers/category.h"
#include "customers/merge.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using Customer = CustomerIndex::Customer;

namespace {

constexpr const char* kMasked = "•••";
constexpr size_t kPart = 5000;  // customers whose managers are read at once

Refusal wrong(const char* parameter, std::string message) {
  return {400, {"request.parameters", "", "", ""}, {{parameter, std::move(message)}}};
}

// Parts of a text between separators, without empty ones.
std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> out;
  std::string one;
  for (char c : text + separator) {
    if (c != separator) one += c;
    else if (!one.empty()) out.push_back(std::exchange(one, ""));
  }
  return out;
}

// The first `wanted` in order, what is equal as it stood; the others somewhere behind them.
template <class KeyOf>
void sort_by(std::vector<uint32_t>& places, bool descending, size_t wanted, KeyOf key_of) {
  struct Keyed {
    decltype(key_of(uint32_t{})) key;
    uint32_t before, place;
  };
  std::vector<Keyed> keyed;
  keyed.reserve(places.size());
  for (uint32_t n : places) keyed.push_back({key_of(n), static_cast<uint32_t>(keyed.size()), n});
  wanted = std::min(wanted, keyed.size());
  std::partial_sort(keyed.begin(), keyed.begin() + static_cast<long>(wanted), keyed.end(),
                    [&](const Keyed& a, const Keyed& b) {
                      if (a.key != b.key) return descending ? b.key < a.key : a.key < b.key;
                      return a.before < b.before;
                    });
  for (size_t i = 0; i < keyed.size(); ++i) places[i] = keyed[i].place;
}

// Which name of all comes where in the order of pinyin; worked out once for the customers in memory.
std::shared_ptr<const std::vector<uint32_t>> name_ranks(const std::shared_ptr<const CustomerIndex>& all) {
  static std::mutex mutex;
  static std::weak_ptr<const CustomerIndex> of;
  static std::shared_ptr<const std::vector<uint32_t>> kept;
  std::lock_guard lock(mutex);
  if (kept && of.lock() == all) return kept;
  std::vector<std::pair<std::string, uint32_t>> names;
  names.reserve(all->size());
  for (uint32_t n = 0; n < all->size(); ++n) names.emplace_back(pinyin_order(all->at(n).name), n);
  std::sort(names.begin(), names.end());
  auto ranks = std::make_shared<std::vector<uint32_t>>(all->size());
  uint32_t rank = 0;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i && names[i].first != names[i - 1].first) ++rank;
    (*ranks)[names[i].second] = rank;
  }
  of = all;
  return kept = std::move(ranks);
}

}  // namespace

CustomerList::CustomerList(Desk& desk) : desk_(desk), call_(desk.call()), all_(*desk.facts().customers) {}

std::optional<Refusal> CustomerList::choose() {
  {
    auto db = desk_.services().warehouse();
    in_ = desk_.facts().customers_in(call_.login(), call_.scope, *db);
    if (auto manager = call_.get("manager")) managed_ = desk_.facts().customers_of(*manager, *db);
    for (const auto& id :
         customers_by_number(*db, desk_.services().bank().personal_key(), call_.get("q").value_or("")))
      if (const size_t place = all_.find(id); place < all_.size())
        numbered_.push_back(static_cast<uint32_t>(place));
  }
  if (auto branch = call_.get("branch")) orgs_ = desk_.directory().subtree(*branch);
  const std::string& q = call_.list.q;
  letters_ =
      std::all_of(q.begin(), q.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  owner_ = q.empty() ? all_.size() : all_.owner_of(call_.get("q").value_or(""));
  if (auto refusal = read_bands()) return refusal;
  if (auto refusal = read_conditions()) return refusal;
  auto day = [&](const char* name) {
    return call_.get(name) ? base::Date::parse(*call_.get(name)) : std::nullopt;
  };
  not_since_ = day("not_visited_since"), since_ = day("visited_since");
  read_columns();
  const bool sorted_by_visit = std::any_of(call_.list.sort.begin(), call_.list.sort.end(),
                                           [](const ListQuery::Key& key) { return key.path == "last_visit"; });
  if (not_since_ || since_ || sorted_by_visit) {
    visits_ = records::last_days(desk_.store(), "visit", "done");
    visits_read_ = true;
  }
  read_merges();
  keep();
  sort();
  return std::nullopt;
}

std::optional<Refusal> CustomerList::read_bands() {
  const Band all[] = {{"deposits_from", &Customer::deposits, true},
                      {"deposits_to", &Customer::deposits, false},
                      {"loans_from", &Customer::loans, true},
                      {"loans_to", &Customer::loans, false}};
  for (Band band : all) {
    auto text = call_.get(band.name);
    if (!text) continue;
    auto fen = base::parse_fen(*text);
    if (!fen) return wrong(band.name, "不是金额(元，最多两位小数)");
    band.bound = *fen;
    bands_.push_back(band);
  }
  return std::nullopt;
}

std::optional<Refusal> CustomerList::read_conditions() {
  const auto sees = field_sight(call_);
  for (const auto& text : split(call_.get("where").value_or(""), '|')) {
    auto condition = customers::parse_condition(text);
    auto field = condition ? customers::field(desk_.store(), condition->field) : std::nullopt;
    if (!field || !sees(*field)) return wrong("where", "没有这个条件：" + text);
    auto found = customers::customers_with(desk_.store(), *condition);
    if (!found.ok()) return wrong("where", found.error().message);
    wanted_.push_back(wanted(*found, condition->op == "none"));
  }
  if (auto category = call_.get("category")) {
    const size_t colon = category->find(':');
    if (colon == category->npos) return wrong("category", "写成“方案:分类”");
    wanted_.push_back(wanted(customers::customers_in(desk_.store(), category->substr(0, colon),
                                                     category->substr(colon + 1), desk_.today()),
                             false));
  }
  return std::nullopt;
}

// Both are in the order of numbers: most are found right behind the one before.
CustomerList::Wanted CustomerList::wanted(const std::vector<std::string>& customers, bool without) const {
  Wanted out{std::vector<bool>(all_.size()), without};
  size_t next = 0;
  for (const auto& id : customers) {
    if (next >= all_.size() || all_.at(next).id != id) next = all_.find(id);
    if (next < all_.size()) out.places[next++] = true;
  }
  return out;
}

void CustomerList::read_columns() {
  const auto wanted = split(call_.get("with").value_or(""), ',');
  if (wanted.empty()) return;
  const auto sees = field_sight(call_);
  for (auto& field : customers::fields(desk_.store(), true))
    if (sees(field) && std::find(wanted.begin(), wanted.end(), std::to_string(field.id)) != wanted.end())
      columns_.push_back(std::move(field));
}

bool CustomerList::fits(uint32_t place, const Customer& c) const {
  for (const Band& band : bands_)
    if (band.lower ? c.*band.of < band.bound : c.*band.of > band.bound) return false;
  if (managed_ && !std::binary_search(managed_->begin(), managed_->end(), place)) return false;
  for (const Wanted& one : wanted_)
    if (one.places[place] == one.without) return false;
  if (not_since_ || since_) {
    const auto day = last_visit(place);
    if (since_ && (!day || *day < *since_)) return false;
    if (not_since_ && day && *day >= *not_since_) return false;
  }
  const std::string& q = call_.list.q;
  return q.empty() || place == owner_ || std::find(numbered_.begin(), numbered_.end(), place) != numbered_.end() ||
         plain_query(c.id).starts_with(q) || c.name.find(q) != c.name.npos ||
         (letters_ && initials_match(c.initials, q));
}

void CustomerList::keep() {
  auto org = call_.get("org"), kind = call_.get("kind"), branch = call_.get("branch");
  const bool overdue = call_.get("overdue").value_or("") == "true";
  const bool farmer = call_.get("farmer").value_or("") == "true";
  const size_t count = in_ ? in_->size() : all_.size();
  for (size_t i = 0; i < count; ++i) {
    const uint32_t n = in_ ? (*in_)[i] : static_cast<uint32_t>(i);
    const Customer c = at(n);
    if ((org && c.org != *org) || (kind && c.kind != *kind) || (overdue && c.overdue <= 0)) continue;
    if (farmer && !c.farmer) continue;
    if (branch && !std::binary_search(orgs_.begin(), orgs_.end(), std::string(c.org))) continue;
    if (fits(n, c)) places_.push_back(standing(n));
  }
  if (into_.empty()) return;
  std::sort(places_.begin(), places_.end());
  places_.erase(std::unique(places_.begin(), places_.end()), places_.end());
}

// Numbers that are one customer stand once in the list, under the one that stands for them, with all their
// figures.
void CustomerList::read_merges() {
  const auto merges = customers::Merges::load(desk_.store());
  for (const auto& [absorbed, next] : merges.into()) {
    const size_t from = all_.find(absorbed), to = all_.find(merges.canonical(absorbed));
    if (from == all_.size() || to == all_.size()) continue;
    into_.emplace(static_cast<uint32_t>(from), static_cast<uint32_t>(to));
    auto [sum, fresh] = sums_.try_emplace(static_cast<uint32_t>(to), all_.at(to));
    const Customer more = all_.at(from);
    merged_.emplace(static_cast<uint32_t>(to), static_cast<uint32_t>(from));
    sum->second.deposits += more.deposits, sum->second.loans += more.loans, sum->second.overdue += more.overdue;
  }
}

uint32_t CustomerList::standing(uint32_t place) const {
  auto to = into_.find(place);
  return to == into_.end() ? place : to->second;
}

// As it stands in the list: with the figures of all that are one with it, also where it was merged itself.
Customer CustomerList::at(uint32_t place) const {
  Customer out = all_.at(place);
  if (sums_.empty()) return out;
  if (auto sum = sums_.find(standing(place)); sum != sums_.end())
    out.deposits = sum->second.deposits, out.loans = sum->second.loans, out.overdue = sum->second.overdue;
  return out;
}

// The last key first: each sort keeps what the next one left equal.
void CustomerList::sort() {
  const auto& keys = call_.list.sort;
  for (auto key = keys.rbegin(); key != keys.rend(); ++key) {
    const std::string& p = key->path;
    const size_t wanted = std::next(key) == keys.rend() ? wanted_first_ : places_.size();
    auto by = [&](auto key_of) { sort_by(places_, key->descending, wanted, key_of); };
    if (p == "deposits") by([&](uint32_t n) { return at(n).deposits; });
    else if (p == "loans_total") by([&](uint32_t n) { return at(n).loans; });
    else if (p == "overdue_principal") by([&](uint32_t n) { return at(n).overdue; });
    else if (p == "opened_on") by([&](uint32_t n) { return all_.at(n).opened; });
    else if (p == "is_farmer") by([&](uint32_t n) { return all_.at(n).farmer; });
    else if (p == "kind") by([&](uint32_t n) { return all_.at(n).kind; });
    else if (p == "id") by([&](uint32_t n) { return n; });
    else if (p == "last_visit")  // never visited is the longest ago
      by([&](uint32_t n) { return last_visit(n).value_or(base::Date(INT32_MIN)); });
    else if (p == "name") {
      const auto ranks = name_ranks(desk_.facts().customers);
      by([&](uint32_t n) { return (*ranks)[n]; });
    } else {
      by([&](uint32_t n) { return all_.at(n).org; });
    }
  }
}

std::vector<uint32_t> CustomerList::members(uint32_t place) const {
  std::vector<uint32_t> out = {place};
  auto [from, to] = merged_.equal_range(standing(place));
  for (; from != to; ++from) out.push_back(from->second);
  return out;
}

std::optional<base::Date> CustomerList::last_visit(uint32_t place) const {
  std::optional<base::Date> out;
  auto look = [&](uint32_t one) {
    const std::string_view id = all_.at(one).id;
    auto at = std::lower_bound(visits_.begin(), visits_.end(), id,
                               [](const auto& visit, std::string_view wanted) { return visit.first < wanted; });
    if (at != visits_.end() && at->first == id && (!out || *out < at->second)) out = at->second;
  };
  if (merged_.empty()) look(place);
  else
    for (uint32_t one : members(standing(place))) look(one);
  return out;
}

Json CustomerList::item(uint32_t place, JsonArray managers) {
  const Customer c = at(place);
  std::optional<base::Date> visited = visits_read_ ? last_visit(place) : std::nullopt;
  for (uint32_t one : visits_read_ ? std::vector<uint32_t>{} : members(place)) {
    records::Filter filter;
    filter.kinds = {"visit"}, filter.states = {"done"}, filter.limit = 1;
    filter.customer = std::string(all_.at(one).id);
    auto found = records::list(desk_.store(), filter);
    if (!found.empty() && found[0].day && (!visited || *visited < *found[0].day)) visited = found[0].day;
  }
  JsonObject values;
  const std::vector<std::string> who = {std::string(c.id)};
  for (const auto& field : columns_)
    for (const auto& [customer, list] : customers::values_of(desk_.store(), field.id, who))
      values.emplace_back(std::to_string(field.id),
                          field.sensitive ? Json(kMasked) : customers::value_json(field, list));
  JsonArray categories;
  std::set<std::string> schemes;
  const auto history = customers::category_history(desk_.store(), "", who);
  for (const auto& entry : history)
    if (schemes.insert(entry.scheme).second)
      if (auto now = customers::category_on(history, entry.scheme, desk_.today()))
        categories.push_back(JsonObject{{"scheme", now->scheme}, {"category", now->category}});
  return JsonObject{{"id", c.id},
                    {"name", c.name},
                    {"kind", c.kind},
                    {"org", c.org},
                    {"org_name", desk_.org_name(std::string(c.org))},
                    {"is_farmer", c.farmer},
                    {"opened_on", c.opened == INT32_MIN ? Json() : Json(base::Date(c.opened).str())},
                    {"deposits", base::format_fen(c.deposits)},
                    {"loans_total", base::format_fen(c.loans)},
                    {"overdue_principal", base::format_fen(c.overdue)},
                    {"managers", std::move(managers)},
                    {"categories", std::move(categories)},
                    {"last_visit", visited ? Json(visited->str()) : Json()},
                    {"values", std::move(values)}};
}

JsonArray CustomerList::items(size_t from, size_t to) {
  to = std::min(to, places_.size());
  JsonArray out;
  for (size_t begin = std::min(from, to); begin < to; begin += kPart) {
    const size_t end = std::min(begin + kPart, to);
    std::set<std::string> shown;
    for (size_t i = begin; i < end; ++i)
      for (uint32_t one : members(places_[i])) shown.emplace(all_.at(one).id);
    std::map<std::string, JsonArray> managers;
    if (desk_.facts().last_date) {
      auto db = desk_.services().warehouse();
      managers = managers_of(*db, desk_.directory(), *desk_.facts().last_date, shown);
    }
    for (size_t i = begin; i < end; ++i) {
      JsonArray whose;
      for (uint32_t one : members(places_[i]))
        for (const Json& manager : managers[std::string(all_.at(one).id)])
          if (std::none_of(whose.begin(), whose.end(),
                           [&](const Json& there) { return there.dump() == manager.dump(); }))
            whose.push_back(manager);
      out.push_back(item(places_[i], std::move(whose)));
    }
  }
  return out;
}

std::vector<Parameter> customer_filters() {
  return {{"org", text(100), false, ""},
          {"manager", text(100), false, "staff number of who manages them now"},
          {"overdue", boolean(), false, "true: only those with overdue principal"},
          {"farmer", boolean(), false, "true: only farmers"},
          {"branch", text(100), false, "with everything below it"},
          {"kind", choice({"person", "company", "other"}), false, ""},
          {"deposits_from", decimal(), false, "yuan, included"},
          {"deposits_to", decimal(), false, "yuan, included"},
          {"loans_from", decimal(), false, "yuan, included"},
          {"loans_to", decimal(), false, "yuan, included"},
          {"visited_since", date(), false, "visited on the day or later"},
          {"not_visited_since", date(), false, "never, or last before the day"},
          {"category", text(200), false, "in force today: SCHEME:CATEGORY"},
          {"where", text(2000), false, "conditions on own fields: 12:is:X|13:from:5|14:none"},
          {"with", text(400), false, "own fields to show, by number: 12,15"}};
}

}  // namespace guanhu::api
