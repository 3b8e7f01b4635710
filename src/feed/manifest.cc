#include "feed/manifest.h"

#include "base/json.h"
#include "feed/csv.h"
#include "feed/texts.h"

namespace guanhu::feed {
namespace {

// INT-606: a system that is there keeps its own encoding and delimiter, columns in its order, and may leave out
// what it does not have.
constexpr std::string_view kWhere = "manifest.json";

base::Error wrong(std::string_view code, std::initializer_list<std::string_view> values = {}) {
  return refuse(code, std::string(kWhere), values);
}

base::Result<std::string> text_member(const base::Json& json, std::string_view name) {
  const base::Json* member = json.find(name);
  const std::string* text = member ? member->as_string() : nullptr;
  if (!text) return wrong("manifest.member", {name, "字符串"});
  return *text;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

base::Status read_totals(const base::Json& json, ManifestFile& file) {
  const base::Json* totals = json.find("totals");
  if (!totals || totals->is_null()) return {};
  if (!totals->as_object()) return wrong("manifest.member", {file.name + ".totals", "对象"});
  for (const auto& [column, value] : *totals->as_object()) {
    std::optional<base::Decimal> amount;
    if (value.as_number()) amount = *value.as_number();
    if (value.as_string()) amount = base::Decimal::parse(*value.as_string());
    if (!amount) return wrong("manifest.total", {file.name, column});
    file.totals.emplace_back(column, *amount);
  }
  return {};
}

base::Status read_file_entry(const base::Json& json, ManifestFile& file) {
  if (!json.as_object()) return wrong("manifest.member", {file.name, "对象"});
  const base::Json* rows = json.find("rows");
  auto count = rows && rows->as_number() ? rows->as_number()->to_int64() : std::nullopt;
  if (!count || *count < 0) return wrong("manifest.rows", {file.name});
  file.rows = *count;
  if (const base::Json* sha = json.find("sha256"); sha && !sha->is_null()) {
    file.sha256 = sha->as_string() ? lower(*sha->as_string()) : "";
    if (!is_sha256(*file.sha256)) return wrong("manifest.sha256", {file.name});
  }
  return read_totals(json, file);
}

base::Status read_files(const base::Json& json, Manifest& manifest) {
  const base::Json* files = json.find("files");
  if (!files || !files->as_object()) return wrong("manifest.member", {"files", "对象"});
  for (const auto& [name, entry] : *files->as_object()) {
    std::string_view stem = name;
    bool csv = stem.ends_with(".csv");
    if (csv) stem.remove_suffix(4);
    if (!csv || !find_table(stem)) manifest.unknown_files.push_back(name);
  }
  for (const Table& table : tables()) {
    std::string name = std::string(table.name) + ".csv";
    const base::Json* entry = files->find(name);
    if (!entry) continue;
    ManifestFile file;
    file.table = &table;
    file.name = name;
    if (auto status = read_file_entry(*entry, file); !status) return status;
    manifest.files.push_back(std::move(file));
  }
  return {};
}

}  // namespace

base::Result<Manifest> read_manifest(std::string_view text, std::string_view folder) {
  auto json = base::Json::parse(without_bom(text));
  if (!json) return wrong("manifest.json", {json.error().text()});
  Manifest manifest;
  if (const base::Json* bank = json->find("bank"); bank && bank->as_string()) manifest.bank = *bank->as_string();
  auto day = text_member(*json, "business_date");
  if (!day) return day.error();
  auto date = base::Date::parse(*day);
  if (!date) return wrong("manifest.date", {*day});
  manifest.business_date = *date;
  if (*day != folder) return wrong("manifest.folder", {*day, folder});
  auto encoding = text_member(*json, "encoding");
  if (!encoding) return encoding.error();
  if (*encoding == "GB18030") {
    manifest.encoding = Encoding::gb18030;
  } else if (*encoding != "UTF-8") {
    return wrong("manifest.encoding", {*encoding});
  }
  auto delimiter = text_member(*json, "delimiter");
  if (!delimiter) return delimiter.error();
  if (*delimiter != "," && *delimiter != "|" && *delimiter != "\t")
    return wrong("manifest.delimiter", {*delimiter});
  manifest.delimiter = (*delimiter)[0];
  if (auto status = read_files(*json, manifest); !status) return status.error();
  return manifest;
}

}  // namespace guanhu::feed
