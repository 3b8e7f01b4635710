// Filling in forms of qualitative appraisal: the to-dos of whoever asks, and nobody else's. And the relatives
// people declare, so that they do not judge one another.
#include <algorithm>
#include <map>

#include "api/assessment.h"
#include "api/gate.h"
#include "api/handlers.h"
#include "appraisal/assess_kin.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json maybe(const std::string& text) { return text.empty() ? Json() : Json(text); }

Json sheet_json(const AssessDesk& desk, const appraisal::FormSheet& sheet, const appraisal::Plan& plan,
                base::Instant now) {
  auto [answered, entries] = appraisal::answered(*plan.form, sheet.marks);
  return JsonObject{{"id", sheet.id},
                    {"plan", plan.id},
                    {"title", plan.spec.title},
                    {"period", plan.spec.period.str()},
                    {"anonymous", plan.spec.anonymous},
                    {"assessed", desk.person(sheet.assessed)},
                    {"group", plan.spec.groups.at(sheet.group).name},
                    {"state", sheet.state},
                    {"revision", sheet.revision},
                    {"answered", answered},
                    {"entries", entries},
                    {"deadline", plan.spec.deadline.str()},
                    {"closes_at", plan.spec.closes_at.str()},
                    {"overdue", sheet.state == "open" && plan.spec.deadline <= now},
                    {"late", sheet.late},
                    {"delegated_from", desk.maybe_person(sheet.delegated_from)}};
}

Json whole_json(const AssessDesk& desk, const appraisal::FormSheet& sheet, const appraisal::Plan& plan,
                base::Instant now) {
  Json out = sheet_json(desk, sheet, plan, now);
  const bool running = plan.state == "running";
  auto add = [&](const char* name, Json value) { out.as_object()->emplace_back(name, std::move(value)); };
  add("form", policy::to_json(*plan.form));
  add("marks", sheet.marks.is_null() ? Json(JsonObject{}) : sheet.marks);
  add("remark", sheet.remark);
  add("saved_at", maybe(sheet.saved_at));
  add("submitted_at", maybe(sheet.submitted_at));
  add("may_withdraw", running && sheet.state == "submitted" && now < plan.spec.deadline);
  add("may_delegate", running && sheet.state == "open" && plan.spec.delegation && sheet.delegated_from.empty());
  return out;
}

// QUA-608, QUA-611: the forms of running plans; those not handed in are to-dos.
Outcome list_sheets(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  std::map<int64_t, appraisal::Plan> plans;
  std::vector<Json> items;
  size_t waiting = 0;
  for (const auto& sheet : appraisal::sheets_of(desk.store(), call.login().staff_id)) {
    auto at = plans.find(sheet.plan);
    if (at == plans.end()) at = plans.emplace(sheet.plan, appraisal::plan(desk.store(), sheet.plan).value()).first;
    items.push_back(sheet_json(desk, sheet, at->second, s.clock().now()));
    waiting += sheet.state == "open" ? 1 : 0;
  }
  std::stable_sort(items.begin(), items.end(), [](const Json& a, const Json& b) {
    auto key = [](const Json& one) {
      return std::pair(*one.find("state")->as_string() != "open", *one.find("deadline")->as_string());
    };
    return key(a) < key(b);
  });
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"waiting", waiting}};
  return out;
}

Outcome answer(Services& s, const AssessDesk& desk, store::Session& store,
               const base::Result<appraisal::FormSheet>& sheet) {
  if (!sheet) return assess_refusal(sheet.error());
  auto plan = appraisal::plan(store, sheet->plan);
  if (!plan || sheet->state == "recused") return not_found();
  return Answer{whole_json(desk, *sheet, *plan, s.clock().now())};
}

Outcome show_sheet(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  return answer(s, desk, desk.store(),
                appraisal::sheet(desk.store(), assessment_number(call), call.login().staff_id));
}

int64_t revision_in(const Call& call) { return call.body.find("revision")->as_number()->to_int64().value_or(0); }

Outcome save_sheet(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  const Json& marks = *call.body.find("marks");
  auto sheet = appraisal::sheet(desk.store(), assessment_number(call), call.login().staff_id);
  if (!sheet) return not_found();
  auto plan = appraisal::plan(desk.store(), sheet->plan);
  std::vector<base::Error> faults;  // all of them at once, where save_sheet stops at the first
  if (plan && plan->form) appraisal::checked_marks(*plan->form, marks, false, faults);
  if (!faults.empty()) return assess_refusal(faults);
  const Json* remark = call.body.find("remark");
  return answer(s, desk, desk.store(),
                appraisal::save_sheet(desk.store(), assessment_number(call), revision_in(call), marks,
                                      remark && remark->as_string() ? *remark->as_string() : "", desk.act()));
}

Outcome submit_sheet(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  return answer(s, desk, desk.store(),
                appraisal::submit_sheet(desk.store(), assessment_number(call), revision_in(call), desk.act()));
}

Outcome withdraw_sheet(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  return answer(s, desk, desk.store(),
                appraisal::withdraw_sheet(desk.store(), assessment_number(call), call.text("reason"), desk.act()));
}

// Tells the logins of a member of staff that there is something to fill in.
void tell(Services& s, store::Session& store, const std::string& staff) {
  for (const auto& login : people::list_logins(store))
    if (login.staff_id == staff && !login.disabled)
      s.notice("user:" + login.login, "info", "有考核表要填", "有一张考核表转给了您", "/assessment-forms");
}

Outcome delegate_sheet(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  const auto able = desk.staff_with_login();
  if (!appraisal::sheet(desk.store(), assessment_number(call), call.login().staff_id)) return not_found();
  if (std::find(able.begin(), able.end(), call.text("to")) == able.end())
    return assess_refusal(base::Error{"assess.delegate", call.text("to") + " 没有能用的登录名", "to", "换一个人"});
  auto sheet = appraisal::delegate_sheet(desk.store(), assessment_number(call), call.text("to"),
                                         call.text("reason"), desk.world(), desk.act());
  if (!sheet) return assess_refusal(sheet.error());
  tell(s, desk.store(), sheet->assessor);
  return Answer{};
}

Outcome recuse_sheet(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto instead = appraisal::recuse_sheet(desk.store(), assessment_number(call), call.text("reason"), desk.act());
  if (!instead) return assess_refusal(instead.error());
  if (!instead->empty()) tell(s, desk.store(), *instead);
  return Answer{};
}

// ---------------------------------------------------------------------------------------- relatives

Json relation_json(const AssessDesk& desk, const appraisal::Kinship& one) {
  return JsonObject{{"id", one.id},
                    {"staff", desk.person(one.a)},
                    {"other", desk.person(one.b)},
                    {"kind", one.kind},
                    {"note", one.note},
                    {"declared_by", one.declared_by},
                    {"declared_at", one.declared_at},
                    {"ended_by", maybe(one.ended_by)},
                    {"ended_at", maybe(one.ended_at)}};
}

Outcome list_relations(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& one : appraisal::kinships(desk.store(), desk.bank() ? "" : call.login().staff_id))
    items.push_back(relation_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome declare_relation(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  const Json* staff = call.body.find("staff_id");
  const std::string one = staff && staff->as_string() ? *staff->as_string() : call.login().staff_id;
  if (one != call.login().staff_id && !desk.bank()) return not_found();
  for (const auto& [name, id] :
       {std::pair<const char*, std::string>("/staff_id", one), {"/other", call.text("other")}})
    if (!desk.directory().person(id))
      return assess_refusal(std::vector<base::Error>{{"assess.kin", "没有员工 " + id, name, "写工号"}});
  const Json* note = call.body.find("note");
  auto made = appraisal::declare_kinship(desk.store(), one, call.text("other"), call.text("kind"),
                                         note && note->as_string() ? *note->as_string() : "", desk.act());
  if (!made) return assess_refusal(made.error());
  return Answer{relation_json(desk, *made)};
}

// Ended only by who keeps them for the bank, and not by a party: nobody ends one to judge a relative.
Outcome end_relation(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  if (!desk.bank()) {
    for (const auto& one : appraisal::kinships(desk.store(), call.login().staff_id))
      if (one.id == assessment_number(call)) return forbidden();
    return not_found();
  }
  auto ended = appraisal::end_kinship(desk.store(), assessment_number(call), "", desk.act());
  if (!ended) return assess_refusal(ended.error());
  return Answer{};
}

}  // namespace

Table assessment_form_endpoints() {
  using people::Permission;
  SchemaRef whole = ref("AssessmentSheetWhole"), reason = object({{"reason", described(text(2000), "why")}});
  SchemaRef revision = object({{"revision", described(integer(), "as it was read")}});
  SchemaRef fill = optional(object({{"revision", described(integer(), "as it was read")},
                                    {"marks", described(map(text(40)), "entry key -> a mark, or \"skip\"")},
                                    {"remark", text(4000)}}),
                            {"remark"});
  SchemaRef kin = optional(object({{"staff_id", described(text(100), "else oneself")},
                                   {"other", text(100)},
                                   {"kind", choice({"spouse", "parent", "child", "sibling", "other"})},
                                   {"note", text(2000)}}),
                           {"staff_id", "note"});
  auto mine = [&](const char* method, const char* path, const char* summary, SchemaRef input, SchemaRef output,
                  auto handler) {
    return Endpoint{.method = method,
                    .path = path,
                    .summary = summary,
                    .access = Access::settled,
                    .input = std::move(input),
                    .output = std::move(output),
                    .handler = handler};
  };
  Endpoint list = mine("GET", "/assessment-forms", "one's own forms of running plans: those to fill in first", {},
                       list_of("AssessmentSheet", {{"waiting", integer()}}), list_sheets);
  list.list = true;
  return {std::move(list),
          mine("GET", "/assessment-forms/{id}", "one of one's own forms", {}, whole, show_sheet),
          mine("PUT", "/assessment-forms/{id}", "keeps what is filled in so far", fill, whole, save_sheet),
          mine("POST", "/assessment-forms/{id}/submit", "hands it in", revision, whole, submit_sheet),
          mine("POST", "/assessment-forms/{id}/withdraw", "takes it back before the deadline", reason, whole,
               withdraw_sheet),
          mine("POST", "/assessment-forms/{id}/delegate", "hands it on to a colleague",
               object({{"to", text(100)}, {"reason", text(2000)}}), {}, delegate_sheet),
          mine("POST", "/assessment-forms/{id}/recuse", "steps aside; the next in line takes the place", reason,
               {}, recuse_sheet),
          {.method = "GET",
           .path = "/relations",
           .summary = "declared relatives: one's own, or everybody's",
           .permission = Permission::relation_declare,
           .output = list_of("Relation"),
           .handler = list_relations,
           .list = true},
          {.method = "POST",
           .path = "/relations",
           .summary = "declares that two members of staff are relatives",
           .permission = Permission::relation_declare,
           .input = kin,
           .output = ref("Relation"),
           .handler = declare_relation},
          {.method = "DELETE",
           .path = "/relations/{id}",
           .summary = "ends a declared relation",
           .permission = Permission::relation_declare,
           .handler = end_relation}};
}

}  // namespace guanhu::api
