// The pack's answers: which systems there are, and what is done with what they send.
#include <algorithm>
#include <charconv>

#include "base/json_member.h"
#include "customers/intake_text.h"
#include "customers/signal.h"
#include "policy/decide.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Json;
using base::JsonObject;

namespace {

base::Result<Json> asked(const policy::Pack& pack, const char* decision, JsonObject input, Date on) {
  auto answer = policy::decide(pack, decision, Json(std::move(input)), on);
  if (!answer.ok()) return answer.error();
  const Json said = policy::to_json(*answer);
  const Json* result = said.find("result");
  return result ? *result : Json();
}

bool number(std::string_view text, int64_t& out) {
  const auto end = std::from_chars(text.data(), text.data() + text.size(), out);
  return end.ec == std::errc() && end.ptr == text.data() + text.size();
}

// "1到1000，不小于 filled"; of a choice "高、中、低". False: it is none of these.
bool read_limits(const std::string& limits, SignalColumn& into) {
  if (into.type == "选择") return !(into.choices = parted(limits)).empty();
  constexpr std::string_view kComma = "，", kTo = "到", kNotBelow = "不小于 ";
  std::string_view rest = limits;
  while (!rest.empty()) {
    const size_t end = rest.find(kComma);
    const std::string_view one = rest.substr(0, end);
    rest = end == rest.npos ? std::string_view() : rest.substr(end + kComma.size());
    if (one.starts_with(kNotBelow)) {
      into.not_below = one.substr(kNotBelow.size());
      continue;
    }
    const size_t to = one.find(kTo);
    if (to == one.npos || !number(one.substr(0, to), into.least) ||
        !number(one.substr(to + kTo.size()), into.most) || into.most < into.least)
      return false;
  }
  return true;
}

Error no_systems(const std::string& why) {
  return {"signal.pack", "外部系统的制度不能用：" + why, kSignalPack, "由制度管理人员改好制度包 outside-systems"};
}

// What rows are used by must be there: a warning without a customer is nobody's to-do.
const char* needed(const SignalSystem& of) {
  const bool customers = of.does == kKeyCheck || of.does == kReminders || of.does == kApprovals;
  if (customers && !of.column("customer")) return "customer";
  if (of.does == kTargetedCheck && !of.column("org")) return "org";
  if ((of.does == kKeyCheck || of.does == kTargetedCheck) && !of.column("level")) return "level";
  if ((of.does == kTargetedCheck || of.does == kApprovals) && !of.column("day")) return "day";
  if (of.does == kCompleteness)
    for (const char* one : {"staff", "required", "filled"})
      if (!of.column(one)) return one;
  return nullptr;
}

base::Status sound(const SignalSystem& of) {
  const auto keys = std::count_if(of.columns.begin(), of.columns.end(), [](const auto& c) { return c.key; });
  if (keys != 1) return no_systems(of.title + " 要有一栏、也只有一栏是主键");
  for (const auto& one : of.columns)
    if (!one.not_below.empty() && !of.column(one.not_below))
      return no_systems(of.title + " 没有栏目 " + one.not_below);
  if (const char* lacks = needed(of)) return no_systems(of.title + " 处理是" + of.does + "，却没有栏目 " + lacks);
  return {};
}

}  // namespace

const SignalColumn* SignalSystem::column(const std::string& name) const {
  for (const auto& one : columns)
    if (one.name == name) return &one;
  return nullptr;
}
const SignalColumn* SignalSystem::of_type(const std::string& type) const {
  for (const auto& one : columns)
    if (one.type == type) return &one;
  return nullptr;
}

base::Result<std::vector<SignalSystem>> signal_systems(const policy::Pack& pack, Date on) {
  auto said = asked(pack, "outside-systems", {{"业务日期", on.str()}}, on);
  if (!said.ok()) return no_systems(said.error().message);
  const Json *systems = said->find("系统"), *columns = said->find("栏目");
  if (!systems || !systems->as_array() || !columns || !columns->as_array())
    return no_systems("没有答出“系统”和“栏目”");
  std::vector<SignalSystem> out;
  for (const Json& one : *systems->as_array())
    out.push_back({text_in(one, "编号"), text_in(one, "名称"), text_in(one, "处理"), text_in(one, "来什么"), {}});
  for (const Json& one : *columns->as_array()) {
    SignalColumn column{.name = text_in(one, "名"), .title = text_in(one, "标题"), .type = text_in(one, "类型")};
    const std::string must = text_in(one, "要求"), of = text_in(one, "系统");
    column.key = must == "主键", column.required = column.key || must == "必填";
    if (!read_limits(text_in(one, "限"), column)) return no_systems(of + " 的“" + column.title + "”限写得不对");
    auto at = std::find_if(out.begin(), out.end(), [&](const SignalSystem& s) { return s.id == of; });
    if (at == out.end()) return no_systems("栏目写了没有的系统 " + of);
    at->columns.push_back(std::move(column));
  }
  for (const auto& one : out)
    if (auto fits = sound(one); !fits.ok()) return fits.error();
  return out;
}

std::vector<IntakeColumn> signal_columns(const SignalSystem& system) {
  std::vector<IntakeColumn> out;
  for (const auto& one : system.columns) {
    IntakeColumn column{.name = one.name, .title = one.title, .required = one.required, .choices = one.choices};
    if (one.type == "是否") column.choices = {"是", "否"};
    column.hint = one.key              ? "认一行靠它，同一个再来一次是更正"
                  : one.type == "客户" ? "核心系统的客户号"
                  : one.type == "机构" ? "机构号或者机构名称"
                  : one.type == "员工" ? "工号"
                  : one.type == "日期" ? "如 2025-12-31"
                  : one.type == "整数" && one.most
                      ? std::to_string(one.least) + " 到 " + std::to_string(one.most) + " 的整数"
                  : one.personal() ? "加密保存"
                                   : "";
    out.push_back(std::move(column));
  }
  return out;
}

base::Result<CheckBy> check_by(const policy::Pack& pack, Date received, const std::string& level) {
  auto said = asked(pack, "signal-check", {{"收到日期", received.str()}, {"信号级别", level}}, received);
  if (!said.ok()) return said.error();
  auto day = Date::parse(text_in(*said, "检查日期"));
  if (!day) return no_systems("signal-check 没有答出检查日期");
  return CheckBy{*day, flag_in(*said, "优先")};
}

base::Result<RiskEvent> risk_event(const policy::Pack& pack, const std::string& level, Date on) {
  auto said = asked(pack, "risk-event", {{"严重程度", level}}, on);
  if (!said.ok()) return said.error();
  return RiskEvent{flag_in(*said, "高风险"), whole_in(*said, "统计天数")};
}

base::Result<bool> targeted(const policy::Pack& pack, bool teller, int64_t events, Date on) {
  auto said = asked(pack, "targeted-check", {{"对象", teller ? "柜员" : "网点"}, {"高风险事件数", events}}, on);
  if (!said.ok()) return said.error();
  return said->as_bool() && *said->as_bool();
}

base::Result<int64_t> lacking(const policy::Pack& pack, int64_t required, int64_t filled, Date on) {
  auto said = asked(pack, "record-complete", {{"应填栏数", required}, {"已填栏数", filled}}, on);
  if (!said.ok()) return said.error();
  return whole_in(*said, "缺栏数");
}

std::vector<EnteredBy> entered_by(const std::vector<Signal>& records, const policy::Pack& pack, Date on) {
  std::map<std::string, EnteredBy> by;
  std::map<std::pair<int64_t, int64_t>, int64_t> known;  // the same pair is asked once
  for (const Signal& one : records) {
    int64_t required = 0, filled = 0;
    if (!number(one.value("required"), required) || !number(one.value("filled"), filled)) continue;
    auto [at, fresh] = known.try_emplace({required, filled}, 0);
    if (fresh) {
      auto lacks = lacking(pack, required, filled, on);
      at->second = lacks.ok() ? *lacks : 0;
    }
    EnteredBy& of = by[one.staff];
    of.staff = one.staff, ++of.records, of.incomplete += at->second > 0, of.lacking += at->second;
  }
  std::vector<EnteredBy> out;
  for (auto& [staff, of] : by) out.push_back(std::move(of));
  std::stable_sort(out.begin(), out.end(),
                   [](const EnteredBy& a, const EnteredBy& b) { return a.incomplete > b.incomplete; });
  return out;
}

}  // namespace guanhu::customers
