#include "customers/intake_relation.h"

#include <gtest/gtest.h>

#include "customers/customer.h"
#include "customers/intake_testing.h"

namespace guanhu::customers {
namespace {

class IntakeRelation : public IntakeTest {
 protected:
  void SetUp() override {
    IntakeTest::SetUp();
    if (IsSkipped()) return;
    const store::ModuleMigrations modules[] = {{"customers", register_migrations()}};
    ASSERT_TRUE(store::migrate(store(), modules, clock_).ok());
  }
  // P1, P2, P3 are people, E1, E2 companies; P9 is P1 after a merge; X1 is nobody's to write. "ID-P1" is P1's
  // document.
  IntakeWorld world() {
    IntakeWorld out;
    out.customer = [](const std::string& id) -> std::optional<IntakeCustomer> {
      if (id == "P1" || id == "P2" || id == "P3") return IntakeCustomer{id, "人" + id, "person", "O1"};
      if (id == "E1" || id == "E2") return IntakeCustomer{id, "企" + id, "company", "O1"};
      return std::nullopt;
    };
    out.holder = [customer = out.customer](const std::string& number) -> std::optional<IntakeCustomer> {
      if (!number.starts_with("ID-")) return std::nullopt;
      return customer(number.substr(3)).value_or(IntakeCustomer{});
    };
    out.canonical = [](const std::string& id) { return id == "P9" ? std::string("P1") : id; };
    out.relations = [this](const std::vector<std::string>& ids) {
      std::vector<Relation> found = feed_;
      for (const auto& row :
           store().query("SELECT customer, related, related_name, kind, share, from_day, to_day FROM "
                         "customer_relations ORDER BY record_id"))
        if (std::find(ids.begin(), ids.end(), row.text(0)) != ids.end()) {
          Relation r;
          r.record = 1, r.customer = row.text(0), r.related = row.text(1), r.related_name = row.text(2);
          r.kind = row.text(3), r.share = row.maybe_integer(4), r.from = base::Date::parse(row.text(5));
          if (auto to = row.maybe_text(6)) r.to = base::Date::parse(*to);
          r.source = "户口簿";
          found.push_back(std::move(r));
        }
      return found;
    };
    out.mine = [](const Field&) { return true; };
    out.key = &key_;
    out.person = "S1", out.org = "O1";
    return out;
  }
  static Relation of_feed(const char* a, const char* b, const char* kind, const char* from,
                          std::optional<int64_t> share = {}) {
    Relation r;
    r.customer = a, r.related = b, r.kind = kind, r.from = base::Date::parse(from), r.share = share;
    r.source = "feed";
    return r;
  }
  // Cells: customer, kind, related, share, from, to.
  static IntakeTable table(std::vector<std::vector<std::string>> rows) {
    IntakeTable out{{"客户号", "关系", "关系人", "比例", "起日", "止日", "来源"}, {}};
    for (auto& row : rows) {
      row.resize(6), row.emplace_back("户口簿");
      out.rows.push_back({static_cast<int>(out.rows.size()) + 2, std::move(row)});
    }
    return out;
  }
  std::vector<IntakeRow> plan(const IntakeTable& of) {
    return plan_rows(store(), "relations", of, kColumns, {}, world());
  }
  // The words by which one row is refused; "" of one that is not.
  std::string refused(std::vector<std::vector<std::string>> rows) {
    const IntakeRow last = plan(table(std::move(rows))).back();
    if (last.outcome != "refused") return "";
    return last.said.at(0).cell + " " + last.said.at(0).message;
  }
  size_t written() {
    return static_cast<size_t>(store().query("SELECT count(*) FROM customer_relations").at(0).integer(0));
  }
  base::Result<records::Record> check(const IntakeTable& of) {
    auto rows = plan(of);
    return keep_check(store(),
                      {.what = "relations",
                       .file = "关系.csv",
                       .digest = keep_intake_file(store(), key_, "关系.csv", "x"),
                       .owner = "S1",
                       .org = "O1",
                       .head = of.head,
                       .columns = kColumns,
                       .counts = count_rows(rows)},
                      rows, doing());
  }
  base::Result<records::Record> perform(const records::Record& of, const IntakeTable& rows, bool skip = false) {
    const std::vector<Field> none;
    auto bank = world();
    return perform_intake(store(), {of.id, of.version, &rows, &none, &bank, skip}, doing());
  }

  const std::vector<std::string> kColumns = {"customer", "kind", "related", "share", "from", "to", "source"};
  std::vector<Relation> feed_;
  store::PersonalKey key_ = store::PersonalKey::make();
};

#define EXPECT_SAYS(text, part) EXPECT_NE((text).find(part), std::string::npos) << (text)

TEST_P(IntakeRelation, EachRowSaysWhatIsWrongAndHowToMendIt) {
  EXPECT_SAYS(refused({{"", "配偶", "P2", "", "2020-01-01"}}), "A2 没有写客户号");
  EXPECT_SAYS(refused({{"X1", "配偶", "P2", "", "2020-01-01"}}), "A2 没有您可以写的客户 X1");
  EXPECT_SAYS(refused({{"P1", "配偶", "", "", "2020-01-01"}}), "C2 没有写和谁的关系");
  EXPECT_SAYS(refused({{"P1", "配偶", "X1", "", "2020-01-01"}}), "看不到的客户写姓名");
  EXPECT_SAYS(refused({{"P1", "邻居", "P2", "", "2020-01-01"}}), "B2 没有“邻居”这种关系");
  EXPECT_SAYS(refused({{"P1", "配偶", "P2", "", "去年"}}), "E2 “去年”不是日期");
  EXPECT_SAYS(refused({{"P1", "配偶", "P2"}}), "没有写从哪一天起");
  EXPECT_SAYS(refused({{"P1", "配偶", "P2", "", "2020-01-02", "2020-01-01"}}), "F2 止日在起日以前");
  EXPECT_SAYS(refused({{"P1", "配偶", "P1", "", "2020-01-01"}}), "不能和自己有关系");
  EXPECT_SAYS(refused({{"P1", "配偶", "P9", "", "2020-01-01"}}), "C2");  // the same one, after a merge
  EXPECT_SAYS(refused({{"P1", "配偶", "P2", "30", "2020-01-01"}}), "D2 这一种关系没有比例");
  EXPECT_SAYS(refused({{"E1", "股东", "P1", "", "2020-01-01"}}), "股东要写持股比例");
  EXPECT_SAYS(refused({{"E1", "股东", "P1", "100.01", "2020-01-01"}}), "不超过 100%");
  EXPECT_SAYS(refused({{"E1", "股东", "P1", "30.125", "2020-01-01"}}), "最多两位小数");
  EXPECT_SAYS(refused({{"E1", "配偶", "P1", "", "2020-01-01"}}), "只在两个人之间");
  EXPECT_SAYS(refused({{"P1", "股东", "P2", "10", "2020-01-01"}}), "客户一边写企业");
  EXPECT_SAYS(refused({{"E1", "法定代表人", "E2", "", "2020-01-01"}}), "关系人一边写个人");
  EXPECT_EQ(refused({{"P1", "配偶", "P2", "", "2020-01-01"}}), "");
  EXPECT_EQ(refused({{"E1", "股东", "E2", "100%", "2020-01-01"}}), "");
  EXPECT_EQ(refused({{"P9", "配偶", "P2", "", "2020-01-01"}}), "");
  EXPECT_EQ(written(), 0u);
}

TEST_P(IntakeRelation, BothEndsAreFoundByDocumentWhichIsNeverRepeated) {
  IntakeTable sheet{{}, {}};
  auto add = [&](std::vector<std::string> cells) {
    cells.insert(cells.end(), {"配偶", "2020-01-01", "户口簿"});
    sheet.rows.push_back({static_cast<int>(sheet.rows.size()) + 2, std::move(cells)});
  };
  add({"", "ID-P1", "", "ID-P2", "人P2"});
  add({"P1", "ID-P2", "P3", "", ""});   // two customers
  add({"P3", "", "", "ID-X1", ""});     // somebody else's
  add({"P3", "", "", "nothing", ""});   // nobody's
  add({"P3", "", "P2", "", "人P1"});    // another name
  add({"P3", "", "", "", "隔壁老王"});  // no customer
  const std::vector<std::string> columns = {"customer",     "id_no", "related", "related_id_no",
                                            "related_name", "kind",  "from",    "source"};
  auto rows = plan_rows(store(), "relations", sheet, columns, {}, world());
  std::vector<std::string> outcomes;
  for (const auto& row : rows) {
    outcomes.push_back(row.outcome);
    for (const auto& said : row.said) EXPECT_EQ(said.message.find("ID-"), std::string::npos) << said.message;
  }
  EXPECT_EQ(outcomes, (std::vector<std::string>{"new", "refused", "refused", "refused", "refused", "new"}));
  EXPECT_EQ(rows[0].subject, "P1");
  EXPECT_SAYS(rows[1].said.at(0).message, "只留对的一个");
  EXPECT_SAYS(rows[2].said.at(0).message, "不归您写");
  EXPECT_SAYS(rows[4].said.at(0).message, "串了行");
}

TEST_P(IntakeRelation, WhatIsThereAlreadyAndWhatContradictsItIsSaid) {
  feed_ = {of_feed("P1", "P2", "spouse", "2010-01-01"), of_feed("E1", "P1", "shareholder", "2015-01-01", 6'000),
           of_feed("E1", "P2", "legal_representative", "2015-01-01")};
  EXPECT_EQ(plan(table({{"P2", "配偶", "P1", "", "2010-01-01"}})).at(0).outcome, "same");  // from the other side
  EXPECT_EQ(plan(table({{"P2", "配偶", "P1", "", "2012-01-01"}})).at(0).outcome, "same");
  EXPECT_SAYS(refused({{"E1", "股东", "P1", "50", "2015-01-01"}}), "以业务系统为准");
  EXPECT_SAYS(refused({{"P3", "配偶", "P1", "", "2020-01-01"}}), "另有配偶");
  EXPECT_SAYS(refused({{"P1", "子女", "P2", "", "2020-01-01"}}), "两人是配偶");
  EXPECT_SAYS(refused({{"E1", "法定代表人", "P3", "", "2020-01-01"}}), "另有法定代表人");
  EXPECT_SAYS(refused({{"E1", "股东", "P3", "40.01", "2020-01-01"}}), "100.01%");
  EXPECT_EQ(refused({{"E1", "股东", "P3", "40", "2020-01-01"}}), "");
  // Before that, another one may have been.
  EXPECT_EQ(refused({{"P3", "配偶", "P1", "", "2000-01-01", "2009-12-31"}}), "");
  EXPECT_SAYS(refused({{"P3", "配偶", "P1", "", "2000-01-01", "2010-01-01"}}), "另有配偶");
  // Within one file.
  EXPECT_SAYS(refused({{"P3", "父母", "P2", "", "2020-01-01"}, {"P2", "子女", "P3", "", "2020-01-01"}}),
              "第 2 行");
  EXPECT_SAYS(refused({{"P3", "父母", "P2", "", "2020-01-01"}, {"P2", "父母", "P3", "", "2020-01-01"}}), "反过来");
  // Shares that follow one another do not add up; those of one day do.
  EXPECT_EQ(refused({{"E2", "股东", "P1", "60", "2020-01-01", "2020-12-31"},
                     {"E2", "股东", "P2", "60", "2021-01-01"},
                     {"E2", "股东", "P3", "40", "2020-01-01"}}),
            "");
  EXPECT_SAYS(refused({{"E2", "股东", "P1", "60", "2020-01-01", "2020-12-31"},
                       {"E2", "股东", "P2", "61", "2021-01-01"},
                       {"E2", "股东", "P3", "40", "2020-01-01"}}),
              "到 2021-01-01股东合计 101%");
}

TEST_P(IntakeRelation, IsWrittenWholeAndTakenBackWhole) {
  auto sheet = table({{"P1", "配偶", "P2", "", "2020-01-01"}, {"E1", "股东", "P3", "35.5", "2020/5/1"}});
  auto checked = check(sheet);
  ASSERT_TRUE(checked.ok()) << checked.error().text();
  EXPECT_EQ(written(), 0u);
  auto done = perform(*checked, sheet);
  ASSERT_TRUE(done.ok()) << done.error().text();
  EXPECT_EQ(written(), 2u);
  EXPECT_EQ(store().query("SELECT share FROM customer_relations WHERE customer = 'E1'").at(0).integer(0), 3'550);
  EXPECT_EQ(plan(sheet).at(1).outcome, "same");
  auto undone = undo_intake(store(), done->id, done->version, "文件拿错了", {}, doing());
  ASSERT_TRUE(undone.ok()) << undone.error().text();
  EXPECT_EQ(undone->state, "undone");
  EXPECT_EQ(written(), 0u);
  auto again = check(sheet);
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(perform(*again, sheet).ok());
  EXPECT_EQ(written(), 2u);
}

TEST_P(IntakeRelation, RefusedRowsHoldBackAllAndWhatWasChangedSinceStays) {
  auto sheet = table({{"P1", "配偶", "P2", "", "2020-01-01"},
                      {"E1", "股东", "P3", "35.5", "2020-05-01"},
                      {"X1", "亲属", "P3", "", "2020-05-01"}});
  auto checked = check(sheet);
  ASSERT_TRUE(checked.ok());
  EXPECT_EQ(perform(*checked, sheet).error().code, "intake.refused");
  EXPECT_EQ(written(), 0u);
  auto done = perform(*checked, sheet, true);
  ASSERT_TRUE(done.ok()) << done.error().text();
  EXPECT_EQ(written(), 2u);
  const int64_t first = kept_rows(store(), done->id, "new", 0, 1).at(0).record;
  ASSERT_TRUE(remove_relation(store(), first, 1, "写错了人", doing("li")).ok());
  auto undone = undo_intake(store(), done->id, done->version, "文件拿错了", {}, doing());
  ASSERT_TRUE(undone.ok()) << undone.error().text();
  EXPECT_EQ(undone->state, "partly_undone");
  auto kept = kept_rows(store(), done->id, "kept", 0, 10);
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_SAYS(kept[0].undone, "li");
  EXPECT_EQ(written(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Engines, IntakeRelation,
                         ::testing::Values(store::Engine::sqlite, store::Engine::postgres));

}  // namespace
}  // namespace guanhu::customers
