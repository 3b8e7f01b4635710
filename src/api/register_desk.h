// What handlers of the customer register share: which numbers are one customer, whether the asker reaches him, the
// decisions in force, JSON of what the module keeps.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "api/desk.h"
#include "customers/access_case.h"
#include "customers/badcredit.h"
#include "customers/category.h"
#include "customers/group.h"
#include "customers/merge_find.h"
#include "customers/relation.h"

namespace guanhu::api {

class RegisterDesk : public Desk {
 public:
  RegisterDesk(Services& services, const Call& call)
      : Desk(services, call), db_(services.warehouse()), merges_(customers::Merges::load(store())) {}

  warehouse::Warehouse& db() { return *db_; }
  const customers::Merges& merges() const { return merges_; }
  // The number that stands for it, when the asker reaches any of those that are one with it.
  std::optional<std::string> customer(const std::string& id);
  bool sees_customer(const std::string& canonical);
  // Reaches it by the permission to write about customers, or as a second person.
  bool may_write(const std::string& canonical);

  customers::PackOf packs();
  base::Result<customers::RegisterPlan> plan() { return customers::register_plan(store(), packs(), business()); }
  base::Date business() const { return facts().last_date.value_or(today()); }
  customers::KnownOf known(const std::vector<std::string>& canonical);
  std::vector<customers::Known> known_one(const std::string& canonical);
  customers::Doing doing();  // of what has tables of its own

  struct Figures {
    base::Fen deposits = 0, loans = 0, overdue = 0;
  };
  Figures figures(const std::string& canonical) const;  // of all numbers that are one
  base::JsonObject figures_json(const Figures& of) const;
  // {"id", "name", "kind", "org_name", "deposits", "loans_total", "overdue_principal"}
  base::JsonObject customer_json(const std::string& canonical) const;
  // Two entries of one page's many customers: looked up once each.
  std::string owner_of_new() const { return person(); }

 private:
  Pool<warehouse::Warehouse>::Loan db_;
  customers::Merges merges_;
};

Table register_merge_endpoints();
Table register_group_endpoints();
Table register_category_endpoints();
Table register_list_endpoints();

// {"code"...} of the module as the page shows it: 404, 409 (taken, state), 422 with the field.
Refusal register_refusal(const base::Error& error);
int64_t whole_member(const Call& call, const char* member);  // of the body; 0 absent
bool flag_member(const Call& call, const char* member);
std::optional<int64_t> id_in_path(const Call& call);  // {id}
base::Json words_json(const std::vector<std::string>& words);
base::Json maybe_day(const std::optional<base::Date>& day);

}  // namespace guanhu::api
