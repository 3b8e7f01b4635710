// KPI-615: appraisal is the core and stands alone; to-dos, plans, logs and training are built upon it.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace guanhu::appraisal {
namespace {

// Module by module what it may include; the order itself is held by the tidy test.
std::map<std::string, std::set<std::string>> modules() {
  std::map<std::string, std::set<std::string>> out;
  std::ifstream in(std::string(GUANHU_SOURCE_DIR) + "/src/modules.txt");
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    std::string level, name, one;
    words >> level >> name;
    if (!name.empty() && name.back() == ':') name.pop_back();
    while (words >> one) out[name].insert(one);
  }
  return out;
}

TEST(Core, AppraisalNeedsNoOfficeFunction) {
  const auto all = modules();
  ASSERT_TRUE(all.contains("appraisal"));
  EXPECT_FALSE(all.at("appraisal").contains("workbench"));
  EXPECT_TRUE(all.at("workbench").contains("appraisal"));
  for (const auto& below : all.at("appraisal"))
    if (all.contains(below)) EXPECT_FALSE(all.at(below).contains("workbench")) << below;
}

}  // namespace
}  // namespace guanhu::appraisal
