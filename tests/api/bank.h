// A sample bank with a server and a login for every role, made once for all tests of this program; and what each
// login ought to see, worked out from the facts row by row, without the code that is tested.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "api/app.h"
#include "base/json.h"
#include "cli/wiring.h"
#include "feed/importer.h"
#include "http/client.h"
#include "sample/sample.h"

namespace guanhu::api::testing {

namespace fs = std::filesystem;
using base::Json;
using base::JsonArray;
using base::JsonObject;

inline constexpr const char* kScheme = "sample/%E7%BB%8F%E8%90%A5%E4%B8%9A%E7%BB%A9";  // sample/经营业绩
inline constexpr const char* kPeriod = "2025-12";

struct Reply {
  int status = 0;
  http::Headers headers;
  std::string text;
  Json body;
  std::string code() const {
    const Json* c = body.find("code");
    return c && c->as_string() ? *c->as_string() : "";
  }
  std::string header(const std::string& name) const {
    for (const auto& [n, v] : headers)
      if (n == name) return v;
    return "";
  }
  // "a.b" of the body as text; "" when it is not there.
  std::string at(const std::string& path) const;
};

// A browser: keeps its cookie and CSRF token.
class Browser {
 public:
  explicit Browser(uint16_t port) : client_(http::Client::tcp("127.0.0.1", port)) {}
  Reply send(const std::string& method, const std::string& path, const std::string& body = "",
             http::Headers more = {}, const std::string& type = "application/json");
  Reply get(const std::string& path) { return send("GET", path); }
  Reply post(const std::string& path, const Json& body) { return send("POST", path, body.dump()); }
  // Logs in; with `fresh` the one-time password is changed to it.
  Reply log_in(const std::string& login, const std::string& password, const std::string& fresh = "");

  std::string cookie, csrf;
  // Told of every request that writes and of its answer; nothing: nobody listens.
  static inline std::function<void(const std::string& method, const std::string& path, int status)> on_write = {};

 private:
  http::Client client_;
};

class KeptLog : public http::LogSink {
 public:
  void line(std::string_view json) override {
    std::lock_guard lock(mutex_);
    text_ += std::string(json) + "\n";
  }
  std::string text() {
    std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  std::mutex mutex_;
  std::string text_;
};

// What a login may see, by the facts.
struct Sight {
  bool all = false;
  std::set<std::string> staff, orgs, customers;
};

struct Facts {
  std::map<std::string, std::string> account_customer, loan_customer, customer_org, account_org, loan_org;
  std::map<std::string, std::string> staff_org, staff_position, org_parent, org_kind;
  struct Assigned {
    std::string kind, subject, staff, from, to;
    int64_t share = 0;
  };
  std::vector<Assigned> assignments;  // that count
  explicit Facts(warehouse::Warehouse& db);
  std::set<std::string> below(const std::string& org) const;
  std::string branch_of(std::string org) const;
  Sight sight(const std::string& staff, people::Scope scope, const std::string& day) const;
  // Customers, accounts and loans outside: what no answer may hold.
  std::vector<std::string> hidden(const Sight& sight) const;
};

class TestBank {
 public:
  static TestBank& get();
  ~TestBank();

  Browser browser() const { return Browser(app->port()); }
  // Logged in under the role, with a password of its own.
  Browser& as(people::Role role) { return *browsers.at(role); }
  const std::string& staff(people::Role role) const { return staff_of.at(role); }
  std::string add_login(const std::string& login, const std::string& staff,
                        const std::vector<people::Role>& roles);

  fs::path folder, feed;
  base::SystemClock clock;
  std::istringstream in;
  std::ostringstream out, err;
  cli::Io io{in, out, err, clock};
  KeptLog log;
  std::unique_ptr<feed::Bank> bank;
  std::unique_ptr<App> app;
  std::unique_ptr<Facts> facts;
  std::map<people::Role, std::string> staff_of;
  std::map<people::Role, std::unique_ptr<Browser>> browsers;

 private:
  TestBank();
  void make_bank();
  void make_logins();
};

}  // namespace guanhu::api::testing
