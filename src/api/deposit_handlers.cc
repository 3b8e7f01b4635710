// Risk deposits: accounts and statements, orders and their decision.
#include <algorithm>

#include "api/pay_parts.h"
#include "api/people_desk.h"
#include "api/shapes.h"
#include "appraisal/deposit_outlook.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Outcome list_accounts(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& a : appraisal::deposit_accounts(desk.store())) {
    if (!desk.reach().staff(a.staff)) continue;
    JsonObject one = {{"staff", a.staff},
                      {"name", desk.name_of(a.staff)},
                      {"fund", a.fund},
                      {"fund_title", appraisal::fund_title(a.fund)}};
    for (const auto& [name, amount] :
         {std::pair{"balance", a.balance}, std::pair{"withheld", a.withheld}, std::pair{"paid_in", a.paid_in},
          std::pair{"interest", a.interest}, std::pair{"released", a.released}, std::pair{"drawn", a.drawn},
          std::pair{"returned", a.returned}})
      one.emplace_back(name, fen_json(amount));
    one.emplace_back("bookings", a.bookings);
    one.emplace_back("last_on", a.last_on);
    items.push_back(std::move(one));
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_account(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string& staff = call.part("staff");
  const std::string fund = call.get("fund").value_or("deposit");
  auto accounts = appraisal::deposit_accounts(desk.store(), staff);
  if (!desk.reach().staff(staff) || (accounts.empty() && !desk.directory().person(staff))) return not_found();
  auto all = appraisal::bookings_of(desk.store(), staff, fund);
  JsonArray lots, bookings;
  for (const auto& lot : appraisal::open_lots(all))
    lots.push_back(JsonObject{{"booking", lot.booking},
                              {"kind", lot.kind},
                              {"on", lot.on.str()},
                              {"amount", fen_json(lot.amount)},
                              {"left", fen_json(lot.left)}});
  for (const auto& booking : all) bookings.push_back(json_of(booking));
  return Answer{JsonObject{{"staff", staff},
                           {"name", desk.name_of(staff)},
                           {"fund", fund},
                           {"fund_title", appraisal::fund_title(fund)},
                           {"balance", fen_json(appraisal::balance_of(desk.store(), staff, fund))},
                           {"lots", std::move(lots)},
                           {"bookings", std::move(bookings)}}};
}

// What the whole ledger adds up to, and what does not.
Outcome show_balance(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  JsonArray funds;
  for (const auto& one : appraisal::fund_balances(desk.store())) {
    JsonArray bank;
    for (const auto& [account, amount] : one.bank)
      bank.push_back(JsonObject{{"account", account}, {"amount", fen_json(amount)}});
    funds.push_back(JsonObject{{"fund", one.fund},
                               {"fund_title", appraisal::fund_title(one.fund)},
                               {"people", one.people},
                               {"bookings", one.bookings},
                               {"balance", fen_json(one.balance)},
                               {"bank", std::move(bank)},
                               {"difference", fen_json(one.difference)}});
  }
  const auto faults = appraisal::ledger_faults(desk.store());
  return Answer{JsonObject{{"funds", std::move(funds)}, {"faults", JsonArray(faults.begin(), faults.end())}}};
}

// The pack by which deposits were withheld last.
std::string pack_in_use(store::Session& store) {
  auto rows =
      store.query("SELECT pack FROM pay_runs WHERE state = 'paid' AND deposit <> 0 ORDER BY pay_id DESC LIMIT 1");
  return rows.empty() ? "" : rows[0].text(0);
}

// Months ahead; of what one reaches.
Outcome list_coming(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string wanted = call.get("pack").value_or(pack_in_use(desk.store()));
  if (wanted.empty()) return Answer{.items = Items::of({})};
  auto found = desk.pack(wanted);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const int months = static_cast<int>(std::clamp(call.number("months", 12), 1L, 120L));
  const base::Date today = desk.today();
  auto coming = appraisal::coming_releases(desk.store(), *std::get<std::shared_ptr<const policy::Pack>>(found),
                                           desk.directory(), today, today.add_months(months));
  if (!coming.ok()) return people_refusal(coming.error());
  std::vector<Json> items;
  for (const auto& one : *coming) {
    if (!desk.reach().staff(one.staff)) continue;
    items.push_back(JsonObject{{"staff", one.staff},
                               {"name", desk.name_of(one.staff)},
                               {"booking", one.booking},
                               {"on", one.on.str()},
                               {"left", fen_json(one.left)},
                               {"due", fen_json(one.due)},
                               {"due_on", one.due_on.str()},
                               {"decision", one.decision},
                               {"cites", one.cites}});
  }
  return Answer{.items = Items::of(std::move(items))};
}

// ------------------------------------------------------------------------------------------- orders

// With the names of those whose money it is.
Json order_json(const PeopleDesk& desk, const appraisal::DepositOrder& order) {
  Json out = json_of(order);
  for (auto& [name, value] : *out.as_object())
    if (name == "lines")
      for (Json& line : *value.as_array())
        line.as_object()->emplace_back("name", desk.name_of(*line.find("staff")->as_string()));
  return out;
}

Outcome list_orders(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& order : appraisal::deposit_orders(desk.store())) items.push_back(order_json(desk, order));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_order(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto found = appraisal::deposit_orders(desk.store(), number_of(call.part("id")).value_or(-1));
  return found.empty() ? Outcome(not_found()) : Outcome(Answer{order_json(desk, found.front())});
}

base::Result<base::Fen> amount_of(const Call& call) {
  auto fen = base::parse_fen(body_text(call, "amount"));
  if (!fen) return base::Error{"order.amount", "金额写到分，例如 1234.50", "amount", ""};
  return *fen;
}

base::Result<int64_t> draw(PeopleDesk& desk, const Call& call, const policy::Pack& pack,
                           const appraisal::OrderText& text) {
  auto loss = amount_of(call);
  if (!loss.ok()) return loss.error();
  std::vector<appraisal::Liable> liable;
  if (const Json* list = call.body.find("liable"); list && list->as_array())
    for (const Json& one : *list->as_array()) {
      const std::string& staff = *one.find("staff")->as_string();
      if (!desk.directory().person(staff))
        return base::Error{"order.shares", "没有员工 " + staff, "liable", "写工号"};
      liable.push_back(
          {staff, *one.find("role")->as_string(), base::Decimal::parse(*one.find("share")->as_string()).value()});
    }
  return appraisal::propose_draw(desk.store(), pack, *loss, liable, text, desk.doing(), body_true(call, "apart"));
}

// The kinds for which a pack decides.
base::Result<int64_t> propose_by_pack(PeopleDesk& desk, const Call& call, const policy::Pack& pack,
                                      const appraisal::OrderText& text) {
  const std::string kind = call.text("kind");
  if (kind == "release")
    return appraisal::propose_release(desk.store(), pack, desk.directory(), text, desk.doing());
  if (kind == "interest") {
    auto from = body_date(call, "from");
    if (!from) return base::Error{"order.date", "没有写计息的起日", "from", ""};
    return appraisal::propose_interest(desk.store(), pack, desk.directory(), *from, text, desk.doing());
  }
  if (kind == "draw") return draw(desk, call, pack, text);
  return appraisal::propose_return(desk.store(), pack, desk.directory(), body_text(call, "staff"), text,
                                   desk.doing());
}

base::Result<int64_t> propose_alone(PeopleDesk& desk, const Call& call, const appraisal::OrderText& text) {
  if (call.text("kind") == "reverse")
    return appraisal::propose_reversal(desk.store(), body_number(call, "booking").value_or(-1), text,
                                       desk.doing());
  auto amount = amount_of(call);
  if (!amount.ok()) return amount.error();
  const std::string staff = body_text(call, "staff"), fund = body_text(call, "fund");
  if (!desk.directory().person(staff)) return base::Error{"deposit.staff", "没有员工 " + staff, "staff", "写工号"};
  return appraisal::propose_pay_in(desk.store(), staff, fund.empty() ? "deposit" : fund, *amount, text,
                                   desk.doing());
}

Outcome propose(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const appraisal::OrderText text{*body_date(call, "on"), body_text(call, "subject"), call.text("document"),
                                  call.text("reason")};
  const std::string kind = call.text("kind");
  base::Result<int64_t> id = int64_t{0};
  if (kind == "pay_in" || kind == "reverse") {
    id = propose_alone(desk, call, text);
  } else {
    auto pack = desk.pack(body_text(call, "pack"));
    if (auto* refusal = std::get_if<Refusal>(&pack)) return *refusal;
    id = propose_by_pack(desk, call, *std::get<std::shared_ptr<const policy::Pack>>(pack), text);
  }
  if (!id.ok()) return people_refusal(id.error());
  return Answer{order_json(desk, appraisal::deposit_orders(desk.store(), *id).front())};
}

Outcome decide(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto out = appraisal::decide_order(desk.store(), number_of(call.part("id")).value_or(-1),
                                     body_true(call, "accept"), call.text("reason"), desk.doing());
  if (!out.ok()) return people_refusal(out.error());
  return Answer{order_json(desk, *out)};
}

Table order_endpoints() {
  SchemaRef input = optional(
      object({{"kind", choice({"release", "interest", "draw", "return", "pay_in", "reverse"})},
              {"pack", described(text(200), "whose decisions are asked; not of pay_in and reverse")},
              {"on", date()},
              {"document", text(200)},
              {"reason", text(2000)},
              {"subject", described(text(200), "of a draw: the loan")},
              {"from", described(date(), "of interest: the first day")},
              {"amount", described(decimal(), "of a draw: the loss; of pay_in")},
              {"liable", list(object({{"staff", text(50)}, {"role", text(50)}, {"share", decimal()}}))},
              {"apart", described(boolean(), "of a draw: found otherwise than the loan's hand-overs agreed")},
              {"staff", text(50)},
              {"fund", choice({"deposit", "liability", "compensation"})},
              {"booking", described(integer(), "what is reversed")}}),
      {"pack", "subject", "from", "amount", "liable", "apart", "staff", "fund", "booking"});
  return {{.method = "GET",
           .path = "/deposit-orders",
           .summary = "what was proposed for deposits, newest first",
           .permission = Permission::deposit_read,
           .parameters = {{"state", choice({"proposed", "booked", "rejected"}), false, "", "state"},
                          {"kind", text(20), false, "", "kind"}},
           .output = list_of("DepositOrder"),
           .handler = list_orders,
           .list = true,
           .searched = {"subject", "document", "reason"}},
          {.method = "GET",
           .path = "/deposit-orders/{id}",
           .summary = "one order with the decisions it rests on",
           .permission = Permission::deposit_read,
           .output = ref("DepositOrder"),
           .handler = show_order},
          {.method = "POST",
           .path = "/deposit-orders",
           .summary = "proposes interest, release, a draw for a loss, a return, a payment or a reversal",
           .permission = Permission::deposit_make,
           .input = input,
           .output = ref("DepositOrder"),
           .handler = propose},
          {.method = "POST",
           .path = "/deposit-orders/{id}/decide",
           .summary = "books or rejects somebody else's order, whole or not at all",
           .permission = Permission::deposit_approve,
           .input = object({{"accept", boolean()}, {"reason", text(2000)}}),
           .output = ref("DepositOrder"),
           .handler = decide}};
}

}  // namespace

Table deposit_endpoints() {
  Table out = {{.method = "GET",
                .path = "/deposits",
                .summary = "accounts of risk deposits",
                .permission = Permission::pay_read,
                .parameters = {{"fund", choice({"deposit", "liability", "compensation"}), false, "", "fund"}},
                .output = list_of("DepositAccount"),
                .handler = list_accounts,
                .list = true,
                .searched = {"name", "staff"}},
               {.method = "GET",
                .path = "/deposits/balance",
                .summary = "what all accounts add up to, on people's side and the bank's; what does not",
                .permission = Permission::deposit_read,
                .output = ref("DepositBalance"),
                .handler = show_balance},
               {.method = "GET",
                .path = "/deposits/coming",
                .summary = "which lots come back when, by the rules and what is recorded today",
                .permission = Permission::pay_read,
                .parameters = {{"pack", text(200), false, "else that by which was withheld last"},
                               {"months", integer(), false, "1 to 120, else 12"}},
                .output = list_of("ComingRelease"),
                .handler = list_coming,
                .list = true,
                .searched = {"name", "staff"}},
               {.method = "GET",
                .path = "/deposits/{staff}",
                .summary = "the statement of one account: every booking, and what is still there of which",
                .permission = Permission::pay_read,
                .parameters = {{"fund", choice({"deposit", "liability", "compensation"})}},
                .output = ref("DepositStatement"),
                .handler = show_account}};
  for (Table& more : std::vector<Table>{order_endpoints(), deposit_explain_endpoints()})
    for (Endpoint& e : more) out.push_back(std::move(e));
  return out;
}

}  // namespace guanhu::api
