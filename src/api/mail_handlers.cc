// Letters: folders, one letter with its conversation, drafts, sending, recalling; the address book, own groups.
#include <algorithm>
#include <set>

#include "api/mail_desk.h"
#include "api/pinyin.h"
#include "workbench/absence.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Letter;

namespace {

Json row_json(MailDesk& desk, const workbench::BoxRow& of) {
  return JsonObject{{"id", of.letter},
                    {"thread", of.thread},
                    {"side", of.side},
                    {"how", of.how},
                    {"folder", of.folder},
                    {"sender", of.sender},
                    {"sender_name", desk.shown(of.sender)},
                    {"sent_at", of.sent_at},
                    {"read", of.side == "out" || !of.read_at.empty()},
                    {"starred", of.starred},
                    {"important", of.important},
                    {"subject", of.subject},
                    {"excerpt", of.excerpt},
                    {"shown_to", of.shown_to},
                    {"files", of.files},
                    {"recalled", !of.recalled_at.empty()}};
}

Json draft_row(MailDesk& desk, const Letter& of) {
  std::string to;
  for (const auto& one : of.to) to += (to.empty() ? "" : "、") + one.name;
  return JsonObject{{"id", of.record.id},
                    {"thread", int64_t{0}},
                    {"side", "out"},
                    {"how", ""},
                    {"folder", "drafts"},
                    {"sender", desk.person()},
                    {"sender_name", desk.name_of(desk.person())},
                    {"sent_at", of.record.changed_at},
                    {"read", true},
                    {"starred", false},
                    {"important", of.important},
                    {"subject", of.subject},
                    {"excerpt", of.text.substr(0, std::min<size_t>(of.text.size(), of.text.find('\n')))},
                    {"shown_to", to},
                    {"files", of.files.size()},
                    {"recalled", false}};
}

Outcome list_mail(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto person = desk.whose(call.get("of").value_or(""));
  if (!person) return not_found();
  workbench::BoxFilter filter;
  filter.folder = call.get("folder").value_or("inbox");
  filter.unread = call.get("unread").value_or("") == "true";
  std::vector<Json> items;
  if (filter.folder == "drafts") {
    if (*person == desk.person())
      for (const Letter& of : workbench::drafts_of(desk.store(), *person)) items.push_back(draft_row(desk, of));
    return Answer{.items = Items::of(std::move(items))};
  }
  if (auto words = call.get("words"); words && !words->empty()) {
    const std::string kinds[] = {"letter"};
    filter.only.emplace();
    for (const auto& hit : records::search(
             desk.store(), *words, kinds,
             [&](const records::Record& of) { return workbench::has_letter(desk.store(), of.id, *person); }, 200))
      filter.only->insert(hit.record.id);
    filter.folder.clear();  // everywhere
  }
  for (const auto& row : workbench::box(desk.store(), *person, filter)) items.push_back(row_json(desk, row));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome summary(Services& s, const Call& call) {
  MailDesk desk(s, call);
  const auto& book = desk.book();
  int64_t to_know = 0;
  JsonArray pinned;
  for (const auto& of : workbench::notices(desk.store(), {"published"})) {
    if (!of.valid(desk.today()) || !book.meant(of.audience, desk.person())) continue;
    if (of.pinned) pinned.push_back(JsonObject{{"id", of.record.id}, {"title", of.title}});
    if (of.must_know && workbench::reading_of(desk.store(), of.record.id, desk.person()).edition < of.edition)
      ++to_know;
  }
  JsonArray instead;
  for (const auto& one : workbench::stands_in_for(desk.store(), desk.person(), desk.today()))
    if (desk.whose(one)) instead.push_back(JsonObject{{"staff", one}, {"name", desk.name_of(one)}});
  return Answer{JsonObject{{"unread", workbench::unread_letters(desk.store(), desk.person())},
                           {"drafts", workbench::drafts_of(desk.store(), desk.person()).size()},
                           {"notices", to_know},
                           {"pinned", std::move(pinned)},
                           {"messages", workbench::unread_messages(desk.store(), desk.person())},
                           {"stands_in_for", std::move(instead)}}};
}

Json letter_json(MailDesk& desk, const Letter& of, const std::string& person) {
  JsonArray links, receipts, thread;
  for (const auto& one : of.links)
    links.push_back(JsonObject{{"kind", one.kind}, {"id", one.id}, {"title", one.title}});
  const bool draft = of.record.state == "draft", mine = of.record.owner == person;
  bool starred = false, archived = false;
  if (!draft) {
    workbench::BoxFilter filter;
    filter.thread = of.thread;
    for (const auto& row : workbench::box(desk.store(), person, filter)) {
      if (row.letter == of.record.id) starred = row.starred, archived = row.folder == "archived";
      thread.push_back(row_json(desk, row));
    }
    if (mine)
      for (const auto& one : workbench::receipts_of(desk.store(), of.record.id))
        receipts.push_back(JsonObject{{"person", one.person},
                                      {"name", desk.shown(one.person)},
                                      {"how", one.how},
                                      {"read_at", mail_maybe(one.read_at)},
                                      {"gone", one.gone}});
  }
  return JsonObject{{"id", of.record.id},
                    {"version", of.record.version},
                    {"state", draft ? "draft" : "sent"},
                    {"sender", of.record.owner},
                    {"sender_name", desk.shown(of.record.owner)},
                    {"mine", mine && person == desk.person()},
                    {"sent_at", mail_maybe(of.sent_at)},
                    {"changed_at", of.record.changed_at},
                    {"to", workbench::to_json(of.to)},
                    {"cc", workbench::to_json(of.cc)},
                    {"subject", of.subject},
                    {"text", of.text},
                    {"links", std::move(links)},
                    {"files", desk.files_json(of.files)},
                    {"reply_to", of.reply_to ? Json(of.reply_to) : Json()},
                    {"forward_of", of.forward_of ? Json(of.forward_of) : Json()},
                    {"receipt", of.receipt},
                    {"important", of.important},
                    {"starred", starred},
                    {"archived", archived},
                    {"recalled_at", mail_maybe(of.recalled_at)},
                    {"recall_why", of.recall_why},
                    {"receipts", std::move(receipts)},
                    {"thread", std::move(thread)}};
}

Outcome show(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto person = desk.whose(call.get("of").value_or(""));
  auto id = mail_part(call, "id");
  auto of = person && id ? workbench::letter_for(desk.store(), *id, *person) : std::nullopt;
  if (!of) return not_found();
  return Answer{letter_json(desk, *of, *person)};
}

Letter asked(const Call& call) {
  Letter of;
  of.to = workbench::addresses_in(call.body.find("to")), of.cc = workbench::addresses_in(call.body.find("cc"));
  of.subject = text_member(call, "subject"), of.text = text_member(call, "text");
  of.files = mail_texts(call, "files");
  of.receipt = mail_true(call, "receipt"), of.important = mail_true(call, "important");
  of.reply_to = mail_number(call, "reply_to"), of.forward_of = mail_number(call, "forward_of");
  if (const Json* links = call.body.find("links"); links && links->as_array())
    for (const Json& one : *links->as_array())
      of.links.push_back(
          {*one.find("kind")->as_string(), *one.find("id")->as_string(), *one.find("title")->as_string()});
  return of;
}

// The names are those of the book, whatever the client says.
Outcome keep(MailDesk& desk, Letter of) {
  for (auto* list : {&of.to, &of.cc})
    for (auto& one : *list)
      if (auto name = desk.book().name_of(one); !name.empty()) one.name = name;
  if (auto fine = desk.may_attach(of.files); !fine.ok()) return mail_refusal(fine.error());
  auto kept = workbench::save_draft(desk.store(), of, desk.settings(), desk.doing());
  if (!kept.ok()) return mail_refusal(kept.error());
  return Answer{letter_json(desk, *kept, desk.person())};
}

Outcome write(Services& s, const Call& call) {
  MailDesk desk(s, call);
  return keep(desk, asked(call));
}

Outcome rewrite(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto id = mail_part(call, "id");
  auto before = id ? workbench::letter_for(desk.store(), *id, desk.person()) : std::nullopt;
  if (!before || before->record.state != "draft") return not_found();
  Letter of = asked(call);
  of.record = before->record, of.record.version = mail_number(call, "version");
  of.reply_to = before->reply_to, of.forward_of = before->forward_of;
  return keep(desk, std::move(of));
}

Outcome discard(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto id = mail_part(call, "id");
  if (!id) return not_found();
  if (auto done = workbench::discard_draft(desk.store(), *id, desk.doing()); !done.ok())
    return mail_refusal(done.error());
  return Answer{JsonObject{}};
}

Outcome answer(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto id = mail_part(call, "id");
  auto of = id ? workbench::letter_for(desk.store(), *id, desk.person()) : std::nullopt;
  if (!of || of->record.state == "draft") return not_found();
  return keep(desk, workbench::answer_to(*of, desk.person(), desk.name_of(desk.person()),
                                         desk.shown(of->record.owner), call.text("how")));
}

Outcome send(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto id = mail_part(call, "id");
  if (!id) return not_found();
  auto sent = workbench::send_letter(desk.store(), *id, mail_number(call, "version"), desk.book(), desk.settings(),
                                     desk.doing());
  if (!sent.ok()) return mail_refusal(sent.error());
  std::vector<std::string> to;
  for (const auto& one : workbench::receipts_of(desk.store(), sent->record.id))
    if (one.person != desk.person()) to.push_back(one.person);
  workbench::MessageAsk ask;
  ask.event = "letter", ask.key = "letter:" + std::to_string(sent->record.id);
  ask.title = desk.name_of(desk.person()) + "：" + sent->subject,
  ask.link = "/mail/" + std::to_string(sent->record.id);
  desk.tell(to, ask);
  return Answer{letter_json(desk, *sent, desk.person())};
}

Outcome mark(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto id = mail_part(call, "id");
  if (!id) return not_found();
  workbench::Mark ask;
  for (auto [member, to] : {std::pair("read", &ask.read), std::pair("starred", &ask.starred)})
    if (const Json* value = call.body.find(member); value && value->as_bool()) *to = *value->as_bool();
  ask.folder = text_member(call, "folder");
  if (auto done = workbench::mark_letter(desk.store(), *id, desk.person(), ask, desk.doing()); !done.ok())
    return mail_refusal(done.error());
  // What the bell said of it has been read with it.
  if (ask.read && *ask.read)
    desk.store().exec("UPDATE messages SET read_at = ? WHERE key = ? AND read_at IS NULL",
                      {desk.now().str(), "letter:" + std::to_string(*id) + "|" + desk.person()});
  return Answer{JsonObject{}};
}

Outcome recall(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto id = mail_part(call, "id");
  if (!id) return not_found();
  auto done = workbench::recall_letter(desk.store(), *id, call.text("reason"), desk.doing());
  if (!done.ok()) return mail_refusal(done.error());
  return Answer{JsonObject{{"unread", *done}}};
}

// ------------------------------------------------------------------------------------ address book

struct Entry {
  std::string kind, id, name, detail;
};

std::vector<Entry> entries(MailDesk& desk) {
  std::vector<Entry> out;
  const auto& book = desk.book();
  for (const auto& group : workbench::mail_groups(desk.store(), desk.person()))
    out.push_back({"group", std::to_string(group.id), group.name, std::to_string(group.members.size())});
  for (const auto& person : book.persons())
    out.push_back({"person", person, desk.name_of(person), desk.org_name(desk.org_of(person))});
  for (const auto& org : desk.directory().orgs())
    if (book.people_of({"org", org.id, ""}).ok())
      out.push_back({"org", org.id, org.name, desk.org_name(org.parent)});
  for (people::Role role : people::all_roles())
    if (book.people_of({"role", std::string(people::role_name(role)), ""}).ok())
      out.push_back({"role", std::string(people::role_name(role)), std::string(people::role_title(role)), ""});
  for (const auto& [id, team] : book.teams())
    out.push_back({"team", id, team.name, std::to_string(team.people.size())});
  out.push_back({"all", "", "全行", std::to_string(book.persons().size())});
  return out;
}

Outcome addresses(Services& s, const Call& call) {
  MailDesk desk(s, call);
  const std::string q = plain_query(call.get("words").value_or("")), kind = call.get("kind").value_or("");
  std::vector<std::pair<int, Entry>> found;
  for (Entry& one : entries(desk)) {
    if (!kind.empty() && one.kind != kind) continue;
    // Whose name or number it is before whose name holds it, before whose organisation it is.
    const int rank = q.empty() || one.name == q || one.id == q        ? 0
                     : matches(one.name, q) || matches(one.id, q)     ? 1
                     : one.kind == "person" && matches(one.detail, q) ? 2
                                                                      : 3;
    if (rank < 3) found.emplace_back(rank, std::move(one));
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
  std::vector<Json> items;
  for (const auto& [rank, one] : found) {
    if (items.size() == 60) break;
    auto people = one.kind == "person" ? size_t{1} : desk.book().people_of({one.kind, one.id, ""}).value().size();
    items.push_back(JsonObject{{"kind", one.kind},
                               {"id", one.id},
                               {"name", one.name},
                               {"detail", one.kind == "person" || one.kind == "org" ? one.detail : ""},
                               {"people", people}});
  }
  return Answer{.items = Items::of(std::move(items))};
}

Json group_json(const workbench::MailGroup& of) {
  return JsonObject{{"id", of.id}, {"name", of.name}, {"members", workbench::to_json(of.members)}};
}

Outcome groups(Services& s, const Call& call) {
  MailDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& of : workbench::mail_groups(desk.store(), desk.person())) items.push_back(group_json(of));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome keep_group(Services& s, const Call& call, int64_t id) {
  MailDesk desk(s, call);
  auto kept = workbench::save_group(desk.store(), desk.person(),
                                    {id, call.text("name"), workbench::addresses_in(call.body.find("members"))},
                                    desk.book(), desk.doing());
  if (!kept.ok()) return mail_refusal(kept.error());
  return Answer{group_json(*kept)};
}

Outcome remove_group(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto id = mail_part(call, "id");
  if (!id || !workbench::remove_group(desk.store(), desk.person(), *id).ok()) return not_found();
  return Answer{JsonObject{}};
}

SchemaRef letter_input(bool again) {
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"to", list(ref("MailAddress"))}, {"cc", list(ref("MailAddress"))}, {"subject", text(1000)},
      {"text", text(128 * 1024)},       {"links", list(ref("MailLink"))}, {"files", list(text(64))},
      {"receipt", boolean()},           {"important", boolean()}};
  std::vector<std::string> may = {"cc", "links", "files", "receipt", "important"};
  if (again) members.emplace_back("version", integer());
  return optional(object(std::move(members)), std::move(may));
}

Endpoint act(const char* method, const char* path, const char* summary, SchemaRef input, SchemaRef output,
             std::function<Outcome(Services&, const Call&)> handler) {
  Endpoint out;
  out.method = method, out.path = path, out.summary = summary, out.permission = Permission::mail_use;
  out.input = std::move(input), out.output = std::move(output), out.handler = std::move(handler);
  out.body_limit = 512 * 1024;
  return out;
}

Table group_endpoints() {
  const SchemaRef group = object({{"name", text(200)}, {"members", list(ref("MailAddress"))}});
  return {
      {.method = "GET",
       .path = "/mail-addresses",
       .summary = "whom one may write to: people, organisations, roles, teams, own groups; by name or pinyin",
       .permission = Permission::mail_use,
       .parameters = {{"words", text(100)}, {"kind", choice({"person", "org", "role", "team", "group", "all"})}},
       .output = list_of("MailEntry"),
       .handler = addresses,
       .list = true,
       .whole = true,
       .sorts = false},
      {.method = "GET",
       .path = "/mail-groups",
       .summary = "one's own groups",
       .permission = Permission::mail_use,
       .output = list_of("MailGroup"),
       .handler = groups,
       .list = true,
       .whole = true},
      act("POST", "/mail-groups", "a group of one's own", group, ref("MailGroup"),
          [](Services& s, const Call& call) { return keep_group(s, call, 0); }),
      act("PUT", "/mail-groups/{id}", "changes a group of one's own", group, ref("MailGroup"),
          [](Services& s, const Call& call) -> Outcome {
            auto id = mail_part(call, "id");
            if (!id || *id == 0) return not_found();
            return keep_group(s, call, *id);
          }),
      act("DELETE", "/mail-groups/{id}", "removes a group of one's own", nullptr, object({}), remove_group)};
}

}  // namespace

Table letter_endpoints() {
  const Parameter of{"of", text(100), false, "whose, of whom one stands in for"};
  Table out = {{.method = "GET",
                .path = "/mail",
                .summary = "letters of a folder, or found by their words",
                .permission = Permission::mail_use,
                .parameters = {{"folder", choice({"inbox", "sent", "drafts", "archived", "starred"})},
                               {"unread", choice({"true"})},
                               {"words", text(200)},
                               of},
                .output = list_of("LetterRow"),
                .handler = list_mail,
                .list = true,
                .whole = true,
                .sorts = false},
               act("GET", "/mail/summary", "what waits to be read", nullptr, ref("MailSummary"), summary)};
  Endpoint one =
      act("GET", "/mail/{id}", "a letter or draft, with its conversation; who has read it, for its sender",
          nullptr, ref("Letter"), show);
  one.parameters = {of};
  out.push_back(std::move(one));
  SchemaRef fresh = letter_input(false);
  out.push_back(act("POST", "/mail", "a draft", fresh, ref("Letter"), write));
  out.push_back(act("PUT", "/mail/{id}", "keeps a draft", letter_input(true), ref("Letter"), rewrite));
  out.push_back(act("DELETE", "/mail/{id}", "throws a draft away", nullptr, object({}), discard));
  out.push_back(
      act("POST", "/mail/{id}/send", "sends a draft", object({{"version", integer()}}), ref("Letter"), send));
  out.push_back(act("POST", "/mail/{id}/answer", "a draft that replies or forwards",
                    object({{"how", choice({"reply", "reply_all", "forward"})}}), ref("Letter"), answer));
  out.push_back(act(
      "POST", "/mail/{id}/mark", "read, starred, folder",
      optional(
          object({{"read", boolean()}, {"starred", boolean()}, {"folder", choice({"inbox", "sent", "archived"})}}),
          {"read", "starred", "folder"}),
      object({}), mark));
  out.push_back(act("POST", "/mail/{id}/recall", "takes back what was not read yet",
                    object({{"reason", text(2000)}}), object({{"unread", integer()}}), recall));
  Table groups = group_endpoints();
  std::move(groups.begin(), groups.end(), std::back_inserter(out));
  return out;
}

}  // namespace guanhu::api
