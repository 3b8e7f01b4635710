// Channels: where to, under which key, what of, in which words.
#include <algorithm>

#include "base/length.h"
#include "workbench/outbox.h"
#include "workbench/outbox_format.h"

namespace guanhu::workbench {

using base::Error;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kSecret = 16;  // characters: what is shorter can be tried out
constexpr const char* kChannelColumns =
    "SELECT channel_id, version, name, kind, url, secret, title, text, events, full_data, consent, is_on, "
    "changed_at,"
    " changed_by FROM outbox_channels";

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

OutChannel read_channel(const store::Row& row, const store::PersonalKey& key) {
  OutChannel of;
  of.id = row.integer(0), of.version = row.integer(1), of.name = row.text(2), of.kind = row.text(3);
  of.url = key.open(row.text(4)), of.secret = key.open(row.text(5));
  of.title = row.text(6), of.text = row.text(7);
  std::string word;
  for (char c : row.text(8) + " ") {
    if (c != ' ') word += c;
    else if (!word.empty()) of.events.push_back(std::exchange(word, {}));
  }
  of.full = row.integer(9) != 0, of.consent = row.integer(10) != 0, of.on = row.integer(11) != 0;
  of.changed_at = row.text(12), of.changed_by = row.text(13);
  return of;
}

base::Status check_events(const OutChannel& of) {
  if (of.events.empty()) return Error{"outbox.events", "没有选任何事件", "events", "至少选一个"};
  for (const auto& name : of.events) {
    const MessageEvent* event = message_event(name);
    if (!event) return Error{"outbox.events", "没有“" + name + "”这类事件", "events", ""};
    if (of.robot() != (name == "notice_group"))
      return Error{"outbox.events", of.robot() ? "群机器人只发到群，不能发给单个人" : "发到群的事件只给群机器人",
                   "events", ""};
  }
  return {};
}

base::Status check_url(const OutChannel& of) {
  if (!of.url.starts_with("https://") && !of.url.starts_with("http://"))
    return Error{"outbox.url", "地址要以 https:// 开头", "url", "内部网关可以用 http://，并列入内部地址"};
  if (of.url.size() > 2000) return Error{"outbox.url", "地址最多 2000 个字符", "url", ""};
  if (of.kind == "wecom" && of.url.find("key=") == of.url.npos)
    return Error{"outbox.url", "企业微信群机器人的地址里要有 key=", "url", "从群机器人页面整段复制"};
  if (of.kind == "dingtalk" && of.url.find("access_token=") == of.url.npos)
    return Error{"outbox.url", "钉钉群机器人的地址里要有 access_token=", "url", "从群机器人页面整段复制"};
  return {};
}

base::Status check_channel(const OutChannel& of) {
  constexpr const char* kinds[] = {"wecom", "dingtalk", "webhook", "sms", "email"};
  if (of.name.empty() || base::characters(of.name) > 100)
    return Error{"outbox.name", "写一个名称，最多 100 个字", "name", ""};
  if (std::find(std::begin(kinds), std::end(kinds), of.kind) == std::end(kinds))
    return Error{"outbox.kind", "没有“" + of.kind + "”这种渠道", "kind", ""};
  if (auto fine = check_url(of); !fine.ok()) return fine;
  if (!of.robot() && of.secret.size() < kSecret)
    return Error{"outbox.secret", "密钥至少 16 个字符", "secret", "对方用它核对是谁发的"};
  for (const auto& [text, where] : {std::pair(of.title, "title"), std::pair(of.text, "text")}) {
    if (base::characters(text) > 4000) return Error{"outbox.template", "模板最多 4000 个字", where, ""};
    if (auto wrong = wrong_holes(text); !wrong.empty())
      return Error{"outbox.template", "不认识 {" + wrong[0] + "}", where,
                   "可用 {title} {text} {link} {name} {article}"};
  }
  return check_events(of);
}

}  // namespace

std::vector<OutChannel> out_channels(store::Session& session, const store::PersonalKey& key) {
  std::vector<OutChannel> out;
  for (const auto& row : session.query(std::string(kChannelColumns) + " ORDER BY name"))
    out.push_back(read_channel(row, key));
  return out;
}

base::Result<OutChannel> out_channel(store::Session& session, const store::PersonalKey& key, int64_t id) {
  auto rows = session.query(std::string(kChannelColumns) + " WHERE channel_id = ?", {id});
  if (rows.empty()) return Error{"outbox.channel.unknown", "没有这个渠道", "", ""};
  return read_channel(rows[0], key);
}

base::Result<OutChannel> save_out_channel(store::Session& session, const store::PersonalKey& key,
                                          const OutChannel& ask, const TodoDoing& doing) {
  base::Result<OutChannel> out = ask;
  session.transaction([&] {
    OutChannel of = ask;
    if (of.id) {
      auto before = out_channel(session, key, of.id);
      if (!before.ok()) return void(out = before);
      if (before->version != of.version)
        return void(out = Error{"outbox.changed", before->changed_by + " 在这中间改过", "version", "刷新后再改"});
      if (of.url.empty()) of.url = before->url;
      if (of.secret.empty()) of.secret = before->secret;
    }
    if (auto fine = check_channel(of); !fine.ok()) return void(out = fine.error());
    if (!session.query("SELECT 1 FROM outbox_channels WHERE name = ? AND channel_id <> ?", {of.name, of.id})
             .empty())
      return void(out = Error{"outbox.name", "已经有叫“" + of.name + "”的渠道", "name", "换一个名称"});
    const std::vector<store::Value> values = {
        of.version + 1, of.name,        of.kind,           key.seal(of.url), key.seal(of.secret),
        of.title,       of.text,        joined(of.events), int64_t{of.full}, int64_t{of.consent},
        int64_t{of.on}, doing.at.str(), doing.login};
    if (of.id) {
      auto with = values;
      with.emplace_back(of.id);
      session.exec(
          "UPDATE outbox_channels SET version = ?, name = ?, kind = ?, url = ?, secret = ?, title = ?, text = ?,"
          " events = ?, full_data = ?, consent = ?, is_on = ?, changed_at = ?, changed_by = ? WHERE channel_id = "
          "?",
          with);
    } else {
      session.exec(
          "INSERT INTO outbox_channels (version, name, kind, url, secret, title, text, events, full_data, consent,"
          " is_on, changed_at, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          values);
      of.id = session.query("SELECT channel_id FROM outbox_channels WHERE name = ?", {of.name})[0].integer(0);
    }
    if (doing.also)
      doing.also("outbox.channel", "channel " + std::to_string(of.id),
                 JsonObject{{"name", of.name},
                            {"kind", of.kind},
                            {"address", covered_url(of.url)},
                            {"events", JsonArray(of.events.begin(), of.events.end())},
                            {"full", of.full},
                            {"consent", of.consent},
                            {"on", of.on}});
    out = out_channel(session, key, of.id);
  });
  return out;
}

}  // namespace guanhu::workbench
