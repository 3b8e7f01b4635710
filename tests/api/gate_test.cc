// The gate: in which order requests are refused, sessions, passwords, cookies, languages.
#include "bank.h"
#include "people/logins.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

TEST(Gate, RefusesInItsOrder) {
  TestBank& bank = TestBank::get();
  Browser stranger = bank.browser();
  // Session before everything, permission before parameters, parameters before the body, the body before the
  // handler.
  EXPECT_EQ(stranger.send("POST", "/imports?x=1", "{", {}, "text/plain").code(), "session.none");
  Browser& hr = bank.as(Role::hr);
  EXPECT_EQ(hr.send("POST", "/imports?x=1", "{").code(), "access.forbidden");
  Browser& admin = bank.as(Role::administrator);
  EXPECT_EQ(admin.send("POST", "/imports?x=1", "{").code(), "request.parameters");
  EXPECT_EQ(admin.send("POST", "/imports", "{}", {}, "text/plain").code(), "request.media_type");
  EXPECT_EQ(admin.send("POST", "/imports", "{").code(), "request.json");
  Reply body = admin.post("/imports", JsonObject{{"folder", 5}, {"more", true}});
  EXPECT_EQ(body.code(), "request.body");
  EXPECT_EQ(body.at("errors.0.where"), "/folder");
  EXPECT_EQ(body.at("errors.1.where"), "/more");
  EXPECT_EQ(admin.post("/imports", JsonObject{{"folder", "2030-01-01"}}).code(), "import.folder");
}

TEST(Gate, PathsOutOfTheFeedFolderAreNoFolders) {
  Browser& admin = TestBank::get().as(Role::administrator);
  for (const char* path : {"..", "../bank", "/etc", "2025-12-31/..", ""})
    EXPECT_EQ(admin.post("/imports", JsonObject{{"folder", path}}).code(), "import.folder") << path;
}

TEST(Gate, SaysItInTheReadersLanguage) {
  Browser stranger = TestBank::get().browser();
  Reply zh = stranger.get("/overview");
  EXPECT_EQ(zh.at("title"), "请先登录");
  EXPECT_EQ(zh.header("content-type"), "application/problem+json");
  EXPECT_FALSE(zh.at("instance").empty());
  EXPECT_EQ(stranger.send("GET", "/overview", "", {{"accept-language", "en-GB,en;q=0.9,zh;q=0.5"}}).at("title"),
            "Please log in");
  EXPECT_EQ(stranger.send("GET", "/overview", "", {{"accept-language", "en;q=0.1,zh-CN;q=0.9"}}).at("title"),
            "请先登录");
  EXPECT_EQ(stranger.send("GET", "/nothing", "", {{"accept-language", "en"}}).at("detail"),
            "Nothing is at this address");
}

TEST(Session, AWrongPasswordAndAnUnknownLoginLookTheSame) {
  Browser stranger = TestBank::get().browser();
  Reply wrong = stranger.log_in("hr", "not-the-password"),
        unknown = stranger.log_in("nobody-here", "not-the-password");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(wrong.code(), unknown.code());
  EXPECT_EQ(wrong.at("detail"), unknown.at("detail"));
  EXPECT_EQ(wrong.header("set-cookie"), "");
}

TEST(Session, CookieIsOutOfReachOfScriptsAndOtherSites) {
  TestBank& bank = TestBank::get();
  Browser browser = bank.browser();
  Reply in = browser.log_in("cookie", bank.add_login("cookie", "S00001", {Role::executive}));
  std::string set = in.header("set-cookie");
  for (const char* part : {"guanhu=", "HttpOnly", "SameSite=Strict", "Path=/"})
    EXPECT_NE(set.find(part), set.npos) << set;
  EXPECT_EQ(set.find("Secure"), set.npos) << "without TLS the browser would not send it back";
  EXPECT_EQ(in.at("must_change"), "true");
  EXPECT_EQ(in.header("cache-control"), "no-store");
}

TEST(Session, EndsAtLogOutAndWhenRightsChange) {
  TestBank& bank = TestBank::get();
  Browser browser = bank.browser();
  browser.log_in("leaver", bank.add_login("leaver", "S00001", {Role::executive}), "leaving-soon-4");
  Browser copy = bank.browser();  // whoever copied the cookie
  copy.cookie = browser.cookie;
  ASSERT_EQ(copy.get("/overview").status, 200);
  Reply out = browser.send("DELETE", "/session");
  EXPECT_EQ(out.status, 204);
  EXPECT_NE(out.header("set-cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(copy.get("/overview").status, 401);

  browser.log_in("leaver", "leaving-soon-4");
  ASSERT_EQ(browser.get("/overview").status, 200);
  Browser& admin = bank.as(Role::administrator);
  auto change = [&](const std::string& what, const std::string& seen) {
    return admin.send("PATCH", "/logins/leaver",
                      "{" + what + R"(, "seen": {"roles": [")" + seen + R"("], "disabled": false}})");
  };
  ASSERT_EQ(change(R"("roles": ["hr"])", "executive").code(), "role.second") << "power needs a second person";
  ASSERT_EQ(change(R"("roles": ["branch_head"])", "executive").status, 200);
  EXPECT_EQ(browser.get("/session").at("roles.0"), "branch_head") << "new roles count at once";
  Reply late = change(R"("roles": ["manager"])", "executive");
  EXPECT_EQ(late.status, 409) << "another administrator was faster: " << late.text;
  EXPECT_EQ(late.code(), "record.changed");
  EXPECT_EQ(browser.get("/session").at("roles.0"), "branch_head") << "and his change stands";
  EXPECT_EQ(admin.send("PATCH", "/logins/leaver", R"({"disabled": true})").code(), "request.body");
  ASSERT_EQ(change(R"("disabled": true)", "branch_head").status, 200);
  EXPECT_EQ(browser.get("/overview").status, 401);
  EXPECT_EQ(browser.log_in("leaver", "leaving-soon-4").status, 401);
}

TEST(Session, ANewPasswordIsHeldAgainstTheRules) {
  TestBank& bank = TestBank::get();
  std::string once = bank.add_login("newcomer", "S00001", {Role::executive});
  Browser browser = bank.browser();
  browser.log_in("newcomer", once);
  auto change = [&](const std::string& old, const std::string& fresh) {
    return browser.post("/session/password", JsonObject{{"old_password", old}, {"new_password", fresh}}).code();
  };
  EXPECT_EQ(change("guess", "long-enough-9"), "password.wrong");
  EXPECT_EQ(change(once, "short-123"), "password.short");
  EXPECT_EQ(change(once, "newcomer-2025"), "password.simple");
  EXPECT_EQ(change(once, once), "password.same");
  EXPECT_EQ(change(once, "long-enough-9"), "");
  EXPECT_EQ(browser.get("/session").at("must_change"), "false");
}

std::string without_login(TestBank& bank) {
  std::set<std::string> have;
  auto session = bank.bank->folder().open_store();
  for (const auto& login : people::list_logins(*session)) have.insert(login.staff_id);
  // The last teller: other tests ask for managers.
  const auto& all = bank.facts->staff_position;
  for (auto at = all.rbegin(); at != all.rend(); ++at)
    if (at->second == "teller" && !have.contains(at->first)) return at->first;
  throw base::Broken("everybody has a login");
}

TEST(Logins, AreMadeOnceAndNotForOneself) {
  TestBank& bank = TestBank::get();
  Browser& admin = bank.as(Role::administrator);
  // One person, one login: else what is kept apart, and "somebody else", would be asked of half a person.
  // ORG-641
  Reply twice = admin.post("/logins", JsonObject{{"staff_id", bank.staff(Role::auditor)},
                                                 {"login", "auditor-too"},
                                                 {"roles", JsonArray{"manager"}}});
  EXPECT_EQ(twice.status, 422);
  EXPECT_EQ(twice.code(), "login.person");
  EXPECT_NE(twice.text.find("已有登录 auditor"), std::string::npos) << twice.text;
  const std::string staff = without_login(bank);
  EXPECT_EQ(admin
                .post("/logins",
                      JsonObject{{"staff_id", staff}, {"login", "third"}, {"roles", JsonArray{"auditor", "hr"}}})
                .code(),
            "login.roles");
  EXPECT_EQ(
      admin.post("/logins", JsonObject{{"staff_id", staff}, {"login", "x y"}, {"roles", JsonArray{"manager"}}})
          .code(),
      "login.name");
  Json ask = JsonObject{{"staff_id", staff}, {"login", "second"}, {"roles", JsonArray{"manager", "branch_head"}}};
  Reply made = admin.post("/logins", ask);
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.at("password").size(), 16u);
  EXPECT_EQ(made.header("cache-control"), "no-store");
  EXPECT_EQ(admin.post("/logins", ask).code(), "login.taken");
  EXPECT_EQ(admin.post("/logins", JsonObject{{"staff_id", staff}, {"roles", JsonArray{"king"}}}).code(),
            "request.body");
  EXPECT_EQ(admin
                .send("PATCH", "/logins/administrator",
                      R"({"roles": ["auditor"], "seen": {"roles": [], "disabled": false}})")
                .code(),
            "login.self");
  EXPECT_EQ(admin.send("POST", "/logins/administrator/reset").code(), "login.self");
  // Who was disabled comes back only when nobody took the place.
  const auto disable = [&](const std::string& login, bool off) {
    const std::string was = off ? "false" : "true", is = off ? "true" : "false";
    const std::string roles = login == "second" ? R"(["manager", "branch_head"])" : R"(["manager"])";
    return admin.send(
        "PATCH", "/logins/" + login,
        R"({"disabled": )" + is + R"(, "seen": {"roles": )" + roles + R"(, "disabled": )" + was + "}}");
  };
  EXPECT_EQ(disable("second", true).status, 200);
  ASSERT_EQ(
      admin.post("/logins", JsonObject{{"staff_id", staff}, {"login", "instead"}, {"roles", JsonArray{"manager"}}})
          .status,
      201);
  EXPECT_EQ(disable("second", false).code(), "login.person");
  EXPECT_EQ(disable("instead", true).status, 200);
  EXPECT_EQ(disable("second", false).status, 200);
  Reply reset = admin.send("POST", "/logins/second/reset");
  EXPECT_EQ(reset.status, 200);
  EXPECT_NE(reset.at("password"), made.at("password"));
  Browser second = bank.browser();
  EXPECT_EQ(second.log_in("second", made.at("password")).status, 401);
  EXPECT_EQ(second.log_in("second", reset.at("password")).status, 200);
}

TEST(Session, PreferencesAreKeptForEachLogin) {
  TestBank& bank = TestBank::get();
  Browser& hr = bank.as(Role::hr);
  EXPECT_EQ(hr.send("PUT", "/session/preferences", R"({"theme": "purple"})").code(), "request.body");
  ASSERT_EQ(hr.send("PUT", "/session/preferences", R"({"unit": "wan", "language": "en"})").status, 200);
  EXPECT_EQ(hr.send("PUT", "/session/preferences", R"({"theme": "light"})").at("unit"), "wan");
  EXPECT_EQ(hr.get("/session/preferences").at("language"), "en");
  EXPECT_EQ(bank.as(Role::auditor).get("/session/preferences").at("unit"), "yuan");
}

}  // namespace
}  // namespace guanhu::api::testing
