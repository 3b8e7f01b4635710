// Messages to oneself, which events reach one how, what the bank sets.
#include "api/mail_desk.h"
#include "workbench/notice_night.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Outcome list_messages(Services& s, const Call& call) {
  MailDesk desk(s, call);
  std::vector<Json> items;
  workbench::MessageFilter filter;
  filter.unread = call.get("unread").value_or("") == "true";
  for (const auto& of : workbench::messages(desk.store(), desk.person(), filter)) {
    auto pack = of.pack.empty() ? nullptr : s.packs().known(of.pack);
    items.push_back(JsonObject{{"id", of.id},
                               {"event", of.event},
                               {"title", of.title},
                               {"text", of.text},
                               {"link", of.link},
                               {"pack", of.pack},
                               {"pack_title", pack ? pack->title : of.pack},
                               {"article", of.article},
                               {"rules", of.rules},
                               {"at", of.at},
                               {"read", !of.read_at.empty()}});
  }
  return Answer{.items = Items::of(std::move(items))};
}

Outcome read_messages(Services& s, const Call& call) {
  MailDesk desk(s, call);
  return Answer{JsonObject{
      {"read", workbench::read_messages(desk.store(), desk.person(), mail_number(call, "id"), desk.now())}}};
}

JsonArray ways_json(const workbench::MessagePreferences& of, const workbench::MessageEvent& event) {
  JsonArray out;
  for (const char* way : {"app", "mail", "channel"})
    if (of.reaches(event, way)) out.emplace_back(way);
  return out;
}

Json preferences_json(MailDesk& desk) {
  const auto of = workbench::preferences_of(desk.store(), desk.person());
  JsonArray events;
  for (const auto& event : workbench::message_events())
    if (event.personal && (event.name != "outbox" || desk.can(Permission::outbox_manage)))
      events.push_back(JsonObject{
          {"event", std::string(event.name)}, {"demanded", event.demanded}, {"ways", ways_json(of, event)}});
  return JsonObject{{"events", std::move(events)},
                    {"quiet_from", of.quiet_from},
                    {"quiet_to", of.quiet_to},
                    {"bank_quiet_from", desk.settings().text("quiet_from")},
                    {"bank_quiet_to", desk.settings().text("quiet_to")},
                    {"working_days", of.working_days},
                    {"let_substitute", of.let_substitute}};
}

Outcome show_preferences(Services& s, const Call& call) {
  MailDesk desk(s, call);
  return Answer{preferences_json(desk)};
}

Outcome keep_preferences(Services& s, const Call& call) {
  MailDesk desk(s, call);
  workbench::MessagePreferences of;
  for (const Json& one : *call.body.find("events")->as_array()) {
    auto& ways = of.ways[*one.find("event")->as_string()];
    for (const Json& way : *one.find("ways")->as_array()) ways.insert(*way.as_string());
  }
  of.quiet_from = call.text("quiet_from"), of.quiet_to = call.text("quiet_to");
  of.working_days = mail_true(call, "working_days"), of.let_substitute = mail_true(call, "let_substitute");
  if (auto done = workbench::keep_preferences(desk.store(), desk.person(), of, desk.doing()); !done.ok())
    return mail_refusal(done.error());
  return Answer{preferences_json(desk)};
}

Json settings_json(MailDesk& desk) {
  const auto all = workbench::BankSettings::read(desk.store());
  JsonArray items;
  using Kind = workbench::MessageSetting::Kind;
  for (const auto& one : workbench::message_settings()) {
    const auto changed = all.changed(one.name);
    const char* kind = one.kind == Kind::number   ? "number"
                       : one.kind == Kind::yes_no ? "yes_no"
                       : one.kind == Kind::time   ? "time"
                                                  : "networks";
    items.push_back(JsonObject{{"name", std::string(one.name)},
                               {"value", all.text(one.name)},
                               {"plain", std::string(one.value)},
                               {"kind", kind},
                               {"least", one.least},
                               {"most", one.most},
                               {"at", changed ? Json(changed->at) : Json()},
                               {"by", changed ? Json(changed->by) : Json()}});
  }
  return JsonObject{{"items", std::move(items)}, {"night", workbench::last_notice_night(desk.store())}};
}

Outcome show_settings(Services& s, const Call& call) {
  MailDesk desk(s, call);
  return Answer{settings_json(desk)};
}

Outcome set_setting(Services& s, const Call& call) {
  MailDesk desk(s, call);
  if (auto done = workbench::set_message_setting(desk.store(), call.part("name"), call.text("value"), desk.doing(),
                                                 call.text("seen"));
      !done.ok())
    return mail_refusal(done.error());
  return Answer{settings_json(desk)};
}

}  // namespace

Table message_endpoints() {
  const auto use = Permission::mail_use, manage = Permission::outbox_manage;
  const SchemaRef ways = list(choice({"app", "mail", "channel"}));
  return {{.method = "GET",
           .path = "/messages",
           .summary = "messages to oneself, newest first, with the article they come from",
           .permission = use,
           .parameters = {{"unread", choice({"true"})}, {"event", text(40), false, "", "event"}},
           .output = list_of("Message"),
           .handler = list_messages,
           .list = true,
           .whole = true,
           .searched = {"title", "text"}},
          {.method = "POST",
           .path = "/messages/read",
           .summary = "one message is read, or all of them",
           .permission = use,
           .input = optional(object({{"id", integer()}}), {"id"}),
           .output = object({{"read", integer()}}),
           .handler = read_messages},
          {.method = "GET",
           .path = "/message-preferences",
           .summary = "which events reach one how, and when not",
           .permission = use,
           .output = ref("MessagePreferences"),
           .handler = show_preferences},
          {.method = "PUT",
           .path = "/message-preferences",
           .summary = "changes them; what a rule demands cannot be switched off",
           .permission = use,
           .input = object({{"events", list(object({{"event", text(40)}, {"ways", ways}}))},
                            {"quiet_from", text(5)},
                            {"quiet_to", text(5)},
                            {"working_days", boolean()},
                            {"let_substitute", boolean()}}),
           .output = ref("MessagePreferences"),
           .handler = keep_preferences},
          {.method = "GET",
           .path = "/message-settings",
           .summary = "what the bank sets about letters and messages",
           .permission = manage,
           .output = ref("MessageSettings"),
           .handler = show_settings},
          {.method = "PUT",
           .path = "/message-settings/{name}",
           .summary = "changes one of them",
           .permission = manage,
           .input = object(
               {{"value", text(4000)}, {"seen", described(text(4000), "the value the writer had before him")}}),
           .output = ref("MessageSettings"),
           .handler = set_setting}};
}

}  // namespace guanhu::api
