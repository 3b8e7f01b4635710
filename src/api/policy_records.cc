// Versions and recorded decisions, as they go over the wire.
#include "api/policy_reading.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json maybe(const std::string& text) { return text.empty() ? Json() : Json(text); }

}  // namespace

JsonObject version_json(const policy::PolicyVersion& v) {
  return {{"id", v.id},
          {"pack", v.pack},
          {"title", v.title},
          {"version", v.version},
          {"hash", v.hash},
          {"state", v.state},
          {"note", v.note},
          {"problems", v.problems},
          {"cases", v.cases},
          {"failed", v.failed},
          {"drafted_at", v.drafted_at},
          {"drafted_by", v.drafted_by},
          {"approved_at", maybe(v.approved_at)},
          {"approved_by", maybe(v.approved_by)},
          {"activated_at", maybe(v.activated_at)},
          {"activated_by", maybe(v.activated_by)},
          {"active_from", v.active_from ? Json(v.active_from->str()) : Json()}};
}

Json version_whole_json(const policy::PolicyVersion& v) {
  JsonObject out = version_json(v);
  out.emplace_back("findings", JsonArray(v.findings.begin(), v.findings.end()));
  return out;
}

Json recorded_json(const policy::RecordedDecision& one) {
  const Json *result = one.answer.find("result"), *cites = one.answer.find("cites"),
             *error = one.answer.find("error");
  return JsonObject{{"id", one.id},
                    {"asked_at", one.asked_at},
                    {"asked_by", one.asked_by},
                    {"on", one.on.str()},
                    {"pack", one.pack},
                    {"decision", one.decision},
                    {"pack_hash", one.pack_hash},
                    {"input", one.input},
                    {"result", result ? *result : Json()},
                    {"cites", cites ? *cites : Json(JsonArray{})},
                    {"error", error ? *error : Json()}};
}

}  // namespace guanhu::api
