// What the answers say: lists, scores, explanations, rankings as files, customers; the contract itself.
#include <functional>
#include <set>

#include "api/gate.h"
#include "appraisal/run.h"
#include "bank.h"
#include "http/target.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

const std::string kAsked = std::string("?scheme=") + kScheme + "&period=" + kPeriod;

std::vector<std::string> column(const Reply& r, const std::string& member) {
  std::vector<std::string> out;
  const Json* items = r.body.find("items");
  for (size_t i = 0; items && i < items->as_array()->size(); ++i)
    out.push_back(r.at("items." + std::to_string(i) + "." + member));
  return out;
}

TEST(Lists, AreCutSortedAndChosenTheSameEverywhere) {
  Browser& boss = TestBank::get().as(Role::executive);
  EXPECT_EQ(boss.get("/staff?page=0").at("errors.0.where"), "page");
  EXPECT_EQ(boss.get("/staff?page_size=501").at("errors.0.where"), "page_size");
  EXPECT_EQ(boss.get("/staff?sort=salary").at("errors.0.where"), "sort");
  EXPECT_EQ(boss.get("/staff?fields=id,salary").at("errors.0.where"), "fields");
  EXPECT_EQ(boss.get("/staff?page=1&page=2").at("errors.0.message"), "重复给出");
  Reply all = boss.get("/staff?page_size=500&sort=-id");
  auto ids = column(all, "id");
  EXPECT_TRUE(std::is_sorted(ids.rbegin(), ids.rend()));
  EXPECT_EQ(all.at("total"), std::to_string(ids.size()));
  Reply second = boss.get("/staff?page_size=7&page=2&sort=-id&fields=id,name");
  EXPECT_EQ(column(second, "id"), std::vector<std::string>(ids.begin() + 7, ids.begin() + 14));
  EXPECT_EQ(second.body.find("items")->as_array()->front().as_object()->size(), 2u);
  EXPECT_TRUE(column(boss.get("/staff?page_size=500&page=9"), "id").empty());
  auto managers = column(boss.get("/staff?page_size=500&position=manager"), "position");
  EXPECT_GE(managers.size(), 17u);
  for (const auto& position : managers) EXPECT_EQ(position, "manager");
}

TEST(Lists, FindNamesByInitials) {
  TestBank& bank = TestBank::get();
  Browser& boss = bank.as(Role::executive);
  Reply one = boss.get("/customers?page_size=1&kind=person");
  const std::string name = one.at("items.0.name"), id = one.at("items.0.id");
  auto found = column(boss.get("/customers?page_size=500&q=" + id), "id");
  EXPECT_EQ(found, std::vector<std::string>{id});
  EXPECT_EQ(column(boss.get("/customers?q=zzzzzz"), "id").size(), 0u);
  // Every hit of two letters really reads so or is numbered so; there are such.
  auto hits = boss.get("/customers?page_size=500&q=zw");
  for (const auto& hit : column(hits, "name")) EXPECT_NE(hit.find_first_of("\xE5\xE6\xE4\xE7"), hit.npos) << hit;
}

TEST(Reads, CarryTagsAndAnswerThatNothingChanged) {
  Browser& boss = TestBank::get().as(Role::executive);
  const std::string holder = boss.get("/ranking" + kAsked).at("items.0.id");
  for (const std::string& path : {"/scores/" + holder + kAsked, "/ranking" + kAsked,
                                  std::string("/policies/sample"), std::string("/orgs")}) {
    Reply first = boss.get(path);
    ASSERT_EQ(first.status, 200) << path;
    const std::string tag = first.header("etag");
    ASSERT_FALSE(tag.empty()) << path;
    Reply again = boss.send("GET", path, "", {{"if-none-match", tag}});
    EXPECT_EQ(again.status, 304) << path;
    EXPECT_EQ(again.text, "") << path;
    EXPECT_EQ(boss.send("GET", path, "", {{"if-none-match", "\"other\""}}).status, 200) << path;
  }
}

TEST(Scores, AreThoseOfTheAppraisalItself) {
  TestBank& bank = TestBank::get();
  Browser& boss = bank.as(Role::executive);
  auto facts = bank.app->services().facts();
  auto run = facts->appraised(*SchemeName::parse("sample/经营业绩"), *base::Period::parse(kPeriod));
  ASSERT_TRUE(run.ok());
  const auto& holders = (*run)->run.holders;
  EXPECT_EQ(boss.get("/ranking" + kAsked + "&page_size=1").at("total"), std::to_string(holders.size()));
  for (const auto& h : holders) {
    Reply sheet = boss.get("/scores/" + h.id + kAsked);
    ASSERT_EQ(sheet.status, 200);
    EXPECT_EQ(sheet.at("total"), appraisal::shown(*h.total).str());
    EXPECT_EQ(sheet.at("rank.bank.place"), std::to_string(h.in_bank.place));
    EXPECT_EQ(sheet.at("figures.0.value"), appraisal::shown(*h.figures[0].value).str());
    EXPECT_EQ(sheet.at("run_hash"), (*run)->hash);
    Reply tree = boss.get("/scores/" + h.id + "/explain" + kAsked);
    EXPECT_EQ(tree.at("value"), sheet.at("total")) << "what is explained is what is shown";
  }
  EXPECT_EQ(boss.get("/scores/S99999" + kAsked).status, 404);
  EXPECT_EQ(boss.get("/scores/" + holders[0].id + "?scheme=sample/nothing&period=2025-12").code(),
            "scheme.unknown");
  EXPECT_EQ(boss.get("/scores/" + holders[0].id + "?scheme=" + kScheme + "&period=2030-01").code(), "data.period");
  EXPECT_EQ(boss.get("/scores/" + holders[0].id + "?scheme=" + kScheme + "&period=202512").at("errors.0.where"),
            "period");
  EXPECT_EQ(boss.get("/scores/" + holders[0].id + "/explain" + kAsked + "&figure=nothing").code(),
            "explain.figure");
}

// KPI-627: the same rules for everybody, rules and one's own result open to him, every change by hand with who,
// when, what it was and what it is, and every period worked out anew.
TEST(Scores, AreOpenFairAndMadeAnew) {
  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &business = bank.as(Role::business), &hr = bank.as(Role::hr);
  const std::string mine = bank.staff(Role::manager);
  Reply all = business.get(std::string("/ranking?page_size=500&scheme=") + kScheme + "&period=" + kPeriod);
  std::set<std::string> rules;
  for (const Json& row : *all.body.find("items")->as_array()) {
    Reply tree = business.get("/scores/" + *row.find("id")->as_string() + "/explain?scheme=" + kScheme +
                              "&period=" + kPeriod + "&limit=1&figure=" + http::percent_encode("组织资金得分"));
    ASSERT_EQ(tree.status, 200) << tree.text;
    rules.insert(tree.at("formula") + tree.at("full_mark") + tree.at("article.article"));
  }
  EXPECT_EQ(rules.size(), 1u) << "one formula, one article for all of them";
  EXPECT_EQ(manager.get("/policies/sample").status, 200);
  EXPECT_EQ(manager.get("/scores/" + mine + "?scheme=" + kScheme + "&period=" + kPeriod).status, 200);

  auto record = [&](const char* value) {
    return hr.post("/people-facts",
                   JsonObject{{"pack", "sample-pay"},
                              {"facts", JsonArray{JsonObject{{"of", "staff"},
                                                             {"subject", mine},
                                                             {"kind", "other"},
                                                             {"name", "未化解不良余额"},
                                                             {"value", Json::parse(value).value()},
                                                             {"from", "2019-01-01"},
                                                             {"to", "2019-01-31"},
                                                             {"document", "清单1号"}}}}});
  };
  Reply was = record("1.5");
  ASSERT_EQ(was.status, 200) << was.text;
  std::string id;
  Reply listed = hr.get("/people-facts?page_size=500&subject=" + mine);
  for (const Json& one : *listed.body.find("items")->as_array())
    if (*one.find("from")->as_string() == "2019-01-01") id = one.find("id")->dump();
  ASSERT_EQ(hr.post("/people-facts/" + id + "/withdraw", JsonObject{{"reason", "登错"}}).status, 204);
  ASSERT_EQ(record("2.5").status, 200);
  Reply kept = hr.get("/people-facts?withdrawn=true&page_size=500&subject=" + mine);
  std::string before, now;
  for (const Json& one : *kept.body.find("items")->as_array()) {
    if (*one.find("from")->as_string() != "2019-01-01") continue;
    const bool gone = one.find("withdrawn_by") && one.find("withdrawn_by")->as_string() &&
                      !one.find("withdrawn_by")->as_string()->empty();
    (gone ? before : now) = one.dump();
  }
  EXPECT_NE(before.find("1.5"), std::string::npos) << kept.text;
  EXPECT_NE(before.find("登错"), std::string::npos);
  EXPECT_NE(now.find("2.5"), std::string::npos);
  EXPECT_NE(now.find("\"hr\""), std::string::npos) << "who recorded it: " << now;
  Reply earlier = business.get(std::string("/ranking?page_size=1&scheme=") + kScheme + "&period=2025-11");
  EXPECT_NE(earlier.at("run_hash"), all.at("run_hash")) << "each period is worked out of its own facts";
}

TEST(Scores, APeerNodeTellsOthersOnlyTheAverage) {
  TestBank& bank = TestBank::get();
  const std::string figure = "&figure=%E7%AE%A1%E6%88%B7%E6%95%B0%E5%B9%B3%E5%9D%87";  // 管户数平均
  Reply own = bank.as(Role::manager).get("/scores/" + bank.staff(Role::manager) + "/explain" + kAsked + figure);
  Reply all = bank.as(Role::executive).get("/scores/" + bank.staff(Role::manager) + "/explain" + kAsked + figure);
  ASSERT_EQ(own.status, 200);
  EXPECT_EQ(own.at("kind"), "peer");
  EXPECT_EQ(own.at("value"), all.at("value"));
  EXPECT_EQ(own.at("counted"), all.at("counted"));
  size_t shown = own.body.find("inputs") ? own.body.find("inputs")->as_array()->size() : 0;
  EXPECT_EQ(shown, 1u) << "only oneself";
  EXPECT_EQ(own.at("hidden"), std::to_string(all.body.find("inputs")->as_array()->size() - 1));
  EXPECT_FALSE(own.at("average").empty());
  EXPECT_EQ(own.text.find("sum_check"), own.text.npos);
}

TEST(Ranking, AsAFileHoldsAllRowsOfTheScopeAndIsRecorded) {
  TestBank& bank = TestBank::get();
  Browser& hr = bank.as(Role::hr);
  Reply file = hr.get("/ranking.xlsx" + kAsked);
  ASSERT_EQ(file.status, 200);
  EXPECT_EQ(file.text.substr(0, 2), "PK");
  EXPECT_NE(file.header("content-disposition").find("ranking-2025-12.xlsx"), std::string::npos);
  Reply chain = bank.as(Role::auditor).get("/audit?action=export.ranking&page_size=1");
  EXPECT_EQ(chain.at("items.0.actor"), "hr");
  EXPECT_EQ(chain.at("items.0.detail.rows"), hr.get("/ranking" + kAsked).at("total"));
  EXPECT_EQ(chain.at("items.0.detail.scope"), "bank");
  EXPECT_EQ(hr.get("/ranking.xlsx" + kAsked + "&nonsense=1").status, 400);
}

TEST(Board, TotalsAreTheSumsOfTheRanking) {
  TestBank& bank = TestBank::get();
  Browser& boss = bank.as(Role::executive);
  Reply board = boss.get("/board" + kAsked);
  ASSERT_EQ(board.status, 200) << board.text;
  EXPECT_EQ(board.at("org.kind"), "hq");
  const std::string figure = board.at("tiles.0.name");
  base::Decimal sum;
  Reply ranking = boss.get("/ranking" + kAsked + "&page_size=500");
  for (const auto& value : column(ranking, "figures." + figure))
    sum = base::Decimal::add(sum, *base::Decimal::parse(value)).value();
  EXPECT_EQ(board.at("tiles.0.value"), sum.str());
  // Every branch's deposits add up to the bank's, to the fen.
  base::Decimal children;
  const Json* list = board.body.find("children");
  for (size_t i = 0; i < list->as_array()->size(); ++i)
    if (auto value = base::Decimal::parse(board.at("children." + std::to_string(i) + ".deposits")))
      children = base::Decimal::add(children, *value).value();
  size_t last = board.body.find("series")->as_array()->size() - 1;
  EXPECT_EQ(children.str(), base::Decimal::parse(board.at("series." + std::to_string(last) + ".deposits"))->str());
}

TEST(Customers, PersonalDataIsMaskedAndEachReadingRecorded) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string id = manager.get("/customers?page_size=1&kind=person").at("items.0.id");
  Reply customer = manager.get("/customers/" + id);
  ASSERT_EQ(customer.status, 200);
  EXPECT_NE(customer.at("id_no_masked").find("*"), std::string::npos);
  EXPECT_EQ(manager.post("/customers/" + id + "/personal", JsonObject{{"reason", " a "}}).status, 400);
  EXPECT_EQ(
      bank.as(Role::business).post("/customers/" + id + "/personal", JsonObject{{"reason", "curious"}}).status,
      403);
  Reply personal = manager.post("/customers/" + id + "/personal", JsonObject{{"reason", "核对证件"}});
  ASSERT_EQ(personal.status, 200);
  EXPECT_EQ(personal.at("id_no").find("*"), std::string::npos);
  EXPECT_EQ(personal.header("cache-control"), "no-store");
  EXPECT_EQ(customer.text.find(personal.at("id_no")), std::string::npos);
  Reply chain = bank.as(Role::auditor).get("/audit?subject=customer%20" + id + "&page_size=1");
  EXPECT_EQ(chain.at("items.0.action"), "personal_data.read");
  EXPECT_EQ(chain.at("items.0.actor"), "manager");
  EXPECT_EQ(chain.at("items.0.detail.reason"), "核对证件");
  EXPECT_EQ(chain.text.find(personal.at("id_no")), std::string::npos) << "the chain keeps no personal data";
}

TEST(Customers, BalancesAreThoseOfTheirAccounts) {
  TestBank& bank = TestBank::get();
  Browser& boss = bank.as(Role::executive);
  Reply list = boss.get("/customers?page_size=20&sort=-deposits");
  for (size_t i = 0; i < 20; ++i) {
    const std::string at = "items." + std::to_string(i) + ".", id = list.at(at + "id");
    Reply customer = boss.get("/customers/" + id);
    EXPECT_EQ(customer.at("deposits"), list.at(at + "deposits"));
    EXPECT_EQ(customer.at("loans_total"), list.at(at + "loans_total"));
    base::Decimal sum;
    for (size_t a = 0; a < customer.body.find("accounts")->as_array()->size(); ++a)
      sum =
          base::Decimal::add(sum, *base::Decimal::parse(customer.at("accounts." + std::to_string(a) + ".balance")))
              .value();
    EXPECT_EQ(sum, *base::Decimal::parse(customer.at("deposits")));
    Reply days = boss.get("/customers/" + id + "/balances");
    size_t last = days.body.find("items")->as_array()->size() - 1;
    EXPECT_EQ(days.at("items." + std::to_string(last) + ".deposits"), customer.at("deposits"));
    EXPECT_EQ(days.at("items.0.day"), days.at("from"));
  }
  const std::string staff = bank.staff(Role::manager);
  EXPECT_EQ(boss.get("/customers?page_size=1&manager=" + staff).at("total"),
            bank.as(Role::manager).get("/customers?page_size=1").at("total"));
  EXPECT_EQ(boss.get("/customers/" + list.at("items.0.id") + "/balances?from=2025-12-31&to=2025-12-01").status,
            400);
}

TEST(Contract, IsSound) {
  Json contract = TestBank::get().browser().get("/openapi.json").body;
  ASSERT_EQ(*contract.find("openapi")->as_string(), "3.1.0");
  std::set<std::string> ids;
  size_t operations = 0;
  for (const auto& [path, methods] : *contract.find("paths")->as_object())
    for (const auto& [method, operation] : *methods.as_object()) {
      ++operations;
      EXPECT_TRUE(ids.insert(*operation.find("operationId")->as_string()).second) << path;
      // Each name in the path is a declared parameter.
      for (size_t at = path.find('{'); at != path.npos; at = path.find('{', at + 1)) {
        std::string name = path.substr(at + 1, path.find('}', at) - at - 1);
        bool declared = false;
        for (const Json& p : *operation.find("parameters")->as_array())
          declared |= *p.find("name")->as_string() == name && *p.find("in")->as_string() == "path";
        EXPECT_TRUE(declared) << path << " " << name;
      }
    }
  EXPECT_EQ(operations, endpoints().size());
  const JsonObject& schemas = *contract.find("components")->find("schemas")->as_object();
  std::set<std::string> used;
  std::function<void(const Json&)> look = [&](const Json& json) {
    if (const JsonArray* items = json.as_array())
      for (const auto& item : *items) look(item);
    if (const JsonObject* members = json.as_object())
      for (const auto& [name, value] : *members) {
        if (name == "$ref" && value.as_string()) used.insert(value.as_string()->substr(21));
        look(value);
      }
  };
  look(contract);
  for (const auto& name : used)
    EXPECT_TRUE(std::any_of(schemas.begin(), schemas.end(), [&](const auto& s) { return s.first == name; }))
        << name;
  for (const auto& [name, schema] : schemas) EXPECT_TRUE(used.count(name)) << name << " is used by nothing";
}

}  // namespace
}  // namespace guanhu::api::testing
