#include "sample/sample.h"

#include <algorithm>
#include <system_error>

#include "base/files.h"
#include "sample/assignments.h"
#include "sample/bank.h"
#include "sample/books.h"
#include "sample/customers.h"
#include "sample/deposits.h"
#include "sample/loan_life.h"
#include "sample/loans.h"
#include "sample/people.h"
#include "sample/relations.h"
#include "sample/sales.h"
#include "sample/targets.h"

namespace guanhu::sample {

namespace {
namespace fs = std::filesystem;
constexpr int64_t kMostCustomers = 5000000;
constexpr int64_t kMostManagers = 20000;
constexpr int32_t kMostDays = 3660;  // longer, and identity numbers of newcomers could run out
constexpr const char* kMark = ".guanhu-sample";

constexpr int kVersion = 2;  // raised by every change that changes the bytes of a sample

// What the folder holds.
std::string mark_of(const Options& o) {
  return "guanhu sample, version " + std::to_string(kVersion) + "\ncustomers " + std::to_string(o.customers) +
         "\nmanagers " + std::to_string(o.managers) + "\nfrom " + o.from.str() + "\nto " + o.to.str() + "\nseed " +
         std::to_string(o.seed) + "\n";
}

base::Status check_numbers(const Options& o) {
  if (o.to < o.from)
    return base::Error{"sample.period",
                       "the last day " + o.to.str() + " lies before the first day " + o.from.str(), "--to",
                       "give a --to that is not before --from"};
  if (o.from.year() < kFirstYear || o.to.year() > kLastYear)
    return base::Error{"sample.period",
                       "the sample knows the calendar of " + std::to_string(kFirstYear) + " to " +
                           std::to_string(kLastYear) + " only",
                       o.from.year() < kFirstYear ? "--from" : "--to", "choose days in these years"};
  if (o.to - o.from >= kMostDays)
    return base::Error{"sample.period", "from " + o.from.str() + " to " + o.to.str() + " is longer than ten years",
                       "--to", "give at most " + std::to_string(kMostDays) + " days"};
  if (o.customers < 1 || o.customers > kMostCustomers)
    return base::Error{"sample.customers", std::to_string(o.customers) + " customers cannot be made",
                       "--customers", "give 1 to " + std::to_string(kMostCustomers)};
  if (o.managers < 1 || o.managers > kMostManagers)
    return base::Error{"sample.managers", std::to_string(o.managers) + " managers cannot be made", "--managers",
                       "give 1 to " + std::to_string(kMostManagers)};
  if (o.managers > o.customers)
    return base::Error{
        "sample.managers",
        std::to_string(o.managers) + " managers for " + std::to_string(o.customers) + " customers are too many",
        "--managers", "give not more managers than customers"};
  return {};
}

base::Status check_folder(const Options& o) {
  std::error_code error;
  auto refuse = [&](std::string message, std::string hint) {
    return base::Error{"sample.folder", std::move(message), o.out.string(), std::move(hint)};
  };
  if (o.out.empty()) return refuse("no folder is named", "give --out DIR");
  if (!fs::exists(o.out, error)) return {};
  if (!fs::is_directory(o.out, error)) return refuse("this is no folder", "give a new or empty folder");
  fs::directory_iterator entries(o.out, error);
  if (error) return refuse("the folder cannot be read: " + error.message(), "give a new or empty folder");
  if (entries == fs::directory_iterator()) return {};
  if (!fs::exists(o.out / kMark, error))
    return refuse("the folder is not empty and holds no sample", "give a new or empty folder");
  auto mark = base::read_file(o.out / kMark);
  if (!mark.ok()) return mark.error();
  if (*mark != mark_of(o))
    return refuse("the folder holds a sample of other options", "give another folder, or empty this one");
  return {};
}

void open_bank(Bank& bank) {
  bank.day = make_day(bank.options.from);
  bank.opening = bank.options.from.days() - 1;
  // The oldest customers are 73, the youngest 18.
  bank.first_birthday = *base::Date::from_ymd(bank.options.from.year() - 73, 1, 1);
  bank.loan_plans.resize(static_cast<size_t>(bank.options.to - bank.options.from + 1));
  make_orgs(bank);
  make_staff(bank);
  make_customers(bank);
  make_opening_loans(bank);
}

// The opening state in full, as it stood at the end of the day before.
void write_opening(Bank& bank) {
  write_people(bank);
  write_customers(bank);
  write_opening_balances(bank);
  write_opening_loans(bank);
  write_relations(bank);
}

void live_through(Bank& bank, bool first) {
  if (!first) {
    staff_day(bank);
    rebalance(bank);
    customers_day(bank);
    relations_day(bank);
  }
  targets_day(bank);
  deposits_day(bank);
  loans_day(bank);
  sales_day(bank);
  close_books(bank);
}

Summary summary_of(const Bank& bank, int64_t dates) {
  Summary s;
  s.dates = dates;
  s.files = bank.writer.written().files;
  s.rows = bank.writer.written().rows;
  s.bytes = bank.writer.written().bytes;
  s.organisations = static_cast<int64_t>(bank.orgs.size());
  s.staff = static_cast<int64_t>(bank.staff.size());
  s.managers = std::count_if(bank.staff.begin(), bank.staff.end(), [](const Staff& m) { return m.holds(); });
  s.leavers = bank.leavers;
  s.customers = static_cast<int64_t>(bank.customers.size());
  s.accounts = static_cast<int64_t>(bank.accounts.size());
  s.loans = static_cast<int64_t>(bank.loans.size());
  return s;
}
}  // namespace

base::Result<Summary> write_sample(const Options& options, const Progress& progress) {
  if (auto status = check_numbers(options); !status.ok()) return status.error();
  if (auto status = check_folder(options); !status.ok()) return status.error();
  std::error_code error;
  fs::create_directories(options.out, error);
  if (error)
    return base::Error{"sample.folder", "the folder cannot be made: " + error.message(), options.out.string(),
                       "give a folder that can be written"};
  base::write_file_atomic(options.out / kMark, mark_of(options));
  Writer writer(options.out, options.seed);
  Bank bank(options, writer);
  open_bank(bank);
  int64_t all = options.to - options.from + 1;
  for (int64_t done = 0; done < all; ++done) {
    bank.day = make_day(options.from + static_cast<int32_t>(done));
    writer.begin_day(bank.day.date);
    if (done == 0) write_opening(bank);
    live_through(bank, done == 0);
    writer.end_day();
    if (progress) progress(bank.day.date, done + 1, all);
  }
  return summary_of(bank, all);
}

}  // namespace guanhu::sample
