// Reads a written sample back for the tests. Shares nothing with the writer or the importer: a CSV
// reader of its own, money by hand.
#pragma once
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace guanhu::sample::tiny {

using Record = std::map<std::string, std::string>;

struct Table {
  std::vector<std::string> header;
  std::vector<Record> rows;
  std::string bytes;
};

struct DayFolder {
  std::string date;
  std::string manifest;
  std::map<std::string, Table> files;  // by file name
};

inline std::string slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// RFC 4180 with CRLF; anything else throws.
inline std::vector<std::vector<std::string>> parse_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row(1);
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '"') {
      for (++i; i < text.size(); ++i) {
        if (text[i] != '"') row.back() += text[i];
        else if (i + 1 < text.size() && text[i + 1] == '"') row.back() += text[i++];
        else break;
      }
    } else if (c == ',') {
      row.emplace_back();
    } else if (c == '\r') {
      if (i + 1 >= text.size() || text[++i] != '\n') throw std::runtime_error("CR without LF");
      rows.push_back(row);
      row.assign(1, "");
    } else if (c == '\n') {
      throw std::runtime_error("LF without CR");
    } else {
      row.back() += c;
    }
  }
  if (row.size() != 1 || !row[0].empty()) throw std::runtime_error("last line is not ended");
  return rows;
}

inline Table read_table(const std::filesystem::path& path) {
  Table table;
  table.bytes = slurp(path);
  auto rows = parse_csv(table.bytes);
  table.header = rows.at(0);
  for (size_t r = 1; r < rows.size(); ++r) {
    if (rows[r].size() != table.header.size()) throw std::runtime_error(path.string() + ": ragged row");
    Record record;
    for (size_t c = 0; c < table.header.size(); ++c) record[table.header[c]] = rows[r][c];
    table.rows.push_back(std::move(record));
  }
  return table;
}

// The days of a sample in order; only the files named, when some are.
inline std::vector<DayFolder> read_feed(const std::filesystem::path& out, const std::set<std::string>& only = {}) {
  std::map<std::string, DayFolder> days;
  for (const auto& folder : std::filesystem::directory_iterator(out)) {
    if (!folder.is_directory()) continue;
    DayFolder day;
    day.date = folder.path().filename().string();
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
      std::string name = file.path().filename().string();
      if (name == "manifest.json") day.manifest = slurp(file.path());
      else if (only.empty() || only.count(name)) day.files[name] = read_table(file.path());
    }
    days[day.date] = std::move(day);
  }
  std::vector<DayFolder> list;
  for (auto& [date, day] : days) list.push_back(std::move(day));
  return list;
}

// "-12.30" as -1230; throws unless there are exactly two decimals.
inline int64_t fen(const std::string& text) {
  bool minus = !text.empty() && text[0] == '-';
  size_t point = text.find('.');
  if (point == std::string::npos || text.size() - point != 3 || point == (minus ? 1u : 0u))
    throw std::runtime_error("not money: " + text);
  std::string digits = text.substr(minus, point - minus) + text.substr(point + 1);
  if (digits.find_first_not_of("0123456789") != std::string::npos) throw std::runtime_error("not money: " + text);
  return (minus ? -1 : 1) * std::stoll(digits);
}

// A share "0.3333" in 1/10,000.
inline int share(const std::string& text) {
  if (text == "1") return 10000;
  if (text.size() < 3 || text.size() > 6 || text.rfind("0.", 0) != 0)
    throw std::runtime_error("not a share: " + text);
  return std::stoi((text.substr(2) + "0000").substr(0, 4));
}

}  // namespace guanhu::sample::tiny
