#include "workbench/notice_night.h"

#include "workbench/notice.h"
#include "workbench/outbox.h"
#include "workbench/todo_testing.h"

namespace guanhu::workbench::testing {

namespace {

constexpr const char* kSaid = R"MD(# 提醒
来源: 示例.txt 提醒办法

## 第一条 到期

定期存款到期前三天提醒客户和客户经理。

```notice deposit
title   = "存款到期"
rules   = ["MSG-002"]
for     = "account"
where   = '种类 = "time" and 到期日 != null'
when    = "if 到期日 = null then null else 天后(到期日, -3)"
to      = ["客户", "主办客户经理"]
channel = "sms"
text    = "{客户名称}的存款于 {到期日} 到期。"
```

## 第二条 书面

贷款到期前送通知书。

```notice loan
title   = "贷款到期"
rules   = ["COL-005"]
for     = "loan"
where   = "结清日期 = null"
when    = "天后(到期日, -20)"
to      = ["客户"]
channel = "letter"
text    = "{客户名称}的贷款于 {到期日} 到期。"
```
)MD";

class NoticeNight : public TodoBank {
 protected:
  void SetUp() override {
    TodoBank::SetUp();
    if (IsSkipped()) return;
    write_pack(kSaid);
    for (const char* staff : {"M1", "M2", "H1"})
      ASSERT_TRUE(
          people::add_login(store(), std::string("l") + staff, staff, {people::Role::manager}, place_->clock)
              .ok());
    OutChannel sms;
    sms.name = "短信", sms.kind = "sms", sms.url = "https://g/", sms.secret = "0123456789abcdef",
    sms.events = {"customer"};
    ASSERT_TRUE(save_out_channel(store(), key_, sms, doing("admin")).ok());
  }
  NoticeNightReport night(const std::string& day) {
    directory_ = people::Directory::load(bank_->warehouse(), business_, std::nullopt);
    today_ = on(day);
    return run_notices(bank_->warehouse(), store(), key_, {today_, business_, {pack_}, calendar_, &directory_},
                       doing("system"));
  }
  store::PersonalKey key_ = store::PersonalKey::make();
};
INSTANTIATE_TEST_SUITE_P(Engines, NoticeNight, ::testing::Values(store::Engine::sqlite, store::Engine::postgres));

}  // namespace

// MSG-002: the customer by a proposal with the name covered, the manager by a message with its article, each once.
TEST_P(NoticeNight, SaysOnceWhatIsDue) {
  EXPECT_EQ(night("2026-01-20").told, 0);  // due on the 21st
  EXPECT_EQ(unread_messages(store(), "M1"), 0);
  auto said = night("2026-01-21");
  EXPECT_EQ(said.told, 1);
  EXPECT_EQ(said.proposed, 1);
  EXPECT_EQ(said.failed, 0) << (said.problems.empty() ? "" : said.problems[0]);
  auto told = messages(store(), "M1", {});
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].text, "孙三的存款于 2026-01-24 到期。");
  EXPECT_EQ(told[0].article, "第一条");
  EXPECT_EQ(told[0].rules, "MSG-002");
  EXPECT_EQ(told[0].link, "/customers/C1");
  auto out = out_messages(store(), {});
  ASSERT_EQ(out.size(), 1u);
  EXPECT_EQ(out[0].state, "proposed");
  EXPECT_EQ(out[0].to, "C1");
  EXPECT_EQ(out[0].text, "孙*的存款于 2026-01-24 到期。");
  EXPECT_EQ(out[0].keeper, "M1");
  said = night("2026-01-21");
  EXPECT_EQ(said.told + said.proposed, 0);
}

TEST_P(NoticeNight, WhatANightMissedIsSaidByTheNextWithinAWeek) {
  night("2026-01-18");
  EXPECT_EQ(night("2026-01-25").told, 1);  // the 21st lies between
  EXPECT_EQ(night("2026-01-25").from, on("2026-01-25"));
}

TEST_P(NoticeNight, OlderThanAWeekIsOfNoUse) {
  night("2026-01-18");
  auto late = night("2026-01-28");
  EXPECT_EQ(late.from, on("2026-01-22"));
  EXPECT_EQ(late.told + late.proposed, 0);
}

// COL-005: a paper goes through the manager's hands.
TEST_P(NoticeNight, LettersAreHandedOverByTheManager) {
  EXPECT_EQ(night("2026-05-12").told, 1);
  EXPECT_EQ(messages(store(), "M1", {}).at(0).title, "请送达：贷款到期");
  EXPECT_TRUE(out_messages(store(), {}).empty());
}

// MSG-601: whoever has not said so by the day before the last is reminded, once a night.
TEST_P(NoticeNight, RemindsThoseWhoHaveNotReadANotice) {
  directory_ = people::Directory::load(bank_->warehouse(), business_, std::nullopt);
  AddressBook book(directory_, people::list_logins(store()), on("2026-01-10"));
  Notice of;
  of.title = "核对手机号", of.text = "自下月起。", of.importance = "normal", of.audience = {{"org", "B1", ""}};
  of.record.day = on("2026-01-01"), of.record.until = on("2026-03-01");
  of.must_know = true, of.know_by = on("2026-02-10");
  auto kept = save_notice(store(), of, false, book, doing("boss", "E1"));
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  auto notice = publish_notice(store(), kept->record.id, 1, {}, doing("boss", "E1"));
  ASSERT_TRUE(notice.ok());
  ASSERT_TRUE(know_notice(store(), *notice, doing("lM2", "M2")).ok());
  EXPECT_EQ(night("2026-02-08").reminded, 0);
  EXPECT_EQ(night("2026-02-09").reminded, 2);  // M1 and H1
  EXPECT_EQ(night("2026-02-09").reminded, 0);
  EXPECT_EQ(night("2026-02-12").reminded, 2);
  EXPECT_EQ(night("2026-03-02").reminded, 0);  // it is over
  EXPECT_EQ(unread_messages(store(), "M2"), 0);
}

}  // namespace guanhu::workbench::testing
