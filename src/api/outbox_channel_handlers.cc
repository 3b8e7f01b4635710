// Channels: where to and in which words; a try of one.
#include "api/mail_desk.h"
#include "api/outbox_worker.h"
#include "workbench/outbox_format.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::OutChannel;

namespace {

// Never the address with its keys, never the secret.
Json json_of(const OutChannel& of) {
  return JsonObject{{"id", of.id},
                    {"version", of.version},
                    {"name", of.name},
                    {"kind", of.kind},
                    {"address", workbench::covered_url(of.url)},
                    {"has_secret", !of.secret.empty()},
                    {"title", of.title},
                    {"text", of.text},
                    {"events", JsonArray(of.events.begin(), of.events.end())},
                    {"full", of.full},
                    {"consent", of.consent},
                    {"on", of.on},
                    {"changed_at", of.changed_at},
                    {"changed_by", of.changed_by}};
}

Outcome list_channels(Services& s, const Call& call) {
  MailDesk desk(s, call);
  std::vector<Json> items;
  for (const auto& of : workbench::out_channels(desk.store(), desk.key())) items.push_back(json_of(of));
  return Answer{.items = Items::of(std::move(items))};
}

Outcome keep(Services& s, const Call& call, int64_t id) {
  MailDesk desk(s, call);
  OutChannel of;
  of.id = id, of.version = mail_number(call, "version");
  of.name = call.text("name"), of.kind = call.text("kind");
  of.url = text_member(call, "url"), of.secret = text_member(call, "secret");
  of.title = text_member(call, "title"), of.text = text_member(call, "text");
  of.events = mail_texts(call, "events");
  of.full = mail_true(call, "full"), of.consent = mail_true(call, "consent"), of.on = mail_true(call, "on");
  auto kept = workbench::save_out_channel(desk.store(), desk.key(), of, desk.doing());
  if (!kept.ok()) return mail_refusal(kept.error());
  return Answer{json_of(*kept)};
}

// A message of its own kind, sent before the answer: the administrator sees what the other side says.
Outcome try_channel(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto id = mail_part(call, "id");
  auto of = workbench::out_channel(desk.store(), desk.key(), id.value_or(0));
  if (!of.ok()) return not_found();
  workbench::OutMessage message;
  message.key = "test/" + std::to_string(of->id) + "/" + desk.now().str();
  message.event = "test", message.to_kind = of->robot() ? "group" : "staff", message.to = desk.person();
  message.to_name = desk.name_of(desk.person()), message.title = "管户试发", message.text = "这是一条试发的消息。";
  const auto result = send_over(*of, message, "", desk.settings(), desk.now());
  desk.store().transaction([&] {
    desk.audit("outbox.try", "channel " + std::to_string(of->id),
               JsonObject{{"status", result.status}, {"error", result.error_code}});
  });
  return Answer{JsonObject{{"outcome", workbench::out_outcome(of->kind, result)},
                           {"status", result.status},
                           {"took_ms", result.took_ms},
                           {"error", result.error},
                           {"answer", result.answer}}};
}

SchemaRef channel_input(bool again) {
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"name", text(200)},        {"kind", choice({"wecom", "dingtalk", "webhook", "sms", "email"})},
      {"url", text(2000)},        {"secret", text(500)},
      {"title", text(4000)},      {"text", text(4000)},
      {"events", list(text(40))}, {"full", boolean()},
      {"consent", boolean()},     {"on", boolean()}};
  if (again) members.emplace_back("version", integer());
  return optional(object(std::move(members)), {"url", "secret", "title", "text"});
}

}  // namespace

Table outbox_channel_endpoints() {
  const auto manage = Permission::outbox_manage;
  return {{.method = "GET",
           .path = "/outbox-channels",
           .summary = "channels, without their keys",
           .permission = manage,
           .output = list_of("OutChannel"),
           .handler = list_channels,
           .list = true,
           .whole = true},
          {.method = "POST",
           .path = "/outbox-channels",
           .summary = "a new channel",
           .permission = manage,
           .input = channel_input(false),
           .output = ref("OutChannel"),
           .handler = [](Services& s, const Call& call) { return keep(s, call, 0); }},
          {.method = "PUT",
           .path = "/outbox-channels/{id}",
           .summary = "changes a channel; an empty address or secret stays as it is",
           .permission = manage,
           .input = channel_input(true),
           .output = ref("OutChannel"),
           .handler = [](Services& s, const Call& call) -> Outcome {
             auto id = mail_part(call, "id");
             if (!id || *id == 0) return not_found();
             return keep(s, call, *id);
           }},
          {.method = "POST",
           .path = "/outbox-channels/{id}/try",
           .summary = "sends a test message and tells what came of it",
           .permission = manage,
           .output = object({{"outcome", choice({"sent", "again", "dead"})},
                             {"status", integer()},
                             {"took_ms", integer()},
                             {"error", text()},
                             {"answer", text()}}),
           .handler = try_channel}};
}

}  // namespace guanhu::api
