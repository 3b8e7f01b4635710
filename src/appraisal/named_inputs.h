// Decisions of a pack asked by name: what is known of a person stands under the names that packs use, and a
// decision takes what its inputs are called. So no decision, formula or number of a bank stands in C++.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/json.h"
#include "policy/pack.h"

namespace guanhu::appraisal {

// A value with where it comes from: {"kind": "run" | "fact" | "grade" | "line" | "given", ...}.
struct Told {
  base::Json value;
  base::Json source;
};

class Names {
 public:
  // Looks into `other` for what it does not know itself; that must outlive it.
  void behind(const Names& other) { behind_ = &other; }
  // The first that tells a name is believed: a recorded fact cannot replace a figure of the run.
  void tell(const std::string& name, base::Json value, base::Json source);
  void set(const std::string& name, base::Json value, base::Json source);  // replaces
  const Told* find(const std::string& name) const;

 private:
  std::map<std::string, Told> told_;
  const Names* behind_ = nullptr;
};

struct NamedAnswer {
  std::string decision;  // "PACK/DECISION"
  base::Json result;     // null with an error
  base::Json cites = base::JsonArray{};
  base::Json inputs = base::JsonArray{};  // [{"name", "value", "source"}]: what it was told, in the order it asks
  std::optional<base::Error> error;

  // The result itself, or its member.
  const base::Json* part(const std::string& member) const;
};

// Refused inside the answer: as policy::decide; what is missing is named by `where`.
NamedAnswer ask_named(const policy::Pack& pack, const std::string& decision, const Names& names, base::Date on);

// The part as an amount or number; the error says which decision gave what instead.
base::Result<base::Decimal> number_in(const NamedAnswer& answer, const std::string& member);

// A member of a context of a plan, of the type wanted; "" where it may be left out and is.
base::Result<std::string> plan_text(const base::Json& of, const char* member, const std::string& where,
                                    bool required = true);

// Dates as packs see them.
base::Json told_date(base::Date day);

}  // namespace guanhu::appraisal
