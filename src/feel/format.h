// Values as text.
#pragma once
#include <string>

#include "feel/value.h"

namespace guanhu::feel {

// What string(value) gives: a string as it is, dates in ISO form, lists and contexts with their
// strings in quotes ("[1, "a"]", "{name: "a"}"). Not for null.
std::string to_text(const Value& value);

// As a literal of the language; cut with "…" once out is longer than `limit`.
void write_literal(const Value& value, std::string& out, size_t limit);

}  // namespace guanhu::feel
