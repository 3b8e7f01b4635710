// What handlers of own fields, cards, prospects and bulk imports share.
#pragma once
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "api/desk.h"
#include "customers/card.h"
#include "customers/intake.h"

namespace guanhu::api {

Table intake_field_endpoints();
Table intake_card_endpoints();
Table intake_prospect_endpoints();
Table intake_file_endpoints();
Table customer_view_endpoints();
Table customer_list_endpoints();

// The built-in roles of who asks, by name: they decide which own fields are seen.
std::vector<std::string> role_names(const Call& call);
std::function<bool(const customers::Field&)> field_sight(const Call& call);
// Whose customers the asker may write about.
bool may_write_customer(Desk& desk, const std::string& customer);
// 422 with every problem at its member: "/body/lat".
Refusal problems_refusal(const std::vector<customers::CardProblem>& problems);
base::Json field_json(const customers::Field& field);
// Digests of the body's "files", or those that hang on the record already when it says none.
std::vector<std::string> files_member(Desk& desk, const Call& call, int64_t record);
base::JsonArray files_json(const std::vector<records::File>& files);
std::optional<int64_t> number_in_path(const Call& call, const char* part = "id");
// A member of the body; 0 when it is absent.
int64_t number_member(const Call& call, const char* member);
bool true_member(const Call& call, const char* member);
// Where the client shows a record; "" nowhere.
std::string page_of_record(const records::Record& of);
std::string kind_title(const std::string& kind);
// A file for the browser to keep.
Answer file_answer(std::string bytes, const std::string& type, const std::string& name);
inline constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
// For tests of sight: what whoever imports may write about (customers::IntakeWorld). Reads the warehouse when the
// first identity number is asked for. `desk` must outlive it.
customers::IntakeWorld intake_world(Desk& desk, const store::PersonalKey& key);

}  // namespace guanhu::api
