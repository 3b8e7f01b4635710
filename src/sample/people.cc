#include "sample/people.h"

#include <algorithm>

#include "sample/assignments.h"
#include "sample/names.h"

namespace guanhu::sample {

namespace {
constexpr int kManagersPerBranch = 8;
constexpr int32_t kVacancy = 30;  // days until a leaver is replaced

std::string branch_id(int number) {
  std::string digits = std::to_string(number);
  return "B" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

int outlets_of(int branch, int64_t managers) {
  if (managers < 4) return 0;
  return branch % 5 == 0 ? 2 : branch % 3 == 1 ? 1 : 0;
}

int64_t branches(const Bank& bank) {
  return (bank.options.managers + kManagersPerBranch - 1) / kManagersPerBranch;
}

int64_t managers_of(const Bank& bank, int64_t branch) {
  int64_t all = branches(bank);
  return bank.options.managers / all + (branch < bank.options.managers % all ? 1 : 0);
}

void write_org(Bank& bank, const Org& org) {
  static constexpr std::array<std::string_view, 4> kKinds = {"hq", "department", "branch", "outlet"};
  std::string parent = org.parent < 0 ? "" : bank.orgs[static_cast<size_t>(org.parent)].id;
  bank.writer.row(File::orgs)
      .text(org.id)
      .text(parent)
      .text(org.name)
      .text(kKinds[static_cast<size_t>(org.kind)])
      .date(base::Date(org.opened))
      .empty();
}

// One of `list` by weights that add up to 1,000.
template <size_t N>
std::string_view draw(Random& r, const std::array<std::string_view, N>& list,
                      const std::array<int, N>& per_mille) {
  int64_t u = r.below(1000);
  size_t i = 0;
  while (i + 1 < N && u >= per_mille[i]) u -= per_mille[i++];
  return list[i];
}

void write_staff(Bank& bank, size_t number) {
  const Staff& s = bank.staff[number];
  static constexpr std::array<std::string_view, 5> kEducation = {"bachelor", "college", "secondary",
                                                                 "postgraduate", "lower"};
  static constexpr std::array<std::string_view, 4> kTitle = {"junior", "intermediate", "none", "senior"};
  static constexpr std::array<std::string_view, 4> kExam = {"passed", "exempt", "failed", "none"};
  Random r = bank.random(Stream::staff, number, 1);
  std::string_view education = draw(r, kEducation, {480, 330, 110, 60, 20});
  if (s.position == Position::executive && education != "postgraduate") education = "bachelor";
  std::string_view title = draw(r, kTitle, {420, 310, 220, 50});
  bool lends = s.holds() || s.position == Position::branch_head || s.position == Position::risk_manager;
  std::string_view exam = lends ? draw(r, kExam, {700, 150, 100, 50}) : kExam[3];
  int32_t born = s.hired - static_cast<int32_t>(8035 + r.below(1500));  // hired at 22 to 26
  int32_t credit_since = s.hired + static_cast<int32_t>(r.below(700));
  uint64_t name = r.next(), number_called = r.next();
  Row row = bank.writer.row(File::staff);
  row.id('S', static_cast<int64_t>(number) + 1, 5)
      .text(person_name(name, s.female, number + 1))
      .text(bank.orgs[static_cast<size_t>(s.org)].id)
      .text(name_of(s.position))
      .text(education)
      .text(title)
      .text(exam);
  if (lends && (exam == "passed" || exam == "exempt")) row.date(base::Date(std::min(credit_since, bank.opening)));
  else row.empty();
  row.date(base::Date(s.hired)).date_if(s.last_day).date(base::Date(born)).text(phone(number_called));
}

void add(Bank& bank, int org, Position position, int32_t served_at_least = 800) {
  Random r = bank.random(Stream::staff, bank.staff.size());
  Staff s;
  s.org = org;
  s.position = position;
  s.female = r.chance(position == Position::teller || position == Position::cashier ? 800 : 430);
  s.skill = static_cast<int8_t>(r.below(4));
  s.dresser = r.chance(150);
  s.hired = bank.opening - served_at_least - static_cast<int32_t>(r.below(9000 / (s.holds() ? 2 : 1)));
  if (position == Position::trainee_manager) s.hired = bank.opening - 20 - static_cast<int32_t>(r.below(320));
  bank.staff.push_back(s);
}

void staff_head_office(Bank& bank) {
  for (int i = 0; i < 5; ++i) add(bank, 0, Position::executive, 3000);
  for (size_t o = 1; o < bank.orgs.size(); ++o) {
    if (bank.orgs[o].kind != OrgKind::department) continue;
    int org = static_cast<int>(o);
    std::string_view id = bank.orgs[o].id;
    Position position = id == "D02"   ? Position::hr
                        : id == "D05" ? Position::risk_manager
                        : id == "D07" ? Position::auditor
                        : id == "D03" ? Position::accountant
                        : id == "D08" ? Position::supervisor
                                      : Position::other;
    for (int i = 0; i < 3; ++i) add(bank, org, position);
  }
}

void staff_site(Bank& bank, int site, int64_t managers) {
  bool branch = bank.orgs[static_cast<size_t>(site)].kind == OrgKind::branch;
  if (branch) {
    for (Position p : {Position::branch_head, Position::accountant, Position::risk_manager, Position::supervisor})
      add(bank, site, p, 1500);
  }
  for (int64_t i = 0; i < managers; ++i) {
    bool trainee = mix(bank.seed(), Stream::staff, bank.staff.size(), 2) % 10 == 0;
    bank.site_managers[static_cast<size_t>(site)].push_back(static_cast<int>(bank.staff.size()));
    add(bank, site, trainee ? Position::trainee_manager : Position::manager);
  }
  add(bank, site, Position::cashier);
  for (int i = 0; i < (branch ? 4 : 2); ++i) add(bank, site, Position::teller);
}

// About 6 of 100 managers leave in a year and 2 move inside their branch, never more than a third
// of a branch. A bank of some size has at least one leaver in any period of two months.
void plan_leavings(Bank& bank) {
  int32_t first = bank.options.from.days(), last = bank.options.to.days();
  int first_candidate = -1;
  for (size_t b = 0; b < bank.orgs.size(); ++b) {
    if (bank.orgs[b].kind != OrgKind::branch) continue;
    auto managers = managers_of_branch(bank, static_cast<int>(b));
    size_t allowed = managers.size() / 3;
    if (allowed > 0 && first_candidate < 0) first_candidate = managers[managers.size() / 2];
    for (int m : managers) {
      Staff& s = bank.staff[static_cast<size_t>(m)];
      Random r = bank.random(Stream::staff, static_cast<uint64_t>(m), 3);
      auto leaves = first + 10 + static_cast<int32_t>(r.below(365 * 16));
      auto moves = first + 10 + static_cast<int32_t>(r.below(365 * 25));
      if (allowed == 0) continue;
      if (leaves <= last) {
        s.leaves = leaves;
        --allowed;
      } else if (moves <= last && moves % 7 != 0) {
        s.moves = moves;
        --allowed;
      }
    }
  }
  bool any = std::any_of(bank.staff.begin(), bank.staff.end(), [](const Staff& s) { return s.leaves != kNever; });
  if (!any && first_candidate >= 0 && last - first >= 60)
    bank.staff[static_cast<size_t>(first_candidate)].leaves = first + (last - first) * 2 / 5;
}

void remove_from_site(Bank& bank, int org, int manager) {
  auto& list = bank.site_managers[static_cast<size_t>(org)];
  list.erase(std::remove(list.begin(), list.end(), manager), list.end());
}

// Another site of the same branch, or -1.
int other_site(const Bank& bank, int org) {
  for (int site : bank.sites)
    if (site != org && bank.orgs[static_cast<size_t>(site)].branch == bank.orgs[static_cast<size_t>(org)].branch)
      return site;
  return -1;
}

void hire(Bank& bank, int org) {
  size_t number = bank.staff.size();
  add(bank, org, Position::trainee_manager);
  bank.staff[number].hired = bank.day.number();
  bank.site_managers[static_cast<size_t>(org)].push_back(static_cast<int>(number));
  write_staff(bank, number);
}
}  // namespace

void make_orgs(Bank& bank) {
  int32_t founded = bank.opening - 6000;
  bank.orgs.push_back({OrgKind::hq, -1, -1, 0, "HQ", "样本县农村商业银行", founded});
  static constexpr std::array<const char*, 9> kDepartments = {"办公室",     "人力资源部", "计划财务部",
                                                              "信贷管理部", "风险管理部", "资产保全部",
                                                              "审计部",     "运营管理部", "电子银行部"};
  for (size_t i = 0; i < kDepartments.size(); ++i)
    bank.orgs.push_back({OrgKind::department, 0, -1, 0, "D0" + std::to_string(i + 1), kDepartments[i], founded});
  int town = 0;
  for (int b = 0; b < branches(bank); ++b) {
    int branch = static_cast<int>(bank.orgs.size());
    std::string id = branch_id(b + 1);
    bank.orgs.push_back({OrgKind::branch, 0, branch, town, id, town_name(town) + "支行(样本)", founded + 200 + b});
    ++town;
    for (int o = 0; o < outlets_of(b, managers_of(bank, b)); ++o, ++town)
      bank.orgs.push_back({OrgKind::outlet, branch, branch, town, id + "-" + std::to_string(o + 1),
                           town_name(town) + "分理处(样本)", founded + 900 + b});
  }
  for (size_t o = 0; o < bank.orgs.size(); ++o)
    if (bank.orgs[o].branch >= 0) bank.sites.push_back(static_cast<int>(o));
  bank.sums.resize(bank.orgs.size());
  bank.site_managers.resize(bank.orgs.size());
}

void make_staff(Bank& bank) {
  staff_head_office(bank);
  int64_t branch = -1, at_outlet = 0;
  for (int site : bank.sites) {
    bool outlet = bank.orgs[static_cast<size_t>(site)].kind == OrgKind::outlet;
    if (!outlet) {
      ++branch;
      int64_t all = managers_of(bank, branch);
      at_outlet = std::max<int64_t>(1, all / 4);
      staff_site(bank, site, all - at_outlet * outlets_of(static_cast<int>(branch), all));
    } else {
      staff_site(bank, site, at_outlet);
    }
  }
  plan_leavings(bank);
}

void write_people(Bank& bank) {
  for (const Org& org : bank.orgs) write_org(bank, org);
  for (size_t i = 0; i < bank.staff.size(); ++i) write_staff(bank, i);
}

std::vector<int> managers_of_branch(const Bank& bank, int branch) {
  std::vector<int> out;
  for (int site : bank.sites)
    if (bank.orgs[static_cast<size_t>(site)].branch == branch)
      out.insert(out.end(), bank.site_managers[static_cast<size_t>(site)].begin(),
                 bank.site_managers[static_cast<size_t>(site)].end());
  std::sort(out.begin(), out.end());
  return out;
}

void staff_day(Bank& bank) {
  int32_t today = bank.day.number();
  std::vector<int> gone, hires, starters;
  for (size_t i = 0; i < bank.staff.size(); ++i) {
    Staff& s = bank.staff[i];
    if (!s.holds()) continue;
    int number = static_cast<int>(i);
    if (s.leaves == today) {
      s.last_day = today - 1;
      remove_from_site(bank, s.org, number);
      gone.push_back(number);
      ++bank.leavers;
      write_staff(bank, i);
    } else if (s.leaves != kNever && s.leaves + kVacancy == today) {
      hires.push_back(s.org);
    } else if (int site; s.moves == today && (site = other_site(bank, s.org)) >= 0) {
      remove_from_site(bank, s.org, number);
      s.org = site;
      gone.push_back(number);
      write_staff(bank, i);
    } else if (s.last_day < 0 && s.position == Position::trainee_manager && s.hired + 365 == today) {
      s.position = Position::manager;
      write_staff(bank, i);
    } else if (s.hired + 1 == today) {
      starters.push_back(number);
    }
  }
  hand_over(bank, gone);
  for (int mover : gone) {
    Staff& s = bank.staff[static_cast<size_t>(mover)];
    if (s.last_day >= 0) continue;
    bank.site_managers[static_cast<size_t>(s.org)].push_back(mover);
    start_portfolio(bank, mover);
  }
  for (int org : hires) hire(bank, org);
  for (int starter : starters) start_portfolio(bank, starter);
}

}  // namespace guanhu::sample
