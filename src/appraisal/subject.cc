// From a line of a landed file to the thing it is about.
#include <charconv>
#include <map>

#include "appraisal/detail/words.h"
#include "appraisal/explain.h"
#include "attribution/recorded.h"
#include "feed/tables.h"
#include "people/directory.h"

namespace guanhu::appraisal {

using base::Error;
using warehouse::Chunk;
using warehouse::Type;

namespace {

Error malformed(const std::string& text) {
  return {"explain.row", "'" + text + "' 不是一行数据的位置", "--row", "写成 2021-03-05/balances.csv:17"};
}

// What the rows of a table are about: the kind of subject and the SQL for its id.
struct About {
  std::string_view table, kind, id;
};
constexpr About kAbout[] = {
    {"balances", "account", "(SELECT k.account_id FROM account_keys k WHERE k.account = f.account)"},
    {"accounts", "account", "f.account_id"},
    {"transactions", "transaction", "f.txn_id"},
    {"loans", "loan", "f.loan_id"},
    {"loan_states", "loan", "(SELECT k.loan_id FROM loan_keys k WHERE k.loan = f.loan)"},
    {"repayments", "repayment", "f.repayment_id"},
    {"customers", "customer", "f.customer_id"},
    {"sales", "sale", "f.sale_id"},
    {"targets", "target", "f.holder_kind || '/' || f.holder_id || '/' || f.indicator || '/' || f.period"},
};

// An assignment is about whatever it assigns.
constexpr std::string_view kAssignment = "assignments";

}  // namespace

base::Result<RowAddress> RowAddress::parse(const std::string& text) {
  size_t slash = text.find('/'), colon = text.rfind(':');
  if (slash == std::string::npos || colon == std::string::npos || colon < slash) return malformed(text);
  auto date = base::Date::parse(text.substr(0, slash));
  std::string file = text.substr(slash + 1, colon - slash - 1), digits = text.substr(colon + 1);
  int line = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), line);
  // Line 1 of a file is its head; entries of the register are numbered from 1.
  const int first = file == std::string(attribution::kRecordedTable) + ".csv" ? 1 : 2;
  bool whole = error == std::errc() && end == digits.data() + digits.size() && line >= first;
  if (!date || !whole || file.size() < 5 || file.substr(file.size() - 4) != ".csv") return malformed(text);
  std::string table = file.substr(0, file.size() - 4);
  if (!feed::find_table(table) && table != attribution::kRecordedTable)
    return Error{"explain.row", "没有数据文件 " + file, "--row", "文件名见 feed 约定, 例如 balances.csv"};
  return RowAddress{*date, table, line};
}

namespace {
// What people of the bank recorded is no row of an extract: its line is the entry's number.
std::optional<RowSubject> recorded_subject(warehouse::Warehouse& warehouse, const RowAddress& row,
                                           const std::optional<base::Instant>& known_at) {
  const auto known = attribution::Known::at(warehouse, known_at);
  for (const auto& [subject, entries] :
       attribution::read_recorded(warehouse, known, "", "p.entry = " + std::to_string(row.line)))
    return RowSubject{subject.first, subject.second};
  return std::nullopt;
}
}  // namespace

base::Result<RowSubject> subject_of(warehouse::Warehouse& warehouse, const RowAddress& row,
                                    const std::optional<base::Instant>& known_at) {
  std::string kind, id;
  if (row.table == attribution::kRecordedTable) {
    if (auto found = recorded_subject(warehouse, row, known_at)) return *found;
    return Error{"explain.row", "没有第 " + std::to_string(row.line) + " 号指派，或那时还没有登记", "--row",
                 "看管户移交页上的指派登记"};
  }
  if (row.table == kAssignment) kind = "f.subject_kind", id = "f.subject_id";
  for (const About& about : kAbout)
    if (about.table == row.table) kind = "'" + std::string(about.kind) + "'", id = about.id;
  if (id.empty())
    return Error{"explain.row", row.table + ".csv 的行不直接形成指标", "--row",
                 "可用: balances, accounts, transactions, loans, loan_states, repayments, customers, sales, "
                 "targets, assignments"};
  std::optional<RowSubject> found;
  const Type types[] = {Type::text, Type::text};
  const warehouse::Value values[] = {int64_t{row.line}};
  warehouse.scan(
      "SELECT " + kind + ", " + id + " FROM f_" + row.table +
          " f JOIN imports i ON i.import_id = f.import_id WHERE i.business_date = DATE '" +
          row.business_date.str() + "' AND f.line = $1 AND " + people::active_import("i", known_at),
      types,
      [&](const Chunk& c) {
        if (c.rows && !c.columns[1].is_null(0))
          found = RowSubject{std::string(c.columns[0].text[0]), std::string(c.columns[1].text[0])};
      },
      values);
  if (found) return *found;
  return Error{
      "explain.row",
      row.business_date.str() + " 的 " + row.table + ".csv 第 " + std::to_string(row.line) + " 行不在库中",
      "--row", "用 guanhu import --status 查看已导入的日期"};
}

base::Status check_subject(warehouse::Warehouse& warehouse, const RowSubject& subject,
                           const std::optional<base::Instant>& known_at) {
  // Where something of this kind is described.
  const std::map<std::string, std::string> places = {{"account", "f_accounts f WHERE f.account_id = $1"},
                                                     {"loan", "f_loans f WHERE f.loan_id = $1"},
                                                     {"customer", "f_customers f WHERE f.customer_id = $1"},
                                                     {"sale", "f_sales f WHERE f.sale_id = $1"}};
  auto found = places.find(subject.kind);
  if (found == places.end()) return {};
  const warehouse::Value id[] = {subject.id};
  auto there = warehouse::one_int(warehouse,
                                  "SELECT CAST(count(*) AS BIGINT) FROM " + found->second +
                                      " AND f.import_id IN (SELECT i.import_id FROM imports i WHERE " +
                                      people::active_import("i", known_at) + ")",
                                  id);
  if (there.value_or(0) > 0) return {};
  return Error{"explain.subject", "没有" + detail::subject_word(subject.kind) + " " + subject.id,
               "--" + subject.kind, "号码要和数据文件里的一样, 大小写也一样"};
}

}  // namespace guanhu::appraisal
