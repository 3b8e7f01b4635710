#include "api/customer_facts.h"

#include <charconv>
#include <map>

#include "api/reach.h"
#include "api/redact.h"
#include "attribution/recorded.h"
#include "base/money.h"
#include "feed/schema.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

std::string on(base::Date day) { return "DATE '" + day.str() + "'"; }
std::string as_text(const std::string& column) { return "CAST(" + column + " AS VARCHAR)"; }

int64_t number(const std::optional<std::string>& text) {
  int64_t out = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), out);
  return out;
}

Json text_json(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }
std::string plain(const std::optional<std::string>& text) { return text.value_or(""); }
Json fen_json(const std::optional<std::string>& text) {
  return text ? Json(base::format_fen(number(text))) : Json();
}

// The rows of the customers' accounts or loans that count; `who` is "= 'C1'" or "IN (...)". The customer of the
// row in force decides, so that filter stands outside; inside it only narrows what is looked at to what was ever
// theirs.
std::string subjects(const std::string& who, bool loans, const std::string& columns) {
  const std::string table = loans ? "f_loans" : "f_accounts", key = loans ? "loan_id" : "account_id";
  return "(SELECT * FROM " +
         winning_rows(
             table, key, columns,
             "f." + key + " IN (SELECT x." + key + " FROM " + table + " x WHERE x.customer_id " + who + ")") +
         " w WHERE w.customer_id " + who + ")";
}

// The assignments of the customers, their accounts and loans that count.
std::string assignments(const std::string& who) {
  auto of = [&](const char* kind, const std::string& among) {
    return std::string("(f.subject_kind = '") + kind + "' AND f.subject_id " + among + ")";
  };
  auto ids = [&](bool loans) {
    const std::string id = loans ? "loan_id" : "account_id";
    return "IN (SELECT q." + id + " FROM " + subjects(who, loans, "f." + id + ", f.customer_id") + " q)";
  };
  return attribution::holdings_sql(of("customer", who) + " OR " + of("account", ids(false)) + " OR " +
                                   of("loan", ids(true)));
}

// Their states up to the day, of each the latest.
std::string latest_state(const std::string& who, bool loans, const std::string& columns, base::Date day) {
  const std::string key = loans ? "loan" : "account";
  return "(SELECT DISTINCT ON (f." + key + ") f." + key + ", " + columns + " FROM " +
         (loans ? "f_loan_states" : "f_balances") +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND f.date <= " + on(day) +
         " AND f." + key + " IN (SELECT q." + key + " FROM " +
         subjects(who, loans, "f." + key + ", f.customer_id") + " q) ORDER BY f." + key +
         ", f.date DESC, i.business_date DESC)";
}

}  // namespace

std::vector<TextRow> text_rows(warehouse::Warehouse& db, const std::string& sql, size_t columns) {
  std::vector<TextRow> out;
  std::vector<warehouse::Type> types(columns, warehouse::Type::text);
  db.scan(sql, types, [&](const warehouse::Chunk& c) {
    for (size_t r = 0; r < c.rows; ++r) {
      TextRow row;
      for (size_t k = 0; k < columns; ++k)
        row.push_back(c.columns[k].is_null(r) ? std::nullopt : std::optional(std::string(c.columns[k].text[r])));
      out.push_back(std::move(row));
    }
  });
  return out;
}

// Three queries that look at each table once: as one, every part would read them all again.
std::map<std::string, JsonArray> managers_of(warehouse::Warehouse& db, const people::Directory& directory,
                                             base::Date day, const std::set<std::string>& customers) {
  std::map<std::string, JsonArray> out;
  if (customers.empty()) return out;
  const std::string who = "IN " + sql_list(customers);
  std::map<std::pair<std::string, std::string>, std::string> owners;  // of accounts and loans, by kind and number
  std::string held = "(f.subject_kind = 'customer' AND f.subject_id " + who + ")";
  for (const char* kind : {"account", "loan"}) {
    const std::string id = std::string(kind) + "_id";
    std::set<std::string> numbers;
    for (const auto& row :
         text_rows(db,
                   "SELECT a." + id + ", a.customer_id FROM " +
                       subjects(who, std::string_view(kind) == "loan", "f." + id + ", f.customer_id") + " a",
                   2)) {
      numbers.insert(plain(row[0]));
      owners[{kind, plain(row[0])}] = plain(row[1]);
    }
    if (!numbers.empty())
      held += std::string(" OR (f.subject_kind = '") + kind + "' AND f.subject_id IN " + sql_list(numbers) + ")";
  }
  // By customer: main managers before assistants, then by number.
  std::map<std::string, std::set<std::pair<std::string, std::string>>> found;
  for (const auto& row :
       text_rows(db,
                 "SELECT s.subject_kind, s.subject_id, s.staff_id, coalesce(s.role, 'main') FROM " +
                     attribution::holdings_sql(held) + " s WHERE s.share > 0 AND s.valid_from <= " + on(day) +
                     " AND (s.valid_to IS NULL OR s.valid_to >= " + on(day) + ")",
                 4)) {
    const std::string kind = plain(row[0]), subject = plain(row[1]), role = plain(row[3]);
    const std::string& customer = kind == "customer" ? subject : owners[{kind, subject}];
    found[customer].emplace((role == "main" ? "0" : "1") + role, plain(row[2]));
  }
  for (const auto& [customer, managers] : found)
    for (const auto& [role, staff] : managers) {
      const people::Staff* person = directory.person(staff);
      out[customer].push_back(
          JsonObject{{"staff", staff}, {"name", person ? person->name : ""}, {"role", role.substr(1)}});
    }
  return out;
}

void CustomerReader::read_shares() {
  if (std::exchange(shares_read_, true)) return;
  shares_ = text_rows(db_,
                      "SELECT s.subject_kind, s.subject_id, s.staff_id, s.role, " + as_text("s.share") + ", " +
                          as_text("s.valid_from") + ", " + as_text("s.valid_to") + " FROM " + assignments(who_) +
                          " s ORDER BY s.valid_from DESC, s.subject_id, s.staff_id",
                      7);
}

namespace {
JsonObject share_json(const TextRow& row, const people::Directory& directory) {
  const people::Staff* person = directory.person(plain(row[2]));
  return JsonObject{{"staff", plain(row[2])},    {"name", person ? person->name : ""},
                    {"role", text_json(row[3])}, {"share", Decimal::make(number(row[4]), -8).str()},
                    {"from", plain(row[5])},     {"to", text_json(row[6])}};
}
}  // namespace

JsonArray CustomerReader::shares(const std::string& kind, const std::string& subject) {
  read_shares();
  JsonArray out;
  for (const auto& row : shares_)
    if (row[0] == kind && row[1] == subject) out.push_back(share_json(row, directory_));
  return out;
}

JsonArray CustomerReader::managers() {
  read_shares();
  JsonArray out;
  for (const auto& row : shares_) {
    JsonObject one = share_json(row, directory_);
    one.emplace_back("subject_kind", plain(row[0]));
    one.emplace_back("subject_id", plain(row[1]));
    out.push_back(std::move(one));
  }
  return out;
}

JsonArray CustomerReader::accounts(int64_t& total) {
  JsonArray out;
  auto rows = text_rows(
      db_,
      "SELECT a.account_id, a.product, a.kind, a.org_id, a.currency, " + as_text("b.balance") + ", " +
          as_text("a.opened_on") + ", " + as_text("a.matures_on") + ", " + as_text("a.closed_on") + " FROM " +
          subjects(who_, false,
                   "f.account_id, f.account, f.customer_id, f.product, f.kind, f.org_id, f.currency, "
                   "f.opened_on, f.matures_on, f.closed_on") +
          " a LEFT JOIN " + latest_state(who_, false, "f.balance", day_) +
          " b ON b.account = a.account ORDER BY a.opened_on, a.account_id",
      9);
  for (const auto& r : rows) {
    total += number(r[5]);
    out.push_back(JsonObject{{"id", plain(r[0])},
                             {"product", plain(r[1])},
                             {"kind", plain(r[2])},
                             {"org", plain(r[3])},
                             {"currency", plain(r[4])},
                             {"balance", base::format_fen(number(r[5]))},
                             {"opened_on", text_json(r[6])},
                             {"matures_on", text_json(r[7])},
                             {"closed_on", text_json(r[8])},
                             {"shares", shares("account", plain(r[0]))}});
  }
  return out;
}

JsonArray CustomerReader::loans(int64_t& total) {
  JsonArray out;
  auto rows = text_rows(
      db_,
      "SELECT l.loan_id, l.product, l.kind, l.guarantee, " + as_text("l.principal") + ", " + as_text("s.balance") +
          ", " + as_text("l.rate") + ", " + as_text("l.issued_on") + ", " + as_text("l.due_on") + ", " +
          as_text("l.settled_on") + ", s.class, " + as_text("s.overdue_principal") + ", " +
          as_text("s.overdue_days") + ", " + as_text("s.off_balance") + " FROM " +
          subjects(who_, true,
                   "f.loan_id, f.loan, f.customer_id, f.product, f.kind, f.guarantee, f.principal, f.rate, "
                   "f.issued_on, "
                   "f.due_on, f.settled_on") +
          " l LEFT JOIN " +
          latest_state(who_, true, "f.balance, f.class, f.overdue_principal, f.overdue_days, f.off_balance",
                       day_) +
          " s ON s.loan = l.loan ORDER BY l.issued_on, l.loan_id",
      14);
  for (const auto& r : rows) {
    total += number(r[5]);
    out.push_back(JsonObject{{"id", plain(r[0])},
                             {"product", plain(r[1])},
                             {"kind", plain(r[2])},
                             {"guarantee", plain(r[3])},
                             {"principal", base::format_fen(number(r[4]))},
                             {"balance", base::format_fen(number(r[5]))},
                             {"rate", r[6] ? Json(Decimal::make(number(r[6]), -6).str()) : Json()},
                             {"issued_on", text_json(r[7])},
                             {"due_on", text_json(r[8])},
                             {"settled_on", text_json(r[9])},
                             {"class", plain(r[10])},
                             {"overdue_principal", base::format_fen(number(r[11]))},
                             {"overdue_days", number(r[12])},
                             {"off_balance", r[13] == "true"},
                             {"shares", shares("loan", plain(r[0]))}});
  }
  return out;
}

std::vector<std::string> customers_by_number(warehouse::Warehouse& db, const store::PersonalKey& key,
                                             const std::string& text) {
  // Resident identity cards have 15 or 18 characters, credit codes of companies 18 with letters, phones 11.
  auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  bool number = text.size() >= 11 && text.size() <= 18 && std::count_if(text.begin(), text.end(), is_digit) >= 8 &&
                std::all_of(text.begin(), text.end(), [&](char c) { return is_digit(c) || is_letter(c); });
  if (!number) return {};
  std::string capitals = text;
  for (char& c : capitals) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  std::vector<std::string> forms = key.stored_forms(text);
  if (capitals != text)
    for (auto& form : key.stored_forms(capitals)) forms.push_back(std::move(form));
  std::string list;
  for (const auto& form : forms) list += (list.empty() ? "" : ", ") + sql_text(form);
  std::vector<std::string> out;
  for (const auto& row : text_rows(db,
                                   "SELECT DISTINCT f.customer_id FROM f_customers f" + feed::active_join("f") +
                                       "WHERE f.id_no IN (" + list + ") OR f.phone IN (" + list + ")",
                                   1))
    out.push_back(plain(row[0]));
  return out;
}

Json CustomerReader::whole() {
  auto rows =
      text_rows(db_,
                "SELECT c.name, c.kind, c.org_id, " + as_text("c.is_farmer") + ", " + as_text("c.opened_on") +
                    ", c.id_no, c.phone, c.address FROM " +
                    winning_rows("f_customers", "customer_id",
                                 "f.customer_id, f.name, f.kind, f.org_id, f.is_farmer, f.opened_on, f.id_no, "
                                 "f.phone, f.address",
                                 "f.customer_id = " + sql_text(customer_)) +
                    " c",
                8);
  if (rows.empty()) return {};
  const TextRow& r = rows[0];
  const people::Org* org = directory_.org(plain(r[2]));
  int64_t deposits = 0, lent = 0;
  JsonArray accounts_json = accounts(deposits), loans_json = loans(lent);
  return JsonObject{{"id", customer_},
                    {"name", plain(r[0])},
                    {"kind", plain(r[1])},
                    {"org", plain(r[2])},
                    {"org_name", org ? org->name : plain(r[2])},
                    {"is_farmer", r[3] == "true"},
                    {"opened_on", text_json(r[4])},
                    {"id_no_masked", masked_id(key_.open(plain(r[5])))},
                    {"phone_masked", masked_phone(key_.open(plain(r[6])))},
                    {"address_masked", masked_address(plain(r[7]))},
                    {"accounts", std::move(accounts_json)},
                    {"loans", std::move(loans_json)},
                    {"deposits", base::format_fen(deposits)},
                    {"loans_total", base::format_fen(lent)},
                    {"managers", managers()}};
}

JsonArray CustomerReader::balances(base::Date from, base::Date to) {
  struct Sums {
    std::map<std::string, int64_t> of;  // by subject
    int64_t total = 0;
  } deposits, lent;
  std::map<std::string, std::vector<std::tuple<bool, std::string, int64_t>>> days;
  for (bool loan : {false, true}) {
    const std::string key = loan ? "loan" : "account";
    const std::string mine =
        "SELECT q." + key + " FROM " + subjects(who_, loan, "f." + key + ", f.customer_id") + " q";
    auto rows = text_rows(
        db_,
        "SELECT " + as_text("b." + key) + ", " + as_text("b.date") + ", " + as_text("b.balance") + " FROM " +
            winning_rows(loan ? "f_loan_states" : "f_balances", key + ", date", "f." + key + ", f.date, f.balance",
                         "f." + key + " IN (" + mine + ") AND f.date <= " + on(to)) +
            " b ORDER BY b.date",
        3);
    for (const auto& r : rows) days[plain(r[1])].emplace_back(loan, plain(r[0]), number(r[2]));
  }
  JsonArray out;
  auto point = [&](const std::string& date) {
    JsonObject p = {
        {"day", date}, {"deposits", base::format_fen(deposits.total)}, {"loans", base::format_fen(lent.total)}};
    out.push_back(std::move(p));
  };
  const std::string first = from.str();
  bool begun = false;
  for (const auto& [date, changes] : days) {
    if (!begun && date > first) {
      point(first);
      begun = true;
    }
    int64_t before_deposits = deposits.total, before_loans = lent.total;
    for (const auto& [loan, subject, balance] : changes) {
      Sums& sums = loan ? lent : deposits;
      sums.total += balance - std::exchange(sums.of[subject], balance);
    }
    bool changed = deposits.total != before_deposits || lent.total != before_loans;
    if (date == first) begun = true, point(first);
    else if (date > first && changed) point(date);
  }
  if (!begun) point(first);
  return out;
}

Json CustomerReader::transactions(const ListQuery& query, base::Date from, base::Date to) {
  std::string where =
      "f.account_id IN (SELECT q.account_id FROM " + subjects(who_, false, "f.account_id, f.customer_id") + " q)";
  std::string rows_sql = winning_rows("f_transactions", "txn_id",
                                      "f.txn_id, f.account_id, f.booked_at, f.amount, f.balance_after, f.kind, "
                                      "f.counter_account, f.counter_name, f.memo",
                                      where);
  std::string range = " t WHERE t.booked_at >= " + on(from) + " AND t.booked_at < " + on(to + 1);
  if (!query.q.empty()) {
    std::string like = sql_text("%" + query.q + "%");
    range += " AND (lower(t.memo) LIKE " + like + " OR lower(t.counter_name) LIKE " + like +
             " OR lower(t.txn_id) LIKE " + like + " OR t.account_id LIKE " + like + ")";
  }
  auto total = warehouse::one_int(db_, "SELECT count(*) FROM " + rows_sql + range).value_or(0);
  auto rows = text_rows(db_,
                        "SELECT t.txn_id, t.account_id, " + as_text("t.booked_at") + ", " + as_text("t.amount") +
                            ", " + as_text("t.balance_after") +
                            ", t.kind, t.counter_account, t.counter_name, t.memo FROM " + rows_sql + range +
                            " ORDER BY t.booked_at DESC, t.txn_id DESC LIMIT " + std::to_string(query.page_size) +
                            " OFFSET " + std::to_string((query.page - 1) * query.page_size),
                        9);
  JsonArray items;
  for (const auto& r : rows) {
    std::string at = plain(r[2]);
    if (at.size() > 10) at[10] = 'T';
    items.push_back(JsonObject{{"id", plain(r[0])},
                               {"account", plain(r[1])},
                               {"booked_at", at},
                               {"amount", base::format_fen(number(r[3]))},
                               {"balance_after", fen_json(r[4])},
                               {"counter_name", text_json(r[7])},
                               {"counter_account_masked", r[6] ? Json(masked_id(*r[6])) : Json()},
                               {"kind", plain(r[5])},
                               {"memo", text_json(r[8])}});
  }
  return page_body(query, std::move(items), static_cast<size_t>(total));
}

Json CustomerReader::personal() {
  auto rows = text_rows(
      db_,
      "SELECT c.id_type, c.id_no, c.phone, c.address FROM " +
          winning_rows("f_customers", "customer_id", "f.customer_id, f.id_type, f.id_no, f.phone, f.address",
                       "f.customer_id = " + sql_text(customer_)) +
          " c",
      4);
  if (rows.empty()) return {};
  const TextRow& r = rows[0];
  return JsonObject{{"id_type", plain(r[0])},
                    {"id_no", key_.open(plain(r[1]))},
                    {"phone", key_.open(plain(r[2]))},
                    {"address", plain(r[3])}};
}

}  // namespace guanhu::api
