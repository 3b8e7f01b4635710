#include "appraisal/runs.h"

namespace guanhu::appraisal {

namespace {

constexpr store::Migration kSteps[] = {
    {1, "runs of schemes and the result of every holder",
     "CREATE TABLE runs ("
     "  run_id {serial},"
     "  scheme TEXT NOT NULL,"
     "  period TEXT NOT NULL,"
     "  known_at TEXT,"
     "  pack_hash TEXT NOT NULL,"
     "  engine TEXT NOT NULL,"
     "  run_hash TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'disputed', 'sealed')),"
     "  created_at TEXT NOT NULL,"
     "  summary TEXT NOT NULL,"  // JSON: sums and warnings
     "  UNIQUE (scheme, period, run_hash)"
     ");"
     "CREATE TABLE run_holders ("
     "  run_id {bigint} NOT NULL REFERENCES runs (run_id),"
     "  holder_id TEXT NOT NULL,"
     "  result TEXT NOT NULL,"  // JSON: as guanhu appraise --json gives it
     "  PRIMARY KEY (run_id, holder_id)"
     ");"}};

}  // namespace

std::span<const store::Migration> run_migrations() { return kSteps; }

int64_t save_run(store::Session& session, const Run& run, base::Clock& clock) {
  base::Json all = to_json(run);
  const std::string hash = *all.find("run_hash")->as_string();
  base::JsonObject summary = {{"sums", *all.find("sums")}, {"warnings", *all.find("warnings")}};
  int64_t id = 0;
  session.transaction([&] {
    auto known = session.query("SELECT run_id FROM runs WHERE scheme = ? AND period = ? AND run_hash = ?",
                               {run.scheme, run.period.str(), hash});
    if (!known.empty()) {
      id = known[0].integer(0);
      return;
    }
    session.exec(
        "INSERT INTO runs (scheme, period, known_at, pack_hash, engine, run_hash, state, created_at, summary)"
        " VALUES (?, ?, ?, ?, ?, ?, 'draft', ?, ?)",
        {run.scheme, run.period.str(), run.known_at ? store::Value(run.known_at->str()) : store::Value(),
         run.pack_hash, std::string(kEngineVersion), hash, clock.now().str(),
         base::Json(std::move(summary)).dump()});
    id = session.query("SELECT max(run_id) FROM runs").at(0).integer(0);
    for (const base::Json& holder : *all.find("holders")->as_array())
      session.exec("INSERT INTO run_holders (run_id, holder_id, result) VALUES (?, ?, ?)",
                   {id, *holder.find("id")->as_string(), holder.dump()});
  });
  return id;
}

}  // namespace guanhu::appraisal
