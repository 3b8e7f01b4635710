// Appraisals that are kept: which were made, and making one. What the figures are stands in /scores and /ranking.
#include <map>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/work.h"
#include "appraisal/runs.h"
#include "base/json_member.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

// Who made each run first: the audit chain knows.
std::map<std::string, std::string> makers(store::Session& store) {
  std::map<std::string, std::string> out;
  for (const auto& row :
       store.query("SELECT subject, actor FROM audit_log WHERE action = 'run.make' ORDER BY sequence"))
    out.emplace(row.text(0), row.text(1));
  return out;
}

std::string title_of(Packs& packs, const std::string& scheme) {
  auto name = SchemeName::parse(scheme);
  if (!name) return "";
  auto pack = packs.get(name->pack);
  const policy::Scheme* found = pack ? (*pack)->scheme(name->scheme) : nullptr;
  return found ? found->title : "";
}

// What is told of organisations, staff and lines of the ledger in codes, told in names.
std::string in_names(const std::string& text, const people::Directory& directory) {
  static const std::map<std::string, std::string> kLedger = {{"deposits", "存款"},
                                                             {"loans", "贷款"},
                                                             {"bad_loans", "不良贷款"},
                                                             {"interest_received", "利息收入"},
                                                             {"fee_income", "中间业务收入"}};
  auto part_of_code = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && part_of_code(text[end])) ++end;
    if (end == at) {
      out += text[at++];
      continue;
    }
    const std::string code = text.substr(at, end - at);
    const people::Org* org = directory.org(code);
    const people::Staff* person = org ? nullptr : directory.person(code);
    auto line = kLedger.find(code);
    out += org ? org->name : person ? person->name : line != kLedger.end() ? line->second : code;
    at = end;
  }
  return out;
}

JsonObject run_json(const appraisal::KeptRun& run, const std::map<std::string, std::string>& by, Packs& packs,
                    Json warnings) {
  auto maker = by.find("run " + std::to_string(run.id));
  return {{"id", run.id},
          {"scheme", run.scheme},
          {"title", title_of(packs, run.scheme)},
          {"period", run.period},
          {"known_at", run.known_at ? Json(*run.known_at) : Json()},
          {"pack_hash", run.pack_hash},
          {"engine", run.engine},
          {"run_hash", run.run_hash},
          {"state", run.state},
          {"created_at", run.created_at},
          {"by", maker == by.end() ? Json() : Json(maker->second)},
          {"holders", run.holders},
          {"warnings", std::move(warnings)}};
}

Outcome list_runs(Services& s, const Call&) {
  auto store = s.store();
  auto by = makers(*store);
  std::vector<Json> items;
  for (const auto& run : appraisal::kept_runs(*store))
    items.push_back(run_json(run, by, s.packs(), list_in(run.summary, "warnings").size()));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome show_run(Services& s, const Call& call) {
  const std::string& text = call.part("id");
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != text.npos) return not_found();
  auto store = s.store();
  auto found = appraisal::kept_runs(*store, std::stoll(text));
  if (found.empty()) return not_found();
  const auto& run = found.front();
  JsonArray warnings;
  auto facts = s.facts();
  for (const Json& one : list_in(run.summary, "warnings"))
    warnings.push_back(one.as_string() ? Json(in_names(*one.as_string(), facts->directory)) : one);
  JsonObject out = run_json(run, makers(*store), s.packs(), std::move(warnings));
  out.emplace_back("sums", list_in(run.summary, "sums"));
  return Answer{std::move(out)};
}

Outcome make_run(Services& s, const Call& call) {
  std::vector<Misfit> wrong;
  auto name = SchemeName::parse(call.text("scheme"));
  if (!name) wrong.push_back({"/scheme", name.error().message + ", " + name.error().hint});
  auto period = base::Period::parse(call.text("period"));
  if (!period) wrong.push_back({"/period", "不是考核期间, 写成 2025、2025H2、2025Q4 或 2025-12"});
  if (!wrong.empty()) return Refusal{400, base::Error{"request.body", "", "", ""}, std::move(wrong)};
  RunAsk ask{name->str(), *period, std::nullopt};
  if (const Json* at = call.body.find("known_at"); at && at->as_string())
    ask.known_at = base::Instant::parse(*at->as_string());
  // What can be refused at once is: a job that fails a second later helps nobody.
  auto pack = s.packs().on(name->pack, period->last());
  if (!pack) return refusal_of(pack.error());
  if (!(*pack)->scheme(name->scheme))
    return refusal_of({"scheme.unknown", "没有考核方案 " + name->str(), "scheme", ""});
  auto facts = s.facts();
  if (!facts->has_data(*period))
    return refusal_of({"data.period", "期间 " + period->str() + " 还没有数据", "period", ""});
  auto job = queue_run(s, ask, call.login().login);
  if (!job) return refusal_of(job.error());
  return Answer{job->json()};
}

}  // namespace

Table run_endpoints() {
  SchemaRef ask = optional(
      object({{"scheme", described(text(200), "PACK/SCHEME, as /overview lists them")},
              {"period", described(text(10), "2025, 2025H2, 2025Q4 or 2025-12")},
              {"known_at", described(nullable(moment()), "as it was known then; else as it is known now")}}),
      {"known_at"});
  return {{.method = "GET",
           .path = "/runs",
           .summary = "appraisals that are kept, newest first",
           .permission = people::Permission::run_read,
           .parameters = {{"scheme", text(200), false, "PACK/SCHEME", "scheme"},
                          {"period", text(10), false, "", "period"},
                          {"state", choice({"draft", "published", "disputed", "sealed"}), false, "", "state"}},
           .output = list_of("Run"),
           .handler = list_runs,
           .list = true,
           .searched = {"title", "scheme", "by"}},
          {.method = "GET",
           .path = "/runs/{id}",
           .summary = "one run: that its parts add up, what readers must know",
           .permission = people::Permission::run_read,
           .output = ref("RunDetail"),
           .handler = show_run},
          {.method = "POST",
           .path = "/runs",
           .summary = "appraises a scheme for a period and keeps the run, as guanhu appraise does",
           .permission = people::Permission::run_make,
           .input = ask,
           .output = ref("Job"),
           .handler = make_run,
           .status = 202}};
}

}  // namespace guanhu::api
