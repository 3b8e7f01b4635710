#include "feed/intake.h"

#include "base/encoding.h"
#include "feed/csv.h"
#include "feed/texts.h"
#include "feed/values.h"

namespace guanhu::feed {
namespace {

std::vector<size_t> bad_utf8(std::string_view text) {
  std::vector<size_t> out;
  for (size_t at = base::find_bad_utf8(text); at != std::string_view::npos; at = base::find_bad_utf8(text, at + 1))
    out.push_back(at);
  return out;
}

void check_digest(const ManifestFile& file, const std::string& digest, Intake& out) {
  FileCheck check{"sha256", "", *file.sha256, digest, "", digest == *file.sha256, false};
  if (!check.holds) out.report.problem = refuse("file.sha256", file.name);
  out.report.checks.push_back(std::move(check));
}

void check_rows(const ManifestFile& file, Intake& out) {
  int64_t read = out.parsed.read;
  out.report.checks.push_back({"rows", "", std::to_string(file.rows), std::to_string(read),
                               std::to_string(read - file.rows), read == file.rows, false});
}

// A refused row may be why a sum fails: then it is the row that counts, not the sum as well.
void check_totals(const ManifestFile& file, Intake& out) {
  for (const auto& [column, expected] : file.totals) {
    FileCheck check{"total", column, expected.str(), "", "", false, !out.parsed.refusals.empty()};
    for (size_t c = 0; c < file.table->columns.size(); ++c) {
      const Column& spec = file.table->columns[c];
      int places = places_of(spec.kind);
      if (spec.name != column || (places == 0 && spec.kind != Kind::integer) || !out.parsed.present[c]) continue;
      base::Decimal found = base::Decimal::make(out.parsed.sums[c], -places);
      auto difference = base::Decimal::subtract(found, expected);
      check.found = format_scaled(out.parsed.sums[c], places);
      check.difference = difference ? difference->str() : "";
      check.holds = found == expected;
    }
    out.report.checks.push_back(std::move(check));
  }
}

}  // namespace

Intake missing_file(const ManifestFile& file, const base::Error& why) {
  Intake out;
  out.parsed.table = file.table;
  out.report.file = file.name;
  out.report.problem = refuse("file.missing", file.name, {why.message});
  out.rejects = 1;
  return out;
}

Intake take_in(const ManifestFile& file, const Manifest& manifest, std::shared_ptr<const std::string> bytes,
               const std::function<std::string()>& digest) {
  Intake out;
  out.bytes = bytes;
  out.report.file = file.name;
  ParseInput input{file.table, {}, {}, manifest.delimiter, manifest.business_date, file.rows};
  std::vector<size_t> bad;
  if (manifest.encoding == Encoding::gb18030) {
    base::Decoded decoded = base::decode_gb18030(*bytes);
    bad = std::move(decoded.bad);
    out.decoded = std::make_shared<const std::string>(std::move(decoded.text));
    input.text = *out.decoded;
  } else {
    input.text = without_bom(*bytes);
    bad = bad_utf8(input.text);
  }
  input.bad = bad;
  out.parsed = parse_file(input);
  out.report.problem = out.parsed.problem;
  out.report.unknown_columns = out.parsed.unknown_columns;
  if (file.sha256) check_digest(file, digest(), out);
  if (out.usable()) {
    out.report.read = out.parsed.read;
    check_rows(file, out);
    check_totals(file, out);
  } else {
    out.parsed.refusals.clear();
  }
  out.rejects = out.usable() ? 0 : 1;
  for (const FileCheck& check : out.report.checks)
    if (out.usable() && !check.holds && !check.explained) ++out.rejects;
  return out;
}

}  // namespace guanhu::feed
