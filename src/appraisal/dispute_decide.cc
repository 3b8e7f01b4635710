// The decision of a dispute, and the corrected run that follows when it is granted.
#include "appraisal/assess_kin.h"
#include "appraisal/dispute.h"
#include "appraisal/dispute_effect.h"
#include "people/logins.h"

namespace guanhu::appraisal {

using base::Date;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonObject;

namespace {

// 回避: who is related to the person concerned, or to who filed for an organisation, does not decide; nor who was
// when the dispute was filed and has ended it since.
bool is_kin(store::Session& session, const Dispute& d, const std::string& one, const std::string& other) {
  return !one.empty() && kin_since(session, d.filed_at).contains({one, other});
}
Error kin_refusal() {
  return {"dispute.kin", "和申诉人是亲属的要回避，不能决定这件申诉", "id", "由另一位有权的人决定"};
}

base::Status check_decider(store::Session& session, const Dispute& d, const RunLife& life, const Verdict& verdict,
                           const std::string& actor) {
  if (d.state != "open") return Error{"dispute.decided", "这件申诉已经决定", "id", ""};
  if (actor == d.filed_by || verdict.staff == d.holder)
    return Error{"dispute.self", "不能决定关于自己的申诉", "id", "由另一位有权的人决定"};
  if (auto filer = people::find_login(session, d.filed_by);
      filer && is_kin(session, d, verdict.staff, filer->staff_id))
    return kin_refusal();
  if (is_kin(session, d, verdict.staff, d.holder)) return kin_refusal();
  if (actor == life.maker)
    return Error{"dispute.maker", "算这一次考核的人不能决定对它的申诉", "id", "由另一位有权的人决定"};
  if (d.earlier && dispute(session, d.earlier).value().decided_by == actor)
    return Error{"dispute.again", "决定过申诉的人不能决定复议", "id", "由另一位有权的人决定"};
  if (verdict.outcome != "upheld" && verdict.outcome != "adjusted" && verdict.outcome != "rejected")
    return Error{"dispute.outcome", "决定写 upheld、adjusted 或 rejected", "outcome", ""};
  return {};
}

base::Result<std::optional<Decimal>> granted_value(const Dispute& d, const Verdict& verdict) {
  if (verdict.outcome == "rejected") return std::optional<Decimal>();
  if (verdict.outcome == "upheld") return std::optional<Decimal>(d.claimed);
  auto value = Decimal::parse(verdict.value);
  if (!value) return Error{"dispute.number", "'" + verdict.value + "' 不是数", "value", "写调整成多少"};
  if (d.was && *value == *d.was) return Error{"dispute.same", "和公布的一样", "value", "不成立的写 rejected"};
  if (*value == d.claimed) return Error{"dispute.same", "和申诉的一样", "value", "成立的写 upheld"};
  return std::optional<Decimal>(*value);
}

// Everything granted on the run so far, but for this one's figure: what it was made with, and what was decided
// since.
std::vector<Correction> granted_beside(store::Session& session, const Dispute& one) {
  auto out = corrections_of(session, one.run);
  for (const auto& d : disputes(session, {.id = {}, .run = one.run, .holder = "", .state = ""})) {
    if (!d.granted) continue;
    std::erase_if(out, [&](const Correction& c) { return c.holder == d.holder && c.figure == d.figure; });
    out.push_back({d.holder, d.figure, d.was, *d.granted, d.id});
  }
  std::erase_if(out, [&](const Correction& c) { return c.holder == one.holder && c.figure == one.figure; });
  return out;
}

struct Decided {
  Verdict verdict;
  std::optional<Decimal> granted;
  std::optional<Date> review_until;
  std::vector<Correction> corrections;  // with this one; empty when nothing is granted
  std::optional<Run> corrected;
  Json effect;  // of what is granted, when it is not what was claimed
  RunPack pack;
  std::string known_at;
};

base::Status find_review_day(const Desk& desk, const Dispute& d, const RunLife& life, Date today, Decided& out) {
  if (d.stage != 1 || out.granted) return {};
  auto pack = pack_of_run(desk, life.scheme, life.pack_hash);
  if (!pack) return pack.error();
  auto calendar = desk.calendar();
  if (!calendar) return calendar.error();
  auto fallback = deadline_pack(desk);
  if (!fallback) return fallback.error();
  auto last = deadline(*pack->pack, *fallback, Term::review, today, *calendar);
  if (!last) return last.error();
  out.review_until = last->last;
  return {};
}

base::Status compute_correction(const Desk& desk, const Dispute& d, Decided& out) {
  if (!out.granted) return {};
  auto remade = remake(desk, d.run);
  if (!remade) return remade.error();
  const Correction one{d.holder, d.figure, d.was, *out.granted, d.id};
  if (out.verdict.outcome == "adjusted") {
    auto alone = remade->corrections;
    alone.push_back(one);
    auto would = remade->replay.run(alone);
    if (!would) return would.error();
    out.effect = effect_of(remade->run, *would, d.holder, d.figure);
  }
  out.corrections = granted_beside(desk.store(), d);
  out.corrections.push_back(one);
  auto corrected = remade->replay.run(out.corrections);
  if (!corrected) return corrected.error();
  out.corrected = std::move(*corrected);
  return {};
}

void write_decision(store::Session& session, const Dispute& d, const Decided& decided, int64_t corrected,
                    const LifeDoing& doing) {
  session.exec(
      "UPDATE run_disputes SET state = ?, decided_at = ?, decided_by = ?, decision = ?, granted = ?,"
      " granted_effect = ?, review_until = ?, corrected_run = ? WHERE dispute_id = ?",
      {decided.verdict.outcome, doing.at.str(), doing.actor, doing.reason,
       decided.granted ? store::Value(decided.granted->str()) : store::Value(),
       decided.effect.is_null() ? store::Value() : store::Value(decided.effect.dump()),
       decided.review_until ? store::Value(decided.review_until->str()) : store::Value(),
       corrected ? store::Value(corrected) : store::Value(), d.id});
  settle_state(session, d.run);
  const Json detail = JsonObject{{"dispute", d.id},
                                 {"stage", d.stage},
                                 {"holder", d.holder},
                                 {"figure", d.figure},
                                 {"outcome", decided.verdict.outcome},
                                 {"granted", decided.granted ? Json(decided.granted->str()) : Json()},
                                 {"corrected_run", corrected ? Json(corrected) : Json()}};
  add_step(session, d.run, "decide", doing, detail);
  if (doing.also) doing.also(life_of(session, d.run).value(), detail);
}

// The corrected draft's own record: what it corrects and with which values.
void write_corrections(store::Session& session, const Dispute& d, const Decided& decided, int64_t corrected,
                       const LifeDoing& doing) {
  session.exec(
      "INSERT INTO run_life (run_id, maker, known_at, corrects) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
      {corrected, doing.actor, decided.known_at, d.run});
  for (const auto& one : decided.corrections)
    session.exec(
        "INSERT INTO run_corrections (run_id, holder_id, figure, was, value, dispute_id) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        {corrected, one.holder, one.figure, one.was ? store::Value(one.was->str()) : store::Value(),
         one.value.str(), one.dispute});
  add_step(session, corrected, "correct", doing, JsonObject{{"corrects", d.run}, {"dispute", d.id}});
}

// Thrown inside the transaction to undo it: the corrected run is there already and is no draft.
struct NoDraft {
  int64_t run;
};

}  // namespace

base::Result<Dispute> decide_dispute(const Desk& desk, int64_t id, const Verdict& verdict,
                                     const LifeDoing& doing) {
  if (auto status = check_reason(doing); !status) return status.error();
  store::Session& session = desk.store();
  auto d = dispute(session, id);
  if (!d) return d;
  auto life = life_of(session, d->run);
  if (auto status = check_decider(session, *d, *life, verdict, doing.actor); !status) return status.error();
  auto granted = granted_value(*d, verdict);
  if (!granted) return granted.error();
  Decided decided{.verdict = verdict, .granted = *granted, .known_at = life->known_at};
  if (auto status = find_review_day(desk, *d, *life, bank_day(doing.at), decided); !status) return status.error();
  if (auto status = compute_correction(desk, *d, decided); !status) return status.error();
  std::optional<Error> refused;
  auto still_open = [&] {
    auto now = dispute(session, id);
    if (now->state != "open") refused = Error{"dispute.decided", "这件申诉已经决定", "id", ""};
    else if (decided.corrected && granted_beside(session, *d).size() + 1 != decided.corrections.size())
      refused = Error{"dispute.meanwhile", "同一次考核的另一件申诉刚刚决定", "id", "再决定一次"};
    return !refused;
  };
  if (!decided.corrected) {
    session.transaction([&] {
      if (still_open()) write_decision(session, *d, decided, 0, doing);
    });
  } else {
    base::FixedClock clock(doing.at);
    try {
      save_run(session, *decided.corrected, clock, [&](int64_t run, bool) {
        if (life_of(session, run)->state != "draft" || !still_open()) throw NoDraft{run};
        write_corrections(session, *d, decided, run, doing);
        write_decision(session, *d, decided, run, doing);
      });
    } catch (const NoDraft& no) {
      if (!refused)
        refused =
            Error{"dispute.result", "更正后和第 " + std::to_string(no.run) + " 次考核完全一样，那一次不是草稿",
                  "id", "先看那一次为什么被代替"};
    }
  }
  if (refused) return *refused;
  return dispute(session, id);
}

}  // namespace guanhu::appraisal
