#include "api/training_desk.h"

#include <algorithm>

#include "people/teams.h"
#include "workbench/work_json.h"
#include "workbench/work_rules.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using people::Scope;
using workbench::texts_in;

TrainingDesk::TrainingDesk(Services& services, const Call& call) : Desk(services, call) {}
TrainingDesk::~TrainingDesk() = default;

std::optional<Refusal> TrainingDesk::open_rules() {
  if (rules_) return std::nullopt;
  auto pack = services().packs().on(workbench::kTrainingPack, today());
  if (!pack.ok())
    return Refusal{
        422,
        {"training.rules",
         "培训和考试的制度（" + std::string(workbench::kTrainingPack) + "）用不了：" + pack.error().message, "",
         "请管理员看制度包"}};
  pack_ = *pack;
  rules_ = std::make_unique<workbench::TrainingRules>(*pack_, today());
  return std::nullopt;
}

workbench::ExamClock TrainingDesk::clock() const { return {now(), workbench::bank_now(today(), now()), today()}; }

appraisal::PeopleDoing TrainingDesk::people_doing() {
  return {login(), call().login().staff_id, now(),
          [this](const std::string& action, const std::string& subject, Json detail) {
            audit(action, subject, std::move(detail));
          }};
}

std::optional<records::Record> TrainingDesk::found(const char* kind, const std::string& id) {
  auto one = records::record(store(), kind, id_in(id));
  if (!one.ok() || one->removed || !sees(*one)) return std::nullopt;
  return *one;
}

bool TrainingDesk::teaches(const workbench::TrainingSession& s) {
  return manages(s.record) || (!s.teacher.empty() && s.teacher == person() && can(Permission::training_teach));
}

bool TrainingDesk::exam_staff() const { return can(Permission::exam_manage) || can(Permission::exam_check); }

std::vector<const people::Staff*> TrainingDesk::reached(Permission permission) {
  std::vector<const people::Staff*> out;
  auto reach = facts().reach(call().login(), scope(permission));
  for (const auto& one : directory().staff())
    if (people::Directory::in_post(one, today()) && (reach->staff(one.id) || one.id == person()))
      out.push_back(&one);
  return out;
}

base::Result<std::vector<std::string>> TrainingDesk::people_asked(Permission permission) {
  const Json& body = call().body;
  std::set<std::string> orgs, positions, wanted;
  for (const auto& org : texts_in(body, "orgs"))
    for (const auto& below : directory().subtree(org)) orgs.insert(below);
  for (const auto& one : texts_in(body, "positions")) positions.insert(one);
  for (const auto& one : texts_in(body, "people")) wanted.insert(one);
  for (const auto& id : texts_in(body, "teams")) {
    auto team = people::team(store(), id_in(id));
    if (!team.ok()) return Error{"training.people", "没有小组 " + id, "teams", ""};
    for (const auto* member : team->on(today())) wanted.insert(member->staff);
  }
  std::vector<std::string> out;
  std::set<std::string> there;
  const bool by_group = !orgs.empty() || !positions.empty();
  for (const auto* one : reached(permission)) {
    there.insert(one->id);
    const bool group = by_group && (orgs.empty() || orgs.contains(one->org)) &&
                       (positions.empty() || positions.contains(one->position));
    if (group || wanted.contains(one->id)) out.push_back(one->id);
  }
  for (const auto& one : texts_in(body, "people"))
    if (!there.contains(one))
      return Error{"training.people", "员工 " + one + " 不在您管的范围里，或者不在岗", "people", ""};
  if (out.empty()) return Error{"training.people", "没有选到人", "people", "选机构、岗位、小组，或者一个个选"};
  return out;
}

Json TrainingDesk::person_json(const std::string& staff) const {
  return JsonObject{{"staff", staff}, {"name", name_of(staff)}, {"org_name", org_name(org_of(staff))}};
}

Json TrainingDesk::files_json(int64_t record) {
  JsonArray out;
  for (const auto& one : records::files_of(store(), record))
    out.push_back(JsonObject{{"digest", one.digest},
                             {"name", one.name},
                             {"type", one.type},
                             {"size", one.size},
                             {"at", one.at},
                             {"by", one.by}});
  return out;
}

std::string TrainingDesk::course_title(int64_t course) {
  auto found = course ? records::record(store(), workbench::kCourse, course) : Error{};
  return found.ok() ? found->title : "";
}

Json certificate_json(TrainingDesk& desk, const workbench::Certificate& c) {
  return JsonObject{
      {"number", c.number},
      {"staff", c.staff},
      {"name", desk.name_of(c.staff)},
      {"org_name", desk.org_name(desk.org_of(c.staff))},
      {"title", c.title},
      {"exam", c.exam},
      {"points", workbench::hundredths_text(c.points)},
      {"most", workbench::hundredths_text(c.most)},
      {"from", c.from.str()},
      {"to", workbench::day_or_null(c.to)},
      {"valid", c.withdrawn_at.empty() && c.from <= desk.today() && (!c.to || *c.to >= desk.today())},
      {"withdrawn", !c.withdrawn_at.empty()},
      {"withdrawn_why", c.withdrawn_why}};
}

Endpoint made(std::string method, std::string path, std::string summary, Permission permission, SchemaRef input,
              SchemaRef output, std::function<Outcome(Services&, const Call&)> handler) {
  Endpoint out;
  out.method = std::move(method), out.path = std::move(path), out.summary = std::move(summary);
  out.permission = permission, out.input = std::move(input), out.output = std::move(output);
  out.handler = std::move(handler);
  return out;
}

Endpoint listed(Endpoint one, std::vector<std::string> searched, std::vector<Parameter> parameters) {
  one.list = true, one.searched = std::move(searched), one.parameters = std::move(parameters);
  return one;
}

Endpoint special(Endpoint one, Special what) {
  if (!what.parameters.empty()) one.parameters = std::move(what.parameters);
  if (!what.accepts.empty()) one.accepts = std::move(what.accepts);
  if (!what.produces.empty()) one.produces = std::move(what.produces);
  if (what.body_limit) one.body_limit = what.body_limit;
  one.whole = what.whole, one.sorts = what.sorts;
  return one;
}

SchemaRef people_asked_shape() {
  return optional(object({{"people", list(text(100))},
                          {"orgs", list(text(100))},
                          {"positions", list(text(100))},
                          {"teams", list(text(20))}}),
                  {"people", "orgs", "positions", "teams"});
}

std::optional<workbench::Hundredths> hundredths_member(const Json& body, const char* member) {
  auto value = workbench::decimal_in(body, member);
  return value ? workbench::hundredths_of(*value) : std::nullopt;
}

std::vector<std::string> files_member(const Call& call) { return texts_in(call.body, "files"); }

int64_t id_in(const std::string& text) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != text.npos) return -1;
  return std::stoll(text);
}

}  // namespace guanhu::api
