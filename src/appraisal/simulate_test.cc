// Other rules over a past period: what is refused, what moves, what does not, and that "exact" is exact.
#include "appraisal/simulate.h"

#include "appraisal/simulate_margins.h"
#include "appraisal/simulate_result.h"
#include "appraisal/simulate_testing.h"

namespace guanhu::appraisal::testing {
namespace {

using base::Decimal;

class Simulating : public SimulationBank {
 protected:
  std::string refused(Simulator& simulator, const std::string& changes) {
    auto made = simulator.simulate(ask(changes));
    return made ? "" : made.error().code + " " + made.error().where;
  }
  // A holder's total with these figures in place of the computed ones, evaluated as a whole.
  static Decimal by_hand(Simulator& s, const Simulation& made, size_t holder, const Lever& lever,
                         const Decimal& by) {
    std::vector<Replacement> replaced;
    for (const auto& [step, coefficient] : lever.moves)
      replaced.push_back(
          {made.after->holders[holder].id, made.after->scheme.steps[step].name,
           *Decimal::add(*made.after->steps[step].values[holder], *Decimal::multiply(coefficient, by))});
    auto e = s.evaluate_with(made, replaced);
    if (!e) throw base::Broken(e.error().text());
    return *total_of(**e, holder).value;
  }
};

TEST(SimulationAskText, NamesTheMemberThatDoesNotFit) {
  auto where = [](const char* text) {
    auto out = simulation_ask(*base::Json::parse(text));
    return out ? std::string("fits") : out.error().where;
  };
  EXPECT_EQ(where(R"([1])"), "");
  EXPECT_EQ(where(R"({"period": "2025"})"), "/scheme");
  EXPECT_EQ(where(R"({"scheme": "x", "period": "2025"})"), "/scheme");
  EXPECT_EQ(where(R"({"scheme": "x/y", "period": "二五年"})"), "/period");
  EXPECT_EQ(where(R"({"scheme": "x/y", "period": "2025", "parameters": [{"name": "a"}]})"), "/parameters/0/value");
  EXPECT_EQ(where(R"({"scheme": "x/y", "period": "2025", "targets": [{"figure": "a"}]})"), "/targets/0/value");
  EXPECT_EQ(where(R"({"scheme": "x/y", "period": "2025", "targets": [{"figure": "a", "value": 1, "times": 2}]})"),
            "/targets/0/times");
  EXPECT_EQ(where(R"({"scheme": "x/y", "period": "2025", "assignments": [{"kind": "account", "id": "A", "to": "S",
                      "on": "2025-02-30"}]})"),
            "/assignments/0/on");
  EXPECT_EQ(where(R"({"scheme": "x/y", "period": "2025", "assignments": [{"kind": "account", "id": "A", "to": "S",
                      "on": "2025-02-01", "share": 1.5}]})"),
            "/assignments/0/share");
  EXPECT_EQ(where(R"({"scheme": "x/y", "period": "2025", "weights": 3})"), "/weights");
  EXPECT_EQ(where(R"({"scheme": "x/y", "period": "2025"})"), "fits");
}

TEST(SimulationAskText, ComesBackAsItWas) {
  const char* text =
      R"({"scheme":"x/y","period":"2025","parameters":[{"name":"a","value":"1.5"}],)"
      R"("formulas":[{"name":"b","formula":"1"}],"weights":[{"name":"c","weight":"0.5"}],)"
      R"("grades":[{"name":"d","at_least":"60"}],"targets":[{"figure":"e","holder":"","times":"1.1"}],)"
      R"("assignments":[{"kind":"customer","id":"C1","from":"S1","to":"S2","on":"2025-02-01","until":null,)"
      R"("share":"0.5"}],"pay":{"pack":"p","pay_on":"2026-01-10","grades_pack":""}})";
  EXPECT_EQ(to_json(*simulation_ask(*base::Json::parse(text))).dump(), base::Json::parse(text)->dump());
}

TEST_P(Simulating, RefusesWhatIsNotThere) {
  feed::Bank bank = open();
  EXPECT_EQ(Simulator::open(bank.again(), policies_, {"x/没有", "2025"}).error().code, "policy.scheme.unknown");
  EXPECT_EQ(Simulator::open(bank.again(), policies_, {"x/比较", "2025-12"}).error().code, "scheme.period");
  EXPECT_EQ(Simulator::open(bank.again(), policies_, {"x/比较", "2025", 7}).error().code, "life.unknown");
  auto s = simulator(bank);
  EXPECT_EQ(refused(*s, R"("parameters": [{"name": "没有", "value": 1}])"), "simulate.parameter 没有");
  EXPECT_EQ(refused(*s, R"("formulas": [{"name": "存款", "formula": "1"}])"), "simulate.formula 存款");
  EXPECT_EQ(refused(*s, R"("weights": [{"name": "没有", "weight": 1}])"), "simulate.weight 没有");
  EXPECT_EQ(refused(*s, R"("grades": [{"name": "优", "at_least": 1}])"), "simulate.grade 优");
  EXPECT_EQ(refused(*s, R"("targets": [{"figure": "存款", "value": 1}])"), "simulate.target 存款");
  EXPECT_EQ(refused(*s, R"("targets": [{"figure": "计划", "holder": "S9", "value": 1}])"), "simulate.target 计划");
  EXPECT_EQ(refused(*s, R"("assignments": [{"kind": "account", "id": "A9", "to": "S1", "on": "2025-02-01"}])"),
            "measure.reassign assignments");
  EXPECT_EQ(refused(*s, R"("assignments": [{"kind": "account", "id": "A1", "from": "S2", "to": "S1",
                           "on": "2025-02-01"}])"),
            "measure.reassign assignments");
  EXPECT_EQ(refused(*s, R"("assignments": [{"kind": "desk", "id": "A1", "to": "S1", "on": "2025-02-01"}])"),
            "measure.reassign assignments");
  // A formula that does not hold is told with its place, as the checks of packs tell it.
  EXPECT_NE(refused(*s, R"("formulas": [{"name": "档次得分", "formula": "日均 +"}])"), "");
  EXPECT_NE(refused(*s, R"("formulas": [{"name": "档次得分", "formula": "存款余额"}])"), "");
}

TEST_P(Simulating, WithoutAChangeNobodyMoves) {
  feed::Bank bank = open();
  auto s = simulator(bank);
  auto made = s->simulate(ask(""));
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(totals(*made, false), "17.5 35 52.5 66");
  EXPECT_EQ(totals(*made), "17.5 35 52.5 66");
  EXPECT_EQ(grades(*made), "差差中好");
  EXPECT_EQ(made->reused, made->steps);
  EXPECT_EQ(made->base.kind, "computed");
}

TEST_P(Simulating, AParameterMovesOnlyWhatReadsIt) {
  feed::Bank bank = open();
  auto s = simulator(bank);
  auto made = s->simulate(ask(R"("parameters": [{"name": "每档", "value": "20"}])"));
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(totals(*made), "22 44 66 84");
  EXPECT_EQ(grades(*made), "差中好好");
  EXPECT_EQ(made->steps - made->reused, 1u);
  EXPECT_NE(made->pack.pack->hash, made->base.pack_hash);
  const base::Json summary = summary_json(*made);
  EXPECT_EQ(*summary.find("headline")->as_string(), "4 人升、0 人降、0 人不变；2 人等级变动");
  EXPECT_EQ(summary.find("grades")->dump(),
            R"([{"from": "中", "to": "好", "people": 1}, {"from": "差", "to": "中", "people": 1}])");
  EXPECT_EQ(holder_json(made->holders[0]).find("scores")->dump(),
            R"([{"name": "档次得分", "before": "5", "after": "20"}])");
  // The base stays what it was.
  EXPECT_EQ(totals(*s->simulate(ask(""))), "17.5 35 52.5 66");
}

TEST_P(Simulating, FormulasWeightsAndBands) {
  feed::Bank bank = open();
  auto s = simulator(bank);
  auto formula =
      s->simulate(ask(R"("formulas": [{"name": "计划得分", "formula": "if 计划 = null then null else 50"}])"));
  ASSERT_TRUE(formula.ok()) << formula.error().text();
  EXPECT_EQ(totals(*formula), "21.5 33 44.5 56");
  EXPECT_EQ(formula->steps - formula->reused, 1u);
  auto weight =
      s->simulate(ask(R"("weights": [{"name": "存款得分", "weight": 0.1}, {"name": "计划得分", "weight": 0.6}])"));
  ASSERT_TRUE(weight.ok()) << weight.error().text();
  EXPECT_EQ(totals(*weight), "21.5 43 64.5 74");
  EXPECT_EQ(weight->reused, weight->steps);
  // No score moves: what moved the totals is told all the same.
  EXPECT_EQ(summary_json(*weight).find("weights")->dump(),
            R"([{"name": "存款得分", "before": "0.5", "after": "0.1"}, )"
            R"({"name": "计划得分", "before": "0.2", "after": "0.6"}])");
  EXPECT_EQ(summary_json(*formula).find("weights")->dump(), "[]");
  auto band = s->simulate(ask(R"("grades": [{"name": "中", "at_least": 35}, {"name": "好", "at_least": 52.6}])"));
  ASSERT_TRUE(band.ok()) << band.error().text();
  EXPECT_EQ(grades(*band), "差中中好");
}

TEST_P(Simulating, PlansOfOneAndOfAll) {
  feed::Bank bank = open();
  auto s = simulator(bank);
  auto one = s->simulate(ask(R"("targets": [{"figure": "计划", "holder": "S1", "value": 100000}])"));
  ASSERT_TRUE(one.ok()) << one.error().text();
  EXPECT_EQ(totals(*one), "23.5 35 52.5 66");
  auto all = s->simulate(ask(R"("targets": [{"figure": "计划", "times": 2}])"));
  ASSERT_TRUE(all.ok()) << all.error().text();
  EXPECT_EQ(totals(*all), "14.5 29 43.5 58");
}

TEST_P(Simulating, SomebodyElseHoldsIt) {
  feed::Bank bank = open();
  auto s = simulator(bank);
  // Half of A4 (held through its customer) from the second half of the year on.
  auto made = s->simulate(ask(R"("assignments": [{"kind": "account", "id": "A4", "from": "S4", "to": "S1",
                                 "on": "2025-07-02", "share": 0.5}])"));
  ASSERT_TRUE(made.ok()) << made.error().text();
  const Evaluation& e = *made->after;
  const auto at = [&](const char* figure, size_t h) {
    return e.steps[static_cast<size_t>(e.scheme.step(figure) - e.scheme.steps.data())].values[h]->str();
  };
  EXPECT_EQ(at("存款", 0), "300000");
  EXPECT_EQ(at("存款", 3), "200000");
  // 183 of 365 days.
  EXPECT_EQ(at("日均", 0), "200273.97");
  EXPECT_EQ(at("日均", 3), "299726.03");
  auto customer = s->simulate(ask(R"("assignments": [{"kind": "customer", "id": "C4", "to": "S1",
                                     "on": "2025-01-01", "until": "2025-12-30"}])"));
  ASSERT_TRUE(customer.ok()) << customer.error().text();
  const Evaluation& c = *customer->after;
  const auto average = static_cast<size_t>(c.scheme.step("日均") - c.scheme.steps.data());
  EXPECT_EQ(c.steps[average].values[0]->str(), "498904.11");
  EXPECT_EQ(c.steps[static_cast<size_t>(c.scheme.step("存款") - c.scheme.steps.data())].values[0]->str(),
            "100000");
  // What is asked without them is as it was.
  EXPECT_EQ(totals(*s->simulate(ask(""))), "17.5 35 52.5 66");
}

TEST_P(Simulating, OneMoreIsExactForEveryone) {
  feed::Bank bank = open();
  auto s = simulator(bank);
  auto made = s->simulate(ask(""));
  ASSERT_TRUE(made.ok());
  std::vector<std::string> ids;
  for (const Lever& lever : levers_of(*made->after)) {
    ids.push_back(lever.id);
    for (const char* by : {"1", "100000"}) {
      auto all = margins(*made->after, s->directory(), lever, exact(by));
      ASSERT_TRUE(all.ok()) << all.error().text();
      for (size_t h = 0; h < 4; ++h) {
        const Decimal was = *total_of(*made->after, h).value;
        EXPECT_EQ(shown(*(*all)[h].more), shown(*Decimal::subtract(by_hand(*s, *made, h, lever, exact(by)), was)));
        EXPECT_EQ(shown(*(*all)[h].less),
                  shown(*Decimal::subtract(by_hand(*s, *made, h, lever, exact(by).negated()), was)));
      }
    }
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"deposit", "存款", "日均"}));
  EXPECT_EQ(lever_of(*made->after, "贷款").error().code, "simulate.lever");
}

TEST_P(Simulating, TheLeastThatReachesTheNextGrade) {
  feed::Bank bank = open();
  auto s = simulator(bank);
  auto made = s->simulate(ask(""));
  ASSERT_TRUE(made.ok());
  auto lever = lever_of(*made->after, "deposit");
  auto found = cliffs(*made->after, s->directory(), &*lever, 1'000'000);
  ASSERT_TRUE(found.ok()) << found.error().text();
  EXPECT_EQ((*found)[3].next, "");
  EXPECT_EQ((*found)[3].lead->str(), "6");
  for (size_t h = 0; h < 3; ++h) {
    const Decimal limit = h == 2 ? 60 : 40, need = *(*found)[h].need;
    EXPECT_GE(by_hand(*s, *made, h, *lever, need), limit);
    EXPECT_LT(by_hand(*s, *made, h, *lever, *Decimal::subtract(need, 1)), limit);
  }
  EXPECT_EQ((*found)[2].missing->str(), "7.5");
  // Out of reach.
  auto near = cliffs(*made->after, s->directory(), &*lever, 1'000);
  EXPECT_FALSE((*near)[0].need);
}

TEST_P(Simulating, WhereTheNextStepOfPointsBegins) {
  feed::Bank bank = open();
  auto s = simulator(bank);
  auto made = s->simulate(ask(""));
  ASSERT_TRUE(made.ok());
  // Alone the average moves nothing but the steps; as money it bends the totals through the average of all.
  for (const char* id : {"日均", "deposit"}) {
    auto lever = lever_of(*made->after, id);
    auto found = jumps(*made->after, s->directory(), *lever, 1'000'000);
    ASSERT_TRUE(found.ok()) << found.error().text();
    for (size_t h = 0; h < 4; ++h) {
      ASSERT_TRUE((*found)[h].after) << id << h;
      EXPECT_EQ((*found)[h].after->str(), "100000") << id << h;
      const Decimal at = by_hand(*s, *made, h, *lever, 100'000), before = by_hand(*s, *made, h, *lever, 99'999);
      EXPECT_EQ(shown((*found)[h].size), shown(*Decimal::subtract(at, before)));
      EXPECT_EQ((*found)[h].size.round(2, base::Rounding::half_up).str(), "1.5");
    }
  }
  auto lever = lever_of(*made->after, "日均");
  EXPECT_FALSE((*jumps(*made->after, s->directory(), *lever, 99'999))[0].after);
}

TEST_P(Simulating, KeptSharedAndMadeAgain) {
  feed::Bank bank = open();
  auto s = simulator(bank);
  auto made = s->simulate(ask(R"("parameters": [{"name": "每档", "value": 20}],
                                 "targets": [{"figure": "计划", "times": "1.1"}])"));
  ASSERT_TRUE(made.ok()) << made.error().text();
  auto& store = bank.store();
  std::string told;
  PeopleDoing mine{
      "li", "S1", place_.clock.now(),
      [&](const std::string& action, const std::string&, const base::Json&) { told += action + " "; }};
  PeopleDoing other = mine;
  other.actor = "wang";
  EXPECT_EQ(keep_simulation(store, *made, " ", "", mine).error().code, "simulate.title");
  auto id = keep_simulation(store, *made, "每档二十分", "试试", mine);
  ASSERT_TRUE(id.ok()) << id.error().text();
  EXPECT_EQ(*keep_simulation(store, *made, "每档二十分", "", mine), *id);
  EXPECT_EQ(share_simulation(store, *id, true, other).error().code, "simulate.maker");
  EXPECT_EQ(share_simulation(store, 99, true, mine).error().code, "simulate.unknown");
  EXPECT_TRUE(share_simulation(store, *id, true, mine)->shared());
  EXPECT_EQ(kept_simulation_holders(store, *id).size(), 4u);
  // As it was, although the installed pack has changed since.
  std::ofstream(policies_ / "x/考核.md", std::ios::app) << "\n## 第二条 其他\n\n改过。\n";
  const KeptSimulation kept = kept_simulations(store, *id).at(0);
  const Desk desk{bank, policies_};
  auto again = remake_simulation(*s, desk, kept);
  ASSERT_TRUE(again.ok()) << again.error().text();
  EXPECT_TRUE(again->same);
  EXPECT_EQ(totals(again->simulation), totals(*made));
  EXPECT_EQ(withdraw_simulation(store, *id, mine)->shared_at, "");
  EXPECT_TRUE(kept_simulations(store).empty());
  EXPECT_EQ(share_simulation(store, *id, true, mine).error().code, "simulate.withdrawn");
  EXPECT_EQ(told, "simulation.make simulation.share simulation.withdraw ");
  for (const char* sql : {"UPDATE simulations SET hash = 'x'", "DELETE FROM simulation_holders"})
    EXPECT_THROW(store.exec(sql), base::Broken) << sql;
}

TEST_P(Simulating, BesideTheRunThatIsKept) {
  feed::Bank bank = open();
  auto first = simulator(bank);
  const appraisal::Run run = run_of(first->before(), first->directory(), std::nullopt);
  const int64_t id = save_run(bank.store(), run, place_.clock);
  auto s = simulator(bank);
  EXPECT_EQ(s->base().kind, "draft");
  EXPECT_EQ(s->base().run, id);
  EXPECT_EQ(Simulator::open(bank.again(), policies_, {"x/比较", "2025Q4", id}).error().code, "simulate.base");
  auto made = s->simulate(ask(R"("parameters": [{"name": "步长", "value": 50000}])"));
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_EQ(totals(*made), "19 38 57 72");
  auto kept = keep_simulation(bank.store(), *made, "五万一档", "", {"li", "S1", place_.clock.now(), {}});
  ASSERT_TRUE(kept.ok()) << kept.error().text();
  const KeptSimulation one = kept_simulations(bank.store(), *kept).at(0);
  EXPECT_EQ(one.base_run, id);
  EXPECT_EQ(one.base_kind, "draft");
  auto again = remake_simulation(*simulator(bank, place_of(one)), {bank, policies_}, one);
  ASSERT_TRUE(again.ok()) << again.error().text();
  EXPECT_TRUE(again->same);
}

INSTANTIATE_TEST_SUITE_P(Engines, Simulating, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& engine) {
                           return engine.param == store::Engine::sqlite ? std::string("Embedded") : "Postgres";
                         });

}  // namespace
}  // namespace guanhu::appraisal::testing
