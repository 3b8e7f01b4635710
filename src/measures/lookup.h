// The rows of the feed behind some figures, fetched together: a statement costs the warehouse nearly
// the same for one figure as for all that a total opens. Not included outside this module.
#pragma once
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "measures/breakdown.h"
#include "measures/source_rows.h"

namespace guanhu::measures {

// Assignments by subject kind and id.
class Claims {
 public:
  void put(SourceRows::Row row) {
    rows_[{row.cell("subject_kind"), row.cell("subject_id")}].push_back(std::move(row));
  }
  // The rows of one manager in force on a day.
  std::vector<const SourceRows::Row*> of(const std::string& kind, const std::string& id, std::string_view staff,
                                         int32_t day) const;

 private:
  std::map<std::pair<std::string, std::string>, std::vector<SourceRows::Row>> rows_;
};

// First want() for every figure, then read(), then the questions.
class EngineImpl::Lookup {
 public:
  explicit Lookup(EngineImpl& engine) : engine_(engine), rows_(engine.db_, engine.known_) {}

  void want(const Question& q, const std::vector<Part>& parts);
  void read();

  std::string id(bool loans, uint32_t subject) const;  // "" when unknown
  std::string customer_name(const std::string& customer, int32_t day) const;
  const Claims& claims() const { return claims_; }
  // Of an account or loan: what changed it on the question's days, or what describes it on the last.
  std::vector<SourceRow> rows(const Question& q, uint32_t subject) const;
  const SourceRow* event(policy::Fact fact, const std::string& id) const;

 private:
  struct Family {  // accounts, loans
    std::vector<uint32_t> subjects, stood, described;
    int32_t last = 0;  // of the days for which balances are wanted
    std::vector<uint32_t> claimed;
    SourceRows::Numbers ids;
    SourceRows::ByNumber balances, descriptions;
  };
  void read_claims();

  EngineImpl& engine_;
  SourceRows rows_;
  std::array<Family, 2> families_;  // accounts; loans
  std::vector<std::string> customers_, claimed_customers_;
  std::map<policy::Fact, std::vector<std::string>> wanted_events_;
  std::map<std::string, SourceRows::Named> names_;
  Claims claims_;
  std::map<std::pair<policy::Fact, std::string>, SourceRow> events_;
};

}  // namespace guanhu::measures
