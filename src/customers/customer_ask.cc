#include "customers/customer_ask.h"

#include <algorithm>

#include "base/json_member.h"

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr const char* kDefaultPlan = "customer-register/register-plan";

Error no_decision(const std::string& decision, const std::string& why) {
  return {"plan.decision", "决策 " + decision + " 不能用：" + why, "decision",
          "在客户分类的设置里换一个，或改好制度包"};
}

// What is known counts only where it is a value the input may have.
bool fits(const Json& value, const policy::Field& field) {
  policy::Misfit misfit;
  return policy::read_value(value, *field.type, field.name, misfit).has_value();
}

void fill(Asked& out, const policy::Field& field, const std::vector<Known>& known, const Json& given) {
  if (const Json* said = given.find(field.name); said && !said->is_null()) {
    out.input.emplace_back(field.name, *said);
    out.filled.push_back({field.name, *said, ""});
    return;
  }
  auto at = std::find_if(known.begin(), known.end(), [&](const Known& one) { return one.name == field.name; });
  if (at != known.end() && !given.find(field.name) && fits(at->value, field)) {
    out.input.emplace_back(field.name, at->value);
    out.filled.push_back({field.name, at->value, at->from});
    return;
  }
  if (!field.optional && !field.type->nullable) out.missing.push_back(field.name);
  else if (!field.optional) out.input.emplace_back(field.name, Json());
}

base::Result<RegisterPlan> plan_of(const std::string& decision, const Asked& asked) {
  if (asked.error) return no_decision(decision, asked.error->message);
  if (!asked.answer) return no_decision(decision, "它要的输入只能是业务日期");
  RegisterPlan out;
  out.decision = decision;
  const Json schemes = asked.part("分类方案");
  if (!schemes.as_array()) return no_decision(decision, "没有答出“分类方案”");
  for (const Json& one : *schemes.as_array()) {
    out.schemes.push_back({text_in(one, "编号"), text_in(one, "名称"), text_in(one, "建议"), text_in(one, "检查"),
                           text_in(one, "后果"), text_in(one, "客户类型"), flag_in(one, "只看贷款客户")});
    if (out.schemes.back().id.empty() || out.schemes.back().propose.empty())
      return no_decision(decision, "“分类方案”里有一套没有编号或建议");
  }
  out.access = asked.words("首次准入");
  out.prohibited = asked.word("禁入检查"), out.duplicate = asked.word("重复评分"),
  out.merge = asked.word("合并检查");
  if (out.duplicate.empty() || out.merge.empty() || out.access.empty())
    return no_decision(decision, "“首次准入”“重复评分”“合并检查”都要答");
  return out;
}

base::Result<RegisterPlan> read_plan(const PackOf& packs, const std::string& decision, base::Date on) {
  std::vector<Known> known = {{"业务日期", on.str(), ""}};
  auto asked = ask(packs, {decision, on}, known, JsonObject{});
  if (!asked.ok()) return asked.error();
  return plan_of(decision, *asked);
}

}  // namespace

Json Asked::part(const std::string& name) const {
  const Json* found = result.find(name);
  return found ? *found : Json();
}
std::string Asked::word(const std::string& name) const {
  const Json found = part(name);
  return found.as_string() ? *found.as_string() : "";
}
std::vector<std::string> Asked::words(const std::string& name) const {
  std::vector<std::string> out;
  const Json found = part(name);
  if (found.as_array())
    for (const Json& one : *found.as_array())
      if (one.as_string()) out.push_back(*one.as_string());
  return out;
}
bool Asked::flag(const std::string& name) const {
  const Json found = part(name);
  return found.as_bool() && *found.as_bool();
}

base::Result<Asked> ask(const PackOf& packs, const Question& question, const std::vector<Known>& known,
                        const Json& given) {
  const size_t cut = question.decision.find('/');
  if (cut == std::string::npos) return no_decision(question.decision, "要写成“制度包/决策”");
  const std::string pack_id = question.decision.substr(0, cut), id = question.decision.substr(cut + 1);
  auto pack = packs(pack_id, question.on);
  if (!pack.ok()) return no_decision(question.decision, pack.error().message);
  const policy::Decision* decision = (*pack)->decision(id);
  if (!decision) return no_decision(question.decision, "制度包里没有这个决策");
  Asked out;
  out.decision = question.decision, out.title = decision->title, out.article = decision->origin.article;
  for (const auto& field : decision->inputs) fill(out, field, known, given);
  if (!out.missing.empty()) return out;
  policy::AskOptions options;
  options.trace = question.trace;
  auto answer = policy::decide(**pack, id, Json(out.input), question.on, options);
  if (answer.ok()) {
    const Json whole = policy::to_json(*answer);
    if (const Json* result = whole.find("result")) out.result = *result;
    out.answer = std::move(*answer);
  }
  if (!answer.ok()) out.error = answer.error();
  return out;
}

Json to_json(const Asked& asked) {
  JsonArray inputs;
  for (const auto& one : asked.filled)
    inputs.push_back(JsonObject{{"name", one.name}, {"value", one.value}, {"from", one.from}});
  JsonObject out{{"decision", asked.decision},
                 {"title", asked.title},
                 {"article", asked.article},
                 {"inputs", std::move(inputs)},
                 {"missing", JsonArray(asked.missing.begin(), asked.missing.end())}};
  Json answer = asked.answer ? policy::to_json(*asked.answer) : Json();
  auto part = [&](const char* name) {
    const Json* found = answer.find(name);
    return found ? *found : Json();
  };
  out.emplace_back("result", part("result"));
  out.emplace_back("cites", asked.answer ? part("cites") : Json(JsonArray{}));
  out.emplace_back("trace", part("trace"));
  out.emplace_back("error", asked.error ? Json(asked.error->message) : Json());
  return out;
}

const CategoryScheme* RegisterPlan::scheme(const std::string& id) const {
  for (const auto& one : schemes)
    if (one.id == id) return &one;
  return nullptr;
}

std::string plan_decision(store::Session& session) {
  auto rows = session.query("SELECT value FROM register_settings WHERE name = 'plan'");
  return rows.empty() ? kDefaultPlan : rows[0].text(0);
}

base::Result<RegisterPlan> register_plan(store::Session& session, const PackOf& packs, base::Date on) {
  return read_plan(packs, plan_decision(session), on);
}

base::Status choose_plan(store::Session& session, const PackOf& packs, const std::string& decision, base::Date on,
                         const std::string& why, const Doing& doing, const std::optional<std::string>& seen) {
  if (!is_reason(why)) return Error{"merge.reason", "没有写理由，或太长", "why", "用一句话写明"};
  auto plan = read_plan(packs, decision, on);
  if (!plan.ok()) return plan.error();
  // Every decision it names must be there, lest the pages fail one by one.
  std::vector<std::string> named = plan->access;
  for (const auto& one : plan->schemes) named.insert(named.end(), {one.propose, one.check, one.effect});
  named.insert(named.end(), {plan->prohibited, plan->duplicate, plan->merge});
  for (const auto& one : named) {
    if (one.empty()) continue;
    if (auto there = ask(packs, {one, on}, {}, JsonObject{}); !there.ok()) return there.error();
  }
  base::Status out;
  session.transaction([&] {
    if (const std::string now = plan_decision(session); seen && now != *seen) {
      out = Error{"record.changed", "别人已改成“" + now + "”", now, "看过现在的决定，再决定用哪一个"};
      return;
    }
    session.exec(
        "INSERT INTO register_settings (name, value, at, actor) VALUES ('plan', ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at, actor = excluded.actor",
        {decision, doing.at.str(), doing.login});
    if (doing.tell) doing.tell("customer.plan", "customers", JsonObject{{"decision", decision}, {"why", why}});
  });
  return out;
}

}  // namespace guanhu::customers
