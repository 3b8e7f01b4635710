#include "workbench/outbox.h"

#include <algorithm>

#include "base/digest.h"
#include "base/json.h"
#include "base/length.h"
#include "workbench/outbox_format.h"

namespace guanhu::workbench {

using base::Error;
using base::Instant;
using base::Json;
using base::JsonObject;
using store::Value;

namespace {

constexpr const char* kColumns =
    "m.message_id, m.channel_id, m.key, m.event, m.to_kind, m.to_id, m.to_name, m.phone, m.keeper, m.org, m.title,"
    " m.text, m.link, m.pack, m.article, m.rules, m.state, m.attempts, m.tries, m.next_at, m.made_at, m.made_by,"
    " coalesce(m.decided_at, ''), coalesce(m.decided_by, ''), m.why, coalesce(m.ended_at, ''), m.error, c.name,"
    " c.kind FROM outbox_messages m JOIN outbox_channels c ON c.channel_id = m.channel_id";

OutMessage read_message(const store::Row& row) {
  OutMessage of;
  of.id = row.integer(0), of.channel = row.integer(1);
  std::string* texts[] = {&of.key,   &of.event, &of.to_kind, &of.to,   &of.to_name, &of.phone, &of.keeper, &of.org,
                          &of.title, &of.text,  &of.link,    &of.pack, &of.article, &of.rules, &of.state};
  for (size_t i = 0; i < std::size(texts); ++i) *texts[i] = row.text(2 + i);
  of.attempts = row.integer(17), of.tries = row.integer(18);
  std::string* ends[] = {&of.next_at, &of.made_at,  &of.made_by, &of.decided_at,   &of.decided_by,
                         &of.why,     &of.ended_at, &of.error,   &of.channel_name, &of.channel_kind};
  for (size_t i = 0; i < std::size(ends); ++i) *ends[i] = row.text(19 + i);
  return of;
}

// Moments in the queue are whole seconds, so that their texts stand in the order of time.
std::string second_from(Instant at) { return Instant{(at.micros + 999'999) / 1'000'000 * 1'000'000}.str(); }
std::string second_before(Instant at) { return Instant{at.micros / 1'000'000 * 1'000'000}.str(); }

// A message in one of the states, to be changed; the caller is in a transaction.
base::Result<OutMessage> held(store::Session& session, int64_t id, std::initializer_list<const char*> states) {
  auto of = out_message(session, id);
  if (!of.ok()) return of;
  for (const char* state : states)
    if (of->state == state) return of;
  return Error{"outbox.state", "这一条已经是“" + of->state + "”", "state", "刷新后再看"};
}

// One step with its audit record; what is refused changes nothing.
template <class Step>
base::Result<OutMessage> step(store::Session& session, int64_t id, std::initializer_list<const char*> states,
                              const char* action, const TodoDoing& doing, Step change) {
  base::Result<OutMessage> out = Error{"outbox.unknown", "没有这一条", "", ""};
  session.transaction([&] {
    out = held(session, id, states);
    if (!out.ok()) return;
    if (base::Status may = change(*out); !may.ok()) {
      out = may.error();
      return;
    }
    if (doing.also)
      doing.also(action, "outbox " + std::to_string(id),
                 JsonObject{{"key", out->key}, {"channel", out->channel_name}, {"event", out->event}});
    out = out_message(session, id);
  });
  return out;
}

bool channel_needs_consent(store::Session& session, int64_t channel) {
  auto rows = session.query("SELECT consent FROM outbox_channels WHERE channel_id = ?", {channel});
  return !rows.empty() && rows[0].integer(0) != 0;
}

}  // namespace

int64_t put_out(store::Session& session, const store::PersonalKey& key, const OutAsk& ask,
                const TodoDoing& doing) {
  const BankSettings settings = BankSettings::read(session);
  int64_t made = 0;
  for (const OutChannel& channel : out_channels(session, key)) {
    if (!channel.on || std::find(channel.events.begin(), channel.events.end(), ask.event) == channel.events.end())
      continue;
    if (channel.robot() != (ask.to_kind == "group")) continue;
    const bool customer = ask.to_kind == "customer";
    const bool released =
        !customer || (settings.yes("sms_auto") && (!channel.consent || has_consent(session, ask.to)));
    const bool covered = !channel.full;
    made += session.exec(
        "INSERT INTO outbox_messages (key, channel_id, event, to_kind, to_id, to_name, phone, keeper, org, title,"
        " text, link, pack, article, rules, state, attempts, tries, next_at, made_at, made_by, why, error)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?, ?, '', '') ON CONFLICT (key) DO "
        "NOTHING",
        {std::to_string(channel.id) + "/" + ask.key, channel.id, ask.event, ask.to_kind, ask.to,
         covered && customer ? covered_name(ask.to_name) : ask.to_name, covered ? std::string() : ask.phone,
         ask.keeper, ask.org, covered ? ask.masked_title : ask.title, covered ? ask.masked_text : ask.text,
         ask.link, ask.pack, ask.article, ask.rules, released ? "waiting" : "proposed",
         second_from(std::max(ask.not_before, doing.at)), doing.at.str(), doing.login});
  }
  return made;
}

std::vector<OutMessage> out_messages(store::Session& session, const OutFilter& filter) {
  std::string sql = std::string("SELECT ") + kColumns + " WHERE 1 = 1";
  std::vector<Value> with;
  auto add = [&](const char* condition, Value value) { sql += condition, with.push_back(std::move(value)); };
  if (filter.state == "open") sql += " AND m.state IN ('proposed', 'waiting', 'sending')";
  else if (!filter.state.empty()) add(" AND m.state = ?", filter.state);
  if (!filter.to_kind.empty()) add(" AND m.to_kind = ?", filter.to_kind);
  if (!filter.to.empty()) add(" AND m.to_id = ?", filter.to);
  if (filter.channel) add(" AND m.channel_id = ?", filter.channel);
  add(" ORDER BY m.message_id DESC LIMIT ?", static_cast<int64_t>(filter.limit));
  std::vector<OutMessage> out;
  for (const auto& row : session.query(sql, with)) out.push_back(read_message(row));
  return out;
}

base::Result<OutMessage> out_message(store::Session& session, int64_t id) {
  auto rows = session.query(std::string("SELECT ") + kColumns + " WHERE m.message_id = ?", {id});
  if (rows.empty()) return Error{"outbox.unknown", "没有这一条", "", ""};
  return read_message(rows[0]);
}

std::vector<OutAttempt> out_attempts(store::Session& session, int64_t id) {
  std::vector<OutAttempt> out;
  for (const auto& row : session.query("SELECT at, took_ms, status, outcome, error, answer FROM outbox_attempts"
                                       " WHERE message_id = ? ORDER BY attempt_id",
                                       {id}))
    out.push_back({row.text(0), row.integer(1), row.integer(2), row.text(3), row.text(4), row.text(5)});
  return out;
}

base::Result<OutMessage> release_out(store::Session& session, int64_t id, const TodoDoing& doing) {
  return step(session, id, {"proposed"}, "outbox.release", doing, [&](const OutMessage& of) -> base::Status {
    if (of.to_kind == "customer" && channel_needs_consent(session, of.channel) && !has_consent(session, of.to))
      return Error{"outbox.consent", "这位客户没有同意接收", "consent", "先登记客户的同意"};
    session.exec(
        "UPDATE outbox_messages SET state = 'waiting', decided_at = ?, decided_by = ?,"
        " next_at = CASE WHEN next_at < ? THEN ? ELSE next_at END WHERE message_id = ?",
        {doing.at.str(), doing.login, second_before(doing.at), second_before(doing.at), id});
    return {};
  });
}

base::Result<OutMessage> cancel_out(store::Session& session, int64_t id, const std::string& why,
                                    const TodoDoing& doing) {
  if (why.empty() || base::characters(why) > 2000) return Error{"todo.reason", "写明为什么不发", "reason", ""};
  return step(session, id, {"proposed", "waiting", "dead"}, "outbox.cancel", doing,
              [&](const OutMessage&) -> base::Status {
                session.exec(
                    "UPDATE outbox_messages SET state = 'cancelled', decided_at = ?, decided_by = ?, why = ?,"
                    " ended_at = ? WHERE message_id = ?",
                    {doing.at.str(), doing.login, why, doing.at.str(), id});
                return {};
              });
}

base::Result<OutMessage> retry_out(store::Session& session, int64_t id, const TodoDoing& doing) {
  return step(session, id, {"waiting", "dead"}, "outbox.retry", doing, [&](const OutMessage&) -> base::Status {
    session.exec(
        "UPDATE outbox_messages SET state = 'waiting', tries = 0, next_at = ?, decided_at = ?, decided_by = ?,"
        " ended_at = NULL WHERE message_id = ?",
        {second_before(doing.at), doing.at.str(), doing.login, id});
    return {};
  });
}

std::vector<OutConsent> out_consents(store::Session& session, const std::string& customer) {
  std::vector<OutConsent> out;
  for (const auto& row : session.query("SELECT customer, note, at, actor, given FROM outbox_consents"
                                       " WHERE customer = ? ORDER BY consent_id DESC",
                                       {customer}))
    out.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.integer(4) != 0});
  return out;
}

bool has_consent(store::Session& session, const std::string& customer) {
  auto all = out_consents(session, customer);
  return !all.empty() && all[0].given;
}

base::Status keep_consent(store::Session& session, const std::string& customer, bool given,
                          const std::string& note, const TodoDoing& doing) {
  if (note.empty() || base::characters(note) > 1500)
    return Error{"outbox.consent.note", "写明怎样同意或撤回的", "note", "例如：2025-06-01 柜面书面同意"};
  base::Status out;
  session.transaction([&] {
    if (has_consent(session, customer) == given) {
      out = Error{"outbox.consent.same", given ? "已经登记过同意" : "本来就没有同意", "given", ""};
      return;
    }
    session.exec("INSERT INTO outbox_consents (customer, given, note, at, actor) VALUES (?, ?, ?, ?, ?)",
                 {customer, int64_t{given}, note, doing.at.str(), doing.login});
    if (doing.also) doing.also("outbox.consent", "customer " + customer, JsonObject{{"given", given}});
  });
  return out;
}

std::optional<OutMessage> take_out(store::Session& session, Instant now, int64_t lease_seconds) {
  std::optional<OutMessage> out;
  const std::string at = second_before(now), until = second_from({now.micros + lease_seconds * 1'000'000});
  session.transaction([&] {
    auto rows = session.query(std::string("SELECT ") + kColumns +
                                  " WHERE (m.state = 'waiting' AND m.next_at <= ?)"
                                  " OR (m.state = 'sending' AND m.lease_until <= ?)"
                                  " ORDER BY m.next_at, m.message_id LIMIT 1",
                              {at, at});
    if (rows.empty()) return;
    OutMessage of = read_message(rows[0]);
    // Another process may have taken it between the two statements: the count says whether it is ours.
    const int64_t ours = session.exec(
        "UPDATE outbox_messages SET state = 'sending', lease_until = ?, attempts = attempts + 1, tries = tries + 1"
        " WHERE message_id = ? AND attempts = ? AND (state = 'waiting' OR lease_until <= ?)",
        {until, of.id, of.attempts, at});
    if (ours != 1) return;
    of.state = "sending", ++of.attempts, ++of.tries;
    out = std::move(of);
  });
  return out;
}

std::string out_outcome(const std::string& kind, const OutResult& of) {
  if (!of.error_code.empty())
    return of.error_code == "http.url" || of.error_code == "http.inside" || of.error_code == "outbox.off"
               ? "dead"
               : "again";
  if (of.status == 408 || of.status == 425 || of.status == 429 || of.status >= 500) return "again";
  if (of.status < 200 || of.status >= 300) return "dead";
  if (kind != "wecom" && kind != "dingtalk") return "sent";
  // Robots answer 200 to everything; what they mean is errcode.
  auto said = Json::parse(of.answer);
  const Json* code = said.ok() ? said->find("errcode") : nullptr;
  if (!code || !code->as_number()) return "again";
  const std::string number = code->as_number()->str();
  if (number == "0") return "sent";
  for (const char* busy : {"-1", "6000", "45009", "45033", "130101", "410100"})
    if (number == busy) return "again";
  return "dead";
}

int64_t out_wait(const std::string& key, int64_t tries, const BankSettings& settings) {
  const int64_t most = settings.number("longest_wait");
  int64_t wait = settings.number("first_wait");
  for (int64_t i = 1; i < tries && wait < most; ++i) wait *= 2;
  wait = std::min(wait, most);
  const std::string digest = base::sha256_hex(key + "#" + std::to_string(tries));
  const int64_t share = std::stoll(digest.substr(0, 6), nullptr, 16) % 401 - 200;  // thousandths
  return std::max<int64_t>(1, wait + wait * share / 1000);
}

std::string finish_out(store::Session& session, const OutMessage& of, const OutResult& result,
                       const BankSettings& settings, Instant now) {
  std::string outcome = out_outcome(of.channel_kind, result);
  if (outcome == "again" && of.tries >= settings.number("attempts")) outcome = "dead";
  const std::string error = outcome == "sent"       ? ""
                            : !result.error.empty() ? result.error
                                                    : "HTTP " + std::to_string(result.status);
  const int64_t wait =
      std::max(out_wait(of.key, of.tries, settings), std::min<int64_t>(result.retry_after, 86'400));
  const std::string next = second_from({now.micros + wait * 1'000'000}), at = now.str();
  session.transaction([&] {
    const int64_t ours = session.exec(
        "UPDATE outbox_messages SET state = ?, lease_until = NULL, error = ?, next_at = ?, ended_at = ?"
        " WHERE message_id = ? AND state = 'sending' AND attempts = ?",
        {outcome == "again" ? "waiting" : outcome, error, outcome == "again" ? next : of.next_at,
         outcome == "again" ? Value() : Value(at), of.id, of.attempts});
    session.exec(
        "INSERT INTO outbox_attempts (message_id, at, took_ms, status, outcome, error, answer)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        {of.id, at, result.took_ms, int64_t{result.status}, outcome, error, result.answer});
    if (ours != 1) outcome = "late";
  });
  return outcome;
}

std::optional<Instant> next_out(store::Session& session) {
  auto rows = session.query(
      "SELECT min(CASE WHEN state = 'sending' THEN lease_until ELSE next_at END) FROM outbox_messages"
      " WHERE state IN ('waiting', 'sending')");
  if (rows.empty() || rows[0].is_null(0)) return std::nullopt;
  return Instant::parse(rows[0].text(0));
}

}  // namespace guanhu::workbench
