// Shapes of qualitative appraisal.
#include "api/shapes.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

Members person_members() {
  return {{"id", text()}, {"name", text()}, {"org_id", text()}, {"org_name", text()}, {"position", text()}};
}
Members person_and(Members more) {
  Members out = person_members();
  for (auto& member : more) out.push_back(std::move(member));
  return out;
}

SchemaRef some_texts() { return list(text(200)); }

void form_shapes(Schemas& out) {
  out["AssessmentPerson"] = object(person_members());
  SchemaRef entry = object({{"key", described(text(), "\"1.2\": the second entry of the first item")},
                            {"name", text()},
                            {"content", text(100'000)},
                            {"standard", described(text(100'000), "what the assessor goes by")},
                            {"full", decimal()},
                            {"levels", described(list(object({{"name", text()}, {"mark", decimal()}})),
                                                 "best first; empty: any mark from 0 to full")},
                            {"may_skip", boolean()},
                            {"rules", list(text())}});
  out["AssessmentForm"] =
      object({{"id", text()},
              {"title", text()},
              {"note", text(100'000)},
              {"article", text()},
              {"rules", list(text())},
              {"items", list(object({{"name", text()}, {"weight", decimal()}, {"entries", list(entry)}}))},
              {"quality", object({{"lenient", amount()}, {"halo", amount()}, {"reciprocal", amount()}})}});
  out["AssessmentTemplate"] =
      object({{"pack", text()}, {"pack_title", text()}, {"pack_hash", text()}, {"form", ref("AssessmentForm")}});
}

void spec_shapes(Schemas& out) {
  out["AssessmentSelector"] = optional(object({{"positions", some_texts()},
                                               {"orgs", described(some_texts(), "with all below them")},
                                               {"staff", some_texts()}}),
                                       {"positions", "orgs", "staff"});
  out["AssessmentGroup"] =
      optional(object({{"name", text(100)},
                       {"relation", choice({"superior", "peers", "subordinates", "branch", "others", "chosen"})},
                       {"weight", described(decimal(), "only the proportions count")},
                       {"who", described(ref("AssessmentSelector"), "who of them; empty: all")},
                       {"most", described(integer(), "at most so many for one person; 0: all")}}),
               {"who", "most"});
  out["AssessmentSpec"] = optional(
      object(
          {{"title", text(200)},
           {"period", described(text(10), "2025, 2025H2, 2025Q4 or 2025-12")},
           {"pack", text(200)},
           {"form", text(200)},
           {"starts_at", moment()},
           {"deadline", moment()},
           {"closes_at", described(moment(), "what comes in after the deadline is late; left out: the deadline")},
           {"remind_hours", described(list(integer()), "before the deadline")},
           {"anonymous", boolean()},
           {"trim", described(decimal(), "share of forms cut off at each end, 0 to under 0.5")},
           {"min_assessors", described(integer(), "forms below which there is no result")},
           {"min_group", described(integer(), "anonymous: figures of fewer forms are not shown")},
           {"missing", choice({"rescale", "no_result"})},
           {"scale", described(integer(), "digits after the point of a total")},
           {"delegation", boolean()},
           {"repeats", described(boolean(), "the plan of the next period follows by itself")},
           {"fact",
            described(text(200),
                      "PACK/NAME: a fact block's fact under which totals are recorded; empty: not at all")},
           {"assessed", ref("AssessmentSelector")},
           {"groups", list(ref("AssessmentGroup"))}}),
      {"closes_at", "remind_hours", "anonymous", "trim", "min_assessors", "min_group", "missing", "scale",
       "delegation", "repeats", "fact"});
}

void plan_shapes_of_assessment(Schemas& out) {
  Members plan = {{"id", integer()},
                  {"revision", integer()},
                  {"state", choice({"draft", "approved", "running", "closed", "reported"})},
                  {"title", text()},
                  {"period", text()},
                  {"pack", text()},
                  {"form", text()},
                  {"starts_at", moment()},
                  {"deadline", moment()},
                  {"closes_at", moment()},
                  {"anonymous", boolean()},
                  {"assessed", integer()},
                  {"forms", integer()},
                  {"submitted", integer()},
                  {"made_by", text()},
                  {"made_at", moment()},
                  {"checked_by", maybe_text()},
                  {"checked_at", nullable(moment())},
                  {"started_at", nullable(moment())},
                  {"closed_at", nullable(moment())},
                  {"reported_at", nullable(moment())},
                  {"reported_by", maybe_text()},
                  {"problem", described(maybe_text(), "why it did not start when it was due")}};
  out["AssessmentPlan"] = object(plan);
  plan.push_back({"spec", ref("AssessmentSpec")});
  plan.push_back({"sheet", described(nullable(ref("AssessmentForm")), "as it was when the plan started")});
  plan.push_back({"pack_hash", maybe_text()});
  out["AssessmentPlanWhole"] = object(std::move(plan));
}

void preview_shapes(Schemas& out) {
  SchemaRef person = ref("AssessmentPerson");
  out["AssessmentPreview"] = object(
      {{"forms", integer()},
       {"assessed", integer()},
       {"groups", list(object({{"name", text()}, {"forms", integer()}}))},
       {"too_few", described(list(person), "assessed by fewer than the plan asks for")},
       {"no_login", described(list(person), "assessors who cannot log in")},
       {"left_out",
        described(
            list(object(
                {{"assessor", person}, {"assessed", person}, {"group", text()}, {"instead", nullable(person)}})),
            "declared relatives")},
       {"pairs", described(list(object({{"assessed", person},
                                        {"assessors", list(object(person_and({{"group", text()}})))}})),
                           "the first 500")}});
  out["AssessmentProgress"] = object(
      {{"assessors",
        list(object(person_and({{"assigned", integer()}, {"submitted", integer()}, {"late", integer()}})))},
       {"notes",
        list(object({{"at", moment()},
                     {"actor", text()},
                     {"kind", choice({"relative", "recused", "delegated", "withdrawn", "returned", "reminded"})},
                     {"assessor", nullable(person)},
                     {"assessed", described(nullable(person), "null in anonymous plans")},
                     {"other", nullable(person)},
                     {"reason", text()}}))}});
}

void result_shapes(Schemas& out) {
  Members result = {
      {"staff_id", text()},
      {"name", text()},
      {"org_id", text()},
      {"org_name", text()},
      {"branch_id", text()},
      {"branch_name", text()},
      {"total", amount()},
      {"full", decimal()},
      {"reason", described(maybe_text(), "why there is no total")},
      {"assigned", integer()},
      {"submitted", integer()},
      {"items", list(object({{"name", text()}, {"weight", decimal()}, {"value", amount()}}))},
      {"groups", list(object({{"name", text()},
                              {"weight", decimal()},
                              {"assigned", integer()},
                              {"submitted", integer()},
                              {"hidden", described(boolean(), "too few to be shown without naming somebody")},
                              {"total", amount()},
                              {"items", list(amount())}}))},
      {"remarks", list(text())}};
  out["AssessmentResult"] = object(result);
  result.push_back({"average", described(amount(), "of all who have a total")});
  result.push_back({"forms", described(list(object({{"assessor", ref("AssessmentPerson")},
                                                    {"group", text()},
                                                    {"total", described(amount(), "of 100")},
                                                    {"late", boolean()},
                                                    {"delegated_from", nullable(ref("AssessmentPerson"))},
                                                    {"marks", map(text())},
                                                    {"remark", text()}})),
                                       "of open plans, for who sees the whole bank")});
  out["AssessmentResultWhole"] = object(std::move(result));
  Members judged = {{"leniency", described(amount(), "points of 100 above the other assessors")},
                    {"halo", described(amount(), "variance over the items")},
                    {"same_for_all", nullable(boolean())},
                    {"lenient", nullable(boolean())},
                    {"severe", nullable(boolean())},
                    {"blurred", nullable(boolean())}};
  Members assessor = person_and({{"assigned", integer()}, {"submitted", integer()}, {"late", integer()}});
  for (const auto& member : judged) assessor.push_back(member);
  assessor.push_back({"alike", described(nullable(integer()), "forms with the same share everywhere")});
  SchemaRef person = ref("AssessmentPerson");
  out["AssessmentQuality"] = object(
      {{"anonymous", boolean()},
       {"limits", object({{"lenient", amount()}, {"halo", amount()}, {"reciprocal", amount()}})},
       {"assessors", list(object(std::move(assessor)))},
       {"profiles", described(list(object(judged)), "of anonymous plans: figures without names")},
       {"pairs",
        list(object({{"one", person}, {"other", person}, {"from_one", decimal()}, {"from_other", decimal()}}))},
       {"mutual", described(nullable(integer()), "pairs who assess one another")},
       {"reciprocal", described(nullable(integer()), "of them, who both give more than others do")}});
}

void sheet_shapes(Schemas& out) {
  SchemaRef person = ref("AssessmentPerson");
  Members sheet = {{"id", integer()},        {"plan", integer()},
                   {"title", text()},        {"period", text()},
                   {"anonymous", boolean()}, {"assessed", person},
                   {"group", text()},        {"state", choice({"open", "submitted"})},
                   {"revision", integer()},  {"answered", integer()},
                   {"entries", integer()},   {"deadline", moment()},
                   {"closes_at", moment()},  {"overdue", boolean()},
                   {"late", boolean()},      {"delegated_from", nullable(person)}};
  out["AssessmentSheet"] = object(sheet);
  for (auto& member : Members{{"form", ref("AssessmentForm")},
                              {"marks", described(map(text()), "entry key -> a mark, or \"skip\"")},
                              {"remark", text()},
                              {"saved_at", nullable(moment())},
                              {"submitted_at", nullable(moment())},
                              {"may_withdraw", boolean()},
                              {"may_delegate", boolean()}})
    sheet.push_back(std::move(member));
  out["AssessmentSheetWhole"] = object(std::move(sheet));
  out["Relation"] = object({{"id", integer()},
                            {"staff", person},
                            {"other", person},
                            {"kind", choice({"spouse", "parent", "child", "sibling", "other"})},
                            {"note", text()},
                            {"declared_by", text()},
                            {"declared_at", moment()},
                            {"ended_by", maybe_text()},
                            {"ended_at", nullable(moment())}});
}

}  // namespace

void assessment_shapes(Schemas& out) {
  form_shapes(out);
  spec_shapes(out);
  plan_shapes_of_assessment(out);
  preview_shapes(out);
  result_shapes(out);
  sheet_shapes(out);
}

}  // namespace guanhu::api
