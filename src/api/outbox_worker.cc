#include "api/outbox_worker.h"

#include <map>

#include "api/services.h"
#include "base/encoding.h"
#include "http/outgoing.h"
#include "workbench/message.h"
#include "workbench/outbox_format.h"

namespace guanhu::api {

namespace {

using Steady = std::chrono::steady_clock;
constexpr int64_t kLease = 180;  // seconds; longer than any send_timeout with its name looked up
constexpr std::chrono::seconds kPause{20}, kShort{2};  // how often one looks when nobody wakes

std::mutex workers_mutex;
std::map<Services*, OutboxWorker*> workers;

// What the other side said, cut at a whole character, without what cannot be kept as text.
std::string shown_answer(const std::string& body) {
  std::string out;
  for (unsigned char c : body.substr(0, 500)) out += c < ' ' && c != '\n' ? ' ' : static_cast<char>(c);
  while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xc0) == 0x80) out.pop_back();
  if (!out.empty() && static_cast<unsigned char>(out.back()) >= 0xc0) out.pop_back();
  return base::find_bad_utf8(out) == std::string::npos ? out : "";
}

// What went wrong on the way, for the page of the queue.
std::string shown_error(const base::Error& of) {
  constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"http.url", "地址写得不对"},
      {"http.resolve", "找不到这个主机名"},
      {"http.inside", "地址在行内而没有列入允许的内部地址，或者用 http:// 通向行外"},
      {"http.connect", "连接不上对方"},
      {"http.tls", "对方的证书核对不上"},
      {"http.timeout", "对方在规定的时间里没有回答"},
      {"http.answer", "对方的回答不完整"}};
  for (const auto& [code, words] : kWords)
    if (of.code == code) return std::string(words) + "（" + of.where + "）";
  return of.text();
}

// The administrators hear of what was given up.
void tell_given_up(store::Session& session, const store::PersonalKey& key, const workbench::OutMessage& of,
                   const std::string& error, base::Clock& clock) {
  const auto settings = workbench::BankSettings::read(session);
  const workbench::BusinessCalendar calendar;
  const workbench::TodoDoing doing{"system", "", clock.now(), {}, {}};
  session.transaction([&] {
    for (const auto& login : people::list_logins(session)) {
      if (login.disabled ||
          people::scope_of(login.roles, people::Permission::outbox_manage) == people::Scope::none)
        continue;
      workbench::MessageAsk ask;
      ask.event = "outbox", ask.key = "outbox:" + std::to_string(of.id) + "/" + std::to_string(of.attempts);
      ask.person = workbench::person_of(login.login, login.staff_id), ask.title = "外发失败：" + of.channel_name;
      ask.text = error, ask.link = "/outbox/" + std::to_string(of.id);
      workbench::tell_person({session, key, settings, calendar, doing}, ask);
    }
  });
}

}  // namespace

workbench::OutResult send_over(const workbench::OutChannel& channel, const workbench::OutMessage& message,
                               const std::string& phone, const workbench::BankSettings& settings,
                               base::Instant now, const std::string& ca_file) {
  workbench::OutResult out;
  const auto request = workbench::out_request(channel, message, phone, now);
  http::OutgoingOptions options;
  options.timeout = std::chrono::seconds(settings.number("send_timeout"));
  options.inside = settings.inside(), options.ca_file = ca_file;
  const auto began = Steady::now();
  auto answer = http::post_out(request.url, request.headers, request.body, options);
  out.took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - began).count();
  if (!answer.ok()) {
    out.error_code = answer.error().code, out.error = shown_error(answer.error());
    return out;
  }
  out.status = answer->status, out.answer = shown_answer(answer->body);
  if (auto after = answer->header("retry-after");
      after && after->size() < 7 && after->find_first_not_of("0123456789") == after->npos && !after->empty())
    out.retry_after = std::stoll(std::string(*after));
  return out;
}

bool send_next(store::Session& session, const store::PersonalKey& key, base::Clock& clock,
               const std::string& ca_file) {
  auto of = workbench::take_out(session, clock.now(), kLease);
  if (!of) return false;
  const auto settings = workbench::BankSettings::read(session);
  auto channel = workbench::out_channel(session, key, of->channel);
  workbench::OutResult result;
  if (!channel.ok() || !channel->on) result.error_code = "outbox.off", result.error = "这个渠道已经停用";
  else result = send_over(*channel, *of, key.open(of->phone), settings, clock.now(), ca_file);
  const std::string outcome = workbench::finish_out(session, *of, result, settings, clock.now());
  if (outcome == "dead") tell_given_up(session, key, *of, result.error, clock);
  return true;
}

OutboxWorker::OutboxWorker(Services& services) : services_(services) {
  std::lock_guard lock(workers_mutex);
  workers[&services_] = this;
  thread_ = std::thread([this] { work(); });
}

OutboxWorker::~OutboxWorker() { stop(); }

void OutboxWorker::wake() {
  {
    std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void OutboxWorker::stop() {
  {
    std::lock_guard lock(workers_mutex);
    workers.erase(&services_);
  }
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool OutboxWorker::wait() {
  std::unique_lock lock(mutex_);
  if (stopping_) return false;
  // Soon where something is due soon: the clock is the machine's, but a correction of it must not stop us for
  // long.
  bool soon = false;
  try {
    auto store = services_.store();
    auto next = workbench::next_out(*store);
    soon = next && next->micros - services_.clock().now().micros < 20'000'000;
  } catch (const std::exception&) {
    // Nothing was said on purpose: work() says it when it happens again.
  }
  changed_.wait_for(lock, soon ? kShort : kPause, [&] { return stopping_ || woken_; });
  woken_ = false;
  return !stopping_;
}

void OutboxWorker::work() {
  const store::PersonalKey key = services_.bank().personal_key();
  while (wait()) {
    try {
      auto store = services_.store();
      for (bool more = true; more;) {
        more = send_next(*store, key, services_.clock());
        std::lock_guard lock(mutex_);
        if (stopping_) return;
      }
    } catch (const std::exception& e) {
      services_.log_error(std::string("outbox: ") + e.what());
    }
  }
}

void wake_outbox(Services& services) {
  std::lock_guard lock(workers_mutex);
  auto at = workers.find(&services);
  if (at != workers.end()) at->second->wake();
}

}  // namespace guanhu::api
