// What a plan may say, who assesses whom, how marks become a figure, how assessors judge: all of it on values.
#include "appraisal/assess.h"

#include <gtest/gtest.h>

#include "appraisal/assess_quality.h"
#include "appraisal/assess_testing.h"

namespace guanhu::appraisal {
namespace {

using base::Json;
using testing::dec;
using testing::form_of_test;
using testing::kDay;
using testing::people_of_test;
using testing::plan_json;
using testing::spec_of_test;

// The places of the faults of a plan with one member changed.
std::string faults_with(const char* member, const char* value) {
  Json json = plan_json();
  for (auto& [name, old] : *json.as_object())
    if (name == member) old = Json::parse(value).value();
  std::vector<base::Error> faults;
  spec_of(json, faults);
  std::string out;
  for (const auto& fault : faults) out += (out.empty() ? "" : " ") + fault.where;
  return out;
}

TEST(AssessPlan, RefusesWhatCannotBe) {
  EXPECT_EQ(faults_with("title", R"("  ")"), "/title");
  EXPECT_EQ(faults_with("period", R"("2025Q5")"), "/period");
  EXPECT_EQ(faults_with("starts_at", R"("yesterday")"), "/starts_at");
  EXPECT_EQ(faults_with("starts_at", R"("2025-12-25T00:00:00Z")"), "/deadline") << "it must start before it ends";
  EXPECT_EQ(faults_with("starts_at", R"("2025-12-24T23:59:59Z")"), "");
  EXPECT_EQ(faults_with("closes_at", R"("2025-12-24T23:59:59Z")"), "/closes_at");
  EXPECT_EQ(faults_with("closes_at", R"("2025-12-25T00:00:00Z")"), "");
  EXPECT_EQ(faults_with("trim", R"("0.5")"), "/trim") << "nothing would be left";
  EXPECT_EQ(faults_with("trim", R"("0.49")"), "");
  EXPECT_EQ(faults_with("trim", R"("-0.01")"), "/trim");
  EXPECT_EQ(faults_with("min_group", "2"), "/min_group") << "of two each knows the other";
  EXPECT_EQ(faults_with("min_group", "4"), "/min_assessors");
  EXPECT_EQ(faults_with("min_assessors", "2"), "/min_assessors");
  EXPECT_EQ(faults_with("scale", "7"), "/scale");
  EXPECT_EQ(faults_with("missing", R"("zero")"), "/missing");
  EXPECT_EQ(faults_with("remind_hours", "[0]"), "/remind_hours");
  EXPECT_EQ(faults_with("assessed", "{}"), "/assessed");
  EXPECT_EQ(faults_with("groups", "[]"), "/groups");
  EXPECT_EQ(faults_with("groups", R"([{"name": "a", "relation": "friends", "weight": "1", "who": {}}])"),
            "/groups/0/relation");
  EXPECT_EQ(faults_with("groups", R"([{"name": "a", "relation": "chosen", "weight": "0", "who": {}}])"),
            "/groups/0/weight /groups/0/who");
  EXPECT_EQ(faults_with("groups", R"([{"name": "a", "relation": "peers"}, {"name": "a", "relation": "branch"}])"),
            "/groups/1/name");
}

TEST(AssessPlan, IsKeptAsItWas) {
  PlanSpec spec = spec_of_test();
  std::vector<base::Error> faults;
  EXPECT_EQ(to_json(spec_of(to_json(spec), faults)).dump(), to_json(spec).dump());
  EXPECT_TRUE(faults.empty());
  check_names(spec, people_of_test(), faults);
  EXPECT_TRUE(faults.empty());
  spec.assessed.orgs = {"B9"}, spec.groups[1].who.staff = {"M1", "M77"}, spec.groups[0].who.positions = {"chief"};
  check_names(spec, people_of_test(), faults);
  ASSERT_EQ(faults.size(), 3u);
  EXPECT_EQ(faults[0].where, "/assessed/orgs/0");
  EXPECT_EQ(faults[1].where, "/groups/0/who/positions/0");
  EXPECT_EQ(faults[2].where, "/groups/1/who/staff/1");
}

// "M1<H1" for each pair, in order.
std::string pairs(const PlanSpec& spec, const Kin& kin = {}) {
  auto pairing = pair_up(spec, people_of_test(), kDay, kin, "seed");
  if (!pairing) return pairing.error().code;
  std::string out;
  for (const Pair& p : pairing->pairs)
    out += (out.empty() ? "" : " ") + p.assessed + "<" + p.assessor + (p.group ? "" : "*");
  return out;
}

PlanSpec with_group(Relation relation, Selector who = {}, int most = 0) {
  PlanSpec out = spec_of_test();
  out.groups = {{"组", relation, 1, std::move(who), most}};
  return out;
}

TEST(AssessPairs, NobodyJudgesHimselfOrWhoHasLeft) {
  EXPECT_EQ(pairs(spec_of_test()),
            "M1<H1* M1<M2 M1<M3 M1<M4 M2<H1* M2<M1 M2<M3 M2<M4 M3<H1* M3<M1 M3<M2 M3<M4 M4<H1* M4<M1 M4<M2 M4<M3")
      << "M4 belongs to an outlet of the branch; M9 has left";
}

TEST(AssessPairs, EachRelation) {
  PlanSpec spec = with_group(Relation::superior);
  spec.assessed = {{}, {}, {"M4", "H2", "E1"}};
  EXPECT_EQ(pairs(spec), "H2<E1* M4<H1*")
      << "an outlet without a head is led from above; heads of one branch are no superiors of each other";
  spec.groups[0].most = 2;
  EXPECT_EQ(pairs(spec), "H2<E1* M4<H1* M4<E1*");
  spec = with_group(Relation::subordinates);
  spec.assessed = {{}, {}, {"H1", "M1", "H3"}};
  EXPECT_EQ(pairs(spec), "H1<M1* H1<M2* H1<M3* H1<M4* H1<T1* H3<M5*");
  spec = with_group(Relation::branch, {{"teller"}, {}, {}});
  EXPECT_EQ(pairs(spec), "M1<T1* M2<T1* M3<T1* M4<T1*");
  spec = with_group(Relation::others, {{}, {"D1"}, {}});
  spec.assessed = {{}, {}, {"M1", "R1"}};
  EXPECT_EQ(pairs(spec), "M1<R1* M1<R2*") << "R2 sits in the department of R1";
  spec = with_group(Relation::chosen, {{}, {}, {"R1", "M1"}});
  EXPECT_EQ(pairs(spec), "M1<R1* M2<M1* M2<R1* M3<M1* M3<R1* M4<M1* M4<R1*");
}

TEST(AssessPairs, TheFirstGroupKeepsWhoWouldBeInTwo) {
  PlanSpec spec = spec_of_test();
  spec.assessed = {{}, {}, {"M1"}};
  spec.groups[1] = {"支行", Relation::branch, 60, {}, 0};
  EXPECT_EQ(pairs(spec), "M1<H1* M1<M2 M1<M3 M1<M4 M1<T1");
}

TEST(AssessPairs, RelativesAreReplacedByTheNextInLineOrDropped) {
  PlanSpec spec = spec_of_test();
  spec.assessed = {{}, {}, {"M1"}};
  const Kin kin = {{"H1", "M1"}, {"M1", "H1"}, {"M2", "M1"}, {"M1", "M2"}};
  auto pairing = pair_up(spec, people_of_test(), kDay, kin, "seed");
  ASSERT_TRUE(pairing.ok());
  EXPECT_EQ(pairs(spec, kin), "M1<E1* M1<M3 M1<M4");
  ASSERT_EQ(pairing->left_out.size(), 2u);
  EXPECT_EQ(pairing->left_out[0].assessor, "H1");
  EXPECT_EQ(pairing->left_out[0].instead, "E1");
  EXPECT_EQ(pairing->left_out[1].assessor, "M2");
  EXPECT_EQ(pairing->left_out[1].instead, "") << "all peers judge already: nobody is left to come in";
}

TEST(AssessPairs, ADrawIsTheSameForTheSameSeed) {
  PlanSpec spec = with_group(Relation::peers, {}, 2);
  spec.assessed = {{}, {}, {"M1"}};
  auto one = pair_up(spec, people_of_test(), kDay, {}, "a"),
       again = pair_up(spec, people_of_test(), kDay, {}, "a");
  ASSERT_EQ(one->pairs.size(), 2u);
  EXPECT_EQ(one->pairs[0].assessor + one->pairs[1].assessor, again->pairs[0].assessor + again->pairs[1].assessor);
  ASSERT_EQ(one->reserves.size(), 1u);
  EXPECT_EQ(one->reserves[0].staff.size(), 1u) << "of three peers one is left";
}

// ------------------------------------------------------------------------------------------- figures

TEST(AssessResult, TrimsWholeForms) {
  auto mean = [](std::initializer_list<int> values, const char* share) {
    std::vector<base::Decimal> all(values.begin(), values.end());
    return trimmed_mean(all, dec(share)).str();
  };
  EXPECT_EQ(mean({7}, "0.49"), "7");
  EXPECT_EQ(mean({1, 10}, "0.49"), "5.5") << "0.98 of a form is none";
  EXPECT_EQ(mean({10, 1, 4, 3, 2}, "0.19"), "4");
  EXPECT_EQ(mean({10, 1, 4, 3, 2}, "0.2"), "3") << "one off each end";
  EXPECT_EQ(mean({10, 1, 4, 3, 2}, "0.4"), "3") << "the median";
}

Ballot ballot(size_t group, const char* marks) {
  return ballot_of(form_of_test(), group, Json::parse(marks).value());
}

TEST(AssessResult, ABallotCountsWhatWasJudged) {
  Ballot all = ballot(0, R"({"1.1": "10", "1.2": "5", "2.1": "20"})");
  EXPECT_EQ(all.items[0], dec("1"));
  EXPECT_TRUE(all.same);
  Ballot skipped = ballot(0, R"({"1.1": "8", "1.2": "skip", "2.1": "15"})");
  EXPECT_EQ(skipped.items[0], dec("0.8")) << "the skipped entry counts neither above nor below";
  EXPECT_FALSE(skipped.same);
  EXPECT_EQ(per_cent_of(form_of_test(), skipped.items), dec("77")) << "0.8 * 40 + 0.75 * 60";
  EXPECT_FALSE(ballot(0, R"({"2.1": "15"})").items[0].has_value());
}

// Marks of the only entry of an item; the other item in full.
Ballot service(size_t group, const char* mark) {
  return ballot(group, (R"({"1.1": "10", "1.2": "5", "2.1": ")" + std::string(mark) + "\"}").c_str());
}

TEST(AssessResult, WeighsGroupsAndRoundsOnce) {
  PlanSpec spec = spec_of_test();
  spec.anonymous = false, spec.min_assessors = 1;
  // Superior 10/20, peers 20/20, 15/20, 16/20 (mean 0.85): (40 * 0.5 + 60 * 0.85) / 100 = 0.71; 40 + 60 * 0.71
  // = 82.6
  std::vector<Ballot> ballots = {service(0, "10"), service(1, "20"), service(1, "15"), service(1, "16")};
  PersonFigure figure = figure_of(form_of_test(), spec, ballots, {1, 3});
  EXPECT_EQ(figure.total, dec("82.6"));
  EXPECT_EQ(figure.items[1], dec("42.6"));
  EXPECT_EQ(figure.groups[0].total, dec("70"));
  EXPECT_EQ(figure.groups[1].total, dec("91"));
  spec.trim = dec("0.34");
  EXPECT_EQ(figure_of(form_of_test(), spec, ballots, {1, 3}).total, dec("80.8"))
      << "of the peers the middle one is left: 40 + 60 * (0.4 * 0.5 + 0.6 * 0.8)";
}

TEST(AssessResult, MissingFormsAsThePlanSays) {
  PlanSpec spec = spec_of_test();
  spec.anonymous = false, spec.min_assessors = 3;
  std::vector<Ballot> two = {service(1, "20"), service(1, "10")};
  PersonFigure few = figure_of(form_of_test(), spec, two, {1, 3});
  EXPECT_FALSE(few.total.has_value());
  EXPECT_NE(few.reason.find("不到 3 张"), std::string::npos) << few.reason;
  spec.min_assessors = 2;
  EXPECT_EQ(figure_of(form_of_test(), spec, two, {1, 3}).total, dec("85")) << "the peers' weight is all there is";
  spec.rescale = false;
  EXPECT_FALSE(figure_of(form_of_test(), spec, two, {1, 3}).total.has_value()) << "the superior's form is missing";
  EXPECT_EQ(figure_of(form_of_test(), spec, two, {0, 3}).total, dec("85")) << "who has no superior misses nothing";
  std::vector<Ballot> half = {ballot(1, R"({"2.1": "10"})"), ballot(1, R"({"2.1": "10"})")};
  EXPECT_FALSE(figure_of(form_of_test(), spec, half, {0, 2}).total.has_value()) << "an item nobody judged";
  spec.rescale = true;
  EXPECT_EQ(figure_of(form_of_test(), spec, half, {0, 2}).total, dec("50"));
}

TEST(AssessResult, AnonymousFiguresOfFewAreHidden) {
  PlanSpec spec = spec_of_test();
  std::vector<Ballot> ballots = {service(0, "10"), service(1, "20"), service(1, "15"), service(1, "16")};
  PersonFigure figure = figure_of(form_of_test(), spec, ballots, {1, 3});
  EXPECT_EQ(figure.total, dec("82.6"));
  EXPECT_TRUE(figure.groups[0].hidden) << "one superior";
  EXPECT_TRUE(figure.groups[1].hidden) << "or his figure follows from the total and the peers'";
  EXPECT_FALSE(figure.groups[1].total.has_value());
  spec.groups[0].relation = Relation::peers;
  std::vector<Ballot> enough;
  for (size_t group : {0u, 1u})
    for (const char* mark : {"10", "12", "14"}) enough.push_back(service(group, mark));
  figure = figure_of(form_of_test(), spec, enough, {3, 3});
  EXPECT_FALSE(figure.groups[0].hidden || figure.groups[1].hidden);
  EXPECT_TRUE(figure.remarks);
  enough.pop_back();
  figure = figure_of(form_of_test(), spec, enough, {3, 3});
  EXPECT_TRUE(figure.groups[0].hidden && figure.groups[1].hidden) << "two forms beside three";
  spec.groups.push_back({"他部门", Relation::others, 10, {}, 0});
  for (int i = 0; i < 4; ++i) enough.push_back(service(2, "18"));
  figure = figure_of(form_of_test(), spec, enough, {3, 3, 4});
  EXPECT_TRUE(figure.groups[0].hidden && figure.groups[1].hidden);
  EXPECT_FALSE(figure.groups[2].hidden) << "five forms of two groups stand behind what is left";
}

// ------------------------------------------------------------------------------------------- quality

Given given(const char* assessor, const char* assessed, const char* mark) {
  return {assessor, assessed, false, service(0, mark)};
}

TEST(AssessQuality, LeniencyAgainstTheOthersOfTheSamePerson) {
  // Of P: A gives 100, B and C 70 each: A is 30 above, B and C are 15 below.
  std::vector<Given> all = {given("A", "P", "20"), given("B", "P", "10"), given("C", "P", "10"),
                            given("C", "Q", "20")};
  Quality q = quality_of(form_of_test(), all, {"D", "C"});
  ASSERT_EQ(q.assessors.size(), 4u);
  EXPECT_EQ(q.assessors[0].leniency, dec("30"));
  EXPECT_TRUE(q.assessors[0].lenient);
  EXPECT_EQ(q.assessors[1].leniency, dec("-15"));
  EXPECT_TRUE(q.assessors[1].severe);
  EXPECT_EQ(q.assessors[2].leniency, dec("-15")) << "nobody else judged Q: nothing to compare with";
  EXPECT_EQ(q.assessors[2].assigned, 3u);
  EXPECT_EQ(q.assessors[3].submitted, 0u);
  EXPECT_FALSE(q.assessors[3].leniency.has_value());
}

TEST(AssessQuality, HaloIsLittleSpreadOverTheItems) {
  // Shares 1 and 0.5 of the two items: 100 and 50, variance 25 * 25.
  Quality q = quality_of(form_of_test(), {given("A", "P", "10"), given("A", "Q", "20")}, {});
  EXPECT_EQ(q.assessors[0].halo, dec("312.5"));
  EXPECT_FALSE(q.assessors[0].blurred);
  EXPECT_EQ(q.assessors[0].alike, 1u);
  EXPECT_FALSE(q.assessors[0].same_for_all);
  q = quality_of(form_of_test(), {given("A", "P", "20"), given("A", "Q", "20")}, {});
  EXPECT_EQ(q.assessors[0].halo, dec("0"));
  EXPECT_TRUE(q.assessors[0].blurred);
  EXPECT_TRUE(q.assessors[0].same_for_all);
}

TEST(AssessQuality, ReciprocityIsBothAboveTheOthers) {
  auto pairs_with = [](const char* back) {
    std::vector<Given> all = {given("A", "B", "20"), given("C", "B", "10"), given("B", "A", back),
                              given("C", "A", "10")};
    return quality_of(form_of_test(), all, {});
  };
  Quality q = pairs_with("20");
  EXPECT_EQ(q.mutual, 1u);
  ASSERT_EQ(q.pairs.size(), 1u);
  EXPECT_EQ(q.pairs[0].one + q.pairs[0].other, "AB");
  EXPECT_EQ(q.pairs[0].from_one, dec("30"));
  EXPECT_EQ(pairs_with("11").pairs.size(), 0u) << "3 points above the others: below the limit of 5";
  EXPECT_EQ(pairs_with("12").pairs.size(), 1u) << "6 points";
}

}  // namespace
}  // namespace guanhu::appraisal
