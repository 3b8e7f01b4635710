// What several people may change and is no record, or is read by others than its versions are: how each is found,
// with the rights of reading it.
#include <algorithm>

#include "api/assessment.h"
#include "api/draft_work.h"
#include "api/editing.h"
#include "api/mail_desk.h"
#include "api/staff_desk.h"
#include "customers/card.h"
#include "customers/group.h"
#include "customers/lead_product.h"
#include "customers/merge.h"
#include "customers/relation.h"
#include "people/teams.h"

namespace guanhu::api {

using people::Permission;

namespace {

using Found = std::optional<EditedNow>;

// ---------------------------------------------------------------------------- people

Found team(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto id = id_of(call);
  auto found = people::team(desk.store(), id.value_or(0));
  if (!found.ok()) return std::nullopt;
  return EditedNow{std::to_string(found->id), found->version};
}

Found role(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  auto found = people::composed_role(desk.store(), call.part("role"));
  if (!found.ok()) return std::nullopt;
  const auto versions = people::role_versions(desk.store(), found->role);
  return EditedNow{found->role, found->version, versions.empty() ? found->made_by : versions.front().by};
}

Found login(Services& s, const Call& call) {
  Desk desk(s, call);
  auto found = people::find_login(desk.store(), call.part("id"));
  return found ? Found(EditedNow{found->login}) : std::nullopt;
}

Found org(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  const people::Org* found = desk.directory().org(call.part("id"));
  return found && desk.reaches_org(found->id) ? Found(EditedNow{found->id}) : std::nullopt;
}

// What the bank keeps of an organisation beside the feed: a record once it was written.
Found org_card(Services& s, const Call& call) {
  auto out = org(s, call);
  if (!out) return out;
  auto store = s.store();
  if (auto card = records::with_key(*store, "org_card", out->id))
    out->version = card->version, out->changed_by = card->changed_by;
  return out;
}

Found staff(Services& s, const Call& call) {
  StaffDesk desk(s, call);
  const people::Staff* found = desk.directory().person(call.part("id"));
  return found && desk.reaches_staff(found->id) ? Found(EditedNow{found->id}) : std::nullopt;
}

Found study_plan(Services& s, const Call& call) {
  Desk desk(s, call);
  const people::Staff* found = desk.directory().person(call.part("staff"));
  if (!found || !desk.reaches(Permission::training_read, found->id, found->org)) return std::nullopt;
  return EditedNow{found->id};
}

// ---------------------------------------------------------------------------- customers

// `kept`: the kind of record that holds this part, by the customer's number; null: several, or none.
Found customer_part(Services& s, const Call& call, const char* kept) {
  Desk desk(s, call);
  if (!desk.reaches_customer(call.part("id"))) return std::nullopt;
  EditedNow out{customers::canonical_id(desk.store(), call.part("id"))};
  auto record = kept ? records::with_key(desk.store(), kept, out.id) : std::nullopt;
  if (record) out.version = record->version, out.changed_by = record->changed_by;
  return out;
}
Found customer(Services& s, const Call& call) { return customer_part(s, call, nullptr); }
Found customer_card(Services& s, const Call& call) { return customer_part(s, call, customers::kCardKind); }
Found customer_need(Services& s, const Call& call) { return customer_part(s, call, customers::kNeedKind); }

// A group and a relation are shown without what the reader may not see of them, while their versions are for who
// sees all of it (RecordKind): here it is the page that counts.
bool reaches(Desk& desk, const std::string& customer) {
  return desk.reaches_customer(customers::canonical_id(desk.store(), customer));
}
std::optional<records::Record> kept(Desk& desk, const Call& call, const char* kind) {
  auto found = records::record(desk.store(), kind, id_of(call).value_or(0));
  return found.ok() && !found->removed ? std::optional(std::move(*found)) : std::nullopt;
}
EditedNow now_of(const records::Record& of) { return {std::to_string(of.id), of.version, of.changed_by}; }

Found group(Services& s, const Call& call) {
  Desk desk(s, call);
  auto found = kept(desk, call, customers::kGroupKind);
  if (!found) return std::nullopt;
  const auto members = customers::group_of(*found).members;
  const bool seen = desk.own(found->owner) || std::any_of(members.begin(), members.end(), [&](const auto& m) {
                      return reaches(desk, m.customer);
                    });
  return seen ? Found(now_of(*found)) : std::nullopt;
}

Found relation(Services& s, const Call& call) {
  Desk desk(s, call);
  auto found = kept(desk, call, customers::kRelationKind);
  return found && reaches(desk, found->customer) ? Found(now_of(*found)) : std::nullopt;
}

// ---------------------------------------------------------------------------- rules, plans, settings

Found policy_draft(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  const auto* work = std::get_if<DraftWork>(&found);
  if (!work) return std::nullopt;
  return EditedNow{std::to_string(work->draft.id), work->draft.revision, work->draft.changed_by};
}

// The pack's editor says at which document and line one is, the workshop only that one is there: both meet here.
std::vector<records::Editor> draft_visitors(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  const auto* work = std::get_if<DraftWork>(&found);
  if (!work) return {};
  const base::Instant now = s.clock().now();
  const auto facts = s.facts();
  const people::Staff* person = facts->directory.person(call.login().staff_id);
  const std::string& login = call.login().login;
  DraftRoom::Visitor me{login, person ? person->name : login, "", 0, now, now};
  std::vector<records::Editor> others;
  for (const auto& one : s.drafts().visitors(work->draft.id, now))
    if (one.login == login) me.path = one.path, me.line = one.line;
    else others.push_back({one.login, one.since.str(), one.seen.str()});
  if (s.drafts().here(work->draft.id, me)) tell_draft(s, call, work->draft, "here", me.path);
  return others;
}

Found assessment_plan(Services& s, const Call& call) {
  AssessDesk desk(s, call);
  auto found = desk.plan();
  const auto* plan = std::get_if<appraisal::Plan>(&found);
  return plan ? Found(EditedNow{std::to_string(plan->id), plan->revision}) : std::nullopt;
}

Found channel(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto found = workbench::out_channel(desk.store(), desk.key(), id_of(call).value_or(0));
  if (!found.ok()) return std::nullopt;
  return EditedNow{std::to_string(found->id), found->version, found->changed_by};
}

// A list or a page of settings as a whole: there for whoever may read it.
Found whole(Services&, const Call& call) { return EditedNow{call.part("id")}; }

}  // namespace

const std::vector<EditedThing>& edited_things() {
  static const std::vector<EditedThing> all = {
      {"team", "/teams/{id}", team},
      {"composed_role", "/composed-roles/{role}", role},
      {"login", "/logins", login},
      {"org.card", "/org-tree/{id}", org_card},
      {"org.limits", "/org-limits", org},
      {"staff.posts", "/staff/{id}/posts", staff},
      {"staff.absences", "/absences", staff},
      {"staff.study", "/training-records/{staff}", study_plan},
      {"customer.card", "/customers/{id}/card", customer_card},
      {"customer.need", "/customers/{id}/products", customer_need},
      {"customer.products", "/customers/{id}/products", customer},
      {"customer_group", "/customer-groups/{id}", group},
      {"customer_relation", "/customers/{id}/relations", relation},
      {"customer.relations", "/customers/{id}/relations", customer},
      {"customer.categories", "/customers/{id}/categories", customer},
      {"policy_draft", "/policy-drafts/{id}", policy_draft, "", draft_visitors},
      {"assessment_plan", "/assessment-plans/{id}", assessment_plan},
      {"outbox_channel", "/outbox-channels", channel},
      {"setting", "/message-settings", whole, "messages"},
      {"setting", "/customer-categories", whole, "categories"},
      {"setting", "/todo-packs", whole, "todo-rules"},
      {"setting", "/calendar", whole, "calendar"},
      {"setting", "/favour-powers", whole, "favour-powers"},
      {"setting", "/expense-limits", whole, "expense-limits"}};
  return all;
}

}  // namespace guanhu::api
