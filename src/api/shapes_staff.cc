// Posts, teams, composed roles, delegations, leaving.
#include "api/shapes.h"
#include "api/staff_desk.h"

namespace guanhu::api {

namespace {

using Members = std::vector<std::pair<std::string, SchemaRef>>;

SchemaRef with(const Members& first, const Members& more) {
  Members all = first;
  all.insert(all.end(), more.begin(), more.end());
  return object(std::move(all));
}

SchemaRef grants() { return map(choice({"own", "team", "branch", "bank"})); }

void org_shapes(Schemas& out) {
  const Members node = {{"id", text()},
                        {"name", text()},
                        {"kind", text()},
                        {"parent", maybe_text()},
                        {"head", nullable(object({{"id", text()}, {"name", text()}}))},
                        {"staff", integer()},
                        {"managers", integer()},
                        {"opened_on", nullable(date())},
                        {"closed_on", nullable(date())},
                        {"open", described(boolean(), "in business on the day")}};
  out["OrgNode"] = object(node);
  out["OrgTree"] =
      object({{"day", date()},
              {"first", described(nullable(date()), "the first business date: before it nothing is known")},
              {"last", nullable(date())},
              {"items", list(ref("OrgNode"))}});
  out["OrgCard"] = object(
      {{"record", described(nullable(integer()), "the number of its record; null: nothing was written yet")},
       {"version", described(integer(), "0: nothing was written yet")},
       {"phone", text()},
       {"address", text()},
       {"hours", text()},
       {"area", text()},
       {"windows", text()},
       {"note", text()},
       {"changed_at", nullable(moment())},
       {"changed_by", text()}});
  out["OrgOnDay"] = with(
      node,
      {{"day", date()},
       {"path", list(object({{"id", text()}, {"name", text()}}))},
       {"children", list(ref("OrgNode"))},
       {"staff_list", list(object({{"id", text()},
                                   {"name", text()},
                                   {"position", text()},
                                   {"hired_on", nullable(date())},
                                   {"posts", list(text())}}))},
       {"history", list(object({{"day", date()},
                                {"what", choice({"known", "opened", "renamed", "moved", "turned", "closed"})},
                                {"before", text()},
                                {"after", text()}}))},
       {"left_behind",
        described(
            nullable(object(
                {{"staff", integer()}, {"logins", integer()}, {"children", integer()}, {"teams", integer()}})),
            "of a closed one: what must not stay there")},
       {"card", ref("OrgCard")},
       {"may_edit", boolean()}});
}

void limit_shapes(Schemas& out) {
  out["OrgLimit"] = object({{"id", integer()},
                            {"org", text()},
                            {"org_name", text()},
                            {"permission", text()},
                            {"from", date()},
                            {"to", nullable(date())},
                            {"counts", boolean()},
                            {"goes_on", boolean()},
                            {"reason", text()},
                            {"made_by", text()},
                            {"made_at", moment()},
                            {"ended_by", maybe_text()},
                            {"ended_why", maybe_text()}});
}

void post_shapes(Schemas& out) {
  out["PersonLine"] = object(
      {{"id", text()}, {"name", text()}, {"org_name", text()}, {"position", text()}, {"in_post", boolean()}});
  out["Post"] = object({{"id", integer()},
                        {"staff", ref("PersonLine")},
                        {"kind", choice({"part_time", "acting", "clerk", "post_b", "other"})},
                        {"title", text()},
                        {"org", text()},
                        {"org_name", text()},
                        {"stands_for", nullable(ref("PersonLine"))},
                        {"from", date()},
                        {"to", nullable(date())},
                        {"counts", described(boolean(), "today")},
                        {"document", text()},
                        {"reason", text()},
                        {"made_at", moment()},
                        {"made_by", text()},
                        {"ended_by", maybe_text()},
                        {"ended_why", maybe_text()},
                        {"may_end", boolean()}});
  out["Career"] =
      object({{"staff", ref("PersonLine")},
              {"org", text()},
              {"feed", list(object({{"from", date()},
                                    {"to", nullable(date())},
                                    {"org", text()},
                                    {"org_name", text()},
                                    {"position", text()},
                                    {"title", text()}}))},
              {"posts", list(ref("Post"))},
              {"teams", list(object({{"team", integer()},
                                     {"name", text()},
                                     {"leads", boolean()},
                                     {"from", date()},
                                     {"to", nullable(date())},
                                     {"reason", text()},
                                     {"ended_why", maybe_text()}}))},
              {"substitute", described(nullable(ref("PersonLine")), "who has the AB post for them today")},
              {"may_record", boolean()}});
}

void team_shapes(Schemas& out) {
  out["Team"] = object({{"id", integer()},
                        {"name", text()},
                        {"purpose", text()},
                        {"goal", text()},
                        {"org", text()},
                        {"org_name", text()},
                        {"version", integer()},
                        {"leader", nullable(ref("PersonLine"))},
                        {"size", described(integer(), "members today")},
                        {"from", date()},
                        {"to", nullable(date())},
                        {"goes_on", boolean()},
                        {"made_at", moment()},
                        {"made_by", text()},
                        {"ended_why", maybe_text()},
                        {"may", described(boolean(), "the asker may change it")},
                        {"members", list(object({{"staff", ref("PersonLine")},
                                                 {"leads", boolean()},
                                                 {"from", date()},
                                                 {"to", nullable(date())},
                                                 {"here", described(boolean(), "in it today")},
                                                 {"reason", text()},
                                                 {"made_by", text()},
                                                 {"ended_by", maybe_text()},
                                                 {"ended_why", maybe_text()}}))}});
}

void role_shapes(Schemas& out) {
  const Members role = {{"role", text()},
                        {"title", text()},
                        {"purpose", text()},
                        {"permissions", grants()},
                        {"version", integer()},
                        {"held", described(integer(), "logins that have it today")},
                        {"needs", described(text(), "why giving it needs a second person; \"\": it does not")},
                        {"made_at", moment()},
                        {"made_by", text()},
                        {"ended_at", nullable(moment())},
                        {"ended_why", maybe_text()}};
  out["ComposedRole"] = object(role);
  out["ComposedRoleDetail"] = with(role, {{"versions", list(object({{"version", integer()},
                                                                    {"permissions", grants()},
                                                                    {"reason", text()},
                                                                    {"at", moment()},
                                                                    {"by", text()}}))}});
  out["Gift"] =
      object({{"id", integer()},
              {"login", text()},
              {"staff", ref("PersonLine")},
              {"role", text()},
              {"title", text()},
              {"built_in", boolean()},
              {"from", date()},
              {"to", nullable(date())},
              {"reason", text()},
              {"state", choice({"waiting", "given", "refused", "over"})},
              {"counts", boolean()},
              {"needs", text()},
              {"given_at", moment()},
              {"given_by", text()},
              {"decided_by", maybe_text()},
              {"decided_why", maybe_text()},
              {"ended_by", maybe_text()},
              {"ended_why", maybe_text()},
              {"own", described(boolean(), "the asker gave it, or it is theirs: somebody else confirms")}});
  SchemaRef apart = list(object({{"a", text()}, {"b", text()}, {"why", text()}}));
  out["RoleRules"] =
      object({{"source", text()},
              {"pack", text()},
              {"apart", apart},
              {"strong", list(object({{"permission", text()}, {"scope", text()}, {"why", text()}}))},
              {"delegable", list(text())},
              {"makers", apart},
              {"longest_delegation", integer()}});
  out["Rights"] = object(
      {{"login", text()},
       {"staff", ref("PersonLine")},
       {"rights", list(object({{"permission", text()},
                               {"scope", choice({"none", "own", "team", "branch", "bank"})},
                               {"from", list(text())},
                               {"withheld", described(maybe_text(), "the organisation that withholds it")}}))},
       {"refused", described(maybe_text(), "why the role that was asked about would not be given")}});
}

void delegation_shapes(Schemas& out) {
  out["Delegation"] = object({{"id", integer()},
                              {"giver", ref("PersonLine")},
                              {"taker", ref("PersonLine")},
                              {"kind", choice({"permission", "task"})},
                              {"what", text()},
                              {"bounds", text()},
                              {"from", date()},
                              {"to", date()},
                              {"counts", boolean()},
                              {"reason", text()},
                              {"made_at", moment()},
                              {"ended_by", maybe_text()},
                              {"ended_why", maybe_text()},
                              {"mine", choice({"given", "taken", "other"})},
                              {"may_end", boolean()}});
  out["DelegationOptions"] = object({{"permissions", list(object({{"permission", text()}, {"scope", text()}}))},
                                     {"tasks", list(text())},
                                     {"longest", described(integer(), "days")},
                                     {"source", text()},
                                     {"today", date()}});
}

void leaving_shapes(Schemas& out) {
  const Members one = {{"id", integer()},
                       {"staff", ref("PersonLine")},
                       {"kind", choice({"resigned", "moved", "retired", "dismissed", "other"})},
                       {"last_day", date()},
                       {"reason", text()},
                       {"state", choice({"open", "closed", "withdrawn"})},
                       {"opened_at", moment()},
                       {"opened_by", text()},
                       {"decided_at", nullable(moment())},
                       {"decided_by", maybe_text()},
                       {"decided_why", maybe_text()}};
  out["Leaving"] = object(one);
  out["LeavingDetail"] =
      with(one, {{"items", list(object({{"source", text()},
                                        {"source_title", text()},
                                        {"item", text()},
                                        {"title", text()},
                                        {"detail", text()},
                                        {"link", maybe_text()},
                                        {"own_end", described(boolean(), "ends with the leaving by itself")},
                                        {"state", choice({"held", "handed", "signed", "ended"})},
                                        {"settled_by", maybe_text()},
                                        {"why", maybe_text()}}))},
                 {"left", described(integer(), "items that keep it open")},
                 {"may_sign", boolean()},
                 {"may_close", boolean()}});
}

}  // namespace

void staff_shapes(Schemas& out) {
  org_shapes(out);
  limit_shapes(out);
  post_shapes(out);
  team_shapes(out);
  role_shapes(out);
  delegation_shapes(out);
  leaving_shapes(out);
  duty_shapes(out);
  outside_shapes(out);
  service_shapes(out);
}

}  // namespace guanhu::api
