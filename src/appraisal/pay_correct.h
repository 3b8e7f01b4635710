// Pay of earlier periods that would be another by now: a dispute was upheld, a fact came late or was withdrawn, a
// grade was corrected. What was paid never changes; the next run of the plan makes it good in lines of its own,
// each of which opens to what it corrects.
//
// An earlier run is worked out again with its own pack and what is known now. What is due of a line of a person is
//
//   now − was − what later approved and paid runs made good already
//
// so that nothing is posted twice, a void run counts for nothing, and what was paid and made good in all is what
// ought to have been paid, to the fen. What would take somebody's pay below zero stays due for the run after it.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "appraisal/pay_compute.h"
#include "base/period.h"
#include "people/directory.h"
#include "store/store.h"

namespace guanhu::appraisal {

struct PayRun;
struct KeptSlip;

// The lines that corrections stand in, behind those of the plan.
inline constexpr const char* kPaidLater = "以前期间补发";           // 应发
inline constexpr const char* kTakenBack = "以前期间扣回";           // 扣款
inline constexpr const char* kDepositCorrected = "以前期间保证金";  // 保证金; below zero: given back
bool is_correction_line(const std::string& name);

// Of an earlier run: the pack it was worked out with, and what somebody without a grade is told to have.
struct PayBook {
  std::shared_ptr<const policy::Pack> pack;
  std::string no_grade;
};
using OpenPayBook = std::function<base::Result<PayBook>(const PayRun&)>;

// The very pack of the run, wherever it is kept. Refused: life.pack.
struct Desk;
OpenPayBook pay_books(const Desk& desk, base::Date today);

// An approved or paid run with what is known now.
struct PayByNow {
  int64_t appraisal = 0;        // whose figures count now: what took its place, or the last difference statement's
  std::vector<KeptSlip> slips;  // as they would be kept
  std::vector<base::Error> problems;
  size_t open = 0;
};
// Refused: what load_pay_of refuses.
base::Result<PayByNow> pay_by_now(store::Session& session, const people::Directory& directory, const PayRun& run,
                                  const PayBook& book);

// One line of one person, of an earlier run. Amounts in the line's own sense.
struct PayPiece {
  int64_t run = 0;  // corrected
  std::string period, line, kind;
  base::Fen was = 0, posted = 0, now = 0;  // paid by the run, made good since, what it ought to be
  base::Fen amount = 0;                    // that the new run posts; less than due() when the pay does not reach
  base::Json cites = base::JsonArray{},
             causes = base::JsonArray{};  // inputs that are others: name, was, now, source
  base::Fen due() const { return now - was - posted; }
};

// What one earlier run owes a person or has paid too much.
struct PayCorrection {
  int64_t run = 0, appraisal = 0;
  std::string staff, name, org, branch;
  base::Json slip;              // as it would be now, as KeptSlip::slip
  base::Fen deposit = 0;        // in the person's account: more cannot be given back
  std::vector<PayPiece> lines;  // with something due
};
// Lines that cannot be worked out now are no correction; `notes` says so.
std::vector<PayCorrection> pay_due(store::Session& session, const PayRun& run, const PayByNow& now,
                                   std::vector<base::Error>& notes);

// Of all approved and paid runs of the plan and scheme for periods before this one, oldest first; those that
// nothing touched since (pay_touched.h) are not even opened. A run whose pack is nowhere any more, or that cannot
// be worked out, is noted and left as it is.
struct PayCorrections {
  std::vector<PayCorrection> people;
  std::vector<base::Error> notes;
  size_t untouched = 0;  // runs
  struct Month {
    int64_t run = 0;
    std::string digest;
    bool known = true;  // every line could be worked out
  };
  std::vector<Month> months = {};  // that were worked out again
};
PayCorrections corrections_due(store::Session& session, const people::Directory& directory,
                               const std::string& pack, const std::string& scheme, const base::Period& period,
                               const OpenPayBook& open);

// Puts them into the slips as lines of their own and sets their amounts; whoever has no slip gets one. Pure.
void post_corrections(PayResult& result, PayCorrections& due);

// Inside the transaction that keeps the draft. A month all of which is made good is remembered as it is now.
void keep_corrections(store::Session& session, int64_t pay_id, const PayCorrections& posted);

struct PostedPiece {
  int64_t pay_run = 0;  // that posted it
  std::string staff;
  PayPiece piece;  // without cites and causes
};
// By the run that posts; by the run that was corrected (of approved and paid runs only).
std::vector<PostedPiece> posted_by(store::Session& session, int64_t pay_id, const std::string& staff = "");
std::vector<PostedPiece> posted_for(store::Session& session, int64_t corrected);
// The slip of a corrected run as it was worked out for the correction; nothing: there is none.
std::optional<base::Json> corrected_slip(store::Session& session, int64_t pay_id, int64_t corrected,
                                         const std::string& staff);

// Before the run is approved: pay.corrected when another one made something of it good meanwhile, or a corrected
// run is void by now.
base::Status check_corrections(store::Session& session, int64_t pay_id);
// The approved or paid run that corrects this one; 0: none.
int64_t corrected_by(store::Session& session, int64_t pay_id);

}  // namespace guanhu::appraisal
