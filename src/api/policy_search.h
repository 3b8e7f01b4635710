// Finding what packs say: by the words of articles, by names and titles (also by pinyin initials), by the ids of
// rules, by the numbers of articles.
#pragma once
#include <string>
#include <vector>

#include "api/policy_uses.h"
#include "base/json.h"

namespace guanhu::api {

// PolicyHit's, best first: names before titles before articles before texts; every word of `q` must be found.
// `kind`, `pack`: only those; "" all. Nothing for an empty `q`.
std::vector<base::Json> search_books(const BookList& books, const std::string& q, const std::string& kind,
                                     const std::string& pack);

}  // namespace guanhu::api
