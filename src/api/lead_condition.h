// Conditions on facts of customers, in FEEL: 存款余额 >= 50000 and 年龄 < 60. Names are those of
// customers::market_facts(); in a condition of success each also stands with 当时 before it: as it was when the
// list was frozen.
#pragma once
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "customers/campaign_facts.h"
#include "feel/program.h"

namespace guanhu::api {

class LeadCondition {
 public:
  // Refused: campaign.condition (does not read, unknown names, or its value cannot be true or false), at `where`.
  static base::Result<LeadCondition> of(const std::string& text, bool with_before, const std::string& where);

  // True only where it is; a fact the customer has none of is null. `before`: the frozen facts, an object.
  bool holds(const std::vector<customers::Known>& now, const base::Json* before = nullptr) const;

 private:
  explicit LeadCondition(feel::Program program) : program_(std::move(program)) {}
  feel::Program program_;
  size_t slots_ = 0;
  bool with_before_ = false;
};

// The facts of market_facts() as an object: what a line keeps of its day.
base::Json facts_json(const std::vector<customers::Known>& known);

}  // namespace guanhu::api
