#include "appraisal/people_of_run.h"

#include <map>

#include "appraisal/recorded.h"
#include "base/json_member.h"

namespace guanhu::appraisal {

namespace {

using base::Json;
using base::JsonObject;

using Recordings = std::map<std::string, std::map<std::string, Told>>;  // by subject, then name

// Facts recorded for schemes: of the period, else the latest day up to its last one. What was taken back is not
// told.
Recordings recordings(store::Session& session, const std::string& subject_kind, const std::string& period) {
  const auto asked = base::Period::parse(period);
  Recordings out;
  RecordedFilter filter;
  filter.subject_kind = subject_kind;
  for (const Recorded& row : recorded(session, filter)) {
    const Recording& what = row.what;
    const bool holds =
        what.period.empty() ? asked && what.valid_from <= asked->last().str() : what.period == period;
    if (!holds) continue;
    auto& names = out[what.subject_id];
    if (what.value.is_null()) names.erase(what.name);
    else
      names[what.name] = {what.value,
                          JsonObject{{"kind", "recorded"}, {"recorded", row.id}, {"document", what.document}}};
  }
  return out;
}

}  // namespace

namespace {

// `run`: whose result it is; 0: nobody keeps it.
RunPerson person_of(const Json& holder, int64_t run, const std::string& scheme, const std::string& period,
                    Recordings& of_staff, Recordings& of_bank) {
  RunPerson person{
      text_in(holder, "id"), text_in(holder, "name"), text_in(holder, "org"), text_in(holder, "branch"), {}};
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
  // What the run says is believed first, then what was recorded of the person, then of the bank.
  for (const auto* names : {&of_staff[person.id], &of_bank[""]})
    for (const auto& [name, told] : *names) person.told.tell(name, told.value, told.source);
  return person;
}

}  // namespace

std::vector<RunPerson> people_of_run(store::Session& session, int64_t run, const std::string& scheme,
                                     const std::string& period, bool with_recorded) {
  Recordings of_staff, of_bank;
  if (with_recorded)
    of_staff = recordings(session, "staff", period), of_bank = recordings(session, "bank", period);
  std::vector<RunPerson> out;
  for (const auto& row :
       session.query("SELECT holder_id, result FROM run_holders WHERE run_id = ? ORDER BY holder_id", {run})) {
    auto parsed = Json::parse(row.text(1));
    if (!parsed.ok()) throw base::Broken("run " + std::to_string(run) + " keeps no JSON for " + row.text(0));
    RunPerson person = person_of(*parsed, run, scheme, period, of_staff, of_bank);
    person.id = row.text(0);
    out.push_back(std::move(person));
  }
  return out;
}

std::vector<RunPerson> people_of_results(store::Session& session, const base::JsonArray& holders,
                                         const std::string& scheme, const std::string& period,
                                         bool with_recorded) {
  Recordings of_staff, of_bank;
  if (with_recorded)
    of_staff = recordings(session, "staff", period), of_bank = recordings(session, "bank", period);
  std::vector<RunPerson> out;
  for (const Json& holder : holders) out.push_back(person_of(holder, 0, scheme, period, of_staff, of_bank));
  return out;
}

}  // namespace guanhu::appraisal
