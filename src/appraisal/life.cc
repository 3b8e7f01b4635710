#include "appraisal/life.h"
#include "base/length.h"

namespace guanhu::appraisal {

using base::Date;
using base::Error;
using base::Json;
using base::JsonObject;

namespace {

constexpr const char* kSelect =
    "SELECT r.run_id, r.scheme, r.period, r.state, r.pack_hash, r.engine, r.run_hash, l.maker, l.known_at, "
    "l.policy,"
    " l.corrects, l.superseded_by, l.published_at, l.published_by, l.proposed_at, l.proposed_by, l.sealed_at,"
    " l.sealed_by, l.notice_until, l.appeal_until, l.root, l.leaves,"
    " (SELECT count(*) FROM run_disputes d WHERE d.run_id = r.run_id AND d.state = 'open'),"
    " (SELECT count(*) FROM run_disputes d WHERE d.run_id = r.run_id AND d.state IN ('upheld', 'adjusted'))"
    " FROM runs r LEFT JOIN run_life l ON l.run_id = r.run_id";

RunLife read(const store::Row& row) {
  auto text = [&](size_t column) { return row.maybe_text(column).value_or(""); };
  RunLife out;
  out.run = row.integer(0);
  out.scheme = row.text(1), out.period = row.text(2), out.state = row.text(3);
  out.pack_hash = row.text(4), out.engine = row.text(5), out.run_hash = row.text(6);
  out.maker = text(7), out.known_at = text(8), out.policy = text(9);
  out.corrects = row.maybe_integer(10).value_or(0), out.superseded_by = row.maybe_integer(11).value_or(0);
  out.published_at = text(12), out.published_by = text(13);
  out.proposed_at = text(14), out.proposed_by = text(15);
  out.sealed_at = text(16), out.sealed_by = text(17);
  if (auto day = row.maybe_text(18)) out.notice_until = Date::parse(*day);
  if (auto day = row.maybe_text(19)) out.appeal_until = Date::parse(*day);
  out.root = text(20), out.leaves = row.maybe_integer(21).value_or(0);
  out.open_disputes = row.integer(22), out.upheld_disputes = row.integer(23);
  return out;
}

std::string run_words(int64_t run) { return "第 " + std::to_string(run) + " 次考核"; }

const char* state_word(const std::string& state) {
  return state == "draft"       ? "草稿"
         : state == "published" ? "已公布"
         : state == "disputed"  ? "申诉处理中"
                                : "已封存";
}

Error state_error(const RunLife& life, const char* wanted, const char* hint) {
  return {"life.state", run_words(life.run) + state_word(life.state) + "，不是" + wanted, "run", hint};
}

// What keeps a draft from being shown, given what else there is of its scheme and period.
std::optional<Error> not_publishable(store::Session& session, const RunLife& life) {
  if (life.state != "draft") return state_error(life, "草稿", "要改就重新计算一次");
  for (const auto& row :
       session.query("SELECT run_id FROM runs WHERE scheme = ? AND period = ? AND state = 'sealed'",
                     {life.scheme, life.period}))
    return Error{"life.sealed_period", life.period + " 的结果已经封存 (" + run_words(row.integer(0)) + ")", "run",
                 "封存以后到的数据，做差额说明，计入当期"};
  for (const auto& row :
       session.query("SELECT difference_id FROM run_differences WHERE later_run = ?", {life.run}))
    return Error{"life.later", "这一次用在第 " + std::to_string(row.integer(0)) + " 号差额说明里，不再公布", "run",
                 ""};
  return std::nullopt;
}

std::vector<RunLife> shown_now(store::Session& session, const std::string& scheme, const std::string& period) {
  std::vector<RunLife> out;
  for (const auto& row :
       session.query(std::string(kSelect) + " WHERE r.scheme = ? AND r.period = ? AND l.superseded_by IS NULL"
                                            " AND r.state IN ('published', 'disputed') ORDER BY r.run_id",
                     {scheme, period}))
    out.push_back(read(row));
  return out;
}

// A publication that takes the place of an earlier one must have everything that was granted on it.
std::optional<Error> cannot_supersede(store::Session& session, const RunLife& earlier, int64_t run) {
  if (earlier.open_disputes)
    return Error{"life.open",
                 run_words(earlier.run) + "还有 " + std::to_string(earlier.open_disputes) + " 件申诉没有决定",
                 "run", "先决定这些申诉"};
  auto lost = session.query(
      "SELECT g.holder_id, g.figure FROM ("
      "  SELECT holder_id, figure, granted AS value FROM run_disputes"
      "   WHERE run_id = ? AND state IN ('upheld', 'adjusted')"
      "  UNION SELECT c.holder_id, c.figure, c.value FROM run_corrections c WHERE c.run_id = ? AND NOT EXISTS"
      "   (SELECT 1 FROM run_disputes d WHERE d.run_id = c.run_id AND d.holder_id = c.holder_id"
      "     AND d.figure = c.figure AND d.state IN ('upheld', 'adjusted'))"
      ") g WHERE NOT EXISTS (SELECT 1 FROM run_corrections k WHERE k.run_id = ? AND k.holder_id = g.holder_id"
      " AND k.figure = g.figure AND k.value = g.value) ORDER BY 1, 2",
      {earlier.run, earlier.run, run});
  if (lost.empty()) return std::nullopt;
  return Error{"life.correction",
               run_words(earlier.run) + "申诉成立的更正，这一次没有: " + lost[0].text(0) + " 的" + lost[0].text(1),
               "run", "公布更正后的那一次"};
}

base::Result<RunLife> refused_or_life(store::Session& session, int64_t run, const std::optional<Error>& refused) {
  if (refused) return *refused;
  return life_of(session, run);
}

}  // namespace

base::Result<RunLife> life_of(store::Session& session, int64_t run) {
  auto rows = session.query(std::string(kSelect) + " WHERE r.run_id = ?", {run});
  if (rows.empty()) return Error{"life.unknown", "没有" + run_words(run), "run", "看看有哪几次"};
  return read(rows.front());
}

std::vector<RunStep> steps_of(store::Session& session, int64_t run) {
  std::vector<RunStep> out;
  for (const auto& row : session.query(
           "SELECT at, actor, what, reason, detail FROM run_steps WHERE run_id = ? ORDER BY step_id", {run})) {
    auto detail = Json::parse(row.text(4));
    out.push_back({row.text(0), row.text(1), row.text(2), row.text(3), detail ? *detail : Json()});
  }
  return out;
}

std::vector<RunLife> results_in_force(store::Session& session) {
  std::vector<RunLife> out;
  for (const auto& row : session.query(
           std::string(kSelect) + " WHERE r.state <> 'draft' AND l.superseded_by IS NULL ORDER BY r.run_id DESC"))
    out.push_back(read(row));
  return out;
}

base::Status check_reason(const LifeDoing& doing) {
  if (doing.reason.find_first_not_of(" \t\r\n") == std::string::npos)
    return Error{"life.reason", "没有写理由", "reason", "写明为什么这样做"};
  if (base::characters(doing.reason) > 4000) return Error{"life.reason", "理由太长", "reason", "不超过 4000 个字"};
  return {};
}

void add_step(store::Session& session, int64_t run, const std::string& what, const LifeDoing& doing,
              const Json& detail) {
  session.exec("INSERT INTO run_steps (run_id, at, actor, what, reason, detail) VALUES (?, ?, ?, ?, ?, ?)",
               {run, doing.at.str(), doing.actor, what, doing.reason, detail.dump()});
}

void settle_state(store::Session& session, int64_t run) {
  session.exec(
      "UPDATE runs SET state = CASE WHEN EXISTS (SELECT 1 FROM run_disputes d WHERE d.run_id = runs.run_id"
      " AND d.state = 'open') THEN 'disputed' ELSE 'published' END"
      " WHERE run_id = ? AND state IN ('published', 'disputed')",
      {run});
}

base::Result<RunLife> publish(store::Session& session, const Publication& p, const LifeDoing& doing) {
  if (auto status = check_reason(doing); !status) return status.error();
  base::Result<RunLife> out = Error{};
  session.transaction([&] {
    out = life_of(session, p.run);
    if (!out) return;
    std::optional<Error> refused = not_publishable(session, *out);
    auto earlier = shown_now(session, out->scheme, out->period);
    for (const auto& one : earlier)
      if (!refused) refused = cannot_supersede(session, one, p.run);
    if (refused) {
      out = *refused;
      return;
    }
    session.exec(
        "INSERT INTO run_life (run_id, maker, known_at, policy, published_at, published_by, published_why,"
        " notice_until, appeal_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (run_id) DO UPDATE SET known_at = excluded.known_at, policy = excluded.policy,"
        " published_at = excluded.published_at, published_by = excluded.published_by,"
        " published_why = excluded.published_why, notice_until = excluded.notice_until,"
        " appeal_until = excluded.appeal_until",
        {p.run, p.maker, p.known_at.str(), p.policy, doing.at.str(), doing.actor, doing.reason,
         p.notice_until.str(), p.appeal_until.str()});
    session.exec("UPDATE runs SET state = 'published' WHERE run_id = ?", {p.run});
    for (const auto& one : earlier) {
      session.exec("UPDATE run_life SET superseded_by = ? WHERE run_id = ?", {p.run, one.run});
      add_step(session, one.run, "supersede", doing, JsonObject{{"by_run", p.run}});
    }
    Json detail = JsonObject{{"notice_until", p.notice_until.str()},
                             {"appeal_until", p.appeal_until.str()},
                             {"known_at", p.known_at.str()},
                             {"policy", p.policy},
                             {"supersedes", earlier.empty() ? Json() : Json(earlier.back().run)}};
    add_step(session, p.run, "publish", doing, detail);
    out = life_of(session, p.run);
    if (doing.also) doing.also(*out, detail);
  });
  return out;
}

std::optional<Error> not_sealable(store::Session& session, const RunLife& life, Date today) {
  if (life.state == "disputed")
    return Error{"life.open", "还有 " + std::to_string(life.open_disputes) + " 件申诉没有决定", "run",
                 "先决定这些申诉"};
  if (life.state != "published")
    return state_error(life, "已公布", life.state == "draft" ? "先公布" : "封存的结果不再变");
  if (life.superseded_by)
    return Error{"life.superseded", "已由" + run_words(life.superseded_by) + "代替", "run", "封存代替它的那一次"};
  if (life.upheld_disputes)
    return Error{"life.corrected", "有申诉成立，结果要更正", "run", "先公布更正后的那一次，再封存它"};
  if (today <= *life.notice_until)
    return Error{"life.notice", "公示到 " + life.notice_until->str() + " 为止，还没有满", "run",
                 "公示期满的第二天起可以封存"};
  if (today <= *life.appeal_until)
    return Error{"life.appeal", "申诉可以提到 " + life.appeal_until->str() + " 为止", "run",
                 "期满的第二天起可以封存"};
  for (const auto& row : session.query(
           "SELECT d.dispute_id, d.review_until FROM run_disputes d WHERE d.run_id = ? AND d.state = 'rejected'"
           " AND d.review_until >= ? AND NOT EXISTS (SELECT 1 FROM run_disputes n WHERE n.earlier = d.dispute_id)"
           " ORDER BY d.review_until DESC",
           {life.run, today.str()}))
    return Error{"life.review",
                 "第 " + std::to_string(row.integer(0)) + " 件申诉可以在 " + row.text(1) + " 以前请求复议", "run",
                 "期满的第二天起可以封存"};
  return std::nullopt;
}

base::Result<RunLife> propose_seal(store::Session& session, int64_t run, Date today, const LifeDoing& doing) {
  if (auto status = check_reason(doing); !status) return status.error();
  base::Result<RunLife> out = Error{};
  session.transaction([&] {
    out = life_of(session, run);
    if (!out) return;
    if (auto refused = not_sealable(session, *out, today)) {
      out = *refused;
      return;
    }
    session.exec("UPDATE run_life SET proposed_at = ?, proposed_by = ?, proposed_why = ? WHERE run_id = ?",
                 {doing.at.str(), doing.actor, doing.reason, run});
    Json detail = JsonObject{{"run_hash", out->run_hash}};
    add_step(session, run, "propose", doing, detail);
    out = life_of(session, run);
    if (doing.also) doing.also(*out, detail);
  });
  return out;
}

base::Result<RunLife> seal(store::Session& session, int64_t run, const Sealing& sealing, Date today,
                           const LifeDoing& doing) {
  if (auto status = check_reason(doing); !status) return status.error();
  std::optional<Error> refused;
  base::Result<RunLife> life = Error{};
  session.transaction([&] {
    life = life_of(session, run);
    if (!life) refused = life.error();
    else refused = not_sealable(session, *life, today);
    if (!refused && life->proposed_by.empty())
      refused = Error{"life.proposed", "还没有人提请封存", "run", "一人提请，另一人封存"};
    if (!refused && life->proposed_by == doing.actor)
      refused = Error{"life.self", "提请封存的人不能自己封存", "run", "由另一位有权的人封存"};
    if (refused) return;
    int64_t position = 0;
    for (const auto& leaf : sealing.leaves)
      session.exec(
          "INSERT INTO run_leaves (run_id, holder_id, position, salt, statement, leaf) VALUES (?, ?, ?, ?, ?, ?)",
          {run, leaf.holder, position++, leaf.salt, leaf.text, leaf.hash});
    session.exec(
        "UPDATE run_life SET sealed_at = ?, sealed_by = ?, sealed_why = ?, root = ?, leaves = ? WHERE run_id = ?",
        {doing.at.str(), doing.actor, doing.reason, sealing.root, position, run});
    Json detail = JsonObject{{"root", sealing.root},
                             {"leaves", position},
                             {"run_hash", life->run_hash},
                             {"pack_hash", life->pack_hash},
                             {"engine", life->engine},
                             {"known_at", life->known_at},
                             {"proposed_by", life->proposed_by}};
    add_step(session, run, "seal", doing, detail);
    // Last: from here on the store refuses every change.
    session.exec("UPDATE runs SET state = 'sealed' WHERE run_id = ?", {run});
    life = life_of(session, run);
    if (doing.also) doing.also(*life, detail);
  });
  return refused_or_life(session, run, refused);
}

}  // namespace guanhu::appraisal
