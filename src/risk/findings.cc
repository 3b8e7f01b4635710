#include "risk/findings.h"

#include <algorithm>
#include <map>
#include <set>

namespace guanhu::risk {

namespace {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr store::Migration kSteps[] = {
    {1, "scans for findings, findings, decisions about them",
     "CREATE TABLE risk_scans ("
     "  period TEXT NOT NULL,"
     "  kind TEXT NOT NULL,"
     "  scanned_at TEXT NOT NULL,"
     "  scanned_by TEXT NOT NULL,"
     "  pack TEXT NOT NULL,"
     "  pack_hash TEXT NOT NULL,"
     "  known TEXT NOT NULL,"
     "  reached TEXT NOT NULL,"
     "  findings {bigint} NOT NULL,"
     "  notes TEXT NOT NULL,"  // JSON
     "  PRIMARY KEY (period, kind)"
     ");"
     "CREATE TABLE risk_findings ("
     "  period TEXT NOT NULL,"
     "  finding_id TEXT NOT NULL,"
     "  kind TEXT NOT NULL,"
     "  day TEXT NOT NULL,"
     "  subject_kind TEXT NOT NULL,"
     "  subject_id TEXT NOT NULL,"
     "  customer_id TEXT NOT NULL,"
     "  amount TEXT NOT NULL,"  // exact decimal
     "  unit TEXT NOT NULL,"
     "  present {bigint} NOT NULL,"
     "  first_seen TEXT NOT NULL,"
     "  last_seen TEXT NOT NULL,"
     "  document TEXT NOT NULL,"  // JSON
     "  PRIMARY KEY (period, finding_id)"
     ");"
     "CREATE INDEX risk_findings_by_id ON risk_findings (finding_id);"
     "CREATE TABLE risk_managers ("
     "  period TEXT NOT NULL,"
     "  finding_id TEXT NOT NULL,"
     "  staff_id TEXT NOT NULL,"
     "  PRIMARY KEY (period, finding_id, staff_id)"
     ");"
     "CREATE INDEX risk_managers_by_staff ON risk_managers (staff_id);"
     "CREATE TABLE risk_decisions ("
     "  decision_id {serial},"
     "  finding_id TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'dismissed')),"
     "  reason TEXT NOT NULL CHECK (reason <> ''),"
     "  decided_at TEXT NOT NULL,"
     "  decided_by TEXT NOT NULL CHECK (decided_by <> ''),"
     "  staff_id TEXT NOT NULL,"
     "  amount TEXT NOT NULL"
     ");"
     "CREATE INDEX risk_decisions_by_finding ON risk_decisions (finding_id, decision_id);"},
    // A step of its own: PostgreSQL does not change the collation of a column that a trigger reads.
    {2, "decisions are added, never changed", "",
     "CREATE TRIGGER risk_decisions_update BEFORE UPDATE ON risk_decisions"
     " BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;"
     "CREATE TRIGGER risk_decisions_delete BEFORE DELETE ON risk_decisions"
     " BEGIN SELECT RAISE(ABORT, 'a decision is never removed'); END;",
     "CREATE FUNCTION risk_never() RETURNS trigger LANGUAGE plpgsql AS $$"
     " BEGIN RAISE EXCEPTION 'a decision is never changed or removed'; END $$;"
     "CREATE TRIGGER risk_decisions_guard BEFORE UPDATE OR DELETE ON risk_decisions FOR EACH ROW"
     " EXECUTE FUNCTION risk_never();"}};

constexpr size_t kLeastReason = 4;  // characters

size_t characters(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(),
                                           [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string trimmed(const std::string& text) {
  size_t first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
  return first == text.npos ? "" : text.substr(first, last - first + 1);
}

std::string decimal_of(const Finding& f) {
  return f.unit == "元" ? base::Decimal::fen(f.amount).str() : std::to_string(f.amount);
}

void write(store::Session& session, const Scan& scan, const Finding& f, const std::string& now,
           const std::string& first_seen) {
  std::string period = scan.period.str();
  session.exec("DELETE FROM risk_findings WHERE period = ? AND finding_id = ?", {period, f.id});
  session.exec("DELETE FROM risk_managers WHERE period = ? AND finding_id = ?", {period, f.id});
  session.exec(
      "INSERT INTO risk_findings (period, finding_id, kind, day, subject_kind, subject_id, customer_id, amount,"
      " unit, present, first_seen, last_seen, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)",
      {period, f.id, std::string(word_of(f.kind)), f.day.str(), f.subject_kind, f.subject_id, f.customer_id,
       decimal_of(f), f.unit, first_seen, now, to_json(f, scan.rules).dump()});
  for (const std::string& staff : f.managers)
    session.exec("INSERT INTO risk_managers (period, finding_id, staff_id) VALUES (?, ?, ?)",
                 {period, f.id, staff});
}

void write_scan(store::Session& session, const Scan& scan, Kind kind, const Doing& doing) {
  std::string word(word_of(kind)), period = scan.period.str();
  auto count =
      std::count_if(scan.findings.begin(), scan.findings.end(), [&](const Finding& f) { return f.kind == kind; });
  JsonArray notes(scan.notes.begin(), scan.notes.end());
  session.exec("DELETE FROM risk_scans WHERE period = ? AND kind = ?", {period, word});
  session.exec(
      "INSERT INTO risk_scans (period, kind, scanned_at, scanned_by, pack, pack_hash, known, reached, findings,"
      " notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {period, word, doing.at.str(), doing.actor, scan.rules.pack, scan.rules.pack_hash, scan.known,
       scan.reached.str(), static_cast<int64_t>(count), Json(notes).dump()});
}

std::vector<Decision> decisions_of(store::Session& session, const std::string& id) {
  std::vector<Decision> out;
  for (const auto& row : session.query("SELECT state, reason, decided_by, staff_id, decided_at, amount FROM"
                                       " risk_decisions WHERE finding_id = ? ORDER BY decision_id",
                                       {id}))
    out.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)});
  return out;
}

// The condition and its parameters.
std::pair<std::string, std::vector<store::Value>> where(const FindingFilter& filter) {
  std::string out = "1 = 1";
  std::vector<store::Value> values;
  auto equals = [&](const char* column, const std::optional<std::string>& value) {
    if (!value) return;
    out += std::string(" AND f.") + column + " = ?";
    values.emplace_back(*value);
  };
  equals("finding_id", filter.id);
  equals("period", filter.period);
  equals("kind", filter.kind);
  equals("subject_id", filter.subject);
  equals("customer_id", filter.customer);
  if (filter.manager) {
    out +=
        " AND EXISTS (SELECT 1 FROM risk_managers m WHERE m.period = f.period AND m.finding_id = f.finding_id AND"
        " m.staff_id = ?)";
    values.emplace_back(*filter.manager);
  }
  if (filter.state) {
    out += " AND COALESCE(d.state, 'open') = ?";
    values.emplace_back(*filter.state);
  }
  if (!filter.gone) out += " AND f.present = 1";
  return {out, values};
}

KeptFinding read(const store::Row& row) {
  KeptFinding out;
  out.period = row.text(0), out.id = row.text(1), out.kind = row.text(2), out.day = row.text(3);
  out.subject_kind = row.text(4), out.subject_id = row.text(5), out.customer_id = row.text(6);
  out.amount = row.text(7), out.unit = row.text(8), out.present = row.integer(9) != 0;
  out.first_seen = row.text(10), out.last_seen = row.text(11);
  auto document = Json::parse(row.text(12));
  if (!document.ok()) throw base::Broken("finding " + out.id + ": " + document.error().text());
  out.finding = std::move(*document);
  if (const Json* managers = out.finding.find("managers"); managers && managers->as_array())
    for (const Json& one : *managers->as_array()) out.managers.push_back(*one.as_string());
  out.state = row.maybe_text(13).value_or("open");
  auto then = row.maybe_text(14);
  out.changed = out.state != "open" && then && *then != out.amount;
  return out;
}

}  // namespace

std::span<const store::Migration> migrations() { return kSteps; }

Kept keep(store::Session& session, const Scan& scan, const Doing& doing) {
  Kept out;
  std::string period = scan.period.str(), now = doing.at.str();
  session.transaction([&] {
    out = {};
    std::map<std::string, std::pair<std::string, bool>> known;  // id: first seen, present
    std::set<std::string> words, seen;
    for (Kind kind : scan.kinds) words.insert(std::string(word_of(kind)));
    for (const auto& row : session.query(
             "SELECT finding_id, first_seen, present, kind FROM risk_findings WHERE period = ?", {period}))
      if (words.contains(row.text(3))) known[row.text(0)] = {row.text(1), row.integer(2) != 0};
    for (const Finding& f : scan.findings) {
      if (!seen.insert(f.id).second) continue;
      auto at = known.find(f.id);
      write(session, scan, f, now, at == known.end() ? now : at->second.first);
      ++(at == known.end() ? out.fresh : out.again);
    }
    for (const auto& [id, was] : known) {
      if (seen.contains(id) || !was.second) continue;
      session.exec("UPDATE risk_findings SET present = 0 WHERE period = ? AND finding_id = ?", {period, id});
      ++out.gone;
    }
    for (Kind kind : scan.kinds) write_scan(session, scan, kind, doing);
    if (doing.also)
      doing.also("period " + period, JsonObject{{"kinds", JsonArray(words.begin(), words.end())},
                                                {"pack_hash", scan.rules.pack_hash},
                                                {"findings", scan.findings.size()},
                                                {"fresh", out.fresh},
                                                {"gone", out.gone}});
  });
  return out;
}

std::vector<KeptFinding> findings(store::Session& session, const FindingFilter& filter) {
  auto [condition, values] = where(filter);
  std::vector<KeptFinding> out;
  for (const auto& row : session.query(
           "SELECT f.period, f.finding_id, f.kind, f.day, f.subject_kind, f.subject_id, f.customer_id, f.amount, "
           "f.unit,"
           " f.present, f.first_seen, f.last_seen, f.document, d.state, d.amount FROM risk_findings f LEFT JOIN"
           " (SELECT finding_id, max(decision_id) AS last FROM risk_decisions GROUP BY finding_id) l"
           " ON l.finding_id = f.finding_id LEFT JOIN risk_decisions d ON d.decision_id = l.last WHERE " +
               condition + " ORDER BY f.period, f.kind, f.day, f.subject_kind, f.subject_id, f.finding_id",
           std::span<const store::Value>(values)))
    out.push_back(read(row));
  if (filter.id)
    for (KeptFinding& f : out) f.decisions = decisions_of(session, f.id);
  return out;
}

std::vector<KeptScan> scans(store::Session& session) {
  std::vector<KeptScan> out;
  for (const auto& row : session.query(
           "SELECT period, kind, scanned_at, scanned_by, pack, pack_hash, known, reached, findings, notes FROM"
           " risk_scans ORDER BY period, kind")) {
    KeptScan scan{row.text(0), row.text(1), row.text(2), row.text(3),    row.text(4),
                  row.text(5), row.text(6), row.text(7), row.integer(8), {}};
    if (auto notes = Json::parse(row.text(9)); notes.ok()) scan.notes = *notes;
    out.push_back(std::move(scan));
  }
  return out;
}

namespace {

// Why this decision cannot be taken; nothing: it can. `all`: the event in every period it was seen in.
std::optional<Error> refusal(const std::vector<KeptFinding>& all, const std::string& id, const std::string& state,
                             const std::string& reason, const std::string& staff) {
  if (all.empty()) return Error{"risk.unknown", "没有线索 " + id, "id", "guanhu risk findings 列出各条"};
  if (state != "open" && state != "accepted" && state != "dismissed")
    return Error{"risk.state", "没有“" + state + "”这种状态", "state", "accepted、dismissed 或 open"};
  if (characters(trimmed(reason)) < kLeastReason)
    return Error{"risk.reason", "要写明理由", "reason", "至少 " + std::to_string(kLeastReason) + " 个字"};
  bool present = std::any_of(all.begin(), all.end(), [](const KeptFinding& f) { return f.present; });
  if (!present) return Error{"risk.gone", "再查时已经没有这条线索", "id", "数据改过了，不用再决定"};
  for (const KeptFinding& f : all)
    if (!staff.empty() && std::find(f.managers.begin(), f.managers.end(), staff) != f.managers.end())
      return Error{"risk.self", "线索涉及 " + staff + " 本人的业绩，不能由本人决定", "staff", "换一位无关的人"};
  bool changed = std::any_of(all.begin(), all.end(), [](const KeptFinding& f) { return f.changed; });
  if (all.front().state == state && !changed)
    return Error{"risk.state", "已经是这个状态", "state", "改变决定时选另一种状态"};
  return std::nullopt;
}

}  // namespace

base::Result<KeptFinding> decide(store::Session& session, const std::string& id, const std::string& state,
                                 const std::string& reason, const std::string& staff, const Doing& doing) {
  base::Result<KeptFinding> out = Error{};
  session.transaction([&] {
    FindingFilter filter;
    filter.id = id, filter.gone = true;
    std::vector<KeptFinding> all = findings(session, filter);
    if (auto refused = refusal(all, id, state, reason, staff)) {
      out = *refused;
      return;
    }
    // What is decided is what was seen last.
    auto latest = std::max_element(all.begin(), all.end(), [](const KeptFinding& a, const KeptFinding& b) {
      return std::pair(a.present, a.last_seen) < std::pair(b.present, b.last_seen);
    });
    session.exec(
        "INSERT INTO risk_decisions (finding_id, state, reason, decided_at, decided_by, staff_id, amount)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        {id, state, trimmed(reason), doing.at.str(), doing.actor, staff, latest->amount});
    if (doing.also) doing.also("finding " + id, JsonObject{{"state", state}, {"amount", latest->amount}});
    std::string period = latest->period;
    for (KeptFinding& f : findings(session, filter))
      if (f.period == period) out = std::move(f);
  });
  return out;
}

Json summary_of(const KeptFinding& f) {
  auto part = [&](const char* name) {
    const Json* found = f.finding.find(name);
    return found ? *found : Json();
  };
  return JsonObject{{"id", f.id},
                    {"period", f.period},
                    {"kind", f.kind},
                    {"day", f.day},
                    {"subject_kind", f.subject_kind},
                    {"subject_id", f.subject_id},
                    {"customer_id", part("customer_id")},
                    {"managers", part("managers")},
                    {"amount", part("amount")},
                    {"unit", f.unit},
                    {"what", part("what")},
                    {"state", f.state},
                    {"present", f.present},
                    {"changed", f.changed},
                    {"first_seen", f.first_seen},
                    {"last_seen", f.last_seen}};
}

Json to_json(const KeptFinding& f) {
  Json out = summary_of(f);
  JsonArray decisions;
  for (const Decision& d : f.decisions)
    decisions.push_back(JsonObject{{"state", d.state},
                                   {"reason", d.reason},
                                   {"by", d.by},
                                   {"staff", d.staff.empty() ? Json() : Json(d.staff)},
                                   {"at", d.at},
                                   {"amount", d.amount}});
  for (const char* name : {"detail", "effects", "evidence", "evidence_in_all", "rule"})
    if (const Json* found = f.finding.find(name)) out.as_object()->emplace_back(name, *found);
  out.as_object()->emplace_back("decisions", std::move(decisions));
  return out;
}

}  // namespace guanhu::risk
