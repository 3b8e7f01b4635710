// Event streams (server-sent events): what happens on the server, told to browsers that listen.
//
//   EventHub hub({});
//   router.add("GET", "/api/v1/events", [&](const Request& q, const Params&) {
//     return hub.open(q, {.topics = {"bank", "user:" + id}, .owner = id});
//   });
//   hub.publish("user:M1", "notice", R"({"unread":3})");   // from any thread
//
// A browser that was away sends Last-Event-ID and gets what it missed, as far as the ring reaches; beyond
// it, it gets one event "reset": read everything anew. Who does not read is cut off when its buffer is
// full, and comes back the same way.
#pragma once
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "http/http.h"

namespace guanhu::http {

using Bytes = std::shared_ptr<const std::string>;

// What the server writes on after the header, until it ends. Called by the server only.
class Stream {
 public:
  virtual ~Stream() = default;
  // Called once before all else. `wake` may be called from any thread; it must not call back.
  virtual void attach(std::function<void()> wake) = 0;
  // Moves what waits into `out`. False: the stream has ended, close when `out` is written.
  virtual bool take(std::vector<Bytes>& out) = 0;
  // True: the reader was too slow; close without writing more.
  virtual bool overrun() const = 0;
  virtual void detach() = 0;  // the connection is gone; wake is never called again
  virtual std::chrono::milliseconds heartbeat() const = 0;
};

struct Event {
  uint64_t number = 0;  // ascending, without gaps
  std::string topic, type, data;
};

struct EventHubOptions {
  size_t replay_events = 4096;      // the ring: events,
  size_t replay_bytes = 4 << 20;    // and bytes, whichever is less
  size_t buffer_bytes = 256 << 10;  // per stream
  size_t streams = 20'000;          // in all: 503 beyond
  size_t streams_per_owner = 32;    // 429 beyond
  std::chrono::milliseconds heartbeat{20'000};
  std::chrono::milliseconds retry{3'000};  // how long a browser waits before it comes back
  std::string epoch;  // part of event ids: another one after each start; "" is made from the machine's entropy
};

struct Subscription {
  std::vector<std::string> topics;                // "*" is every topic
  std::string owner;                              // for disconnect() and the limit; may be empty
  std::function<bool(const Event&)> filter = {};  // what it refuses is not sent; must be quick and not throw
};

class EventHub {
 public:
  explicit EventHub(EventHubOptions options);
  ~EventHub();  // close()
  EventHub(const EventHub&) = delete;

  // A stream for this client, beginning after its Last-Event-ID; or the problem that speaks against it.
  Response open(const Request& request, Subscription subscription);
  // To all who subscribed to the topic. type: a name without line breaks ("" is "message"). The number of
  // the event. Never waits for a reader.
  uint64_t publish(std::string topic, std::string type, std::string data);
  // Ends the streams of an owner (logged out, rights changed). How many.
  size_t disconnect(std::string_view owner);
  // Ends all streams; later ones are refused with 503.
  void close();
  size_t streams() const;

 private:
  struct Record;
  class Subscriber;
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace guanhu::http
