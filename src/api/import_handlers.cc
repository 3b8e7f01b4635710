// Business dates: what was imported, what was refused and why, what is still to come; and importing them.
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <set>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/imports.h"
#include "api/unzip.h"
#include "api/work.h"
#include "base/files.h"
#include "feed/totals.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
namespace fs = std::filesystem;

namespace {

constexpr size_t kUpload = size_t{256} << 20;

// Who applied an import: the audit chain knows.
std::string applied_by(store::Session& store, const std::string& date, int64_t import_id) {
  for (const auto& row :
       store.query("SELECT actor, detail FROM audit_log WHERE subject = ? AND action = 'import.apply'"
                   " ORDER BY sequence DESC",
                   {"date " + date})) {
    auto detail = Json::parse(row.text(1));
    const Json* id = detail ? detail->find("import_id") : nullptr;
    if (id && id->as_number() && *id->as_number() == base::Decimal(import_id)) return row.text(0);
  }
  return "";
}

std::map<int64_t, size_t> open_totals(warehouse::Warehouse& db) {
  std::map<int64_t, size_t> out;
  for (const auto& stored : feed::read_totals(db))
    if (stored.total.state != feed::TotalState::ok) ++out[stored.import_id];
  return out;
}

Json report_of(const std::string& text) {
  auto json = Json::parse(text);
  return json ? wire_report(std::move(*json)) : Json(JsonObject{});
}

// The list of dates is asked for often and changes seldom: kept with the facts it belongs to.
Outcome list_imports(Services& s, const Call&) {
  auto store = s.store();
  auto open = open_totals(*s.warehouse());
  std::set<std::string> again;
  for (const auto& row : store->query("SELECT DISTINCT business_date FROM imports WHERE replaced_at IS NOT NULL"))
    again.insert(row.text(0));
  std::vector<Json> items;
  std::set<std::string> there;
  for (const auto& row : store->query(
           "SELECT business_date, applied_at, import_id, report FROM imports WHERE replaced_at IS NULL")) {
    const std::string date = row.text(0);
    there.insert(date);
    items.push_back(import_json(date, again.count(date) ? "replaced" : "applied", report_of(row.text(3)),
                                applied_by(*store, date, row.integer(2)), row.text(1), open[row.integer(2)]));
  }
  for (const auto& row : store->query("SELECT business_date, refused_at, actor, report FROM import_refusals"))
    if (!there.count(row.text(0)) && base::Date::parse(row.text(0)))
      items.push_back(import_json(row.text(0), "refused", report_of(row.text(3)), row.text(2), "", 0));
  auto date_of = [](const Json& item) -> const std::string& { return *item.find("business_date")->as_string(); };
  std::sort(items.begin(), items.end(), [&](const Json& a, const Json& b) { return date_of(b) < date_of(a); });
  return Answer{.items = Items::of(std::move(items))};
}

// The report as it was, with the control totals as they are judged now.
Json with_totals(Json report, warehouse::Warehouse& db, int64_t import_id) {
  JsonArray now;
  for (const auto& stored : feed::read_totals(db))
    if (stored.import_id == import_id) now.push_back(feed::to_json(stored.total));
  for (auto& [name, value] : *report.as_object())
    if (name == "control_totals") value = std::move(now);
  return wire_report(std::move(report));
}

Outcome show_import(Services& s, const Call& call) {
  const std::string& date = call.part("date");
  if (!base::Date::parse(date)) return not_found();
  auto store = s.store();
  auto db = s.warehouse();
  auto open = open_totals(*db);
  Json current, report, refusal;
  JsonArray history;
  auto rows = store->query(
      "SELECT import_id, applied_at, replaced_at, report FROM imports WHERE business_date = ? ORDER BY import_id "
      "DESC",
      {date});
  for (const auto& row : rows) {
    bool active = row.is_null(2);
    Json one = import_json(date,
                           !active           ? "replaced"
                           : rows.size() > 1 ? "replaced"
                                             : "applied",
                           report_of(row.text(3)), applied_by(*store, date, row.integer(0)), row.text(1),
                           active ? open[row.integer(0)] : 0);
    if (active) report = with_totals(report_of(row.text(3)), *db, row.integer(0)), current = one;
    else history.push_back(std::move(one));
  }
  for (const auto& row :
       store->query("SELECT refused_at, actor, report FROM import_refusals WHERE business_date = ?", {date})) {
    Json refused = report_of(row.text(2));
    Json one = import_json(date, "refused", refused, row.text(1), "", 0);
    refusal = JsonObject{{"at", row.text(0)}, {"by", row.text(1)}, {"report", refused}};
    if (current.is_null()) current = std::move(one), report = std::move(refused);
  }
  if (current.is_null()) return not_found();
  JsonObject out = *current.as_object();
  for (const char* name : {"problems", "files", "control_totals", "unknown_files", "rejudged_totals"}) {
    const Json* value = report.find(name);
    out.emplace_back(name, value ? *value : Json(JsonArray{}));
  }
  out.emplace_back("refusal", std::move(refusal));
  out.emplace_back("history", std::move(history));
  return Answer{std::move(out)};
}

// Folders of the feed that no import has brought: name, date, and what the manifest promises.
Json folder_json(const fs::path& folder) {
  auto text = base::read_file(folder / "manifest.json");
  auto manifest = text ? Json::parse(*text) : base::Result<Json>(base::Error{});
  size_t files = 0;
  int64_t rows = 0;
  if (const Json* all = manifest ? manifest->find("files") : nullptr; all && all->as_object())
    for (const auto& [name, file] : *all->as_object()) {
      ++files;
      if (const Json* n = file.find("rows"); n && n->as_number()) rows += n->as_number()->to_int64().value_or(0);
    }
  std::string name = folder.filename().string();
  return JsonObject{{"folder", name}, {"business_date", name}, {"files", files}, {"rows", rows}};
}

Outcome list_folders(Services& s, const Call&) {
  std::set<std::string> there;
  for (const auto& row : s.store()->query("SELECT business_date FROM imports WHERE replaced_at IS NULL"))
    there.insert(row.text(0));
  std::vector<fs::path> found;
  std::error_code error;
  if (s.options().feed)
    for (const auto& entry : fs::directory_iterator(*s.options().feed, error)) {
      std::string name = entry.path().filename().string();
      if (entry.is_directory(error) && base::Date::parse(name) && !there.count(name))
        found.push_back(entry.path());
    }
  std::sort(found.begin(), found.end());
  std::vector<Json> items;
  for (const auto& folder : found) items.push_back(folder_json(folder));
  Items out = Items::of(std::move(items));
  out.beside = {{"configured", s.options().feed.has_value()}};
  return Answer{.items = std::move(out)};
}

std::optional<int64_t> tolerance_of(const Json* value) {
  if (!value || value->is_null()) return std::nullopt;
  auto n = value->as_number()->to_int64();
  return n && *n >= 0 ? n : std::nullopt;
}

Outcome job_outcome(base::Result<Job> job) {
  if (!job) return refusal_of(job.error());
  return Answer{job->json()};
}

Outcome start_import(Services& s, const Call& call) {
  if (!s.options().feed) return Refusal{422, base::Error{"import.no_feed", "", "", ""}};
  const std::string name = call.text("folder");
  // A date, or "." for everything that lies there: nothing else, so that no path leads out of the feed's folder.
  bool all = name == ".";
  std::error_code error;
  if (!all && (!base::Date::parse(name) || !fs::is_directory(*s.options().feed / name, error)))
    return Refusal{422, base::Error{"import.folder", "", "", ""}, {{"/folder", "没有这个业务日期的文件夹"}}};
  auto feeds = feed::find_feeds({(all ? *s.options().feed : *s.options().feed / name).string()});
  if (!feeds) return refusal_of(feeds.error());
  if (all) {
    std::set<std::string> there;
    for (const auto& row : s.store()->query("SELECT business_date FROM imports WHERE replaced_at IS NULL"))
      there.insert(row.text(0));
    std::erase_if(*feeds, [&](const feed::FeedFolder& f) { return there.count(f.name) != 0; });
    if (feeds->empty())
      return Refusal{422, base::Error{"import.folder", "接收目录中没有未导入的业务日期", "", ""}};
  }
  std::string title = feeds->size() == 1 ? feeds->front().name : feeds->front().name + " … " + feeds->back().name;
  ImportAsk ask{*feeds, tolerance_of(call.body.find("allow_rejects")), ""};
  return job_outcome(queue_import(s, ask, title, call.login().login));
}

// A folder for one upload, gone unless its job takes it.
struct Upload {
  explicit Upload(fs::path made) : folder(std::move(made)) {}
  Upload(const Upload&) = delete;
  fs::path folder;
  bool taken = false;
  ~Upload() {
    std::error_code ignored;
    if (!taken) fs::remove_all(folder, ignored);
  }
};

Outcome upload(Services& s, const Call& call) {
  fs::path uploads = s.bank().folder().uploads();
  fs::create_directories(uploads);
  fs::permissions(uploads, fs::perms::owner_all);
  std::string made = (uploads / "XXXXXX").string();
  if (!::mkdtemp(made.data())) throw base::Broken("cannot make a folder in " + uploads.string());
  Upload place{fs::path(made)};
  fs::path files = place.folder / "files";
  fs::create_directories(files);
  if (auto status = unzip(call.request.body, files); !status) return refusal_of(status.error());
  auto text = base::read_file(files / "manifest.json");
  auto manifest = text ? Json::parse(*text) : base::Result<Json>(text.error());
  const Json* date = manifest ? manifest->find("business_date") : nullptr;
  if (!date || !date->as_string() || !base::Date::parse(*date->as_string()))
    return refusal_of(
        {"import.zip", "manifest.json 里没有业务日期", "manifest.json", "business_date 应为 YYYY-MM-DD"});
  // The folder's name is the date: the importer holds the manifest against it.
  const std::string name = *date->as_string();
  fs::rename(files, place.folder / name);
  std::optional<int64_t> tolerance;
  if (call.get("allow_rejects")) tolerance = std::max(0L, call.number("allow_rejects", 0));
  auto job = queue_import(s, {{{place.folder / name, name}}, tolerance, place.folder}, name, call.login().login);
  place.taken = job.ok();
  return job_outcome(std::move(job));
}

}  // namespace

Table import_endpoints() {
  const auto read = people::Permission::import_read, run = people::Permission::import_run;
  SchemaRef ask =
      optional(object({{"folder", text(20)}, {"allow_rejects", nullable(integer())}}), {"allow_rejects"});
  return {{.method = "GET",
           .path = "/imports",
           .summary = "business dates, newest first",
           .permission = read,
           .parameters = {{"state", choice({"applied", "replaced", "refused"}), false, "", "state"}},
           .output = list_of("Import"),
           .handler = list_imports,
           .list = true,
           .searched = {"business_date", "by"}},
          {.method = "GET",
           .path = "/imports/folders",
           .summary = "dates in the feed folder that are not imported yet",
           .permission = run,
           .output = list_of("ImportFolder", {{"configured", boolean()}}),
           .handler = list_folders,
           .list = true,
           .whole = true,
           .searched = {"folder"}},
          {.method = "GET",
           .path = "/imports/{date}",
           .summary = "report of a date: files, refused rows, control totals",
           .permission = read,
           .output = ref("ImportDetail"),
           .handler = show_import},
          {.method = "POST",
           .path = "/imports",
           .summary = "imports a date of the feed folder, or \".\" for all new ones",
           .permission = run,
           .input = ask,
           .output = ref("Job"),
           .handler = start_import,
           .status = 202},
          {.method = "POST",
           .path = "/imports/upload",
           .summary = "imports one business date from a zip",
           .permission = run,
           .parameters = {{"allow_rejects", integer(), false, "apply in spite of so many refusals"}},
           .output = ref("Job"),
           .handler = upload,
           .status = 202,
           .accepts = "application/zip",
           .body_limit = kUpload}};
}

}  // namespace guanhu::api
