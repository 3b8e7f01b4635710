// What both engines check alike before a statement is sent.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "store/store.h"

namespace guanhu::store::detail {

// Throws Broken: a text that is not UTF-8 or holds a NUL (PostgreSQL takes neither, SQLite would).
void check_text(std::string_view text, size_t number);

// Throws Broken unless as many values are given as the statement has marks.
void check_count(size_t given, size_t marks, std::string_view sql);

// The statement, cut to what an operator can read. Parameters are never shown: they are personal data.
std::string shown(std::string_view sql);

inline constexpr const char* kFailed = "the transaction has failed: it can only be rolled back";

}  // namespace guanhu::store::detail
