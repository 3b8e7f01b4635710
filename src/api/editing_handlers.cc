// Says that one is at a thing, and hears who else is.
#include <algorithm>

#include "api/editing.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kLongestId = 100;  // bytes: longer ones name nothing

const Endpoint* reading(const std::string& path) {
  for (const Endpoint& one : endpoints())
    if (one.method == "GET" && one.path == path) return &one;
  return nullptr;
}

// "role" of "/composed-roles/{role}".
std::string part_of(const std::string& path) {
  const size_t from = path.find('{');
  return from == path.npos ? "id" : path.substr(from + 1, path.find('}') - from - 1);
}

// What the path names, as who asks may know it.
struct Thing {
  EditedNow now;
  const EditedThing* of = nullptr;  // null: a record
};

std::optional<Thing> seen_record(Services& s, const Call& call, const std::string& kind, const std::string& id) {
  if (id.size() > 15 || id.find_first_not_of("0123456789") != id.npos) return std::nullopt;
  Desk desk(s, call);
  auto found = records::record(desk.store(), kind, std::stoll(id));
  if (!found.ok() || !desk.sees(*found)) return std::nullopt;
  return Thing{{std::to_string(found->id), found->version, found->changed_by}};
}

// The asker's own call, as the endpoint that shows the thing would get it; nothing: it would be refused there.
std::optional<Call> as_reader(const Call& call, const EditedThing& of, const std::string& id) {
  const Endpoint* reads = reading(of.reads);
  if (!reads || !reads->permission) throw base::Broken("no permission reads " + of.kind + ": " + of.reads);
  Call out = call;
  out.scope = people::scope_of(call.login().roles, *reads->permission);
  if (out.scope == people::Scope::none) return std::nullopt;
  out.path = {{"id", id}};
  out.path[part_of(of.reads)] = id;
  return out;
}

std::optional<Thing> seen(Services& s, const Call& call) {
  const std::string &kind = call.part("kind"), &id = call.part("id");
  if (id.empty() || id.size() > kLongestId) return std::nullopt;
  for (const EditedThing& one : edited_things()) {
    if (one.kind != kind || (!one.only.empty() && one.only != id)) continue;
    auto reader = as_reader(call, one, id);
    auto now = reader ? one.find(s, *reader) : std::nullopt;
    return now ? std::optional(Thing{std::move(*now), &one}) : std::nullopt;
  }
  if (kind_of(kind)) return seen_record(s, call, kind, id);
  return std::nullopt;
}

std::string work_name(const Call& call, const Thing& of) { return call.part("kind") + " " + of.now.id; }

std::vector<records::Editor> others_at(Desk& desk, const Call& call, const Thing& of) {
  if (of.of && of.of->meet) {
    auto reader = as_reader(call, *of.of, of.now.id);
    return reader ? of.of->meet(desk.services(), *reader) : std::vector<records::Editor>{};
  }
  return records::at_work(desk.store(), work_name(call, of), desk.login(), desk.now());
}

Outcome at_work(Services& s, const Call& call) {
  auto of = seen(s, call);
  if (!of) return not_found();
  Desk desk(s, call);
  JsonArray others;
  for (const auto& one : others_at(desk, call, *of)) {
    auto login = people::find_login(desk.store(), one.login);
    const std::string staff = login ? login->staff_id : "";
    others.push_back(JsonObject{
        {"login", one.login}, {"name", staff.empty() ? one.login : desk.name_of(staff)}, {"since", one.since}});
  }
  return Answer{
      JsonObject{{"version", of->now.version}, {"changed_by", of->now.changed_by}, {"others", std::move(others)}}};
}

Outcome leave_work(Services& s, const Call& call) {
  auto of = seen(s, call);
  if (!of) return not_found();
  Desk desk(s, call);
  records::leave(desk.store(), work_name(call, *of), desk.login());
  return Answer{JsonObject{}};
}

Endpoint settled(const char* method, const char* summary, SchemaRef output,
                 Outcome (*handler)(Services&, const Call&)) {
  Endpoint out;
  out.method = method, out.path = "/records/{kind}/{id}/editing", out.summary = summary;
  out.access = Access::settled, out.output = std::move(output), out.handler = handler;
  return out;
}

}  // namespace

Table editing_endpoints() {
  return {settled("POST", "says that one is at a thing one may read, record or not; who else is",
                  ref("RecordEditing"), at_work),
          settled("DELETE", "one is no longer at it", object({}), leave_work)};
}

}  // namespace guanhu::api
