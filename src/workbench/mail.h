// Internal mail (内部邮件): letters between people of the bank. The text with its versions, files and search is a
// record of the kind "letter" (records/records.h), its draft one of the kind "letter_draft"; who has it in which
// folder, and who has read it, stands in the tables of mail_schema.cc. A letter is seen by who sent it and who got
// it, and by nobody else, whatever their role; the audit chain says that it was sent, never what it says.
// docs/messages.md tells its life.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "people/directory.h"
#include "people/logins.h"
#include "records/records.h"
#include "workbench/mail_settings.h"
#include "workbench/todo.h"

namespace guanhu::workbench {

// Whom something goes to: "person" E01, "org" B01 with all below it, "role" branch_head, "team" 12, "group" 3
// (one's own), "all" "".
struct Address {
  std::string kind, id, name;  // name: as the writer saw it
  friend bool operator==(const Address&, const Address&) = default;
};
base::Json to_json(const std::vector<Address>& addresses);
std::vector<Address> addresses_in(const base::Json* list);

// Who is behind an address on a day. Members of staff in post who have a login that is not disabled, and logins of
// who is no member of staff ("login:NAME").
class AddressBook {
 public:
  struct Team {
    std::string name;
    std::vector<std::string> people;
  };
  AddressBook(const people::Directory& directory, const std::vector<people::Login>& logins, base::Date day);
  void add_team(const std::string& id, Team team) { teams_[id] = std::move(team); }
  void add_group(const std::string& id, const std::string& name, std::vector<Address> members) {
    groups_[id] = {name, std::move(members)};
  }

  // Refused: mail.address (unknown, or nobody behind it; `where` says which).
  base::Result<std::vector<std::string>> people_of(const Address& address) const;
  // Each once, in order.
  base::Result<std::vector<std::string>> people_of(const std::vector<Address>& addresses) const;
  bool known(const std::string& person) const { return persons_.contains(person); }
  const std::set<std::string>& persons() const { return persons_; }
  std::string name_of(const Address& address) const;  // "" unknown
  // Whether the person is meant by one of the addresses; groups count for nobody.
  bool meant(const std::vector<Address>& addresses, const std::string& person) const;
  const std::map<std::string, Team>& teams() const { return teams_; }

 private:
  struct Group {
    std::string name;
    std::vector<Address> members;
  };
  const people::Directory& directory_;
  std::set<std::string> persons_;
  std::map<std::string, std::set<std::string>> by_role_, by_org_;  // by_org_: of the organisation itself
  std::map<std::string, std::string> logins_;                      // "login:NAME" -> NAME
  std::map<std::string, Team> teams_;
  std::map<std::string, Group> groups_;
};

struct LetterLink {
  std::string kind, id, title;  // "customer" C1, "loan" L1, "account", "page" /scores/E1?period=…: a figure
};
struct Letter {
  records::Record record;  // body as written below
  std::vector<Address> to, cc;
  std::string subject, text;
  std::vector<LetterLink> links;
  std::vector<std::string> files;  // digests
  int64_t reply_to = 0, forward_of = 0;
  bool receipt = false, important = false;
  // Of a letter that was sent.
  int64_t thread = 0;
  std::string sent_at, recalled_at, recall_why;
};
inline constexpr size_t kLetterText = 64 * 1024;  // bytes

// Whether it may be kept or sent. Refused: mail.subject (beyond 200 characters, more than a line; of what is sent:
// empty), mail.text (too long; of what is sent: empty), mail.to (nobody), mail.address, mail.people (more than the
// bank allows), mail.size (files larger than the bank allows together), mail.link (a page elsewhere), mail.reply.
//
// A draft: new with record id 0, otherwise record.version as the writer saw it. Only its writer's.
base::Result<Letter> save_draft(store::Session& session, const Letter& letter, const BankSettings& settings,
                                const TodoDoing& doing);
std::vector<Letter> drafts_of(store::Session& session, const std::string& person);  // changed last first
base::Status discard_draft(store::Session& session, int64_t id, const TodoDoing& doing);
// Sends a draft as it lies: the letter, a record of its own. `version` must be the one that the sender saw.
// Refused also: record.changed.
base::Result<Letter> send_letter(store::Session& session, int64_t id, int64_t version, const AddressBook& book,
                                 const BankSettings& settings, const TodoDoing& doing);
// A letter of the program itself, from "system": what a person wants to have as mail. Once a key.
bool send_system_letter(store::Session& session, const std::string& key, const std::string& person,
                        const std::string& subject, const std::string& text, const std::string& link,
                        const TodoDoing& doing);

// A draft that answers or hands on: to whom, subject, the old text below. how: "reply", "reply_all", "forward".
Letter answer_to(const Letter& letter, const std::string& person, const std::string& person_name,
                 const std::string& sender_name, const std::string& how);

// Nothing: it is not there, or not this person's.
std::optional<Letter> letter_for(store::Session& session, int64_t id, const std::string& person);
bool has_letter(store::Session& session, int64_t id, const std::string& person);

struct BoxRow {
  int64_t letter = 0, thread = 0;
  std::string side, how, folder, sender, sent_at, read_at, subject, excerpt, shown_to, recalled_at;
  bool starred = false, important = false;
  int64_t files = 0;
};
struct BoxFilter {
  std::string folder;  // "inbox", "sent", "archived", "starred"
  bool unread = false;
  int64_t thread = 0;                     // 0: any; else whatever the folder
  std::optional<std::set<int64_t>> only;  // these letters
  size_t limit = 1000;
};
std::vector<BoxRow> box(store::Session& session, const std::string& person,
                        const BoxFilter& filter);  // newest first
int64_t unread_letters(store::Session& session, const std::string& person);

struct Mark {
  std::optional<bool> read, starred;
  std::string folder;  // "inbox" (of what came), "sent" (of what one sent), "archived"; "" as it is
};
// Refused: mail.unknown, mail.folder.
base::Status mark_letter(store::Session& session, int64_t id, const std::string& person, const Mark& mark,
                         const TodoDoing& doing);

struct Receipt {
  std::string person, how, read_at;  // "" not read
  bool gone = false;                 // recalled before it was read
};
std::vector<Receipt> receipts_of(store::Session& session, int64_t id);
// Unread ones leave the inboxes, read ones say that it was recalled. Refused: mail.unknown (not one's own),
// mail.recalled, todo.reason. How many it left.
base::Result<int64_t> recall_letter(store::Session& session, int64_t id, const std::string& why,
                                    const TodoDoing& doing);
// Letters older than the bank keeps them leave the boxes, starred ones stay. How many.
int64_t expire_letters(store::Session& session, const BankSettings& settings, base::Instant now);

struct MailGroup {
  int64_t id = 0;
  std::string name;
  std::vector<Address> members;
};
std::vector<MailGroup> mail_groups(store::Session& session, const std::string& owner);
// Refused: mail.group (unknown), mail.group.name (empty, taken), mail.group.members (none, more than 500, a
// group).
base::Result<MailGroup> save_group(store::Session& session, const std::string& owner, const MailGroup& group,
                                   const AddressBook& book, const TodoDoing& doing);
base::Status remove_group(store::Session& session, const std::string& owner, int64_t id);

}  // namespace guanhu::workbench
