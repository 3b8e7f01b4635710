// Work logs (工作日志): one for each person and day. Until it is submitted it is a draft that is kept as it is
// typed (table work_drafts: no version for every pause); submitted, it is a record of the kind "work_log", and
// every change after that is a version that others see.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "records/records.h"
#include "workbench/work_rules.h"

namespace guanhu::workbench {

inline constexpr const char* kWorkLog = "work_log";
inline constexpr size_t kLogText = 20'000;  // characters
inline constexpr size_t kLogDone = 200;     // lines of what was done

// Something that was done on the day: accepted from what the system saw, or written by hand (key "").
struct LogDone {
  std::string key;   // "todo 12", "loan L1": of what the system saw; nothing is taken twice
  std::string kind;  // "todo", "visit", "customer", "loan", "letter", "form", "decision", "other"
  std::string title, customer, link, note;
};

struct LogReading {
  std::string at, by, person, text;
  std::string level;                  // "" read without a mark
  std::optional<base::Decimal> mark;  // 分
};

struct LogBody {
  std::vector<LogDone> done;
  std::string text, tomorrow;
};

struct WorkLog {
  records::Record record;  // owner, org, day; state "submitted" or "read"
  LogBody body;
  bool late = false;
  std::string submitted_at, deadline;  // moments; "" in logs that others brought
  std::vector<LogReading> readings;    // oldest first
};

// Throws Broken when the record is no log.
WorkLog log_of(const records::Record& record);
std::string log_key(const std::string& staff, base::Date day);
// What people send. Refused: log.text, log.done (too long; which line).
base::Result<LogBody> log_body(const base::Json& json);
base::Json json_of(const LogBody& body);
// Customers that the texts name as @张三(C1), and those of what was done: each once, in their order.
std::vector<std::string> mentioned(const LogBody& body);

// ------------------------------------------------------------------------------------- drafts

std::string draft_name(base::Date day);  // of the log of a day
struct Draft {
  int64_t seq = 0;  // counts up with every save; 0: none
  base::Json body;
  std::string at, by;
};
std::optional<Draft> draft(store::Session& session, const std::string& what, const std::string& owner);
// `seq`: the one the writer had (0: he had none). Refused: draft.changed (409; somebody, or the same person on
// another device, saved meanwhile: `where` its seq); draft.large (above 256 KB).
base::Result<Draft> keep_draft(store::Session& session, const std::string& what, const std::string& owner,
                               int64_t seq, const base::Json& body, const records::Doing& doing);
void drop_draft(store::Session& session, const std::string& what, const std::string& owner);

// ------------------------------------------------------------------------------- submitted logs

struct LogAsk {
  std::string staff, org, name;  // whose
  base::Date day;
  LogBody body;
  int64_t version = 0;  // 0: it is submitted for the first time
  std::string why;      // of a later change
};
// PLN-306, PLN-608: one log a day. The draft goes, the customers named can be found from, and the day counts as
// written. Refused: log.empty, log.day (after `today`), log.why (a later change without a reason), record.key
// (there is one already), and what records::write refuses.
base::Result<WorkLog> submit_log(store::Session& session, const WorkRules& rules, const LogAsk& ask,
                                 base::Date today, const records::Doing& doing);
// 阅示: read, with a comment, a mark, or both; PLN-609 who may is the caller's to see. Refused: log.said
// (neither), log.level.
base::Result<WorkLog> read_log(store::Session& session, const WorkRules& rules, int64_t id, int64_t version,
                               LogReading reading, const records::Doing& doing);

// Logs that name the customer, newest first.
std::vector<int64_t> logs_naming(store::Session& session, const std::string& customer);

// ------------------------------------------------------------------------------- marks

struct LogMark {
  int64_t log = 0, check = 0;
  std::string staff, level, reason, at, by;
  base::Date day;
  bool late = false;
  base::Decimal mark;
};
// One mark more; what the same check, or the same reading, had said of the day before counts no more. Inside a
// transaction.
void add_mark(store::Session& session, const LogMark& mark);
// Those that count, of days in the span.
std::vector<LogMark> marks(store::Session& session, const std::vector<std::string>& staff, base::Date first,
                           base::Date last);

// How somebody kept his log in a span.
struct LogFigures {
  std::string staff;
  int64_t required = 0;  // working days whose deadline is over
  int64_t written = 0, late = 0, marked = 0;
  std::vector<base::Date> missing;
  std::optional<base::Decimal> mean;   // of the marks, to 2 decimals
  std::optional<base::Decimal> share;  // % of the days required, to 2 decimals
};
// QUA-614. `from`, `to` of each person: the days he is in post.
LogFigures log_figures(const WorkRules& rules, const std::string& staff, base::Date first, base::Date last,
                       base::Instant now, const std::map<base::Date, bool>& logs_late,
                       const std::vector<LogMark>& marks);
// Day -> late, of the logs of each.
std::map<std::string, std::map<base::Date, bool>> logs_in(store::Session& session,
                                                          const std::vector<std::string>& staff, base::Date first,
                                                          base::Date last);

}  // namespace guanhu::workbench
