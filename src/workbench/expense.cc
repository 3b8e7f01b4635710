#include "workbench/expense.h"

#include <algorithm>

#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Fen;
using base::Json;
using base::JsonObject;

namespace {

constexpr Fen kMost = 100'000'000;  // fen: a million yuan
constexpr int kOldest = 366;        // days

std::string state_title(const std::string& state) {
  if (state == "draft") return "还没有提交";
  if (state == "submitted") return "在等复核";
  if (state == "returned") return "被退回了";
  if (state == "checked") return "已经复核同意";
  if (state == "paid") return "已经报销";
  return "已经作废";
}

Json body_of(const Expense& e) {
  return JsonObject{{"expense", e.kind},
                    {"fen", e.fen},
                    {"with_whom", e.with_whom},
                    {"relation", e.relation},
                    {"purpose", e.purpose},
                    {"place", e.place},
                    {"people", e.people},
                    {"event", e.event},
                    {"gift", e.gift},
                    {"logo", e.logo},
                    {"useful", e.useful},
                    {"quality", e.quality},
                    {"limit", e.limit},
                    {"used", e.used},
                    {"payable", e.payable},
                    {"over", e.over},
                    {"checked_by", e.checked_by},
                    {"said", said_json(e.said)}};
}

void book(store::Session& session, const records::Record& record, const Expense& e) {
  session.exec("DELETE FROM expenses WHERE record_id = ?", {record.id});
  session.exec(
      "INSERT INTO expenses (record_id, staff, org, customer, kind, fen, payable, day, state)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {record.id, record.owner, record.org, record.customer, e.kind, e.fen, e.payable, record.day->str(),
       record.state});
}

base::Result<Expense> kept(store::Session& session, const Expense& e, const std::string& action,
                           const std::string& why, const std::vector<std::string>* files,
                           const records::Doing& doing) {
  records::Change change;
  change.record = e.record, change.record.body = body_of(e), change.action = action, change.why = why;
  change.words = e.with_whom + "\n" + e.purpose + "\n" + e.place + "\n" + e.event + "\n" + e.gift;
  if (files) change.files = *files;
  else if (e.record.id)
    for (const auto& file : records::files_of(session, e.record.id)) change.files.push_back(file.digest);
  records::Doing with = doing;
  with.also = [&](const records::Record& record, const std::string& what) {
    book(session, record, e);
    if (doing.also) doing.also(record, what);
  };
  auto written = records::write(session, change, with);
  if (!written.ok()) return written.error();
  return expense_of(*written);
}

base::Result<Expense> opened(store::Session& session, int64_t id, int64_t version,
                             std::initializer_list<const char*> states) {
  auto found = records::record(session, kExpense, id);
  if (!found.ok()) return found.error();
  Expense e = expense_of(*found);
  if (version) e.record.version = version;
  if (std::none_of(states.begin(), states.end(), [&](const char* one) { return found->state == one; }))
    return Error{"expense.state", "这笔费用" + state_title(found->state) + "，不能这样做", "state",
                 "刷新以后再看"};
  return e;
}

base::Status check_words(const AdviceSaid& said) {
  if (said.text.empty() || characters(said.text) > 2000)
    return Error{"suggestion.words", "写理由，最多 2000 字", "text", ""};
  return {};
}

void take(Expense& e, const ExpenseSum& sum) {
  e.limit = sum.limit, e.used = sum.used, e.payable = sum.payable, e.over = sum.over;
}

}  // namespace

base::Period expense_period(Date day) { return base::Period::containing(base::PeriodKind::quarter, day); }

Expense expense_of(const records::Record& record) {
  if (record.kind != kExpense || !record.day)
    throw base::Broken("record " + std::to_string(record.id) + " is no expense");
  Expense e;
  const Json& body = record.body;
  e.record = record, e.kind = text_in(body, "expense"), e.fen = whole_in(body, "fen");
  e.with_whom = text_in(body, "with_whom"), e.relation = text_in(body, "relation");
  e.purpose = text_in(body, "purpose"), e.place = text_in(body, "place"), e.people = whole_in(body, "people");
  e.event = text_in(body, "event"), e.gift = text_in(body, "gift"), e.logo = flag_in(body, "logo");
  e.useful = flag_in(body, "useful"), e.quality = flag_in(body, "quality");
  e.limit = whole_in(body, "limit"), e.used = whole_in(body, "used"), e.payable = whole_in(body, "payable");
  e.over = whole_in(body, "over"), e.checked_by = text_in(body, "checked_by"), e.said = said_in(body);
  return e;
}

base::Result<Expense> save_expense(store::Session& session, const Expense& ask, Date today,
                                   const std::vector<std::string>& files, const records::Doing& doing) {
  if (ask.kind.empty()) return Error{"expense.kind", "选费用的种类", "expense", ""};
  if (ask.fen <= 0 || ask.fen > kMost)
    return Error{"expense.amount", "金额要大于 0，最多一百万元", "amount", "照发票写"};
  if (!ask.record.day || *ask.record.day > today || today - *ask.record.day > kOldest)
    return Error{"expense.day", "日期不能在今天以后，最多一年以前", "day", ""};
  for (const std::string* text : {&ask.with_whom, &ask.relation, &ask.purpose, &ask.place, &ask.event, &ask.gift})
    if (characters(*text) > 1000) return Error{"expense.text", "每一栏最多 1000 字", "purpose", ""};
  Expense e = ask;
  e.record.kind = kExpense, e.record.state = "draft";
  if (e.record.id) {
    auto before = opened(session, e.record.id, e.record.version, {"draft", "returned"});
    if (!before.ok()) return before;
    e.record.owner = before->record.owner, e.record.org = before->record.org;
    e.record.state = before->record.state, e.said = before->said;
  }
  take(e, {});
  return kept(session, e, "expense.write", "", &files, doing);
}

base::Result<Expense> submit_expense(store::Session& session, int64_t id, int64_t version, const ExpenseSum& sum,
                                     const AdviceSaid& said, const records::Doing& doing) {
  auto e = opened(session, id, version, {"draft", "returned"});
  if (!e.ok()) return e;
  take(*e, sum);
  e->record.state = "submitted", e->said.push_back(said);
  return kept(session, *e, "expense.submit", said.text, nullptr, doing);
}

base::Result<Expense> check_expense(store::Session& session, int64_t id, int64_t version, bool agreed,
                                    const ExpenseSum& sum, const AdviceSaid& said, const records::Doing& doing) {
  auto e = opened(session, id, version, {"submitted"});
  if (!e.ok()) return e;
  if (e->record.owner == said.person || e->record.made_by == said.by)
    return Error{"expense.same", "自己的费用要别人复核", "", "请上级复核"};
  if (!agreed)
    if (auto fits = check_words(said); !fits.ok()) return fits.error();
  take(*e, agreed ? sum : ExpenseSum{});
  e->record.state = agreed ? "checked" : "returned", e->checked_by = said.person, e->said.push_back(said);
  return kept(session, *e, agreed ? "expense.agree" : "expense.return", said.text, nullptr, doing);
}

base::Result<Expense> expense_step(store::Session& session, int64_t id, int64_t version, const AdviceSaid& said,
                                   const records::Doing& doing) {
  const bool paid = said.what == "paid";
  auto e = paid ? opened(session, id, version, {"checked"}) : opened(session, id, version, {"draft", "returned"});
  if (!e.ok()) return e;
  if (!paid)
    if (auto fits = check_words(said); !fits.ok()) return fits.error();
  if (paid && e->record.owner == said.person)
    return Error{"expense.same", "自己的费用要别人登记报销", "", "请上级登记"};
  e->record.state = paid ? "paid" : "dropped", e->said.push_back(said);
  return kept(session, *e, "expense." + said.what, said.text, nullptr, doing);
}

Fen expenses_used(store::Session& session, const std::string& staff, const std::string& kind,
                  const base::Period& quarter, int64_t but) {
  Fen out = 0;
  for (const auto& row : session.query(
           "SELECT payable FROM expenses WHERE staff = ? AND kind = ? AND day >= ? AND day <= ? AND record_id <> ?"
           " AND state IN ('submitted', 'checked', 'paid')",
           {staff, kind, quarter.first().str(), quarter.last().str(), but}))
    out += row.integer(0);
  return out;
}

ExpenseLimit limit_of(const records::Record& record) {
  return {record, text_in(record.body, "expense"), whole_in(record.body, "fen")};
}

std::optional<Fen> own_limit(store::Session& session, const std::string& staff, const std::string& kind,
                             Date day) {
  records::Filter filter;
  filter.kinds = {kExpenseLimit}, filter.owners = {staff}, filter.to = day;
  for (const auto& record : records::list(session, filter))
    if (const ExpenseLimit limit = limit_of(record); limit.kind == kind) return limit.fen;
  return std::nullopt;
}

base::Result<ExpenseLimit> set_limit(store::Session& session, const ExpenseLimit& ask, const std::string& why,
                                     const std::string& by_person, const records::Doing& doing) {
  if (ask.fen < 0 || ask.fen > kMost) return Error{"expense.limit", "额度不能小于 0，最多一百万元", "amount", ""};
  if (ask.record.owner == by_person) return Error{"expense.same", "不能给自己定额度", "staff", "请上级定"};
  if (why.empty()) return Error{"suggestion.words", "写理由", "why", ""};
  records::Change change;
  change.record = ask.record, change.record.kind = kExpenseLimit, change.record.state = "set";
  change.record.body = JsonObject{{"expense", ask.kind}, {"fen", ask.fen}, {"why", why}};
  change.action = "expense.limit", change.why = why;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return limit_of(*written);
}

}  // namespace guanhu::workbench
