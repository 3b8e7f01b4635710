#include "http/http.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <latch>

#include "base/error.h"
#include "base/json.h"
#include "http/detail/head.h"
#include "http/gzip.h"
#include "http/log.h"
#include "http/metrics.h"
#include "http/pool.h"

namespace guanhu::http {

TEST(Cookies, AreReadAndWritten) {
  Request q;
  q.headers = {{"cookie", "a=1; sid=\"x y\";b"}, {"cookie", "late=2"}};
  EXPECT_EQ(q.cookie("a"), "1");
  EXPECT_EQ(q.cookie("sid"), "x y");
  EXPECT_EQ(q.cookie("late"), "2");
  EXPECT_FALSE(q.cookie("b"));
  EXPECT_FALSE(q.cookie("id"));
  EXPECT_EQ(set_cookie("sid", "abc", 60, true), "sid=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
  for (auto bad : {"a;b", "a b", "a\nb", "\xE4", "a\"b"})
    EXPECT_THROW(set_cookie("sid", bad, 0, false), base::Broken);
}

TEST(Problems, AreJson) {
  auto r = Response::problem(404, "none", "Not \"here\"", "why\n");
  auto j = base::Json::parse(r.body);
  ASSERT_TRUE(j.ok());
  EXPECT_EQ(*j->find("title")->as_string(), "Not \"here\"");
  detail::name_instance(r, "id-\"1");
  j = base::Json::parse(r.body);
  ASSERT_TRUE(j.ok()) << r.body;
  EXPECT_EQ(*j->find("instance")->as_string(), "id-\"1");
  auto other = Response::json("{}");
  detail::name_instance(other, "x");
  EXPECT_EQ(other.body, "{}");
}

TEST(Head, RefusesWhatWouldSplitTheAnswer) {
  auto check = [](Response r) { detail::check_headers(r); };
  EXPECT_THROW(check(Response::text("").add("a", "b\r\nc: d")), base::Broken);
  EXPECT_THROW(check(Response::text("").add("a", "b\n")), base::Broken);
  EXPECT_THROW(check(Response::text("").add("a\r\nb", "c")), base::Broken);
  EXPECT_THROW(check(Response::text("").add("a", std::string("b\0", 2))), base::Broken);
  EXPECT_THROW(check(Response::text("", 99)), base::Broken);
  EXPECT_THROW(check(Response::text("", 600)), base::Broken);
  EXPECT_NO_THROW(check(Response::text("", 599).add("a", "b c")));
}

TEST(Head, AHandlersOwnSecurityHeaderWins) {
  std::string data = detail::security_lines("none", false), page = detail::security_lines("self", true), out;
  detail::HeadFacts facts{"date: x\r\n", "id", data, page, 3, true, false};
  detail::append_head(out, Response::text("abc").add("x-frame-options", "SAMEORIGIN").add("content-length", "9"),
                      facts);
  EXPECT_EQ(out,
            "HTTP/1.1 200 OK\r\ndate: x\r\ncontent-length: 3\r\ncontent-type: text/plain; charset=utf-8\r\n"
            "x-frame-options: SAMEORIGIN\r\ncontent-security-policy: none\r\nx-content-type-options: nosniff\r\n"
            "referrer-policy: no-referrer\r\nx-request-id: id\r\nconnection: close\r\n\r\n");
  out.clear();
  detail::append_head(out, Response().add("content-type", "text/html"), facts);
  EXPECT_NE(out.find("content-security-policy: self"), out.npos);
  EXPECT_NE(out.find("strict-transport-security"), out.npos);
}

TEST(LogLines, AreJsonWhateverTheyTell) {
  auto line = event_line({0}, "error", "id", "a \"quote\"\n\x01\x7F \xFF \xE4\xB8\xAD");
  auto j = base::Json::parse(line);
  ASSERT_TRUE(j.ok()) << line;
  EXPECT_EQ(*j->find("message")->as_string(), "a \"quote\"\n\x01\x7F \xEF\xBF\xBD \xE4\xB8\xAD");
  EXPECT_EQ(*j->find("at")->as_string(), "1970-01-01T00:00:00Z");
}

TEST(LogToADescriptor, WritesEveryLineInOrder) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  {
    FdLog log(ends[1]);
    for (int i = 0; i < 100; ++i) log.line(std::to_string(i));
  }
  ::close(ends[1]);
  std::string all, expected;
  char buffer[4096];
  for (ssize_t n; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;) all.append(buffer, static_cast<size_t>(n));
  ::close(ends[0]);
  for (int i = 0; i < 100; ++i) expected += std::to_string(i) + "\n";
  EXPECT_EQ(all, expected);
}

TEST(Pool, RefusesBeyondItsBound) {
  WorkerPool pool(1, 2);
  std::latch started(1), go(1), all(3);
  std::atomic<int> ran{0};
  ASSERT_TRUE(pool.submit([&] { started.count_down(), go.wait(), ++ran, all.count_down(); }));
  started.wait();
  EXPECT_TRUE(pool.submit([&] { ++ran, all.count_down(); }));
  EXPECT_TRUE(pool.submit([&] { ++ran, all.count_down(); }));
  EXPECT_FALSE(pool.submit([&] { ++ran; }));
  EXPECT_EQ(pool.queued(), 2u);
  EXPECT_EQ(pool.busy(), 1u);
  go.count_down();
  all.wait();
  pool.stop();
  EXPECT_EQ(ran, 3);
  EXPECT_FALSE(pool.submit([] {}));
  EXPECT_FALSE(pool.submit_admitted([] {}));
}

TEST(Gzip, IsWhatGunzipReads) {
  // Through the system's gunzip: another reader than our writer.
  for (size_t n : {size_t{0}, size_t{1}, size_t{5000}, size_t{300'000}}) {
    std::string text;
    for (size_t i = 0; text.size() < n; ++i) text += std::to_string(i * i) + ",";
    text.resize(n);
    std::string path = ::testing::TempDir() + "http-gzip-" + std::to_string(::getpid()), out;
    FILE* f = ::fopen((path + ".gz").c_str(), "wb");
    std::string packed = gzip(text);
    ASSERT_EQ(::fwrite(packed.data(), 1, packed.size(), f), packed.size());
    ::fclose(f);
    FILE* p = ::popen(("gzip -dc " + path + ".gz").c_str(), "r");
    char buffer[4096];
    for (size_t k; (k = ::fread(buffer, 1, sizeof buffer, p)) > 0;) out.append(buffer, k);
    EXPECT_EQ(::pclose(p), 0);
    EXPECT_EQ(out, text);
    ::unlink((path + ".gz").c_str());
  }
}

TEST(MetricsText, CountsByRouteAndStatus) {
  Metrics m(2, {{"GET", "/a/{\"x\"}"}});
  m.count(0, 0, 200, 500, 10);
  m.count(1, 0, 200, 501, 10);
  m.count(1, 0, 404, 40'000'000, 1);
  m.count(0, 1, 400, 0, 0);
  for (int status = 200; status < 230; ++status) m.count(0, 1, status, 0, 0);
  EXPECT_EQ(m.requests(), 34u);
  EXPECT_EQ(m.bytes_sent(), 21u);
  std::string text = m.text({});
  auto has = [&](std::string_view part) { return text.find(part) != text.npos; };
  EXPECT_TRUE(has("guanhu_http_requests_total{method=\"GET\",route=\"/a/{\\\"x\\\"}\",status=\"200\"} 2\n"))
      << text;
  EXPECT_TRUE(has("status=\"404\"} 1\n"));
  EXPECT_TRUE(has("le=\"0.0005\"} 1\n"));
  EXPECT_TRUE(has("le=\"0.001\"} 2\n"));
  EXPECT_TRUE(has("le=\"30\"} 2\n"));
  EXPECT_TRUE(has("le=\"+Inf\"} 3\n"));
  EXPECT_TRUE(has("duration_seconds_sum{method=\"GET\",route=\"/a/{\\\"x\\\"}\"} 40.001001\n"));
  EXPECT_TRUE(has("status=\"other\"} 16\n")) << "more kinds than a cell holds are counted together";
}

}  // namespace guanhu::http
