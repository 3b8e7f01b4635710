// For tests: a bank made of chance, with everything that goes wrong in real ones: versions, hand-overs,
// shared accounts, late and corrected rows, replaced dates, negative balances.
#pragma once
#include <random>

#include "measures/tiny_bank.h"

namespace guanhu::measures::testing {

class RandomBank {
 public:
  explicit RandomBank(uint32_t seed) : random_(seed) {}

  static constexpr int kStaff = 5, kOrgs = 4, kCustomers = 6, kAccounts = 9, kLoans = 4;
  Day first = day("2023-11-20"), last = day("2024-12-31");  // 2024 is a leap year

  TinyBank make() {
    std::vector<Day> dates;
    for (Day d = first; d <= last; d += 10 + below(25)) dates.push_back(d);
    dates.push_back(last);
    for (size_t i = dates.size(); i > 1; --i)
      if (below(3) == 0)
        std::swap(dates[i - 1], dates[static_cast<size_t>(below(static_cast<int>(i)))]);  // late dates
    for (int i = below(3); i > 0; --i)
      dates.push_back(dates[static_cast<size_t>(below(static_cast<int>(dates.size())))]);
    bool begun = false;
    for (Day d : dates) {
      int import = bank_.import(d);
      if (!begun) everything(import);
      begun = true;
      some(import, d);
    }
    for (int i = 1; i <= 12; ++i) record(i);
    return std::move(bank_);
  }

 private:
  int below(int n) { return static_cast<int>(random_() % static_cast<uint32_t>(n)); }
  bool chance(int percent) { return below(100) < percent; }
  static std::string name(const char* prefix, int n) { return prefix + std::to_string(n); }
  std::string staff() { return name("S", below(kStaff)); }
  std::string customer() { return name("C", below(kCustomers)); }
  std::string org() { return name("O", below(kOrgs)); }
  Day any_day() { return first - 30 + below(last - first + 60); }
  template <class Rows, class Same>
  bool there(const Rows& rows, int import, const Same& same) {
    for (const auto& r : rows)
      if (r.import == import && same(r)) return true;
    return false;
  }

  void account(int import, int n) {
    std::string id = name("A", n);
    if (there(bank_.accounts, import, [&](const AccountRow& r) { return r.id == id; })) return;
    std::optional<Day> closed;
    Day opened = first - 100 + n * 40;
    if (chance(15)) closed = opened + below(400);
    const char* products[] = {"P1", "P2", ""};
    const char* kinds[] = {"demand", "time"};
    bank_.accounts.push_back(
        {import, id, chance(5) ? "" : customer(), org(), products[below(3)], kinds[below(2)], opened, closed});
  }
  void loan(int import, int n) {
    std::string id = name("L", n);
    if (there(bank_.loans, import, [&](const LoanRow& r) { return r.id == id; })) return;
    bank_.loans.push_back({import, id, customer(), org(), chance(50) ? "farmer_micro" : "bill", first + n * 50,
                           chance(20) ? std::optional<Day>(first + n * 50 + below(300)) : std::nullopt});
  }
  void person(int import, int n) {
    std::string id = name("C", n);
    if (there(bank_.customers, import, [&](const CustomerRow& r) { return r.id == id; })) return;
    bank_.customers.push_back({import, id, chance(70) ? "person" : "company", chance(40)});
  }

  // Shares of up to three managers that add up to at most the whole (rarely more).
  void assign(int import, const std::string& kind, const std::string& id, Day from, std::optional<Day> to) {
    int64_t left = 100'000'000;
    int n = 1 + below(3), at = below(kStaff);
    for (int i = 0; i < n && left > 0; ++i, ++at) {
      int64_t raw = chance(10)   ? 0
                    : chance(40) ? 33'333'333
                    : chance(30) ? left
                                 : static_cast<int64_t>(random_() % 60'000'000);
      if (!chance(1)) raw = std::min(raw, left);
      left -= raw;
      std::string s = name("S", at % kStaff);
      if (there(bank_.assignments, import, [&](const AssignmentRow& r) {
            return r.kind == kind && r.id == id && r.staff == s && r.from == from;
          }))
        return;
      bank_.assignments.push_back({import, kind, id, s, i == 0 ? chance(90) : chance(15), raw, from, to});
    }
  }
  // Two or three stretches one after the other, with gaps now and then.
  void assignments(int import, const std::string& kind, const std::string& id) {
    Day from = first - 20 + below(60);
    for (int i = 0; i < 3; ++i) {
      Day to = from + 30 + below(200);
      bool open_end = chance(30);
      assign(import, kind, id, from, open_end ? std::nullopt : std::optional<Day>(to));
      if (open_end) return;
      from = to + 1 + (chance(30) ? below(20) : 0);
    }
  }

  void everything(int import) {
    for (int i = 0; i < kOrgs; ++i)
      bank_.orgs.push_back({import, name("O", i), i == 0 ? "" : name("O", below(i))});
    for (int i = 0; i < kStaff; ++i) bank_.staff.push_back({import, name("S", i), org()});
    for (int i = 0; i < kCustomers; ++i) person(import, i);
    for (int i = 0; i < kAccounts; ++i) {
      account(import, i);
      if (chance(60)) assignments(import, "account", name("A", i));
    }
    for (int i = 0; i < kLoans; ++i) {
      loan(import, i);
      if (chance(60)) assignments(import, "loan", name("L", i));
    }
    for (int i = 0; i < kCustomers; ++i)
      if (chance(70)) assignments(import, "customer", name("C", i));
  }

  void some(int import, Day date) {
    for (int i = below(3); i > 0; --i) account(import, below(kAccounts));
    for (int i = below(2); i > 0; --i) loan(import, below(kLoans));
    for (int i = below(2); i > 0; --i) person(import, below(kCustomers));
    if (chance(20) && !there(bank_.staff, import, [](const StaffRow& r) { return r.id == "S1"; }))
      bank_.staff.push_back({import, "S1", org()});
    for (int i = 0; i < 14; ++i) balance(import, chance(80) ? date - below(12) : any_day());
    for (int i = 0; i < 5; ++i) state(import, chance(80) ? date - below(12) : any_day());
    correct(import);
    events(import, date);
  }

  // What people of the bank recorded: one or two who share, known at some moment between imports; now and then
  // taken back, and now and then the feed says the same some weeks later.
  void record(int64_t entry) {
    const bool of_account = chance(50);
    const std::string kind = of_account ? "account" : "customer";
    const std::string id = of_account ? name("A", below(kAccounts)) : name("C", below(kCustomers));
    const ImportRow& after = bank_.imports[static_cast<size_t>(below(static_cast<int>(bank_.imports.size())))];
    const int64_t known = after.applied + 1'000 * (1 + entry);
    const Day from = any_day();
    const auto to = chance(30) ? std::optional<Day>(from + below(90)) : std::nullopt;
    const auto back = chance(15) ? std::optional<int64_t>(known + 4'000'000) : std::nullopt;
    const int one = below(kStaff);
    const int64_t raw = chance(40) ? 66'660'000 : 100'000'000;
    bank_.recorded.push_back({entry, kind, id, name("S", one), true, raw, from, to, known, back});
    if (raw < 100'000'000)
      bank_.recorded.push_back(
          {entry, kind, id, name("S", (one + 1) % kStaff), false, 100'000'000 - raw, from, to, known, back});
    if (!chance(50)) return;
    for (const RecordedClaim& r : std::vector(bank_.recorded))
      if (r.entry == entry)
        bank_.assignments.push_back({bank_.imports.back().id, kind, id, r.staff, r.main, r.raw, from + 25, to});
  }

  // A row that was delivered before, said again otherwise.
  void correct(int import) {
    if (chance(30) && !bank_.assignments.empty()) {
      AssignmentRow a = bank_.assignments[static_cast<size_t>(below(static_cast<int>(bank_.assignments.size())))];
      auto same = [&](const AssignmentRow& r) {
        return r.kind == a.kind && r.id == a.id && r.staff == a.staff && r.from == a.from;
      };
      if (there(bank_.assignments, import, same)) return;
      a.import = import;
      a.raw = a.raw * below(100) / 100;
      if (chance(40)) a.to = a.from + below(120);
      bank_.assignments.push_back(a);
    }
  }

  void balance(int import, Day d) {
    std::string id = name("A", below(kAccounts));
    if (there(bank_.balances, import, [&](const BalanceRow& r) { return r.account == id && r.date == d; })) return;
    int64_t fen = chance(10) ? -below(100'000) : chance(10) ? 0 : static_cast<int64_t>(random_() % 100'000'000);
    bank_.balances.push_back({import, id, d, fen});
  }
  void state(int import, Day d) {
    std::string id = name("L", below(kLoans));
    if (there(bank_.states, import, [&](const StateRow& r) { return r.loan == id && r.date == d; })) return;
    const char* grades[] = {"normal", "loss", ""};
    bank_.states.push_back({import, id, d, chance(10) ? 0 : below(50'000'000), below(1'000'000), below(10'000),
                            grades[below(3)], chance(30) ? std::nullopt : std::optional<bool>(chance(20))});
  }

  void events(int import, Day date) {
    for (int i = below(4); i > 0; --i) {
      // Now and then an id that was there before: a correction.
      std::string id = name("E", below(60));
      Day d = date - below(15);
      auto same = [&](const auto& r) { return r.id == id; };
      if (!there(bank_.repayments, import, same))
        bank_.repayments.push_back({import, id, name("L", below(kLoans)), d, below(5'000'000), below(90'000)});
      if (!there(bank_.sales, import, same))
        bank_.sales.push_back({import, id, d, customer(), chance(50) ? name("A", below(kAccounts)) : "",
                               chance(90) ? staff() : "", chance(50) ? "gold_card" : "fund", 1 + below(50'000)});
      if (!there(bank_.transactions, import, same))
        bank_.transactions.push_back({import, id, name("A", below(kAccounts)), d, below(9'000'000) - 4'000'000,
                                      chance(50) ? "cash" : "salary"});
    }
  }

  std::mt19937 random_;
  TinyBank bank_;
};

}  // namespace guanhu::measures::testing
