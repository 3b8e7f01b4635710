// guanhu pay run, list, approve, paid, export, ledger: pay runs and risk deposits.
#include <ostream>

#include "api/pay_xlsx.h"
#include "appraisal/deposit_ledger.h"
#include "appraisal/grade_book.h"
#include "appraisal/life_replay.h"
#include "appraisal/pay_runs.h"
#include "appraisal/text_table.h"
#include "base/files.h"
#include "cli/people_work.h"
#include "cli/wiring.h"

namespace guanhu::cli {
namespace {

using appraisal::PayRun;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

Json maybe(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json json_of(const PayRun& run) {
  return JsonObject{{"id", run.id},
                    {"run", run.run},
                    {"pack", run.pack},
                    {"pack_hash", run.pack_hash},
                    {"scheme", run.scheme},
                    {"period", run.period},
                    {"pay_on", run.pay_on.str()},
                    {"state", run.state},
                    {"people", run.people},
                    {"open", run.open},
                    {"earnings", base::Decimal::fen(run.totals.earnings)},
                    {"deductions", base::Decimal::fen(run.totals.deductions)},
                    {"deposit", base::Decimal::fen(run.totals.deposit)},
                    {"net", base::Decimal::fen(run.totals.net)},
                    {"hash", run.hash},
                    {"made_by", run.made_by},
                    {"approved_by", maybe(run.approved_by)},
                    {"paid_at", maybe(run.paid_at)},
                    {"lines", *run.summary.find("lines")}};
}

std::string line_of(const PayRun& run) {
  const char* state = run.state == "draft"      ? "草稿"
                      : run.state == "approved" ? "已批准"
                      : run.state == "paid"     ? "已发放"
                                                : "作废";
  return "第 " + std::to_string(run.id) + " 次发放 " + run.pack + " " + run.period + "（" + run.scheme + "）：" +
         state + "，" + std::to_string(run.people) + " 人，实发 " + base::format_fen(run.totals.net) +
         "，保证金 " + base::format_fen(run.totals.deposit) +
         (run.open ? "，" + std::to_string(run.open) + " 处没有算出来" : "");
}

// What is open, person by person, so that it can be recorded.
void print_open(PeopleWork& work, const PayRun& run) {
  for (const auto& slip : appraisal::pay_slips(work.bank.store(), run.id)) {
    if (!slip.open) continue;
    for (const Json& line : *slip.slip.find("lines")->as_array())
      if (const Json& error = *line.find("error"); !error.is_null())
        work.io.out << "  " << slip.staff << " " << *line.find("line")->as_string() << "："
                    << *error.find("message")->as_string() << "\n";
    for (const Json& problem : *slip.slip.find("problems")->as_array())
      work.io.out << "  " << slip.staff << "：" << *problem.find("message")->as_string() << "\n";
  }
  for (const char* list : {"problems", "notes"})
    if (const Json* all = run.summary.find(list))
      for (const Json& problem : *all->as_array())
        work.io.out << "  " << *problem.find("message")->as_string() << "\n";
}

void show(PeopleWork& work, const PayRun& run) {
  if (work.json()) {
    work.io.out << json_of(run).dump(2) << "\n";
    return;
  }
  work.io.out << line_of(run) << "\n";
  print_open(work, run);
}

base::Result<int> make(PeopleWork& work) {
  auto pack = work.pack("pack");
  if (!pack.ok()) return pack.error();
  auto run = work.options.number("run", 0);
  if (!run.ok()) return run.error();
  if (!*run) return Error{"cli.missing", "--run is missing", "", "the number of a published appraisal"};
  auto pay_on = work.day("pay-on");
  if (!pay_on.ok()) return pay_on.error();
  auto doing = work.doing();
  if (!doing.ok()) return doing.error();
  appraisal::PayAsk ask{*run, *pay_on, work.options.get("grades").value_or("")};
  std::string none = "无";
  if (auto plan = appraisal::read_grade_plan(**pack, work.today()); plan.ok()) none = plan->none;
  auto load = appraisal::load_pay(work.bank.store(), **pack, none, work.directory(), ask);
  if (!load.ok()) return load.error();
  auto folder = work.policies();
  if (!folder.ok()) return folder.error();
  appraisal::PayResult result = appraisal::compute_pay((*load)->work);
  const appraisal::Desk desk{work.bank, *folder};
  auto due = appraisal::corrections_due(work.bank.store(), work.directory(), (*pack)->id, (*load)->scheme,
                                        (*load)->period, appraisal::pay_books(desk, work.today()));
  appraisal::post_corrections(result, due);
  auto id = appraisal::keep_pay(work.bank.store(), **load, result, *doing, due);
  if (!id.ok()) return id.error();
  const PayRun made = appraisal::pay_runs(work.bank.store(), *id).front();
  show(work, made);
  return made.open ? kNo : kDone;
}

base::Result<int> list(PeopleWork& work) {
  auto all = appraisal::pay_runs(work.bank.store());
  if (work.json()) {
    JsonArray out;
    for (const PayRun& run : all) out.push_back(json_of(run));
    work.io.out << Json(JsonObject{{"runs", std::move(out)}}).dump(2) << "\n";
    return kDone;
  }
  for (const PayRun& run : all) work.io.out << line_of(run) << "\n";
  if (all.empty()) work.io.out << "还没有发放；guanhu pay run 算一次\n";
  return kDone;
}

base::Result<int> stepped(PeopleWork& work, const base::Result<PayRun>& run) {
  if (!run.ok()) return run.error();
  show(work, *run);
  return kDone;
}

base::Result<int> approve(PeopleWork& work) {
  auto id = work.number("pay run");
  if (!id.ok()) return id.error();
  auto reason = work.options.need("reason");
  if (!reason.ok()) return reason.error();
  auto doing = work.doing();
  if (!doing.ok()) return doing.error();
  auto folder = work.policies();
  if (!folder.ok()) return folder.error();
  // Slips of years ago open, and are worked out again, by the rules of their day.
  for (const PayRun& run : appraisal::pay_runs(work.bank.store(), *id))
    if (auto pack = appraisal::pack_of_run({work.bank, *folder}, run.pack + "/pay-plan", run.pack_hash))
      doing->also = [&work, tell = doing->also, hash = run.pack_hash, pack = *pack](
                        const std::string& action, const std::string& subject, Json detail) {
        appraisal::keep_pack(work.bank.store(), hash, pack);
        tell(action, subject, std::move(detail));
      };
  return stepped(work, appraisal::approve_pay(work.bank.store(), *id, *reason, *doing));
}

base::Result<int> paid(PeopleWork& work) {
  auto id = work.number("pay run");
  if (!id.ok()) return id.error();
  auto document = work.options.need("document");
  if (!document.ok()) return document.error();
  auto doing = work.doing();
  if (!doing.ok()) return doing.error();
  return stepped(work, appraisal::mark_paid(work.bank.store(), *id, *document, *doing));
}

base::Result<int> export_file(PeopleWork& work) {
  auto id = work.number("pay run");
  if (!id.ok()) return id.error();
  auto to = work.options.need("to");
  if (!to.ok()) return to.error();
  const bool xlsx = to->ends_with(".xlsx");
  if (!xlsx && !to->ends_with(".csv"))
    return Error{"cli.file", "'" + *to + "' is neither .xlsx nor .csv", "--to", "write pay.csv or pay.xlsx"};
  auto found = appraisal::pay_runs(work.bank.store(), *id);
  if (found.empty())
    return Error{"pay.unknown", "没有第 " + std::to_string(*id) + " 次发放", "", "guanhu pay list 列出各次"};
  auto doing = work.doing();
  if (!doing.ok()) return doing.error();
  const PayRun& run = found.front();
  const auto sheet = appraisal::pay_sheet(run, appraisal::pay_slips(work.bank.store(), *id));
  try {
    // Everybody's pay: for the owner of the file alone.
    base::write_file_atomic(path_of(work.io, *to),
                            xlsx ? api::pay_xlsx("", run, sheet) : appraisal::pay_csv(run, sheet), 0600);
  } catch (const base::Broken& broken) {
    return Error{"cli.file", broken.what(), "--to", "name a file in a folder that can be written"};
  }
  work.bank.store().transaction([&] {
    doing->tell("export.pay", "pay_run " + std::to_string(run.id),
                JsonObject{{"rows", sheet.rows.size()}, {"hash", run.hash}, {"form", xlsx ? "xlsx" : "csv"}});
  });
  if (work.json())
    work.io.out << Json(JsonObject{{"id", run.id},
                                   {"file", *to},
                                   {"people", sheet.rows.size()},
                                   {"net", base::Decimal::fen(sheet.sums.back())},
                                   {"hash", run.hash}})
                       .dump(2)
                << "\n";
  else
    work.io.out << *to << "：" << sheet.rows.size() << " 人，实发 " << base::format_fen(sheet.sums.back()) << "，"
                << run.hash << "\n";
  return kDone;
}

Json json_of(const appraisal::Booking& b) {
  return JsonObject{{"id", b.id},
                    {"kind", b.kind},
                    {"on", b.on.str()},
                    {"amount", base::Decimal::fen(b.amount)},
                    {"balance", base::Decimal::fen(b.balance)},
                    {"counter", b.counter},
                    {"reason", b.reason},
                    {"document", b.document},
                    {"by", b.actor}};
}

void print_statement(PeopleWork& work, const std::string& staff, const std::string& fund) {
  auto all = appraisal::bookings_of(work.bank.store(), staff, fund);
  if (work.json()) {
    JsonArray out;
    for (const auto& booking : all) out.push_back(json_of(booking));
    work.io.out << Json(JsonObject{
                            {"staff", staff},
                            {"fund", fund},
                            {"balance", base::Decimal::fen(appraisal::balance_of(work.bank.store(), staff, fund))},
                            {"bookings", std::move(out)}})
                       .dump(2)
                << "\n";
    return;
  }
  appraisal::TextTable table;
  table.head({"编号", "日期", "事由", "金额", "余额", "依据"});
  for (const auto& b : all)
    table.row({std::to_string(b.id), b.on.str(), std::string(appraisal::booking_title(b.kind)) + " " + b.reason,
               base::format_fen(b.amount), base::format_fen(b.balance), b.document});
  work.io.out << staff << " " << appraisal::fund_title(fund) << "\n" << table.str();
}

base::Result<int> ledger(PeopleWork& work) {
  const std::string fund = work.options.get("fund").value_or("deposit");
  if (appraisal::fund_title(fund).empty())
    return Error{"deposit.fund", "there is no fund '" + fund + "'", "--fund",
                 "deposit, liability or compensation"};
  const auto faults = appraisal::ledger_faults(work.bank.store());
  for (const std::string& fault : faults) work.io.err << "账有误：" << fault << "\n";
  const int status = faults.empty() ? kDone : kNo;
  if (auto staff = work.options.get("staff")) {
    print_statement(work, *staff, fund);
    return status;
  }
  JsonArray accounts;
  appraisal::TextTable table;
  table.head({"工号", "账户", "余额", "扣存", "退还", "弥补损失", "笔数"});
  base::Fen sum = 0;
  for (const auto& a : appraisal::deposit_accounts(work.bank.store())) {
    sum += a.balance;
    accounts.push_back(JsonObject{{"staff", a.staff},
                                  {"fund", a.fund},
                                  {"balance", base::Decimal::fen(a.balance)},
                                  {"bookings", a.bookings}});
    table.row({a.staff, std::string(appraisal::fund_title(a.fund)), base::format_fen(a.balance),
               base::format_fen(a.withheld), base::format_fen(a.released + a.returned), base::format_fen(a.drawn),
               std::to_string(a.bookings)});
  }
  if (work.json())
    work.io.out << Json(JsonObject{{"balance", base::Decimal::fen(sum)},
                                   {"accounts", std::move(accounts)},
                                   {"faults", JsonArray(faults.begin(), faults.end())}})
                       .dump(2)
                << "\n";
  else work.io.out << table.str() << "余额合计 " << base::format_fen(sum) << "\n";
  return status;
}

}  // namespace

const Command kPayRunCommand = {
    "pay run", "works out a pay run by a published appraisal",
    "usage: guanhu pay run --data DIR --pack PACK --run ID --pay-on DATE [--grades PACK] [--policies DIR] "
    "[--json]\n\n"
    "Works out everybody's payslip by the pay-plan of PACK and keeps the run as a draft; an earlier draft is "
    "void.\n"
    "--grades names the pack whose grades count, else PACK. Exit status 1: something could not be worked out.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("pay run", arguments, io, {"pack", "run", "pay-on", "grades"}, {}, make);
    }};
const Command kPayListCommand = {"pay list", "lists pay runs",
                                 "usage: guanhu pay list --data DIR [--json]\n\nNewest first.\n",
                                 [](const std::vector<std::string>& arguments, Io& io) {
                                   return run_people("pay list", arguments, io, {}, {}, list);
                                 }};
const Command kPayApproveCommand = {
    "pay approve", "approves somebody else's pay run",
    "usage: guanhu pay approve --data DIR ID --reason TEXT [--by LOGIN] [--json]\n\n"
    "Only a run with nothing open, by an appraisal that is published or sealed. Whoever worked it out cannot.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("pay approve", arguments, io, {"reason"}, {}, approve);
    }};
const Command kPayPaidCommand = {
    "pay paid", "says that an approved pay run was paid",
    "usage: guanhu pay paid --data DIR ID --document TEXT [--by LOGIN] [--json]\n\n"
    "Books the risk deposits in the same transaction. From then on the run never changes.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("pay paid", arguments, io, {"document"}, {}, paid);
    }};
const Command kPayExportCommand = {
    "pay export", "writes a pay run for payroll",
    "usage: guanhu pay export --data DIR ID --to FILE.csv|FILE.xlsx [--json]\n\n"
    "A row a person, a column a line, control totals with the count and the run's hash.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("pay export", arguments, io, {"to"}, {}, export_file);
    }};
const Command kPayLedgerCommand = {
    "pay ledger", "shows risk deposits, and checks the ledger",
    "usage: guanhu pay ledger --data DIR [--staff ID] [--fund deposit|liability|compensation] [--json]\n\n"
    "All accounts, or the statement of one. Exit status 1: the ledger does not add up.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return run_people("pay ledger", arguments, io, {"staff", "fund"}, {}, ledger);
    }};

}  // namespace guanhu::cli
