#include "customers/intake.h"

#include <gtest/gtest.h>

#include "base/identity.h"
#include "customers/intake_testing.h"
#include "customers/intake_text.h"

namespace guanhu::customers {
namespace {

using base::JsonArray;
using base::JsonObject;

class Intake : public IntakeTest {
 protected:
  IntakeWorld world() {
    IntakeWorld out;
    out.customer = [](const std::string& id) -> std::optional<IntakeCustomer> {
      if (id == "C1") return IntakeCustomer{"C1", "王五", "person", "O1"};
      if (id == "C2") return IntakeCustomer{"C2", "赵六", "person", "O1"};
      return std::nullopt;
    };
    out.holder = [this](const std::string& number) -> std::optional<IntakeCustomer> {
      if (number == known_) return IntakeCustomer{"C1", "王五", "person", "O1"};
      return std::nullopt;
    };
    out.org_of = [](const std::string& staff) {
      return staff == "S2" ? std::optional<std::string>("O1") : std::nullopt;
    };
    out.mine = [](const Field&) { return true; };
    out.key = &key_;
    out.person = "S1", out.org = "O1";
    return out;
  }
  IntakeTable table(std::vector<std::string> head, std::vector<std::vector<std::string>> rows) {
    IntakeTable out{std::move(head), {}};
    for (auto& row : rows) out.rows.push_back({static_cast<int>(out.rows.size()) + 2, std::move(row)});
    return out;
  }
  std::vector<std::string> outcomes(const std::vector<IntakeRow>& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.outcome);
    return out;
  }
  // A dry run that is kept, ready to be performed.
  base::Result<records::Record> check(const std::string& what, const IntakeTable& of,
                                      const std::vector<std::string>& columns) {
    const std::string digest = keep_intake_file(store(), key_, "客户.csv", "客户号\n");
    auto rows = plan_rows(store(), what, of, columns, fields(store()), world());
    return keep_check(store(),
                      {.what = what,
                       .file = "客户.csv",
                       .digest = digest,
                       .owner = "S1",
                       .org = "O1",
                       .head = of.head,
                       .columns = columns,
                       .counts = count_rows(rows)},
                      rows, doing());
  }
  base::Result<records::Record> perform(const records::Record& of, const IntakeTable& rows, bool skip = false) {
    auto all = fields(store());
    auto bank = world();
    return perform_intake(store(), {of.id, of.version, &rows, &all, &bank, skip}, doing());
  }

  std::string known_ = base::complete_resident_id("43010219800101001").value();
  std::string fresh_ = base::complete_resident_id("43010219900203002").value();
  store::PersonalKey key_ = store::PersonalKey::make();
};

TEST_P(Intake, ColumnsAreGuessedByTitleAndByWhatIsRemembered) {
  auto ours = intake_columns("cards", {});
  EXPECT_TRUE(intake_columns("houses", {}).empty());
  EXPECT_EQ(guess_columns(ours, {"客户号", "别的", "爱好"}, JsonObject{{"爱好", "hobbies"}}),
            (std::vector<std::string>{"customer", "", "hobbies"}));
  // Twice the same title: the second stays open.
  EXPECT_EQ(guess_columns(ours, {"客户号", "客户号"}, {}), (std::vector<std::string>{"customer", ""}));
  EXPECT_EQ(check_columns(ours, {"a"}, {}).error().code, "intake.columns");
  EXPECT_EQ(check_columns(ours, {"a"}, {"nothing"}).error().code, "intake.columns");
  EXPECT_EQ(check_columns(ours, {"a"}, {"hobbies"}).error().code, "intake.columns");  // no customer
  EXPECT_EQ(check_columns(ours, {"a", "b"}, {"customer", "customer"}).error().code, "intake.columns");
  EXPECT_TRUE(check_columns(ours, {"a", "b"}, {"customer", ""}).ok());
}

TEST_P(Intake, EachRowSaysWhatIsWrongInWhichCell) {
  auto rows = plan_rows(store(), "cards",
                        table({"客户号", "名称", "纬度", "经度"}, {{"", "", "", ""},
                                                                   {"C9", "", "", ""},
                                                                   {"C1", "李四", "", ""},
                                                                   {"C1", "王五", "91", "1"},
                                                                   {"C1", "王五", "28", "112"}}),
                        {"customer", "name", "lat", "lon"}, {}, world());
  EXPECT_EQ(outcomes(rows), (std::vector<std::string>(5, "refused")));
  EXPECT_EQ(rows[1].said.at(0).cell, "A3");
  EXPECT_EQ(rows[2].said.at(0).cell, "B4");
  EXPECT_EQ(rows[3].said.at(0).cell, "C5");
  EXPECT_NE(rows[4].said.at(0).message.find("第 5 行"), std::string::npos);  // the line that has C1 already
}

TEST_P(Intake, IsWrittenWholeAndTakenBackWhole) {
  auto sheet = table({"客户号", "爱好"}, {{"C1", "钓鱼"}, {"C2", "下棋"}});
  auto checked = check("cards", sheet, {"customer", "hobbies"});
  ASSERT_TRUE(checked.ok()) << checked.error().text();
  EXPECT_FALSE(card(store(), "C1"));  // a dry run writes nothing
  EXPECT_EQ(undo_intake(store(), checked->id, checked->version, "不要", {}, doing()).error().code, "intake.state");
  auto done = perform(*checked, sheet);
  ASSERT_TRUE(done.ok()) << done.error().text();
  EXPECT_EQ(perform(*done, sheet).error().code, "intake.state");
  EXPECT_EQ(*card(store(), "C1")->body.find("hobbies")->as_string(), "钓鱼");
  EXPECT_EQ(undo_intake(store(), done->id, done->version, " ", {}, doing()).error().code, "intake.why");
  EXPECT_EQ(undo_intake(store(), done->id, done->version - 1, "错了", {}, doing()).error().code, "record.changed");
  auto undone = undo_intake(store(), done->id, done->version, "文件拿错了", {}, doing());
  ASSERT_TRUE(undone.ok()) << undone.error().text();
  EXPECT_EQ(undone->state, "undone");
  EXPECT_FALSE(card(store(), "C1"));
  EXPECT_EQ(count_kept(store(), done->id, "undone"), 2u);
  // And again: what was taken back can be written anew.
  auto again = check("cards", sheet, {"customer", "hobbies"});
  ASSERT_TRUE(again.ok());
  ASSERT_TRUE(perform(*again, sheet).ok());
  EXPECT_TRUE(card(store(), "C2"));
}

TEST_P(Intake, ARowThatSomebodyChangedSinceIsKept) {
  ASSERT_TRUE(
      write_card(
          store(),
          {.customer = "C2", .name = "赵六", .owner = "S1", .org = "O1", .body = JsonObject{{"hobbies", "唱戏"}}},
          {}, doing())
          .ok());
  auto sheet = table({"客户号", "爱好"}, {{"C1", "钓鱼"}, {"C2", "下棋"}});
  auto checked = check("cards", sheet, {"customer", "hobbies"});
  ASSERT_TRUE(checked.ok());
  auto done = perform(*checked, sheet);
  ASSERT_TRUE(done.ok());
  auto one = card(store(), "C1");
  ASSERT_TRUE(write_card(store(),
                         {.customer = "C1",
                          .name = "王五",
                          .owner = "S1",
                          .org = "O1",
                          .version = one->version,
                          .body = JsonObject{{"hobbies", "打牌"}}},
                         {}, doing("li"))
                  .ok());
  auto undone = undo_intake(store(), done->id, done->version, "文件拿错了", {}, doing());
  ASSERT_TRUE(undone.ok());
  EXPECT_EQ(undone->state, "partly_undone");
  EXPECT_EQ(*card(store(), "C1")->body.find("hobbies")->as_string(), "打牌");
  EXPECT_EQ(*card(store(), "C2")->body.find("hobbies")->as_string(), "唱戏");  // as it was before
  auto kept = kept_rows(store(), done->id, "kept", 0, 10);
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_NE(kept[0].undone.find("li"), std::string::npos);
}

TEST_P(Intake, RefusedRowsStopTheWholeUnlessTheyAreSkipped) {
  auto sheet = table({"客户号", "爱好"}, {{"C1", "钓鱼"}, {"C9", "下棋"}});
  auto checked = check("cards", sheet, {"customer", "hobbies"});
  ASSERT_TRUE(checked.ok());
  EXPECT_EQ(perform(*checked, sheet).error().code, "intake.refused");
  EXPECT_FALSE(card(store(), "C1"));
  ASSERT_TRUE(perform(*checked, sheet, true).ok());
  EXPECT_TRUE(card(store(), "C1"));
  auto same = table({"客户号", "爱好"}, {{"C1", "钓鱼"}});
  auto nothing = check("cards", same, {"customer", "hobbies"});
  ASSERT_TRUE(nothing.ok());
  EXPECT_EQ(perform(*nothing, same).error().code, "intake.nothing");
}

TEST_P(Intake, AnEmptyCellLeavesAndAWordClears) {
  ASSERT_TRUE(write_card(store(),
                         {.customer = "C1",
                          .name = "王五",
                          .owner = "S1",
                          .org = "O1",
                          .body = JsonObject{{"hobbies", "唱戏"}, {"place", "桥头"}}},
                         {}, doing())
                  .ok());
  auto rows = plan_rows(store(), "cards", table({"客户号", "爱好", "到哪里找"}, {{"C1", "", "清空"}}),
                        {"customer", "hobbies", "place"}, {}, world());
  ASSERT_EQ(rows.at(0).outcome, "changed");
  EXPECT_TRUE(rows[0].body.find("hobbies"));
  EXPECT_FALSE(rows[0].body.find("place"));
  ASSERT_EQ(rows[0].said.size(), 1u);
  EXPECT_EQ(rows[0].said[0].before, "桥头");
}

TEST_P(Intake, ProspectsAreKnownByTheirNumber) {
  const std::vector<std::string> columns = {"name", "kind", "id_no", "phone", "manager"};
  auto sheet = table({"姓名", "类型", "证件", "电话", "工号"}, {{"王五", "个人", known_, "", ""},
                                                                {"孙七", "个人", "430102199002030020", "", ""},
                                                                {"孙七", "农户", "", "13800000000", ""},
                                                                {"孙七", "个人", "", "123", ""},
                                                                {"孙七", "个人", "", "", "S9"},
                                                                {"孙七", "个人", fresh_, "13800000000", "S2"}});
  auto rows = plan_rows(store(), "prospects", sheet, columns, {}, world());
  EXPECT_EQ(outcomes(rows),
            (std::vector<std::string>{"refused", "refused", "refused", "refused", "refused", "new"}));
  EXPECT_EQ(rows[5].owner, "S2");
  for (const auto& row : rows)
    for (const auto& said : row.said) EXPECT_EQ(said.message.find(fresh_), std::string::npos);
  auto good = table(sheet.head, {{"孙七", "个人", fresh_, "13800000000", ""}});
  auto checked = check("prospects", good, columns);
  ASSERT_TRUE(checked.ok());
  ASSERT_TRUE(perform(*checked, good).ok());
  EXPECT_NE(prospect_with(store(), key_, fresh_, ""), 0);
  EXPECT_NE(prospect_with(store(), key_, "", "13800000000"), 0);
  EXPECT_EQ(prospect_with(store(), key_, known_, ""), 0);
  EXPECT_EQ(outcomes(plan_rows(store(), "prospects", good, columns, {}, world())),
            (std::vector<std::string>{"same"}));
  // Somebody else's prospect is nobody else's.
  auto other = table(sheet.head, {{"孙七", "个人", fresh_, "", "S2"}});
  EXPECT_EQ(outcomes(plan_rows(store(), "prospects", other, columns, {}, world())),
            (std::vector<std::string>{"refused"}));
}

TEST_P(Intake, AStopInTheMiddleLeavesNothing) {
  IntakeTable sheet{{"客户号", "爱好"}, {}};
  for (int i = 0; i < 300; ++i) sheet.rows.push_back({i + 2, {"K" + std::to_string(i), "钓鱼"}});
  auto bank = world();
  bank.customer = [](const std::string& id) { return IntakeCustomer{id, "某" + id, "person", "O1"}; };
  auto rows = plan_rows(store(), "cards", sheet, {"customer", "hobbies"}, {}, bank);
  const std::string digest = keep_intake_file(store(), key_, "客户.csv", "客户号\n");
  auto checked = keep_check(store(),
                            {.what = "cards",
                             .file = "客户.csv",
                             .digest = digest,
                             .owner = "S1",
                             .org = "O1",
                             .head = sheet.head,
                             .columns = {"customer", "hobbies"},
                             .counts = count_rows(rows)},
                            rows, doing());
  ASSERT_TRUE(checked.ok());
  const std::vector<Field> none;
  struct Stop {};
  EXPECT_THROW((void)perform_intake(store(), {checked->id, checked->version, &sheet, &none, &bank, false}, doing(),
                                    [](size_t, size_t) { throw Stop{}; }),
               Stop);
  EXPECT_FALSE(card(store(), "K0"));
  EXPECT_EQ(records::record(store(), checked->id)->state, "checked");
}

TEST_P(Intake, FilesLieSealed) {
  const std::string digest = keep_intake_file(store(), key_, "准客户.csv", "张三," + fresh_);
  EXPECT_EQ(keep_intake_file(store(), key_, "again.csv", "张三," + fresh_), digest);
  EXPECT_EQ(intake_file(store(), key_, digest), "张三," + fresh_);
  EXPECT_EQ(store().query("SELECT bytes FROM intake_files").at(0).text(0).find(fresh_), std::string::npos);
  EXPECT_THROW(intake_file(store(), key_, "nothing"), base::Broken);
}

TEST_P(Intake, MappingsAreRememberedByName) {
  store().transaction([&] {
    EXPECT_EQ(keep_mapping(store(), {"cards", " ", JsonObject{}, "", ""}).error().code, "intake.mapping");
    ASSERT_TRUE(keep_mapping(store(), {"cards", "支行表", JsonObject{{"爱好", "hobbies"}}, "t", "zhang"}).ok());
    ASSERT_TRUE(keep_mapping(store(), {"cards", "支行表", JsonObject{{"喜好", "hobbies"}}, "t", "zhang"}).ok());
  });
  auto kept = mappings(store(), "cards");
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_TRUE(kept[0].columns.find("喜好"));
  EXPECT_TRUE(mappings(store(), "prospects").empty());
}

INSTANTIATE_TEST_SUITE_P(Engines, Intake, ::testing::Values(store::Engine::sqlite, store::Engine::postgres));

}  // namespace
}  // namespace guanhu::customers
