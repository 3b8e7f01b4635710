// For tests: schemes of the installed packs over a small bank and what people recorded, on both warehouses.
#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "appraisal/evaluate.h"
#include "appraisal/run.h"
#include "measures/tiny_bank.h"
#include "policy/load.h"
#include "policy/scheme.h"
#include "warehouse/testing.h"

namespace guanhu::appraisal::testing {

using measures::testing::day;
using warehouse::Warehouse;

constexpr int64_t kOne = 100'000'000;

class PackFacts : public ::testing::TestWithParam<Warehouse::Engine> {
 protected:
  PackFacts() : place_(GetParam()) {}
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << warehouse::testing::kNoPostgres;
    db_ = place_.open();
  }
  // `also`: what the small bank's rows do not have.
  void open(measures::testing::TinyBank bank, const std::vector<std::string>& also) {
    bank.write(*db_);
    for (const auto& sql : also) db_->exec(sql);
    auto engine = measures::Engine::open(*db_, {});
    ASSERT_TRUE(engine.ok()) << engine.error().text();
    engine_ = std::move(*engine);
  }
  base::Result<appraisal::Run> run(const char* pack, const char* scheme, const char* period,
                                   std::vector<Recorded> recorded = {}) {
    pack_ = policy::open_pack(std::string(GUANHU_SOURCE_DIR) + "/policies", pack).value();
    const base::Period of = *base::Period::parse(period);
    auto compiled = policy::compile_scheme(pack_, scheme, of.last());
    if (!compiled) return compiled.error();
    compiled_ = std::make_unique<policy::CompiledScheme>(std::move(*compiled));
    directory_ = people::Directory::load(*db_, of.last(), std::nullopt);
    auto made = evaluate(*compiled_, of, *engine_, directory_, std::nullopt, {}, RecordedFacts::of(recorded));
    if (!made) return made.error();
    return run_of(*made, directory_, std::nullopt);
  }
  static std::string shown(const appraisal::Run& run, size_t figure) {
    std::string out;
    for (const auto& h : run.holders)
      out += h.id + " " + (h.figures[figure].value ? h.figures[figure].value->str() : "-") + " #" +
             std::to_string(h.in_bank.place) + " ";
    return out;
  }
  static const std::string* figure(const HolderResult& h, const char* name, std::string& keep) {
    for (const auto& one : h.figures)
      if (one.name == name) return keep = one.value ? one.value->str() : "-", &keep;
    return nullptr;
  }

  warehouse::testing::Place place_;
  std::unique_ptr<Warehouse> db_;
  policy::Pack pack_;
  std::unique_ptr<measures::Engine> engine_;
  std::unique_ptr<policy::CompiledScheme> compiled_;
  people::Directory directory_;
};

// Recorded of "staff" or the "bank", for a period or from a day on.
inline Recorded fact_of(const char* kind, const char* subject, const char* name, base::Json value,
                        const char* from, const char* period = "") {
  return {
      1, {name, kind, subject, period, from, std::move(value), "", "人资1号", ""}, "x 1", "人力", "2026-01-05"};
}

}  // namespace guanhu::appraisal::testing
