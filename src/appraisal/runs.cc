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

// KPI-626: figures with values, scores, totals by holder, the period and when they were worked out stay as rows of
// the run; every report is made of them.
int64_t save_run(store::Session& session, const Run& run, base::Clock& clock,
                 const std::function<void(int64_t id, bool fresh)>& also) {
  base::Json all = to_json(run);
  const std::string hash = *all.find("run_hash")->as_string();
  base::JsonObject summary = {{"sums", *all.find("sums")}, {"warnings", *all.find("warnings")}};
  int64_t id = 0;
  session.transaction([&] {
    auto known = session.query("SELECT run_id FROM runs WHERE scheme = ? AND period = ? AND run_hash = ?",
                               {run.scheme, run.period.str(), hash});
    if (!known.empty()) {
      id = known[0].integer(0);
      if (also) also(id, false);
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
    if (also) also(id, true);
  });
  return id;
}

std::vector<KeptRun> kept_runs(store::Session& session, std::optional<int64_t> id) {
  const std::string sql =
      "SELECT r.run_id, r.scheme, r.period, r.known_at, r.pack_hash, r.engine, r.run_hash, r.state, r.created_at,"
      " r.summary, (SELECT count(*) FROM run_holders h WHERE h.run_id = r.run_id) FROM runs r";
  auto rows =
      id ? session.query(sql + " WHERE r.run_id = ?", {*id}) : session.query(sql + " ORDER BY r.run_id DESC");
  std::vector<KeptRun> out;
  for (const store::Row& row : rows) {
    auto summary = base::Json::parse(row.text(9));
    out.push_back({row.integer(0), row.text(1), row.text(2), row.maybe_text(3), row.text(4), row.text(5),
                   row.text(6), row.text(7), row.text(8), row.integer(10),
                   summary ? std::move(*summary) : base::Json(base::JsonObject{})});
  }
  return out;
}

}  // namespace guanhu::appraisal
