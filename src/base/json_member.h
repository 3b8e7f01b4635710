// Reading a named member of a JSON object as the one type the reader expects, where the form of the
// whole was checked before (a request against its schema, a record by its kind, a pack by its reader).
//
// None of these refuses: an absent member, null and a member of another type are the same, and read
// as the empty value that each function names; so does a member of what is no object. Where that
// difference matters to somebody, check it first (api/schema.h, policy/read_values.h), or ask
// Json::find.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/json.h"

namespace guanhu::base {

// The member where it is there and not null; nullptr otherwise. It lives as long as the object.
const Json* given(const Json& of, std::string_view name);
// The member whatever it is; null where it is absent.
Json value_in(const Json& of, std::string_view name);
// "" where there is no text.
std::string text_in(const Json& of, std::string_view name);
// false where there is neither true nor false.
bool flag_in(const Json& of, std::string_view name);
// A whole number of 64 bits; a number with a fraction or beyond 64 bits is none: it is never cut
// down to another number that looks right.
std::optional<int64_t> maybe_whole_in(const Json& of, std::string_view name);
// The same, 0 where there is none.
int64_t whole_in(const Json& of, std::string_view name);
// Written as a number or as a text that is one (exact decimals travel as texts).
std::optional<Decimal> decimal_in(const Json& of, std::string_view name);
// A day written YYYY-MM-DD.
std::optional<Date> day_in(const Json& of, std::string_view name);
// The empty list where there is none. It lives as long as the object.
const JsonArray& list_in(const Json& of, std::string_view name);
// The texts of a list in their order; what is no text is left out.
std::vector<std::string> texts_in(const Json& of, std::string_view name);

}  // namespace guanhu::base
