// The facts of a small bank as decisions and pages see them, on both engines: figures, duplicates, relations,
// groups.
#include "customers/customer_known.h"

#include <gtest/gtest.h>

#include "customers/badcredit.h"
#include "customers/customer_ask.h"
#include "customers/group.h"
#include "customers/identity.h"
#include "customers/merge_find.h"
#include "customers/relation.h"
#include "customers/signal.h"
#include "feed/testing.h"
#include "policy/load.h"

namespace guanhu::customers {
namespace {

base::Date on(const char* text) { return *base::Date::parse(text); }

// C1 and C2 have one identity number; C3 and C4 one name and birthday; C5 and C6 one name, nothing else.
const std::map<std::string, std::string> kFeed = {
    {"orgs.csv",
     "org_id,parent_id,name,kind,opened_on\nHQ,,总行,hq,2000-01-01\nB1,HQ,东街支行,branch,2000-01-01\n"},
    {"customers.csv",
     "customer_id,kind,name,id_type,id_no,phone,address,area_code,org_id,is_farmer,born_on,opened_on,group_id\n"
     "C1,person,张三,,11010519491231002X,100001,东街1号,460323,B1,false,1949-12-31,2010-01-01,\n"
     "C2,person,张三丰,,11010519491231002X,100002,西街9号,460323,B1,false,1949-12-31,2015-01-01,\n"
     "C3,person,李四,,440524188001010014,100003,南街1号,460323,B1,true,1980-01-01,2012-01-01,\n"
     "C4,person,李四,,110105194912310021,100004,北街7号,460324,B1,true,1980-01-01,2013-01-01,\n"
     "C5,person,王五,,,,,460323,B1,false,1970-01-01,2011-01-01,\n"
     "C6,person,王五,,,,,460323,B1,false,1971-01-01,2011-01-01,\n"
     "C7,company,益农建材,,91350100M000100Y43,100007,工业路1号,460323,B1,false,,2011-01-01,G1\n"
     "C8,company,丰收农资,,,100008,工业路2号,460323,B1,false,,2012-01-01,G1\n"},
    {"relations.csv",
     "customer_id,related_id,kind,share,valid_from,valid_to\n"
     "C1,C3,spouse,,2001-01-01,\nC3,C1,spouse,,2001-01-01,\nC7,C3,shareholder,0.6,2011-01-01,\n"
     "C7,C5,guarantor,,2020-01-01,2021-01-01\nC8,C6,guarantor,,2020-01-01,\nC7,C8,controls,0.51,2012-01-01,\n"},
    {"accounts.csv",
     "account_id,customer_id,org_id,kind,opened_on\nA1,C1,B1,demand,2010-01-01\nA2,C2,B1,demand,2015-01-01\n"},
    {"balances.csv", "account_id,date,balance\nA1,2025-01-01,100.00\nA1,2025-12-01,400.00\nA2,2025-01-01,50.00\n"},
    {"loans.csv",
     "loan_id,customer_id,org_id,kind,principal,issued_on,due_on,settled_on\n"
     "L1,C3,B1,farmer_micro,1000.00,2024-01-01,2024-12-31,2024-12-20\n"
     "L2,C7,B1,working_capital,5000.00,2025-01-01,2025-06-30,\n"},
    {"loan_states.csv",
     "loan_id,date,balance,overdue_principal,overdue_interest,overdue_days,class\n"
     "L1,2024-12-20,0.00,0.00,0.00,0,normal\n"
     "L2,2025-01-01,5000.00,0.00,0.00,0,normal\nL2,2025-12-30,5000.00,5000.00,12.50,183,substandard\n"}};

class KnownTest : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    feed::testing::FeedWriter writer(place_.feed());
    auto report = place_.import_one(writer.date("2025-12-31", kFeed));
    ASSERT_TRUE(report.applied) << report.rejects;
    bank_ = std::make_unique<feed::Bank>(place_.open());
    const store::ModuleMigrations modules[] = {{"records", records::migrations()},
                                               {"customers", register_migrations()},
                                               {"signals", signal_migrations()}};
    ASSERT_TRUE(store::migrate(bank_->store(), modules, place_.clock).ok());
  }
  store::Session& store() { return bank_->store(); }
  warehouse::Warehouse& db() { return bank_->warehouse(); }
  Merges merges() { return Merges::load(store()); }
  void merge_two(const std::string& survivor, const std::string& absorbed) {
    MergeAsked asked{survivor, absorbed, "同一个人"};
    asked.two_persons = false;
    ASSERT_TRUE(propose_merge(store(), asked, {"zhang", place_.clock.now(), {}}).ok());
  }
  std::string of(const std::string& customer, const char* name) {
    const auto all =
        known_of(store(), db(), merges(), {customer}, {on("2025-12-31"), on("2026-01-05"), "东街支行", {}});
    const auto at = all.find(merges().canonical(customer));
    const base::Json* value = at == all.end() ? nullptr : known_value(at->second, name);
    return value ? value->dump() : "-";
  }

  feed::testing::BankPlace place_{GetParam()};
  std::unique_ptr<feed::Bank> bank_;
};
INSTANTIATE_TEST_SUITE_P(Engines, KnownTest, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& of) { return of.param == store::Engine::sqlite ? "sqlite" : "postgres"; });

TEST_P(KnownTest, FiguresOfTheDay) {
  EXPECT_EQ(of("nobody", "存款余额"), "-");
  EXPECT_EQ(of("C1", "存款余额"), "400");
  // 2025-10-01 to 12-31 are 92 days: 61 of 100 yuan, 31 of 400.
  EXPECT_EQ(of("C1", "近三月存款日均"), "201.09");
  EXPECT_EQ(of("C1", "曾有信贷关系"), "false");
  EXPECT_EQ(of("C1", "批复全部失效日期"), "-");
  EXPECT_EQ(of("C3", "曾有信贷关系"), "true");
  EXPECT_EQ(of("C3", "批复全部失效日期"), "\"2024-12-20\"");
  EXPECT_EQ(of("C3", "最差五级分类"), "-");
  EXPECT_EQ(of("C7", "客户性质"), "\"企业\"");
  EXPECT_EQ(of("C7", "最差五级分类"), "\"次级\"");
  EXPECT_EQ(of("C7", "逾期天数"), "183");
  EXPECT_EQ(of("C7", "挂息"), "true");
  EXPECT_EQ(of("C7", "拖欠不良本息"), "true");
  EXPECT_EQ(of("C7", "批复全部失效日期"), "-");
  EXPECT_EQ(of("C7", "现有关系机构"), "\"B1\"");
  // C5 stood surety, but no longer; C6 still does.
  EXPECT_EQ(of("C5", "仅作担保"), "false");
  EXPECT_EQ(of("C6", "仅作担保"), "true");
  EXPECT_EQ(of("C1", "不良信用名单命中"), "false");
  EXPECT_EQ(of("C1", "准入状态"), "\"未申请\"");
}

// INT-301: both sides of six months, and the unit, from approvals that the credit system sent.
TEST_P(KnownTest, ApprovalsOfTheCreditSystemCountBeforeLoans) {
  auto approval = [&](const char* key, const char* customer, const char* org, const char* day, const char* until) {
    store().exec(
        "INSERT INTO signals (system, key, does, customer, org, staff, day, level, data, state, keeper,"
        " received, first, batch, finding, done_at, done_by)"
        " VALUES ('cmis', ?, '准入', ?, ?, '', ?, '', ?, 'kept', '', '2026-01-05', 0, 1, '', '', '')",
        {key, customer, org, day, std::string("{\"until\": \"") + until + "\"}"});
  };
  auto pack = policy::open_pack(GUANHU_SOURCE_DIR "/policies", "rcb-first-loan-access");
  ASSERT_TRUE(pack.ok());
  const PackOf packs = [&](const std::string&, base::Date) { return std::make_shared<const policy::Pack>(*pack); };
  auto is_first = [&](const char* customer, const char* today) {
    const KnownOn day{on("2025-12-31"), on(today), "东街支行", {}};
    const auto all = known_of(store(), db(), merges(), {customer}, day);
    auto asked = ask(packs, {"rcb-first-loan-access/first-credit-customer", on(today)}, all.at(customer), {});
    return asked.ok() && asked->answer ? asked->part("首贷客户").dump() : asked.error().message;
  };
  EXPECT_EQ(of("C8", "曾有信贷关系"), "false");
  EXPECT_EQ(is_first("C8", "2026-01-05"), "true");
  approval("A1", "C8", "B1", "2024-01-01", "2025-07-05");
  EXPECT_EQ(of("C8", "曾有信贷关系"), "true");
  EXPECT_EQ(of("C8", "批复全部失效日期"), "\"2025-07-05\"");
  EXPECT_EQ(of("C8", "最早信贷机构"), "\"B1\"");
  EXPECT_EQ(of("C8", "现有关系机构"), "-");
  EXPECT_EQ(is_first("C8", "2026-01-05"), "false") << "six months to the day are not more than six";
  EXPECT_EQ(is_first("C8", "2026-01-06"), "true");
  approval("A2", "C8", "HQ", "2025-12-01", "2026-12-01");
  EXPECT_EQ(of("C8", "批复全部失效日期"), "-");
  EXPECT_EQ(of("C8", "现有关系机构"), "\"HQ\"");
  EXPECT_EQ(is_first("C8", "2026-01-06"), "false");
  // C3's loan is settled long since; an approval that ended later counts instead.
  approval("A3", "C3", "HQ", "2023-01-01", "2025-11-30");
  EXPECT_EQ(of("C3", "批复全部失效日期"), "\"2025-11-30\"");
  EXPECT_EQ(of("C3", "最早信贷机构"), "\"HQ\"");
}

TEST_P(KnownTest, WhatWasMergedCountsOnceUnderEitherNumber) {
  merge_two("C1", "C2");
  EXPECT_EQ(of("C1", "存款余额"), "450");
  EXPECT_EQ(of("C2", "存款余额"), "450");
  EXPECT_EQ(of("C2", "客户名称"), "\"张三\"");
  EXPECT_EQ(of("C1", "建档日期"), "\"2010-01-01\"");
}

TEST_P(KnownTest, CandidatesAreAlikeInMoreThanTheirName) {
  std::map<std::string, Likeness> found;
  for (const auto& one : find_candidates(db(), merges(), 1000)) found[one.one + one.other] = one.like;
  ASSERT_TRUE(found.contains("C1C2"));
  EXPECT_TRUE(found["C1C2"].number);
  EXPECT_FALSE(found["C1C2"].name);
  ASSERT_TRUE(found.contains("C3C4"));
  EXPECT_TRUE(found["C3C4"].name && found["C3C4"].birthday && !found["C3C4"].number);
  EXPECT_FALSE(found.contains("C5C6")) << "one name is no reason";
  merge_two("C1", "C2");
  for (const auto& one : find_candidates(db(), merges(), 1000)) EXPECT_NE(one.one + one.other, "C1C2");
}

TEST_P(KnownTest, RelationsAreSeenFromBothSidesOnce) {
  const auto of_c3 = relations_of(store(), db(), merges(), {"C3"});
  ASSERT_EQ(of_c3.size(), 2u) << "a marriage told from both sides is one";
  const auto graph = relation_graph(store(), db(), merges(), "C1", on("2025-12-31"), 2, 50);
  std::map<std::string, int> steps;
  for (const auto& node : graph.nodes) steps[node.id] = node.steps;
  EXPECT_EQ(steps, (std::map<std::string, int>{{"C1", 0}, {"C3", 1}, {"C7", 2}}));
  for (const auto& r : graph.relations)
    if (r.kind == "shareholder") EXPECT_EQ(r.share, 6'000);
  EXPECT_TRUE(relation_graph(store(), db(), merges(), "C7", on("2025-12-31"), 2, 2).cut);
  // Over since 2021; before that it was in force.
  auto near = [&](const char* day) {
    return relation_graph(store(), db(), merges(), "C5", on(day), 1, 50).nodes.size();
  };
  EXPECT_EQ(near("2021-01-01"), 2u);
  EXPECT_EQ(near("2021-01-02"), 1u);
}

TEST_P(KnownTest, TheFeedsGroupsHaveTheirMembers) {
  const auto groups = feed_groups(db(), merges());
  ASSERT_EQ(groups.size(), 1u);
  EXPECT_EQ(groups[0].members.size(), 2u);
  EXPECT_EQ(feed_groups(db(), merges(), {"C8"}).size(), 1u);
  EXPECT_TRUE(feed_groups(db(), merges(), {"C1"}).empty());
  EXPECT_FALSE(feed_group(db(), merges(), "G9"));
}

TEST_P(KnownTest, IdentityFindingsNeverShowANumber) {
  const auto found =
      identity_findings(db(), bank_->personal_key(), on("2025-12-31"), [](const std::string&) { return true; });
  std::map<std::string, std::string> codes;
  for (const auto& one : found) {
    for (const auto& flaw : one.flaws) codes[one.customer] += flaw.code + " ";
    EXPECT_EQ(one.masked.find("19491231"), std::string::npos);
  }
  EXPECT_EQ(codes["C3"], "born ");
  EXPECT_EQ(codes["C4"], "born check ");
  EXPECT_EQ(codes["C5"], "missing ");
  EXPECT_FALSE(codes.contains("C1"));
  EXPECT_FALSE(codes.contains("C7"));
}

// CUS-304: who is on the list is found by number of customer, by identity number, and through a merge.
TEST_P(KnownTest, TheListOfBadCreditIsHitByIdentityNumber) {
  const records::Doing doing{.login = "wang", .at = place_.clock.now()};
  auto file = records::keep_file(store(), "a.txt", "text/plain", "判决书", doing);
  ASSERT_TRUE(file.ok()) << file.error().text();
  BadCreditAsked asked;
  asked.entry.name = "张三", asked.entry.number = "11010519491231002x", asked.entry.cause = "court";
  asked.entry.reason = "失信", asked.entry.source = "公告", asked.entry.since = on("2026-01-02");
  asked.files = {file->digest}, asked.today = on("2026-01-01");
  EXPECT_EQ(list_bad_credit(store(), asked, bank_->personal_key(), doing).error().code, "bad.since");
  asked.entry.since = on("2026-01-01");
  auto listed = list_bad_credit(store(), asked, bank_->personal_key(), doing);
  ASSERT_TRUE(listed.ok()) << listed.error().text();
  EXPECT_EQ(listed->body.dump().find("19491231"), std::string::npos) << "the number lies sealed";
  EXPECT_EQ(bad_credit_hits(store(), db(), merges(), {"C2"}).size(), 1u);
  EXPECT_TRUE(bad_credit_hits(store(), db(), merges(), {"C3"}).empty());
  EXPECT_EQ(of("C1", "不良信用名单命中"), "true");
}

}  // namespace
}  // namespace guanhu::customers
