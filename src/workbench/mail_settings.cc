#include "workbench/mail_settings.h"

#include <algorithm>
#include <charconv>

#include "appraisal/life_days.h"
#include "base/json.h"
#include "base/length.h"

namespace guanhu::workbench {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

using K = MessageSetting::Kind;
constexpr MessageSetting kSettings[] = {
    {"letter_bytes", "20971520", 1 << 20, 200 << 20},  // all files of a letter together
    {"letter_people", "2000", 1, 100'000},             // whom one letter may go to
    {"keep_days", "1095", 0, 36'500},                  // then a letter leaves the boxes; 0: never
    {"sms_auto", "0", 0, 1, K::yes_no},                // to customers without a person who releases it
    {"attempts", "8", 1, 50},
    {"first_wait", "30", 1, 3'600},       // seconds before the second attempt; doubled each time
    {"longest_wait", "3600", 1, 86'400},  // seconds
    {"send_timeout", "10", 1, 60},        // seconds
    {"inside", "", 0, 0, K::networks},    // lines of addresses within the bank
    {"quiet_from", "21:00", 0, 0, K::time},
    {"quiet_to", "07:30", 0, 0, K::time}};

constexpr MessageEvent kEvents[] = {{"letter", "新的内部邮件", false, "app", true},
                                    {"notice", "新的通知", false, "app", true},
                                    {"notice_due", "通知还没有阅知", true, "app channel", true},
                                    {"rule", "制度规定的提醒", true, "app", true},
                                    {"todo", "逾期事项上报", true, "app channel", true},
                                    {"work", "同事处理了与我有关的事", false, "app", true},
                                    {"outbox", "外发失败", false, "app", true},
                                    {"customer", "发给客户", true, "channel", false},
                                    {"notice_group", "通知发到群", false, "channel", false}};

constexpr int64_t kHour = 3'600'000'000, kDay = 24 * kHour, kZone = 8 * kHour;

const MessageSetting* setting_of(std::string_view name) {
  for (const auto& one : kSettings)
    if (one.name == name) return &one;
  return nullptr;
}

// Minutes since midnight; -1 when it is no time.
int minutes_of(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return -1;
  for (size_t i : {0u, 1u, 3u, 4u})
    if (text[i] < '0' || text[i] > '9') return -1;
  const int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
  return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::string line;
  for (char c : text + "\n") {
    if (c != '\n' && c != ',' && c != ' ' && c != '\r') line += c;
    else if (!line.empty()) out.push_back(std::exchange(line, {}));
  }
  return out;
}

// A host, an address or a network; what it leads to is checked by whoever sends.
bool looks_like_network(std::string_view line) {
  return line.size() <= 253 &&
         line.find_first_not_of("abcdefABCDEFghijklmnopqrstuvwxyz0123456789.-:/") == line.npos;
}

std::string what_is_wrong(const MessageSetting& of, const std::string& value) {
  if (of.kind == K::time) return minutes_of(value) < 0 ? "写成 21:00 这样的时刻" : "";
  if (of.kind == K::networks) {
    for (const auto& line : lines_of(value))
      if (!looks_like_network(line)) return "“" + line + "”不是地址、网段或主机名";
    return base::characters(value) > 4000 ? "最多 4000 个字" : "";
  }
  int64_t number = -1;
  auto [end, ec] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (ec == std::errc() && end == value.data() + value.size() && number >= of.least && number <= of.most)
    return "";
  return "写 " + std::to_string(of.least) + " 到 " + std::to_string(of.most) + " 之间的整数";
}

std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> out;
  for (auto& word : lines_of(std::string(text))) out.insert(word);
  return out;
}

}  // namespace

std::span<const MessageSetting> message_settings() { return kSettings; }
std::span<const MessageEvent> message_events() { return kEvents; }
const MessageEvent* message_event(std::string_view name) {
  for (const auto& one : kEvents)
    if (one.name == name) return &one;
  return nullptr;
}

BankSettings BankSettings::read(store::Session& session) {
  BankSettings out;
  for (const auto& one : kSettings) out.values_.emplace(one.name, one.value);
  for (const auto& row : session.query("SELECT name, value, at, actor FROM message_settings")) {
    const MessageSetting* known = setting_of(row.text(0));
    if (!known || !what_is_wrong(*known, row.text(1)).empty()) continue;  // of another version of the program
    out.values_[row.text(0)] = row.text(1);
    out.changed_[row.text(0)] = {row.text(2), row.text(3)};
  }
  return out;
}

const std::string& BankSettings::text(std::string_view name) const {
  auto at = values_.find(name);
  if (at == values_.end()) throw base::Broken("no such setting: " + std::string(name));
  return at->second;
}
int64_t BankSettings::number(std::string_view name) const { return std::stoll(text(name)); }
std::vector<std::string> BankSettings::inside() const { return lines_of(text("inside")); }
std::optional<BankSettings::Changed> BankSettings::changed(std::string_view name) const {
  auto at = changed_.find(name);
  return at == changed_.end() ? std::nullopt : std::optional(at->second);
}

base::Status set_message_setting(store::Session& session, const std::string& name, const std::string& value,
                                 const TodoDoing& doing, const std::optional<std::string>& seen) {
  const MessageSetting* known = setting_of(name);
  if (!known) return Error{"setting.unknown", "没有“" + name + "”这一项", name, ""};
  if (auto wrong = what_is_wrong(*known, value); !wrong.empty()) return Error{"setting.value", wrong, name, ""};
  base::Status out;
  session.transaction([&] {
    const BankSettings now = BankSettings::read(session);
    if (seen && now.text(name) != *seen) {
      const auto who = now.changed(name);
      out = Error{"record.changed",
                  (who ? who->by + " 已在 " + who->at : std::string("别人")) + " 改成“" + now.text(name) + "”",
                  now.text(name), "看过现在的值，再决定保留哪一个"};
      return;
    }
    session.exec(
        "INSERT INTO message_settings (name, value, at, actor) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value, at = excluded.at, actor = excluded.actor",
        {name, value, doing.at.str(), doing.login});
    if (doing.also) doing.also("mail.setting", name, JsonObject{{"value", value}});
  });
  return out;
}

bool MessagePreferences::reaches(const MessageEvent& event, const std::string& way) const {
  if (event.demanded && way == "app") return true;
  auto own = ways.find(std::string(event.name));
  return own != ways.end() ? own->second.contains(way) : words_of(event.ways).contains(way);
}

MessagePreferences preferences_of(store::Session& session, const std::string& person) {
  MessagePreferences out;
  for (const auto& row : session.query("SELECT ways, quiet_from, quiet_to, working_days, let_substitute FROM "
                                       "message_preferences WHERE person = ?",
                                       {person})) {
    auto ways = Json::parse(row.text(0));
    if (ways.ok() && ways->as_object())
      for (const auto& [event, list] : *ways->as_object())
        if (const JsonArray* all = list.as_array(); all && message_event(event)) {
          auto& kept = out.ways[event];
          for (const auto& way : *all)
            if (way.as_string()) kept.insert(*way.as_string());
        }
    out.quiet_from = row.text(1), out.quiet_to = row.text(2);
    out.working_days = row.integer(3) != 0, out.let_substitute = row.integer(4) != 0;
  }
  return out;
}

base::Status keep_preferences(store::Session& session, const std::string& person, const MessagePreferences& of,
                              const TodoDoing& doing) {
  JsonObject ways;
  for (const auto& [name, chosen] : of.ways) {
    const MessageEvent* event = message_event(name);
    if (!event || !event->personal) return Error{"preference.event", "没有“" + name + "”这类消息", "ways", ""};
    JsonArray list;
    for (const auto& way : chosen) {
      if (way != "app" && way != "mail" && way != "channel")
        return Error{"preference.way", "没有“" + way + "”这种方式", "ways", "app、mail 或 channel"};
      list.emplace_back(way);
    }
    if (event->demanded && !chosen.contains("app"))
      return Error{"preference.demanded", "“" + std::string(event->title) + "”是制度要求的，不能关", "ways",
                   "可以另加邮件或外发"};
    ways.emplace_back(name, std::move(list));
  }
  const bool none = of.quiet_from.empty() && of.quiet_to.empty();
  if (!none && (minutes_of(of.quiet_from) < 0 || minutes_of(of.quiet_to) < 0))
    return Error{"preference.quiet", "免打扰的起止写成 21:00 这样的时刻，两个都写或都不写", "quiet_from", ""};
  session.transaction([&] {
    session.exec(
        "INSERT INTO message_preferences (person, ways, quiet_from, quiet_to, working_days, let_substitute, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person) DO UPDATE SET ways = excluded.ways,"
        " quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, working_days = excluded.working_days,"
        " let_substitute = excluded.let_substitute, at = excluded.at",
        {person, Json(std::move(ways)).dump(), of.quiet_from, of.quiet_to, int64_t{of.working_days},
         int64_t{of.let_substitute}, doing.at.str()});
    if (doing.also)
      doing.also("mail.preferences", "person " + person, JsonObject{{"let_substitute", of.let_substitute}});
  });
  return {};
}

base::Instant after_quiet(base::Instant at, const MessagePreferences& of, const BankSettings& bank,
                          const BusinessCalendar& calendar) {
  const bool own = !of.quiet_from.empty();
  const int from = minutes_of(own ? of.quiet_from : bank.text("quiet_from"));
  const int to = minutes_of(own ? of.quiet_to : bank.text("quiet_to"));
  int64_t local = at.micros + kZone;
  auto midnight = [](int64_t moment) { return moment - ((moment % kDay) + kDay) % kDay; };
  auto minute = [&](int64_t moment) { return static_cast<int>((moment - midnight(moment)) / (kHour / 60)); };
  const int now = minute(local);
  const bool over_night = from > to;
  const bool quiet = from != to && (over_night ? now >= from || now < to : now >= from && now < to);
  if (quiet) local = midnight(local) + int64_t{to} * (kHour / 60) + (over_night && now >= from ? kDay : 0);
  if (of.working_days) {
    for (int i = 0; i < 30 && !calendar.working(appraisal::bank_day({local - kZone})); ++i)
      local = midnight(local) + kDay + int64_t{from == to ? 0 : over_night ? to : 0} * (kHour / 60);
  }
  return {local - kZone};
}

}  // namespace guanhu::workbench
