// The assignment rows that count, read from the warehouse.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "attribution/known.h"
#include "attribution/names.h"
#include "attribution/timeline.h"
#include "warehouse/warehouse.h"

namespace guanhu::attribution {

enum class SubjectKind { account, loan, customer };
std::string subject_word(SubjectKind kind);  // as assignments.csv says it

// Winning rows, ordered by subject: of rows with one key (subject, staff, valid_from) the one of the
// latest business date counts; over them lies what people of the bank recorded (overlay.h). Subjects are account
// or loan numbers (docs/warehouse-schema.md) or customer numbers of `customers`.
struct Assignments {
  std::vector<uint32_t> offset;  // rows of subject s: [offset[s], offset[s + 1])
  std::vector<Assignment> rows;
  std::span<const Assignment> of(size_t subject) const {
    if (subject + 1 >= offset.size()) return {};
    return std::span(rows).subspan(offset[subject], offset[subject + 1] - offset[subject]);
  }
};

// New ids are added to `staff` and (subjects of kind customer) to `customers`.
Assignments read_assignments(warehouse::Warehouse& db, const Known& known, SubjectKind kind, Names& staff,
                             Names& customers);
// After staff were renumbered (Names::sort).
void renumber(Assignments& assignments, const std::vector<uint32_t>& to);

}  // namespace guanhu::attribution
