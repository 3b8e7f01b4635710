#include "http/router.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "http/target.h"

namespace guanhu::http {

namespace {

Handler named(std::string name) {
  return [name](const Request&, const Params&) { return Response::text(name); };
}

Request request(std::string method, std::string_view target) {
  Request q;
  q.method = std::move(method);
  auto status = parse_target(target, q);
  EXPECT_TRUE(status.ok()) << (status.ok() ? "" : status.error().text());
  return q;
}

std::string refusal(std::string_view target) {
  Request q;
  auto status = parse_target(target, q);
  return status.ok() ? "accepted" : status.error().message;
}

// What answers, with its parameters: "one id=7".
std::string route(const Router& r, std::string method, std::string_view target) {
  auto q = request(std::move(method), target);
  auto m = r.match(q);
  if (!m.route) return "none, allow: " + m.allow;
  std::string out = m.route->handler(q, m.params).body;
  for (const auto& name : m.route->names) out += " " + name + "=" + std::string(m.params[name]);
  return out;
}

}  // namespace

TEST(Target, RefusesWhatIsNoPath) {
  EXPECT_EQ(refusal(""), "the target does not begin with /");
  EXPECT_EQ(refusal("hello"), "the target does not begin with /");
  EXPECT_EQ(refusal("http://host"), "the target has no path");
  EXPECT_EQ(refusal("/a/../b"), "the path holds the segment \"..\"");
  EXPECT_EQ(refusal("/a/%2E%2e"), "the path holds the segment \"..\"");
  EXPECT_EQ(refusal("/."), "the path holds the segment \".\"");
  EXPECT_EQ(refusal("/%"), "malformed percent-encoding in the path");
  EXPECT_EQ(refusal("/%4g"), "malformed percent-encoding in the path");
  EXPECT_EQ(refusal("/a?b=%e"), "malformed percent-encoding in the query");
  EXPECT_EQ(refusal("/a?b=%ff"), "the query holds bytes that are no UTF-8");
  EXPECT_EQ(refusal("/a?b=%00"), "the query holds bytes that are no UTF-8");
  for (auto bad : {"/%00", "/%0a", "/%7f", "/%c0%af", "/%ff", "/a%5Cb", "/a\\b"})
    EXPECT_EQ(refusal(bad), "the path holds bytes that no path may hold") << bad;
  std::string deep;
  for (int i = 0; i < 64; ++i) deep += "/a";
  EXPECT_EQ(refusal(deep), "accepted");
  EXPECT_EQ(refusal(deep + "/a"), "the path has more than 64 segments");
  std::string many = "/?";
  for (int i = 0; i < 256; ++i) many += "a=1&";
  EXPECT_EQ(refusal(many), "accepted");
  EXPECT_EQ(refusal(many + "a=1"), "the query has more than 256 parameters");
}

TEST(Target, IsDecoded) {
  auto q = request("GET", "/%E4%B8%AD/a+b/c%2Fd/?x=1+2&y=%26&z&=e&x=3#f");
  EXPECT_EQ(q.path, "/\xE4\xB8\xAD/a+b/c%2Fd");
  EXPECT_EQ(q.segments, (std::vector<std::string>{"\xE4\xB8\xAD", "a+b", "c/d"}));
  EXPECT_EQ(q.parameter("x"), "1 2");
  EXPECT_EQ(q.parameter("y"), "&");
  EXPECT_EQ(q.parameter("z"), "");
  EXPECT_EQ(q.parameter(""), "e");
  EXPECT_FALSE(q.parameter("w"));
  EXPECT_EQ(q.query.size(), 5u);
  EXPECT_EQ(request("GET", "/").path, "/");
  EXPECT_EQ(request("GET", "https://h:1/x?y=1").path, "/x");
  EXPECT_EQ(percent_encode("a/\xE4 ~"), "a%2F%E4%20~");
  EXPECT_EQ(percent_decode(percent_encode("\xE4\xB8\xAD&=+%"), true), "\xE4\xB8\xAD&=+%");
}

TEST(Router, RefusesMistakesOfTheProgram) {
  Router r;
  r.add("GET", "/a/{id}", named("a"));
  auto add = [&](std::string method, std::string pattern) {
    r.add(std::move(method), std::move(pattern), named("x"));
  };
  EXPECT_THROW(add("GET", "/a/{other}"), base::Broken) << "the same shape";
  for (auto bad : {"", "a", "/a/", "//", "/a//b", "/{", "/{}", "/x{id}", "/{a}/{a}", "/{rest...}/b", "/{a.b}"})
    EXPECT_THROW(add("GET", bad), base::Broken) << bad;
  for (auto bad : {"get", "HEAD", "OPTIONS", "TRACE", ""}) EXPECT_THROW(add(bad, "/b"), base::Broken) << bad;
  EXPECT_THROW(r.add("GET", "/c", nullptr), base::Broken);
  r.fallback(named("f"));
  EXPECT_THROW(r.fallback(named("g")), base::Broken);
  Params none;
  EXPECT_THROW(none["id"], base::Broken);
}

TEST(Router, LiteralsBeforeNamesBeforeRests) {
  Router r;
  r.add("GET", "/", named("root"));
  r.add("GET", "/a/{id}", named("id"));
  r.add("GET", "/a/me", named("me"));
  r.add("POST", "/a/{id}/b", named("b"));
  r.add("GET", "/a/me/c", named("c"));
  r.add("GET", "/f/{rest...}", named("rest"));
  r.add("GET", "/f/{x}/{y}", named("xy"));
  EXPECT_EQ(route(r, "GET", "/"), "root");
  EXPECT_EQ(route(r, "GET", "/a/7"), "id id=7");
  EXPECT_EQ(route(r, "HEAD", "/a/me/"), "me");
  EXPECT_EQ(route(r, "POST", "/a/me/b"), "b id=me") << "a literal that leads nowhere is given up";
  EXPECT_EQ(route(r, "GET", "/a/me/c"), "c");
  EXPECT_EQ(route(r, "GET", "/f"), "rest rest=");
  EXPECT_EQ(route(r, "GET", "/f/1"), "rest rest=1");
  EXPECT_EQ(route(r, "GET", "/f/1/2"), "xy x=1 y=2");
  EXPECT_EQ(route(r, "GET", "/f/1/2/3"), "rest rest=1/2/3");
  EXPECT_EQ(route(r, "GET", "/a"), "none, allow: ");
  EXPECT_EQ(route(r, "GET", "/a/7/b"), "none, allow: POST, OPTIONS");
  EXPECT_EQ(route(r, "DELETE", "/f/1"), "none, allow: GET, HEAD, OPTIONS");
}

TEST(Router, TheFallbackIsForReadingOnly) {
  Router r;
  r.add("GET", "/a", named("a"));
  r.fallback(named("files"));
  EXPECT_EQ(route(r, "GET", "/x/y"), "files");
  EXPECT_EQ(route(r, "HEAD", "/x/y"), "files");
  EXPECT_EQ(route(r, "POST", "/x/y"), "none, allow: GET, HEAD, OPTIONS");
  EXPECT_EQ(route(r, "POST", "/a"), "none, allow: GET, HEAD, OPTIONS");
}

}  // namespace guanhu::http
