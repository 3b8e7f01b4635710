// Tables of any length written to a file row by row, in bounded memory: CSV, and workbooks that say in them what
// they are, who had them made, when, and what their columns add up to.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"

namespace guanhu::api {

struct FileColumn {
  std::string title;
  bool number = false;
  std::string format = {};  // of its numbers in a workbook: "#,##0.00"
  int width = 14;
};
struct FileHead {
  std::string title;                                       // of the sheet, and above the table
  std::vector<std::pair<std::string, std::string>> about;  // {"导出人", "王伟"}: on a sheet of its own
  std::vector<FileColumn> columns;
};

// Nothing is there under its name until end(): a file that was begun and not ended is removed with the writer.
class FileWriter {
 public:
  virtual ~FileWriter() = default;
  // Texts, numbers (exact texts of them where the column is one), null.
  virtual void row(const std::vector<base::Json>& cells) = 0;
  // Control totals, by column; null where there is none.
  virtual void end(const std::vector<base::Json>& totals) = 0;
};
// `path`: where the file will be; `temp`: a folder for what is needed meanwhile. Throws Broken when the disk does
// not let it.
std::unique_ptr<FileWriter> csv_writer(const std::filesystem::path& path, const FileHead& head);
std::unique_ptr<FileWriter> workbook_writer(const std::filesystem::path& path, const std::filesystem::path& temp,
                                            const FileHead& head);
inline constexpr size_t kSheetRows = 1'048'000;  // that one sheet of a workbook takes, with room for its head

}  // namespace guanhu::api
