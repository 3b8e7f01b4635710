// Reports over HTTP: every reader sees his own rows and nothing more, by no condition, order, group or count;
// ready reports answer for whom they are meant; kept ones are shared by rights; files are made, fetched by their
// maker, taken back.
#include "api/export_work.h"
#include "api/spreadsheet.h"
#include "bank.h"
#include "base/digest.h"
#include "base/files.h"
#include "waiting.h"

namespace guanhu::api::testing {
namespace {

using base::JsonArray;
using base::JsonObject;
using people::Role;

Json spec(const std::string& text) { return *Json::parse(text); }
Reply rows(Browser& who, const std::string& question, int64_t page_size = 200) {
  return who.post("/report-rows", JsonObject{{"spec", spec(question)}, {"page_size", page_size}});
}
int64_t total(const Reply& of) {
  const Json* n = of.body.find("total");
  return n && n->as_number() ? n->as_number()->to_int64().value_or(-1) : -1;
}
std::string cell(const Json& row, size_t n) {
  const Json& value = (*row.find("cells")->as_array())[n];
  return value.as_string() ? *value.as_string() : value.dump();
}
std::set<std::string> first_cells(const Reply& of) {
  std::set<std::string> out;
  for (const Json& one : *of.body.find("items")->as_array()) out.insert(cell(one, 0));
  return out;
}

std::string file_of(Browser& who, const std::string& id) {
  for (auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
       std::chrono::steady_clock::now() < end;) {
    Reply one = who.get("/exports/" + id);
    const std::string state = one.at("state");
    if (state != "waiting" && state != "running") return state;
    std::this_thread::yield();
  }
  return "does not end";
}

// What a file was made from, as it is kept; and a file that was made from one more.
std::set<std::string> made_from(const workbench::Export& of, const std::string& kind) {
  std::set<std::string> out;
  for (const Json& part : *of.reach.find("of")->as_array())
    if (*part.find("kind")->as_string() == kind)
      for (const Json& id : *part.find("ids")->as_array()) out.insert(*id.as_string());
  return out;
}
void lose(store::Session& store, workbench::Export& of, const std::string& kind, const std::string& id) {
  for (auto& [name, parts] : *of.reach.as_object()) {
    if (name != "of") continue;
    for (Json& part : *parts.as_array())
      for (auto& [member, ids] : *part.as_object())
        if (member == "ids" && *part.find("kind")->as_string() == kind) ids.as_array()->push_back(id);
  }
  store.transaction([&] { workbench::keep_export(store, of); });
}

TEST(Queries, RefuseWhatNobodyOffered) {
  Browser& manager = TestBank::get().as(Role::manager);
  EXPECT_EQ(rows(manager, R"({"source": "audit_log"})").code(), "query.source");
  EXPECT_EQ(rows(manager, R"({"source": "pay"})").code(), "query.source") << "RPT-620";
  EXPECT_EQ(rows(manager, R"({"source": "changes"})").code(), "query.source");
  EXPECT_EQ(rows(manager, R"({"source": "loans", "columns": ["secret"]})").code(), "query.column");
  EXPECT_EQ(rows(manager, R"({"source": "customers", "sort": [{"column": "id_no"}]})").code(), "query.personal");
  EXPECT_EQ(rows(manager, R"({"source": "customers", "group": ["phone"]})").code(), "query.personal");
  EXPECT_EQ(rows(manager, R"({"source": "customers", "filters": [{"column": "address", "op": "contains",
                              "values": ["x"]}]})")
                .code(),
            "query.personal");
  EXPECT_EQ(rows(manager, R"({"source": "scores"})").code(), "query.scheme");
  Reply wrong =
      rows(manager, R"({"source": "loans", "filters": [{"column": "balance", "op": "from", "values": ["x"]}]})");
  EXPECT_EQ(wrong.at("errors.0.where"), "spec/filters/0");
  EXPECT_EQ(TestBank::get().as(Role::administrator).get("/reports").status, 403);
}

// RPT-616 RPT-618: of customers, accounts and loans exactly those in reach, counted and summed as well.
TEST(Queries, ReachIsInEveryAnswer) {
  TestBank& bank = TestBank::get();
  const std::string day = "2025-12-31";
  for (auto [role, scope] : {std::pair{Role::manager, people::Scope::own},
                             {Role::branch_head, people::Scope::branch},
                             {Role::executive, people::Scope::bank}}) {
    Browser& who = bank.as(role);
    Reply mine = rows(who, R"({"source": "customers", "columns": ["customer"]})");
    ASSERT_EQ(mine.status, 200) << mine.text;
    const Sight sight = bank.facts->sight(bank.staff(role), scope, day);
    const auto expected =
        static_cast<int64_t>(sight.all ? bank.facts->customer_org.size() : sight.customers.size());
    EXPECT_EQ(total(mine), expected) << people::role_name(role);
    Reply grouped = rows(who, R"({"source": "customers", "group": ["customer_kind"]})");
    int64_t counted = 0;
    for (const Json& one : *grouped.body.find("items")->as_array()) counted += std::stoll(cell(one, 1));
    EXPECT_EQ(counted, expected) << "groups count what is in reach";
    if (sight.all) continue;
    for (const char* source : {"customers", "deposits", "loans", "repayments", "first_loans"}) {
      Reply all = rows(who, std::string(R"({"source": ")") + source + R"(", "columns": ["customer"]})");
      ASSERT_EQ(all.status, 200) << all.text;
      for (const auto& id : first_cells(all)) EXPECT_TRUE(sight.customers.count(id)) << source << " " << id;
    }
    for (const auto& hidden : bank.facts->hidden(sight)) {
      if (!bank.facts->customer_org.count(hidden)) continue;
      Reply asked =
          rows(who, R"({"source": "loans", "filters": [{"column": "customer", "op": "in", "values": [")" + hidden +
                        R"("]}], "sums": [{"column": "balance", "what": "sum"}]})");
      EXPECT_EQ(total(asked), 0) << hidden;
      break;
    }
  }
}

// A figure of a group is that of its rows, to the fen; ledger and report agree (RPT-304, RPT-602).
TEST(Queries, GroupsOpenIntoTheirRows) {
  Browser& head = TestBank::get().as(Role::branch_head);
  Reply ledger = head.get("/reports/loan-ledger"), report = head.get("/reports/credit-business");
  ASSERT_EQ(ledger.status, 200) << ledger.text;
  auto ask = [&](const Json& question) {
    return head.post("/report-rows", JsonObject{{"spec", question}, {"page_size", 200}});
  };
  Reply by_row = ask(*ledger.body.find("ready")->find("spec")),
        by_group = ask(*report.body.find("ready")->find("spec"));
  ASSERT_GT(total(by_row), 0);
  EXPECT_EQ(by_row.at("totals.7"), by_group.at("totals.3")) << "balance";
  for (const Json& one : *by_group.body.find("items")->as_array()) {
    Json question = *report.body.find("ready")->find("spec");
    JsonArray filters = *question.find("filters")->as_array();
    for (const Json& into : *one.find("into")->as_array()) filters.push_back(into);
    Reply behind =
        ask(JsonObject{{"source", "loans"}, {"columns", JsonArray{"balance"}}, {"filters", std::move(filters)}});
    EXPECT_EQ(std::to_string(total(behind)), cell(one, 2));
    EXPECT_EQ(behind.at("totals.0"), cell(one, 3));
  }
}

// RPT-618: what must be collected as the pack's decision receivable says it, loan by loan.
TEST(Queries, ReceivablesAreAsTheRuleSays) {
  Browser& head = TestBank::get().as(Role::branch_head);
  Reply all =
      rows(head, R"({"source": "loans", "columns": ["due_on", "balance", "overdue_principal", "overdue_interest",
                             "due_principal", "receivable"]})");
  ASSERT_GT(total(all), 0);
  const std::string day = all.at("day");
  for (const Json& one : *all.body.find("items")->as_array()) {
    Reply rule =
        head.post("/decide", JsonObject{{"pack", "house-reports"},
                                        {"decision", "receivable"},
                                        {"input", JsonObject{{"业务日期", day},
                                                             {"到期日", cell(one, 0)},
                                                             {"余额", *base::Decimal::parse(cell(one, 1))},
                                                             {"逾期本金", *base::Decimal::parse(cell(one, 2))},
                                                             {"逾期利息", *base::Decimal::parse(cell(one, 3))}}}});
    ASSERT_EQ(rule.status, 200) << rule.text;
    EXPECT_EQ(*base::Decimal::parse(cell(one, 4)), *base::Decimal::parse(rule.at("result.应收本金")));
    EXPECT_EQ(*base::Decimal::parse(cell(one, 5)), *base::Decimal::parse(rule.at("result.应收合计")));
  }
}

// RPT-301 RPT-302 RPT-305 RPT-606 RPT-607 RPT-608 RPT-610 RPT-616 RPT-617 RPT-619 RPT-620 RPT-621 RPT-622: each
// ready report answers for each role that has it.
TEST(Queries, EveryReadyReportAnswers) {
  TestBank& bank = TestBank::get();
  std::set<std::string> seen;
  for (Role role : people::all_roles()) {
    if (role == Role::administrator) continue;
    Reply list = bank.as(role).get("/reports");
    ASSERT_EQ(list.status, 200) << list.text;
    bool weekly = false;
    for (const Json& one : *list.body.find("ready")->as_array()) {
      const std::string id = *one.find("id")->as_string();
      weekly = weekly || *one.find("weekly")->as_bool();
      seen.insert(id);
      Reply answer = bank.as(role).post("/report-rows", JsonObject{{"spec", *one.find("spec")}, {"page_size", 1}});
      EXPECT_EQ(answer.status, 200) << id << " " << answer.text;
    }
    EXPECT_TRUE(weekly) << people::role_name(role);
  }
  for (const char* id : {"first-loans", "turnover",  "structure",      "branches",        "npl",
                         "sales",       "customers", "visits",         "receivable",      "receivable-by-manager",
                         "pay",         "career",    "performance",    "credit-business", "loan-ledger",
                         "exports",     "changes",   "basic-accounts", "basic-coverage",  "credit-operation"})
    EXPECT_TRUE(seen.count(id)) << id;
}

// RPT-606 RPT-607: the bank stands with all below it; growth is that of the balances.
TEST(Queries, BranchesAddUp) {
  Browser& executive = TestBank::get().as(Role::executive);
  Reply all =
      rows(executive, R"({"source": "branches", "columns": ["deposits", "savings", "corporate", "loans", "ratio"],
                                  "sort": [{"column": "deposits", "down": true}]})");
  ASSERT_GT(total(all), 1);
  const Json& bank = (*all.body.find("items")->as_array())[0];
  auto number = [&](size_t n) { return *base::Decimal::parse(cell(bank, n)); };
  EXPECT_EQ(*base::Decimal::add(number(1), number(2)), number(0));
  auto ratio = base::Decimal::divide(number(3), number(0));
  EXPECT_EQ(base::Decimal::multiply(*ratio, base::Decimal(100))->round(2, base::Rounding::half_up), number(4));
  Reply accounts = rows(executive, R"({"source": "deposits", "sums": [{"column": "balance", "what": "sum"}]})");
  EXPECT_EQ(cell((*accounts.body.find("items")->as_array())[0], 1), cell(bank, 0));
}

// RPT-616: masked until somebody with the right says why; each reading is recorded.
TEST(Queries, NumbersOfPersonsAreMasked) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  const Json question = spec(R"({"source": "customers", "columns": ["customer", "id_no"]})");
  Reply masked = manager.post("/report-rows", JsonObject{{"spec", question}, {"page_size", 1}});
  ASSERT_EQ(masked.status, 200) << masked.text;
  const Json& row = (*masked.body.find("items")->as_array())[0];
  EXPECT_NE(cell(row, 1).find("****"), std::string::npos);
  Reply open =
      manager.post("/report-rows", JsonObject{{"spec", question}, {"page_size", 1}, {"reason", "核对证件"}});
  ASSERT_EQ(open.status, 200) << open.text;
  const std::string number = cell((*open.body.find("items")->as_array())[0], 1);
  EXPECT_EQ(number.find('*'), std::string::npos);
  Reply chain = bank.as(Role::auditor).get("/audit?action=personal_data.read&page_size=1");
  EXPECT_EQ(chain.at("items.0.detail.reason"), "核对证件");
  EXPECT_EQ(chain.at("items.0.detail.customers.0"), cell(row, 0));
  EXPECT_EQ(
      bank.as(Role::business).post("/report-rows", JsonObject{{"spec", question}, {"reason", "核对证件"}}).status,
      403);
  const std::string found =
      R"({"source": "customers", "columns": ["customer"], "filters": [{"column": "id_no", "op": "is",
                               "values": [")" +
      number + R"("]}]})";
  EXPECT_EQ(first_cells(rows(manager, found)), (std::set<std::string>{cell(row, 0)}));
  Reply kept = manager.post("/report-views", JsonObject{{"title", "查一个人"}, {"spec", spec(found)}});
  EXPECT_EQ(kept.code(), "query.personal") << "a number is not kept in a report";
}

TEST(Queries, ViewsAreTheirMakersAndSharedByRight) {
  TestBank& bank = TestBank::get();
  Browser &manager = bank.as(Role::manager), &head = bank.as(Role::branch_head);
  const Json question =
      spec(R"({"source": "loans", "group": ["manager"], "sums": [{"column": "balance", "what": "sum"}]})");
  EXPECT_EQ(
      manager.post("/report-views", JsonObject{{"title", "给大家"}, {"spec", question}, {"shared", true}}).status,
      403);
  Reply own = head.post("/report-views", JsonObject{{"title", "各人贷款"}, {"spec", question}});
  ASSERT_EQ(own.status, 200) << own.text;
  const std::string path = "/report-views/" + own.at("id"), page = "/reports/" + own.at("id");
  EXPECT_EQ(manager.get(page).status, 404);
  auto change = [&](int64_t version, JsonArray roles) {
    return JsonObject{{"title", "各人贷款"},
                      {"spec", question},
                      {"shared", true},
                      {"roles", std::move(roles)},
                      {"version", version}};
  };
  EXPECT_EQ(head.send("PUT", path, Json(change(1, {"teller"})).dump()).status, 422);
  EXPECT_EQ(head.send("PUT", path, Json(change(1, {"auditor"})).dump()).status, 200);
  EXPECT_EQ(head.send("PUT", path, Json(change(1, {"auditor"})).dump()).code(), "record.changed");
  EXPECT_EQ(manager.get(page).status, 404) << "shared with another role";
  EXPECT_EQ(head.send("PUT", path, Json(change(2, {"manager"})).dump()).status, 200);
  EXPECT_EQ(manager.get(page).at("view.version"), "3");
  EXPECT_EQ(manager.send("PUT", path, Json(change(3, {"manager"})).dump()).status, 403);
  EXPECT_EQ(manager.send("DELETE", path + "?version=3").status, 403);
  EXPECT_EQ(head.send("DELETE", path + "?version=3").status, 200);
  EXPECT_EQ(manager.get(page).status, 404);
}

// Each export is recorded with who, what, how many and the digest; its file is its maker's.
TEST(Exports, AreMadeFetchedAndTakenBack) {
  TestBank& bank = TestBank::get();
  Browser &head = bank.as(Role::branch_head), &auditor = bank.as(Role::auditor);
  const Json question = spec(R"({"source": "loans", "columns": ["loan", "customer_name", "balance"]})");
  Reply shown = head.post("/report-rows", JsonObject{{"spec", question}, {"page_size", 200}});
  Reply made = head.post("/exports", JsonObject{{"title", "贷款"}, {"format", "xlsx"}, {"spec", question}});
  ASSERT_EQ(made.status, 200) << made.text;
  const std::string id = made.at("id"), path = "/exports/" + id;
  EXPECT_EQ(file_of(head, id), "done");
  EXPECT_EQ(bank.as(Role::manager).get(path).status, 404);
  EXPECT_EQ(auditor.get(path).status, 200) << "that it was made";
  EXPECT_EQ(auditor.get(path + "/file").status, 404) << "not what is in it";
  Reply file = head.get(path + "/file");
  ASSERT_EQ(file.status, 200);
  EXPECT_EQ(base::sha256_hex(file.text), head.get(path).at("digest"));
  auto grid = read_grid(file.text);
  ASSERT_TRUE(grid.ok()) << grid.error().text();
  EXPECT_EQ(static_cast<int64_t>(grid->rows.size()), total(shown) + 3) << "title, head, rows, totals";
  EXPECT_EQ(grid->rows.back().cells[0], "合计");
  EXPECT_EQ(*base::Decimal::parse(grid->rows.back().cells[2]), *base::Decimal::parse(shown.at("totals.2")));
  Reply chain = auditor.get("/audit?action=export.report&page_size=1");
  EXPECT_EQ(chain.at("items.0.subject"), "export " + id);
  EXPECT_EQ(chain.at("items.0.detail.rows"), std::to_string(total(shown)));
  EXPECT_EQ(chain.at("items.0.detail.sha256"), base::sha256_hex(file.text));
  EXPECT_EQ(bank.as(Role::manager).send("DELETE", path).status, 404);
  EXPECT_EQ(head.send("DELETE", path).at("state"), "expired");
  EXPECT_EQ(head.get(path + "/file").code(), "export.state");
  EXPECT_EQ(head.send("DELETE", path).code(), "export.ended");
}

// The file is fetched only while everything in it is still in reach.
TEST(Exports, WhatLeftTheReachIsNotFetched) {
  TestBank& bank = TestBank::get();
  Browser& manager = bank.as(Role::manager);
  Reply made = manager.post(
      "/exports", JsonObject{{"title", "我的客户"},
                             {"format", "csv"},
                             {"spec", spec(R"({"source": "customers", "columns": ["customer", "id_no"]})")}});
  const std::string id = made.at("id");
  ASSERT_EQ(file_of(manager, id), "done");
  Reply file = manager.get("/exports/" + id + "/file");
  ASSERT_EQ(file.status, 200);
  EXPECT_NE(file.text.find("****"), std::string::npos) << "masked in every file";
  const Sight sight = bank.facts->sight(bank.staff(Role::manager), people::Scope::own, "2025-12-31");
  std::string hidden;
  for (const auto& [customer, org] : bank.facts->customer_org)
    if (!sight.customers.count(customer)) hidden = customer;
  auto store = bank.app->services().store();
  auto kept = *workbench::export_of(*store, std::stoll(id));
  EXPECT_EQ(made_from(kept, "customer").size(), sight.customers.size());
  lose(*store, kept, "customer", hidden);
  EXPECT_EQ(manager.get("/exports/" + id + "/file").code(), "export.reach");
}

// A sum tells of everybody in it: a grouped file keeps them all, and only those whom its conditions let in.
TEST(Exports, ASumIsNotFetchedOnceAnyOfItLeftTheReach) {
  TestBank& bank = TestBank::get();
  auto store = bank.app->services().store();
  const Sight sight = bank.facts->sight(bank.staff(Role::manager), people::Scope::own, "2025-12-31");
  const Sight head = bank.facts->sight(bank.staff(Role::branch_head), people::Scope::branch, "2025-12-31");
  std::string hidden;
  for (const auto& [customer, org] : bank.facts->customer_org)
    if (!sight.customers.count(customer) && !head.customers.count(customer)) hidden = customer;
  ASSERT_FALSE(hidden.empty());
  struct Case {
    Role role;
    const char *source, *kind;
    std::string question, lost;
  };
  const std::string one = *sight.customers.begin();
  for (const Case& c : {Case{Role::manager, "customers", "customer", R"("group": ["customer_kind"])", hidden},
                        Case{Role::branch_head, "loans", "customer", R"("group": ["kind"])", hidden},
                        Case{Role::branch_head, "sales", "staff", R"("group": ["product"])", "S99999"},
                        Case{Role::branch_head, "visits", "writing", R"("group": ["state"])", "S99999 X9"},
                        Case{Role::branch_head, "branches", "org", R"("columns": ["org", "deposits"])", "X9"}}) {
    Browser& who = bank.as(c.role);
    const Json question = spec(std::string(R"({"source": ")") + c.source + "\", " + c.question + "}");
    Reply made = who.post("/exports", JsonObject{{"title", "合计"}, {"format", "csv"}, {"spec", question}});
    ASSERT_EQ(made.status, 200) << c.source << made.text;
    const std::string id = made.at("id"), file = "/exports/" + id + "/file";
    ASSERT_EQ(file_of(who, id), "done") << c.source;
    EXPECT_EQ(who.get(file).status, 200) << c.source;
    auto kept = *workbench::export_of(*store, std::stoll(id));
    if (std::string(c.source) == "customers") {
      EXPECT_EQ(made_from(kept, c.kind), sight.customers);
    }
    lose(*store, kept, c.kind, c.lost);
    EXPECT_EQ(who.get(file).code(), "export.reach") << c.source;
    kept.reach = JsonObject{{"scope", "own"}, {"top", ""}};
    store->transaction([&] { workbench::keep_export(*store, kept); });
    EXPECT_EQ(who.get(file).code(), "export.reach") << "of what it was made is not known";
  }
  Reply few =
      bank.as(Role::manager)
          .post("/exports", JsonObject{{"title", "一户"},
                                       {"format", "csv"},
                                       {"spec", spec(R"({"source": "customers", "group": ["org"], "filters":
                                  [{"column": "customer", "op": "in", "values": [")" +
                                                     one + R"("]}]})")}});
  ASSERT_EQ(file_of(bank.as(Role::manager), few.at("id")), "done");
  EXPECT_EQ(made_from(*workbench::export_of(*store, std::stoll(few.at("id"))), "customer"),
            (std::set<std::string>{one}));
}

TEST(Exports, AreCancelledAndLeaveNothing) {
  TestBank& bank = TestBank::get();
  Browser& head = bank.as(Role::branch_head);
  Services& services = bank.app->services();
  auto before = services.jobs().add("test", "busy", "system", [](JobRun& run) -> base::Result<Json> {
    for (;;) run.progress(0, 0, ""), std::this_thread::yield();
  });
  ASSERT_TRUE(before.ok());
  Reply made = head.post(
      "/exports", JsonObject{{"title", "等着"}, {"format", "csv"}, {"spec", spec(R"({"source": "loans"})")}});
  const std::string path = "/exports/" + made.at("id");
  EXPECT_EQ(head.get(path).at("state"), "waiting");
  EXPECT_EQ(head.get(path + "/file").code(), "export.state");
  EXPECT_EQ(head.send("DELETE", path).at("state"), "cancelled");
  ASSERT_TRUE(services.jobs().cancel(before->id).ok());
  EXPECT_EQ(head.get(path).at("state"), "cancelled");
  EXPECT_EQ(bank.as(Role::auditor).get("/audit?action=export.drop&page_size=1").at("items.0.detail.title"),
            "等着");
}

// What a server that died left: half a file, and an export that nobody makes any more.
TEST(Exports, OfADeadServerAreInterruptedAndSweptAway) {
  TestBank& bank = TestBank::get();
  Browser& head = bank.as(Role::branch_head);
  Services& services = bank.app->services();
  Reply made = head.post(
      "/exports", JsonObject{{"title", "死掉的"}, {"format", "csv"}, {"spec", spec(R"({"source": "loans"})")}});
  ASSERT_EQ(file_of(head, made.at("id")), "done");
  auto store = services.store();
  auto kept = *workbench::export_of(*store, std::stoll(made.at("id")));
  kept.state = "running", kept.job = 999'999;
  store->transaction([&] { workbench::keep_export(*store, kept); });
  const fs::path half = export_path(services, kept).string() + ".part";
  base::write_file_unsynced(half, "half");
  EXPECT_EQ(head.get("/exports?page_size=1").status, 200);
  EXPECT_EQ(head.get("/exports/" + made.at("id")).at("state"), "interrupted");
  EXPECT_FALSE(fs::exists(half));
  // And what has expired.
  kept.state = "done", kept.expires_on = "2000-01-01";
  store->transaction([&] { workbench::keep_export(*store, kept); });
  EXPECT_TRUE(fs::exists(export_path(services, kept)));
  head.get("/exports");
  EXPECT_EQ(head.get("/exports/" + made.at("id")).at("state"), "expired");
  EXPECT_FALSE(fs::exists(export_path(services, kept)));
}

// RPT-612: once it is set, the report is made after each import by itself, once for each period, and told.
TEST(Exports, AreMadeBySchedule) {
  TestBank& bank = TestBank::get();
  Browser& head = bank.as(Role::branch_head);
  Reply view =
      head.post("/report-views",
                JsonObject{{"title", "每日贷款"}, {"spec", spec(R"({"source": "loans"})")}, {"every", "day"}});
  ASSERT_EQ(view.status, 200) << view.text;
  auto of_view = [&] {
    std::vector<Json> out;
    const Reply all = head.get("/exports?page_size=200");
    for (const Json& one : *all.body.find("items")->as_array())
      if (*one.find("title")->as_string() == "每日贷款") out.push_back(one);
    return out;
  };
  reports_after_import(bank.app->services());
  EXPECT_TRUE(of_view().empty()) << "it begins with the next period";
  auto store = bank.app->services().store();
  store->exec("DELETE FROM export_schedules WHERE view_id = ?", {static_cast<int64_t>(std::stoll(view.at("id")))});
  reports_after_import(bank.app->services());
  reports_after_import(bank.app->services());
  const auto made = of_view();
  ASSERT_EQ(made.size(), 1u);
  EXPECT_TRUE(*made[0].find("scheduled")->as_bool());
  EXPECT_EQ(file_of(head, made[0].find("id")->dump()), "done");
  EXPECT_NE(head.get("/messages").text.find("每日贷款"), std::string::npos);
}

TEST(Exports, PrintedReportsAreRecorded) {
  TestBank& bank = TestBank::get();
  Reply page =
      bank.as(Role::branch_head)
          .get(
              "/report-rows/report.html?title=x&spec=%7B%22source%22%3A%22loans%22%2C%22columns%22%3A%5B%22loan"
              "%22%2C%22balance%22%5D%7D");
  ASSERT_EQ(page.status, 200) << page.text;
  EXPECT_NE(page.text.find("合计"), std::string::npos);
  EXPECT_EQ(bank.as(Role::auditor).get("/audit?action=export.report&page_size=1").at("items.0.detail.form"),
            "print");
}

}  // namespace
}  // namespace guanhu::api::testing
