// Claims (责任客户认领): a manager says that a customer is theirs, with reason and evidence; who serves the
// customer now answers; a superior of both decides, with reason and day. A claim is a record of kind "claim"
// (records/records.h), so every version stays. What is granted becomes an entry of the register in the same
// transaction. CUS-607
#pragma once
#include <string>
#include <vector>

#include "attribution/register.h"
#include "records/records.h"

namespace guanhu::attribution {

inline constexpr const char* kClaimKind = "claim";

// States of the record: "open", "answered", "granted", "rejected", "withdrawn".
struct ClaimAsk {
  std::string customer, customer_name, org;
  std::string claimant;
  std::vector<std::string> holders;  // who serves the customer now; main first; may be nobody
  base::Date from;                   // from when on, as claimed
  std::string reason, evidence;
  std::vector<std::string> files;  // digests of kept files
  base::Date answer_until, decide_until;
};
// Refused: claim.reason, claim.evidence (neither words nor files), claim.own (the claimant serves the customer as
// main already), claim.open (another claim on the customer is open; `where` is its number), and as records::write.
base::Result<records::Record> file_claim(store::Session& session, const ClaimAsk& ask,
                                         const records::Doing& doing);

struct ClaimAnswer {
  int64_t id = 0, version = 0;
  std::string person;  // who answers: one of the holders, or who stands in for them
  bool agree = false;  // to give the customer up
  std::string text;
  base::Date decide_until;
};
// Refused: claim.unknown, claim.state, claim.text, claim.person (not one of the holders), and as records::write.
base::Result<records::Record> answer_claim(store::Session& session, const ClaimAnswer& answer,
                                           const records::Doing& doing);

struct ClaimDecision {
  int64_t id = 0, version = 0;
  std::string person;
  bool grant = false;
  std::string why;
  base::Date from;                     // of what is granted
  std::vector<ManagerShare> managers;  // who serves the customer from then on
  std::vector<Assign> beside;          // accounts and loans that go with it
};
// Refused: claim.unknown, claim.state (also: not answered, and the days to answer are not over), claim.self
// (claimant or holder), claim.why, as check() of the register, and as records::write. `entries`: what was
// recorded.
struct ClaimDecided {
  records::Record record;
  std::vector<Registered> entries;
};
base::Result<ClaimDecided> decide_claim(store::Session& session, const people::Directory& directory,
                                        const ClaimDecision& decision, const records::Doing& doing,
                                        const RegisterDoing& recording);
// Refused: claim.unknown, claim.state, claim.why.
base::Result<records::Record> withdraw_claim(store::Session& session, int64_t id, int64_t version,
                                             const std::string& why, const records::Doing& doing);

// The day on which the last claim of this person on the customer was rejected.
std::optional<base::Date> last_rejected(store::Session& session, const std::string& customer,
                                        const std::string& claimant);
// A text member of a record's body; "" when absent.
std::string body_text(const records::Record& record, const char* member);
std::vector<std::string> body_list(const records::Record& record, const char* member);

}  // namespace guanhu::attribution
