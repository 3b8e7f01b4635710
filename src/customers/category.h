// In which category a customer is: computed by a decision of a pack, proposed, confirmed or changed by a person
// with a reason, dated. One record of kind "customer_category" each time; what holds is the last confirmed one.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "customers/customer_ask.h"
#include "records/records.h"

namespace guanhu::customers {

inline constexpr const char* kCategoryKind = "customer_category";

struct CategoryEntry {
  int64_t record = 0, version = 0;
  std::string scheme, customer, category;
  base::Date from;
  std::string state;                 // proposed, confirmed, rejected
  std::string computed;              // what the decision said; "" it could not be asked
  std::vector<std::string> reasons;  // of the decision
  std::string why;                   // of the person, where it differs or is confirmed
  base::Json given;                  // what the person answered
  std::string made_at, made_by, changed_at, changed_by;
};

// What the decisions say of a customer in one scheme.
struct CategoryView {
  CategoryScheme scheme;
  std::optional<Asked> proposal;  // nothing: the decision is not there
  std::string error;              // then
  std::string computed;
  bool needs_person = true;  // the decision says so
};
CategoryView compute_category(const PackOf& packs, const CategoryScheme& scheme, const std::vector<Known>& known,
                              const base::Json& given, base::Date on, bool trace);
bool in_scheme(const CategoryScheme& scheme, const std::vector<Known>& known);

// What stands against new credit: the category's consequence, and whatever bars a customer. Each with its rules.
struct Barrier {
  std::string reason;
  Asked asked;
};
std::vector<Barrier> credit_barriers(const PackOf& packs, const RegisterPlan& plan,
                                     const std::vector<Known>& known, base::Date on);

struct CategoryAsked {
  std::string customer, customer_name, category, why;
  base::Json given;
  base::Date from;
  bool confirm = false;  // the asker may confirm: it holds at once
  std::string owner, org;
};
// Refused: category.value (not among the decision's words), category.reason (it differs from what was computed, or
// the decision wants a person, and no reason is written), category.check (the pack's check refuses it: where the
// words of the check), category.same, category.waits (somebody proposed one that is not decided yet).
base::Result<records::Record> set_category(store::Session& session, const PackOf& packs, const CategoryView& view,
                                           const CategoryAsked& asked, const std::vector<Known>& known,
                                           const records::Doing& doing);
// The same for a caller who has a transaction.
base::Result<records::Record> set_category_in(store::Session& session, const PackOf& packs,
                                              const CategoryView& view, const CategoryAsked& asked,
                                              const std::vector<Known>& known, const records::Doing& doing);
// By somebody else. Refused: record.unknown, category.state, category.self, category.reason.
base::Result<records::Record> decide_category(store::Session& session, int64_t record, int64_t version,
                                              bool accept, const std::string& why, const records::Doing& doing);

CategoryEntry category_of(const records::Record& record);
// Newest first; of one scheme, or all when it is "".
std::vector<CategoryEntry> category_history(store::Session& session, const std::string& scheme,
                                            const std::vector<std::string>& customers);
// The one that holds on the day.
std::optional<CategoryEntry> category_on(const std::vector<CategoryEntry>& history, const std::string& scheme,
                                         base::Date day);
// Of all customers: what holds on the day, and what waits for a decision.
struct CategoryNow {
  std::string customer, category;  // category: that holds; "" none
  int64_t record = 0;
  base::Date from;
  std::string proposed;  // "" nothing waits
  int64_t proposal = 0, proposal_version = 0;
};
std::vector<CategoryNow> categories(store::Session& session, const std::string& scheme, base::Date day);
// The customers that are in the category on the day, by number: what a list is filtered by. 200,000 of them are
// read from one index, without their records.
std::vector<std::string> customers_in(store::Session& session, const std::string& scheme,
                                      const std::string& category, base::Date day);
// The words a category may be: of the proposing decision's output 客户分类.
std::vector<std::string> category_words(const PackOf& packs, const CategoryScheme& scheme, base::Date on);

}  // namespace guanhu::customers
