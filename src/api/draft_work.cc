#include "api/draft_work.h"

#include <algorithm>

#include "api/gate.h"
#include "api/policy_json.h"
#include "policy/decide.h"
#include "policy/part.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

std::string name_of(Services& s, const people::Login& login) {
  auto facts = s.facts();
  const people::Staff* person = facts->directory.person(login.staff_id);
  return person ? person->name : login.login;
}

// "policies/sample/x.md:12:3" in its parts.
struct Place {
  std::string document;
  int line = 0, column = 0;
};
Place place_of(const std::string& where) {
  size_t second = where.rfind(':'), first = second == where.npos ? second : where.rfind(':', second - 1);
  if (first == where.npos || second == 0) return {where, 0, 0};
  auto line = number_of(where.substr(first + 1, second - first - 1)), column = number_of(where.substr(second + 1));
  if (!line || !column) return {where, 0, 0};
  return {where.substr(0, first), static_cast<int>(*line), static_cast<int>(*column)};
}

size_t cases_in(const policy::Pack& pack) {
  size_t out = 0;
  for (const auto& table : pack.cases) out += table.cases.size();
  return out;
}

// With problems nothing is asked: cases then fail for reasons that are said already.
size_t failed_in(Services& s, const policy::Loaded& loaded) {
  return loaded.problems.errors.empty() ? policy::failing_cases(loaded.pack, today_of(s)).size() : 0;
}

}  // namespace

const policy::DraftFile* DraftWork::file(const std::string& path) const {
  for (const auto& one : files)
    if (one.path == path && one.content) return &one;
  return nullptr;
}

std::variant<DraftWork, Refusal> draft_work(Services& s, const Call& call) {
  auto store = s.store();
  auto draft = policy::PolicyDrafts::find(*store, number_of(call.part("id")).value_or(0));
  if (!draft) return not_found();
  return DraftWork{*draft, policy::PolicyDrafts::files(*store, draft->id)};
}

Refusal refused_draft(const base::Error& error) {
  if (error.code == "policy.draft.unknown") return not_found();
  Refusal out = refusal_of(error);
  if (!error.where.empty()) out.misfits.push_back({error.where, error.message});
  return out;
}

policy::DraftDoing draft_doing(Services& s, store::Session& store, const Call& call, const char* action,
                               const std::string& path, const std::string& what) {
  return {call.login().login, s.clock().now(),
          [&s, &store, &call, action, path, what](const policy::PolicyDraft& draft) {
            JsonObject detail = {{"pack", draft.pack}, {"revision", draft.revision}};
            if (!path.empty()) detail.emplace_back("path", path);
            if (!what.empty()) detail.emplace_back("what", what);
            record(store, call.login().login, action, "policy_draft " + std::to_string(draft.id),
                   std::move(detail), s.clock());
          }};
}

std::string path_in_draft(const policy::PolicyDraft& draft, const std::string& document) {
  const std::string before = "policies/" + draft.pack + "/";
  return document.starts_with(before) ? document.substr(before.size()) : document;
}

Json here_json(Services& s, int64_t draft) {
  JsonArray out;
  for (const auto& one : s.drafts().visitors(draft, s.clock().now()))
    out.push_back(JsonObject{{"login", one.login},
                             {"name", one.name},
                             {"path", one.path},
                             {"line", one.line},
                             {"since", one.since.str()}});
  return out;
}

Json draft_json(Services& s, const policy::PolicyDraft& draft, const OpenedDraft* opened) {
  const policy::Loaded* loaded = opened ? &opened->loaded : nullptr;
  return JsonObject{{"id", draft.id},
                    {"pack", draft.pack},
                    {"title", loaded && !loaded->pack.title.empty() ? loaded->pack.title : draft.title},
                    {"state", draft.state},
                    {"base", JsonObject{{"kind", draft.base.kind},
                                        {"version", draft.base.version ? Json(*draft.base.version) : Json()},
                                        {"label", draft.base.label},
                                        {"hash", draft.base.hash}}},
                    {"note", draft.note},
                    {"revision", draft.revision},
                    {"made_at", draft.made_at},
                    {"made_by", draft.made_by},
                    {"changed_at", draft.changed_at},
                    {"changed_by", draft.changed_by},
                    {"editors", texts_json(draft.editors)},
                    {"problems", loaded ? loaded->problems.errors.size() : size_t{0}},
                    {"cases", loaded ? cases_in(loaded->pack) : size_t{0}},
                    {"failed", loaded ? failed_in(s, *loaded) : size_t{0}},
                    {"version", draft.version ? Json(*draft.version) : Json()},
                    {"here", here_json(s, draft.id)}};
}

Json findings_json(const policy::PolicyDraft& draft, const policy::Problems& problems) {
  JsonArray out;
  for (size_t i = 0; i < problems.errors.size(); ++i) {
    const base::Error& error = problems.errors[i];
    Place place = place_of(error.where);
    out.push_back(JsonObject{{"where", error.where},
                             {"path", path_in_draft(draft, place.document)},
                             {"line", place.line},
                             {"column", place.column},
                             {"code", error.code},
                             {"message", error.message},
                             {"hint", error.hint},
                             {"excerpt", i < problems.excerpts.size() ? problems.excerpts[i] : ""}});
  }
  return out;
}

Json cases_summary(Services& s, const policy::Loaded& loaded, const std::string& decision, bool only_wrong) {
  size_t right = 0, wrong = 0;
  JsonArray shown;
  if (loaded.problems.errors.empty())
    for (Json& one : cases_json(loaded.pack, decision, today_of(s))) {
      bool fails = *one.find("outcome")->as_string() == "wrong";
      ++(fails ? wrong : right);
      if (fails || !only_wrong) shown.push_back(std::move(one));
    }
  return JsonObject{{"right", right}, {"wrong", wrong}, {"cases", std::move(shown)}};
}

// What the pack itself leaves to the bank, and what the packs it is made from do: their open texts and their
// judgement are not among its own elements.
static Json remains_of(Services& s, const OpenedDraft& opened) {
  const policy::Pack& pack = opened.loaded.pack;
  Json out = open_points(pack, nullptr);
  if (pack.extends.empty()) return out;
  const auto extends = policy::extends_of(pack.extends);
  for (const auto& book : books_in_force(s)) {
    const policy::Extend* from = policy::made_from(extends, book->pack->id);
    if (!from) continue;
    const Json points = open_points(policy::part_of(*book->pack, from->documents), book.get());
    for (const Json& one : *points.as_array())
      if (*one.find("kind")->as_string() != "to_confirm") out.as_array()->push_back(one);
  }
  return out;
}

Json draft_whole_json(Services& s, const policy::PolicyDraft& draft, const std::vector<policy::DraftFile>& files) {
  OpenedDraftPtr opened = s.drafts().open(draft, files);
  Json out = draft_json(s, draft, opened.get());
  JsonArray listed;
  for (const auto& file : files) {
    if (!file.content) continue;
    bool document = file.path.ends_with(".md") && !file.path.ends_with("README.md");
    listed.push_back(JsonObject{{"path", file.path},
                                {"document", document},
                                {"bytes", file.content->size()},
                                {"changed", file.changed()}});
  }
  out.as_object()->emplace_back("files", std::move(listed));
  out.as_object()->emplace_back("findings", findings_json(draft, opened->loaded.problems));
  out.as_object()->emplace_back("remains", remains_of(s, *opened));
  return out;
}

Json draft_document_json(const DraftWork& work, const std::string& path) {
  const policy::DraftFile* file = work.file(path);
  JsonArray blocks;
  if (file)
    for (const auto& article : policy::outline(*file->content))
      for (const auto& block : article.blocks)
        blocks.push_back(JsonObject{
            {"kind", block.kind}, {"name", block.name}, {"line", block.line}, {"end_line", block.end_line}});
  return JsonObject{{"path", path},
                    {"text", file ? *file->content : ""},
                    {"revision", work.draft.revision},
                    {"base_text", file && file->base ? Json(*file->base) : Json()},
                    {"blocks", std::move(blocks)}};
}

void tell_draft(Services& s, const Call& call, const policy::PolicyDraft& draft, const char* what,
                const std::string& path) {
  Json event = JsonObject{{"id", draft.id}, {"pack", draft.pack},         {"revision", draft.revision},
                          {"what", what},   {"by", call.login().login},   {"name", name_of(s, call.login())},
                          {"path", path},   {"at", s.clock().now().str()}};
  s.events().publish("drafts", "draft", event.dump());
}

Outcome change_draft(Services& s, const Call& call, const DraftWork& work, const std::string& path,
                     const std::optional<std::string>& content, const std::string& what) {
  return change_draft(s, call, work, std::vector<policy::DraftChange>{{path, content}}, what);
}

Outcome change_draft(Services& s, const Call& call, const DraftWork& work,
                     const std::vector<policy::DraftChange>& changes, const std::string& what) {
  auto revision = call.body.find("revision") ? call.body.find("revision")->as_number()->to_int64()
                                             : std::optional<int64_t>(call.number("revision", 0));
  auto store = s.store();
  std::string paths;
  JsonArray also;
  for (const auto& one : changes) {
    paths += (paths.empty() ? "" : "、") + one.path;
    if (one.path != changes.front().path) also.push_back(one.path);
  }
  auto made = policy::change_documents(*store, work.draft.id, revision.value_or(0), changes, what,
                                       draft_doing(s, *store, call, "policy.draft.change", paths, what));
  if (!made) return refused_draft(made.error());
  DraftWork now{*made, policy::PolicyDrafts::files(*store, made->id)};
  for (const auto& one : changes) tell_draft(s, call, *made, "changed", one.path);
  OpenedDraftPtr opened = s.drafts().open(now.draft, now.files);
  return Answer{JsonObject{{"draft", draft_json(s, now.draft, opened.get())},
                           {"findings", findings_json(now.draft, opened->loaded.problems)},
                           {"cases", cases_summary(s, opened->loaded, "", true)},
                           {"document", draft_document_json(now, changes.front().path)},
                           {"also", std::move(also)}}};
}

}  // namespace guanhu::api
