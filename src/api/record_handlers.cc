// What is common to everything people write: its versions, its files, finding it by its words. Who else is at it:
// editing.h.
#include <set>

#include "api/editing.h"
#include "api/written_tables.h"
#include "records/words.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using records::Record;

namespace {

// The record of the path, when the asker may see it.
std::optional<Record> seen(Desk& desk, const Call& call) {
  const std::string& number = call.part("id");
  if (number.empty() || number.size() > 15 || number.find_first_not_of("0123456789") != number.npos)
    return std::nullopt;
  auto found = records::record(desk.store(), call.part("kind"), std::stoll(number));
  return found.ok() && desk.sees(*found) ? std::optional(std::move(*found)) : std::nullopt;
}

Json version_json(Desk& desk, const records::Version& of) {
  (void)desk;
  return JsonObject{{"version", of.version}, {"at", of.at},     {"by", of.by},
                    {"action", of.action},   {"why", of.why},   {"state", of.state},
                    {"title", of.title},     {"body", of.body}, {"removed", of.removed}};
}

Outcome list_versions(Services& s, const Call& call) {
  Desk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  std::vector<Json> items;
  for (const auto& one : records::versions(desk.store(), of->id)) items.push_back(version_json(desk, one));
  Answer out{.items = Items::of(std::move(items))};
  const RecordKind* kind = kind_of(of->kind);
  out.items->beside = {{"may_restore", kind->may_restore && !of->removed && kind->may_restore(desk, *of)}};
  return out;
}

// What an old version said is written again, as a new one: nothing that was said in between is lost.
Outcome restore_version(Services& s, const Call& call) {
  Desk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  const RecordKind* kind = kind_of(of->kind);
  if (!kind->may_restore || !kind->may_restore(desk, *of)) return forbidden();
  const int64_t wanted = std::stoll(call.body.find("version")->as_number()->str());
  for (const auto& one : records::versions(desk.store(), of->id)) {
    if (one.version != wanted) continue;
    records::Change change{*of, of->kind + ".restore", call.text("reason")};
    change.record.title = one.title, change.record.body = one.body;
    change.record.version = std::stoll(call.body.find("seen")->as_number()->str());
    for (const auto& file : records::files_of(desk.store(), of->id)) change.files.push_back(file.digest);
    auto done = records::write(desk.store(), change, desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    return Answer{desk.json(*done)};
  }
  return not_found();
}

Json file_json(const records::File& of) {
  return JsonObject{{"digest", of.digest}, {"name", of.name}, {"type", of.type},
                    {"size", of.size},     {"at", of.at},     {"by", of.by}};
}

Outcome list_files(Services& s, const Call& call) {
  Desk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  std::vector<Json> items;
  for (const auto& one : records::files_of(desk.store(), of->id)) items.push_back(file_json(one));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome keep_file(Services& s, const Call& call) {
  Desk desk(s, call);
  auto doing = desk.writing();
  auto kept = records::keep_file(desk.store(), call.get("name").value_or(""), call.get("type").value_or(""),
                                 call.request.body, doing);
  if (!kept.ok()) return record_refusal(kept.error());
  desk.store().transaction([&] {
    desk.audit("file.keep", "file " + kept->digest, JsonObject{{"size", kept->size}, {"type", kept->type}});
  });
  return Answer{file_json(*kept)};
}

// Whoever sees a record that the file hangs on, or brought it.
bool sees_file(Desk& desk, const records::File& of) {
  if (of.by == desk.login()) return true;
  for (int64_t id : records::records_with(desk.store(), of.digest)) {
    auto found = records::record(desk.store(), id);
    if (found.ok() && desk.sees(*found)) return true;
  }
  return false;
}

// %-encoded as RFC 5987 wants it: names are Chinese.
std::string encoded(const std::string& name) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (unsigned char c : name) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
                       c == '-' || c == '_';
    if (plain) out += static_cast<char>(c);
    else out += '%', out += kHex[c >> 4], out += kHex[c & 15];
  }
  return out;
}

Outcome give_file(Services& s, const Call& call) {
  Desk desk(s, call);
  auto of = records::file(desk.store(), call.part("digest"));
  if (!of.ok() || !sees_file(desk, *of)) return not_found();
  if (of->by != desk.login())
    desk.store().transaction([&] { desk.audit("file.read", "file " + of->digest, JsonObject{}); });
  http::Response out;
  out.body = records::bytes_of(desk.store(), of->digest);
  const bool shown = of->type.starts_with("image/") || of->type == "application/pdf";
  out.set("content-type", of->type)
      .set("content-disposition",
           std::string(shown ? "inline" : "attachment") + "; filename*=UTF-8''" + encoded(of->name))
      .set("content-security-policy", "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'")
      .set("cache-control", "private, max-age=3600");
  return Answer{.raw = std::move(out)};
}

// "/visits/{id}" of a record.
std::string page_of(const RecordKind& kind, const Record& of) {
  std::string out = kind.page;
  const std::pair<const char*, std::string> holes[] = {{"{id}", std::to_string(of.id)},
                                                       {"{owner}", of.owner},
                                                       {"{customer}", of.customer},
                                                       {"{day}", of.day ? of.day->str() : ""},
                                                       {"{parent}", std::to_string(of.parent)}};
  for (const auto& [hole, with] : holes)
    if (auto at = out.find(hole); at != out.npos) out.replace(at, std::string_view(hole).size(), with);
  return out;
}

Outcome find_writing(Services& s, const Call& call) {
  Desk desk(s, call);
  const std::string only = call.get("kind").value_or("");
  std::vector<std::string> kinds;
  for (const auto& one : record_kinds())
    if (only.empty() || one.kind == only) kinds.push_back(one.kind);
  const auto limit = static_cast<size_t>(std::clamp<long>(call.number("limit", 30), 1, 100));
  auto sees = [&](const Record& of) { return desk.sees(of); };
  // Punctuation parts words as a blank does: who types "西街，存款" asks for both.
  std::string asked;
  for (const auto& word : words_asked(call.get("words").value_or(""))) asked += (asked.empty() ? "" : " ") + word;
  std::vector<Json> items;
  auto add = [&](const Record& of, const std::string& title, const std::string& page, const std::string& excerpt) {
    JsonObject one = desk.head(of);
    one.emplace_back("kind_title", title), one.emplace_back("page", page), one.emplace_back("excerpt", excerpt);
    items.push_back(std::move(one));
  };
  for (const auto& hit : records::search(desk.store(), asked, kinds, sees, limit)) {
    const RecordKind& kind = *kind_of(hit.record.kind);
    add(hit.record, kind.title, page_of(kind, hit.record), hit.excerpt);
  }
  for (const auto& row : find_in_tables(desk, asked, only, limit - items.size()))
    add(row.of, row.kind_title, row.page, records::excerpt(row.text, asked));
  return Answer{.items = Items::of(std::move(items))};
}

Endpoint settled(const char* method, const char* path, const char* summary, SchemaRef input, SchemaRef output,
                 std::function<Outcome(Services&, const Call&)> handler) {
  Endpoint out;
  out.method = method, out.path = path, out.summary = summary, out.access = Access::settled;
  out.input = std::move(input), out.output = std::move(output), out.handler = std::move(handler);
  return out;
}

Endpoint whole_list(const char* path, const char* summary, SchemaRef output,
                    std::function<Outcome(Services&, const Call&)> handler) {
  Endpoint out = settled("GET", path, summary, nullptr, std::move(output), std::move(handler));
  out.list = out.whole = true, out.sorts = false;
  return out;
}

}  // namespace

Table record_endpoints() {
  Table out;
  out.push_back(whole_list("/records/{kind}/{id}/versions", "every version of what somebody wrote, oldest first",
                           list_of("RecordVersion", {{"may_restore", boolean()}}), list_versions));
  out.push_back(settled("POST", "/records/{kind}/{id}/restore", "an old version, written again as the newest",
                        object({{"version", integer()},
                                {"seen", described(integer(), "the version the asker sees now")},
                                {"reason", text(2000)}}),
                        ref("WrittenRecord"), restore_version));
  for (Endpoint& one : editing_endpoints()) out.push_back(std::move(one));
  out.push_back(
      whole_list("/records/{kind}/{id}/files", "the files that hang on it", list_of("RecordFile"), list_files));
  Endpoint keep =
      settled("POST", "/files", "keeps a file, by the digest of its bytes", nullptr, ref("RecordFile"), keep_file);
  keep.parameters = {{"name", text(200), true, "门头.jpg"}, {"type", text(100), true, "image/jpeg"}};
  keep.accepts = "application/octet-stream", keep.body_limit = records::kFileLimit + 1024;
  out.push_back(std::move(keep));
  Endpoint give = settled("GET", "/files/{digest}", "a file's bytes", nullptr, nullptr, give_file);
  give.produces = "application/octet-stream";
  out.push_back(std::move(give));
  Endpoint find = whole_list("/writing", "what people wrote, found by its words, best first",
                             list_of("WrittenHit"), find_writing);
  find.parameters = {{"words", text(200), true, "every one of them is in it"},
                     {"kind", text(40), false, "of this kind only"},
                     {"limit", integer(), false, "1 to 100; 30"}};
  out.push_back(std::move(find));
  return out;
}

}  // namespace guanhu::api
