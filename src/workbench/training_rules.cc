#include "workbench/training_rules.h"

#include "policy/decide.h"
#include "workbench/work_json.h"

namespace guanhu::workbench {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

std::string hundredths_text(Hundredths value) { return hundredths_decimal(value).str(); }
Decimal hundredths_decimal(Hundredths value) { return Decimal::make(value, -2); }

std::optional<Hundredths> hundredths_of(const Decimal& value) {
  if (value.is_negative()) return std::nullopt;
  auto whole = Decimal::multiply(value, Decimal(100));
  return whole ? whole->to_int64() : std::nullopt;
}

base::Result<Json> TrainingRules::ask(const char* decision, Json input) const {
  auto answer = policy::decide(pack_, decision, input, on_);
  if (!answer.ok()) return answer.error();
  const Json whole = policy::to_json(*answer);
  const Json* result = whole.find("result");
  return result ? *result : Json();
}

std::vector<std::string> TrainingRules::words(const char* decision, const char* input) const {
  for (const auto& one : pack_.decisions)
    if (one.id == decision)
      if (const policy::Field* field = one.input(input))
        return field->type->element ? field->type->element->words : field->type->words;
  return {};
}

// TRN-301
std::vector<std::string> TrainingRules::classes() const { return words("course-class", "类别"); }
std::vector<std::string> TrainingRules::contents() const { return words("unified-contents", "内容"); }
// TRN-611
std::vector<std::string> TrainingRules::modes() const { return words("training-mode", "方式"); }
std::vector<std::string> TrainingRules::exam_kinds() const { return words("exam-terms", "种类"); }

namespace {

base::Result<std::vector<std::string>> texts(const base::Result<Json>& said) {
  if (!said.ok()) return said.error();
  std::vector<std::string> out;
  if (said->as_array())
    for (const Json& one : *said->as_array())
      if (one.as_string()) out.push_back(*one.as_string());
  return out;
}

Error silent(const char* decision) {
  return {"training.rules", "培训和考试的制度没有给出要的数", kTrainingPack, std::string("看 ") + decision};
}

}  // namespace

// TRN-309
base::Result<std::vector<std::string>> TrainingRules::unified(const std::vector<std::string>& contents) const {
  return texts(ask("unified-contents", JsonObject{{"内容", texts_json(contents)}}));
}

base::Result<Hundredths> TrainingRules::hours(const std::string& attended, Hundredths planned) const {
  const char* word = attended == "present"   ? "到场"
                     : attended == "late"    ? "迟到"
                     : attended == "excused" ? "请假"
                                             : "缺席";
  auto said = ask("attended-hours", JsonObject{{"出勤", word}, {"计划学时", hundredths_decimal(planned)}});
  if (!said.ok()) return said.error();
  auto value = said->as_number() ? hundredths_of(*said->as_number()) : std::nullopt;
  if (!value) return silent("attended-hours");
  return *value;
}

base::Result<TrainingRules::Standing> TrainingRules::standing(Hundredths of_year) const {
  auto said = ask("year-hours", JsonObject{{"学时", hundredths_decimal(of_year)}});
  if (!said.ok()) return said.error();
  auto wanted = decimal_in(*said, "要求");
  if (!wanted) return silent("year-hours");
  return Standing{*wanted, flag_in(*said, "达到")};
}

// TRN-307
base::Result<std::vector<std::string>> TrainingRules::gaps(const std::vector<int>& planned) const {
  JsonArray quarters(planned.begin(), planned.end());
  return texts(ask("plan-gaps", JsonObject{{"有培训的季", std::move(quarters)}}));
}

base::Result<bool> TrainingRules::feedback_shown(size_t given) const {
  auto said = ask("feedback-shown", JsonObject{{"份数", given}});
  if (!said.ok()) return said.error();
  return said->as_bool() && *said->as_bool();
}

// QAL-316 QAL-312
base::Result<TrainingRules::ExamTerms> TrainingRules::exam_terms(const std::string& kind) const {
  auto said = ask("exam-terms", JsonObject{{"种类", kind}});
  if (!said.ok()) return Error{"exam.kind", "没有“" + kind + "”这种考试", "exam_kind", "从制度写的几种里选"};
  ExamTerms out;
  auto pass = decimal_in(*said, "合格线");
  if (!pass) return silent("exam-terms");
  out.pass = *pass, out.tries = static_cast<int>(whole_in(*said, "次数"));
  out.certificate = text_in(*said, "证书"), out.months = static_cast<int>(whole_in(*said, "有效月数"));
  out.facts = texts_in(*said, "登记");
  return out;
}

base::Result<Hundredths> TrainingRules::several(Hundredths full, int wanted, int right, int wrong) const {
  auto said = ask("several-right", JsonObject{{"应选", wanted}, {"选对", right}, {"选错", wrong}});
  if (!said.ok()) return said.error();
  auto share = said->as_number() ? Decimal::multiply(*said->as_number(), Decimal(full)) : std::nullopt;
  if (!share) return silent("several-right");
  return share->round(0, base::Rounding::down).to_int64().value_or(0);
}

namespace {

base::Result<bool> truth(const base::Result<Json>& said) {
  if (!said.ok()) return said.error();
  return said->as_bool() && *said->as_bool();
}

}  // namespace

// TRN-302
base::Result<bool> TrainingRules::weak_topic(const Decimal& share) const {
  return truth(ask("study-gap", JsonObject{{"种类", "主题"}, {"得分率", share}, {"剩余天数", Json()}}));
}
base::Result<bool> TrainingRules::certificate_ends(int64_t days_left) const {
  return truth(ask("study-gap", JsonObject{{"种类", "证书"}, {"得分率", Json()}, {"剩余天数", days_left}}));
}
base::Result<std::vector<std::string>> TrainingRules::newcomer_gaps(
    int64_t months_in_post, const std::vector<std::string>& learned) const {
  return texts(ask("newcomer-gaps", JsonObject{{"任职月数", months_in_post}, {"学过的", texts_json(learned)}}));
}

// TRN-303
base::Result<bool> TrainingRules::candidate(bool manager, size_t valid) const {
  return truth(ask("rm-candidate", JsonObject{{"是客户经理", manager}, {"有效证书数", valid}}));
}

// TRN-003
base::Result<std::string> TrainingRules::plan_line(base::Date month_end, base::Date today, int64_t held) const {
  auto said =
      ask("plan-line", JsonObject{{"月末", month_end.str()}, {"业务日期", today.str()}, {"已办场次", held}});
  if (!said.ok()) return said.error();
  return said->as_string() ? *said->as_string() : "";
}

}  // namespace guanhu::workbench
