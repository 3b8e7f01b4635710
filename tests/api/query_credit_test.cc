// Reports on lending to enterprises and on the running of credit: what they show is what the facts and the packs'
// decisions say, row by row; what no extract brings is not made up. And the rows of the feed behind a row of a
// report.
#include "bank.h"

namespace guanhu::api::testing {
namespace {

using base::Decimal;
using people::Role;

Reply rows(Browser& who, const std::string& question) {
  return who.post("/report-rows", JsonObject{{"spec", *Json::parse(question)}, {"page_size", 200}});
}
std::string cell(const Json& row, size_t n) {
  const Json& value = (*row.find("cells")->as_array())[n];
  return value.as_string() ? *value.as_string() : value.dump();
}
// A copy: the reply may be gone while it is gone through.
JsonArray items(const Reply& of) {
  const Json* all = of.body.find("items");
  return all && all->as_array() ? *all->as_array() : JsonArray{};
}
Decimal number(const std::string& text) { return Decimal::parse(text).value_or(Decimal(-1)); }

// The decision's answer to the sheet's own lines.
Reply covered(Browser& who, const Reply& sheet) {
  JsonArray list;
  for (const Json& row : items(sheet))
    list.push_back(JsonObject{{"贷款余额", number(cell(row, 1))},
                              {"自身用信总额", cell(row, 2) == "null" ? Decimal(0) : number(cell(row, 2))},
                              {"新增贷款客户", cell(row, 3) == "true"},
                              {"已开立基本账户", cell(row, 4) == "true"}});
  return who.post("/decide", JsonObject{{"pack", "hubei-rcc-guide"},
                                        {"decision", "basic-account-coverage"},
                                        {"input", JsonObject{{"企业清单", std::move(list)}}}});
}

constexpr const char* kSheet =
    R"({"source": "basic_accounts", "columns": ["customer", "balance", "credit", "fresh",
                                   "basic", "share", "half", "remark", "account"])";

// RPT-001: the rates are those of the sheet by the guide's decision; each manager's those of their own customers.
TEST(CreditReports, CoverageIsThatOfTheSheet) {
  TestBank& bank = TestBank::get();
  Browser &executive = bank.as(Role::executive), &manager = bank.as(Role::manager);
  Reply sheet = rows(executive, std::string(kSheet) + "}");
  ASSERT_EQ(sheet.status, 200) << sheet.text;
  ASSERT_GT(items(sheet).size(), 1u);
  Reply rule = covered(executive, sheet);
  ASSERT_EQ(rule.status, 200) << rule.text;
  Reply all =
      rows(executive, R"({"source": "basic_coverage", "columns": ["org", "enterprises", "all_rate", "all_passed",
                                  "fresh_rate", "fresh_passed", "half_passed"],
                                  "filters": [{"column": "level", "op": "in", "values": ["org"]}],
                                  "sort": [{"column": "enterprises", "down": true}]})");
  ASSERT_EQ(all.status, 200) << all.text;
  const Json whole = items(all).at(0);
  EXPECT_EQ(cell(whole, 1), std::to_string(items(sheet).size()));
  const auto percent = Decimal::multiply(number(rule.at("result.全部企业开户面")), Decimal(100));
  EXPECT_EQ(number(cell(whole, 2)), percent->round(6, base::Rounding::half_up));
  EXPECT_EQ(cell(whole, 3), rule.at("result.全部企业达标") == "true" ? "达标" : "未达标");
  EXPECT_EQ(cell(whole, 4) == "null",
            rule.at("result.新增客户开户面").empty() || rule.at("result.新增客户开户面") == "null");
  Reply mine = rows(manager, R"({"source": "basic_coverage", "columns": ["level", "manager", "enterprises"]})");
  ASSERT_EQ(mine.status, 200) << mine.text;
  for (const Json& row : items(mine))
    EXPECT_EQ(cell(row, 0), "客户经理") << "no part of an organisation under its name";
  const Sight sight = bank.facts->sight(bank.staff(Role::manager), people::Scope::own, "2025-12-31");
  for (const Json& row : items(rows(manager, std::string(kSheet) + "}")))
    EXPECT_TRUE(sight.customers.count(cell(row, 0)));
}

// RPT-001 FRR-001 FRR-002 FRR-003: what is just enough passes, one enterprise less does not.
TEST(CreditReports, EightyHundredAndSixtyPercentAreIncluded) {
  Browser& executive = TestBank::get().as(Role::executive);
  auto of = [&](int with, bool fresh) {
    JsonArray list;
    for (int n = 0; n < 100; ++n)
      list.push_back(JsonObject{
          {"贷款余额", 50}, {"自身用信总额", 100}, {"新增贷款客户", fresh}, {"已开立基本账户", n < with}});
    return executive.post("/decide", JsonObject{{"pack", "hubei-rcc-guide"},
                                                {"decision", "basic-account-coverage"},
                                                {"input", JsonObject{{"企业清单", std::move(list)}}}});
  };
  EXPECT_EQ(of(80, false).at("result.占比过半达标"), "true");
  EXPECT_EQ(of(79, false).at("result.占比过半达标"), "false");
  EXPECT_EQ(of(60, false).at("result.全部企业达标"), "true");
  EXPECT_EQ(of(59, false).at("result.全部企业达标"), "false");
  EXPECT_EQ(of(100, true).at("result.新增客户达标"), "true");
  EXPECT_EQ(of(99, true).at("result.新增客户达标"), "false");
}

// RPT-001: credit at all banks comes from the bank's own field alone; half of it is included, a fen less is not.
TEST(CreditReports, TheShareIsOnlyKnownWhereTheBankKeepsIt) {
  TestBank& bank = TestBank::get();
  Browser &business = bank.as(Role::business), &executive = bank.as(Role::executive);
  Reply before = rows(executive, std::string(kSheet) + "}");
  ASSERT_GT(items(before).size(), 1u);
  for (const Json& row : items(before)) {
    EXPECT_EQ(cell(row, 2), "null");
    EXPECT_EQ(cell(row, 5), "null");
    EXPECT_EQ(cell(row, 7), "自身用信总额没有登记，占比未提供");
  }
  Reply made =
      business.post("/customer-fields",
                    JsonObject{{"title", "自身用信总额"}, {"type", "number"}, {"of", "company"}, {"unit", "元"}});
  ASSERT_EQ(made.status, 200) << made.text;
  std::string who;
  Decimal owed;
  Browser& head = bank.as(Role::branch_head);
  for (const Json& row : items(rows(head, std::string(kSheet) + "}")))
    who = cell(row, 0), owed = number(cell(row, 1));
  ASSERT_FALSE(who.empty());
  auto share = [&](const Decimal& credit) {
    const Json card = head.get("/customers/" + who + "/card").body;
    const Json* there = card.find("card");
    const Json version = there->is_null() ? Json(0) : *there->find("version");
    Reply put =
        head.send("PUT", "/customers/" + who + "/card",
                  Json(JsonObject{{"version", version},
                                  {"body", JsonObject{{"custom", JsonObject{{made.at("id"), credit.str()}}}}}})
                      .dump());
    EXPECT_EQ(put.status, 200) << put.text;
    Reply found =
        rows(head, std::string(kSheet) + R"(, "filters": [{"column": "customer", "op": "in", "values": [")" + who +
                       R"("]}]})");
    return items(found)[0];
  };
  const Decimal twice = *Decimal::multiply(owed, Decimal(2));
  Json row = share(twice);
  EXPECT_EQ(number(cell(row, 5)), Decimal(50));
  EXPECT_EQ(cell(row, 6), "true");
  row = share(*Decimal::add(twice, *Decimal::parse("0.01")));
  EXPECT_EQ(cell(row, 6), "false");
  row = share(*Decimal::parse("0.01"));
  EXPECT_EQ(cell(row, 7), "登记的用信总额小于本行贷款，请核对");
}

// RPT-601: of the bank the months add up to what the loans and repayments say; the quarter ends as its last month.
TEST(CreditReports, MonthsAndQuartersAddUp) {
  Browser& executive = TestBank::get().as(Role::executive);
  auto of = [&](const char* kind) {
    return rows(executive,
                std::string(R"({"source": "credit_periods", "columns": ["period", "org", "issued_count", "issued",
        "repaid", "balance", "change", "npl", "npl_rate", "borrowers", "visited_rate"], "filters": [{"column": "period_kind",
        "op": "in", "values": [")") +
                    kind + R"("]}, {"column": "kind", "op": "in", "values": ["hq"]}],
        "sort": [{"column": "period"}]})");
  };
  Reply months = of("month"), quarters = of("quarter");
  ASSERT_EQ(months.status, 200) << months.text;
  ASSERT_EQ(items(months).size(), 12u) << "the year up to the day";
  ASSERT_EQ(items(quarters).size(), 4u);
  Decimal issued, repaid, change;
  for (const Json& row : items(months)) {
    issued = *Decimal::add(issued, number(cell(row, 3)));
    repaid = *Decimal::add(repaid, number(cell(row, 4)));
  }
  Reply loans = rows(executive, R"({"source": "loans", "sums": [{"column": "principal", "what": "sum"}],
                                    "filters": [{"column": "issued_on", "op": "this_year", "values": []}]})");
  EXPECT_EQ(number(cell(items(loans)[0], 1)), issued);
  Reply paid = rows(executive, R"({"source": "repayments", "sums": [{"column": "principal", "what": "sum"}],
                                   "filters": [{"column": "date", "op": "this_year", "values": []}]})");
  EXPECT_EQ(number(cell(items(paid)[0], 1)), repaid);
  const Json december = items(months)[11], last = items(quarters)[3];
  EXPECT_EQ(cell(december, 5), cell(last, 5)) << "the balance of its end";
  for (size_t m = 9; m < 12; ++m) change = *Decimal::add(change, number(cell(items(months)[m], 6)));
  EXPECT_EQ(number(cell(last, 6)), change);
  Reply stands = rows(executive, R"({"source": "loans", "sums": [{"column": "balance", "what": "sum"}],
                                     "filters": [{"column": "off_balance", "op": "is", "values": ["false"]}]})");
  EXPECT_EQ(number(cell(items(stands)[0], 1)), number(cell(december, 5)));
  Reply manager = rows(TestBank::get().as(Role::manager), R"({"source": "credit_periods"})");
  EXPECT_EQ(manager.code(), "query.source");
}

// A row of a report opens the rows of the extracts it was made of; those out of reach are not there.
TEST(CreditReports, ARowOpensItsSourceRows) {
  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &executive = bank.as(Role::executive);
  for (auto [source, column, second] : {std::tuple{"loans", "loan", "loan_states.csv"},
                                        {"deposits", "account", "balances.csv"},
                                        {"repayments", "repayment", "loans.csv"},
                                        {"customers", "customer", ""},
                                        {"sales", "sale", ""}}) {
    Reply page =
        rows(manager, std::string(R"({"source": ")") + source + R"(", "columns": [")" + column + R"("]})");
    ASSERT_GT(items(page).size(), 0u) << source << page.text;
    const Json first = items(page)[0];
    auto ask = [&](Browser& who, const Json& row) {
      return who.post("/report-rows/source", JsonObject{{"source", source}, {"row", row}, {"day", "2025-12-31"}});
    };
    Reply opened = ask(manager, *first.find("row"));
    ASSERT_EQ(opened.status, 200) << source << opened.text;
    EXPECT_NE(opened.text.find(cell(first, 0)), std::string::npos) << source;
    EXPECT_EQ(opened.at("items.1.file"), second) << source;
    if (std::string(source) == "customers") EXPECT_NE(opened.text.find("****"), std::string::npos);
    std::set<std::string> mine;
    for (const Json& row : items(page)) mine.insert(*row.find("row")->as_string());
    for (const Json& row :
         items(rows(executive, std::string(R"({"source": ")") + source + R"(", "sort": [{"column": ")" + column +
                                   R"(", "down": true}]})"))) {
      const std::string place = *row.find("row")->as_string();
      if (mine.count(place) || items(page).size() >= 200) continue;
      EXPECT_EQ(ask(manager, place).status, 404) << source << place;
      break;
    }
    EXPECT_EQ(ask(manager, "2025-12-31/staff/2").status, 422);
    EXPECT_EQ(ask(manager, "x/" + std::string(source)).status, 422);
  }
  EXPECT_EQ(
      manager.post("/report-rows/source", JsonObject{{"source", "changes"}, {"row", "2025-12-31/loans/2"}}).status,
      422);
}

}  // namespace
}  // namespace guanhu::api::testing
