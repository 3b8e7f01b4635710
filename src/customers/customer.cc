#include "customers/customer.h"
#include "base/length.h"

#include <algorithm>

namespace guanhu::customers {

bool is_reason(const std::string& text, size_t longest) {
  return text.find_first_not_of(" \t\r\n") != std::string::npos && base::characters(text) <= longest;
}

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

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (char c : text) out += c == '\'' ? "''" : std::string(1, c);
  return out + "'";
}

std::string among(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : ", ") + quoted(text);
  return "IN (" + (out.empty() ? "''" : out) + ")";
}

std::string counting_rows(const std::string& table, const std::string& key, const std::string& columns,
                          const std::string& where) {
  return "(SELECT DISTINCT ON (" + key + ") " + columns + " FROM " + table +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL" +
         (where.empty() ? "" : " AND (" + where + ")") + " ORDER BY " + key + ", i.business_date DESC)";
}

std::vector<CustomerName> customer_names(warehouse::Warehouse& db, const std::vector<std::string>& ids) {
  std::vector<CustomerName> out;
  for (auto& row :
       text_rows(db,
                 "SELECT c.customer_id, c.name, c.kind, coalesce(c.group_id, '') FROM " +
                     counting_rows("f_customers", "f.customer_id", "f.customer_id, f.name, f.kind, f.group_id",
                                   "f.customer_id " + among(ids)) +
                     " c ORDER BY 1",
                 4))
    out.push_back({row[0].value_or(""), row[1].value_or(""), row[2].value_or(""), row[3].value_or("")});
  return out;
}

}  // namespace guanhu::customers
