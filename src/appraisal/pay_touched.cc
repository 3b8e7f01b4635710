#include "appraisal/pay_touched.h"

#include <algorithm>

#include "appraisal/pay_runs.h"
#include "base/digest.h"

namespace guanhu::appraisal {

namespace {

// Raised when the same inputs may be paid otherwise than before.
constexpr const char* kWay = "pay 1";

constexpr const char* kStanding = "r.state IN ('approved', 'paid')";

// Parts that cannot run into each other.
void add(base::Sha256& sum, const std::string& part) { sum.add(std::to_string(part.size()) + ":" + part); }

std::string of_joint(const JointWork& work) {
  std::string out = work.line + "|" + work.on.str() + "|" + work.input.dump();
  for (const JointWork::Share& share : work.shares) out += "|" + share.staff + " " + share.weight.str();
  return out;
}

// The approved and paid runs that corrected the month, and the last of them (0: none).
std::pair<int64_t, int64_t> standing(store::Session& session, int64_t corrected) {
  auto rows = session.query(std::string("SELECT count(DISTINCT c.pay_id), max(c.pay_id) FROM pay_corrections c"
                                        " JOIN pay_runs r ON r.pay_id = c.pay_id WHERE c.corrected_id = ? AND ") +
                                kStanding,
                            {corrected});
  return {rows.at(0).integer(0), rows.at(0).is_null(1) ? 0 : rows.at(0).integer(1)};
}

}  // namespace

PayInputs::PayInputs(store::Session& session, const people::Directory& directory, std::string pack)
    : session_(session), directory_(directory), pack_(std::move(pack)), facts_(session) {
  for (const JointRecord& one : joint_work(session, pack_, std::nullopt, std::nullopt))
    joint_.emplace_back(one.work.on, of_joint(one.work));
}

const std::vector<GradeStep>& PayInputs::grades_of(const std::string& pack) {
  auto at = grades_.find(pack);
  if (at == grades_.end()) at = grades_.emplace(pack, grade_history(session_, pack)).first;
  return at->second;
}

std::string PayInputs::digest(int64_t appraisal, const base::Period& period, base::Date pay_on,
                              const std::string& grades) {
  base::Sha256 sum;
  for (const std::string& part : {std::string(kWay), std::to_string(appraisal), period.str(), pay_on.str()})
    add(sum, part);
  // A kept appraisal never changes: its number stands for the figures.
  for (const auto& row :
       session_.query("SELECT holder_id FROM run_holders WHERE run_id = ? ORDER BY holder_id", {appraisal}))
    if (const people::Staff* person = directory_.person(row.text(0)); person && (person->hired || person->left))
      add(sum, person->id + "|" + (person->hired ? person->hired->str() : "") + "|" +
                   (person->left ? person->left->str() : ""));
  add(sum, "grades");
  for (const GradeStep& step : grades_of(grades.empty() ? pack_ : grades))
    if (step.from <= period.last())
      add(sum, step.staff + "|" + step.from.str() + "|" + step.grade + (step.corrected_by ? "|更正" : ""));
  add(sum, "joint");
  for (const auto& [on, text] : joint_)
    if (on >= period.first() && on <= period.last()) add(sum, text);
  add(sum, facts_.digest(period));
  return sum.hex();
}

void keep_inputs(store::Session& session, int64_t pay_id, const std::string& digest) {
  session.exec("INSERT INTO pay_inputs (pay_id, digest) VALUES (?, ?)", {pay_id, digest});
}

void keep_corrected_month(store::Session& session, int64_t pay_id, int64_t corrected, const std::string& digest) {
  session.exec("INSERT INTO pay_corrected_months (pay_id, corrected_id, digest, earlier) VALUES (?, ?, ?, ?)",
               {pay_id, corrected, digest, standing(session, corrected).first});
}

bool untouched(store::Session& session, int64_t pay_id, const std::string& digest) {
  const auto [count, last] = standing(session, pay_id);
  if (!count) {
    auto kept = session.query("SELECT digest FROM pay_inputs WHERE pay_id = ?", {pay_id});
    return !kept.empty() && kept[0].text(0) == digest;
  }
  auto kept = session.query(
      "SELECT digest, earlier FROM pay_corrected_months WHERE pay_id = ? AND corrected_id = ?", {last, pay_id});
  return !kept.empty() && kept[0].text(0) == digest && kept[0].integer(1) + 1 == count;
}

}  // namespace guanhu::appraisal
