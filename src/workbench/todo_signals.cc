#include "workbench/todo_signals.h"

#include "customers/signal.h"
#include "workbench/todo_facts.h"

namespace guanhu::workbench {

std::vector<SignalWait> signal_waits(store::Session& session, const people::Directory& directory,
                                     const RoleFinder& finder) {
  std::vector<SignalWait> out;
  for (const auto& one :
       customers::signals(session, {.does = customers::kKeyCheck, .state = "open", .limit = 20'000})) {
    SignalWait wait;
    wait.who = finder.find("主办客户经理", {one.keeper, ""}, one.org);
    wait.org = one.org, wait.customer = one.customer, wait.due = one.due, wait.first = one.first;
    wait.object = std::to_string(one.id), wait.title = "重点检查：预警信号 " + one.key;
    if (const std::string kind = one.value("kind"); !kind.empty()) wait.title += "（" + kind + "）";
    wait.link = "/outside-systems?system=" + one.system + "&signal=" + wait.object;
    if (!wait.who.empty()) out.push_back(std::move(wait));
  }
  for (const auto& one : customers::check_targets(session, "open")) {
    SignalWait wait;
    wait.org = one.org, wait.due = one.listed, wait.object = "target-" + std::to_string(one.id);
    const people::Org* org = one.kind == "org" ? directory.org(one.object) : nullptr;
    const people::Staff* teller = one.kind == "staff" ? directory.person(one.object) : nullptr;
    wait.title = "针对性检查：" +
                 (org      ? org->name
                  : teller ? "柜员" + teller->name
                           : one.object) +
                 "，高风险事件 " + std::to_string(one.events) + " 起";
    wait.link = "/outside-systems?tab=targets";
    out.push_back(std::move(wait));
  }
  return out;
}

bool set_sent(store::Session& session, std::string_view column, const std::vector<std::string>& ids,
              std::vector<feel::Value>& values) {
  const char* name = column == "出生日期"       ? "birthday"
                     : column == "重要客户"     ? "vip"
                     : column == "信用卡账单日" ? "bill_day"
                                                : nullptr;
  if (!name) return false;
  const auto sent = customers::reminder_values(session, name);
  if (sent.empty()) return true;
  for (size_t i = 0; i < ids.size(); ++i) {
    auto found = sent.find(ids[i]);
    if (found == sent.end()) continue;
    const std::string& said = found->second;
    if (column == "重要客户") values[i] = feel::Value(said == "yes");
    else if (column == "信用卡账单日") values[i] = feel::Value(int64_t{std::stoll(said)});
    else if (auto day = base::Date::parse(said)) values[i] = feel::Value::date(day->days());
  }
  return true;
}

}  // namespace guanhu::workbench
