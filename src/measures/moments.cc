#include "measures/moments.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace guanhu::measures {

namespace {
using attribution::Entry;
using base::Int128;

struct Event {
  uint16_t day;
  int32_t part;
  int64_t delta;
};

// Calls event(owner, day, delta, part) for what the changes and hand-overs of subjects first to last move.
template <class Take>
void each_event(const Points& points, const Timelines& timelines, Divide divide, size_t first_subject,
                size_t end_subject, const Take& event) {
  for (size_t s = first_subject; s < end_subject; ++s) {
    size_t p = points.offset[s], end = points.offset[s + 1];
    if (p == end) continue;
    int64_t balance = 0;
    std::span<const Entry> held;
    auto move = [&](uint16_t day, int64_t delta) {
      if (delta == 0) return;
      for (const Entry& e : held)
        if (int32_t part = part_of(e, divide)) event(e.staff, day, delta, part);
    };
    attribution::each_group(timelines.of(s), attribution::kAlways, kLastDay,
                            [&](std::span<const Entry> group, int32_t from, int32_t to) {
                              move(near_day(from), -balance);
                              held = group;
                              move(near_day(from), balance);
                              uint16_t last = near_day(to);
                              if (to < kFirstDay) return;
                              for (; p < end && points.day[p] <= last; ++p) {
                                move(points.day[p], points.value[p] - balance);
                                balance = points.value[p];
                              }
                            });
  }
}

// Running moments of one series' events, summed up day by day.
class Runner {
 public:
  Runner() : net_(65'536, 0) {}
  void add(uint16_t day, Int128 delta) {
    net_[day] += delta;
    low_ = std::min<int32_t>(low_, day);
    high_ = std::max<int32_t>(high_, day);
  }
  // Appends the series and empties itself.
  void emit(std::vector<uint16_t>& day, std::vector<Int128>& m0, std::vector<Int128>& m1) {
    Int128 a = 0, b = 0;
    for (int32_t d = low_; d <= high_; ++d) {
      Int128 delta = net_[static_cast<size_t>(d)];
      if (delta == 0) continue;
      net_[static_cast<size_t>(d)] = 0;
      a += delta;
      b += delta * d;
      day.push_back(static_cast<uint16_t>(d));
      m0.push_back(a);
      m1.push_back(b);
    }
    low_ = 65'536;
    high_ = -1;
  }

 private:
  std::vector<Int128> net_;
  int32_t low_ = 65'536, high_ = -1;
};

struct Rows {
  std::vector<uint64_t> length;  // by series
  std::vector<uint16_t> day;
  std::vector<Int128> m0, m1;
};

Rows run(std::span<const uint64_t> at, std::span<const Event> events, size_t first, size_t last) {
  Rows out;
  Runner runner;
  for (size_t owner = first; owner < last; ++owner) {
    for (uint64_t i = at[owner]; i < at[owner + 1]; ++i)
      runner.add(events[i].day, static_cast<Int128>(events[i].delta) * events[i].part);
    size_t before = out.day.size();
    runner.emit(out.day, out.m0, out.m1);
    out.length.push_back(out.day.size() - before);
  }
  return out;
}

// Series by series on `threads` threads, in blocks of about as many events.
std::vector<Rows> run_all(std::span<const uint64_t> at, std::span<const Event> events, size_t owners,
                          int threads) {
  std::vector<size_t> cut{0};
  for (int t = 1; t < threads; ++t) {
    auto half = std::lower_bound(at.begin(), at.end(),
                                 events.size() * static_cast<size_t>(t) / static_cast<size_t>(threads));
    cut.push_back(std::clamp(static_cast<size_t>(half - at.begin()), cut.back(), owners));
  }
  cut.push_back(owners);
  std::vector<Rows> parts(cut.size() - 1);
  std::vector<std::thread> workers;
  for (size_t t = 1; t < parts.size(); ++t)
    workers.emplace_back([&, t] { parts[t] = run(at, events, cut[t], cut[t + 1]); });
  parts[0] = run(at, events, cut[0], cut[1]);
  for (std::thread& w : workers) w.join();
  return parts;
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// From the change points alone: whoever holds them.
void put_bank(Sections& out, const Points& points) {
  Runner runner;
  for (size_t s = 0; s < points.size(); ++s) {
    int64_t before = 0;
    for (uint32_t p = points.offset[s]; p < points.offset[s + 1]; ++p) {
      runner.add(points.day[p], static_cast<Int128>(points.value[p] - before) * attribution::kWhole);
      before = points.value[p];
    }
  }
  std::vector<uint16_t> day;
  std::vector<Int128> m0, m1;
  runner.emit(day, m0, m1);
  out.put("bank.day", std::move(day));
  out.put("bank.m0", std::move(m0));
  out.put("bank.m1", std::move(m1));
}
}  // namespace

namespace {
// Events by owner, and of one owner by subject.
struct Placed {
  std::vector<uint64_t> at;  // of owner o: [at[o], at[o + 1])
  std::vector<Event> events;
};

// Calls work(thread, first subject, end) for parts of the subjects with about as many points.
template <class Work>
void in_parts(const Points& points, size_t threads, const Work& work) {
  std::vector<size_t> cut{0};
  for (size_t t = 1; t < threads; ++t) {
    auto part = std::lower_bound(points.offset.begin(), points.offset.end(), points.value.size() * t / threads);
    cut.push_back(std::clamp(static_cast<size_t>(part - points.offset.begin()), cut.back(), points.size()));
  }
  cut.push_back(points.size());
  std::vector<std::thread> workers;
  for (size_t t = 1; t < threads; ++t) workers.emplace_back([&, t] { work(t, cut[t], cut[t + 1]); });
  work(size_t{0}, cut[0], cut[1]);
  for (std::thread& w : workers) w.join();
}

// Counted, then placed: each thread's events of an owner stand behind those of the threads before it, so
// that the order is that of one thread.
Placed place(const Points& points, const Timelines& timelines, Divide divide, size_t owners, size_t threads) {
  std::vector<std::vector<uint64_t>> next(threads, std::vector<uint64_t>(owners, 0));
  in_parts(points, threads, [&](size_t t, size_t first, size_t end) {
    each_event(points, timelines, divide, first, end,
               [&](uint32_t owner, uint16_t, int64_t, int32_t) { ++next[t][owner]; });
  });
  Placed out;
  uint64_t total = 0;
  for (size_t o = 0; o < owners; ++o) {
    out.at.push_back(total);
    for (auto& mine : next) total += std::exchange(mine[o], total);
  }
  out.at.push_back(total);
  out.events.resize(total);
  in_parts(points, threads, [&](size_t t, size_t first, size_t end) {
    each_event(points, timelines, divide, first, end,
               [&](uint32_t owner, uint16_t day, int64_t delta, int32_t part) {
                 out.events[next[t][owner]++] = {day, part, delta};
               });
  });
  return out;
}
}  // namespace

Sections Moments::build(const Points& points, const Timelines& timelines, Divide divide, size_t owners,
                        int threads) {
  const auto [at, events] = place(points, timelines, divide, owners, static_cast<size_t>(std::max(1, threads)));
  std::vector<Rows> parts = run_all(at, events, owners, std::max(1, threads));
  std::vector<uint64_t> offset{0};
  Rows all = std::move(parts[0]);
  for (size_t t = 1; t < parts.size(); ++t) {
    append(all.length, parts[t].length);
    append(all.day, parts[t].day);
    append(all.m0, parts[t].m0);
    append(all.m1, parts[t].m1);
  }
  for (uint64_t n : all.length) offset.push_back(offset.back() + n);
  Sections out;
  out.put("offset", std::move(offset));
  out.put("day", std::move(all.day));
  out.put("m0", std::move(all.m0));
  out.put("m1", std::move(all.m1));
  put_bank(out, points);
  return out;
}

Sections Moments::of_events(const std::vector<Given>& given, const std::vector<std::pair<int32_t, int64_t>>& whole,
                            size_t owners) {
  std::vector<uint64_t> at(owners + 1, 0), offset{0};
  for (const Given& g : given) ++at[g.owner + 1];
  for (size_t o = 0; o < owners; ++o) at[o + 1] += at[o];
  std::vector<const Given*> placed(given.size());
  std::vector<uint64_t> next(at.begin(), at.end() - 1);
  for (const Given& g : given) placed[next[g.owner]++] = &g;
  Rows rows;
  Runner runner;
  for (size_t o = 0; o < owners; ++o) {
    for (uint64_t i = at[o]; i < at[o + 1]; ++i) runner.add(near_day(placed[i]->day), placed[i]->amount);
    runner.emit(rows.day, rows.m0, rows.m1);
    offset.push_back(rows.day.size());
  }
  Rows bank;
  for (const auto& [day, amount] : whole)
    runner.add(near_day(day), static_cast<Int128>(amount) * attribution::kWhole);
  runner.emit(bank.day, bank.m0, bank.m1);
  Sections out;
  out.put("offset", std::move(offset));
  out.put("day", std::move(rows.day));
  out.put("m0", std::move(rows.m0));
  out.put("m1", std::move(rows.m1));
  out.put("bank.day", std::move(bank.day));
  out.put("bank.m0", std::move(bank.m0));
  out.put("bank.m1", std::move(bank.m1));
  return out;
}

Moments::Moments(Sections sections, Of of) : sections_(std::move(sections)), of_(of) {
  offset_ = sections_.get<uint64_t>("offset");
  all_ = {sections_.get<uint16_t>("day"), sections_.get<Int128>("m0"), sections_.get<Int128>("m1")};
  bank_ = {sections_.get<uint16_t>("bank.day"), sections_.get<Int128>("bank.m0"),
           sections_.get<Int128>("bank.m1")};
}

base::Int128 Moments::Series::up_to(int32_t y, Of of) const {
  if (y < 0 || day.empty()) return 0;
  auto after = std::upper_bound(day.begin(), day.end(), y, [](int32_t d, uint16_t t) { return d < t; });
  if (after == day.begin()) return 0;
  auto i = static_cast<size_t>(after - day.begin()) - 1;
  return of == Of::events ? m0[i] : (static_cast<Int128>(y) + 1) * m0[i] - m1[i];
}

Sums Moments::days(int32_t first, int32_t last) {
  Sums out;
  int32_t before = first - kFirstDay - 1, end = last - kFirstDay;
  out.owner.reserve(offset_.size() - 1);
  for (size_t o = 0; o + 1 < offset_.size(); ++o) {
    uint64_t at = offset_[o], n = offset_[o + 1] - at;
    Series series{all_.day.subspan(at, n), all_.m0.subspan(at, n), all_.m1.subspan(at, n)};
    out.owner.push_back(series.up_to(end, of_) - series.up_to(before, of_));
  }
  out.bank = bank_.up_to(end, of_) - bank_.up_to(before, of_);
  return out;
}

}  // namespace guanhu::measures
