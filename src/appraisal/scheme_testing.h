// For tests of schemes: a pack of one document, a small bank in the warehouse, and the engine that measures it for
// the year 2025. A test gives the document and fills the bank.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "measures/engine.h"
#include "measures/tiny_bank.h"
#include "people/directory.h"
#include "policy/load.h"
#include "warehouse/testing.h"

namespace guanhu::appraisal::testing {

class SchemeBank : public ::testing::TestWithParam<warehouse::Warehouse::Engine> {
 protected:
  // `document`: Markdown with the blocks of the pack.
  explicit SchemeBank(const char* document) : document_(document) {}

  // The warehouse's rows, imported on 2025-12-31.
  virtual void fill() = 0;

  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << warehouse::testing::kNoPostgres;
    folder_ = std::filesystem::temp_directory_path() / ("guanhu_scheme_" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_ / "x");
    std::ofstream(folder_ / "x/pack.toml")
        << "id = \"x\"\ntitle = \"示例\"\nversion = \"1\"\nfrom = 2000-01-01\n[[sources]]\ndocument = "
           "\"示例.txt\"\ntitle = \"示例\"\n";
    std::ofstream(folder_ / "x/考核.md") << document_;
    read_pack();
    if (HasFatalFailure()) return;
    db_ = place_.open();
    fill();
    auto engine = measures::Engine::open(*db_, {});
    ASSERT_TRUE(engine.ok()) << engine.error().text();
    engine_ = std::move(*engine);
    directory_ = people::Directory::load(*db_, base::Date(measures::testing::day("2025-12-31")), std::nullopt);
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  // Whole and without a finding; a test of packs with findings reads it otherwise.
  virtual void read_pack() {
    auto pack = policy::open_pack(folder_, "x");
    ASSERT_TRUE(pack.ok()) << pack.error().text();
    pack_ = std::move(*pack);
  }

  static constexpr int64_t kOne = 100'000'000;  // a whole share
  warehouse::testing::Place place_{GetParam()};
  std::filesystem::path folder_;
  std::unique_ptr<warehouse::Warehouse> db_;
  policy::Pack pack_;
  std::unique_ptr<measures::Engine> engine_;
  people::Directory directory_;
  base::Period period_ = *base::Period::parse("2025");

 private:
  const char* document_;
};

}  // namespace guanhu::appraisal::testing
