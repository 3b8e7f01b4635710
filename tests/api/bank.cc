#include "bank.h"

#include "people/logins.h"
#include "store/folder.h"
#include "store/testing.h"

namespace guanhu::api::testing {

namespace {

constexpr const char* kLast = "2025-12-31";

// The same tests run twice: this program with GUANHU_API_BANK=postgres keeps the bank in PostgreSQL.
bool on_postgres() {
  const char* kind = std::getenv("GUANHU_API_BANK");
  return kind && std::string_view(kind) == "postgres";
}

class Engines : public ::testing::Environment {
 public:
  void SetUp() override {
    if (on_postgres() && !store::testing::postgres_dsn()) GTEST_SKIP() << store::testing::kNoPostgres;
  }
};
[[maybe_unused]] const auto* const kEngines = ::testing::AddGlobalTestEnvironment(new Engines());

std::vector<std::vector<std::string>> rows(warehouse::Warehouse& db, const std::string& sql, size_t columns) {
  std::vector<std::vector<std::string>> out;
  std::vector<warehouse::Type> types(columns, warehouse::Type::text);
  db.scan(sql, types, [&](const warehouse::Chunk& c) {
    for (size_t r = 0; r < c.rows; ++r) {
      std::vector<std::string> row;
      for (size_t k = 0; k < columns; ++k)
        row.emplace_back(c.columns[k].is_null(r) ? std::string_view() : c.columns[k].text[r]);
      out.push_back(std::move(row));
    }
  });
  return out;
}

}  // namespace

std::string Reply::at(const std::string& path) const {
  const Json* value = &body;
  std::stringstream parts(path);
  for (std::string part; value && std::getline(parts, part, '.');) {
    const JsonArray* items = value->as_array();
    value = items ? (std::stoul(part) < items->size() ? &(*items)[std::stoul(part)] : nullptr) : value->find(part);
  }
  if (!value) return "";
  return value->as_string() ? *value->as_string() : value->dump();
}

Reply Browser::send(const std::string& method, const std::string& path, const std::string& body,
                    http::Headers more, const std::string& type) {
  http::Headers headers = std::move(more);
  if (!cookie.empty()) headers.emplace_back("cookie", cookie);
  if (method != "GET" && !csrf.empty()) headers.emplace_back("x-csrf-token", csrf);
  if (!body.empty()) headers.emplace_back("content-type", type);
  auto answer = client_.request(method, "/api/v1" + path, headers, body);
  Reply out;
  if (!answer) {
    ADD_FAILURE() << method << " " << path << ": " << answer.error().text();
    return out;
  }
  out.status = answer->status;
  out.headers = answer->headers;
  out.text = answer->body;
  if (auto json = Json::parse(answer->body)) out.body = *json;
  if (method != "GET" && on_write) on_write(method, path, out.status);
  return out;
}

Reply Browser::log_in(const std::string& login, const std::string& password, const std::string& fresh) {
  cookie.clear();
  Reply reply = post("/session", JsonObject{{"login", login}, {"password", password}});
  if (reply.status != 200) return reply;
  std::string set = reply.header("set-cookie");
  cookie = set.substr(0, set.find(';'));
  csrf = reply.at("csrf");
  if (!fresh.empty())
    EXPECT_EQ(post("/session/password", JsonObject{{"old_password", password}, {"new_password", fresh}}).status,
              204);
  return reply;
}

// Imports come in the order of their dates here, so that the row of the highest import wins.
Facts::Facts(warehouse::Warehouse& db) {
  auto read = [&](const std::string& table, const std::string& columns, size_t n) {
    return rows(db, "SELECT " + columns + " FROM " + table + " ORDER BY import_id, line", n);
  };
  for (const auto& r : read("f_accounts", "account_id, customer_id, org_id", 3)) {
    account_customer[r[0]] = r[1];
    account_org[r[0]] = r[2];
  }
  for (const auto& r : read("f_loans", "loan_id, customer_id, org_id", 3)) {
    loan_customer[r[0]] = r[1];
    loan_org[r[0]] = r[2];
  }
  for (const auto& r : read("f_customers", "customer_id, org_id", 2)) customer_org[r[0]] = r[1];
  for (const auto& r : read("f_staff", "staff_id, org_id, position", 3)) {
    staff_org[r[0]] = r[1];
    staff_position[r[0]] = r[2];
  }
  for (const auto& r : read("f_orgs", "org_id, parent_id, kind", 3)) {
    org_parent[r[0]] = r[1];
    org_kind[r[0]] = r[2];
  }
  std::map<std::vector<std::string>, Assigned> winners;
  for (const auto& r :
       read("f_assignments",
            "subject_kind, subject_id, staff_id, CAST(valid_from AS VARCHAR), CAST(valid_to AS VARCHAR), "
            "CAST(share AS VARCHAR)",
            6))
    winners[{r[0], r[1], r[2], r[3]}] = {r[0], r[1], r[2], r[3], r[4], std::stoll(r[5])};
  for (const auto& [key, row] : winners) assignments.push_back(row);
}

std::set<std::string> Facts::below(const std::string& org) const {
  std::set<std::string> out = {org};
  for (size_t before = 0; before != out.size();) {
    before = out.size();
    for (const auto& [id, parent] : org_parent)
      if (out.count(parent)) out.insert(id);
  }
  return out;
}

std::string Facts::branch_of(std::string org) const {
  const std::string asked = org;
  while (!org.empty() && org_kind.at(org) != "branch") org = org_parent.at(org);
  return org.empty() ? asked : org;
}

Sight Facts::sight(const std::string& staff, people::Scope scope, const std::string& day) const {
  Sight out;
  out.all = scope == people::Scope::bank;
  if (scope == people::Scope::own) {
    out.staff.insert(staff);
    for (const auto& a : assignments) {
      if (a.staff != staff || a.share <= 0 || a.from > day || (!a.to.empty() && a.to < day)) continue;
      if (a.kind == "customer") out.customers.insert(a.subject);
      if (a.kind == "account") out.customers.insert(account_customer.at(a.subject));
      if (a.kind == "loan") out.customers.insert(loan_customer.at(a.subject));
    }
  }
  if (scope == people::Scope::branch) {
    out.orgs = below(branch_of(staff_org.at(staff)));
    for (const auto& [id, org] : staff_org)
      if (out.orgs.count(org)) out.staff.insert(id);
    for (const auto& [id, org] : customer_org)
      if (out.orgs.count(org)) out.customers.insert(id);
    for (const auto& [id, org] : account_org)
      if (out.orgs.count(org)) out.customers.insert(account_customer.at(id));
    for (const auto& [id, org] : loan_org)
      if (out.orgs.count(org)) out.customers.insert(loan_customer.at(id));
  }
  return out;
}

std::vector<std::string> Facts::hidden(const Sight& sight) const {
  std::vector<std::string> out;
  if (sight.all) return out;
  for (const auto& [id, org] : customer_org)
    if (!sight.customers.count(id)) out.push_back(id);
  for (const auto* subjects : {&account_customer, &loan_customer})
    for (const auto& [id, customer] : *subjects)
      if (!sight.customers.count(customer)) out.push_back(id);
  return out;
}

TestBank& TestBank::get() {
  static TestBank bank;
  return bank;
}

TestBank::TestBank() {
  // A short path: the socket for commands lies inside.
  folder = fs::temp_directory_path() / ("guanhu-api-" + std::to_string(::getpid()));
  fs::remove_all(folder);
  feed = folder / "feed";
  make_bank();
  facts = std::make_unique<Facts>(bank->warehouse());
  AppOptions options;
  options.server.worker_threads = 4;
  // A browser here keeps its connection from test to test, however slow the machine is.
  options.server.idle = std::chrono::hours(1);
  options.services.policies = fs::path(GUANHU_SOURCE_DIR) / "policies";
  options.services.feed = feed;
  auto started = App::start(*bank, std::move(options), log, clock);
  if (!started) throw base::Broken(started.error().text());
  app = std::move(*started);
  make_logins();
}

TestBank::~TestBank() {
  browsers.clear();
  app.reset();
  if (bank && on_postgres())
    for (const auto& schema : {bank->folder().facts_schema(), bank->folder().store_schema()})
      bank->store().script("DROP SCHEMA \"" + schema + "\" CASCADE");
  bank.reset();
  std::error_code ignored;
  fs::remove_all(folder, ignored);
}

void TestBank::make_bank() {
  sample::Options options;
  options.out = feed;
  options.customers = 400;
  options.managers = 18;
  options.from = *base::Date::parse("2025-11-20");
  options.to = *base::Date::parse(kLast);
  if (auto made = sample::write_sample(options); !made) throw base::Broken(made.error().text());
  const std::string schema = "guanhu_api_" + std::to_string(::getpid());
  auto made = on_postgres() ? store::Folder::create(folder / "bank", store::testing::postgres_dsn(), schema)
                            : store::Folder::create(folder / "bank");
  if (!made) throw base::Broken(made.error().text());
  auto opened = cli::open_bank((folder / "bank").string(), io);
  if (!opened) throw base::Broken(opened.error().text());
  bank = std::make_unique<feed::Bank>(std::move(*opened));
  feed::Importer importer(*bank);
  importer.import(feed::find_feeds({feed.string()}).value(), std::nullopt, [](const feed::DateReport& report) {
    if (!report.applied) throw base::Broken("the sample of " + report.business_date + " was refused");
  });
}

std::string TestBank::add_login(const std::string& login, const std::string& staff,
                                const std::vector<people::Role>& roles) {
  auto session = bank->folder().open_store();
  return people::add_login(*session, login, staff, roles, clock).value();
}

void TestBank::make_logins() {
  // Where each role works: managers and heads of the first branch that has all of them.
  auto find = [&](const std::string& position, bool in_branch) {
    for (const auto& [id, org] : facts->staff_org)
      if (facts->staff_position.at(id) == position && (facts->org_kind.at(org) == "branch") == in_branch)
        return id;
    throw base::Broken("the sample bank has no " + position);
  };
  using people::Role;
  staff_of = {{Role::administrator, find("other", false)},    {Role::manager, find("manager", true)},
              {Role::branch_head, find("branch_head", true)}, {Role::risk_manager, find("risk_manager", true)},
              {Role::business, find("supervisor", false)},    {Role::hr, find("hr", false)},
              {Role::executive, find("executive", false)},    {Role::auditor, find("auditor", false)}};
  for (const auto& [role, staff] : staff_of) {
    std::string login(people::role_name(role));
    std::string password = add_login(login, staff, {role});
    auto browser = std::make_unique<Browser>(app->port());
    if (browser->log_in(login, password, "good-morning-7!").status != 200)
      throw base::Broken("cannot log in as " + login);
    browsers[role] = std::move(browser);
  }
}

}  // namespace guanhu::api::testing
