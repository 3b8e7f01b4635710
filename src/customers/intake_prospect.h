// Prospective customers: people and companies that somebody works on and that the core system does not have yet.
// A record of kind "prospect", state "open", "matched" (became the customer in `customer`), "lost" or "undone"
// (its import was taken back). Identity number and phone lie sealed; they are compared by their sealed forms.
//
// Members of the body: kind ("person", "company"), id_no, phone (sealed), address, business, source, note, custom,
// lost_why.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "customers/card.h"
#include "records/records.h"
#include "store/personal_key.h"

namespace guanhu::customers {

inline constexpr const char* kProspectKind = "prospect";

struct ProspectMember {
  std::string_view name, title, hint;
  size_t longest = 0;
  bool sealed = false;
};
std::span<const ProspectMember> prospect_members();

// `body` as people write it, with open numbers; the checked one has them sealed. `before`: the record's body; a
// sealed member that is missing from `body` stays as it was.
CheckedCard check_prospect(const base::Json& body, const base::Json& before, const std::vector<Field>& all,
                           const store::PersonalKey& key);

struct ProspectWrite {
  int64_t id = 0, version = 0;
  std::string name, state = "open", customer, owner, org;
  base::Json body;  // as check_prospect gave it
  std::string action = "prospect.write", why = {};
};
// The record and what it is found by. Refused: as records::write.
base::Result<records::Record> write_prospect_in(store::Session& session, const ProspectWrite& write,
                                                const std::vector<Field>& all, const records::Doing& doing);
base::Result<records::Record> write_prospect(store::Session& session, const ProspectWrite& write,
                                             const std::vector<Field>& all, const records::Doing& doing);

// Seven to fifteen digits, with signs that are written among them.
bool is_phone(const std::string& text);
// An open prospect with the identity number or, without one, the phone; 0 none.
int64_t prospect_with(store::Session& session, const store::PersonalKey& key, std::string_view id_no,
                      std::string_view phone);
// The sealed identity numbers of open prospects: record and number.
std::vector<std::pair<int64_t, std::string>> open_numbers(store::Session& session);

}  // namespace guanhu::customers
