// Notices (通知管理): what the bank tells many people at once, for a time; some must be read and understood
// (已阅知) by a day. The text with its versions is a record of the kind "notice"; who has seen and who knows it
// stands beside it. docs/messages.md tells its life.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "records/records.h"
#include "workbench/mail.h"

namespace guanhu::workbench {

struct Notice {
  records::Record record;               // day, until: the first and last day it counts; org: of its author
  std::string title, text, importance;  // "normal", "important", "urgent"
  std::vector<Address> audience;        // org with all below, role, team, person, all
  std::vector<std::string> files;
  bool pinned = false;
  bool must_know = false;
  std::optional<base::Date> know_by;
  int64_t edition = 0;  // 1 when it was first published; one more when a change asks everybody again
  // Who else must agree, as the pack says; "" nobody.
  std::string check_roles, check_pack, check_article;  // roles by their titles: "支行行长、行领导"
  std::string maker, checker, published_at, why;       // maker, checker: login; why: of a refusal or withdrawal

  bool valid(base::Date day) const { return *record.day <= day && day <= *record.until; }
};

struct NoticeCheck {
  std::string roles, pack, article;
};

// Refused: notice.title, notice.text (empty, too long), notice.audience (nobody, unknown), notice.importance,
// notice.days (turned round, longer than ten years), notice.know_by (a day it does not count on; left out where
// must_know is set), notice.state (no draft and not one's own published one).
//
// New with record id 0. A published one that is changed is a draft until it is published again, for what was
// agreed to is not what stands there now; `ask_again` makes a new edition, which everybody must read anew.
base::Result<Notice> save_notice(store::Session& session, const Notice& notice, bool ask_again,
                                 const AddressBook& book, const TodoDoing& doing);
// A draft, or a changed one: published, or proposed where somebody else must agree.
base::Result<Notice> publish_notice(store::Session& session, int64_t id, int64_t version, const NoticeCheck& check,
                                    const TodoDoing& doing);
// By another person than the maker; `fits`: the checker's roles are among those asked for. Refused: notice.same,
// notice.role, notice.state. Not agreed: back to draft with the reason (todo.reason).
base::Result<Notice> check_notice(store::Session& session, int64_t id, bool agreed, const std::string& why,
                                  bool fits, const TodoDoing& doing);
base::Result<Notice> withdraw_notice(store::Session& session, int64_t id, const std::string& why,
                                     const TodoDoing& doing);

std::optional<Notice> notice(store::Session& session, int64_t id);
Notice read_notice(store::Session& session, records::Record record);
// state "" any; newest first.
std::vector<Notice> notices(store::Session& session, const std::vector<std::string>& states);

struct NoticeReading {
  std::string seen_at, known_at;
  int64_t edition = 0;  // which one is known; 0 none
};
NoticeReading reading_of(store::Session& session, int64_t id, const std::string& person);
std::map<std::string, NoticeReading> readings_of(store::Session& session, int64_t id);
void see_notice(store::Session& session, int64_t id, const std::string& person, base::Instant at);
// Refused: notice.state (not published), notice.known (already).
base::Status know_notice(store::Session& session, const Notice& of, const TodoDoing& doing);

struct NoticeReminder {
  std::string at, by;
  int64_t people = 0;
};
std::vector<NoticeReminder> reminders_of(store::Session& session, int64_t id);
void keep_reminder(store::Session& session, int64_t id, int64_t people, const TodoDoing& doing);

}  // namespace guanhu::workbench
