// Codes of what the checks of meaning find.
#pragma once

namespace guanhu::policy::detail::codes {

// Decision tables.
inline constexpr char kGap[] = "policy.table.gap";                  // inputs for which no row applies
inline constexpr char kOverlap[] = "policy.table.overlap";          // two rows apply, one may
inline constexpr char kConflict[] = "policy.table.conflict";        // several apply and differ
inline constexpr char kUnreachable[] = "policy.table.unreachable";  // a row that never counts
// Formulas and cells.
inline constexpr char kConstant[] = "policy.condition.constant";  // always true, or never
inline constexpr char kUnit[] = "policy.unit.mismatch";
inline constexpr char kNull[] = "policy.null.unhandled";
inline constexpr char kNullResult[] = "policy.null.result";
inline constexpr char kZero[] = "policy.null.zero";
inline constexpr char kType[] = "policy.type.mismatch";
inline constexpr char kWord[] = "policy.type.word";
inline constexpr char kMember[] = "policy.type.member";
// What nobody uses.
inline constexpr char kUnusedInput[] = "policy.unused.input";
inline constexpr char kUnusedParameter[] = "policy.unused.parameter";
inline constexpr char kUnusedStep[] = "policy.unused.step";
inline constexpr char kUnusedRequirement[] = "policy.unused.requirement";
inline constexpr char kUnusedFunction[] = "policy.unused.function";
inline constexpr char kUnusedType[] = "policy.unused.type";
inline constexpr char kUsedAfterAll[] = "policy.unused.mark";
// What supervisors ask.
inline constexpr char kCheckName[] = "policy.check.name";
inline constexpr char kPeriodEnd[] = "policy.check.period_end";
inline constexpr char kCap[] = "policy.check.cap";
inline constexpr char kFloor[] = "policy.check.floor";
inline constexpr char kWeight[] = "policy.check.weight";
inline constexpr char kDepositWeight[] = "policy.check.deposit_weight";
inline constexpr char kNoRisk[] = "policy.check.no_risk";
inline constexpr char kRiskWeight[] = "policy.check.risk_weight";
inline constexpr char kDeferral[] = "policy.check.deferral";
inline constexpr char kDeferredShare[] = "policy.check.deferred_share";

}  // namespace guanhu::policy::detail::codes
