// Starting, stopping, other ways in: Unix socket, TLS; files from disk; the client's own errors.
#include <openssl/ssl.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "http/health.h"
#include "raw.h"

namespace guanhu::http::testing {

namespace fs = std::filesystem;

namespace {

std::string temporary(std::string_view name) {
  return (fs::path(::testing::TempDir()) / ("http-" + std::to_string(::getpid()) + "-" + std::string(name)))
      .string();
}

std::string start_error(ServerOptions o) {
  KeptLog log;
  base::SystemClock clock;
  Server server(std::move(o), sample_routes(), log, clock);
  auto status = server.start();
  return status.ok() ? "started" : status.error().code + " " + status.error().message;
}

}  // namespace

TEST(Start, SaysWhatIsInTheWay) {
  Running first(sample_routes());
  EXPECT_EQ(start_error({.port = first.server.port()}), "http.listen cannot listen there: Address already in use");
  EXPECT_EQ(start_error({.address = "nowhere.example"}), "http.listen \"nowhere.example\" is no address");
  EXPECT_EQ(start_error({.address = "203.0.113.9"}),
            "http.listen cannot listen there: Cannot assign requested address");
  EXPECT_EQ(start_error({.address = ""}), "http.options the server would listen nowhere");
  EXPECT_EQ(start_error({.unix_socket = std::string(200, 'x')}),
            "http.listen the path of the socket is longer than the system allows");
  EXPECT_EQ(start_error({.tls_certificate = "x.pem"}), "http.options a certificate and its key belong together");
  EXPECT_TRUE(start_error({.tls_certificate = "/nowhere/x.pem", .tls_key = "/nowhere/y.pem"})
                  .starts_with("http.tls cannot use this file"));
  EXPECT_EQ(start_error({.header_bytes = 10}), "http.options header_bytes is outside 1024 to 1048576");
  EXPECT_EQ(start_error({.idle = Millis(0)}), "http.options a deadline must be longer than nothing");
  EXPECT_EQ(start_error({}), "started");
}

TEST(Stop, LetsRequestsInFlightFinish) {
  Gate began, go;
  Router routes = sample_routes();
  routes.add("GET", "/wait",
             [&](const Request&, const Params&) { return began.open(), go.wait(), Response::text("done"); });
  Running s(std::move(routes));
  Raw idle = s.raw(), working = s.raw();
  idle.send(get("/hello"));
  ASSERT_EQ(status_of(idle.answer()), 200);
  working.send(get("/wait") + get("/hello"));
  ASSERT_TRUE(began.wait());
  std::thread stopper([&] { s.server.stop(kPatience); });
  EXPECT_EQ(idle.rest(), "") << "an idle connection is closed at once";
  EXPECT_TRUE(eventually([&] { return !s.raw().connected(); })) << "nobody new is let in";
  go.open();
  std::string last = working.rest();
  stopper.join();
  EXPECT_NE(last.find("connection: close\r\n"), last.npos);
  EXPECT_TRUE(last.ends_with("\r\n\r\ndone")) << "what came after it is not answered: " << last;
}

TEST(Stop, AfterItsGraceCutsAndTellsTheWorkers) {
  Gate began;
  std::atomic<bool> told{false};
  Router routes;
  routes.add("GET", "/stubborn", [&](const Request& q, const Params&) {
    began.open();
    told = eventually([&] { return q.cancelled.stop_requested(); });
    return Response::text("");
  });
  Running s(std::move(routes));
  Raw working = s.raw(), half = s.raw();
  half.send("GET /stubborn HTT");
  working.send(get("/stubborn"));
  ASSERT_TRUE(began.wait());
  s.server.stop(Millis(30));
  EXPECT_TRUE(told);
  EXPECT_EQ(working.rest(), "");
  EXPECT_EQ(half.rest(), "");
  s.server.stop(Millis(0));
}

TEST(Stop, UnderLoadLosesNothingHalfSent) {
  for (int round = 0; round < 5; ++round) {
    Running s(sample_routes());
    std::atomic<int> answered{0}, broken{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&] {
        for (;;) {
          auto a = s.client().get("/worker");
          if (!a.ok()) return;
          if (a->status == 200 && !a->body.starts_with("worker for ")) ++broken;
          ++answered;
        }
      });
    ASSERT_TRUE(eventually([&] { return answered > 20; }));
    s.server.stop(kPatience);
    for (auto& t : threads) t.join();
    EXPECT_EQ(broken, 0);
  }
}

TEST(UnixSocket, IsPrivateAndKnowsWhoAsks) {
  std::string path = temporary("socket");
  Router routes;
  routes.add("GET", "/who", [](const Request& q, const Params&) {
    return Response::text(q.peer + " " + std::to_string(q.peer_uid.value_or(999'999)));
  });
  std::ofstream(path) << "no socket";
  EXPECT_EQ(start_error({.unix_socket = path}), "http.listen cannot listen there: Address already in use")
      << "a file is not removed";
  fs::remove(path);
  {
    Running s(std::move(routes), {.address = "", .unix_socket = path});
    struct stat facts {};
    ASSERT_EQ(::stat(path.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u);
    EXPECT_EQ(start_error({.unix_socket = path}), "http.listen another server listens there");
    auto a = Client::unix_socket(path).get("/who");
    ASSERT_TRUE(a.ok()) << a.error().text();
    EXPECT_EQ(a->body, "unix " + std::to_string(::getuid()));
  }
  EXPECT_FALSE(fs::exists(path));
  auto gone = Client::unix_socket(path).get("/who");
  ASSERT_FALSE(gone.ok());
  EXPECT_EQ(gone.error().code, "http.connect");
}

TEST(Client, SaysWhatWentWrong) {
  auto refused = Client::tcp("127.0.0.1", 1).get("/");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, "http.connect");
  Gate go;
  Router routes = sample_routes();
  routes.add("GET", "/wait", [&](const Request&, const Params&) { return go.wait(), Response::text("late"); });
  Running s(std::move(routes), {.idle = Millis(30)});
  auto impatient = Client::tcp("127.0.0.1", s.server.port(), {.request = Millis(50)});
  auto late = impatient.get("/wait");
  ASSERT_FALSE(late.ok());
  EXPECT_EQ(late.error().code, "http.timeout");
  go.open();
  auto c = s.client();
  ASSERT_TRUE(c.get("/hello").ok());
  ASSERT_TRUE(eventually([&] { return s.server.snapshot().connections == 0; }));
  auto again = c.get("/hello");
  ASSERT_TRUE(again.ok()) << "a connection closed while idle is opened anew: " << again.error().text();
  auto head = c.request("HEAD", "/hello");
  ASSERT_TRUE(head.ok()) << head.error().text();
  EXPECT_EQ(head->header("content-length"), "6");
  EXPECT_EQ(c.get("/hello")->body, "hello\n");
}

TEST(Files, AreStreamedFromDisk) {
  std::string path = temporary("file"), content;
  for (int i = 0; content.size() < 3'000'000; ++i) content += std::to_string(i) + ",";
  std::ofstream(path, std::ios::binary) << content;
  Router routes;
  auto send = [](std::string file) {
    return [file](const Request&, const Params&) {
      Response r = Response::text("");
      r.file = file;
      return r;
    };
  };
  routes.add("GET", "/file", send(path));
  routes.add("GET", "/missing", send(path + ".none"));
  routes.add("GET", "/folder", send(::testing::TempDir()));
  Running s(std::move(routes));
  auto c = s.client();
  for (auto bad : {"/missing", "/folder"}) {
    auto a = c.get(bad);
    ASSERT_TRUE(a.ok());
    EXPECT_EQ(a->status, 500);
    EXPECT_EQ(a->body.find(path), std::string::npos) << "the path stays inside";
  }
  auto head = c.request("HEAD", "/file");
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->header("content-length"), std::to_string(content.size()));
  auto whole = c.get("/file");
  ASSERT_TRUE(whole.ok()) << whole.error().text();
  EXPECT_TRUE(whole->body == content);
  fs::remove(path);
}

TEST(Health, TellsWhetherTheChecksHold) {
  std::atomic<bool> good{true};
  KeptLog log;
  base::SystemClock clock;
  Router routes;
  routes.add("GET", "/health",
             health_handler({{"store",
                              [&]() -> base::Status {
                                if (!good)
                                  return base::Error{"store.gone", "the disk of the bank is full", "", ""};
                                return {};
                              }}},
                            log, clock),
             {.log = false});
  Server server({}, std::move(routes), log, clock);
  server.router().add("GET", "/metrics", metrics_handler(server, [] { return "more 1\n"; }));
  ASSERT_TRUE(server.start().ok());
  EXPECT_THROW(server.router(), base::Broken);
  auto c = Client::tcp("127.0.0.1", server.port());
  EXPECT_EQ(c.get("/health")->body, R"({"status": "ok", "checks": {"store": "ok"}})");
  good = false;
  auto failed = c.get("/health");
  EXPECT_EQ(failed->status, 503);
  EXPECT_EQ(failed->body, R"({"status": "failed", "checks": {"store": "failed"}})");
  EXPECT_TRUE(log.has("health of store: the disk of the bank is full"));
  auto metrics = c.get("/metrics");
  EXPECT_NE(metrics->body.find("guanhu_http_requests_total{method=\"GET\",route=\"/health\",status=\"503\"} 1\n"),
            std::string::npos)
      << metrics->body;
  EXPECT_TRUE(metrics->body.ends_with("more 1\n"));
}

namespace {

// A certificate for this test only.
bool make_certificate(const std::string& cert, const std::string& key) {
  std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
      "-keyout " +
      key + " -out " + cert + " 2>/dev/null";
  return std::system(command.c_str()) == 0;
}

// One exchange over TLS of at most this version; "" when the handshake fails.
std::string over_tls(uint16_t port, std::string_view request, int most_version) {
  Raw raw(port);
  std::string out;
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_max_proto_version(context, most_version);
  SSL* ssl = SSL_new(context);
  SSL_set_fd(ssl, raw.fd());
  if (SSL_connect(ssl) == 1) {
    SSL_write(ssl, request.data(), static_cast<int>(request.size()));
    char buffer[4096];
    for (int n; (n = SSL_read(ssl, buffer, sizeof buffer)) > 0;) out.append(buffer, static_cast<size_t>(n));
    if (SSL_get_error(ssl, 0) == SSL_ERROR_ZERO_RETURN) out += "[ended properly]";
  }
  SSL_free(ssl);
  SSL_CTX_free(context);
  return out;
}

}  // namespace

TEST(Tls, AnswersOverTlsAndRefusesWhatIsNone) {
  std::string cert = temporary("cert.pem"), key = temporary("key.pem");
  if (!make_certificate(cert, key)) GTEST_SKIP() << "no openssl program here";
  Router routes = sample_routes();
  routes.add("GET", "/large", [](const Request& q, const Params&) {
    auto r = Response::text(std::string(1 << 20, q.secure ? 's' : 'p'));
    r.compress = false;
    return r;
  });
  ServerOptions o;
  o.tls_certificate = cert, o.tls_key = key, o.header = Millis(500);
  Running s(std::move(routes), o);
  Raw plain = s.raw();
  plain.send(get("/hello"));
  EXPECT_EQ(plain.rest().find("hello"), std::string::npos);
  EXPECT_EQ(over_tls(s.server.port(), get("/hello"), TLS1_1_VERSION), "");
  for (int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    std::string answer =
        over_tls(s.server.port(), get("/worker") + get("/large", "connection: close\r\n"), version);
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_NE(answer.find("strict-transport-security: "), answer.npos);
    EXPECT_TRUE(answer.ends_with(std::string(1 << 20, 's') + "[ended properly]")) << answer.size();
  }
  Raw silent = s.raw();
  EXPECT_EQ(silent.rest(), "") << "a handshake that never comes is not waited for";
  fs::remove(cert), fs::remove(key);
}

}  // namespace guanhu::http::testing
