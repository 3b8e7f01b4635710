// The turns of a plan that are made by time: its start, when forms arise, and its close, when they become figures;
// the report after that.
#pragma once
#include "appraisal/assess_form.h"
#include "appraisal/assess_quality.h"

namespace guanhu::appraisal {

// Who would assess whom if the plan started now: for maker and checker.
struct PlanPreview {
  Pairing pairing;
  std::vector<size_t> forms_of_group;
  std::vector<std::string> too_few;  // assessed by fewer than the plan asks for
};
base::Result<PlanPreview> preview(store::Session& store, const PlanSpec& spec, const World& world,
                                  const std::string& seed);

// Inside a transaction, of a plan whose row is locked: its forms become results, the assessors' quality is kept;
// of an anonymous plan it is forgotten who gave what.
void settle_plan(store::Session& store, const Plan& plan, const Act& act);

// One person's result as it is kept: {"staff_id", "total", "full", "reason", "assigned", "submitted", "items":
// [{"name", "weight", "value"}], "groups": [{"name", "weight", "assigned", "submitted", "hidden", "total",
// "items": [value]}], "remarks": [text]}.
struct PersonResult {
  std::string staff;
  MaybeDecimal total;
  base::Json result;
};
std::vector<PersonResult> results(store::Session& store, int64_t plan);
std::optional<PersonResult> result(store::Session& store, int64_t plan, const std::string& staff);
// Of a plan that is not anonymous: who gave what. [{"assessor", "group", "total", "late", "marks", "remark"}]
base::JsonArray open_forms(store::Session& store, const Plan& plan, const std::string& staff);

// As it was kept at the close: {"assessors": [...], "pairs": [...], "mutual", "reciprocal"}. Null before.
base::Json quality(store::Session& store, int64_t plan);

// A total as a fact of a period, for whoever keeps it elsewhere; called inside the transaction of the report.
using TakeFigure = std::function<void(const std::string& staff, const base::Period& period,
                                      const std::string& name, const base::Decimal& total)>;
// The totals of reported plans of the period that name a fact: for whoever reads them without a recorded fact. Of
// two plans with one name the one reported later counts. By name and staff.
struct ReportedFigure {
  std::string name, staff;
  base::Decimal total;
  int64_t plan = 0;
};
std::vector<ReportedFigure> reported_figures(store::Session& store, const base::Period& period);

// Refused: assess.unknown, assess.state (not closed), assess.self (the maker).
base::Result<Plan> report_plan(store::Session& store, int64_t id, const TakeFigure& take, const Act& act);

}  // namespace guanhu::appraisal
