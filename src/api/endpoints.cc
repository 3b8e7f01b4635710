#include <algorithm>
#include <iterator>

#include "api/handlers.h"
#include "api/signal_desk.h"

namespace guanhu::api {

std::vector<Parameter> scheme_and_period() {
  return {{"scheme", text(200), true, "PACK/SCHEME, as /overview lists them"},
          {"period", text(10), true, "2025, 2025H2, 2025Q4 or 2025-12"}};
}

std::variant<Asked, Refusal> asked_of(const Call& call) {
  std::vector<Misfit> wrong;
  auto scheme = SchemeName::parse(call.get("scheme").value_or(""));
  if (!scheme) wrong.push_back({"scheme", scheme.error().message + ", " + scheme.error().hint});
  auto period = base::Period::parse(call.get("period").value_or(""));
  if (!period) wrong.push_back({"period", "不是考核期间, 写成 2025、2025H2、2025Q4 或 2025-12"});
  if (!wrong.empty()) return Refusal{400, base::Error{"request.parameters", "", "", ""}, std::move(wrong)};
  return Asked{*scheme, *period};
}

namespace {

// Where the shape of something new is that of its change as well, a change still says the version its writer saw.
void require_version(Endpoint& of) {
  if (of.method != "PUT" || !of.input) return;
  Schema input = *of.input;
  if (std::erase(input.optional, "version") != 0) of.input = std::make_shared<const Schema>(std::move(input));
}

}  // namespace

const Table& endpoints() {
  static const Table all = [] {
    Table out;
    for (auto make :
         {report_endpoints,     session_endpoints,     overview_endpoints, score_endpoints,    ranking_endpoints,
          board_endpoints,      run_endpoints,         run_life_endpoints, result_endpoints,   dispute_endpoints,
          assessment_endpoints, grade_endpoints,       pay_endpoints,      deposit_endpoints,  risk_endpoints,
          simulate_endpoints,   import_endpoints,      job_endpoints,      customer_endpoints, people_endpoints,
          login_endpoints,      audit_endpoints,       policy_endpoints,   trial_endpoints,    draft_endpoints,
          workshop_endpoints,   policy_life_endpoints, todo_endpoints,     staff_endpoints,    register_endpoints,
          intake_endpoints,     assignment_endpoints,  plan_endpoints,     visit_endpoints,    lead_endpoints,
          mail_endpoints,       training_endpoints,    advice_endpoints,   query_endpoints,    signal_endpoints,
          record_endpoints,     event_endpoints}) {
      Table some = make();
      std::move(some.begin(), some.end(), std::back_inserter(out));
    }
    for (Endpoint& one : out) require_version(one);
    return out;
  }();
  return all;
}

SchemaRef list_of(const std::string& item, std::vector<std::pair<std::string, SchemaRef>> beside) {
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"items", list(ref(item))}, {"total", integer()}, {"page", integer()}, {"page_size", integer()}};
  for (auto& member : beside) members.push_back(std::move(member));
  return object(std::move(members));
}

std::vector<std::pair<std::string, SchemaRef>> item_members(const SchemaRef& output, const Schemas& named) {
  if (!output || output->kind != Schema::Kind::object) return {};
  for (const auto& [name, schema] : output->members) {
    if (name != "items" || schema->kind != Schema::Kind::list) continue;
    SchemaRef item = schema->item;
    if (item->kind == Schema::Kind::ref) item = named.at(item->name);
    return item->members;
  }
  return {};
}

}  // namespace guanhu::api
