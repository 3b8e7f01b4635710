#include "feed/importer.h"

#include <gtest/gtest.h>

#include "feed/testing.h"

namespace guanhu::feed {
namespace {

using testing::BankPlace;
using testing::FeedWriter;
using Files = std::map<std::string, std::string>;
namespace fs = std::filesystem;

// A bank of two branches on its first day: 100 + 50 in B1, 30 in B2; a bad loan of 20 and a good one of 70 in B2.
Files opening(const std::string& day) {
  return {
      {"orgs.csv",
       "org_id,parent_id,name,kind,opened_on\nHQ,,总行,hq,\nB1,HQ,东支行,branch,\nB2,HQ,西支行,branch,\nO2,B2,"
       "西分理处,outlet,\n"},
      {"staff.csv", "staff_id,name,org_id,position\nM1,王一,B1,manager\nM2,李二,B2,manager\n"},
      {"customers.csv", "customer_id,kind,name,org_id,opened_on\nC1,person,甲,B1,\nC2,company,乙,B2,\n"},
      {"accounts.csv",
       "account_id,customer_id,org_id,kind,opened_on\nA1,C1,B1,demand,2020-01-01\nA2,C1,B1,time,2020-01-01\n"
       "A3,C2,O2,demand,2020-01-01\n"},
      {"balances.csv", "account_id,date,balance\nA1," + day + ",100\nA2," + day + ",50\nA3," + day + ",30\n"},
      {"loans.csv",
       "loan_id,customer_id,org_id,kind,principal,issued_on,due_on\nL1,C2,B2,working_capital,90,2020-01-01,2026-"
       "01-01\n"
       "L2,C2,O2,other,20,2020-01-01,2026-01-01\nL3,C2,B2,other,5,2020-01-01,2026-01-01\n"},
      {"loan_states.csv", "loan_id,date,balance,class,off_balance\nL1," + day + ",70,normal,false\nL2," + day +
                              ",20,doubtful,\nL3," + day + ",5,loss,true\n"},
      {"assignments.csv",
       "subject_kind,subject_id,staff_id,role,share,valid_from,valid_to\naccount,A1,M1,main,1,2020-01-01,\n"},
  };
}

std::string balances(const std::string& day, const std::string& rows) {
  std::string out = "account_id,date,balance\n";
  std::string row;
  for (char c : rows + " ") {  // "A1=5 A2=7"
    if (c != ' ') {
      row += c;
      continue;
    }
    out += row.substr(0, row.find('=')) + "," + day + "," + row.substr(row.find('=') + 1) + "\n";
    row.clear();
  }
  return out;
}

std::string ledger(const std::string& rows) { return "org_id,date,subject,amount\n" + rows; }

class Import : public ::testing::TestWithParam<store::Engine> {
 protected:
  Import() : place(GetParam()), feed(place.feed()) {}
  void SetUp() override {
    if (!place.available()) GTEST_SKIP() << store::testing::kNoPostgres;
  }
  int64_t count(const std::string& sql) {
    Bank bank = place.open();
    return warehouse::one_int(bank.warehouse(), sql).value_or(-1);
  }
  // Nothing of the date anywhere.
  void expect_absent(const DateReport& report) {
    EXPECT_FALSE(report.applied);
    EXPECT_EQ(report.import_id, 0);
    Bank bank = place.open();
    EXPECT_EQ(warehouse::one_int(bank.warehouse(), "SELECT count(*) FROM imports"), 0);
    EXPECT_EQ(warehouse::one_int(bank.warehouse(), "SELECT count(*) FROM f_balances"), 0);
    EXPECT_EQ(warehouse::one_int(bank.warehouse(), "SELECT count(*) FROM account_keys"), 0);
    EXPECT_TRUE(bank.store().query("SELECT 1 FROM imports").empty());
    EXPECT_TRUE(fs::is_empty(bank.folder().landed()));
    EXPECT_TRUE(bank.recovered().empty());
  }
  const FileReport& file(const DateReport& report, const std::string& name) {
    for (const FileReport& f : report.files)
      if (f.file == name) return f;
    throw base::Broken("no report of " + name);
  }

  BankPlace place;
  FeedWriter feed;
};

TEST_P(Import, RefusesADateWithoutManifest) {
  fs::create_directories(feed.root() / "2025-01-01");
  auto report = place.import_one(feed.root() / "2025-01-01");
  ASSERT_EQ(report.problems.size(), 1u);
  EXPECT_EQ(report.problems[0].code, "manifest.missing");
  expect_absent(report);
}

TEST_P(Import, RefusesAMissingFile) {
  auto folder = feed.date("2025-01-01", opening("2025-01-01"));
  fs::remove(folder / "staff.csv");
  auto report = place.import_one(folder);
  EXPECT_EQ(file(report, "staff.csv").problem->code, "file.missing");
  EXPECT_EQ(report.rejects, 1);
  expect_absent(report);
}

TEST_P(Import, RefusesWhatTheManifestSaysOtherwise) {
  feed.sha256["staff.csv"] = std::string(64, '0');
  auto report = place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  EXPECT_EQ(file(report, "staff.csv").problem->code, "file.sha256");
  expect_absent(report);
  feed.sha256.clear();
  feed.rows["staff.csv"] = "3";
  report = place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  EXPECT_EQ(file(report, "staff.csv").checks[1].what, "rows");
  EXPECT_EQ(file(report, "staff.csv").checks[1].difference, "-1");
  EXPECT_EQ(report.rejects, 1);
  expect_absent(report);
  feed.rows.clear();
  feed.totals["balances.csv"] = R"({"balance":"180.01"})";
  report = place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  EXPECT_EQ(file(report, "balances.csv").checks[2].found, "180.00");
  EXPECT_EQ(file(report, "balances.csv").checks[2].difference, "-0.01");
  expect_absent(report);
  feed.totals["balances.csv"] = R"({"balance":"180.00"})";
  EXPECT_TRUE(place.import_one(feed.date("2025-01-01", opening("2025-01-01"))).applied);
}

TEST_P(Import, RefusesBadRowsAndRepeatedKeys) {
  Files files = opening("2025-01-01");
  files["balances.csv"] += "A1,2025-01-01,7\nA4,2025-01-01,1.234\n";
  auto report = place.import_one(feed.date("2025-01-01", files));
  const auto& refusals = file(report, "balances.csv").refusals;
  ASSERT_EQ(refusals.size(), 2u);
  EXPECT_EQ(refusals[0].line, 5);
  EXPECT_EQ(refusals[0].column, "account_id,date");
  EXPECT_EQ(refusals[0].value, "A1,2025-01-01");
  EXPECT_EQ(refusals[0].code, "row.duplicate");
  EXPECT_NE(refusals[0].reason.find("2"), std::string::npos);
  EXPECT_EQ(refusals[1].line, 6);
  EXPECT_EQ(refusals[1].column, "balance");
  EXPECT_EQ(file(report, "balances.csv").read, 5);
  EXPECT_EQ(file(report, "balances.csv").refused, 2);
  EXPECT_EQ(file(report, "balances.csv").applied, 0);
  EXPECT_EQ(report.rejects, 2);
  expect_absent(report);
}

TEST_P(Import, RefusesATamperedTotalOnTheFirstDay) {
  Files files = opening("2025-01-01");
  files["ledger_totals.csv"] = ledger("HQ,2025-01-01,deposits,180\nB2,2025-01-01,deposits,31\n");
  auto report = place.import_one(feed.date("2025-01-01", files));
  ASSERT_EQ(report.totals.size(), 2u);
  EXPECT_EQ(report.totals[0].state, TotalState::ok);
  EXPECT_EQ(report.totals[1].state, TotalState::broken);
  EXPECT_EQ(report.totals[1].expected, 3100);
  EXPECT_EQ(report.totals[1].found, 3000);
  expect_absent(report);
}

TEST_P(Import, RefusesATamperedTotalInTheMiddle) {
  ASSERT_TRUE(place.import_one(feed.date("2025-01-01", opening("2025-01-01"))).applied);
  auto bad = feed.date("2025-01-02", {{"balances.csv", balances("2025-01-02", "A1=120")},
                                      {"ledger_totals.csv", ledger("HQ,2025-01-02,deposits,200.01\n")}});
  auto report = place.import_one(bad);
  EXPECT_FALSE(report.applied);
  EXPECT_EQ(report.totals[0].found, 20000);
  EXPECT_EQ(count("SELECT count(*) FROM f_balances"), 3);
  auto good = feed.date("2025-01-02", {{"balances.csv", balances("2025-01-02", "A1=120")},
                                       {"ledger_totals.csv", ledger("HQ,2025-01-02,deposits,200\n")}});
  EXPECT_TRUE(place.import_one(good).applied);
}

TEST_P(Import, JudgesEverySubjectBySubtree) {
  Files files = opening("2025-01-01");
  files["repayments.csv"] =
      "repayment_id,loan_id,date,principal,interest\nP1,L1,2025-01-01,5,1.25\nP2,L2,2025-01-01,0,2\nP3,L1,2024-12-"
      "31,0,9\n";
  files["sales.csv"] =
      "sale_id,date,customer_id,account_id,staff_id,amount,fee_income\nS1,2025-01-01,C2,A1,M2,0,1\n"
      "S2,2025-01-01,C2,,M1,0,10\nS3,2025-01-01,,,M1,0,100\n";
  files["ledger_totals.csv"] = ledger(
      "HQ,2025-01-01,loans,90\nB2,2025-01-01,loans,90\nO2,2025-01-01,loans,20\nB1,2025-01-01,loans,0\nHQ,2025-01-"
      "01,bad_loans,20\n"
      "O2,2025-01-01,deposits,30\nB1,2025-01-01,deposits,150\nHQ,2025-01-01,interest_received,3.25\nO2,2025-01-01,"
      "interest_received,2\n"
      "HQ,2025-01-01,fee_income,111\nB1,2025-01-01,fee_income,101\nB2,2025-01-01,fee_income,10\n");
  auto report = place.import_one(feed.date("2025-01-01", files));
  for (const ControlTotal& t : report.totals)
    EXPECT_EQ(t.state, TotalState::ok) << t.org_id << t.subject << t.found;
  EXPECT_TRUE(report.applied);
}

TEST_P(Import, ToleranceCountsEachRejectOnce) {
  Files files = opening("2025-01-01");
  files["balances.csv"] = "account_id,date,balance\nA1,2025-01-01,100\nA2,2025-01-01,5O\nA3,2025-01-01,30\n";
  feed.totals["balances.csv"] = R"({"balance":"180"})";
  files["ledger_totals.csv"] = ledger("HQ,2025-01-01,deposits,180\n");
  auto folder = feed.date("2025-01-01", files);
  EXPECT_FALSE(place.import_one(folder, 0).applied);
  auto report = place.import_one(folder, 1);
  EXPECT_TRUE(report.applied);
  EXPECT_EQ(report.rejects, 1);
  EXPECT_TRUE(report.totals[0].explained);
  EXPECT_EQ(count("SELECT count(*) FROM f_balances"), 2);
  Bank bank = place.open();
  auto rows = bank.store().query("SELECT tolerance, rejects FROM imports");
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].integer(0), 1);
  EXPECT_EQ(rows[0].integer(1), 1);
  EXPECT_EQ(bank.open_totals().size(), 1u);
}

TEST_P(Import, ToleranceCoversMissingFilesAndBrokenTotals) {
  Files files = opening("2025-01-01");
  files["ledger_totals.csv"] = ledger("HQ,2025-01-01,deposits,181\n");
  auto folder = feed.date("2025-01-01", files);
  EXPECT_FALSE(place.import_one(folder).applied);
  EXPECT_TRUE(place.import_one(folder, 1).applied);
  fs::remove(folder / "staff.csv");
  EXPECT_FALSE(place.import_one(folder, 0).applied);
  EXPECT_TRUE(place.import_one(folder, 2).applied);
}

TEST_P(Import, ReportsUnknownColumnsFilesAndDanglingReferences) {
  Files files = opening("2025-01-01");
  files["staff.csv"] = "staff_id,name,org_id,position,shoe\nM1,王一,B9,manager,42\n";
  files["balances.csv"] += "A9,2025-01-01,1\n";
  feed.more_files = R"(,"notes.csv":{"rows":1})";
  auto report = place.import_one(feed.date("2025-01-01", files));
  EXPECT_TRUE(report.applied);
  EXPECT_EQ(report.unknown_files, std::vector<std::string>{"notes.csv"});
  EXPECT_EQ(file(report, "staff.csv").unknown_columns, std::vector<std::string>{"shoe"});
  ASSERT_EQ(file(report, "staff.csv").dangling.size(), 1u);
  EXPECT_EQ(file(report, "staff.csv").dangling[0].examples[0].second, "B9");
  ASSERT_EQ(file(report, "balances.csv").dangling.size(), 1u);
  EXPECT_EQ(file(report, "balances.csv").dangling[0].examples[0], (std::pair<int, std::string>{5, "A9"}));
  EXPECT_TRUE(file(report, "accounts.csv").dangling.empty());
}

TEST_P(Import, EncodingsAndDelimitersGiveTheSameFacts) {  // INT-606
  place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  BankPlace other(GetParam());
  FeedWriter writer(other.feed());
  writer.encoding = "GB18030";
  writer.delimiter = "|";
  Files files;
  for (auto [name, text] : opening("2025-01-01")) {
    std::replace(text.begin(), text.end(), ',', '|');
    for (auto [utf8, gb] : std::initializer_list<std::pair<std::string, std::string>>{
             {"总行", "\xD7\xDC\xD0\xD0"},
             {"东支行", "\xB6\xAB\xD6\xA7\xD0\xD0"},
             {"西支行", "\xCE\xF7\xD6\xA7\xD0\xD0"},
             {"西分理处", "\xCE\xF7\xB7\xD6\xC0\xED\xB4\xA6"},
             {"王一", "\xCD\xF5\xD2\xBB"},
             {"李二", "\xC0\xEE\xB6\xFE"},
             {"甲", "\xBC\xD7"},
             {"乙", "\xD2\xD2"}})
      for (size_t at = text.find(utf8); at != std::string::npos; at = text.find(utf8))
        text.replace(at, utf8.size(), gb);
    files[name] = text;
  }
  ASSERT_TRUE(other.import_one(writer.date("2025-01-01", files)).applied);
  Bank a = place.open(), b = other.open();
  EXPECT_EQ(testing::active_rows(a.warehouse()), testing::active_rows(b.warehouse()));
}

TEST_P(Import, ImportingAgainReplaces) {  // INT-604 INT-605
  ASSERT_TRUE(place.import_one(feed.date("2025-01-01", opening("2025-01-01"))).applied);
  auto same = place.import_one(feed.root() / "2025-01-01");
  EXPECT_TRUE(same.applied);
  EXPECT_TRUE(same.replaced);
  EXPECT_EQ(same.import_id, 2);
  for (const FileReport& f : same.files) {
    EXPECT_EQ(f.unchanged, f.read) << f.file;
    EXPECT_EQ(f.applied, 0) << f.file;
  }
  Files files = opening("2025-01-01");
  files["balances.csv"] = "account_id,date,balance\nA1,2025-01-01,100\nA2,2025-01-01,51\n";  // A3 is gone
  files["ledger_totals.csv"] = ledger("HQ,2025-01-01,deposits,151\n");
  auto changed = place.import_one(feed.date("2025-01-01", files));
  EXPECT_TRUE(changed.applied);
  EXPECT_EQ(file(changed, "balances.csv").unchanged, 1);
  EXPECT_EQ(file(changed, "balances.csv").applied, 1);
  EXPECT_EQ(count("SELECT count(*) FROM imports WHERE replaced_at IS NOT NULL"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM f_balances"), 8);  // nothing is lost: known-at reads the former
  EXPECT_EQ(count("SELECT count(*) FROM imports a JOIN imports b ON a.replaced_at = b.applied_at"), 2);
  // What stands now follows from what is active.
  auto next =
      place.import_one(feed.date("2025-01-02", {{"balances.csv", balances("2025-01-02", "A1=100 A3=30")},
                                                {"ledger_totals.csv", ledger("HQ,2025-01-02,deposits,181\n")}}));
  EXPECT_TRUE(next.applied);
  EXPECT_EQ(file(next, "balances.csv").unchanged, 1);
}

TEST_P(Import, DailySnapshotsAreMarkedUnchanged) {
  place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  auto report = place.import_one(feed.date(
      "2025-01-02", {{"balances.csv", balances("2025-01-02", "A1=100 A2=60 A3=30")},
                     {"loan_states.csv",
                      "loan_id,date,balance,class,off_balance\nL1,2025-01-02,70,normal,false\n"
                      "L2,2025-01-02,20,loss,\n"},
                     {"staff.csv", "staff_id,name,org_id,position\nM1,王一,B1,manager\nM2,李二,B1,manager\n"}}));
  EXPECT_EQ(file(report, "balances.csv").unchanged, 2);
  EXPECT_EQ(file(report, "balances.csv").applied, 1);
  EXPECT_EQ(file(report, "loan_states.csv").unchanged, 1);
  EXPECT_EQ(file(report, "staff.csv").unchanged, 1);
  EXPECT_EQ(count("SELECT count(*) FROM f_balances WHERE NOT changed"), 2);
  EXPECT_EQ(count("SELECT count(*) FROM f_balances WHERE changed AND line = 3 AND import_id = 2"), 1);
}

TEST_P(Import, ALateDateUnmarksLaterBalances) {
  place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  place.import_one(feed.date("2025-01-03", {{"balances.csv", balances("2025-01-03", "A1=100 A2=50 A3=30")}}));
  EXPECT_EQ(count("SELECT count(*) FROM f_balances WHERE NOT changed"), 3);
  place.import_one(feed.date("2025-01-02", {{"balances.csv", balances("2025-01-02", "A1=110 A2=50")}}));
  EXPECT_EQ(count("SELECT count(*) FROM f_balances WHERE NOT changed"), 1);
  EXPECT_EQ(count("SELECT account FROM f_balances WHERE NOT changed"), 2);
}

std::map<std::string, Files> four_days() {
  return {
      {"2025-01-01", opening("2025-01-01")},
      {"2025-01-02",
       {{"balances.csv", balances("2025-01-02", "A1=120 A2=50")},
        {"ledger_totals.csv", ledger("HQ,2025-01-02,deposits,200\n")}}},
      {"2025-01-03",
       {{"accounts.csv",
         "account_id,customer_id,org_id,kind,opened_on\nA4,C2,B2,demand,2025-01-03\nA1,C1,B2,demand,2020-01-01\n"},
        {"balances.csv", balances("2025-01-03", "A4=7 A3=31")}}},
      {"2025-01-04",
       {{"balances.csv", balances("2025-01-04", "A1=121")},
        {"orgs.csv", "org_id,parent_id,name,kind,opened_on\nO2,B1,西分理处,outlet,\n"},
        {"ledger_totals.csv",
         ledger("HQ,2025-01-04,deposits,209\nB1,2025-01-04,deposits,81\nB2,2025-01-03,deposits,158\n")}}}};
}

TEST_P(Import, AnyOrderGivesTheSameFactsAndTotals) {
  for (auto& [day, files] : four_days()) feed.date(day, files);
  for (const DateReport& r : place.import({feed.root().string()})) EXPECT_TRUE(r.applied) << to_json(r).dump(1);
  Bank in_order = place.open();
  auto want = testing::active_rows(in_order.warehouse());
  EXPECT_TRUE(in_order.open_totals().empty());
  for (std::vector<int> order :
       {std::vector<int>{4, 3, 2, 1}, {1, 4, 3, 2}, {2, 4, 1, 3}, {3, 1, 4, 2}, {1, 3, 2, 4}}) {
    BankPlace other(GetParam());
    for (int n : order) {
      auto report = other.import_one(feed.root() / ("2025-01-0" + std::to_string(n)));
      EXPECT_TRUE(report.applied) << report.business_date
                                  << (report.totals.empty() ? "" : report.totals[0].reason);
    }
    Bank bank = other.open();
    EXPECT_EQ(testing::active_rows(bank.warehouse()), want);
    EXPECT_EQ(bank.open_totals(), std::vector<std::string>{}) << order[0] << order[1] << order[2] << order[3];
  }
}

TEST_P(Import, ALateDateThatBreaksATotalSaysSo) {
  place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  place.import_one(feed.date("2025-01-03", {{"balances.csv", balances("2025-01-03", "A1=101")},
                                            {"ledger_totals.csv", ledger("HQ,2025-01-03,deposits,181\n")}}));
  auto report = place.import_one(feed.date("2025-01-02", {{"balances.csv", balances("2025-01-02", "A2=55")}}));
  EXPECT_TRUE(report.applied);
  ASSERT_EQ(report.rejudged.size(), 1u);
  EXPECT_EQ(report.rejudged[0].before, TotalState::ok);
  EXPECT_EQ(report.rejudged[0].state, TotalState::broken);
  EXPECT_EQ(report.rejudged[0].found, 18600);
  Bank bank = place.open();
  EXPECT_EQ(bank.open_totals().size(), 1u);
}

TEST_P(Import, ADamagedOrLostStateFileIsMadeAnew) {
  place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  fs::path state = place.data() / "columns" / "import_state.bin";
  ASSERT_TRUE(fs::exists(state));
  std::fstream(place.data() / "columns" / "import_standings.bin", std::ios::binary | std::ios::in | std::ios::out)
      << "x";
  auto report = place.import_one(
      feed.date("2025-01-02", {{"balances.csv", balances("2025-01-02", "A1=100 A2=60")},
                               {"staff.csv", "staff_id,name,org_id,position\nM1,王一,B1,manager\n"},
                               {"ledger_totals.csv", ledger("HQ,2025-01-02,deposits,190\n")}}));
  EXPECT_TRUE(report.applied);
  EXPECT_EQ(file(report, "balances.csv").unchanged, 1);
  EXPECT_EQ(file(report, "staff.csv").unchanged, 1);
  fs::remove(state);
  report =
      place.import_one(feed.date("2025-01-03", {{"balances.csv", balances("2025-01-03", "A1=100 A2=61")},
                                                {"ledger_totals.csv", ledger("HQ,2025-01-03,deposits,191\n")}}));
  EXPECT_TRUE(report.applied);
  EXPECT_EQ(file(report, "balances.csv").unchanged, 1);
}

std::vector<std::string> everything(warehouse::Warehouse& db) {
  std::vector<std::string> out;
  for (auto& [table, rows] : testing::active_rows(db))
    for (auto& row : rows) out.push_back(table + ":" + row);
  using warehouse::Type;
  const Type text[] = {Type::text};
  for (const char* sql :
       {"SELECT CONCAT(import_id, business_date, applied_at, replaced_at) FROM imports ORDER BY import_id",
        "SELECT CONCAT(account, account_id) FROM account_keys ORDER BY account",
        "SELECT CONCAT(import_id, ' ', line, ' ', account, changed) FROM f_balances ORDER BY import_id, line",
        "SELECT CONCAT(import_id, ' ', line, found, state) FROM control_totals ORDER BY import_id, line"})
    db.scan(sql, text, [&](const warehouse::Chunk& c) {
      for (size_t r = 0; r < c.rows; ++r) out.emplace_back(c.columns[0].text[r]);
    });
  return out;
}

TEST_P(Import, ALostWarehouseIsSeenAndRebuilt) {
  for (auto& [day, files] : four_days()) feed.date(day, files);
  for (const char* n : {"3", "1", "4", "2", "1"}) place.import_one(feed.root() / ("2025-01-0" + std::string(n)));
  std::vector<std::string> want;
  {
    Bank bank = place.open();
    want = everything(bank.warehouse());
    drop_schema(bank.warehouse());
  }
  auto refused = Bank::open(place.data(), place.clock);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "bank.behind");
  EXPECT_NE(refused.error().hint.find("--rebuild"), std::string::npos);
  {
    Bank bank = place.open(true);
    auto status = Importer(bank).rebuild();
    ASSERT_TRUE(status.ok()) << status.error().text();
  }
  Bank bank = place.open();
  EXPECT_EQ(everything(bank.warehouse()), want);
}

TEST_P(Import, RebuildRefusesWhenALandedFileIsLost) {
  place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  fs::remove(place.data() / "landed" / "2025-01-01" / "1" / "balances.csv.zst");
  Bank bank = place.open(true);
  auto status = Importer(bank).rebuild();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, "bank.landed");
  EXPECT_EQ(warehouse::one_int(bank.warehouse(), "SELECT count(*) FROM f_balances"), 3);
}

TEST_P(Import, WhatACrashLeftIsMendedAndTold) {
  place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  fs::create_directories(place.data() / "landed" / "2025-01-02" / "2");
  {
    Bank bank = place.open();
    bank.store().exec("DELETE FROM imports");
  }
  Bank bank = place.open();
  ASSERT_EQ(bank.recovered().size(), 1u);
  EXPECT_EQ(bank.recovered()[0].code, "recovered.whole");
  EXPECT_EQ(bank.recovered()[0].business_date, "2025-01-01");
  EXPECT_EQ(bank.store().query("SELECT 1 FROM imports").size(), 1u);
}

TEST_P(Import, UnfinishedLandingsAreRemovedAndTold) {
  place.import_one(feed.date("2025-01-01", opening("2025-01-01")));
  fs::create_directories(place.data() / "landed" / "2025-01-02" / "2");
  fs::create_directories(place.data() / "landed" / "2025-01-01" / "2");
  Bank bank = place.open();
  ASSERT_EQ(bank.recovered().size(), 2u);
  std::map<std::string, std::string> told;
  for (const auto& r : bank.recovered()) told[r.business_date] = r.code;
  EXPECT_EQ(told["2025-01-02"], "recovered.absent");
  EXPECT_EQ(told["2025-01-01"], "recovered.former");
  EXPECT_FALSE(fs::exists(place.data() / "landed" / "2025-01-02"));
  EXPECT_TRUE(fs::exists(place.data() / "landed" / "2025-01-01" / "1"));
}

TEST_P(Import, FeedsAreFoundInOrder) {
  feed.date("2025-01-02", {});
  feed.date("2025-01-01", {});
  fs::create_directories(feed.root() / "notes");
  auto found = find_feeds({feed.root().string(), (feed.root() / "2025-01-02/").string()});
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 2u);
  EXPECT_EQ((*found)[0].name, "2025-01-01");
  EXPECT_EQ(find_feeds({(feed.root() / "nowhere").string()}).error().code, "feed.missing");
  EXPECT_EQ(find_feeds({(feed.root() / "notes").string()}).error().code, "feed.none");
  FeedWriter other(place.data().parent_path() / "other");
  other.date("2025-01-01", {});
  EXPECT_EQ(find_feeds({feed.root().string(), other.root().string()}).error().code, "feed.twice");
}

INSTANTIATE_TEST_SUITE_P(Engines, Import, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& i) { return i.param == store::Engine::sqlite ? "Embedded" : "Postgres"; });

}  // namespace
}  // namespace guanhu::feed
