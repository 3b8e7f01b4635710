#include "attribution/claim.h"
#include "base/length.h"

#include <algorithm>

namespace guanhu::attribution {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using records::Record;

namespace {

bool waits(const Record& of) { return of.state == "open" || of.state == "answered"; }

// The body with some members set, others as they were.
Json with(const Json& body, JsonObject changes) {
  JsonObject out;
  if (const JsonObject* was = body.as_object())
    for (const auto& [name, value] : *was)
      if (std::none_of(changes.begin(), changes.end(), [&](const auto& c) { return c.first == name; }))
        out.emplace_back(name, value);
  for (auto& change : changes) out.push_back(std::move(change));
  return out;
}

base::Result<Record> claim_in(store::Session& session, int64_t id, int64_t version) {
  auto found = records::record(session, kClaimKind, id);
  if (!found || found->removed) return Error{"claim.unknown", "没有这一件认领", "", ""};
  found->version = version;
  return found;
}

Error wrong_state(const Record& of) {
  return {"claim.state", of.state == "withdrawn" ? "这件认领已经撤回" : "这件认领已经办过这一步", "",
          "打开它看现在的状态"};
}

}  // namespace

std::string body_text(const Record& record, const char* member) {
  const Json* value = record.body.find(member);
  return value && value->as_string() ? *value->as_string() : "";
}

std::vector<std::string> body_list(const Record& record, const char* member) {
  std::vector<std::string> out;
  const Json* value = record.body.find(member);
  if (const JsonArray* all = value ? value->as_array() : nullptr)
    for (const Json& one : *all)
      if (one.as_string()) out.push_back(*one.as_string());
  return out;
}

base::Result<Record> file_claim(store::Session& session, const ClaimAsk& ask, const records::Doing& doing) {
  if (!is_sentence(ask.reason)) return Error{"claim.reason", "没有写认领的理由，或太长", "reason", "用几句话写明"};
  if (base::characters(ask.evidence) > 2000 || (ask.files.empty() && !is_sentence(ask.evidence)))
    return Error{"claim.evidence", "没有凭据", "evidence", "写明凭据，或附上文件"};
  if (!ask.holders.empty() && ask.holders.front() == ask.claimant)
    return Error{"claim.own", "这一户已经是您主办的", "customer", "要改份额请上级重新指派"};
  std::optional<base::Result<Record>> out;
  session.transaction([&] {
    records::Filter open;
    open.kinds = {kClaimKind}, open.states = {"open", "answered"}, open.customer = ask.customer;
    if (auto others = records::list(session, open); !others.empty())
      return void(out = Error{"claim.open", "这一户已经有一件认领没有裁定", "customer",
                              "等它裁定；第 " + std::to_string(others[0].id) + " 号"});
    Record made;
    made.kind = kClaimKind, made.state = "open", made.owner = ask.claimant, made.org = ask.org;
    made.customer = ask.customer, made.day = ask.from, made.until = ask.answer_until;
    made.title = "认领 " + (ask.customer_name.empty() ? ask.customer : ask.customer_name);
    JsonArray holders;
    for (const auto& one : ask.holders) holders.push_back(one);
    made.body = JsonObject{{"claimant", ask.claimant},
                           {"holders", std::move(holders)},
                           {"reason", ask.reason},
                           {"evidence", ask.evidence},
                           {"from", ask.from.str()},
                           {"answer_until", ask.answer_until.str()},
                           {"decide_until", ask.decide_until.str()}};
    out = records::write_in(session, {std::move(made), "claim.file", "", "", ask.files}, doing);
  });
  return std::move(*out);
}

base::Result<Record> answer_claim(store::Session& session, const ClaimAnswer& answer,
                                  const records::Doing& doing) {
  if (!is_sentence(answer.text))
    return Error{"claim.text", "没有写答复，或太长", "text", "同意或不同意都写明理由"};
  auto found = claim_in(session, answer.id, answer.version);
  if (!found) return found.error();
  if (found->state != "open") return wrong_state(*found);
  const auto holders = body_list(*found, "holders");
  if (std::find(holders.begin(), holders.end(), answer.person) == holders.end())
    return Error{"claim.person", "只有现在服务这一户的人答复", "", ""};
  found->body = with(found->body, {{"answer", answer.text},
                                   {"agree", answer.agree},
                                   {"answered_by", answer.person},
                                   {"answered_at", doing.at.str()},
                                   {"decide_until", answer.decide_until.str()}});
  found->state = "answered", found->until = answer.decide_until;
  return records::write(session, {*found, "claim.answer"}, doing);
}

base::Result<ClaimDecided> decide_claim(store::Session& session, const people::Directory& directory,
                                        const ClaimDecision& d, const records::Doing& doing,
                                        const RegisterDoing& recording) {
  if (!is_sentence(d.why)) return Error{"claim.why", "没有写裁定的理由，或太长", "why", "用几句话写明"};
  std::optional<base::Result<ClaimDecided>> out;
  session.transaction([&] {
    auto found = claim_in(session, d.id, d.version);
    if (!found) return void(out = found.error());
    if (!waits(*found)) return void(out = wrong_state(*found));
    const auto until = Date::parse(body_text(*found, "answer_until"));
    if (found->state == "open" && !body_list(*found, "holders").empty() && until && recording.today <= *until)
      return void(out = Error{"claim.state", "现在管的人还没有答复，答复到 " + until->str() + " 为止", "",
                              "等答复，或过了这一天再裁定"});
    // CUS-607: nobody decides about a customer of one's own.
    const auto holders = body_list(*found, "holders");
    if (found->owner == d.person || std::find(holders.begin(), holders.end(), d.person) != holders.end())
      return void(out = Error{"claim.self", "认领的人和现在管的人不能自己裁定", "", "请两人共同的上级裁定"});
    std::vector<Assign> asks;
    if (d.grant) {
      asks = d.beside;
      asks.insert(asks.begin(), {"customer", found->customer, found->customer, found->org, d.from, std::nullopt,
                                 d.managers, d.why, "claim", found->id});
      for (Assign& one : asks) {
        one.origin = "claim", one.origin_id = found->id;
        if (auto fits = check(session, directory, one); !fits) return void(out = fits.error());
      }
    }
    found->body = with(found->body, {{"why", d.why},
                                     {"decided_by", d.person},
                                     {"decided_at", doing.at.str()},
                                     {"decided_on", recording.today.str()},
                                     {"decided_from", d.grant ? Json(d.from.str()) : Json()}});
    found->state = d.grant ? "granted" : "rejected", found->until = std::nullopt;
    auto written = records::write_in(session, {*found, "claim.decide", d.why}, doing);
    if (!written) return void(out = written.error());
    out = ClaimDecided{*written, record_in(session, asks, false, recording)};
  });
  return std::move(*out);
}

base::Result<Record> withdraw_claim(store::Session& session, int64_t id, int64_t version, const std::string& why,
                                    const records::Doing& doing) {
  if (!is_sentence(why)) return Error{"claim.why", "没有写撤回的理由，或太长", "why", "用一句话写明"};
  auto found = claim_in(session, id, version);
  if (!found) return found.error();
  if (!waits(*found)) return wrong_state(*found);
  found->state = "withdrawn", found->until = std::nullopt;
  found->body = with(found->body, {{"why", why}});
  return records::write(session, {*found, "claim.withdraw", why}, doing);
}

std::optional<Date> last_rejected(store::Session& session, const std::string& customer,
                                  const std::string& claimant) {
  records::Filter filter;
  filter.kinds = {kClaimKind}, filter.states = {"rejected"}, filter.customer = customer,
  filter.owners = {claimant};
  std::optional<Date> out;
  for (const Record& one : records::list(session, filter))
    if (auto day = Date::parse(body_text(one, "decided_on")); day && (!out || *out < *day)) out = day;
  return out;
}

}  // namespace guanhu::attribution
