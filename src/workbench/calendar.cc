#include "workbench/calendar.h"

#include <set>

#include "base/files.h"
#include "base/json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;

namespace {

constexpr const char* kFile = "calendar.csv";

struct Line {
  Date day;
  BusinessCalendar::Exception is;
};

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> out;
  for (size_t at = 0; at <= line.size();) {
    size_t end = std::min(line.find(',', at), line.size());
    out.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

Error wrong_line(size_t number, const std::string& what) {
  return {"calendar.line", what, "line " + std::to_string(number),
          "一行一天：2026-10-01,holiday；2026-10-10,workday；或 2026-10-01,国庆节,off"};
}

std::optional<bool> is_off(std::string_view kind) {
  if (kind == "off" || kind == "holiday") return true;
  if (kind == "work" || kind == "workday") return false;
  return std::nullopt;
}

// "date,kind[,name]" or "date,name,kind,…", told by where a word of a kind stands.
base::Result<Line> line_of(std::string_view text, size_t number) {
  auto cells = cells_of(text);
  auto day = Date::parse(cells[0]);
  if (!day) return wrong_line(number, "“" + std::string(cells[0]) + "”不是日期");
  for (size_t at = 1; at < cells.size() && at < 3; ++at)
    if (auto off = is_off(cells[at])) {
      std::string_view name = at == 2 ? cells[1] : cells.size() > 2 ? cells[2] : std::string_view();
      return Line{*day, {*off, std::string(name)}};
    }
  return wrong_line(number, "没有写这一天是 holiday（放假）还是 workday（上班）");
}

base::Result<std::vector<Line>> lines_of(std::string_view text) {
  std::vector<Line> out;
  size_t number = 0;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++number;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.empty() || line.front() == '#' || line.starts_with("date,")) continue;
    auto one = line_of(line, number);
    if (!one.ok()) return one.error();
    out.push_back(std::move(*one));
  }
  return out;
}

// Our own file keeps the names in comments, "# 2026-10-01 国庆节": other readers of it know only day and kind.
std::map<Date, std::string> names_of(std::string_view text) {
  std::map<Date, std::string> out;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (line.size() < 14 || !line.starts_with("# ")) continue;
    if (auto day = Date::parse(line.substr(2, 10))) out[*day] = std::string(line.substr(13));
  }
  return out;
}

base::Result<std::vector<Line>> lines_of_json(std::string_view text) {
  auto json = base::Json::parse(text);
  if (!json.ok()) return Error{"calendar.line", json.error().message, json.error().where, ""};
  const base::Json* days = json->find("days");
  if (!days || !days->as_array()) return Error{"calendar.line", "没有 days 这一列表", "days", ""};
  std::vector<Line> out;
  for (const base::Json& one : *days->as_array()) {
    const base::Json *date = one.find("date"), *off = one.find("isOffDay"), *name = one.find("name");
    auto day = date && date->as_string() ? Date::parse(*date->as_string()) : std::nullopt;
    if (!day || !off || !off->as_bool())
      return Error{"calendar.line", "这一天没有 date 或 isOffDay", "days[" + std::to_string(out.size()) + "]", ""};
    out.push_back({*day, {*off->as_bool(), name && name->as_string() ? *name->as_string() : ""}});
  }
  return out;
}

}  // namespace

base::Result<BusinessCalendar> BusinessCalendar::read(const std::filesystem::path& bank_folder) {
  BusinessCalendar out;
  const auto file = bank_folder / kFile;
  if (!std::filesystem::exists(file)) return out;
  auto text = base::read_file(file);
  if (!text.ok()) return text.error();
  const auto names = names_of(*text);
  auto lines = lines_of(*text);
  if (!lines.ok()) {
    Error error = lines.error();
    error.where = file.string() + ": " + error.where;
    return error;
  }
  for (auto& line : *lines) {
    if (auto name = names.find(line.day); name != names.end()) line.is.name = name->second;
    out.days_[line.day] = std::move(line.is);
  }
  return out;
}

bool BusinessCalendar::working(Date day) const {
  if (auto found = days_.find(day); found != days_.end()) return !found->second.off;
  return day.weekday() <= 5;
}

// Nobody has a hundred days off in a row: a calendar that says so is not believed beyond them.
Date BusinessCalendar::on_or_before(Date day) const {
  Date at = day;
  for (int i = 0; i < 100; ++i, at = at - 1)
    if (working(at)) return at;
  return day;
}

Date BusinessCalendar::after(Date day, int working_days) const {
  const int step = working_days < 0 ? -1 : 1;
  int left = std::abs(working_days);
  for (int guard = 0; left > 0 && guard < 40'000; ++guard) {
    day = day + step;
    if (working(day)) --left;
  }
  return day;
}

Date BusinessCalendar::moved(Date day, const policy::Delay& delay, int sign) const {
  using Unit = policy::Delay::Unit;
  const int n = sign * delay.count;
  switch (delay.unit) {
    case Unit::day: return day + n;
    case Unit::working_day: return after(day, n);
    case Unit::week: return day + 7 * n;
    case Unit::month: return day.add_months(n);
    case Unit::quarter: return day.add_months(3 * n);
    case Unit::year: return day.add_months(12 * n);
  }
  return day;
}

base::Result<std::vector<int>> BusinessCalendar::merge(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  auto lines = first != text.npos && text[first] == '{' ? lines_of_json(text) : lines_of(text);
  if (!lines.ok()) return lines.error();
  if (lines->empty()) return Error{"calendar.empty", "文件里没有一天", "", "一行一天：2026-10-01,holiday"};
  std::set<int> years;
  std::map<Date, Exception> fresh;
  for (auto& line : *lines) {
    auto [at, is_new] = fresh.try_emplace(line.day, line.is);
    if (!is_new && at->second.off != line.is.off)
      return Error{"calendar.twice", line.day.str() + " 又放假又上班", line.day.str(), "留下一行"};
    years.insert(line.day.year());
  }
  std::erase_if(days_, [&](const auto& one) { return years.contains(one.first.year()); });
  days_.merge(fresh);
  return std::vector<int>(years.begin(), years.end());
}

void BusinessCalendar::write(const std::filesystem::path& bank_folder) const {
  std::string text = "# 放假的工作日和调休上班的周末；guanhu calendar import 写的\n";
  for (const auto& [day, is] : days_) {
    if (!is.name.empty()) text += "# " + day.str() + " " + is.name + "\n";
    text += day.str() + (is.off ? ",holiday" : ",workday") + "\n";
  }
  base::write_file_atomic(bank_folder / kFile, text);
}

}  // namespace guanhu::workbench
