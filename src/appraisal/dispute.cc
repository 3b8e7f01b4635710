#include "appraisal/dispute.h"

#include "appraisal/dispute_effect.h"
#include "base/length.h"

namespace guanhu::appraisal {

using base::Date;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kMostDocuments = 20, kLongestText = 500;

constexpr const char* kSelect =
    "SELECT d.dispute_id, d.run_id, d.stage, d.earlier, d.corrected_run, d.holder_id, d.figure, d.reason, d.state,"
    " d.was, d.granted, d.claimed, d.documents, d.effect, d.granted_effect, d.filed_at, d.filed_by, d.decided_at,"
    " d.decided_by, d.decision, d.answer_until, d.review_until,"
    " (SELECT max(n.dispute_id) FROM run_disputes n WHERE n.earlier = d.dispute_id) FROM run_disputes d";

Json json_in(const std::optional<std::string>& text) {
  if (!text) return {};
  auto json = Json::parse(*text);
  if (!json) throw base::Broken("run_disputes: " + json.error().text());
  return std::move(*json);
}

std::vector<Document> documents_in(const Json& json) {
  std::vector<Document> out;
  for (const Json& one : *json.as_array())
    out.push_back({*one.find("title")->as_string(), *one.find("reference")->as_string()});
  return out;
}

Json json_of(const std::vector<Document>& documents) {
  JsonArray out;
  for (const auto& one : documents) out.push_back(JsonObject{{"title", one.title}, {"reference", one.reference}});
  return out;
}

std::optional<Decimal> number_of(const std::optional<std::string>& text) {
  return text ? Decimal::parse(*text) : std::nullopt;
}

store::Value text_or_null(const std::optional<Decimal>& value) {
  return value ? store::Value(value->str()) : store::Value();
}

Dispute read(const store::Row& row) {
  auto text = [&](size_t column) { return row.maybe_text(column).value_or(""); };
  Dispute out;
  out.id = row.integer(0), out.run = row.integer(1), out.stage = row.integer(2);
  out.earlier = row.maybe_integer(3).value_or(0), out.corrected_run = row.maybe_integer(4).value_or(0);
  out.holder = row.text(5), out.figure = row.text(6), out.reason = row.text(7), out.state = row.text(8);
  out.was = number_of(row.maybe_text(9)), out.granted = number_of(row.maybe_text(10));
  out.claimed = *number_of(row.text(11));
  out.documents = documents_in(json_in(row.text(12)));
  out.effect = json_in(row.text(13)), out.granted_effect = json_in(row.maybe_text(14));
  out.filed_at = row.text(15), out.filed_by = row.text(16);
  out.decided_at = text(17), out.decided_by = text(18), out.decision = text(19);
  out.answer_until = *Date::parse(row.text(20));
  if (auto day = row.maybe_text(21)) out.review_until = Date::parse(*day);
  out.later = row.maybe_integer(22).value_or(0);
  return out;
}

base::Status check_documents(const std::vector<Document>& documents) {
  if (documents.size() > kMostDocuments)
    return Error{"dispute.documents", "材料多于 20 份", "documents", "合并成一份目录"};
  for (const auto& one : documents)
    if (one.title.empty() || base::characters(one.title) > kLongestText ||
        base::characters(one.reference) > kLongestText)
      return Error{"dispute.documents", "材料要有名称，名称和出处都不超过 500 个字", "documents", ""};
  return {};
}

// The value of the figure as it was published; nothing: there is no such figure. A figure may be null.
std::optional<Json> published_value(const Json& result, const std::string& figure) {
  if (const Json* figures = result.find("figures"))
    if (const Json* cell = figures->find(figure)) return cell->find("value") ? *cell->find("value") : Json();
  if (const Json* scores = result.find("scores"))
    if (const Json* value = scores->find(figure)) return *value;
  return std::nullopt;
}

std::string names_in(const Json& result) {
  std::string out;
  for (const char* group : {"figures", "scores"})
    if (const Json* members = result.find(group); members && members->as_object())
      for (const auto& [name, value] : *members->as_object()) out += (out.empty() ? "" : "、") + name;
  return out;
}

base::Result<Decimal> claimed_value(const std::string& text, const std::optional<Decimal>& was,
                                    const char* where) {
  auto value = Decimal::parse(text);
  if (!value) return Error{"dispute.number", "'" + text + "' 不是数", where, "写成 1234.56"};
  if (was && *was == *value) return Error{"dispute.same", "和公布的一样", where, "写认为正确的数"};
  return *value;
}

// What must hold before a claim is computed; the same is asked again when it is written.
base::Status check_claim(store::Session& session, const RunLife& life, const Claim& claim, Date today) {
  if ((life.state != "published" && life.state != "disputed") || life.superseded_by)
    return Error{"dispute.state", life.superseded_by ? "这一次考核已经由更正后的代替" : "这一次考核现在不能申诉",
                 "run", life.state == "sealed" ? "结果已经封存" : ""};
  if (today > *life.appeal_until)
    return Error{"dispute.late", "申诉到 " + life.appeal_until->str() + " 为止，已经过了", "run", "结果是最终的"};
  for (const auto& row : session.query(
           "SELECT dispute_id, state FROM run_disputes WHERE run_id IN (?, ?) AND holder_id = ? AND figure = ?"
           " AND state <> 'withdrawn' ORDER BY dispute_id DESC",
           {life.run, life.corrects, claim.holder, claim.figure}))
    return Error{"dispute.twice",
                 "对 " + claim.figure + " 已经有第 " + std::to_string(row.integer(0)) + " 件申诉" +
                     (row.text(1) == "open" ? "" : "，并且已经决定"),
                 "figure", row.text(1) == "rejected" ? "不服的请求复议" : ""};
  return {};
}

struct Computed {
  Json effect;
  Run corrected;
};
// The run with the value in place, beside the run as it stands.
base::Result<Computed> compute(const Remade& remade, std::vector<Correction> corrections, const Correction& one) {
  std::erase_if(corrections,
                [&](const Correction& c) { return c.holder == one.holder && c.figure == one.figure; });
  corrections.push_back(one);
  auto corrected = remade.replay.run(corrections);
  if (!corrected) return corrected.error();
  return Computed{effect_of(remade.run, *corrected, one.holder, one.figure), std::move(*corrected)};
}

base::Result<Deadline> days_of(const Desk& desk, const policy::Pack& own, Term term, Date start) {
  auto calendar = desk.calendar();
  if (!calendar) return calendar.error();
  auto fallback = deadline_pack(desk);
  if (!fallback) return fallback.error();
  return deadline(own, *fallback, term, start, *calendar);
}

struct Filing {
  Claim claim;
  Decimal claimed;
  std::optional<Decimal> was;
  Json effect;
  Date answer_until;
  int64_t stage = 1, earlier = 0;
};

// Inside a transaction.
int64_t insert(store::Session& session, const Filing& f, const LifeDoing& doing) {
  auto made = session.query(
      "INSERT INTO run_disputes (run_id, holder_id, stage, earlier, figure, was, claimed, reason, documents, "
      "effect,"
      " state, filed_at, filed_by, answer_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?)"
      " RETURNING dispute_id",
      {f.claim.run, f.claim.holder, f.stage, f.earlier ? store::Value(f.earlier) : store::Value(), f.claim.figure,
       text_or_null(f.was), f.claimed.str(), f.claim.reason, json_of(f.claim.documents).dump(), f.effect.dump(),
       doing.at.str(), doing.actor, f.answer_until.str()});
  settle_state(session, f.claim.run);
  return made.front().integer(0);
}

Json detail_of(const Dispute& d) {
  return JsonObject{{"dispute", d.id},
                    {"stage", d.stage},
                    {"holder", d.holder},
                    {"figure", d.figure},
                    {"state", d.state},
                    {"claimed", d.claimed.str()},
                    {"granted", d.granted ? Json(d.granted->str()) : Json()},
                    {"corrected_run", d.corrected_run ? Json(d.corrected_run) : Json()}};
}

// What was written, told to the journal and the audit record; inside a transaction.
Dispute told(store::Session& session, int64_t id, const char* what, const LifeDoing& doing) {
  Dispute out = dispute(session, id).value();
  const Json detail = detail_of(out);
  add_step(session, out.run, what, doing, detail);
  if (doing.also) doing.also(life_of(session, out.run).value(), detail);
  return out;
}

base::Result<Dispute> write_filing(const Desk& desk, const Filing& filing, const LifeDoing& doing) {
  base::Result<Dispute> out = Error{};
  desk.store().transaction([&] {
    auto life = life_of(desk.store(), filing.claim.run);
    base::Status allowed = filing.stage == 1
                               ? check_claim(desk.store(), life.value(), filing.claim, bank_day(doing.at))
                               : base::Status();
    if (!allowed) out = allowed.error();
    else
      out =
          told(desk.store(), insert(desk.store(), filing, doing), filing.stage == 1 ? "dispute" : "review", doing);
  });
  return out;
}

}  // namespace

std::vector<Dispute> disputes(store::Session& session, const DisputeFilter& f) {
  std::vector<Dispute> out;
  for (const auto& row : session.query(
           std::string(kSelect) +
               " WHERE (CAST(? AS BIGINT) = 0 OR d.dispute_id = ?) AND (CAST(? AS BIGINT) = 0 OR d.run_id = ?)"
               " AND (? = '' OR d.holder_id = ?) AND (? = '' OR d.state = ?)"
               " ORDER BY d.dispute_id DESC",
           {f.id.value_or(0), f.id.value_or(0), f.run.value_or(0), f.run.value_or(0), f.holder, f.holder, f.state,
            f.state}))
    out.push_back(read(row));
  return out;
}

base::Result<Dispute> dispute(store::Session& session, int64_t id) {
  auto rows = session.query(std::string(kSelect) + " WHERE d.dispute_id = ?", {id});
  if (rows.empty()) return Error{"dispute.unknown", "没有第 " + std::to_string(id) + " 件申诉", "id", ""};
  return read(rows.front());
}

base::Result<Dispute> file_dispute(const Desk& desk, const Claim& claim, const LifeDoing& doing) {
  if (auto status = check_reason(doing); !status) return status.error();
  if (auto status = check_documents(claim.documents); !status) return status.error();
  auto life = life_of(desk.store(), claim.run);
  if (!life) return life.error();
  auto result = kept_result(desk.store(), claim.run, claim.holder);
  if (!result) return Error{"dispute.holder", claim.holder + " 不在这一次考核里", "holder", ""};
  const Date today = bank_day(doing.at);
  if (auto status = check_claim(desk.store(), *life, claim, today); !status) return status.error();
  auto value = published_value(*result, claim.figure);
  if (!value)
    return Error{"dispute.figure", "没有“" + claim.figure + "”", "figure", "可以申诉: " + names_in(*result)};
  Filing filing{.claim = claim};
  if (const Decimal* was = value->as_number()) filing.was = *was;
  auto claimed = claimed_value(claim.claimed, filing.was, "claimed");
  if (!claimed) return claimed.error();
  filing.claimed = *claimed;
  auto remade = remake(desk, claim.run);
  if (!remade) return remade.error();
  auto computed = compute(*remade, remade->corrections, {claim.holder, claim.figure, filing.was, *claimed, 0});
  if (!computed) return computed.error();
  filing.effect = std::move(computed->effect);
  auto answer = days_of(desk, *remade->pack.pack, Term::answer, today);
  if (!answer) return answer.error();
  filing.answer_until = answer->last;
  return write_filing(desk, filing, doing);
}

base::Result<Dispute> ask_review(const Desk& desk, int64_t id, const std::vector<Document>& documents,
                                 const LifeDoing& doing) {
  if (auto status = check_reason(doing); !status) return status.error();
  if (auto status = check_documents(documents); !status) return status.error();
  auto first = dispute(desk.store(), id);
  if (!first) return first;
  if (first->filed_by != doing.actor) return Error{"dispute.own", "只有申诉人可以请求复议", "id", ""};
  if (first->stage != 1 || first->state != "rejected" || first->later)
    return Error{"dispute.stage", first->later ? "已经请求过复议" : "只有被驳回的申诉可以请求复议", "id",
                 first->stage == 2 ? "复议的决定是最终的" : ""};
  const Date today = bank_day(doing.at);
  if (today > *first->review_until)
    return Error{"dispute.late", "复议到 " + first->review_until->str() + " 为止，已经过了", "id", "决定是最终的"};
  auto life = life_of(desk.store(), first->run);
  if (life->state == "sealed" || life->superseded_by)
    return Error{"dispute.state", "这一次考核现在不能复议", "run", ""};
  auto pack = pack_of_run(desk, life->scheme, life->pack_hash);
  if (!pack) return pack.error();
  auto answer = days_of(desk, *pack->pack, Term::review_answer, today);
  if (!answer) return answer.error();
  Filing filing{.claim = {first->run, first->holder, first->figure, first->claimed.str(), doing.reason, documents},
                .claimed = first->claimed,
                .was = first->was,
                .effect = first->effect,
                .answer_until = answer->last,
                .stage = 2,
                .earlier = id};
  return write_filing(desk, filing, doing);
}

base::Result<Dispute> withdraw_dispute(const Desk& desk, int64_t id, const LifeDoing& doing) {
  if (auto status = check_reason(doing); !status) return status.error();
  base::Result<Dispute> out = Error{};
  desk.store().transaction([&] {
    out = dispute(desk.store(), id);
    if (!out) return;
    if (out->filed_by != doing.actor) {
      out = Error{"dispute.own", "只有申诉人可以撤回", "id", ""};
    } else if (out->state != "open") {
      out = Error{"dispute.decided", "已经决定，不能撤回", "id", ""};
    } else {
      desk.store().exec(
          "UPDATE run_disputes SET state = 'withdrawn', decided_at = ?, decided_by = ?, decision = ?"
          " WHERE dispute_id = ?",
          {doing.at.str(), doing.actor, doing.reason, id});
      settle_state(desk.store(), out->run);
      out = told(desk.store(), id, "withdraw", doing);
    }
  });
  return out;
}

}  // namespace guanhu::appraisal
