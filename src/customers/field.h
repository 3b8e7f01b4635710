// A bank's own fields of customers (自定义字段), defined without code: kind, unit, allowed values, for whom, who
// sees them. A definition is a record of kind "customer_field" with its versions; values stand on the customer's
// card (card.h) and, to be counted and found, in the table customer_values. A field is retired, never deleted: its
// values stay.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "records/records.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::customers {

// Tables: values of own fields, rows of bulk imports, remembered mappings.
std::span<const store::Migration> intake_migrations();

inline constexpr const char* kFieldKind = "customer_field";

struct Field {
  int64_t id = 0, version = 0;
  std::string title;       // "经营面积"; of fields that are in use only one has it
  std::string type;        // text, number, date, choice, choices (several), yes_no; never changes
  std::string unit;        // of numbers: "亩"
  std::string of = "all";  // person, company, all
  std::string hint;
  bool required = false;
  bool sensitive = false;  // masked in lists
  bool expires = false;    // of dates: until that day, included, a paper holds; later it lacks
  bool retired = false;
  std::vector<std::string> choices;  // of choice, choices
  std::vector<std::string> roles;    // names of roles that see it; empty: whoever sees the customer
  int64_t place = 0;                 // order on the card
  std::string changed_at, changed_by;
};

// By place, then number.
std::vector<Field> fields(store::Session& session, bool retired = false);
std::optional<Field> field(store::Session& session, int64_t id);
// Whether a customer of the kind ("person", "company", "other") has it.
bool belongs(const Field& field, std::string_view customer_kind);
// Whether one of the roles sees it.
bool sees(const Field& field, std::span<const std::string> roles);

// `id` 0 makes a new one; else `version` is what the writer saw. Refused: field.title (empty, longer than 40
// characters, or another one has it), field.type (unknown, or another than before: what is written would no longer
// fit), field.choices (none, twice the same, empty, more than 200), field.of, field.unit, field.hint,
// field.expires (not a date), and what records::write refuses.
base::Result<Field> save_field(store::Session& session, const Field& field, const std::string& why,
                               const records::Doing& doing);
// Out of use (or back): no card shows or asks for it any more, its values stay. Refused: field.why (no reason),
// field.title (back, but another one has the title now), and what records::write refuses.
base::Result<Field> retire_field(store::Session& session, int64_t id, int64_t version, bool retired,
                                 const std::string& why, const records::Doing& doing);
// How many customers have a value.
int64_t values_of_field(store::Session& session, int64_t field);

// A value in its one form: several only of "choices". Numbers plain decimals, dates 2025-12-31, yes_no "yes",
// "no".
using Values = std::vector<std::string>;
// Of what a person wrote into one cell: "是", "2025/3/1", "1,200", "养殖；种植". Nothing for blanks.
// Refused: field.value, with what is allowed.
base::Result<Values> read_value(const Field& field, std::string_view text);
// Of a card's JSON: a text, or a list of texts. The same refusals.
base::Result<Values> read_json(const Field& field, const base::Json& json);
base::Json value_json(const Field& field, const Values& values);

// The rows of customer_values of one customer become these; inside a transaction.
void put_values(store::Session& session, const std::string& customer,
                const std::vector<std::pair<int64_t, Values>>& values, const std::vector<Field>& known);
// Of one field and some customers (at most a page of a list): customer and values.
std::vector<std::pair<std::string, Values>> values_of(store::Session& session, int64_t field,
                                                      std::span<const std::string> customers);

// A condition on a field: "is" (one of the values), "from"/"to" (numbers and dates, both included), "has", "none".
struct FieldCondition {
  int64_t field = 0;
  std::string op, value;
};
// "12:is:养殖", "12:from:100", "12:has". Nothing for any other text.
std::optional<FieldCondition> parse_condition(std::string_view text);
// Customers that meet it, sorted; for "none" those that do NOT (who has a value). Refused: field.unknown,
// field.condition (an operation the type does not have, or no value of it).
base::Result<std::vector<std::string>> customers_with(store::Session& session, const FieldCondition& condition);

}  // namespace guanhu::customers
