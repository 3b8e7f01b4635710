// Event streams through the server.
#include "http/events.h"
#include "raw.h"

namespace guanhu::http::testing {

namespace {

struct Streaming {
  explicit Streaming(EventHubOptions options = {}, ServerOptions server = {})
      : hub(with_epoch(std::move(options))), running(routes(), std::move(server)) {}

  Raw listen(std::string headers = "") {
    Raw r = running.raw();
    r.send(get("/events", headers));
    EXPECT_NE(r.until("\r\n\r\n").find("content-type: text/event-stream\r\n"), std::string::npos);
    return r;
  }
  static EventHubOptions with_epoch(EventHubOptions o) {
    o.epoch = "e";
    return o;
  }
  Router routes() {
    Router r = sample_routes();
    r.add("GET", "/events",
          [this](const Request& q, const Params&) { return hub.open(q, {.topics = {"t"}, .owner = "o"}); });
    return r;
  }

  EventHub hub;
  Running running;
};

}  // namespace

TEST(Streams, AreNotOpenedBeyondTheLimit) {
  Streaming s({.streams_per_owner = 1});
  Raw r = s.listen();
  std::string refused = s.running.ask(get("/events"));
  EXPECT_EQ(status_of(refused), 429);
  EXPECT_NE(refused.find("application/problem+json"), refused.npos);
}

TEST(Streams, TellInOrderAndReplayWhatWasMissed) {
  Streaming s;
  std::string first;
  {
    Raw r = s.listen();
    EXPECT_EQ(r.until("\n\n"), "retry: 3000\nid: e-0\n\n");
    std::thread publisher([&] {
      for (int i = 1; i <= 500; ++i) s.hub.publish("t", "n", std::to_string(i));
    });
    for (int i = 1; i <= 500; ++i) {
      std::string expected = "id: e-" + std::to_string(i) + "\nevent: n\ndata: " + std::to_string(i) + "\n\n";
      ASSERT_EQ(r.until("\n\n"), expected);
    }
    publisher.join();
  }
  ASSERT_TRUE(eventually([&] { return s.hub.streams() == 0; }));
  s.hub.publish("t", "n", "while away");
  Raw again = s.listen("last-event-id: e-500\r\n");
  EXPECT_EQ(again.until("\n\n"), "retry: 3000\n\n");
  EXPECT_EQ(again.until("\n\n"), "id: e-501\nevent: n\ndata: while away\n\n");
  Raw lost = s.listen("last-event-id: other-1\r\n");
  lost.until("\n\n");
  EXPECT_EQ(lost.until("\n\n"), "id: e-501\nevent: reset\ndata: {}\n\n");
}

TEST(Streams, BeatWhenNothingHappens) {
  Streaming s({.heartbeat = Millis(20)});
  Raw r = s.listen();
  r.until("id: e-0\n\n");
  EXPECT_EQ(r.until("\n\n"), ":\n\n");
  EXPECT_EQ(r.until("\n\n"), ":\n\n");
}

TEST(Streams, ASlowReaderIsDroppedAndOthersHearOn) {
  Streaming s({.replay_bytes = 1 << 20, .buffer_bytes = 64 << 10});
  Raw slow = s.running.raw(4096);
  slow.send(get("/events"));
  Raw quick = s.listen();
  ASSERT_TRUE(eventually([&] { return s.hub.streams() == 2; }));
  std::string data(8000, 'x');
  int sent = 0;
  // The system's buffers take some megabytes before the hub's own fills.
  while (s.running.server.snapshot().streams_dropped == 0 && sent < 5000) {
    s.hub.publish("t", "", data);
    ++sent;
    ASSERT_NE(quick.until(data + "\n\n"), "") << sent;
  }
  EXPECT_EQ(s.running.server.snapshot().streams_dropped, 1u);
  EXPECT_TRUE(eventually([&] { return s.hub.streams() == 1; }));
  s.hub.publish("t", "", "after");
  EXPECT_NE(quick.until("after\n\n"), "");
}

TEST(Streams, EndWhenTheirOwnerIsDisconnected) {
  Streaming s;
  Raw r = s.listen();
  EXPECT_EQ(s.hub.disconnect("o"), 1u);
  EXPECT_TRUE(r.rest().ends_with("id: e-0\n\n"));
  EXPECT_TRUE(eventually([&] { return s.running.server.snapshot().streams == 0; }));
}

TEST(Streams, StopEndsThemAtOnce) {
  Streaming s;
  std::vector<Raw> all;
  for (int i = 0; i < 30; ++i) all.push_back(s.listen());
  auto from = Steady::now();
  s.running.server.stop(kPatience);
  EXPECT_LT(Steady::now() - from, kPatience / 2) << "streams are not waited for";
  for (auto& r : all) r.rest();
  EXPECT_EQ(s.hub.streams(), 0u);
  s.hub.publish("t", "", "nobody hears");
}

TEST(Streams, HeadShowsTheHeadersOnly) {
  Streaming s;
  std::string head = s.running.ask("HEAD /events HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_TRUE(head.ends_with("\r\n\r\n")) << head;
  EXPECT_TRUE(eventually([&] { return s.hub.streams() == 0; }));
}

}  // namespace guanhu::http::testing
