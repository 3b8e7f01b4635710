#include "appraisal/recorded_csv.h"

#include <algorithm>
#include <set>

#include "feed/csv.h"

namespace guanhu::appraisal {

using base::Error;
using base::Json;

Json value_of_text(const policy::Pack& pack, const std::string& name, const std::string& text) {
  if (text == "null") return {};
  const policy::RecordedFact* fact = pack.recorded_fact(name);
  const policy::TypeKind kind = fact ? fact->type->kind : policy::TypeKind::string;
  const bool words = kind == policy::TypeKind::string || kind == policy::TypeKind::date ||
                     kind == policy::TypeKind::date_time || kind == policy::TypeKind::time;
  if (kind == policy::TypeKind::boolean && (text == "是" || text == "否")) return {text == "是"};
  if (!words)
    if (auto json = Json::parse(text)) return std::move(*json);
  return {text};
}

base::Status check_subject_there(warehouse::Warehouse& warehouse, const Recording& r) {
  static constexpr struct {
    std::string_view kind, table, column, file;
  } kTables[] = {{"staff", "f_staff", "staff_id", "staff.csv"},
                 {"customer", "f_customers", "customer_id", "customers.csv"},
                 {"loan", "f_loans", "loan_id", "loans.csv"},
                 {"organisation", "f_orgs", "org_id", "orgs.csv"}};
  for (const auto& one : kTables) {
    if (one.kind != r.subject_kind) continue;
    const warehouse::Value id[] = {r.subject_id};
    auto there = warehouse::one_int(warehouse,
                                    "SELECT CAST(count(*) AS BIGINT) FROM " + std::string(one.table) + " WHERE " +
                                        std::string(one.column) + " = $1",
                                    id);
    if (there && *there > 0) return {};
    return Error{"fact.subject.unknown", "导入的数据里没有 " + r.subject_id, "subject_id",
                 "检查编号；它应当在 " + std::string(one.file) + " 里"};
  }
  return {};
}

namespace {

constexpr std::string_view kNames[] = {"name",       "subject_kind", "subject_id", "period",
                                       "valid_from", "value",        "document",   "note"};

// Where each column stands in the file's rows; -1 it is not there.
struct Columns {
  int at[std::size(kNames)];
};

base::Result<Columns> header_of(const std::vector<feed::Field>& fields) {
  Columns out;
  std::fill(std::begin(out.at), std::end(out.at), -1);
  std::string room;
  for (size_t i = 0; i < fields.size(); ++i) {
    std::string_view name = feed::unquote(fields[i], room);
    if (i == 0 && name.starts_with("\xEF\xBB\xBF")) name.remove_prefix(3);
    auto known = std::find(std::begin(kNames), std::end(kNames), name);
    if (known == std::end(kNames))
      return Error{"fact.file", "没有“" + std::string(name) + "”这一列", "line 1",
                   "列有：" + std::string(kFactColumns)};
    out.at[known - std::begin(kNames)] = static_cast<int>(i);
  }
  for (size_t needed : {0U, 2U, 5U, 6U})
    if (out.at[needed] < 0)
      return Error{"fact.file", "缺少“" + std::string(kNames[needed]) + "”这一列", "line 1",
                   "第一行写 " + std::string(kFactColumns)};
  return out;
}

Recording read_row(const policy::Pack& pack, const Columns& columns, const std::vector<feed::Field>& fields) {
  std::string room;
  auto cell = [&](size_t column) {
    const int at = columns.at[column];
    return at < 0 || static_cast<size_t>(at) >= fields.size()
               ? std::string()
               : std::string(feed::unquote(fields[static_cast<size_t>(at)], room));
  };
  Recording out{cell(0), cell(1), cell(2), cell(3), cell(4), {}, "", cell(6), cell(7)};
  out.value = value_of_text(pack, out.name, cell(5));
  if (const policy::RecordedFact* fact = pack.recorded_fact(out.name); fact && out.subject_kind.empty())
    out.subject_kind = policy::subject_kind(fact->of);
  return out;
}

}  // namespace

base::Result<std::vector<FactRow>> read_facts(store::Session& session, warehouse::Warehouse& warehouse,
                                              const policy::Pack& pack, std::string_view csv) {
  using Step = feed::CsvReader::Step;
  feed::CsvReader reader(csv, ',');
  if (reader.next() != Step::row)
    return Error{"fact.file", "表是空的", "line 1", "第一行写 " + std::string(kFactColumns)};
  auto columns = header_of(reader.fields());
  if (!columns) return columns.error();
  std::vector<FactRow> out;
  std::set<std::string> keys;
  for (Step step = reader.next(); step != Step::end; step = reader.next()) {
    if (step != Step::row)
      return Error{"fact.file", "这一行读不了：" + std::string(reader.problem()),
                   "line " + std::to_string(reader.problem_line()), "引号要成对，逗号在引号里"};
    FactRow row;
    row.line = reader.line();
    auto checked = check_recording(pack, read_row(pack, *columns, reader.fields()));
    if (!checked) {
      row.recording = read_row(pack, *columns, reader.fields());
      row.refused = checked.error();
    } else {
      row.recording = std::move(*checked);
      const Recording& r = row.recording;
      if (auto there = check_subject_there(warehouse, r); !there) row.refused = there.error();
      else if (!keys.insert(r.name + "\n" + r.subject_id + "\n" + r.period + "\n" + r.valid_from).second)
        row.refused = Error{"fact.repeated", "这件事在表里写了两次", "name", "删去一行"};
      else row.state = would_record(session, r);
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace guanhu::appraisal
