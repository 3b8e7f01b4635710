// Names, addresses, phones and identity numbers of people and companies that do not exist.
//
// Every name says that it is sample data. Identity numbers and credit codes are well formed; their
// place is 460323, reefs in the South China Sea where nobody is registered, so that no number can
// be a living person's. Phones begin with 100, which no network has.
#pragma once
#include <cstdint>
#include <string>

#include "base/date.h"

namespace guanhu::sample {

inline constexpr const char* kCounty = "460323";

// hash: any 64 bits of the person's own; number: what stands behind the name.
std::string person_name(uint64_t hash, bool female, uint64_t number);
std::string company_name(uint64_t hash, uint64_t number);
std::string public_body_name(uint64_t hash, uint64_t number);
std::string town_name(int town);  // "青河", ...; different for different towns below 400
std::string address(uint64_t hash, int town, bool rural);
std::string phone(uint64_t hash);  // 11 digits
// Birthday of a person: over the 54 years that follow `first`.
base::Date birthday(uint64_t person, base::Date first);
// Different numbers for different persons (0 to 9,900,000) with the same `first`.
std::string resident_id(uint64_t person, bool female, base::Date first);
// kind 0 company, 1 cooperative, 2 public body.
std::string credit_code(uint64_t number, int kind);
std::string account_number(uint64_t hash);  // of another bank, 16 digits

}  // namespace guanhu::sample
