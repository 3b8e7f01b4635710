// Letters, notices, what goes out.
#include "api/desk.h"
#include "api/shapes.h"

namespace guanhu::api {

namespace {

SchemaRef file() {
  return object({{"digest", text()},
                 {"name", text()},
                 {"type", text()},
                 {"size", integer()},
                 {"at", moment()},
                 {"by", text()}});
}

void address_shapes(Schemas& out) {
  out["MailAddress"] = optional(object({{"kind", choice({"person", "org", "role", "team", "group", "all"})},
                                        {"id", text(200)},
                                        {"name", text(400)}}),
                                {"name"});
  out["MailLink"] =
      object({{"kind", choice({"customer", "loan", "account", "page"})}, {"id", text(600)}, {"title", text(600)}});
  out["MailEntry"] =
      object({{"kind", text()}, {"id", text()}, {"name", text()}, {"detail", text()}, {"people", integer()}});
  out["MailGroup"] = object({{"id", integer()}, {"name", text()}, {"members", list(ref("MailAddress"))}});
  out["MailSummary"] = object({{"unread", integer()},
                               {"drafts", integer()},
                               {"notices", described(integer(), "that one must know and does not")},
                               {"pinned", list(object({{"id", integer()}, {"title", text()}}))},
                               {"messages", integer()},
                               {"stands_in_for", list(object({{"staff", text()}, {"name", text()}}))}});
}

void letter_shapes(Schemas& out) {
  out["LetterRow"] = object({{"id", integer()},
                             {"thread", integer()},
                             {"side", choice({"in", "out"})},
                             {"how", text()},
                             {"folder", text()},
                             {"sender", text()},
                             {"sender_name", text()},
                             {"sent_at", moment()},
                             {"read", boolean()},
                             {"starred", boolean()},
                             {"important", boolean()},
                             {"subject", text()},
                             {"excerpt", text()},
                             {"shown_to", text()},
                             {"files", integer()},
                             {"recalled", boolean()}});
  out["Letter"] =
      object({{"id", integer()},
              {"version", integer()},
              {"state", choice({"draft", "sent"})},
              {"sender", text()},
              {"sender_name", text()},
              {"mine", boolean()},
              {"sent_at", nullable(moment())},
              {"changed_at", moment()},
              {"to", list(ref("MailAddress"))},
              {"cc", list(ref("MailAddress"))},
              {"subject", text()},
              {"text", text(128 * 1024)},
              {"links", list(ref("MailLink"))},
              {"files", list(file())},
              {"reply_to", nullable(integer())},
              {"forward_of", nullable(integer())},
              {"receipt", boolean()},
              {"important", boolean()},
              {"starred", boolean()},
              {"archived", boolean()},
              {"recalled_at", nullable(moment())},
              {"recall_why", text()},
              {"receipts", list(object({{"person", text()},
                                        {"name", text()},
                                        {"how", text()},
                                        {"read_at", nullable(moment())},
                                        {"gone", described(boolean(), "recalled before it was read")}}))},
              {"thread", list(ref("LetterRow"))}});
}

std::vector<std::pair<std::string, SchemaRef>> notice_members() {
  return {{"importance", choice({"normal", "important", "urgent"})},
          {"audience", list(ref("MailAddress"))},
          {"pinned", boolean()},
          {"must_know", boolean()},
          {"know_by", nullable(date())},
          {"edition", integer()},
          {"published_at", nullable(moment())},
          {"for_me", boolean()},
          {"valid", boolean()},
          {"over", boolean()},
          {"seen", boolean()},
          {"known", boolean()},
          {"known_at", nullable(moment())},
          {"check_roles", text()},
          {"check_pack", text()},
          {"check_article", text()},
          {"checker", text()},
          {"why", text()},
          {"may", list(choice({"write", "publish", "check", "withdraw", "readers", "know"}))}};
}

void notice_shapes(Schemas& out) {
  out["NoticeRow"] = record_shape(notice_members());
  auto whole = notice_members();
  whole.emplace_back("text", text(160 * 1024));
  whole.emplace_back("files", list(file()));
  out["Notice"] = record_shape(std::move(whole));
  out["NoticeReader"] = object({{"person", text()},
                                {"name", text()},
                                {"org_name", text()},
                                {"seen_at", nullable(moment())},
                                {"known_at", nullable(moment())},
                                {"done", boolean()}});
}

void message_shapes(Schemas& out) {
  out["Message"] = object({{"id", integer()},
                           {"event", text()},
                           {"title", text()},
                           {"text", text()},
                           {"link", text()},
                           {"pack", text()},
                           {"pack_title", text()},
                           {"article", text()},
                           {"rules", text()},
                           {"at", moment()},
                           {"read", boolean()}});
  out["MessagePreferences"] = object(
      {{"events",
        list(object(
            {{"event", text()}, {"demanded", boolean()}, {"ways", list(choice({"app", "mail", "channel"}))}}))},
       {"quiet_from", text()},
       {"quiet_to", text()},
       {"bank_quiet_from", text()},
       {"bank_quiet_to", text()},
       {"working_days", boolean()},
       {"let_substitute", boolean()}});
  out["MessageSettings"] =
      object({{"items", list(object({{"name", text()},
                                     {"value", text()},
                                     {"plain", text()},
                                     {"kind", choice({"number", "yes_no", "time", "networks"})},
                                     {"least", integer()},
                                     {"most", integer()},
                                     {"at", nullable(moment())},
                                     {"by", nullable(text())}}))},
              {"night", any()}});
}

void outbox_shapes(Schemas& out) {
  out["OutMessage"] =
      object({{"id", integer()},
              {"key", text()},
              {"channel", integer()},
              {"channel_name", text()},
              {"channel_kind", choice({"wecom", "dingtalk", "webhook", "sms", "email"})},
              {"event", text()},
              {"to_kind", choice({"group", "staff", "customer"})},
              {"to", text()},
              {"to_name", text()},
              {"keeper_name", text()},
              {"title", text()},
              {"text", text(160 * 1024)},
              {"hidden", described(boolean(), "what it says is for those who may see the customer")},
              {"link", text()},
              {"pack", text()},
              {"article", text()},
              {"rules", text()},
              {"state", choice({"proposed", "waiting", "sending", "sent", "dead", "cancelled"})},
              {"attempts", integer()},
              {"next_at", nullable(moment())},
              {"made_at", moment()},
              {"made_by", text()},
              {"decided_at", nullable(moment())},
              {"decided_by", text()},
              {"why", text()},
              {"ended_at", nullable(moment())},
              {"error", text()},
              {"may", list(choice({"release", "cancel", "retry"}))}});
  out["OutMessageWhole"] = object({{"message", ref("OutMessage")},
                                   {"attempts", list(object({{"at", moment()},
                                                             {"took_ms", integer()},
                                                             {"status", integer()},
                                                             {"outcome", choice({"sent", "again", "dead"})},
                                                             {"error", text()},
                                                             {"answer", text()}}))},
                                   {"consent", nullable(boolean())}});
  out["OutChannel"] = object({{"id", integer()},
                              {"version", integer()},
                              {"name", text()},
                              {"kind", choice({"wecom", "dingtalk", "webhook", "sms", "email"})},
                              {"address", described(text(), "its keys are covered")},
                              {"has_secret", boolean()},
                              {"title", text()},
                              {"text", text()},
                              {"events", list(text())},
                              {"full", boolean()},
                              {"consent", boolean()},
                              {"on", boolean()},
                              {"changed_at", moment()},
                              {"changed_by", text()}});
  out["Consents"] = object(
      {{"customer", text()},
       {"given", boolean()},
       {"history", list(object({{"given", boolean()}, {"note", text()}, {"at", moment()}, {"by", text()}}))}});
}

}  // namespace

void mail_shapes(Schemas& out) {
  address_shapes(out);
  letter_shapes(out);
  notice_shapes(out);
  message_shapes(out);
  outbox_shapes(out);
}

}  // namespace guanhu::api
