// Drafts: a pack taken up, changed by one or several people, checked at every change, handed on to be approved.
#include "api/draft_work.h"
#include "api/gate.h"
#include "api/handlers.h"
#include "api/policy_json.h"
#include "api/shapes.h"
#include "policy/decide.h"
#include "policy/diff.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kDocument = size_t{4} << 20;

Outcome list_drafts(Services& s, const Call& call) {
  auto store = s.store();
  std::vector<Json> items;
  for (const auto& draft :
       policy::PolicyDrafts::all(*store, call.get("pack").value_or(""), call.get("state").value_or(""))) {
    OpenedDraftPtr opened = s.drafts().known(draft);
    if (!opened && draft.state == "open")
      opened = s.drafts().open(draft, policy::PolicyDrafts::files(*store, draft.id));
    items.push_back(draft_json(s, draft, opened.get()));
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome make_draft(Services& s, const Call& call) {
  const Json* version = call.body.find("version");
  Wanted wanted{call.text("pack")};
  if (version && !version->is_null()) wanted.version = version->as_number()->to_int64().value_or(0);
  auto found = reading_of(s, call, wanted);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Reading& reading = std::get<Reading>(found);
  auto files = policy::read_pack_files(reading.book->folder);
  if (!files) throw base::Broken(files.error().text());
  const policy::Pack& pack = *reading.book->pack;
  policy::DraftBase base{reading.version ? "version" : "installed", reading.version, pack.version, pack.hash};
  auto store = s.store();
  auto made = policy::PolicyDrafts::make(*store, pack.id, pack.title, base, *files, *files, call.text("note"),
                                         draft_doing(s, *store, call, "policy.draft.make"));
  if (!made) return refused_draft(made.error());
  tell_draft(s, call, *made, "changed", "");
  return Answer{draft_whole_json(s, *made, policy::PolicyDrafts::files(*store, made->id))};
}

Outcome show_draft(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  return Answer{draft_whole_json(s, work.draft, work.files)};
}

Outcome show_document(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  const std::string path = call.get("path").value_or("");
  if (!work.file(path)) return not_found();
  return Answer{draft_document_json(work, path)};
}

Outcome put_document(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  return change_draft(s, call, std::get<DraftWork>(found), call.text("path"), call.text("text"), "text");
}

Outcome delete_document(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const std::string path = call.get("path").value_or("");
  if (!std::get<DraftWork>(found).file(path)) return not_found();
  if (path == "pack.toml")
    return refused_draft({"policy.draft.path", "pack.toml 不能删", "path", "要放弃整份草稿就作废它"});
  return change_draft(s, call, std::get<DraftWork>(found), path, std::nullopt, "delete");
}

Outcome check_text(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  const std::string& path = call.text("path");
  if (!policy::is_pack_path(path))
    return refused_draft(
        {"policy.draft.path", "“" + path + "”不能作文件名", "path", "写成 第一章.md 这样，不以点开头"});
  OpenedDraftPtr opened = s.drafts().with(work.draft, work.files, path, call.text("text"));
  return Answer{JsonObject{{"findings", findings_json(work.draft, opened->loaded.problems)},
                           {"cases", cases_summary(s, opened->loaded, "", true)}}};
}

Outcome show_cases(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  OpenedDraftPtr opened = s.drafts().open(work.draft, work.files);
  return Answer{cases_summary(s, opened->loaded, call.get("decision").value_or(""), false)};
}

Outcome show_changes(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  OpenedDraftPtr base = s.drafts().base(work.draft, work.files), opened = s.drafts().open(work.draft, work.files);
  policy::Pack nothing;
  nothing.id = work.draft.pack;
  policy::PackDiff changes = policy::diff(base ? base->loaded.pack : nothing, opened->loaded.pack);
  Json out = changes.json();
  out.as_object()->emplace_back("words", changes.words());
  return Answer{std::move(out)};
}

Outcome say_here(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const policy::PolicyDraft& draft = std::get<DraftWork>(found).draft;
  auto facts = s.facts();
  const people::Staff* person = facts->directory.person(call.login().staff_id);
  const base::Instant now = s.clock().now();
  auto line = call.body.find("line")->as_number()->to_int64();
  DraftRoom::Visitor visitor{call.login().login,
                             person ? person->name : call.login().login,
                             call.text("path"),
                             static_cast<int>(std::clamp<int64_t>(line.value_or(0), 0, 1'000'000)),
                             now,
                             now};
  if (s.drafts().here(draft.id, visitor)) tell_draft(s, call, draft, "here", visitor.path);
  return Answer{JsonObject{{"here", here_json(s, draft.id)}}};
}

// Thrown inside of the transaction that keeps the version: nothing is kept.
struct RolledBack {
  base::Error error;
};

Outcome submit_draft(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  const int64_t revision = call.body.find("revision")->as_number()->to_int64().value_or(0);
  OpenedDraftPtr opened = s.drafts().open(work.draft, work.files);
  const size_t problems = opened->loaded.problems.errors.size();
  const size_t failed = problems ? 0 : policy::failing_cases(opened->loaded.pack, today_of(s)).size();
  if (work.draft.state == "open" && work.draft.revision == revision && problems + failed > 0)
    return refused_draft(
        {"policy.life.unsound",
         "这份草稿有 " + std::to_string(problems) + " 处问题，" + std::to_string(failed) + " 个案例不符",
         "revision", "改好再提交"});
  const Json* note = call.body.find("note");
  auto store = s.store();
  policy::Doing doing{call.login().login, s.clock().now(), [&](const policy::PolicyVersion& version) {
                        auto ended = policy::PolicyDrafts::end_inside(
                            *store, work.draft.id, revision, version.id,
                            draft_doing(s, *store, call, "policy.draft.submit", "", version.hash));
                        if (!ended) throw RolledBack{ended.error()};
                      }};
  try {
    auto made = s.policy_life().draft(*store, opened->policies, work.draft.pack,
                                      note && note->as_string() ? *note->as_string() : work.draft.note, doing);
    if (!made) return refused_draft(made.error());
    auto ended = policy::PolicyDrafts::find(*store, work.draft.id);
    if (ended) tell_draft(s, call, *ended, "submitted", "");
    return Answer{version_whole_json(*made)};
  } catch (const RolledBack& refused) {
    return refused_draft(refused.error);
  }
}

Outcome discard_draft(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto store = s.store();
  auto ended = policy::PolicyDrafts::end(*store, std::get<DraftWork>(found).draft.id,
                                         call.body.find("revision")->as_number()->to_int64().value_or(0),
                                         std::nullopt, draft_doing(s, *store, call, "policy.draft.discard"));
  if (!ended) return refused_draft(ended.error());
  tell_draft(s, call, *ended, "discarded", "");
  return Answer{draft_json(s, *ended, nullptr)};
}

using Handler = Outcome (*)(Services&, const Call&);

Endpoint endpoint(const char* method, const char* path, const char* summary, std::vector<Parameter> parameters,
                  SchemaRef input, SchemaRef output, Handler handler) {
  return {.method = method,
          .path = path,
          .summary = summary,
          .permission = people::Permission::policy_draft,
          .parameters = std::move(parameters),
          .input = std::move(input),
          .output = std::move(output),
          .handler = handler,
          .body_limit = kDocument};
}

Table work_endpoints() {
  SchemaRef start =
      optional(object({{"pack", text(200)}, {"version", nullable(integer())}, {"note", text(2000)}}), {"version"});
  Table out = {
      endpoint("GET", "/policy-drafts", "drafts of packs, newest first",
               {{"pack", text(200)}, {"state", choice({"open", "submitted", "discarded"})}}, nullptr,
               list_of("PolicyDraft"), list_drafts),
      endpoint("POST", "/policy-drafts", "takes a pack up as a draft: as it is in force, or a version of it", {},
               start, ref("PolicyDraftWhole"), make_draft),
      endpoint("POST", "/policy-drafts/compose", "a new pack from others, with values of one's own", {},
               ref("PolicyComposition"), ref("PolicyDraftWhole"), compose_draft),
      endpoint("GET", "/policy-drafts/{id}", "a draft with its files and what is wrong with it", {}, nullptr,
               ref("PolicyDraftWhole"), show_draft),
      endpoint("GET", "/policy-drafts/{id}/document", "one document of it", {{"path", text(200), true}}, nullptr,
               ref("DraftDocument"), show_document),
      endpoint("PUT", "/policy-drafts/{id}/document", "another text of a document, or a new document", {},
               object({{"revision", integer()}, {"path", text(200)}, {"text", text(kDocument)}}),
               ref("DraftChange"), put_document),
      endpoint("DELETE", "/policy-drafts/{id}/document", "takes a document out",
               {{"path", text(200), true}, {"revision", integer(), true}}, nullptr, ref("DraftChange"),
               delete_document),
      endpoint("PUT", "/policy-drafts/{id}/block", "changes one block: its text, a formula, a table, a parameter",
               {}, ref("DraftBlockEdit"), ref("DraftChange"), edit_block)};
  out.front().list = true;
  out.front().searched = {"pack", "title", "note", "made_by"};
  return out;
}

Table check_endpoints() {
  SchemaRef checked = object({{"findings", list(ref("DraftFinding"))}, {"cases", ref("DraftCases")}});
  SchemaRef here = object({{"path", text(200)}, {"line", integer()}});
  SchemaRef note = optional(object({{"revision", integer()}, {"note", text(2000)}}), {"note"});
  Table out = {
      endpoint("POST", "/policy-drafts/{id}/check", "what the checks say of a text while it is typed", {},
               object({{"path", text(200)}, {"text", text(kDocument)}}), checked, check_text),
      endpoint("GET", "/policy-drafts/{id}/cases", "its cases as they come out now", {{"decision", text(200)}},
               nullptr, ref("DraftCases"), show_cases),
      endpoint("POST", "/policy-drafts/{id}/cases", "keeps what comes out now as a case", {}, ref("DraftNewCase"),
               ref("DraftChange"), add_case),
      endpoint("GET", "/policy-drafts/{id}/changes", "what is different from what it began with", {}, nullptr,
               ref("PolicyChanges"), show_changes),
      endpoint("GET", "/policy-drafts/{id}/names", "what a formula at a line may name",
               {{"path", text(200), true}, {"line", integer(), true}}, nullptr, ref("DraftNames"), show_names),
      endpoint("POST", "/policy-drafts/{id}/here", "says that one is looking at it, and hears who else is", {},
               here, object({{"here", list(ref("DraftVisitor"))}}), say_here),
      endpoint("POST", "/policy-drafts/{id}/submit", "hands it on as a version, to be approved by somebody else",
               {}, note, ref("PolicyVersionWhole"), submit_draft),
      endpoint("POST", "/policy-drafts/{id}/discard", "gives it up", {}, object({{"revision", integer()}}),
               ref("PolicyDraft"), discard_draft),
      endpoint("POST", "/policy-drafts/{id}/replay", "asks the decisions of a period again, of the draft", {},
               object({{"from", date()}, {"to", date()}}), ref("Job"), replay_draft)};
  out.back().permission = people::Permission::decision_read;
  out.back().status = 202;
  return out;
}

}  // namespace

Table draft_endpoints() {
  Table out = work_endpoints();
  for (Endpoint& e : check_endpoints()) out.push_back(std::move(e));
  return out;
}

}  // namespace guanhu::api
