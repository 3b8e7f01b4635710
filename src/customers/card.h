// A customer's card: what the people who serve the customer know and no extract has (business, hobbies, when to
// call, where to find them, income, products at other banks, family) and the bank's own fields. One record of kind
// "customer_card" a customer, with versions.
//
// The body's members (all may be absent): remark, phone_note, business, hobbies, contact_time, place, income_note:
// texts; lat, lon: decimal texts in degrees, both or none; income: yuan a year, decimal text; products: list of
// {bank, product, amount, until}; family: list of {relation, name, born_on, note}; custom: {"12": value} by number
// of the field.
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "customers/field.h"
#include "records/records.h"

namespace guanhu::customers {

inline constexpr const char* kCardKind = "customer_card";

// A member of the card that is one text, for forms and sheets alike.
struct CardMember {
  std::string_view name, title, hint;
  size_t longest = 0;      // characters
  std::string_view type;   // text, number, lat, lon
  bool sensitive = false;  // masked in lists, not found by search
};
std::span<const CardMember> card_members();
const CardMember* card_member(std::string_view name);

struct CardProblem {
  std::string where;  // member of the body: "lat", "family/0/name", "custom/12"
  std::string message;
};
struct CheckedCard {
  base::Json body;  // in its one form: blanks cut, numbers plain, empty members left out
  std::vector<CardProblem> problems;
};
// `before`: the body in force, null for none. What did not change is not judged again: a choice that the field no
// longer has stays until somebody changes it. Values of retired fields and of fields that `mine` says the writer
// does not see stay as they were, whatever the body says of them.
CheckedCard check_card(const base::Json& body, const base::Json& before, const std::vector<Field>& all,
                       std::string_view customer_kind, const std::function<bool(const Field&)>& mine);

// nullptr-like nothing: no card, or one whose import was undone.
std::optional<records::Record> card(store::Session& session, const std::string& customer);

struct CardWrite {
  std::string customer, name;  // the name is the record's title
  std::string owner, org;
  int64_t version = 0;  // what the writer saw; 0: there was none
  base::Json body;      // as check_card gave it
  std::string action = "customer_card.write", why = {};
  std::vector<std::string> files = {};
};
// The card and its values; write_card makes the transaction. Refused: as records::write, record.changed also when
// somebody made one meanwhile.
base::Result<records::Record> write_card(store::Session& session, const CardWrite& write,
                                         const std::vector<Field>& all, const records::Doing& doing);
base::Result<records::Record> write_card_in(store::Session& session, const CardWrite& write,
                                            const std::vector<Field>& all, const records::Doing& doing);

// The body as a reader sees it: without values of fields that `mine` says are not for him.
base::Json card_seen(const base::Json& body, const std::vector<Field>& all,
                     const std::function<bool(const Field&)>& mine);
// What of the body may be found by search: nothing sensitive, nothing that only some roles see.
std::string card_words(const base::Json& body, const std::vector<Field>& all);
// Values of own fields in the body, retired ones too.
std::vector<std::pair<int64_t, Values>> card_values(const base::Json& body);

}  // namespace guanhu::customers
