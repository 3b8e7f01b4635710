// What the pack says of visits: purposes, lists, what counts as what, limits of what is taken along.
#include "api/policy_json.h"
#include "api/visit_desk.h"
#include "feel/json.h"
#include "policy/decide.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

const std::vector<std::string>* words_of(const policy::Pack& pack, const char* type) {
  const policy::NamedType* found = pack.type(type);
  return found && found->type && !found->type->words.empty() ? &found->type->words : nullptr;
}

Refusal lacking(const std::string& what) {
  return {409,
          {"visit.rules", "走访的制度里没有“" + what + "”", std::string("policies/") + kVisitPack,
           "由制度管理人员在制度包 customer-visits 里补上"}};
}

// "" when all are there, else the name of the one that is not.
std::string read_limits(const policy::Pack& pack, base::Date day, VisitLimits& out) {
  const std::pair<const char*, int64_t*> all[] = {
      {"离线带走天数", &out.days},        {"离线带走户数", &out.customers}, {"口令最短位数", &out.pin},
      {"口令试错次数", &out.tries},       {"时钟允许分钟", &out.minutes},   {"照片最长像素", &out.edge},
      {"照片上限千字节", &out.kilobytes}, {"照片最多张数", &out.photos},    {"临近到期天数", &out.due},
      {"待办提前天数", &out.todo}};
  auto value = [&](const char* name) {
    const policy::Parameter* found = pack.parameter(name);
    return found ? found->on(day) : std::nullopt;
  };
  for (const auto& [name, into] : all) {
    auto number = value(name);
    if (!number || !number->to_int64()) return name;
    *into = *number->to_int64();
  }
  auto near = value("附近公里数");
  if (near) out.near = *near;
  return near ? "" : "附近公里数";
}

Json limits_json(const VisitLimits& of) {
  return JsonObject{{"days", of.days},           {"customers", of.customers}, {"pin", of.pin},
                    {"tries", of.tries},         {"minutes", of.minutes},     {"edge", of.edge},
                    {"kilobytes", of.kilobytes}, {"photos", of.photos},       {"near_km", of.near.str()},
                    {"due_days", of.due},        {"todo_days", of.todo}};
}

}  // namespace

std::variant<VisitRules, Refusal> VisitRules::on(Services& services, base::Date day) {
  auto pack = services.packs().on(kVisitPack, day);
  if (!pack.ok()) return refusal_of(pack.error());
  VisitRules out;
  out.pack_ = *pack, out.day_ = day;
  out.purposes_ = words_of(**pack, "走访目的"), out.methods_ = words_of(**pack, "走访方式");
  if (!out.purposes_) return lacking("走访目的");
  if (!out.methods_) return lacking("走访方式");
  if (auto missing = read_limits(**pack, day, out.limits_); !missing.empty()) return lacking(missing);
  return out;
}

base::Result<VisitKind> VisitRules::kind(const std::string& purpose, const std::string& method) const {
  const Json input = JsonObject{{"走访目的", purpose}, {"走访方式", method}};
  auto answer = policy::decide(*pack_, "visit-kind", input, day_);
  if (!answer.ok()) {
    base::Error error = answer.error();
    error.where = error.where == "走访方式" ? "method" : "purpose";
    return error;
  }
  const Json result = feel::to_json(answer->result);
  VisitKind out;
  if (const Json* list = result.find("清单"); list && list->as_string()) out.checklist = *list->as_string();
  if (const Json* needs = result.find("要有客户"); needs && needs->as_bool()) out.customer = *needs->as_bool();
  if (const Json* marks = result.find("记作"); marks && marks->as_array())
    for (const Json& one : *marks->as_array())
      if (one.as_string()) out.marks.push_back(*one.as_string());
  return out;
}

const policy::Checklist* VisitRules::checklist(const std::string& id) const {
  for (const auto& one : pack_->checklists)
    if (one.id == id) return &one;
  return nullptr;
}

std::vector<Misfit> VisitRules::misfits_of(const std::string& id, const Json& answers) const {
  std::vector<Misfit> out;
  const policy::Checklist* list = checklist(id);
  const auto* given = answers.as_object();
  if (!list) {
    if (given && !given->empty()) out.push_back({"answers", "这次走访不填清单"});
    return out;
  }
  for (const auto& field : list->items) {
    const Json* value = answers.find(field.name);
    if (!value || value->is_null()) {
      if (!field.optional) out.push_back({"answers/" + field.name, "没有答“" + field.name + "”"});
      continue;
    }
    policy::Misfit wrong;
    if (!policy::read_value(*value, *field.type, field.name, wrong))
      out.push_back({"answers/" + field.name, wrong.message});
    else if (!field.optional && value->as_string() &&
             value->as_string()->find_first_not_of(" \t\r\n") == std::string::npos)
      out.push_back({"answers/" + field.name, "没有答“" + field.name + "”"});
  }
  if (given)
    for (const auto& [name, value] : *given)
      if (std::none_of(list->items.begin(), list->items.end(), [&](const auto& f) { return f.name == name; }))
        out.push_back({"answers/" + name, "清单里没有“" + name + "”"});
  return out;
}

Json VisitRules::json() const {
  JsonArray purposes, methods, kinds, lists;
  for (const auto& one : *methods_) methods.emplace_back(one);
  for (const auto& purpose : *purposes_) {
    purposes.emplace_back(purpose);
    for (const auto& method : *methods_) {
      auto of = kind(purpose, method);
      if (!of.ok()) continue;
      kinds.push_back(JsonObject{{"purpose", purpose},
                                 {"method", method},
                                 {"checklist", of->checklist},
                                 {"customer", of->customer},
                                 {"marks", texts_json(of->marks)}});
    }
  }
  for (const auto& list : pack_->checklists)
    lists.push_back(JsonObject{{"id", list.id}, {"title", list.title}, {"items", fields_json(list.items)}});
  return JsonObject{{"pack", pack_->id},
                    {"hash", pack_->hash},
                    {"purposes", std::move(purposes)},
                    {"methods", std::move(methods)},
                    {"kinds", std::move(kinds)},
                    {"checklists", std::move(lists)},
                    {"limits", limits_json(limits_)}};
}

}  // namespace guanhu::api
