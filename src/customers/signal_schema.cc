// The tables of what other systems sent, and their rows as they are read.
#include "customers/signal.h"

namespace guanhu::customers {

using base::Date;
using base::Json;
using store::Value;

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "rows of other systems of the bank, what batches changed, tellers and outlets to be checked",
     "CREATE TABLE signals ("
     "  signal_id {serial},"
     "  system TEXT NOT NULL, key TEXT NOT NULL,"
     "  does TEXT NOT NULL,"  // what is done with rows of the system, in the pack's words
     "  customer TEXT NOT NULL, org TEXT NOT NULL, staff TEXT NOT NULL, day TEXT, level TEXT NOT NULL,"
     "  data TEXT NOT NULL,"  // JSON: column -> text; what is personal is sealed
     "  state TEXT NOT NULL CHECK (state IN ('open', 'done', 'kept')),"
     "  keeper TEXT NOT NULL, received TEXT NOT NULL, due TEXT, first {bigint} NOT NULL,"
     "  batch {bigint} NOT NULL,"
     "  finding TEXT NOT NULL, done_at TEXT NOT NULL, done_by TEXT NOT NULL"
     ");"
     "CREATE UNIQUE INDEX signals_once ON signals (system, key);"
     "CREATE INDEX signals_of ON signals (customer, system);"
     "CREATE INDEX signals_open ON signals (state, does);"
     "CREATE INDEX signals_does ON signals (does, org);"
     "CREATE TABLE signal_changes ("
     "  batch {bigint} NOT NULL, signal {bigint} NOT NULL,"
     "  before TEXT NOT NULL,"  // JSON of the row, '' when it was new
     "  before_batch {bigint} NOT NULL,"
     "  PRIMARY KEY (batch, signal)"
     ");"
     "CREATE TABLE signal_targets ("
     "  target_id {serial},"
     "  kind TEXT NOT NULL CHECK (kind IN ('staff', 'org')), object TEXT NOT NULL, org TEXT NOT NULL,"
     "  events {bigint} NOT NULL, upto {bigint} NOT NULL, listed TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('open', 'done')),"
     "  finding TEXT NOT NULL, done_at TEXT NOT NULL, done_by TEXT NOT NULL"
     ");"
     "CREATE UNIQUE INDEX signal_targets_open ON signal_targets (kind, object) WHERE state = 'open';"}};

constexpr const char* kColumns =
    "SELECT signal_id, system, key, customer, org, staff, day, level, data, state, keeper, received, due, first,"
    " batch, finding, done_at, done_by FROM signals";

std::optional<Date> day_at(const store::Row& row, size_t column) {
  auto text = row.maybe_text(column);
  return text ? Date::parse(*text) : std::nullopt;
}

Signal signal_of(const store::Row& row) {
  Signal out;
  out.id = row.integer(0), out.system = row.text(1), out.key = row.text(2), out.customer = row.text(3);
  out.org = row.text(4), out.staff = row.text(5), out.day = day_at(row, 6), out.level = row.text(7);
  auto data = Json::parse(row.text(8));
  if (!data.ok()) throw base::Broken("signal " + std::to_string(out.id) + " is no JSON");
  out.data = std::move(*data), out.state = row.text(9), out.keeper = row.text(10);
  out.received = Date::parse(row.text(11)).value_or(Date()), out.due = day_at(row, 12);
  out.first = row.integer(13) != 0, out.batch = row.integer(14), out.finding = row.text(15);
  out.done_at = row.text(16), out.done_by = row.text(17);
  return out;
}

}  // namespace

std::span<const store::Migration> signal_migrations() { return kMigrations; }

std::string Signal::value(const std::string& column) const {
  const Json* found = data.find(column);
  return found && found->as_string() ? *found->as_string() : "";
}

std::vector<Signal> signals(store::Session& session, const SignalFilter& filter) {
  std::string where;
  std::vector<Value> values;
  auto add = [&](const char* column, const std::string& value) {
    if (value.empty()) return;
    where += (where.empty() ? " WHERE " : " AND ") + std::string(column) + " = ?";
    values.emplace_back(value);
  };
  add("system", filter.system), add("does", filter.does), add("state", filter.state);
  if (!filter.customers.empty()) {
    std::string marks;
    for (const auto& one : filter.customers) marks += marks.empty() ? "?" : ", ?", values.emplace_back(one);
    where += (where.empty() ? " WHERE customer IN (" : " AND customer IN (") + marks + ")";
  }
  std::vector<Signal> out;
  const std::string sql =
      kColumns + where + " ORDER BY received DESC, signal_id DESC LIMIT " + std::to_string(filter.limit);
  for (const auto& row : session.query(sql, std::span<const Value>(values))) out.push_back(signal_of(row));
  return out;
}

base::Result<Signal> signal(store::Session& session, int64_t id) {
  auto rows = session.query(std::string(kColumns) + " WHERE signal_id = ?", {Value(id)});
  if (rows.empty()) return base::Error{"signal.unknown", "没有这一条数据", std::to_string(id), "刷新后再看"};
  return signal_of(rows[0]);
}

Approvals approvals_of(store::Session& session, const std::vector<std::string>& numbers, Date on) {
  Approvals out;
  std::optional<Date> latest;
  for (const Signal& one : signals(session, {.does = kApprovals, .customers = numbers})) {
    const auto begun = one.day;
    // An approval that is yet to begin says nothing today.
    if (!begun || *begun > on) continue;
    auto ends = Date::parse(one.value("until"));
    if (auto early = Date::parse(one.value("ended")); early && (!ends || *early < *ends)) ends = early;
    if (!out.begun || *begun < *out.begun) out.begun = begun, out.first = one.org;
    // Its last day is still a day in force.
    if (!ends || *ends >= on) {
      if (!latest || *begun > *latest) latest = begun, out.now = one.org;
    } else if (!out.lapsed || *ends > *out.lapsed) {
      out.lapsed = ends;
    }
    out.any = true;
  }
  if (latest) out.lapsed.reset();
  return out;
}

std::map<std::string, std::string> reminder_values(store::Session& session, const std::string& column) {
  std::map<std::string, std::string> out;
  for (const auto& row : session.query("SELECT customer, data FROM signals WHERE does = ? ORDER BY signal_id",
                                       {Value(std::string(kReminders))})) {
    auto data = Json::parse(row.text(1));
    const Json* found = data.ok() ? data->find(column) : nullptr;
    if (found && found->as_string() && !found->as_string()->empty()) out[row.text(0)] = *found->as_string();
  }
  return out;
}

}  // namespace guanhu::customers
