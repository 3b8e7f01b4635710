// Training and exams over HTTP, through to what other parts of the bank make of them.
#include "api/spreadsheet.h"
#include "bank.h"
#include "contract.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

class TrainingWork : public ::testing::Test {
 protected:
  void expect_shape(const char* method, const char* path, const Reply& r) {
    static const Contract contract(Json::parse(openapi(endpoints(), named_schemas()).dump()).value());
    for (const auto& fault : contract.faults(method, path, r.status, r.header("content-type"), r.body))
      ADD_FAILURE() << method << " " << path << ": " << fault << "\n" << r.text.substr(0, 600);
  }
  static std::string done(const Reply& r, int status = 200) {
    EXPECT_EQ(r.status, status) << r.text;
    return r.at("id");
  }
  static int64_t number(const std::string& text) { return text.empty() ? 0 : std::stoll(text); }

  // A topic of its own for each test, so that papers draw only what the test wrote.
  int64_t topic(const std::string& title) {
    return number(done(hr.post("/training-topics", JsonObject{{"title", title}, {"parent", 0}})));
  }
  Json judge(int64_t topic, const std::string& stem, const char* points) {
    return JsonObject{{"topic", topic},  {"type", "judge"}, {"stem", stem}, {"accepted", JsonArray{"true"}},
                      {"difficulty", 1}, {"points", points}};
  }

  TestBank& bank = TestBank::get();
  Browser &hr = bank.as(Role::hr), &business = bank.as(Role::business), &manager = bank.as(Role::manager);
  const std::string me = bank.staff(Role::manager), today = hr.get("/training-words").at("today");
};

// ---------------------------------------------------------------------------- from an exam to a grade

class ExamToGrade : public TrainingWork {
 protected:
  // Ninety-nine points are not round: 59, 1 and 40 make one of each side of the pass mark of sixty.
  void call_exam(const std::string& title) {
    const int64_t of = topic(title);
    for (const char* points : {"59", "1", "40"}) {
      Reply q = hr.post("/exam-questions", judge(of, title + points, points));
      done(business.post("/exam-questions/" + done(q) + "/steps",
                         JsonObject{{"version", number(q.at("version"))}, {"what", "check"}}));
    }
    Reply paper = hr.post(
        "/exam-papers",
        JsonObject{{"title", title}, {"seed", title}, {"parts", JsonArray{JsonObject{{"topic", of}, {"n", 3}}}}});
    done(business.post("/exam-papers/" + done(paper) + "/check",
                       JsonObject{{"version", number(paper.at("version"))}}));
    exam = done(hr.post("/exams", JsonObject{{"title", title},
                                             {"paper", number(paper.at("id"))},
                                             {"exam_kind", "上岗培训考试"},
                                             {"day", today},
                                             {"until", today},
                                             {"opens", "00:00"},
                                             {"closes", "24:00"},
                                             {"minutes", 30}}));
    Reply called = hr.post("/exams/" + exam + "/candidates", JsonObject{{"people", JsonArray{me, other}}});
    done(called), version = number(called.at("version"));
  }
  // Answers what is worth one of `points` right, the rest not at all.
  void sit(Browser& who, const std::vector<std::string>& points) {
    Reply sitting = who.post("/exams/" + exam + "/sit", JsonObject{});
    const std::string id = done(sitting);
    for (const Json& q : *sitting.body.find("questions")->as_array()) {
      const std::string worth = *q.find("points")->as_string();
      if (std::find(points.begin(), points.end(), worth) == points.end()) continue;
      const std::string place = q.find("place")->dump();
      EXPECT_EQ(who.send("PUT", "/exam-sittings/" + id + "/answers/" + place, R"({"answer": "true"})").status,
                200);
    }
    EXPECT_EQ(who.post("/exam-sittings/" + id + "/hand-in", JsonObject{}).status, 200);
  }
  // What the proposals worked out on the day say of somebody: "state change because of".
  std::string proposed(const std::string& staff, const std::string& on) {
    Reply batch = business.post("/grade-proposals/compute",
                                JsonObject{{"pack", "province-rcc-credit-rm"}, {"run", run()}, {"on", on}});
    EXPECT_EQ(batch.status, 200) << batch.text;
    Reply list = business.get("/grade-proposals?batch=" + batch.at("batch") + "&staff=" + staff);
    std::string out = list.at("items.0.state") + " " + list.at("items.0.change");
    const Json* why = list.body.find("items")->as_array()->at(0).find("result");
    why = why ? why->find("依据") : nullptr;
    if (why && why->as_array())
      for (const Json& one : *why->as_array()) out += " " + *one.as_string();
    return out;
  }
  int64_t run() {
    static const int64_t made = [this] {
      Reply job = business.post("/runs", JsonObject{{"scheme", "sample/经营业绩"}, {"period", "2025-12"}});
      return number(finished(business, job.at("id")).at("result.run"));
    }();
    return made;
  }
  std::string other_manager() {
    for (const auto& [id, position] : bank.facts->staff_position)
      if (position == "manager" && id != me) return id;
    return "";
  }

  const std::string other = other_manager();
  std::string exam;
  int64_t version = 0;
};

// QAL-312 QAL-318 QAL-321 QAL-322 TRN-303
TEST_F(ExamToGrade, OnlyWhoPassedIsProposedAndOnlyWhileTheCertificateHolds) {
  Browser second = bank.browser();
  ASSERT_EQ(second.log_in("exam-second", bank.add_login("exam-second", other, {Role::manager}), "good-evening-8!")
                .status,
            200);
  EXPECT_EQ(proposed(me, today), "listed 不变 没有上岗考试的成绩，没有上岗证") << "the exam is what is missing";
  call_exam("上岗到等级");
  sit(manager, {"59", "1"});
  EXPECT_EQ(proposed(me, today), "listed 不变 没有上岗考试的成绩，没有上岗证") << "not before the release";
  const Json release = JsonObject{{"version", version}, {"what", "release"}};
  EXPECT_EQ(business.post("/exams/" + exam + "/steps", release).code(), "exam.open") << "somebody may still sit";
  sit(second, {"59"});
  EXPECT_EQ(business.post("/exams/" + exam + "/steps", release).code(), "exam.open") << "once more he may";
  sit(second, {"40"});
  EXPECT_EQ(second.post("/exams/" + exam + "/sit", JsonObject{}).code(), "exam.tries");
  EXPECT_EQ(hr.post("/exams/" + exam + "/steps", release).code(), "exam.self") << "who called it";
  done(business.post("/exams/" + exam + "/steps", release));

  // One point below the mark.
  EXPECT_EQ(proposed(other, today), "listed 不变 上岗考试不合格，没有上岗证");
  EXPECT_EQ(second.get("/training-records/" + other).at("certificates.0.number"), "");
  // On the mark: the register that decisions on grades read has it, and the next proposal moves.
  Reply record = manager.get("/training-records/" + me);
  expect_shape("GET", "/training-records/{staff}", record);
  const std::string certificate = record.at("certificates.0.number");
  EXPECT_EQ(record.at("certificates.0.points"), "60") << record.text;
  Reply file = business.get("/grades/" + me + "?pack=province-rcc-credit-rm");
  EXPECT_NE(file.text.find(certificate), std::string::npos) << "among the qualifications beside the grade";
  EXPECT_EQ(proposed(me, today), "proposed 认定 上岗证在认定期里");

  // Its last day, and the day after it.
  const std::string last = record.at("certificates.0.to");
  EXPECT_EQ(proposed(me, last), "proposed 认定 上岗证在认定期里");
  EXPECT_EQ(proposed(me, (*base::Date::parse(last) + 1).str()), "listed 不变 上岗证到期，没有再认定，不分配贷款");

  // Withdrawn, it is as if there had been none.
  const std::string path = "/exam-certificates/" + certificate + "/withdraw";
  EXPECT_EQ(manager.post(path, JsonObject{{"why", "x"}}).status, 403);
  done(business.post(path, JsonObject{{"why", "替考，查实"}}));
  EXPECT_EQ(proposed(me, today), "listed 不变 没有上岗考试的成绩，没有上岗证");
}

// ---------------------------------------------------------------------------- questions out of a table

class QuestionTables : public TrainingWork {
 protected:
  static constexpr const char* kHead = "主题,题型,难度,分值,题目,A,B,C,D,E,F,G,H,答案,误差,解析,制度,条款\r\n";

  Reply bring(const std::string& bytes, const char* write = "", Browser* who = nullptr) {
    return (who ? *who : hr)
        .send("POST", std::string("/exam-questions/import?name=bank.csv") + write, bytes, {},
              "application/octet-stream");
  }
  Reply csv(const std::string& rows, const char* write = "") { return bring(kHead + rows, write); }
  // The same rows as a workbook.
  static std::string workbook(const std::string& head, const std::string& rows) {
    WrittenSheet sheet{.name = "题目"};
    auto cells = [](const std::string& line) {
      SheetRow out;
      std::stringstream parts(line);
      for (std::string one; std::getline(parts, one, ',');) out.emplace_back(one);
      return out;
    };
    for (const Json& one : cells(head.substr(0, head.find('\r'))))
      sheet.columns.push_back({.title = *one.as_string()});
    std::stringstream lines(rows);
    for (std::string line; std::getline(lines, line);)
      sheet.rows.push_back(cells(line.substr(0, line.find('\r'))));
    return write_workbook({sheet});
  }
  size_t there() { return number(hr.get("/exam-questions?page_size=1").at("total")); }
  // "row column error" of each row that is wrong.
  static std::string wrong(const Reply& r) {
    std::string out;
    for (const Json& row : *r.body.find("rows")->as_array())
      if (row.find("error")->as_string())
        out += row.find("row")->dump() + " " + *row.find("column")->as_string() + " " +
               *row.find("error")->as_string() + "; ";
    return out;
  }
};

TEST_F(QuestionTables, AreRefusedAsAWholeWhenTheyAreNoTable) {
  EXPECT_EQ(bring(std::string(kHead) + "x", "", &manager).status, 403);
  EXPECT_EQ(manager.get("/exam-questions/template.csv").status, 403);
  EXPECT_EQ(manager.get("/exam-imports").status, 403);
  EXPECT_EQ(hr.get("/exam-questions/template.csv").text, "\xEF\xBB\xBF" + std::string(kHead));
  EXPECT_EQ(bring("PK no workbook").code(), "sheet.format");
  EXPECT_EQ(bring("\xEF\xBB\xBF").code(), "question.import");
  Reply lacks = bring("主题,题型,难度,分值,题目\r\n");
  EXPECT_EQ(lacks.code(), "question.import");
  EXPECT_NE(lacks.text.find("没有“答案”这一列"), std::string::npos) << lacks.text;
  Reply unknown = bring("主题,题型,难度,分值,题目,答案,备注\r\n");
  EXPECT_NE(unknown.text.find("不认得的列“备注”"), std::string::npos) << unknown.text;
  Reply twice = bring("主题,题型,难度,分值,题目,答案,答案\r\n");
  EXPECT_NE(twice.text.find("有两次"), std::string::npos) << twice.text;
  EXPECT_EQ(csv("", "&write=true").code(), "question.import") << "a head alone";
}

TEST_F(QuestionTables, SayOfEveryRowWhatWhereAndHow) {
  const std::string mine = "导入的题";
  topic(mine);
  topic("同名的主题"), topic("同名的主题");
  const std::string rows = mine + ",判断,易,1,表里的一道题,,,,,,,,,对\r\n" +  // 2: right
                           mine + ",判断,易,1,表里的一道题,,,,,,,,,错\r\n" +  // 3: twice
                           "没有的主题,判断,易,1,甲,,,,,,,,,对\r\n" +         // 4
                           "同名的主题,判断,易,1,乙,,,,,,,,,对\r\n" +         // 5
                           mine + ",选择,易,1,丙,,,,,,,,,对\r\n" +            // 6
                           mine + ",判断,很难,1,丁,,,,,,,,,对\r\n" +          // 7
                           mine + ",判断,易,一分,戊,,,,,,,,,对\r\n" +         // 8
                           mine + ",判断,易,0,己,,,,,,,,,对\r\n" +            // 9
                           mine + ",单选,易,1,庚,甲,,丙,,,,,,A\r\n" +         // 10
                           mine + ",单选,易,1,辛,甲,乙,,,,,,,C\r\n" +         // 11
                           mine + ",填数,易,1,壬,,,,,,,,,70,半分\r\n" +       // 12
                           mine + ",填数,易,100,癸,,,,,,,,,70,0.5\r\n";       // 13: right
  const size_t before = there();
  Reply said = csv(rows);
  ASSERT_EQ(said.status, 200) << said.text;
  expect_shape("POST", "/exam-questions/import", said);
  const std::string all = wrong(said);
  EXPECT_EQ(said.at("right"), "2") << all;
  EXPECT_EQ(said.at("wrong"), "10");
  for (const char* part : {"3 题目 和第 2 行是同一道题", "4 主题 没有启用的主题", "5 主题 有几个主题都叫",
                           "6 题型 ", "7 难度 难度不能是", "8 分值 分值“一分”不是数", "9 分值 分值在 0.01",
                           "10 A–H B 空着，C 却写了", "11 答案 答案不在选项里", "12 误差 误差“半分”不是数"})
    EXPECT_NE(all.find(part), std::string::npos) << part << " in " << all;
  Reply sheet = bring(workbook(kHead, rows));
  EXPECT_EQ(wrong(sheet), all) << "a workbook is read alike";
  EXPECT_EQ(csv(rows, "&write=true").code(), "question.import");
  EXPECT_EQ(there(), before) << "nothing is half written";
}

TEST_F(QuestionTables, AreWrittenWholeAndTakenBackWhileNobodyUsedThem) {
  const std::string mine = "导入又撤销";
  topic(mine);
  const std::string rows = mine + ",单选,中,2.5,\"逾期, 多少天\",30,60,90,,,,,,c,,看办法\r\n" + mine +
                           ",填空,难,1,英文缩写,,,,,,,,,CIF|客户号\r\n";
  const size_t before = there();
  Reply written = csv(rows, "&write=true");
  ASSERT_EQ(written.status, 200) << written.text;
  expect_shape("POST", "/exam-questions/import", written);
  EXPECT_EQ(there(), before + 2);
  const std::string import = written.at("import");
  EXPECT_EQ(wrong(csv(rows)).find("2 题目 题库里这个主题下已经有这道题"), 0u) << "a second time";
  Reply list = hr.get("/exam-imports");
  expect_shape("GET", "/exam-imports", list);
  EXPECT_EQ(list.at("items.0.file") + list.at("items.0.n") + list.at("items.0.may_undo"), "bank.csv2true");
  const std::string path = "/exam-imports/" + import + "/undo";
  EXPECT_EQ(manager.post(path, JsonObject{{"why", "x"}}).status, 403);
  EXPECT_EQ(hr.post("/exam-imports/999999/undo", JsonObject{{"why", "x"}}).status, 404);
  EXPECT_EQ(hr.post(path, JsonObject{{"why", ""}}).code(), "import.why");
  Reply undone = hr.post(path, JsonObject{{"why", "取错了文件"}});
  ASSERT_EQ(undone.status, 200) << undone.text;
  expect_shape("POST", "/exam-imports/{id}/undo", undone);
  EXPECT_EQ(there(), before) << "all of them are gone";
  EXPECT_EQ(hr.post(path, JsonObject{{"why", "再来"}}).code(), "import.undone");

  // Once somebody has checked one of them, the import stands.
  Reply again =
      bring(workbook(kHead, mine + ",判断,易,1,第一道,,,,,,,,,对\n" + mine + ",判断,易,1,第二道,,,,,,,,,错\n"),
            "&write=true");
  ASSERT_EQ(again.status, 200) << again.text;
  Reply drafts = hr.get("/exam-questions?state=draft&q=%E7%AC%AC%E4%B8%80%E9%81%93");  // 第一道
  ASSERT_EQ(drafts.at("items.0.stem"), "第一道") << drafts.text;
  done(business.post("/exam-questions/" + drafts.at("items.0.id") + "/steps",
                     JsonObject{{"version", 1}, {"what", "check"}}));
  Reply refused = hr.post("/exam-imports/" + again.at("import") + "/undo", JsonObject{{"why", "取错了文件"}});
  EXPECT_EQ(refused.code(), "import.used") << refused.text;
  EXPECT_EQ(there(), before + 2) << "nor is the other one taken";
  EXPECT_EQ(bank.as(Role::auditor).get("/audit?action=exam.question.unimport").at("total"), "4")
      << "out of use, then out of the list, of each of the two";
}

// ---------------------------------------------------------------------------- lists of a department

class TrainingLists : public TrainingWork {};

// TRN-303 QAL-308
TEST_F(TrainingLists, CandidatesHoldWhatIsValidTodayAndAreNoManagers) {
  const std::string risk = bank.staff(Role::risk_manager);
  auto fact = [&](const std::string& staff, const char* name, const char* number, const Json& to) {
    JsonObject one{{"of", "staff"},   {"subject", staff},     {"kind", "certificate"}, {"name", name},
                   {"value", number}, {"from", "2020-01-01"}, {"document", "人字3号"}};
    if (!to.is_null()) one.emplace_back("to", to);
    EXPECT_EQ(hr.post("/people-facts", JsonObject{{"facts", JsonArray{std::move(one)}}}).status, 200);
  };
  auto listed = [&](const std::string& staff) {
    Reply list = hr.get("/training-candidates?page_size=500");
    expect_shape("GET", "/training-candidates", list);
    std::string out;
    for (const Json& one : *list.body.find("items")->as_array())
      if (*one.find("staff")->as_string() == staff)
        for (const Json& held : *one.find("held")->as_array())
          out += *held.find("name")->as_string() + " " + *held.find("number")->as_string() + " " +
                 held.find("to")->dump() + (held.find("ends")->dump() == "true" ? " ends; " : "; ");
    return out;
  };
  const auto now = *base::Date::parse(today);
  fact(risk, "基金从业资格", "F-1", (now - 1).str());
  EXPECT_EQ(listed(risk), "") << "it ended yesterday";
  fact(risk, "代理保险资格", "B-7", today);
  EXPECT_EQ(listed(risk), "代理保险资格 B-7 \"" + today + "\" ends; ") << "it holds today still";
  fact(risk, "金融理财师", "A-2", Json());
  EXPECT_EQ(listed(risk), "代理保险资格 B-7 \"" + today + "\" ends; 金融理财师 A-2 null; ");
  fact(me, "金融理财师", "A-3", Json());
  EXPECT_EQ(listed(me), "") << "is a manager already";
  EXPECT_EQ(manager.get("/training-candidates").at("total"), "0") << "nobody else is in one's own reach";
}

// TRN-302
TEST_F(TrainingLists, GapsComeFromWhatIsRecordedAndNameTheCoursesThatCloseThem) {
  auto gaps = [&] {
    Reply record = manager.get("/training-records/" + me);
    expect_shape("GET", "/training-records/{staff}", record);
    std::string out;
    for (const Json& one : *record.body.find("gaps")->as_array()) {
      out += *one.find("kind")->as_string() + " " + *one.find("what")->as_string();
      for (const Json& course : *one.find("courses")->as_array())
        out += " → " + *course.find("title")->as_string();
      out += "; ";
    }
    return out;
  };
  EXPECT_NE(gaps().find("unified 新规定; "), std::string::npos) << gaps();
  const int64_t of = topic("短处的主题");
  auto course = [&](const char* title, JsonArray contents, JsonArray groups) {
    done(hr.post("/training-courses", JsonObject{{"title", title},
                                                 {"topic", of},
                                                 {"class", "其他"},
                                                 {"mode", "自学"},
                                                 {"hours", "1"},
                                                 {"contents", std::move(contents)},
                                                 {"groups", std::move(groups)}}));
  };
  course("只给柜员的新规定", {"新规定"}, {"teller"});
  EXPECT_NE(gaps().find("unified 新规定; "), std::string::npos) << "a course for others closes nothing";
  course("都学的新规定", {"新规定"}, {});
  EXPECT_NE(gaps().find("unified 新规定 → 都学的新规定; "), std::string::npos) << gaps();
}

// TRN-003
TEST_F(TrainingLists, TheListOfAYearHoldsWhatWasPlannedAgainstWhatWasHeld) {
  const auto now = *base::Date::parse(today);
  const std::string year = today.substr(0, 4), month = today.substr(0, 7), first = year + "-01";
  auto line = [&](const std::string& of, const char* title) {
    return JsonObject{{"month", of}, {"title", title}, {"people", 5}, {"place", "各支行现场"}};
  };
  Reply plan = hr.post("/training-plans",
                       JsonObject{{"title", "信贷培训清单"},
                                  {"period", year},
                                  {"lines", JsonArray{line(first, "早该办的"), line(month, "这个月的")}}});
  const std::string id = done(plan);
  plan = hr.post("/training-plans/" + id + "/steps", JsonObject{{"version", 1}, {"what", "submit"}});
  EXPECT_EQ(hr.get("/training-year.html?year=" + year).text.find("早该办的"), std::string::npos)
      << "what nobody agreed to is on no list";
  plan = business.post("/training-plans/" + id + "/steps",
                       JsonObject{{"version", number(plan.at("version"))}, {"what", "approve"}});
  done(plan);
  EXPECT_EQ(plan.at("lines.0.standing"), now.month() == 1 ? "未到期" : "逾期未办");
  EXPECT_EQ(plan.at("lines.1.standing"), "未到期") << "its month is not over";
  const std::string course = done(hr.post("/training-courses", JsonObject{{"title", "清单的课"},
                                                                          {"topic", topic("清单的主题")},
                                                                          {"class", "其他"},
                                                                          {"mode", "集中授课"},
                                                                          {"hours", "1"}}));
  const std::string session =
      done(hr.post("/training-sessions", JsonObject{{"title", "清单的一场"},
                                                    {"course", number(course)},
                                                    {"plan", number(id)},
                                                    {"line", number(plan.at("lines.0.id"))},
                                                    {"lecturer", "省联社 周老师"},
                                                    {"day", today},
                                                    {"from", "09:00"},
                                                    {"to", "10:00"},
                                                    {"hours", "1"}}));
  done(hr.post("/training-sessions/" + session + "/places", JsonObject{{"people", JsonArray{me}}}));
  Reply noted =
      hr.post("/training-sessions/" + session + "/attendance",
              JsonObject{{"rows", JsonArray{JsonObject{{"staff", me}, {"state", "present"}, {"reason", ""}}}}});
  EXPECT_EQ(noted.status, 200) << noted.text;
  plan = hr.get("/training-plans/" + id);
  expect_shape("GET", "/training-plans/{id}", plan);
  EXPECT_EQ(plan.at("lines.0.standing"), "已办");
  const std::string list = hr.get("/training-year.html?year=" + year).text;
  EXPECT_NE(list.find("各支行现场"), std::string::npos);
  EXPECT_NE(list.find("-4"), std::string::npos) << "one came of five";
  EXPECT_EQ(hr.get("/training-year.html?year=26").status, 422);
  EXPECT_EQ(hr.get("/training-year.xlsx?year=" + year).text.substr(0, 2), "PK");
}

}  // namespace
}  // namespace guanhu::api::testing
