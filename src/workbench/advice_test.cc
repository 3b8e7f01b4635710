// Suggestions, surveys, concessions, expenses, products: what is refused, what each step does, what adds up.
#include <gtest/gtest.h>

#include "store/testing.h"
#include "workbench/consult.h"
#include "workbench/expense.h"
#include "workbench/favour.h"
#include "workbench/plan.h"
#include "workbench/product.h"
#include "workbench/survey.h"
#include "workbench/todo_advice.h"
#include "workbench/todo_facts.h"
#include "workbench/worklog.h"

namespace guanhu::workbench {
namespace {

using base::Date;
using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

Date on(const char* day) { return Date::parse(day).value(); }

// H1 heads the branch B1, H0 the bank; M1 and M2 are managers of B1.
people::Directory bank() {
  auto staff = [](const char* id, const char* org, const char* position) {
    return people::Staff{id, std::string("员工") + id, org, position, "", "", "", {}, {}, {}, {}};
  };
  return people::Directory::of({{"B0", "", "总行", "hq", {}, {}}, {"B1", "B0", "城关支行", "branch", {}, {}}},
                               {staff("H0", "B0", "branch_head"), staff("H1", "B1", "branch_head"),
                                staff("M1", "B1", "manager"), staff("M2", "B1", "manager")});
}

class Advice : public ::testing::TestWithParam<store::Engine> {
 protected:
  Advice() : place_(GetParam()) {}
  void SetUp() override {
    if (!place_.available()) GTEST_SKIP() << store::testing::kNoPostgres;
    session_ = place_.open();
    const store::ModuleMigrations all[] = {{"records", records::migrations()},
                                           {"people", people::login_migrations()},
                                           {"workbench", migrations()},
                                           {"plans", plan_migrations()},
                                           {"advice", advice_migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock_).ok());
  }
  store::Session& store() { return *session_; }
  records::Doing by(const std::string& login) { return {login, clock_.now()}; }
  AdviceSaid said(const char* login, const char* person, const char* what, const char* text = "好") {
    return {clock_.now().str(), login, person, what, text};
  }
  static records::Record record(const char* owner, const char* title) {
    records::Record r;
    r.owner = owner, r.org = "B1", r.title = title, r.day = on("2026-01-05"), r.customer = "C1";
    return r;
  }
  Suggestion suggestion(const char* owner = "M1") {
    Suggestion s;
    s.record = record(owner, "联保户的额度一户一定"), s.kind = "贷款业务建议", s.text = "看流水定额度";
    s.business = "联保贷款", s.to_org = "B1", s.rules.wanted = {"业务"};
    s.rules.take_by = on("2026-01-07"), s.rules.answer_by = on("2026-01-19");
    s.rules.tell_above = on("2026-01-20");
    return s;
  }
  std::vector<std::string> waits(const char* login, const char* person, const char* day,
                                 std::vector<people::Role> roles) {
    const auto directory = bank();
    const RoleFinder finder(directory, on(day));
    const AdviceWaiting all(store(), directory, finder, on(day));
    people::Login who{login, person, roles};
    const people::Staff* staff = directory.person(person);
    std::vector<std::string> out;
    for (const auto& one : all.of(who, person, staff ? staff->org : ""))
      out.push_back(one.source + " " + one.object);
    return out;
  }

  base::FixedClock clock_{*base::Instant::parse("2026-01-05T02:00:00Z")};
  store::testing::Place place_;
  std::unique_ptr<store::Session> session_;
};

// MKT-652, MKT-602, MKT-308: what the kind asks for is there, or all that is missing is named.
TEST_P(Advice, ASuggestionWithoutItsElementsIsRefused) {
  Suggestion s = suggestion();
  s.text = "";
  EXPECT_EQ(submit_suggestion(store(), s, {}, by("m1")).error().code, "suggestion.text");
  s = suggestion(), s.to_org = "";
  EXPECT_EQ(submit_suggestion(store(), s, {}, by("m1")).error().code, "suggestion.to");
  s = suggestion(), s.record.customer = "", s.rules.wanted = {"来源", "客户或行业", "原因", "措施"};
  const auto refused = submit_suggestion(store(), s, {}, by("m1"));
  EXPECT_EQ(refused.error().where, "source");
  EXPECT_NE(refused.error().message.find("来源、客户或行业、原因、措施"), std::string::npos);
  s.source = "客户说的", s.about = "建材", s.cause = "涨价", s.measure = "压货";
  EXPECT_TRUE(submit_suggestion(store(), s, {}, by("m1")).ok());
}

// MKT-630, MKT-631, MKT-316
TEST_P(Advice, ASuggestionIsTakenAndAnswered) {
  Suggestion s = *submit_suggestion(store(), suggestion(), {}, by("m1"));
  const int64_t id = s.record.id;
  EXPECT_EQ(suggestion_step(store(), id, 1, said("h1", "H1", "done"), by("h1")).error().code, "suggestion.state");
  EXPECT_EQ(suggestion_step(store(), id, 1, said("m1", "M1", "add", ""), by("m1")).error().code,
            "suggestion.words");
  s = *suggestion_step(store(), id, 1, said("h1", "H1", "take", ""), by("h1"));
  EXPECT_EQ(s.record.state, "taken");
  s.text = "改了";
  EXPECT_EQ(submit_suggestion(store(), s, {}, by("m1")).error().code, "suggestion.state")
      << "what is being discussed is added to, not changed";
  SuggestionAnswer answer;
  answer.accepted = true, answer.do_by = on("2026-03-01"), answer.on = on("2026-01-12");
  answer.said = said("h1", "H1", "accept", "先在东街试");
  EXPECT_EQ(answer_suggestion(store(), id, 1, answer, by("h1")).error().code, "record.changed");
  s = *answer_suggestion(store(), id, 2, answer, by("h1"));
  EXPECT_EQ(s.record.state, "accepted");
  EXPECT_EQ(s.answer, "先在东街试");
  EXPECT_EQ(answer_suggestion(store(), id, 3, answer, by("h1")).error().code, "suggestion.state") << "once";
  EXPECT_EQ(suggestion_step(store(), id, 3, said("m1", "M1", "withdraw"), by("m1")).error().code,
            "suggestion.state");
  EXPECT_EQ(waits("h1", "H1", "2026-01-12", {people::Role::branch_head}),
            std::vector<std::string>{"suggestion " + std::to_string(id) + "-do"});
  EXPECT_EQ(suggestion_step(store(), id, 3, said("h1", "H1", "done", "试了"), by("h1"))->record.state, "done");
}

// MKT-630: somebody must answer, and his superior hears of it when he does not.
TEST_P(Advice, SomebodyMustAnswer) {
  const int64_t id = submit_suggestion(store(), suggestion(), {}, by("m1"))->record.id;
  const std::string answer = "suggestion " + std::to_string(id) + "-answer";
  const std::vector<people::Role> head = {people::Role::branch_head}, manager = {people::Role::manager};
  EXPECT_EQ(waits("h1", "H1", "2026-01-19", head), std::vector<std::string>{answer});
  EXPECT_TRUE(waits("m2", "M2", "2026-01-19", manager).empty());
  EXPECT_TRUE(waits("h0", "H0", "2026-01-19", head).empty()) << "the day itself is in time";
  EXPECT_EQ(waits("h0", "H0", "2026-01-20", head),
            std::vector<std::string>{"suggestion " + std::to_string(id) + "-above"});
  EXPECT_EQ(waits("h1", "H1", "2026-01-20", head), std::vector<std::string>{answer});
  // What a head writes to his own unit is answered by his superior.
  const int64_t own = submit_suggestion(store(), suggestion("H1"), {}, by("h1"))->record.id;
  EXPECT_EQ(waits("h0", "H0", "2026-01-06", head),
            std::vector<std::string>{"suggestion " + std::to_string(own) + "-answer"});
  ASSERT_TRUE(pass_suggestion(store(), id, 1, "B1", "M2", said("h1", "H1", "pass", "他管这块"), by("h1")).ok());
  EXPECT_EQ(waits("m2", "M2", "2026-01-19", manager), std::vector<std::string>{answer});
}

// QUA-601: accepted information counts, other suggestions and other quarters do not.
TEST_P(Advice, AcceptedInformationIsCounted) {
  auto accept = [&](bool information, const char* day, const char* marks) {
    Suggestion s = suggestion();
    s.rules.information = information;
    const int64_t id = submit_suggestion(store(), s, {}, by("m1"))->record.id;
    SuggestionAnswer answer;
    answer.accepted = marks != nullptr, answer.on = on(day), answer.do_by = on("2026-06-01"), answer.value = "高";
    if (marks) answer.marks = Decimal::parse(marks);
    answer.said = said("h1", "H1", "accept");
    ASSERT_TRUE(answer_suggestion(store(), id, 1, answer, by("h1")).ok());
  };
  accept(true, "2026-01-31", "5");
  accept(true, "2026-03-31", "2");
  accept(true, "2026-04-01", "5");
  accept(false, "2026-02-01", "5");
  accept(true, "2026-02-01", nullptr);
  const auto marks = information_marks(store(), on("2026-01-01"), on("2026-03-31"));
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(marks[0].staff, "M1");
  EXPECT_EQ(marks[0].accepted, 2);
  EXPECT_EQ(marks[0].marks, Decimal(7));
}

// LIM-605
TEST_P(Advice, AConcessionBeyondThePowerIsDecidedBySomebodyElse) {
  Favour f;
  f.record = record("M1", "手续费减半"), f.record.until = on("2026-06-30"), f.kind = "fee", f.terms = "手续费减半";
  f.fen = 60'000, f.level = "branch";
  EXPECT_EQ(ask_favour(store(), f, {}, by("m1")).error().code, "favour.reason");
  f.reason = "老客户";
  f.fen = -1;
  EXPECT_EQ(ask_favour(store(), f, {}, by("m1")).error().code, "favour.amount");
  f.fen = 60'000, f.record.until = on("2026-01-04");
  EXPECT_EQ(ask_favour(store(), f, {}, by("m1")).error().code, "favour.days");
  f.record.until = on("2026-06-30");
  Favour asked = *ask_favour(store(), f, {}, by("m1"));
  EXPECT_EQ(asked.record.state, "asked");
  EXPECT_EQ(conceded(store(), "M1", "C1", on("2026-01-01"), on("2026-03-31")), 0);
  const int64_t id = asked.record.id;
  EXPECT_EQ(decide_favour(store(), id, 1, true, said("m1", "M1", "agree"), by("m1")).error().code, "favour.same");
  EXPECT_EQ(look_at_favour(store(), id, said("a1", "A1", "fine"), by("a1")).error().code, "favour.state");
  EXPECT_EQ(waits("h1", "H1", "2026-01-05", {people::Role::branch_head}),
            std::vector<std::string>{"favour " + std::to_string(id)});
  EXPECT_TRUE(waits("m1", "M1", "2026-01-05", {people::Role::manager}).empty());
  EXPECT_EQ(decide_favour(store(), id, 1, true, said("h1", "H1", "agree"), by("h1"))->record.state, "effective");
  f.level = "own", f.fen = 5'000;
  EXPECT_EQ(ask_favour(store(), f, {}, by("m1"))->record.state, "effective");
  EXPECT_EQ(conceded(store(), "M1", "C1", on("2026-01-01"), on("2026-03-31")), 65'000);
  EXPECT_EQ(conceded(store(), "M1", "C1", on("2026-01-06"), on("2026-03-31")), 0);
  EXPECT_EQ(conceded(store(), "", "C1", on("2026-01-05"), on("2026-01-05"), id), 5'000);
  f.level = "head";
  const Favour far = *ask_favour(store(), f, {}, by("m1"));
  ASSERT_TRUE(decide_favour(store(), far.record.id, 1, false, said("b", "B9", "refuse", "不合算"), by("b")).ok());
  // KPI-608: two of three were settled near.
  const auto totals = favour_totals(store(), on("2026-01-01"), on("2026-03-31"));
  ASSERT_EQ(totals.size(), 1u);
  EXPECT_EQ(totals[0].asked, 3);
  EXPECT_EQ(totals[0].settled_near, 2);
  EXPECT_EQ(totals[0].refused, 1);
  EXPECT_EQ(totals[0].fen, 65'000);
  EXPECT_TRUE(look_at_favour(store(), id, said("a1", "A1", "fine", "依据齐"), by("a1")).ok());
}

TEST_P(Advice, PowersAreSetByTwoPeople) {
  FavourPowers p;
  p.record = record("B9", "x"), p.record.customer = "", p.record.day = on("2026-01-04");
  p.levels = {{"客户经理", {"manager"}, {}, 50'000}, {"支行行长", {"branch_head"}, {}, 500'000}};
  EXPECT_EQ(propose_powers(store(), p, on("2026-01-05"), by("b")).error().code, "favour.day");
  p.record.day = on("2026-01-05");
  auto twice = p;
  twice.levels[1].positions = {"manager"};
  EXPECT_EQ(propose_powers(store(), twice, on("2026-01-05"), by("b")).error().where, "levels/1");
  const FavourPowers made = *propose_powers(store(), p, on("2026-01-05"), by("b"));
  EXPECT_FALSE(powers_on(store(), on("2026-01-05"))) << "one person alone sets nothing";
  const int64_t id = made.record.id;
  EXPECT_EQ(decide_powers(store(), id, 1, true, said("b", "B9", "agree"), by("b")).error().code, "favour.same");
  ASSERT_TRUE(decide_powers(store(), id, 1, true, said("e", "E9", "agree"), by("e")).ok());
  EXPECT_FALSE(powers_on(store(), on("2026-01-04")));
  const auto now = powers_on(store(), on("2026-01-05"));
  ASSERT_TRUE(now);
  EXPECT_EQ(now->level_of("manager", "")->fen, 50'000);
  EXPECT_EQ(now->level_of("teller", ""), nullptr);
}

// PAY-601, RPT-605
TEST_P(Advice, AnExpenseIsCheckedByAnotherPerson) {
  Expense e;
  e.record = record("M1", "宴请"), e.kind = "宴请", e.fen = 0;
  EXPECT_EQ(save_expense(store(), e, on("2026-01-05"), {}, by("m1")).error().code, "expense.amount");
  e.fen = 50'000, e.record.day = on("2026-01-06");
  EXPECT_EQ(save_expense(store(), e, on("2026-01-05"), {}, by("m1")).error().code, "expense.day");
  e.record.day = on("2026-01-05");
  const int64_t id = save_expense(store(), e, on("2026-01-05"), {}, by("m1"))->record.id;
  const auto quarter = expense_period(on("2026-01-05"));
  EXPECT_EQ(check_expense(store(), id, 1, true, {}, said("h1", "H1", "agree"), by("h1")).error().code,
            "expense.state");
  const ExpenseSum sum{150'000, 110'000, 40'000, 10'000};
  ASSERT_TRUE(submit_expense(store(), id, 1, sum, said("m1", "M1", "submit"), by("m1")).ok());
  EXPECT_EQ(expenses_used(store(), "M1", "宴请", quarter), 40'000);
  EXPECT_EQ(expenses_used(store(), "M1", "宴请", quarter, id), 0);
  EXPECT_EQ(expenses_used(store(), "M1", "礼品", quarter), 0);
  EXPECT_EQ(check_expense(store(), id, 2, true, sum, said("m1", "M1", "agree"), by("m1")).error().code,
            "expense.same");
  EXPECT_EQ(waits("h1", "H1", "2026-01-05", {people::Role::branch_head}),
            std::vector<std::string>{"expense " + std::to_string(id) + "-submitted"});
  EXPECT_EQ(check_expense(store(), id, 2, false, sum, said("h1", "H1", "return", ""), by("h1")).error().code,
            "suggestion.words");
  ASSERT_TRUE(check_expense(store(), id, 2, false, sum, said("h1", "H1", "return", "缺发票"), by("h1")).ok());
  EXPECT_EQ(expenses_used(store(), "M1", "宴请", quarter), 0) << "what was given back uses nothing";
  EXPECT_EQ(waits("m1", "M1", "2026-01-05", {people::Role::manager}),
            std::vector<std::string>{"expense " + std::to_string(id) + "-returned"});
  ASSERT_TRUE(submit_expense(store(), id, 3, sum, said("m1", "M1", "submit"), by("m1")).ok());
  ASSERT_TRUE(check_expense(store(), id, 4, true, sum, said("h1", "H1", "agree"), by("h1")).ok());
  EXPECT_EQ(expense_step(store(), id, 5, said("m1", "M1", "paid"), by("m1")).error().code, "expense.same");
  EXPECT_EQ(expense_step(store(), id, 5, said("h1", "H1", "paid"), by("h1"))->record.state, "paid");
}

TEST_P(Advice, APersonsOwnLimitCountsFromItsDay) {
  ExpenseLimit limit;
  limit.record = record("M1", "额度"), limit.record.day = on("2026-02-01"), limit.kind = "宴请",
  limit.fen = 300'000;
  EXPECT_EQ(set_limit(store(), limit, "多", "M1", by("m1")).error().code, "expense.same");
  ASSERT_TRUE(set_limit(store(), limit, "开门红", "H1", by("h1")).ok());
  EXPECT_FALSE(own_limit(store(), "M1", "宴请", on("2026-01-31")));
  EXPECT_EQ(own_limit(store(), "M1", "宴请", on("2026-02-01")), 300'000);
  EXPECT_FALSE(own_limit(store(), "M1", "礼品", on("2026-02-01")));
}

// MKT-601, MKT-633, LIM-605
TEST_P(Advice, AProductIsPublishedByAnotherPerson) {
  Product p;
  p.record = record("B9", ""), p.record.customer = "";
  EXPECT_EQ(save_product(store(), p, by("b")).error().code, "product.name");
  p.card.name = "兴业贷", p.card.business = "个人贷款", p.card.kind = "保证", p.card.rate = "3.85%";
  p.card.papers = {{"身份证", "夫妻双方", 1, true}, {"", "", 0, false}};
  EXPECT_EQ(save_product(store(), p, by("b")).error().where, "papers/1");
  p.card.papers[1] = {"营业执照", "", 0, true};
  p.card.risks = {"资金挪用"}, p.card.note = "利率可以通融";
  p = *save_product(store(), p, by("b"));
  EXPECT_EQ(filled_elements(p.card), (std::vector<std::string>{"种类", "利率"}));
  const int64_t id = p.record.id;
  EXPECT_EQ(check_product(store(), id, 1, true, said("e", "E9", "agree"), by("e")).error().code, "product.state");
  ASSERT_TRUE(propose_product(store(), id, 1, said("b", "B9", "propose"), by("b")).ok());
  EXPECT_EQ(check_product(store(), id, 2, true, said("b", "B9", "agree"), by("b")).error().code, "product.same");
  p = *check_product(store(), id, 2, true, said("e", "E9", "agree"), by("e"));
  const std::string message = papers_message(*p.published, "示范农商银行");
  EXPECT_NE(message.find("1. 身份证原件和复印件 1 份（夫妻双方）"), std::string::npos) << message;
  EXPECT_NE(message.find("2. 营业执照原件\n"), std::string::npos);
  for (const char* hidden : {"资金挪用", "通融"})
    EXPECT_EQ((customer_text(*p.published) + message).find(hidden), std::string::npos);
  // A change is agreed to anew; until then everybody reads what was published.
  p.card.rate = "3.45%";
  p = *save_product(store(), p, by("b"));
  EXPECT_EQ(p.record.state, "draft");
  EXPECT_EQ(p.published->rate, "3.85%");
}

// MKT-315, MKT-624, MKT-637
TEST_P(Advice, ACustomersQuestionIsFollowedUp) {
  Consult c;
  c.record = record("M1", "开户要什么"), c.record.customer = "", c.record.until = on("2026-01-08");
  c.kind = "problem", c.text = "网银打不开";
  EXPECT_EQ(save_consult(store(), c, by("m1")).error().code, "consult.who");
  c.who = "王老板";
  EXPECT_EQ(save_consult(store(), c, by("m1")).error().code, "consult.help");
  c.help_org = "B1", c.missing = {{"营业执照", "paper", false}};
  c = *save_consult(store(), c, by("m1"));
  const std::string id = std::to_string(c.record.id);
  EXPECT_EQ(waits("h1", "H1", "2026-01-05", {people::Role::branch_head}),
            std::vector<std::string>{"consult " + id + "-help"});
  EXPECT_EQ(waits("m1", "M1", "2026-01-05", {people::Role::manager}),
            std::vector<std::string>{"consult " + id + "-tell"});
  ASSERT_TRUE(consult_step(store(), c.record.id, 1, said("h1", "H1", "help", "重置了"), by("h1")).ok());
  EXPECT_TRUE(waits("h1", "H1", "2026-01-05", {people::Role::branch_head}).empty());
  EXPECT_EQ(consult_step(store(), c.record.id, 2, said("m1", "M1", "told"), by("m1")).error().code,
            "consult.missing");
  c.missing[0].done = true, c.record.version = 2;
  c = *save_consult(store(), c, by("m1"));
  EXPECT_EQ(c.record.state, "helped");
  EXPECT_EQ(consult_step(store(), c.record.id, 3, said("m1", "M1", "told", "能用了"), by("m1"))->record.state,
            "closed");
  EXPECT_TRUE(waits("m1", "M1", "2026-01-05", {people::Role::manager}).empty());
}

TEST(SurveyQuestions, ThatAskNothingAreRefusedByNumber) {
  auto wrong = [](JsonObject one) {
    auto read = questions_in(JsonArray{JsonObject{{"kind", "text"}, {"title", "好的"}}, std::move(one)});
    return read.ok() ? "" : read.error().where;
  };
  EXPECT_FALSE(questions_in(JsonArray{}).ok());
  EXPECT_EQ(wrong({{"kind", "wish"}, {"title", "x"}}), "questions/1");
  EXPECT_EQ(wrong({{"kind", "text"}, {"title", ""}}), "questions/1");
  EXPECT_EQ(wrong({{"kind", "single"}, {"title", "x"}, {"choices", JsonArray{"甲"}}}), "questions/1");
  EXPECT_EQ(wrong({{"kind", "single"}, {"title", "x"}, {"choices", JsonArray{"甲", "甲"}}}), "questions/1");
  EXPECT_EQ(wrong({{"kind", "single"}, {"title", "x"}, {"choices", JsonArray{"甲", "乙"}}}), "");
}

TEST_P(Advice, ASurveyIsAnsweredOnceAndAnonymousAnswersHaveNoName) {
  const auto directory = bank();
  const std::vector<people::Login> logins = {{"m1", "M1", {people::Role::manager}},
                                             {"m2", "M2", {people::Role::manager}}};
  const AddressBook book(directory, logins, on("2026-01-05"));
  Survey s;
  s.record = record("B9", "收单好不好用"), s.record.customer = "", s.record.until = on("2026-01-15");
  s.anonymous = true;
  s.questions = {
      {"single", "哪种", {"甲", "乙"}, true}, {"scale", "几分", {}, true}, {"text", "想说的", {}, false}};
  EXPECT_EQ(save_survey(store(), s, book, by("b")).error().code, "survey.audience");
  s.audience = {{"role", "manager", "客户经理"}};
  s = *save_survey(store(), s, book, by("b"));
  const JsonArray good = {JsonArray{1}, 4, nullptr};
  EXPECT_EQ(answer_survey(store(), s, "M1", good, on("2026-01-05"), by("m1")).error().code, "survey.over");
  s = *survey_step(store(), s.record.id, 1, said("b", "B9", "start"), by("b"));
  EXPECT_EQ(waits("m1", "M1", "2026-01-05", {people::Role::manager}),
            std::vector<std::string>{"survey " + std::to_string(s.record.id)});
  EXPECT_TRUE(waits("h1", "H1", "2026-01-05", {people::Role::branch_head}).empty());
  auto where = [&](JsonArray answers) {
    return answer_survey(store(), s, "M1", std::move(answers), on("2026-01-05"), by("m1")).error().where;
  };
  EXPECT_EQ(where({JsonArray{0, 1}, 4, nullptr}), "answers/0");
  EXPECT_EQ(where({JsonArray{2}, 4, nullptr}), "answers/0");
  EXPECT_EQ(where({JsonArray{1}, 6, nullptr}), "answers/1");
  EXPECT_EQ(where({JsonArray{1}, nullptr, nullptr}), "answers/1");
  EXPECT_EQ(where({JsonArray{1}, 4}), "answers");
  ASSERT_TRUE(keep_draft(store(), survey_draft(s.record.id), "M1", 0, good, by("m1")).ok());
  EXPECT_EQ(answer_survey(store(), s, "M1", good, on("2026-01-16"), by("m1")).error().code, "survey.over");
  ASSERT_TRUE(answer_survey(store(), s, "M1", good, on("2026-01-15"), by("m1")).ok());
  EXPECT_FALSE(draft(store(), survey_draft(s.record.id), "M1")) << "nothing of it stays beside the name";
  EXPECT_EQ(answer_survey(store(), s, "M1", good, on("2026-01-06"), by("m1")).error().code, "survey.done");
  ASSERT_TRUE(
      answer_survey(store(), s, "M2", JsonArray{JsonArray{0}, 5, "换机具"}, on("2026-01-06"), by("m2")).ok());
  EXPECT_TRUE(waits("m1", "M1", "2026-01-06", {people::Role::manager}).empty());
  for (const auto& sheet : survey_sheets(store(), s.record.id)) EXPECT_EQ(sheet.person + sheet.at, "");
  EXPECT_EQ(answered_by(store(), s.record.id), (std::vector<std::string>{"M1", "M2"}));
  const SurveyResult result = survey_result(store(), s);
  EXPECT_EQ(result.answers, 2);
  EXPECT_EQ(result.questions[0].counts, (std::vector<int64_t>{1, 1}));
  EXPECT_EQ(result.questions[1].mean->str(), "4.5");
  EXPECT_EQ(result.questions[2].answers, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, Advice, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& about) {
                           return about.param == store::Engine::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace guanhu::workbench
