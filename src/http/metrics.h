// Counters of the server, written without contention (one shard per event loop, one writer each), read
// at any time.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace guanhu::http {

// What stands now and what was refused; written from any thread.
struct Gauges {
  std::atomic<int64_t> connections{0}, streams{0}, in_flight{0}, body_bytes{0};
  std::atomic<uint64_t> accepted{0}, refused_connections{0}, timeouts{0}, malformed{0}, queue_full{0},
      deadlines{0}, exceptions{0}, streams_dropped{0};
};

// A copy of everything at one moment.
struct MetricsSnapshot {
  int64_t connections = 0, streams = 0, in_flight = 0, body_bytes = 0;
  uint64_t accepted = 0, refused_connections = 0, timeouts = 0, malformed = 0, queue_full = 0, deadlines = 0,
           exceptions = 0, streams_dropped = 0;
  uint64_t requests = 0, bytes_sent = 0;
  size_t queued = 0, busy_workers = 0;
};

class Metrics {
 public:
  struct Name {
    std::string method, pattern;
  };
  static constexpr std::array<int64_t, 12> kBuckets = {500,    1'000,   2'500,   5'000,     10'000,    25'000,
                                                       50'000, 100'000, 250'000, 1'000'000, 5'000'000, 30'000'000};

  // routes: the label values; requests that reached no route are counted under index routes.size().
  Metrics(size_t shards, std::vector<Name> routes);
  ~Metrics();

  // Only from the thread the shard belongs to.
  void count(size_t shard, size_t route, int status, int64_t micros, uint64_t bytes);

  uint64_t requests() const;
  uint64_t bytes_sent() const;
  // Prometheus text: requests and durations by route, then the snapshot.
  std::string text(const MetricsSnapshot& now) const;

  Gauges gauges;

 private:
  struct Cell;
  const Cell& cell(size_t shard, size_t route) const;
  std::vector<Name> routes_;
  size_t shards_;
  std::unique_ptr<Cell[]> cells_;
};

}  // namespace guanhu::http
