// The state of the sample bank while its days go by. Kept small: 300,000 customers need some 200 MB.
// Texts (names, phones, ids) are not stored; they follow from seed and number.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "sample/calendar.h"
#include "sample/random.h"
#include "sample/sample.h"
#include "sample/writer.h"

namespace guanhu::sample {

using base::Fen;
inline constexpr Fen kYuan = 100;
inline constexpr int32_t kNever = INT32_MAX;  // a day that does not come
inline constexpr int kMaxHolders = 3;

enum class OrgKind : uint8_t { hq, department, branch, outlet };

struct Org {
  OrgKind kind = OrgKind::hq;
  int parent = -1;  // index, -1 for the head office
  int branch = -1;  // index of the branch whose subtree this is in, -1 for head office and departments
  int town = 0;
  std::string id, name;
  int32_t opened = 0;
};

enum class Position : uint8_t {
  manager,
  trainee_manager,
  branch_head,
  risk_manager,
  accountant,
  cashier,
  teller,
  supervisor,
  auditor,
  hr,
  executive,
  other
};

struct Staff {
  int org = 0;
  Position position = Position::other;
  bool female = false;
  bool dresser = false;  // brings money in for the last days of a quarter
  int8_t skill = 0;      // 0 (weak) to 3 (strong): how much new money comes in
  int32_t hired = 0;
  int32_t last_day = -1;    // last day in post, -1 while there
  int32_t leaves = kNever;  // day after the last day in post, as planned at the start
  int32_t moves = kNever;   // day of a planned transfer within the branch
  bool holds() const { return position == Position::manager || position == Position::trainee_manager; }
};

// Who has a customer, an account or a loan: up to three managers with fixed shares.
enum class Split : uint8_t { whole, halves, seventy_thirty, thirds };
struct Assigned {
  std::array<int32_t, kMaxHolders> staff = {-1, -1, -1};
  Split split = Split::whole;
  bool own_rows = false;  // this subject has rows of its own in assignments.csv
  bool ended = false;
  std::array<int32_t, kMaxHolders> since = {-1, -1, -1};
  int holders() const { return split == Split::whole ? 1 : split == Split::thirds ? 3 : 2; }
};

enum class CustomerKind : uint8_t { farmer, urban, company, other };
enum class Mode : uint8_t { nobody, by_customer, by_subject };  // how its business is assigned

struct Customer {
  CustomerKind kind = CustomerKind::farmer;
  Mode mode = Mode::nobody;
  uint8_t phone_version = 0, address_version = 0;
  bool covered = false;  // its accounts' moves stand in transactions.csv
  uint16_t org = 0;
  int32_t opened = 0;
  int32_t group = -1;       // number of the company group it belongs to
  uint32_t settlement = 0;  // its current account
  Fen wealth = 0;           // what it keeps at the bank in ordinary times
  Fen income = 0;           // a month
  Assigned assigned;
};

enum class Product : uint8_t {
  savings,
  social_card,
  time_3m,
  time_1y,
  time_3y,
  certificate,
  company_current,
  company_general,
  company_time,
  margin
};

struct Account {
  Fen balance = 0;
  uint32_t customer = 0;
  uint16_t org = 0;
  Product product = Product::savings;
  int32_t opened = 0;
  int32_t matures = -1;
  int32_t closed = -1;
  int32_t next = 0;      // day of the next chance event
  int32_t touched = -1;  // index into Bank::touched of today's entry, if it is about this account
  Assigned assigned;
};

enum class LoanKind : uint8_t {
  farmer_micro,
  urban_micro,
  personal_business,
  personal_consumer,
  working_capital,
  fixed_asset,
  bill,
  other
};
enum class Guarantee : uint8_t { credit, guaranteed, mortgage, pledge, low_risk };
enum class LoanClass : uint8_t { normal, special_mention, substandard, doubtful, loss };

struct Loan {
  Fen principal = 0, balance = 0;
  Fen owed_principal = 0, owed_interest = 0;  // due and not paid
  Fen instalment = 0;                         // principal due each month, 0: all at the end
  uint32_t customer = 0;
  int32_t guarantor = -1;  // a customer
  int32_t rate = 0;        // annual, 1/10,000 per cent: 56500 is 5.65 %
  uint16_t org = 0;
  LoanKind kind = LoanKind::other;
  Guarantee guarantee = Guarantee::credit;
  LoanClass loan_class = LoanClass::normal;
  bool off_balance = false;
  bool late_payer = false;
  uint8_t bill_day = 20;  // day of the month on which interest is due
  int32_t issued = 0, due = 0, extended = -1, settled = -1;
  int32_t billed = 0;          // interest is computed up to this day
  int32_t pays_on = kNever;    // day on which what is owed gets paid
  int32_t stops = kNever;      // from this day on nothing is paid ...
  int32_t resumes = kNever;    // ... until this day
  int32_t overdue_since = -1;  // first day on which something due was unpaid
  int32_t noticed = -1;        // day of the last notice
  int32_t expires = -1;        // limitation of action
  Assigned assigned;
  int32_t ends() const { return extended >= 0 ? extended : due; }
};

// Sums of one organisation's own business (not of the ones below it).
struct OrgSums {
  Fen deposits = 0, loans = 0, bad_loans = 0;
  Fen interest_received = 0, fee_income = 0;  // of the day
};

enum class TxnKind : uint8_t {
  cash,
  transfer,
  loan_disbursement,
  loan_repayment,
  interest,
  fee,
  bill,
  salary,
  card,
  other
};

struct Bank {
  Bank(const Options& o, Writer& w) : options(o), writer(w) {}

  const Options& options;
  Writer& writer;
  Day day;
  int32_t opening = 0;  // the day before the first: the opening balances are of its end
  base::Date first_birthday;
  std::vector<Org> orgs;
  std::vector<int> sites;  // orgs with customers: branches and outlets
  std::vector<Staff> staff;
  std::vector<std::vector<int>> site_managers;  // by org: managers there today
  std::vector<Customer> customers;
  std::vector<Account> accounts;
  std::vector<Loan> loans;
  std::vector<OrgSums> sums;
  int64_t customers_at_start = 0;
  int64_t leavers = 0;

  // Accounts and loans whose row, state or limitation changed today (on the first day: all). A key
  // may stand in a day's file only once, so they are written at the end of the day.
  std::vector<uint32_t> changed_accounts, changed_loans, changed_states, changed_limits;
  // Loans agreed for a later day, by days since options.from.
  struct LoanPlan {
    uint32_t customer = 0;
    LoanKind kind = LoanKind::other;
    Fen principal = 0;
  };
  std::vector<std::vector<LoanPlan>> loan_plans;
  // Notices whose receipt comes back on a later day.
  struct Receipt {
    int32_t day = 0, sent = 0;
    int64_t number = 0;
    uint32_t loan = 0;
    bool overdue = false, guarantor = false;
  };
  std::vector<Receipt> receipts;
  // Money that a window dresser brought in and that leaves again.
  struct Spike {
    int32_t day = 0;
    uint32_t account = 0;
    Fen amount = 0;
  };
  std::vector<Spike> spikes;
  // Marriages that end: day, number of the pair.
  struct Divorce {
    int32_t day = 0;
    uint32_t pair = 0;
  };
  std::vector<Divorce> divorces;
  // Borrower and guarantor of today's guarantor rows: a pair gets one a day.
  std::vector<std::pair<uint32_t, uint32_t>> guarantors;

  // Today's balance changes, in order of first touch.
  struct Touch {
    uint32_t account = 0;
    int32_t moves = 0;
    Fen before = 0;
  };
  std::vector<Touch> touched;
  int64_t transactions = 0, repayments = 0, sales = 0, notices = 0;  // today's, for their ids

  uint64_t seed() const { return options.seed; }
  Random random(Stream stream, uint64_t a, uint64_t b = 0) const { return Random(options.seed, stream, a, b); }
  Random random_today(Stream stream, uint64_t a) const {
    return Random(options.seed, stream, a, static_cast<uint64_t>(day.number()));
  }
};

std::string_view name_of(Position position);
std::string_view name_of(Product product);
std::string_view account_kind(Product product);
std::string_view name_of(LoanKind kind);
std::string_view name_of(Guarantee guarantee);
std::string_view name_of(LoanClass loan_class);
std::string_view name_of(TxnKind kind);

inline bool is_person(const Customer& c) {
  return c.kind == CustomerKind::farmer || c.kind == CustomerKind::urban;
}
// Sorted, each once.
void sort_unique(std::vector<uint32_t>& list);
inline bool is_time(Product p) {
  return p == Product::time_3m || p == Product::time_1y || p == Product::time_3y || p == Product::certificate ||
         p == Product::company_time;
}
// Rounded down to whole units of `unit`.
inline Fen round_down(Fen amount, Fen unit) { return amount / unit * unit; }

}  // namespace guanhu::sample
