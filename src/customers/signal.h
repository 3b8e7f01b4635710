// Data of other systems of the bank that the nightly extracts have no table for: events of the operational-risk
// system, warning signals, what the customer-relation system knows, approvals of the credit system, how complete
// customers' records are. Which systems there are, their columns and what is done with what they send is the
// pack's (policies/outside-systems): this header knows only what a column may be.
//
// Start here: signal_systems (the pack), plan_signals (the dry run), keep_signal_check, apply_signals,
// undo_signals. A batch is a record of kind "signal_batch": "checked" (nothing written), "applied", "undone". A
// row is known by its system and key; the same key again corrects it.
//
// INT-004 INT-007 INT-009 INT-301 INT-302
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "customers/intake.h"
#include "policy/pack.h"

namespace guanhu::customers {

std::span<const store::Migration> signal_migrations();

inline constexpr const char* kSignalBatchKind = "signal_batch";
inline constexpr const char* kSignalPack = "outside-systems";
// What is done with rows of a system, in the pack's words.
inline constexpr const char* kKeyCheck = "重点检查";
inline constexpr const char* kTargetedCheck = "针对性检查";
inline constexpr const char* kReminders = "提醒";
inline constexpr const char* kApprovals = "准入";
inline constexpr const char* kCompleteness = "完整情况";

struct SignalColumn {
  std::string name, title, type;  // type: 编号 客户 机构 员工 文字 个人 日期 整数 是否 选择
  bool required = false, key = false;
  std::vector<std::string> choices;  // of 选择
  int64_t least = 0, most = 0;       // of 整数; both 0: any whole number
  std::string not_below;             // of the same row: this column's value is the least
  bool personal() const { return type == "个人"; }
};
struct SignalSystem {
  std::string id, title, does, brings;
  std::vector<SignalColumn> columns;  // the first that is a key is the key
  const SignalColumn* column(const std::string& name) const;
  const SignalColumn* of_type(const std::string& type) const;  // the first; null none
};
// Refused: signal.pack (the decision "outside-systems" does not answer as it should; where: the pack).
base::Result<std::vector<SignalSystem>> signal_systems(const policy::Pack& pack, base::Date on);
std::vector<IntakeColumn> signal_columns(const SignalSystem& system);

// The pack's other answers. Refused: what the decision refuses.
struct CheckBy {
  base::Date day;
  bool first = false;  // before others of the day
};
base::Result<CheckBy> check_by(const policy::Pack& pack, base::Date received, const std::string& level);
struct RiskEvent {
  bool high = false;
  int64_t days = 0;  // how long it counts
};
base::Result<RiskEvent> risk_event(const policy::Pack& pack, const std::string& level, base::Date on);
base::Result<bool> targeted(const policy::Pack& pack, bool teller, int64_t events, base::Date on);
base::Result<int64_t> lacking(const policy::Pack& pack, int64_t required, int64_t filled, base::Date on);

// ---- rows

struct Signal {
  int64_t id = 0;
  std::string system, key;
  std::string customer, org, staff;  // "" none
  std::optional<base::Date> day;
  std::string level;
  base::Json data;     // name of the column -> text; what is personal lies sealed
  std::string state;   // "open": wants a finding; "done"; "kept": nothing is to do
  std::string keeper;  // whose to-do it is; "" nobody was found
  base::Date received;
  std::optional<base::Date> due;
  bool first = false;
  int64_t batch = 0;  // that wrote it last
  std::string finding, done_at, done_by;

  std::string value(const std::string& column) const;  // "" none
};
struct SignalFilter {
  std::string system, does, state;     // "": any
  std::vector<std::string> customers;  // empty: any
  size_t limit = 50'000;
};
std::vector<Signal> signals(store::Session& session, const SignalFilter& filter);  // newest first
base::Result<Signal> signal(store::Session& session, int64_t id);                  // signal.unknown

// What the planner knows of the bank.
struct SignalWorld {
  std::function<std::optional<IntakeCustomer>(const std::string&)> customer;
  std::function<std::optional<std::string>(const std::string&)> org;    // by number or name: its number
  std::function<std::optional<std::string>(const std::string&)> staff;  // his organisation
  std::function<std::string(const std::string& customer, const std::string& org)> keeper;  // "" nobody
  const policy::Pack* pack = nullptr;
  const store::PersonalKey* key = nullptr;
  base::Date today;
};
// What would become of every row; nothing is written. `body` of a row is a whole Signal as apply_signals takes it.
std::vector<IntakeRow> plan_signals(store::Session& session, const SignalSystem& system, const IntakeTable& table,
                                    const std::vector<std::string>& columns, const SignalWorld& world);

// ---- batches

struct SignalOpening {
  std::string system, system_title, file, digest, owner, org;
  std::vector<std::string> head, columns;
  int64_t record = 0, version = 0;  // 0: a new one; else mapped anew
};
// Keeps what a dry run found; the mapping is remembered for the system's next table. Refused: as records::write;
// signal.state (not "checked").
base::Result<records::Record> keep_signal_check(store::Session& session, const SignalOpening& opening,
                                                std::span<const IntakeRow> rows, const records::Doing& doing);
base::Json remembered_columns(store::Session& session, const std::string& system);

struct SignalWork {
  int64_t record = 0, version = 0;
  const SignalSystem* system = nullptr;
  const IntakeTable* table = nullptr;
  const SignalWorld* world = nullptr;
};
// Plans anew and writes, all rows or none. Refused: signal.state, signal.refused (a row is refused),
// signal.nothing (no row would change anything), record.changed.
base::Result<records::Record> apply_signals(store::Session& session, const SignalWork& work,
                                            const records::Doing& doing);
// Takes the whole batch back. Refused: signal.state, signal.why, signal.worked (somebody has worked on a row, or a
// later batch corrected one: the message says which), record.changed.
base::Result<records::Record> undo_signals(store::Session& session, int64_t record, int64_t version,
                                           const std::string& why, const SignalWorld& world,
                                           const records::Doing& doing);

// ---- work

// INT-007: the check is made, and this is what came of it. Inside a transaction. Refused: signal.unknown,
// signal.state, signal.finding (nothing written, or beyond 2000 bytes).
base::Result<Signal> finish_signal(store::Session& session, int64_t id, const std::string& finding,
                                   const records::Doing& doing);
// Refused: signal.unknown, signal.state (not done), signal.why.
base::Result<Signal> reopen_signal(store::Session& session, int64_t id, const std::string& why);

// INT-004: tellers and outlets with enough high-risk events since they were last looked at.
struct CheckTarget {
  int64_t id = 0;
  std::string kind, object, org;  // kind: "staff", "org"
  int64_t events = 0, upto = 0;   // upto: the newest signal that counts
  base::Date listed;
  std::string state;  // "open", "done"
  std::string finding, done_at, done_by;
};
std::vector<CheckTarget> check_targets(store::Session& session, const std::string& state);  // "" all; newest first
base::Result<CheckTarget> finish_target(store::Session& session, int64_t id, const std::string& finding,
                                        const records::Doing& doing);

// INT-301: what the approvals of a customer (of all numbers that are one) say on a day.
struct Approvals {
  bool any = false;
  std::optional<base::Date> lapsed;  // the day the last of them ended; nothing: one is in force
  std::string now, first;            // organisations: of the one in force (latest begun), of the earliest
  std::optional<base::Date> begun;   // of the earliest
};
Approvals approvals_of(store::Session& session, const std::vector<std::string>& numbers, base::Date on);

// INT-302: records by who entered them.
struct EnteredBy {
  std::string staff;
  int64_t records = 0, incomplete = 0, lacking = 0;  // lacking: fields
};
std::vector<EnteredBy> entered_by(const std::vector<Signal>& records, const policy::Pack& pack, base::Date on);

// INT-009: of customers, by what `column` says ("vip", "birthday", "bill_day"); of systems that feed reminders.
std::map<std::string, std::string> reminder_values(store::Session& session, const std::string& column);

}  // namespace guanhu::customers
