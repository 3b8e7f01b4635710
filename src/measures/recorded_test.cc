// Who serves whom, as people record it, in the figures: from the register, a claim, a hand-over to the engine's
// answer.
#include <gtest/gtest.h>

#include "attribution/claim.h"
#include "attribution/handover.h"
#include "attribution/holders.h"
#include "attribution/known.h"
#include "attribution/recorded.h"
#include "attribution/rules.h"
#include "measures/engine.h"
#include "measures/tiny_bank.h"
#include "policy/load.h"
#include "store/testing.h"
#include "warehouse/testing.h"

namespace guanhu::measures::testing {
namespace {

using attribution::Assign;
using attribution::ManagerShare;
using attribution::Side;
using attribution::Signer;
using base::Date;
using base::Instant;
using policy::Aggregate;
using policy::Fact;
using policy::Measure;
using warehouse::Warehouse;

constexpr int64_t kWholeRaw = 100'000'000;
Date on(const char* text) { return Date::parse(text).value(); }

// S1 serves C1 (account A1, 100 元; loan L1, 50 元) and account A2 of C2 (10 元) by itself; H heads the branch.
TinyBank bank() {
  TinyBank b;
  int first = b.import("2024-01-01");
  b.orgs = {{first, "HQ", ""}, {first, "O1", "HQ"}};
  for (const char* id : {"S1", "S2", "S3", "H"}) b.staff.push_back({first, id, "O1"});
  b.customers = {{first, "C1", "person", false}, {first, "C2", "person", false}};
  b.accounts = {{first, "A1", "C1", "O1", "P1", "demand", day("2024-01-01"), std::nullopt},
                {first, "A2", "C2", "O1", "P1", "demand", day("2024-01-01"), std::nullopt}};
  b.balances = {{first, "A1", day("2024-01-01"), 10'000}, {first, "A2", day("2024-01-01"), 1'000}};
  b.loans = {{first, "L1", "C1", "O1", "farmer_micro", day("2024-01-01"), std::nullopt}};
  b.states = {{first, "L1", day("2024-01-01"), 5'000, 0, 0, "special_mention", std::nullopt}};
  b.assignments = {{first, "customer", "C1", "S1", true, kWholeRaw, day("2024-01-01"), std::nullopt},
                   {first, "account", "A2", "S1", true, kWholeRaw, day("2024-01-01"), std::nullopt}};
  return b;
}

class Recorded : public ::testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (!facts_.available() || !place_.available()) GTEST_SKIP() << warehouse::testing::kNoPostgres;
    db_ = facts_.open(), session_ = place_.open();
    bank_ = bank();
    bank_.write(*db_);
    base::FixedClock clock(now_);
    const store::ModuleMigrations all[] = {{"records", records::migrations()},
                                           {"attribution", attribution::migrations()}};
    ASSERT_TRUE(store::migrate(*session_, all, clock).ok());
    directory_ = people::Directory::load(*db_, on("2024-01-01"), std::nullopt);
    auto pack = policy::open_pack(GUANHU_SOURCE_DIR "/policies", "assignment");
    ASSERT_TRUE(pack.ok()) << pack.error().text();
    pack_ = std::make_unique<policy::Pack>(std::move(*pack));
  }

  Instant tick() { return now_ = {now_.micros + 1'000'000}; }
  attribution::RegisterDoing doing(const std::string& who) {
    return {who,
            who,
            tick(),
            on("2024-03-01"),
            attribution::known_floor(*db_),
            [this](const std::string& action, const std::string&, base::Json) { heard_.push_back(action); }};
  }
  records::Doing writing(const std::string& who) { return {who, tick()}; }
  void project() {
    attribution::project(*session_, *db_);
    attribution::refresh_spans(*db_);
  }

  // "S1 80.00, S2 20.00 of 110.00": at the end of the month; nobody's part too.
  std::string ends(const char* month, Fact fact = Fact::deposit_balance,
                   std::optional<Instant> known = std::nullopt) {
    Measure m;
    m.name = "余额", m.unit = "元", m.fact = fact, m.aggregate = Aggregate::at_end;
    Engine::Options options;
    options.known_at = known;
    auto engine = Engine::open(*db_, options);
    if (!engine) return engine.error().text();
    std::vector<Holder> holders;
    for (const char* id : {"S1", "S2", "S3"}) holders.push_back({HolderKind::manager, id});
    auto got = (*engine)->evaluate(m, *base::Period::parse(month), holders);
    if (!got) return got.error().text();
    std::string out;
    for (size_t i = 0; i < holders.size(); ++i)
      if (got->values[i] && !got->values[i]->is_zero()) out += holders[i].id + " " + got->values[i]->str() + ", ";
    EXPECT_TRUE(got->adds_up);
    const auto bank = got->bank_total.numerator * 100 / got->bank_total.denominator;  // fen
    return out + "of " + base::format_int128(bank);
  }

  Assign assign(const std::string& kind, const std::string& id, std::vector<ManagerShare> managers,
                const char* from = "2024-02-15") {
    return {kind, id, kind == "customer" ? id : "C1", "O1", on(from), std::nullopt, std::move(managers), "轮岗"};
  }
  std::string made(const Assign& ask, bool second = false) {
    auto done = attribution::record_assignment(*session_, directory_, ask, second, doing("head"));
    project();
    return done ? done->state : done.error().code;
  }
  attribution::HandoverView view() {
    return {*session_, *db_, directory_, "S1", on("2024-02-15"), on("2024-01-01")};
  }
  records::Record open_case() {
    auto made = attribution::open_handover(view(), {"S1", "S2", "H", "O1", "rotation", on("2024-02-15"), ""},
                                           attribution::own_sources(), writing("s1"));
    EXPECT_TRUE(made.ok()) << made.error().text();
    auto begun = attribution::begin_signing(*session_, made->id, made->version, writing("s1"));
    EXPECT_TRUE(begun.ok()) << begun.error().text();
    return *begun;
  }
  std::string sign(int64_t id, Signer who) {
    auto there = records::record(*session_, attribution::kHandoverKind, id);
    auto done = attribution::sign_handover(view(), *pack_, id, there->version, who, "", writing(signer_word(who)),
                                           doing(signer_word(who)));
    project();
    return done ? done->record.state : done.error().code;
  }
  void sign_all_items(int64_t id) {
    for (Side side : {Side::giver, Side::taker})
      ASSERT_TRUE(attribution::sign_items(*session_, id, side, {}, doing("s")).ok());
  }

  warehouse::testing::Place facts_{GetParam() ? Warehouse::Engine::postgres : Warehouse::Engine::duckdb};
  store::testing::Place place_{GetParam() ? store::Engine::postgres : store::Engine::sqlite};
  std::unique_ptr<Warehouse> db_;
  std::unique_ptr<store::Session> session_;
  TinyBank bank_;
  people::Directory directory_;
  std::unique_ptr<policy::Pack> pack_;
  Instant now_{1'700'000'100'000'000};
  std::vector<std::string> heard_;
};

TEST_P(Recorded, sharesAreTheWholeWithOneMain) {
  EXPECT_EQ(made(assign("branch", "C1", {{"S2", true, 10'000}})), "assignment.kind");
  EXPECT_EQ(made(assign("customer", "C1", {})), "assignment.managers");
  EXPECT_EQ(made(assign("customer", "C1", {{"S2", true, 9'999}})), "assignment.managers");
  EXPECT_EQ(made(assign("customer", "C1", {{"S2", true, 10'001}})), "assignment.managers");
  EXPECT_EQ(made(assign("customer", "C1", {{"S2", false, 10'000}})), "assignment.managers");
  EXPECT_EQ(made(assign("customer", "C1", {{"S2", true, 5'000}, {"S3", true, 5'000}})), "assignment.managers");
  EXPECT_EQ(made(assign("customer", "C1", {{"S2", true, 5'000}, {"S2", false, 5'000}})), "assignment.managers");
  EXPECT_EQ(made(assign("customer", "C1", {{"nobody", true, 10'000}})), "assignment.staff");
  Assign wordless = assign("customer", "C1", {{"S2", true, 10'000}});
  wordless.reason = " ";
  EXPECT_EQ(made(wordless), "assignment.reason");
  EXPECT_EQ(ends("2024-02"), "S1 110, of 11000");
}

// CUS-606: the figure moves from the day on, the bank's total stays to the fen.
TEST_P(Recorded, figuresMoveFromTheDayOn) {
  EXPECT_EQ(ends("2024-02"), "S1 110, of 11000");
  EXPECT_EQ(made(assign("customer", "C1", {{"S2", true, 6'667}, {"S3", false, 3'333}})), "in_force");
  EXPECT_EQ(ends("2024-01"), "S1 110, of 11000");
  EXPECT_EQ(ends("2024-02"), "S1 10, S2 66.67, S3 33.33, of 11000");
  EXPECT_EQ(ends("2024-02", Fact::loan_balance), "S2 33.34, S3 16.67, of 5000");  // rounded half up
  EXPECT_EQ(heard_.back(), "assignment.record");
}

TEST_P(Recorded, whatWasKnownBeforeStaysReproducible) {
  const auto before = attribution::Known::at(*db_, std::nullopt);
  made(assign("customer", "C1", {{"S2", true, 10'000}}));
  const auto after = attribution::Known::at(*db_, std::nullopt);
  EXPECT_NE(before.fingerprint(), after.fingerprint());
  EXPECT_EQ(attribution::Known::at(*db_, before.moment()).fingerprint(), before.fingerprint());
  EXPECT_EQ(ends("2024-02", Fact::deposit_balance, before.moment()), "S1 110, of 11000");
  EXPECT_EQ(ends("2024-02", Fact::deposit_balance, after.moment()), "S1 10, S2 100, of 11000");
  // Taken back: from then on it does not count; what was known between still does.
  ASSERT_TRUE(attribution::take_back(*session_, 1, "错了", doing("head")).ok());
  project();
  EXPECT_EQ(ends("2024-02"), "S1 110, of 11000");
  EXPECT_EQ(ends("2024-02", Fact::deposit_balance, after.moment()), "S1 10, S2 100, of 11000");
  EXPECT_EQ(attribution::take_back(*session_, 1, "错了", doing("head")).error().code, "assignment.state");
}

TEST_P(Recorded, aClockThatIsBehindChangesNothingThatWasKnown) {
  now_ = {1'600'000'000'000'000};  // before the import
  const auto before = attribution::Known::at(*db_, std::nullopt);
  made(assign("customer", "C1", {{"S2", true, 10'000}}));
  EXPECT_EQ(attribution::Known::at(*db_, before.moment()).fingerprint(), before.fingerprint());
  EXPECT_EQ(ends("2024-02"), "S1 10, S2 100, of 11000");
}

TEST_P(Recorded, theSecondPersonAgreesOrRefuses) {
  EXPECT_EQ(made(assign("customer", "C1", {{"S2", true, 10'000}}), true), "asked");
  EXPECT_EQ(ends("2024-02"), "S1 110, of 11000");
  EXPECT_EQ(made(assign("customer", "C1", {{"S3", true, 10'000}})), "assignment.open");
  EXPECT_EQ(attribution::decide_assignment(*session_, 1, true, "", doing("head")).error().code, "assignment.self");
  EXPECT_EQ(attribution::decide_assignment(*session_, 1, false, "", doing("two")).error().code, "assignment.note");
  ASSERT_TRUE(attribution::decide_assignment(*session_, 1, true, "", doing("two")).ok());
  project();
  EXPECT_EQ(ends("2024-02"), "S1 10, S2 100, of 11000");
  EXPECT_EQ(attribution::decide_assignment(*session_, 1, true, "", doing("two")).error().code, "assignment.state");
}

TEST_P(Recorded, explanationsShowTheEntryAsASourceRow) {
  made(assign("customer", "C1", {{"S2", true, 10'000}}));
  Measure m;
  m.name = "余额", m.unit = "元", m.fact = Fact::deposit_balance, m.aggregate = Aggregate::average_daily;
  auto engine = Engine::open(*db_, {});
  ASSERT_TRUE(engine.ok());
  for (const auto& [who, file] : {std::pair{"S2", "recorded_assignments.csv"}, {"S1", "assignments.csv"}}) {
    auto opened = (*engine)->open_figure(m, *base::Period::parse("2024-02"), {HolderKind::manager, who}, 10);
    ASSERT_TRUE(opened.ok());
    const ShareSpan& share = opened->items[0].shares[0];
    EXPECT_EQ(share.source.file, file);
    EXPECT_EQ(share.via, "customer");
    EXPECT_EQ(share.from, on(std::string(who) == "S2" ? "2024-02-15" : "2024-02-01"));
  }
  EXPECT_EQ((*engine)->days_held({{HolderKind::manager, "S2"}}, *base::Period::parse("2024-02")),
            std::vector<int>{15});
}

TEST_P(Recorded, holdingsReadTheSame) {
  made(assign("customer", "C1", {{"S2", true, 7'000}, {"S3", false, 3'000}}));
  auto held = attribution::holders_on(*db_, on("2024-02-15"), "f.subject_id = 'C1'");
  EXPECT_EQ((held[{"customer", "C1"}]), (std::vector<ManagerShare>{{"S2", true, 7'000}, {"S3", false, 3'000}}));
  held = attribution::holders_on(*db_, on("2024-02-14"), "f.subject_id = 'C1'");
  EXPECT_EQ((held[{"customer", "C1"}]), (std::vector<ManagerShare>{{"S1", true, 10'000}}));
  EXPECT_FALSE(attribution::project(*session_, *db_));  // nothing is missing
}

TEST(MadeWhole, whatNobodyHoldsIsTheMains) {
  using List = std::vector<ManagerShare>;
  EXPECT_EQ(attribution::made_whole({{"A", false, 2'000}, {"B", true, 3'000}}),
            (List{{"B", true, 8'000}, {"A", false, 2'000}}));
  EXPECT_EQ(attribution::made_whole({{"A", false, 2'000}}), (List{{"A", true, 10'000}}));
  EXPECT_EQ(attribution::made_whole({{"A", true, 9'000}, {"B", true, 9'000}}),
            (List{{"A", true, 5'000}, {"B", false, 5'000}}));
  EXPECT_EQ(attribution::passed_on({{"A", true, 6'000}, {"B", false, 4'000}}, "A", "B"),
            (List{{"B", true, 10'000}}));
  EXPECT_EQ(attribution::passed_on({{"A", false, 4'000}, {"B", true, 6'000}}, "A", "C"),
            (List{{"B", true, 6'000}, {"C", false, 4'000}}));
}

// ARC-305, CUS-607: nothing moves before the third signature.
TEST_P(Recorded, aHandoverHoldsWhenAllThreeHaveSigned) {
  const records::Record made = open_case();
  const auto items = attribution::items_of(*session_, made.id);
  std::string kinds;
  for (const auto& one : items) kinds += one.kind + " " + one.object + "; ";
  EXPECT_EQ(kinds, "account A2; archive C1; customer C1; loan L1; ");
  EXPECT_EQ(sign(made.id, Signer::giver), "handover.items");
  EXPECT_EQ(attribution::sign_items(*session_, made.id, Side::taker, {{items[0].id}}, doing("s")).error().code,
            "handover.order");
  EXPECT_EQ(
      attribution::sign_items(*session_, made.id, Side::giver, {{items[0].id}, "", true}, doing("s")).error().code,
      "handover.note");
  sign_all_items(made.id);
  EXPECT_EQ(sign(made.id, Signer::witness), "handover.order");
  EXPECT_EQ(sign(made.id, Signer::giver), "signing");
  EXPECT_EQ(sign(made.id, Signer::giver), "handover.signed");
  EXPECT_EQ(sign(made.id, Signer::taker), "signing");
  EXPECT_EQ(ends("2024-02"), "S1 110, of 11000");
  EXPECT_EQ(sign(made.id, Signer::witness), "done");
  EXPECT_EQ(ends("2024-01"), "S1 110, of 11000");
  EXPECT_EQ(ends("2024-02"), "S2 110, of 11000");
  EXPECT_EQ(ends("2024-02", Fact::loan_balance), "S2 50, of 5000");
  const auto shares = attribution::liability(*session_, "L1");
  ASSERT_EQ(shares.size(), 2u);  // of special mention: by the pack
  EXPECT_EQ(shares[0].staff + " " + std::to_string(shares[0].share), "S1 7000");
  EXPECT_EQ(shares[1].staff + " " + std::to_string(shares[1].share), "S2 3000");
}

TEST_P(Recorded, aPartialHandoverLeavesTheRestWithTheGiver) {
  const records::Record made = open_case();
  for (const auto& one : attribution::items_of(*session_, made.id))
    if (one.kind == "loan")
      ASSERT_TRUE(attribution::leave_out(*session_, made.id, one.id, "诉讼中", doing("s")).ok());
  sign_all_items(made.id);
  for (Signer who : {Signer::giver, Signer::taker, Signer::witness}) sign(made.id, who);
  EXPECT_EQ(ends("2024-02"), "S2 110, of 11000");
  EXPECT_EQ(ends("2024-02", Fact::loan_balance), "S1 50, of 5000");  // though its customer went
  EXPECT_TRUE(attribution::liability(*session_, "L1").empty());
}

TEST_P(Recorded, cancelledBeforeItsEndNothingHasMoved) {
  const records::Record made = open_case();
  sign_all_items(made.id);
  sign(made.id, Signer::giver), sign(made.id, Signer::taker);
  auto there = records::record(*session_, attribution::kHandoverKind, made.id);
  EXPECT_EQ(attribution::cancel_handover(*session_, made.id, there->version, "", writing("h")).error().code,
            "handover.note");
  ASSERT_TRUE(attribution::cancel_handover(*session_, made.id, there->version, "不轮了", writing("h")).ok());
  EXPECT_EQ(sign(made.id, Signer::witness), "handover.state");
  EXPECT_EQ(ends("2024-02"), "S1 110, of 11000");
  EXPECT_TRUE(attribution::entries(*session_, {}).empty());
}

TEST_P(Recorded, aHandoverIsRefusedToThoseWhoMayNot) {
  auto code = [&](const attribution::HandoverAsk& ask) {
    auto v = view();
    v.giver = ask.giver;
    auto done = attribution::open_handover(v, ask, attribution::own_sources(), writing("s1"));
    return done ? "fine" : done.error().code;
  };
  const Date day = on("2024-02-15");
  EXPECT_EQ(code({"S1", "S1", "H", "O1", "rotation", day, ""}), "handover.taker");
  EXPECT_EQ(code({"S1", "S2", "S2", "O1", "rotation", day, ""}), "handover.witness");
  EXPECT_EQ(code({"S1", "nobody", "H", "O1", "rotation", day, ""}), "handover.taker");
  EXPECT_EQ(code({"S1", "S2", "H", "O1", "holiday", day, ""}), "handover.why");
  EXPECT_EQ(code({"S3", "S2", "H", "O1", "rotation", day, ""}), "handover.empty");
  EXPECT_EQ(code({"S1", "S2", "H", "O1", "rotation", day, ""}), "fine");
  EXPECT_EQ(code({"S1", "S3", "H", "O1", "rotation", day, ""}), "handover.open");
}

// CUS-607
TEST_P(Recorded, aClaimIsAnsweredAndDecided) {
  attribution::ClaimAsk ask{"C1",
                            "Name",
                            "O1",
                            "S2",
                            {"S1"},
                            on("2024-02-15"),
                            "我引进的",
                            "开户单",
                            {},
                            on("2024-03-06"),
                            on("2024-03-13")};
  auto wordless = ask;
  wordless.reason = "";
  EXPECT_EQ(attribution::file_claim(*session_, wordless, writing("s2")).error().code, "claim.reason");
  auto bare = ask;
  bare.evidence = "";
  EXPECT_EQ(attribution::file_claim(*session_, bare, writing("s2")).error().code, "claim.evidence");
  auto own = ask;
  own.claimant = "S1";
  EXPECT_EQ(attribution::file_claim(*session_, own, writing("s1")).error().code, "claim.own");
  auto filed = attribution::file_claim(*session_, ask, writing("s2"));
  ASSERT_TRUE(filed.ok()) << filed.error().text();
  EXPECT_EQ(attribution::file_claim(*session_, ask, writing("s3")).error().code, "claim.open");
  attribution::ClaimDecision d{filed->id,        filed->version,         "H", true, "有开户单",
                               on("2024-02-15"), {{"S2", true, 10'000}}, {}};
  auto decide = [&] {
    auto done = attribution::decide_claim(*session_, directory_, d, writing("h"), doing("h"));
    project();
    return done ? done->record.state : done.error().code;
  };
  EXPECT_EQ(decide(), "claim.state");  // not answered, and there is still time
  auto answered = attribution::answer_claim(
      *session_, {filed->id, filed->version, "S1", false, "一直是我管", on("2024-03-08")}, writing("s1"));
  ASSERT_TRUE(answered.ok()) << answered.error().text();
  d.version = answered->version, d.person = "S1";
  EXPECT_EQ(decide(), "claim.self");
  d.person = "H", d.why = "";
  EXPECT_EQ(decide(), "claim.why");
  d.why = "有开户单";
  EXPECT_EQ(ends("2024-02"), "S1 110, of 11000");
  EXPECT_EQ(decide(), "granted");
  EXPECT_EQ(ends("2024-02"), "S1 10, S2 100, of 11000");
  EXPECT_EQ(decide(), "claim.state");
}

TEST_P(Recorded, whatThePackSaysAgainstAnAssignment) {
  auto code = [&](std::vector<ManagerShare> managers, const char* from) {
    auto fine = attribution::allowed(*pack_, directory_, assign("customer", "C1", std::move(managers), from),
                                     on("2024-03-01"));
    return fine ? "fine" : fine.error().message;
  };
  EXPECT_EQ(code({{"S2", true, 10'000}}, "2024-03-01"), "fine");
  EXPECT_EQ(code({{"S2", true, 4'999}, {"S3", false, 5'001}}, "2024-03-01"), "主办的份额太低");
  EXPECT_EQ(code({{"S2", true, 10'000}}, "2023-01-01"), "起日太早");
  EXPECT_EQ(*attribution::needs_second(*pack_, directory_, assign("customer", "C1", {{"S2", true, 10'000}}),
                                       on("2024-02-15")),
            false);
  EXPECT_EQ(*attribution::needs_second(*pack_, directory_, assign("customer", "C1", {{"S2", true, 10'000}}),
                                       on("2024-02-16")),
            true);
}

INSTANTIATE_TEST_SUITE_P(duckdb, Recorded, ::testing::Values(false));
INSTANTIATE_TEST_SUITE_P(postgres, Recorded, ::testing::Values(true));

}  // namespace
}  // namespace guanhu::measures::testing
