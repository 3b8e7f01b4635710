// Transactions around a period, read once: what the search for circles and returning loan money needs, and
// what flagged accounts are to show.
#pragma once
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "risk/books.h"

namespace guanhu::risk {

inline constexpr uint32_t kNoAccount = UINT32_MAX;

// One row of transactions.csv. Accounts of the bank by number, those of other banks by numbers above
// (Movements::parties).
struct Movement {
  uint32_t account = kNoAccount, counter = kNoAccount;
  int64_t at = 0;      // microseconds
  int64_t amount = 0;  // fen, signed
  int32_t import_id = 0, line = 0;
  uint8_t kind = 0;  // position in kinds
  int32_t day() const { return static_cast<int32_t>((at - (at < 0 ? 86'399'999'999 : 0)) / 86'400'000'000); }
  friend bool operator==(const Movement&, const Movement&) = default;
};

// Rows, by import and line, that a later business date replaced.
using Replaced = std::set<std::pair<int32_t, int32_t>>;

struct Want {
  int32_t first = 0, last = 0;  // days
  int64_t transfers = 0;        // fen: with a counterparty, from this amount on (INT64_MAX: none)
  std::vector<bool> watched;    // accounts whose incoming money is wanted,
  int64_t watched_least = 0;    // from this amount on
  std::vector<bool> flagged;    // accounts of which everything from this amount on is wanted
  int64_t flagged_least = 0;
};

class Movements {
 public:
  static constexpr std::string_view kKinds[] = {
      "",       "cash", "transfer", "loan_disbursement", "loan_repayment", "interest", "fee", "bill",
      "salary", "card", "other"};

  // Rows of imports that count, whatever later rows say (see replaced()); in order of account and time.
  static Movements read(const Books& books, const Want& want);
  // Of all disbursements of the days (kind loan_disbursement, in), from `least` on.
  static std::vector<Movement> disbursements(const Books& books, int32_t first, int32_t last, int64_t least);

  const std::vector<Movement>& rows() const { return rows_; }
  // Of one account, in order of time.
  std::span<const Movement> of(uint32_t account) const;
  // Ids of accounts, also of other banks.
  std::string party(const Books& books, uint32_t account) const;

 private:
  std::vector<Movement> rows_;
  IdTable others_;
};

// Without its id, which names_of() knows.
Evidence evidence_of(const Books& books, const Movements& movements, const Movement& movement);

uint8_t kind_number(std::string_view kind);

// The ids of rows; and of these the rows that a row of a later business date with the same id replaced.
struct Named {
  std::unordered_map<uint64_t, std::string> ids;  // by key_of
  Replaced replaced;
};
inline uint64_t key_of(int32_t import_id, int32_t line) {
  return static_cast<uint64_t>(static_cast<uint32_t>(import_id)) << 32 | static_cast<uint32_t>(line);
}
Named names_of(const Books& books, const std::vector<std::pair<int32_t, int32_t>>& rows);

}  // namespace guanhu::risk
