// Questions, papers, sittings, marks, results: what is refused, then what each step does.
#include "workbench/draw.h"
#include "workbench/training_testing.h"

namespace guanhu::workbench {
namespace {

using base::Decimal;
using base::Json;
using base::JsonArray;
using testing::day;

class Exams : public testing::TrainingBank {
 protected:
  std::string refused(const QuestionAsk& ask) {
    auto status = check_question(store(), ask);
    return status.ok() ? "ok" : status.error().code;
  }
  Hundredths worth(const QuestionAsk& ask, const Json& answer) {
    return **auto_points(ask.body, answer, ask.body.points, rules());
  }
  appraisal::PeopleDoing people(const char* login) { return {login, "", clock_.now()}; }
  // Answers every question right, or with what is wrong.
  void answer_all(const Paper& paper, int64_t id, bool right, int64_t minutes) {
    for (size_t i = 0; i < paper.questions.size(); ++i) {
      const QuestionBody& q = paper.questions[i].body;
      Json answer = q.type == "single" || q.type == "multiple"
                        ? Json(JsonArray(q.accepted.begin(), q.accepted.end()))
                        : Json(q.accepted.empty() ? "写了一段" : q.accepted[0]);
      if (!right)
        answer = q.type == "judge" ? Json("true") : q.options.empty() ? Json("不知道") : Json(JsonArray{"A"});
      auto kept = keep_answer(store(), paper, id, static_cast<int64_t>(i), answer, at(minutes));
      ASSERT_TRUE(kept.ok()) << kept.error().text();
    }
  }
};

TEST(Drawing, IsTheOrderOfDigestsThatAnybodyCanMake) {
  // By `printf '%s' 'S|a' | sha256sum` and its kin.
  const std::vector<std::string> keys = {"a", "b", "c", "d"};
  EXPECT_EQ(draw_order("S", keys), (std::vector<size_t>{0, 2, 1, 3}));
  EXPECT_NE(draw_order("S", keys), draw_order("T", keys));
  EXPECT_EQ(draw_order("2026-01-12", {"1|1", "1|2", "1|3", "1|4", "1|5"}), (std::vector<size_t>{3, 4, 1, 0, 2}));
}

TEST_P(Exams, QuestionsSayWhatIsWrongWithThem) {
  EXPECT_EQ(refused(question("essay", "题", {}, {})), "question.type");
  EXPECT_EQ(refused(question("single", "", {"甲", "乙"}, {"A"})), "question.stem");
  EXPECT_EQ(refused(question("single", "题", {"甲"}, {"A"})), "question.options");
  EXPECT_EQ(refused(question("single", "题", {"甲", "甲"}, {"A"})), "question.options");
  EXPECT_EQ(refused(question("single", "题", {"甲", "乙"}, {"C"})), "question.accepted");
  EXPECT_EQ(refused(question("single", "题", {"甲", "乙"}, {"A", "B"})), "question.accepted");
  EXPECT_EQ(refused(question("multiple", "题", {"甲", "乙"}, {"A"})), "question.accepted");
  EXPECT_EQ(refused(question("judge", "题", {}, {"对"})), "question.accepted");
  EXPECT_EQ(refused(question("number", "题", {}, {"七十"})), "question.accepted");
  EXPECT_EQ(refused(question("open", "题", {}, {"甲"})), "question.accepted");
  EXPECT_EQ(refused(question("judge", "题", {"甲", "乙"}, {"true"})), "question.options");
  EXPECT_EQ(refused(question("judge", "题", {}, {"true"}, 10'001)), "question.points");
  QuestionAsk ask = question("judge", "题", {}, {"true"});
  ask.topic = 999;
  EXPECT_EQ(refused(ask), "question.topic");
  EXPECT_EQ(refused(question("open", "题", {}, {})), "ok");
}

TEST_P(Exams, NobodyChecksHisOwnQuestionAndAChangeAsksAgain) {
  auto q = keep_question(store(), question("judge", "可以代签", {}, {"false"}), by("hr"));
  ASSERT_TRUE(q.ok());
  const int64_t id = q->record.id;
  EXPECT_EQ(step_question(store(), id, 1, "check", "", by("hr")).error().code, "question.self");
  EXPECT_EQ(step_question(store(), id, 1, "return", "", by("li")).error().code, "question.why");
  EXPECT_EQ(draw_paper(store(), {"E1", "HQ", "卷", "s", {{topic_, 0, "", 1, 0}}}, by("hr")).error().code,
            "paper.part")
      << "what nobody checked is not drawn";
  ASSERT_TRUE(step_question(store(), id, 1, "check", "", by("li")).ok());
  QuestionAsk again = question("judge", "可以代客户签字", {}, {"false"});
  again.id = id, again.version = 2;
  EXPECT_EQ(keep_question(store(), again, by("li"))->record.state, "draft");
  EXPECT_EQ(step_question(store(), id, 3, "check", "", by("li")).error().code, "question.self")
      << "changed it last";
}

// TRN-308
TEST_P(Exams, PointsAreExact) {
  const auto single = question("single", "题", {"甲", "乙"}, {"B"}, 333);
  EXPECT_EQ(worth(single, JsonArray{"B"}), 333);
  EXPECT_EQ(worth(single, JsonArray{"A"}), 0);
  EXPECT_EQ(worth(single, Json()), 0);
  const auto several = question("multiple", "题", {"甲", "乙", "丙"}, {"A", "B"}, 333);
  EXPECT_EQ(worth(several, JsonArray({"A", "B"})), 333);
  EXPECT_EQ(worth(several, JsonArray{"A"}), 166) << "half, rounded down to the hundredth";
  EXPECT_EQ(worth(several, JsonArray({"A", "C"})), 0);
  auto number = question("number", "题", {}, {"0.5"}, 100);
  EXPECT_EQ(worth(number, "0.50"), 100);
  EXPECT_EQ(worth(number, "０.５"), 100) << "wide figures";
  EXPECT_EQ(worth(number, "0.51"), 0);
  number.body.tolerance = *Decimal::parse("0.01");
  EXPECT_EQ(worth(number, "0.51"), 100);
  EXPECT_EQ(worth(number, "0.511"), 0);
  const auto text = question("text", "题", {}, {"CIF", "客户信息文件"}, 100);
  EXPECT_EQ(worth(text, " cif "), 100);
  EXPECT_EQ(worth(text, "ＣＩＦ"), 100);
  EXPECT_EQ(worth(text, "CIE"), 0);
  EXPECT_FALSE(auto_points(question("open", "题", {}, {}).body, "写了", 100, rules()));
}

TEST_P(Exams, TheSameSeedDrawsTheSamePaper) {
  five_questions();
  auto ids = [](const Paper& paper) {
    std::vector<int64_t> out;
    for (const auto& one : paper.questions) out.push_back(one.id);
    return out;
  };
  const Paper one = kept_paper(3), two = kept_paper(3), other = kept_paper(3, "另一个");
  EXPECT_EQ(ids(one), ids(two));
  EXPECT_EQ(one.digest, two.digest);
  EXPECT_NE(ids(one), ids(other));
  EXPECT_EQ(one.most(), 3000);
  PaperAsk ask{"E1", "HQ", "卷", "s", {{topic_, 0, "", 4, 0}, {topic_, 0, "", 2, 0}}};
  EXPECT_EQ(draw_paper(store(), ask, by("hr")).error().code, "paper.part") << "no question twice";
  ask.seed.clear();
  EXPECT_EQ(draw_paper(store(), ask, by("hr")).error().code, "paper.seed");
  auto drawn = draw_paper(store(), {"E1", "HQ", "卷", "s", {{topic_, 0, "judge", 1, 250}}}, by("hr"));
  EXPECT_EQ(drawn->most(), 250);
  EXPECT_EQ(check_paper(store(), drawn->record.id, 1, by("hr")).error().code, "paper.self");
  ExamAsk exam = exam_ask(*drawn);
  EXPECT_EQ(call_exam(store(), rules(), exam, by("hr")).error().code, "exam.paper") << "not checked";
}

TEST_P(Exams, EachCandidateSeesItsOwnOrderAndMeansTheSameOption) {
  five_questions();
  const Paper paper = kept_paper();
  const auto mine = shown_order(paper, "s|1|M1|1"), yours = shown_order(paper, "s|1|M2|1");
  auto places = [](const std::vector<ShownQuestion>& of) {
    std::vector<size_t> out;
    for (const auto& one : of) out.push_back(one.place);
    return out;
  };
  EXPECT_EQ(places(mine), places(shown_order(paper, "s|1|M1|1")));
  EXPECT_NE(places(mine), places(yours));
  for (const auto& shown : mine) {
    const PaperQuestion& q = paper.questions[shown.place];
    if (q.body.type != "multiple") continue;
    for (char letter = 'A'; letter < 'D'; ++letter) {
      const Json said = JsonArray{std::string(1, letter)};
      const auto kept = to_paper(shown, q, said);
      ASSERT_TRUE(kept);
      EXPECT_EQ((*kept->as_array())[0].as_string()->at(0) - 'A',
                static_cast<int>(shown.options[static_cast<size_t>(letter - 'A')]));
      EXPECT_EQ(to_shown(shown, q, *kept).dump(), said.dump());
    }
    EXPECT_FALSE(to_paper(shown, q, JsonArray{"D"}));
  }
}

TEST_P(Exams, TheClockOfTheServerEndsIt) {
  five_questions();
  const Paper paper = kept_paper();
  const Exam exam = kept_exam(paper);
  const int64_t id = exam.record.id;
  auto start = [&](const char* who, const ExamClock& when) {
    auto made = sit(store(), rules(), id, who, when, by(who));
    return made.ok() ? std::string("ok") : made.error().code;
  };
  EXPECT_EQ(start("M9", clock(0)), "exam.candidate");
  EXPECT_EQ(start("M1", {at(0), *base::Instant::parse("2026-01-12T00:59:59Z"), day("2026-01-12")}), "exam.early");
  EXPECT_EQ(start("M1", {at(0), *base::Instant::parse("2026-01-14T09:00:00Z"), day("2026-01-14")}), "exam.late");
  const Sitting s = sit(store(), rules(), id, "M1", clock(0), by("m1")).value();
  EXPECT_EQ(s.ends, at(60));
  EXPECT_EQ(sit(store(), rules(), id, "M1", clock(30), by("m1"))->id, s.id) << "goes on where it was";
  EXPECT_EQ(keep_answer(store(), paper, s.id, 99, "x", at(1)).error().code, "sitting.place");
  for (size_t i = 0; i < paper.questions.size(); ++i) {
    if (paper.questions[i].body.type == "single") {
      EXPECT_EQ(
          keep_answer(store(), paper, s.id, static_cast<int64_t>(i), JsonArray({"A", "B"}), at(1)).error().code,
          "sitting.answer");
    }
  }
  answer_all(paper, s.id, true, 59);
  EXPECT_EQ(keep_answer(store(), paper, s.id, 0, Json(), at(60)).error().code, "sitting.late");
  EXPECT_EQ(hand_in_expired(store(), rules(), at(60), by("system")), 1);
  const Sitting over = sitting(store(), s.id).value();
  EXPECT_EQ(over.handed_how, "time");
  EXPECT_EQ(over.handed, at(60));
  EXPECT_EQ(over.points, 5000);
  EXPECT_TRUE(over.passed);
  EXPECT_EQ(start("M1", clock(70)), "exam.done");
  // Begun shortly before the end of the period: no longer than that.
  const ExamClock late{at(0), *base::Instant::parse("2026-01-14T08:50:00Z"), day("2026-01-14")};
  EXPECT_EQ(sit(store(), rules(), id, "M2", late, by("m2"))->ends, at(10));
}

// QAL-316
TEST_P(Exams, SeventyPassesTheExamOfQualification) {
  for (int i = 0; i < 10; ++i)
    checked(question("judge", ("判断 " + std::to_string(i)).c_str(), {}, {"true"}, 1000));
  const Paper paper = kept_paper(10);
  const Exam exam = kept_exam(paper, "任职资格考试");
  auto take = [&](const char* who, size_t right) {
    const Sitting s = sit(store(), rules(), exam.record.id, who, clock(0), by(who)).value();
    for (size_t i = 0; i < right; ++i)
      EXPECT_TRUE(keep_answer(store(), paper, s.id, static_cast<int64_t>(i), "true", at(1)).ok());
    return hand_in(store(), rules(), s.id, "self", at(2), by(who)).value();
  };
  EXPECT_FALSE(take("M1", 6).passed);
  EXPECT_TRUE(take("M2", 7).passed) << "seventy and more";
  EXPECT_EQ(hand_in(store(), rules(), 1, "self", at(3), by("M1")).error().code, "sitting.late");
  const Sitting again = sit(store(), rules(), exam.record.id, "M1", clock(5), by("m1")).value();
  EXPECT_EQ(again.attempt, 2);
  EXPECT_TRUE(hand_in(store(), rules(), again.id, "self", at(6), by("m1")).ok());
  EXPECT_EQ(sit(store(), rules(), exam.record.id, "M1", clock(7), by("m1")).error().code, "exam.tries");
}

// QAL-312 QAL-313 QAL-318 TRN-303
TEST_P(Exams, ReleasedResultsAreRecordedOfThePeople) {
  five_questions();
  checked(question("open", "怎样拒绝不合规的要求", {}, {}, 2000));
  const Paper paper = kept_paper(6);
  const Exam exam = kept_exam(paper);
  const int64_t id = exam.record.id;
  const Sitting good = sit(store(), rules(), id, "M1", clock(0), by("m1")).value();
  answer_all(paper, good.id, true, 1);
  ASSERT_EQ(hand_in(store(), rules(), good.id, "self", at(2), by("m1"))->state, "handed");
  const Sitting bad = sit(store(), rules(), id, "M2", clock(0), by("m2")).value();
  ASSERT_TRUE(hand_in(store(), rules(), bad.id, "self", at(2), by("m2")).ok());
  EXPECT_EQ(sitting(store(), bad.id)->state, "marked") << "what was not answered needs no marker";
  auto release = [&](const char* who, const char* when) {
    auto done = release_exam(store(), rules(), id, 1, {*base::Instant::parse(when), day("2026-01-14")},
                             people(who), by(who));
    return done.ok() ? std::string("ok") : done.error().code;
  };
  const char* after = "2026-01-14T09:00:00Z";
  EXPECT_EQ(release("boss", "2026-01-14T08:59:59Z"), "exam.open");
  EXPECT_EQ(release("hr", after), "exam.self");
  EXPECT_EQ(release("boss", after), "exam.unmarked");
  int64_t open = 0;
  for (size_t i = 0; i < paper.questions.size(); ++i)
    if (paper.questions[i].body.type == "open") open = static_cast<int64_t>(i);
  auto mark = [&](Hundredths points, const char* remark, const char* person) {
    auto done = mark_answer(store(), good.id, open, points, remark, person, by("li"));
    return done.ok() ? std::string("ok") : done.error().code;
  };
  EXPECT_EQ(mark(1000, "", "M1"), "mark.self");
  EXPECT_EQ(mark(2001, "", "T1"), "mark.points");
  EXPECT_EQ(mark(1950, "", "T1"), "ok");
  EXPECT_EQ(mark(1900, "", "T1"), "mark.remark") << "a changed mark has its reason";
  EXPECT_EQ(mark_answer(store(), good.id, open == 0 ? 1 : 0, 100, "", "T1", by("li")).error().code, "mark.place");
  ASSERT_EQ(release("boss", after), "ok");
  EXPECT_EQ(release("boss", after), "exam.state");
  EXPECT_EQ(mark(1900, "再看", "T1"), "sitting.state");
  std::map<std::string, std::string> facts;
  for (const auto& fact : appraisal::people_facts(store(), {.of = "staff"}))
    facts[fact.subject + " " + fact.name] = fact.value.dump();
  EXPECT_EQ(facts["M1 培训考试成绩"], "99.29") << "69.5 of 70";
  EXPECT_EQ(facts["M1 培训考试合格"], "true");
  EXPECT_EQ(facts["M1 上岗考试结果"], "\"合格\"");
  EXPECT_EQ(facts["M1 持有上岗证"], "true");
  EXPECT_EQ(facts["M1 最近认定日期"], "\"2026-01-12\"");
  EXPECT_EQ(facts["M2 培训考试合格"], "false");
  EXPECT_EQ(facts.count("M2 持有上岗证"), 0u);
  EXPECT_EQ(facts.count("M3 培训考试合格"), 0u) << "who did not sit has no result";
  const auto given = certificates_of(store(), "M1");
  ASSERT_EQ(given.size(), 1u);
  EXPECT_EQ(given[0].number, "KS2026-000001");
  EXPECT_EQ(given[0].to, day("2027-01-11"));
  EXPECT_EQ(withdraw_certificate(store(), given[0].number, "", "X", people("boss")).error().code,
            "certificate.why");
  EXPECT_EQ(withdraw_certificate(store(), given[0].number, "x", "M1", people("boss")).error().code,
            "certificate.self");
  ASSERT_TRUE(withdraw_certificate(store(), given[0].number, "替考", "X", people("boss")).ok());
  EXPECT_TRUE(appraisal::people_facts(store(), {.of = "staff", .subject = "M1"}).empty());
}

TEST_P(Exams, ResultsNeedNotWaitForTheEndWhenNobodyCanSitAnyMore) {
  five_questions();
  const Paper paper = kept_paper();
  const Exam exam = call_exam(store(), rules(), exam_ask(paper, "季度培训考试"), by("hr")).value();
  const int64_t id = exam.record.id;
  ASSERT_TRUE(call_candidates(store(), id, {"M1", "M2"}, by("hr")).ok());
  const auto take = [&](const char* who) {
    const Sitting s = sit(store(), rules(), id, who, clock(0), by(who)).value();
    return hand_in(store(), rules(), s.id, "self", at(1), by(who)).ok();
  };
  const auto release = [&] {
    auto done = release_exam(store(), rules(), id, 1, {at(2), day("2026-01-12")}, people("boss"), by("boss"));
    return done.ok() ? std::string("ok") : done.error().code;
  };
  ASSERT_TRUE(take("M1"));
  EXPECT_EQ(release(), "exam.open") << "M2 may still sit";
  ASSERT_TRUE(take("M2"));
  EXPECT_EQ(release(), "ok");
}

TEST_P(Exams, FiguresOfQuestionsTellEasyFromTelling) {
  checked(question("judge", "都会", {}, {"true"}, 1000));
  checked(question("judge", "分得出", {}, {"true"}, 1000));
  const Paper paper = kept_paper(2);
  const Exam exam = kept_exam(paper);
  const size_t telling = paper.questions[0].body.stem == "分得出" ? 0 : 1;
  int64_t minute = 0;
  for (const char* who : {"M1", "M2", "M3"}) {
    const Sitting s = sit(store(), rules(), exam.record.id, who, clock(++minute), by(who)).value();
    EXPECT_TRUE(keep_answer(store(), paper, s.id, static_cast<int64_t>(1 - telling), "true", at(minute)).ok());
    if (std::string(who) == "M1") {
      EXPECT_TRUE(keep_answer(store(), paper, s.id, static_cast<int64_t>(telling), "true", at(minute)).ok());
    }
    EXPECT_TRUE(hand_in(store(), rules(), s.id, "self", at(minute + 1), by(who)).ok());
  }
  const auto figures = question_figures(store(), paper, sittings(store(), exam.record.id));
  EXPECT_EQ(figures[1 - telling].ease, Decimal(1));
  EXPECT_EQ(figures[1 - telling].discriminates, Decimal(0));
  EXPECT_EQ(figures[telling].ease, Decimal::parse("0.333"));
  EXPECT_EQ(figures[telling].discriminates, Decimal(1));
  EXPECT_EQ(figures[telling].full, 1);
}

INSTANTIATE_TEST_SUITE_P(Engines, Exams, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& about) {
                           return about.param == store::Engine::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace guanhu::workbench
