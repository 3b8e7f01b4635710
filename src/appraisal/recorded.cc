#include "appraisal/recorded.h"

#include <algorithm>
#include <atomic>

#include "feel/json.h"

namespace guanhu::appraisal {

using base::Error;
using base::Json;
using policy::RecordedOf;

namespace {

constexpr store::Migration kSteps[] = {
    {1, "facts that people record",
     "CREATE TABLE recorded_facts ("
     "  fact_id {serial},"
     "  name TEXT NOT NULL,"
     "  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('staff', 'customer', 'loan', 'organisation', 'bank')),"
     "  subject_id TEXT NOT NULL,"
     "  period TEXT NOT NULL,"      // '' where it holds from a day on
     "  valid_from TEXT NOT NULL,"  // '' where it is of a period
     "  value TEXT NOT NULL,"       // JSON; null: taken back
     "  unit TEXT NOT NULL,"
     "  document TEXT NOT NULL,"
     "  note TEXT NOT NULL,"
     "  pack TEXT NOT NULL,"
     "  recorded_by TEXT NOT NULL,"
     "  recorded_at TEXT NOT NULL,"
     "  CHECK ((period = '') <> (valid_from = ''))"
     ");"
     "CREATE INDEX recorded_facts_by_key"
     "  ON recorded_facts (name, subject_kind, subject_id, period, valid_from, fact_id);"}};

constexpr std::string_view kColumns =
    "SELECT fact_id, name, subject_kind, subject_id, period, valid_from, value, unit, document, note, pack,"
    " recorded_by, recorded_at FROM recorded_facts";

Recorded read_row(const store::Row& row) {
  auto value = Json::parse(row.text(6));
  return {row.integer(0),
          {row.text(1), row.text(2), row.text(3), row.text(4), row.text(5), value ? std::move(*value) : Json(),
           row.text(7), row.text(8), row.text(9)},
          row.text(10),
          row.text(11),
          row.text(12)};
}

std::string joined_nearest(const policy::Pack& pack, const std::string& name) {
  std::string out;
  for (const policy::RecordedFact& fact : pack.recorded)
    if (fact.name.find(name) != std::string::npos || name.find(fact.name) != std::string::npos)
      out += (out.empty() ? "是不是想写：" : "、") + fact.name;
  return out.empty() ? "这个制度包的登记事实共 " + std::to_string(pack.recorded.size()) +
                           " 项，guanhu fact template 列出它们"
                     : out;
}

base::Status check_subject(const policy::RecordedFact& fact, const Recording& r) {
  const std::string word(policy::subject_word(fact.of));
  if (policy::recorded_of(r.subject_kind) != fact.of)
    return Error{"fact.subject", "“" + fact.name + "”登记在" + word + "上，不是“" + r.subject_kind + "”",
                 "subject_kind", "写 " + std::string(policy::subject_kind(fact.of))};
  if ((fact.of == RecordedOf::bank) != r.subject_id.empty())
    return Error{"fact.subject", r.subject_id.empty() ? "没有写是哪个" + word : "全行的事实不写编号", "subject_id",
                 r.subject_id.empty() ? "写它的编号" : "留空"};
  return {};
}

base::Status check_time(const policy::RecordedFact& fact, const Recording& r) {
  if (fact.by_period) {
    if (!r.valid_from.empty())
      return Error{"fact.day", "“" + fact.name + "”按期间登记，不写生效日", "valid_from", "留空，期间写在 period"};
    if (!base::Period::parse(r.period))
      return Error{"fact.period", "“" + r.period + "”不是期间", "period", "写成 2025、2025H2、2025Q4 或 2025-12"};
    return {};
  }
  if (!r.period.empty())
    return Error{"fact.period", "“" + fact.name + "”自某日起有效，不写期间", "period",
                 "留空，那一天写在 valid_from"};
  if (!base::Date::parse(r.valid_from))
    return Error{"fact.day", "“" + r.valid_from + "”不是日期", "valid_from", "写成 2025-03-01"};
  return {};
}

}  // namespace

std::span<const store::Migration> recorded_migrations() { return kSteps; }

std::string_view state_word(RecordState state) {
  switch (state) {
    case RecordState::added: return "added";
    case RecordState::changed: return "changed";
    case RecordState::unchanged: return "unchanged";
  }
  return "";
}

base::Result<Recording> check_recording(const policy::Pack& pack, Recording r) {
  const policy::RecordedFact* fact = pack.recorded_fact(r.name);
  if (!fact)
    return Error{"fact.unknown", "制度包“" + pack.id + "”没有登记事实“" + r.name + "”", "name",
                 joined_nearest(pack, r.name)};
  if (auto status = check_subject(*fact, r); !status) return status.error();
  if (auto status = check_time(*fact, r); !status) return status.error();
  r.subject_kind = policy::subject_kind(fact->of);
  r.unit = fact->type->unit;
  if (r.value.is_null()) return r;
  policy::Misfit misfit;
  auto value = policy::read_value(r.value, *fact->type, "", misfit);
  if (!value)
    return Error{"fact.value", "“" + fact->name + "”不能是 " + r.value.dump() + "：" + misfit.message, "value",
                 "要的是 " + fact->type->str()};
  r.value = feel::to_json(*value);
  if (r.document.empty())
    return Error{"fact.document", "没有写依据", "document", "写上文件号、表号或来源，别人才能查"};
  return r;
}

base::Status check_recorder(const policy::Pack& pack, const std::string& name,
                            std::span<const people::Role> roles) {
  const policy::RecordedFact* fact = pack.recorded_fact(name);
  if (!fact)
    return Error{"fact.unknown", "制度包“" + pack.id + "”没有登记事实“" + name + "”", "name",
                 joined_nearest(pack, name)};
  if (fact->by.empty()) return {};
  std::string who;
  for (const std::string& by : fact->by) {
    auto wanted = people::role_of(by);
    if (wanted && std::find(roles.begin(), roles.end(), *wanted) != roles.end()) return {};
    who += (who.empty() ? "" : "、") + (wanted ? std::string(people::role_title(*wanted)) : by);
  }
  return Error{"fact.by", "“" + name + "”由" + who + "登记", "name", "请有这个角色的人登记"};
}

namespace {

std::optional<Recorded> newest(store::Session& session, const Recording& r) {
  auto rows = session.query(std::string(kColumns) +
                                " WHERE name = ? AND subject_kind = ? AND subject_id = ? AND period = ?"
                                " AND valid_from = ? ORDER BY fact_id DESC LIMIT 1",
                            {r.name, r.subject_kind, r.subject_id, r.period, r.valid_from});
  if (rows.empty()) return std::nullopt;
  return read_row(rows[0]);
}

RecordState compared(const std::optional<Recorded>& last, const Recording& r) {
  if (!last) return r.value.is_null() ? RecordState::unchanged : RecordState::added;
  if (last->what.value.dump() == r.value.dump() && (r.value.is_null() || last->what.document == r.document))
    return RecordState::unchanged;
  return last->what.value.is_null() ? RecordState::added : RecordState::changed;
}

}  // namespace

namespace {
std::atomic<uint64_t> version{0};
}  // namespace

uint64_t facts_version() { return version.load(); }
void facts_changed() { ++version; }

bool asks_grade(const policy::Scheme& scheme) {
  auto names = [](const std::string& text) {
    return text.find("职级") != text.npos || text.find("grade") != text.npos;
  };
  return !scheme.decision.empty() || names(scheme.holder_filter) || names(scheme.peers) ||
         names(scheme.peer_weight);
}

RecordState would_record(store::Session& session, const Recording& r) { return compared(newest(session, r), r); }

RecordState record(store::Session& session, const Recording& r, const std::string& pack, const std::string& by,
                   base::Clock& clock) {
  RecordState state = would_record(session, r);
  if (state == RecordState::unchanged) return state;
  session.exec(
      "INSERT INTO recorded_facts (name, subject_kind, subject_id, period, valid_from, value, unit, document, "
      "note,"
      " pack, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {r.name, r.subject_kind, r.subject_id, r.period, r.valid_from, r.value.dump(), r.unit, r.document, r.note,
       pack, by, clock.now().str()});
  ++version;
  return state;
}

std::vector<Recorded> recorded(store::Session& session, const RecordedFilter& filter) {
  std::string where;
  std::vector<store::Value> values;
  auto narrow = [&](const char* condition, const std::optional<std::string>& value) {
    if (!value) return;
    where += (where.empty() ? " WHERE " : " AND ") + std::string(condition);
    values.emplace_back(*value);
  };
  narrow("name = ?", filter.name);
  narrow("subject_kind = ?", filter.subject_kind);
  narrow("subject_id = ?", filter.subject_id);
  narrow("period = ?", filter.period);
  narrow("recorded_at <= ?", filter.known_at ? std::optional(filter.known_at->str()) : std::nullopt);
  auto rows = session.query(
      std::string(kColumns) + where + " ORDER BY name, subject_kind, subject_id, period, valid_from, fact_id",
      values);
  std::vector<Recorded> out;
  auto same_key = [](const Recording& a, const Recording& b) {
    return std::tie(a.name, a.subject_kind, a.subject_id, a.period, a.valid_from) ==
           std::tie(b.name, b.subject_kind, b.subject_id, b.period, b.valid_from);
  };
  for (const store::Row& row : rows) {
    Recorded next = read_row(row);
    if (!filter.history && !out.empty() && same_key(out.back().what, next.what)) out.back() = std::move(next);
    else out.push_back(std::move(next));
  }
  return out;
}

std::shared_ptr<const RecordedFacts> RecordedFacts::load(store::Session& session,
                                                         const std::optional<base::Instant>& known_at,
                                                         bool grades) {
  std::vector<Grade> held;
  if (grades) {
    // A step counts until the one that corrects it was decided.
    const std::string known = known_at ? " AND c.decided_at <= ?" : "";
    std::string sql =
        "SELECT g.staff_id, g.pack, g.grade, g.valid_from FROM grade_steps g WHERE NOT EXISTS"
        " (SELECT 1 FROM grade_steps c WHERE c.corrects = g.step_id" +
        known + ")" + (known_at ? " AND g.decided_at <= ?" : "") + " ORDER BY g.step_id";
    std::vector<store::Value> values;
    if (known_at) values = {known_at->str(), known_at->str()};
    for (const auto& row : session.query(sql, values))
      held.push_back({row.text(0), row.text(1), row.text(2), base::Date::parse(row.text(3)).value()});
  }
  return of(recorded(session, {.known_at = known_at}), std::move(held));
}

std::shared_ptr<const RecordedFacts> RecordedFacts::of(std::vector<Recorded> rows, std::vector<Grade> grades) {
  auto out = std::make_shared<RecordedFacts>();
  for (Grade& one : grades) {
    out->graded_packs_.insert(one.pack);
    out->grades_[one.staff].push_back(std::move(one));
  }
  for (Recorded& row : rows)
    if (!row.what.value.is_null())
      out->rows_[{row.what.name, row.what.subject_kind, row.what.subject_id}].push_back(std::move(row));
  return out;
}

std::string RecordedFacts::grade_on(const std::string& staff, const std::string& pack, base::Date day) const {
  auto at = grades_.find(staff);
  if (at == grades_.end()) return "";
  const bool own = graded_packs_.count(pack) != 0;
  const Grade* out = nullptr;
  for (const Grade& one : at->second) {
    if (one.from > day || (own && one.pack != pack)) continue;
    // Of one pack the latest first day, decided last; of several packs the step decided last.
    if (!out || out->pack != one.pack || out->from <= one.from) out = &one;
  }
  return out ? out->grade : "";
}

const Recorded* RecordedFacts::find(const policy::RecordedFact& fact, const std::string& subject_id,
                                    const base::Period& period) const {
  auto at = rows_.find({fact.name, std::string(policy::subject_kind(fact.of)), subject_id});
  if (at == rows_.end()) return nullptr;
  const Recorded* out = nullptr;
  const std::string wanted = period.str(), last = period.last().str();
  for (const Recorded& row : at->second) {
    if (fact.by_period ? row.what.period == wanted : !row.what.valid_from.empty() && row.what.valid_from <= last)
      out = &row;  // in order of days: the latest
  }
  return out;
}

}  // namespace guanhu::appraisal
