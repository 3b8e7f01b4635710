#include "appraisal/people_facts.h"

#include <algorithm>
#include <set>

#include "appraisal/pay_touched.h"
#include "appraisal/recorded.h"
#include "base/digest.h"

namespace guanhu::appraisal {

namespace {

using base::Error;
using base::Json;
using base::JsonObject;

bool blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == std::string::npos; }

// Whether a decision of the pack asks for the name and takes the value.
base::Status check_value_in(const policy::Pack& pack, const PeopleFact& fact, const std::string& where) {
  std::optional<Error> wrong;
  for (const policy::Decision& decision : pack.decisions) {
    const policy::Field* field = decision.input(fact.name);
    if (!field) continue;
    policy::Misfit misfit;
    if (policy::read_value(fact.value, *field->type, fact.name, misfit)) return {};
    wrong = Error{"fact.value", misfit.message, where + "." + misfit.path, "要的是 " + field->type->str()};
  }
  if (wrong) return *wrong;
  return Error{"fact.name.unknown", "制度包 " + pack.id + " 没有决策要用“" + fact.name + "”", where,
               "名字要和制度里的一字不差"};
}

base::Status check(const policy::Pack* pack, const PeopleFact& fact, const std::string& where) {
  if (fact.of != "staff" && fact.of != "org" && fact.of != "bank")
    return Error{"fact.of", "“" + fact.of + "”不是 staff、org 或 bank", where, ""};
  if (fact.subject.empty() != (fact.of == "bank"))
    return Error{"fact.of", "员工和机构要写编号，全行的不写", where, ""};
  if (std::find(std::begin(kFactKinds), std::end(kFactKinds), fact.kind) == std::end(kFactKinds))
    return Error{"fact.kind", "没有“" + fact.kind + "”这一类登记", where,
                 "certificate、exam、years、title、confirmation、"
                 "discipline、award、coaching、training、pay 或 other"};
  if (blank(fact.name) || fact.name.size() > 200) return Error{"fact.name", "没有写名字，或者太长", where, ""};
  if (fact.to && *fact.to < fact.from)
    return Error{"fact.dates", "止日 " + fact.to->str() + " 早于起日 " + fact.from.str(), where, ""};
  if (blank(fact.document)) return Error{"fact.document", "没有写依据的文件或证明", where, "写文号、证书号或出处"};
  if (pack) return check_value_in(*pack, fact, where);
  return {};
}

PeopleFact read(const store::Row& row) {
  PeopleFact out;
  out.id = row.integer(0);
  out.of = row.text(1), out.subject = row.text(2), out.kind = row.text(3), out.name = row.text(4);
  out.value = Json::parse(row.text(5)).value();
  out.from = base::Date::parse(row.text(6)).value();
  if (auto to = row.maybe_text(7)) out.to = base::Date::parse(*to);
  out.document = row.text(8), out.reason = row.text(9), out.at = row.text(10), out.by = row.text(11);
  out.withdrawn_at = row.maybe_text(12).value_or(""), out.withdrawn_by = row.maybe_text(13).value_or("");
  out.withdrawn_why = row.maybe_text(14).value_or("");
  return out;
}

constexpr const char* kSelect =
    "SELECT fact_id, subject_kind, subject, kind, name, value, valid_from, valid_to, document, reason, "
    "recorded_at, "
    "recorded_by, withdrawn_at, withdrawn_by, withdrawn_why FROM people_facts";

}  // namespace

base::Status record_facts_in(store::Session& session, const std::vector<PeopleFact>& facts,
                             const PeopleDoing& doing) {
  for (size_t i = 0; i < facts.size(); ++i)
    if (auto status = check(nullptr, facts[i], "facts[" + std::to_string(i + 1) + "]"); !status.ok())
      return status;
  base::JsonArray written;
  for (const PeopleFact& f : facts) {
    session.exec(
        "INSERT INTO people_facts (subject_kind, subject, kind, name, value, valid_from, valid_to, document, "
        "reason,"
        " recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {f.of, f.subject, f.kind, f.name, f.value.dump(), f.from.str(),
         f.to ? store::Value(f.to->str()) : store::Value(), f.document, f.reason, doing.at.str(), doing.actor});
    written.push_back(JsonObject{{"of", f.of}, {"subject", f.subject}, {"name", f.name}, {"from", f.from.str()}});
  }
  doing.tell("people.fact", "facts " + std::to_string(facts.size()), JsonObject{{"facts", std::move(written)}});
  return {};
}

base::Status record_facts(store::Session& session, const policy::Pack* pack, std::vector<PeopleFact> facts,
                          const PeopleDoing& doing) {
  if (facts.empty()) return Error{"fact.name", "没有要登记的内容", "facts", ""};
  for (size_t i = 0; i < facts.size(); ++i)
    if (auto status = check(pack, facts[i], "facts[" + std::to_string(i + 1) + "]"); !status.ok()) return status;
  base::Status out;
  session.transaction([&] { out = record_facts_in(session, facts, doing); });
  return out;
}

base::Status withdraw_fact(store::Session& session, int64_t id, const std::string& reason,
                           const PeopleDoing& doing) {
  if (blank(reason)) return Error{"fact.reason", "没有写撤回的理由", "reason", ""};
  base::Status out;
  session.transaction([&] {
    auto rows = session.query(std::string(kSelect) + " WHERE fact_id = ?", {id});
    if (rows.empty()) out = Error{"fact.unknown", "没有这一条登记", "id", ""};
    else if (!rows[0].is_null(12)) out = Error{"fact.withdrawn", "这一条登记已经撤回了", "id", ""};
    if (!out.ok()) return;
    session.exec("UPDATE people_facts SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_why = ? WHERE fact_id = ?",
                 {doing.at.str(), doing.actor, reason, id});
    doing.tell("people.fact.withdraw", "fact " + std::to_string(id), JsonObject{{"reason", reason}});
  });
  return out;
}

std::vector<PeopleFact> people_facts(store::Session& session, const FactFilter& filter) {
  std::string where;
  std::vector<store::Value> values;
  auto also = [&](const std::string& condition, const std::string& value) {
    where += (where.empty() ? " WHERE " : " AND ") + condition;
    values.emplace_back(value);
  };
  if (!filter.of.empty()) also("subject_kind = ?", filter.of);
  if (!filter.subject.empty()) also("subject = ?", filter.subject);
  if (!filter.kind.empty()) also("kind = ?", filter.kind);
  if (!filter.name.empty()) also("name = ?", filter.name);
  if (filter.to) also("valid_from <= ?", filter.to->str());
  if (filter.from) also("(valid_to IS NULL OR valid_to >= ?)", filter.from->str());
  if (filter.known_at) {
    also("recorded_at <= ?", filter.known_at->str());
    also("(withdrawn_at IS NULL OR withdrawn_at > ?)", filter.known_at->str());
  } else if (!filter.withdrawn) where += std::string(where.empty() ? " WHERE " : " AND ") + "withdrawn_at IS NULL";
  std::vector<PeopleFact> out;
  for (const auto& row : session.query(kSelect + where + " ORDER BY name, valid_from, fact_id", values))
    out.push_back(read(row));
  return out;
}

void FactsByDay::tell(Names& names, const std::string& staff, const std::string& org, const std::string& branch,
                      base::Date day) const {
  for (const auto& [of, subject] :
       {std::pair<std::string, std::string>{"staff", staff}, {"org", org}, {"org", branch}, {"bank", ""}}) {
    // They come in the order of their days: the last that holds is the one in force.
    std::map<std::string, const PeopleFact*> in_force;
    for (const PeopleFact& f : facts_)
      if (f.of == of && f.subject == subject && f.from <= day && (!f.to || *f.to >= day)) in_force[f.name] = &f;
    for (const auto& [name, fact] : in_force)
      names.tell(name, fact->value,
                 JsonObject{{"kind", fact->of_scheme ? "recorded" : "fact"},
                            {fact->of_scheme ? "recorded" : "fact", fact->id},
                            {"of", fact->of},
                            {"subject", fact->subject},
                            {"from", fact->from.str()},
                            {"document", fact->document}});
  }
}

namespace {

// As a fact of days; nothing: of another period, of a later day, about something that is not paid.
std::optional<PeopleFact> of_scheme(const Recorded& row, base::Date to, const std::string& period) {
  const Recording& what = row.what;
  PeopleFact out;
  if (what.subject_kind == policy::subject_kind(policy::RecordedOf::staff)) out.of = "staff";
  else if (what.subject_kind == policy::subject_kind(policy::RecordedOf::organisation)) out.of = "org";
  else if (what.subject_kind == policy::subject_kind(policy::RecordedOf::bank)) out.of = "bank";
  else return std::nullopt;
  if (what.value.is_null()) return std::nullopt;
  if (what.period.empty()) {
    out.from = base::Date::parse(what.valid_from).value();
    if (out.from > to) return std::nullopt;
  } else {
    auto days = base::Period::parse(what.period);
    if (!days || what.period != period) return std::nullopt;
    out.from = days->first(), out.to = days->last();
  }
  out.id = row.id, out.of_scheme = true, out.subject = what.subject_id, out.kind = "other", out.name = what.name;
  out.value = what.value, out.document = what.document, out.reason = what.note, out.at = row.at, out.by = row.by;
  return out;
}

}  // namespace

std::optional<base::Instant> people_known_at(store::Session& session) {
  std::string last;
  for (const char* sql : {"SELECT max(recorded_at), max(withdrawn_at) FROM people_facts",
                          "SELECT max(decided_at), max(decided_at) FROM grade_steps",
                          "SELECT max(recorded_at), max(recorded_at) FROM recorded_facts",
                          "SELECT max(recorded_at), max(withdrawn_at) FROM pay_joint"})
    for (const auto& row : session.query(sql))
      for (size_t column : {0, 1}) last = std::max(last, row.maybe_text(column).value_or(""));
  return last.empty() ? std::nullopt : base::Instant::parse(last);
}

FactsByDay facts_in_force(store::Session& session, base::Date from, base::Date to, const std::string& period,
                          const std::optional<base::Instant>& known_at) {
  std::vector<PeopleFact> all = people_facts(session, {.from = from, .to = to, .known_at = known_at});
  for (const Recorded& row : recorded(session, {.known_at = known_at}))
    if (auto fact = of_scheme(row, to, period)) all.push_back(std::move(*fact));
  std::stable_sort(all.begin(), all.end(),
                   [](const PeopleFact& a, const PeopleFact& b) { return a.from < b.from; });
  return FactsByDay(std::move(all));
}

FactsKnown::FactsKnown(store::Session& session)
    : facts_(people_facts(session, {})), of_schemes_(recorded(session, {})) {}

std::string FactsKnown::digest(const base::Period& period) const {
  base::Sha256 sum;
  auto add = [&](const PeopleFact& fact) {
    if (beside_grade(fact.kind)) return;
    // Where it ends after the period is the same to the period as if it never ended.
    const bool ends = fact.to && *fact.to < period.last();
    for (const std::string& part : {fact.of, fact.subject, fact.name, fact.value.dump(), fact.from.str(),
                                    ends ? fact.to->str() : std::string()})
      sum.add(std::to_string(part.size()) + ":" + part);
  };
  for (const PeopleFact& fact : facts_)
    if (fact.from <= period.last() && (!fact.to || *fact.to >= period.first())) add(fact);
  for (const Recorded& row : of_schemes_)
    if (auto fact = of_scheme(row, period.last(), period.str())) add(*fact);
  return sum.hex();
}

std::vector<base::Date> FactsByDay::changes(const std::string& staff, const std::string& org,
                                            const std::string& branch, base::Date from, base::Date to) const {
  std::set<base::Date> out;
  for (const PeopleFact& f : facts_) {
    bool theirs = f.of == "bank" || (f.of == "staff" && f.subject == staff) ||
                  (f.of == "org" && (f.subject == org || f.subject == branch));
    if (!theirs) continue;
    if (f.from > from && f.from <= to) out.insert(f.from);
    if (f.to && *f.to >= from && *f.to < to) out.insert(*f.to + 1);
  }
  return {out.begin(), out.end()};
}

}  // namespace guanhu::appraisal
