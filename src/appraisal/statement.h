// The statement (绩效单) of one person for one sealed period: a single HTML file that opens without a network and
// prints on A4. It carries what was computed, by which formula and article, what changed since the last period,
// what was paid for it and the grade held, and the receipts by which anyone can check that it is part of the
// sealed run and of the approved pay run.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "appraisal/life_replay.h"
#include "appraisal/life_work.h"
#include "appraisal/pay_seal.h"

namespace guanhu::appraisal {

// One line of how a figure comes about.
struct Basis {
  std::string name, kind, formula;  // kind: "原始指标", "计算指标", "计分指标", "同业比较"
  std::string unit, full, weight;   // of a score: "" elsewhere
  // The parameters that the formula reads, as they held then: "加分步长 = 50,000 元"; of a 同业比较 what it came
  // to.
  std::vector<std::string> read = {};
  policy::Origin origin;
};

// Everything the statements of a sealed run have in common.
struct StatementBook {
  RunLife life;
  std::string bank, title, full_total, total_words;
  people::Directory directory;  // on the period's last day, as it was known
  std::vector<Basis> basis;     // in the order of the scheme's steps
  int64_t previous_run = 0;     // the sealed run of the period before; 0: none
  std::string previous_period;
};

// Refused: life.unknown, life.state (not sealed), life.pack.
base::Result<StatementBook> open_statements(const Desk& desk, int64_t run);

// What one statement shows, without a store.
struct StatementSheet {
  StatementData data;  // with the salt of the seal
  std::optional<base::Json> previous;
  Receipt receipt;
  std::vector<GradeStep> grades = {};     // held on the period's last day, of each pack of grades
  std::vector<SlipOfStatement> pay = {};  // approved and paid for this scheme's period
};
// Refused: dispute.holder.
base::Result<StatementSheet> statement_sheet(store::Session& session, const StatementBook& book,
                                             const std::string& holder);
std::string statement_html(const StatementBook& book, const StatementSheet& sheet);

std::string html_text(const std::string& text);  // & < > " ' escaped

}  // namespace guanhu::appraisal
