#include "measures/columns.h"

#include <algorithm>

#include "measures/columns_build.h"
#include "measures/engine.h"

namespace guanhu::measures {

uint32_t Ids::find(std::string_view id) const {
  if (id.empty() || size() == 0) return 0;
  size_t low = 1, high = size();
  if (sorted) {
    while (low < high) {
      size_t middle = (low + high) / 2;
      if ((*this)[middle] < id) low = middle + 1;
      else high = middle;
    }
    return low < size() && (*this)[low] == id ? static_cast<uint32_t>(low) : 0;
  }
  for (; low < high; ++low)
    if ((*this)[low] == id) return static_cast<uint32_t>(low);
  return 0;
}

const Version* Versions::on(size_t s, int32_t day) const {
  auto rows = of(s);
  auto after =
      std::upper_bound(rows.begin(), rows.end(), day, [](int32_t d, const Version& v) { return d < v.from; });
  return after == rows.begin() ? nullptr : &*std::prev(after);
}

namespace {
Ids ids(const Sections& s, const std::string& name, bool sorted) {
  Ids out;
  out.offset = s.get<uint32_t>(name + ".offset");
  out.text = s.get<char>(name + ".text");
  out.sorted = sorted;
  return out;
}

Timelines timelines(const Sections& s, const std::string& name) {
  return {s.get<uint32_t>(name + ".offset"), s.get<attribution::Entry>(name)};
}

Subjects subjects(const Sections& s, const std::string& name) {
  return {timelines(s, name + ".managers"),
          timelines(s, name + ".orgs"),
          {s.get<uint32_t>(name + ".versions.offset"), s.get<Version>(name + ".versions")},
          s.get<OverAssigned>(name + ".over")};
}

Points points(const Sections& s, const std::string& name, const std::string& value) {
  return {s.get<uint32_t>(name + ".points.offset"), s.get<uint16_t>(name + ".points.day"),
          s.get<int64_t>(name + "." + value)};
}

std::unique_ptr<Columns> view(Sections sections) {
  auto out = std::make_unique<Columns>();
  const Sections& s = sections;
  out->staff = ids(s, "staff", true);
  out->orgs = ids(s, "orgs", true);
  out->customers = ids(s, "customers", false);
  out->accounts = subjects(s, "account");
  out->loans = subjects(s, "loan");
  out->deposits = points(s, "account", "balance");
  out->loan_on = points(s, "loan", "on_balance");
  out->loan_all = points(s, "loan", "balance");
  out->overdue_principal = points(s, "loan", "overdue_principal");
  out->overdue_interest = points(s, "loan", "overdue_interest");
  out->customer_managers = timelines(s, "customer.managers");
  out->sections = std::move(sections);
  return out;
}

std::filesystem::path file_in(const std::filesystem::path& folder) { return folder / "columns.bin"; }
}  // namespace

ColumnsAhead::ColumnsAhead(const std::filesystem::path& folder)
    : read_(std::async(std::launch::async, [path = file_in(folder)] {
        Read out;
        out.sections = Sections::open_any(path, out.fingerprint);
        return out;
      })) {}

std::optional<Sections> ColumnsAhead::take(const std::string& fingerprint) {
  if (!read_.valid()) return std::nullopt;
  Read read = read_.get();
  return read.fingerprint == fingerprint ? std::move(read.sections) : std::nullopt;
}

std::shared_ptr<ColumnsAhead> read_ahead(const std::filesystem::path& columns) {
  return std::make_shared<ColumnsAhead>(columns);
}

base::Result<std::unique_ptr<Columns>> open_columns(warehouse::Warehouse& db, const attribution::Known& known,
                                                    const std::filesystem::path& folder, ColumnsAhead* ahead,
                                                    const std::function<void(std::string_view)>& progress) {
  auto path = file_in(folder);
  bool keep = known.everything() && !folder.empty();
  if (keep && ahead)
    if (auto there = ahead->take(known.fingerprint())) return view(std::move(*there));
  if (keep)
    if (auto there = Sections::open(path, known.fingerprint())) return view(std::move(*there));
  auto built = build_columns(db, known, progress);
  if (!built) return built.error();
  if (keep) {
    if (progress) progress("writing column files");
    base::Status written = built->write(path, known.fingerprint());
    if (!written && progress) progress(written.error().text());  // they still serve from memory
    if (written)
      if (auto there = Sections::open(path, known.fingerprint())) return view(std::move(*there));
  }
  return view(std::move(*built));
}

}  // namespace guanhu::measures
