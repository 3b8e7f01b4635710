// Figures that look better than they are, over HTTP: searched as a job, shown as far as one sees, decided by a
// person.
#include "api/endpoint.h"
#include "contract.h"
#include "risk/findings.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

class RiskHttp : public ::testing::Test {
 protected:
  TestBank& bank_ = TestBank::get();
  Browser& business_ = bank_.as(Role::business);
  Browser& manager_ = bank_.as(Role::manager);
  const std::string self_ = bank_.staff(Role::manager);
  const Sight own_ = bank_.facts->sight(self_, people::Scope::own, "2025-12-31");

  // As the contract has it, seen from outside.
  Reply as_promised(Browser& who, const std::string& method, const std::string& where, const std::string& path,
                    const std::string& body = "") {
    static const Contract all(Json::parse(openapi(endpoints(), named_schemas()).dump()).value());
    Reply r = who.send(method, path, body);
    for (const auto& fault : all.faults(method, where, r.status, r.header("content-type"), r.body))
      ADD_FAILURE() << fault << "\n" << method << " " << path << "\n" << r.text.substr(0, 2000);
    return r;
  }
  std::string customer(bool mine) const {
    for (const auto& [id, org] : bank_.facts->customer_org)
      if ((own_.customers.count(id) != 0) == mine) return id;
    return "";
  }
  std::string account_of(const std::string& customer) const {
    for (const auto& [account, owner] : bank_.facts->account_customer)
      if (owner == customer) return account;
    return "";
  }
  std::string other_manager() const {
    for (const auto& [id, position] : bank_.facts->staff_position)
      if (position == "manager" && id != self_) return id;
    return "";
  }
  static risk::Evidence moved(const std::string& account, const std::string& customer, const std::string& counter,
                              const std::string& at, int64_t amount, int line) {
    risk::Evidence e;
    e.table = "transactions", e.id = "T" + std::to_string(line), e.account = account, e.customer = customer;
    e.at = at, e.kind = "transfer", e.counter = counter, e.amount = amount;
    e.file = "transactions.csv", e.business_date = *base::Date::parse("2025-12-10"), e.line = line;
    return e;
  }
  // A circle through a customer of the manager's and one of somebody else's; something of another manager; the
  // bank.
  void keep_findings() {
    const std::string mine = customer(true), theirs = customer(false);
    risk::Scan scan{.period = *base::Period::parse("2025-12"), .kinds = {risk::Kind::circle}, .rules = {}};
    scan.rules.pack = "anti-gaming", scan.rules.pack_hash = "0", scan.known = "k";
    scan.reached = *base::Date::parse("2025-12-31");
    risk::Finding circle;
    circle.id = "circle-000000000001", circle.kind = risk::Kind::circle,
    circle.day = *base::Date::parse("2025-12-12");
    circle.subject_kind = "customer", circle.subject_id = theirs, circle.customer_id = theirs;
    circle.managers = {self_, other_manager()}, circle.amount = 8'000'000;
    circle.what = "80000.00 元从 " + theirs + " 出去，经 3 笔转账、2 天回到原处";
    circle.detail = {{"transfers", 3}, {"days", 2}, {"moved", base::Decimal::fen(24'000'000)}};
    circle.effects = {{"manager", self_, "日均存款余额", "元", 500'000, 400'000},
                      {"bank", "bank", "日均存款余额", "元", 900'000, 800'000}};
    circle.evidence = {moved("6222000011112222", "", account_of(theirs), "2025-12-12T09:00:00", -8'000'000, 4),
                       moved(account_of(theirs), theirs, account_of(mine), "2025-12-10T09:30:00", -8'000'000, 2),
                       moved(account_of(mine), mine, "6222000011112222", "2025-12-11T10:00:00", -8'000'000, 3)};
    circle.evidence_in_all = 3;
    risk::Finding others = circle;
    others.id = "circle-000000000002", others.managers = {other_manager()};
    risk::Finding whole = circle;
    whole.id = "circle-000000000003", whole.subject_kind = "bank", whole.subject_id = "bank";
    whole.customer_id = "", whole.managers = {}, whole.what = "全行";
    scan.findings = {circle, others, whole};
    risk::keep(bank_.bank->store(), scan, {"test", bank_.clock.now()});
  }
};

constexpr const char* kCircle = "/risk/findings/circle-000000000001";
constexpr const char* kDetail = "/risk/findings/{id}";
constexpr const char* kDecide = "/risk/findings/{id}/decision";

TEST_F(RiskHttp, ASearchIsAJobThatKeepsWhatItFinds) {
  EXPECT_EQ(manager_.send("POST", "/risk/scans", R"({"period": "2025-12"})").status, 403);
  EXPECT_EQ(as_promised(business_, "POST", "/risk/scans", "/risk/scans", R"({"period": "Dezember"})")
                .at("errors.0.where"),
            "/period");
  EXPECT_EQ(as_promised(business_, "POST", "/risk/scans", "/risk/scans", R"({"period": "2031-01"})").code(),
            "data.period");
  EXPECT_EQ(business_.send("POST", "/risk/scans", R"({"period": "2025-12", "kinds": ["luck"]})").status, 400);

  Reply job = as_promised(business_, "POST", "/risk/scans", "/risk/scans", R"({"period": "2025-12"})");
  ASSERT_EQ(job.status, 202) << job.text;
  Reply done = finished(business_, job.at("id"));
  ASSERT_EQ(done.at("state"), "done") << done.text;
  EXPECT_EQ(done.at("result.period"), "2025-12");
  Reply scans = as_promised(business_, "GET", "/risk/scans", "/risk/scans");
  EXPECT_EQ(scans.at("total"), "5") << "one a kind: " << scans.text;
  EXPECT_EQ(as_promised(business_, "GET", "/risk/findings", "/risk/findings?page_size=500").at("total"),
            done.at("result.findings"));
  EXPECT_NE(bank_.as(Role::auditor).get("/audit?action=risk.scan").at("items.0.actor"), "");
}

TEST_F(RiskHttp, EveryoneSeesWhatTouchesTheirReach) {
  keep_findings();
  const std::string mine = customer(true), theirs = customer(false);
  Reply all = as_promised(business_, "GET", "/risk/findings", "/risk/findings?kind=circle&page_size=500");
  EXPECT_EQ(all.at("total"), "3");
  EXPECT_NE(all.text.find(theirs), std::string::npos);
  Reply whole = as_promised(business_, "GET", kDetail, kCircle);
  ASSERT_EQ(whole.status, 200) << whole.text;
  EXPECT_EQ(whole.at("hops.0.row"), "0") << "in the order of time";
  EXPECT_EQ(whole.at("rows.0.at"), "2025-12-10T09:30:00");
  EXPECT_EQ(whole.at("parties.0.customer.id"), theirs);
  EXPECT_EQ(whole.at("parties.1.customer.id"), mine);
  EXPECT_EQ(whole.at("parties.2.kind"), "outside");
  EXPECT_EQ(whole.at("hops.2.to"), "0") << "it comes back to where it began";
  EXPECT_EQ(whole.at("effects_hidden"), "0");
  EXPECT_EQ(whole.text.find("6222000011112222"), std::string::npos) << "another bank's account is masked";

  // The manager concerned sees it without what is not theirs; the others' and the bank's are not there.
  Reply part = as_promised(manager_, "GET", kDetail, kCircle);
  ASSERT_EQ(part.status, 200) << part.text;
  EXPECT_EQ(part.text.find(theirs), std::string::npos) << part.text;
  EXPECT_EQ(part.text.find(account_of(theirs)), std::string::npos);
  EXPECT_EQ(part.text.find(other_manager()), std::string::npos);
  EXPECT_EQ(part.at("others"), "1");
  EXPECT_EQ(part.at("effects_hidden"), "1");
  EXPECT_EQ(part.at("rows.0.hidden"), "true");
  EXPECT_EQ(part.at("rows.1.customer.id"), mine);
  EXPECT_EQ(part.at("parties.0.kind"), "hidden");
  EXPECT_EQ(part.at("may_decide.code"), "access.forbidden");
  EXPECT_EQ(as_promised(manager_, "GET", "/risk/findings", "/risk/findings?kind=circle").at("total"), "1");
  for (const char* elses :
       {"/risk/findings/circle-000000000002", "/risk/findings/circle-000000000003", "/risk/findings/x"})
    EXPECT_EQ(manager_.get(elses).status, 404) << elses;
  EXPECT_EQ(bank_.as(Role::hr).get("/risk/findings").status, 403);
  EXPECT_EQ(business_.get("/risk/findings?kind=circle&q=" + std::string("%E5%85%A8%E8%A1%8C")).at("total"), "1");
}

TEST_F(RiskHttp, APersonWhomItDoesNotTouchDecides) {
  keep_findings();
  const std::string to = std::string(kCircle) + "/decision";
  auto decide = [&](Browser& who, const char* body) { return as_promised(who, "POST", kDecide, to, body); };
  EXPECT_EQ(decide(manager_, R"({"state": "dismissed", "reason": "都是真的"})").status, 403);
  Reply brief = decide(business_, R"({"state": "accepted", "reason": "假"})");
  EXPECT_EQ(brief.code(), "risk.reason");
  EXPECT_EQ(brief.at("errors.0.where"), "/reason");
  EXPECT_EQ(decide(business_, R"({"state": "open", "reason": "还没有看"})").at("errors.0.where"), "/state");
  EXPECT_EQ(decide(business_, R"({"state": "never", "reason": "没有这种"})").status, 400);
  EXPECT_EQ(
      business_.send("POST", "/risk/findings/x/decision", R"({"state": "accepted", "reason": "没有这条"})").status,
      404);
  Browser self = bank_.browser();
  ASSERT_EQ(self.log_in("judge", bank_.add_login("judge", self_, {Role::business}), "quite-another-pass-7").status,
            200);
  EXPECT_EQ(decide(self, R"({"state": "dismissed", "reason": "我自己的"})").code(), "risk.self");
  EXPECT_EQ(as_promised(self, "GET", kDetail, kCircle).at("may_decide.code"), "risk.self");

  Reply done = decide(business_, R"({"state": "accepted", "reason": "问过客户，借来冲时点的"})");
  ASSERT_EQ(done.status, 200) << done.text;
  EXPECT_EQ(done.at("state"), "accepted");
  EXPECT_EQ(done.at("decisions.0.by"), "business");
  EXPECT_EQ(decide(business_, R"({"state": "accepted", "reason": "再说一遍"})").code(), "risk.state");
  EXPECT_EQ(business_.get("/risk/findings?state=accepted&kind=circle").at("total"), "1");
  EXPECT_EQ(decide(business_, R"({"state": "open", "reason": "有了新的凭证"})").at("decisions.1.state"), "open");
  EXPECT_EQ(bank_.as(Role::auditor).get("/audit?action=risk.decide").at("items.0.subject"),
            "finding circle-000000000001");
}

}  // namespace
}  // namespace guanhu::api::testing
