#include "people/detail/throttle.h"

#include <algorithm>

namespace guanhu::people::detail {

namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kForgottenAfter = 24 * 3600 * kSecond;
const std::string kAllAddresses;

struct Failures {
  int64_t count = 0, last = 0;
};

Failures failures_of(store::Session& session, const std::string& login, const std::string& address) {
  auto rows = session.query("SELECT failures, last_at FROM login_failures WHERE login = ? AND address = ?",
                            {login, address});
  if (rows.empty()) return {};
  return {rows[0].integer(0), rows[0].integer(1)};
}

void count_one(store::Session& session, const std::string& login, const std::string& address, int64_t now) {
  Failures f = failures_of(session, login, address);
  int64_t count = now - f.last > kForgottenAfter ? 1 : f.count + 1;
  session.exec(
      "INSERT INTO login_failures (login, address, failures, last_at) VALUES (?, ?, ?, ?)"
      " ON CONFLICT (login, address) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at",
      {login, address, count, now});
}

int64_t left(const Failures& f, int64_t pause, int64_t now) {
  int64_t until = f.last + pause * kSecond;
  return now >= until ? 0 : (until - now + kSecond - 1) / kSecond;
}

}  // namespace

int64_t pause_of_address(int64_t failures) {
  if (failures < 5) return 0;
  return std::min<int64_t>(900, int64_t{2} << std::min<int64_t>(failures - 5, 20));
}

int64_t pause_of_login(int64_t failures) {
  if (failures < 50) return 0;
  return std::min<int64_t>(30, failures / 10);
}

int64_t seconds_to_wait(store::Session& session, const std::string& login, const std::string& address,
                        base::Instant now) {
  Failures own = failures_of(session, login, address), all = failures_of(session, login, kAllAddresses);
  return std::max(left(own, pause_of_address(own.count), now.micros),
                  left(all, pause_of_login(all.count), now.micros));
}

void note_failure(store::Session& session, const std::string& login, const std::string& address,
                  base::Instant now) {
  session.exec("DELETE FROM login_failures WHERE last_at < ?", {now.micros - kForgottenAfter});
  count_one(session, login, address.empty() ? "?" : address, now.micros);
  count_one(session, login, kAllAddresses, now.micros);
}

void forget_failures(store::Session& session, const std::string& login, const std::string& address) {
  session.exec("DELETE FROM login_failures WHERE login = ? AND (address = ? OR address = '')", {login, address});
}

}  // namespace guanhu::people::detail
