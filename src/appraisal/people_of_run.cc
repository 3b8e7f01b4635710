#include "appraisal/people_of_run.h"

namespace guanhu::appraisal {

namespace {

using base::Json;
using base::JsonObject;

std::string text_of(const Json& holder, const char* member) {
  const Json* value = holder.find(member);
  return value && value->as_string() ? *value->as_string() : "";
}

}  // namespace

std::vector<RunPerson> people_of_run(store::Session& session, int64_t run, const std::string& scheme,
                                     const std::string& period) {
  std::vector<RunPerson> out;
  for (const auto& row :
       session.query("SELECT holder_id, result FROM run_holders WHERE run_id = ? ORDER BY holder_id", {run})) {
    auto parsed = Json::parse(row.text(1));
    if (!parsed.ok()) throw base::Broken("run " + std::to_string(run) + " keeps no JSON for " + row.text(0));
    const Json& holder = *parsed;
    RunPerson person{row.text(0), text_of(holder, "name"), text_of(holder, "org"), text_of(holder, "branch"), {}};
    auto source = [&](const std::string& figure) {
      return JsonObject{{"kind", "run"},    {"run", run},       {"holder", person.id},
                        {"scheme", scheme}, {"period", period}, {"figure", figure}};
    };
    auto tell = [&](const std::string& name, const Json& value, const std::string& figure) {
      if (!value.is_null()) person.told.tell(name, value, source(figure));
    };
    if (const Json* figures = holder.find("figures"); figures && figures->as_object())
      for (const auto& [name, figure] : *figures->as_object())
        if (const Json* value = figure.find("value")) tell(name, *value, name);
    if (const Json* scores = holder.find("scores"); scores && scores->as_object())
      for (const auto& [name, value] : *scores->as_object()) tell(name, value, name);
    if (const Json* total = holder.find("total")) tell("考核总分", *total, "总分");
    if (const Json* grade = holder.find("grade")) tell("考核等级", *grade, "总分");
    out.push_back(std::move(person));
  }
  return out;
}

}  // namespace guanhu::appraisal
