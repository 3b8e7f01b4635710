#include "sample/bank.h"

#include <algorithm>

namespace guanhu::sample {

namespace {
template <size_t N, class E>
std::string_view at(const std::array<std::string_view, N>& names, E value) {
  return names.at(static_cast<size_t>(value));
}
}  // namespace

std::string_view name_of(Position position) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "manager", "trainee_manager", "branch_head", "risk_manager", "accountant", "cashier",
      "teller",  "supervisor",      "auditor",     "hr",           "executive",  "other"};
  return at(kNames, position);
}

std::string_view name_of(Product product) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "活期储蓄",     "社保卡活期", "整存整取三个月", "整存整取一年", "整存整取三年",
      "个人大额存单", "单位活期",   "单位一般户",     "单位定期",     "保证金"};
  return at(kNames, product);
}

std::string_view account_kind(Product product) {
  static constexpr std::array<std::string_view, 10> kKinds = {"demand", "demand", "time",    "time", "time",
                                                              "time",   "basic",  "general", "time", "margin"};
  return at(kKinds, product);
}

std::string_view name_of(LoanKind kind) {
  static constexpr std::array<std::string_view, 8> kNames = {
      "farmer_micro", "urban_micro", "personal_business", "personal_consumer", "working_capital", "fixed_asset",
      "bill",         "other"};
  return at(kNames, kind);
}

std::string_view name_of(Guarantee guarantee) {
  static constexpr std::array<std::string_view, 5> kNames = {"credit", "guaranteed", "mortgage", "pledge",
                                                             "low_risk"};
  return at(kNames, guarantee);
}

std::string_view name_of(LoanClass loan_class) {
  static constexpr std::array<std::string_view, 5> kNames = {"normal", "special_mention", "substandard",
                                                             "doubtful", "loss"};
  return at(kNames, loan_class);
}

std::string_view name_of(TxnKind kind) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "cash", "transfer", "loan_disbursement", "loan_repayment", "interest", "fee", "bill", "salary",
      "card", "other"};
  return at(kNames, kind);
}

void sort_unique(std::vector<uint32_t>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace guanhu::sample
