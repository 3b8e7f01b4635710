#include "feed/importer.h"

#include <algorithm>
#include <set>

#include "base/fault.h"
#include "feed/schema.h"
#include "feed/texts.h"

namespace guanhu::feed {

namespace fs = std::filesystem;

namespace {

constexpr size_t kGroup = 32;

bool is_date_folder(const fs::path& path) {
  std::error_code error;
  return fs::exists(path / "manifest.json", error) || base::Date::parse(path.filename().string()).has_value();
}

fs::path plain(const std::string& argument) {
  fs::path path = fs::absolute(argument).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

}  // namespace

base::Result<std::vector<FeedFolder>> find_feeds(const std::vector<std::string>& arguments) {
  std::vector<FeedFolder> out;
  for (const std::string& argument : arguments) {
    fs::path path = plain(argument);
    std::error_code error;
    if (!fs::is_directory(path, error)) return refuse("feed.missing", argument);
    if (is_date_folder(path)) {
      out.push_back({path, path.filename().string()});
      continue;
    }
    size_t before = out.size();
    for (const auto& entry : fs::directory_iterator(path))
      if (entry.is_directory() && is_date_folder(entry.path()))
        out.push_back({entry.path(), entry.path().filename().string()});
    if (out.size() == before) return refuse("feed.none", argument);
  }
  if (out.empty()) return refuse("feed.none");
  std::sort(out.begin(), out.end(),
            [](auto& a, auto& b) { return std::tie(a.name, a.path) < std::tie(b.name, b.path); });
  out.erase(std::unique(out.begin(), out.end(), [](auto& a, auto& b) { return a.path == b.path; }), out.end());
  for (size_t i = 1; i < out.size(); ++i)
    if (out[i].name == out[i - 1].name)
      return refuse("feed.twice", out[i].path.string(), {out[i].name, out[i - 1].path.string()});
  return out;
}

Importer::Importer(Bank& bank, Progress progress) : bank_(bank), progress_(std::move(progress)) {}

Importer::~Importer() {
  try {
    record();
    save();
  } catch (const std::exception&) {
    // The state is derived: the next call makes it anew.
  }
}

void Importer::load() {
  imports_ = read_imports(bank_.warehouse());
  int64_t last = imports_.empty() ? 0 : imports_.back().import_id;
  int64_t at = imports_.empty() ? 0 : imports_.back().applied_at;
  if (!state_.load(bank_.folder().columns(), last, at)) rebuild_state(bank_.warehouse(), state_, imports_);
  whole_ = true;
}

// In groups: the store's sync is then no cost per date.
void Importer::record() {
  bank_.record_imports(records_);
  records_.clear();
  base::fault("store.recorded");
}

void Importer::save() {
  if (whole_) state_.save(bank_.folder().columns());
  whole_ = false;
}

void Importer::import(const std::vector<FeedFolder>& feeds, std::optional<int64_t> tolerance,
                      const std::function<void(const DateReport&)>& told) {
  load();
  ImportContext context{bank_.warehouse(),   state_, imports_, worker_, bank_.folder().landed(), bank_.clock(),
                        bank_.personal_key()};
  for (size_t i = 0; i < feeds.size(); ++i) {
    if (progress_) progress_(feeds[i].name, i, feeds.size());
    FolderSource source(feeds[i].path);
    Attempt attempt{&source, feeds[i].path.string(), feeds[i].name, tolerance, std::nullopt};
    DateImport import(context, attempt);
    whole_ = false;  // until the date is done
    DateReport report = import.run();
    if (report.applied) records_.push_back(import.record());
    if (records_.size() >= kGroup) record();
    whole_ = true;
    told(report);
  }
  record();
}

namespace {

// Files that the import's report calls missing when they were to be landed.
std::set<std::string> never_landed(const std::string& report) {
  std::set<std::string> out;
  auto json = base::Json::parse(report);
  const base::Json* files = json ? json->find("files") : nullptr;
  if (!files || !files->as_array()) return out;
  for (const base::Json& file : *files->as_array()) {
    const base::Json* problem = file.find("problem");
    const base::Json* code = problem ? problem->find("code") : nullptr;
    if (code && code->as_string() && *code->as_string() == "file.missing")
      out.insert(*file.find("file")->as_string());
  }
  return out;
}

base::Status check_landed(const fs::path& folder, const std::string& date, const std::string& report,
                          const store::PersonalKey& key) {
  auto text = read_landed(folder, "manifest.json", key);
  if (!text) return text.error();
  auto manifest = read_manifest(*text, date);
  if (!manifest) return refuse("bank.landed", folder.string(), {manifest.error().text()});
  std::set<std::string> missing = never_landed(report);
  for (const ManifestFile& file : manifest->files)
    if (!missing.count(file.name) && !fs::exists(folder / (file.name + ".zst")))
      return refuse("bank.landed", folder.string(), {file.name});
  return {};
}

}  // namespace

base::Status Importer::rebuild() {
  auto rows = bank_.store().query(
      "SELECT import_id, business_date, applied_at, tolerance, feed, report FROM imports ORDER BY import_id");
  auto folder_of = [&](const store::Row& row) {
    return landed_folder(bank_.folder().landed(), *base::Date::parse(row.text(1)), row.integer(0));
  };
  for (const store::Row& row : rows)
    if (auto status = check_landed(folder_of(row), row.text(1), row.text(5), bank_.personal_key()); !status)
      return status;
  drop_schema(bank_.warehouse());
  create_schema(bank_.warehouse());
  state_ = State();
  imports_.clear();
  ImportContext context{bank_.warehouse(),   state_, imports_, worker_, bank_.folder().landed(), bank_.clock(),
                        bank_.personal_key()};
  for (size_t i = 0; i < rows.size(); ++i) {
    if (progress_) progress_(rows[i].text(1), i, rows.size());
    LandedSource source(folder_of(rows[i]), bank_.personal_key());
    Attempt attempt{&source, rows[i].text(4), rows[i].text(1), rows[i].maybe_integer(3),
                    Again{rows[i].integer(0), *base::Instant::parse(rows[i].text(2))}};
    whole_ = false;
    DateReport report = DateImport(context, attempt).run();
    if (!report.applied) return refuse("bank.landed", folder_of(rows[i]).string(), {report.problems.at(0).text()});
    whole_ = true;
  }
  whole_ = true;
  return {};
}

Status read_status(Bank& bank) {
  Status out;
  for (const store::Row& row :
       bank.store().query("SELECT business_date, applied_at, import_id, rejects, tolerance FROM imports "
                          "WHERE replaced_at IS NULL ORDER BY business_date"))
    out.dates.push_back({row.text(0), row.text(1), row.integer(2), row.integer(3), row.maybe_integer(4)});
  for (const StoredTotal& stored : read_totals(bank.warehouse()))
    if (stored.total.state != TotalState::ok) out.open.push_back({stored.import_id, stored.total});
  return out;
}

}  // namespace guanhu::feed
