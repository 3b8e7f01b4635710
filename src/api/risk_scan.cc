#include "api/risk_scan.h"

#include "api/services.h"
#include "risk/findings.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

std::optional<ScanAsk> scan_ask(const Json& json) {
  const Json *period = json.find("period"), *kinds = json.find("kinds");
  if (!period || !period->as_string() || !kinds || !kinds->as_array()) return std::nullopt;
  auto wanted = base::Period::parse(*period->as_string());
  if (!wanted) return std::nullopt;
  ScanAsk out{*wanted, {}};
  for (const Json& one : *kinds->as_array()) {
    auto kind = one.as_string() ? risk::kind_of(*one.as_string()) : base::Result<risk::Kind>(base::Error{});
    if (!kind) return std::nullopt;
    out.kinds.push_back(*kind);
  }
  return out;
}

Jobs::WorkFunction work_of(Services& s, ScanAsk ask, std::string by) {
  return [&s, ask = std::move(ask), by = std::move(by)](JobRun& job) -> base::Result<Json> {
    job.progress(0, 2, "查找");
    auto pack = s.packs().get(kRiskPack);
    if (!pack) return pack.error();
    auto rules = risk::rules_of(**pack, ask.period.last());
    if (!rules) return rules.error();
    feed::Bank bank = s.bank().again();
    risk::ScanOptions how{
        .period = ask.period, .kinds = ask.kinds, .columns = bank.folder().columns(), .known_at = {}};
    // The search says what it does in English, for the command line; that it goes on is enough here.
    auto found = risk::scan(bank.warehouse(), *rules, how, [&](std::string_view) { job.progress(0, 2, "查找"); });
    if (!found) return found.error();
    job.progress(1, 2, "保存");
    auto store = s.store();
    auto kept =
        risk::keep(*store, *found, {by, s.clock().now(), [&](const std::string& subject, const Json& detail) {
                                      record(*store, by, "risk.scan", subject, detail, s.clock());
                                    }});
    return Json(JsonObject{{"period", ask.period.str()},
                           {"findings", found->findings.size()},
                           {"fresh", kept.fresh},
                           {"again", kept.again},
                           {"gone", kept.gone},
                           {"notes", JsonArray(found->notes.begin(), found->notes.end())}});
  };
}

base::Result<Job> queue_scan(Services& s, const ScanAsk& ask, const std::string& by) {
  JsonArray kinds;
  for (risk::Kind kind : ask.kinds) kinds.push_back(risk::word_of(kind));
  return s.jobs().add("scan", "查找可疑数字 " + ask.period.str(), by, work_of(s, ask, by),
                      JsonObject{{"period", ask.period.str()}, {"kinds", std::move(kinds)}});
}

}  // namespace guanhu::api
