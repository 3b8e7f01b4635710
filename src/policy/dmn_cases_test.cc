// Every case of every pack, asked of the decision model that the pack is exported to.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "dmn/evaluate.h"
#include "dmn/model.h"
#include "dmn/write.h"
#include "policy/decide.h"
#include "policy/dmn_export.h"
#include "policy/load.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> packs() {
  std::vector<fs::path> out;
  for (const char* folder : {"policies", "tests/policies/good", "tests/e2e/dmn-js/policies"}) {
    std::error_code missing;
    for (const auto& entry : fs::directory_iterator(fs::path(GUANHU_SOURCE_DIR) / folder, missing))
      if (fs::exists(entry.path() / "pack.toml")) out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Models of a pack by the day whose parameters they have.
class Models {
 public:
  explicit Models(const Pack& pack) : pack_(pack) {}

  struct Model {
    dmn::Document document;
    std::optional<dmn::Model> model;
  };
  const Model& on(const std::optional<base::Date>& day) {
    auto [at, fresh] = models_.try_emplace(day ? day->str() : "");
    if (!fresh) return at->second;
    auto document = export_dmn(pack_, {{}, day});
    EXPECT_TRUE(document.ok()) << document.error().text();
    if (!document.ok()) return at->second;
    auto model = dmn::load({{pack_.id + ".dmn", dmn::write(*document)}});
    EXPECT_TRUE(model.ok()) << model.error().text();
    at->second.document = std::move(*document);
    if (model.ok()) at->second.model = std::move(*model);
    return at->second;
  }

 private:
  const Pack& pack_;
  std::map<std::string, Model> models_;
};

dmn::Inputs inputs_of(const Decision& decision, const base::Json& input) {
  dmn::Inputs out;
  for (const Field& field : decision.inputs) {
    const base::Json* given = input.find(field.name);
    Misfit misfit;
    if (!given || given->is_null()) continue;
    if (auto value = read_value(*given, *field.type, field.name, misfit)) out.push_back({field.name, *value});
  }
  return out;
}

TEST(DmnCases, ModelsGiveWhatDecideGives) {
  size_t asked = 0;
  for (const fs::path& folder : packs()) {
    Loaded loaded = load_pack(folder);
    if (!loaded.problems.errors.empty()) continue;  // the test of packs complains
    const Pack& pack = loaded.pack;
    Models models(pack);
    for (const CaseTable& table : pack.cases)
      for (const Case& one : table.cases) {
        const Decision* decision = pack.decision(table.decision);
        if (one.refused || !decision) continue;  // a model gives null where a pack refuses
        const auto& model = models.on(one.on);
        if (!model.model) continue;
        auto answer = decide(pack, table.decision, one.input, one.on.value_or(*base::Date::parse("9999-12-31")));
        if (!answer.ok()) continue;
        auto got = dmn::evaluate(*model.model, dmn_name(model.document, pack, *decision),
                                 inputs_of(*decision, one.input));
        ASSERT_TRUE(got.ok()) << table.decision << ": " << got.error().text();
        EXPECT_EQ(got->show(1000), answer->result.show(1000)) << table.decision << " " << one.input.dump();
        ++asked;
      }
  }
  if (asked == 0) GTEST_SKIP() << "no pack has a case yet";
}

TEST(DmnCases, ModelsAreValidByTheSchema) {
  fs::path schema = fs::path(GUANHU_SOURCE_DIR) / "../shared/data/dmn-tck/DMN15.xsd";
  if (!fs::exists(schema)) GTEST_SKIP() << "the schema is not here: " << schema;
  if (std::system("xmllint --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "there is no xmllint";
  for (const fs::path& folder : packs()) {
    Loaded loaded = load_pack(folder);
    if (loaded.pack.decisions.empty() || !loaded.problems.errors.empty()) continue;
    auto document = export_dmn(loaded.pack);
    ASSERT_TRUE(document.ok()) << document.error().text();
    fs::path file = fs::path(testing::TempDir()) / ("guanhu-cases-" + loaded.pack.id + ".dmn");
    std::ofstream(file) << dmn::write(*document);
    std::string command = "xmllint --noout --nonet --schema '" + schema.string() + "' '" + file.string() +
                          "' 2>'" + file.string() + ".log'";
    EXPECT_EQ(std::system(command.c_str()), 0) << std::ifstream(file.string() + ".log").rdbuf();
    fs::remove(file);
  }
}

}  // namespace
}  // namespace guanhu::policy
