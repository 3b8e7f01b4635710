// The rows of the extracts behind a row of a report: file, line, and what stood there as it was landed. Whether
// the asker may see them is asked of the report's own source: what its rows do not hold is answered as if it were
// not there.
#include "api/query_parts.h"
#include "api/query_sql.h"
#include "api/redact.h"
#include "feed/tables.h"

namespace guanhu::api {

using base::Date;
using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using namespace query_sql;

std::string feed_file(const std::string& source) {
  if (source == "customers" || source == "basic_accounts") return "customers";
  if (source == "deposits") return "accounts";
  if (source == "loans" || source == "repayments" || source == "sales") return source;
  return "";
}

namespace {

struct Place {
  std::string date, file;  // business date
  int64_t line = 0;
};

// A member of the body, or of its "row": "2025-12-31/loans/12".
std::optional<Place> place_of(const std::string& text) {
  const size_t a = text.find('/'), b = a == text.npos ? a : text.find('/', a + 1);
  if (b == text.npos || !Date::parse(text.substr(0, a))) return std::nullopt;
  auto line = Decimal::parse(text.substr(b + 1));
  auto number = line ? line->to_int64() : std::nullopt;
  if (!number || *number < 1) return std::nullopt;
  return Place{text.substr(0, a), text.substr(a + 1, b - a - 1), *number};
}

int64_t parts_of(feed::Kind kind) {
  switch (kind) {
    case feed::Kind::money: return 100;
    case feed::Kind::rate: return 1'000'000;
    case feed::Kind::share: return 100'000'000;
    case feed::Kind::quantity: return 10'000;
    default: return 1;
  }
}
bool scaled(feed::Kind kind) { return parts_of(kind) > 1 || kind == feed::Kind::integer; }

// As the file had it; numbers of persons masked. Columns that were left out or empty are not listed.
Json landed(QueryDesk& desk, const Place& at) {
  const feed::Table* table = feed::find_table(at.file);
  std::string list;
  std::vector<warehouse::Type> types;
  for (const auto& column : table->columns) {
    const std::string name(column.name);
    const bool by_number = table->numbered != feed::Numbered::none && !table->keeps_text_id &&
                           name == (table->numbered == feed::Numbered::account ? "account_id" : "loan_id");
    const std::string sql = by_number ? "k." + name : "f." + name;
    list += (list.empty() ? "" : ", ") +
            (scaled(column.kind) ? "CAST(" + sql + " AS BIGINT)" : "CAST(" + sql + " AS VARCHAR)");
    types.push_back(scaled(column.kind) ? warehouse::Type::int64 : warehouse::Type::text);
  }
  const std::string of = table->numbered == feed::Numbered::account ? "account" : "loan";
  const bool keys = table->numbered != feed::Numbered::none && !table->keeps_text_id;
  const std::string sql = "SELECT " + list + " FROM f_" + at.file +
                          " f JOIN imports i ON i.import_id = f.import_id AND i.replaced_at IS NULL" +
                          (keys ? " JOIN " + of + "_keys k ON k." + of + " = f." + of : "") +
                          " WHERE i.business_date = CAST($1 AS DATE) AND f.line = CAST($2 AS BIGINT)";
  const std::vector<warehouse::Value> values = {at.date, at.line};
  JsonArray fields;
  desk.db().scan(
      sql, types,
      [&](const warehouse::Chunk& chunk) {
        for (size_t c = 0; c < types.size() && chunk.rows > 0; ++c) {
          const auto& column = table->columns[c];
          if (chunk.columns[c].is_null(0)) continue;
          std::string value;
          if (scaled(column.kind)) {
            auto exact = Decimal::divide(Decimal(chunk.columns[c].i64[0]), Decimal(parts_of(column.kind)));
            value = exact ? exact->str() : "";
          } else {
            value = std::string(chunk.columns[c].text[0]);
          }
          const std::string name(column.name);
          if (column.personal) value = masked_value(name, desk.services().bank().personal_key().open(value));
          if (!value.empty()) fields.push_back(JsonObject{{"name", name}, {"value", value}});
        }
      },
      values);
  return JsonObject{
      {"business_date", at.date}, {"file", at.file + ".csv"}, {"line", at.line}, {"fields", std::move(fields)}};
}

// The row that counts of what the key names, up to the day.
std::optional<Place> place_in(QueryDesk& desk, const std::string& file, const std::string& where,
                              const std::string& key, const std::string& order) {
  const std::string sql = "SELECT CAST(i.business_date AS VARCHAR), CAST(f.line AS BIGINT) FROM f_" + file +
                          " f JOIN imports i ON i.import_id = f.import_id AND i.replaced_at IS NULL WHERE " +
                          where + " ORDER BY " + order + "i.business_date DESC LIMIT 1";
  const warehouse::Type types[] = {warehouse::Type::text, warehouse::Type::int64};
  const std::vector<warehouse::Value> values = {key};
  std::optional<Place> out;
  desk.db().scan(
      sql, types,
      [&](const warehouse::Chunk& c) {
        if (c.rows > 0) out = Place{std::string(c.columns[0].text[0]), file, c.columns[1].i64[0]};
      },
      values);
  return out;
}

// What else the row of the report was made of: the state in force, the loan that was repaid, the account.
std::optional<Place> further(QueryDesk& desk, const std::string& source, const std::string& key, Date day) {
  const std::string is = " = CAST($1 AS VARCHAR)", until = " AND f.date <= " + on(day);
  if (source == "deposits")
    return place_in(desk, "balances",
                    "f.account IN (SELECT account FROM account_keys WHERE account_id" + is + ")" + until, key,
                    "f.date DESC, ");
  if (source == "loans")
    return place_in(desk, "loan_states", "f.loan IN (SELECT loan FROM loan_keys WHERE loan_id" + is + ")" + until,
                    key, "f.date DESC, ");
  if (source == "repayments")
    return place_in(desk, "loans", "f.loan IN (SELECT r.loan FROM f_repayments r WHERE r.repayment_id" + is + ")",
                    key, "");
  if (source == "basic_accounts")
    return place_in(desk, "accounts", "f.customer_id" + is + " AND f.kind = 'basic' AND f.opened_on <= " + on(day),
                    key, "f.account_id, ");
  return std::nullopt;
}

Outcome show_source(Services& s, const Call& call) {
  QueryDesk desk(s, call.login());
  if (auto ready = desk.prepare(); !ready.ok()) return query_refusal(ready.error());
  const std::string source = call.text("source");
  auto at = place_of(call.text("row"));
  if (!at || at->file != feed_file(source))
    return Refusal{422, {"query.row", "没有这样的来源行", "", ""}, {{"/row", "没有这样的来源行"}}};
  const Json* day = call.body.find("day");
  auto query = desk.open(JsonObject{{"source", source}, {"day", day ? *day : Json()}});
  if (!query.ok()) return query_refusal(query.error());
  const std::vector<warehouse::Value> values = {at->date, std::to_string(at->line)};
  std::string key;
  const warehouse::Type types[] = {warehouse::Type::text};
  desk.db().scan(
      "SELECT CAST(x." + query->open.source.order.front() + " AS VARCHAR) FROM " + query->plan.made_from +
          " WHERE x.at_date = CAST($1 AS VARCHAR) AND x.at_line = CAST($2 AS VARCHAR)",
      types,
      [&](const warehouse::Chunk& c) {
        if (c.rows > 0 && !c.columns[0].is_null(0)) key = std::string(c.columns[0].text[0]);
      },
      values);
  if (key.empty()) return not_found();
  JsonArray rows = {landed(desk, *at)};
  if (auto more = further(desk, source, key, query->day)) rows.push_back(landed(desk, *more));
  return Answer{JsonObject{{"items", std::move(rows)}}};
}

}  // namespace

Table query_source_endpoints() {
  const SchemaRef field = object({{"name", text()}, {"value", text()}});
  return {
      {.method = "POST",
       .path = "/report-rows/source",
       .summary = "the rows of the extracts a row of a report was made of, as they were landed",
       .permission = Permission::report_read,
       .input = optional(object({{"source", text(40)}, {"row", text(60)}, {"day", nullable(text(10))}}), {"day"}),
       .output = object(
           {{"items",
             list(object(
                 {{"business_date", date()}, {"file", text()}, {"line", integer()}, {"fields", list(field)}}))}}),
       .handler = show_source}};
}

}  // namespace guanhu::api
