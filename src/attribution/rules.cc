#include "attribution/rules.h"

#include "attribution/shares.h"
#include "policy/decide.h"

namespace guanhu::attribution {

using base::Date;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

base::Result<Json> ask(const policy::Pack& pack, const char* decision, JsonObject input, Date on) {
  auto answer = policy::decide(pack, decision, Json(std::move(input)), on);
  if (!answer) return answer.error();
  Json all = policy::to_json(*answer);
  const Json* result = all.find("result");
  return result ? *result : Json();
}

Error odd(const char* decision) {
  return {"assignment.rule", std::string("制度 ") + decision + " 的答复不是约定的样子", decision, "改好这个决策"};
}

base::Result<bool> yes(const policy::Pack& pack, const char* decision, JsonObject input, Date on) {
  auto result = ask(pack, decision, std::move(input), on);
  if (!result) return result.error();
  const bool* value = result->as_bool();
  if (!value) return odd(decision);
  return *value;
}

// All reasons of a gate in one sentence; nothing where there is none.
base::Result<std::string> reasons(const policy::Pack& pack, const char* decision, JsonObject input, Date on) {
  auto result = ask(pack, decision, std::move(input), on);
  if (!result) return result.error();
  const Json* why = result->find("原因");
  const JsonArray* all = why ? why->as_array() : nullptr;
  if (!all) return odd(decision);
  std::string out;
  for (const Json& one : *all)
    if (const std::string* text = one.as_string()) out += (out.empty() ? "" : "；") + *text;
  return out;
}

std::optional<Decimal> number(const Json& of, const char* member) {
  const Json* value = member ? of.find(member) : &of;
  return value && value->as_number() ? std::optional(*value->as_number()) : std::nullopt;
}

JsonArray days_json(const std::vector<Date>& days) {
  JsonArray out;
  for (Date day : days) out.push_back(day.str());
  return out;
}

}  // namespace

base::Status allowed(const policy::Pack& pack, const people::Directory& directory, const Assign& one, Date today) {
  int mains = 0, assists = 0;
  int32_t share = 0;
  std::string position;
  for (const ManagerShare& m : one.managers) {
    m.main ? ++mains : ++assists;
    if (!m.main) continue;
    share = m.share;
    if (const people::Staff* person = directory.person(m.staff)) position = person->position;
  }
  auto why = reasons(pack, "assignment-check",
                     {{"主办人数", mains},
                      {"协办人数", assists},
                      {"主办份额", Json(Decimal::make(share, -4))},
                      {"追溯天数", today - one.from},
                      {"主办岗位", position}},
                     today);
  if (!why) return why.error();
  if (why->empty()) return {};
  return Error{"assignment.rule", *why, "managers", "按制度“" + pack.title + "”改好再登记"};
}

base::Result<bool> needs_second(const policy::Pack& pack, const people::Directory& directory, const Assign& one,
                                Date today) {
  const std::string branch = directory.branch_of(one.org);
  bool inside = true;
  for (const ManagerShare& m : one.managers) {
    const people::Staff* person = directory.person(m.staff);
    inside = inside && person && directory.branch_of(person->org) == branch;
  }
  return yes(pack, "assignment-second", {{"追溯天数", today - one.from}, {"都在本机构", inside}}, today);
}

base::Result<Date> claim_deadline(const policy::Pack& pack, const char* what, Date start, const OffDays& off) {
  auto result = ask(pack, "claim-deadline",
                    {{"事项", what},
                     {"起始日期", start.str()},
                     {"法定节假日", days_json(off.holidays)},
                     {"调休工作日", days_json(off.workdays)}},
                    start);
  if (!result) return result.error();
  const Json* day = result->find("截止日");
  auto found = day && day->as_string() ? Date::parse(*day->as_string()) : std::nullopt;
  if (!found) return odd("claim-deadline");
  return *found;
}

base::Result<bool> may_claim_again(const policy::Pack& pack, Date decided, Date today) {
  return yes(pack, "claim-again", {{"上次裁定日期", decided.str()}, {"业务日期", today.str()}}, today);
}

base::Result<int64_t> capacity_of(const policy::Pack& pack, const std::string& position, Date today) {
  auto result = ask(pack, "manager-capacity", {{"岗位", position}}, today);
  if (!result) return result.error();
  auto value = number(*result, nullptr);
  auto whole = value ? value->to_int64() : std::nullopt;
  if (!whole) return odd("manager-capacity");
  return *whole;
}

base::Result<FitScore> score_of(const policy::Pack& pack, const Fit& fit, Date today) {
  auto result = ask(pack, "proposal-score",
                    {{"同机构", fit.same_org},
                     {"同地区", fit.same_area},
                     {"有关系", fit.related},
                     {"管着账户", fit.has_accounts},
                     {"已管户数", fit.held},
                     {"容量", fit.capacity}},
                    today);
  if (!result) return result.error();
  auto points = number(*result, "得分");
  const Json* may = result->find("可管");
  if (!points || !may || !may->as_bool()) return odd("proposal-score");
  return FitScore{*may->as_bool(), *points};
}

base::Result<Liability> liability_of(const policy::Pack& pack, const std::string& loan_class, int64_t overdue_days,
                                     Date today) {
  auto result = ask(pack, "handover-liability",
                    {{"五级分类", loan_class.empty() ? "normal" : loan_class}, {"逾期天数", overdue_days}}, today);
  if (!result) return result.error();
  auto giver = number(*result, "前任"), taker = number(*result, "后任");
  const Json* why = result->find("依据");
  if (!giver || !taker) return odd("handover-liability");
  // In 1/10,000, the rest to the taker, so that both are the whole.
  auto scaled = Decimal::multiply(*giver, Decimal(kWhole));
  auto whole = scaled ? scaled->round(0, base::Rounding::half_up).to_int64() : std::nullopt;
  if (!whole || *whole < 0 || *whole > kWhole) return odd("handover-liability");
  return Liability{static_cast<int32_t>(*whole), static_cast<int32_t>(kWhole - *whole),
                   why && why->as_string() ? *why->as_string() : ""};
}

base::Status handover_day(const policy::Pack& pack, Date day, Date signed_on) {
  auto why = reasons(pack, "handover-day", {{"移交日", day.str()}, {"签齐日", signed_on.str()}}, signed_on);
  if (!why) return why.error();
  if (why->empty()) return {};
  return Error{"handover.day", *why, "day", "把移交日改到允许的日子"};
}

}  // namespace guanhu::attribution
