// The life of a run over HTTP: shown, disputed, corrected, sealed by two people, checked from outside.
#include <fstream>

#include "appraisal/seal.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

constexpr const char* kReason = R"({"reason": "按制度"})";

class RunLife : public ::testing::Test {
 public:
  TestBank& bank_ = TestBank::get();
  Browser& business_ = bank_.as(Role::business);
  Browser& hr_ = bank_.as(Role::hr);
  Browser& executive_ = bank_.as(Role::executive);
  Browser& manager_ = bank_.as(Role::manager);
  const std::string self_ = bank_.staff(Role::manager);

  // The stages of one run, each building on the one before.
  void draft();
  void shown();
  void claims();
  void decisions();
  void corrected_run();
  void seals();
  void statement();
  void from_outside();
  void tampering();
  void records();
  std::string run_, result_, figure_, was_, dispute_, corrected_, result2_;
  Reply filed_, now_, sealed_, mine_;

  Reply step(Browser& who, const std::string& run, const char* what, const char* body = kReason) {
    return who.send("POST", "/runs/" + run + "/" + what, body);
  }
  // As if the days of notice and appeal had passed.
  void let_time_pass(const std::string& run) {
    bank_.bank->store().exec(
        "UPDATE run_life SET notice_until = '2020-01-01', appeal_until = '2020-01-01' WHERE run_id = " + run);
  }
  std::string somebody_else() const {
    for (const auto& [id, position] : bank_.facts->staff_position)
      if (position == "manager" && id != self_) return id;
    return "";
  }
  Json claim(const std::string& run, const std::string& figure, const std::string& claimed) {
    return JsonObject{{"run", *base::Decimal::parse(run)},
                      {"figure", figure},
                      {"claimed", claimed},
                      {"reason", "漏了一户"},
                      {"documents", JsonArray{JsonObject{{"title", "开户证明"}, {"reference", "档案 12"}}}}};
  }
  // A command of the command line, on the bank the server holds.
  std::pair<int, std::string> command(const cli::Command& command, const std::vector<std::string>& words) {
    std::istringstream in;
    std::ostringstream out, err;
    cli::Io io{in, out, err, bank_.clock};
    io.held = [this] { return bank_.bank->again(); };
    io.actor = "cli:test";
    int status = command.run(words, io);
    return {status, out.str() + err.str()};
  }
  void edit_result(const std::string& run, const std::string& from, const std::string& to) {
    auto& store = bank_.bank->store();
    const bool sqlite = store.engine() == store::Engine::sqlite;
    std::string trigger;
    if (sqlite) {
      trigger = store.query("SELECT sql FROM sqlite_master WHERE name = 'run_holders_update'").at(0).text(0);
      store.script("DROP TRIGGER run_holders_update");
    } else {
      store.script("ALTER TABLE run_holders DISABLE TRIGGER USER");
    }
    store.exec(
        "UPDATE run_holders SET result = replace(result, ?, ?) WHERE run_id = " + run + " AND holder_id = ?",
        {from, to, self_});
    store.script(sqlite ? trigger : "ALTER TABLE run_holders ENABLE TRIGGER USER");
  }
};

void RunLife::draft() {
  Reply job = business_.post("/runs", JsonObject{{"scheme", "sample/经营业绩"}, {"period", "2025Q4"}});
  ASSERT_EQ(job.status, 202) << job.text;
  run_ = finished(business_, job.at("id")).at("result.run");
  ASSERT_NE(run_, "");
  result_ = "/results/" + run_ + "/" + self_;

  // A draft is nobody's to see, and only who may shows it.
  EXPECT_EQ(manager_.get("/results?run=" + run_).at("total"), "0");
  EXPECT_EQ(manager_.get(result_).status, 404);
  EXPECT_EQ(manager_.post("/disputes", claim(run_, "存款日均余额", "1")).status, 404);
  EXPECT_EQ(manager_.get("/runs/" + run_ + "/life").status, 403);
  EXPECT_EQ(step(bank_.as(Role::branch_head), run_, "publish").status, 403);
  EXPECT_EQ(step(executive_, run_, "seal").code(), "life.state");
  EXPECT_EQ(step(business_, run_, "publish", R"({"reason": " "})").code(), "life.reason");
  EXPECT_EQ(step(business_, "999999", "publish").status, 404);

  Reply shown = step(business_, run_, "publish");
  ASSERT_EQ(shown.status, 200) << shown.text;
  EXPECT_EQ(shown.at("state"), "published");
  EXPECT_EQ(shown.at("maker"), "business");
  EXPECT_NE(shown.at("known_at"), "");
  EXPECT_EQ(shown.at("sealable.code"), "life.notice");
  EXPECT_EQ(shown.at("policy"), "公示 appraisal-results/result-deadline，申诉 appraisal-results/result-deadline");
  EXPECT_EQ(step(business_, run_, "publish").code(), "life.state");
  EXPECT_EQ(step(business_, run_, "propose-seal").code(), "life.notice");
}

void RunLife::shown() {
  // Everyone sees their own.
  EXPECT_EQ(manager_.get("/results?run=" + run_).at("total"), "1");
  EXPECT_EQ(manager_.get("/results?run=" + run_).at("items.0.holder"), self_);
  EXPECT_EQ(manager_.get("/results/" + run_ + "/" + somebody_else()).status, 404);
  EXPECT_EQ(manager_.get(result_ + "/statement").code(), "life.state") << "not sealed yet";
  mine_ = manager_.get(result_);
  ASSERT_EQ(mine_.status, 200) << mine_.text;
  EXPECT_EQ(mine_.at("may_dispute.ok"), "true");
  figure_ = mine_.at("figures.0.name"), was_ = mine_.at("figures.0.value");
  ASSERT_NE(was_, "") << mine_.text;
}

void RunLife::claims() {
  // What cannot be disputed.
  EXPECT_EQ(manager_.post("/disputes", claim(run_, "没有的指标", "1")).code(), "dispute.figure");
  EXPECT_EQ(manager_.post("/disputes", claim(run_, figure_, was_)).code(), "dispute.same");
  EXPECT_EQ(manager_.post("/disputes", claim(run_, figure_, "很多")).status, 400);
  EXPECT_EQ(hr_.post("/disputes", claim(run_, figure_, "1")).status, 403);
  Json others = claim(run_, figure_, "1");
  others.as_object()->emplace_back("holder", somebody_else());
  EXPECT_EQ(manager_.post("/disputes", others).status, 404) << "somebody else's result";

  filed_ = manager_.post("/disputes", claim(run_, figure_, "99999999"));
  ASSERT_EQ(filed_.status, 200) << filed_.text;
  EXPECT_EQ(filed_.at("state"), "open");
  EXPECT_EQ(filed_.at("effect.figure.was"), was_);
  EXPECT_EQ(filed_.at("effect.figure.would"), "99999999");
  EXPECT_EQ(filed_.at("effect.others.items"), "") << "who else is moved is not the manager's to see";
  EXPECT_EQ(manager_.post("/disputes", claim(run_, figure_, "5")).code(), "dispute.twice");
  dispute_ = "/disputes/" + filed_.at("id");
  EXPECT_NE(hr_.get(dispute_).at("effect.others.items"), "");
  EXPECT_EQ(hr_.get("/runs/" + run_ + "/life").at("state"), "disputed");
  let_time_pass(run_);
  EXPECT_EQ(step(business_, run_, "propose-seal").code(), "life.open");
}

void RunLife::decisions() {
  // Decided by somebody whom it does not concern, twice at most.
  auto decide = [&](Browser& who, const std::string& path, const char* body) {
    return who.send("POST", path + "/decide", body);
  };
  const char* no = R"({"outcome": "rejected", "reason": "证明不足"})";
  EXPECT_EQ(decide(manager_, dispute_, no).status, 403);
  EXPECT_EQ(decide(business_, dispute_, no).code(), "dispute.maker");
  EXPECT_EQ(decide(hr_, dispute_, R"({"outcome": "adjusted", "reason": "x"})").code(), "dispute.number");
  EXPECT_EQ(decide(hr_, dispute_, R"({"outcome": "rejected", "reason": ""})").code(), "life.reason");
  EXPECT_EQ(manager_.send("POST", dispute_ + "/review", kReason).code(), "dispute.stage");
  Reply rejected = decide(hr_, dispute_, no);
  ASSERT_EQ(rejected.status, 200) << rejected.text;
  EXPECT_NE(rejected.at("review_until"), "");
  EXPECT_EQ(decide(executive_, dispute_, no).code(), "dispute.decided");
  EXPECT_EQ(hr_.get("/runs/" + run_ + "/life").at("sealable.code"), "life.review");
  EXPECT_EQ(manager_.send("POST", dispute_ + "/withdraw", kReason).code(), "dispute.decided");
  Reply review = manager_.send("POST", dispute_ + "/review", kReason);
  ASSERT_EQ(review.status, 200) << review.text;
  EXPECT_EQ(review.at("stage"), "2");
  const std::string again = "/disputes/" + review.at("id");
  const char* yes = R"({"outcome": "upheld", "reason": "补了证明"})";
  EXPECT_EQ(decide(hr_, again, yes).code(), "dispute.again");
  Reply upheld = decide(executive_, again, yes);
  ASSERT_EQ(upheld.status, 200) << upheld.text;
  EXPECT_EQ(upheld.at("granted"), "99999999");
  corrected_ = upheld.at("corrected_run");
  ASSERT_NE(corrected_, "");
}

void RunLife::corrected_run() {
  // The corrected draft takes the place of what was shown.
  EXPECT_EQ(hr_.get("/runs/" + run_ + "/life").at("sealable.code"), "life.corrected");
  Reply second = step(business_, corrected_, "publish");
  ASSERT_EQ(second.status, 200) << second.text;
  EXPECT_EQ(second.at("corrects"), run_);
  EXPECT_EQ(second.at("corrections.0.value"), "99999999");
  EXPECT_EQ(hr_.get("/runs/" + run_ + "/life").at("superseded_by"), corrected_);
  result2_ = "/results/" + corrected_ + "/" + self_;
  now_ = manager_.get(result2_);
  EXPECT_EQ(now_.at("total"), filed_.at("effect.total.would")) << "what was foretold is what came";
  EXPECT_EQ(now_.at("corrections.0.figure"), figure_);
  EXPECT_EQ(manager_.get(result_).at("may_dispute.code"), "life.superseded");
  EXPECT_EQ(manager_.post("/disputes", claim(corrected_, figure_, "5")).code(), "dispute.twice");
}

void RunLife::seals() {
  // Sealed by two people.
  let_time_pass(corrected_);
  EXPECT_EQ(step(executive_, corrected_, "seal").code(), "life.proposed");
  ASSERT_EQ(step(business_, corrected_, "propose-seal").status, 200);
  EXPECT_EQ(step(business_, corrected_, "seal").code(), "life.self");
  sealed_ = step(executive_, corrected_, "seal");
  ASSERT_EQ(sealed_.status, 200) << sealed_.text;
  EXPECT_EQ(sealed_.at("state"), "sealed");
  EXPECT_EQ(sealed_.at("root").size(), 64u);
  EXPECT_NE(sealed_.at("names.business"), "") << "people are named, not logins: " << sealed_.text;
  EXPECT_EQ(business_.post("/runs/" + run_ + "/verify", JsonObject{}).code(), "life.state") << "never sealed";
  EXPECT_EQ(manager_.post("/runs/" + corrected_ + "/verify", JsonObject{}).status, 403);
  Reply whole = business_.post("/runs/" + corrected_ + "/verify", JsonObject{});
  EXPECT_EQ(whole.at("good"), "true") << whole.text;
  EXPECT_EQ(whole.at("rerun"), "same");
  EXPECT_EQ(manager_.post("/disputes", claim(corrected_, mine_.at("figures.1.name"), "5")).code(),
            "dispute.state");
}

void RunLife::statement() {
  // The statement opens alone and proves itself.
  EXPECT_EQ(manager_.get("/results/" + corrected_ + "/" + somebody_else() + "/statement").status, 404);
  // Received is what its owner opened, not who else did.
  EXPECT_EQ(hr_.get(result2_ + "/statement").status, 200);
  EXPECT_EQ(hr_.get(result2_).at("received_at"), "null");
  Reply page = manager_.get(result2_ + "/statement");
  ASSERT_EQ(page.status, 200) << page.text;
  EXPECT_NE(hr_.get(result2_).at("received_at"), "null");
  EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
  for (const char* outside : {"src=", "href=", "http://", "https://", "@import", "url("})
    EXPECT_EQ(page.text.find(outside), std::string::npos) << outside;
  EXPECT_EQ(page.text.find(somebody_else()), std::string::npos) << "nobody else stands in it";
  auto receipt = appraisal::read_receipt(page.text);
  ASSERT_TRUE(receipt.ok()) << receipt.error().text();
  EXPECT_TRUE(appraisal::check_receipt(*receipt).ok());
  EXPECT_EQ(receipt->root, sealed_.at("root"));
  EXPECT_EQ(manager_.get(result2_ + "/receipt").at("leaf"), receipt->leaf);
  for (const char* read : {"<br>加分步长 = 50,000 元", "<br>管户数平均 = "})
    EXPECT_NE(page.text.find(read), std::string::npos) << read << ": nobody can recompute the score without it";
}

void RunLife::from_outside() {
  // From outside: the chain, the seal, the receipt.
  auto [good, words] = command(cli::kAuditVerifyCommand, {"--data", "x"});
  EXPECT_EQ(good, 0) << words;
  EXPECT_NE(words.find("made again, it is the same, root " + sealed_.at("root")), std::string::npos) << words;
  const fs::path folder = fs::temp_directory_path() / ("guanhu-statements-" + std::to_string(::getpid()));
  auto [written, told] = command(
      cli::kStatementCommand, {"--data", "x", "--run", corrected_, "--holder", self_, "--out", folder.string()});
  EXPECT_EQ(written, 0) << told;
  const std::string file = (folder / (self_ + ".html")).string();
  auto [proven, shown_text] = command(cli::kAuditVerifyCommand, {"--receipt", file, "--data", "x"});
  EXPECT_EQ(proven, 0) << shown_text;
  EXPECT_NE(shown_text.find("total\t" + now_.at("total")), std::string::npos) << shown_text;
  EXPECT_EQ(command(cli::kAuditVerifyCommand, {"--receipt", file, "--root", std::string(64, '0')}).first, 1);
  EXPECT_EQ(command(cli::kAuditVerifyCommand, {"--receipt", file + "x"}).first, 2);
  EXPECT_EQ(command(cli::kAuditVerifyCommand, {"--root", "x"}).first, 2);
  EXPECT_EQ(command(cli::kStatementCommand, {"--data", "x", "--run", run_, "--out", folder.string()}).first, 2)
      << "that run was never sealed";
  fs::remove_all(folder);
}

void RunLife::tampering() {
  // Whoever reaches past the program is found, by name and figure.
  edit_result(corrected_, "99999999", "99999998");
  auto [bad, why] = command(cli::kAuditVerifyCommand, {"--data", "x"});
  EXPECT_EQ(bad, 1);
  EXPECT_EQ(business_.post("/runs/" + corrected_ + "/verify", JsonObject{}).at("good"), "false");
  EXPECT_NE(why.find("the result of " + self_ + " as it is kept is not what was sealed"), std::string::npos)
      << why;
  EXPECT_NE(why.find(self_ + " figures." + figure_ + ": sealed 99999998, made again 99999999"), std::string::npos)
      << why;
  edit_result(corrected_, "99999998", "99999999");
  EXPECT_EQ(command(cli::kAuditVerifyCommand, {"--data", "x", "--skip-reruns"}).first, 0);
}

void RunLife::records() {
  // Late facts go another way.
  EXPECT_EQ(business_
                .send("POST", "/differences",
                      R"({"later_run": )" + corrected_ + R"(, "into_period": "2026Q1", "reason": "补录"})")
                .code(),
            "difference.state");
  std::string actions;
  Reply chain = bank_.as(Role::auditor).get("/audit?page_size=200");
  for (const Json& entry : *chain.body.find("items")->as_array())
    actions += *entry.find("action")->as_string() + " ";
  for (const char* action : {"run.publish", "run.propose_seal", "run.seal", "dispute.file", "dispute.decide",
                             "dispute.review", "export.statement"})
    EXPECT_NE(actions.find(action), std::string::npos) << action;
}

TEST_F(RunLife, FromADraftToAReceipt) {
  for (auto stage :
       {&RunLife::draft, &RunLife::shown, &RunLife::claims, &RunLife::decisions, &RunLife::corrected_run,
        &RunLife::seals, &RunLife::statement, &RunLife::from_outside, &RunLife::tampering, &RunLife::records})
    if (!HasFatalFailure()) (this->*stage)();
  EXPECT_EQ(sealed_.at("state"), "sealed");
}

}  // namespace
}  // namespace guanhu::api::testing
