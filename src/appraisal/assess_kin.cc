#include "appraisal/assess_kin.h"

#include "appraisal/assess_form.h"

namespace guanhu::appraisal {

using base::Error;
using base::JsonObject;

namespace {

constexpr const char* kSelect =
    "SELECT relation_id, staff_a, staff_b, kind, note, declared_by, declared_at, ended_by, ended_at FROM "
    "staff_relations";

Kinship read(const store::Row& row) {
  return {row.integer(0),
          row.text(1),
          row.text(2),
          row.text(3),
          row.text(4),
          row.text(5),
          row.text(6),
          row.maybe_text(7).value_or(""),
          row.maybe_text(8).value_or("")};
}

std::string subject_of(int64_t id) { return "staff_relation " + std::to_string(id); }

}  // namespace

std::vector<Kinship> kinships(store::Session& store, const std::string& staff) {
  std::vector<Kinship> out;
  for (const auto& row :
       store.query(std::string(kSelect) + " WHERE ? = '' OR staff_a = ? OR staff_b = ? ORDER BY relation_id DESC",
                   {staff, staff, staff}))
    out.push_back(read(row));
  return out;
}

namespace {
Kin both_ways(const std::vector<store::Row>& rows) {
  Kin out;
  for (const auto& row : rows) {
    out.emplace(row.text(0), row.text(1));
    out.emplace(row.text(1), row.text(0));
  }
  return out;
}
}  // namespace

Kin kin_now(store::Session& store) {
  return both_ways(store.query("SELECT staff_a, staff_b FROM staff_relations WHERE ended_at IS NULL"));
}

Kin kin_since(store::Session& store, const std::string& moment) {
  return both_ways(store.query(
      "SELECT staff_a, staff_b FROM staff_relations WHERE ended_at IS NULL OR ended_at >= ?", {moment}));
}

base::Result<Kinship> declare_kinship(store::Session& store, const std::string& one, const std::string& other,
                                      const std::string& kind, const std::string& note, const Act& act) {
  if (one == other) return Error{"assess.kin.self", "不能申报和自己的亲属关系", "other", "写对方的工号"};
  const auto& [a, b] = std::minmax(one, other);
  base::Result<Kinship> out = Error{};
  store.transaction([&] {
    if (!store
             .query("SELECT 1 FROM staff_relations WHERE staff_a = ? AND staff_b = ? AND ended_at IS NULL", {a, b})
             .empty()) {
      out = Error{"assess.kin.known", "这两人的关系已经申报过", "other", "种类有变的，先终止再申报"};
      return;
    }
    int64_t id = store
                     .query(
                         "INSERT INTO staff_relations (staff_a, staff_b, kind, note, declared_by, declared_at)"
                         " VALUES (?, ?, ?, ?, ?, ?) RETURNING relation_id",
                         {a, b, kind, note, act.login, act.at.str()})
                     .front()
                     .integer(0);
    out = read(store.query(std::string(kSelect) + " WHERE relation_id = ?", {id}).front());
    act.record("relation.declare", subject_of(id), JsonObject{{"staff", a}, {"other", b}, {"kind", kind}});
    take_back_between(store, a, b, act);
  });
  return out;
}

base::Result<Kinship> end_kinship(store::Session& store, int64_t id, const std::string& of, const Act& act) {
  base::Result<Kinship> out = Error{"assess.unknown", "没有这条关系", "id", ""};
  store.transaction([&] {
    auto rows = store.query(std::string(kSelect) + " WHERE relation_id = ?", {id});
    if (rows.empty()) return;
    Kinship found = read(rows.front());
    if (!of.empty() && found.a != of && found.b != of) return;
    if (!found.ended_at.empty()) {
      out = Error{"assess.kin.ended", "这条关系已经终止", "id", ""};
      return;
    }
    if (!act.staff.empty() && (act.staff == found.a || act.staff == found.b)) {
      out = Error{"assess.kin.party", "不能终止和自己有关的亲属关系", "id", "由另一位负责的人确认以后终止"};
      return;
    }
    store.exec("UPDATE staff_relations SET ended_by = ?, ended_at = ? WHERE relation_id = ?",
               {act.login, act.at.str(), id});
    out = read(store.query(std::string(kSelect) + " WHERE relation_id = ?", {id}).front());
    act.record("relation.end", subject_of(id), JsonObject{{"staff", found.a}, {"other", found.b}});
  });
  return out;
}

}  // namespace guanhu::appraisal
