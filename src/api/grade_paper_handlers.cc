// Documents of grades as files: the decision of the body, the minutes, the certificate, kept beside a person's
// grade. Whoever may read the grade may open them; nobody adds or takes out those about himself.
#include "api/desk.h"
#include "api/people_desk.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using records::Record;

namespace {

constexpr const char* kGradePaper = "grade_paper";

Json paper_json(Desk& desk, const Record& of) {
  JsonObject out = desk.head(of);
  const Json* pack = of.body.find("pack");
  out.emplace_back("pack", pack ? *pack : Json(""));
  JsonArray files;
  for (const auto& one : records::files_of(desk.store(), of.id))
    files.push_back(JsonObject{{"digest", one.digest},
                               {"name", one.name},
                               {"type", one.type},
                               {"size", one.size},
                               {"at", one.at},
                               {"by", one.by}});
  out.emplace_back("files", std::move(files));
  return out;
}

bool in_reach(Desk& desk, const std::string& staff) {
  return desk.directory().person(staff) && desk.reaches(Permission::grade_read, staff, desk.org_of(staff));
}

Outcome list_papers(Services& s, const Call& call) {
  Desk desk(s, call);
  const std::string& staff = call.part("staff");
  if (!in_reach(desk, staff)) return not_found();
  records::Filter filter;
  filter.kinds = {kGradePaper}, filter.owners = {staff};
  std::vector<Json> items;
  for (const Record& one : records::list(desk.store(), filter)) items.push_back(paper_json(desk, one));
  return Answer{.items = Items::of(std::move(items))};
}

// GRD-307: a grade's history with its documents.
Outcome add_paper(Services& s, const Call& call) {
  Desk desk(s, call);
  const std::string& staff = call.part("staff");
  if (!in_reach(desk, staff)) return not_found();
  if (staff == desk.person())
    return people_refusal({"grade.self", "不能登记关于自己的文件", "files", "由另一位有权的人登记"});
  records::Change change;
  change.action = "grade.paper";
  change.record.kind = kGradePaper, change.record.state = "kept", change.record.owner = staff;
  change.record.org = desk.org_of(staff), change.record.title = call.text("title");
  change.record.day = desk.today();
  change.record.body = JsonObject{{"pack", text_member(call, "pack")}};
  for (const Json& one : *call.body.find("files")->as_array()) change.files.push_back(*one.as_string());
  if (change.files.empty()) return people_refusal({"grade.document", "没有文件", "files", "先选一个文件"});
  auto made = records::write(desk.store(), change, desk.writing());
  if (!made.ok()) return record_refusal(made.error());
  return Answer{paper_json(desk, *made)};
}

Outcome remove_paper(Services& s, const Call& call) {
  Desk desk(s, call);
  auto found = records::record(desk.store(), kGradePaper, number_of(call.part("id")).value_or(-1));
  if (!found.ok() || found->owner != call.part("staff") || !in_reach(desk, found->owner)) return not_found();
  if (found->owner == desk.person())
    return people_refusal({"grade.self", "不能撤掉关于自己的文件", "id", "由另一位有权的人撤"});
  if (call.text("reason").find_first_not_of(" \t\r\n") == std::string::npos)
    return people_refusal({"grade.reason", "没有写理由", "reason", ""});
  auto done = records::remove(desk.store(), found->id, found->version, "grade.paper.remove", call.text("reason"),
                              desk.writing());
  if (!done.ok()) return record_refusal(done.error());
  return Answer{};
}

}  // namespace

std::vector<RecordKind> grade_kinds() {
  return {{.kind = kGradePaper, .title = "等级文件", .page = "/grades/{owner}", .read = Permission::grade_read}};
}

void grade_paper_shapes(Schemas& out) {
  out["GradePaper"] = record_shape({{"pack", text()}, {"files", list(ref("RecordFile"))}});
}

Table grade_paper_endpoints() {
  return {
      {.method = "GET",
       .path = "/grades/{staff}/papers",
       .summary = "documents kept beside somebody's grade, newest first",
       .permission = Permission::grade_read,
       .output = list_of("GradePaper"),
       .handler = list_papers,
       .list = true,
       .whole = true},
      {.method = "POST",
       .path = "/grades/{staff}/papers",
       .summary = "keeps a document with its files (POST /files first); never of oneself",
       .permission = Permission::grade_propose,
       .input = optional(
           object({{"title", text(200)}, {"pack", text(200)}, {"files", described(list(text(64)), "digests")}}),
           {"pack"}),
       .output = ref("GradePaper"),
       .handler = add_paper},
      {.method = "POST",
       .path = "/grades/{staff}/papers/{id}/remove",
       .summary = "out of the list, with a reason; its versions stay",
       .permission = Permission::grade_propose,
       .input = object({{"reason", text(2000)}}),
       .handler = remove_paper}};
}

}  // namespace guanhu::api
