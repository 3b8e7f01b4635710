#include "appraisal/life_days.h"

#include <sstream>

#include "base/files.h"
#include "feel/json.h"
#include "policy/decide.h"

namespace guanhu::appraisal {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr const char* kAny = "result-deadline";
constexpr const char* kAppeal = "appeal-window";

const char* word_of(Term term) {
  switch (term) {
    case Term::notice: return "公示";
    case Term::appeal: return "申诉";
    case Term::answer: return "答复申诉";
    case Term::review: return "复议";
    case Term::review_answer: return "答复复议";
  }
  return "";
}

JsonArray days_json(const std::vector<Date>& days) {
  JsonArray out;
  for (Date day : days) out.push_back(day.str());
  return out;
}

base::Result<Deadline> ask(const policy::Pack& pack, const char* decision, JsonObject input, const char* member,
                           Date on, const Calendar& calendar) {
  input.emplace_back("法定节假日", days_json(calendar.holidays));
  input.emplace_back("调休工作日", days_json(calendar.workdays));
  auto answer = policy::decide(pack, decision, Json(std::move(input)), on);
  if (!answer) return answer.error();
  Json result = feel::to_json(answer->result);
  const Json* part = result.find(member);
  const std::string* text = part ? part->as_string() : result.as_string();
  auto day = text ? Date::parse(*text) : std::nullopt;
  const std::string name = pack.id + "/" + decision;
  if (!day)
    return Error{"life.deadline", name + " 没有给出日期 " + member, name,
                 "改好这个决策，结果里要有" + std::string(member)};
  if (*day < on)
    return Error{"life.deadline", name + " 给出的日期 " + day->str() + " 在起算以前", name, "改好这个决策"};
  return Deadline{*day, name};
}

}  // namespace

base::Result<Calendar> Calendar::read(const std::filesystem::path& file) {
  Calendar out;
  auto text = base::read_file(file);
  if (!text) return out;
  std::istringstream lines(*text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (line.empty() || line[0] == '#') continue;
    auto day = Date::parse(std::string_view(line).substr(0, 10));
    const std::string kind = line.size() > 11 && line[10] == ',' ? line.substr(11) : "";
    if (!day || (kind != "holiday" && kind != "workday"))
      return Error{"calendar.line", "看不懂这一行: " + line, file.string() + ":" + std::to_string(number),
                   "写成 2026-10-01,holiday 或 2026-10-10,workday"};
    (kind == "holiday" ? out.holidays : out.workdays).push_back(*day);
  }
  return out;
}

base::Result<Deadline> deadline(const policy::Pack& own, const policy::Pack& fallback, Term term, Date start,
                                const Calendar& calendar) {
  if (term == Term::appeal && own.decision(kAppeal))
    return ask(own, kAppeal, {{"公布日期", start.str()}, {"业务日期", start.str()}}, "申诉截止日", start,
               calendar);
  const policy::Pack& pack = own.decision(kAny) ? own : fallback;
  return ask(pack, kAny, {{"事项", word_of(term)}, {"起始日期", start.str()}}, "截止日", start, calendar);
}

Date bank_day(base::Instant at) {
  constexpr int64_t kHour = 3'600'000'000;
  return Date(static_cast<int32_t>((at.micros + 8 * kHour) / (24 * kHour)));
}

}  // namespace guanhu::appraisal
