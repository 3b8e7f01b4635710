// Long tables in bounded memory, half files that do not stay, texts that no spreadsheet takes for a formula.
#include "api/export_file.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "api/spreadsheet.h"
#include "base/files.h"

namespace guanhu::api {
namespace {

namespace fs = std::filesystem;
using base::Json;

class ExportFile : public ::testing::Test {
 protected:
  ExportFile() : folder_(fs::temp_directory_path() / ("guanhu_export_" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~ExportFile() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  static FileHead head() {
    return {"贷款台账",
            {{"导出人", "王伟"}, {"时间", "2026-01-03 08:00"}},
            {{"借据号"}, {"客户名称"}, {"余额(元)", true, "#,##0.00"}, {"到期日"}}};
  }
  static std::vector<Json> row(size_t n) {
    return {"L" + std::to_string(n), "=客户" + std::to_string(n), std::to_string(n) + ".25", "2026-01-30"};
  }
  size_t files() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }
  fs::path folder_;
};

// Kilobytes the process ever held at once.
long most_memory() {
  rusage use{};
  ::getrusage(RUSAGE_SELF, &use);
  return use.ru_maxrss;
}

TEST_F(ExportFile, HalfAFileDoesNotStay) {
  for (bool csv : {true, false}) {
    {
      auto out =
          csv ? csv_writer(folder_ / "a.csv", head()) : workbook_writer(folder_ / "a.xlsx", folder_, head());
      for (size_t n = 0; n < 1000; ++n) out->row(row(n));
      EXPECT_FALSE(fs::exists(folder_ / "a.csv") || fs::exists(folder_ / "a.xlsx"));
    }
    EXPECT_EQ(files(), 0u) << csv;
  }
  EXPECT_THROW(csv_writer(folder_ / "none" / "a.csv", head()), base::Broken);
}

TEST_F(ExportFile, CsvIsExactAndSafe) {
  auto out = csv_writer(folder_ / "a.csv", head());
  out->row({"L1", "=1+1", "-100000000000000000.25", "2026-01-30"});
  out->row({"L\"2,", "甲\n乙", Json(), true});
  out->end({});
  EXPECT_EQ(*base::read_file(folder_ / "a.csv"),
            "\xEF\xBB\xBF借据号,客户名称,余额(元),到期日\r\nL1,'=1+1,-100000000000000000.25,2026-01-30\r\n"
            "\"L\"\"2,\",\"甲\n乙\",,是\r\n");
}

TEST_F(ExportFile, AWorkbookSaysWhatItIs) {
  auto out = workbook_writer(folder_ / "a.xlsx", folder_, head());
  out->row(row(1));
  out->row({"L2", "乙", "100000000000000000.25", Json()});
  out->end({Json(), Json(), "100000000000000001.50", Json()});
  auto grid = read_grid(*base::read_file(folder_ / "a.xlsx"));
  ASSERT_TRUE(grid.ok()) << grid.error().text();
  ASSERT_EQ(grid->rows.size(), 5u);
  EXPECT_EQ(grid->rows[0].cells[0], "贷款台账");
  EXPECT_EQ(grid->rows[2].cells[2], "1.25");
  EXPECT_EQ(grid->rows[3].cells[2], "100000000000000000.25") << "more digits than a workbook holds stay exact";
  EXPECT_EQ(grid->rows[4].cells[0], "合计");
  EXPECT_EQ(grid->rows[4].cells[2], "100000000000000001.50");
  EXPECT_EQ(files(), 1u);
}

// What is written leaves the memory: four times as many rows need no more of it.
TEST_F(ExportFile, LongTablesNeedLittleMemory) {
  constexpr size_t kRows = 200'000;
  for (bool csv : {true, false}) {
    auto written = [&](const std::string& name, size_t rows) {
      auto out = csv ? csv_writer(folder_ / name, head()) : workbook_writer(folder_ / name, folder_, head());
      for (size_t n = 0; n < rows; ++n) out->row(row(n));
      out->end({});
    };
    written("small", kRows / 10);
    const long before = most_memory();
    written("large", kRows);
    EXPECT_LT(most_memory() - before, 24 * 1024) << (csv ? "csv" : "xlsx");
    EXPECT_GT(fs::file_size(folder_ / "large"), 8 * fs::file_size(folder_ / "small"));
    fs::remove(folder_ / "large");
  }
}

}  // namespace
}  // namespace guanhu::api
