#include "api/reach.h"

#include <gtest/gtest.h>

#include "api/redact.h"
#include "api/words.h"
#include "feed/schema.h"

namespace guanhu::api {
namespace {

using people::Directory;
using people::Scope;

Directory directory() {
  return Directory::of({{.id = "HQ", .kind = "hq"},
                        {.id = "B1", .parent = "HQ", .kind = "branch"},
                        {.id = "B1-1", .parent = "B1", .kind = "outlet"},
                        {.id = "B2", .parent = "HQ", .kind = "branch"},
                        {.id = "D1", .parent = "HQ", .kind = "department"}},
                       {{.id = "S1", .org = "B1-1"},
                        {.id = "S2", .org = "B1"},
                        {.id = "S3", .org = "B2"},
                        {.id = "S4", .org = "D1"}});
}

std::string seen(const std::string& staff, Scope scope) {
  Reach reach = Reach::of(staff, scope, directory());
  std::string out;
  for (const char* id : {"S1", "S2", "S3", "S4"}) out += reach.staff(id) ? std::string(id) + " " : "";
  for (const char* id : {"HQ", "B1", "B1-1", "B2", "D1"}) out += reach.org(id) ? std::string(id) + " " : "";
  return out;
}

TEST(Reach, IsAsWideAsTheScope) {
  EXPECT_EQ(seen("S1", Scope::none), "");
  EXPECT_EQ(seen("S1", Scope::own), "S1 ");
  EXPECT_EQ(seen("S1", Scope::branch), "S1 S2 B1 B1-1 ");
  EXPECT_EQ(seen("S4", Scope::branch), "S4 D1 ") << "a department is its own branch";
  EXPECT_EQ(seen("S1", Scope::bank), "S1 S2 S3 S4 HQ B1 B1-1 B2 D1 ");
  EXPECT_EQ(seen("nobody", Scope::branch), "");
  EXPECT_EQ(seen("nobody", Scope::own), "");
}

// A bank in memory, rows put in as imports would.
class ReachSql : public ::testing::Test {
 protected:
  ReachSql() : db_(warehouse::open_duckdb({})) { feed::create_schema(*db_); }
  void import(int id, const std::string& date, bool replaced = false) {
    db_->exec("INSERT INTO imports VALUES (" + std::to_string(id) + ", DATE '" + date +
              "', TIMESTAMP '2026-01-01 00:00:00', " + (replaced ? "TIMESTAMP '2026-01-02 00:00:00'" : "NULL") +
              ")");
  }
  void account(int import, const std::string& id, const std::string& customer, const std::string& org) {
    db_->exec("INSERT INTO f_accounts (account_id, customer_id, org_id, import_id, line) VALUES ('" + id + "', '" +
              customer + "', '" + org + "', " + std::to_string(import) + ", 2)");
  }
  void assign(int import, const std::string& kind, const std::string& subject, const std::string& staff,
              const std::string& from, const std::string& to) {
    db_->exec(
        "INSERT INTO f_assignments (subject_kind, subject_id, staff_id, role, share, valid_from, valid_to, "
        "import_id, "
        "line) VALUES ('" +
        kind + "', '" + subject + "', '" + staff + "', 'main', 100000000, DATE '" + from + "', " +
        (to.empty() ? "NULL" : "DATE '" + to + "'") + ", " + std::to_string(import) + ", 2)");
  }
  std::string customers(const std::string& staff, Scope scope, const std::string& day = "2025-12-31") {
    std::string sql = Reach::of(staff, scope, directory()).customers_sql(*base::Date::parse(day)), out;
    const warehouse::Type types[] = {warehouse::Type::text};
    db_->scan("SELECT DISTINCT x.* FROM (" + sql + ") x ORDER BY 1", types, [&](const warehouse::Chunk& c) {
      for (size_t r = 0; r < c.rows; ++r) out += std::string(c.columns[0].text[r]) + " ";
    });
    return out;
  }
  std::unique_ptr<warehouse::Warehouse> db_;
};

TEST_F(ReachSql, AnAssignmentThatWasEndedLaterDoesNotCount) {
  import(1, "2025-01-01");
  import(2, "2025-06-01");
  account(1, "A1", "C1", "B1");
  assign(1, "account", "A1", "S1", "2025-01-01", "");
  EXPECT_EQ(customers("S1", Scope::own), "C1 ");
  assign(2, "account", "A1", "S1", "2025-01-01", "2025-05-31");  // the same key, now with its end
  EXPECT_EQ(customers("S1", Scope::own), "");
  EXPECT_EQ(customers("S1", Scope::own, "2025-05-31"), "C1 ") << "the last day is included";
  EXPECT_EQ(customers("S1", Scope::own, "2025-06-01"), "");
}

TEST_F(ReachSql, TheLatestBusinessDateWinsWhateverTheOrderOfImport) {
  import(1, "2025-06-01");
  import(2, "2025-01-01");        // came late
  import(3, "2025-07-01", true);  // was replaced
  account(1, "A1", "C1", "B2");
  account(2, "A1", "C1", "B1");
  account(3, "A1", "C1", "B1");
  EXPECT_EQ(customers("S2", Scope::branch), "") << "the account went to B2 and stayed there";
  EXPECT_EQ(customers("S3", Scope::branch), "C1 ");
}

TEST_F(ReachSql, OwnIsWhatIsAssignedDirectlyOrThroughAnAccount) {
  import(1, "2025-01-01");
  account(1, "A1", "C1", "B1");
  account(1, "A2", "C2", "B1");
  assign(1, "account", "A1", "S1", "2025-01-01", "");
  assign(1, "customer", "C3", "S1", "2025-01-01", "");
  assign(1, "customer", "C4", "S1", "2026-01-01", "");  // not yet
  assign(1, "customer", "C5", "S2", "2025-01-01", "");
  EXPECT_EQ(customers("S1", Scope::own), "C1 C3 ");
  EXPECT_EQ(customers("S1", Scope::branch), "C1 C2 ");
}

TEST(Literals, CannotBeBrokenOutOf) {
  EXPECT_EQ(sql_text("it's"), "'it''s'");
  EXPECT_EQ(sql_text(std::string("a\0b", 3)), "'ab'");
  EXPECT_EQ(sql_list({}), "(NULL)");
  EXPECT_EQ(sql_list({"a'", "b"}), "('a''', 'b')");
}

TEST(Masks, ShowEnoughToRecognise) {
  EXPECT_EQ(masked_id("110101199003071234"), "1101**********1234");
  EXPECT_EQ(masked_id("12345678"), "********");
  EXPECT_EQ(masked_id(""), "");
  EXPECT_EQ(masked_phone("13812345678"), "138****5678");
  EXPECT_EQ(masked_phone("110"), "***");
  EXPECT_EQ(masked_address("样本县清河镇和平巷183号"), "样本县清河镇******");
  EXPECT_EQ(masked_address("短"), "******");
  EXPECT_EQ(masked_address(""), "");
}

TEST(Languages, FollowTheReader) {
  EXPECT_EQ(language_of(std::nullopt), Language::zh);
  EXPECT_EQ(language_of("en"), Language::en);
  EXPECT_EQ(language_of("fr,en;q=0.5,zh;q=0.4"), Language::en);
  EXPECT_EQ(language_of("en;q=0.4,zh-CN;q=0.5"), Language::zh);
  EXPECT_EQ(language_of("en;q=0"), Language::zh);
  EXPECT_EQ(language_of(";;,,q=,en;q=x"), Language::zh);
  EXPECT_EQ(words_for("no.such.code", 404, Language::en).title, "Not found");
}

}  // namespace
}  // namespace guanhu::api
