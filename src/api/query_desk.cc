#include "api/query_desk.h"

#include <algorithm>

#include "api/redact.h"
#include "workbench/todo_run.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using people::Permission;
using people::Scope;
using workbench::QueryColumn;
using workbench::QuerySource;
using workbench::QuerySpec;
using workbench::QueryType;

namespace {

warehouse::Type type_of(QueryType type) {
  switch (type) {
    case QueryType::money:
    case QueryType::rate:
    case QueryType::decimal:
    case QueryType::number: return warehouse::Type::int64;
    case QueryType::date: return warehouse::Type::date;
    case QueryType::yes_no: return warehouse::Type::boolean;
    default: return warehouse::Type::text;
  }
}

void put(warehouse::ColumnData& into, const MemoryCell& cell) {
  const bool null = std::holds_alternative<std::monostate>(cell);
  into.valid.push_back(null ? 0 : 1);
  const int64_t number = std::holds_alternative<int64_t>(cell) ? std::get<int64_t>(cell) : 0;
  switch (into.type) {
    case warehouse::Type::int64: into.i64.push_back(number); break;
    case warehouse::Type::date: into.i32.push_back(static_cast<int32_t>(number)); break;
    case warehouse::Type::boolean: into.i8.push_back(number != 0); break;
    default:
      into.text.push_back(std::holds_alternative<std::string>(cell) ? std::string_view(std::get<std::string>(cell))
                                                                    : std::string_view());
  }
}

Error lacking(const std::string& what) {
  return {"query.rules", "报表的制度里没有“" + what + "”", std::string("policies/") + kReportPack,
          "由制度管理人员在制度包 house-reports 里补上"};
}

base::Result<QueryLimits> limits_of(Services& services, base::Date day) {
  auto pack = services.packs().on(kReportPack, day);
  if (!pack.ok()) return pack.error();
  QueryLimits out;
  out.pack = *pack;
  out.overdue_bands.resize(4), out.age_bands.resize(3);
  const std::pair<const char*, int64_t*> all[] = {
      {"到期提前天数", &out.due_days},       {"未走访天数", &out.unvisited_days},
      {"呆滞起算天数", &out.idle_days},      {"操作记录天数", &out.audit_days},
      {"打印最多行数", &out.print_rows},     {"导出最多行数", &out.export_rows},
      {"文件保留天数", &out.keep_days},      {"逾期第一档", &out.overdue_bands[0]},
      {"逾期第二档", &out.overdue_bands[1]}, {"逾期第三档", &out.overdue_bands[2]},
      {"逾期第四档", &out.overdue_bands[3]}, {"年龄第一档", &out.age_bands[0]},
      {"年龄第二档", &out.age_bands[1]},     {"年龄第三档", &out.age_bands[2]}};
  for (const auto& [name, into] : all) {
    const policy::Parameter* found = (*pack)->parameter(name);
    auto value = found ? found->on(day) : std::nullopt;
    if (!value || !value->to_int64()) return lacking(name);
    *into = *value->to_int64();
  }
  return out;
}

}  // namespace

const std::vector<SourceMaker>& source_makers() {
  static const std::vector<SourceMaker> all = {
      {"customers", "客户", "客户资料、存贷款余额、主办客户经理、分类、最近走访", Permission::customer_read,
       Scope::own, false, open_customers},
      {"deposits", "存款账户", "账户、余额、较年初和月初的变化、到期日", Permission::customer_read, Scope::own,
       false, open_deposits},
      {"loans", "贷款", "借据、余额、应收、逾期、五级分类、到期日", Permission::customer_read, Scope::own, false,
       open_loans},
      {"repayments", "还款", "每笔收回的本金、利息、罚息", Permission::customer_read, Scope::own, false,
       open_repayments},
      {"sales", "产品营销", "每笔营销的产品、数量、金额、手续费收入", Permission::customer_read, Scope::own, false,
       open_sales},
      {"visits", "客户访问记录", "走访：谁、哪天、去看谁、为什么、结果", Permission::visit_read, Scope::own, false,
       open_visits},
      {"scores", "考核指标和得分", "一个考核方案、一个期间的指标、得分、排名", Permission::score_read, Scope::own,
       true, open_scores},
      // RPT-620: the list of pay is for those who may take it out, not for whoever may read their own slip.
      {"pay", "薪酬清单", "已批准和已发放的工资：应发、扣款、风险保证金、实发", Permission::pay_export, Scope::own,
       false, open_pay},
      {"staff", "员工队伍", "岗位、学历、职级、年龄、从业年限、管户、离岗", Permission::grade_read, Scope::own,
       false, open_staff},
      {"branches", "机构经营数据", "存款、贷款、存贷比、不良贷款，比年初、比上年同期", Permission::board_read,
       Scope::own, false, open_branches},
      {"first_loans", "首贷户准入", "首次建立信贷关系的客户：准入审批、放款、是否违规", Permission::customer_read,
       Scope::own, false, open_first_loans},
      {"basic_accounts", "基本账户", "每户贷款企业：在本行有没有基本账户、贷款余额、占用信的比例、是不是新增",
       Permission::customer_read, Scope::own, false, open_basic_accounts},
      {"basic_coverage", "基本账户开户面", "每个机构、每个客户经理的三项开户面和达标", Permission::customer_read,
       Scope::own, false, open_basic_coverage},
      {"credit_periods", "信贷运行统计",
       "每个机构按月、按季：投放、收回、余额、逾期、不良、首贷准入、走访了多少贷款户", Permission::board_read,
       Scope::own, false, open_credit_periods},
      {"exports", "导出记录", "谁在什么时候导出了什么、多少行", Permission::audit_read, Scope::bank, false,
       open_exports},
      {"changes", "操作记录", "审计链里最近的操作：谁、什么时候、做了什么", Permission::audit_read, Scope::bank,
       false, open_changes}};
  return all;
}

QueryDesk::QueryDesk(Services& services, const people::Login& login)
    : services_(services),
      login_(login),
      facts_(services.facts()),
      db_(services.warehouse()),
      store_(services.store()),
      person_(workbench::person_of(login.login, login.staff_id)) {}

QueryDesk::~QueryDesk() {
  // The connection goes back to the pool: what was made for this question goes with it.
  try {
    for (const auto& name : made_) db_->exec("DROP TABLE IF EXISTS " + name);
  } catch (const std::exception&) {
    return;  // a lost connection took its tables along
  }
}

base::Status QueryDesk::prepare() {
  if (!facts_->last_date) return Error{"data.none", "还没有导入任何业务日期", "", "先导入数据，再看报表"};
  auto limits = limits_of(services_, *facts_->last_date);
  if (!limits.ok()) return limits.error();
  limits_ = *limits;
  return {};
}

std::vector<const SourceMaker*> QueryDesk::sources() const {
  std::vector<const SourceMaker*> out;
  for (const auto& one : source_makers())
    if (scope(one.permission) != Scope::none && scope(one.permission) >= one.least) out.push_back(&one);
  return out;
}

base::Date QueryDesk::day_of(const QuerySpec& spec) const {
  return spec.day && *spec.day < last() ? std::max(*spec.day, *facts_->first_date) : last();
}

base::Result<OpenQuery> QueryDesk::open(const Json& spec) {
  const std::string name = workbench::source_of(spec);
  OpenQuery out;
  for (const auto* one : sources())
    if (one->name == name) out.maker = one;
  if (!out.maker) return Error{"query.source", "没有数据来源 " + name, "source", "从列表里选"};
  auto opened = out.maker->open(*this, spec);
  if (!opened.ok()) return opened.error();
  out.open = std::move(*opened);
  out.open.source.name = out.maker->name, out.open.source.title = out.maker->title;
  out.open.source.about = out.maker->about;
  auto read = workbench::read_query(spec, out.open.source);
  if (!read.ok()) return read.error();
  out.spec = std::move(*read);
  out.day = day_of(out.spec);
  out.context.day = out.open.clock ? workbench::working_day(*store_, services_.clock().now()) : out.day;
  out.context.me = person_;
  out.context.below = [this](const std::string& org) { return directory().subtree(org); };
  out.context.name_of = [this](QueryType type, const std::string& id) { return name_of(type, id); };
  out.context.stored_forms = [this](const std::string& number) {
    std::string capitals = number;
    for (char& c : capitals) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
    std::vector<std::string> forms = services_.bank().personal_key().stored_forms(number);
    if (capitals != number)
      for (auto& form : services_.bank().personal_key().stored_forms(capitals)) forms.push_back(std::move(form));
    return forms;
  };
  const std::string from = out.open.from(*this, out.spec);
  out.plan = workbench::plan_query(out.open.source, out.spec, from, out.context);
  return out;
}

std::string QueryDesk::customers_in(const std::string& column) const {
  const std::string sql = reach(Permission::customer_read)->customers_sql(last());
  return sql.empty() ? "" : " AND " + column + " IN (" + sql + ")";
}

std::string QueryDesk::name_of(QueryType type, const std::string& id) const {
  if (type == QueryType::org) {
    const people::Org* found = directory().org(id);
    return found ? found->name : id;
  }
  if (type != QueryType::staff) return id;
  if (id.starts_with("login:")) return id.substr(6);
  const people::Staff* found = directory().person(id);
  return found ? found->name : id;
}

std::string QueryDesk::table(const std::string& name, const MemoryTable& of) {
  constexpr size_t kPart = 20'000;
  std::string ddl;
  std::vector<warehouse::Column> columns;
  for (const auto& [column, type] : of.columns) {
    columns.push_back({column, type_of(type)});
    ddl += (ddl.empty() ? "" : ", ") + column + " " + warehouse::Warehouse::type_sql(type_of(type));
  }
  const std::string full = "q_" + name;
  made_.insert(full);
  db_->exec("DROP TABLE IF EXISTS " + full);
  db_->exec("CREATE TEMP TABLE " + full + " (" + ddl + ")");
  auto appender = db_->append(full, columns);
  for (size_t first = 0; first < of.rows.size(); first += kPart) {
    warehouse::Chunk chunk;
    chunk.columns.resize(columns.size());
    for (size_t c = 0; c < columns.size(); ++c) chunk.columns[c].type = columns[c].type;
    chunk.rows = std::min(kPart, of.rows.size() - first);
    for (size_t r = 0; r < chunk.rows; ++r)
      for (size_t c = 0; c < columns.size(); ++c) put(chunk.columns[c], of.rows[first + r][c]);
    appender->append(chunk);
  }
  appender->finish();
  return full;
}

std::string QueryDesk::shown(const QueryColumn& column, const std::string& sealed, bool opened) const {
  const std::string value = services_.bank().personal_key().open(sealed);
  return opened ? value : masked_value(column.name, value);
}

bool uses(const QuerySource& source, const QuerySpec& spec, const std::string& column) {
  auto in = [&](const std::vector<std::string>& names) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& n) { return n == column || n.starts_with(column + ":"); });
  };
  if (in(spec.group) || in(source.order) || (!spec.grouped() && in(spec.columns))) return true;
  for (const auto& one : spec.filters)
    if (one.column == column) return true;
  for (const auto& one : spec.sums)
    if (one.column == column) return true;
  for (const auto& one : spec.sort)
    if (one.column == column) return true;
  return false;
}

std::string select_of(const SqlSource& of, const QuerySource& source, const QuerySpec& spec) {
  std::string list, joins;
  std::set<char> needed;
  for (const auto& [letter, sql] : of.joins)
    if (letter < 'a') needed.insert(letter);  // capitals: always, for the condition stands on them
  for (const auto& one : of.columns) {
    if (!uses(source, spec, one.column.name)) continue;
    list += (list.empty() ? "" : ", ") + one.sql + " AS " + one.column.name;
    needed.insert(one.joins.begin(), one.joins.end());
  }
  for (const auto& [name, sql] : of.beside) list += (list.empty() ? "" : ", ") + sql + " AS " + name;
  for (const auto& [letter, sql] : of.joins)
    if (needed.count(letter)) joins += sql;
  return "(SELECT " + list + " FROM " + of.from + joins + " WHERE TRUE" + of.where + ")";
}

std::vector<QueryColumn> columns_of(const SqlSource& of) {
  std::vector<QueryColumn> out;
  for (const auto& one : of.columns) out.push_back(one.column);
  return out;
}

}  // namespace guanhu::api
