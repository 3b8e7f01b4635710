// The queue of what goes out: what waits, what became of it, what a person lets go; consents of customers.
#include "api/mail_desk.h"
#include "api/outbox_worker.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::OutMessage;

namespace {

// Its own: whoever keeps the customer, or it is written to; else those in reach. What goes to a group concerns
// whoever sees the whole bank.
bool reaches(MailDesk& desk, Permission permission, const OutMessage& of) {
  if (desk.scope(permission) == people::Scope::bank) return true;
  return desk.reaches(permission, of.keeper, of.org);
}

JsonArray may_of(MailDesk& desk, const OutMessage& of) {
  JsonArray out;
  const bool manages = desk.can(Permission::outbox_manage),
             releases = reaches(desk, Permission::outbox_release, of);
  if (of.state == "proposed" && releases) out.emplace_back("release"), out.emplace_back("cancel");
  if (manages && (of.state == "waiting" || of.state == "dead"))
    out.emplace_back("retry"), out.emplace_back("cancel");
  return out;
}

// What it says to a customer is for those who may see the customer; others see that it is there.
bool reads(MailDesk& desk, const OutMessage& of) {
  return of.to_kind != "customer" || of.keeper == desk.person() || desk.can(Permission::customer_read);
}

Json json_of(MailDesk& desk, const OutMessage& of) {
  const bool open = reads(desk, of);
  return JsonObject{{"id", of.id},
                    {"key", of.key},
                    {"channel", of.channel},
                    {"channel_name", of.channel_name},
                    {"channel_kind", of.channel_kind},
                    {"event", of.event},
                    {"to_kind", of.to_kind},
                    {"to", open ? of.to : ""},
                    {"to_name", open ? of.to_name : ""},
                    {"keeper_name", of.keeper.empty() ? "" : desk.name_of(of.keeper)},
                    {"title", open ? of.title : ""},
                    {"text", open ? of.text : ""},
                    {"hidden", !open},
                    {"link", of.link},
                    {"pack", of.pack},
                    {"article", of.article},
                    {"rules", of.rules},
                    {"state", of.state},
                    {"attempts", of.attempts},
                    {"next_at", of.state == "waiting" ? Json(of.next_at) : Json()},
                    {"made_at", of.made_at},
                    {"made_by", of.made_by},
                    {"decided_at", mail_maybe(of.decided_at)},
                    {"decided_by", of.decided_by},
                    {"why", of.why},
                    {"ended_at", mail_maybe(of.ended_at)},
                    {"error", of.error},
                    {"may", may_of(desk, of)}};
}

Outcome list_outbox(Services& s, const Call& call) {
  MailDesk desk(s, call);
  workbench::OutFilter filter;
  filter.state = call.get("state").value_or("");
  std::vector<Json> items;
  JsonObject counts;
  for (const char* state : {"proposed", "waiting", "sending", "sent", "dead", "cancelled"})
    counts.emplace_back(state, 0);
  filter.state.clear();
  const std::string wanted = call.get("state").value_or("");
  for (const auto& of : workbench::out_messages(desk.store(), filter)) {
    if (!reaches(desk, Permission::outbox_read, of)) continue;
    for (auto& [state, count] : counts)
      if (state == of.state) count = Json(count.as_number()->to_int64().value_or(0) + 1);
    const bool open = of.state == "proposed" || of.state == "waiting" || of.state == "sending";
    if (wanted.empty() || wanted == of.state || (wanted == "open" && open)) items.push_back(json_of(desk, of));
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"counts", std::move(counts)}};
  return out;
}

std::optional<OutMessage> seen(MailDesk& desk, const Call& call) {
  auto id = mail_part(call, "id");
  auto of = id ? workbench::out_message(desk.store(), *id) : base::Result<OutMessage>(base::Error{});
  if (!of.ok() || !reaches(desk, Permission::outbox_read, *of)) return std::nullopt;
  return *of;
}

Outcome show(Services& s, const Call& call) {
  MailDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  JsonArray attempts;
  for (const auto& one : workbench::out_attempts(desk.store(), of->id))
    attempts.push_back(JsonObject{{"at", one.at},
                                  {"took_ms", one.took_ms},
                                  {"status", one.status},
                                  {"outcome", one.outcome},
                                  {"error", one.error},
                                  {"answer", one.answer}});
  const bool asks = of->to_kind == "customer" && reads(desk, *of);
  return Answer{JsonObject{{"message", json_of(desk, *of)},
                           {"attempts", std::move(attempts)},
                           {"consent", asks ? Json(workbench::has_consent(desk.store(), of->to)) : Json()}}};
}

template <class Step>
Outcome step(Services& s, const Call& call, Step change) {
  MailDesk desk(s, call);
  auto of = seen(desk, call);
  if (!of) return not_found();
  base::Result<OutMessage> done = change(desk, *of);
  if (!done.ok()) {
    if (done.error().code == "outbox.forbidden") return forbidden();
    return mail_refusal(done.error());
  }
  wake_outbox(s);
  return Answer{json_of(desk, *done)};
}

base::Error not_allowed() { return {"outbox.forbidden", "", "", ""}; }

Outcome release(Services& s, const Call& call) {
  return step(s, call, [](MailDesk& desk, const OutMessage& of) -> base::Result<OutMessage> {
    if (!reaches(desk, Permission::outbox_release, of)) return not_allowed();
    return workbench::release_out(desk.store(), of.id, desk.doing());
  });
}

Outcome cancel(Services& s, const Call& call) {
  return step(s, call, [&call](MailDesk& desk, const OutMessage& of) -> base::Result<OutMessage> {
    const bool may = of.state == "proposed" ? reaches(desk, Permission::outbox_release, of)
                                            : desk.can(Permission::outbox_manage);
    if (!may) return not_allowed();
    return workbench::cancel_out(desk.store(), of.id, call.text("reason"), desk.doing());
  });
}

Outcome retry(Services& s, const Call& call) {
  return step(s, call, [](MailDesk& desk, const OutMessage& of) {
    return workbench::retry_out(desk.store(), of.id, desk.doing());
  });
}

Json consents_json(MailDesk& desk, const std::string& customer) {
  JsonArray items;
  for (const auto& one : workbench::out_consents(desk.store(), customer))
    items.push_back(JsonObject{{"given", one.given}, {"note", one.note}, {"at", one.at}, {"by", one.by}});
  return JsonObject{{"customer", customer},
                    {"given", workbench::has_consent(desk.store(), customer)},
                    {"history", std::move(items)}};
}

Outcome show_consents(Services& s, const Call& call) {
  MailDesk desk(s, call);
  if (!desk.reaches_customer(call.part("customer"))) return not_found();
  return Answer{consents_json(desk, call.part("customer"))};
}

Outcome keep_consent(Services& s, const Call& call) {
  MailDesk desk(s, call);
  if (!desk.reaches_customer(call.part("customer"))) return not_found();
  auto done = workbench::keep_consent(desk.store(), call.part("customer"), mail_true(call, "given"),
                                      call.text("note"), desk.doing());
  if (!done.ok()) return mail_refusal(done.error());
  return Answer{consents_json(desk, call.part("customer"))};
}

Endpoint act(const char* method, const char* path, const char* summary, Permission permission, SchemaRef input,
             SchemaRef output, Outcome (*handler)(Services&, const Call&)) {
  Endpoint out;
  out.method = method, out.path = path, out.summary = summary, out.permission = permission;
  out.input = std::move(input), out.output = std::move(output), out.handler = handler;
  return out;
}

}  // namespace

Table outbox_endpoints() {
  const auto read = Permission::outbox_read, send = Permission::outbox_release;
  Endpoint list = {
      .method = "GET",
      .path = "/outbox",
      .summary = "what goes out through channels, and what became of it",
      .permission = read,
      .parameters = {{"state", choice({"open", "proposed", "waiting", "sending", "sent", "dead", "cancelled"})},
                     {"to_kind", choice({"group", "staff", "customer"}), false, "", "to_kind"}},
      .output = list_of("OutMessage", {{"counts", map(integer())}}),
      .handler = list_outbox,
      .list = true,
      .whole = true,
      .searched = {"title", "to_name", "channel_name", "keeper_name"}};
  return {
      std::move(list),
      act("GET", "/outbox/{id}", "one of them, with each attempt", read, nullptr, ref("OutMessageWhole"), show),
      act("POST", "/outbox/{id}/release", "lets a proposal to a customer go out", send, nullptr, ref("OutMessage"),
          release),
      act("POST", "/outbox/{id}/cancel", "it does not go out", read, object({{"reason", text(2000)}}),
          ref("OutMessage"), cancel),
      act("POST", "/outbox/{id}/retry", "tries at once what waits or was given up", Permission::outbox_manage,
          nullptr, ref("OutMessage"), retry),
      act("GET", "/consents/{customer}", "whether a customer wants to be written to, and since when", send,
          nullptr, ref("Consents"), show_consents),
      act("POST", "/consents/{customer}", "records that a customer consents, or does no longer", send,
          object({{"given", boolean()}, {"note", text(2000)}}), ref("Consents"), keep_consent)};
}

}  // namespace guanhu::api
