#include "api/desk.h"

#include <algorithm>

#include "api/signal_desk.h"
#include "api/telling.h"
#include "customers/merge.h"
#include "workbench/absence.h"
#include "workbench/todo_run.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonObject;
using people::Permission;
using people::Scope;
using records::Record;

Desk::Desk(Services& services, const Call& call)
    : services_(services),
      call_(call),
      store_(services.store()),
      facts_(services.facts()),
      today_(workbench::working_day(*store_, services.clock().now())),
      person_(workbench::person_of(call.login().login, call.login().staff_id)) {}

records::Doing Desk::writing() {
  return {login(), now(), [this](const Record& of, const std::string& action) {
            // Nobody could find it again, nor see its versions.
            if (!kind_of(of.kind)) throw base::Broken("kind " + of.kind + " is not in record_kinds()");
            audit(action, of.kind + " " + std::to_string(of.id),
                  JsonObject{{"version", of.version}, {"state", of.state}, {"owner", of.owner}});
          }};
}

void Desk::audit(const std::string& action, const std::string& subject, Json detail) {
  record(*store_, login(), action, subject, std::move(detail), services_.clock());
}

Scope Desk::scope(Permission permission) const { return people::scope_of(call_.login().roles, permission); }

bool Desk::own(const std::string& owner) {
  if (owner == person_) return true;
  if (!stood_in_) stood_in_ = workbench::stands_in_for(*store_, person_, today_);
  return std::find(stood_in_->begin(), stood_in_->end(), owner) != stood_in_->end();
}

bool Desk::reaches(Permission permission, const std::string& owner, const std::string& org) {
  const Scope wide = scope(permission);
  if (wide == Scope::none) return false;
  if (own(owner)) return true;
  auto reach = facts_->reach(call_.login(), wide);
  if (reach->bank()) return true;
  if (!owner.empty() && !owner.starts_with("login:") && reach->staff(owner)) return true;
  return wide >= Scope::branch && !org.empty() && reach->org(org);
}

bool Desk::reaches_customer(const std::string& customer) {
  const auto& all = facts_->customers;
  if (!all) return false;
  auto reached = [&](const std::string& one) {
    const size_t at = all->find(one);
    if (at == all->size()) return false;
    auto db = services_.warehouse();
    return facts_->reaches_customer(call_.login(), scope(Permission::customer_read), at, *db);
  };
  if (reached(customer)) return true;
  // A number that is one customer with others is reached through any of them.
  const auto members = customers::Merges::load(*store_).members(customer);
  return members.size() > 1 && std::any_of(members.begin(), members.end(), reached);
}

bool Desk::sees(const Record& of) {
  const RecordKind* kind = kind_of(of.kind);
  if (!kind) return false;
  return kind->sees ? kind->sees(*this, of) : reaches(kind->read, of);
}

std::string Desk::name_of(const std::string& person) const {
  if (person.starts_with("login:")) return person.substr(6);
  const people::Staff* staff = directory().person(person);
  return staff ? staff->name : person;
}

std::string Desk::org_name(const std::string& org) const {
  const people::Org* found = directory().org(org);
  return found ? found->name : org;
}

std::string Desk::org_of(const std::string& person) const {
  const people::Staff* staff = directory().person(person);
  return staff ? staff->org : "";
}

std::string Desk::customer_name(const std::string& customer) const {
  const auto& all = facts_->customers;
  const size_t at = all ? all->find(customer) : 0;
  return all && at < all->size() ? std::string(all->at(at).name) : customer;
}

JsonObject Desk::head(const Record& of) {
  auto day = [](const std::optional<Date>& d) { return d ? Json(d->str()) : Json(); };
  return {{"id", of.id},
          {"kind", of.kind},
          {"version", of.version},
          {"state", of.state},
          {"owner", of.owner},
          {"owner_name", name_of(of.owner)},
          {"org", of.org},
          {"org_name", org_name(of.org)},
          {"customer", of.customer},
          {"customer_name", of.customer.empty() ? "" : customer_name(of.customer)},
          {"parent", of.parent ? Json(of.parent) : Json()},
          {"day", day(of.day)},
          {"until", day(of.until)},
          {"title", of.title},
          {"made_at", of.made_at},
          {"made_by", of.made_by},
          {"changed_at", of.changed_at},
          {"changed_by", of.changed_by},
          {"removed", of.removed},
          {"own", own(of.owner)}};
}

Json Desk::json(const Record& of) {
  JsonObject out = head(of);
  out.emplace_back("body", of.body);
  return out;
}

void Desk::tell(const std::string& person, const std::string& title, const std::string& text,
                const std::string& link) {
  workbench::MessageAsk ask;
  ask.event = "work", ask.title = title, ask.text = text, ask.link = link;
  // What happens twice is told twice: the moment is part of the occasion.
  ask.key = "work:" + link + "@" + now().str() + " " + title;
  tell_people(*this, {person}, std::move(ask));
}

Refusal record_refusal(const base::Error& error) {
  if (error.code.ends_with(".unknown")) return not_found();
  Refusal out = refusal_of(error);
  const bool meanwhile = error.code == "record.changed" || error.code == "record.key" ||
                         error.code == "record.removed" || error.code == "record.present";
  out.status = meanwhile ? 409 : 422;
  if (!error.where.empty() && !meanwhile) out.misfits.push_back({error.where, error.message});
  // The version, or the number of the record, that is there: the client opens it.
  if (meanwhile && !error.where.empty()) out.misfits.push_back({"there", error.where});
  return out;
}

std::optional<Date> day_member(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_string() ? Date::parse(*value->as_string()) : std::nullopt;
}

std::string text_member(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_string() ? *value->as_string() : "";
}

SchemaRef record_shape(std::vector<std::pair<std::string, SchemaRef>> members) {
  std::vector<std::pair<std::string, SchemaRef>> all = {
      {"id", integer()},
      {"kind", text()},
      {"version", integer()},
      {"state", text()},
      {"owner", text()},
      {"owner_name", text()},
      {"org", text()},
      {"org_name", text()},
      {"customer", text()},
      {"customer_name", text()},
      {"parent", nullable(integer())},
      {"day", nullable(date())},
      {"until", nullable(date())},
      {"title", text()},
      {"made_at", moment()},
      {"made_by", text()},
      {"changed_at", moment()},
      {"changed_by", text()},
      {"removed", boolean()},
      {"own", described(boolean(), "the asker's, or of whom he stands in for")}};
  for (auto& member : members) all.push_back(std::move(member));
  return object(std::move(all));
}

std::vector<RecordKind> grade_kinds();          // of grade_paper_handlers.cc
std::vector<RecordKind> customer_view_kinds();  // of customer_list_handlers.cc

const std::vector<RecordKind>& record_kinds() {
  static const std::vector<RecordKind> all = [] {
    std::vector<RecordKind> out;
    for (auto make :
         {staff_kinds, register_kinds, intake_kinds, assignment_kinds, plan_kinds, visit_kinds, lead_kinds,
          mail_kinds, training_kinds, advice_kinds, query_kinds, grade_kinds, customer_view_kinds, signal_kinds})
      for (auto& one : make()) out.push_back(std::move(one));
    return out;
  }();
  return all;
}

const RecordKind* kind_of(const std::string& kind) {
  for (const auto& one : record_kinds())
    if (one.kind == kind) return &one;
  return nullptr;
}

}  // namespace guanhu::api
