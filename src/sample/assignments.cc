#include "sample/assignments.h"

#include <algorithm>

#include "sample/people.h"

namespace guanhu::sample {

namespace {
struct Subject {
  std::string_view kind;
  char prefix;
  int64_t number;
};

Subject customer_subject(uint32_t c) { return {"customer", 'C', int64_t{c} + 1}; }
Subject account_subject(uint32_t a) { return {"account", 'A', int64_t{a} + 1}; }
Subject loan_subject(uint32_t l) { return {"loan", 'L', int64_t{l} + 1}; }

void write_row(Bank& bank, const Subject& subject, const Assigned& a, int holder, int32_t until) {
  auto h = static_cast<size_t>(holder);
  bank.writer.row(File::assignments)
      .text(subject.kind)
      .id(subject.prefix, subject.number, 8)
      .id('S', a.staff[h] + 1, 5)
      .text(holder == 0 ? "main" : "assist")
      .scaled(share_of(a.split, holder), 4)
      .date(base::Date(a.since[h]))
      .date_if(until);
}

// First day of a row: the subject's own, not before the year before the sample and not before the
// manager came.
void begin(Bank& bank, const Subject& subject, Assigned& a, int32_t opened) {
  int32_t earliest = base::Date::from_ymd(bank.options.from.year() - 1, 1, 1)->days();
  a.own_rows = true;
  for (int i = 0; i < a.holders(); ++i) {
    auto h = static_cast<size_t>(i);
    a.since[h] = std::max({opened, earliest, bank.staff[static_cast<size_t>(a.staff[h])].hired});
    write_row(bank, subject, a, i, -1);
  }
}

bool began_today(const Bank& bank, const Assigned& a) {
  for (int i = 0; i < a.holders(); ++i)
    if (a.since[static_cast<size_t>(i)] == bank.day.number()) return true;
  return false;
}

void end(Bank& bank, const Subject& subject, Assigned& a) {
  // A row that is in today's file already (begun today, or the opening's) stays as it is.
  bool written = began_today(bank, a) || bank.day.date == bank.options.from;
  if (!a.own_rows || a.ended || written) return;
  a.ended = true;
  for (int i = 0; i < a.holders(); ++i) write_row(bank, subject, a, i, bank.day.number());
}

bool holds(const Assigned& a, int manager) {
  for (int i = 0; i < a.holders(); ++i)
    if (a.staff[static_cast<size_t>(i)] == manager) return true;
  return false;
}

// A colleague among `candidates` who has no part in `a` yet, or -1.
int successor(const std::vector<int>& candidates, const Assigned& a, uint64_t hash) {
  for (size_t i = 0; i < candidates.size(); ++i) {
    int m = candidates[(hash + i) % candidates.size()];
    if (!holds(a, m)) return m;
  }
  return -1;
}

void replace(Bank& bank, const Subject& subject, Assigned& a, int holder, int by) {
  auto h = static_cast<size_t>(holder);
  if (a.own_rows) write_row(bank, subject, a, holder, bank.day.number() - 1);
  a.staff[h] = by;
  a.since[h] = bank.day.number();
  if (a.own_rows) write_row(bank, subject, a, holder, -1);
}

// Too few colleagues are left for a shared subject: one of them takes the whole.
void collapse(Bank& bank, const Subject& subject, Assigned& a, int stays) {
  if (a.own_rows)
    for (int i = 0; i < a.holders(); ++i) write_row(bank, subject, a, i, bank.day.number() - 1);
  a.split = Split::whole;
  a.staff[0] = stays;
  a.since[0] = bank.day.number();
  if (a.own_rows) write_row(bank, subject, a, 0, -1);
}

struct Handover {
  std::vector<bool> gone;                    // by staff
  std::vector<std::vector<int>> candidates;  // by org of the branch
  std::vector<int> anybody;
};

void pass_on(Bank& bank, const Handover& plan, const Subject& subject, Assigned& a, int branch, uint64_t hash) {
  if (a.staff[0] < 0 || a.ended) return;
  Assigned next = a;
  bool missing = false;
  for (int i = 0; i < a.holders(); ++i) {
    int& holder = next.staff[static_cast<size_t>(i)];
    if (!plan.gone[static_cast<size_t>(holder)]) continue;
    int by = successor(plan.candidates[static_cast<size_t>(branch)], next, hash);
    if (by < 0) by = successor(plan.anybody, next, hash);
    if (by < 0) missing = true;
    else holder = by;
  }
  for (int i = 0; i < a.holders(); ++i) {
    int now = next.staff[static_cast<size_t>(i)];
    if (missing && !plan.gone[static_cast<size_t>(now)]) return collapse(bank, subject, a, now);
    if (!missing && now != a.staff[static_cast<size_t>(i)]) replace(bank, subject, a, i, now);
  }
}

int branch_of(const Bank& bank, uint32_t customer) { return bank.orgs[bank.customers[customer].org].branch; }

// Calls visit(subject, assigned, customer) for everything that is assigned.
template <class Visit>
void for_all(Bank& bank, Visit visit) {
  for (uint32_t i = 0; i < bank.customers.size(); ++i) visit(customer_subject(i), bank.customers[i].assigned, i);
  for (uint32_t i = 0; i < bank.accounts.size(); ++i)
    if (auto& a = bank.accounts[i]; a.assigned.own_rows) visit(account_subject(i), a.assigned, a.customer);
  for (uint32_t i = 0; i < bank.loans.size(); ++i)
    if (auto& l = bank.loans[i]; l.assigned.own_rows) visit(loan_subject(i), l.assigned, l.customer);
}

// The customer and whatever of its accounts and loans has rows of its own go from `from` to `to`.
void move_customers(Bank& bank, const std::vector<bool>& chosen, int to) {
  for_all(bank, [&](const Subject& subject, Assigned& a, uint32_t customer) {
    if (!chosen[customer] || a.staff[0] < 0 || a.ended || holds(a, to) || began_today(bank, a)) return;
    replace(bank, subject, a, 0, to);
  });
}

void begin_own(Bank& bank, const Subject& subject, Assigned& own, const Customer& c, int32_t opened) {
  if (c.mode != Mode::by_subject || c.assigned.staff[0] < 0) return;
  own.split = c.assigned.split;
  own.staff = c.assigned.staff;
  // Some accounts and loans of a customer are in other hands than the rest.
  const auto& site = bank.site_managers[c.org];
  uint64_t hash = mix(bank.seed(), Stream::assignment, static_cast<uint64_t>(subject.number),
                      static_cast<uint64_t>(subject.prefix));
  if (own.split == Split::whole && !site.empty() && hash % 5 == 0) own.staff[0] = site[hash / 5 % site.size()];
  begin(bank, subject, own, opened);
}
}  // namespace

int share_of(Split split, int holder) {
  static constexpr std::array<std::array<int, kMaxHolders>, 4> kShares = {
      {{10000, 0, 0}, {5000, 5000, 0}, {7000, 3000, 0}, {3333, 3333, 3334}}};
  return kShares[static_cast<size_t>(split)][static_cast<size_t>(holder)];
}

void choose_managers(Bank& bank, uint32_t customer) {
  Customer& c = bank.customers[customer];
  Random r = bank.random(Stream::assignment, customer);
  const auto& site = bank.site_managers[c.org];
  std::vector<int> branch;
  const std::vector<int>* pool = &site;
  if (site.empty()) {
    branch = managers_of_branch(bank, bank.orgs[c.org].branch);
    pool = &branch;
  }
  int64_t u = r.below(1000);
  if (pool->empty() || u < 30) return;
  c.mode = u < 640 ? Mode::by_customer : Mode::by_subject;
  // The strong are given a little more: every other customer goes to the better of two.
  int first = (*pool)[static_cast<size_t>(r.below(static_cast<int64_t>(pool->size())))];
  int second = (*pool)[static_cast<size_t>(r.below(static_cast<int64_t>(pool->size())))];
  bool better = bank.staff[static_cast<size_t>(second)].skill > bank.staff[static_cast<size_t>(first)].skill;
  c.assigned.staff[0] = better && r.chance(500) ? second : first;
  if (!r.chance(90)) return;
  auto split = static_cast<Split>(1 + r.below(3));
  Assigned shared = c.assigned;
  int wanted = split == Split::thirds ? 3 : 2;
  for (int i = 1; i < wanted; ++i) {
    Assigned so_far = shared;
    so_far.split = i == 1 ? Split::whole : Split::halves;
    int m = successor(*pool, so_far, r.next());
    if (m < 0) return;
    shared.staff[static_cast<size_t>(i)] = m;
  }
  c.assigned = shared;
  c.assigned.split = split;
}

void begin_customer(Bank& bank, uint32_t customer, int32_t opened) {
  Customer& c = bank.customers[customer];
  if (c.mode == Mode::by_customer) begin(bank, customer_subject(customer), c.assigned, opened);
}

void begin_account(Bank& bank, uint32_t account) {
  Account& a = bank.accounts[account];
  begin_own(bank, account_subject(account), a.assigned, bank.customers[a.customer], a.opened);
}

void begin_loan(Bank& bank, uint32_t loan) {
  Loan& l = bank.loans[loan];
  begin_own(bank, loan_subject(loan), l.assigned, bank.customers[l.customer], l.issued);
}

void end_account(Bank& bank, uint32_t account) {
  end(bank, account_subject(account), bank.accounts[account].assigned);
}
void end_loan(Bank& bank, uint32_t loan) { end(bank, loan_subject(loan), bank.loans[loan].assigned); }

const Assigned& in_force(const Bank& bank, const Assigned& own, uint32_t customer) {
  return own.own_rows ? own : bank.customers[customer].assigned;
}

int manager_of_account(const Bank& bank, uint32_t account) {
  const Account& a = bank.accounts[account];
  return in_force(bank, a.assigned, a.customer).staff[0];
}

int manager_of_loan(const Bank& bank, uint32_t loan) {
  const Loan& l = bank.loans[loan];
  return in_force(bank, l.assigned, l.customer).staff[0];
}

void hand_over(Bank& bank, const std::vector<int>& gone) {
  if (gone.empty()) return;
  Handover plan;
  plan.gone.resize(bank.staff.size());
  for (int m : gone) plan.gone[static_cast<size_t>(m)] = true;
  plan.candidates.resize(bank.orgs.size());
  for (size_t o = 0; o < bank.orgs.size(); ++o) {
    if (bank.orgs[o].kind != OrgKind::branch) continue;
    plan.candidates[o] = managers_of_branch(bank, static_cast<int>(o));
    const auto& list = plan.candidates[o];
    plan.anybody.insert(plan.anybody.end(), list.begin(), list.end());
  }
  for_all(bank, [&](const Subject& subject, Assigned& a, uint32_t customer) {
    pass_on(bank, plan, subject, a, branch_of(bank, customer), mix(bank.seed(), Stream::handover, customer));
  });
}

void start_portfolio(Bank& bank, int manager) {
  int org = bank.staff[static_cast<size_t>(manager)].org;
  size_t colleagues = bank.site_managers[static_cast<size_t>(org)].size();
  if (colleagues < 2) return;
  std::vector<bool> chosen(bank.customers.size());
  for (uint32_t i = 0; i < bank.customers.size(); ++i) {
    uint64_t hash = mix(bank.seed(), Stream::handover, i, static_cast<uint64_t>(manager) + 1);
    chosen[i] = bank.customers[i].org == org && hash % (2 * colleagues) == 0;
  }
  move_customers(bank, chosen, manager);
}

void rebalance(Bank& bank) {
  // 5 customers of 100 in a year, on working days, to one manager of their site a day.
  if (!bank.day.working) return;
  Random r = bank.random_today(Stream::handover, 0);
  int site = bank.sites[static_cast<size_t>(r.below(static_cast<int64_t>(bank.sites.size())))];
  const auto& managers = bank.site_managers[static_cast<size_t>(site)];
  if (managers.size() < 2) return;
  int to = managers[static_cast<size_t>(r.below(static_cast<int64_t>(managers.size())))];
  auto share = static_cast<uint64_t>(std::max<int64_t>(20, 5000 / static_cast<int64_t>(bank.sites.size())));
  std::vector<bool> chosen(bank.customers.size());
  for (uint32_t i = 0; i < bank.customers.size(); ++i)
    chosen[i] = bank.customers[i].org == site &&
                mix(bank.seed(), Stream::handover, i, static_cast<uint64_t>(bank.day.number()) << 20) % share == 0;
  move_customers(bank, chosen, to);
}

}  // namespace guanhu::sample
