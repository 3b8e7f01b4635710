// Versions of one pack by the dates their pack.toml gives: no day may belong to two of them.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"
#include "base/error.h"
#include "policy/life.h"
#include "store/store.h"

namespace guanhu::policy {

struct Edition {
  std::string pack, hash;
  std::string name;  // how messages call it: "第 3 版(1.1)", "old/demo(1.0)"
  std::optional<base::Date> from, to;
  bool holds(base::Date day) const { return (!from || *from <= day) && (!to || day <= *to); }
  std::string days() const;  // "2024-01-01 至 2026-12-31", "2024-01-01 起"
};

// The dates of pack.toml; none where it cannot be read.
Edition edition_of(std::string_view manifest);

// Two contents of one pack that both hold on some day: "policy.pack.overlap", both named.
std::optional<base::Error> overlap(const Edition& a, const Edition& b);

// What speaks against a version coming into force on `day`: its pack.toml does not hold then
// ("policy.life.outside"), or shares days with a version that was activated before ("policy.life.overlap").
// Versions with the same first day are revisions of one another: the later takes over.
std::optional<base::Error> refused_day(store::Session& store, const PolicyVersion& version, base::Date day);

}  // namespace guanhu::policy
