#include "risk/finding.h"

#include "base/digest.h"

namespace guanhu::risk {

namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr size_t kDigits = 12;

Json amount_of(int64_t value, const std::string& unit) {
  return unit == "元" ? Json(base::Decimal::fen(value)) : Json(value);
}

Json text_or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

JsonObject json_of(const Evidence& row) {
  return {{"table", row.table},
          {"id", row.id},
          {"account", text_or_null(row.account)},
          {"customer", text_or_null(row.customer)},
          {"at", row.at},
          {"kind", text_or_null(row.kind)},
          {"counter", text_or_null(row.counter)},
          {"amount", base::Decimal::fen(row.amount)},
          {"file", row.file},
          {"business_date", row.business_date.str()},
          {"line", row.line}};
}

}  // namespace

std::string id_of(Kind kind, std::string_view key) {
  std::string word(word_of(kind));
  return word + "-" + base::sha256_hex(word + "\n" + std::string(key)).substr(0, kDigits);
}

Json to_json(const Finding& f, const Rules& rules) {
  JsonArray effects, rows, parameters, managers(f.managers.begin(), f.managers.end());
  for (const Effect& e : f.effects)
    effects.push_back(JsonObject{{"holder_kind", e.holder_kind},
                                 {"holder_id", e.holder_id},
                                 {"figure", e.figure},
                                 {"unit", e.unit},
                                 {"with", amount_of(e.with, e.unit)},
                                 {"without", amount_of(e.without, e.unit)}});
  for (const Evidence& row : f.evidence) rows.push_back(json_of(row));
  for (const Applied& a : rules.applied[static_cast<size_t>(f.kind)])
    parameters.push_back(JsonObject{{"name", a.name},
                                    {"value", a.value},
                                    {"unit", text_or_null(a.unit)},
                                    {"article", a.article},
                                    {"place", a.place}});
  return JsonObject{
      {"id", f.id},
      {"kind", word_of(f.kind)},
      {"day", f.day.str()},
      {"subject_kind", f.subject_kind},
      {"subject_id", f.subject_id},
      {"customer_id", text_or_null(f.customer_id)},
      {"managers", std::move(managers)},
      {"amount", amount_of(f.amount, f.unit)},
      {"unit", f.unit},
      {"what", f.what},
      {"detail", f.detail},
      {"effects", std::move(effects)},
      {"evidence", std::move(rows)},
      {"evidence_in_all", f.evidence_in_all},
      {"rule",
       JsonObject{{"pack", rules.pack}, {"pack_hash", rules.pack_hash}, {"parameters", std::move(parameters)}}}};
}

}  // namespace guanhu::risk
