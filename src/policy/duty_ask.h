// A duty ready to be asked of many things at once: which of them it is about, and on which day each is due.
//
//   auto ask = DutyAsk::make(pack, duty, day);
//   ask->due(columns, rows, out, failed);   // columns of ask->columns(), by the subject's order
//
// Parameters are those in force on `day`; functions take it as their day.
#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/error.h"
#include "feel/program.h"
#include "policy/pack.h"

namespace guanhu::policy {

class DutyAsk {
 public:
  // Refused: policy.not_in_force (a parameter it reads has no value on the day), policy.formula (cannot be
  // compiled). The pack must be sound and outlive this.
  static base::Result<DutyAsk> make(const Pack& pack, const Duty& duty, base::Date on);

  const Duty& duty() const { return *duty_; }
  // Places in subject_columns(duty.subject) that its formulas or its title read, ascending.
  const std::vector<size_t>& columns() const { return columns_; }
  // Names of those that a formula reads.
  std::vector<std::string> read_names() const;

  // `columns`: one for each of the subject's columns; those not in columns() may be empty. due[i]: the day row i
  // is due, nothing where `where` does not hold or there is nothing to do. A row whose formula fails is left out
  // and goes to `failed` with its number and the error.
  void due(std::span<const std::vector<feel::Value>> columns, size_t rows,
           std::vector<std::optional<base::Date>>& out, std::vector<std::pair<size_t, base::Error>>& failed) const;
  // The title with the row's values in its braces.
  std::string title(std::span<const std::vector<feel::Value>> columns, size_t row) const;

 private:
  struct TitlePart {
    std::string text;
    std::optional<size_t> column;
  };
  DutyAsk(const Duty& duty, base::Date on) : duty_(&duty), on_(on) {}
  void read_title();

  const Duty* duty_;
  base::Date on_;
  std::optional<feel::Program> where_, due_;
  std::vector<size_t> columns_;
  std::vector<TitlePart> title_;
};

}  // namespace guanhu::policy
