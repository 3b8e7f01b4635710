// For tests: a small bank on either engine, and a pack of duties beside the shared functions.
#pragma once
#include <gtest/gtest.h>

#include <fstream>

#include "appraisal/assess_plan.h"
#include "appraisal/deposit_ledger.h"
#include "appraisal/life.h"
#include "appraisal/pay_runs.h"
#include "appraisal/people_facts.h"
#include "attribution/register.h"
#include "customers/lead.h"
#include "customers/signal.h"
#include "customers/visit_device.h"
#include "feed/testing.h"
#include "people/logins.h"
#include "policy/life.h"
#include "policy/load.h"
#include "records/records.h"
#include "workbench/mail_settings.h"
#include "workbench/outbox.h"
#include "workbench/todo_facts.h"
#include "workbench/todo_run.h"
#include "workbench/todo_sources.h"
#include "workbench/training.h"

namespace guanhu::workbench::testing {

inline base::Date on(const std::string& text) { return base::Date::parse(text).value(); }

inline constexpr const char* kDuties = R"MD(# 待办规则
来源: 示例.txt 待办办法

## 第一条 存款到期

定期存款到期前三个工作日提醒，过一个工作日不办的报支行行长。

```duty deposit-maturity
title = "{客户名称}的定期存款 {到期日} 到期"
rules = ["MSG-002"]
for   = "account"
where = '种类 = "time" and 到期日 != null and 余额 > 0'
due   = "到期日"
lead  = "3 工作日"
who   = "主办客户经理"

[[escalate]]
after = "1 工作日"
to    = "支行行长"

[[escalate]]
after = "5 工作日"
to    = "行领导"
```

## 第二条 生日

客户生日当天祝贺，提前三天提醒。二月二十九日出生的，平年二月二十八日。

```function 第几个生日
title      = "那一年的生日"
parameters = """
出生日期: date
年: integer
"""
output  = "date"
formula = "月后(出生日期, 12 * (年 - 出生日期.year))"
```

```duty birthday
title = "{客户名称}生日"
rules = ["MSG-603"]
for   = "customer"
where = '客户类型 = "person" and 出生日期 != null'
due   = """
if 出生日期 = null then null
else if 第几个生日(出生日期, 业务日期.year) >= 业务日期 then 第几个生日(出生日期, 业务日期.year)
else 第几个生日(出生日期, 业务日期.year + 1)
"""
lead  = "3 天"
who   = "客户经理"
```

## 第三条 检查

余额五十万元以上的贷款每季检查一次，提前十五天。

```duty loan-check
title = "贷后检查：{客户名称} {余额} 元"
rules = ["PLM-012"]
for   = "loan"
where = "结清日期 = null and 余额 >= 500000"
due   = "季末(上次检查日期)"
lead  = "15 天"
who   = "主办客户经理"
```

## 第四条 贷款到期

贷款到期前二十天提醒，展期的按展期后的日子。

```duty loan-maturity
title = "贷款到期：{客户名称}"
rules = ["COL-005"]
for   = "loan"
where = "结清日期 = null"
due   = "if 展期到 = null then 到期日 else 展期到"
lead  = "20 天"
who   = "主办客户经理"
```
)MD";

class TodoBank : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (GetParam() == store::Engine::postgres && !store::testing::postgres_dsn())
      GTEST_SKIP() << store::testing::kNoPostgres;
    place_ = std::make_unique<feed::testing::BankPlace>(GetParam());
    feed_ = std::make_unique<feed::testing::FeedWriter>(place_->feed());
    place_->clock.set(*base::Instant::parse("2026-01-10T02:00:00Z"));
    write_first_day();
    bank_ = std::make_unique<feed::Bank>(open());
    bring("2026-01-09");
    write_pack(kDuties);
  }

  feed::Bank open() {
    feed::BankOptions options;
    options.wait_seconds = 0;
    options.migrations = {{"people", people::login_migrations()},
                          {"appraisal", appraisal::run_migrations()},
                          {"run_life", appraisal::life_migrations()},
                          {"assessment", appraisal::assessment_migrations()},
                          {"deposit", appraisal::deposit_migrations()},
                          {"people_facts", appraisal::people_migrations()},
                          {"pay", appraisal::pay_migrations()},
                          {"policy", policy::life_migrations()},
                          {"records", records::migrations()},
                          {"attribution", attribution::migrations()},
                          {"field", customers::visit_migrations()},
                          {"leads", customers::lead_migrations()},
                          {"signals", customers::signal_migrations()},
                          {"mail", mail_migrations()},
                          {"outbox", outbox_migrations()},
                          {"training", training_migrations()},
                          {"workbench", migrations()}};
    auto bank = feed::Bank::open(place_->data(), place_->clock, options);
    if (!bank.ok()) throw base::Broken(bank.error().text());
    return std::move(*bank);
  }

  void write_first_day() {
    files_ = {
        {"orgs.csv", "org_id,parent_id,name,kind,opened_on\nHQ,,总行,hq,\nB1,HQ,东街支行,branch,\n"},
        {"staff.csv",
         "staff_id,name,org_id,position\nM1,王一,B1,manager\nM2,李二,B1,manager\nH1,张行长,B1,branch_head\n"
         "E1,赵行长,HQ,executive\n"},
        {"customers.csv",
         "customer_id,kind,name,org_id,born_on,opened_on\nC1,person,孙三,B1,1980-03-05,2020-01-01\n"
         "C2,person,周四,B1,1992-02-29,2020-01-01\nC3,company,兴旺公司,B1,,2020-01-01\n"},
        {"accounts.csv",
         "account_id,customer_id,org_id,product,kind,currency,opened_on,matures_on,closed_on\n"
         "A1,C1,B1,定期,time,CNY,2025-01-24,2026-01-24,\nA2,C2,B1,活期,demand,CNY,2025-01-01,,\n"},
        {"balances.csv", "account_id,date,balance\nA1,2026-01-09,50000.00\nA2,2026-01-09,10.00\n"},
        {"loans.csv",
         "loan_id,contract_id,customer_id,org_id,product,kind,guarantee,principal,rate,issued_on,due_on,extended_"
         "to,"
         "settled_on\nL1,K1,C3,B1,流贷,working_capital,mortgage,800000.00,5.5,2025-06-01,2026-06-01,,\n"},
        {"loan_states.csv",
         "loan_id,date,balance,overdue_principal,overdue_interest,overdue_days,class,off_balance\n"
         "L1,2026-01-09,800000.00,0.00,0.00,0,normal,false\n"},
        {"assignments.csv",
         "subject_kind,subject_id,staff_id,role,share,valid_from,valid_to\ncustomer,C1,M1,main,1,2020-01-01,\n"
         "customer,C2,M2,main,1,2020-01-01,\ncustomer,C3,M1,main,1,2020-01-01,\n"}};
  }

  void bring(const std::string& day) {
    feed_->date(day, files_);
    for (const auto& report : place_->import(*bank_, {(feed_->root() / day).string()}))
      ASSERT_TRUE(report.applied) << feed::to_json(report).dump();
    business_ = on(day);
    files_.clear();
  }

  void write_pack(const std::string& text) {
    const auto root = place_->data().parent_path() / "policies";
    std::filesystem::create_directories(root / "t");
    std::filesystem::copy(
        std::filesystem::path(GUANHU_SOURCE_DIR) / "policies/common", root / "common",
        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
    std::ofstream(root / "t/pack.toml") << "id = \"t\"\ntitle = \"待办\"\nversion = \"1\"\nfrom = 2020-01-01\n"
                                           "imports = [\"common\"]\n[[sources]]\ndocument = \"示例.txt\"\n"
                                           "title = \"示例\"\n";
    std::ofstream(root / "t/待办.md") << text;
    auto pack = policy::open_pack(root, "t");
    ASSERT_TRUE(pack.ok()) << pack.error().text();
    pack_ = std::make_shared<const policy::Pack>(std::move(*pack));
  }

  TodoRunReport run(const std::string& day) {
    today_ = on(day);
    directory_ = people::Directory::load(bank_->warehouse(), business_, std::nullopt);
    TodoRunAsk ask;
    ask.day = today_, ask.business = business_, ask.packs = {pack_}, ask.directory = &directory_;
    ask.calendar = calendar_;
    ask.waiting = waiting_for_all(store(), directory_, today_);
    return run_todos(bank_->warehouse(), store(), ask, doing("system"));
  }

  TodoDoing doing(const std::string& login, const std::string& staff = "") {
    return {login, person_of(login, staff), place_->clock.now(), today_,
            [this](const std::string& action, const std::string& subject, base::Json) {
              told_.push_back(action + " " + subject);
            }};
  }

  std::vector<Todo> all(const std::string& duty = "", const std::string& state = "open") {
    std::vector<Todo> out;
    for (auto& one : todos(store(), {.state = state}))
      if (duty.empty() || (one.rule && one.rule->duty == duty)) out.push_back(std::move(one));
    return out;
  }
  std::string trace(int64_t id) {
    std::string out;
    for (const auto& event : todo_events(store(), id)) out += event.what + " ";
    return out;
  }
  store::Session& store() { return bank_->store(); }

  std::unique_ptr<feed::testing::BankPlace> place_;
  std::unique_ptr<feed::testing::FeedWriter> feed_;
  std::unique_ptr<feed::Bank> bank_;
  std::map<std::string, std::string> files_;
  base::Date business_, today_ = on("2026-01-10");
  BusinessCalendar calendar_;
  people::Directory directory_ = people::Directory::of({}, {});
  std::shared_ptr<const policy::Pack> pack_;
  std::vector<std::string> told_;
};

}  // namespace guanhu::workbench::testing
