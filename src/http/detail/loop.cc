#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <random>

#include "http/detail/session.h"

namespace guanhu::http::detail {

namespace {

// Often enough for the shortest deadline, seldom enough to cost nothing.
std::chrono::milliseconds period_of(const ServerOptions& o) {
  auto shortest = std::min({o.header, o.body, o.request, o.idle, o.write});
  return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(100));
}

}  // namespace

// One thread per loop: Asio needs no locks around its sockets, only around the queue others post to.
Loop::Loop(Shared& s, size_t i)
    : shared(s), index(i), io(BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO), timer_(io), period_(period_of(s.options)) {
  work_.emplace(io.get_executor());
  std::random_device device;
  id_base_ = (static_cast<uint64_t>(device()) << 32) ^ device();
  refresh_date();
}

Loop::~Loop() { join(); }

void Loop::start() {
  thread_ = std::thread([this] {
    tick();
    io.run();
  });
}

void Loop::finish() {
  asio::post(io, [this] {
    finishing_ = true;
    timer_.cancel();
    work_.reset();
  });
}

void Loop::join() {
  if (thread_.joinable()) thread_.join();
}

void Loop::adopt(int fd, Peer peer, bool tls) {
  asio::post(io, [this, fd, peer = std::move(peer), tls]() mutable {
    auto* session = new Session(*this, fd, std::move(peer), tls);
    session->slot = sessions_.size();
    sessions_.push_back(session);
    session->start();
  });
}

void Loop::remove(Session* session) {
  sessions_[session->slot] = sessions_.back();
  sessions_[session->slot]->slot = session->slot;
  sessions_.pop_back();
  std::string peer = session->peer().address;
  delete session;
  --shared.gauges().connections;
  std::lock_guard lock(shared.mutex);
  if (auto at = shared.per_peer.find(peer); at != shared.per_peer.end() && --at->second == 0)
    shared.per_peer.erase(at);
  if (--shared.sessions == 0) shared.emptied.notify_all();
}

void Loop::drain() {
  asio::post(io, [this] {
    for (auto* s : std::vector<Session*>(sessions_)) s->drain();
  });
}

void Loop::cut() {
  asio::post(io, [this] {
    for (auto* s : std::vector<Session*>(sessions_)) s->cut();
  });
}

void Loop::tick() {
  if (finishing_) return;
  now_ = Steady::now();
  refresh_date();
  // A tick may end its own session, never another one.
  std::vector<Session*> due;
  for (auto* s : sessions_)
    if (s->due(now_)) due.push_back(s);
  for (auto* s : due) s->tick(now_);
  timer_.expires_after(period_);
  timer_.async_wait([this](boost::system::error_code ec) {
    if (!ec) tick();
  });
}

void Loop::refresh_date() {
  int64_t second = shared.clock.now().micros / 1'000'000;
  if (second == date_second_) return;
  date_second_ = second;
  constexpr std::array<const char*, 7> kDays = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::string at = base::Instant{second * 1'000'000}.str();  // 2025-12-31T08:00:00Z
  int month = (at[5] - '0') * 10 + at[6] - '0';
  int64_t day = second / 86'400;
  char line[64];
  std::snprintf(line, sizeof line, "date: %s, %s %s %s %s GMT\r\n",
                kDays[static_cast<size_t>(((day % 7) + 7) % 7)], at.substr(8, 2).c_str(),
                kMonths[static_cast<size_t>(month - 1)], at.substr(0, 4).c_str(), at.substr(11, 8).c_str());
  date_ = line;
}

std::string Loop::next_id() {
  // Different in each loop and after each start; the multiplication (a bijection) makes neighbours look apart.
  uint64_t n = id_base_ + ++id_count_ * 0x9E3779B97F4A7C15ULL;
  std::string out(16, '0');
  for (size_t i = 0; i < 16; ++i) out[i] = "0123456789abcdef"[(n >> (60 - 4 * i)) & 15];
  return out;
}

}  // namespace guanhu::http::detail
