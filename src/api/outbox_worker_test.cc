// The worker against a gateway of its own: it fails, is silent, answers 500 and then 200, checks signatures, and
// has one effect for each key whatever comes twice.
#include "api/outbox_worker.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "base/digest.h"
#include "base/json.h"
#include "people/logins.h"
#include "records/records.h"
#include "store/testing.h"
#include "workbench/message.h"

namespace guanhu::api {

namespace {

using base::Instant;
constexpr Instant kNoon{1'767'240'000'000'000};
constexpr const char* kSecret = "0123456789abcdef";

struct Post {
  std::map<std::string, std::string> headers;
  std::string body;
};

// A gateway as the bank's would be: it believes signatures only, and does a key once.
class Gateway {
 public:
  using Answer = std::function<std::string(const Post&)>;
  Gateway() {
    fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
    EXPECT_EQ(::listen(fd_, 16), 0);
    socklen_t size = sizeof at;
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &size);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this] {
      for (int one; (one = ::accept(fd_, nullptr, nullptr)) >= 0; ::close(one)) serve(one);
    });
  }
  ~Gateway() {
    ::shutdown(fd_, SHUT_RDWR);
    thread_.join();
    ::close(fd_);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/send"; }
  void answers(std::vector<std::string> next) { next_ = std::move(next); }
  size_t posts() const { return posts_; }
  const std::set<std::string>& effects() const { return effects_; }
  const std::string& last() const { return last_; }

 private:
  void serve(int fd) {
    std::string got;
    char buffer[4096];
    size_t end = got.npos, length = 0;
    while (end == got.npos || got.size() < end + 4 + length) {
      ssize_t n = ::recv(fd, buffer, sizeof buffer, 0);
      if (n <= 0) return;
      got.append(buffer, static_cast<size_t>(n));
      end = got.find("\r\n\r\n");
      if (size_t at = got.find("content-length: "); at != got.npos) length = std::stoul(got.substr(at + 16));
    }
    Post post;
    for (size_t at = got.find("\r\n") + 2; at < end;) {
      const size_t stop = got.find("\r\n", at), colon = got.find(": ", at);
      post.headers[got.substr(at, colon - at)] = got.substr(colon + 2, stop - colon - 2);
      at = stop + 2;
    }
    post.body = got.substr(end + 4);
    ++posts_, last_ = post.body;
    const std::string key = post.headers["idempotency-key"], at = post.headers["x-guanhu-timestamp"];
    const std::string right = "v1=" + base::hex_of(base::hmac_sha256(kSecret, at + "." + key + "." + post.body));
    std::string answer = next_.empty() ? "200" : next_.front();
    if (!next_.empty()) next_.erase(next_.begin());
    if (answer == "silent") {
      (void)::recv(fd, buffer, 1, 0);  // until the other side gives up
      return;
    }
    if (post.headers["x-guanhu-signature"] != right) answer = "401";
    // "lost": it was done, but the answer does not arrive.
    if (answer == "200" || answer == "lost") effects_.insert(key);
    if (answer == "lost") return;
    const std::string text = "HTTP/1.1 " + answer + " x\r\nretry-after: 100\r\ncontent-length: 2\r\n\r\nok";
    ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
  }

  int fd_ = -1;
  uint16_t port_ = 0;
  std::vector<std::string> next_;
  size_t posts_ = 0;
  std::set<std::string> effects_;
  std::string last_;
  std::thread thread_;
};

class Worker : public ::testing::Test {
 protected:
  void SetUp() override {
    const store::ModuleMigrations all[] = {{"people", people::login_migrations()},
                                           {"records", records::migrations()},
                                           {"mail", workbench::mail_migrations()},
                                           {"outbox", workbench::outbox_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
    set("inside", "127.0.0.1");
    set("send_timeout", "1");
    channel_.name = "网关", channel_.kind = "sms", channel_.url = gateway_.url(), channel_.secret = kSecret;
    channel_.events = {"rule"};
    channel_ = *workbench::save_out_channel(*session_, key_, channel_, doing());
  }
  workbench::TodoDoing doing() { return {"boss", "E1", clock_.now(), {}, {}}; }
  void set(const char* name, const char* value) {
    ASSERT_TRUE(workbench::set_message_setting(*session_, name, value, doing()).ok());
  }
  int64_t put(const std::string& key) {
    workbench::OutAsk of;
    of.event = "rule", of.key = key, of.to_kind = "staff", of.to = "E1", of.title = "到期",
    of.masked_title = "到期";
    session_->transaction([&] { workbench::put_out(*session_, key_, of, doing()); });
    return workbench::out_messages(*session_, {})[0].id;
  }
  bool next() { return send_next(*session_, key_, clock_); }
  void later(int64_t seconds) { clock_.set({clock_.now().micros + seconds * 1'000'000}); }
  std::string state(int64_t id) { return workbench::out_message(*session_, id)->state; }

  store::testing::Place place_{store::Engine::sqlite};
  std::unique_ptr<store::Session> session_ = place_.open();
  base::FixedClock clock_{kNoon};
  store::PersonalKey key_ = store::PersonalKey::make();
  Gateway gateway_;
  workbench::OutChannel channel_;
};

}  // namespace

TEST_F(Worker, SendsWhatIsDueAndNothingElse) {
  EXPECT_FALSE(next());
  const int64_t id = put("a");
  EXPECT_TRUE(next());
  EXPECT_EQ(state(id), "sent");
  EXPECT_FALSE(next());
  EXPECT_EQ(gateway_.posts(), 1u);
  EXPECT_EQ(gateway_.effects(), std::set<std::string>{std::to_string(channel_.id) + "/a"});
  EXPECT_EQ(workbench::out_attempts(*session_, id).at(0).answer, "ok");
}

TEST_F(Worker, AFailingGatewayIsAskedAgainLater) {
  gateway_.answers({"500", "silent", "200"});
  const int64_t id = put("a");
  EXPECT_TRUE(next());
  EXPECT_EQ(state(id), "waiting");
  later(99);
  EXPECT_FALSE(next());  // it asked for a hundred seconds
  later(1);
  EXPECT_TRUE(next());
  EXPECT_NE(workbench::out_attempts(*session_, id).at(1).error.find("规定的时间"), std::string::npos);
  EXPECT_EQ(workbench::out_attempts(*session_, id).at(1).status, 0);
  EXPECT_EQ(state(id), "waiting");
  later(3600);
  EXPECT_TRUE(next());
  EXPECT_EQ(state(id), "sent");
  EXPECT_EQ(gateway_.posts(), 3u);
  EXPECT_EQ(gateway_.effects().size(), 1u);
}

TEST_F(Worker, WhatWasDoneButNotAnsweredIsDoneOnce) {
  gateway_.answers({"lost", "200"});
  const int64_t id = put("a");
  EXPECT_TRUE(next());
  EXPECT_EQ(state(id), "waiting");
  later(3600);
  EXPECT_TRUE(next());
  EXPECT_EQ(state(id), "sent");
  EXPECT_EQ(gateway_.posts(), 2u);
  EXPECT_EQ(gateway_.effects().size(), 1u);  // the same key both times
}

TEST_F(Worker, GivenUpOnesAreToldToTheAdministrators) {
  ASSERT_TRUE(people::add_login(*session_, "root", "", {people::Role::administrator}, clock_).ok());
  ASSERT_TRUE(people::add_login(*session_, "zm", "E1", {people::Role::manager}, clock_).ok());
  gateway_.answers({"404"});
  const int64_t id = put("a");
  EXPECT_TRUE(next());
  EXPECT_EQ(state(id), "dead");
  EXPECT_EQ(workbench::unread_messages(*session_, "login:root"), 1);
  EXPECT_EQ(workbench::unread_messages(*session_, "E1"), 0);
  later(86'400);
  EXPECT_FALSE(next());
}

TEST_F(Worker, NeitherAWrongSecretNorAnUnlistedAddressGetsThrough) {
  workbench::OutChannel wrong = channel_;
  wrong.secret = "fedcba9876543210";
  channel_ = *workbench::save_out_channel(*session_, key_, wrong, doing());
  const int64_t one = put("a");
  EXPECT_TRUE(next());
  EXPECT_EQ(state(one), "dead");  // 401
  EXPECT_TRUE(gateway_.effects().empty());
  set("inside", "10.0.0.0/8");
  const int64_t two = put("b");
  EXPECT_TRUE(next());
  EXPECT_EQ(state(two), "dead");
  EXPECT_EQ(gateway_.posts(), 1u);
}

TEST_F(Worker, AChannelThatIsOffSendsNothing) {
  const int64_t id = put("a");
  workbench::OutChannel off = channel_;
  off.on = false;
  ASSERT_TRUE(workbench::save_out_channel(*session_, key_, off, doing()).ok());
  EXPECT_TRUE(next());
  EXPECT_EQ(state(id), "dead");
  EXPECT_EQ(gateway_.posts(), 0u);
}

}  // namespace guanhu::api
