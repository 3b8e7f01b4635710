// Suggestions, surveys, concessions, expenses and cards over HTTP: who may, who sees, what the packs say to it.
#include "bank.h"

namespace guanhu::api::testing {

namespace {

using people::Role;

std::string encoded(const std::string& text) {
  std::string out;
  for (unsigned char c : text) {
    char hex[4];
    std::snprintf(hex, sizeof hex, "%%%02X", c);
    out += hex;
  }
  return out;
}

JsonObject step(const Reply& of, JsonObject more = {}) {
  JsonObject out{{"version", std::stoi(of.at("version"))}, {"text", "看过了"}};
  for (auto& one : more) out.push_back(std::move(one));
  return out;
}

std::string own_unit(Browser& by) {
  Reply choices = by.get("/suggestion-choices");
  for (const Json& one : *choices.body.find("units")->as_array())
    if (*one.find("own")->as_bool()) return *one.find("org")->as_string();
  return "";
}

std::string customer_of(Browser& by) { return by.get("/customers?page_size=1").at("items.0.id"); }

}  // namespace

// MKT-630, MKT-631, MKT-652, QUA-601, MKT-308
TEST(Suggestions, AreAnsweredByWhomTheyWereSentToAndReadAsFarAsTheyMayBe) {
  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &head = bank.as(Role::branch_head);
  JsonObject ask{{"suggestion", "同业新产品"},
                 {"title", "邻行的新产品"},
                 {"text", "按日计息"},
                 {"to_org", own_unit(manager)}};
  Reply refused = manager.post("/suggestions", ask);
  EXPECT_EQ(refused.code(), "suggestion.element");
  EXPECT_EQ(refused.at("errors.0.where"), "source");
  ask.emplace_back("source", "传单"), ask.emplace_back("about", "批发");
  Reply made = manager.post("/suggestions", ask);
  ASSERT_EQ(made.status, 200) << made.text;
  const std::string path = "/suggestions/" + made.at("id");
  EXPECT_EQ(made.at("answerer"), bank.staff(Role::branch_head));
  EXPECT_NE(head.get("/todos?source=suggestion").text.find("邻行的新产品"), std::string::npos);
  EXPECT_EQ(bank.as(Role::auditor).get(path).status, 200) << "market information is read by the whole bank";
  JsonObject answer = step(made, {{"accepted", true}, {"value", "高"}});
  EXPECT_EQ(manager.post(path + "/answer", answer).code(), "suggestion.answer") << "not one's own";
  EXPECT_EQ(head.post(path + "/answer", answer).at("errors.0.where"), "do_by");
  answer.emplace_back("do_by", "2036-01-01");
  Reply done = head.post(path + "/answer", answer);
  EXPECT_EQ(done.at("state"), "accepted") << done.text;
  EXPECT_EQ(done.at("marks"), "5");
  EXPECT_EQ(head.get("/todos?source=suggestion").text.find("建议待答复：邻行的新产品"), std::string::npos);
  const std::string period = done.at("answered_on").substr(0, 7);
  EXPECT_EQ(head.post("/suggestion-figures", JsonObject{{"period", period}}).status, 403) << "the pack names who";
  Reply counted = bank.as(Role::business).post("/suggestion-figures", JsonObject{{"period", period}});
  EXPECT_EQ(counted.status, 200) << counted.text;
  EXPECT_NE(counted.text.find("\"recorded_marks\""), std::string::npos);
  // A suggestion on a loan business is nobody else's to read.
  ask[0].second = Json("贷款业务建议"), ask.emplace_back("business", "联保");
  Reply quiet = manager.post("/suggestions", ask);
  ASSERT_EQ(quiet.status, 200) << quiet.text;
  EXPECT_EQ(bank.as(Role::administrator).get("/suggestions/" + quiet.at("id")).status, 404);
}

// LIM-605, KPI-608
TEST(Concessions, WithinThePowerCountAtOnceBeyondItSomebodyElseDecides) {
  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &head = bank.as(Role::branch_head),
          &business = bank.as(Role::business);
  const std::string today = manager.get("/todos/summary").at("today");
  auto levels = [&](const char* low, const char* high) {
    auto level = [](const char* name, const char* position, const char* amount) {
      return JsonObject{
          {"name", name}, {"positions", JsonArray{position}}, {"grades", JsonArray{}}, {"amount", amount}};
    };
    return JsonObject{
        {"from", today},
        {"levels", JsonArray{level("客户经理", "manager", low), level("支行行长", "branch_head", high)}}};
  };
  Reply smaller = business.post("/favour-powers", levels("500.00", "499.99"));
  EXPECT_EQ(smaller.at("errors.0.where"), "levels/1") << smaller.text;
  Reply equal = business.post("/favour-powers", levels("500.00", "500.00"));
  EXPECT_NE(equal.at("warnings.0"), "") << equal.text;
  EXPECT_EQ(head.post("/favour-powers", levels("1.00", "2.00")).status, 403);
  Reply powers = business.post("/favour-powers", levels("500.00", "5000.00"));
  const std::string set = "/favour-powers/" + powers.at("id") + "/decide";
  EXPECT_EQ(business.post(set, step(powers, {{"agreed", true}})).code(), "favour.same");
  EXPECT_EQ(bank.as(Role::executive).post(set, step(powers, {{"agreed", true}})).at("state"), "set");
  auto soon = [&](const char* amount) {
    return manager.post("/favours", JsonObject{{"customer", customer_of(manager)},
                                               {"favour", "fee"},
                                               {"terms", "免手续费"},
                                               {"reason", "老客户"},
                                               {"amount", amount},
                                               {"until", today}});
  };
  const Reply within = soon("500.00");
  EXPECT_EQ(within.at("state"), "effective") << within.text;
  Reply beyond = soon("0.01");
  EXPECT_EQ(beyond.at("state"), "asked") << "the quarter's power for the customer is used up";
  EXPECT_EQ(beyond.at("level"), "branch");
  const std::string path = "/favours/" + beyond.at("id");
  EXPECT_EQ(manager.post(path + "/decide", step(beyond, {{"agreed", true}})).status, 403);
  EXPECT_EQ(head.post(path + "/decide", step(beyond, {{"agreed", true}})).at("state"), "effective");
  Reply far = soon("9000.00");
  EXPECT_EQ(far.at("level"), "head");
  EXPECT_EQ(head.post("/favours/" + far.at("id") + "/decide", step(far, {{"agreed", true}})).code(),
            "favour.power");
  EXPECT_EQ(bank.as(Role::executive)
                .post("/favours/" + far.at("id") + "/decide", step(far, {{"agreed", false}}))
                .at("state"),
            "refused");
  Reply totals = head.get("/favour-totals?period=" + today.substr(0, 7));
  EXPECT_EQ(totals.at("asked") + "/" + totals.at("settled_near"), "3/2") << totals.text;
  EXPECT_EQ(totals.at("reached"), "false");
  EXPECT_EQ(bank.as(Role::auditor)
                .post("/favours/" + within.at("id") + "/look", JsonObject{{"fine", true}, {"text", "属实"}})
                .at("looks.0.text"),
            "属实");
  EXPECT_EQ(bank.as(Role::hr).get("/favours").status, 403);
}

// PAY-601, RPT-605, MKT-626
TEST(Expenses, AreReimbursedWithTheirReportUpToTheLimit) {
  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &head = bank.as(Role::branch_head);
  const std::string today = manager.get("/todos/summary").at("today");
  JsonObject meal{{"expense", "宴请"}, {"amount", "2000.00"}, {"day", today}, {"with_whom", "王经理"}};
  Reply draft = manager.post("/expenses", meal);
  ASSERT_EQ(draft.status, 200) << draft.text;
  const std::string path = "/expenses/" + draft.at("id");
  EXPECT_EQ(manager.post(path + "/submit", step(draft)).code(), "expense.report");
  meal.emplace_back("relation", "客户"), meal.emplace_back("purpose", "续贷"), meal.emplace_back("version", 1);
  draft = manager.send("PUT", path, Json(meal).dump());
  Reply sent = manager.post(path + "/submit", step(draft));
  EXPECT_EQ(sent.at("payable") + " " + sent.at("over"), "1500.00 500.00") << sent.text;
  EXPECT_EQ(manager.post(path + "/check", step(sent, {{"agreed", true}})).status, 403);
  EXPECT_EQ(head.post(path + "/check", step(sent, {{"agreed", true}})).at("state"), "checked");
  EXPECT_EQ(manager.get("/expense-limits").at("items.0.left"), "0.00");
  Reply gift = manager.post("/expenses", JsonObject{{"expense", "礼品"},
                                                    {"amount", "100.00"},
                                                    {"day", today},
                                                    {"event", "开张"},
                                                    {"gift", "保温壶"},
                                                    {"useful", true},
                                                    {"quality", true}});
  EXPECT_EQ(manager.post("/expenses/" + gift.at("id") + "/submit", step(gift)).at("errors.0.where"), "logo");
  EXPECT_EQ(bank.as(Role::auditor).get(path).at("payable"), "1500.00");
  Reply book = head.get("/expenses.xlsx?period=" + today.substr(0, 7));
  EXPECT_EQ(book.text.substr(0, 2), "PK");
}

// MKT-601, MKT-633, MKT-024
TEST(Products, ArePublishedByTwoPeopleAndFoundByAPaper) {
  TestBank& bank = TestBank::get();
  Browser &business = bank.as(Role::business), &executive = bank.as(Role::executive),
          &manager = bank.as(Role::manager);
  JsonObject card{{"name", "基础授信"},         {"business", "企业贷款"},
                  {"product_kind", "综合授信"}, {"term", "一年"},
                  {"conditions", "不能通融"},   {"papers", JsonArray{JsonObject{{"name", "公司章程"}}}}};
  EXPECT_EQ(manager.post("/products", card).status, 403);
  EXPECT_EQ(bank.as(Role::branch_head).post("/products", card).status, 403) << "for the whole bank only";
  EXPECT_EQ(business.post("/products", card).code(), "product.words");
  card[4].second = Json("评级在范围以内");
  Reply made = business.post("/products", card);
  ASSERT_EQ(made.status, 200) << made.text;
  const std::string path = "/products/" + made.at("id");
  EXPECT_EQ(business.post(path + "/propose", step(made)).at("errors.0.where"), "rate");
  EXPECT_EQ(manager.get(path).status, 404) << "a draft";
  card.emplace_back("rate", "按档次"), card.emplace_back("version", 1);
  made = business.send("PUT", path, Json(card).dump());
  made = business.post(path + "/propose", step(made));
  EXPECT_EQ(business.post(path + "/check", step(made, {{"agreed", true}})).code(), "product.same");
  EXPECT_EQ(executive.post(path + "/check", step(made, {{"agreed", true}})).at("state"), "published");
  Reply found = manager.get("/products?words=" + encoded("公司章程"));
  EXPECT_EQ(found.at("items.0.name"), "基础授信") << found.text;
  EXPECT_NE(found.at("items.0.message").find("公司章程"), std::string::npos);
  EXPECT_EQ(business.get("/products").text.find("\"missing\":[]"), std::string::npos) << "four are still missing";
}

// MKT-631
TEST(Surveys, AreAToDoOfWhomTheyAskAndHideTooFewAnonymousAnswers) {
  TestBank& bank = TestBank::get();
  Browser &business = bank.as(Role::business), &manager = bank.as(Role::manager);
  const std::string today = manager.get("/todos/summary").at("today");
  auto survey = [&](bool anonymous) {
    Reply made = business.post(
        "/surveys",
        JsonObject{{"title", anonymous ? "不记名的" : "记名的"},
                   {"anonymous", anonymous},
                   {"day", today},
                   {"until", today},
                   {"audience", JsonArray{JsonObject{{"kind", "role"}, {"id", "manager"}, {"name", "客户经理"}}}},
                   {"questions",
                    JsonArray{JsonObject{
                        {"kind", "scale"}, {"title", "几分"}, {"choices", JsonArray{}}, {"required", true}}}}});
    EXPECT_EQ(made.status, 200) << made.text;
    EXPECT_EQ(business.post("/surveys/" + made.at("id") + "/start", step(made)).at("state"), "running");
    return "/surveys/" + made.at("id");
  };
  const std::string open = survey(false), hidden = survey(true);
  EXPECT_NE(manager.get("/todos?source=survey").text.find("记名的"), std::string::npos);
  EXPECT_EQ(bank.as(Role::hr).get(open).status, 200) << "who manages surveys of the bank";
  EXPECT_EQ(bank.as(Role::branch_head).get(open).status, 404) << "neither asked nor managing";
  EXPECT_NE(business.get(open + "/results").text.find(bank.staff(Role::manager)), std::string::npos);
  for (const auto& path : {open, hidden}) {
    EXPECT_EQ(manager.send("PUT", path + "/draft", R"({"seq": 0, "answers": [3]})").at("seq"), "1");
    EXPECT_EQ(manager.post(path + "/answer", JsonObject{{"answers", JsonArray{6}}}).at("errors.0.where"),
              "answers/0");
    EXPECT_EQ(manager.post(path + "/answer", JsonObject{{"answers", JsonArray{4}}}).at("answered"), "true");
    EXPECT_EQ(manager.post(path + "/answer", JsonObject{{"answers", JsonArray{4}}}).status, 409);
  }
  EXPECT_EQ(business.get(open + "/results").at("questions.0.mean"), "4");
  Reply made = business.get(hidden);
  EXPECT_EQ(business.post(hidden + "/close", step(made)).at("state"), "closed");
  Reply results = business.get(hidden + "/results");
  EXPECT_EQ(results.at("shown") + " " + results.at("why_not"), "false 份数不够") << results.text;
  EXPECT_EQ(results.at("questions.0.answers"), "0");
  EXPECT_EQ(business.get(hidden + "/results.xlsx").status, 409);
}

}  // namespace guanhu::api::testing
