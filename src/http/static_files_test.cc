#include "http/static_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "http/conditional.h"
#include "http/gzip.h"
#include "http/target.h"

namespace guanhu::http {

namespace fs = std::filesystem;

class StaticFilesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("http-static-" + std::to_string(::getpid()));
    fs::create_directories(folder_ / "dist/assets");
    write("secret.txt", "outside");
    write("dist/index.html", "<!doctype html>");
    write("dist/assets/app-B3xz81_q.js", std::string(3000, 'a'));
    write("dist/assets/app-B3xz81_q.js.br", "brotli");
    write("dist/assets/app-B3xz81_q.js.gz", "gzip");
    write("dist/assets/style.css", std::string(3000, 'b'));
    write("dist/logo.png", "png");
    write("dist/.env", "hidden");
    fs::create_symlink(folder_ / "secret.txt", folder_ / "dist/link.txt");
    fs::create_directory_symlink(folder_, folder_ / "dist/up");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }

  Response get(std::string_view target, Headers headers = {}) {
    Request q;
    q.method = "GET";
    q.headers = std::move(headers);
    if (!parse_target(target, q)) return Response::problem(400, "", "");
    auto files = StaticFiles::load(folder_ / "dist");
    EXPECT_TRUE(files.ok());
    return files->answer(q);
  }

  fs::path folder_;
};

TEST_F(StaticFilesTest, RefusesAFolderThatIsNone) {
  auto error = [](const base::Result<StaticFiles>& r) { return r.ok() ? "loaded" : r.error().message; };
  EXPECT_EQ(error(StaticFiles::load(folder_ / "nowhere")), "there is no such folder");
  EXPECT_EQ(error(StaticFiles::load(folder_ / "secret.txt")), "there is no such folder");
  EXPECT_EQ(error(StaticFiles::load(folder_ / "dist/assets")), "there is no index.html");
  EXPECT_EQ(error(StaticFiles::load(folder_ / "dist", {.most_bytes = 100})),
            "the folder holds more than 100 bytes");
}

TEST_F(StaticFilesTest, NothingLeadsOutOfTheFolder) {
  for (auto bad : {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/assets/..%2f..%2fsecret.txt",
                   "/link.txt", "/up/secret.txt", "/assets%2fstyle.css", "/%2fetc%2fpasswd"}) {
    Response r = get(bad);
    EXPECT_TRUE(r.status == 400 || r.status == 404) << bad << ": " << r.status;
    EXPECT_EQ(r.bytes().find("outside"), std::string_view::npos) << bad;
  }
  EXPECT_EQ(get("/.env").bytes(), "<!doctype html>") << "a hidden file is no file";
}

TEST_F(StaticFilesTest, UnknownPathsAreThePageOrNothing) {
  EXPECT_EQ(get("/holders/M1").bytes(), "<!doctype html>");
  EXPECT_EQ(get("/").header("cache-control"), "no-cache");
  EXPECT_EQ(get("/assets/old-11111111.js").status, 404);
  EXPECT_EQ(get("/api/v1/none").status, 404);
  EXPECT_EQ(get("/api").status, 404);
  EXPECT_EQ(get("/apinotes").status, 200);
}

TEST_F(StaticFilesTest, EncodingsAreNegotiated) {
  const char* script = "/assets/app-B3xz81_q.js";
  auto br = get(script, {{"accept-encoding", "gzip, deflate, br"}});
  EXPECT_EQ(br.bytes(), "brotli");
  EXPECT_EQ(br.header("content-encoding"), "br");
  EXPECT_EQ(br.header("vary"), "accept-encoding");
  EXPECT_EQ(br.header("cache-control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(get(script, {{"accept-encoding", "br;q=0.5, gzip;q=0.8"}}).bytes(), "gzip");
  EXPECT_EQ(get(script, {{"accept-encoding", "br;q=0, gzip;q=0"}}).bytes().size(), 3000u);
  EXPECT_EQ(get(script).bytes().size(), 3000u);
  auto css = get("/assets/style.css", {{"accept-encoding", "gzip"}});
  EXPECT_EQ(css.header("content-encoding"), "gzip") << "compressed at the start";
  EXPECT_LT(css.bytes().size(), 200u);
  EXPECT_FALSE(get("/logo.png", {{"accept-encoding", "gzip"}}).header("vary"));
}

TEST_F(StaticFilesTest, WhatTheClientHasIsNotSentAgain) {
  auto first = get("/assets/style.css", {{"accept-encoding", "gzip"}});
  std::string tag(*first.header("etag"));
  auto same = get("/assets/style.css", {{"accept-encoding", "gzip"}, {"if-none-match", "\"x\", W/" + tag}});
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.bytes(), "");
  EXPECT_EQ(same.header("etag"), tag);
  EXPECT_EQ(same.header("vary"), "accept-encoding");
  EXPECT_EQ(get("/assets/style.css", {{"if-none-match", tag}}).status, 200) << "another form has another tag";
}

TEST(Negotiation, FollowsTheQualities) {
  auto pick = [](std::string_view accept) {
    Encoding e = negotiate(accept, true, true);
    return e == Encoding::Brotli ? "br" : e == Encoding::Gzip ? "gzip" : "identity";
  };
  EXPECT_STREQ(pick(""), "identity");
  EXPECT_STREQ(pick("deflate"), "identity");
  EXPECT_STREQ(pick("*"), "br");
  EXPECT_STREQ(pick("GZIP"), "gzip");
  EXPECT_STREQ(pick("*;q=0"), "identity");
  EXPECT_STREQ(pick("br;q=0, *"), "gzip");
  EXPECT_STREQ(pick("br;q=0.001, gzip;q=0.002"), "gzip");
  EXPECT_STREQ(pick("br;q=1.001"), "identity") << "no quality is above 1";
  EXPECT_STREQ(pick("br;q=x, gzip"), "gzip");
  EXPECT_STREQ(pick("identity, gzip;q=0.5"), "identity");
}

TEST(Conditions, OfReadingAndChanging) {
  Request q;
  q.method = "GET";
  EXPECT_FALSE(none_match_hits(q, "\"a\""));
  EXPECT_TRUE(match_allows(q, "\"a\""));
  q.headers = {{"if-none-match", "*"}, {"if-match", "\"b\", \"c\""}};
  EXPECT_TRUE(none_match_hits(q, "\"a\""));
  EXPECT_FALSE(match_allows(q, "\"a\""));
  EXPECT_TRUE(match_allows(q, "\"c\""));
  q.headers = {{"if-match", "W/\"a\""}};
  EXPECT_FALSE(match_allows(q, "\"a\"")) << "a weak tag does not allow a change";
  q.method = "POST";
  q.headers = {{"if-none-match", "*"}};
  EXPECT_EQ(conditional(q, Response::json("{}"), "\"a\"").status, 200);
  q.method = "GET";
  EXPECT_EQ(conditional(q, Response::json("{}", 404), "\"a\"").status, 404);
  EXPECT_EQ(conditional(q, Response::json("{}"), "\"a\"").status, 304);
  EXPECT_EQ(etag_of("a").size(), 34u);
}

}  // namespace guanhu::http
