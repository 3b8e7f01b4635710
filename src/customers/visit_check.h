// What a visit must be before it is kept. Inside this module; the refusals are told in visit.h.
#pragma once
#include "customers/visit.h"

namespace guanhu::customers {

base::Status check_plan(const Visit& visit);
base::Status check_done(const Visit& visit, base::Instant latest);
// A reason or a comment: something, at most 2000 characters.
base::Status check_reason(const std::string& text, const char* where, const char* what);
// The first line of a text, cut to a title's length.
std::string line_of(const std::string& text);

}  // namespace guanhu::customers
