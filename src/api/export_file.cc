#include "api/export_file.h"

#include <unistd.h>

#include <cstdio>

#include "appraisal/pay_runs.h"
#include "base/error.h"

namespace guanhu::api {

namespace {

namespace fs = std::filesystem;
using base::Json;

class CsvWriter final : public FileWriter {
 public:
  CsvWriter(fs::path path, const FileHead& head) : path_(std::move(path)), part_(path_.string() + ".part") {
    for (const auto& column : head.columns) number_.push_back(column.number);
    out_ = std::fopen(part_.c_str(), "wbx");
    if (!out_) throw base::Broken("cannot write " + part_.string());
    put("\xEF\xBB\xBF");
    std::string line;
    for (const auto& column : head.columns) line += (line.empty() ? "" : ",") + quoted(column.title);
    put(line + "\r\n");
  }
  ~CsvWriter() override {
    if (out_) std::fclose(out_);
    std::error_code ignored;
    fs::remove(part_, ignored);
  }

  void row(const std::vector<Json>& cells) override {
    std::string line;
    for (size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) line += ',';
      const Json& cell = cells[i];
      if (cell.is_null()) continue;
      const bool number = i < number_.size() && number_[i];
      if (const auto* text = cell.as_string()) line += number ? *text : quoted(appraisal::safe_cell(*text));
      else if (const bool* flag = cell.as_bool()) line += *flag ? "是" : "否";
      else line += cell.dump();
    }
    put(line + "\r\n");
  }

  void end(const std::vector<Json>&) override {
    const bool whole = std::fflush(out_) == 0 && ::fsync(::fileno(out_)) == 0;
    const bool closed = std::fclose(std::exchange(out_, nullptr)) == 0;
    if (!whole || !closed) throw base::Broken("cannot write " + part_.string());
    fs::rename(part_, path_);
  }

 private:
  void put(const std::string& bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), out_) != bytes.size())
      throw base::Broken("cannot write " + part_.string());
  }
  static std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == text.npos) return text;
    std::string out = "\"";
    for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
  }
  fs::path path_, part_;
  std::vector<bool> number_;
  std::FILE* out_ = nullptr;
};

}  // namespace

std::unique_ptr<FileWriter> csv_writer(const fs::path& path, const FileHead& head) {
  return std::make_unique<CsvWriter>(path, head);
}

}  // namespace guanhu::api
