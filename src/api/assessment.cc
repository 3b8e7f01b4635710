#include "api/assessment.h"

#include <algorithm>
#include <set>

#include "api/gate.h"
#include "api/policy_reading.h"
#include "appraisal/recorded.h"
#include "people/logins.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json maybe(const std::string& text) { return text.empty() ? Json() : Json(text); }

base::Result<std::shared_ptr<const policy::Pack>> pack_in_force(Services& s, store::Session& store,
                                                                const std::string& pack) {
  if (auto version = policy::PolicyLife::in_force(store, pack, today_of(s)))
    return s.policy_life().open(store, *version);
  return s.packs().get(pack);
}

base::Result<appraisal::FoundForm> form_in_force(Services& s, store::Session& store, const std::string& pack,
                                                 const std::string& form) {
  auto found = pack_in_force(s, store, pack);
  if (!found) return found.error();
  for (const policy::Form& one : (*found)->forms)
    if (one.id == form) return appraisal::FoundForm{one, (*found)->hash};
  return Error{"assess.form", "制度包“" + pack + "”里没有考核表“" + form + "”", "form",
               "从 /assessment-templates 里选"};
}

}  // namespace

int64_t assessment_number(const Call& call) { return number_of(call.part("id")).value_or(0); }

Refusal assess_refusal(const Error& error) {
  if (error.code == "assess.unknown") return not_found();
  if (error.code == "assess.stale") return {412, {"request.precondition", error.message, error.where, error.hint}};
  if (error.code == "assess.mark" || error.code == "assess.plan") return assess_refusal(std::vector<Error>{error});
  return refusal_of(error);
}

Refusal assess_refusal(const std::vector<Error>& faults) {
  Refusal out{422, {faults.front().code, "", "", ""}};
  for (const Error& fault : faults)
    out.misfits.push_back({fault.where, fault.message + (fault.hint.empty() ? "" : "（" + fault.hint + "）")});
  return out;
}

appraisal::Act act_of(Services& s, store::Session& store, const people::Login& login) {
  return {login.login, login.staff_id, s.clock().now(),
          [&s, &store](const std::string& actor, const std::string& action, const std::string& subject,
                       Json detail) { record(store, actor, action, subject, std::move(detail), s.clock()); }};
}

AssessDesk::AssessDesk(Services& s, const Call& call) : s_(s), call_(call), store_(s.store()), facts_(s.facts()) {
  tell(appraisal::catch_up(*store_, world(), act()));
}

appraisal::Act AssessDesk::act() { return act_of(s_, *store_, call_.login()); }

appraisal::World AssessDesk::world() {
  return {
      facts_->directory, facts_->last_date.value_or(today_of(s_)),
      [this](const std::string& pack, const std::string& form) { return form_in_force(s_, *store_, pack, form); }};
}

void AssessDesk::tell(const appraisal::Happened& happened) {
  if (happened.started.empty() && happened.reminded.empty()) return;
  auto logins = people::list_logins(*store_);
  auto each = [&](const appraisal::Happened::Due& due, const char* level, const char* title) {
    for (const auto& login : logins)
      if (auto at = due.waiting.find(login.staff_id); at != due.waiting.end() && !login.disabled)
        s_.notice("user:" + login.login, level, title,
                  due.title + "：" + std::to_string(at->second) + " 张考核表，截止 " + due.deadline,
                  "/assessment-forms");
  };
  for (const auto& due : happened.started) each(due, "info", "有考核表要填");
  for (const auto& due : happened.reminded) each(due, "warn", "考核表快到截止时间");
}

Json AssessDesk::person(const std::string& staff) const {
  const people::Staff* found = directory().person(staff);
  const people::Org* org = found ? directory().org(found->org) : nullptr;
  return JsonObject{{"id", staff},
                    {"name", found ? found->name : staff},
                    {"org_id", found ? found->org : ""},
                    {"org_name", org ? org->name : ""},
                    {"position", found ? found->position : ""}};
}

Json AssessDesk::maybe_person(const std::string& staff) const { return staff.empty() ? Json() : person(staff); }

std::vector<std::string> AssessDesk::staff_with_login() {
  std::set<std::string> out;
  for (const auto& login : people::list_logins(*store_))
    if (!login.disabled) out.insert(login.staff_id);
  return {out.begin(), out.end()};
}

void AssessDesk::remind(const appraisal::Happened::Due& due) {
  appraisal::Happened happened;
  happened.reminded.push_back(due);
  tell(happened);
}

bool AssessDesk::sees(const appraisal::Plan& plan) {
  if (bank()) return true;
  if (plan.state == "draft" || plan.state == "approved") return false;
  auto in_reach = reach();
  for (const auto& staff : appraisal::members(*store_, plan.id))
    if (in_reach->staff(staff)) return true;
  return false;
}

std::variant<appraisal::Plan, Refusal> AssessDesk::plan() {
  auto found = appraisal::plan(*store_, assessment_number(call_));
  if (!found || !sees(*found)) return not_found();
  return *found;
}

base::Result<appraisal::TakeFigure> figure_taker(Services& s, store::Session& store,
                                                 const appraisal::PlanSpec& spec, const policy::Form& form,
                                                 const std::string& by) {
  if (spec.fact.empty()) return appraisal::TakeFigure();
  const size_t slash = std::min(spec.fact.find('/'), spec.fact.size());
  auto pack = pack_in_force(s, store, spec.fact.substr(0, slash));
  if (!pack) return pack.error();
  appraisal::Recording what{spec.fact.substr(std::min(slash + 1, spec.fact.size())), "staff", "",
                            spec.period.str()};
  what.document = "考核计划：" + spec.title;
  // Whether it can be recorded is known before anybody has a total: the lowest and the highest one are tried.
  base::Decimal full;
  for (const policy::FormItem& item : form.items) full = base::Decimal::add(full, item.weight).value();
  for (const base::Decimal& total : {base::Decimal(0), full}) {
    appraisal::Recording probe = what;
    probe.subject_id = "0", probe.value = total;
    if (auto fits = appraisal::check_recording(**pack, probe); !fits)
      return Error{"assess.fact", fits.error().message, "fact",
                   "写成 制度包/登记事实，是员工的、按期的数，容得下满分"};
  }
  return appraisal::TakeFigure([&s, &store, by, pack = *pack, what](const std::string& staff, const base::Period&,
                                                                    const std::string&,
                                                                    const base::Decimal& total) {
    appraisal::Recording one = what;
    one.subject_id = staff, one.value = total;
    auto fits = appraisal::check_recording(*pack, one);
    if (!fits) throw base::Broken("a total cannot be recorded: " + fits.error().text());
    appraisal::record(store, *fits, pack->id + " " + pack->version + " " + pack->hash.substr(0, 12), by,
                      s.clock());
  });
}

Json plan_json(const appraisal::Plan& p) {
  return JsonObject{{"id", p.id},
                    {"revision", p.revision},
                    {"state", p.state},
                    {"title", p.spec.title},
                    {"period", p.spec.period.str()},
                    {"pack", p.spec.pack},
                    {"form", p.spec.form},
                    {"starts_at", p.spec.starts_at.str()},
                    {"deadline", p.spec.deadline.str()},
                    {"closes_at", p.spec.closes_at.str()},
                    {"anonymous", p.spec.anonymous},
                    {"assessed", p.assessed},
                    {"forms", p.forms},
                    {"submitted", p.submitted},
                    {"made_by", p.made_by},
                    {"made_at", p.made_at},
                    {"checked_by", maybe(p.checked_by)},
                    {"checked_at", maybe(p.checked_at)},
                    {"started_at", maybe(p.started_at)},
                    {"closed_at", maybe(p.closed_at)},
                    {"reported_at", maybe(p.reported_at)},
                    {"reported_by", maybe(p.reported_by)},
                    {"problem", maybe(p.problem)}};
}

Json whole_json(const appraisal::Plan& p) {
  Json out = plan_json(p);
  out.as_object()->emplace_back("spec", appraisal::to_json(p.spec));
  out.as_object()->emplace_back("sheet", p.form ? policy::to_json(*p.form) : Json());
  out.as_object()->emplace_back("pack_hash", maybe(p.pack_hash));
  return out;
}

}  // namespace guanhu::api
