#include "api/advice_desk.h"

#include "appraisal/recorded.h"
#include "policy/decide.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Error;
using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;

base::Result<Json> AdviceDesk::ask(const std::string& pack, const char* decision, JsonObject input) {
  auto book = services().packs().on(pack, today());
  if (!book.ok())
    return Error{"advice.rules", "制度“" + pack + "”用不了：" + book.error().message, "", "请管理员看制度包"};
  auto answer = policy::decide(**book, decision, std::move(input), today());
  if (!answer.ok()) return answer.error();
  const Json whole = policy::to_json(*answer);
  const Json* result = whole.find("result");
  return result ? *result : Json();
}

void AdviceDesk::add_calendar(JsonObject& input) {
  JsonArray holidays, workdays;
  for (const auto& [when, what] : calendar().exceptions())
    if (when >= today() - 40 && when < today() + 400) (what.off ? holidays : workdays).emplace_back(when.str());
  input.emplace_back("法定节假日", std::move(holidays));
  input.emplace_back("调休工作日", std::move(workdays));
}

const workbench::RoleFinder& AdviceDesk::finder() {
  if (!finder_) finder_.emplace(directory(), today());
  return *finder_;
}

std::string AdviceDesk::grade_of(const std::string& staff) {
  return appraisal::RecordedFacts::load(store(), std::nullopt, true)->grade_on(staff, "", today());
}

std::string AdviceDesk::position_of(const std::string& staff) const {
  const people::Staff* found = directory().person(staff);
  return found ? found->position : "";
}

Json AdviceDesk::said_json(const std::vector<workbench::AdviceSaid>& said) const {
  JsonArray out;
  for (const auto& one : said)
    out.push_back(
        JsonObject{{"at", one.at}, {"name", name_of(one.person)}, {"what", one.what}, {"text", one.text}});
  return out;
}

Json AdviceDesk::files_json_of(const records::Record& of) {
  std::vector<std::string> digests;
  for (const auto& file : records::files_of(store(), of.id)) digests.push_back(file.digest);
  return files_json(digests);
}

std::optional<records::Record> AdviceDesk::seen(const char* kind, const std::string& id) {
  if (id.empty() || id.size() > 15 || id.find_first_not_of("0123456789") != id.npos) return std::nullopt;
  auto found = records::record(store(), kind, std::stoll(id));
  if (!found.ok() || found->removed || !sees(*found)) return std::nullopt;
  return *found;
}

std::optional<Fen> fen_member(const Call& call, const char* member) {
  return base::parse_fen(text_member(call, member));
}

Fen fen_of(const Json& yuan) {
  if (!yuan.as_number()) return 0;
  const auto fen = base::Decimal::multiply(*yuan.as_number(), base::Decimal(100));
  return fen ? fen->round(0, base::Rounding::half_up).to_int64().value_or(0) : 0;
}

Json yuan(Fen fen) { return base::format_fen(fen); }

std::variant<base::Period, Refusal> period_of(const std::string& text) {
  if (auto period = base::Period::parse(text)) return *period;
  return Refusal{422,
                 {"advice.period", "写一个月、季或者年", "period", "例如 2026-01、2026Q1、2026"},
                 {{"period", "例如 2026-01、2026Q1、2026"}}};
}

Refusal advice_refusal(const Error& error) {
  Refusal out = mail_refusal(error);
  if (error.code.ends_with(".state") || error.code.ends_with(".same") || error.code == "survey.done")
    out.status = 409;
  return out;
}

Answer workbook_answer(std::string bytes, const std::string& name) {
  http::Response response;
  response.headers = {{"content-type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
                      {"content-disposition", "attachment; filename=\"" + name + ".xlsx\""},
                      {"cache-control", "no-store"}};
  response.body = std::move(bytes);
  response.compress = false;  // it is a zip already
  return Answer{.raw = std::move(response)};
}

SchemaRef said_shape() {
  return list(object({{"at", moment()}, {"name", text()}, {"what", text()}, {"text", text()}}));
}

SchemaRef step_input(std::vector<std::pair<std::string, SchemaRef>> more, std::vector<std::string> optional_ones) {
  std::vector<std::pair<std::string, SchemaRef>> members = {{"version", integer()}, {"text", text(16'000)}};
  for (auto& one : more) members.push_back(std::move(one));
  return optional_ones.empty() ? object(std::move(members))
                               : optional(object(std::move(members)), std::move(optional_ones));
}

}  // namespace guanhu::api
