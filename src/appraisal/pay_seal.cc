#include "appraisal/pay_seal.h"

#include <algorithm>

namespace guanhu::appraisal {

namespace {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

// What the text of a slip is made of: who, the amounts, the run's hash over everything behind them.
StatementData data_of(const PayRun& run, const KeptSlip& slip, const std::string& salt) {
  JsonArray lines;
  for (const Json& one : *slip.slip.find("lines")->as_array())
    lines.push_back(
        JsonObject{{"line", *one.find("line")}, {"kind", *one.find("kind")}, {"amount", *one.find("amount")}});
  StatementData out;
  out.run = run.id, out.scheme = run.scheme, out.period = run.period, out.pack_hash = run.pack_hash;
  out.known_at = run.made_at, out.run_hash = run.hash, out.salt = salt;
  out.result = JsonObject{{"pay_of_run", run.run},
                          {"pack", run.pack},
                          {"pay_on", run.pay_on.str()},
                          {"id", slip.staff},
                          {"name", slip.name},
                          {"org", slip.org},
                          {"lines", std::move(lines)},
                          {"earnings", base::format_fen(slip.totals.earnings)},
                          {"deductions", base::format_fen(slip.totals.deductions)},
                          {"deposit", base::format_fen(slip.totals.deposit)},
                          {"net", base::format_fen(slip.totals.net)}};
  return out;
}

std::string told_grade(const Json& slip) {
  for (const Json& line : *slip.find("lines")->as_array())
    for (const Json& input : *line.find("inputs")->as_array())
      if (*input.find("name")->as_string() == "职级" && input.find("value")->as_string())
        return *input.find("value")->as_string();
  return "";
}

}  // namespace

std::string seal_pay(store::Session& session, const PayRun& run) {
  std::vector<std::pair<std::string, StatementData>> all;
  for (const KeptSlip& slip : pay_slips(session, run.id))
    all.emplace_back(slip.staff, data_of(run, slip, random_salt()));
  if (all.empty()) throw base::Broken("pay run " + std::to_string(run.id) + " has no slips");
  Sealing sealing = sealing_of(std::move(all));
  int64_t position = 0;
  for (const Leaf& leaf : sealing.leaves)
    session.exec("INSERT INTO pay_leaves (pay_id, staff_id, position, text, leaf) VALUES (?, ?, ?, ?, ?)",
                 {run.id, leaf.holder, position++, leaf.text, leaf.hash});
  session.exec("INSERT INTO pay_seals (pay_id, root, leaves) VALUES (?, ?, ?)", {run.id, sealing.root, position});
  return sealing.root;
}

std::string pay_root(store::Session& session, int64_t pay_id) {
  auto rows = session.query("SELECT root FROM pay_seals WHERE pay_id = ?", {pay_id});
  return rows.empty() ? "" : rows[0].text(0);
}

base::Result<Receipt> pay_receipt(store::Session& session, int64_t pay_id, const std::string& staff) {
  const Error unknown{"pay.unknown", "没有这一次发放的凭据", "id", "批准以后才有"};
  auto runs = pay_runs(session, pay_id);
  if (runs.empty()) return unknown;
  Receipt out;
  out.run = pay_id, out.scheme = runs[0].scheme, out.period = runs[0].period, out.holder = staff;
  out.sealed_at = runs[0].approved_at, out.root = pay_root(session, pay_id);
  std::vector<std::string> leaves;
  bool found = false;
  for (const auto& row :
       session.query("SELECT staff_id, leaf FROM pay_leaves WHERE pay_id = ? ORDER BY position", {pay_id})) {
    if (row.text(0) == staff) out.index = leaves.size(), out.leaf = row.text(1), found = true;
    leaves.push_back(row.text(1));
  }
  if (!found) return unknown;
  out.text = session.query("SELECT text FROM pay_leaves WHERE pay_id = ? AND staff_id = ?", {pay_id, staff})
                 .at(0)
                 .text(0);
  out.of = leaves.size(), out.path = merkle_path(leaves, out.index);
  return out;
}

std::vector<SlipOfStatement> slips_for_statement(store::Session& session, const std::string& scheme,
                                                 const std::string& period, const std::string& staff) {
  std::vector<SlipOfStatement> out;
  for (SlipOf& one : slips_of(session, staff)) {
    if (one.run.scheme != scheme || one.run.period != period) continue;
    SlipOfStatement slip{std::move(one.run), std::move(one.slip), "", {}};
    slip.grade = told_grade(slip.slip.slip);
    if (auto receipt = pay_receipt(session, slip.run.id, staff); receipt.ok()) slip.receipt = *receipt;
    out.push_back(std::move(slip));
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<GradeStep> grades_held(store::Session& session, const std::string& staff, base::Date on) {
  std::vector<GradeStep> out;
  for (const auto& row :
       session.query("SELECT DISTINCT pack FROM grade_steps WHERE staff_id = ? ORDER BY pack", {staff})) {
    auto history = grade_history(session, row.text(0), staff);
    if (const GradeStep* step = grade_on(history, on)) out.push_back(*step);
  }
  return out;
}

}  // namespace guanhu::appraisal
