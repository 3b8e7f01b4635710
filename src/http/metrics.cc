#include "http/metrics.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace guanhu::http {

namespace {

// One writer per cell: a plain load and store is enough, and cheaper than a locked addition.
void add(std::atomic<uint64_t>& to, uint64_t n) {
  to.store(to.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
}

std::string label(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// Microseconds as seconds: "0.0005".
std::string seconds(int64_t micros) {
  std::string fraction = std::to_string(1'000'000 + micros % 1'000'000).substr(1);
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  return std::to_string(micros / 1'000'000) + (fraction.empty() ? "" : "." + fraction);
}

void family(std::string& out, std::string_view name, std::string_view type, std::string_view help) {
  out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ");
  out.append(type).append("\n");
}

template <class N>
void single(std::string& out, std::string_view name, std::string_view type, std::string_view help, N value) {
  family(out, name, type, help);
  out.append(name).append(" ").append(std::to_string(value)).append("\n");
}

}  // namespace

struct Metrics::Cell {
  struct Status {
    std::atomic<uint64_t> code{0}, count{0};  // the last slot gathers what found no room, under code 0
  };
  std::array<Status, 16> statuses;
  std::array<std::atomic<uint64_t>, kBuckets.size() + 1> buckets{};
  std::atomic<uint64_t> micros{0}, bytes{0};
};

Metrics::Metrics(size_t shards, std::vector<Name> routes)
    : routes_(std::move(routes)),
      shards_(shards),
      cells_(std::make_unique<Cell[]>(shards * (routes_.size() + 1))) {}

Metrics::~Metrics() = default;

const Metrics::Cell& Metrics::cell(size_t shard, size_t route) const {
  return cells_[shard * (routes_.size() + 1) + route];
}

void Metrics::count(size_t shard, size_t route, int status, int64_t micros, uint64_t bytes) {
  auto& c = const_cast<Cell&>(cell(shard, route));
  auto code = static_cast<uint64_t>(status);
  for (auto& s : c.statuses) {
    uint64_t known = s.code.load(std::memory_order_relaxed);
    bool last = &s == &c.statuses.back();
    if (known == 0 && !last) s.code.store(code, std::memory_order_relaxed);
    if (known != code && known != 0 && !last) continue;
    add(s.count, 1);
    break;
  }
  size_t b = static_cast<size_t>(std::ranges::lower_bound(kBuckets, micros) - kBuckets.begin());
  add(c.buckets[b], 1);
  add(c.micros, static_cast<uint64_t>(std::max<int64_t>(micros, 0)));
  add(c.bytes, bytes);
}

uint64_t Metrics::requests() const {
  uint64_t n = 0;
  for (size_t i = 0; i < shards_ * (routes_.size() + 1); ++i)
    for (const auto& b : cells_[i].buckets) n += b.load(std::memory_order_relaxed);
  return n;
}

uint64_t Metrics::bytes_sent() const {
  uint64_t n = 0;
  for (size_t i = 0; i < shards_ * (routes_.size() + 1); ++i) n += cells_[i].bytes.load(std::memory_order_relaxed);
  return n;
}

namespace {

void gauges_text(std::string& out, const MetricsSnapshot& s) {
  single(out, "guanhu_http_connections", "gauge", "Open connections.", s.connections);
  single(out, "guanhu_http_event_streams", "gauge", "Open event streams.", s.streams);
  single(out, "guanhu_http_requests_in_flight", "gauge", "Requests between their header and their last byte.",
         s.in_flight);
  single(out, "guanhu_http_body_bytes", "gauge", "Bytes of request bodies in memory.", s.body_bytes);
  single(out, "guanhu_http_queue_depth", "gauge", "Requests that wait for a worker.", s.queued);
  single(out, "guanhu_http_busy_workers", "gauge", "Workers that run a handler.", s.busy_workers);
  single(out, "guanhu_http_connections_accepted_total", "counter", "Connections accepted.", s.accepted);
  single(out, "guanhu_http_connections_refused_total", "counter", "Connections over a limit.",
         s.refused_connections);
  single(out, "guanhu_http_timeouts_total", "counter", "Clients too slow to send or to read.", s.timeouts);
  single(out, "guanhu_http_malformed_total", "counter", "Requests that are no HTTP.", s.malformed);
  single(out, "guanhu_http_queue_full_total", "counter", "Requests refused because all workers were taken.",
         s.queue_full);
  single(out, "guanhu_http_deadlines_total", "counter", "Requests whose handler took too long.", s.deadlines);
  single(out, "guanhu_http_exceptions_total", "counter", "Handlers that threw.", s.exceptions);
  single(out, "guanhu_http_streams_dropped_total", "counter", "Event streams dropped because nobody read them.",
         s.streams_dropped);
  single(out, "guanhu_http_sent_bytes_total", "counter", "Bytes of bodies sent.", s.bytes_sent);
}

}  // namespace

std::string Metrics::text(const MetricsSnapshot& now) const {
  std::string requests, durations;
  family(requests, "guanhu_http_requests_total", "counter", "Requests answered.");
  family(durations, "guanhu_http_request_duration_seconds", "histogram",
         "From the first byte to the last byte sent.");
  for (size_t r = 0; r <= routes_.size(); ++r) {
    std::string labels = r < routes_.size()
                             ? "method=\"" + routes_[r].method + "\",route=\"" + label(routes_[r].pattern) + "\""
                             : std::string("method=\"\",route=\"\"");
    std::map<uint64_t, uint64_t> statuses;
    std::array<uint64_t, kBuckets.size() + 1> buckets{};
    uint64_t micros = 0, total = 0;
    for (size_t s = 0; s < shards_; ++s) {
      const Cell& c = cell(s, r);
      for (const auto& status : c.statuses)
        if (uint64_t n = status.count.load(std::memory_order_relaxed))
          statuses[status.code.load(std::memory_order_relaxed)] += n;
      for (size_t b = 0; b < buckets.size(); ++b) buckets[b] += c.buckets[b].load(std::memory_order_relaxed);
      micros += c.micros.load(std::memory_order_relaxed);
    }
    for (auto [status, n] : statuses)
      requests += "guanhu_http_requests_total{" + labels + ",status=\"" +
                  (status ? std::to_string(status) : "other") + "\"} " + std::to_string(n) + "\n";
    if (statuses.empty()) continue;
    for (size_t b = 0; b < buckets.size(); ++b) {
      total += buckets[b];
      std::string le = b < kBuckets.size() ? seconds(kBuckets[b]) : "+Inf";
      durations += "guanhu_http_request_duration_seconds_bucket{" + labels + ",le=\"" + le + "\"} " +
                   std::to_string(total) + "\n";
    }
    durations +=
        "guanhu_http_request_duration_seconds_sum{" + labels + "} " + seconds(static_cast<int64_t>(micros)) + "\n";
    durations += "guanhu_http_request_duration_seconds_count{" + labels + "} " + std::to_string(total) + "\n";
  }
  gauges_text(requests, now);
  return requests + durations;
}

}  // namespace guanhu::http
