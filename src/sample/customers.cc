#include "sample/customers.h"

#include <algorithm>

#include "sample/assignments.h"
#include "sample/books.h"
#include "sample/names.h"

namespace guanhu::sample {

namespace {
constexpr int64_t kGrowthPerMille = 40;   // new customers a year
constexpr int64_t kChangesPerMille = 30;  // changed phones and addresses a year

uint64_t traits(const Bank& bank, uint32_t customer) { return mix(bank.seed(), Stream::name, customer); }

CustomerKind kind_of(Random& r) {
  int64_t u = r.below(1000);
  return u < 560   ? CustomerKind::farmer
         : u < 930 ? CustomerKind::urban
         : u < 985 ? CustomerKind::company
                   : CustomerKind::other;
}

int age(const Bank& bank, uint32_t customer) {
  return (bank.opening - birthday(customer, bank.first_birthday).days()) / 365;
}

void set_money(Bank& bank, uint32_t number, Customer& c, Random& r) {
  switch (c.kind) {
    case CustomerKind::farmer:
      c.wealth = 12000 * kYuan / 1000 * r.wealth();
      if (age(bank, number) >= 60) c.income = 220 * kYuan * r.narrow() / 1000;
      else if (r.chance(400)) c.income = 2800 * kYuan * r.narrow() / 1000;
      break;
    case CustomerKind::urban:
      c.wealth = 22000 * kYuan / 1000 * r.wealth();
      c.income = (age(bank, number) >= 60 ? 2600 : 4200) * kYuan * r.narrow() / 1000;
      break;
    case CustomerKind::company:
      c.wealth = 160000 * kYuan / 1000 * r.wealth();
      c.income = c.wealth / 12;  // what goes out as pay
      break;
    case CustomerKind::other: c.wealth = 90000 * kYuan / 1000 * r.wide(); break;
  }
  c.income = round_down(c.income, 10 * kYuan);
}

// The site is that of a manager drawn at random: sites have customers as they have managers.
uint16_t draw_site(const Bank& bank, Random& r) {
  size_t all = 0;
  for (int site : bank.sites) all += bank.site_managers[static_cast<size_t>(site)].size();
  if (all == 0) return static_cast<uint16_t>(bank.sites.front());
  auto left = static_cast<size_t>(r.below(static_cast<int64_t>(all)));
  for (int site : bank.sites) {
    size_t here = bank.site_managers[static_cast<size_t>(site)].size();
    if (left < here) return static_cast<uint16_t>(site);
    left -= here;
  }
  return static_cast<uint16_t>(bank.sites.front());
}

uint32_t add_customer(Bank& bank, int32_t opened) {
  auto number = static_cast<uint32_t>(bank.customers.size());
  Random r = bank.random(Stream::customer, number);
  Customer c;
  c.kind = kind_of(r);
  c.org = draw_site(bank, r);
  c.opened = opened;
  c.covered = !is_person(c) || r.chance(200);
  set_money(bank, number, c, r);
  bank.customers.push_back(c);
  choose_managers(bank, number);
  return number;
}

Product settlement_product(const Bank& bank, uint32_t customer) {
  if (!is_person(bank.customers[customer])) return Product::company_current;
  return traits(bank, customer) % 100 < 35 ? Product::social_card : Product::savings;
}

void add_opening_account(Bank& bank, uint32_t customer, Product product, Fen balance, int32_t opened,
                         int32_t matures) {
  auto number = static_cast<uint32_t>(bank.accounts.size());
  Account a;
  a.customer = customer;
  a.org = bank.customers[customer].org;
  uint64_t hash = mix(bank.seed(), Stream::account, number);
  // Two of 100 accounts were opened at another site of the bank.
  if (hash % 50 == 0) a.org = static_cast<uint16_t>(bank.sites[hash / 50 % bank.sites.size()]);
  a.product = product;
  a.balance = balance;
  a.opened = opened;
  a.matures = matures;
  a.next = bank.opening + 1 + static_cast<int32_t>(hash / 1000 % (is_person(bank.customers[customer]) ? 25 : 6));
  bank.accounts.push_back(a);
}

void add_time_deposits(Bank& bank, uint32_t customer, Fen money, Random& r) {
  bool person = is_person(bank.customers[customer]);
  Fen least = (person ? 3000 : 100000) * kYuan;
  for (int i = 0; i < 3 && money >= least; ++i) {
    Fen part = i == 2 ? money : money * r.between(40, 90) / 100;
    part = round_down(part, person ? 1000 * kYuan : 10000 * kYuan);
    if (part == 0) return;
    money -= part;
    Product product = !person ? Product::company_time
                      : part >= 200000 * kYuan && r.chance(700)
                          ? Product::certificate
                          : std::array{Product::time_3m, Product::time_1y, Product::time_1y,
                                       Product::time_3y}[static_cast<size_t>(r.below(4))];
    int months = product == Product::time_3m                                      ? 3
                 : product == Product::time_3y || product == Product::certificate ? 36
                                                                                  : 12;
    auto opened = base::Date(bank.opening - static_cast<int32_t>(r.below(months * 30)));
    opened = std::max(opened, base::Date(bank.customers[customer].opened));
    add_opening_account(bank, customer, product, part, opened.days(), opened.add_months(months).days());
  }
}

void add_opening_accounts(Bank& bank, uint32_t customer) {
  Customer& c = bank.customers[customer];
  Random r = bank.random(Stream::account, customer, 1);
  c.settlement = static_cast<uint32_t>(bank.accounts.size());
  Fen current = c.wealth * (is_person(c) ? r.between(11, 38) : r.between(22, 42)) / 100;
  if (is_person(c)) current += c.income * r.between(20, 260) / 100;
  add_opening_account(bank, customer, settlement_product(bank, customer), current, c.opened, -1);
  if (!is_person(c) && r.chance(400))
    add_opening_account(bank, customer, Product::company_general, c.wealth * r.between(5, 20) / 100, c.opened, -1);
  bool saves = c.kind == CustomerKind::company ? r.chance(200) : r.chance(650);
  if (saves) add_time_deposits(bank, customer, c.wealth * r.between(50, 130) / 100, r);
}

std::string industry(const Bank& bank, uint32_t customer) {
  static constexpr std::array<const char*, 14> kCompany = {"1311", "1353", "1373", "2110", "3039", "4710", "4790",
                                                           "5113", "5211", "5212", "5281", "6110", "6210", "0511"};
  static constexpr std::array<const char*, 6> kFarm = {"0111", "0112", "0141", "0151", "0311", "0313"};
  uint64_t hash = traits(bank, customer) >> 20;
  switch (bank.customers[customer].kind) {
    case CustomerKind::farmer: return kFarm[hash % kFarm.size()];
    case CustomerKind::company: return kCompany[hash % kCompany.size()];
    case CustomerKind::other: return "9610";
    case CustomerKind::urban: break;
  }
  return "";
}

void write_customer(Bank& bank, uint32_t number) {
  const Customer& c = bank.customers[number];
  uint64_t hash = traits(bank, number);
  bool person = is_person(c), female = is_female(bank, number);
  int town = bank.orgs[c.org].town;
  Row row = bank.writer.row(File::customers);
  row.id('C', int64_t{number} + 1, 8)
      .text(person                            ? "person"
            : c.kind == CustomerKind::company ? "company"
                                              : "other");
  if (person)
    row.text(person_name(hash, female, number + 1))
        .text("resident_id")
        .text(resident_id(number, female, bank.first_birthday));
  else if (c.kind == CustomerKind::company)
    row.text(company_name(hash, number + 1)).text("uscc").text(credit_code(number, hash % 9 == 0 ? 1 : 0));
  else row.text(public_body_name(hash, number + 1)).text("uscc").text(credit_code(number, 2));
  row.text(phone(mix(hash, Stream::name, c.phone_version)))
      .text(address(mix(hash, Stream::name, 100u + c.address_version), town, c.kind == CustomerKind::farmer));
  char area[16];
  std::snprintf(area, sizeof area, "%s%03d", kCounty, 100 + town % 900);
  row.text(area).text(industry(bank, number)).text(bank.orgs[c.org].id);
  if (person) row.boolean(c.kind == CustomerKind::farmer).date(birthday(number, bank.first_birthday));
  else row.empty().empty();
  row.date(base::Date(c.opened));
  if (c.group >= 0) row.id('G', c.group + 1, 5);
  else row.empty();
}

// Every twentieth company and the two after it are a group.
void form_groups(Bank& bank) {
  int32_t companies = 0;
  for (Customer& c : bank.customers) {
    if (c.kind != CustomerKind::company) continue;
    if (companies % 20 < 3) c.group = companies / 20;
    ++companies;
  }
}

int64_t today_of(int64_t a_year, int32_t day) {
  // Spread evenly: the whole numbers passed between yesterday and today.
  return a_year * (day % 3650 + 1) / 365 - a_year * (day % 3650) / 365;
}

void welcome(Bank& bank) {
  uint32_t number = add_customer(bank, bank.day.number());
  Customer& c = bank.customers[number];
  write_customer(bank, number);
  begin_customer(bank, number, c.opened);
  uint32_t account = open_account(bank, number, settlement_product(bank, number), -1);
  bank.customers[number].settlement = account;
  Random r = bank.random(Stream::customer, number, 1);
  Fen first =
      round_down(std::max(bank.customers[number].wealth * r.between(10, 50) / 100, 100 * kYuan), 10 * kYuan);
  move_money(bank, account, first, r.chance(600) ? TxnKind::cash : TxnKind::transfer, "开户存入");
}
}  // namespace

bool is_female(const Bank& bank, uint32_t customer) { return mix(traits(bank, customer)) % 2 == 0; }

void make_customers(Bank& bank) {
  bank.customers.reserve(static_cast<size_t>(bank.options.customers));
  for (int64_t i = 0; i < bank.options.customers; ++i) {
    auto number = static_cast<uint64_t>(i);
    int32_t latest = bank.opening, earliest = bank.opening - 20 * 365;
    earliest = std::max(earliest, birthday(number, bank.first_birthday).days() + 16 * 365);
    Random r = bank.random(Stream::customer, number, 2);
    uint32_t customer = add_customer(bank, static_cast<int32_t>(r.between(std::min(earliest, latest), latest)));
    add_opening_accounts(bank, customer);
  }
  form_groups(bank);
}

void write_customers(Bank& bank) {
  for (uint32_t i = 0; i < bank.customers.size(); ++i) {
    write_customer(bank, i);
    begin_customer(bank, i, bank.customers[i].opened);
  }
  for (uint32_t i = 0; i < bank.accounts.size(); ++i) {
    bank.changed_accounts.push_back(i);
    begin_account(bank, i);
  }
}

void customers_day(Bank& bank) {
  int32_t today = bank.day.number();
  Random r = bank.random_today(Stream::customer_day, 0);
  auto known = static_cast<int64_t>(bank.customers.size());
  int64_t changes = today_of(bank.options.customers * kChangesPerMille / 1000 + 1, today);
  std::vector<uint32_t> changed;
  for (int64_t i = 0; i < changes; ++i) changed.push_back(static_cast<uint32_t>(r.below(known)));
  sort_unique(changed);
  for (uint32_t number : changed) {
    Customer& c = bank.customers[number];
    if (r.chance(700)) ++c.phone_version;
    else ++c.address_version;
    write_customer(bank, number);
  }
  if (!bank.day.working) return;
  // Newcomers only on working days, some 250 a year.
  int64_t newcomers = today_of(bank.options.customers * kGrowthPerMille * 365 / 250 / 1000 + 1, today);
  for (int64_t i = 0; i < newcomers; ++i) welcome(bank);
}

}  // namespace guanhu::sample
