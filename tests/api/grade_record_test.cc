// What stands beside a grade over HTTP: career, titles, coaching, praise and blame (GRD-307, GRD-601, QUA-303).
#include "bank.h"
#include "contract.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

class GradeRecords : public ::testing::Test {
 protected:
  Json record(const char* kind, const char* name, const char* from, Json value = true) {
    return JsonObject{
        {"kind", kind}, {"name", name}, {"value", std::move(value)}, {"from", from}, {"document", "人字2号"}};
  }
  Reply keep(const Json& record) { return business.post("/grades/" + staff + "/records", record); }
  Reply career() { return manager.get("/grades/" + staff + "/career?pack=sample-pay"); }
  void expect_shape(const char* method, const char* path, const Reply& r) {
    static const Contract contract(Json::parse(openapi(endpoints(), named_schemas()).dump()).value());
    for (const auto& fault : contract.faults(method, path, r.status, r.header("content-type"), r.body))
      ADD_FAILURE() << method << " " << path << ": " << fault << "\n" << r.text.substr(0, 600);
  }

  TestBank& bank = TestBank::get();
  Browser &business = bank.as(Role::business), &manager = bank.as(Role::manager), &hr = bank.as(Role::hr);
  const std::string staff = bank.staff(Role::manager);
};

TEST_F(GradeRecords, AreOfSomebodyElseWithADocumentAndWhole) {
  const Json title = record("award", "优秀客户经理", "2024-03-01");
  EXPECT_EQ(manager.post("/grades/" + staff + "/records", title).status, 403);
  EXPECT_EQ(business.post("/grades/S99999/records", title).status, 404);
  EXPECT_EQ(business.post("/grades/" + bank.staff(Role::business) + "/records", title).code(), "grade.self");
  for (const char* kind : {"pay", "discipline"})
    EXPECT_EQ(keep(record(kind, "考核扣款额", "2024-03-01")).status, 400)
        << "what pay rests on is recorded elsewhere";
  EXPECT_EQ(keep(JsonObject{{"kind", "award"},
                            {"name", "优秀客户经理"},
                            {"value", true},
                            {"from", "2024-03-01"},
                            {"document", " "}})
                .code(),
            "fact.document");
  Reply empty = keep(record("coaching", "绩效辅导", "2025-12-01",
                            JsonObject{{"教练", "H1"}, {"差距", "存款"}, {"措施", " "}, {"跟进", "一月"}}));
  EXPECT_EQ(empty.code(), "fact.value");
  EXPECT_NE(empty.text.find("措施"), std::string::npos) << "it says which part";
}

TEST_F(GradeRecords, MakeUpTheCareerAndAreWithdrawnNeverChanged) {
  expect_shape("POST", "/grades/{staff}/records", keep(record("award", "优秀客户经理", "2023-03-01")));
  Reply last = keep(record("award", "优秀客户经理", "2024-03-01"));
  Json blame = record("discipline", "迟到通报", "2025-05-01");
  blame.as_object()->emplace_back("of", "staff");
  blame.as_object()->emplace_back("subject", staff);
  ASSERT_EQ(hr.post("/people-facts", JsonObject{{"facts", JsonArray{blame}}}).status, 200);
  const std::string blamed = hr.get("/people-facts?of=staff&kind=discipline&subject=" + staff).at("items.0.id");
  EXPECT_EQ(hr.post("/grades/" + staff + "/records/" + blamed + "/withdraw", JsonObject{{"reason", "x"}}).status,
            404)
      << "blame is withdrawn where it is recorded";
  ASSERT_EQ(keep(record("training", "信贷合规", "2025-06-01")).status, 200);
  ASSERT_EQ(keep(record("coaching", "绩效辅导", "2025-12-01",
                        JsonObject{{"教练", "H1"}, {"差距", "存款"}, {"措施", "走访"}, {"跟进", "一月"}}))
                .status,
            200);
  Reply now = career();
  expect_shape("GET", "/grades/{staff}/career", now);
  EXPECT_EQ(now.at("awards.0.name"), "优秀客户经理");
  EXPECT_EQ(now.at("awards.0.in_a_row"), "2");
  EXPECT_EQ(now.at("balance.ratio"), "2");
  EXPECT_EQ(now.at("balance.coached"), "1");
  EXPECT_EQ(now.at("balance.trained"), "1");
  const std::string path = "/grades/" + staff + "/records/" + last.at("id") + "/withdraw";
  EXPECT_EQ(manager.post(path, JsonObject{{"reason", "x"}}).status, 403);
  EXPECT_EQ(hr.post("/grades/" + staff + "/records/999999/withdraw", JsonObject{{"reason", "x"}}).status, 404);
  EXPECT_EQ(hr.post(path, JsonObject{{"reason", " "}}).code(), "fact.reason");
  EXPECT_EQ(hr.post(path, JsonObject{{"reason", "登记错了年份"}}).status, 204);
  EXPECT_EQ(hr.post(path, JsonObject{{"reason", "再来"}}).status, 409);
  Reply after = career();
  EXPECT_EQ(after.at("awards.0.in_a_row"), "1");
  EXPECT_EQ(after.at("balance.ratio"), "1");
  EXPECT_NE(after.text.find("登记错了年份"), std::string::npos) << "what was withdrawn stays";
  for (const auto& [id, position] : bank.facts->staff_position)
    if (position == "manager" && id != staff) {
      EXPECT_EQ(manager.get("/grades/" + id + "/career?pack=sample-pay").status, 404) << "another's";
      break;
    }
}

// GRD-307
TEST_F(GradeRecords, DocumentsAreFilesThatThoseConcernedMayOpen) {
  const std::string path = "/grades/" + staff + "/papers";
  Reply kept = business.send("POST", "/files?name=decision.txt&type=text/plain", "评定决定", {},
                             "application/octet-stream");
  ASSERT_EQ(kept.status, 200) << kept.text;
  const std::string digest = kept.at("digest");
  auto paper = [&](JsonArray files) {
    return JsonObject{{"title", "评定小组决定"}, {"pack", "sample-pay"}, {"files", std::move(files)}};
  };
  EXPECT_EQ(manager.post(path, paper({digest})).status, 403);
  EXPECT_EQ(business.post("/grades/" + bank.staff(Role::business) + "/papers", paper({digest})).code(),
            "grade.self");
  EXPECT_EQ(business.post("/grades/S99999/papers", paper({digest})).status, 404);
  EXPECT_EQ(business.post(path, paper({})).code(), "grade.document");
  EXPECT_EQ(business.post(path, paper({std::string(64, '0')})).code(), "record.file") << "nobody brought it";
  EXPECT_EQ(manager.get("/files/" + digest).status, 404) << "it hangs on nothing yet";
  Reply made = business.post(path, paper({digest}));
  ASSERT_EQ(made.status, 200) << made.text;
  expect_shape("POST", "/grades/{staff}/papers", made);
  Reply seen = manager.get(path);
  expect_shape("GET", "/grades/{staff}/papers", seen);
  EXPECT_EQ(seen.at("items.0.files.0.name"), "decision.txt");
  EXPECT_EQ(manager.get("/files/" + digest).status, 200) << "one's own";
  EXPECT_EQ(business.post(path + "/" + made.at("id") + "/remove", JsonObject{{"reason", " "}}).code(),
            "grade.reason");
  EXPECT_EQ(manager.post(path + "/" + made.at("id") + "/remove", JsonObject{{"reason", "x"}}).status, 403);
  EXPECT_EQ(business.post(path + "/999999/remove", JsonObject{{"reason", "x"}}).status, 404);
  ASSERT_EQ(business.post(path + "/" + made.at("id") + "/remove", JsonObject{{"reason", "重复"}}).status, 204);
  EXPECT_EQ(manager.get(path).at("total"), "0");
}

}  // namespace
}  // namespace guanhu::api::testing
