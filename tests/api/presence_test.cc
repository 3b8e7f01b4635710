// Who else is at the same thing: everything that several people may change says it, to whoever may read the thing
// and to nobody else; every form of the client that changes such a thing shows it.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "api/editing.h"
#include "bank.h"
#include "contract.h"
#include "people/rights.h"

namespace guanhu::api::testing {
namespace {

using people::Role;

std::string of(const std::string& kind, const std::string& id) {
  return "/records/" + kind + "/" + id + "/editing";
}
std::string names(const Reply& of) {
  std::string out;
  if (const Json* others = of.body.find("others"))
    for (const Json& one : *others->as_array()) out += *one.find("login")->as_string() + " ";
  return out;
}
std::string login_of(Browser& who) { return who.get("/session").at("login"); }

class Presence : public ::testing::Test {
 protected:
  Reply at(Browser& who, const std::string& kind, const std::string& id) {
    Reply r = who.send("POST", of(kind, id));
    if (r.status == 200) {
      static const Contract contract(Json::parse(openapi(endpoints(), named_schemas()).dump()).value());
      for (const auto& fault :
           contract.faults("POST", "/records/{kind}/{id}/editing", r.status, r.header("content-type"), r.body))
        ADD_FAILURE() << kind << " " << id << ": " << fault;
    }
    return r;
  }
  void leave(Browser& who, const std::string& kind, const std::string& id) {
    EXPECT_EQ(who.send("DELETE", of(kind, id)).status, 200) << kind << " " << id;
  }
  // Two who may read it meet there; who has left is no longer there.
  void meet(Browser& one, Browser& other, const std::string& kind, const std::string& id) {
    const Reply first = at(one, kind, id);
    ASSERT_EQ(first.status, 200) << kind << " " << id << " " << first.text;
    EXPECT_EQ(names(first), "") << kind;
    EXPECT_EQ(names(at(other, kind, id)), login_of(one) + " ") << kind;
    EXPECT_EQ(names(at(one, kind, id)), login_of(other) + " ") << kind;
    leave(one, kind, id), leave(other, kind, id);
    met_.insert(kind + (kind == "setting" ? " " + id : ""));
  }
  std::string team() {
    const Reply made =
        head.post("/teams", JsonObject{{"name", "同写小组"},
                                       {"purpose", "试两人同写"},
                                       {"org", bank.facts->staff_org.at(bank.staff(Role::branch_head))},
                                       {"from", people::day_here(bank.clock.now()).str()},
                                       {"leader", bank.staff(Role::manager)},
                                       {"members", base::JsonArray()}});
    if (made.status == 201) return made.at("id");
    return head.get("/teams?q=%E5%90%8C%E5%86%99%E5%B0%8F%E7%BB%84").at("items.0.id");  // made by the test before
  }
  std::map<std::string, std::string> make_each();
  const std::map<std::string, std::string>& one_of_each() {
    static const auto made = make_each();
    return made;
  }
  std::string draft() {
    const Reply made = business.post("/policy-drafts", JsonObject{{"pack", "house-people"}, {"note", "两人同写"}});
    EXPECT_EQ(made.status, 200) << made.text;
    return made.at("draft.id").empty() ? made.at("id") : made.at("draft.id");
  }
  std::string customer() { return manager.get("/customers?page_size=1").at("items.0.id"); }

  TestBank& bank = TestBank::get();
  Browser &admin = bank.as(Role::administrator), &hr = bank.as(Role::hr), &head = bank.as(Role::branch_head),
          &manager = bank.as(Role::manager), &boss = bank.as(Role::executive), &business = bank.as(Role::business);
  std::set<std::string> met_;
};

TEST_F(Presence, NobodyLearnsOfWhatIsNotThere) {
  const std::string long_id(101, '1');
  const std::pair<const char*, std::string> nothing[] = {{"nothing", "1"},
                                                         {"team", "999999"},
                                                         {"team", "0"},
                                                         {"team", "x"},
                                                         {"team", long_id},
                                                         {"team", "-1"},
                                                         {"composed_role", "none"},
                                                         {"login", "nobody"},
                                                         {"org.card", "nowhere"},
                                                         {"staff.posts", "E999"},
                                                         {"customer.need", "C0"},
                                                         {"policy_draft", "999999"},
                                                         {"assessment_plan", "9"},
                                                         {"setting", "nothing"},
                                                         {"outbox_channel", "7777"},
                                                         {"customer_group", "1x"},
                                                         {"lead", "abc"},
                                                         {"lead", "99999999999999999999"}};
  for (const auto& [kind, id] : nothing)
    for (Browser* who : {&admin, &manager}) {
      EXPECT_EQ(at(*who, kind, id).status, 404) << kind << " " << id;
      EXPECT_EQ(who->send("DELETE", of(kind, id)).status, 404) << kind << " " << id;
    }
  Browser nobody = bank.browser();
  EXPECT_EQ(nobody.send("POST", of("setting", "calendar")).status, 401);
}

// The answer is that of a thing that does not exist.
TEST_F(Presence, NobodyLearnsOfWhatTheyMayNotRead) {
  const std::string id = customer();
  ASSERT_EQ(at(manager, "customer.need", id).status, 200);
  leave(manager, "customer.need", id);
  for (const char* kind : {"customer.card", "customer.need", "customer.products", "customer.relations"})
    EXPECT_EQ(at(admin, kind, id).status, 404) << kind << " of a customer outside the asker's reach";
  EXPECT_EQ(at(manager, "login", login_of(manager)).status, 404) << "logins are for who reads them";
  for (const char* one : {"messages", "todo-rules", "favour-powers"})
    EXPECT_EQ(at(manager, "setting", one).status, 404) << one;
  const Sight branch = bank.facts->sight(bank.staff(Role::branch_head), people::Scope::branch, "2025-12-31");
  for (const auto& [staff, org] : bank.facts->staff_org)
    if (!branch.staff.contains(staff)) {
      EXPECT_EQ(at(head, "staff.absences", staff).status, 404) << staff << " of another branch";
      break;
    }
}

TEST_F(Presence, TheSameThingIsOneHoweverItIsWritten) {
  const std::string id = team();
  ASSERT_EQ(at(hr, "team", id).status, 200);
  EXPECT_EQ(names(at(admin, "team", "000" + id)), login_of(hr) + " ");
  EXPECT_EQ(at(admin, "team", id).at("version"), head.get("/teams/" + id).at("version"));
  leave(hr, "team", id), leave(admin, "team", id);
}

// To the second on both engines: records_test. Here that every thing goes by it.
TEST_F(Presence, WhoIsLongGoneIsNotSaidToBeThere) {
  const std::string id = team(), what = "team " + id;
  auto store = bank.app->services().store();
  const base::Instant now = bank.clock.now();
  auto before = [&](int seconds) { return base::Instant{now.micros - int64_t{seconds} * 1'000'000}; };
  records::at_work(*store, what, "long_gone", before(records::kEditorSeconds + 1));
  EXPECT_EQ(names(at(hr, "team", id)), "");
  records::at_work(*store, what, "here", now);
  EXPECT_EQ(names(at(hr, "team", id)), "here ");
  records::leave(*store, what, "here");
  leave(hr, "team", id);
}

TEST_F(Presence, WhoHasADraftOpenInTheEditorAndInTheWorkshopMeet) {
  const std::string id = draft();
  EXPECT_EQ(at(manager, "policy_draft", id).status, 404);
  EXPECT_EQ(names(at(business, "policy_draft", id)), "");
  Browser second = bank.browser();
  const std::string staff = bank.staff(Role::business);
  ASSERT_EQ(
      second.log_in("zz_second", bank.add_login("zz_second", staff, {Role::business}), "Second-pass-2026").status,
      200);
  const Reply editor = second.post("/policy-drafts/" + id + "/here", JsonObject{{"path", ""}, {"line", 0}});
  ASSERT_EQ(editor.status, 200) << editor.text;
  EXPECT_NE(editor.text.find('"' + login_of(business) + '"'), std::string::npos) << editor.text;
  EXPECT_EQ(names(at(business, "policy_draft", id)), "zz_second ");
}

// One of every kind, made where the bank has none.
std::map<std::string, std::string> Presence::make_each() {
  const std::string org = bank.facts->staff_org.at(bank.staff(Role::manager)), staff = bank.staff(Role::manager);
  const std::string id = customer();
  const Reply role = admin.post("/composed-roles", JsonObject{{"role", "presence"},
                                                              {"title", "同写"},
                                                              {"purpose", "试用"},
                                                              {"permissions", JsonObject{{"org.read", "own"}}},
                                                              {"reason", "试用"}});
  EXPECT_EQ(role.status, 201) << role.text;
  const Reply channel = admin.post("/outbox-channels", JsonObject{{"name", "同写网关"},
                                                                  {"kind", "sms"},
                                                                  {"url", "http://127.0.0.1:9/"},
                                                                  {"secret", "sixteen-letters-or-more"},
                                                                  {"events", JsonArray{Json("customer")}},
                                                                  {"full", false},
                                                                  {"consent", true},
                                                                  {"on", false}});
  EXPECT_EQ(channel.status, 200) << channel.text;
  const Reply relation = manager.post("/customers/" + id + "/relations", JsonObject{{"related", ""},
                                                                                    {"related_name", "同写人"},
                                                                                    {"kind", "family"},
                                                                                    {"share", Json()},
                                                                                    {"from", "2025-01-01"},
                                                                                    {"to", Json()},
                                                                                    {"source", "试用"},
                                                                                    {"reason", "试用"}});
  EXPECT_EQ(relation.status, 200) << relation.text;
  std::map<std::string, std::string> out = {{"team", team()},
                                            {"composed_role", "presence"},
                                            {"outbox_channel", channel.at("id")},
                                            {"customer_relation", relation.at("record")},
                                            {"login", login_of(manager)},
                                            {"policy_draft", draft()}};
  for (const char* part : {"org.card", "org.limits"}) out[part] = org;
  for (const char* part : {"staff.posts", "staff.absences", "staff.study"}) out[part] = staff;
  for (const char* part : {"card", "need", "products", "relations", "categories"})
    out[std::string("customer.") + part] = id;
  return out;
}

// The endpoint that shows the thing says who reads it: those hear who is at it, everybody else gets its 404.
TEST_F(Presence, ItIsSaidToThoseWhoReadTheThingAndToNobodyElse) {
  const auto& ids = one_of_each();
  size_t told = 0, refused = 0;
  for (const EditedThing& thing : edited_things()) {
    const std::string id = thing.only.empty() && ids.contains(thing.kind) ? ids.at(thing.kind) : thing.only;
    if (id.empty()) continue;  // of an appraisal and a group: in the tests of their own
    for (auto& [role, who] : bank.browsers) {
      std::string path = thing.reads;
      if (const size_t hole = path.find('{'); hole != path.npos) path.replace(hole, path.find('}') - hole + 1, id);
      const int reads = thing.kind == "customer_relation"
                            ? who->get("/customers/" + ids.at("customer.need") + "/relations").status
                            : who->get(path).status;
      // A list is everybody's with the permission; the one of it need not be in reach.
      const bool list = thing.only.empty() && thing.reads.find('{') == thing.reads.npos;
      const int status = at(*who, thing.kind, id).status;
      if (!list || reads != 200)
        EXPECT_EQ(status == 200, reads == 200) << thing.kind << " " << id << " " << login_of(*who) << " " << reads;
      EXPECT_TRUE(status == 200 || status == 404) << thing.kind << " " << status;
      (status == 200 ? told : refused) += 1;
      if (status == 200) leave(*who, thing.kind, id);
    }
  }
  EXPECT_GT(told, 60u);
  EXPECT_GT(refused, 30u);
}

TEST_F(Presence, TwoWhoReadItMeetThere) {
  const auto& ids = one_of_each();
  for (const EditedThing& thing : edited_things()) {
    const std::string id = thing.only.empty() && ids.contains(thing.kind) ? ids.at(thing.kind) : thing.only;
    std::vector<Browser*> readers;
    for (auto& [role, who] : bank.browsers)
      if (!id.empty() && thing.kind != "policy_draft" && at(*who, thing.kind, id).status == 200)
        leave(*who, thing.kind, id), readers.push_back(who.get());
    if (readers.size() > 1) meet(*readers[0], *readers[1], thing.kind, id);
  }
  EXPECT_GT(met_.size(), 14u);
}

// A group tells a reader less than its versions do: here its page counts.
TEST_F(Presence, AGroupIsMetAtByWhoReachesOneOfIts) {
  const Reply list = manager.get("/customers?kind=person&page_size=40");
  const auto& items = *list.body.find("items")->as_array();
  JsonArray members;
  for (size_t n : {20, 21})
    members.push_back(JsonObject{{"customer", *items.at(n).find("id")->as_string()},
                                 {"role", n == 20 ? "head" : "spouse"},
                                 {"from", "2025-01-01"},
                                 {"to", Json()}});
  const Reply made = manager.post(
      "/customer-groups",
      JsonObject{
          {"form", "household"}, {"name", "同写一家"}, {"note", ""}, {"members", members}, {"why", "试用"}});
  ASSERT_LT(made.status, 300) << made.text;
  const std::string id = made.at("id");
  for (auto& [role, who] : bank.browsers)
    EXPECT_EQ(at(*who, "customer_group", id).status, who->get("/customer-groups/" + id).status == 200 ? 200 : 404);
  for (auto& [role, who] : bank.browsers)
    if (who->get("/customer-groups/" + id).status == 200) leave(*who, "customer_group", id);
  meet(manager, head, "customer_group", id);
}

// ---------------------------------------------------------------------------- every form of the client

struct Form {
  const char *endpoint, *kind;  // what it writes; what it says it is at
  const char* file;             // of web/src: where both stand
};
constexpr const char* kOwn = "";  // instead of a kind: one's own, nobody else writes it

// Everything that writes anew what is there. `kOwn` with the reason in editing_test.cc.
constexpr Form kForms[] = {
    {"PUT /assessment-plans/{id}", "assessment_plan", "pages/AssessEditPage.vue"},
    {"PATCH /logins/{login}", "login", "components/LoginDialog.vue"},
    {"PATCH /logins/{login}", "login", "components/LoginPanel.vue"},
    {"PUT /policy-drafts/{id}/workshop", "policy_draft", "pages/WorkshopDraftPage.vue"},
    {"PUT /todo-packs/{pack}", "setting", "pages/TodoRulesPage.vue"},
    {"PUT /org-tree/{id}/card", "org.card", "people/OrgCardDialog.vue"},
    {"PUT /teams/{id}", "team", "pages/TeamPage.vue"},
    {"PUT /composed-roles/{role}", "composed_role", "people/RoleDialog.vue"},
    {"PUT /outside-queries/{id}", "outside_query", "house/OutsideDialog.vue"},
    {"PUT /customer-relations/{id}", "customer_relation", "customers/RelationGraph.vue"},
    {"PUT /customer-groups/{id}", "customer_group", "pages/CustomerGroupPage.vue"},
    {"PUT /customer-categories/plan", "setting", "pages/CategoriesPage.vue"},
    {"PUT /customer-fields/{id}", "customer_field", "intake/FieldDialog.vue"},
    {"PUT /customers/{id}/card", "customer.card", "intake/CardForm.vue"},
    {"PUT /prospects/{id}", "prospect", "intake/ProspectDialog.vue"},
    {"PUT /work-plans/{id}", "work_plan", "pages/PlanPage.vue"},
    {"PUT /meeting-series/{id}", "meeting_series", "plans/SeriesBox.vue"},
    {"PUT /meetings/{id}", "meeting", "pages/MeetingPage.vue"},
    {"PUT /visits/{id}", "visit", "pages/FieldVisitPage.vue"},
    {"PUT /leads/{id}", "lead", "pages/LeadEditPage.vue"},
    {"PUT /campaigns/{id}", "campaign", "pages/CampaignEditPage.vue"},
    {"PUT /customers/{id}/products/{product}", "customer.products", "leads/ProductsBox.vue"},
    {"PUT /customers/{id}/need", "customer.need", "leads/ProductsBox.vue"},
    {"PUT /notices/{id}", "notice", "pages/NoticeEditPage.vue"},
    {"PUT /message-settings/{name}", "setting", "pages/OutboxChannelsPage.vue"},
    {"PUT /outbox-channels/{id}", "outbox_channel", "pages/OutboxChannelsPage.vue"},
    {"PUT /training-topics/{id}", "training_topic", "train/TopicsTab.vue"},
    {"PUT /training-courses/{id}", "training_course", "train/CourseBox.vue"},
    {"PUT /training-plans/{id}", "training_plan", "pages/TrainingPlanPage.vue"},
    {"PUT /training-plans/{id}/selected", "training_plan", "pages/TrainingPlanPage.vue"},
    {"PUT /training-sessions/{id}", "training_session", "train/SessionBox.vue"},
    {"PUT /study-plans/{staff}", "staff.study", "train/StudyPlanCard.vue"},
    {"PUT /exam-questions/{id}", "exam_question", "train/QuestionBox.vue"},
    {"PUT /surveys/{id}", "survey", "advice/SurveyEdit.vue"},
    {"PUT /expenses/{id}", "expense", "advice/ExpenseForm.vue"},
    {"PUT /products/{id}", "product", "advice/ProductForm.vue"},
    {"PUT /product-contacts", "product_contact", "advice/Contacts.vue"},
    {"PUT /consults/{id}", "consult", "advice/ConsultForm.vue"},
    {"PUT /report-views/{id}", "report_view", "reports/KeepBox.vue"},
    {"PUT /suggestions/{id}", "suggestion", "advice/SuggestionForm.vue"},
    // What adds a line to what is there: two who add at once should know it.
    {"POST /posts", "staff.posts", "people/PostDialog.vue"},
    {"POST /absences", "staff.absences", "pages/TodoAbsencesPage.vue"},
    {"POST /org-limits", "org.limits", "people/OrgLimits.vue"},
    {"POST /customers/{id}/relations", "customer.relations", "customers/RelationGraph.vue"},
    {"POST /customers/{id}/categories", "customer.categories", "customers/CategoryBox.vue"},
    {"POST /calendar", "setting", "pages/TodoRulesPage.vue"},
    {"POST /favour-powers", "setting", "advice/PowersBox.vue"},
    {"POST /expense-limits", "setting", "advice/LimitsBox.vue"},
    {"POST /outside-systems/batches/{id}/check", "signal_batch", "pages/OutsideBatchPage.vue"},
    {"POST /customer-imports/{id}/check", "customer_import", "pages/CustomerImportPage.vue"},
    // Nobody else's.
    {"PUT /session/preferences", kOwn, "stores/preferences.ts"},
    {"PUT /assessment-forms/{id}", kOwn, "assess/keeping.ts"},
    {"PUT /work-logs/days/{day}/draft", kOwn, "plans/draft.ts"},

    {"PUT /mail/{id}", kOwn, "pages/MailWritePage.vue"},
    {"PUT /mail-groups/{id}", kOwn, "pages/MailSettingsPage.vue"},
    {"PUT /message-preferences", kOwn, "pages/MailSettingsPage.vue"},
    {"PUT /training-studies/{id}", kOwn, "train/StudyBox.vue"},
    {"PUT /exam-sittings/{id}/answers/{place}", kOwn, "train/ExamSit.vue"},
    {"PUT /surveys/{id}/draft", kOwn, "advice/SurveyForm.vue"},
    // The pack's editor says the document and the line as well (POST /policy-drafts/{id}/here).
    {"PUT /policy-drafts/{id}/document", "policy_draft", "rulebook/draft.ts"},
    {"PUT /policy-drafts/{id}/block", "policy_draft", "rulebook/draft.ts"}};

const std::filesystem::path kClient = std::filesystem::path(GUANHU_SOURCE_DIR) / "web/src";

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  EXPECT_TRUE(in) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}
std::string path_of(const std::string& endpoint) { return endpoint.substr(endpoint.find(' ') + 1); }

TEST(PresenceForms, EveryThingThatIsWrittenAnewHasAFormThatSaysWhoElseIsThere) {
  std::set<std::string> listed;
  for (const Form& form : kForms) listed.insert(form.endpoint);
  for (const Endpoint& e : endpoints())
    if (e.method == "PUT" || e.method == "PATCH")
      EXPECT_TRUE(listed.contains(e.method + " " + e.path))
          << e.method << " " << e.path << ": say here what it is at, and show EditingNote in its form";
  for (const Form& form : kForms) {
    const std::string key = form.endpoint;
    EXPECT_TRUE(std::any_of(endpoints().begin(), endpoints().end(),
                            [&](const Endpoint& e) { return e.method + " " + e.path == key; }))
        << key << " is no endpoint";
    if (std::string_view(form.kind) == kOwn) continue;
    const auto& things = edited_things();
    EXPECT_TRUE(kind_of(form.kind) ||
                std::any_of(things.begin(), things.end(), [&](const auto& t) { return t.kind == form.kind; }))
        << form.kind << " of " << key << " is nothing anybody can be at";
    const std::string text = text_of(kClient / form.file);
    const bool shows =
        text.find("<EditingNote") != text.npos && text.find(std::string("kind=\"") + form.kind + '"') != text.npos;
    EXPECT_TRUE(shows || text.find("sayHere(") != text.npos)
        << form.file << " writes " << key << " and does not say who else is at the " << form.kind;
  }
}

// A form that is not listed writes somewhere without saying so.
TEST(PresenceForms, NoFormOfTheClientIsForgotten) {
  std::set<std::string> listed;
  for (const Form& form : kForms) listed.insert(path_of(form.endpoint) + " " + form.file);
  for (const auto& file : std::filesystem::recursive_directory_iterator(kClient)) {
    const std::string name = std::filesystem::relative(file.path(), kClient).generic_string();
    if (!name.ends_with(".vue")) continue;
    const std::string text = text_of(file.path());
    for (const char* call : {"put('", "patch('"})
      for (size_t at = text.find(call); at != text.npos; at = text.find(call, at + 1)) {
        const size_t from = at + std::string_view(call).size();
        const std::string path = text.substr(from, text.find('\'', from) - from);
        EXPECT_TRUE(listed.contains(path + " " + name)) << name << " writes " << path;
      }
  }
}

TEST(PresenceForms, EveryThingIsReadBySomebodyAndHasAForm) {
  std::set<std::string> shown, once;
  for (const Form& form : kForms) shown.insert(form.kind);
  for (const EditedThing& thing : edited_things()) {
    EXPECT_TRUE(once.insert(thing.kind + " " + thing.only).second) << thing.kind << " " << thing.only << " twice";
    EXPECT_TRUE(shown.contains(thing.kind)) << thing.kind << " has no form";
    const auto reads = std::find_if(endpoints().begin(), endpoints().end(),
                                    [&](const Endpoint& e) { return e.method == "GET" && e.path == thing.reads; });
    ASSERT_NE(reads, endpoints().end()) << thing.kind << ": " << thing.reads;
    EXPECT_TRUE(reads->permission) << thing.kind << ": anybody reads " << thing.reads;
  }
}

}  // namespace
}  // namespace guanhu::api::testing
