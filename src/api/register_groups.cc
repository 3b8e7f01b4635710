// Groups of companies and households: those people made and those of the feed, with the figures of their members.
#include <algorithm>

#include "api/register_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Group;
using people::Permission;

namespace {

std::string id_of(const Group& g) { return g.id ? std::to_string(g.id) : "feed:" + g.feed; }

bool sees(RegisterDesk& desk, const Group& g) {
  if (g.id && desk.own(g.owner)) return true;
  return std::any_of(g.members.begin(), g.members.end(),
                     [&](const auto& m) { return desk.sees_customer(desk.merges().canonical(m.customer)); });
}

// Figures of those who are members on the day, each customer once.
JsonObject head_json(RegisterDesk& desk, const Group& g, base::Date day) {
  RegisterDesk::Figures sum;
  std::set<std::string> counted;
  for (const auto& m : g.members) {
    const std::string& id = desk.merges().canonical(m.customer);
    if ((g.id && !m.on(day)) || !counted.insert(id).second) continue;
    const auto one = desk.figures(id);
    sum.deposits += one.deposits, sum.loans += one.loans, sum.overdue += one.overdue;
  }
  JsonObject out{{"id", id_of(g)},
                 {"version", g.version},
                 {"of_feed", g.id == 0},
                 {"name", g.name},
                 {"form", g.form},
                 {"note", g.note},
                 {"owner_name", g.id ? Json(desk.name_of(g.owner)) : Json()},
                 {"members_now", counted.size()}};
  for (auto& figure : desk.figures_json(sum)) out.push_back(std::move(figure));
  return out;
}

// A member the reader may not see is a name and a place in the group ("~3"); figures of theirs only in its sums.
JsonObject out_of_reach(RegisterDesk& desk, const std::string& id, size_t place) {
  return {{"id", "~" + std::to_string(place)},
          {"name", desk.customer_name(id)},
          {"kind", ""},
          {"org_name", ""},
          {"deposits", Json()},
          {"loans_total", Json()},
          {"overdue_principal", Json()}};
}

Json whole_json(RegisterDesk& desk, const Group& g) {
  const base::Date day = desk.business();
  JsonObject out = head_json(desk, g, day);
  JsonArray members;
  for (size_t i = 0; i < g.members.size(); ++i) {
    const auto& m = g.members[i];
    const std::string& id = desk.merges().canonical(m.customer);
    JsonObject one = desk.sees_customer(id) ? desk.customer_json(id) : out_of_reach(desk, id, i);
    one.emplace_back("role", m.role);
    one.emplace_back("from", m.from == base::Date() ? Json() : Json(m.from.str()));
    one.emplace_back("to", maybe_day(m.to));
    one.emplace_back("now", g.id == 0 || m.on(day));
    one.emplace_back("open", desk.sees_customer(id));
    members.push_back(std::move(one));
  }
  out.emplace_back("members", std::move(members));
  out.emplace_back("on", day.str());
  out.emplace_back("may_write", g.id > 0 && desk.can(Permission::customer_write) && sees(desk, g));
  return out;
}

Outcome list_groups(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  const std::string form = call.get("form").value_or("");
  auto all = customers::groups(desk.store());
  for (auto& g : customers::feed_groups(desk.db(), desk.merges())) all.push_back(std::move(g));
  std::vector<Json> items;
  for (const auto& g : all)
    if ((form.empty() || g.form == form) && sees(desk, g)) items.push_back(head_json(desk, g, desk.business()));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome groups_of_customer(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  const auto members = desk.merges().members(*id);
  auto all = customers::groups_with(desk.store(), members);
  for (auto& g : customers::feed_groups(desk.db(), desk.merges(), members)) all.push_back(std::move(g));
  JsonArray items;
  for (const auto& g : all) items.push_back(whole_json(desk, g));
  return Answer{JsonObject{{"items", std::move(items)}, {"may_write", desk.may_write(*id)}}};
}

std::optional<Group> group_at(RegisterDesk& desk, const Call& call) {
  const std::string& path = call.part("id");
  std::optional<Group> out;
  if (path.starts_with("feed:")) {
    out = customers::feed_group(desk.db(), desk.merges(), path.substr(5));
  } else if (auto id = id_in_path(call)) {
    auto found = records::record(desk.store(), customers::kGroupKind, *id);
    if (found.ok() && !found->removed) out = customers::group_of(*found);
  }
  if (out && !sees(desk, *out)) out.reset();
  return out;
}

Outcome show_group(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto g = group_at(desk, call);
  if (!g) return not_found();
  return Answer{whole_json(desk, *g)};
}

bool is_farmer(RegisterDesk& desk, const std::string& customer) {
  const auto& all = desk.facts().customers;
  const size_t at = all ? all->find(customer) : 0;
  return all && at < all->size() && all->at(at).farmer;
}

// The group as the body says it; members one may not see stay as they were.
std::variant<Group, Refusal> group_in(RegisterDesk& desk, const Call& call, const Group* was) {
  Group g;
  if (was) g.id = was->id, g.owner = was->owner, g.org = was->org, g.version = whole_member(call, "version");
  else g.owner = desk.person(), g.org = desk.org_of(desk.person());
  g.name = text_member(call, "name"), g.form = text_member(call, "form"), g.note = text_member(call, "note");
  const Json* members = call.body.find("members");
  size_t at = 0;
  for (const Json& m : members && members->as_array() ? *members->as_array() : JsonArray{}) {
    auto member = [&](const char* name) {
      const Json* value = m.find(name);
      return value && value->as_string() ? *value->as_string() : std::string();
    };
    const std::string written = member("customer");
    if (was && written.starts_with("~")) {
      const size_t place = std::strtoul(written.c_str() + 1, nullptr, 10);
      if (place < was->members.size()) g.members.push_back(was->members[place]);
      ++at;
      continue;
    }
    const std::string id = desk.merges().canonical(written);
    const bool before = was && std::any_of(was->members.begin(), was->members.end(), [&](const auto& old) {
                          return desk.merges().canonical(old.customer) == id;
                        });
    const std::string where = "members/" + std::to_string(at++);
    if (!before && !desk.sees_customer(id))
      return register_refusal({"group.members", "没有客户 " + id, where + "/customer", "写您看得到的客户号"});
    auto from = base::Date::parse(member("from"));
    if (!from) return register_refusal({"group.days", "没有写从哪一天起", where + "/from", "写起日"});
    if (g.form == "joint" && !before && !is_farmer(desk, id))
      return register_refusal({"group.farmer", "联保小组里都是农户", where + "/customer", "选农户"});
    g.members.push_back({id, member("role"), *from, base::Date::parse(member("to"))});
  }
  return g;
}

Outcome write(RegisterDesk& desk, const Call& call, const Group* was) {
  auto g = group_in(desk, call, was);
  if (auto* refusal = std::get_if<Refusal>(&g)) return *refusal;
  auto made = customers::write_group(desk.store(), std::get<Group>(g), text_member(call, "why"), desk.writing());
  if (!made.ok()) return register_refusal(made.error());
  return Answer{whole_json(desk, customers::group_of(*made))};
}

Outcome add_group(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  return write(desk, call, nullptr);
}

Outcome change_group(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto was = group_at(desk, call);
  if (!was || !was->id) return not_found();
  return write(desk, call, &*was);
}

Outcome remove_group(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto was = group_at(desk, call);
  if (!was || !was->id) return not_found();
  auto gone = customers::remove_group(desk.store(), was->id, whole_member(call, "version"),
                                      text_member(call, "why"), desk.writing());
  if (!gone.ok()) return register_refusal(gone.error());
  return Answer{JsonObject{{"id", std::to_string(gone->id)}, {"version", gone->version}}};
}

}  // namespace

Table register_group_endpoints() {
  const auto read = Permission::customer_read, write_may = Permission::customer_write;
  const SchemaRef member = optional(
      object({{"customer", text(100)}, {"role", text(40)}, {"from", nullable(date())}, {"to", nullable(date())}}),
      {"to"});
  auto input = [&](bool change) {
    std::vector<std::pair<std::string, SchemaRef>> members = {
        {"form", choice({"group", "affiliated", "household", "joint"})},
        {"name", text(400)},
        {"note", text(4000)},
        {"members", list(member)},
        {"why", described(text(2000), "of a change")}};
    if (change) members.insert(members.begin(), {"version", integer()});
    return optional(object(members), {"note", "why"});
  };
  return {{.method = "GET",
           .path = "/customer-groups",
           .summary = "groups and households with their figures",
           .permission = read,
           .parameters = {{"form", choice({"group", "affiliated", "household", "joint"})}},
           .output = list_of("CustomerGroupItem"),
           .handler = list_groups,
           .list = true,
           .searched = {"name", "note"}},
          {.method = "POST",
           .path = "/customer-groups",
           .summary = "makes one",
           .permission = write_may,
           .input = input(false),
           .output = ref("CustomerGroup"),
           .handler = add_group,
           .body_limit = 256 * 1024},
          {.method = "GET",
           .path = "/customer-groups/{id}",
           .summary = "one with its members; feed:NUMBER for one of the feed",
           .permission = read,
           .output = ref("CustomerGroup"),
           .handler = show_group},
          {.method = "PUT",
           .path = "/customer-groups/{id}",
           .summary = "changes one that was made here",
           .permission = write_may,
           .input = input(true),
           .output = ref("CustomerGroup"),
           .handler = change_group,
           .body_limit = 256 * 1024},
          {.method = "POST",
           .path = "/customer-groups/{id}/remove",
           .summary = "dissolves it; its versions stay",
           .permission = write_may,
           .input = object({{"version", integer()}, {"why", text(2000)}}),
           .output = object({{"id", text()}, {"version", integer()}}),
           .handler = remove_group},
          {.method = "GET",
           .path = "/customers/{id}/groups",
           .summary = "those the customer is in, with their members",
           .permission = read,
           .output = object({{"items", list(ref("CustomerGroup"))}, {"may_write", boolean()}}),
           .handler = groups_of_customer}};
}

}  // namespace guanhu::api
