// For tests of this module and those above: a bank of each engine that vanishes with the test, and a
// writer of feeds.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/digest.h"
#include "feed/importer.h"
#include "feed/rows.h"
#include "feed/schema.h"
#include "store/testing.h"
#include "warehouse/testing.h"

namespace guanhu::feed::testing {

// Writes <root>/<date>/ folders. What a test does not say is as a correct night batch writes it.
class FeedWriter {
 public:
  explicit FeedWriter(std::filesystem::path root) : root_(std::move(root)) {}
  std::string encoding = "UTF-8", delimiter = ",";
  std::map<std::string, std::string> sha256;  // by file, instead of the right one
  std::map<std::string, std::string> rows;    // by file, instead of the right number
  std::map<std::string, std::string> totals;  // by file: {"balance":"1.00"}
  std::string more_files;                     // further members of "files"

  // Files by name: their whole text.
  std::filesystem::path date(const std::string& day, const std::map<std::string, std::string>& files) {
    std::filesystem::path folder = root_ / day;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::string members;
    for (const auto& [name, text] : files) {
      std::ofstream(folder / name, std::ios::binary) << text;
      auto lines = static_cast<long>(std::count(text.begin(), text.end(), '\n'));
      std::string count = rows.count(name) ? rows[name] : std::to_string(lines - 1);
      std::string digest = sha256.count(name) ? sha256[name] : base::sha256_hex(text);
      members += (members.empty() ? "" : ",") +
                 ("\"" + name + "\":{\"rows\":" + count + ",\"sha256\":\"" + digest + "\"");
      if (totals.count(name)) members += ",\"totals\":" + totals[name];
      members += "}";
    }
    std::ofstream(folder / "manifest.json", std::ios::binary)
        << R"({"bank":"t","business_date":")" << day << R"(","encoding":")" << encoding << R"(","delimiter":")"
        << delimiter << R"(","files":{)" << members << more_files << "}}";
    return folder;
  }
  const std::filesystem::path& root() const { return root_; }

 private:
  std::filesystem::path root_;
};

// A bank's data folder on one engine. On PostgreSQL without a DSN available() is false.
class BankPlace {
 public:
  explicit BankPlace(store::Engine engine) : engine_(engine) {
    static int next = 0;
    name_ = "guanhu_feed_test_" + std::to_string(::getpid()) + "_" + std::to_string(next++);
    base_ = std::filesystem::temp_directory_path() / name_;
    std::filesystem::create_directories(base_);
    if (available()) make();
  }
  ~BankPlace() {
    std::error_code ignored;
    std::filesystem::remove_all(base_, ignored);
    if (engine_ != store::Engine::postgres || !available()) return;
    auto db = warehouse::open_postgres({store::testing::postgres_dsn(), name_});
    db->exec("DROP SCHEMA IF EXISTS " + name_ + " CASCADE");
    db->exec("DROP SCHEMA IF EXISTS " + name_ + "_facts CASCADE");
  }
  BankPlace(const BankPlace&) = delete;

  bool available() const { return engine_ == store::Engine::sqlite || store::testing::postgres_dsn(); }
  std::filesystem::path data() const { return base_ / "data"; }
  std::filesystem::path feed() const { return base_ / "feed"; }

  Bank open(bool rebuild = false) {
    BankOptions options;
    options.rebuild = rebuild;
    options.wait_seconds = 0;
    auto bank = Bank::open(data(), clock, options);
    if (!bank) throw base::Broken(bank.error().text());
    return std::move(*bank);
  }
  // One call of the importer.
  std::vector<DateReport> import(const std::vector<std::string>& feeds, std::optional<int64_t> tolerance = {}) {
    Bank bank = open();
    return import(bank, feeds, tolerance);
  }
  std::vector<DateReport> import(Bank& bank, const std::vector<std::string>& feeds,
                                 std::optional<int64_t> tolerance = {}) {
    auto folders = find_feeds(feeds);
    if (!folders) throw base::Broken(folders.error().text());
    std::vector<DateReport> out;
    Importer(bank).import(*folders, tolerance, [&](const DateReport& r) { out.push_back(r); });
    clock.set({clock.now().micros + 60'000'000});
    return out;
  }
  DateReport import_one(const std::filesystem::path& folder, std::optional<int64_t> tolerance = {}) {
    return import({folder.string()}, tolerance).at(0);
  }

  base::FixedClock clock{*base::Instant::parse("2026-01-01T08:00:00Z")};

 private:
  void make() {
    std::optional<std::string> dsn;
    if (engine_ == store::Engine::postgres) dsn = store::testing::postgres_dsn();
    auto folder = store::Folder::create(data(), dsn, name_);
    if (!folder) throw base::Broken(folder.error().text());
  }
  store::Engine engine_;
  std::string name_;
  std::filesystem::path base_;
};

// Every active row with its business date, ids instead of numbers, sorted: equal for banks that know the same.
inline std::map<std::string, std::vector<std::string>> active_rows(warehouse::Warehouse& db) {
  using warehouse::Type;
  std::map<std::string, std::vector<std::string>> out;
  for (const Table& table : tables()) {
    const Layout& layout = layout_of(table);
    std::string list = "CAST(i.business_date AS VARCHAR), r.line", join = active_join("r");
    std::vector<Type> types{Type::text, Type::int32};
    for (const auto& column : layout.columns) {
      bool number = column.name == "account" || column.name == "loan";
      if (number) join += "JOIN " + column.name + "_keys k ON k." + column.name + " = r." + column.name + " ";
      list += ", " + (number ? "k." + column.name + "_id" : "CAST(r." + column.name + " AS VARCHAR)");
      types.push_back(Type::text);
    }
    auto& rows = out[std::string(table.name)];
    db.scan("SELECT " + list + " FROM " + stored_name(table) + " r" + join, types, [&](const warehouse::Chunk& c) {
      for (size_t r = 0; r < c.rows; ++r) {
        std::string row = std::to_string(c.columns[1].i32[r]);
        for (size_t k = 0; k < c.columns.size(); ++k)
          if (k != 1) row += c.columns[k].is_null(r) ? "|-" : "|" + std::string(c.columns[k].text[r]);
        rows.push_back(row);
      }
    });
    std::sort(rows.begin(), rows.end());
  }
  return out;
}

}  // namespace guanhu::feed::testing
