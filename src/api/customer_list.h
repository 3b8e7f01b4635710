// The list of customers: which ones the filters leave, in which order, what a line shows; for the page and for the
// file. Works on the customers in memory (customer_index.h); only what a page shows is read for it.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "api/intake_desk.h"

namespace guanhu::api {

class CustomerList {
 public:
  // `desk` must outlive it. The scope of the call decides what is in reach.
  explicit CustomerList(Desk& desk);
  // Reads the filters of the call; 400 with the parameter that is wrong.
  std::optional<Refusal> choose();
  // Only this many from the beginning will be asked for: the others need no order. Before choose().
  void only(size_t shown) { wanted_first_ = shown; }

  size_t size() const { return places_.size(); }
  // Items from..to of the choice, shape CustomerItem.
  base::JsonArray items(size_t from, size_t to);
  // Own fields that the call asks for (`with=12,15`), as far as the asker sees them.
  const std::vector<customers::Field>& columns() const { return columns_; }

 private:
  struct Band {
    const char* name;
    base::Fen CustomerIndex::Customer::*of;
    bool lower;
    base::Fen bound = 0;
  };
  std::optional<Refusal> read_bands();
  std::optional<Refusal> read_conditions();
  void read_columns();
  void read_merges();
  uint32_t standing(uint32_t place) const;
  CustomerIndex::Customer at(uint32_t place) const;
  void keep();  // what the filters leave
  void sort();
  bool fits(uint32_t place, const CustomerIndex::Customer& customer) const;
  std::optional<base::Date> last_visit(uint32_t place) const;  // of all that are one with it
  std::vector<uint32_t> members(uint32_t place) const;         // itself first
  base::Json item(uint32_t place, base::JsonArray managers);

  Desk& desk_;
  const Call& call_;
  const CustomerIndex& all_;
  std::shared_ptr<const std::vector<uint32_t>> in_, managed_;
  std::vector<std::string> orgs_;
  std::vector<uint32_t> numbered_;  // places
  size_t owner_ = 0;
  bool letters_ = false;
  std::vector<Band> bands_;
  struct Wanted {
    std::vector<bool> places;  // of all: who is among them
    bool without = false;
  };
  Wanted wanted(const std::vector<std::string>& customers, bool without) const;
  std::vector<Wanted> wanted_;
  std::optional<base::Date> not_since_, since_;
  bool visits_read_ = false;
  std::vector<std::pair<std::string, base::Date>> visits_;
  std::vector<customers::Field> columns_;
  size_t wanted_first_ = SIZE_MAX;
  std::map<uint32_t, uint32_t> into_;                 // place of a number that was merged to the one that stands
  std::map<uint32_t, CustomerIndex::Customer> sums_;  // of those that others were merged into
  std::multimap<uint32_t, uint32_t> merged_;          // and these others
  std::vector<uint32_t> places_;
};

std::vector<Parameter> customer_filters();

}  // namespace guanhu::api
