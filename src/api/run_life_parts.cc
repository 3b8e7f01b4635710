#include "api/run_life_parts.h"

#include "appraisal/dispute_effect.h"
#include "people/logins.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

int64_t run_number(const std::string& text) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != text.npos) return 0;
  return std::stoll(text);
}

Refusal life_refusal(const base::Error& error) {
  if (error.code == "life.unknown" || error.code == "dispute.unknown" || error.code == "dispute.holder")
    return not_found();
  return refusal_of(error);
}

appraisal::LifeDoing doing_of(Services& s, store::Session& session, const Call& call, std::string action) {
  const Json* reason = call.body.find("reason");
  return {call.login().login, s.clock().now(), reason && reason->as_string() ? *reason->as_string() : "",
          [&s, &session, &call, action = std::move(action)](const appraisal::RunLife& life, const Json& detail) {
            std::string subject = "run " + std::to_string(life.run);
            for (const char* other : {"dispute", "difference"})
              if (const Json* id = detail.find(other)) subject = std::string(other) + " " + id->dump();
            JsonObject all = {{"run", life.run}, {"state", life.state}};
            for (const auto& [name, value] : *detail.as_object())
              if (name != "state") all.emplace_back(name, value);
            record(session, call.login().login, action, subject, std::move(all), s.clock());
          }};
}

std::vector<appraisal::Document> documents_of(const Call& call) {
  std::vector<appraisal::Document> out;
  if (const Json* all = call.body.find("documents"))
    for (const Json& one : *all->as_array())
      out.push_back({*one.find("title")->as_string(), *one.find("reference")->as_string()});
  return out;
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }
Json date_or_null(const std::optional<base::Date>& date) { return date ? Json(date->str()) : Json(); }
Json decimal_or_null(const std::optional<base::Decimal>& value) { return value ? Json(value->str()) : Json(); }

Json number_texts(const Json& value) {
  if (const auto* number = value.as_number()) return number->str();
  if (const auto* items = value.as_array()) {
    JsonArray out;
    for (const auto& item : *items) out.push_back(number_texts(item));
    return out;
  }
  if (const auto* members = value.as_object()) {
    JsonObject out;
    for (const auto& [name, member] : *members) out.emplace_back(name, number_texts(member));
    return out;
  }
  return value;
}

JsonObject names_of(Services& s, store::Session& session, const std::set<std::string>& logins,
                    const std::set<std::string>& holders) {
  auto facts = s.facts();
  JsonObject out;
  auto add = [&](const std::string& key, const std::string& id) {
    const people::Staff* person = facts->directory.person(id);
    const people::Org* org = person ? nullptr : facts->directory.org(id);
    if (person || org) out.emplace_back(key, person ? person->name : org->name);
  };
  for (const auto& login : logins)
    if (auto found = people::find_login(session, login)) add(login, found->staff_id);
  for (const auto& holder : holders)
    if (!logins.contains(holder)) add(holder, holder);
  return out;
}

std::string scheme_title(Packs& packs, const std::string& scheme) {
  auto name = SchemeName::parse(scheme);
  auto pack = name ? packs.get(name->pack) : base::Result<std::shared_ptr<const policy::Pack>>(name.error());
  const policy::Scheme* found = pack ? (*pack)->scheme(name->scheme) : nullptr;
  return found ? found->title : scheme;
}

JsonObject dispute_json(Services& s, store::Session& session, const appraisal::Dispute& d, base::Date today,
                        bool others) {
  JsonArray documents;
  for (const auto& one : d.documents)
    documents.push_back(JsonObject{{"title", one.title}, {"reference", one.reference}});
  auto run = appraisal::life_of(session, d.run);
  auto result = appraisal::kept_result(session, d.run, d.holder);
  const Json* name = result ? result->find("name") : nullptr;
  auto effect = [&](const Json& all) { return others ? all : appraisal::without_others(all); };
  return {{"id", d.id},
          {"run", d.run},
          {"scheme", run->scheme},
          {"title", scheme_title(s.packs(), run->scheme)},
          {"period", run->period},
          {"stage", d.stage},
          {"earlier", d.earlier ? Json(d.earlier) : Json()},
          {"later", d.later ? Json(d.later) : Json()},
          {"holder", d.holder},
          {"name", name ? *name : Json(d.holder)},
          {"figure", d.figure},
          {"was", decimal_or_null(d.was)},
          {"claimed", d.claimed.str()},
          {"granted", decimal_or_null(d.granted)},
          {"reason", d.reason},
          {"documents", std::move(documents)},
          {"state", d.state},
          {"overdue", d.overdue(today)},
          {"filed_at", d.filed_at},
          {"filed_by", d.filed_by},
          {"answer_until", d.answer_until.str()},
          {"decided_at", text_or_null(d.decided_at)},
          {"decided_by", text_or_null(d.decided_by)},
          {"decision", text_or_null(d.decision)},
          {"review_until", date_or_null(d.review_until)},
          {"corrected_run", d.corrected_run ? Json(d.corrected_run) : Json()},
          {"effect", effect(d.effect)},
          {"granted_effect", effect(d.granted_effect)},
          {"names", names_of(s, session, {d.filed_by, d.decided_by}, {})}};
}

}  // namespace guanhu::api
