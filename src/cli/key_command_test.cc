// guanhu key rotate over a whole bank: what lies sealed in any table or file is opened with the new key alone.
#include <gtest/gtest.h>

#include <sstream>

#include "audit/chain.h"
#include "base/files.h"
#include "cli/command.h"
#include "cli/wiring.h"
#include "customers/intake.h"
#include "customers/signal.h"
#include "store/reseal.h"
#include "store/testing.h"

namespace guanhu::cli {
namespace {

namespace fs = std::filesystem;

class KeyRotate : public ::testing::Test {
 protected:
  int run(const Command& command, const std::vector<std::string>& arguments) {
    out_.str(""), err_.str("");
    return command.run(arguments, io_);
  }
  feed::Bank open() { return feed::Bank::open(data_, clock_, bank_options(io_)).value(); }

  store::testing::Place place_{store::Engine::sqlite};
  const std::string data_ = (place_.folder() / "bank").string();
  std::istringstream in_;
  std::ostringstream out_, err_;
  base::FixedClock clock_{*base::Instant::parse("2026-01-21T08:00:00Z")};
  Io io_{in_, out_, err_, clock_};
};

TEST_F(KeyRotate, RefusesWrongUse) {
  EXPECT_EQ(run(kKeyRotateCommand, {}), kWrong);
  EXPECT_EQ(run(kKeyRotateCommand, {"--data", data_}), kWrong);
  EXPECT_NE(err_.str().find("guanhu key rotate:"), std::string::npos);
  EXPECT_FALSE(fs::exists(data_));
}

TEST_F(KeyRotate, TheAuditChainStaysWhole) {
  ASSERT_EQ(run(kInitCommand, {"--data", data_}), kDone) << err_.str();
  std::string copied;
  {
    feed::Bank bank = open();
    copied = "copied from a backup: " + bank.personal_key().seal("13800001234");
    bank.store().transaction([&] {
      audit::append(bank.store(), {"x", "log.save", "log 1", base::JsonObject{{"text", copied}}}, clock_);
    });
  }
  ASSERT_EQ(run(kKeyRotateCommand, {"--data", data_}), kDone) << err_.str();
  feed::Bank bank = open();
  EXPECT_TRUE(audit::verify(bank.store()).faults.empty());
  audit::Filter filter;
  filter.subject = "log 1";
  ASSERT_EQ(audit::search(bank.store(), filter).size(), 1u);
  EXPECT_EQ(*audit::search(bank.store(), filter)[0].record.detail.find("text")->as_string(), copied);
}

// Nobody has to name a new table here or anywhere: but it must be one whose rows a rotation can find and write.
TEST_F(KeyRotate, EveryColumnThatMayHoldTextTakesPart) {
  ASSERT_EQ(run(kInitCommand, {"--data", data_}), kDone) << err_.str();
  feed::Bank bank = open();
  std::set<std::string> listed;
  for (const auto& table : store::text_tables(bank.store())) {
    for (const auto& column : table.columns) listed.insert(table.name + "." + column);
    EXPECT_NO_THROW(bank.store().query("SELECT rowid FROM \"" + table.name + "\" LIMIT 1"))
        << table.name << " is WITHOUT ROWID: a rotation of the key cannot write its rows";
  }
  EXPECT_GT(listed.size(), 500u);
  for (const char* known : {"signals.data", "signal_changes.before", "intake_files.bytes", "leads.phone",
                            "records.body", "record_versions.body", "customer_prospects.id_no",
                            "field_devices.key_sealed", "outbox_channels.secret", "customer_bad_credit.number"})
    EXPECT_TRUE(listed.contains(known)) << known;
  for (const auto& row : bank.store().query(
           "SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = "
           "'table' AND m.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND m.name NOT LIKE 'record!_search%' ESCAPE '!'"))
    EXPECT_TRUE(row.text(2) == "INTEGER" || listed.contains(row.text(0) + "." + row.text(1)))
        << row.text(0) << "." << row.text(1) << " is " << row.text(2) << ": a rotation of the key passes it by";
}

TEST_F(KeyRotate, NothingIsLeftForTheOldKey) {
  ASSERT_EQ(run(kInitCommand, {"--data", data_}), kDone) << err_.str();
  std::string old, digest;
  const std::string table = "phone\n13800001234\n", file = data_ + "/kept.bin";
  {
    feed::Bank bank = open();
    const store::PersonalKey key = bank.personal_key();
    old = key.current();
    digest = customers::keep_intake_file(bank.store(), key, "table.csv", table);
    bank.store().exec(
        "INSERT INTO signals (system, key, does, customer, org, staff, day, level, data, state, keeper, received,"
        " due, first, batch, finding, done_at, done_by) VALUES ('crm', 'K1', '提醒', 'C1', 'B01', '', NULL, '', ?,"
        " 'kept', '', '2026-01-20', NULL, 0, 1, '', '', '')",
        {"{\"phone\":\"" + key.seal("13800001234") + "\",\"vip\":\"true\"}"});
    bank.store().exec("INSERT INTO signal_changes (batch, signal, before, before_batch) VALUES (1, 1, ?, 0)",
                      {"{\"data\":{\"phone\":\"" + key.seal("13900001234") + "\"}}"});
    base::write_file_atomic(file, key.seal_file("a kept file"), 0600);
  }
  ASSERT_EQ(run(kKeyRotateCommand, {"--data", data_, "--json"}), kDone) << err_.str();
  const auto said = base::Json::parse(out_.str()).value();
  EXPECT_EQ(said.find("files")->dump(), "1");
  EXPECT_EQ(said.find("values")->dump(), "3");
  EXPECT_EQ(said.find("lost")->dump(), "0");
  {
    feed::Bank bank = open();
    const store::PersonalKey key = bank.personal_key();
    EXPECT_FALSE(key.has(old));
    EXPECT_EQ(customers::intake_file(bank.store(), key, digest), table);
    EXPECT_EQ(key.open(customers::signal(bank.store(), 1)->value("phone")), "13800001234");
    EXPECT_EQ(bank.store().query("SELECT before FROM signal_changes")[0].text(0),
              "{\"data\":{\"phone\":\"" + key.seal("13900001234") + "\"}}");
    EXPECT_EQ(key.open_file(*base::read_file(file)).value(), "a kept file");
  }
  for (const auto& entry : fs::recursive_directory_iterator(data_)) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = *base::read_file(entry.path());
    EXPECT_EQ(bytes.find("enc:" + old), std::string::npos) << entry.path();
    EXPECT_FALSE(bytes.starts_with("GHSEAL1\n" + old)) << entry.path();
  }
}

}  // namespace
}  // namespace guanhu::cli
