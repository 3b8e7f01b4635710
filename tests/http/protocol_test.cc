// What the server says to requests, well-formed and not.
#include "http/conditional.h"
#include "http/events.h"
#include "raw.h"

namespace guanhu::http::testing {

namespace {

struct Case {
  const char* name;
  std::string bytes;
  int status;
};

std::string chunked(std::string_view headers, std::string_view body) {
  return "POST /echo HTTP/1.1\r\nhost: x\r\n" + std::string(headers) + "\r\n" + std::string(body);
}

}  // namespace

TEST(Malformed, IsRefusedAndTheConnectionCloses) {
  Running s(sample_routes());
  const Case cases[] = {
      {"no method", " /hello HTTP/1.1\r\nhost: x\r\n\r\n", 400},
      {"no version", "GET /hello\r\nhost: x\r\n\r\n", 400},
      {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"HTTP/1.2", "GET /hello HTTP/1.2\r\nhost: x\r\n\r\n", 505},
      {"bare line feeds", "GET /hello HTTP/1.1\nhost: x\n\n", 505},
      {"TLS hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 and so on\r\n\r\n", 400},
      {"blank before the colon", "GET /hello HTTP/1.1\r\nhost : x\r\n\r\n", 400},
      {"folded header", "GET /hello HTTP/1.1\r\nhost: x\r\na: b\r\n c\r\n\r\n", 400},
      {"NUL in a value", "GET /hello HTTP/1.1\r\nhost: x\r\na: b" + std::string(1, '\0') + "c\r\n\r\n", 400},
      {"no host", "GET /hello HTTP/1.1\r\n\r\n", 400},
      {"two hosts", "GET /hello HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n", 400},
      {"dot segments", get("/static/../hello"), 400},
      {"encoded dot segments", get("/%2e%2e/hello"), 400},
      {"encoded NUL", get("/items/a%00b"), 400},
      {"half an escape", get("/items/%4"), 400},
      {"no UTF-8", get("/items/%ff"), 400},
      {"backslash", get("/items/a%5cb"), 400},
      {"authority form", "CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n", 501},
      {"unknown method", "BREW /hello HTTP/1.1\r\nhost: x\r\n\r\n", 501},
      {"unknown expectation", "POST /echo HTTP/1.1\r\nhost: x\r\nexpect: miracles\r\ncontent-length: 1\r\n\r\na",
       417},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    std::string answer = s.ask(c.bytes);
    EXPECT_EQ(status_of(answer), c.status) << answer;
    EXPECT_NE(answer.find("application/problem+json"), answer.npos);
    EXPECT_NE(answer.find("\"instance\": \""), answer.npos);
  }
  EXPECT_EQ(status_of(s.ask(get("/hello"))), 200);
}

TEST(Smuggling, TwoReadingsOfOneRequestAreRefused) {
  Running s(sample_routes());
  std::string chunk = "5\r\nhello\r\n0\r\n\r\n";
  const Case cases[] = {
      {"two lengths", chunked("content-length: 5\r\ncontent-length: 6\r\n", "hello"), 400},
      {"two equal lengths", chunked("content-length: 5\r\ncontent-length: 5\r\n", "hello"), 400},
      {"list of lengths", chunked("content-length: 5, 5\r\n", "hello"), 400},
      {"negative length", chunked("content-length: -5\r\n", "hello"), 400},
      {"signed length", chunked("content-length: +5\r\n", "hello"), 400},
      {"hexadecimal length", chunked("content-length: 0x5\r\n", "hello"), 400},
      {"huge length", chunked("content-length: 99999999999999999999999\r\n", "hello"), 400},
      {"length before chunked", chunked("content-length: 5\r\ntransfer-encoding: chunked\r\n", chunk), 400},
      {"length after chunked", chunked("transfer-encoding: chunked\r\ncontent-length: 5\r\n", chunk), 400},
      {"other encoding", chunked("transfer-encoding: identity\r\n", chunk), 501},
      {"chunked not last", chunked("transfer-encoding: chunked, gzip\r\n", chunk), 501},
      {"two encodings", chunked("transfer-encoding: gzip, chunked\r\n", chunk), 501},
      {"chunked twice", chunked("transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n", chunk), 400},
      {"disguised chunked", chunked("transfer-encoding: xchunked\r\n", chunk), 501},
      {"chunked in HTTP/1.0", "POST /echo HTTP/1.0\r\ntransfer-encoding: chunked\r\n\r\n" + chunk, 400},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.name);
    // The second request must never be answered: it is what an attacker would smuggle.
    std::string answer = s.ask(c.bytes + get("/items/smuggled"));
    EXPECT_EQ(status_of(answer), c.status) << answer;
    EXPECT_EQ(answer.find("smuggled"), answer.npos) << answer;
  }
}

TEST(Chunks, AreCheckedAndLimited) {
  Running s(sample_routes(), {.body_bytes = 100});
  auto post = [&](std::string body) { return s.ask(chunked("transfer-encoding: chunked\r\n", body)); };
  EXPECT_EQ(status_of(post("zz\r\nhello\r\n0\r\n\r\n")), 400);
  EXPECT_EQ(status_of(post("5\r\nhelloX\r\n0\r\n\r\n")), 400);
  EXPECT_EQ(status_of(post("ffffffffffffffffff\r\nhello\r\n0\r\n\r\n")), 400);
  EXPECT_EQ(status_of(post("65\r\n" + std::string(101, 'a') + "\r\n0\r\n\r\n")), 413);
  EXPECT_EQ(status_of(post("60\r\n" + std::string(96, 'a') + "\r\n5\r\nbbbbb\r\n0\r\n\r\n")), 413);
  EXPECT_EQ(status_of(post("5;" + std::string(200'000, 'x') + "\r\nhello\r\n0\r\n\r\n")), 400);
  std::string good = post("64\r\n" + std::string(100, 'a') + "\r\n0\r\n\r\n");
  EXPECT_EQ(status_of(good), 200);
  EXPECT_TRUE(good.ends_with("\r\n\r\n" + std::string(100, 'a')));
  EXPECT_TRUE(post("2;ext=1\r\nab\r\n3\r\ncde\r\n0\r\ntrailer: t\r\n\r\n").ends_with("\r\n\r\nabcde"));
}

TEST(Chunks, TrailersNeverBecomeHeaders) {
  Router r;
  r.add("POST", "/who", [](const Request& q, const Params&) {
    return Response::text(std::string(q.header("x-user").value_or("nobody")));
  });
  Running s(std::move(r));
  std::string answer = s.ask(
      "POST /who HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\nx-user: root\r\n\r\n");
  EXPECT_TRUE(answer.ends_with("\r\n\r\nnobody")) << answer;
}

TEST(Limits, HeadersAndBodies) {
  Running s(sample_routes(), {.header_bytes = 2048, .body_bytes = 1000});
  EXPECT_EQ(status_of(s.ask(get("/hello", "a: " + std::string(2048, 'x') + "\r\n"))), 431);
  EXPECT_EQ(status_of(s.ask(get("/" + std::string(3000, 'x')))), 431);
  std::string many;
  for (int i = 0; i < 101; ++i) many += "a: b\r\n";
  EXPECT_EQ(status_of(s.ask(get("/hello", many))), 431);
  EXPECT_EQ(status_of(s.ask(get("/hello", "a: " + std::string(1900, 'x') + "\r\n"))), 200);
  EXPECT_EQ(status_of(s.ask(chunked("content-length: 1001\r\n", std::string(1001, 'b')))), 413);
  EXPECT_EQ(status_of(s.ask(chunked("content-length: 1000\r\n", std::string(1000, 'b')))), 200);
  EXPECT_EQ(status_of(s.ask(chunked("content-length: 18446744073709551615\r\n", "b"))), 413);
}

TEST(Limits, ARouteHasItsOwnBodyLimit) {
  Router r = sample_routes();
  r.add("POST", "/upload",
        [](const Request& q, const Params&) { return Response::text(std::to_string(q.body.size())); },
        {.body_limit = 5'000'000});
  Running s(std::move(r), {.body_bytes = 10});
  auto c = s.client();
  auto large = c.request("POST", "/upload", {}, std::string(5'000'000, 'u'));
  ASSERT_TRUE(large.ok()) << large.error().text();
  EXPECT_EQ(large->body, "5000000");
  auto over = c.request("POST", "/upload", {}, std::string(5'000'001, 'u'));
  ASSERT_TRUE(over.ok()) << over.error().text();
  EXPECT_EQ(over->status, 413);
}

TEST(Limits, AllBodiesTogether) {
  Router r = sample_routes();
  r.add("POST", "/upload",
        [](const Request& q, const Params&) { return Response::text(std::to_string(q.body.size())); },
        {.body_limit = 5'000'000});
  Running s(std::move(r), {.all_bodies_bytes = 300'000});
  Raw first = s.raw();
  first.send("POST /upload HTTP/1.1\r\nhost: x\r\ncontent-length: 250000\r\n\r\n" + std::string(249'999, 'a'));
  ASSERT_TRUE(eventually([&] { return s.server.snapshot().body_bytes == 249'999; }));
  EXPECT_EQ(status_of(s.ask("POST /upload HTTP/1.1\r\nhost: x\r\ncontent-length: 200000\r\n\r\n" +
                            std::string(200'000, 'b'))),
            503);
  first.send("a");
  EXPECT_EQ(status_of(first.answer()), 200);
  EXPECT_TRUE(eventually([&] {
    return status_of(s.ask("POST /upload HTTP/1.1\r\nhost: x\r\ncontent-length: 200000\r\n\r\n" +
                           std::string(200'000, 'b'))) == 200;
  }));
}

TEST(Routing, UnknownPathsAndMethods) {
  Running s(sample_routes());
  std::string missing = s.ask(get("/nothing"));
  EXPECT_EQ(status_of(missing), 404);
  EXPECT_NE(missing.find("\"code\": \"http.not_found\""), missing.npos);
  std::string wrong = s.ask("DELETE /items/1 HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(status_of(wrong), 405);
  EXPECT_NE(wrong.find("allow: GET, HEAD, PUT, OPTIONS\r\n"), wrong.npos) << wrong;
  std::string options = s.ask("OPTIONS /items/1 HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(status_of(options), 204);
  EXPECT_NE(options.find("allow: GET, HEAD, PUT, OPTIONS\r\n"), options.npos);
  EXPECT_EQ(options.find("content-length"), options.npos);
  EXPECT_EQ(status_of(s.ask("OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n")), 204);
}

TEST(Routing, HeadIsGetWithoutTheBody) {
  Running s(sample_routes());
  Raw r = s.raw();
  r.send("HEAD /hello HTTP/1.1\r\nhost: x\r\n\r\n" + get("/hello"));
  std::string head = r.answer(true);
  EXPECT_EQ(status_of(head), 200);
  EXPECT_NE(head.find("content-length: 6\r\n"), head.npos);
  std::string body = r.answer();
  EXPECT_TRUE(body.ends_with("\r\n\r\nhello\n")) << "the HEAD answer must not carry its body: " << body;
}

TEST(Routing, EncodedSlashesAreDataAndNeverSeparate) {
  Running s(sample_routes());
  EXPECT_TRUE(s.ask(get("/items/%E5%86%9C%2F2025")).ends_with("\r\n\r\n\xE5\x86\x9C/2025"));
  EXPECT_TRUE(s.ask(get("/items/..%2F..%2Fetc%2Fpasswd")).ends_with("\r\n\r\n../../etc/passwd"));
  EXPECT_EQ(status_of(s.ask(get("/items%2F1"))), 404);
}

TEST(Connection, KeepAlivePipeliningAndVersions) {
  Running s(sample_routes());
  Raw r = s.raw();
  std::string many;
  for (int i = 0; i < 200; ++i) many += get(i % 2 ? "/hello" : "/items/" + std::to_string(i));
  r.send(many);
  for (int i = 0; i < 200; ++i)
    ASSERT_TRUE(r.answer().ends_with(i % 2 ? "\r\n\r\nhello\n" : "\r\n\r\n" + std::to_string(i))) << i;
  r.send("\r\n\r\n" + get("/hello", "connection: close\r\n"));
  std::string last = r.rest();
  EXPECT_EQ(status_of(last), 200);
  EXPECT_NE(last.find("connection: close\r\n"), last.npos);

  Raw old = s.raw();
  old.send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(old.rest().ends_with("\r\n\r\nhello\n"));
  Raw kept = s.raw();
  kept.send("GET /hello HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
  EXPECT_NE(kept.answer().find("connection: keep-alive\r\n"), std::string::npos);
  kept.send("GET http://x/hello?a=1 HTTP/1.1\r\nhost: x\r\n\r\n");
  EXPECT_EQ(status_of(kept.answer()), 200);
}

TEST(Connection, ExpectContinue) {
  Running s(sample_routes());
  Raw r = s.raw();
  r.send("POST /echo HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 4\r\n\r\n");
  EXPECT_EQ(r.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  r.send("body");
  EXPECT_TRUE(r.answer().ends_with("\r\n\r\nbody"));
}

TEST(Answers, CarryIdsAndSecurityHeaders) {
  Running s(sample_routes());
  std::string own = s.ask(get("/worker", "x-request-id: abcdef-123\r\n"));
  EXPECT_NE(own.find("x-request-id: abcdef-123\r\n"), own.npos);
  EXPECT_TRUE(own.ends_with("worker for abcdef-123"));
  std::string forged = s.ask(get("/worker", "x-request-id: <script>alert\r\n"));
  EXPECT_EQ(forged.find("script"), forged.npos);
  for (auto line : {"content-security-policy: default-src 'none'", "x-content-type-options: nosniff",
                    "x-frame-options: DENY", "referrer-policy: no-referrer", "date: "})
    EXPECT_NE(own.find(line), own.npos) << line;
  EXPECT_EQ(own.find("server:"), own.npos);
}

// A browser takes the headers of a 304 for those of its copy: a page must not get the policy of data from it.
TEST(Answers, NotModifiedLeavesThePolicyOfThePageAsItIs) {
  Router r;
  auto serve = [&](const char* path, const char* type) {
    r.add("GET", path, [type](const Request& q, const Params&) {
      return conditional(q, Response::text("body").set("content-type", type), "\"v1\"");
    });
  };
  serve("/page", "text/html; charset=utf-8");
  serve("/data", "application/json");
  r.add("GET", "/known", [](const Request&, const Params&) { return not_modified("\"v1\""); });
  r.add("GET", "/own", [](const Request& q, const Params&) {
    return conditional(q, Response::text("x").set("content-security-policy", "sandbox"), "\"v1\"");
  });
  Running s(std::move(r));
  auto policy = [&](const char* path, const char* headers, int status) {
    std::string answer = s.ask(get(path, headers));
    EXPECT_EQ(status_of(answer), status) << answer;
    EXPECT_EQ(answer.find("\ncontent-type: ") != answer.npos, status == 200) << answer;
    size_t at = answer.find("content-security-policy: ");
    return at == answer.npos ? "" : answer.substr(at, answer.find('\r', at) - at);
  };
  constexpr const char* kHas = "if-none-match: \"v1\"\r\n";
  for (auto path : {"/page", "/data", "/own"}) EXPECT_EQ(policy(path, kHas, 304), policy(path, "", 200)) << path;
  EXPECT_TRUE(policy("/page", kHas, 304).starts_with("content-security-policy: default-src 'self'"));
  EXPECT_TRUE(policy("/data", kHas, 304).starts_with("content-security-policy: default-src 'none'"));
  EXPECT_EQ(policy("/known", kHas, 304), "") << "of an unknown kind: the copy keeps what it has";
}

TEST(Answers, WhatIsAtHandNeedsNoWorker) {
  Router r;
  std::atomic<int> asked{0}, worked{0};
  RouteOptions options;
  options.quick = [&](const Request& q, const Params& p) -> std::optional<Response> {
    ++asked;
    if (p["name"] == "throws") throw std::runtime_error("not now");
    if (p["name"] == "split") return Response::text("x").set("x-a", "b\r\nc: d");
    if (p["name"] != "kept") return std::nullopt;
    return conditional(q, Response::text("kept"), "\"v1\"");
  };
  r.add(
      "GET", "/things/{name}",
      [&](const Request&, const Params&) {
        ++worked;
        return Response::text("made");
      },
      options);
  Running s(std::move(r));
  EXPECT_TRUE(s.ask(get("/things/kept")).ends_with("kept"));
  EXPECT_EQ(status_of(s.ask(get("/things/kept", "if-none-match: \"v1\"\r\n"))), 304);
  EXPECT_EQ(worked, 0);
  // Whatever it does not answer well is the worker's.
  for (auto name : {"new", "throws", "split"})
    EXPECT_TRUE(s.ask(get(std::string("/things/") + name)).ends_with("made")) << name;
  EXPECT_EQ(worked, 3);
  EXPECT_EQ(asked, 5);
}

TEST(Answers, AHandlersExceptionStaysInside) {
  Router r;
  r.add("GET", "/broken",
        [](const Request&, const Params&) -> Response { throw std::runtime_error("password of the database"); });
  r.add("GET", "/odd", [](const Request&, const Params&) -> Response { throw 17; });
  r.add("GET", "/inline", [](const Request&, const Params&) -> Response { throw base::Broken("inline secret"); },
        {.run = Run::Inline});
  r.add("GET", "/split",
        [](const Request&, const Params&) { return Response::text("x").set("x-a", "b\r\nset-cookie: c"); });
  Running s(std::move(r));
  for (auto path : {"/broken", "/odd", "/inline", "/split"}) {
    SCOPED_TRACE(path);
    std::string answer = s.ask(get(path, "x-request-id: the-request\r\n"));
    EXPECT_EQ(status_of(answer), 500);
    EXPECT_NE(answer.find("\"code\": \"http.internal\""), answer.npos);
    EXPECT_NE(answer.find("\"instance\": \"the-request\""), answer.npos);
    EXPECT_EQ(answer.find("password"), answer.npos);
    EXPECT_EQ(answer.find("secret"), answer.npos);
    EXPECT_EQ(answer.find("set-cookie"), answer.npos);
  }
  EXPECT_NE(s.log.text().find("GET /broken threw: password of the database"), std::string::npos);
  EXPECT_EQ(s.server.snapshot().exceptions, 4u);
}

TEST(Answers, AreCompressedForThoseWhoTakeIt) {
  Router r;
  std::string json = "[" + std::string(20'000, '1') + "]";
  r.add("GET", "/big", [&](const Request&, const Params&) { return Response::json(json).set("etag", "\"v1\""); });
  r.add("GET", "/small", [&](const Request&, const Params&) { return Response::json("[1]"); });
  Running s(std::move(r));
  auto c = s.client();
  auto plain = c.get("/big");
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(plain->body, json);
  EXPECT_EQ(plain->header("vary"), "accept-encoding");
  auto packed = c.request("GET", "/big", {{"accept-encoding", "gzip, br"}});
  ASSERT_TRUE(packed.ok());
  EXPECT_EQ(packed->header("content-encoding"), "gzip");
  EXPECT_EQ(packed->header("etag"), "W/\"v1\"");
  EXPECT_LT(packed->body.size(), 500u);
  EXPECT_FALSE(c.request("GET", "/big", {{"accept-encoding", "gzip;q=0"}})->header("content-encoding"));
  EXPECT_FALSE(c.request("GET", "/small", {{"accept-encoding", "gzip"}})->header("content-encoding"));
}

TEST(Answers, RefusalsSpeakTheReadersLanguage) {
  ServerOptions o;
  o.words = [](std::string_view code, std::string_view language) {
    ServerOptions::Words w;
    if (language.starts_with("zh") && code == "http.not_found") w.title = "\xE6\xB2\xA1\xE6\x9C\x89";
    return w;
  };
  Running s(sample_routes(), std::move(o));
  EXPECT_NE(s.ask(get("/nothing", "accept-language: zh-CN\r\n")).find("\"title\": \"\xE6\xB2\xA1\xE6\x9C\x89\""),
            std::string::npos);
  EXPECT_NE(s.ask(get("/nothing")).find("There is nothing here"), std::string::npos);
}

TEST(Log, TellsEveryRequestWithoutItsQuery) {
  Router r = sample_routes();
  r.add("GET", "/me", [](const Request&, const Params&) {
    auto answer = Response::text("me");
    answer.user = "zhang";
    return answer;
  });
  Running s(std::move(r));
  s.ask(get("/me?name=secret", "x-request-id: request-1\r\n"));
  ASSERT_TRUE(s.log.has("request-1"));
  std::string text = s.log.text();
  EXPECT_NE(
      text.find(
          R"("id":"request-1","peer":"127.0.0.1","method":"GET","path":"/me","route":"/me","status":200,"bytes":2,"micros":)"),
      text.npos)
      << text;
  EXPECT_NE(text.find(R"("user":"zhang"})"), text.npos);
  EXPECT_EQ(text.find("secret"), text.npos);
  std::string metrics = s.server.metrics_text();
  EXPECT_NE(metrics.find("guanhu_http_requests_total{method=\"GET\",route=\"/me\",status=\"200\"} 1\n"),
            metrics.npos)
      << metrics;
  EXPECT_NE(
      metrics.find("guanhu_http_request_duration_seconds_bucket{method=\"GET\",route=\"/me\",le=\"+Inf\"} 1\n"),
      metrics.npos);
}

}  // namespace guanhu::http::testing
