#include "api/people_desk.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

appraisal::PeopleDoing PeopleDesk::doing() {
  return {call_.login().login, call_.login().staff_id, services_.clock().now(),
          [this](const std::string& action, const std::string& subject, Json detail) {
            record(*store_, call_.login().login, action, subject, std::move(detail), services_.clock());
          }};
}

std::variant<std::shared_ptr<const policy::Pack>, Refusal> PeopleDesk::pack(const std::string& id) {
  auto reading = reading_of(services_, call_, Wanted{id});
  if (auto* refusal = std::get_if<Refusal>(&reading)) return *refusal;
  return std::get<Reading>(reading).book->pack;
}

std::string PeopleDesk::name_of(const std::string& staff) const {
  const people::Staff* person = directory().person(staff);
  return person ? person->name : staff;
}

std::string PeopleDesk::org_name(const std::string& org) const {
  const people::Org* found = directory().org(org);
  return found ? found->name : org;
}

std::string PeopleDesk::org_of(const std::string& staff) const {
  const people::Staff* person = directory().person(staff);
  return person ? person->org : "";
}

std::string PeopleDesk::branch_of(const std::string& staff) const {
  const std::string org = org_of(staff);
  return org.empty() ? "" : directory().branch_of(org);
}

std::vector<std::string> PeopleDesk::role_titles() const {
  std::vector<std::string> out;
  for (people::Role role : call_.login().roles) out.emplace_back(people::role_title(role));
  for (const auto& composed : call_.login().roles.titles) out.push_back(composed);  // a pack may name these too
  return out;
}

Refusal people_refusal(const base::Error& error) {
  if (error.code.ends_with(".unknown") && error.code != "fact.name.unknown" && error.code != "decide.unknown")
    return not_found();
  Refusal out = refusal_of(error);
  if (error.code.ends_with(".state") || error.code == "pay.taken" || error.code == "fact.withdrawn" ||
      error.code == "joint.withdrawn")
    out.status = 409;
  return out;
}

std::string body_text(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_string() ? *value->as_string() : "";
}

std::optional<base::Date> body_date(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_string() ? base::Date::parse(*value->as_string()) : std::nullopt;
}

std::optional<int64_t> body_number(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_number() ? value->as_number()->to_int64() : std::nullopt;
}

bool body_true(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_bool() && *value->as_bool();
}

Json json_of(const appraisal::PeopleFact& f) {
  return JsonObject{{"id", f.id},
                    {"of", f.of},
                    {"subject", f.subject},
                    {"kind", f.kind},
                    {"name", f.name},
                    {"value", f.value},
                    {"from", f.from.str()},
                    {"to", day_json(f.to)},
                    {"document", f.document},
                    {"reason", f.reason},
                    {"at", f.at},
                    {"by", f.by},
                    {"withdrawn_at", maybe_json(f.withdrawn_at)},
                    {"withdrawn_by", maybe_json(f.withdrawn_by)},
                    {"withdrawn_why", maybe_json(f.withdrawn_why)}};
}

Json json_of(const appraisal::GradeStep& s) {
  return JsonObject{{"id", s.id},
                    {"grade", s.grade},
                    {"from", s.from.str()},
                    {"reason", s.reason},
                    {"document", s.document},
                    {"body", s.body},
                    {"proposal", s.proposal},
                    {"corrects", id_json(s.corrects)},
                    {"corrected_by", id_json(s.corrected_by)},
                    {"decided_at", s.decided_at},
                    {"decided_by", s.decided_by},
                    {"proposed_by", s.proposed_by}};
}

Json json_of(const appraisal::GradeProposal& p) {
  auto part = [&](const char* name) {
    const Json* value = p.answer.find(name);
    return value ? *value : Json();
  };
  Json result = part("result"), basis = JsonArray{};
  if (const Json* said = result.find("依据"); said && said->as_array()) basis = *said;
  return JsonObject{{"id", p.id},
                    {"batch", p.batch},
                    {"pack", p.pack},
                    {"staff", p.staff},
                    {"name", p.name},
                    {"org", p.org},
                    {"branch", p.branch},
                    {"was", p.was},
                    {"becomes", p.becomes},
                    {"change", p.change},
                    {"from", p.from.str()},
                    {"state", p.state},
                    {"body", p.body},
                    {"roles", JsonArray(p.roles.begin(), p.roles.end())},
                    {"basis", std::move(basis)},
                    {"decision", part("decision")},
                    {"result", std::move(result)},
                    {"cites", part("cites")},
                    {"inputs", part("inputs")},
                    {"error", part("error")},
                    {"reason", p.reason},
                    {"document", p.document},
                    {"corrects", id_json(p.corrects)},
                    {"made_at", p.made_at},
                    {"made_by", p.made_by},
                    {"decided_at", maybe_json(p.decided_at)},
                    {"decided_by", maybe_json(p.decided_by)},
                    {"decided_why", maybe_json(p.decided_why)},
                    {"decided_document", maybe_json(p.decided_document)},
                    {"appeal_until", day_json(p.appeal_until)}};
}

Json json_of(const appraisal::GradeAppeal& a) {
  return JsonObject{{"id", a.id},
                    {"proposal", a.proposal},
                    {"staff", a.staff},
                    {"reason", a.reason},
                    {"filed_at", a.filed_at},
                    {"filed_by", a.filed_by},
                    {"state", a.state},
                    {"grade", maybe_json(a.grade)},
                    {"decided_at", maybe_json(a.decided_at)},
                    {"decided_by", maybe_json(a.decided_by)},
                    {"decision", maybe_json(a.decision)}};
}

Json json_of(const appraisal::Booking& b) {
  return JsonObject{{"id", b.id},
                    {"kind", b.kind},
                    {"kind_title", appraisal::booking_title(b.kind)},
                    {"on", b.on.str()},
                    {"amount", fen_json(b.amount)},
                    {"balance", fen_json(b.balance)},
                    {"counter", b.counter},
                    {"reason", b.reason},
                    {"document", b.document},
                    {"pay_run", id_json(b.pay_run)},
                    {"order", id_json(b.order)},
                    {"reverses", id_json(b.reverses)},
                    {"reversed_by", id_json(b.reversed_by)},
                    {"at", b.at},
                    {"by", b.actor}};
}

Json json_of(const appraisal::DepositOrder& o) {
  JsonArray lines;
  for (const auto& line : o.lines)
    lines.push_back(JsonObject{{"staff", line.staff},
                               {"role", line.role},
                               {"due", fen_json(line.due)},
                               {"booked", fen_json(line.booked)},
                               {"short", fen_json(line.short_of)},
                               {"share", line.share},
                               {"answers", line.answers},
                               {"booking", id_json(line.booking)},
                               {"reverses", id_json(line.reverses)}});
  return JsonObject{{"id", o.id},
                    {"kind", o.kind},
                    {"fund", o.fund},
                    {"pack", o.pack},
                    {"pack_hash", o.pack_hash},
                    {"on", o.on.str()},
                    {"subject", o.subject},
                    {"document", o.document},
                    {"reason", o.reason},
                    {"amount", fen_json(o.amount)},
                    {"basis", o.basis},
                    {"lines", std::move(lines)},
                    {"state", o.state},
                    {"made_at", o.made_at},
                    {"made_by", o.made_by},
                    {"decided_at", maybe_json(o.decided_at)},
                    {"decided_by", maybe_json(o.decided_by)},
                    {"decided_why", maybe_json(o.decided_why)}};
}

}  // namespace guanhu::api
