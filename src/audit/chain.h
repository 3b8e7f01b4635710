// The append-only record of who did what: each record carries the hash of the one before, so that a
// changed, removed or reordered record shows.
//
// Start here: append() inside the transaction of the business operation, so that there is no
// operation without its record and no record without its operation. verify() reads the whole chain.
//
// What the chain cannot show by itself is that its newest records were cut off together with the
// head; who needs that keeps the head (`Head`, printed by guanhu audit verify) outside the bank's own
// machine and passes it to verify().
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::audit {

std::span<const store::Migration> migrations();

struct Record {
  std::string actor;    // login or "system"; never empty
  std::string action;   // "import.apply", "login", "export", "personal_data.read": lower case, dotted
  std::string subject;  // what it was done to: "date 2025-12-31", "customer C17"; may be empty
  base::Json detail;    // an object; no secrets, no personal data beyond identifiers
};

struct Entry {
  int64_t sequence = 0;  // 1, 2, 3, ... without gaps
  base::Instant at;
  Record record;
  std::string previous, hash;  // SHA-256, hex; the first record's `previous` is 64 zeros
};

struct Head {
  int64_t sequence = 0;
  std::string hash;
};

// Must run inside session.transaction(); concurrent writers wait for each other here. A record without
// actor or action is a bug: throws Broken.
Entry append(store::Session& session, const Record& record, base::Clock& clock);

Head head(store::Session& session);

struct Filter {
  std::optional<std::string> actor, action_prefix, subject, text;
  std::optional<base::Instant> from, to;  // from included, to excluded
  int64_t before = 0;                     // sequences below this one; 0: from the newest
  int limit = 100;                        // 1 to 1000
};
// Newest first.
std::vector<Entry> search(store::Session& session, const Filter& filter);

struct Fault {
  int64_t sequence = 0;
  std::string what;  // for people
};
struct Verdict {
  int64_t records = 0;
  Head head;
  std::vector<Fault> faults;  // empty: the chain is whole; at most 100
};
// `expected`: a head kept elsewhere; the chain must contain it.
Verdict verify(store::Session& session, const std::optional<Head>& expected = std::nullopt);

// The hash of an entry: SHA-256 over the JSON array of sequence, at, actor, action, subject, detail,
// previous.
std::string hash_of(const Entry& entry);

}  // namespace guanhu::audit
