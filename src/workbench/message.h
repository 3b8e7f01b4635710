// Messages to one person (消息): a line of the bell and of the page 消息, from a rule, a notice, a letter; sent on
// as mail or to a channel where the person wishes it. Nothing is said twice: each has a key.
#pragma once
#include <string>
#include <vector>

#include "store/personal_key.h"
#include "workbench/mail_settings.h"

namespace guanhu::workbench {

struct Message {
  int64_t id = 0;
  std::string key, person, event, title, text, link, pack, article, rules, at, read_at;
};

struct MessageAsk {
  std::string key;     // of the occasion; together with the person it is the message's own
  std::string event;   // a name of message_events()
  std::string person;  // member of staff or "login:NAME"
  std::string name;    // of the person, for the channel
  std::string phone;   // sealed; may be ""
  std::string org;
  std::string title, text;
  std::string masked_title, masked_text;  // for the channel, without personal data; "": title and nothing else
  std::string link, pack, article, rules;
};
// What a person is told, by the ways the event reaches them: the list and the bell, a letter, the outbox after the
// quiet hours. Inside a transaction. False: told before.
struct Teller {
  store::Session& session;
  const store::PersonalKey& key;
  const BankSettings& settings;
  const BusinessCalendar& calendar;
  TodoDoing doing;
};
bool tell_person(const Teller& teller, const MessageAsk& ask);

struct MessageFilter {
  bool unread = false;
  size_t limit = 500;
};
std::vector<Message> messages(store::Session& session, const std::string& person, const MessageFilter& filter);
int64_t unread_messages(store::Session& session, const std::string& person);
// id 0: all of the person's. How many.
int64_t read_messages(store::Session& session, const std::string& person, int64_t id, base::Instant at);

}  // namespace guanhu::workbench
