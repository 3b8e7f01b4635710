#include "workbench/mail.h"

#include <gtest/gtest.h>

#include "store/testing.h"
#include "workbench/message.h"
#include "workbench/notice.h"
#include "workbench/outbox.h"

namespace guanhu::workbench {

namespace {

using base::Date;
using base::Instant;
constexpr Instant kNoon{1'767'240'000'000'000};  // 2026-01-01T04:00:00Z, noon at the bank

people::Directory directory() {
  auto person = [](const char* id, const char* name, const char* org) {
    people::Staff of;
    of.id = id, of.name = name, of.org = org, of.position = "manager";
    return of;
  };
  auto left = person("E9", "走了", "B1");
  left.left = Date::parse("2025-06-30");
  return people::Directory::of(
      {{"HQ", "", "总行", "hq", {}, {}},
       {"B1", "HQ", "城关支行", "branch", {}, {}},
       {"B11", "B1", "西街分理处", "outlet", {}, {}}},
      {person("E1", "张敏", "B1"), person("E2", "李强", "B11"), person("E3", "王芳", "HQ"), left});
}

std::vector<people::Login> logins() {
  using people::Role;
  return {{"zm", "E1", {Role::manager}},
          {"lq", "E2", {Role::manager}},
          {"wf", "E3", {Role::business}},
          {"gone", "E9", {Role::manager}},
          {"off", "E2", {Role::manager}, false, true},
          {"root", "", {Role::administrator}}};
}

class Mail : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {
        {"records", records::migrations()}, {"mail", mail_migrations()}, {"outbox", outbox_migrations()}};
    base::FixedClock clock(kNoon);
    ASSERT_TRUE(store::migrate(*session_, all, clock).ok());
  }
  TodoDoing doing(const std::string& person, Instant at = kNoon) {
    return {person, person, at, Date(), [this](const std::string& action, const std::string&, base::Json detail) {
              said_.push_back(action + " " + detail.dump());
            }};
  }
  Letter draft(std::vector<Address> to, const char* subject = "月底对账", const char* text = "请核对西街的存款") {
    Letter of;
    of.to = std::move(to), of.subject = subject, of.text = text;
    return of;
  }
  base::Result<Letter> saved(const Letter& of, const std::string& person = "E1") {
    return save_draft(*session_, of, BankSettings::read(*session_), doing(person));
  }
  base::Result<Letter> sent(Letter of, const std::string& person = "E1", Instant at = kNoon) {
    auto kept = saved(of, person);
    if (!kept.ok()) return kept;
    return send_letter(*session_, kept->record.id, kept->record.version, book_, BankSettings::read(*session_),
                       doing(person, at));
  }
  static std::string code(const base::Result<Letter>& of) { return of.ok() ? "ok" : of.error().code; }
  std::vector<BoxRow> folder(const std::string& person, const std::string& name) {
    BoxFilter filter;
    filter.folder = name;
    return box(*session_, person, filter);
  }

  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
  people::Directory directory_ = directory();
  AddressBook book_{directory_, logins(), *Date::parse("2026-01-01")};
  std::vector<std::string> said_;
};
INSTANTIATE_TEST_SUITE_P(Engines, Mail, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& of) { return of.param == store::Engine::sqlite ? "sqlite" : "postgres"; });

const Address kLi{"person", "E2", "李强"}, kWang{"person", "E3", "王芳"};

}  // namespace

TEST_P(Mail, AddressesAreOfPeopleWhoCanRead) {
  using People = std::vector<std::string>;
  EXPECT_EQ(book_.people_of({"person", "E9", ""}).error().code, "mail.address");  // has left
  EXPECT_EQ(book_.people_of({"org", "B7", ""}).error().code, "mail.address");
  EXPECT_EQ(book_.people_of({"role", "executive", ""}).error().code, "mail.address");
  EXPECT_EQ(book_.people_of({"team", "1", ""}).error().where, "team:1");
  EXPECT_EQ(*book_.people_of({"org", "B1", ""}), (People{"E1", "E2"}));
  EXPECT_EQ(*book_.people_of({"org", "HQ", ""}), (People{"E1", "E2", "E3"}));
  EXPECT_EQ(*book_.people_of({"role", "manager", ""}), (People{"E1", "E2"}));
  EXPECT_EQ(*book_.people_of({"all", "", ""}), (People{"E1", "E2", "E3", "login:root"}));
  EXPECT_EQ(*book_.people_of(std::vector<Address>{kLi, {"org", "B1", ""}, kLi}), (People{"E2", "E1"}));
  EXPECT_TRUE(book_.meant({{"org", "B1", ""}}, "E2"));
  EXPECT_FALSE(book_.meant({{"org", "B11", ""}}, "E1"));
  EXPECT_FALSE(book_.meant({{"org", "HQ", ""}}, "login:root"));
}

TEST_P(Mail, WhatIsNotSent) {
  EXPECT_EQ(code(sent(draft({}))), "mail.to");
  EXPECT_EQ(code(sent(draft({kLi}, ""))), "mail.subject");
  EXPECT_EQ(code(saved(draft({kLi}, "两\n行"))), "mail.subject");
  EXPECT_EQ(code(sent(draft({kLi}, "空的", ""))), "mail.text");
  EXPECT_EQ(code(saved(draft({kLi}, "长", std::string(kLetterText + 1, 'a').c_str()))), "mail.text");
  EXPECT_EQ(code(saved(draft({kLi}, "正好", std::string(kLetterText, 'a').c_str()))), "ok");
  EXPECT_EQ(code(sent(draft({{"person", "E9", "走了"}}))), "mail.address");
  Letter away = draft({kLi});
  away.links = {{"page", "https://elsewhere", "看"}};
  EXPECT_EQ(code(saved(away)), "mail.link");
  away.links = {{"page", "//elsewhere", "看"}};
  EXPECT_EQ(code(saved(away)), "mail.link");
  Letter reply = draft({kLi});
  reply.reply_to = 77;
  EXPECT_EQ(code(saved(reply)), "mail.reply");
  ASSERT_TRUE(set_message_setting(*session_, "letter_people", "1", doing("root")).ok());
  EXPECT_EQ(code(sent(draft({kLi, kWang}))), "mail.people");
  EXPECT_EQ(code(sent(draft({kLi}))), "ok");
  // Nobody sends or throws away what another one drafts, or what he has not seen.
  auto mine = saved(draft({kLi}));
  EXPECT_EQ(code(send_letter(*session_, mine->record.id, 1, book_, BankSettings::read(*session_), doing("E3"))),
            "mail.unknown");
  EXPECT_EQ(discard_draft(*session_, mine->record.id, doing("E3")).error().code, "mail.unknown");
  EXPECT_EQ(code(send_letter(*session_, mine->record.id, 2, book_, BankSettings::read(*session_), doing("E1"))),
            "record.changed");
  EXPECT_EQ(folder("E2", "inbox").size(), 1u);
}

TEST_P(Mail, FilesWeighTogether) {
  ASSERT_TRUE(set_message_setting(*session_, "letter_bytes", "1048576", doing("root")).ok());
  const std::string half(600'000, 'a');
  Letter of = draft({kLi});
  for (const char* more : {"1", "2"}) {
    auto file = records::keep_file(*session_, std::string("a") + more + ".txt", "text/plain", half + more,
                                   {"E1", kNoon, {}});
    ASSERT_TRUE(file.ok()) << file.error().text();
    of.files.push_back(file->digest);
  }
  EXPECT_EQ(code(saved(of)), "mail.size");
  of.files.pop_back();
  auto went = sent(of);
  ASSERT_EQ(code(went), "ok");
  EXPECT_EQ(went->files.size(), 1u);
  EXPECT_EQ(records::records_with(*session_, of.files[0]), std::vector<int64_t>{went->record.id});
}

// MSG-602: a letter is with those who sent and got it, and the chain does not tell what it says.
TEST_P(Mail, IsSeenByThoseItConcernsOnly) {
  Letter of = draft({kLi});
  of.cc = {kWang};
  auto went = sent(of);
  ASSERT_EQ(code(went), "ok");
  const int64_t id = went->record.id;
  EXPECT_TRUE(letter_for(*session_, id, "E1") && letter_for(*session_, id, "E2") &&
              letter_for(*session_, id, "E3"));
  EXPECT_FALSE(letter_for(*session_, id, "login:root"));
  ASSERT_EQ(said_.size(), 1u);
  EXPECT_EQ(said_[0], R"(letter.send {"to": 1, "cc": 1, "files": 0})");
  // What the writer struck out is in no version of what the others have.
  EXPECT_EQ(records::versions(*session_, id).size(), 1u);
  EXPECT_TRUE(drafts_of(*session_, "E1").empty());
  EXPECT_EQ(folder("E1", "sent").size(), 1u);
  EXPECT_EQ(folder("E2", "inbox").at(0).how, "to");
  EXPECT_EQ(folder("E3", "inbox").at(0).how, "cc");
  EXPECT_EQ(folder("E2", "inbox").at(0).excerpt, "请核对西街的存款");
  // Found by its words, by those who have it.
  auto found = [&](const std::string& person) {
    const std::string kinds[] = {"letter"};
    return records::search(*session_, "西街", kinds,
                           [&](const records::Record& one) { return has_letter(*session_, one.id, person); })
        .size();
  };
  EXPECT_EQ(found("E2"), 1u);
  EXPECT_EQ(found("login:root"), 0u);
}

TEST_P(Mail, ReadFoldersAndStars) {
  const int64_t id = sent(draft({kLi, kWang}))->record.id;
  EXPECT_EQ(unread_letters(*session_, "E2"), 1);
  EXPECT_EQ(receipts_of(*session_, id).at(0).read_at, "");
  Mark mark;
  mark.folder = "bin";
  EXPECT_EQ(mark_letter(*session_, id, "E2", mark, doing("E2")).error().code, "mail.folder");
  mark.folder = "";
  mark.read = true;
  EXPECT_EQ(mark_letter(*session_, id, "login:root", mark, doing("root")).error().code, "mail.unknown");
  ASSERT_TRUE(mark_letter(*session_, id, "E2", mark, doing("E2")).ok());
  ASSERT_TRUE(mark_letter(*session_, id, "E2", mark, doing("E2", {kNoon.micros + 60'000'000})).ok());
  EXPECT_EQ(unread_letters(*session_, "E2"), 0);
  EXPECT_EQ(receipts_of(*session_, id).at(0).read_at, kNoon.str());  // the first time counts
  EXPECT_EQ(receipts_of(*session_, id).at(1).read_at, "");
  mark = {};
  mark.starred = true, mark.folder = "archived";
  ASSERT_TRUE(mark_letter(*session_, id, "E2", mark, doing("E2")).ok());
  EXPECT_TRUE(folder("E2", "inbox").empty());
  EXPECT_EQ(folder("E2", "archived").size(), 1u);
  EXPECT_EQ(folder("E2", "starred").size(), 1u);
  mark = {};
  mark.folder = "inbox";
  ASSERT_TRUE(mark_letter(*session_, id, "E2", mark, doing("E2")).ok());
  EXPECT_EQ(folder("E2", "inbox").size(), 1u);
}

TEST_P(Mail, Threads) {
  Letter first = draft({kLi});
  first.cc = {kWang, {"person", "E1", "张敏"}};
  const auto one = *sent(first);
  Letter all = answer_to(one, "E2", "李强", "张敏", "reply_all");
  EXPECT_EQ(all.subject, "回复：月底对账");
  EXPECT_EQ(all.to, (std::vector<Address>{{"person", "E1", "张敏"}}));
  EXPECT_EQ(all.cc, std::vector<Address>{kWang});  // neither oneself nor the sender once more
  EXPECT_NE(all.text.find("> 请核对西街的存款"), std::string::npos);
  EXPECT_TRUE(answer_to(one, "E2", "李强", "张敏", "reply").cc.empty());
  EXPECT_EQ(answer_to(one, "E1", "张敏", "张敏", "reply").to, std::vector<Address>{kLi});
  const auto two = *sent(all, "E2");
  EXPECT_EQ(two.thread, one.record.id);
  EXPECT_EQ(answer_to(two, "E1", "张敏", "李强", "reply").subject, "回复：月底对账");
  BoxFilter filter;
  filter.thread = one.record.id;
  EXPECT_EQ(box(*session_, "E1", filter).size(), 2u);
  // Handed on to somebody else it is another conversation.
  Letter on = answer_to(two, "E1", "张敏", "李强", "forward");
  on.to = {{"person", "login:root", "root"}};
  const auto three = *sent(on);
  EXPECT_EQ(three.thread, three.record.id);
  filter.thread = three.thread;
  EXPECT_EQ(box(*session_, "login:root", filter).size(), 1u);
  EXPECT_FALSE(letter_for(*session_, one.record.id, "login:root"));
}

TEST_P(Mail, Recall) {
  const int64_t id = sent(draft({kLi, kWang}))->record.id;
  Mark read;
  read.read = true;
  ASSERT_TRUE(mark_letter(*session_, id, "E2", read, doing("E2")).ok());
  EXPECT_EQ(recall_letter(*session_, id, "发错了", doing("E2")).error().code, "mail.unknown");
  EXPECT_EQ(recall_letter(*session_, id, "", doing("E1")).error().code, "todo.reason");
  EXPECT_EQ(*recall_letter(*session_, id, "发错了", doing("E1")), 1);
  EXPECT_EQ(recall_letter(*session_, id, "发错了", doing("E1")).error().code, "mail.recalled");
  EXPECT_TRUE(folder("E3", "inbox").empty());
  EXPECT_FALSE(letter_for(*session_, id, "E3"));
  EXPECT_EQ(letter_for(*session_, id, "E2")->recall_why, "发错了");
  EXPECT_FALSE(folder("E2", "inbox").at(0).recalled_at.empty());
  EXPECT_TRUE(receipts_of(*session_, id).at(1).gone);
}

TEST_P(Mail, OldOnesLeaveUnlessStarred) {
  ASSERT_TRUE(set_message_setting(*session_, "keep_days", "30", doing("root")).ok());
  ASSERT_TRUE(sent(draft({kLi})).ok());
  const int64_t starred = sent(draft({kLi}))->record.id;
  Mark star;
  star.starred = true;
  ASSERT_TRUE(mark_letter(*session_, starred, "E2", star, doing("E2")).ok());
  const auto settings = BankSettings::read(*session_);
  auto after = [](int64_t seconds) { return Instant{kNoon.micros + seconds * 1'000'000}; };
  EXPECT_EQ(expire_letters(*session_, settings, after(30 * 86'400)), 0);
  EXPECT_EQ(expire_letters(*session_, settings, after(30 * 86'400 + 1)), 3);  // two sent, one received
  EXPECT_EQ(folder("E2", "inbox").size(), 1u);
}

TEST_P(Mail, OwnGroups) {
  auto save = [&](MailGroup of) {
    auto done = save_group(*session_, "E1", of, book_, doing("E1"));
    return done.ok() ? std::to_string(done->id) : done.error().code;
  };
  EXPECT_EQ(save({0, "", {kLi}}), "mail.group.name");
  EXPECT_EQ(save({0, "信贷", {}}), "mail.group.members");
  EXPECT_EQ(save({0, "信贷", {{"group", "1", "x"}}}), "mail.group.members");
  EXPECT_EQ(save({7, "信贷", {kLi}}), "mail.group.unknown");
  const std::string id = save({0, "信贷", {kLi, {"org", "HQ", ""}}});
  EXPECT_EQ(save({0, "信贷", {kLi}}), "mail.group.name");
  ASSERT_EQ(mail_groups(*session_, "E1").size(), 1u);
  EXPECT_EQ(mail_groups(*session_, "E1")[0].members[1].name, "总行");
  EXPECT_TRUE(mail_groups(*session_, "E2").empty());
  AddressBook with(directory_, logins(), *Date::parse("2026-01-01"));
  with.add_group(id, "信贷", mail_groups(*session_, "E1")[0].members);
  EXPECT_EQ(with.people_of(std::vector<Address>{{"group", id, ""}})->size(), 3u);
  EXPECT_FALSE(remove_group(*session_, "E2", std::stoll(id)).ok());
  EXPECT_TRUE(remove_group(*session_, "E1", std::stoll(id)).ok());
}

TEST_P(Mail, PreferencesAndQuietHours) {
  MessagePreferences of;
  auto keep = [&] {
    auto done = keep_preferences(*session_, "E1", of, doing("E1"));
    return done.ok() ? std::string("kept") : done.error().code;
  };
  of.ways = {{"rain", {"app"}}};
  EXPECT_EQ(keep(), "preference.event");
  of.ways = {{"customer", {"app"}}};
  EXPECT_EQ(keep(), "preference.event");
  of.ways = {{"letter", {"pigeon"}}};
  EXPECT_EQ(keep(), "preference.way");
  of.ways = {{"notice_due", {"channel"}}};
  EXPECT_EQ(keep(), "preference.demanded");
  of.ways = {{"letter", {}}};
  of.quiet_from = "22:00";
  EXPECT_EQ(keep(), "preference.quiet");
  of.quiet_to = "24:00";
  EXPECT_EQ(keep(), "preference.quiet");
  of.quiet_to = "07:00", of.let_substitute = true;
  ASSERT_EQ(keep(), "kept");
  of = preferences_of(*session_, "E1");
  EXPECT_TRUE(of.let_substitute && of.quiet_to == "07:00");
  EXPECT_FALSE(of.reaches(*message_event("letter"), "app"));
  EXPECT_TRUE(of.reaches(*message_event("notice"), "app"));
  of.ways["rule"] = {"mail"};
  EXPECT_TRUE(of.reaches(*message_event("rule"), "app"));  // whatever is kept: a rule asks for it

  BusinessCalendar calendar;
  const auto bank = BankSettings::read(*session_);
  auto leaves = [&](const char* at) { return after_quiet(*Instant::parse(at), of, bank, calendar).str(); };
  EXPECT_EQ(leaves("2026-01-05T21:59:59+08:00"), "2026-01-05T13:59:59Z");
  EXPECT_EQ(leaves("2026-01-05T22:00:00+08:00"), "2026-01-05T23:00:00Z");
  EXPECT_EQ(leaves("2026-01-06T06:59:00+08:00"), "2026-01-05T23:00:00Z");
  EXPECT_EQ(leaves("2026-01-06T07:00:00+08:00"), "2026-01-05T23:00:00Z");
  of.working_days = true;  // the 9th is a Friday
  EXPECT_EQ(leaves("2026-01-09T22:30:00+08:00"), "2026-01-11T23:00:00Z");
  EXPECT_EQ(leaves("2026-01-10T12:00:00+08:00"), "2026-01-11T23:00:00Z");
}

TEST_P(Mail, SettingsAreWithinBounds) {
  for (auto [name, value] : {std::pair("rain", "1"),
                             {"attempts", "0"},
                             {"attempts", "51"},
                             {"attempts", "x"},
                             {"quiet_from", "9:00"},
                             {"inside", "10.0.0.1 http://x?"},
                             {"keep_days", "-1"}})
    EXPECT_FALSE(set_message_setting(*session_, name, value, doing("root")).ok()) << name << " " << value;
  EXPECT_TRUE(set_message_setting(*session_, "attempts", "50", doing("root")).ok());
  EXPECT_TRUE(set_message_setting(*session_, "inside", "10.0.0.1\ngw.bank.local", doing("root")).ok());
  const auto settings = BankSettings::read(*session_);
  EXPECT_EQ(settings.number("attempts"), 50);
  EXPECT_EQ(settings.inside(), (std::vector<std::string>{"10.0.0.1", "gw.bank.local"}));
  EXPECT_EQ(settings.changed("attempts")->by, "root");
  EXPECT_FALSE(settings.changed("keep_days"));
}

TEST_P(Mail, MessagesComeOnceAndByTheWaysWished) {
  store::PersonalKey key = store::PersonalKey::make();
  OutChannel gateway;
  gateway.name = "网关", gateway.kind = "webhook", gateway.url = "https://g/", gateway.secret = "0123456789abcdef";
  gateway.events = {"rule"};
  ASSERT_TRUE(save_out_channel(*session_, key, gateway, doing("root")).ok());
  MessagePreferences all;
  all.ways = {{"rule", {"app", "mail", "channel"}}};
  ASSERT_TRUE(keep_preferences(*session_, "E1", all, doing("E1")).ok());
  const auto settings = BankSettings::read(*session_);
  BusinessCalendar calendar;
  auto tell = [&](const char* person) {
    bool told = false;
    session_->transaction([&] {
      MessageAsk ask;
      ask.key = "rule:p/n|loan|L1|2026-01-01", ask.event = "rule", ask.person = person, ask.title = "贷款到期";
      ask.text = "王小明的贷款到期", ask.link = "/customers/C1";
      told = tell_person({*session_, key, settings, calendar, doing("system")}, ask);
    });
    return told;
  };
  EXPECT_TRUE(tell("E1"));
  EXPECT_FALSE(tell("E1"));
  EXPECT_TRUE(tell("E2"));
  EXPECT_EQ(unread_messages(*session_, "E1"), 1);
  EXPECT_EQ(folder("E1", "inbox").at(0).sender, "system");
  EXPECT_TRUE(folder("E2", "inbox").empty());
  ASSERT_EQ(out_messages(*session_, {}).size(), 1u);
  EXPECT_EQ(out_messages(*session_, {})[0].text, "请登录系统查看。");
  EXPECT_EQ(read_messages(*session_, "E2", messages(*session_, "E1", {})[0].id, kNoon), 0);
  EXPECT_EQ(read_messages(*session_, "E1", 0, kNoon), 1);
  EXPECT_EQ(unread_messages(*session_, "E1"), 0);
}

}  // namespace guanhu::workbench
