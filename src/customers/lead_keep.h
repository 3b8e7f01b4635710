// What the parts of leads share: a record with its row, inside a transaction. For this module only.
#pragma once
#include <functional>

#include "customers/lead.h"

namespace guanhu::customers {

// Runs `work` in a transaction that an error of it undoes.
template <class T>
base::Result<T> all_or_nothing(store::Session& session, const std::function<base::Result<T>()>& work) {
  std::optional<base::Result<T>> out;
  struct Undone {};
  try {
    session.transaction([&] {
      out = work();
      if (!out->ok()) throw Undone{};
    });
  } catch (const Undone&) {}
  return *out;
}

// As it stands; refused when it is not there, removed, or changed since `version`.
base::Result<records::Record> held_lead(store::Session& session, int64_t id, int64_t version);
// The record and its row; `record` has the body's members of `lead` from now on.
base::Result<records::Record> keep_lead_in(store::Session& session, records::Record record, const Lead& lead,
                                           const std::string& action, const std::string& why,
                                           const records::Doing& doing);
base::Status check_next(const std::string& step, const std::optional<base::Date>& day, base::Date from);
store::Value maybe(const std::optional<base::Date>& day);

}  // namespace guanhu::customers
