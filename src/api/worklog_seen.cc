#include "api/worklog_seen.h"

#include <algorithm>
#include <map>
#include <set>

#include "audit/chain.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Date;

namespace {

// What an action of the program itself is called in a log; those of records are called by their kind.
struct Act {
  const char *prefix, *kind, *title, *page;  // page: with the number behind it
};
constexpr Act kActs[] = {{"assessment.submit", "form", "填完考核表", "/assessment-forms/"},
                         {"dispute.file", "other", "提出申诉", "/disputes/"},
                         {"dispute.decide", "decision", "决定申诉", "/disputes/"},
                         {"grade.decide", "decision", "决定职级建议", "/grade-proposals/"},
                         {"pay.approve", "decision", "批准薪酬发放", "/pay/"},
                         {"deposit.approve", "decision", "批准风险保证金", ""},
                         {"run.seal", "decision", "签封考核结果", "/runs/"},
                         {"finding.decide", "decision", "认定防虚增线索", "/findings/"},
                         {"policy.approve", "decision", "批准制度", ""},
                         {"decision.ask", "other", "查问制度", ""}};

// "visit 12" -> its number; 0 when there is none.
int64_t number_of(const std::string& subject) {
  const size_t blank = subject.rfind(' ');
  if (blank == subject.npos || blank + 1 == subject.size() || subject.size() - blank > 16) return 0;
  const std::string digits = subject.substr(blank + 1);
  return digits.find_first_not_of("0123456789") == digits.npos ? std::stoll(digits) : 0;
}

std::string page_of(const RecordKind& kind, const records::Record& of) {
  std::string out = kind.page;
  const std::pair<const char*, std::string> parts[] = {{"{id}", std::to_string(of.id)},
                                                       {"{owner}", of.owner},
                                                       {"{customer}", of.customer},
                                                       {"{day}", of.day ? of.day->str() : ""},
                                                       {"{parent}", std::to_string(of.parent)}};
  for (const auto& [name, value] : parts)
    if (const size_t at = out.find(name); at != out.npos) out.replace(at, std::string(name).size(), value);
  return out;
}

std::optional<Seen> of_record(PlanDesk& desk, const audit::Entry& entry, const std::string& kind_name,
                              int64_t id) {
  const RecordKind* kind = kind_of(kind_name);
  // A log does not tell of itself.
  if (!kind || kind_name == workbench::kWorkLog) return std::nullopt;
  auto found = records::record(desk.store(), kind_name, id);
  if (!found.ok() || found->removed || !desk.sees(*found)) return std::nullopt;
  const bool letter = kind_name.find("letter") != std::string::npos || kind_name.find("mail") != std::string::npos;
  return Seen{entry.record.subject,
              kind_name == "visit" ? "visit"
              : letter             ? "letter"
                                   : "other",
              kind->title + "：" + found->title,
              found->customer,
              page_of(*kind, *found),
              entry.at.str()};
}

std::optional<Seen> of_entry(PlanDesk& desk, const audit::Entry& entry) {
  const auto& [actor, action, subject, detail] = entry.record;
  const int64_t id = number_of(subject);
  if (action == "todo.done" && id) {
    auto found = workbench::todo(desk.store(), id);
    if (!found.ok()) return std::nullopt;
    return Seen{subject,
                "todo",
                found->title + (found->note.empty() ? "" : "（" + found->note + "）"),
                found->customer,
                "/todos/" + std::to_string(id),
                entry.at.str()};
  }
  for (const Act& act : kActs)
    if (action.starts_with(act.prefix))
      return Seen{
          action + " " + subject, act.kind, act.title, "", *act.page && id ? act.page + std::to_string(id) : "",
          entry.at.str()};
  return id ? of_record(desk, entry, subject.substr(0, subject.rfind(' ')), id) : std::nullopt;
}

std::vector<std::string> logins_of(PlanDesk& desk, const std::string& staff) {
  std::vector<std::string> out;
  for (const auto& one : people::list_logins(desk.store()))
    if (one.staff_id == staff) out.push_back(one.login);
  return out;
}

void from_chain(PlanDesk& desk, const std::string& staff, Date day, std::vector<Seen>& out) {
  // A training bank's day stands still: what is done by the machine's clock today is done on it.
  const Date wall = day == desk.today() ? workbench::bank_day_of(desk.now()) : day;
  for (const std::string& login : logins_of(desk, staff)) {
    audit::Filter filter;
    filter.actor = login, filter.from = workbench::bank_moment(wall, 0),
    filter.to = workbench::bank_moment(wall + 1, 0);
    filter.limit = 1000;
    auto entries = audit::search(desk.store(), filter);
    std::reverse(entries.begin(), entries.end());
    for (const auto& entry : entries)
      if (auto one = of_entry(desk, entry)) out.push_back(std::move(*one));
  }
}

void from_facts(PlanDesk& desk, const std::string& staff, Date day, std::vector<Seen>& out) {
  auto db = desk.services().warehouse();
  const std::pair<const char*, const char*> kinds[] = {{"new_customers", "新开户"}, {"loans", "发放贷款"}};
  for (const auto& [counter, title] : kinds)
    for (const auto& one : workbench::counted(desk.store(), *db, {counter, {staff}, day, day, desk.today()}))
      out.push_back({std::string(counter) + " " + one.id,
                     std::string_view(counter) == "loans" ? "loan" : "customer",
                     std::string(title) + "：" + one.name, one.customer, one.link, ""});
}

}  // namespace

std::vector<Seen> seen_on(PlanDesk& desk, const std::string& staff, Date day) {
  std::vector<Seen> all, out;
  from_chain(desk, staff, day, all);
  from_facts(desk, staff, day, all);
  std::set<std::string> keys;
  for (Seen& one : all)
    if (out.size() < workbench::kLogDone && keys.insert(one.key).second) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
