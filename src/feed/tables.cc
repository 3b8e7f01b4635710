#include "feed/tables.h"

#include <array>

namespace guanhu::feed {
namespace {

// Short forms, so that the tables below read like the contract.
constexpr Column key(std::string_view name, Kind kind = Kind::text, std::string_view choices = {},
                     std::string_view refers_to = {}) {
  return {name, kind, true, true, choices, false, refers_to};
}
constexpr Column need(std::string_view name, Kind kind = Kind::text, std::string_view choices = {},
                      std::string_view refers_to = {}) {
  return {name, kind, false, true, choices, false, refers_to};
}
// The column must be there, its fields may be empty: an internal account has no customer, a spouse no
// share, a sale over the counter no account.
constexpr Column need_or_empty(std::string_view name, Kind kind = Kind::text, std::string_view refers_to = {}) {
  return {name, kind, false, true, {}, true, refers_to};
}
constexpr Column may(std::string_view name, Kind kind = Kind::text, std::string_view choices = {},
                     std::string_view refers_to = {}) {
  return {name, kind, false, false, choices, false, refers_to};
}

// Sealed at rest.
constexpr Column personal(std::string_view name) {
  Column out = may(name);
  out.personal = true;
  return out;
}

constexpr std::array kOrgs{
    key("org_id"),
    may("parent_id", Kind::text, {}, "orgs"),
    need("name"),
    need("kind", Kind::choice, "hq department branch outlet"),
    need_or_empty("opened_on", Kind::date),
    may("closed_on", Kind::date),
};

constexpr std::array kStaff{
    key("staff_id"),
    need("name"),
    need("org_id", Kind::text, {}, "orgs"),
    need("position", Kind::choice,
         "manager trainee_manager branch_head risk_manager accountant cashier teller supervisor auditor hr "
         "executive other"),
    may("education", Kind::choice, "postgraduate bachelor college secondary lower"),
    may("title", Kind::choice, "senior intermediate junior none"),
    may("credit_exam", Kind::choice, "passed exempt failed none"),
    may("credit_since", Kind::date),
    may("hired_on", Kind::date),
    may("left_on", Kind::date),
    may("born_on", Kind::date),
    personal("phone"),
};

constexpr std::array kCustomers{
    key("customer_id"),
    need("kind", Kind::choice, "person company other"),
    need("name"),
    may("id_type"),
    personal("id_no"),
    personal("phone"),
    may("address"),
    may("area_code"),
    may("industry_code"),
    need_or_empty("org_id", Kind::text, "orgs"),
    may("is_farmer", Kind::boolean),
    may("born_on", Kind::date),
    need_or_empty("opened_on", Kind::date),
    may("group_id"),
};

constexpr std::array kRelations{
    key("customer_id", Kind::text, {}, "customers"),
    key("related_id"),
    key("kind", Kind::choice, "spouse family guarantor controls shareholder legal_representative group_member"),
    need_or_empty("share", Kind::share),
    key("valid_from", Kind::date),
    may("valid_to", Kind::date),
};

constexpr std::array kAccounts{
    key("account_id"),
    need_or_empty("customer_id", Kind::text, "customers"),
    need("org_id", Kind::text, {}, "orgs"),
    may("product"),
    need("kind", Kind::choice, "demand time margin basic general"),
    may("currency"),
    need("opened_on", Kind::date),
    may("matures_on", Kind::date),
    may("closed_on", Kind::date),
};

constexpr std::array kBalances{
    key("account_id", Kind::text, {}, "accounts"),
    key("date", Kind::date),
    need("balance", Kind::money),
};

constexpr std::array kTransactions{
    key("txn_id"),
    need("account_id", Kind::text, {}, "accounts"),
    need("booked_at", Kind::time),
    need("amount", Kind::money),
    may("balance_after", Kind::money),
    may("counter_account"),
    may("counter_name"),
    need("kind", Kind::choice,
         "cash transfer loan_disbursement loan_repayment interest fee bill salary card other"),
    may("memo"),
};

constexpr std::array kLoans{
    key("loan_id"),
    may("contract_id"),
    need("customer_id", Kind::text, {}, "customers"),
    need("org_id", Kind::text, {}, "orgs"),
    may("product"),
    need("kind", Kind::choice,
         "farmer_micro urban_micro personal_business personal_consumer working_capital fixed_asset bill other"),
    may("guarantee", Kind::choice, "credit guaranteed mortgage pledge low_risk"),
    need("principal", Kind::money),
    may("rate", Kind::rate),
    need("issued_on", Kind::date),
    need("due_on", Kind::date),
    may("extended_to", Kind::date),
    may("settled_on", Kind::date),
    may("purpose"),
};

constexpr std::array kLoanStates{
    key("loan_id", Kind::text, {}, "loans"),
    key("date", Kind::date),
    need("balance", Kind::money),
    may("overdue_principal", Kind::money),
    may("overdue_interest", Kind::money),
    may("overdue_days", Kind::integer),
    may("class", Kind::choice, "normal special_mention substandard doubtful loss"),
    may("off_balance", Kind::boolean),
};

constexpr std::array kRepayments{
    key("repayment_id"),
    need("loan_id", Kind::text, {}, "loans"),
    need("date", Kind::date),
    need("principal", Kind::money),
    may("interest", Kind::money),
    may("penalty", Kind::money),
    may("means", Kind::choice, "cash transfer refinanced assets written_off"),
};

constexpr std::array kNotices{
    key("notice_id"),
    need("loan_id", Kind::text, {}, "loans"),
    need("kind", Kind::choice, "maturity overdue"),
    may("receiver", Kind::choice, "borrower guarantor"),
    may("sent_on", Kind::date),
    may("receipt_on", Kind::date),
};

constexpr std::array kLimitations{
    key("loan_id", Kind::text, {}, "loans"),
    may("expires_on", Kind::date),
};

constexpr std::array kSales{
    key("sale_id"),
    need("date", Kind::date),
    need_or_empty("customer_id", Kind::text, "customers"),
    need_or_empty("account_id", Kind::text, "accounts"),
    need_or_empty("staff_id", Kind::text, "staff"),
    may("product", Kind::choice,
        "credit_card gold_card e_banking phone_banking pos payroll insurance fund wealth bond other"),
    may("quantity", Kind::quantity),
    need_or_empty("amount", Kind::money),
    may("fee_income", Kind::money),
};

constexpr std::array kAssignments{
    key("subject_kind", Kind::choice, "customer account loan"),
    key("subject_id", Kind::text, {}, "subject"),
    key("staff_id", Kind::text, {}, "staff"),
    may("role", Kind::choice, "main assist"),
    need("share", Kind::share),
    key("valid_from", Kind::date),
    may("valid_to", Kind::date),
};

constexpr std::array kTargets{
    key("holder_kind", Kind::choice, "staff org"),
    key("holder_id", Kind::text, {}, "holder"),
    key("indicator"),
    key("period"),
    need("value", Kind::quantity),
};

constexpr std::array kLedgerTotals{
    key("org_id", Kind::text, {}, "orgs"),
    key("date", Kind::date),
    key("subject", Kind::choice, "deposits loans bad_loans interest_received fee_income"),
    need("amount", Kind::money),
};

// INT-604: what a manager did comes from the core banking system (customers, accounts, balances, transactions,
// sales); INT-605: and from the credit system (loans, their states, repayments, notices). Both are read, never
// written to.
constexpr std::array kTables{
    Table{"orgs", kOrgs, Numbered::none, true, true},
    Table{"staff", kStaff, Numbered::none, true, true},
    Table{"customers", kCustomers, Numbered::none, true, true},
    Table{"relations", kRelations},
    Table{"accounts", kAccounts, Numbered::account, true, true},
    Table{"balances", kBalances, Numbered::account, false},
    Table{"transactions", kTransactions},
    Table{"loans", kLoans, Numbered::loan, true, true},
    Table{"loan_states", kLoanStates, Numbered::loan, false},
    Table{"repayments", kRepayments, Numbered::loan, false},
    Table{"notices", kNotices},
    Table{"limitations", kLimitations},
    Table{"sales", kSales},
    Table{"assignments", kAssignments},
    Table{"targets", kTargets},
    Table{"ledger_totals", kLedgerTotals},
};

}  // namespace

std::span<const Table> tables() { return kTables; }

const Table* find_table(std::string_view name) {
  for (const Table& table : kTables)
    if (table.name == name) return &table;
  return nullptr;
}

}  // namespace guanhu::feed
