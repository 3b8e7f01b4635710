// The pool, its queue and deadlines, and many connections at one time.
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <latch>

#include "http/events.h"
#include "raw.h"

namespace guanhu::http::testing {

namespace {

// What the heap holds: unlike the resident size, it does not forgive what earlier tests have left free.
// Sanitizers have a heap of their own, which says nothing about ours: 0.
int64_t heap_bytes() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 0;
#endif
  struct mallinfo2 m = ::mallinfo2();
  return static_cast<int64_t>(m.uordblks + m.hblkhd);
}

bool descriptors(rlim_t needed) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  return limit.rlim_cur >= needed;
}

// The slowest of some requests while others are there.
Millis slowest_of_many(Running& s, int requests) {
  auto c = s.client();
  Millis slowest{0};
  for (int i = 0; i < requests; ++i) {
    auto from = Steady::now();
    auto answer = c.get(i % 2 ? "/hello" : "/worker");
    EXPECT_TRUE(answer.ok() && answer->status == 200);
    slowest = std::max(slowest, std::chrono::duration_cast<Millis>(Steady::now() - from));
  }
  return slowest;
}

}  // namespace

TEST(Queue, FullMeansTryAgain) {
  Gate gate;
  std::atomic<int> running{0};
  Router routes = sample_routes();
  routes.add("GET", "/wait", [&](const Request&, const Params&) {
    ++running;
    gate.wait();
    return Response::text("waited");
  });
  Running s(std::move(routes), {.worker_threads = 2, .queue = 1});
  Raw a = s.raw(), b = s.raw(), queued = s.raw();
  a.send(get("/wait"));
  b.send(get("/wait"));
  ASSERT_TRUE(eventually([&] { return running == 2; }));
  queued.send(get("/worker"));
  ASSERT_TRUE(eventually([&] { return s.server.snapshot().queued == 1; }));
  std::string full = s.ask(get("/worker"));
  EXPECT_EQ(status_of(full), 503);
  EXPECT_NE(full.find("retry-after: 1\r\n"), full.npos);
  EXPECT_NE(full.find("\"code\": \"http.busy\""), full.npos);
  EXPECT_EQ(status_of(s.ask(get("/hello"))), 200) << "what needs no worker is answered";
  EXPECT_EQ(s.server.snapshot().queue_full, 1u);
  gate.open();
  EXPECT_EQ(status_of(a.answer()), 200);
  EXPECT_EQ(status_of(b.answer()), 200);
  EXPECT_EQ(status_of(queued.answer()), 200);
}

TEST(InFlight, BeyondTheLimitTryAgain) {
  ServerOptions o;
  o.requests_in_flight = 1;
  Running s(sample_routes(), o);
  Raw uploading = s.raw();
  uploading.send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\na");
  ASSERT_TRUE(eventually([&] { return s.server.snapshot().in_flight == 1; }));
  EXPECT_EQ(status_of(s.ask(get("/worker"))), 503);
  uploading.send("b");
  EXPECT_EQ(status_of(uploading.answer()), 200);
  EXPECT_TRUE(eventually([&] { return s.server.snapshot().in_flight == 0; }));
  EXPECT_EQ(status_of(s.ask(get("/worker"))), 200);
}

TEST(Deadline, TheClientHearsAndTheWorkerIsTold) {
  Gate told;
  Router routes = sample_routes();
  routes.add("GET", "/slow",
             [&](const Request& q, const Params&) {
               eventually([&] { return q.cancelled.stop_requested(); });
               if (q.cancelled.stop_requested()) told.open();
               return Response::text("too late");
             },
             {.deadline = Millis(50)});
  Running s(std::move(routes));
  Raw r = s.raw();
  r.send(get("/slow") + get("/hello"));
  std::string late = r.answer();
  EXPECT_EQ(status_of(late), 504);
  EXPECT_NE(late.find("\"code\": \"http.deadline\""), late.npos);
  EXPECT_TRUE(told.wait());
  EXPECT_TRUE(r.answer().ends_with("\r\n\r\nhello\n")) << "the connection goes on";
  EXPECT_EQ(s.server.snapshot().deadlines, 1u);
}

TEST(Deadline, WhatWaitedTooLongInTheQueueIsNeverRun) {
  Gate gate;
  std::atomic<bool> began{false}, ran{false};
  Router routes;
  routes.add("GET", "/wait",
             [&](const Request&, const Params&) { return began = true, gate.wait(), Response::text(""); });
  routes.add("GET", "/next", [&](const Request&, const Params&) { return ran = true, Response::text(""); },
             {.deadline = Millis(50)});
  routes.add("GET", "/last", [&](const Request&, const Params&) { return Response::text(""); });
  Running s(std::move(routes), {.worker_threads = 1});
  Raw first = s.raw();
  first.send(get("/wait"));
  ASSERT_TRUE(eventually([&] { return began.load(); }));
  EXPECT_EQ(status_of(s.ask(get("/next"))), 504);
  gate.open();
  EXPECT_EQ(status_of(first.answer()), 200);
  EXPECT_EQ(status_of(s.ask(get("/last"))), 200) << "the worker came by the one that was given up";
  EXPECT_FALSE(ran);
}

TEST(Gone, AClientThatLeavesCancelsItsRequest) {
  Gate told;
  std::atomic<bool> began{false};
  Router routes;
  routes.add("GET", "/slow", [&](const Request& q, const Params&) {
    began = true;
    if (eventually([&] { return q.cancelled.stop_requested(); })) told.open();
    return Response::text("");
  });
  Running s(std::move(routes));
  {
    Raw r = s.raw();
    r.send(get("/slow"));
    ASSERT_TRUE(eventually([&] { return began.load(); }));
  }
  EXPECT_TRUE(told.wait());
}

TEST(Many, FiveThousandIdleConnectionsDisturbNobody) {
  constexpr size_t kMany = 5000;
  if (!descriptors(2 * kMany + 500)) GTEST_SKIP() << "needs 10500 open files (ulimit -n)";
  Running s(sample_routes());
  slowest_of_many(s, 20);
  int64_t before = heap_bytes();
  std::vector<Raw> idle;
  for (size_t i = 0; i < kMany; ++i) {
    idle.push_back(s.raw());
    ASSERT_TRUE(idle.back().connected()) << i;
    idle.back().send(get("/hello"));
    ASSERT_EQ(status_of(idle.back().answer()), 200) << i;
  }
  EXPECT_EQ(s.server.snapshot().connections, static_cast<int64_t>(kMany) + 0);
  int64_t each = (heap_bytes() - before) / static_cast<int64_t>(kMany);
  RecordProperty("bytes_per_idle_connection", static_cast<int>(each));
  EXPECT_LT(each, 16 << 10) << "bytes for each idle connection, the client's side included";
  EXPECT_LT(slowest_of_many(s, 500), Millis(3000));
  std::cout << "bytes per idle connection: " << each << "\n";
}

TEST(Many, FiveThousandEventStreamsAreCheapAndAllHear) {
  constexpr size_t kMany = 5000;
  if (!descriptors(2 * kMany + 500)) GTEST_SKIP() << "needs 10500 open files (ulimit -n)";
  EventHub hub({});
  Router routes = sample_routes();
  routes.add("GET", "/events/{user}", [&](const Request& q, const Params& p) {
    std::string user(p["user"]);
    return hub.open(q, {.topics = {"bank", "user:" + user}, .owner = user});
  });
  Running s(std::move(routes));
  int64_t before = heap_bytes();
  std::vector<Raw> streams;
  for (size_t i = 0; i < kMany; ++i) {
    streams.push_back(s.raw());
    streams.back().send(get("/events/" + std::to_string(i)));
    ASSERT_NE(streams.back().until("\r\n\r\n").find("200 OK"), std::string::npos) << i;
  }
  ASSERT_TRUE(eventually([&] { return s.server.snapshot().streams == static_cast<int64_t>(kMany); }));
  int64_t each = (heap_bytes() - before) / static_cast<int64_t>(kMany);
  RecordProperty("bytes_per_event_stream", static_cast<int>(each));
  std::cout << "bytes per event stream: " << each << "\n";
  EXPECT_LT(each, 16 << 10) << "5,000 streams must stay far below 1 GiB";
  EXPECT_LT(slowest_of_many(s, 200), Millis(3000));
  hub.publish("bank", "notice", "everybody");
  for (auto& r : streams) ASSERT_NE(r.until("everybody\n\n"), "");
  hub.publish("user:77", "notice", "one");
  EXPECT_NE(streams[77].until("one\n\n"), "");
  streams.clear();
  EXPECT_TRUE(eventually([&] { return hub.streams() == 0; })) << "who has gone is forgotten";
}

TEST(Many, ThreadsAskAtOnceAndGetTheirOwnAnswers) {
  Running s(sample_routes());
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      auto c = s.client();
      for (int i = 0; i < 200; ++i) {
        std::string own = std::to_string(t) + "-" + std::to_string(i);
        auto a = i % 3 ? c.get("/items/" + own) : c.request("POST", "/echo", {}, own);
        if (!a.ok() || a->body != own) ++wrong;
      }
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(eventually([&] { return s.server.snapshot().requests == 1600; })) << "counted when sent";
}

}  // namespace guanhu::http::testing
