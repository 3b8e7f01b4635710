#include "appraisal/deposit_orders.h"

#include <algorithm>
#include <set>

#include "appraisal/detail/deposit_rows.h"
#include "appraisal/detail/grade_rows.h"
#include "appraisal/handed_loss.h"
#include "appraisal/pay_split.h"
#include "appraisal/people_facts.h"

namespace guanhu::appraisal {

namespace {

using base::Decimal;
using base::Error;
using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr const char* kFund = "deposit";

base::Status check_text(const OrderText& text) {
  if (detail::blank(text.reason)) return Error{"order.reason", "没有写理由", "reason", ""};
  if (detail::blank(text.document)) return Error{"order.document", "没有写依据的文件", "document", "写文号"};
  return {};
}

Json answer_json(const NamedAnswer& answer) {
  return JsonObject{{"decision", answer.decision},
                    {"inputs", answer.inputs},
                    {"result", answer.result},
                    {"cites", answer.cites}};
}

Json given() { return JsonObject{{"kind", "given"}}; }

// An amount of a result: the result itself, or its member.
base::Result<Fen> amount_in(const NamedAnswer& answer, const char* member) {
  auto number = number_in(answer, answer.result.as_object() ? member : "");
  if (!number.ok()) return number.error();
  if (number->is_negative())
    return Error{"pay.result", "决策 " + answer.decision + " 给出负的金额 " + number->str(), answer.decision, ""};
  return to_fen(*number);
}

Error at(Error error, const std::string& staff) {
  error.where = staff + (error.where.empty() ? "" : " " + error.where);
  return error;
}

base::Result<DepositOrderLine> release_of(const policy::Pack& pack, const std::string& decision,
                                          const Names& account, const DepositAccount& of,
                                          const std::vector<DepositLot>& lots, base::Date on) {
  DepositOrderLine line;
  line.staff = of.staff;
  for (const DepositLot& lot : lots) {
    auto one = detail::release_of_lot(pack, decision, account, of.staff, lot, on);
    if (!one.ok()) return one.error();
    if (!one->amount) continue;
    line.due += one->amount;
    line.answers.as_array()->push_back(answer_json(one->answer));
  }
  return line;
}

base::Result<int64_t> keep(store::Session& session, DepositOrder order, const PeopleDoing& doing) {
  for (const DepositOrderLine& line : order.lines) order.amount += line.due;
  if (order.lines.empty() || (!order.amount && order.kind != "reverse"))
    return Error{"order.nothing", "没有要办的金额", "", ""};
  return detail::insert_order(session, order, doing);
}

DepositOrder begin(const char* kind, const policy::Pack* pack, const OrderText& text) {
  DepositOrder out;
  out.kind = kind, out.fund = kFund;
  if (pack) out.pack = pack->id, out.pack_hash = pack->hash;
  out.on = text.on, out.subject = text.subject, out.document = text.document, out.reason = text.reason;
  out.basis = JsonObject{};
  return out;
}

}  // namespace

namespace detail {

base::Result<std::string> planned(const policy::Pack& pack, const char* member, base::Date on) {
  Error none{"order.plan", "制度包 " + pack.id + " 没有写保证金怎样" + member, pack.id + "/deposit-plan",
             "在制度包里写上，或者换一个制度包"};
  if (!pack.decision("deposit-plan")) return none;
  NamedAnswer plan = ask_named(pack, "deposit-plan", Names(), on);
  if (plan.error) return *plan.error;
  auto name = plan_text(plan.result, member, pack.id, false);
  if (!name.ok()) return name.error();
  if (name->empty()) return none;
  return *name;
}

Names told_of_account(const FactsByDay& facts, const people::Directory* directory, const std::string& staff,
                      Fen balance, base::Date on, Names& behind) {
  std::string org, branch;
  if (const people::Staff* person = directory ? directory->person(staff) : nullptr)
    org = person->org, branch = directory->branch_of(person->org);
  facts.tell(behind, staff, org, branch, on);
  Names out;
  out.tell("账户余额", Decimal::fen(balance), JsonObject{{"kind", "deposit"}, {"staff", staff}});
  out.tell("业务日期", told_date(on), given());
  out.behind(behind);
  return out;
}

base::Result<LotRelease> release_of_lot(const policy::Pack& pack, const std::string& decision,
                                        const Names& account, const std::string& staff, const DepositLot& lot,
                                        base::Date on) {
  Names names;
  const Json source = JsonObject{{"kind", "deposit"}, {"booking", lot.booking}};
  names.tell("扣收日期", told_date(lot.on), source);
  names.tell("批次金额", Decimal::fen(lot.amount), source);
  names.tell("批次余额", Decimal::fen(lot.left), source);
  names.behind(account);
  LotRelease out{0, ask_named(pack, decision, names, on)};
  auto amount = amount_in(out.answer, "释放额");
  if (!amount.ok()) return at(amount.error(), staff);
  if (*amount > lot.left)
    return at(
        Error{"pay.result", "决策 " + out.answer.decision + " 要退的比这一批剩下的多", out.answer.decision, ""},
        staff);
  out.amount = *amount;
  return out;
}

}  // namespace detail

base::Result<int64_t> propose_release(store::Session& session, const policy::Pack& pack,
                                      const people::Directory& directory, const OrderText& text,
                                      const PeopleDoing& doing) {
  if (auto status = check_text(text); !status.ok()) return status.error();
  auto decision = detail::planned(pack, "释放", text.on);
  if (!decision.ok()) return decision.error();
  FactsByDay facts = facts_in_force(session, text.on, text.on);
  DepositOrder order = begin("release", &pack, text);
  for (const DepositAccount& account : deposit_accounts(session)) {
    if (account.fund != kFund || !account.balance) continue;
    Names behind;
    Names names = detail::told_of_account(facts, &directory, account.staff, account.balance, text.on, behind);
    auto line = release_of(pack, *decision, names, account, open_lots(bookings_of(session, account.staff, kFund)),
                           text.on);
    if (!line.ok()) return line.error();
    if (line->due) order.lines.push_back(std::move(*line));
  }
  return keep(session, std::move(order), doing);
}

base::Result<int64_t> propose_interest(store::Session& session, const policy::Pack& pack,
                                       const people::Directory& directory, base::Date from, const OrderText& text,
                                       const PeopleDoing& doing) {
  if (auto status = check_text(text); !status.ok()) return status.error();
  if (text.on < from) return Error{"order.date", "计息止日早于起日", "from", ""};
  auto decision = detail::planned(pack, "利息", text.on);
  if (!decision.ok()) return decision.error();
  FactsByDay facts = facts_in_force(session, text.on, text.on);
  DepositOrder order = begin("interest", &pack, text);
  order.basis = JsonObject{{"from", from.str()}, {"to", text.on.str()}};
  for (const DepositAccount& account : deposit_accounts(session)) {
    if (account.fund != kFund) continue;
    Names behind;
    Names names = detail::told_of_account(facts, &directory, account.staff, account.balance, text.on, behind);
    const Json source = JsonObject{{"kind", "deposit"}, {"staff", account.staff}};
    names.tell("积数", balance_days(bookings_of(session, account.staff, kFund), from, text.on), source);
    names.tell("计息起日", told_date(from), given());
    names.tell("计息止日", told_date(text.on), given());
    NamedAnswer answer = ask_named(pack, *decision, names, text.on);
    auto amount = amount_in(answer, "利息额");
    if (!amount.ok()) return at(amount.error(), account.staff);
    if (!*amount) continue;
    DepositOrderLine line;
    line.staff = account.staff, line.due = *amount;
    line.answers.as_array()->push_back(answer_json(answer));
    order.lines.push_back(std::move(line));
  }
  return keep(session, std::move(order), doing);
}

namespace {

// What each bears: 比例 of the decision, in the order of the people asked about.
base::Result<std::vector<Decimal>> shares_in(const NamedAnswer& answer, size_t people) {
  Error wrong{"pay.result", "决策 " + answer.decision + " 的比例要每个责任人一项，在 0 和 1 之间", answer.decision,
              ""};
  const Json* list = answer.result.as_object() ? answer.part("比例") : &answer.result;
  if (!list || !list->as_array() || list->as_array()->size() != people) return wrong;
  std::vector<Decimal> out;
  for (const Json& one : *list->as_array()) {
    if (!one.as_number() || one.as_number()->is_negative() || *one.as_number() > Decimal(1)) return wrong;
    out.push_back(*one.as_number());
  }
  return out;
}

}  // namespace

namespace {

base::Status check_draw(Fen loss, const std::vector<Liable>& liable, const OrderText& text) {
  if (auto status = check_text(text); !status.ok()) return status.error();
  if (loss <= 0) return Error{"order.amount", "损失要大于零", "amount", ""};
  if (detail::blank(text.subject)) return Error{"order.subject", "没有写是哪一笔损失", "subject", "写借据号"};
  if (liable.empty()) return Error{"order.shares", "没有责任人", "liable", ""};
  std::set<std::string> seen;
  for (const Liable& one : liable)
    if (one.staff.empty() || !seen.insert(one.staff).second)
      return Error{"order.shares", "责任人没有写工号，或者写了两次: " + one.staff, "liable", ""};
  return {};
}

// As the hand-overs of the loan agreed; null: there were none, or the pack does not ask for them.
base::Result<Json> by_handovers(store::Session& session, const policy::Pack& pack, const OrderText& text,
                                bool apart, std::vector<Liable>& liable) {
  NamedAnswer plan = ask_named(pack, "deposit-plan", Names(), text.on);
  if (plan.error) return *plan.error;
  auto role = plan_text(plan.result, "移交", pack.id, false);
  if (!role.ok()) return role.error();
  if (role->empty()) return Json();
  Decimal part = 0;
  for (const Liable& one : liable)
    if (one.role == *role) part = *Decimal::add(part, one.share);
  auto loan = handed_loan(session, text.subject, text.on);
  if (!loan.ok() && apart) return Json(JsonObject{{"role", *role}, {"part", part.str()}, {"apart", true}});
  if (!loan.ok()) return loan.error();
  if (loan->steps.empty()) return Json();
  if (!apart) {
    auto shared = liable_by_handover(*loan, *role, liable);
    if (!shared.ok()) return shared.error();
    liable = std::move(*shared);
  }
  return handed_json(*loan, *role, part, apart);
}

}  // namespace

base::Result<int64_t> propose_draw(store::Session& session, const policy::Pack& pack, Fen loss,
                                   const std::vector<Liable>& found, const OrderText& text,
                                   const PeopleDoing& doing, bool apart) {
  if (auto status = check_draw(loss, found, text); !status.ok()) return status.error();
  if (!pack.decision("deposit-plan")) return detail::planned(pack, "分担", text.on).error();
  std::vector<Liable> liable = found;
  auto handed = by_handovers(session, pack, text, apart, liable);
  if (!handed.ok()) return handed.error();
  if (auto status = check_draw(loss, liable, text); !status.ok()) return status.error();
  JsonArray people;
  for (const Liable& one : liable)
    people.push_back(JsonObject{{"工号", one.staff}, {"角色", one.role}, {"比例", one.share}});
  auto decision = detail::planned(pack, "分担", text.on);
  if (!decision.ok()) return decision.error();
  Names names, bank;
  facts_in_force(session, text.on, text.on).tell(bank, "", "", "", text.on);
  names.tell("损失金额", Decimal::fen(loss), given());
  names.tell("责任人", people, given());
  names.tell("业务日期", told_date(text.on), given());
  names.behind(bank);
  NamedAnswer answer = ask_named(pack, *decision, names, text.on);
  if (answer.error) return *answer.error;
  auto shares = shares_in(answer, liable.size());
  if (!shares.ok()) return shares.error();
  std::vector<Decimal> exact;
  Decimal sum = 0;
  for (const Decimal& share : *shares) {
    exact.push_back(*Decimal::multiply(Decimal::fen(loss), share));
    sum = *Decimal::add(sum, exact.back());
  }
  auto fen = largest_remainder(exact, to_fen(sum));
  DepositOrder order = begin("draw", &pack, text);
  order.basis = answer_json(answer);
  if (!handed->is_null()) order.basis.as_object()->emplace_back("handover", std::move(*handed));
  for (size_t i = 0; i < liable.size(); ++i) {
    if (!fen[i]) continue;
    DepositOrderLine line;
    line.staff = liable[i].staff, line.role = liable[i].role, line.due = fen[i], line.share = (*shares)[i].str();
    order.lines.push_back(std::move(line));
  }
  return keep(session, std::move(order), doing);
}

base::Result<int64_t> propose_return(store::Session& session, const policy::Pack& pack,
                                     const people::Directory& directory, const std::string& staff,
                                     const OrderText& text, const PeopleDoing& doing) {
  if (auto status = check_text(text); !status.ok()) return status.error();
  auto decision = detail::planned(pack, "退还", text.on);
  if (!decision.ok()) return decision.error();
  const Fen balance = balance_of(session, staff, kFund);
  FactsByDay facts = facts_in_force(session, text.on, text.on);
  Names behind;
  Names names = detail::told_of_account(facts, &directory, staff, balance, text.on, behind);
  NamedAnswer answer = ask_named(pack, *decision, names, text.on);
  if (answer.error) return at(*answer.error, staff);
  if (const Json* may = answer.part("可退还"); may && may->as_bool() && !*may->as_bool()) {
    std::string why;
    if (const Json* reasons = answer.part("原因"); reasons && reasons->as_array())
      for (const Json& one : *reasons->as_array())
        if (one.as_string()) why += (why.empty() ? "" : "、") + *one.as_string();
    return Error{"order.return", "还不能退还" + (why.empty() ? "" : "：" + why), staff, "办完以后再提"};
  }
  auto amount = amount_in(answer, "退还额");
  if (!amount.ok()) return at(amount.error(), staff);
  if (*amount > balance) return Error{"deposit.short", "要退的比余额多", staff, ""};
  DepositOrder order = begin("return", &pack, text);
  DepositOrderLine line;
  line.staff = staff, line.due = *amount;
  line.answers.as_array()->push_back(answer_json(answer));
  order.lines.push_back(std::move(line));
  return keep(session, std::move(order), doing);
}

base::Result<int64_t> propose_pay_in(store::Session& session, const std::string& staff, const std::string& fund,
                                     Fen amount, const OrderText& text, const PeopleDoing& doing) {
  if (auto status = check_text(text); !status.ok()) return status.error();
  if (fund_title(fund).empty()) return Error{"deposit.fund", "没有“" + fund + "”这种账户", "fund", ""};
  if (amount <= 0) return Error{"order.amount", "金额要大于零", "amount", ""};
  DepositOrder order = begin("pay_in", nullptr, text);
  order.fund = fund;
  DepositOrderLine line;
  line.staff = staff, line.due = amount;
  order.lines.push_back(std::move(line));
  return keep(session, std::move(order), doing);
}

base::Result<int64_t> propose_reversal(store::Session& session, int64_t booking, const OrderText& text,
                                       const PeopleDoing& doing) {
  if (auto status = check_text(text); !status.ok()) return status.error();
  auto rows =
      session.query("SELECT staff_id, fund, kind, amount FROM deposit_bookings WHERE booking_id = ?", {booking});
  if (rows.empty()) return Error{"deposit.reverse.unknown", "没有要冲正的这一笔", "booking", "对账单上有编号"};
  if (rows[0].text(2) == "reversal")
    return Error{"deposit.reverse.reversal", "冲正本身不能再冲正", "booking", "按原来的金额另记一笔"};
  if (!session.query("SELECT 1 FROM deposit_bookings WHERE reverses = ?", {booking}).empty())
    return Error{"deposit.reverse.twice", "这一笔已经冲正过了", "booking", ""};
  DepositOrder order = begin("reverse", nullptr, text);
  order.fund = rows[0].text(1);
  DepositOrderLine line;
  line.staff = rows[0].text(0), line.reverses = booking;
  line.due = rows[0].integer(3) < 0 ? -rows[0].integer(3) : rows[0].integer(3);
  order.lines.push_back(std::move(line));
  return keep(session, std::move(order), doing);
}

}  // namespace guanhu::appraisal
