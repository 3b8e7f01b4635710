// Bulk import (批量导入): a table of many customers' cards, of prospective customers or of relations between
// customers becomes records, all of them or none; each row says what becomes of it before anything is written; the
// whole is taken back again where nobody has changed a row since.
//
// Start here: intake_columns (the template), guess_columns (the mapping), plan_rows (the dry run), perform_intake,
// undo_intake. An import is a record of kind "customer_import": state "checked" (nothing written), "done",
// "undone", "partly_undone"; its body says what, head, columns, counts and the file's digest.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "customers/card.h"
#include "customers/field.h"
#include "customers/intake_prospect.h"
#include "customers/relation.h"

namespace guanhu::customers {

inline constexpr const char* kIntakeKind = "customer_import";
inline constexpr size_t kIntakeRows = 50'000;

struct IntakeColumn {
  std::string name;  // "customer", a member of the card or of a prospect, "f:12" of an own field
  std::string title, hint;
  bool required = false;
  std::vector<std::string> choices;
};
// `what`: "cards", "prospects", "relations"; empty for anything else. `fields`: those that whoever asks sees.
std::vector<IntakeColumn> intake_columns(const std::string& what, const std::vector<Field>& fields);

struct IntakeTable {
  std::vector<std::string> head;
  struct Row {
    int line = 0;  // from 1, as the program that wrote the file counts
    std::vector<std::string> cells;
  };
  std::vector<Row> rows;
};
// For every column of the file the name of ours, "" none: as remembered, else by title. Each of ours at most once.
std::vector<std::string> guess_columns(const std::vector<IntakeColumn>& ours, const std::vector<std::string>& head,
                                       const base::Json& remembered);
// Refused: intake.columns (another number than the head's, an unknown name, one twice, a required one missing).
base::Status check_columns(const std::vector<IntakeColumn>& ours, const std::vector<std::string>& head,
                           const std::vector<std::string>& columns);

// A mapping is remembered by its name: title of the file's column -> ours.
struct IntakeMapping {
  std::string what, name;
  base::Json columns;
  std::string made_at, made_by;
};
std::vector<IntakeMapping> mappings(store::Session& session, const std::string& what);
// Inside a transaction; replaces one of the same name. Refused: intake.mapping (no name, longer than 40
// characters).
base::Status keep_mapping(store::Session& session, const IntakeMapping& mapping);

// ---- rows

struct IntakeSaid {
  std::string column, cell;  // ours by title, "C12"
  std::string message;       // what is wrong; empty: a change
  std::string before, after;
};
struct IntakeRow {
  int line = 0;
  std::string subject, name;  // number and name of the customer, or the prospect's name
  std::string outcome;        // new, changed, same, refused
  std::vector<IntakeSaid> said;
  int64_t record = 0, before = 0, after = 0;  // what was written: versions; 0 none
  std::string undone;                         // "" no, "done", else why not
  // For the writing; not kept.
  base::Json body;
  std::string owner, org;
};
struct IntakeCounts {
  size_t fresh = 0, changed = 0, same = 0, refused = 0;
};
IntakeCounts count_rows(std::span<const IntakeRow> rows);

struct IntakeCustomer {
  std::string id, name, kind, org;
};
// What the planner knows of the bank; every function answers for whoever imports.
struct IntakeWorld {
  std::function<std::optional<IntakeCustomer>(const std::string& id)> customer;    // whom he may write about
  std::function<std::optional<IntakeCustomer>(const std::string& number)> holder;  // of an identity number, any
  std::function<std::optional<std::string>(const std::string& staff)> org_of;      // whom he may give prospects to
  std::function<bool(const Field&)> mine;                                          // fields he sees
  std::function<std::string(const std::string& id)> canonical;  // the number that stands for it after merges
  std::function<std::vector<Relation>(const std::vector<std::string>& customers)> relations;  // relations_of
  const store::PersonalKey* key = nullptr;
  std::string person, org;
};
using IntakeProgress = std::function<void(size_t done, size_t total)>;  // may throw to stop

// What would become of every row; nothing is written. `columns` fit (check_columns).
std::vector<IntakeRow> plan_rows(store::Session& session, const std::string& what, const IntakeTable& table,
                                 const std::vector<std::string>& columns, const std::vector<Field>& all,
                                 const IntakeWorld& world, const IntakeProgress& progress = {});

// Kept rows of an import: replaced, and read by page, in the order of lines. `outcome` "": any; "undone", "kept":
// after an undo.
void keep_rows(store::Session& session, int64_t import, std::span<const IntakeRow> rows);
std::vector<IntakeRow> kept_rows(store::Session& session, int64_t import, const std::string& outcome,
                                 size_t offset, size_t limit);
size_t count_kept(store::Session& session, int64_t import, const std::string& outcome);

// ---- imports

// The file, sealed: it may hold people's numbers. Its digest names it.
std::string keep_intake_file(store::Session& session, const store::PersonalKey& key, const std::string& name,
                             std::string_view bytes);
// Throws Broken when there is none.
std::string intake_file(store::Session& session, const store::PersonalKey& key, const std::string& digest);

struct IntakeOpening {
  std::string what, file, digest, owner, org;
  std::vector<std::string> head, columns;
  IntakeCounts counts;
  int64_t record = 0, version = 0;  // 0: a new one; else mapped anew
};
// Keeps what a dry run found, with its rows. Refused: as records::write; intake.state (not "checked").
base::Result<records::Record> keep_check(store::Session& session, const IntakeOpening& opening,
                                         std::span<const IntakeRow> rows, const records::Doing& doing);

struct IntakeWork {
  int64_t record = 0, version = 0;
  const IntakeTable* table = nullptr;
  const std::vector<Field>* all = nullptr;
  const IntakeWorld* world = nullptr;
  bool skip_refused = false;
};
// Plans anew and writes, all in one transaction. `doing` tells of the import alone, not of each row. Refused:
// intake.state (done already), intake.refused (rows are refused and skip_refused is not said), intake.nothing (no
// row would change anything), record.changed.
base::Result<records::Record> perform_intake(store::Session& session, const IntakeWork& work,
                                             const records::Doing& doing, const IntakeProgress& progress = {});

// Takes every row back that nobody has changed since; of the others it says who did. Refused: intake.state (not
// done, or undone), intake.why (no reason), record.changed.
base::Result<records::Record> undo_intake(store::Session& session, int64_t record, int64_t version,
                                          const std::string& why, const std::vector<Field>& all,
                                          const records::Doing& doing, const IntakeProgress& progress = {});

}  // namespace guanhu::customers
