#include "http/events.h"

#include <algorithm>
#include <charconv>
#include <random>
#include <set>

namespace guanhu::http {

struct EventHub::Record {
  Event event;
  Bytes bytes;
  size_t size() const { return event.topic.size() + event.data.size() + bytes->size() + sizeof(Record); }
};

struct EventHub::State {
  EventHubOptions options;
  mutable std::mutex mutex;
  uint64_t last = 0;
  std::deque<Record> ring;
  size_t ring_bytes = 0;
  std::unordered_map<std::string, std::vector<Subscriber*>> topics;
  std::set<Subscriber*> all;
  std::unordered_map<std::string, size_t> owners;
  bool closed = false;

  std::string id(uint64_t number) const { return options.epoch + "-" + std::to_string(number); }
  void remove(Subscriber* s);
  void greet(Subscriber& s, std::string_view seen);
};

// Lock order: the hub's mutex, then a subscriber's.
class EventHub::Subscriber : public Stream {
 public:
  Subscriber(std::shared_ptr<State> hub, Subscription what) : what_(std::move(what)), hub_(std::move(hub)) {}
  ~Subscriber() override { detach(); }

  void attach(std::function<void()> wake) override {
    std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
  }

  bool take(std::vector<Bytes>& out) override {
    std::lock_guard lock(mutex_);
    out.insert(out.end(), waiting_.begin(), waiting_.end());
    waiting_.clear();
    waiting_.shrink_to_fit();
    bytes_ = 0;
    return !ended_;
  }

  bool overrun() const override {
    std::lock_guard lock(mutex_);
    return overrun_;
  }

  void detach() override {
    {
      std::lock_guard lock(hub_->mutex);
      hub_->remove(this);
    }
    std::lock_guard lock(mutex_);
    wake_ = nullptr;
    waiting_.clear();
  }

  std::chrono::milliseconds heartbeat() const override { return hub_->options.heartbeat; }

  void push(const Bytes& bytes) {
    std::lock_guard lock(mutex_);
    if (ended_) return;
    if (bytes_ + bytes->size() > hub_->options.buffer_bytes) {
      overrun_ = ended_ = true;
      waiting_.clear();
    } else {
      waiting_.push_back(bytes);
      bytes_ += bytes->size();
    }
    if (wake_) wake_();
  }

  void end() {
    std::lock_guard lock(mutex_);
    ended_ = true;
    if (wake_) wake_();
  }

  bool wants(const Event& e) const {
    bool topic = std::ranges::any_of(what_.topics, [&](const auto& t) { return t == "*" || t == e.topic; });
    return topic && (!what_.filter || what_.filter(e));
  }

  const Subscription what_;

 private:
  std::shared_ptr<State> hub_;
  mutable std::mutex mutex_;
  std::function<void()> wake_;
  std::vector<Bytes> waiting_;
  size_t bytes_ = 0;
  bool ended_ = false, overrun_ = false;
};

void EventHub::State::remove(Subscriber* s) {
  if (all.erase(s) == 0) return;
  for (const auto& topic : s->what_.topics) {
    auto at = topics.find(topic);
    if (at == topics.end()) continue;
    std::erase(at->second, s);
    if (at->second.empty()) topics.erase(at);
  }
  if (auto at = owners.find(s->what_.owner); at != owners.end() && --at->second == 0) owners.erase(at);
}

namespace {

std::string one_line(std::string text) {
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  return text;
}

// The wire form: each line of the data has its own field.
Bytes wire(std::string_view id, std::string_view type, std::string_view data) {
  std::string out = "id: " + std::string(id) + "\n";
  if (!type.empty()) out.append("event: ").append(type).append("\n");
  for (size_t from = 0;;) {
    size_t end = data.find_first_of("\r\n", from);
    out.append("data: ").append(data.substr(from, end == data.npos ? data.npos : end - from)).append("\n");
    if (end == data.npos) break;
    from = end + (data[end] == '\r' && end + 1 < data.size() && data[end + 1] == '\n' ? 2 : 1);
  }
  out += '\n';
  return std::make_shared<const std::string>(std::move(out));
}

std::string entropy() {
  std::random_device device;
  std::string out;
  for (int i = 0; i < 12; ++i) out += "abcdefghjkmnpqrstuvwxyz23456789"[device() % 31];
  return out;
}

// The number in "epoch-17"; nothing for another epoch.
std::optional<uint64_t> number_of(std::string_view id, std::string_view epoch) {
  if (!id.starts_with(epoch) || id.size() <= epoch.size() || id[epoch.size()] != '-') return std::nullopt;
  id.remove_prefix(epoch.size() + 1);
  uint64_t n = 0;
  auto [end, ec] = std::from_chars(id.data(), id.data() + id.size(), n);
  if (ec != std::errc() || end != id.data() + id.size()) return std::nullopt;
  return n;
}

}  // namespace

// What a new stream gets first: what it missed, or "reset" when that is no longer known or too much.
void EventHub::State::greet(Subscriber& s, std::string_view seen) {
  std::string hello = "retry: " + std::to_string(options.retry.count()) + "\n";
  auto push = [&](std::string text) { s.push(std::make_shared<const std::string>(std::move(text))); };
  // The id goes with the greeting, so that a client cut off before its first event misses nothing.
  if (seen.empty()) return push(hello + "id: " + id(last) + "\n\n");
  push(hello + "\n");
  auto n = number_of(seen, options.epoch);
  std::vector<Bytes> missed;
  size_t bytes = 0;
  if (n)
    for (const auto& r : ring)
      if (r.event.number > *n && s.wants(r.event)) missed.push_back(r.bytes), bytes += r.bytes->size();
  uint64_t first = ring.empty() ? last + 1 : ring.front().event.number;
  if (!n || *n > last || *n + 1 < first || bytes > options.buffer_bytes / 2)
    return s.push(wire(id(last), "reset", "{}"));
  for (const auto& m : missed) s.push(m);
}

EventHub::EventHub(EventHubOptions options) : state_(std::make_shared<State>()) {
  if (options.epoch.empty()) options.epoch = entropy();
  state_->options = std::move(options);
}

EventHub::~EventHub() { close(); }

Response EventHub::open(const Request& request, Subscription subscription) {
  auto& hub = *state_;
  std::ranges::sort(subscription.topics);
  subscription.topics.erase(std::unique(subscription.topics.begin(), subscription.topics.end()),
                            subscription.topics.end());
  auto subscriber = std::make_shared<Subscriber>(state_, std::move(subscription));
  const auto& what = subscriber->what_;
  std::lock_guard lock(hub.mutex);
  if (hub.closed || hub.all.size() >= hub.options.streams)
    return Response::problem(503, "http.streams", "No more event streams now", "Try again later.")
        .add("retry-after", "30");
  if (!what.owner.empty()) {
    size_t& n = hub.owners[what.owner];
    if (n >= hub.options.streams_per_owner)
      return Response::problem(429, "http.streams.owner", "Too many event streams", "Close other windows first.");
    ++n;
  }
  hub.all.insert(subscriber.get());
  for (const auto& topic : what.topics) hub.topics[topic].push_back(subscriber.get());

  hub.greet(*subscriber, request.header("last-event-id").value_or(""));
  Response response;
  response.headers = {
      {"content-type", "text/event-stream"}, {"cache-control", "no-store"}, {"x-accel-buffering", "no"}};
  response.stream = std::move(subscriber);
  return response;
}

uint64_t EventHub::publish(std::string topic, std::string type, std::string data) {
  auto& hub = *state_;
  std::lock_guard lock(hub.mutex);
  Record r{{++hub.last, std::move(topic), one_line(std::move(type)), std::move(data)}, nullptr};
  r.bytes = wire(hub.id(r.event.number), r.event.type, r.event.data);
  auto tell = [&](const std::string& name) {
    if (auto at = hub.topics.find(name); at != hub.topics.end())
      for (auto* s : at->second)
        if (!s->what_.filter || s->what_.filter(r.event)) s->push(r.bytes);
  };
  tell(r.event.topic);
  // One who asked for both gets it once.
  if (auto at = hub.topics.find("*"); at != hub.topics.end() && r.event.topic != "*")
    for (auto* s : at->second)
      if (std::ranges::find(s->what_.topics, r.event.topic) == s->what_.topics.end() && s->wants(r.event))
        s->push(r.bytes);
  hub.ring_bytes += r.size();
  hub.ring.push_back(std::move(r));
  while (hub.ring.size() > hub.options.replay_events || hub.ring_bytes > hub.options.replay_bytes) {
    hub.ring_bytes -= hub.ring.front().size();
    hub.ring.pop_front();
  }
  return hub.last;
}

size_t EventHub::disconnect(std::string_view owner) {
  std::lock_guard lock(state_->mutex);
  size_t n = 0;
  for (auto* s : state_->all)
    if (s->what_.owner == owner) s->end(), ++n;
  return n;
}

void EventHub::close() {
  std::lock_guard lock(state_->mutex);
  state_->closed = true;
  for (auto* s : state_->all) s->end();
}

size_t EventHub::streams() const {
  std::lock_guard lock(state_->mutex);
  return state_->all.size();
}

}  // namespace guanhu::http
