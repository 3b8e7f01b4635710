// Pay runs in the store: draft → approved by a second person → paid. A draft may be made anew; what is approved
// keeps every slip as it is; what is paid never changes, and its deposits stand in the ledger in the same
// transaction.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "appraisal/pay_compute.h"
#include "appraisal/pay_correct.h"
#include "appraisal/people_doing.h"
#include "base/period.h"
#include "people/directory.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::appraisal {

std::span<const store::Migration> pay_migrations();

// ------------------------------------------------------------------------------------ work done together

struct JointRecord {
  JointWork work;
  std::string pack, at, by, withdrawn_at, withdrawn_by, withdrawn_why;  // "" it stands
};
// Weights are shares that add up to 1, or days (`days`): whole numbers above 0. Refused: joint.line (no such line
// in the plan, or it is not shared), joint.shares (fewer than two, twice the same, not above 0, not 1 in all),
// joint.input (a name the decision does not ask for, a value that does not fit), joint.text (no title or
// document).
base::Result<int64_t> record_joint(store::Session& session, const policy::Pack& pack, const JointWork& work,
                                   bool days, const PeopleDoing& doing);
// Refused: joint.unknown, joint.withdrawn, joint.reason.
base::Status withdraw_joint(store::Session& session, int64_t id, const std::string& reason,
                            const PeopleDoing& doing);
// Those of the pack whose day lies in the days given; without days all.
std::vector<JointRecord> joint_work(store::Session& session, const std::string& pack,
                                    std::optional<base::Date> from, std::optional<base::Date> to,
                                    bool withdrawn = false, const std::optional<base::Instant>& known_at = {});

// ------------------------------------------------------------------------------------------------- runs

struct PayAsk {
  int64_t run = 0;                             // the appraisal whose people are paid and whose figures count
  base::Date pay_on;                           // 发放日期
  std::string grades;                          // the pack whose grades count; "" the plan's own pack
  std::optional<base::Instant> known_at = {};  // what was recorded and decided by then; nothing: by now
};

// The work of a pay run, read from the store. Refused: pay.plan, pay.run.unknown, pay.run.state (a draft or
// disputed appraisal), pay.run.superseded, pay.date (before the period's end), pay.nobody.
struct PayLoad {
  int64_t run = 0;
  PayWork work;
  FactsByDay facts{{}};
  base::Period period = *base::Period::parse("2000");
  std::string scheme, run_hash;
  std::string inputs;  // the digest of what it rests on (pay_touched.h), taken before anything was read
};
base::Result<std::unique_ptr<PayLoad>> load_pay(store::Session& session, const policy::Pack& pack,
                                                const std::string& no_grade, const people::Directory& directory,
                                                const PayAsk& ask);

struct PayTotals {
  base::Fen earnings = 0, deductions = 0, deposit = 0, net = 0;
};
struct PayRun {
  int64_t id = 0, run = 0;
  std::string pack, pack_hash, title, scheme, period, run_hash, hash;
  base::Date pay_on;
  std::string state;  // "draft", "approved", "paid", "void"
  int64_t people = 0, open = 0;
  PayTotals totals;
  std::string grades;  // the pack whose grades count; "" the plan's own
  base::Json
      summary;  // {"lines": [{"line", "kind", "amount"}], "pools": [...], "problems": [...], "notes": [...]}
  std::string made_at, made_by, approved_at, approved_by, approved_why, paid_at, paid_by, paid_document, void_at,
      void_by, void_why;  // "" not yet
};
struct KeptSlip {
  std::string staff, name, org, branch;
  base::Json slip;  // to_json(Slip)
  PayTotals totals;
  int64_t open = 0;
};

// The same over people that are no kept run's (a simulation's); `ask.run` is not looked at. Refused: pay.plan,
// pay.date, pay.nobody.
struct RunPerson;
base::Result<std::unique_ptr<PayLoad>> load_pay_of(store::Session& session, const policy::Pack& pack,
                                                   const std::string& no_grade, const people::Directory& directory,
                                                   const PayAsk& ask, const base::Period& period,
                                                   std::vector<RunPerson> people);

// Keeps the result as a draft; an earlier draft of the same plan and appraisal is void by it. `corrections`: those
// that were posted into the result. Refused: pay.taken (an approved or paid run of this plan and period is there).
base::Result<int64_t> keep_pay(store::Session& session, const PayLoad& load, const PayResult& result,
                               const PeopleDoing& doing, const PayCorrections& corrections = {});
std::vector<PayRun> pay_runs(store::Session& session, int64_t id = 0);  // newest first
std::vector<KeptSlip> pay_slips(store::Session& session, int64_t id, const std::string& staff = "");
struct SlipOf {
  PayRun run;
  KeptSlip slip;
};
// Of one person, in approved and paid runs, newest first.
std::vector<SlipOf> slips_of(store::Session& session, const std::string& staff);

// Refused: pay.unknown, pay.state, pay.open (lines are missing), pay.self (who made it), pay.reason, pay.run.state
// and .superseded (the appraisal has changed since), pay.taken, pay.corrected (check_corrections()).
base::Result<PayRun> approve_pay(store::Session& session, int64_t id, const std::string& reason,
                                 const PeopleDoing& doing);
// Books the deposits. `document`: the payment order. Refused: pay.unknown, pay.state, pay.document, pay.self, and
// what the ledger refuses.
base::Result<PayRun> mark_paid(store::Session& session, int64_t id, const std::string& document,
                               const PeopleDoing& doing);
// A draft or approved run that shall not be paid. Refused: pay.unknown, pay.state, pay.reason, pay.corrected (a
// later approved run makes it good).
base::Result<PayRun> void_pay(store::Session& session, int64_t id, const std::string& reason,
                              const PeopleDoing& doing);
// Whether the slips are still those that were approved: SHA-256 over all of them.
bool pay_is_whole(store::Session& session, const PayRun& run);

// ----------------------------------------------------------------------------------------------- export

// For payroll: one row a person, a column a line, then the control totals. No cell begins a formula.
struct PaySheet {
  std::vector<std::string> head;  // 工号, 姓名, 机构, lines ..., 应发合计, 扣款合计, 风险保证金, 实发
  std::vector<std::vector<std::string>> rows;  // texts, then amounts as "12.00"
  size_t texts = 3;                            // how many leading columns are text
  std::vector<base::Fen> sums;                 // of the columns of amounts
};
PaySheet pay_sheet(const PayRun& run, const std::vector<KeptSlip>& slips);
std::string pay_csv(const PayRun& run, const PaySheet& sheet);  // UTF-8 with BOM, CRLF
// A text that no spreadsheet takes for a formula.
std::string safe_cell(const std::string& text);

}  // namespace guanhu::appraisal
