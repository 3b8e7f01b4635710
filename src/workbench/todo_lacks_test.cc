// Duties of what people wrote: targets that fall behind the time, papers that lack.
#include "workbench/todo_lacks.h"

#include "customers/field.h"
#include "customers/outside.h"
#include "workbench/plan.h"
#include "workbench/todo_testing.h"

namespace guanhu::workbench {
namespace {

using base::Decimal;
using testing::on;
using testing::TodoBank;

constexpr const char* kPack = R"MD(# 规则
来源: 示例.txt 办法

## 第一条 目标

落后的目标要追赶。

```duty target-behind
title = "追赶目标：{最落后目标} 完成 {目标完成率}%，时间过去 {时间进度}%"
rules = ["PLN-001"]
for   = "manager"
where = "目标完成率 != null and 时间进度 != null and 目标完成率 < 时间进度 - 10"
due   = "目标止日"
who   = "本人"
```

## 第二条 资料

有贷款的客户资料要齐。

```duty missing-papers
title = "补齐客户资料：{客户名称} 缺{缺的资料}"
rules = ["CUS-609"]
for   = "customer"
where = '贷款余额 > 0 and 缺的资料 != ""'
due   = "季末(业务日期)"
who   = "客户经理"
```

## 第三条 外部查询

到期的外部查询要再查，授权到期的要重新签。

```duty query-again
title = "再查：{客户名称} {该再查}"
rules = ["INT-008", "INT-303"]
for   = "customer"
where = "该再查日 != null"
due   = "该再查日"
lead  = "7 天"
who   = "客户经理"
```

```duty consent-again
title = "重新签授权：{客户名称} {授权到期的} 的授权 {授权到期日} 到期"
rules = ["INT-005"]
for   = "customer"
where = "贷款余额 > 0 and 授权到期日 != null"
due   = "授权到期日"
lead  = "30 天"
who   = "客户经理"
```
)MD";

class TodoLacks : public TodoBank {
 protected:
  void SetUp() override {
    TodoBank::SetUp();
    if (IsSkipped()) return;
    const store::ModuleMigrations more[] = {{"intake", customers::intake_migrations()}};
    ASSERT_TRUE(store::migrate(store(), more, place_->clock).ok());
    write_pack(kPack);
  }

  static PlanItem target(const char* kind, const char* title, const char* what, int64_t value) {
    PlanItem out;
    out.kind = kind, out.title = title, out.target = Decimal(value);
    if (out.kind == "count") out.counted = what;
    else out.scheme = "sample/经营业绩", out.figure = what;
    return out;
  }
  void plan(const std::string& staff, const std::string& state, std::vector<PlanItem> items) {
    WorkPlan of;
    of.scope = "person", of.period = PlanPeriod::parse("2026-01").value(), of.items = std::move(items);
    records::Change change;
    change.record.kind = kWorkPlan, change.record.owner = staff, change.record.state = state;
    change.record.day = of.period.first, change.record.until = of.period.last;
    change.record.title = "计划", change.record.body = body_of(of), change.action = "plan.write";
    auto made = records::write(store(), change, {"x", place_->clock.now(), {}});
    ASSERT_TRUE(made.ok()) << made.error().text();
  }
  TodoRunReport run_with(const std::string& day, FigureOf figure) {
    today_ = on(day);
    directory_ = people::Directory::load(bank_->warehouse(), business_, std::nullopt);
    TodoRunAsk ask;
    ask.day = today_, ask.business = business_, ask.packs = {pack_}, ask.directory = &directory_;
    ask.calendar = calendar_, ask.figure = std::move(figure);
    return run_todos(bank_->warehouse(), store(), ask, doing("system"));
  }
};

// PLN-001: what was reached is held against the time, by the facts.
TEST_P(TodoLacks, TheTargetFurthestBehindIsAToDoUntilItIsCaughtUp) {
  plan("M1", "confirmed", {target("count", "走访", "visits", 10), target("figure", "存款", "存款余额", 200)});
  plan("M2", "submitted", {target("count", "走访", "visits", 10)});
  int64_t reached = 50;
  auto figure = [&](const std::string&, const std::string& name, const PlanPeriod& period, const std::string& of) {
    EXPECT_EQ(name, "存款余额");
    EXPECT_EQ(period.str(), "2026-01");
    EXPECT_EQ(of, "M1");
    return std::optional<Decimal>(Decimal(reached));
  };
  run_with("2026-01-05", figure);
  EXPECT_TRUE(all("target-behind").empty()) << "2 of 22 working days are gone: 9.1 %, within the tenth";
  run_with("2026-01-06", figure);
  ASSERT_EQ(all("target-behind").size(), 1u) << "what is not confirmed counts for nobody";
  run_with("2026-01-20", figure);
  auto made = all("target-behind");
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].title, "追赶目标：走访 完成 0%，时间过去 59.1%");
  EXPECT_EQ(made[0].assignee, "M1");
  EXPECT_EQ(made[0].due, on("2026-01-30")) << "the 31st is a Saturday";
  EXPECT_FALSE(run_with("2026-01-20", figure).changed());
}

TEST_P(TodoLacks, AFigureCountsAsTheAppraisalGivesIt) {
  plan("M1", "confirmed", {target("figure", "存款", "存款余额", 200)});
  std::optional<Decimal> reached = Decimal(50);
  auto figure = [&](const std::string&, const std::string&, const PlanPeriod&, const std::string&) {
    return reached;
  };
  run_with("2026-01-20", {});
  EXPECT_TRUE(all("target-behind").empty()) << "of what is not known nothing is said";
  run_with("2026-01-20", figure);
  ASSERT_EQ(all("target-behind").size(), 1u);
  EXPECT_EQ(all("target-behind")[0].title, "追赶目标：存款 完成 25%，时间过去 59.1%");
  reached = Decimal(200);
  EXPECT_EQ(run_with("2026-01-21", figure).closed, 1);
  EXPECT_TRUE(all("target-behind").empty());
}

// CUS-609: of the extract what it lacks, of the card what must be filled in.
TEST_P(TodoLacks, PapersThatLackAreAskedForUntilTheyAreThere) {
  run("2026-01-12");
  auto made = all("missing-papers");
  ASSERT_EQ(made.size(), 1u) << "only who has a loan";
  EXPECT_EQ(made[0].title, "补齐客户资料：兴旺公司 缺证件号码、联系电话、地址");
  EXPECT_EQ(made[0].assignee, "M1");
  EXPECT_EQ(made[0].due, on("2026-03-31"));
  customers::Field field;
  field.title = "经营面积", field.type = "text", field.of = "company", field.required = true;
  auto kept = customers::save_field(store(), field, "", {"x", place_->clock.now(), {}});
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  files_["customers.csv"] =
      "customer_id,kind,name,org_id,id_type,id_no,phone,address,born_on,opened_on\n"
      "C3,company,兴旺公司,B1,uscc,91350100M000100Y43,0591-8000000,东街 1 号,,2020-01-01\n";
  bring("2026-01-13");
  run("2026-01-14");
  made = all("missing-papers");
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].title, "补齐客户资料：兴旺公司 缺经营面积");
  store().exec("INSERT INTO customer_values (customer, field, place, value) VALUES ('C3', ?, 0, '大')",
               {kept->id});
  EXPECT_EQ(run("2026-01-14").closed, 1);
  EXPECT_TRUE(all("missing-papers").empty());
}

// CUS-609: a paper that ran out lacks like one that was never there; on its last day it holds.
TEST_P(TodoLacks, APaperThatRanOutLacksUntilThereIsANewOne) {
  files_["customers.csv"] =
      "customer_id,kind,name,org_id,id_type,id_no,phone,address,born_on,opened_on\n"
      "C3,company,兴旺公司,B1,uscc,91350100M000100Y43,0591-8000000,东街 1 号,,2020-01-01\n";
  bring("2026-01-12");
  customers::Field field;
  field.title = "执照到期日", field.type = "text", field.of = "company", field.expires = true;
  const records::Doing doing{"x", place_->clock.now(), {}};
  EXPECT_EQ(customers::save_field(store(), field, "", doing).error().code, "field.expires") << "a text has no day";
  field.type = "date";
  auto kept = customers::save_field(store(), field, "", doing);
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  EXPECT_TRUE(customers::field(store(), kept->id)->expires);
  run("2026-01-13");
  EXPECT_TRUE(all("missing-papers").empty()) << "nobody must fill it in";
  store().exec("INSERT INTO customer_values (customer, field, place, value) VALUES ('C3', ?, 0, '2026-01-13')",
               {kept->id});
  run("2026-01-13");
  EXPECT_TRUE(all("missing-papers").empty()) << "it is the last day";
  run("2026-01-14");
  auto made = all("missing-papers");
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].title, "补齐客户资料：兴旺公司 缺执照到期日（2026-01-13 已过）");
  store().exec("UPDATE customer_values SET value = '2031-01-13' WHERE customer = 'C3'", {});
  EXPECT_EQ(run("2026-01-14").closed, 1);
  EXPECT_TRUE(all("missing-papers").empty());
}

// INT-008 INT-303: seven days ahead, until the next query is written; a later one about another name does not
// count.
TEST_P(TodoLacks, AQueryIsAskedAgainUntilTheNewOneIsWritten) {
  customers::OutsideQuery query;
  query.customer = "C3", query.what = "法院执行", query.subject = "借款人", query.name = "兴旺公司";
  query.purpose = "贷后检查", query.result = "没有执行", query.day = on("2025-10-22");
  customers::QueryStanding standing;
  standing.until = on("2026-01-20"), standing.again = on("2026-01-20");
  const records::Doing doing{"x", place_->clock.now(), {}};
  auto write = [&] {
    auto made = customers::write_query(store(), query, standing, {0, 0, "M2", "B1"}, "", doing);
    ASSERT_TRUE(made.ok()) << made.error().text();
  };
  write();
  run("2026-01-12");
  EXPECT_TRUE(all("query-again").empty()) << "eight days ahead";
  run("2026-01-13");
  auto made = all("query-again");
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].title, "再查：兴旺公司 法院执行（兴旺公司）");
  EXPECT_EQ(made[0].due, on("2026-01-20"));
  EXPECT_EQ(made[0].assignee, "M1") << "who keeps the customer now, not who asked then";
  query.name = "王老板", query.day = on("2026-01-14"), standing.again = on("2026-04-14");
  write();
  EXPECT_EQ(run("2026-01-14").closed, 0);
  query.name = "兴旺公司";
  write();
  EXPECT_EQ(run("2026-01-14").closed, 1);
  EXPECT_TRUE(all("query-again").empty());
}

// INT-005: of consents that the customer gave the newest of each name counts.
TEST_P(TodoLacks, AConsentThatRunsOutIsSignedAnew) {
  customers::OutsideQuery query;
  query.customer = "C3", query.what = "企业征信", query.subject = "借款人", query.name = "兴旺公司";
  query.purpose = "贷前调查", query.result = "没有不良", query.consent = "S1", query.consent_on = on("2025-02-12");
  query.day = on("2025-02-12");
  customers::QueryStanding standing;
  standing.until = on("2025-03-14"), standing.consented = on("2026-02-12");
  const records::Doing doing{"x", place_->clock.now(), {}};
  ASSERT_TRUE(customers::write_query(store(), query, standing, {0, 0, "M1", "B1"}, "", doing).ok());
  run("2026-01-12");
  EXPECT_TRUE(all("consent-again").empty()) << "31 days ahead";
  run("2026-01-13");
  auto made = all("consent-again");
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].title, "重新签授权：兴旺公司 兴旺公司 的授权 2026-02-12 到期");
  EXPECT_TRUE(all("query-again").empty()) << "a credit report is asked for when it is needed";
  query.day = on("2026-01-13"), query.consent = "S2", query.consent_on = on("2026-01-13");
  standing.consented = on("2027-01-13");
  ASSERT_TRUE(customers::write_query(store(), query, standing, {0, 0, "M1", "B1"}, "", doing).ok());
  EXPECT_EQ(run("2026-01-13").closed, 1);
  EXPECT_TRUE(all("consent-again").empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, TodoLacks, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& engine) {
                           return engine.param == store::Engine::sqlite ? "sqlite" : "postgres";
                         });

}  // namespace
}  // namespace guanhu::workbench
