// What accepted information comes to for a period: shown, and taken into appraisal (QUA-601).
#include "api/advice_desk.h"
#include "appraisal/recorded.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

constexpr const char *kCount = "采纳信息数", *kWorth = "信息价值分";

std::string recorded_value(AdviceDesk& desk, const char* name, const std::string& staff,
                           const base::Period& period) {
  appraisal::RecordedFilter filter;
  filter.name = name, filter.subject_kind = "staff", filter.subject_id = staff, filter.period = period.str();
  auto rows = appraisal::recorded(desk.store(), filter);
  const Json* value = rows.empty() ? nullptr : &rows.back().what.value;
  return value && value->as_number() ? value->as_number()->str() : "";
}

Answer figures(AdviceDesk& desk, const base::Period& period) {
  std::vector<Json> items;
  for (const auto& one : workbench::information_marks(desk.store(), period.first(), period.last())) {
    if (!desk.reaches(Permission::suggestion_read, one.staff, desk.org_of(one.staff))) continue;
    const std::string count = recorded_value(desk, kCount, one.staff, period),
                      worth = recorded_value(desk, kWorth, one.staff, period);
    JsonArray numbers;
    for (int64_t id : one.items) numbers.emplace_back(id);
    items.push_back(JsonObject{{"staff", one.staff},
                               {"name", desk.name_of(one.staff)},
                               {"org_name", desk.org_name(desk.org_of(one.staff))},
                               {"accepted", one.accepted},
                               {"marks", one.marks.str()},
                               {"items", std::move(numbers)},
                               {"recorded_accepted", count.empty() ? Json() : Json(count)},
                               {"recorded_marks", worth.empty() ? Json() : Json(worth)}});
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"period", period.str()}, {"scheme", std::string(kVoicePack) + "/information"}};
  return out;
}

Outcome show(Services& s, const Call& call) {
  auto period = period_of(call.get("period").value_or(""));
  if (auto* refused = std::get_if<Refusal>(&period)) return *refused;
  AdviceDesk desk(s, call);
  return figures(desk, std::get<base::Period>(period));
}

// Nothing is overwritten: what was recorded before stays in the book.
Outcome record_them(Services& s, const Call& call) {
  auto asked = period_of(call.text("period"));
  if (auto* refused = std::get_if<Refusal>(&asked)) return *refused;
  const base::Period period = std::get<base::Period>(asked);
  AdviceDesk desk(s, call);
  auto pack = s.packs().on(kVoicePack, desk.today());
  if (!pack.ok()) return advice_refusal(pack.error());
  if (auto may = appraisal::check_recorder(**pack, kCount, call.login().roles); !may.ok()) return forbidden();
  std::vector<appraisal::Recording> all;
  for (const auto& one : workbench::information_marks(desk.store(), period.first(), period.last())) {
    if (!desk.directory().person(one.staff)) continue;
    for (const char* name : {kCount, kWorth}) {
      appraisal::Recording what{name, "staff", one.staff, period.str(), "", Json(one.accepted), "", "", ""};
      if (name == kWorth) what.value = Json(one.marks);
      what.document = "采纳的信息 " + period.str();
      auto fits = appraisal::check_recording(**pack, what);
      if (!fits.ok()) return advice_refusal(fits.error());
      all.push_back(std::move(*fits));
    }
  }
  const std::string label = (*pack)->id + " " + (*pack)->version + " " + (*pack)->hash.substr(0, 12);
  desk.store().transaction([&] {
    int64_t changed = 0;
    for (const auto& one : all)
      changed += appraisal::record(desk.store(), one, label, desk.login(), desk.services().clock()) !=
                 appraisal::RecordState::unchanged;
    desk.audit("suggestion.count", "period " + period.str(),
               JsonObject{{"facts", all.size()}, {"changed", changed}});
  });
  return figures(desk, period);
}

}  // namespace

Table suggestion_figure_endpoints() {
  const std::vector<std::pair<std::string, SchemaRef>> beside = {{"period", text()}, {"scheme", text()}};
  return {
      {.method = "GET",
       .path = "/suggestion-figures",
       .summary = "accepted information of a period by its writer: how many, what it is worth, what is recorded",
       .permission = Permission::suggestion_read,
       .parameters = {{"period", text(10), true}},
       .output = list_of("InformationFigures", beside),
       .handler = show,
       .list = true,
       .whole = true,
       .searched = {"name", "org_name"}},
      {.method = "POST",
       .path = "/suggestion-figures",
       .summary = "records them as facts that schemes take",
       .permission = Permission::suggestion_answer,
       .input = object({{"period", text(10)}}),
       .output = list_of("InformationFigures", beside),
       .handler = record_them,
       .list = true,
       .whole = true}};
}

}  // namespace guanhu::api
