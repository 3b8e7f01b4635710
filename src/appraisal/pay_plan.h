// How a bank pays: which lines a payslip has and which decision of the pack works each of them out.
//
// A pack says it in a decision `pay-plan` without inputs, whose result is a list of lines in their order, contexts
// of
//   行      the line's name; later lines may ask for its amount by it
//   种类    应发 | 扣款 | 保证金 | 列示 (列示 is shown and counted nowhere)
//   方式    本人  once for the person
//           按日  for each stretch of the period in which grade and recorded facts stay the same, weighted by days
//           合办  for each piece of work done together, divided by the shares recorded for it
//           分池  the decision gives the person's weight; the pool is divided by the weights
//   决定    the decision; 部分: the member of its result that counts, "" the result itself
//   池      of 分池: the decision that gives the pool's amount; 池部分 likewise; 池范围: 全行 | 支行
// and in a decision `deposit-plan` (deposit_orders.h) what happens to risk deposits.
//
// What decisions are told by name: figures, scores, 考核总分, 考核等级 of the run; 职级; 期间起日, 期间止日,
// 期间月数, 发放日期, 期间天数, 在岗天数; recorded facts; the amounts of lines before it; 应发合计, 扣款合计,
// 保证金合计 so far; of a pool 人数 and 权数合计.
#pragma once
#include <string>
#include <vector>

#include "appraisal/named_inputs.h"
#include "base/date.h"
#include "base/error.h"
#include "policy/pack.h"

namespace guanhu::appraisal {

enum class PayKind { earning, deduction, deposit, shown };
enum class PayWay { person, by_day, joint, pool, correction };  // correction: of no plan (pay_correct.h)

std::string_view pay_kind_word(PayKind kind);  // "应发"
std::string_view pay_way_word(PayWay way);     // "本人"

struct PayLine {
  std::string name;
  PayKind kind = PayKind::earning;
  PayWay way = PayWay::person;
  std::string decision, part;
  std::string pool, pool_part;  // of a pool
  bool pool_by_branch = false;
};

struct PayPlan {
  std::string pack, pack_hash, title;
  std::vector<PayLine> lines;
};

// Refused (where: the place in the plan): pay.plan.
base::Result<PayPlan> read_pay_plan(const policy::Pack& pack, base::Date on);

// Inputs that neither the run nor the program tells: what has to be recorded before a slip is whole.
struct PayNeed {
  std::string line, decision, name, type, hint;
  bool optional = false;
};
std::vector<PayNeed> needs_of(const policy::Pack& pack, const PayPlan& plan);

}  // namespace guanhu::appraisal
