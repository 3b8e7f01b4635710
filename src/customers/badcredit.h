// The list of bad credit (不良信用客户名单, CUS-304): who is on it, since when, why, by what evidence; leaving it
// takes a second person. An entry is a record of kind "bad_credit", with its evidence as files; it may name
// somebody who is no customer (yet). Identity numbers lie sealed.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "customers/merge.h"
#include "records/records.h"
#include "store/personal_key.h"

namespace guanhu::customers {

inline constexpr const char* kBadCreditKind = "bad_credit";

struct BadCredit {
  int64_t record = 0, version = 0;
  std::string customer, name;  // customer: "" of somebody who is none
  std::string number;          // identity number: sealed, "" unknown
  std::string cause;           // lawsuit, evasion, default, fraud, guarantee, court, other
  std::string reason, source;  // what happened; where it is known from
  base::Date since;
  std::string state;                // listed, leaving, removed
  std::string leave_why, leave_by;  // who asked to take it off, and why
  std::string decided_why, decided_by, decided_at;
  std::string made_at, made_by;
};

// Refused: bad.name, bad.cause, bad.reason, bad.source, bad.since (after today), bad.evidence (without a file),
// bad.listed (on the list already), and what records::write refuses. `number` in the clear.
struct BadCreditAsked {
  BadCredit entry;
  std::vector<std::string> files;
  base::Date today;
  std::string org;
};
base::Result<records::Record> list_bad_credit(store::Session& session, const BadCreditAsked& asked,
                                              const store::PersonalKey& key, const records::Doing& doing);
// Asks that it be taken off. Refused: record.unknown, bad.state, bad.reason.
base::Result<records::Record> ask_removal(store::Session& session, int64_t record, int64_t version,
                                          const std::string& why, const records::Doing& doing);
// By another than who asked. Refused also: bad.self.
base::Result<records::Record> decide_removal(store::Session& session, int64_t record, int64_t version, bool accept,
                                             const std::string& why, const records::Doing& doing);

BadCredit bad_credit_of(const records::Record& record);
std::vector<BadCredit> bad_credit(store::Session& session, const std::string& state);  // "": listed and leaving
// Entries in force of these customers: by their number, or by their identity number.
std::vector<BadCredit> bad_credit_hits(store::Session& session, warehouse::Warehouse& db, const Merges& merges,
                                       const std::vector<std::string>& customers);
// Of somebody who is no customer: by name, or by identity number in the clear; "" not asked for.
std::vector<BadCredit> bad_credit_named(store::Session& session, const store::PersonalKey& key,
                                        const std::string& name, const std::string& number);

}  // namespace guanhu::customers
