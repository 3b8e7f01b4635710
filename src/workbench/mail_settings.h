// What the bank sets about letters and messages, and what each person does: sizes, how long letters are kept, how
// sending is tried again, which events reach a person how and when not.
#pragma once
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "store/migrations.h"
#include "workbench/calendar.h"
#include "workbench/todo.h"

namespace guanhu::workbench {

std::span<const store::Migration> mail_migrations();

// One thing the bank may set. Numbers lie between `least` and `most`, both allowed.
struct MessageSetting {
  std::string_view name;   // "letter_bytes"
  std::string_view value;  // what counts until the bank says otherwise
  int64_t least = 0, most = 0;
  enum class Kind { number, yes_no, time, networks } kind = Kind::number;
};
std::span<const MessageSetting> message_settings();

class BankSettings {
 public:
  static BankSettings read(store::Session& session);
  int64_t number(std::string_view name) const;
  bool yes(std::string_view name) const { return number(name) != 0; }
  const std::string& text(std::string_view name) const;
  std::vector<std::string> inside() const;  // addresses within the bank that may be sent to

  // Who changed it last; nothing: never.
  struct Changed {
    std::string at, by;
  };
  std::optional<Changed> changed(std::string_view name) const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
  std::map<std::string, Changed, std::less<>> changed_;
};
// `seen`: the value the writer had before him; nothing: whatever is there. Refused: setting.unknown, setting.value
// (where: the name; says what is allowed), record.changed (another value is there by now; where: that value).
base::Status set_message_setting(store::Session& session, const std::string& name, const std::string& value,
                                 const TodoDoing& doing, const std::optional<std::string>& seen = {});

// An event that may reach a person. Ways: "app" the list of messages and the bell, "mail" a letter of the system,
// "channel" the outbox (WeCom, SMS, ... as the administrator has it).
struct MessageEvent {
  std::string_view name;   // "notice_due"
  std::string_view title;  // "通知到期未阅知"
  bool demanded = false;   // a rule asks for it: "app" cannot be switched off
  std::string_view ways;   // what counts until the person says otherwise: "app channel"
  bool personal = true;    // to single people; else to the group behind a channel
};
std::span<const MessageEvent> message_events();
const MessageEvent* message_event(std::string_view name);

struct MessagePreferences {
  std::map<std::string, std::set<std::string>> ways;  // by event; not there: the event's own
  std::string quiet_from, quiet_to;                   // "21:00"; both "": those of the bank
  bool working_days = false;                          // outside working days nothing leaves for a channel
  bool let_substitute = false;                        // who stands in for me may read my letters meanwhile

  bool reaches(const MessageEvent& event, const std::string& way) const;
};
MessagePreferences preferences_of(store::Session& session, const std::string& person);
// Refused: preference.event, preference.way, preference.demanded (a rule asks for it), preference.quiet (no time,
// only one of both).
base::Status keep_preferences(store::Session& session, const std::string& person,
                              const MessagePreferences& preferences, const TodoDoing& doing);

// The first moment from `at` at which something may leave for the person: after the quiet hours, and on a working
// day where that is wished. Times of day are those of the bank (UTC+8).
base::Instant after_quiet(base::Instant at, const MessagePreferences& of, const BankSettings& bank,
                          const BusinessCalendar& calendar);

}  // namespace guanhu::workbench
