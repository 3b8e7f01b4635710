// The indicator workshop over HTTP: what the data offer, a block filled in, values at once, targets that add up.
#include <set>

#include "api/packs.h"
#include "api/spreadsheet.h"
#include "bank.h"
#include "http/target.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

constexpr const char* kDocument = "经营业绩.md";

Browser& business() { return TestBank::get().as(Role::business); }
Json object(JsonObject members) { return Json(std::move(members)); }

const Json* named(const Json& list, const std::string& name) {
  for (const Json& one : *list.as_array())
    if (*one.find("name")->as_string() == name) return &one;
  return nullptr;
}

struct Desk {
  std::string path;
  int64_t revision = 1;

  Desk() {
    Reply made = business().post("/policy-drafts", object({{"pack", "sample"}, {"note", "工坊"}}));
    EXPECT_EQ(made.status, 200) << made.text;
    path = "/policy-drafts/" + made.at("id") + "/workshop";
  }
  Reply change(Json edit) {
    Reply out = business().send("PUT", path, object({{"revision", revision}, {"edit", std::move(edit)}}).dump());
    if (out.status == 200) revision = std::stoll(out.at("draft.revision"));
    return out;
  }
  Reply tried(JsonObject ask) { return business().post(path + "/try", Json(std::move(ask))); }
};

Json measure(const std::string& name, const std::string& filter = "种类 = \"time\"") {
  return object(
      {{"block",
        object({{"kind", "measure"},
                {"name", name},
                {"path", kDocument},
                {"article", object({{"title", "定期存款"}, {"text", "定期存款另看日均。"}})},
                {"keys",
                 object({{"fact", "存款余额"}, {"filter", filter}, {"aggregate", "日均"}, {"unit", "元"}})}})}});
}

TEST(Workshop, IsForThoseWhoMayDraft) {
  Desk desk;
  for (Role role : {Role::manager, Role::branch_head, Role::auditor}) {
    Browser& other = TestBank::get().as(role);
    EXPECT_EQ(other.get("/workshop/facts").status, 403) << people::role_name(role);
    EXPECT_EQ(other.get(desk.path).status, 403);
    EXPECT_EQ(other.post(desk.path + "/try", object({{"period", "2025-12"}})).status, 403);
  }
}

// KPI-618
TEST(Workshop, OffersWhatTheDataHoldWithCounts) {
  Reply facts = business().get("/workshop/facts");
  ASSERT_EQ(facts.status, 200) << facts.text;
  const Json* deposits = named(*facts.body.find("facts"), "存款余额");
  ASSERT_TRUE(deposits);
  const Json* kinds = named(*deposits->find("columns"), "种类");
  std::set<std::string> seen;
  for (const Json& one : *kinds->find("values")->as_array()) seen.insert(*one.find("value")->as_string());
  EXPECT_TRUE(seen.contains("time") && seen.contains("demand"));
  EXPECT_TRUE(named(*facts.body.find("facts"), "计划")->find("rows")->is_null()) << "targets are not counted";
}

// KPI-621, KPI-622
TEST(Workshop, RefusesWhatCannotBeWritten) {
  Desk desk;
  EXPECT_EQ(desk.change(object({})).status, 400);
  EXPECT_EQ(desk.change(measure("两个 词")).code(), "policy.edit.value");
  EXPECT_EQ(desk.change(measure("加分步长")).code(), "policy.edit.name") << "a parameter has that name";
  Json nowhere = object(
      {{"block", object({{"kind", "measure"}, {"name", "甲"}, {"path", "没有.md"}, {"keys", object({})}})}});
  EXPECT_EQ(desk.change(nowhere).code(), "policy.edit.value");
  EXPECT_EQ(desk.change(object({{"remove", object({{"kind", "score"}, {"name", "没有"}})}})).code(),
            "policy.edit.block");
  desk.revision = 7;
  EXPECT_EQ(desk.change(measure("定期日均")).code(), "policy.draft.revision");
  EXPECT_EQ(desk.tried({{"period", "2025年"}}).status, 400);
  EXPECT_EQ(desk.tried({{"period", "1999"}, {"scheme", "经营业绩"}}).at("refused.code"), "data.period");
  EXPECT_EQ(desk.tried({{"period", "2025-12"}, {"scheme", "没有"}}).at("refused.code"), "scheme.unknown");
}

TEST(Workshop, ValuesComeBeforeAnythingIsKept) {
  Desk desk;
  Reply tried =
      desk.tried({{"edit", measure("定期日均")}, {"period", "2025-12"}, {"figures", JsonArray{"定期日均"}}});
  ASSERT_EQ(tried.status, 200) << tried.text;
  EXPECT_EQ(tried.at("findings"), "[]");
  EXPECT_NE(tried.at("block").find("filter      = '种类 = \"time\"'"), std::string::npos) << tried.at("block");
  const Json& values = *tried.body.find("values");
  ASSERT_FALSE(values.is_null()) << tried.text;
  const Json& row = values.find("rows")->as_array()->front();
  const std::string holder = *row.find("holder")->as_string();
  Reply tree = business().get(desk.path + "/explain?holder=" + holder + "&period=2025-12&figure=" +
                              http::percent_encode("定期日均") + "&trial=" + tried.at("values.trial"));
  ASSERT_EQ(tree.status, 200) << tree.text;
  EXPECT_EQ(tree.at("value"), *row.find("values")->as_array()->front().find("value")->as_string())
      << "what is opened is what was shown";
  EXPECT_FALSE(named(*business().get(desk.path).body.find("elements"), "定期日均")) << "nothing was kept";
  Reply wrong = desk.tried({{"edit", measure("定期日均", "种类 = \"活\"")}, {"period", "2025-12"}});
  EXPECT_NE(wrong.at("findings"), "[]") << "a word the feed does not have";
}

TEST(Workshop, WritesABlockAndNothingElse) {
  Desk desk;
  const std::string document = "/policy-drafts/" + desk.path.substr(15, desk.path.rfind('/') - 15) +
                               "/document?path=" + http::percent_encode(kDocument);
  const std::string before = business().get(document).at("text");
  ASSERT_EQ(desk.change(measure("定期日均")).status, 200);
  Json formula = object(
      {{"block", object({{"kind", "score"},
                         {"name", "管护户数得分"},
                         {"keys", object({{"full", 12}, {"formula", "min(满分, 满分 * 管户数 / 60)"}})}})}});
  Reply changed = desk.change(formula);
  ASSERT_EQ(changed.status, 200) << changed.text;
  const std::string after = changed.at("document.text");
  EXPECT_NE(after.find("inputs  = [\"管户数\"]"), std::string::npos)
      << "what the formula names is listed by itself";
  EXPECT_NE(after.find("full    = 12"), std::string::npos);
  EXPECT_NE(after.find("附三 定期存款"), std::string::npos);
  EXPECT_EQ(after.substr(0, 400), before.substr(0, 400));
  EXPECT_EQ(desk.change(object({{"remove", object({{"kind", "measure"}, {"name", "定期日均"}})}})).status, 200);
}

TEST(Workshop, AFigureIsRenamedWhereverItsDocumentNamesIt) {
  Desk desk;
  auto rename = [&](const char* name, const char* to) {
    return desk.change(object({{"rename", object({{"name", name}, {"to", to}})}}));
  };
  EXPECT_EQ(rename("管户数", "存款净增").code(), "policy.edit.name") << "taken";
  EXPECT_EQ(rename("管户数", "管 户").code(), "policy.edit.value");
  EXPECT_EQ(rename("没有的", "新的").code(), "policy.edit.block");
  Reply done = rename("管户数", "管护客户数");
  ASSERT_EQ(done.status, 200) << done.text;
  const std::string after = done.at("document.text");
  EXPECT_NE(after.find("```measure 管护客户数\n"), std::string::npos);
  EXPECT_NE(after.find("\"管护客户数\""), std::string::npos) << "the lists follow";
  EXPECT_NE(after.find("```peer 管户数平均"), std::string::npos) << "another name that holds the old one";
  EXPECT_EQ(done.at("findings"), "[]") << "nothing is left that names it: " << done.text;
  ASSERT_EQ(rename("管护客户数", "管户数").status, 200);
}

// One change over all documents that name it: nothing is left half renamed.
TEST(Workshop, AFigureOfSeveralDocumentsIsRenamedInAllOfThemAtOnce) {
  Desk desk;
  const std::string draft = desk.path.substr(0, desk.path.rfind('/'));
  Reply added = business().send(
      "PUT", draft + "/document",
      object({{"path", "另一篇.md"},
              {"text",
               "# 另一篇\n来源: 示例.txt 示例\n\n## 第一条 每户\n每户存款。管户数是几户。\n\n```indicator "
               "每户净增\nrules   = [\"KPI-621\"]\n"
               "inputs  = [\"存款净增\", \"管户数\"]\nunit    = \"元/户\"\n"
               "formula = \"if 管户数 = 0 then null else 存款净增 / 管户数\"\n"
               "null_reason = \"没有管户\"\n```\n"},
              {"revision", desk.revision}})
          .dump());
  ASSERT_EQ(added.status, 200) << added.text;
  ASSERT_EQ(added.at("findings"), "[]") << added.text;
  desk.revision = std::stoll(added.at("draft.revision"));
  Json rename = object({{"rename", object({{"name", "管户数"}, {"to", "管护客户数"}})}});
  desk.revision -= 1;
  EXPECT_EQ(desk.change(rename).code(), "policy.draft.revision") << "somebody else was faster: nothing is changed";
  desk.revision += 1;
  Reply done = desk.change(rename);
  ASSERT_EQ(done.status, 200) << done.text;
  EXPECT_EQ(done.at("also"), "[\"另一篇.md\"]");
  EXPECT_EQ(done.at("findings"), "[]") << done.text;
  EXPECT_EQ(done.at("draft.revision"), "3") << "one change";
  auto text = [&](const char* path) {
    return business().get(draft + "/document?path=" + http::percent_encode(path)).at("text");
  };
  EXPECT_NE(text(kDocument).find("```measure 管护客户数\n"), std::string::npos);
  EXPECT_NE(text("另一篇.md").find("存款净增 / 管护客户数"), std::string::npos);
  EXPECT_NE(text("另一篇.md").find("管户数是几户"), std::string::npos) << "prose stays";
}

TEST(Workshop, WhoIsAppraisedMayBeChosenByGrade) {
  Desk desk;
  Reply facts = business().get("/workshop/facts");
  const Json* grade = named(*facts.body.find("staff"), "职级");
  ASSERT_TRUE(grade) << facts.text;
  EXPECT_EQ(*grade->find("feed")->as_string(), "grade");
  Json edit = object({{"block", object({{"kind", "scheme"},
                                        {"name", "经营业绩"},
                                        {"keys", object({{"holder_filter", "职级 = \"没有这一级\""}})}})}});
  Reply tried = desk.tried({{"edit", edit}, {"period", "2025-12"}, {"scheme", "经营业绩"}});
  EXPECT_EQ(tried.at("refused.code"), "scheme.holders") << "nobody holds it: " << tried.text;
  Reply kept = desk.change(edit);
  ASSERT_EQ(kept.status, 200) << kept.text;
  EXPECT_EQ(kept.at("findings"), "[]") << kept.text;
}

// KPI-612
TEST(Workshop, TargetsAddUpAndAreReadBySplitAndByTrial) {
  Desk desk;
  JsonObject ask = {{"name", "存款净增"},
                    {"unit", "元"},
                    {"period", "2025-12"},
                    {"way", "heads"},
                    {"nodes", JsonArray{object({{"of", "全行"}, {"id", ""}, {"value", "100000.01"}})}}};
  Reply split = business().post(desk.path + "/targets/split", Json(ask));
  ASSERT_EQ(split.status, 200) << split.text;
  base::Decimal people;
  JsonArray rows;
  for (const Json& node : *split.body.find("nodes")->as_array()) {
    auto value = base::Decimal::parse(*node.find("value")->as_string());
    if (*node.find("of")->as_string() == "员工") people = *base::Decimal::add(people, *value);
    if (const Json& off = *node.find("difference"); off.as_string()) EXPECT_EQ(*off.as_string(), "0");
    rows.push_back(object({{"of", *node.find("of")},
                           {"id", *node.find("id")},
                           {"name", *node.find("name")},
                           {"values", object({{"2025-12", *node.find("value")}})}}));
  }
  EXPECT_EQ(people.str(), "100000.01");
  Json edit = object({{"target", object({{"name", "存款净增"},
                                         {"unit", "元"},
                                         {"periods", JsonArray{"2025-12"}},
                                         {"rows", std::move(rows)},
                                         {"path", kDocument},
                                         {"article", object({{"title", "净增计划"}, {"text", "按人分解。"}})}})}});
  Reply kept = desk.change(edit);
  ASSERT_EQ(kept.status, 200) << kept.text;
  EXPECT_EQ(kept.at("findings"), "[]") << kept.text;
  Reply tried = desk.tried({{"period", "2025-12"}, {"scheme", "经营业绩"}, {"limit", 60}});
  const Json* column = named(*tried.body.find("values")->find("columns"), "净增计划");
  ASSERT_TRUE(column) << tried.text;
  EXPECT_EQ(*column->find("sum")->as_string(), "100000.01") << "the pack's own targets count, not the feed's";
}

// KPI-612: by last year's same period; the bank of the tests knows 2025 from 20 November on.
TEST(Workshop, TargetsByLastYearAddUpAndNameWhoHasNone) {
  Desk desk;
  ASSERT_EQ(desk.change(measure("定期日均")).status, 200);
  auto split = [&](const char* period, JsonObject more, JsonArray nodes = {}) {
    nodes.push_back(object({{"of", "全行"}, {"id", ""}, {"value", "100000.01"}}));
    JsonObject ask = {
        {"name", "定期日均"}, {"unit", "元"}, {"period", period}, {"way", "pattern"}, {"nodes", nodes}};
    for (auto& one : more) ask.push_back(one);
    return business().post(desk.path + "/targets/split", Json(ask));
  };
  const JsonObject by = {{"basis", "定期日均"}};
  EXPECT_EQ(split("2026-12", {}).status, 400) << "by which figure?";
  EXPECT_EQ(split("2029-12", by).code(), "data.period") << "a year before nobody knows anything";
  EXPECT_EQ(split("2026-11", by).code(), "data.period") << "half a month is no last year";
  Reply made = split("2026-12", by);
  ASSERT_EQ(made.status, 200) << made.text;
  EXPECT_EQ(made.at("basis_period"), "2025-12");
  auto people = [](const Reply& reply, std::string* waiting, std::string* first) {
    base::Decimal sum;
    for (const Json& node : *reply.body.find("nodes")->as_array()) {
      if (const Json& off = *node.find("difference"); off.as_string()) EXPECT_EQ(*off.as_string(), "0");
      if (*node.find("of")->as_string() != "员工") continue;
      if (*node.find("without")->as_bool() && waiting) *waiting = *node.find("id")->as_string();
      const std::string* value = node.find("value")->as_string();
      if (value && first && first->empty()) *first = *node.find("id")->as_string();
      if (value) sum = *base::Decimal::add(sum, *base::Decimal::parse(*value));
    }
    return sum.str();
  };
  std::string waiting, first;
  EXPECT_EQ(people(made, &waiting, &first), "100000.01");
  EXPECT_EQ(waiting.empty(), made.at("notes") == "[]") << made.at("notes");
  // A share put by hand stands for last year's.
  const std::string who = waiting.empty() ? first : waiting;
  JsonArray by_hand = {object({{"of", "员工"}, {"id", who}, {"value", Json()}, {"share", "0.01"}})};
  EXPECT_EQ(people(split("2026-12", by, by_hand), nullptr, nullptr), "100000.01");
  by_hand[0] = object({{"of", "员工"}, {"id", who}, {"value", Json()}, {"share", "1.01"}});
  EXPECT_EQ(split("2026-12", by, by_hand).code(), "target.share");
}

TEST(Workshop, ASheetOfTargetsIsReadRowByRow) {
  Desk desk;
  auto read = [&](const std::string& csv) {
    return business().send("POST", desk.path + "/targets/read", csv, {}, "application/octet-stream");
  };
  EXPECT_EQ(read("\n").code(), "sheet.format") << "nothing at all";
  EXPECT_EQ(read("编号,名称\n1,甲\n").code(), "sheet.format") << "no period";
  EXPECT_EQ(read("金额,2026\n1,2\n").code(), "sheet.format") << "nobody";
  Reply split = business().post(desk.path + "/targets/split",
                                object({{"name", "x"}, {"unit", "元"}, {"period", "2026"}, {"way", "hand"}}));
  std::string staff;
  for (const Json& node : *split.body.find("nodes")->as_array())
    if (*node.find("of")->as_string() == "员工") staff = *node.find("id")->as_string();
  Reply sheet = read("对象,工号,2026,2026Q1\n全行,,\"1,000\",10\n," + staff + ",500.5,\n,没有这个人,1,1\n," +
                     staff + ",1,1\n,,,\n员工," + staff + "x,1,1\n");
  ASSERT_EQ(sheet.status, 200) << sheet.text;
  EXPECT_EQ(sheet.body.find("rows")->as_array()->size(), 2u) << sheet.text;
  EXPECT_EQ(sheet.body.find("wrong")->as_array()->size(), 3u) << sheet.text;
  EXPECT_EQ(sheet.body.find("rows")->as_array()->front().find("values")->dump(),
            R"({"2026": "1000", "2026Q1": "10"})");
}

TEST(Workshop, ResultsAndTargetsGoIntoWorkbooks) {
  Desk desk;
  Reply file = business().post(desk.path + "/try.xlsx", object({{"period", "2025-12"}, {"scheme", "经营业绩"}}));
  ASSERT_EQ(file.status, 200);
  auto grid = read_grid(file.text);
  ASSERT_TRUE(grid.ok()) << grid.error().text();
  EXPECT_GT(grid->rows.size(), 10u);
  Reply targets = business().get(desk.path + "/targets.xlsx?name=x&period=2026");
  auto empty = read_grid(targets.text);
  ASSERT_TRUE(empty.ok());
  EXPECT_EQ(empty->rows.front().cells.back(), "2026");
  EXPECT_EQ(business()
                .send("POST", desk.path + "/targets/read", targets.text, {}, "application/octet-stream")
                .at("wrong"),
            "[]")
      << "what is written can be read back";
}

// A pack is appraised by the version in force on the day, else as it is installed.
TEST(Workshop, AppraisalsFollowTheVersionInForce) {  // ORG-318
  Packs packs(fs::path(GUANHU_SOURCE_DIR) / "policies");
  const base::Date first = *base::Date::parse("2030-01-01");
  EXPECT_EQ((*packs.on("sample", first))->version, "1.0") << "nobody knows versions";
  auto later = std::make_shared<policy::Pack>();
  later->version = "2";
  packs.set_in_force([&](const std::string& id, base::Date day) -> std::shared_ptr<const policy::Pack> {
    return id == "sample" && day >= first ? later : nullptr;
  });
  EXPECT_EQ(packs.known_on("sample", first), nullptr) << "nobody looked yet";
  EXPECT_EQ((*packs.on("sample", first))->version, "2");
  EXPECT_EQ(packs.known_on("sample", first)->version, "2");
  EXPECT_EQ((*packs.on("sample", first - 1))->version, "1.0");
  EXPECT_FALSE(packs.on("没有", first).ok());
}

}  // namespace
}  // namespace guanhu::api::testing
