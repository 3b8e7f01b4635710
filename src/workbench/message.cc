#include "workbench/message.h"

#include "workbench/mail.h"
#include "workbench/outbox.h"

namespace guanhu::workbench {

bool tell_person(const Teller& to, const MessageAsk& ask) {
  const MessageEvent* event = message_event(ask.event);
  if (!event || !event->personal) throw base::Broken("no event of persons: " + ask.event);
  const MessagePreferences wishes = preferences_of(to.session, ask.person);
  const std::string key = ask.key + "|" + ask.person, at = to.doing.at.str();
  bool told = false;
  if (wishes.reaches(*event, "app"))
    told = to.session.exec(
               "INSERT INTO messages (key, person, event, title, text, link, pack, article, rules, at)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING",
               {key, ask.person, ask.event, ask.title, ask.text, ask.link, ask.pack, ask.article, ask.rules,
                at}) == 1;
  // A letter about a letter would be one too many.
  if (ask.event != "letter" && wishes.reaches(*event, "mail"))
    told = send_system_letter(to.session, key, ask.person, ask.title, ask.text, ask.link, to.doing) || told;
  if (!wishes.reaches(*event, "channel")) return told;
  OutAsk out;
  out.event = ask.event, out.key = key, out.to_kind = "staff", out.to = ask.person, out.to_name = ask.name;
  out.phone = ask.phone, out.keeper = ask.person, out.org = ask.org, out.title = ask.title, out.text = ask.text;
  out.masked_title = ask.masked_title.empty() ? std::string(event->title) : ask.masked_title;
  out.masked_text = ask.masked_text.empty() ? "请登录系统查看。" : ask.masked_text;
  out.link = ask.link, out.pack = ask.pack, out.article = ask.article, out.rules = ask.rules;
  out.not_before = after_quiet(to.doing.at, wishes, to.settings, to.calendar);
  return put_out(to.session, to.key, out, to.doing) > 0 || told;
}

std::vector<Message> messages(store::Session& session, const std::string& person, const MessageFilter& filter) {
  std::vector<Message> out;
  for (const auto& row : session.query(
           std::string("SELECT message_id, key, person, event, title, text, link, pack, article, rules, at,"
                       " coalesce(read_at, '') FROM messages WHERE person = ?") +
               (filter.unread ? " AND read_at IS NULL" : "") + " ORDER BY message_id DESC LIMIT ?",
           {person, static_cast<int64_t>(filter.limit)})) {
    Message of;
    of.id = row.integer(0);
    std::string* texts[] = {&of.key,  &of.person,  &of.event, &of.title, &of.text,   &of.link,
                            &of.pack, &of.article, &of.rules, &of.at,    &of.read_at};
    for (size_t i = 0; i < std::size(texts); ++i) *texts[i] = row.text(1 + i);
    out.push_back(std::move(of));
  }
  return out;
}

int64_t unread_messages(store::Session& session, const std::string& person) {
  return session.query("SELECT count(*) FROM messages WHERE person = ? AND read_at IS NULL", {person})[0].integer(
      0);
}

int64_t read_messages(store::Session& session, const std::string& person, int64_t id, base::Instant at) {
  return session.exec(
      "UPDATE messages SET read_at = ? WHERE person = ? AND read_at IS NULL AND (? = 0 OR message_id = ?)",
      {at.str(), person, id, id});
}

}  // namespace guanhu::workbench
