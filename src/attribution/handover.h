// Hand-overs (交接): everything that one manager hands to another, item by item, witnessed by a superior. A
// hand-over is a record of kind "handover"; its items stand in a table of their own. Nothing takes effect before
// all three have signed; then, from its day on, the register says who serves each customer, account and loan, and
// liability for loans is shared as the pack says; what was before stays. Cancelled before its end, nothing has
// moved.
//
// ARC-305, CUS-607
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attribution/register.h"
#include "policy/pack.h"
#include "records/records.h"

namespace guanhu::attribution {

inline constexpr const char* kHandoverKind = "handover";

// States of the record: "draft" (the list is being made), "signing" (items and signatures), "done", "cancelled".
struct HandoverAsk {
  std::string giver, taker, witness;  // members of staff
  std::string org;                    // of the giver
  std::string why;                    // "rotation", "leave", "leaving", "promotion", "other"
  base::Date day;
  std::string note;
};

struct HandoverItem {
  int64_t id = 0;
  std::string kind, object;          // "customer" C1, "account", "loan", "archive", "todo", "visit", ...
  std::string customer, org, title;  // title: one line
  base::Json detail;                 // an object: what both look at (balance, class, ...)
  int32_t share = 0;                 // what the giver holds of it, of 10,000; 0 where there are no shares
  bool main = false;
  std::string given_at, given_by, given_note;
  bool missing = false;  // the giver says that something of it is not there
  std::string taken_at, taken_by, taken_note;
  std::string left_out;  // why it stays with the giver
};

// What can be handed over. Each source lists what the giver has on the day; later modules add theirs.
struct HandoverView {
  store::Session& session;
  warehouse::Warehouse& warehouse;
  const people::Directory& directory;
  std::string giver;
  base::Date day;   // of the hand-over
  base::Date data;  // the business date that details speak of
};
struct HandoverSource {
  std::string kind, title;  // "loan", "贷款"
  std::function<std::vector<HandoverItem>(const HandoverView&)> list;
  // Gives the items to the taker, after everything was signed; again for what was given already must do nothing.
  // Empty: the register does (customers, accounts, loans), or nothing has to be done.
  std::function<void(const HandoverView&, const std::string& taker, const std::vector<HandoverItem>&)> hand = {};
};
// Customers, accounts, loans, and the credit files of customers with loans.
std::vector<HandoverSource> own_sources();

// Refused: handover.giver, handover.taker, handover.witness (unknown, not in post; two of them the same),
// handover.why, handover.note, handover.open (the giver has another one that is not finished; `where`: its
// number), handover.empty (nothing to hand over), and as records::write.
base::Result<records::Record> open_handover(const HandoverView& view, const HandoverAsk& ask,
                                            const std::vector<HandoverSource>& sources,
                                            const records::Doing& doing);
// Lists everything anew: items that are gone go, new ones come, signatures of others stay. Only before signing.
base::Result<records::Record> list_anew(const HandoverView& view, int64_t id, int64_t version,
                                        const std::vector<HandoverSource>& sources, const records::Doing& doing);
base::Result<records::Record> begin_signing(store::Session& session, int64_t id, int64_t version,
                                            const records::Doing& doing);

std::vector<HandoverItem> items_of(store::Session& session, int64_t handover);  // by kind, customer, object

enum class Side { giver, taker };
struct ItemSign {
  std::vector<int64_t> items;  // empty: all of this side that are not signed yet
  std::string note;
  bool missing = false;  // of the giver
  bool undo = false;     // takes the signature back
};
// Refused: handover.unknown, handover.state, handover.signed (that side has signed the whole), handover.order (the
// taker signs what the giver gave), handover.item, handover.note (too long; missing without saying what).
base::Status sign_items(store::Session& session, int64_t id, Side side, const ItemSign& sign,
                        const RegisterDoing& doing);
// It stays with the giver. `why` "": it goes after all. Refused also: handover.note.
base::Status leave_out(store::Session& session, int64_t id, int64_t item, const std::string& why,
                       const RegisterDoing& doing);

enum class Signer { giver, taker, witness };
const char* signer_word(Signer signer);
struct Effect {
  records::Record record;
  std::vector<Registered> entries;   // of the register; none before the witness has signed
  std::vector<HandoverItem> handed;  // what went, for the sources' own part
};
// Refused: handover.unknown, handover.state, handover.signed, handover.items (that side has items left; how many),
// handover.order (the witness signs last), handover.note, as rules' handover_day, and for customers, accounts and
// loans as the register's check().
base::Result<Effect> sign_handover(const HandoverView& view, const policy::Pack& pack, int64_t id, int64_t version,
                                   Signer signer, const std::string& note, const records::Doing& doing,
                                   const RegisterDoing& recording);
// Refused: handover.unknown, handover.state, handover.note.
base::Result<records::Record> cancel_handover(store::Session& session, int64_t id, int64_t version,
                                              const std::string& why, const records::Doing& doing);

struct LiabilityShare {
  std::string loan, staff;
  int64_t handover = 0;
  int32_t share = 0;  // of 10,000
  base::Date from;
  std::string policy, why;
};
// Newest hand-over first.
std::vector<LiabilityShare> liability(store::Session& session, const std::string& loan);
std::vector<LiabilityShare> liability_of_handover(store::Session& session, int64_t handover);

}  // namespace guanhu::attribution
