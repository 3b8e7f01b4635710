#include "appraisal/simulate_store.h"

#include "appraisal/simulate_result.h"

namespace guanhu::appraisal {

using base::Error;
using base::Json;
using base::JsonObject;

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE simulations ("
    "  simulation_id {serial},"
    "  title TEXT NOT NULL, note TEXT NOT NULL,"
    "  scheme TEXT NOT NULL, period TEXT NOT NULL,"
    "  base_kind TEXT NOT NULL CHECK (base_kind IN ('sealed', 'published', 'disputed', 'draft', 'computed')),"
    "  base_run {bigint} REFERENCES runs (run_id),"  // none: computed
    "  base_hash TEXT NOT NULL,"
    "  known_at TEXT NOT NULL,"
    "  engine TEXT NOT NULL,"
    "  pack_hash TEXT NOT NULL,"  // its files stand in run_packs
    "  pay_pack_hash TEXT,"
    "  hash TEXT NOT NULL,"
    "  ask TEXT NOT NULL,"      // JSON: what was changed
    "  summary TEXT NOT NULL,"  // JSON
    "  holders {bigint} NOT NULL,"
    "  made_at TEXT NOT NULL, made_by TEXT NOT NULL,"
    "  shared_at TEXT, withdrawn_at TEXT"
    ");"
    "CREATE INDEX simulations_of ON simulations (scheme, period, simulation_id);"
    "CREATE TABLE simulation_holders ("
    "  simulation_id {bigint} NOT NULL REFERENCES simulations (simulation_id),"
    "  holder_id TEXT NOT NULL,"
    "  result TEXT NOT NULL,"  // JSON
    "  PRIMARY KEY (simulation_id, holder_id)"
    ");";

constexpr std::string_view kSqliteGuards =
    "CREATE TRIGGER simulations_update BEFORE UPDATE ON simulations WHEN NEW.hash <> OLD.hash OR NEW.ask <> "
    "OLD.ask"
    " OR NEW.summary <> OLD.summary OR NEW.made_by <> OLD.made_by OR NEW.pack_hash <> OLD.pack_hash"
    " BEGIN SELECT RAISE(ABORT, 'a kept simulation never changes'); END;"
    "CREATE TRIGGER simulations_delete BEFORE DELETE ON simulations"
    " BEGIN SELECT RAISE(ABORT, 'a kept simulation is not removed'); END;"
    "CREATE TRIGGER simulation_holders_update BEFORE UPDATE ON simulation_holders"
    " BEGIN SELECT RAISE(ABORT, 'a kept simulation never changes'); END;"
    "CREATE TRIGGER simulation_holders_delete BEFORE DELETE ON simulation_holders"
    " BEGIN SELECT RAISE(ABORT, 'a kept simulation is not removed'); END;";

constexpr std::string_view kPostgresGuards =
    "CREATE FUNCTION simulations_never() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION '%', TG_ARGV[0]; END $$;"
    "CREATE TRIGGER simulations_update BEFORE UPDATE ON simulations FOR EACH ROW"
    " WHEN (NEW.hash <> OLD.hash OR NEW.ask <> OLD.ask OR NEW.summary <> OLD.summary OR NEW.made_by <> OLD.made_by"
    " OR NEW.pack_hash <> OLD.pack_hash)"
    " EXECUTE FUNCTION simulations_never('a kept simulation never changes');"
    "CREATE TRIGGER simulations_delete BEFORE DELETE ON simulations FOR EACH ROW"
    " EXECUTE FUNCTION simulations_never('a kept simulation is not removed');"
    "CREATE TRIGGER simulation_holders_change BEFORE UPDATE OR DELETE ON simulation_holders FOR EACH ROW"
    " EXECUTE FUNCTION simulations_never('a kept simulation never changes');";

constexpr store::Migration kSteps[] = {{1, "simulations that are kept", kTables},
                                       {2, "a kept simulation never changes", "", kSqliteGuards, kPostgresGuards}};

constexpr size_t kLongestTitle = 400;  // bytes

KeptSimulation read(const store::Row& row) {
  KeptSimulation out;
  out.id = row.integer(0);
  out.title = row.text(1), out.note = row.text(2), out.scheme = row.text(3), out.period = row.text(4);
  out.base_kind = row.text(5);
  out.base_run = row.maybe_integer(6).value_or(0);
  out.base_hash = row.text(7), out.known_at = row.text(8), out.engine = row.text(9), out.pack_hash = row.text(10);
  out.pay_pack_hash = row.maybe_text(11).value_or(""), out.hash = row.text(12);
  out.ask = Json::parse(row.text(13)).value(), out.summary = Json::parse(row.text(14)).value();
  out.holders = row.integer(15), out.made_at = row.text(16), out.made_by = row.text(17);
  out.shared_at = row.maybe_text(18).value_or(""), out.withdrawn_at = row.maybe_text(19).value_or("");
  return out;
}

store::Value maybe(const std::string& text) { return text.empty() ? store::Value() : store::Value(text); }

Json audit_of(const KeptSimulation& kept) {
  return JsonObject{{"simulation", kept.id},
                    {"title", kept.title},
                    {"scheme", kept.scheme},
                    {"period", kept.period},
                    {"base", kept.base_run ? Json(kept.base_run) : Json()},
                    {"hash", kept.hash},
                    {"pack_hash", kept.pack_hash}};
}

// A change of its own record by its maker.
base::Result<KeptSimulation> step(store::Session& session, int64_t id, const char* action, const std::string& sql,
                                  const std::vector<store::Value>& values, const PeopleDoing& doing) {
  std::optional<Error> refused;
  session.transaction([&] {
    auto found = kept_simulations(session, id);
    if (found.empty()) return void(refused = Error{"simulate.unknown", "没有这一次测算", "id", ""});
    if (found[0].made_by != doing.actor)
      return void(refused = Error{"simulate.maker", "这次测算是 " + found[0].made_by + " 做的，由本人决定给谁看",
                                  "id", ""});
    if (!found[0].withdrawn_at.empty())
      return void(refused = Error{"simulate.withdrawn", "这次测算已经收起", "id", "需要时重新测算"});
    session.exec(sql, values);
    doing.tell(action, "simulation " + std::to_string(id), audit_of(found[0]));
  });
  if (refused) return *refused;
  return kept_simulations(session, id).at(0);
}

bool blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

int64_t insert(store::Session& session, const Simulation& s, const Json& summary, const std::string& title,
               const std::string& note, const PeopleDoing& doing) {
  session.exec(
      "INSERT INTO simulations (title, note, scheme, period, base_kind, base_run, base_hash, known_at, engine,"
      " pack_hash, pay_pack_hash, hash, ask, summary, holders, made_at, made_by)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {title, note, s.ask.scheme, s.ask.period, s.base.kind,
       s.base.run ? store::Value(s.base.run) : store::Value(), s.base.run_hash, s.base.known_at.value().str(),
       std::string(kEngineVersion), s.pack.pack->hash,
       s.pay_pack ? store::Value(s.pay_pack->pack->hash) : store::Value(), *summary.find("hash")->as_string(),
       to_json(s.ask).dump(), summary.dump(), static_cast<int64_t>(s.holders.size()), doing.at.str(),
       doing.actor});
  return session.query("SELECT max(simulation_id) FROM simulations").at(0).integer(0);
}

}  // namespace

std::span<const store::Migration> simulation_migrations() { return kSteps; }

base::Result<int64_t> keep_simulation(store::Session& session, const Simulation& s, const std::string& title,
                                      const std::string& note, const PeopleDoing& doing) {
  if (blank(title) || title.size() > kLongestTitle)
    return Error{"simulate.title", blank(title) ? "没有写这次测算叫什么" : "名称太长", "title",
                 "一句话，例如“组织资金权重提到五成”"};
  const Json summary = summary_json(s);
  int64_t id = 0;
  session.transaction([&] {
    auto there = session.query(
        "SELECT simulation_id FROM simulations WHERE hash = ? AND ask = ? AND made_by = ? AND title = ?"
        " AND withdrawn_at IS NULL",
        {*summary.find("hash")->as_string(), to_json(s.ask).dump(), doing.actor, title});
    if (!there.empty()) return void(id = there[0].integer(0));
    id = insert(session, s, summary, title, note, doing);
    for (const SimulatedHolder& one : s.holders)
      session.exec("INSERT INTO simulation_holders (simulation_id, holder_id, result) VALUES (?, ?, ?)",
                   {id, one.id, holder_json(one).dump()});
    keep_pack(session, s.pack.pack->hash, s.pack);
    for (const auto* pay : {&s.pay_pack, &s.pay_base})
      if (*pay) keep_pack(session, (*pay)->pack->hash, **pay);
    doing.tell("simulation.make", "simulation " + std::to_string(id),
               audit_of(kept_simulations(session, id).at(0)));
  });
  return id;
}

std::vector<KeptSimulation> kept_simulations(store::Session& session, int64_t id) {
  std::vector<KeptSimulation> out;
  const std::string sql =
      "SELECT simulation_id, title, note, scheme, period, base_kind, base_run, base_hash, known_at, engine, "
      "pack_hash,"
      " pay_pack_hash, hash, ask, summary, holders, made_at, made_by, shared_at, withdrawn_at FROM simulations";
  auto rows = id ? session.query(sql + " WHERE simulation_id = ?", {id})
                 : session.query(sql + " WHERE withdrawn_at IS NULL ORDER BY simulation_id DESC");
  for (const auto& row : rows) out.push_back(read(row));
  return out;
}

std::vector<Json> kept_simulation_holders(store::Session& session, int64_t id) {
  std::vector<Json> out;
  for (const auto& row :
       session.query("SELECT result FROM simulation_holders WHERE simulation_id = ? ORDER BY holder_id", {id}))
    out.push_back(Json::parse(row.text(0)).value());
  return out;
}

base::Result<KeptSimulation> share_simulation(store::Session& session, int64_t id, bool shared,
                                              const PeopleDoing& doing) {
  return step(session, id, shared ? "simulation.share" : "simulation.unshare",
              "UPDATE simulations SET shared_at = ? WHERE simulation_id = ?",
              {shared ? maybe(doing.at.str()) : store::Value(), id}, doing);
}

base::Result<KeptSimulation> withdraw_simulation(store::Session& session, int64_t id, const PeopleDoing& doing) {
  return step(session, id, "simulation.withdraw",
              "UPDATE simulations SET withdrawn_at = ?, shared_at = NULL WHERE simulation_id = ?",
              {doing.at.str(), id}, doing);
}

SimulationPlace place_of(const KeptSimulation& kept) {
  SimulationPlace out{kept.scheme, kept.period, kept.base_run, {}};
  if (!kept.base_run) out.known_at = base::Instant::parse(kept.known_at);
  return out;
}

base::Result<RemadeSimulation> remake_simulation(Simulator& simulator, const Desk& desk,
                                                 const KeptSimulation& kept) {
  auto ask = simulation_ask(kept.ask);
  if (!ask) throw base::Broken("simulation " + std::to_string(kept.id) + ": " + ask.error().text());
  auto pack = pack_of_run(desk, kept.scheme, kept.pack_hash);
  if (!pack) return pack.error();
  std::optional<RunPack> pay;
  if (ask->pay) {
    auto found = pack_of_run(desk, ask->pay->pack + "/", kept.pay_pack_hash);
    if (!found) return found.error();
    pay = std::move(*found);
  }
  auto made = simulator.simulate_with(*ask, std::move(*pack), std::move(pay));
  if (!made) return made.error();
  const bool same = made->hash() == kept.hash;
  return RemadeSimulation{std::move(*made), same};
}

}  // namespace guanhu::appraisal
