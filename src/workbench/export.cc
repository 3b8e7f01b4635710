#include "workbench/export.h"

#include "workbench/plan_period.h"

namespace guanhu::workbench {

using base::Date;
using base::Json;

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "exports and schedules of reports",
     "CREATE TABLE exports ("
     "  export_id {serial},"
     "  login TEXT NOT NULL, person TEXT NOT NULL, org TEXT NOT NULL,"
     "  title TEXT NOT NULL, source TEXT NOT NULL, format TEXT NOT NULL CHECK (format IN ('xlsx', 'csv')),"
     "  view_id {bigint} NOT NULL, view_version {bigint} NOT NULL,"
     "  spec TEXT NOT NULL, said TEXT NOT NULL,"  // spec: JSON
     "  state TEXT NOT NULL CHECK (state IN"
     "    ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted', 'expired')),"
     "  job {bigint} NOT NULL,"
     "  row_count {bigint} NOT NULL, byte_count {bigint} NOT NULL, digest TEXT NOT NULL,"
     "  totals TEXT NOT NULL, business_date TEXT NOT NULL, reach TEXT NOT NULL,"
     "  made_at TEXT NOT NULL, ended_at TEXT NOT NULL, expires_on TEXT NOT NULL, message TEXT NOT NULL,"
     "  scheduled {bigint} NOT NULL, taken {bigint} NOT NULL"
     ");"
     "CREATE INDEX exports_of ON exports (login, export_id);"
     "CREATE INDEX exports_in ON exports (state, expires_on);"
     "CREATE TABLE export_schedules ("
     "  view_id {bigint} NOT NULL, period TEXT NOT NULL,"
     "  export_id {bigint} NOT NULL, at TEXT NOT NULL,"
     "  PRIMARY KEY (view_id, period)"
     ");"}};

constexpr const char* kColumns =
    "export_id, login, person, org, title, source, format, view_id, view_version, spec, said, state, job, "
    "row_count, "
    "byte_count, digest, totals, business_date, reach, made_at, ended_at, expires_on, message, scheduled, taken";

Json json_in(const std::string& text) {
  auto parsed = Json::parse(text);
  return parsed.ok() ? *parsed : Json();
}

Export read(const store::Row& r) {
  Export out;
  out.id = r.integer(0), out.login = r.text(1), out.person = r.text(2), out.org = r.text(3), out.title = r.text(4);
  out.source = r.text(5), out.format = r.text(6), out.view = r.integer(7), out.view_version = r.integer(8);
  out.spec = json_in(r.text(9)), out.said = r.text(10), out.state = r.text(11), out.job = r.integer(12);
  out.rows = r.integer(13), out.bytes = r.integer(14), out.digest = r.text(15), out.totals = json_in(r.text(16));
  out.business_date = r.text(17), out.reach = json_in(r.text(18)), out.made_at = r.text(19),
  out.ended_at = r.text(20);
  out.expires_on = r.text(21), out.message = r.text(22), out.scheduled = r.integer(23) != 0,
  out.taken = r.integer(24);
  return out;
}

std::vector<Export> read_all(const std::vector<store::Row>& rows) {
  std::vector<Export> out;
  for (const auto& row : rows) out.push_back(read(row));
  return out;
}

}  // namespace

std::span<const store::Migration> query_migrations() { return kMigrations; }

int64_t add_export(store::Session& session, const Export& of) {
  return session
      .query(
          "INSERT INTO exports (login, person, org, title, source, format, view_id, view_version, spec, said, "
          "state, "
          "job, row_count, byte_count, digest, totals, business_date, reach, made_at, ended_at, expires_on, "
          "message, "
          "scheduled, taken) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, '', 'null', ?, ?, ?, '', '', '', "
          "?, 0) "
          "RETURNING export_id",
          {of.login, of.person, of.org, of.title, of.source, of.format, of.view, of.view_version, of.spec.dump(),
           of.said, of.state, of.business_date, of.reach.dump(), of.made_at, int64_t{of.scheduled}})[0]
      .integer(0);
}

void keep_export(store::Session& session, const Export& of) {
  session.exec(
      "UPDATE exports SET state = ?, job = ?, row_count = ?, byte_count = ?, digest = ?, totals = ?, "
      "business_date = ?, "
      "reach = ?, ended_at = ?, expires_on = ?, message = ?, taken = ? WHERE export_id = ?",
      {of.state, of.job, of.rows, of.bytes, of.digest, of.totals.dump(), of.business_date, of.reach.dump(),
       of.ended_at, of.expires_on, of.message, of.taken, of.id});
}

std::vector<Export> exports(store::Session& session, const std::string& login) {
  const std::string sql = std::string("SELECT ") + kColumns + " FROM exports";
  const std::string order = " ORDER BY export_id DESC LIMIT 1000";
  return read_all(login.empty() ? session.query(sql + order)
                                : session.query(sql + " WHERE login = ?" + order, {login}));
}

std::optional<Export> export_of(store::Session& session, int64_t id) {
  const auto rows = session.query(std::string("SELECT ") + kColumns + " FROM exports WHERE export_id = ?", {id});
  return rows.empty() ? std::nullopt : std::optional(read(rows[0]));
}

std::vector<Export> exports_in(store::Session& session, const std::string& state) {
  return read_all(session.query(
      std::string("SELECT ") + kColumns + " FROM exports WHERE state = ? ORDER BY export_id", {state}));
}

std::string schedule_key(const std::string& every, Date business_date, const BusinessCalendar& calendar) {
  if (every == "day") return business_date.str();
  auto due = [&](Date last) { return calendar.on_or_before(last) <= business_date; };
  if (every == "week") {
    const Date sunday = business_date + (7 - business_date.weekday());
    const Date in = due(sunday) ? business_date : business_date - 7;
    return PlanPeriod::containing(PlanKind::week, in).str();
  }
  Date month = *Date::from_ymd(business_date.year(), business_date.month(), 1);
  if (!due(month.add_months(1) - 1)) month = month.add_months(-1);
  return month.str().substr(0, 7);
}

bool take_schedule(store::Session& session, int64_t view, const std::string& key, int64_t export_id,
                   const base::Instant& at) {
  return session.exec(
             "INSERT INTO export_schedules (view_id, period, export_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO "
             "NOTHING",
             {view, key, export_id, at.str()}) == 1;
}

void set_schedule_export(store::Session& session, int64_t view, const std::string& key, int64_t export_id) {
  session.exec("UPDATE export_schedules SET export_id = ? WHERE view_id = ? AND period = ?",
               {export_id, view, key});
}

}  // namespace guanhu::workbench
