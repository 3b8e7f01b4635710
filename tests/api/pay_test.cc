// Grades, pay and deposits over HTTP: who may what, who sees whose, from an appraisal to the ledger and the file.
#include "api/spreadsheet.h"
#include "appraisal/life.h"
#include "attribution/handover.h"
#include "people/doing.h"
#include "records/records.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

std::string text_of(const Json& of, const char* member) {
  const Json* value = of.find(member);
  return value && value->as_string() ? *value->as_string() : value ? value->dump() : "";
}

Json fact(const std::string& of, const std::string& subject, const char* name, const char* value) {
  return JsonObject{{"of", of},
                    {"subject", subject},
                    {"kind", "pay"},
                    {"name", name},
                    {"value", Json::parse(value).value()},
                    {"from", "2025-01-01"},
                    {"document", "人字1号"}};
}

// A published appraisal of the sample bank, made once.
std::string published_run() {
  static const std::string run = [] {
    TestBank& bank = TestBank::get();
    Browser& business = bank.as(Role::business);
    Reply job = business.post("/runs", JsonObject{{"scheme", "sample/经营业绩"}, {"period", "2025-12"}});
    const std::string id = finished(business, job.at("id")).at("result.run");
    auto session = bank.bank->folder().open_store();
    const base::Date day = *base::Date::parse("2026-01-10");
    auto done = appraisal::publish(*session, {std::stoll(id), "business", bank.clock.now(), day, day, "test"},
                                   {"executive", bank.clock.now(), "公布"});
    if (!done.ok() && done.error().code != "life.state") throw base::Broken(done.error().text());
    return id;
  }();
  return run;
}

void record_pay_facts() {
  static const bool once = [] {
    Reply reply = TestBank::get().as(Role::hr).post(
        "/people-facts",
        JsonObject{
            {"pack", "sample-pay"},
            {"facts", JsonArray{fact("bank", "", "基本生活保障", "1500"), fact("bank", "", "岗位薪酬基数", "3000"),
                                fact("bank", "", "岗位系数表", R"({"一级": 1.5, "二级": 1.2, "三级": 1})"),
                                fact("bank", "", "补助表", R"({"一级": 800, "二级": 500, "三级": 300})"),
                                fact("bank", "", "奖金池总额", "10000")}}});
    EXPECT_EQ(reply.status, 200) << reply.text;
    return true;
  }();
  (void)once;
}

std::string other_manager() {
  TestBank& bank = TestBank::get();
  for (const auto& [id, position] : bank.facts->staff_position)
    if (position == "manager" && id != bank.staff(Role::manager)) return id;
  return "";
}

TEST(PeopleFacts, AreRecordedByHumanResourcesAndFitTheRules) {
  TestBank& bank = TestBank::get();
  Browser& hr = bank.as(Role::hr);
  auto post = [&](const Json& one) {
    return hr.post("/people-facts", JsonObject{{"pack", "sample-pay"}, {"facts", JsonArray{one}}});
  };
  EXPECT_EQ(bank.as(Role::business).post("/people-facts", JsonObject{}).status, 403);
  EXPECT_EQ(post(fact("bank", "", "没有的名字", "1")).code(), "fact.name.unknown");
  EXPECT_EQ(post(fact("bank", "", "基本生活保障", "-1")).code(), "fact.value");
  EXPECT_EQ(post(fact("staff", "S99999", "绩效系数", "1")).code(), "fact.subject");
  const std::string mine = bank.staff(Role::manager), other = other_manager();
  ASSERT_EQ(post(fact("staff", mine, "考核扣款额", "0")).status, 200);
  ASSERT_EQ(post(fact("staff", other, "考核扣款额", "0")).status, 200);
  Reply seen = bank.as(Role::manager).get("/people-facts?of=staff");
  ASSERT_EQ(seen.status, 200);
  EXPECT_EQ(seen.text.find(other), seen.text.npos) << "somebody else's";
  EXPECT_NE(seen.text.find(mine), seen.text.npos);
}

TEST(Grades, AreProposedDecidedAndShownToWhomTheyConcern) {
  TestBank& bank = TestBank::get();
  Browser &business = bank.as(Role::business), &hr = bank.as(Role::hr), &manager = bank.as(Role::manager);
  const std::string run = published_run(), mine = bank.staff(Role::manager);
  const Json ask =
      JsonObject{{"pack", "sample-pay"}, {"run", static_cast<int64_t>(std::stoll(run))}, {"on", "2026-01-15"}};
  EXPECT_EQ(manager.post("/grade-proposals/compute", ask).status, 403);
  EXPECT_EQ(business
                .post("/grade-proposals/compute", JsonObject{{"pack", "sample"},
                                                             {"run", static_cast<int64_t>(std::stoll(run))},
                                                             {"on", "2026-01-15"}})
                .code(),
            "grade.plan");
  Reply batch = business.post("/grade-proposals/compute", ask);
  ASSERT_EQ(batch.status, 200) << batch.text;
  Reply list = business.get("/grade-proposals?batch=" + batch.at("batch") + "&staff=" + mine);
  ASSERT_EQ(list.at("total"), "1") << list.text;
  const std::string id = list.at("items.0.id"), becomes = list.at("items.0.becomes");
  EXPECT_NE(list.at("items.0.cites.0.rule_id"), "");
  EXPECT_EQ(list.at("items.0.inputs.1.source.kind").empty(), false);
  const Json accept = JsonObject{{"accept", true}, {"reason", "评定小组通过"}, {"document", "人字9号"}};
  ASSERT_EQ(list.at("items.0.state"), "proposed") << list.text;
  EXPECT_EQ(business.post("/grade-proposals/" + id + "/decide", accept).code(), "grade.authority");
  EXPECT_EQ(hr.post("/grade-proposals/" + id + "/decide", JsonObject{{"accept", true}, {"reason", "x"}}).code(),
            "grade.document");
  Reply done = hr.post("/grade-proposals/" + id + "/decide", accept);
  ASSERT_EQ(done.status, 200) << done.text;
  EXPECT_EQ(hr.post("/grade-proposals/" + id + "/decide", accept).status, 409);
  Reply file = manager.get("/grades/" + mine + "?pack=sample-pay");
  ASSERT_EQ(file.status, 200) << file.text;
  EXPECT_EQ(file.at("history.0.grade"), becomes);
  EXPECT_EQ(file.at("history.0.document"), "人字9号");
  EXPECT_EQ(manager.get("/grades/" + other_manager() + "?pack=sample-pay").status, 404);
  EXPECT_EQ(manager.get("/grades?pack=sample-pay").at("total"), "1");
  EXPECT_EQ(manager.get("/grades/" + mine + "/authority?pack=sample-pay&amount=x").status, 400);
  EXPECT_EQ(manager.get("/grades/" + mine + "?pack=sample-pay").at("lends"), "true");
  Reply lends = manager.get("/grades/" + mine + "/authority?pack=sample-pay&amount=300000");
  EXPECT_EQ(lends.at("grade"), becomes) << lends.text;
  EXPECT_EQ(hr.post("/grade-proposals/" + id + "/appeal", JsonObject{{"reason", "x"}}).status, 403);
  Reply appeal = manager.post("/grade-proposals/" + id + "/appeal", JsonObject{{"reason", "总分算少了"}});
  ASSERT_EQ(appeal.status, 200) << appeal.text;
  EXPECT_EQ(hr.post("/grade-appeals/" + appeal.at("id") + "/decide", JsonObject{{"reason", "维持"}}).code(),
            "grade.self");
  EXPECT_EQ(bank.as(Role::executive)
                .post("/grade-appeals/" + appeal.at("id") + "/decide", JsonObject{{"reason", "维持"}})
                .at("state"),
            "rejected");
  EXPECT_EQ(bank.as(Role::auditor).get("/audit?action=grade.accept").at("items.0.actor"), "hr");
}

TEST(Pay, FromTheAppraisalToTheLedger) {
  TestBank& bank = TestBank::get();
  Browser &hr = bank.as(Role::hr), &chief = bank.as(Role::executive), &manager = bank.as(Role::manager);
  const std::string run = published_run(), mine = bank.staff(Role::manager), other = other_manager();
  record_pay_facts();
  auto make = [&](const char* pack, const char* pay_on) {
    return hr.post("/pay/runs",
                   JsonObject{{"pack", pack}, {"run", static_cast<int64_t>(std::stoll(run))}, {"pay_on", pay_on}});
  };
  EXPECT_EQ(manager.post("/pay/runs", JsonObject{}).status, 403);
  EXPECT_EQ(make("sample", "2026-01-20").code(), "pay.plan");
  EXPECT_EQ(make("sample-pay", "2025-12-30").code(), "pay.date");
  Reply made = make("sample-pay", "2026-01-20");
  ASSERT_EQ(made.status, 200) << made.text;
  ASSERT_EQ(made.at("open"), "0") << made.text;
  EXPECT_EQ(made.at("pools.0.amount"), "10000.00");
  EXPECT_EQ(made.at("pools.0.paid"), "10000.00");
  const std::string path = "/pay/runs/" + made.at("id"), slip = path + "/slips/" + mine;
  EXPECT_EQ(manager.get(slip).status, 404) << "a draft is nobody's slip yet";
  EXPECT_EQ(hr.get(slip).status, 200);
  EXPECT_EQ(hr.post(path + "/approve", JsonObject{{"reason", "对"}}).code(), "pay.self");
  EXPECT_EQ(chief.post(path + "/paid", JsonObject{{"document", "付1"}}).status, 409);
  ASSERT_EQ(chief.post(path + "/approve", JsonObject{{"reason", "核对无误"}}).at("state"), "approved");
  Reply shown = manager.get(slip);
  ASSERT_EQ(shown.status, 200) << shown.text;
  EXPECT_EQ(manager.get(path + "/slips/" + other).status, 404);
  EXPECT_EQ(manager.get(path + "/slips/S99999").code(), manager.get(path + "/slips/" + other).code());
  EXPECT_EQ(bank.as(Role::branch_head).get(slip).status, 404) << "not even the head of the branch";
  EXPECT_EQ(shown.at("lines.0.decision"), "sample-pay/basic-pay");
  EXPECT_NE(shown.at("lines.0.cites.0.article"), "");
  EXPECT_EQ(shown.at("lines.0.inputs.0.source.kind"), "fact");
  EXPECT_NE(shown.text.find("\"figure\": \"总分\""), shown.text.npos) << "the bonus leads on to the score";
  Reply paid = chief.post(path + "/paid", JsonObject{{"document", "付1"}});
  ASSERT_EQ(paid.at("state"), "paid") << paid.text;
  EXPECT_EQ(paid.at("whole"), "true");
  EXPECT_EQ(manager.get("/pay/slips").at("total"), "1");
  EXPECT_EQ(manager.get("/pay/slips?staff=" + other).status, 404);
  Reply account = manager.get("/deposits/" + mine);
  EXPECT_EQ(account.at("balance"), shown.at("deposit")) << account.text;
  EXPECT_EQ(account.at("bookings.0.kind"), "withheld");
  EXPECT_EQ(manager.get("/deposits/" + other).status, 404);
  EXPECT_EQ(manager.get("/deposits").at("total"), "1");
  Reply csv = hr.get(path + "/export.csv");
  EXPECT_EQ(csv.status, 200);
  EXPECT_NE(csv.text.find("控制合计"), csv.text.npos);
  EXPECT_NE(csv.text.find(paid.at("net") + "\r\n"), csv.text.npos);
  EXPECT_EQ(hr.get(path + "/export.xlsx").text.substr(0, 2), "PK");
  EXPECT_EQ(manager.get(path + "/export.csv").status, 403);
  EXPECT_EQ(bank.as(Role::auditor).get("/audit?action=export.pay").at("total"), "2");
}

// The pay run that the test above paid, or one like it.
std::string paid_run() {
  TestBank& bank = TestBank::get();
  Browser &hr = bank.as(Role::hr), &chief = bank.as(Role::executive);
  Reply there = hr.get("/pay/runs?state=paid");
  if (there.at("total") != "0") return there.at("items.0.id");
  record_pay_facts();
  Reply made = hr.post("/pay/runs", JsonObject{{"pack", "sample-pay"},
                                               {"run", static_cast<int64_t>(std::stoll(published_run()))},
                                               {"pay_on", "2026-01-20"}});
  const std::string path = "/pay/runs/" + made.at("id");
  chief.post(path + "/approve", JsonObject{{"reason", "核对无误"}});
  chief.post(path + "/paid", JsonObject{{"document", "付1"}});
  return made.at("id");
}

const Json* node_with(const Json& tree, const char* member) {
  if (tree.find(member)) return &tree;
  const Json* inputs = tree.find("inputs");
  if (inputs && inputs->as_array())
    for (const Json& one : *inputs->as_array())
      if (const Json* found = node_with(one, member)) return found;
  return nullptr;
}

const Json& child(const Json& tree, const std::string& name) {
  for (const Json& one : *tree.find("inputs")->as_array())
    if (text_of(one, "name") == name) return one;
  throw base::Broken("no node " + name + " below " + text_of(tree, "name"));
}

base::Fen fen_of(const std::string& text) { return base::parse_fen(text).value(); }
base::Fen line_of(const Reply& slip, const std::string& name) {
  for (const Json& line : *slip.body.find("lines")->as_array())
    if (text_of(line, "line") == name) return fen_of(text_of(line, "amount"));
  throw base::Broken("no line " + name);
}

TEST(Pay, ALineOpensDownToTheRowsOfTheExtracts) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const std::string mine = bank.staff(Role::manager), run = "/pay/runs/" + paid_run();
  const std::string path = run + "/slips/" + mine + "/explain";
  EXPECT_EQ(manager.get(run + "/slips/" + other_manager() + "/explain").status, 404);
  EXPECT_EQ(bank.as(Role::branch_head).get(path).status, 404);
  EXPECT_EQ(manager.get(path + "?line=没有").code(), "explain.figure");
  Reply slip = manager.get(run + "/slips/" + mine), tree = manager.get(path + "?line=绩效奖金");
  ASSERT_EQ(tree.status, 200) << tree.text;
  EXPECT_EQ(text_of(tree.body, "kind"), "pay_line");
  EXPECT_EQ(fen_of(text_of(tree.body, "value")), line_of(slip, "绩效奖金"));
  EXPECT_EQ(text_of(tree.body, "formula"), "池 * 权数 / 权数合计");
  EXPECT_NE(tree.at("article.article"), "");
  const Json& score = child(child(child(tree.body, "权数"), "考核总分"), "总分");
  EXPECT_EQ(text_of(score, "value"), text_of(child(child(tree.body, "权数"), "考核总分"), "value"))
      << "the figure it leads to is the one it was told";
  const Json* row = node_with(score, "file");
  ASSERT_NE(row, nullptr) << "source rows are reached";
  EXPECT_NE(text_of(*row, "line"), "");
  // 实发 opens into sums, the sums into lines.
  Reply net = manager.get(path);
  EXPECT_EQ(text_of(child(child(net.body, "应发合计"), "基本工资"), "value"), "1500");
  const Json& base = child(child(child(net.body, "应发合计"), "基本工资"), "基本生活保障");
  const Json* recorded = node_with(*base.find("inputs")->as_array()->data(), "recorded_by");
  ASSERT_NE(recorded, nullptr);
  EXPECT_EQ(text_of(*recorded, "document"), "人字1号");
  EXPECT_EQ(text_of(*recorded, "recorded_by"), "hr");
}

// RDP-301, PAY-303: every slip worked out again from the kept totals with whole numbers alone.
TEST(Pay, AddsUpByAnIndependentPath) {
  TestBank& bank = TestBank::get();
  Browser& hr = bank.as(Role::hr);
  const std::string run = "/pay/runs/" + paid_run();
  const std::string appraised = hr.get(run).at("run");
  std::map<std::string, base::Int128> weight;  // the total in 10^-12
  base::Int128 sum = 0;
  auto session = bank.bank->folder().open_store();
  for (const auto& row :
       session->query("SELECT holder_id, result FROM run_holders WHERE run_id = ?", {std::stoll(appraised)})) {
    const Json total = *Json::parse(row.text(1)).value().find("total");
    base::Int128 scaled = 0;
    if (total.as_number()) {
      std::string digits = total.as_number()->str();
      size_t point = digits.find('.');
      if (point == digits.npos) point = digits.size(), digits += ".";
      digits.resize(point + 13, '0');
      digits.erase(point, 1);
      for (char c : digits) scaled = scaled * 10 + (c - '0');
    }
    weight[row.text(0)] = scaled, sum += scaled;
  }
  const base::Int128 pool = 1'000'000;  // fen
  std::map<std::string, base::Fen> expected;
  std::vector<std::pair<base::Int128, std::string>> rest;
  base::Fen given = 0;
  for (const auto& [staff, w] : weight) {
    expected[staff] = static_cast<base::Fen>(pool * w / sum), given += expected[staff];
    rest.emplace_back(-(pool * w % sum), staff);
  }
  std::sort(rest.begin(), rest.end());
  for (size_t i = 0; given < pool; ++i, ++given) ++expected[rest[i].second];
  base::Fen net = 0;
  for (const auto& [staff, bonus] : expected) {
    Reply slip = hr.get(run + "/slips/" + staff);
    EXPECT_EQ(line_of(slip, "绩效奖金"), bonus) << staff;
    const base::Fen withheld = (bonus * 3 + 5) / 10;  // half up
    EXPECT_EQ(line_of(slip, "风险保证金"), withheld) << staff;
    const base::Fen earned = line_of(slip, "基本工资") + line_of(slip, "岗位工资") + bonus;
    EXPECT_EQ(fen_of(slip.at("net")), earned - withheld) << staff;
    net += earned - withheld;
  }
  EXPECT_EQ(fen_of(hr.get(run).at("net")), net);
}

TEST(Pay, StandsBesideThePeriodBeforeAndSaysWhatIsToBeMadeGood) {
  TestBank& bank = TestBank::get();
  Browser& hr = bank.as(Role::hr);
  const std::string mine = bank.staff(Role::manager), run = "/pay/runs/" + paid_run();
  EXPECT_EQ(bank.as(Role::manager).get(run + "/compare").status, 403);
  Reply beside = hr.get(run + "/compare");
  ASSERT_EQ(beside.status, 200) << beside.text;
  EXPECT_TRUE(beside.body.find("before")->is_null());
  base::Fen branches = 0;
  for (const Json& one : *beside.body.find("branches")->as_array())
    branches += fen_of(text_of(*one.find("now"), "net"));
  EXPECT_EQ(branches, fen_of(beside.at("run.totals.net")));
  EXPECT_EQ(hr.get(run + "/corrections").at("people"), "[]") << "nothing was recorded since";
  Json late = fact("staff", mine, "考核扣款额", "0.01");
  for (auto& [name, value] : *late.as_object())
    if (name == "from") value = "2025-12-01";
  ASSERT_EQ(hr.post("/people-facts", JsonObject{{"pack", "sample-pay"}, {"facts", JsonArray{late}}}).status, 200);
  Reply later = hr.get(run + "/corrections");
  EXPECT_EQ(later.at("people.0.staff"), mine) << later.text;
  EXPECT_EQ(later.at("people.0.change"), "-0.01");
  EXPECT_EQ(later.at("people.0.lines.0.line"), "考核扣款");
  EXPECT_EQ(later.body.find("people")->as_array()->size(), 1u);
}

TEST(Deposits, TheTwoSidesOfTheLedgerCancel) {
  TestBank& bank = TestBank::get();
  paid_run();
  EXPECT_EQ(bank.as(Role::manager).get("/deposits/balance").status, 403);
  Reply all = bank.as(Role::hr).get("/deposits/balance");
  ASSERT_EQ(all.status, 200) << all.text;
  EXPECT_EQ(all.at("funds.0.difference"), "0.00");
  EXPECT_EQ(all.at("faults"), "[]");
  Reply coming = bank.as(Role::manager).get("/deposits/coming?months=60");
  ASSERT_EQ(coming.at("total"), "1") << "one's own: " << coming.text;
  EXPECT_EQ(coming.at("items.0.due_on"), "2029-01-20");
  // The months count from the clock's day, whatever that is.
  const base::Date due = *base::Date::parse("2029-01-20"), now = people::day_here(bank.clock.now());
  const int ahead = (due.year() - now.year()) * 12 + due.month() - now.month();
  if (ahead > 1) {
    EXPECT_EQ(bank.as(Role::manager).get("/deposits/coming?months=" + std::to_string(ahead - 1)).at("total"), "0");
  }
}

TEST(Deposits, ALossIsProposedByOneAndBookedByAnother) {
  TestBank& bank = TestBank::get();
  Browser &risk = bank.as(Role::risk_manager), &hr = bank.as(Role::hr);
  const std::string mine = bank.staff(Role::manager), other = other_manager();
  auto ask = [&](const char* share) {
    return JsonObject{
        {"kind", "draw"},
        {"pack", "sample-pay"},
        {"on", "2026-06-30"},
        {"document", "认定1号"},
        {"reason", "贷款损失"},
        {"subject", "L1"},
        {"amount", "0.03"},
        {"liable", JsonArray{JsonObject{{"staff", mine}, {"role", "客户经理"}, {"share", "0.7"}},
                             JsonObject{{"staff", other}, {"role", "部门信贷经理"}, {"share", share}}}}};
  };
  EXPECT_EQ(bank.as(Role::manager).post("/deposit-orders", ask("0.3")).status, 403);
  EXPECT_EQ(risk.post("/deposit-orders", ask("0.2")).code(), "decide.refused");
  Reply order = risk.post("/deposit-orders", ask("0.3"));
  ASSERT_EQ(order.status, 200) << order.text;
  EXPECT_EQ(order.at("lines.0.due"), "0.02");
  EXPECT_EQ(order.at("lines.1.due"), "0.01");
  const std::string path = "/deposit-orders/" + order.at("id") + "/decide";
  EXPECT_EQ(risk.post(path, JsonObject{{"accept", true}, {"reason", "x"}}).status, 403);
  Reply booked = hr.post(path, JsonObject{{"accept", true}, {"reason", "属实"}});
  ASSERT_EQ(booked.at("state"), "booked") << booked.text;
  EXPECT_EQ(hr.post(path, JsonObject{{"accept", true}, {"reason", "再"}}).status, 409);
  EXPECT_EQ(text_of(booked.body, "amount"), "0.03");
}

// RDP-601: who had the loan before bears what the hand-over agreed, and whoever pays opens why.
TEST(Deposits, ALossOnALoanThatWasHandedOverIsBorneByBothAndOpens) {
  TestBank& bank = TestBank::get();
  Browser &risk = bank.as(Role::risk_manager), &hr = bank.as(Role::hr), &manager = bank.as(Role::manager);
  const std::string mine = bank.staff(Role::manager), other = other_manager(),
                    head = bank.staff(Role::branch_head);
  auto session = bank.bank->folder().open_store();
  records::Record record;
  record.kind = attribution::kHandoverKind, record.state = "done", record.title = "移交";
  record.day = base::Date::parse("2026-01-31");
  record.body = JsonObject{{"giver", mine}, {"taker", other}};
  auto handover = records::write(*session, {record, "handover.done"}, {"w", bank.clock.now()});
  ASSERT_TRUE(handover.ok()) << handover.error().text();
  for (const auto& [staff, share] : {std::pair{mine, int64_t{3000}}, {other, int64_t{7000}}})
    session->exec(
        "INSERT INTO liability_shares (loan, handover, staff_id, share, from_day, policy, why, at)"
        " VALUES ('LH1', ?, ?, ?, '2026-01-31', 'assignment/handover-liability', '关注', '2026-01-31')",
        {handover->id, staff, share});
  EXPECT_EQ(manager.get("/deposit-liability?loan=LH1").status, 403);
  EXPECT_EQ(risk.get("/deposit-liability?loan=LH1&on=2026-01-30").at("handovers"), "0") << "a day too early";
  Reply says = risk.get("/deposit-liability?loan=LH1&on=2026-01-31");
  EXPECT_EQ(says.at("shares.0.staff") + " " + says.at("shares.0.share"), mine + " 0.3") << says.text;
  auto ask = [&](const std::string& named) {
    return JsonObject{
        {"kind", "draw"},
        {"pack", "sample-pay"},
        {"on", "2026-06-30"},
        {"document", "认定2号"},
        {"reason", "损失"},
        {"subject", "LH1"},
        {"amount", "1.00"},
        {"liable",
         JsonArray{JsonObject{{"staff", named}, {"role", "客户经理"}, {"share", "0.7"}},
                   JsonObject{{"staff", bank.staff(Role::auditor)}, {"role", "部门信贷经理"}, {"share", "0.3"}}}}};
  };
  EXPECT_EQ(risk.post("/deposit-orders", ask(head)).code(), "order.handover") << "never had the loan";
  Reply order = risk.post("/deposit-orders", ask(other));
  ASSERT_EQ(order.status, 200) << order.text;
  EXPECT_EQ(order.at("lines.0.staff") + " " + order.at("lines.0.due"), mine + " 0.21");
  EXPECT_EQ(order.at("lines.1.due"), "0.49");
  const std::string path = "/deposit-orders/" + order.at("id"), explain = path + "/explain?staff=";
  EXPECT_EQ(manager.get(explain + mine).status, 404) << "only proposed: nobody's yet";
  ASSERT_EQ(hr.post(path + "/decide", JsonObject{{"accept", true}, {"reason", "属实"}}).at("state"), "booked");
  EXPECT_EQ(manager.get(explain + other).status, 404);
  Reply tree = manager.get(explain + mine);
  ASSERT_EQ(tree.status, 200) << tree.text;
  EXPECT_EQ(text_of(tree.body, "value"), "0.21");
  EXPECT_NE(tree.at("article.article"), "") << tree.text;
  const Json& handed = child(child(tree.body, "承担比例"), "移交责任");
  EXPECT_EQ(text_of(handed, "value"), "0.3");
  const Json* step = node_with(handed, "document");
  ASSERT_NE(step, nullptr) << tree.text;
  EXPECT_EQ(text_of(*step, "decision"), "assignment/handover-liability");
  EXPECT_EQ(tree.text.find(other), std::string::npos) << "what the other one bears is the other one's";
}

// KPI-302
TEST(Pay, ContributionScoreAndPayStandSideBySide) {
  TestBank& bank = TestBank::get();
  const std::string path = "/pay/runs/" + paid_run() + "/contribution/report";
  EXPECT_EQ(bank.as(Role::manager).get(path + ".html").status, 403);
  Browser& hr = bank.as(Role::hr);
  Reply page = hr.get(path + ".html"), sheet = hr.get(path + ".xlsx");
  ASSERT_EQ(page.status, 200) << page.text;
  for (const char* word : {"贡献度", "得分", "应发", "名次相差"})
    EXPECT_NE(page.text.find(word), std::string::npos) << word;
  auto grid = read_grid(sheet.text);
  ASSERT_TRUE(grid.ok()) << grid.error().text();
  const std::string all = bank.as(Role::hr).get("/pay/runs/" + paid_run() + "/slips?page_size=500").text;
  size_t people = 0;
  for (const auto& row : grid->rows)
    people += !row.cells.empty() && row.cells[0].starts_with("S") && all.find(row.cells[0]) != std::string::npos;
  EXPECT_GT(people, 3u) << "everybody who was paid";
  EXPECT_NE(sheet.text, page.text);
}

}  // namespace
}  // namespace guanhu::api::testing
