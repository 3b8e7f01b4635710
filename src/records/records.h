// What people write (visits, work logs, plans, minutes, leads, courses, letters, ...), kept one way whatever it
// is: every version stays, two people who change the same thing notice it, all of it can be found again by its
// words, and files hang on it by their digest.
//
// A kind ("visit", "work_log") belongs to the module that checks its body; this one knows no bank word. What is
// counted, joined or booked to the fen gets tables of its own beside it, written in `Doing::also`.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::records {

std::span<const store::Migration> migrations();

struct Record {
  int64_t id = 0;
  std::string kind;                 // "visit"; lower case, digits and _
  int64_t version = 0;              // 1 when it was made, one more with every change
  std::string key;                  // one of its kind only, e.g. "E01|2025-12-31"; "": any number
  std::string state;                // the kind's own words, e.g. "draft", "done"
  std::string owner;                // member of staff, or "login:NAME" of who is none
  std::string org;                  // organisation it belongs to
  std::string customer;             // "" of none
  int64_t parent = 0;               // record it belongs to (a comment's plan), 0: none
  std::optional<base::Date> day;    // the day it is about
  std::optional<base::Date> until;  // last day of what takes longer, or the day it is due
  std::string title;                // one line of at most kTitleLimit characters
  base::Json body;                  // an object, at most kBodyLimit bytes as text
  bool removed = false;             // out of every list and search; its versions stay
  std::string made_at, made_by;     // made_by, changed_by: login
  std::string changed_at, changed_by;
};
inline constexpr size_t kTitleLimit = 200;             // characters
inline constexpr size_t kBodyLimit = 256 * 1024;       // bytes
inline constexpr size_t kFileLimit = 8 * 1024 * 1024;  // bytes

// Who writes, and when. `also` runs inside the transaction after the record is written: rows of other tables and
// the audit record. What it throws undoes all of it.
struct Doing {
  std::string login;
  base::Instant at;
  std::function<void(const Record& record, const std::string& action)> also = {};
};

// What is written: `record.id` 0 makes a new one; otherwise `record.version` is the version the writer had before
// him. Kind, key, made_* of a record stay what they were.
struct Change {
  Record record;
  std::string action;                   // "visit.write": lower case, dotted; into versions and audit chain
  std::string why = {};                 // where a reason belongs to it
  std::string words = {};               // what can be searched beside the title; "": every text of the body
  std::vector<std::string> files = {};  // digests of kept files that hang on it from now on (replaces the list)
};

// Refused: record.unknown; record.changed (409: somebody wrote meanwhile; `where` is the version that is there,
// the message says who and when); record.key (there is one with the key; `where` is its number); record.removed;
// record.title (empty, too long, more than a line); record.body (too large); record.file (not kept).
// write() makes the transaction; write_in() is for a caller who has one.
base::Result<Record> write(store::Session& session, const Change& change, const Doing& doing);
base::Result<Record> write_in(store::Session& session, const Change& change, const Doing& doing);
// Out of lists and search, and back. Refused also: record.removed / record.present.
base::Result<Record> remove(store::Session& session, int64_t id, int64_t version, const std::string& action,
                            const std::string& why, const Doing& doing);
base::Result<Record> restore(store::Session& session, int64_t id, const std::string& action,
                             const std::string& why, const Doing& doing);

// Refused: record.unknown (also when it is of another kind; removed ones are found).
base::Result<Record> record(store::Session& session, const std::string& kind, int64_t id);
base::Result<Record> record(store::Session& session, int64_t id);
std::optional<Record> with_key(store::Session& session, const std::string& kind, const std::string& key);

struct Filter {
  std::vector<std::string> kinds;                 // at least one
  std::vector<std::string> owners, orgs, states;  // empty: any
  std::string customer;                           // "": any
  int64_t parent = 0;                             // 0: any
  std::optional<base::Date> from, to;  // of `day`, both included; records without a day are left out then
  std::optional<base::Date> due_to;    // of `until`, included
  bool removed = false;                // these only
  int64_t before = 0;                  // numbers below this one; 0: from the newest
  size_t limit = 1000;
};
// Newest day first (without a day: first), then newest number.
std::vector<Record> list(store::Session& session, const Filter& filter);

// The newest day on which each customer has a record of the kind in the state; by customer's number.
std::vector<std::pair<std::string, base::Date>> last_days(store::Session& session, const std::string& kind,
                                                          const std::string& state);

struct Version {
  int64_t version = 0;
  std::string at, by, action, why, state, title;
  base::Json body;
  bool removed = false;
};
std::vector<Version> versions(store::Session& session, int64_t id);  // oldest first

// ---------------------------------------------------------------------------- finding it again

struct Hit {
  Record record;
  std::string excerpt;  // some 60 characters around the first find, of title or words
};
// Records that hold every word of the query (Chinese by its characters in order, others by the beginning of a
// word, letters alike large or small), best first. `sees` says what the asker may see; others are not counted.
// A query without a letter or figure finds nothing.
std::vector<Hit> search(store::Session& session, const std::string& query, std::span<const std::string> kinds,
                        const std::function<bool(const Record&)>& sees, size_t limit = 50);

// ---------------------------------------------------------------------------- files

struct File {
  std::string digest;      // SHA-256 of the bytes, hex: its name
  std::string name, type;  // as it was brought: "门头.jpg", "image/jpeg"
  int64_t size = 0;        // bytes
  std::string at, by;
};
// Keeps the bytes once, whoever brings them. Refused: file.empty, file.size (above kFileLimit), file.type (not one
// of images, PDF, text, office documents, or the bytes are not what the type says), file.name.
base::Result<File> keep_file(store::Session& session, const std::string& name, const std::string& type,
                             std::string_view bytes, const Doing& doing);
// Refused: file.unknown.
base::Result<File> file(store::Session& session, const std::string& digest);
std::string bytes_of(store::Session& session, const std::string& digest);  // throws Broken when damaged
std::vector<File> files_of(store::Session& session, int64_t record);
// Records a file hangs on now.
std::vector<int64_t> records_with(store::Session& session, const std::string& digest);

// ---------------------------------------------------------------------------- who else is at it

struct Editor {
  std::string login, since, seen;
};
// Says that `login` is at it, until `kEditorSeconds` after the last time; the others that are, in order of coming.
inline constexpr int kEditorSeconds = 45;
std::vector<Editor> at_work(store::Session& session, const std::string& what, const std::string& login,
                            base::Instant now);
void leave(store::Session& session, const std::string& what, const std::string& login);

}  // namespace guanhu::records
