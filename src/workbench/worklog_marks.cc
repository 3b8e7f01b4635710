// Marks of logs, and how somebody kept his log over a span: what appraisal takes.
#include <algorithm>

#include "workbench/work_json.h"
#include "workbench/worklog.h"

namespace guanhu::workbench {

using base::Date;
using base::Decimal;

namespace {

// To 2 decimals, half up.
Decimal rounded(const Decimal& value) {
  const Decimal scaled =
      Decimal::add(Decimal::multiply(value, Decimal(100)).value(), Decimal::make(5, -1)).value();
  std::string text = scaled.str();
  if (const size_t dot = text.find('.'); dot != text.npos) text = text.substr(0, dot);
  return Decimal::divide(Decimal::parse(text).value_or(Decimal(0)), Decimal(100)).value();
}

std::string quoted_list(const std::vector<std::string>& of) {
  std::string out;
  for (size_t i = 0; i < of.size(); ++i) out += i ? ", ?" : "?";
  return "(" + out + ")";
}

}  // namespace

void add_mark(store::Session& session, const LogMark& mark) {
  session.exec("UPDATE log_marks SET replaced = 1 WHERE staff = ? AND day = ? AND check_id = ?",
               {mark.staff, mark.day.str(), mark.check});
  session.exec(
      "INSERT INTO log_marks (log_id, staff, day, check_id, level, late, mark, reason, at, actor, replaced)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
      {mark.log, mark.staff, mark.day.str(), mark.check, mark.level, int64_t{mark.late}, mark.mark.str(),
       mark.reason, mark.at, mark.by});
}

std::vector<LogMark> marks(store::Session& session, const std::vector<std::string>& staff, Date first, Date last) {
  std::vector<LogMark> out;
  if (staff.empty()) return out;
  std::vector<store::Value> with(staff.begin(), staff.end());
  with.emplace_back(first.str()), with.emplace_back(last.str());
  for (const auto& row :
       session.query("SELECT log_id, check_id, staff, level, reason, at, actor, day, late, mark FROM log_marks "
                     "WHERE staff IN " +
                         quoted_list(staff) + " AND day >= ? AND day <= ? AND replaced = 0 ORDER BY day, mark_id",
                     with))
    out.push_back({row.integer(0), row.integer(1), row.text(2), row.text(3), row.text(4), row.text(5), row.text(6),
                   Date::parse(row.text(7)).value(), row.integer(8) != 0,
                   Decimal::parse(row.text(9)).value_or(Decimal(0))});
  return out;
}

LogFigures log_figures(const WorkRules& rules, const std::string& staff, Date first, Date last, base::Instant now,
                       const std::map<Date, bool>& logs_late, const std::vector<LogMark>& all) {
  LogFigures out;
  out.staff = staff;
  for (const Date day : rules.working_days(first, last)) {
    auto there = logs_late.find(day);
    if (there != logs_late.end()) {
      ++out.required, ++out.written, out.late += there->second;
      continue;
    }
    auto deadline = rules.log_deadline(day);
    if (deadline.ok() && now > *deadline) ++out.required, out.missing.push_back(day);
  }
  Decimal sum(0);
  for (const LogMark& one : all)
    if (one.staff == staff && one.day >= first && one.day <= last)
      sum = Decimal::add(sum, one.mark).value(), ++out.marked;
  if (out.marked) out.mean = rounded(Decimal::divide(sum, Decimal(out.marked)).value());
  if (out.required)
    out.share = rounded(Decimal::divide(Decimal(100 * out.written), Decimal(out.required)).value());
  return out;
}

std::map<std::string, std::map<Date, bool>> logs_in(store::Session& session, const std::vector<std::string>& staff,
                                                    Date first, Date last) {
  std::map<std::string, std::map<Date, bool>> out;
  if (staff.empty()) return out;
  records::Filter filter;
  filter.kinds = {kWorkLog}, filter.owners = staff, filter.from = first, filter.to = last, filter.limit = 200'000;
  for (const auto& one : records::list(session, filter)) out[one.owner][*one.day] = flag_in(one.body, "late");
  return out;
}

}  // namespace guanhu::workbench
