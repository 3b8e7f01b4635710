// One customer: everything the facts have, balances and transactions, and who it is. The list: customer_list.h.
#include <algorithm>

#include "api/customer_facts.h"
#include "api/gate.h"
#include "api/handlers.h"
#include "api/intake_desk.h"
#include "api/pinyin.h"
#include "customers/merge.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;

namespace {

// Runs `make` for the customer in the path, when that is in reach. A number that was merged leads to the one that
// stands for it, with what belongs to all of them.
template <class Make>
Outcome with_customer(Services& s, const Call& call, Make make) {
  auto facts = s.facts();
  auto db = s.warehouse();
  const auto merges = customers::Merges::load(*s.store());
  const auto members = merges.members(call.part("id"));
  const bool reached = std::any_of(members.begin(), members.end(), [&](const std::string& member) {
    const size_t n = facts->customers->find(member);
    return n < facts->customers->size() && facts->reaches_customer(call.login(), call.scope, n, *db);
  });
  if (!reached) return not_found();
  CustomerReader reader(*db, facts->directory, *facts->last_date, members[0], s.bank().personal_key(),
                        {members.begin(), members.end()});
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
  Table of_one = {{.method = "GET",
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
  Table out = customer_list_endpoints();
  for (Endpoint& one : of_one) out.push_back(std::move(one));
  for (Endpoint& one : customer_view_endpoints()) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
