// What the pack asks before a lead goes on, and until when it is called or contacted first.
#include <algorithm>

#include "api/lead_desk.h"
#include "base/json_member.h"
#include "feel/json.h"
#include "workbench/calendar.h"

namespace guanhu::api {

using base::Date;
using base::Instant;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Lead;

namespace {

constexpr int64_t kZone = 8 * 3'600'000'000;  // the bank's clock is UTC+8
constexpr int kBack = 40, kAhead = 400;       // days of the calendar that a decision is given

std::string local(Instant at) { return Instant{at.micros + kZone}.str().substr(0, 19); }

void add_word(JsonObject& input, const char* name, const std::string& value) {
  if (!value.empty()) input.emplace_back(name, value);
}

// What the facts say of the customer, for the gate: in difficulty, listed, refused access, his category.
void add_facts(LeadDesk& desk, const std::string& customer, JsonObject& input) {
  const auto all = desk.market({customer});
  auto at = all.find(customer);
  if (at == all.end()) return;
  auto text = [&](const char* name) {
    const Json* value = customers::known_value(at->second, name);
    return value && value->as_string() ? *value->as_string() : std::string();
  };
  const Json* late = customers::known_value(at->second, "逾期天数");
  const bool overdue = late && late->as_number() && late->as_number()->to_int64().value_or(0) > 0;
  const std::string grade = text("最差五级分类");
  input.emplace_back("有困难", overdue || (!grade.empty() && grade != "正常"));
  const Json* listed = customers::known_value(at->second, "不良信用名单命中");
  input.emplace_back("不良信用名单命中", listed && listed->as_bool() && *listed->as_bool());
  add_word(input, "客户类型", text("客户类型")), add_word(input, "准入状态", text("准入状态"));
  add_word(input, "客户分类", text("客户分类"));
}

std::optional<Refusal> not_among(LeadDesk& desk, const char* type, const std::string& value, const char* field,
                                 const char* name) {
  const auto& words = desk.rules().words(type);
  if (value.empty() || std::find(words.begin(), words.end(), value) != words.end()) return std::nullopt;
  return at_member((std::string("lead.") + field).c_str(), std::string("没有") + name + "“" + value + "”", field,
                   "从列出的里面选一个");
}

}  // namespace

std::optional<Refusal> check_lead_words(LeadDesk& desk, const Lead& lead, const std::string& partner) {
  if (auto wrong = not_among(desk, "客户质量判断", lead.judged, "judged", "判断")) return wrong;
  if (auto wrong = not_among(desk, "客户规模", lead.scale, "scale", "规模")) return wrong;
  if (auto wrong = not_among(desk, "服务复杂程度", lead.complexity, "complexity", "复杂程度")) return wrong;
  JsonArray partners;
  for (const auto& one : lead.partners) {
    if (auto wrong = not_among(desk, "联动单位", one.kind, "partners", "联动单位")) return wrong;
    partners.push_back(JsonObject{{"种类", one.kind}, {"名称", one.name}});
  }
  if (partners.empty() && partner.empty()) return std::nullopt;
  auto said = desk.rules().ask("joint-contact", JsonObject{{"联动", std::move(partners)}, {"联系的", partner}});
  if (!said.ok()) return at_member("lead.partners", said.error().message, "partners", "写明种类和名称");
  if (text_in(*said, "结论") != "不通过") return std::nullopt;
  const Json* why = said->find("原因");
  const bool first = why && why->as_array() && !why->as_array()->empty() && why->as_array()->front().as_string();
  return at_member("lead.partners", first ? *why->as_array()->front().as_string() : "联动单位不对",
                   partner.empty() ? "partners" : "partner", "先在线索上写明同谁一起");
}

// As it will be once the move is made.
Lead with_move(Lead of, const Lead& more) {
  auto take = [](std::string& to, const std::string& from) {
    if (!from.empty()) to = from;
  };
  take(of.judged, more.judged), take(of.scale, more.scale), take(of.complexity, more.complexity);
  take(of.industry, more.industry), take(of.scheme, more.scheme);
  return of;
}

std::optional<Refusal> check_gate(LeadDesk& desk, const Lead& lead, const std::string& to) {
  // A version of the pack that the bank made before there was a gate has none.
  if (desk.rules().words("客户质量判断").empty()) return std::nullopt;
  JsonObject input = {{"到", to}, {"行业", lead.industry}, {"方案", lead.scheme}};
  bool credit = false;
  if (!lead.product.empty())
    if (auto card = desk.rules().ask("product-card", JsonObject{{"产品", lead.product}}); card.ok())
      credit = flag_in(*card, "要准入");
  input.emplace_back("要准入", credit);
  add_word(input, "判断", lead.judged), add_word(input, "规模", lead.scale);
  add_word(input, "复杂程度", lead.complexity);
  if (!lead.customer.empty()) add_facts(desk, desk.merges().canonical(lead.customer), input);
  auto said = desk.rules().ask("lead-gate", input);
  if (!said.ok()) return lead_refusal(said.error());
  if (text_in(*said, "结论") != "不通过") return std::nullopt;
  std::string reasons;
  if (const Json* why = said->find("原因"); why && why->as_array())
    for (const Json& one : *why->as_array())
      if (one.as_string()) reasons += (reasons.empty() ? "" : "；") + *one.as_string();
  return at_member("lead.gate", "还不能到“" + to + "”：" + reasons, "stage",
                   "补上以后再往前走；信用过不去的，先处理信用");
}

Json scheme_way(LeadDesk& desk, const Lead& lead) {
  if (lead.scale.empty() || lead.complexity.empty()) return {};
  auto said =
      desk.rules().ask("marketing-scheme",
                       JsonObject{{"规模", lead.scale}, {"复杂程度", lead.complexity}, {"行业", lead.industry}});
  if (!said.ok()) return {};
  return JsonObject{{"who", text_in(*said, "谁去")}, {"how", text_in(*said, "做法")}};
}

base::Result<JsonObject> LeadDesk::calendar() {
  auto found = workbench::BusinessCalendar::read(services().bank().folder().path());
  if (!found.ok()) return found.error();
  JsonArray holidays, workdays;
  for (const auto& [when, what] : found->exceptions())
    if (when >= today() - kBack && when < today() + kAhead)
      (what.off ? holidays : workdays).emplace_back(when.str());
  return JsonObject{{"法定节假日", std::move(holidays)}, {"调休工作日", std::move(workdays)}};
}

std::string LeadDesk::local_now() { return local(now()); }

void set_first_call(LeadDesk& desk, Lead& lead) {
  lead.call_by.clear();
  const auto at = Instant::parse(lead.letter_at);
  auto calendar = desk.calendar();
  if (!at || lead.letter_at.empty() || !calendar.ok()) return;
  JsonObject input = std::move(*calendar);
  input.emplace_back("发函时间", local(*at));
  if (auto said = desk.rules().ask("first-call-due", input); said.ok())
    lead.call_by = text_in(*said, "最迟").substr(0, 19);
}

std::optional<Date> first_contact_due(LeadDesk& desk) {
  auto calendar = desk.calendar();
  if (!calendar.ok()) return std::nullopt;
  JsonObject input = std::move(*calendar);
  input.emplace_back("分派日期", desk.today().str());
  auto said = desk.rules().ask("first-contact-due", input);
  return said.ok() && said->as_string() ? Date::parse(*said->as_string()) : std::nullopt;
}

bool LeadDesk::preferred(const std::string& customer) {
  const auto history = customers::category_history(store(), "preferred", merges().members(customer));
  const auto now = customers::category_on(history, "preferred", today());
  return now && now->category == "优选";
}

}  // namespace guanhu::api
