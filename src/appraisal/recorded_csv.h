// Recorded facts from a table (CSV): every row is checked, and all of them are recorded or none.
//
// Columns, in any order, found by name: name, subject_kind (may be left out), subject_id, period, valid_from,
// value, document, note. A value of "null" takes back what was recorded.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "appraisal/recorded.h"
#include "warehouse/warehouse.h"

namespace guanhu::appraisal {

inline constexpr std::string_view kFactColumns =
    "name,subject_kind,subject_id,period,valid_from,value,document,note";

// A value as people write it: a number, true or false, a date, words; lists as JSON. What does not fit is said
// by check_recording.
base::Json value_of_text(const policy::Pack& pack, const std::string& name, const std::string& text);

// fact.subject.unknown where no extract knows the subject.
base::Status check_subject_there(warehouse::Warehouse& warehouse, const Recording& recording);

struct FactRow {
  int line = 0;
  Recording recording;
  RecordState state = RecordState::unchanged;
  std::optional<base::Error> refused;
};

// Reads and checks; nothing is written. Errors: fact.file (no table, no header, a column that is missing or
// unknown, a row that cannot be read).
base::Result<std::vector<FactRow>> read_facts(store::Session& session, warehouse::Warehouse& warehouse,
                                              const policy::Pack& pack, std::string_view csv);

}  // namespace guanhu::appraisal
