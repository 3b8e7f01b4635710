// A decision's answer as the result of a holder.
#include "appraisal/detail/decide.h"
#include "feel/json.h"

namespace guanhu::appraisal::detail {

using feel::Value;
using policy::Field;

namespace {

constexpr std::string_view kScores = "得分", kTotal = "总分", kGrade = "等级", kReason = "原因";

const Value* member(const Value* context, std::string_view name) {
  if (!context || !context->is(feel::Kind::context)) return nullptr;
  const feel::Context& parts = context->context();
  for (size_t i = 0; i < parts.size(); ++i)
    if (parts.shape->names()[i] == name) return &parts.values[i];
  return nullptr;
}

std::optional<base::Decimal> number_of(const Value* value) {
  return value && value->is_number() ? std::optional(value->number()) : std::nullopt;
}

std::string word_of(const Value* value) {
  return value && value->is(feel::Kind::string) ? std::string(value->text()) : std::string();
}

std::string reason_of(const DecidedHolder& decided) {
  if (decided.left_out) return decided.reason;
  if (!decided.answer) return "等待 " + std::to_string(decided.waits.size()) + " 项：" + decided.waits.front();
  std::string said = word_of(decided.part(kReason));
  return said.empty() ? "决策没有给出" : said;
}

}  // namespace

void fill_result(const Evaluation& e, size_t h, HolderResult& out) {
  if (h >= e.decided.size()) return;
  const DecidedHolder& decided = e.decided[h];
  const Value* scores = decided.part(kScores);
  for (const Field* one : score_parts(*e.scheme.decision)) {
    auto value = number_of(member(scores, one->name));
    out.scores.push_back({one->name, value, value ? "" : reason_of(decided)});
  }
  for (const Field* one : other_parts(*e.scheme.decision)) {
    const Value* part = decided.part(one->name);
    Figure figure{one->name, one->type ? one->type->unit : "", number_of(part), ""};
    if (part && !part->is_null() && !figure.value) figure.other = feel::to_json(*part);
    if (!figure.value && figure.other.is_null()) figure.reason = reason_of(decided);
    out.figures.push_back(std::move(figure));
  }
  out.total = number_of(decided.part(kTotal));
  if (!out.total) out.total_reason = reason_of(decided);
  std::string grade = decided.left_out ? decided.grade : word_of(decided.part(kGrade));
  if (!grade.empty()) out.grade = std::move(grade);
  out.waits = decided.waits;
}

}  // namespace guanhu::appraisal::detail

namespace guanhu::appraisal {

std::vector<const policy::Field*> score_parts(const policy::Decision& decision) {
  std::vector<const policy::Field*> out;
  const policy::Field* scores = decision.output ? decision.output->member(detail::kScores) : nullptr;
  if (scores && scores->type)
    for (const policy::Field& one : scores->type->members) out.push_back(&one);
  return out;
}

std::vector<const policy::Field*> other_parts(const policy::Decision& decision) {
  std::vector<const policy::Field*> out;
  if (decision.output)
    for (const policy::Field& one : decision.output->members)
      if (one.name != detail::kScores && one.name != detail::kTotal && one.name != detail::kGrade)
        out.push_back(&one);
  return out;
}

}  // namespace guanhu::appraisal
