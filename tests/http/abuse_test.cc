// Clients that mean no good, or sit on a bad line: they are cut off, and others do not notice.
#include "http/events.h"
#include "raw.h"

namespace guanhu::http::testing {

namespace {

// Deadlines short enough to wait for.
ServerOptions short_deadlines() {
  ServerOptions o;
  o.header = o.body = o.write = o.idle = Millis(300);
  o.least_rate = 1 << 20;
  return o;
}

// Sends `drip` again and again until the server hangs up; what it said.
std::string drip_until_closed(Raw& r, std::string_view drip) {
  auto end = Steady::now() + kPatience;
  while (!r.closed() && Steady::now() < end) {
    r.more(Millis(10));
    if (!r.closed() && !drip.empty()) r.send(drip);
  }
  EXPECT_TRUE(r.closed()) << "the server did not hang up";
  return r.rest();
}

}  // namespace

TEST(Slow, AHeaderInDropsIsCutOff) {
  Running s(sample_routes(), short_deadlines());
  Raw r = s.raw();
  r.send("GET /hello HTTP/1.1\r\nhost: x\r\n");
  std::string said = drip_until_closed(r, "a: b\r\n");
  EXPECT_EQ(status_of(said), 408) << said;
  EXPECT_GE(s.server.snapshot().timeouts, 1u);
}

TEST(Slow, ARequestLineInDropsIsCutOff) {
  Running s(sample_routes(), short_deadlines());
  Raw r = s.raw();
  r.send("GET /");
  EXPECT_EQ(status_of(drip_until_closed(r, "a")), 408);
}

TEST(Slow, ABodyInDropsIsCutOff) {
  Running s(sample_routes(), short_deadlines());
  Raw sized = s.raw();
  sized.send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n");
  EXPECT_EQ(status_of(drip_until_closed(sized, "b")), 408);
  Raw chunks = s.raw();
  chunks.send("POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
  EXPECT_EQ(status_of(drip_until_closed(chunks, "1\r\nb\r\n")), 408);
}

TEST(Slow, HalfOpenAndIdleConnectionsAreClosedWithoutAWord) {
  Running s(sample_routes(), short_deadlines());
  Raw silent = s.raw(), used = s.raw();
  used.send(get("/hello"));
  EXPECT_EQ(status_of(used.answer()), 200);
  EXPECT_EQ(silent.rest(), "");
  EXPECT_EQ(used.rest(), "");
  EXPECT_TRUE(eventually([&] { return s.server.snapshot().connections == 0; }));
}

TEST(Slow, AReaderThatDoesNotReadIsCutOff) {
  Router routes = sample_routes();
  auto large = std::make_shared<const std::string>(32 << 20, 'x');
  routes.add("GET", "/large", [large](const Request&, const Params&) {
    auto r = Response::text("");
    r.shared_body = large;
    r.compress = false;
    return r;
  });
  auto options = short_deadlines();
  options.least_rate = 64 << 20;
  Running s(std::move(routes), options);
  Raw r = s.raw(4096);
  r.send(get("/large"));
  ASSERT_TRUE(eventually([&] { return s.server.snapshot().timeouts == 1; }));
  EXPECT_LT(r.rest().size(), large->size());
  EXPECT_TRUE(eventually([&] { return s.server.snapshot().connections == 0; }));
}

// All of them at once, more than there are threads of any kind: whoever behaves is answered, in order and in full.
TEST(Everybody, WhoBehavesIsServedBesideThoseWhoDoNot) {
  Router routes = sample_routes();
  auto large = std::make_shared<const std::string>(8 << 20, 'x');
  routes.add("GET", "/large", [large](const Request&, const Params&) {
    auto r = Response::text("");
    r.shared_body = large;
    r.compress = false;
    return r;
  });
  Running s(std::move(routes), {.io_threads = 2, .worker_threads = 2});
  std::vector<Raw> held;
  for (int i = 0; i < 40; ++i) {
    held.push_back(s.raw());  // half-open: nothing is ever sent
    held.push_back(s.raw());
    held.back().send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf of");
    held.push_back(s.raw());
    held.back().send("GET /hello HTTP/1.1\r\nhost");
    held.push_back(s.raw(4096));  // reads nothing of eight megabytes
    held.back().send(get("/large"));
  }
  std::atomic<bool> enough{false};
  std::thread vandal([&] {
    for (int i = 0; !enough; ++i) {
      Raw r = s.raw();
      r.send(i % 3 == 0 ? std::string_view("\x16\x03\x01\x02 no TLS\r\n\r\n")
             : i % 3 == 1
                 ? std::string_view("GET /%zz HTTP/1.1\r\nhost: x\r\n\r\n")
                 : std::string_view(
                       "GET /hello HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n"));
      if (i % 2) r.more(Millis(50));  // else gone before the answer
    }
  });
  auto client = s.client();
  for (int i = 0; i < 400; ++i) {
    auto worker = client.get("/worker");
    ASSERT_TRUE(worker.ok()) << i << ": " << worker.error().text();
    ASSERT_EQ(worker->status, 200) << i;
    auto item = client.get("/items/" + std::to_string(i));
    ASSERT_TRUE(item.ok()) << i;
    ASSERT_EQ(item->body, std::to_string(i));
  }
  EXPECT_GE(s.server.snapshot().connections, 160) << "those who wait are still there";
  enough = true;
  vandal.join();
}

TEST(Flood, HeadersWithoutEndAreRefusedHoweverTheyArrive) {
  Running s(sample_routes(), {.header_bytes = 4096});
  Raw pieces = s.raw();
  pieces.send("GET /hello HTTP/1.1\r\nhost: x\r\n");
  // Few fields, each far below the limit, sent one by one: the sum is what counts.
  std::string field = "a: " + std::string(200, 'x') + "\r\n";
  for (int i = 0; i < 60 && pieces.send(field); ++i) pieces.more(Millis(1));
  EXPECT_EQ(status_of(pieces.rest()), 431);
  Raw one = s.raw();
  one.send("GET /hello HTTP/1.1\r\nhost: x\r\na: " + std::string(100'000, 'x'));
  EXPECT_EQ(status_of(one.rest()), 431);
}

TEST(Flood, RandomBytesBreakNothing) {
  Running s(sample_routes(), short_deadlines());
  uint64_t seed = 42;
  auto next = [&] { return seed = seed * 6364136223846793005ULL + 1442695040888963407ULL, seed >> 33; };
  const std::string good =
      "POST /echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n" +
      get("/items/1?a=%41");
  for (int i = 0; i < 300; ++i) {
    std::string bytes = good;
    for (uint64_t k = 0, n = 1 + next() % 4; k < n; ++k) bytes[next() % bytes.size()] = static_cast<char>(next());
    Raw r = s.raw();
    r.send(bytes);
    r.half_close();
    r.rest();
  }
  EXPECT_EQ(status_of(s.ask(get("/hello"))), 200);
  EXPECT_EQ(s.server.snapshot().exceptions, 0u);
  EXPECT_TRUE(eventually([&] { return s.server.snapshot().connections == 0; }));
}

TEST(Refusals, AreReadEvenWhileTheBodyIsStillBeingSent) {
  Running s(sample_routes(), {.body_bytes = 1000});
  Raw r = s.raw();
  r.send("POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 500000\r\n\r\n");
  r.send(std::string(500'000, 'x'));
  EXPECT_EQ(status_of(r.rest()), 413);
}

TEST(Connections, BeyondTheLimitAreTurnedAway) {
  ServerOptions o;
  o.connections = 3;
  Running s(sample_routes(), o);
  std::vector<Raw> kept;
  for (int i = 0; i < 3; ++i) {
    kept.push_back(s.raw());
    kept.back().send(get("/hello"));
    ASSERT_EQ(status_of(kept.back().answer()), 200);
  }
  std::string refused = s.raw().rest();
  EXPECT_EQ(status_of(refused), 503);
  EXPECT_NE(refused.find("http.connections"), refused.npos);
  EXPECT_EQ(s.server.snapshot().refused_connections, 1u);
  kept.pop_back();
  EXPECT_TRUE(eventually([&] { return status_of(s.ask(get("/hello"))) == 200; }));
}

TEST(Connections, OneAddressMayNotTakeThemAll) {
  ServerOptions o;
  o.connections_per_peer = 2;
  o.unix_socket = ::testing::TempDir() + "http-peer-" + std::to_string(::getpid());
  Running s(sample_routes(), o);
  Raw a = s.raw(), b = s.raw();
  a.send(get("/hello"));
  b.send(get("/hello"));
  ASSERT_EQ(status_of(a.answer()), 200);
  ASSERT_EQ(status_of(b.answer()), 200);
  EXPECT_EQ(status_of(s.raw().rest()), 503);
  auto local = Client::unix_socket(o.unix_socket).get("/hello");
  ASSERT_TRUE(local.ok()) << "the operator on the machine is not locked out: " << local.error().text();
  EXPECT_EQ(local->status, 200);
}

}  // namespace guanhu::http::testing
