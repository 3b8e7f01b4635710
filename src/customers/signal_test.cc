// Rows of other systems: the dry run says what is wrong where, a batch is written as a whole and taken back as a
// whole, the same table twice changes nothing; what approvals, events and records come to. On both engines.
#include "customers/signal.h"

#include "customers/intake_testing.h"
#include "policy/load.h"

namespace guanhu::customers {
namespace {

base::Date on(const char* text) { return *base::Date::parse(text); }

class SignalTest : public IntakeTest {
 protected:
  void SetUp() override {
    IntakeTest::SetUp();
    if (IsSkipped()) return;
    const store::ModuleMigrations modules[] = {{"signals", signal_migrations()}};
    ASSERT_TRUE(store::migrate(store(), modules, clock_).ok());
    auto pack = policy::open_pack(GUANHU_SOURCE_DIR "/policies", kSignalPack);
    ASSERT_TRUE(pack.ok()) << pack.error().message;
    pack_ = std::make_unique<policy::Pack>(std::move(*pack));
    auto systems = signal_systems(*pack_, on("2026-01-05"));
    ASSERT_TRUE(systems.ok()) << systems.error().message;
    systems_ = std::move(*systems);
    world_.customer = [](const std::string& id) -> std::optional<IntakeCustomer> {
      if (!id.starts_with("C")) return std::nullopt;
      return IntakeCustomer{id, "客户" + id, "person", "B1"};
    };
    world_.org = [](const std::string& said) -> std::optional<std::string> {
      if (said == "东街支行") return "B1";
      return said.starts_with("B") ? std::optional(said) : std::nullopt;
    };
    world_.staff = [](const std::string& id) -> std::optional<std::string> {
      return id.starts_with("E") ? std::optional<std::string>("B1") : std::nullopt;
    };
    world_.keeper = [](const std::string& customer, const std::string&) { return "E" + customer.substr(1); };
    world_.pack = pack_.get(), world_.key = &key_, world_.today = on("2026-01-05");
  }

  const SignalSystem& system(const std::string& id) const {
    for (const auto& one : systems_)
      if (one.id == id) return one;
    throw std::runtime_error("no system " + id);
  }
  IntakeTable table(const std::string& id, const std::vector<std::vector<std::string>>& rows) const {
    IntakeTable out;
    for (const auto& column : system(id).columns) out.head.push_back(column.title);
    for (size_t i = 0; i < rows.size(); ++i) out.rows.push_back({static_cast<int>(i + 2), rows[i]});
    return out;
  }
  std::vector<IntakeRow> plan(const std::string& id, const std::vector<std::vector<std::string>>& rows) {
    const IntakeTable given = table(id, rows);
    return plan_signals(store(), system(id), given, guess_columns(signal_columns(system(id)), given.head, {}),
                        world_);
  }
  // Of the only row: "B2 客户号: message".
  std::string wrong(const std::string& id, const std::vector<std::string>& row) {
    const auto rows = plan(id, {row});
    if (rows[0].outcome != "refused") return rows[0].outcome;
    return rows[0].said.at(0).cell + " " + rows[0].said.at(0).column + ": " + rows[0].said.at(0).message;
  }
  base::Result<records::Record> send(const std::string& id, const std::vector<std::vector<std::string>>& rows) {
    const IntakeTable given = table(id, rows);
    const auto columns = guess_columns(signal_columns(system(id)), given.head, {});
    SignalOpening opening;
    opening.system = id, opening.system_title = system(id).title, opening.file = id + ".csv";
    opening.digest = "d", opening.owner = "E9", opening.org = "B1";
    opening.head = given.head, opening.columns = columns;
    auto checked =
        keep_signal_check(store(), opening, plan_signals(store(), system(id), given, columns, world_), doing());
    if (!checked.ok()) return checked;
    return apply_signals(store(), {checked->id, checked->version, &system(id), &given, &world_}, doing());
  }
  std::string refusal(const std::string& id, const std::vector<std::vector<std::string>>& rows) {
    auto done = send(id, rows);
    return done.ok() ? "" : done.error().code;
  }
  std::string take_back(const records::Record& batch) {
    auto done = undo_signals(store(), batch.id, batch.version, "传错了文件", world_, doing());
    return done.ok() ? "" : done.error().code;
  }
  Signal only(const std::string& id) { return signals(store(), {.system = id}).at(0); }
  std::string targets(const std::string& state) {
    std::string out;
    for (const auto& one : check_targets(store(), state))
      out += one.kind + " " + one.object + " " + std::to_string(one.events) + ";";
    return out;
  }

  store::PersonalKey key_ = store::PersonalKey::make();
  std::unique_ptr<policy::Pack> pack_;
  std::vector<SignalSystem> systems_;
  SignalWorld world_;
};
INSTANTIATE_TEST_SUITE_P(Engines, SignalTest, ::testing::Values(store::Engine::sqlite, store::Engine::postgres),
                         [](const auto& of) { return of.param == store::Engine::sqlite ? "sqlite" : "postgres"; });

const std::vector<std::string> kWarning = {"W1", "C1", "欠息", "高", "2026-01-04", "欠息两期"};

TEST_P(SignalTest, EveryRefusalSaysWhereAndHowToMend) {
  EXPECT_EQ(wrong("early-warning", {"", "C1", "欠息", "高", "2026-01-04"}), "A2 信号编号: 没有填");
  EXPECT_NE(wrong("early-warning", {"W1", "X1", "欠息", "高", "2026-01-04"}).find("B2 客户号: 没有客户 X1"),
            std::string::npos);
  EXPECT_EQ(wrong("early-warning", {"W1", "C1", "欠息", "急", "2026-01-04"}),
            "D2 信号级别: “急”不在可选的里面，写：高、中、低");
  EXPECT_EQ(wrong("early-warning", {"W1", "C1", "欠息", "高", "昨天"}),
            "E2 信号日期: “昨天”不是日期，写成 2025-12-31");
  EXPECT_EQ(wrong("early-warning", {"W1", "C1", "欠息", "高", "2026-01-06"}),
            "E2 信号日期: 2026-01-06 还没有到，今天是 2026-01-05");
  EXPECT_EQ(wrong("early-warning", {"W1", "C1", "欠息", "高", "2026-01-05"}), "new");
  EXPECT_EQ(wrong("ops-risk", {"R1", "西街", "E1", "冒名", "2026-01-04", "高"}),
            "B2 网点: 没有机构 西街，写机构号或者名称");
  EXPECT_EQ(wrong("ops-risk", {"R1", "东街支行", "T1", "冒名", "2026-01-04", "高"}),
            "C2 柜员: 没有工号 T1，按员工名单写工号");
  EXPECT_EQ(wrong("ocrm", {"C1", "是", "", "32", ""}), "D2 信用卡账单日: 32 不在 1 到 31 之间");
  EXPECT_EQ(wrong("ocrm", {"C1", "是", "", "0", ""}), "D2 信用卡账单日: 0 不在 1 到 31 之间");
  EXPECT_EQ(wrong("ocrm", {"C1", "是", "", "31", ""}), "new");
  EXPECT_EQ(wrong("ocrm", {"C1", "也许", "", "", ""}), "B2 重要客户: “也许”要写是或者否");
  EXPECT_NE(wrong("cmis", {"A1", "C1", "B1", "2025-06-01", "2025-05-31"}).find("小于“批复生效日”"),
            std::string::npos);
  EXPECT_EQ(wrong("cmis", {"A1", "C1", "B1", "2025-06-01", "2027-05-31"}), "new") << "an end may lie ahead";
  EXPECT_NE(wrong("credit-asset", {"C1", "E1", "2026-01-04", "21", "20"}).find("小于“已填栏数” 21"),
            std::string::npos);
  const auto twice = plan("early-warning", {kWarning, kWarning});
  EXPECT_EQ(twice[0].outcome, "new");
  EXPECT_EQ(twice[1].said.at(0).message, "文件里前面已经有 W1，一个主键只留一行");
}

// INT-007: the check is due on the day the signal came, for the customer's manager; the same signal never is
// another.
TEST_P(SignalTest, AWarningIsCheckedTheSameDayAndOnlyOnce) {
  EXPECT_EQ(refusal("early-warning", {kWarning, {"W2", "X1", "欠息", "高", "2026-01-04"}}), "signal.refused");
  EXPECT_TRUE(signals(store(), {}).empty()) << "all rows or none";
  auto batch = send("early-warning", {kWarning});
  ASSERT_TRUE(batch.ok()) << batch.error().message;
  const Signal made = only("early-warning");
  EXPECT_EQ(made.state, "open");
  EXPECT_EQ(made.keeper, "E1");
  EXPECT_EQ(made.due, on("2026-01-05"));
  EXPECT_TRUE(made.first);
  EXPECT_EQ(refusal("early-warning", {kWarning}), "signal.nothing");

  EXPECT_EQ(finish_signal(store(), made.id, " ", doing()).error().code, "signal.finding");
  ASSERT_TRUE(finish_signal(store(), made.id, "已上门，货款周转慢，月底补上", doing()).ok());
  EXPECT_EQ(finish_signal(store(), made.id, "再写一遍", doing()).error().code, "signal.state");
  auto corrected = kWarning;
  corrected[3] = "中";
  world_.today = on("2026-01-06");
  ASSERT_EQ(refusal("early-warning", {corrected}), "");
  EXPECT_EQ(only("early-warning").state, "done") << "who has looked has looked";
  EXPECT_EQ(only("early-warning").level, "中");
  EXPECT_EQ(only("early-warning").received, on("2026-01-05"));
}

TEST_P(SignalTest, ABatchIsTakenBackWhileNobodyHasWorkedOnIt) {
  auto first = send("early-warning", {kWarning});
  ASSERT_TRUE(first.ok());
  auto corrected = kWarning;
  corrected[2] = "涉诉";
  auto second = send("early-warning", {corrected, {"W2", "C2", "欠息", "低", "2026-01-03"}});
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(undo_signals(store(), second->id, second->version, "", world_, doing()).error().code, "signal.why");
  EXPECT_EQ(undo_signals(store(), second->id, second->version - 1, "错了", world_, doing()).error().code,
            "record.changed");
  EXPECT_EQ(take_back(*first), "signal.worked") << "a later batch corrected it";
  ASSERT_TRUE(finish_signal(store(), only("early-warning").id, "查过了", doing()).ok());
  EXPECT_EQ(take_back(*second), "signal.worked");
  EXPECT_EQ(signals(store(), {}).size(), 2u) << "nothing of it was taken back";
  ASSERT_TRUE(reopen_signal(store(), only("early-warning").id, "结论太简单").ok());
  EXPECT_EQ(take_back(*second), "");
  ASSERT_EQ(signals(store(), {}).size(), 1u);
  EXPECT_EQ(only("early-warning").value("kind"), "欠息");
  EXPECT_EQ(take_back(*first), "");
  EXPECT_TRUE(signals(store(), {}).empty());
}

// INT-004: one event of high risk lists a teller, two an outlet; what was looked at does not count again.
TEST_P(SignalTest, TellersAndOutletsAreListedByTheirEvents) {
  ASSERT_EQ(refusal("ops-risk", {{"R1", "B1", "E1", "冒名办理", "2026-01-04", "高"},
                                 {"R2", "B1", "", "漏章", "2026-01-04", "中"},
                                 {"R0", "B1", "E2", "代客保管", "2025-10-07", "高"}}),
            "");
  // R0 is 90 days old: it counts no longer; 89 days would.
  EXPECT_EQ(targets("open"), "staff E1 1;");
  auto second = send("ops-risk", {{"R3", "B1", "E3", "代客签名", "2025-10-08", "高"}});
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(targets("open"), "staff E3 1;org B1 2;staff E1 1;");
  EXPECT_EQ(take_back(*second), "");
  EXPECT_EQ(targets("open"), "staff E1 1;") << "off the list with the batch that put it there";
  EXPECT_EQ(finish_target(store(), check_targets(store(), "open")[0].id, "", doing()).error().code,
            "signal.finding");
  const int64_t listed = check_targets(store(), "open")[0].id;
  ASSERT_TRUE(finish_target(store(), listed, "调阅录像，本人承认，已停岗", doing()).ok());
  EXPECT_EQ(finish_target(store(), listed, "再查一遍", doing()).error().code, "signal.state");
  ASSERT_EQ(refusal("ops-risk", {{"R4", "B2", "E1", "漏章", "2026-01-04", "低"}}), "");
  EXPECT_EQ(targets("open"), "");
  ASSERT_EQ(refusal("ops-risk", {{"R5", "B1", "E1", "冒名办理", "2026-01-05", "高"}}), "");
  EXPECT_EQ(targets("open"), "staff E1 1;org B1 2;") << "the outlet was not looked at yet";
}

// INT-301: an approval ends with the earlier of its days; six months are counted by the pack, from the latest end.
TEST_P(SignalTest, ApprovalsSayWhenAllHaveLapsedAndWhoseTheyWere) {
  const auto now = on("2026-01-05");
  EXPECT_FALSE(approvals_of(store(), {"C1"}, now).any);
  ASSERT_EQ(refusal("cmis", {{"A1", "C1", "B2", "2020-01-01", "2021-01-01", ""},
                             {"A2", "C1", "B1", "2024-01-01", "2026-06-30", "2025-07-05"},
                             {"A3", "C9", "B1", "2025-01-01", "2026-01-05", ""}}),
            "");
  auto of = approvals_of(store(), {"C1"}, now);
  EXPECT_TRUE(of.any);
  EXPECT_EQ(of.lapsed, on("2025-07-05")) << "called back before its end";
  EXPECT_EQ(of.first, "B2");
  EXPECT_EQ(of.now, "");
  EXPECT_FALSE(approvals_of(store(), {"C9"}, now).lapsed) << "in force on its last day";
  EXPECT_EQ(approvals_of(store(), {"C9"}, now).now, "B1");
  EXPECT_EQ(approvals_of(store(), {"C9"}, now + 1).lapsed, now);
  EXPECT_EQ(approvals_of(store(), {"C1", "C9"}, now).now, "B1") << "numbers that are one count together";
}

// INT-302
TEST_P(SignalTest, IncompleteRecordsAreCountedByWhoEnteredThem) {
  ASSERT_EQ(refusal("credit-asset", {{"C1", "E1", "2026-01-04", "20", "20", ""},
                                     {"C2", "E1", "2026-01-04", "19", "20", "电话"},
                                     {"C3", "E2", "2026-01-04", "15", "20", ""},
                                     {"C4", "E2", "2026-01-04", "18", "20", ""}}),
            "");
  const auto by = entered_by(signals(store(), {.does = kCompleteness}), *pack_, world_.today);
  ASSERT_EQ(by.size(), 2u);
  EXPECT_EQ(by[0].staff, "E2");
  EXPECT_EQ(by[0].incomplete, 2);
  EXPECT_EQ(by[0].lacking, 7);
  EXPECT_EQ(by[1].records, 2);
  EXPECT_EQ(by[1].incomplete, 1);
}

// INT-009; what is personal lies sealed, and a table that brings the same again is the same.
TEST_P(SignalTest, RemindersReadTheLastThatWasSaid) {
  ASSERT_EQ(refusal("ocrm", {{"C1", "是", "1980/5/12", "8", "13755550101"}, {"C2", "否", "", "", ""}}), "");
  EXPECT_EQ(reminder_values(store(), "birthday").at("C1"), "1980-05-12");
  EXPECT_EQ(reminder_values(store(), "vip").at("C2"), "no");
  EXPECT_EQ(reminder_values(store(), "bill_day").count("C2"), 0u);
  const auto one = signals(store(), {.customers = {"C1"}}).at(0);
  EXPECT_TRUE(store::PersonalKey::is_sealed(one.value("phone"))) << one.value("phone");
  EXPECT_EQ(refusal("ocrm", {{"C1", "是", "1980-05-12", "8", "13755550101"}}), "signal.nothing");
  const auto changed = plan("ocrm", {{"C1", "是", "1980-05-12", "8", "13755550102"}});
  EXPECT_EQ(changed[0].outcome, "changed");
  EXPECT_EQ(changed[0].said.at(0).after, "••••") << "no number of a person among the words";
  ASSERT_EQ(refusal("ocrm", {{"C1", "否", "", "9", ""}}), "");
  EXPECT_EQ(reminder_values(store(), "birthday").count("C1"), 0u);
  EXPECT_EQ(reminder_values(store(), "bill_day").at("C1"), "9");
}

TEST_P(SignalTest, TheMappingIsRememberedBySystem) {
  ASSERT_EQ(refusal("early-warning", {kWarning}), "");
  const base::Json kept = remembered_columns(store(), "early-warning");
  ASSERT_TRUE(kept.find("客户号"));
  EXPECT_EQ(*kept.find("客户号")->as_string(), "customer");
  EXPECT_TRUE(remembered_columns(store(), "cmis").is_null());
}

}  // namespace
}  // namespace guanhu::customers
