#include "http/events.h"

#include <gtest/gtest.h>

namespace guanhu::http {

namespace {

std::string taken(const Response& r, bool* going = nullptr) {
  std::vector<Bytes> out;
  bool more = r.stream->take(out);
  if (going) *going = more;
  std::string all;
  for (const auto& b : out) all += *b;
  return all;
}

Response open(EventHub& hub, std::vector<std::string> topics, std::string last = "", std::string owner = "") {
  Request q;
  if (!last.empty()) q.headers = {{"last-event-id", last}};
  auto r = hub.open(q, {.topics = std::move(topics), .owner = std::move(owner)});
  return r;
}

// The data of the events in a piece of the stream: "1,2".
std::string data_of(std::string_view stream) {
  std::string out;
  for (size_t at = 0; (at = stream.find("data: ", at)) != stream.npos;) {
    at += 6;
    out += (out.empty() ? "" : ",") + std::string(stream.substr(at, stream.find('\n', at) - at));
  }
  return out;
}

}  // namespace

TEST(Events, LimitsOnStreams) {
  EventHub hub({.streams = 2, .streams_per_owner = 1, .epoch = "e"});
  auto a = open(hub, {"t"}, "", "zhang");
  EXPECT_EQ(open(hub, {"t"}, "", "zhang").status, 429);
  auto b = open(hub, {"t"}, "", "li");
  EXPECT_EQ(open(hub, {"t"}, "", "wang").status, 503);
  a.stream->detach();
  EXPECT_EQ(open(hub, {"t"}, "", "zhang").status, 200);
  hub.close();
  EXPECT_EQ(open(hub, {"t"}).status, 503);
}

TEST(Events, ReachThoseWhoAskedInOrder) {
  EventHub hub({.epoch = "e"});
  auto bank = open(hub, {"bank", "user:1"}), all = open(hub, {"*", "bank"}), other = open(hub, {"user:2"});
  EXPECT_EQ(taken(bank), "retry: 3000\nid: e-0\n\n");
  hub.publish("bank", "notice", "1");
  hub.publish("user:1", "notice", "2");
  hub.publish("user:2", "notice", "3");
  EXPECT_EQ(taken(bank), "id: e-1\nevent: notice\ndata: 1\n\nid: e-2\nevent: notice\ndata: 2\n\n");
  EXPECT_EQ(data_of(taken(all)), "1,2,3");
  EXPECT_EQ(data_of(taken(other)), "3");
  EXPECT_EQ(taken(bank), "");
}

TEST(Events, CannotBeForgedThroughTheirText) {
  EventHub hub({.epoch = "e"});
  auto r = open(hub, {"t"});
  taken(r);
  hub.publish("t", "a\nid: 9", "x\ny\r\nz\rdata: w");
  EXPECT_EQ(taken(r), "id: e-1\nevent: aid: 9\ndata: x\ndata: y\ndata: z\ndata: data: w\n\n");
}

TEST(Events, AFilterKeepsBackAlsoInReplay) {
  EventHub hub({.epoch = "e"});
  auto even = [](const Event& e) { return e.number % 2 == 0; };
  Request q;
  auto live = hub.open(q, {.topics = {"t"}, .filter = even});
  for (auto d : {"1", "2", "3", "4"}) hub.publish("t", "", d);
  EXPECT_EQ(data_of(taken(live)), "2,4");
  q.headers = {{"last-event-id", "e-2"}};
  EXPECT_EQ(data_of(taken(hub.open(q, {.topics = {"t"}, .filter = even}))), "4");
}

TEST(Events, AreReplayedAsFarAsTheRingReaches) {
  EventHub hub({.replay_events = 3, .epoch = "e"});
  for (auto d : {"1", "2", "3", "4", "5"}) hub.publish("t", "", d);
  EXPECT_EQ(data_of(taken(open(hub, {"t"}, "e-5"))), "");
  EXPECT_EQ(data_of(taken(open(hub, {"t"}, "e-3"))), "4,5");
  EXPECT_EQ(data_of(taken(open(hub, {"t"}, "e-2"))), "3,4,5");
  for (auto unknown : {"e-1", "e-6", "f-5", "e-", "e-x", "5", "e-5x", "ee-5"}) {
    auto text = taken(open(hub, {"t"}, unknown));
    EXPECT_EQ(text, "retry: 3000\n\nid: e-5\nevent: reset\ndata: {}\n\n") << unknown;
  }
}

TEST(Events, AReplayLargerThanTheBufferIsAReset) {
  EventHub hub({.buffer_bytes = 1000, .epoch = "e"});
  for (int i = 0; i < 5; ++i) hub.publish("t", "", std::string(200, 'x'));
  bool going = false;
  EXPECT_NE(taken(open(hub, {"t"}, "e-1"), &going).find("event: reset"), std::string::npos);
  EXPECT_TRUE(going);
  EXPECT_EQ(taken(open(hub, {"t"}, "e-4")).find("event: reset"), std::string::npos);
}

TEST(Events, WhoDoesNotReadIsCutOff) {
  EventHub hub({.buffer_bytes = 300, .epoch = "e"});
  auto slow = open(hub, {"t"}), quick = open(hub, {"t"});
  int woken = 0;
  slow.stream->attach([&] { ++woken; });
  for (int i = 0; i < 10; ++i) {
    hub.publish("t", "", std::string(40, 'x'));
    taken(quick);
  }
  EXPECT_TRUE(slow.stream->overrun());
  EXPECT_FALSE(quick.stream->overrun());
  EXPECT_GT(woken, 0);
  bool going = true;
  EXPECT_EQ(taken(slow, &going), "");
  EXPECT_FALSE(going);
}

TEST(Events, AnOwnerIsDisconnected) {
  EventHub hub({.epoch = "e"});
  auto mine = open(hub, {"t"}, "", "zhang"), other = open(hub, {"t"}, "", "li");
  EXPECT_EQ(hub.disconnect("zhang"), 1u);
  EXPECT_EQ(hub.disconnect("nobody"), 0u);
  bool going = true;
  taken(mine, &going);
  EXPECT_FALSE(going);
  taken(other, &going);
  EXPECT_TRUE(going);
  EXPECT_EQ(hub.streams(), 2u);
  mine.stream->detach();
  other.stream.reset();
  EXPECT_EQ(hub.streams(), 0u);
}

}  // namespace guanhu::http
