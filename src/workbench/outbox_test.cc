#include "workbench/outbox.h"

#include <gtest/gtest.h>

#include <map>

#include "base/digest.h"
#include "base/json.h"
#include "store/testing.h"
#include "workbench/outbox_format.h"

namespace guanhu::workbench {

namespace {

using base::Instant;
constexpr Instant kNoon{1'767'240'000'000'000};  // 2026-01-01T04:00:00Z, noon at the bank

class Outbox : public ::testing::TestWithParam<store::Engine> {
 protected:
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {{"mail", mail_migrations()}, {"outbox", outbox_migrations()}};
    base::FixedClock clock(kNoon);
    ASSERT_TRUE(store::migrate(*session_, all, clock).ok());
  }
  TodoDoing doing(Instant at = kNoon) {
    return {"boss", "E1", at, {}, [this](const std::string& action, const std::string& subject, base::Json) {
              said_.push_back(action + " " + subject);
            }};
  }
  OutChannel channel(const char* kind = "webhook", const char* event = "rule") {
    OutChannel of;
    of.name = std::string("to ") + kind, of.kind = kind,
    of.url = "https://gateway.example.cn/send?key=abc&access_token=t";
    of.secret = "0123456789abcdef", of.events = {event};
    return of;
  }
  OutChannel saved(const OutChannel& of) {
    auto out = save_out_channel(*session_, key_, of, doing());
    EXPECT_TRUE(out.ok()) << out.error().text();
    return *out;
  }
  OutAsk ask(const std::string& key = "one", const char* to_kind = "staff") {
    OutAsk of;
    of.event = std::string(to_kind) == "customer" ? "customer" : "rule", of.key = key, of.to_kind = to_kind;
    of.to = "C1", of.to_name = "王小明", of.phone = key_.seal("13812345678");
    of.title = "王小明到期", of.text = "王小明的存款", of.masked_title = "王**到期", of.masked_text = "王**的存款";
    return of;
  }
  int64_t put(const OutAsk& of, Instant at = kNoon) {
    int64_t made = 0;
    session_->transaction([&] { made = put_out(*session_, key_, of, doing(at)); });
    return made;
  }
  std::string refused(const base::Result<OutMessage>& of) { return of.ok() ? of->state : of.error().code; }
  std::optional<OutMessage> take(int64_t seconds) { return take_out(*session_, later(seconds), 60); }
  static Instant later(int64_t seconds) { return {kNoon.micros + seconds * 1'000'000}; }
  std::string finish(const OutMessage& of, OutResult result, int64_t seconds) {
    return finish_out(*session_, of, result, BankSettings::read(*session_), later(seconds));
  }
  static OutResult http(int status, std::string answer = "") {
    OutResult of;
    of.status = status, of.answer = std::move(answer);
    return of;
  }
  static OutResult failed(const char* code) {
    OutResult of;
    of.error_code = code, of.error = "no";
    return of;
  }

  store::testing::Place place_{GetParam()};
  std::unique_ptr<store::Session> session_;
  store::PersonalKey key_ = store::PersonalKey::make();
  std::vector<std::string> said_;
};
INSTANTIATE_TEST_SUITE_P(Engines, Outbox, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& of) { return of.param == store::Engine::sqlite ? "sqlite" : "postgres"; });

}  // namespace

TEST_P(Outbox, ChannelsThatAreRefused) {
  auto code = [&](auto change, const char* kind = "webhook", const char* event = "rule") {
    OutChannel of = channel(kind, event);
    change(of);
    auto out = save_out_channel(*session_, key_, of, doing());
    return out.ok() ? "saved" : out.error().code + " " + out.error().where;
  };
  EXPECT_EQ(code([](auto& of) { of.name = ""; }), "outbox.name name");
  EXPECT_EQ(code([](auto& of) { of.kind = "fax"; }), "outbox.kind kind");
  EXPECT_EQ(code([](auto& of) { of.url = "ftp://a"; }), "outbox.url url");
  EXPECT_EQ(code([](auto& of) { of.url = "https://a/?x=1"; }, "wecom", "notice_group"), "outbox.url url");
  EXPECT_EQ(code([](auto& of) { of.url = "https://a/?key=1"; }, "dingtalk", "notice_group"), "outbox.url url");
  EXPECT_EQ(code([](auto& of) { of.secret = "0123456789abcde"; }), "outbox.secret secret");
  EXPECT_EQ(code([](auto& of) { of.text = "{title} {password}"; }), "outbox.template text");
  EXPECT_EQ(code([](auto& of) { of.events = {}; }), "outbox.events events");
  EXPECT_EQ(code([](auto& of) { of.events = {"rain"}; }), "outbox.events events");
  EXPECT_EQ(code([](auto&) {}, "wecom", "rule"), "outbox.events events");
  EXPECT_EQ(code([](auto&) {}, "sms", "notice_group"), "outbox.events events");
  EXPECT_TRUE(said_.empty());
  EXPECT_EQ(code([](auto&) {}), "saved");
  EXPECT_EQ(code([](auto&) {}), "outbox.name name");  // taken
  EXPECT_EQ(said_.size(), 1u);
}

TEST_P(Outbox, WhatAChannelKeepsSecretLiesSealed) {
  OutChannel of = saved(channel());
  const auto row = session_->query("SELECT url, secret FROM outbox_channels")[0];
  EXPECT_TRUE(store::PersonalKey::is_sealed(row.text(0)) && store::PersonalKey::is_sealed(row.text(1)));
  EXPECT_EQ(covered_url(of.url), "https://gateway.example.cn/…?key=****&access_token=****");
  // Whoever changes the words need not know it; whoever saw an older version is told.
  OutChannel next = of;
  next.url = next.secret = "", next.text = "{text}";
  EXPECT_EQ(saved(next).url, of.url);
  auto late = save_out_channel(*session_, key_, next, doing());
  EXPECT_EQ(late.ok() ? "saved" : late.error().code, "outbox.changed");
}

TEST_P(Outbox, OneOccasionIsPutInOnceAChannel) {
  saved(channel("webhook"));
  saved(channel("email"));
  OutChannel off = channel("sms");
  off.on = false;
  saved(off);
  EXPECT_EQ(put(ask()), 2);
  EXPECT_EQ(put(ask()), 0);
  EXPECT_EQ(put(ask("two")), 2);
  auto all = out_messages(*session_, {});
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0].text, "王**的存款");  // masked unless the channel says otherwise
  EXPECT_EQ(all[0].phone, "");
}

TEST_P(Outbox, CustomersNeedAPersonAndTheirConsent) {
  OutChannel sms = channel("sms", "customer");
  sms.consent = sms.full = true;
  saved(sms);
  put(ask("a", "customer"));
  const int64_t id = out_messages(*session_, {})[0].id;
  EXPECT_EQ(out_messages(*session_, {})[0].state, "proposed");
  EXPECT_FALSE(take(0));
  EXPECT_EQ(refused(release_out(*session_, 999, doing())), "outbox.unknown");
  EXPECT_EQ(refused(release_out(*session_, id, doing())), "outbox.consent");
  EXPECT_EQ(keep_consent(*session_, "C1", true, "", doing()).error().code, "outbox.consent.note");
  EXPECT_EQ(keep_consent(*session_, "C1", false, "没有", doing()).error().code, "outbox.consent.same");
  ASSERT_TRUE(keep_consent(*session_, "C1", true, "柜面书面同意", doing()).ok());
  EXPECT_EQ(refused(release_out(*session_, id, doing())), "waiting");
  EXPECT_EQ(refused(release_out(*session_, id, doing())), "outbox.state");
  auto of = take(0);
  ASSERT_TRUE(of);
  EXPECT_EQ(of->text, "王小明的存款");
  EXPECT_EQ(key_.open(of->phone), "13812345678");
  // Released by the bank itself: only with the consent.
  ASSERT_TRUE(set_message_setting(*session_, "sms_auto", "1", doing()).ok());
  put(ask("b", "customer"));
  EXPECT_EQ(out_messages(*session_, {})[0].state, "waiting");
  ASSERT_TRUE(keep_consent(*session_, "C1", false, "电话撤回", doing()).ok());
  put(ask("c", "customer"));
  EXPECT_EQ(out_messages(*session_, {})[0].state, "proposed");
}

TEST_P(Outbox, TriesAgainEverLaterThenGivesUp) {
  ASSERT_TRUE(set_message_setting(*session_, "attempts", "3", doing()).ok());
  saved(channel());
  put(ask());
  auto settings = BankSettings::read(*session_);
  int64_t now = 0;
  for (int n = 1; n <= 3; ++n) {
    auto of = take(now);
    ASSERT_TRUE(of) << n;
    EXPECT_EQ(of->tries, n);
    EXPECT_FALSE(take(now));  // it is taken
    EXPECT_EQ(finish(*of, n == 2 ? failed("http.timeout") : http(500), now), n < 3 ? "again" : "dead");
    const int64_t wait = out_wait(of->key, n, settings), plain = 30 << (n - 1);
    EXPECT_TRUE(wait >= plain * 8 / 10 && wait <= plain * 12 / 10) << wait;
    if (n == 3) break;
    EXPECT_FALSE(take(now + wait - 1));
    now += wait;
  }
  const auto dead = out_messages(*session_, {})[0];
  EXPECT_EQ(dead.state, "dead");
  EXPECT_FALSE(next_out(*session_));
  auto history = out_attempts(*session_, dead.id);
  ASSERT_EQ(history.size(), 3u);
  EXPECT_EQ(history[1].error, "no");
  EXPECT_EQ(history[2].error, "HTTP 500");
  // A person asks for it once more: it begins anew, under the same key.
  EXPECT_EQ(refused(retry_out(*session_, dead.id, doing(later(now)))), "waiting");
  auto again = take(now);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->tries, 1);
  EXPECT_EQ(again->attempts, 4);
  EXPECT_EQ(again->key, dead.key);
  EXPECT_EQ(finish(*again, http(200), now), "sent");
  EXPECT_EQ(refused(retry_out(*session_, dead.id, doing())), "outbox.state");
  EXPECT_EQ(refused(cancel_out(*session_, dead.id, "不发", doing())), "outbox.state");
}

TEST_P(Outbox, AWorkerThatDiedLeavesItToTheNext) {
  saved(channel());
  put(ask());
  auto first = take(0);
  ASSERT_TRUE(first);
  EXPECT_EQ(refused(retry_out(*session_, first->id, doing())), "outbox.state");
  EXPECT_EQ(refused(cancel_out(*session_, first->id, "不发", doing())), "outbox.state");
  EXPECT_FALSE(take(59));
  EXPECT_EQ(next_out(*session_), later(60));
  auto second = take(60);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->key, first->key);
  EXPECT_EQ(finish(*first, http(500), 61), "late");  // the first one was not dead after all
  EXPECT_EQ(finish(*second, http(200), 61), "sent");
  EXPECT_EQ(out_message(*session_, first->id)->state, "sent");
}

TEST_P(Outbox, NothingLeavesBeforeItsTime) {
  saved(channel());
  OutAsk of = ask();
  of.not_before = later(3600);
  put(of);
  EXPECT_FALSE(take(3599));
  auto taken = take(3600);
  ASSERT_TRUE(taken);
  OutResult busy = http(429);
  busy.retry_after = 600;  // what the other side asks for counts where it is longer
  EXPECT_EQ(finish(*taken, busy, 3600), "again");
  EXPECT_FALSE(take(4199));
  EXPECT_TRUE(take(4200));
}

TEST_P(Outbox, CancelledOnesStay) {
  saved(channel());
  put(ask());
  const int64_t id = out_messages(*session_, {})[0].id;
  EXPECT_EQ(refused(cancel_out(*session_, id, "", doing())), "todo.reason");
  EXPECT_EQ(refused(cancel_out(*session_, id, "客户已经来过", doing())), "cancelled");
  EXPECT_FALSE(take(0));
  EXPECT_EQ(put(ask()), 0);  // and is not put in a second time
  EXPECT_EQ(said_.back(), "outbox.cancel outbox " + std::to_string(id));
}

TEST(OutboxFormat, HowAnAttemptEnded) {
  auto of = [](const char* kind, int status, const char* answer = "", const char* error = "") {
    OutResult result;
    result.status = status, result.answer = answer, result.error_code = error;
    return out_outcome(kind, result);
  };
  for (int status : {200, 202, 204, 299}) EXPECT_EQ(of("webhook", status), "sent") << status;
  for (int status : {408, 425, 429, 500, 503}) EXPECT_EQ(of("webhook", status), "again") << status;
  for (int status : {199, 300, 302, 400, 401, 404, 422}) EXPECT_EQ(of("webhook", status), "dead") << status;
  for (const char* error : {"http.timeout", "http.connect", "http.resolve", "http.tls", "http.answer"})
    EXPECT_EQ(of("webhook", 0, "", error), "again") << error;
  for (const char* error : {"http.url", "http.inside"}) EXPECT_EQ(of("webhook", 0, "", error), "dead") << error;
  EXPECT_EQ(of("wecom", 200, R"({"errcode":0,"errmsg":"ok"})"), "sent");
  EXPECT_EQ(of("wecom", 200, R"({"errcode":45009})"), "again");
  EXPECT_EQ(of("wecom", 200, R"({"errcode":93000})"), "dead");
  EXPECT_EQ(of("dingtalk", 200, R"({"errcode":130101})"), "again");
  EXPECT_EQ(of("dingtalk", 200, R"({"errcode":310000})"), "dead");
  EXPECT_EQ(of("dingtalk", 200, "<html>"), "again");
}

TEST(OutboxFormat, Robots) {
  OutChannel wecom;
  wecom.kind = "wecom", wecom.url = "https://qyapi.example.cn/send?key=K";
  wecom.title = "【通知】{title}", wecom.text = "{text}\n[打开]({link}){article}";
  OutMessage of;
  of.key = "1/n7", of.title = "放假安排", of.text = "十月一日起", of.link = "https://guanhu/notices/7";
  auto sent = out_request(wecom, of, "", kNoon);
  EXPECT_EQ(sent.url, wecom.url);
  const char* expected =
      R"x({"msgtype": "markdown", "markdown": {"content": "### 【通知】放假安排\n十月一日起\n[打开](https://guanhu/notices/7)"}})x";
  EXPECT_EQ(sent.body, expected);
  // Not cut within a character, and not beyond what the robot takes.
  of.text.clear();
  for (int i = 0; i < 3000; ++i) of.text += "长";
  auto body = base::Json::parse(out_request(wecom, of, "", kNoon).body);
  ASSERT_TRUE(body.ok());
  const std::string content = *body->find("markdown")->find("content")->as_string();
  EXPECT_LE(content.size(), 4096u);
  EXPECT_GE(content.size(), 4090u);
  EXPECT_TRUE(content.ends_with("长…"));

  OutChannel ding;
  ding.kind = "dingtalk", ding.url = "https://oapi.example.cn/robot/send?access_token=T", ding.secret = "SECabc";
  of.text = "十月一日起";
  sent = out_request(ding, of, "", kNoon);
  EXPECT_EQ(sent.body,
            R"({"msgtype": "markdown", "markdown": {"title": "放假安排", "text": "### 放假安排\n十月一日起"}})");
  // Worked out with python: quote_plus(b64encode(hmac.new(b"SECabc", b"1767240000000\nSECabc", sha256).digest())).
  EXPECT_EQ(sent.url,
            ding.url + "&timestamp=1767240000000&sign=OaGaaXkwcQs%2FC248BcvypBcWl%2B3glSQmUK75ZrCF%2BN8%3D");
}

TEST(OutboxFormat, GatewaysAreSigned) {
  OutChannel sms;
  sms.kind = "sms", sms.url = "https://g/", sms.secret = "0123456789abcdef";
  OutMessage of;
  of.key = "1/k", of.event = "customer", of.to_kind = "customer", of.to = "C1", of.to_name = "王**",
  of.text = "到期";
  auto sent = out_request(sms, of, "13812345678", kNoon);
  EXPECT_EQ(sent.body.find("13812345678"), std::string::npos);
  sms.full = true;
  sent = out_request(sms, of, "13812345678", kNoon);
  EXPECT_NE(sent.body.find(R"("phone": "13812345678")"), std::string::npos);
  std::map<std::string, std::string> headers(sent.headers.begin(), sent.headers.end());
  EXPECT_EQ(headers["idempotency-key"], "1/k");
  EXPECT_EQ(headers["x-guanhu-timestamp"], "1767240000");
  EXPECT_EQ(headers["x-guanhu-signature"],
            "v1=" + base::hex_of(base::hmac_sha256("0123456789abcdef", "1767240000.1/k." + sent.body)));
}

TEST(OutboxFormat, Covered) {
  EXPECT_EQ(covered_name(""), "");
  EXPECT_EQ(covered_name("王"), "王");
  EXPECT_EQ(covered_name("王小明"), "王**");
  EXPECT_EQ(covered_name("益农建材有限公司"), "益农****");
  EXPECT_EQ(covered_url("https://host"), "https://host");
  EXPECT_EQ(covered_url("https://host/secret/path"), "https://host/…");
}

}  // namespace guanhu::workbench
