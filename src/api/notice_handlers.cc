// Notices: those for oneself, those one makes, who has read them, the second person.
#include <algorithm>

#include "api/mail_desk.h"
#include "policy/decide.h"
#include "workbench/todo_run.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Notice;

namespace {

// Whether a second person is asked for is a decision of a pack that counts in the bank: `notice-check` of the
// importance, how many it is for and whether that is the whole bank; what comes out are the roles, or "".
constexpr const char* kDecision = "notice-check";

base::Result<workbench::NoticeCheck> check_for(MailDesk& desk, const Notice& of) {
  auto people = desk.book().people_of(of.audience);
  if (!people.ok()) return base::Error{"notice.audience", people.error().message, "audience", people.error().hint};
  bool whole = false;
  for (const auto& one : of.audience) {
    const people::Org* org = one.kind == "org" ? desk.directory().org(one.id) : nullptr;
    whole = whole || one.kind == "all" || (org && org->parent.empty());
  }
  const JsonObject input = {{"重要程度", of.importance == "urgent"      ? "紧急"
                                         : of.importance == "important" ? "重要"
                                                                        : "一般"},
                            {"人数", people->size()},
                            {"全行", whole},
                            {"要求阅知", of.must_know}};
  for (const auto& one : workbench::todo_packs(desk.store(), desk.today())) {
    auto pack = desk.services().packs().on(one.pack, desk.today());
    if (!pack.ok()) continue;
    const auto& all = (*pack)->decisions;
    auto decision = std::find_if(all.begin(), all.end(), [](const auto& d) { return d.id == kDecision; });
    if (decision == all.end()) continue;
    auto said = policy::decide(**pack, kDecision, input, desk.today());
    if (!said.ok()) return said.error();
    if (!said->result.is(feel::Kind::string) || said->result.text().empty()) return workbench::NoticeCheck{};
    return workbench::NoticeCheck{said->result.text(), one.pack, decision->origin.article};
  }
  return workbench::NoticeCheck{};
}

bool has_role(const Call& call, const std::string& roles) {
  for (people::Role role : call.login().roles)
    if (roles.find(people::role_title(role)) != roles.npos) return true;
  return false;
}

// For whom it is, or whose work it is.
bool sees(MailDesk& desk, const Notice& of) {
  if (of.record.owner == desk.person()) return true;
  if (of.record.state == "proposed") return desk.can(Permission::notice_check);
  if (of.record.state != "published")
    return desk.reaches(Permission::notice_write, of.record.owner, of.record.org);
  return desk.book().meant(of.audience, desk.person()) ||
         desk.reaches(Permission::notice_write, of.record.owner, of.record.org);
}

bool runs_it(MailDesk& desk, const Notice& of) {
  return of.record.owner == desk.person() ||
         desk.reaches(Permission::notice_write, of.record.owner, of.record.org);
}

JsonArray may_of(MailDesk& desk, const Notice& of, bool meant, const workbench::NoticeReading& read) {
  JsonArray out;
  const bool own = of.record.owner == desk.person(), writes = desk.can(Permission::notice_write);
  const std::string& state = of.record.state;
  if (own && writes && (state == "draft" || state == "published")) out.emplace_back("write");
  if (own && writes && state == "draft") out.emplace_back("publish");
  if (state == "proposed" && of.maker != desk.login() && desk.can(Permission::notice_check) &&
      has_role(desk.call(), of.check_roles))
    out.emplace_back("check");
  if (state != "withdrawn" && runs_it(desk, of) && writes) out.emplace_back("withdraw");
  if (state == "published" && runs_it(desk, of)) out.emplace_back("readers");
  if (state == "published" && meant && of.must_know && of.valid(desk.today()) && read.edition < of.edition)
    out.emplace_back("know");
  return out;
}

Json json_of(MailDesk& desk, const Notice& of, bool whole) {
  const bool meant = desk.book().meant(of.audience, desk.person());
  const auto read = workbench::reading_of(desk.store(), of.record.id, desk.person());
  JsonObject out = desk.head(of.record);
  auto add = [&](const char* name, Json value) { out.emplace_back(name, std::move(value)); };
  add("importance", of.importance), add("audience", workbench::to_json(of.audience));
  add("pinned", of.pinned), add("must_know", of.must_know);
  add("know_by", of.know_by ? Json(of.know_by->str()) : Json());
  add("edition", of.edition), add("published_at", mail_maybe(of.published_at));
  add("for_me", meant), add("valid", of.valid(desk.today())), add("over", *of.record.until < desk.today());
  add("seen", !read.seen_at.empty()), add("known", read.edition >= of.edition && !read.known_at.empty());
  add("known_at", mail_maybe(read.known_at));
  add("check_roles", of.check_roles), add("check_pack", of.check_pack), add("check_article", of.check_article);
  add("checker", of.checker), add("why", of.why), add("may", may_of(desk, of, meant, read));
  if (whole) add("text", of.text), add("files", desk.files_json(of.files));
  return out;
}

bool listed(MailDesk& desk, const Notice& of, const std::string& view) {
  const bool meant = of.record.state == "published" && desk.book().meant(of.audience, desk.person());
  if (view == "mine") return meant && of.valid(desk.today());
  if (view == "archive") return meant && *of.record.until < desk.today();
  if (view == "check")
    return of.record.state == "proposed" && of.maker != desk.login() && has_role(desk.call(), of.check_roles);
  return runs_it(desk, of);
}

Outcome list_notices(Services& s, const Call& call) {
  MailDesk desk(s, call);
  const std::string view = call.get("view").value_or("mine");
  if (view == "made" && !desk.can(Permission::notice_write)) return not_found();
  if (view == "check" && !desk.can(Permission::notice_check)) return not_found();
  auto all = workbench::notices(desk.store(), {});
  std::optional<std::vector<int64_t>> found;
  if (auto words = call.get("words"); words && !words->empty()) {
    const std::string kinds[] = {"notice"};
    found.emplace();
    for (const auto& hit : records::search(
             desk.store(), *words, kinds, [](const records::Record&) { return true; }, 500))
      found->push_back(hit.record.id);
  }
  std::stable_sort(all.begin(), all.end(), [](const Notice& a, const Notice& b) { return a.pinned > b.pinned; });
  std::vector<Json> items;
  for (const Notice& of : all) {
    if (found && std::find(found->begin(), found->end(), of.record.id) == found->end()) continue;
    if (listed(desk, of, view)) items.push_back(json_of(desk, of, false));
  }
  return Answer{.items = Items::of(std::move(items))};
}

std::optional<Notice> seen(MailDesk& desk, const Call& call) {
  auto id = mail_part(call, "id");
  auto of = id ? workbench::notice(desk.store(), *id) : std::nullopt;
  return of && sees(desk, *of) ? std::move(of) : std::nullopt;
}

Outcome show(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  return Answer{json_of(desk, *of, true)};
}

// As the book has it: a request may leave the name out.
std::string shown_name(MailDesk& desk, const workbench::Address& of) {
  const std::string name = desk.book().name_of(of);
  return !name.empty() ? name : !of.name.empty() ? of.name : of.kind + " " + of.id;
}

Outcome keep(MailDesk& desk, const Call& call, Notice of, bool again) {
  of.title = text_member(call, "title"), of.text = text_member(call, "text");
  of.importance = text_member(call, "importance");
  of.audience = workbench::addresses_in(call.body.find("audience"));
  of.files = mail_texts(call, "files");
  of.pinned = mail_true(call, "pinned"), of.must_know = mail_true(call, "must_know");
  of.record.day = day_member(call, "day"), of.record.until = day_member(call, "until");
  of.know_by = of.must_know ? day_member(call, "know_by") : std::nullopt;
  // A head tells those below; what goes to others is for departments of the head office.
  if (desk.scope(Permission::notice_write) != people::Scope::bank)
    for (const auto& one : of.audience) {
      auto people = desk.book().people_of(one);
      auto reach = desk.facts().reach(call.login(), desk.scope(Permission::notice_write));
      const bool below =
          people.ok() && std::all_of(people->begin(), people->end(), [&](const std::string& person) {
            return !person.starts_with("login:") && reach->staff(person);
          });
      if (!below)
        return Refusal{
            422,
            {"notice.audience", "“" + shown_name(desk, one) + "”里有不归您管的人", "audience", "只选本机构和下级"},
            {{"audience", "里有不归您管的人"}}};
    }
  if (auto fine = desk.may_attach(of.files); !fine.ok()) return mail_refusal(fine.error());
  auto kept = workbench::save_notice(desk.store(), of, again, desk.book(), desk.doing());
  if (!kept.ok()) return mail_refusal(kept.error());
  return Answer{json_of(desk, *kept, true)};
}

Outcome write(Services& s, const Call& call) {
  MailDesk desk(s, call);
  Notice of;
  of.record.org = desk.org_of(desk.person());
  return keep(desk, call, std::move(of), false);
}

Outcome rewrite(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto before = seen(desk, call);
  if (!before) return not_found();
  if (before->record.owner != desk.person()) return forbidden();
  Notice of;
  of.record = before->record, of.record.version = mail_number(call, "version");
  return keep(desk, call, std::move(of), mail_true(call, "ask_again"));
}

// Everybody it is for hears of it; the groups behind robots once.
void tell_all(MailDesk& desk, const Notice& of) {
  auto people = desk.book().people_of(of.audience);
  if (!people.ok()) return;
  const std::string id = std::to_string(of.record.id), edition = std::to_string(of.edition);
  workbench::MessageAsk ask;
  ask.event = "notice", ask.key = "notice:" + id + "/" + edition, ask.title = "通知：" + of.title;
  ask.text = of.must_know ? "请在 " + of.know_by->str() + " 以前阅知。" : "";
  ask.link = "/notices/" + id, ask.pack = of.check_pack, ask.article = of.check_article;
  desk.tell(*people, ask);
  workbench::OutAsk out;
  out.event = "notice_group", out.key = ask.key, out.to_kind = "group", out.keeper = of.record.owner;
  out.org = of.record.org, out.title = out.masked_title = of.title, out.text = of.text;
  out.masked_text = of.must_know ? ask.text : "请登录系统查看。";
  out.link = ask.link, out.not_before = workbench::after_quiet(desk.now(), {}, desk.settings(), desk.calendar());
  const store::PersonalKey key = desk.key();
  desk.store().transaction([&] { workbench::put_out(desk.store(), key, out, desk.doing()); });
}

Outcome publish(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  if (of->record.owner != desk.person()) return forbidden();
  auto check = check_for(desk, *of);
  if (!check.ok()) return mail_refusal(check.error());
  auto done =
      workbench::publish_notice(desk.store(), of->record.id, mail_number(call, "version"), *check, desk.doing());
  if (!done.ok()) return mail_refusal(done.error());
  if (done->record.state == "published") tell_all(desk, *done);
  return Answer{json_of(desk, *done, true)};
}

Outcome check(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  auto done = workbench::check_notice(desk.store(), of->record.id, mail_true(call, "agreed"),
                                      text_member(call, "reason"), has_role(call, of->check_roles), desk.doing());
  if (!done.ok()) return mail_refusal(done.error());
  if (done->record.state == "published") tell_all(desk, *done);
  return Answer{json_of(desk, *done, true)};
}

Outcome withdraw(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  if (!runs_it(desk, *of)) return forbidden();
  auto done = workbench::withdraw_notice(desk.store(), of->record.id, call.text("reason"), desk.doing());
  if (!done.ok()) return mail_refusal(done.error());
  return Answer{json_of(desk, *done, true)};
}

Outcome saw(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of || of->record.state != "published" || !desk.book().meant(of->audience, desk.person()))
    return not_found();
  workbench::see_notice(desk.store(), of->record.id, desk.person(), desk.now());
  return Answer{json_of(desk, *of, true)};
}

Outcome know(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of || !desk.book().meant(of->audience, desk.person())) return not_found();
  if (auto done = workbench::know_notice(desk.store(), *of, desk.doing()); !done.ok())
    return mail_refusal(done.error());
  return Answer{json_of(desk, *of, true)};
}

std::vector<std::string> not_yet(MailDesk& desk, const Notice& of) {
  std::vector<std::string> out;
  auto people = desk.book().people_of(of.audience);
  if (!people.ok()) return out;
  const auto known = workbench::readings_of(desk.store(), of.record.id);
  for (const auto& person : *people) {
    auto at = known.find(person);
    if (at == known.end() || (of.must_know ? at->second.edition < of.edition : at->second.seen_at.empty()))
      out.push_back(person);
  }
  return out;
}

Outcome readers(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of || !runs_it(desk, *of)) return not_found();
  auto people = desk.book().people_of(of->audience);
  const auto known = workbench::readings_of(desk.store(), of->record.id);
  std::vector<Json> items;
  for (const auto& person : people.ok() ? *people : std::vector<std::string>()) {
    auto at = known.find(person);
    const bool seen_it = at != known.end(), knows = seen_it && at->second.edition >= of->edition;
    items.push_back(JsonObject{{"person", person},
                               {"name", desk.name_of(person)},
                               {"org_name", desk.org_name(desk.org_of(person))},
                               {"seen_at", seen_it ? Json(at->second.seen_at) : Json()},
                               {"known_at", knows ? Json(at->second.known_at) : Json()},
                               {"done", of->must_know ? knows : seen_it}});
  }
  std::stable_sort(items.begin(), items.end(), [](const Json& a, const Json& b) {
    return *a.find("done")->as_bool() < *b.find("done")->as_bool();
  });
  JsonArray reminded;
  for (const auto& one : workbench::reminders_of(desk.store(), of->record.id))
    reminded.push_back(JsonObject{{"at", one.at}, {"by", one.by}, {"people", one.people}});
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"reminders", std::move(reminded)}};
  return out;
}

Outcome remind(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of || !runs_it(desk, *of)) return not_found();
  if (of->record.state != "published" || !of->valid(desk.today()))
    return mail_refusal({"notice.state", "这份通知现在不在有效期", "state", ""});
  workbench::MessageAsk ask;
  ask.event = "notice_due", ask.key = "notice_due:" + std::to_string(of->record.id) + "/" +
                                      std::to_string(of->edition) + "|" + desk.now().str();
  ask.title = (of->must_know ? "请阅知：" : "请看通知：") + of->title,
  ask.text = desk.name_of(desk.person()) + " 提醒您。";
  ask.link = "/notices/" + std::to_string(of->record.id);
  const int64_t told = desk.tell(not_yet(desk, *of), ask);
  auto doing = desk.doing();
  desk.store().transaction([&] {
    workbench::keep_reminder(desk.store(), of->record.id, told, doing);
    doing.also("notice.remind", "notice " + std::to_string(of->record.id), JsonObject{{"people", told}});
  });
  return Answer{JsonObject{{"people", told}}};
}

Endpoint act(const char* method, const char* path, const char* summary, Permission permission, SchemaRef input,
             SchemaRef output, Outcome (*handler)(Services&, const Call&)) {
  Endpoint out;
  out.method = method, out.path = path, out.summary = summary, out.permission = permission;
  out.input = std::move(input), out.output = std::move(output), out.handler = handler;
  out.body_limit = 512 * 1024;
  return out;
}

SchemaRef notice_input(bool again) {
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"title", text(1000)},
      {"text", text(160 * 1024)},
      {"importance", choice({"normal", "important", "urgent"})},
      {"audience", list(ref("MailAddress"))},
      {"day", date()},
      {"until", date()},
      {"pinned", boolean()},
      {"must_know", boolean()},
      {"know_by", nullable(date())},
      {"files", list(text(64))}};
  std::vector<std::string> may = {"pinned", "must_know", "know_by", "files"};
  if (again)
    members.emplace_back("version", integer()), members.emplace_back("ask_again", boolean()),
        may.push_back("ask_again");
  return optional(object(std::move(members)), std::move(may));
}

}  // namespace

Table notice_endpoints() {
  const SchemaRef version = object({{"version", integer()}}), reason = object({{"reason", text(2000)}});
  const auto use = Permission::mail_use, make = Permission::notice_write;
  return {
      {.method = "GET",
       .path = "/notices",
       .summary = "notices: for oneself, those of before, those one makes or watches, those to agree to",
       .permission = use,
       .parameters = {{"view", choice({"mine", "archive", "made", "check"})}, {"words", text(200)}},
       .output = list_of("NoticeRow"),
       .handler = list_notices,
       .list = true,
       .whole = true,
       .sorts = false},
      act("POST", "/notices", "a draft of a notice", make, notice_input(false), ref("Notice"), write),
      act("GET", "/notices/{id}", "a notice", use, nullptr, ref("Notice"), show),
      act("PUT", "/notices/{id}", "changes one's own notice; ask_again: everybody reads it anew", make,
          notice_input(true), ref("Notice"), rewrite),
      act("POST", "/notices/{id}/publish", "publishes it, or proposes it where another one must agree", make,
          version, ref("Notice"), publish),
      act("POST", "/notices/{id}/check", "agrees to another one's notice, or gives it back",
          Permission::notice_check, optional(object({{"agreed", boolean()}, {"reason", text(2000)}}), {"reason"}),
          ref("Notice"), check),
      act("POST", "/notices/{id}/withdraw", "takes it down, with a reason", make, reason, ref("Notice"), withdraw),
      act("POST", "/notices/{id}/seen", "one has it before one's eyes", use, nullptr, ref("Notice"), saw),
      act("POST", "/notices/{id}/know", "read and understood", use, nullptr, ref("Notice"), know),
      {.method = "GET",
       .path = "/notices/{id}/readers",
       .summary = "who has read it and who has not",
       .permission = make,
       .output = list_of("NoticeReader",
                         {{"reminders", list(object({{"at", moment()}, {"by", text()}, {"people", integer()}}))}}),
       .handler = readers,
       .list = true,
       .whole = true,
       .searched = {"name", "org_name"}},
      act("POST", "/notices/{id}/remind", "reminds those who have not", make, nullptr,
          object({{"people", integer()}}), remind)};
}

}  // namespace guanhu::api
