#include "workbench/worklog_check.h"

#include <algorithm>

#include "base/digest.h"
#include "workbench/draw.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json body_of(const LogCheck& check) {
  JsonArray drawn;
  for (const Drawn& one : check.drawn)
    drawn.push_back(JsonObject{{"staff", one.what.staff},
                               {"day", one.what.day.str()},
                               {"log", one.what.log},
                               {"late", one.what.late},
                               {"level", one.level},
                               {"mark", decimal_or_null(one.mark)},
                               {"reason", one.reason},
                               {"at", one.at},
                               {"by", one.by}});
  return JsonObject{{"first", check.first.str()}, {"last", check.last.str()}, {"population", check.population},
                    {"seed", check.seed},         {"digest", check.digest},   {"drawn", std::move(drawn)}};
}

base::Result<LogCheck> kept(store::Session& session, const LogCheck& check, const std::string& action,
                            const std::string& why, const records::Doing& doing) {
  records::Change change;
  change.record = check.record, change.record.body = body_of(check), change.action = action, change.why = why;
  change.words = check.seed;
  for (const Drawn& one : check.drawn) change.words += "\n" + one.reason;
  auto written = records::write(session, change, doing);
  if (!written.ok()) return written.error();
  return check_of(*written);
}

base::Result<LogCheck> open_check(store::Session& session, int64_t id, int64_t version) {
  auto found = records::record(session, kLogCheck, id);
  if (!found.ok()) return found.error();
  LogCheck check = check_of(*found);
  if (found->state != "open") return Error{"check.state", "这次抽查已经结束", "state", "另做一次抽查"};
  if (version) check.record.version = version;
  return check;
}

}  // namespace

std::vector<Candidate> drawn(std::vector<Candidate> of, const std::string& seed, size_t n) {
  std::vector<std::string> keys;
  for (const Candidate& one : of) keys.push_back(one.staff + "|" + one.day.str());
  const auto order = draw_order(seed, keys);
  std::vector<Candidate> out;
  for (size_t i = 0; i < std::min(n, order.size()); ++i) out.push_back(std::move(of[order[i]]));
  return out;
}

std::string digest_of(const std::vector<Candidate>& of) {
  std::vector<std::string> lines;
  for (const Candidate& one : of)
    lines.push_back(one.staff + "|" + one.day.str() + "|" + std::to_string(one.log) + "\n");
  std::sort(lines.begin(), lines.end());
  std::string all;
  for (const auto& line : lines) all += line;
  return base::sha256_hex(all);
}

LogCheck check_of(const records::Record& record) {
  auto first = day_in(record.body, "first"), last = day_in(record.body, "last");
  if (record.kind != kLogCheck || !first || !last)
    throw base::Broken("record " + std::to_string(record.id) + " is no check of logs");
  LogCheck out;
  out.record = record, out.first = *first, out.last = *last;
  out.population = whole_in(record.body, "population");
  out.seed = text_in(record.body, "seed"), out.digest = text_in(record.body, "digest");
  for (const Json& one : list_in(record.body, "drawn"))
    out.drawn.push_back(
        {{text_in(one, "staff"), day_in(one, "day").value_or(*first), whole_in(one, "log"), flag_in(one, "late")},
         text_in(one, "level"),
         text_in(one, "reason"),
         text_in(one, "at"),
         text_in(one, "by"),
         decimal_in(one, "mark")});
  return out;
}

base::Result<LogCheck> make_check(store::Session& session, const CheckAsk& ask, const records::Doing& doing) {
  if (ask.seed.empty() || characters(ask.seed) > 100)
    return Error{"check.seed", "种子要写，最多 100 字", "seed", "用抽查那天的日期，或者当众摇出来的数"};
  if (ask.n == 0 || ask.n > kMostDrawn)
    return Error{"check.n", "一次抽 1 至 " + std::to_string(kMostDrawn) + " 篇", "n", ""};
  if (ask.candidates.empty())
    return Error{"check.none", "这几天里没有要写日志的工作日", "first", "换一段日子，日志截止以后才能抽"};
  LogCheck check;
  check.first = ask.first, check.last = ask.last, check.seed = ask.seed;
  check.population = static_cast<int64_t>(ask.candidates.size()), check.digest = digest_of(ask.candidates);
  for (Candidate& one : drawn(ask.candidates, ask.seed, ask.n))
    check.drawn.push_back({std::move(one), {}, {}, {}, {}, {}});
  records::Record& r = check.record;
  r.kind = kLogCheck, r.state = "open", r.owner = ask.owner, r.org = ask.org, r.day = ask.first,
  r.until = ask.last;
  r.title = ask.title;
  return kept(session, check, "log_check.draw", "", doing);
}

base::Result<LogCheck> mark_drawn(store::Session& session, const WorkRules& rules, int64_t id, int64_t version,
                                  const std::string& staff, Date day, const std::string& level,
                                  const std::string& reason, const records::Doing& doing) {
  auto check = open_check(session, id, version);
  if (!check.ok()) return check;
  auto one = std::find_if(check->drawn.begin(), check->drawn.end(),
                          [&](const Drawn& d) { return d.what.staff == staff && d.what.day == day; });
  if (one == check->drawn.end()) return Error{"check.drawn", "没有抽到这一篇", "day", "只给抽到的打分"};
  if (reason.empty() || characters(reason) > 2000)
    return Error{"check.reason", "写为什么打这一等，最多 2000 字", "reason", "一两句话"};
  const auto levels = rules.log_levels();
  const bool none = !levels.empty() && level == levels.back();
  if (none != (one->what.log == 0))
    return Error{"check.level",
                 one->what.log
                     ? "这一天写了日志，按内容定等"
                     : "这一天没有日志，只能记“" + (levels.empty() ? std::string() : levels.back()) + "”",
                 "level", ""};
  auto mark = rules.log_mark(level, one->what.late);
  if (!mark.ok()) return mark.error();
  one->level = level, one->mark = *mark, one->reason = reason, one->at = doing.at.str(), one->by = doing.login;
  const LogMark kept_mark{one->what.log, id, staff, level, reason, one->at, one->by, day, one->what.late, *mark};
  records::Doing with = doing;
  with.also = [&](const records::Record& record, const std::string& action) {
    add_mark(session, kept_mark);
    if (doing.also) doing.also(record, action);
  };
  return kept(session, *check, "log_check.mark", staff + " " + day.str() + " " + level, with);
}

base::Result<LogCheck> close_check(store::Session& session, int64_t id, int64_t version,
                                   const records::Doing& doing) {
  auto check = open_check(session, id, version);
  if (!check.ok()) return check;
  for (const Drawn& one : check->drawn)
    if (!one.mark) return Error{"check.open", "还有抽到的没有打分", "drawn", "逐篇看完、打完分再结束"};
  check->record.state = "done";
  return kept(session, *check, "log_check.close", "", doing);
}

}  // namespace guanhu::workbench
