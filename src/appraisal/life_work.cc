#include "appraisal/life_work.h"

#include "appraisal/difference.h"

namespace guanhu::appraisal {

using base::Date;
using base::Error;
using base::Json;

namespace {

StatementData data_for(store::Session& session, const RunLife& life, const std::string& holder, Json result) {
  StatementData out;
  out.run = life.run, out.scheme = life.scheme, out.period = life.period, out.known_at = life.known_at;
  out.pack_hash = life.pack_hash, out.engine = life.engine, out.run_hash = life.run_hash;
  out.result = std::move(result);
  out.corrections = to_json(corrections_of(session, life.run), holder);
  out.carried = carried_into(session, life.scheme, life.period, holder);
  return out;
}

}  // namespace

base::Result<RunLife> publish_run(const Desk& desk, int64_t run, const std::string& maker,
                                  const LifeDoing& doing) {
  if (auto status = check_reason(doing); !status) return status.error();
  auto life = life_of(desk.store(), run);
  if (!life) return life;
  // Cheap refusals before dear ones; the transaction asks again.
  if (life->state != "draft") return publish(desk.store(), {.run = run}, doing);
  auto remade = remake(desk, run);
  if (!remade) return remade.error();
  if (run_hash(remade->run) != life->run_hash)
    return Error{"life.stale", "重新计算得到的结果和第 " + std::to_string(run) + " 次不同: 计算以后数据或程序变了",
                 "run", "重新计算一次，公布新的那一次"};
  auto calendar = desk.calendar();
  if (!calendar) return calendar.error();
  auto fallback = deadline_pack(desk);
  if (!fallback) return fallback.error();
  const Date today = bank_day(doing.at);
  auto notice = deadline(*remade->pack.pack, *fallback, Term::notice, today, *calendar);
  if (!notice) return notice.error();
  auto appeal = deadline(*remade->pack.pack, *fallback, Term::appeal, today, *calendar);
  if (!appeal) return appeal.error();
  Publication publication{run,
                          life->maker.empty() ? maker : life->maker,
                          remade->known_at,
                          notice->last,
                          appeal->last,
                          "公示 " + notice->policy + "，申诉 " + appeal->policy};
  LifeDoing both = doing;
  both.also = [&](const RunLife& now, const Json& detail) {
    keep_pack(desk.store(), now.pack_hash, remade->pack);
    if (doing.also) doing.also(now, detail);
  };
  return publish(desk.store(), publication, both);
}

base::Result<RunLife> seal_run(const Desk& desk, int64_t run, const LifeDoing& doing) {
  auto life = life_of(desk.store(), run);
  if (!life) return life;
  std::vector<std::pair<std::string, StatementData>> statements;
  for (auto& [holder, result] : kept_results(desk.store(), run)) {
    statements.emplace_back(holder, data_for(desk.store(), *life, holder, std::move(result)));
    statements.back().second.salt = random_salt();
  }
  if (statements.empty()) throw base::Broken("run " + std::to_string(run) + " has no holders");
  return seal(desk.store(), run, sealing_of(std::move(statements)), bank_day(doing.at), doing);
}

base::Result<StatementData> statement_data(store::Session& session, int64_t run, const std::string& holder) {
  auto life = life_of(session, run);
  if (!life) return life.error();
  auto result = kept_result(session, run, holder);
  if (!result) return Error{"dispute.holder", holder + " 不在这一次考核里", "holder", ""};
  return data_for(session, *life, holder, std::move(*result));
}

base::Result<Receipt> receipt_of(store::Session& session, int64_t run, const std::string& holder) {
  auto life = life_of(session, run);
  if (!life) return life.error();
  if (life->state != "sealed") return Error{"life.state", "结果还没有封存，没有凭据", "run", "封存以后再要"};
  Receipt out;
  out.run = run, out.scheme = life->scheme, out.period = life->period, out.holder = holder;
  out.sealed_at = life->sealed_at, out.root = life->root;
  std::vector<std::string> leaves;
  bool found = false;
  for (const auto& row :
       session.query("SELECT holder_id, leaf FROM run_leaves WHERE run_id = ? ORDER BY position", {run})) {
    if (row.text(0) == holder) out.index = leaves.size(), out.leaf = row.text(1), found = true;
    leaves.push_back(row.text(1));
  }
  if (!found) return Error{"dispute.holder", holder + " 不在这一次考核里", "holder", ""};
  out.text = session.query("SELECT statement FROM run_leaves WHERE run_id = ? AND holder_id = ?", {run, holder})
                 .at(0)
                 .text(0);
  out.of = leaves.size(), out.path = merkle_path(leaves, out.index);
  return out;
}

}  // namespace guanhu::appraisal
