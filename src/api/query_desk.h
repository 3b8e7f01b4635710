// Who asks a query and what there is to be asked: sources as far as the asker's rights reach, the rows of one as a
// statement, values with their names. Reach is decided here, in the statement every condition, order, group and
// count stands on; a reader who sees nothing of a kind has no such source at all.
//
// RPT-616 RPT-617 RPT-618 RPT-619 RPT-620
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "api/services.h"
#include "workbench/query.h"

namespace guanhu::api {

inline constexpr const char* kReportPack = "house-reports";

// What the pack says (policies/house-reports).
struct QueryLimits {
  int64_t due_days = 0, unvisited_days = 0, idle_days = 0, audit_days = 0;
  int64_t print_rows = 0, export_rows = 0, keep_days = 0;
  std::vector<int64_t> overdue_bands, age_bands;
  std::shared_ptr<const policy::Pack> pack;
};

// A table that lives as long as the question, in the warehouse's own words.
using MemoryCell = std::variant<std::monostate, int64_t, std::string>;  // days since 1970, 0/1 for yes_no
struct MemoryTable {
  std::vector<std::pair<std::string, workbench::QueryType>> columns;
  std::vector<std::vector<MemoryCell>> rows;
};

class QueryDesk;
// What a file was made from, so that its maker is refused once any of it is out of reach: of each row of the
// source the id of a "customer", a member of "staff", a "holder", an "org", or of a "writing" whose it is ("STAFF
// ORG").
struct QuerySubject {
  std::string kind, sql;  // over x
  std::string from = {};  // what x is, "(SELECT …)"; "": the rows the question lets through
};
// One source as it stands for this asker; `from` is called when the spec has been read.
struct OpenSource {
  workbench::QuerySource source;
  std::function<std::string(QueryDesk&, const workbench::QuerySpec&)> from;
  std::string link;  // of a row, {0} {1} … the source's `beside`: "/customers/{0}"
  std::vector<QuerySubject> subjects;
  bool clock = false;  // days are those of the clock, not of the business date
};
struct SourceMaker {
  std::string name, title, about;
  people::Permission permission;
  people::Scope least = people::Scope::own;  // what the permission must reach at least
  bool appraisal = false;                    // asks for scheme and period
  base::Result<OpenSource> (*open)(QueryDesk&, const base::Json& spec) = nullptr;
};
const std::vector<SourceMaker>& source_makers();

struct OpenQuery {
  const SourceMaker* maker = nullptr;
  OpenSource open;
  workbench::QuerySpec spec;
  workbench::QueryContext context;
  workbench::QueryPlan plan;
  base::Date day;
};

class QueryDesk {
 public:
  QueryDesk(Services& services, const people::Login& login);
  ~QueryDesk();
  QueryDesk(const QueryDesk&) = delete;

  // Refused: query.rules (the pack lacks something), data.none.
  base::Status prepare();
  // Refused: query.source (also what the asker may not use), and as read_query.
  base::Result<OpenQuery> open(const base::Json& spec);
  std::vector<const SourceMaker*> sources() const;

  Services& services() { return services_; }
  const people::Login& login() const { return login_; }
  const Facts& facts() const { return *facts_; }
  const people::Directory& directory() const { return facts_->directory; }
  warehouse::Warehouse& db() { return *db_; }
  store::Session& store() { return *store_; }
  const QueryLimits& limits() const { return limits_; }
  const std::string& person() const { return person_; }
  base::Date last() const { return *facts_->last_date; }
  base::Date day_of(const workbench::QuerySpec& spec) const;

  people::Scope scope(people::Permission permission) const { return people::scope_of(login_.roles, permission); }
  std::shared_ptr<const Reach> reach(people::Permission permission) const {
    return facts_->reach(login_, scope(permission));
  }
  // " AND c IN (…)"; "" when all customers are in reach.
  std::string customers_in(const std::string& column) const;
  std::string name_of(workbench::QueryType type, const std::string& id) const;
  // Makes the table anew and gives its name.
  std::string table(const std::string& name, const MemoryTable& rows);
  // Of each sealed value its mask, or the value itself for whom it may be opened.
  std::string shown(const workbench::QueryColumn& column, const std::string& sealed, bool opened) const;

 private:
  Services& services_;
  people::Login login_;
  std::shared_ptr<const Facts> facts_;
  Pool<warehouse::Warehouse>::Loan db_;
  Pool<store::Session>::Loan store_;
  std::string person_;
  QueryLimits limits_;
  std::set<std::string> made_;
};

// Whether a source asks for a column anywhere in the spec.
bool uses(const workbench::QuerySource& source, const workbench::QuerySpec& spec, const std::string& column);

// A source over the warehouse: of its columns only those that are asked for are read, with the joins they need.
struct SqlColumn {
  workbench::QueryColumn column;
  std::string sql, joins = {};  // joins: letters of `joins` below
};
struct SqlSource {
  std::vector<SqlColumn> columns;
  std::string from;                                         // "(SELECT …) l"
  std::map<char, std::string> joins;                        // " LEFT JOIN … ON …", in the order of letters
  std::string where;                                        // reach and the like
  std::vector<std::pair<std::string, std::string>> beside;  // name, SQL
};
std::string select_of(const SqlSource& of, const workbench::QuerySource& source, const workbench::QuerySpec& spec);
std::vector<workbench::QueryColumn> columns_of(const SqlSource& of);

// Words of the feed's codes: "loan_kind", "class", …
std::vector<workbench::QueryWord> query_words(const std::string& group);

// Of their own files.
base::Result<OpenSource> open_customers(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_deposits(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_loans(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_repayments(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_sales(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_visits(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_scores(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_pay(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_staff(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_branches(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_first_loans(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_basic_accounts(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_basic_coverage(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_credit_periods(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_exports(QueryDesk& desk, const base::Json& spec);
base::Result<OpenSource> open_changes(QueryDesk& desk, const base::Json& spec);

// A ready-made report: a spec with the numbers of the pack put in.
struct ReadyReport {
  std::string id, title, about, rules;
  base::Json spec;
  bool weekly = false;  // for the asker's role
};
std::vector<ReadyReport> ready_reports(QueryDesk& desk);
std::optional<ReadyReport> ready_report(QueryDesk& desk, const std::string& id);

}  // namespace guanhu::api
