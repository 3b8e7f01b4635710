// The library of rules over HTTP: what packs say, how much of them is carried out, who uses what, what is found.
#include <algorithm>

#include "bank.h"
#include "http/target.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

Browser& reader() { return TestBank::get().as(Role::manager); }

const Json& in(const Json& list, const std::string& name, const std::string& value) {
  static const Json kNone;
  for (const Json& one : *list.as_array())
    if (const Json* member = one.find(name); member && member->as_string() && *member->as_string() == value)
      return one;
  return kNone;
}

std::string text(const Json& json, const std::string& path) {
  Reply reply;
  reply.body = json;
  return reply.at(path);
}

TEST(PolicyLibrary, WhatIsNotThereIsNotFound) {
  for (const char* path :
       {"/policies/nothing", "/policies/..%2Fsample", "/policies/sample?version=999999",
        "/policies/sample?draft=1", "/policies/sample/nothing", "/policies/sample/decisions/nothing",
        "/policies/nothing/coverage", "/policies/nothing/uses?name=x"})
    EXPECT_EQ(reader().get(path).status, 404) << path;
  EXPECT_EQ(reader().get("/policies/sample?version=x").status, 400);
  EXPECT_EQ(reader().get("/policies/sample/uses").status, 400) << "whose users?";
}

TEST(PolicyLibrary, PacksSayWhatTheyRestateAndHowMuchIsCarriedOut) {
  Reply all = reader().get("/policies");
  ASSERT_EQ(all.status, 200) << all.text;
  const Json& guide = in(*all.body.find("items"), "id", "hubei-rcc-guide");
  ASSERT_FALSE(guide.is_null());
  EXPECT_EQ(text(guide, "title"), "湖北省农村信用社信贷客户经理业务操作指南");
  EXPECT_EQ(text(guide, "problem"), "null");
  EXPECT_EQ(text(guide, "imports.0"), "common");
  EXPECT_NE(text(guide, "counts.decisions"), "0");
  int sum = 0;
  for (const char* state : {"executable", "judgement", "open", "parameters", "none"})
    sum += std::stoi(text(guide, std::string("coverage.") + state));
  EXPECT_EQ(std::to_string(sum), text(guide, "counts.articles"));
  Reply coverage = reader().get("/policies/hubei-rcc-guide/coverage");
  size_t articles = 0;
  for (const Json& document : *coverage.body.find("documents")->as_array())
    articles += document.find("articles")->as_array()->size();
  EXPECT_EQ(std::to_string(articles), text(guide, "counts.articles"));
}

TEST(PolicyLibrary, DocumentsAreReadInOrderChaptersHoldArticles) {
  Reply pack = reader().get("/policies/hubei-rcc-guide");
  ASSERT_EQ(pack.status, 200) << pack.text;
  const JsonArray& documents = *pack.body.find("documents")->as_array();
  ASSERT_GT(documents.size(), 4u);
  EXPECT_TRUE(text(documents.front(), "path").starts_with("policies/hubei-rcc-guide/第一章"));
  const Json& articles = *pack.body.find("articles");
  const Json& article = in(articles, "article", "第三章四(二)");
  ASSERT_FALSE(article.is_null());
  EXPECT_EQ(text(article, "state"), "executable");
  EXPECT_NE(text(article, "text"), "");
  const Json& chapter = in(articles, "id", text(article, "parent"));
  EXPECT_EQ(text(chapter, "article"), "第三章") << article.dump();
  const Json& block = in(*article.find("blocks"), "kind", "decision");
  EXPECT_EQ(text(block, "element.kind"), "decision");
  EXPECT_NE(text(block, "source").find("title"), std::string::npos);
  EXPECT_EQ(reader().get("/policies/hubei-rcc-guide/" + text(article, "id")).body.dump(), article.dump());
}

TEST(PolicyLibrary, ADecisionShowsItsTableItsParametersAndItsCasesAsTheyComeOut) {
  Reply reply = reader().get("/policies/hubei-rcc-guide/decisions/personal-loan-payment-mode");
  ASSERT_EQ(reply.status, 200) << reply.text;
  EXPECT_EQ(reply.at("article.article"), "第三章四(二)");
  const Json& inputs = *reply.body.find("decision")->find("inputs");
  const Json& amount = in(inputs, "name", "单笔支付金额");
  EXPECT_EQ(text(amount, "type.kind"), "number");
  EXPECT_EQ(text(amount, "type.unit"), "元");
  EXPECT_EQ(text(amount, "type.low.value"), "0");
  EXPECT_EQ(reply.at("decision.output.words.0") + reply.at("decision.output.words.1"), "受托支付自主支付");
  const Json& table = *reply.body.find("decision")->find("body")->find("steps")->as_array()->front().find("table");
  ASSERT_TRUE(table.as_object());
  const size_t columns = table.find("inputs")->as_array()->size();
  for (const Json& row : *table.find("rows")->as_array())
    EXPECT_EQ(row.find("tests")->as_array()->size(), columns);
  ASSERT_FALSE(reply.body.find("parameters")->as_array()->empty()) << "its limits are parameters";
  EXPECT_NE(reply.at("parameters.0.values.0.value"), "");
  const JsonArray& cases = *reply.body.find("cases")->as_array();
  EXPECT_EQ(std::to_string(cases.size()), reply.at("decision.cases"));
  for (const Json& one : cases) EXPECT_EQ(text(one, "outcome"), "right") << one.dump();
}

TEST(PolicyLibrary, WhoUsesWhat) {
  Reply limit = reader().get("/policies/sample/uses?name=" + http::percent_encode("加分步长"));
  ASSERT_EQ(limit.status, 200);
  EXPECT_FALSE(limit.body.find("items")->as_array()->empty()) << limit.text;
  Reply months = reader().get("/policies/common/uses?name=" + http::percent_encode("月后"));
  std::set<std::string> packs;
  for (const Json& one : *months.body.find("items")->as_array()) packs.insert(text(one, "pack"));
  EXPECT_GT(packs.size(), 1u) << "packs that import a function are among its users";
  EXPECT_EQ(reader().get("/policies/common/uses?name=nobody").at("items"), "[]");
}

TEST(PolicyLibrary, IsSearchedByWordsInitialsRulesAndNumbers) {
  auto first = [&](const std::string& q, const std::string& more = "") {
    return reader().get("/policies/search?q=" + http::percent_encode(q) + more);
  };
  EXPECT_EQ(first("支付方式").at("items.0.kind"), "decision");
  EXPECT_NE(first("zffs").at("items.0.title").find("支付"), std::string::npos);
  EXPECT_NE(first("DIS-011").at("items.0.rules").find("DIS-011"), std::string::npos);
  EXPECT_EQ(first("第三章四(二)").at("items.0.article"), "第三章四(二)");
  Reply both = first("支付 湖北", "&kind=decision");
  EXPECT_EQ(both.at("total"), "0") << "every word must be found";
  EXPECT_EQ(first("没有哪部制度这样说").at("total"), "0");
  EXPECT_EQ(first("").at("total"), "0");
  Reply paged = first("贷款", "&page_size=2&page=2");
  EXPECT_EQ(paged.body.find("items")->as_array()->size(), 2u);
}

TEST(PolicyLibrary, WhatIsLeftToTheBank) {
  Reply points = reader().get("/policies/open-points?packs=sample,hubei-rcc-guide");
  std::set<std::string> kinds, packs;
  for (const Json& one : *points.body.find("items")->as_array())
    kinds.insert(text(one, "kind")), packs.insert(text(one, "pack"));
  EXPECT_TRUE(kinds.count("to_confirm") && kinds.count("judgement")) << points.text.substr(0, 400);
  for (const auto& pack : packs) EXPECT_TRUE(pack == "sample" || pack == "hubei-rcc-guide") << pack;
}

}  // namespace
}  // namespace guanhu::api::testing
