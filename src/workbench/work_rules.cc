#include "workbench/work_rules.h"

#include "base/json_member.h"
#include "policy/decide.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr int64_t kHour = 3'600'000'000, kDay = 24 * kHour, kZone = 8 * kHour;

int whole(const Json& of, const char* name, int otherwise) {
  const Json* found = given(of, name);
  return found && found->as_number() ? std::stoi(found->as_number()->str()) : otherwise;
}

}  // namespace

base::Instant bank_moment(Date day, int hour) { return {day.days() * kDay - kZone + hour * kHour}; }

Date bank_day_of(base::Instant at) {
  const int64_t local = at.micros + kZone;
  return Date(static_cast<int32_t>((local - (local % kDay + kDay) % kDay) / kDay));
}

base::Instant bank_now(Date today, base::Instant now) { return {now.micros + (today - bank_day_of(now)) * kDay}; }

base::Result<Json> WorkRules::ask(const char* decision, Json input) const {
  auto answer = policy::decide(pack_, decision, input, on_);
  if (!answer.ok()) return answer.error();
  const Json whole = policy::to_json(*answer);
  const Json* result = whole.find("result");
  return result ? *result : Json();
}

base::Result<base::Instant> WorkRules::log_deadline(Date day) const {
  JsonArray holidays, workdays;
  for (const auto& [when, what] : calendar_.exceptions())
    if (when >= day - 1 && when < day + 400) (what.off ? holidays : workdays).emplace_back(when.str());
  auto said =
      ask("log-deadline", JsonObject{{"日志日期", day.str()}, {"法定节假日", holidays}, {"调休工作日", workdays}});
  if (!said.ok()) return said.error();
  const Json* until = given(*said, "截止日");
  auto date = until && until->as_string() ? Date::parse(*until->as_string()) : std::nullopt;
  if (!date) return Error{"log.deadline", "制度没有说日志到哪一天截止", kWorkPack, "看 log-deadline"};
  return bank_moment(*date, whole(*said, "截止钟点", 24));
}

bool WorkRules::log_required(const std::string& position) const {
  auto said = ask("log-required", JsonObject{{"岗位", position}});
  return said.ok() && said->as_bool() && *said->as_bool();
}

base::Result<bool> WorkRules::may_check(const std::string& position_title, bool same_branch, bool own) const {
  auto said =
      ask("log-checker", JsonObject{{"检查人职务", position_title}, {"同一支行", same_branch}, {"本人", own}});
  if (!said.ok()) return said.error();
  return said->as_string() && *said->as_string() == "接受";
}

std::vector<std::string> WorkRules::log_levels() const {
  for (const auto& decision : pack_.decisions)
    if (decision.id == "log-mark")
      if (const policy::Field* field = decision.input("内容")) return field->type->words;
  return {};
}

base::Result<Decimal> WorkRules::log_mark(const std::string& level, bool late) const {
  auto said = ask("log-mark", JsonObject{{"内容", level}, {"迟交", late}});
  if (!said.ok()) return Error{"log.level", "没有“" + level + "”这一等", "level", "从制度写的几等里选"};
  if (!said->as_number()) return Error{"log.level", "制度没有说这一等几分", "level", "看 log-mark"};
  return *said->as_number();
}

Decimal WorkRules::full_mark() const {
  const auto levels = log_levels();
  auto best = levels.empty() ? base::Result<Decimal>(Error{}) : log_mark(levels.front(), false);
  return best.ok() ? *best : Decimal(0);
}

base::Result<std::string> WorkRules::standing(const std::optional<Decimal>& share, const Decimal& passed) const {
  auto said = ask("plan-standing", JsonObject{{"完成率", share ? Json(*share) : Json()}, {"时间进度", passed}});
  if (!said.ok()) return said.error();
  const std::string word = said->as_string() ? *said->as_string() : "";
  return std::string(word == "达到" ? "reached" : word == "正常" ? "ok" : word == "落后" ? "behind" : "unknown");
}

base::Result<WorkRules::Rhythm> WorkRules::rhythm(const std::string& kind) const {
  const char* word = kind == "morning" ? "晨会" : kind == "weekly" ? "周会" : "月会";
  auto said = ask("meeting-rhythm", JsonObject{{"会议", word}});
  if (!said.ok()) return said.error();
  const Json* every = given(*said, "每");
  const std::string text = every && every->as_string() ? *every->as_string() : "";
  return Rhythm{text == "日"   ? "day"
                : text == "周" ? "week"
                               : "month",
                whole(*said, "星期", 1), whole(*said, "第几个工作日", 1)};
}

std::vector<Date> WorkRules::working_days(Date first, Date last) const {
  std::vector<Date> out;
  for (Date day = first; day <= last; day = day + 1)
    if (calendar_.working(day)) out.push_back(day);
  return out;
}

Decimal WorkRules::passed(Date first, Date last, Date day) const {
  int64_t all = 0, over = 0;
  for (const Date one : working_days(first, last)) ++all, over += one <= day;
  if (all == 0) return Decimal(day >= last ? 1 : 0);
  return Decimal::divide(Decimal(over), Decimal(all)).value();
}

}  // namespace guanhu::workbench
