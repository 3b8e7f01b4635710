#include "api/work.h"

#include <algorithm>

#include "api/export_work.h"
#include "api/imports.h"
#include "api/replay.h"
#include "api/risk_scan.h"
#include "api/services.h"
#include "api/todo_work.h"
#include "appraisal/runs.h"
#include "appraisal/under_way.h"
#include "base/json_member.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
namespace fs = std::filesystem;

namespace {

Json json_of(const ImportAsk& ask) {
  JsonArray feeds;
  for (const auto& feed : ask.feeds)
    feeds.push_back(JsonObject{{"path", feed.path.string()}, {"name", feed.name}});
  return JsonObject{{"feeds", std::move(feeds)},
                    {"allow_rejects", ask.allow_rejects ? Json(*ask.allow_rejects) : Json()},
                    {"upload", ask.upload.string()}};
}

Json json_of(const RunAsk& ask) {
  return JsonObject{{"scheme", ask.scheme},
                    {"period", ask.period.str()},
                    {"known_at", ask.known_at ? Json(ask.known_at->str()) : Json()}};
}

std::optional<ImportAsk> import_ask(const Json& json) {
  const Json* feeds = json.find("feeds");
  if (!feeds || !feeds->as_array()) return std::nullopt;
  ImportAsk out;
  for (const Json& feed : *feeds->as_array()) out.feeds.push_back({text_in(feed, "path"), text_in(feed, "name")});
  if (const Json* n = json.find("allow_rejects"); n && n->as_number())
    out.allow_rejects = n->as_number()->to_int64();
  out.upload = text_in(json, "upload");
  return out;
}

std::optional<RunAsk> run_ask(const Json& json) {
  auto period = base::Period::parse(text_in(json, "period"));
  if (!period) return std::nullopt;
  const std::string known_at = text_in(json, "known_at");
  return RunAsk{text_in(json, "scheme"), *period,
                known_at.empty() ? std::nullopt : base::Instant::parse(known_at)};
}

Jobs::WorkFunction work_of(Services& s, ImportAsk ask, std::string by) {
  return [&s, ask = std::move(ask), by = std::move(by)](JobRun& run) -> base::Result<Json> {
    struct Gone {
      const fs::path& upload;
      ~Gone() {
        std::error_code ignored;
        if (!upload.empty()) fs::remove_all(upload, ignored);
      }
    } gone{ask.upload};
    return import_feeds(s, ask.feeds, ask.allow_rejects, by, run);
  };
}

// As it was known at a moment: nobody else asks for it, so it is made beside the facts that readers share.
base::Result<appraisal::Run> run_known_at(Services& s, const SchemeName& name, const RunAsk& ask) {
  auto pack = s.packs().on(name.pack, ask.period.last());
  if (!pack) return pack.error();
  feed::Bank bank = s.bank().again();
  const std::string active = people::active_import("i", ask.known_at);
  auto last = warehouse::one_int(
      bank.warehouse(),
      "SELECT CAST(max(i.business_date) - DATE '1970-01-01' AS BIGINT) FROM imports i WHERE " + active);
  if (!last || base::Date(static_cast<int32_t>(*last)) < ask.period.first())
    return Error{"data.period", "期间 " + ask.period.str() + " 在 " + ask.known_at->str() + " 还没有数据",
                 "period", ""};
  auto scheme = policy::compile_scheme(**pack, name.scheme, ask.period.last());
  if (!scheme) return scheme.error();
  auto engine = measures::Engine::open(
      bank.warehouse(), {.columns = bank.folder().columns(), .known_at = ask.known_at, .teams = {}});
  if (!engine) return engine.error();
  auto directory = people::Directory::load(bank.warehouse(), ask.period.last(), ask.known_at);
  auto evaluation = appraisal::evaluate(
      *scheme, ask.period, **engine, directory, std::nullopt, {},
      appraisal::RecordedFacts::load(bank.store(), ask.known_at, appraisal::asks_grade(*scheme->scheme)));
  if (!evaluation) return evaluation.error();
  appraisal::Run out = appraisal::run_of(*evaluation, directory, ask.known_at);
  out.warnings = warnings_of(bank, ask.period, base::Date(static_cast<int32_t>(*last)));
  return out;
}

base::Result<appraisal::Run> run_now(Services& s, const SchemeName& name, const RunAsk& ask) {
  auto facts = s.facts();
  auto made = facts->appraised(name, ask.period);
  if (!made) return made.error();
  appraisal::Run out = (*made)->run;
  feed::Bank bank = s.bank().again();
  out.warnings = warnings_of(bank, ask.period, *facts->last_date);
  return out;
}

Jobs::WorkFunction work_of(Services& s, RunAsk ask, std::string by) {
  return [&s, ask = std::move(ask), by = std::move(by)](JobRun& job) -> base::Result<Json> {
    job.progress(0, 2, "计算");
    auto name = SchemeName::parse(ask.scheme);
    if (!name) return name.error();
    auto run = [&] {
      appraisal::UnderWay heard(
          [&](size_t done, size_t total, const std::string& what) { job.progress(done, total, "计算 " + what); });
      return ask.known_at ? run_known_at(s, *name, ask) : run_now(s, *name, ask);
    }();
    if (!run) return run.error();
    job.progress(1, 2, "保存");
    bool fresh = false;
    int64_t id = keep_run(*s.store(), *run, by, s.clock(), &fresh);
    return Json(JsonObject{{"run", id},
                           {"scheme", ask.scheme},
                           {"period", ask.period.str()},
                           {"run_hash", appraisal::run_hash(*run)},
                           {"holders", run->holders.size()},
                           {"new", fresh}});
  };
}

}  // namespace

base::Result<Job> queue_import(Services& s, const ImportAsk& ask, std::string title, const std::string& by) {
  return s.jobs().add("import", std::move(title), by, work_of(s, ask, by), json_of(ask));
}

base::Result<Job> queue_run(Services& s, const RunAsk& ask, const std::string& by) {
  return s.jobs().add("appraise", ask.scheme + " " + ask.period.str(), by, work_of(s, ask, by), json_of(ask));
}

base::Result<Jobs::WorkFunction> work_of(Services& s, const Job& job) {
  if (job.kind == "import")
    if (auto ask = import_ask(job.ask)) return work_of(s, std::move(*ask), job.by);
  if (job.kind == "appraise")
    if (auto ask = run_ask(job.ask)) return work_of(s, std::move(*ask), job.by);
  if (job.kind == "replay")
    if (auto ask = replay_ask(job.ask)) return work_of(s, *ask);
  if (job.kind == "todos")
    if (auto ask = todo_ask(job.ask)) return work_of(s, *ask, job.by);
  if (job.kind == "scan")
    if (auto ask = scan_ask(job.ask)) return work_of(s, std::move(*ask), job.by);
  if (job.kind == "export")
    if (auto id = export_of_ask(job.ask)) return work_of_export(s, *id);
  return Error{"job.record", "任务的记录无法识别, 请重新发起", "", ""};
}

void sweep_uploads(Services& s) {
  std::vector<fs::path> wanted;
  for (const Job& job : s.jobs().all())
    if (!job.ended) wanted.push_back(text_in(job.ask, "upload"));
  std::error_code error;
  std::vector<fs::path> unwanted;
  for (const auto& entry : fs::directory_iterator(s.bank().folder().uploads(), error))
    if (std::find(wanted.begin(), wanted.end(), entry.path()) == wanted.end()) unwanted.push_back(entry.path());
  for (const auto& path : unwanted) fs::remove_all(path, error);
}

std::string topic_of(const Job& job) {
  if (job.kind == "import") return "imports";
  if (job.kind == "appraise" && !job.ask.is_null()) return "runs";
  return "job:" + job.by;
}

int64_t keep_run(store::Session& session, const appraisal::Run& run, const std::string& actor, base::Clock& clock,
                 bool* fresh) {
  return appraisal::save_run(session, run, clock, [&](int64_t id, bool first) {
    if (fresh) *fresh = first;
    record(session, actor, "run.make", "run " + std::to_string(id),
           JsonObject{{"scheme", run.scheme},
                      {"period", run.period.str()},
                      {"known_at", run.known_at ? Json(run.known_at->str()) : Json()},
                      {"pack_hash", run.pack_hash},
                      {"run_hash", appraisal::run_hash(run)},
                      {"new", first}},
           clock);
  });
}

std::vector<std::string> warnings_of(feed::Bank& bank, const base::Period& period, base::Date reached) {
  std::vector<std::string> out;
  if (reached < period.last())
    out.push_back("期间 " + period.str() + " 尚未结束: 只导入到 " + reached.str() + ", 其后各日按该日余额计");
  for (auto& open : bank.open_totals()) out.push_back(std::move(open));
  return out;
}

}  // namespace guanhu::api
