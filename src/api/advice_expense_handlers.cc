// Marketing expenses: written, handed in with their report, checked by another person, paid.
#include "api/advice_desk.h"
#include "workbench/expense.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Expense;
using workbench::ExpenseSum;

namespace {

// The person's own limit where the bank set one, else the pack's.
base::Result<Fen> limit_for(AdviceDesk& desk, const std::string& staff, const std::string& kind, base::Date day) {
  auto said = desk.ask(kVoicePack, "expense-limit", JsonObject{{"类别", kind}});
  if (!said.ok()) {
    base::Error error = said.error();
    if (error.where == "类别") error.where = "expense", error.message = "没有“" + kind + "”这一类费用";
    return error;
  }
  if (auto own = workbench::own_limit(desk.store(), staff, kind, day)) return *own;
  return fen_of(*said);
}

// RPT-605: an entertainment has its report, which says with whom, in which relation, to what purpose.
base::Result<bool> reported(AdviceDesk& desk, const Expense& e) {
  if (e.kind != "宴请") return true;
  auto said = desk.ask(kPracticePack, "entertainment-report",
                       JsonObject{{"和谁", e.with_whom}, {"关系", e.relation}, {"目的", e.purpose}});
  if (!said.ok()) return said.error();
  const auto missing = workbench::texts_in(*said, "原因");
  if (missing.empty()) return true;
  std::string all;
  for (const auto& one : missing) all += (all.empty() ? "" : "，") + one;
  const std::string& first = missing.front();
  return base::Error{"expense.report", "没有宴请报告不能报销：" + all,
                     first.find("谁") != first.npos     ? "with_whom"
                     : first.find("关系") != first.npos ? "relation"
                                                        : "purpose",
                     "写完报告再提交"};
}

// MKT-626: with the bank's logo, useful, of good quality, and not too dear.
base::Status gift_fits(AdviceDesk& desk, const Expense& e) {
  if (e.kind != "礼品") return {};
  if (e.event.empty() || e.gift.empty())
    return base::Error{"expense.gift", "写客户有什么事、送什么", e.event.empty() ? "event" : "gift", ""};
  auto said = desk.ask(kPracticePack, "gift-check",
                       JsonObject{{"有银行标志", e.logo}, {"实用", e.useful}, {"质量较好", e.quality}});
  if (!said.ok()) return said.error();
  if (!said->as_string() || *said->as_string() != "接受")
    return base::Error{"expense.gift", "礼品要有银行标志、实用、质量较好，三样都要",
                       !e.logo     ? "logo"
                       : !e.useful ? "useful"
                                   : "quality",
                       "不符合的不能报销"};
  const int64_t pieces = std::max<int64_t>(1, e.people);
  auto price = desk.ask(kVoicePack, "gift-value", JsonObject{{"价钱", base::Decimal::fen(e.fen / pieces)}});
  if (!price.ok()) return price.error();
  if (!price->as_string() || *price->as_string() != "接受")
    return base::Error{"expense.gift", "一件礼品的价钱超过了银行定的上限", "amount", "看制度“营销费用”"};
  return {};
}

// PAY-601: the actual amount, up to what is left of the limit.
base::Result<ExpenseSum> sum_of(AdviceDesk& desk, const Expense& e) {
  auto limit = limit_for(desk, e.record.owner, e.kind, *e.record.day);
  if (!limit.ok()) return limit.error();
  ExpenseSum out;
  out.limit = *limit;
  out.used = workbench::expenses_used(desk.store(), e.record.owner, e.kind,
                                      workbench::expense_period(*e.record.day), e.record.id);
  const Fen left = std::max<Fen>(0, out.limit - out.used);
  auto said = desk.ask(kPracticePack, "entertainment-reimbursement",
                       JsonObject{{"宴请费用", base::Decimal::fen(e.fen)},
                                  {"剩余额度", base::Decimal::fen(left)},
                                  {"宴请报告已交", true}});
  if (!said.ok()) return said.error();
  if (const Json* payable = said->find("可报销")) out.payable = fen_of(*payable);
  if (const Json* over = said->find("超额部分")) out.over = fen_of(*over);
  return out;
}

bool checks(AdviceDesk& desk, const records::Record& of) {
  return !desk.own(of.owner) && of.made_by != desk.login() && desk.can(Permission::expense_check) &&
         desk.reaches(Permission::expense_check, of);
}

Json expense_json(AdviceDesk& desk, const Expense& e) {
  const std::string& state = e.record.state;
  const bool mine = desk.own(e.record.owner), over = checks(desk, e.record);
  const bool open = state == "draft" || state == "returned";
  JsonArray may;
  if (mine && open) may.emplace_back("write"), may.emplace_back("submit"), may.emplace_back("drop");
  if (over && state == "submitted") may.emplace_back("check");
  if (over && state == "checked") may.emplace_back("paid");
  JsonObject out = desk.head(e.record);
  out.emplace_back("expense", e.kind), out.emplace_back("amount", yuan(e.fen));
  out.emplace_back("with_whom", e.with_whom), out.emplace_back("relation", e.relation);
  out.emplace_back("purpose", e.purpose), out.emplace_back("place", e.place), out.emplace_back("people", e.people);
  out.emplace_back("event", e.event), out.emplace_back("gift", e.gift), out.emplace_back("logo", e.logo);
  out.emplace_back("useful", e.useful), out.emplace_back("quality", e.quality);
  out.emplace_back("limit", yuan(e.limit)), out.emplace_back("used", yuan(e.used));
  out.emplace_back("payable", yuan(e.payable)), out.emplace_back("over", yuan(e.over));
  out.emplace_back("checked_name", e.checked_by.empty() ? "" : desk.name_of(e.checked_by));
  out.emplace_back("said", desk.said_json(e.said)), out.emplace_back("files", desk.files_json_of(e.record));
  out.emplace_back("may", std::move(may));
  return out;
}

Outcome list_expenses(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  records::Filter filter;
  filter.kinds = {workbench::kExpense}, filter.limit = 20'000;
  if (auto text = call.get("period")) {
    auto period = period_of(*text);
    if (auto* refused = std::get_if<Refusal>(&period)) return *refused;
    filter.from = std::get<base::Period>(period).first(), filter.to = std::get<base::Period>(period).last();
  }
  std::vector<Json> items;
  Fen amount = 0, payable = 0;
  for (const auto& record : records::list(desk.store(), filter)) {
    if (!desk.sees(record) || (record.state == "dropped" && !desk.own(record.owner))) continue;
    const Expense e = workbench::expense_of(record);
    if (record.state != "dropped") amount += e.fen, payable += e.payable;
    items.push_back(expense_json(desk, e));
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"today", desk.today().str()}, {"amount", yuan(amount)}, {"payable", yuan(payable)}};
  return out;
}

Outcome show(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kExpense, call.part("id"));
  return record ? Outcome(Answer{expense_json(desk, workbench::expense_of(*record))}) : Outcome(not_found());
}

Outcome keep(AdviceDesk& desk, const Call& call, const records::Record* before) {
  Expense e;
  if (before) e = workbench::expense_of(*before), e.record.version = workbench::whole_in(call.body, "version");
  else e.record.owner = desk.person(), e.record.org = desk.org_of(desk.person());
  if (e.record.org.empty()) return advice_refusal({"expense.staff", "没有工号的登录名没有营销费用", "", ""});
  e.kind = call.text("expense"), e.record.day = day_member(call, "day");
  e.record.customer = text_member(call, "customer");
  auto fen = fen_member(call, "amount");
  if (!fen) return advice_refusal({"expense.amount", "金额写成元，最多两位小数", "amount", "照发票写"});
  e.fen = *fen;
  e.with_whom = text_member(call, "with_whom"), e.relation = text_member(call, "relation");
  e.purpose = text_member(call, "purpose"), e.place = text_member(call, "place");
  e.people = workbench::whole_in(call.body, "people"), e.event = text_member(call, "event");
  e.gift = text_member(call, "gift"), e.logo = workbench::flag_in(call.body, "logo");
  e.useful = workbench::flag_in(call.body, "useful"), e.quality = workbench::flag_in(call.body, "quality");
  const std::string whom = e.record.customer.empty() ? e.with_whom : desk.customer_name(e.record.customer);
  e.record.title = e.kind + (whom.empty() ? "" : "：" + whom.substr(0, 120));
  if (!e.record.customer.empty() && !desk.reaches_customer(e.record.customer))
    return advice_refusal({"expense.customer", "没有客户 " + e.record.customer, "customer", "选您的客户"});
  if (auto known = limit_for(desk, e.record.owner, e.kind, desk.today()); !known.ok())
    return advice_refusal(known.error());
  const auto files = mail_texts(call, "files");
  if (auto fine = desk.may_attach(files); !fine.ok()) return advice_refusal(fine.error());
  auto kept = workbench::save_expense(desk.store(), e, desk.today(), files, desk.writing());
  if (!kept.ok()) return advice_refusal(kept.error());
  return Answer{expense_json(desk, *kept)};
}

Outcome write(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  return keep(desk, call, nullptr);
}

Outcome rewrite(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kExpense, call.part("id"));
  if (!record) return not_found();
  if (!desk.own(record->owner)) return forbidden();
  return keep(desk, call, &*record);
}

Outcome submit(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kExpense, call.part("id"));
  if (!record) return not_found();
  if (!desk.own(record->owner)) return forbidden();
  const Expense e = workbench::expense_of(*record);
  if (auto report = reported(desk, e); !report.ok()) return advice_refusal(report.error());
  if (auto fits = gift_fits(desk, e); !fits.ok()) return advice_refusal(fits.error());
  auto sum = sum_of(desk, e);
  if (!sum.ok()) return advice_refusal(sum.error());
  auto done = workbench::submit_expense(desk.store(), record->id, workbench::whole_in(call.body, "version"), *sum,
                                        desk.said("submit", call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  const std::string above = desk.superior(record->owner);
  if (!above.empty())
    desk.Desk::tell(above, "有一笔营销费用请您复核", record->title,
                    "/expenses?open=" + std::to_string(record->id));
  return Answer{expense_json(desk, *done)};
}

Outcome check(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kExpense, call.part("id"));
  if (!record) return not_found();
  const Expense e = workbench::expense_of(*record);
  const bool own = desk.own(record->owner) || record->made_by == desk.login();
  if (!own && !desk.reaches(Permission::expense_check, *record)) return forbidden();
  const bool agreed = workbench::flag_in(call.body, "agreed");
  // What else was handed in meanwhile counts: it is worked out anew.
  auto sum = sum_of(desk, e);
  if (!sum.ok()) return advice_refusal(sum.error());
  workbench::AdviceSaid said = desk.said(agreed ? "agree" : "return", call.text("text"));
  if (own) said.person = record->owner;
  auto done = workbench::check_expense(desk.store(), record->id, workbench::whole_in(call.body, "version"), agreed,
                                       *sum, said, desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  desk.Desk::tell(record->owner, agreed ? "营销费用已经复核" : "营销费用被退回", record->title,
                  "/expenses?open=" + std::to_string(record->id));
  return Answer{expense_json(desk, *done)};
}

Outcome step(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kExpense, call.part("id"));
  if (!record) return not_found();
  const std::string what = call.text("what");
  if (what == "drop" ? !desk.own(record->owner) : !checks(desk, *record)) return forbidden();
  auto done = workbench::expense_step(desk.store(), record->id, workbench::whole_in(call.body, "version"),
                                      desk.said(what, call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  return Answer{expense_json(desk, *done)};
}

SchemaRef body_shape(bool version) {
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"expense", text(40)},     {"amount", decimal()},    {"day", date()},          {"customer", text(100)},
      {"with_whom", text(4000)}, {"relation", text(4000)}, {"purpose", text(4000)},  {"place", text(4000)},
      {"people", integer()},     {"event", text(4000)},    {"gift", text(4000)},     {"logo", boolean()},
      {"useful", boolean()},     {"quality", boolean()},   {"files", list(text(64))}};
  if (version) members.emplace_back("version", integer());
  return optional(object(std::move(members)), {"customer", "with_whom", "relation", "purpose", "place", "people",
                                               "event", "gift", "logo", "useful", "quality", "files"});
}

Endpoint post(const std::string& path, const std::string& summary, Permission permission, SchemaRef input,
              std::function<Outcome(Services&, const Call&)> handler) {
  Endpoint out;
  out.method = "POST", out.path = path, out.summary = summary, out.permission = permission;
  out.input = std::move(input), out.output = ref("Expense"), out.handler = std::move(handler);
  return out;
}

// What is left of each kind for a person in the quarter of today.
Outcome limits(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  const std::string staff = call.get("staff").value_or(desk.person());
  if (!desk.own(staff) && !desk.reaches(Permission::customer_read, staff, desk.org_of(staff))) return not_found();
  std::vector<Json> items;
  for (const char* kind : {"宴请", "礼品", "其他"}) {
    auto limit = limit_for(desk, staff, kind, desk.today());
    if (!limit.ok()) return advice_refusal(limit.error());
    const Fen used = workbench::expenses_used(desk.store(), staff, kind, workbench::expense_period(desk.today()));
    items.push_back(
        JsonObject{{"expense", kind},
                   {"limit", yuan(*limit)},
                   {"used", yuan(used)},
                   {"left", yuan(std::max<Fen>(0, *limit - used))},
                   {"own", workbench::own_limit(desk.store(), staff, kind, desk.today()).has_value()}});
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"staff", staff},
                       {"name", desk.name_of(staff)},
                       {"period", workbench::expense_period(desk.today()).str()},
                       {"today", desk.today().str()}};
  return out;
}

Outcome set_limit(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  const std::string staff = call.text("staff");
  const people::Staff* found = desk.directory().person(staff);
  if (!found || !desk.reaches(Permission::expense_check, staff, found->org))
    return advice_refusal({"expense.staff", "没有您管的员工 " + staff, "staff", "写工号"});
  workbench::ExpenseLimit ask;
  ask.record.owner = staff, ask.record.org = found->org, ask.record.day = day_member(call, "from");
  ask.kind = call.text("expense"), ask.record.title = "营销费用额度 " + ask.kind + " " + found->name;
  auto fen = fen_member(call, "amount");
  if (!fen) return advice_refusal({"expense.limit", "额度写成元，最多两位小数", "amount", ""});
  ask.fen = *fen;
  if (auto known = limit_for(desk, staff, ask.kind, desk.today()); !known.ok())
    return advice_refusal(known.error());
  auto kept = workbench::set_limit(desk.store(), ask, call.text("why"), desk.person(), desk.writing());
  if (!kept.ok()) return advice_refusal(kept.error());
  return Answer{JsonObject{
      {"staff", staff}, {"expense", ask.kind}, {"limit", yuan(kept->fen)}, {"from", kept->record.day->str()}}};
}

}  // namespace

Table expense_endpoints() {
  Table out = {{.method = "GET",
                .path = "/expenses",
                .summary = "marketing expenses in reach, newest first",
                .permission = Permission::customer_read,
                .parameters = {{"period", text(10)},
                               {"state", text(20), false, "", "state"},
                               {"owner", text(100), false, "", "owner"},
                               {"expense", text(40), false, "", "expense"}},
                .output = list_of("Expense", {{"today", date()}, {"amount", decimal()}, {"payable", decimal()}}),
                .handler = list_expenses,
                .list = true,
                .whole = true,
                .searched = {"title", "purpose", "with_whom", "owner_name", "customer_name"}},
               {.method = "GET",
                .path = "/expenses/{id}",
                .summary = "one expense",
                .permission = Permission::customer_read,
                .output = ref("Expense"),
                .handler = show},
               {.method = "GET",
                .path = "/expense-limits",
                .summary = "limits of a person in this quarter, what is used and what is left",
                .permission = Permission::customer_read,
                .parameters = {{"staff", text(100)}},
                .output = list_of("ExpenseLeft",
                                  {{"staff", text()}, {"name", text()}, {"period", text()}, {"today", date()}}),
                .handler = limits,
                .list = true,
                .whole = true},
               {.method = "POST",
                .path = "/expense-limits",
                .summary = "sets somebody's limit from a day on; never one's own",
                .permission = Permission::expense_check,
                .input = object({{"staff", text(100)},
                                 {"expense", text(40)},
                                 {"amount", decimal()},
                                 {"from", date()},
                                 {"why", text(2000)}}),
                .output = ref("ExpenseLimit"),
                .handler = set_limit}};
  const Permission writes = Permission::expense_write, checks = Permission::expense_check;
  out.push_back(post("/expenses", "a note of an expense, a draft", writes, body_shape(false), write));
  out.push_back(post("/expenses/{id}", "the whole of a draft anew", writes, body_shape(true), rewrite));
  out.back().method = "PUT";
  out.push_back(
      post("/expenses/{id}/submit", "hands it in: not before its report is there", writes, step_input(), submit));
  out.push_back(post("/expenses/{id}/check", "another person agrees, or gives it back", checks,
                     step_input({{"agreed", boolean()}}), check));
  out.push_back(post("/expenses/{id}/step", "it was paid; or its writer throws the draft away",
                     Permission::customer_read, step_input({{"what", choice({"paid", "drop"})}}), step));
  return out;
}

}  // namespace guanhu::api
