#include "policy/decision_log.h"

#include "policy/decide.h"

namespace guanhu::policy {
namespace {

using base::Json;
using base::JsonObject;

Json parsed(const std::string& text) {
  auto json = Json::parse(text);
  return json.ok() ? std::move(*json) : Json();
}

bool same_answer(const Json& a, const Json& b) {
  const Json *x = a.find("result"), *y = b.find("result");
  if (!x || !y) return !x && !y;
  return same_result(*x, *y) && same_result(*y, *x);
}

}  // namespace

int64_t record_decision(store::Session& store, const RecordedDecision& asked) {
  return store
      .query(
          "INSERT INTO policy_decisions (asked_at, asked_by, on_day, pack, decision, pack_hash, input, answer)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING decision_id",
          {asked.asked_at, asked.asked_by, asked.on.str(), asked.pack, asked.decision, asked.pack_hash,
           asked.input.dump(), asked.answer.dump()})
      .front()
      .integer(0);
}

std::vector<RecordedDecision> recorded_decisions(store::Session& store, const DecisionFilter& filter,
                                                 size_t limit) {
  std::vector<RecordedDecision> out;
  std::string from = filter.from ? filter.from->str() : "";
  std::string until = filter.to ? (*filter.to + 1).str() : "9";  // before this text
  for (const auto& row : store.query(
           "SELECT decision_id, asked_at, asked_by, on_day, pack, decision, pack_hash, input, answer"
           " FROM policy_decisions WHERE (? = '' OR pack = ?) AND (? = '' OR decision = ?) AND asked_at >= ?"
           " AND asked_at < ? AND (? = 0 OR decision_id = ?) ORDER BY decision_id DESC LIMIT ?",
           {filter.pack, filter.pack, filter.decision, filter.decision, from, until, filter.id, filter.id,
            static_cast<int64_t>(limit)})) {
    RecordedDecision one;
    one.id = row.integer(0);
    one.asked_at = row.text(1), one.asked_by = row.text(2);
    one.on = base::Date::parse(row.text(3)).value_or(base::Date());
    one.pack = row.text(4), one.decision = row.text(5), one.pack_hash = row.text(6);
    one.input = parsed(row.text(7)), one.answer = parsed(row.text(8));
    out.push_back(std::move(one));
  }
  return out;
}

Json answer_of(const Pack& pack, const std::string& decision, const Json& input, base::Date on) {
  auto answer = decide(pack, decision, input, on);
  if (!answer.ok())
    return JsonObject{{"error", JsonObject{{"code", answer.error().code},
                                           {"message", answer.error().message},
                                           {"where", answer.error().where}}}};
  Json whole = to_json(*answer);
  return JsonObject{{"result", *whole.find("result")}, {"cites", *whole.find("cites")}};
}

Replay replay(const std::vector<RecordedDecision>& recorded, const Pack& pack) {
  Replay out;
  for (const RecordedDecision& was : recorded) {
    ++out.asked;
    Json now = answer_of(pack, was.decision, was.input, was.on);
    if (same_answer(was.answer, now)) {
      ++out.same;
      continue;
    }
    ++out.different;
    out.differences.push_back({was, std::move(now)});
  }
  return out;
}

}  // namespace guanhu::policy
