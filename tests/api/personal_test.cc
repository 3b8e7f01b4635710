// Personal data at rest: what lies in the bank's files and databases, and that it is found and shown all the same.
#include "base/files.h"
#include "store/personal_key.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

struct Numbers {
  std::string customer, id_no, phone;
};

// Customers as the feed delivers them: its second and third row.
std::vector<Numbers> delivered() {
  std::istringstream lines(base::read_file(TestBank::get().feed / "2025-11-20" / "customers.csv").value());
  auto cells = [](const std::string& line) {
    std::vector<std::string> out;
    std::stringstream parts(line);
    for (std::string one; std::getline(parts, one, ',');) out.push_back(one);
    return out;
  };
  std::string line;
  std::getline(lines, line);
  const auto header = cells(line);
  auto place = [&](const char* name) {
    return static_cast<size_t>(std::find(header.begin(), header.end(), name) - header.begin());
  };
  std::vector<Numbers> out;
  while (std::getline(lines, line)) {
    auto row = cells(line);
    if (row.size() == header.size() && row[place("id_no")].size() == 18 && row[place("phone")].size() == 11)
      out.push_back({row[place("customer_id")], row[place("id_no")], row[place("phone")]});
  }
  return out;
}

TEST(PersonalData, LiesSealedInEveryFileAndTable) {
  TestBank& bank = TestBank::get();
  auto people = delivered();
  ASSERT_GT(people.size(), 100u);
  size_t looked = 0;
  for (const auto& entry : fs::recursive_directory_iterator(bank.folder / "bank")) {
    if (!entry.is_regular_file()) continue;
    std::string bytes = base::read_file(entry.path()).value();
    if (entry.path().extension() == ".zst") EXPECT_TRUE(store::PersonalKey::is_sealed_file(bytes)) << entry.path();
    for (size_t i = 0; i < 20; ++i)
      for (const auto* number : {&people[i].id_no, &people[i].phone})
        EXPECT_EQ(bytes.find(*number), bytes.npos) << *number << " lies open in " << entry.path();
    ++looked;
  }
  EXPECT_GT(looked, 40u);
  for (const char* column : {"id_no", "phone"})
    EXPECT_EQ(warehouse::one_int(bank.bank->warehouse(), std::string("SELECT count(*) FROM f_customers WHERE ") +
                                                             column + " IS NOT NULL AND " + column +
                                                             " NOT LIKE 'enc:%'"),
              0);
  EXPECT_GT(warehouse::one_int(bank.bank->warehouse(), "SELECT count(*) FROM f_customers WHERE id_no LIKE 'enc:%'")
                .value_or(0),
            100);
}

TEST(PersonalData, IsFoundByNumberInScopeOnlyAndShownMasked) {
  TestBank& bank = TestBank::get();
  Browser &auditor = bank.as(Role::auditor), &manager = bank.as(Role::manager);
  Sight own = bank.facts->sight(bank.staff(Role::manager), people::Scope::own, "2025-12-31");
  size_t inside = 0, outside = 0;
  for (const Numbers& one : delivered()) {
    bool mine = own.customers.count(one.customer) != 0;
    if ((mine ? inside : outside) >= 3) continue;
    ++(mine ? inside : outside);
    for (const auto* number : {&one.id_no, &one.phone}) {
      Reply found = auditor.get("/search?q=" + *number);
      EXPECT_NE(found.text.find("\"" + one.customer + "\""), std::string::npos) << *number << found.text;
      EXPECT_EQ(manager.get("/search?q=" + *number).text.find("\"" + one.customer + "\"") != std::string::npos,
                mine);
      EXPECT_NE(auditor.get("/customers?q=" + *number).at("total"), "0");
      EXPECT_EQ(manager.get("/customers?q=" + *number).text.find("\"" + one.customer + "\"") != std::string::npos,
                mine);
    }
    Reply card = auditor.get("/customers/" + one.customer);
    EXPECT_EQ(card.at("id_no_masked"), one.id_no.substr(0, 4) + std::string(10, '*') + one.id_no.substr(14));
    EXPECT_EQ(card.at("phone_masked"), one.phone.substr(0, 3) + "****" + one.phone.substr(7));
    Reply open = auditor.post("/customers/" + one.customer + "/personal", JsonObject{{"reason", "a test of it"}});
    EXPECT_EQ(open.at("id_no"), one.id_no);
    EXPECT_EQ(open.at("phone"), one.phone);
  }
  EXPECT_EQ(inside, 3u);
  EXPECT_EQ(outside, 3u);
  EXPECT_EQ(auditor.get("/customers?q=330102190001010000").at("total"), "0");
}

}  // namespace
}  // namespace guanhu::api::testing
