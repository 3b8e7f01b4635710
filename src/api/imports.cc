#include "api/imports.h"

#include "api/export_work.h"
#include "api/redact.h"
#include "api/services.h"
#include "api/todo_work.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {
Json member(const Json* of, const char* name) {
  const Json* value = of ? of->find(name) : nullptr;
  return value ? *value : Json();
}

void texts_for_numbers(Json& totals) {
  JsonArray* all = totals.as_array();
  if (!all) return;
  for (Json& total : *all)
    for (auto& [name, value] : *total.as_object())
      if ((name == "expected" || name == "found" || name == "difference") && value.as_number())
        value = Json(value.as_number()->str());
}

void mask_refusals(Json& refusals) {
  JsonArray* all = refusals.as_array();
  if (!all) return;
  for (Json& refusal : *all) {
    const Json* column = refusal.find("column");
    const std::string* name = column ? column->as_string() : nullptr;
    // Without a column the value is the whole row.
    for (auto& [member, value] : *refusal.as_object())
      if (member == "value" && value.as_string())
        value = Json(masked_value(name ? *name : "", *value.as_string()));
  }
}
}  // namespace

Json wire_report(Json report) {
  JsonObject* members = report.as_object();
  if (!members) return report;
  for (auto& [name, value] : *members) {
    if (name == "control_totals" || name == "rejudged_totals") texts_for_numbers(value);
    if (name != "files" || !value.as_array()) continue;
    for (Json& file : *value.as_array())
      for (auto& [part, content] : *file.as_object()) {
        if (part == "totals") texts_for_numbers(content);
        if (part == "refusals") mask_refusals(content);
      }
  }
  return report;
}

std::function<void(store::Session&, const std::string& record)> audit_imports(const std::string& actor,
                                                                              base::Clock& clock) {
  return [actor, &clock](store::Session& session, const std::string& text) {
    auto import = Json::parse(text);
    const Json* json = import ? &*import : nullptr;
    const Json* report = json ? json->find("report") : nullptr;
    Json date = member(json, "business_date");
    const std::string day = date.as_string() ? *date.as_string() : "";
    session.exec("DELETE FROM import_refusals WHERE business_date = ?", {day});
    record(session, actor, "import.apply", "date " + day,
           JsonObject{{"import_id", member(json, "import_id")},
                      {"allow_rejects", member(json, "tolerance")},
                      {"rejects", member(report, "rejects")},
                      {"feed", member(report, "feed")}},
           clock);
  };
}

void keep_refusal(store::Session& session, const feed::DateReport& report, const std::string& actor,
                  base::Clock& clock) {
  const std::string date = report.business_date;
  session.transaction([&] {
    if (!date.empty()) {
      session.exec("DELETE FROM import_refusals WHERE business_date = ?", {date});
      session.exec("INSERT INTO import_refusals (business_date, refused_at, actor, report) VALUES (?, ?, ?, ?)",
                   {date, clock.now().str(), actor, feed::to_json(report).dump()});
    }
    record(session, actor, "import.refuse", date.empty() ? "" : "date " + date,
           JsonObject{{"feed", report.feed}, {"rejects", report.rejects}}, clock);
  });
}

base::Result<Json> import_feeds(Services& services, const std::vector<feed::FeedFolder>& feeds,
                                std::optional<int64_t> tolerance, const std::string& actor, JobRun& run) {
  std::lock_guard alone(services.writing());
  feed::Bank bank = services.bank().again(audit_imports(actor, services.clock()));
  JsonArray dates;
  size_t applied = 0, refused = 0;
  auto told = [&](const feed::DateReport& report) {
    (report.applied ? applied : refused) += 1;
    if (!report.applied) keep_refusal(bank.store(), report, actor, services.clock());
    dates.push_back(JsonObject{
        {"business_date", report.business_date}, {"applied", report.applied}, {"rejects", report.rejects}});
  };
  // A cancelled import keeps the dates that were done: readers are to see them.
  struct Refresh {
    Services& services;
    size_t& applied;
    ~Refresh() {
      try {
        if (applied == 0) return;
        services.refresh();
        reports_after_import(services);  // over the facts as they are now
      } catch (const std::exception& e) {
        services.log_error(std::string("facts after an import: ") + e.what());
      }
    }
  } refresh{services, applied};
  {
    feed::Importer importer(
        bank, [&](const std::string& date, size_t done, size_t of) { run.progress(done, of, date); });
    importer.import(feeds, tolerance, told);
  }
  run.progress(feeds.size(), feeds.size(), "");
  if (applied > 0) todos_after_import(services, bank, actor);
  return Json(JsonObject{{"applied", applied}, {"refused", refused}, {"dates", std::move(dates)}});
}

Json import_json(const std::string& date, const std::string& state, const Json& report, const std::string& by,
                 const std::string& at, size_t open_totals) {
  int64_t sums[4] = {};
  static constexpr const char* kNames[] = {"read", "applied", "unchanged", "refused"};
  if (const Json* files = report.find("files"); files && files->as_array())
    for (const Json& file : *files->as_array())
      for (size_t i = 0; i < 4; ++i)
        if (const Json* n = file.find(kNames[i]); n && n->as_number())
          sums[i] += n->as_number()->to_int64().value_or(0);
  return JsonObject{{"business_date", date},
                    {"state", state},
                    {"import_id", member(&report, "import_id")},
                    {"applied_at", at.empty() ? Json() : Json(at)},
                    {"by", by.empty() ? Json() : Json(by)},
                    {"rows", sums[0]},
                    {"applied", sums[1]},
                    {"unchanged", sums[2]},
                    {"refused", sums[3]},
                    {"allow_rejects", member(&report, "tolerance")},
                    {"open_totals", open_totals}};
}

}  // namespace guanhu::api
