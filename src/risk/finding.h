// A finding: money or sales that look as if they were there for the figure only; what they are, who moved
// them, which rule says so, and what the figures would be without them. A finding accuses nobody: a person
// decides (findings.h).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/json.h"
#include "base/money.h"
#include "risk/rules.h"

namespace guanhu::risk {

// A row of the feed that the finding rests on.
struct Evidence {
  std::string table, id;          // "transactions", "T7"; balances: the account and the day
  std::string account, customer;  // as the feed names them; "" where there is none
  std::string at;                 // day or moment, as the feed writes it
  std::string kind, counter;      // of a transaction
  int64_t amount = 0;             // fen, signed; of a sale its amount; of a balance the balance
  std::string file;               // "transactions.csv"
  base::Date business_date;       // of the import
  int line = 0;
  int32_t import_id = 0;  // not kept: rebuilding a warehouse may change it
};

// Whose figure the finding touches: with the money as it is counted now, and without it.
struct Effect {
  std::string holder_kind, holder_id;  // manager, organisation, bank
  std::string figure, unit;            // "期末存款余额" 元: fen; "销售笔数" 笔: a count
  int64_t with = 0, without = 0;
};

// Money on an account that does not count on these days (both included): `amount` of it, or, where there is
// a level, all above that level. Never more than the balance.
struct Stretch {
  uint32_t account = 0;  // number (docs/warehouse-schema.md)
  int32_t first = 0, last = 0;
  int64_t amount = 0;
  std::optional<int64_t> level;
};

struct Finding {
  std::string id;  // the same for the same event in every scan: the kind and twelve hexadecimal digits
  Kind kind = Kind::spike;
  base::Date day;                        // of the month end, the disbursement, the last transfer or sale
  std::string subject_kind, subject_id;  // bank, organisation, manager, customer, account, loan
  std::string customer_id;               // of a customer's account or loan; else ""
  std::vector<std::string> managers;     // whose figures it touches: they do not decide about it
  int64_t amount = 0;                    // fen; of a split: sales too many
  std::string unit = "元";               // 元 or 笔
  std::string what;                      // one Chinese sentence
  base::JsonObject detail;               // what the rule compared
  std::vector<Effect> effects;
  std::vector<Evidence> evidence;  // the largest first, at most kEvidence
  size_t evidence_in_all = 0;
  std::vector<Stretch> money;  // what `effects` were computed from; not kept
};

inline constexpr size_t kEvidence = 60;

// The id of an event that `key` names: account, days, transaction ids; never a threshold or an amount.
std::string id_of(Kind kind, std::string_view key);

// What is kept and shown of a finding but its state: amounts in 元 as decimals.
base::Json to_json(const Finding& finding, const Rules& rules);

}  // namespace guanhu::risk
