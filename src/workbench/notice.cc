#include "workbench/notice.h"

#include <algorithm>

namespace guanhu::workbench {

using base::Date;
using base::Error;
using base::Json;
using base::JsonObject;
using store::Value;

namespace {

constexpr const char* kKind = "notice";
constexpr size_t kText = 128 * 1024;  // bytes

Json body_of(const Notice& of) {
  return JsonObject{{"text", of.text},
                    {"importance", of.importance},
                    {"audience", to_json(of.audience)},
                    {"pinned", of.pinned},
                    {"must_know", of.must_know},
                    {"know_by", of.know_by ? Json(of.know_by->str()) : Json()},
                    {"edition", of.edition},
                    {"check_roles", of.check_roles},
                    {"check_pack", of.check_pack},
                    {"check_article", of.check_article},
                    {"maker", of.maker},
                    {"checker", of.checker},
                    {"published_at", of.published_at},
                    {"why", of.why}};
}

records::Doing audited(const TodoDoing& doing, const Notice& of) {
  return {doing.login, doing.at, [&doing, &of](const records::Record& record, const std::string& action) {
            if (doing.also)
              doing.also(action, "notice " + std::to_string(record.id),
                         JsonObject{{"version", record.version},
                                    {"state", record.state},
                                    {"edition", of.edition},
                                    {"must_know", of.must_know}});
          }};
}

base::Result<Notice> write(store::Session& session, Notice of, const char* action, const std::string& why,
                           const TodoDoing& doing) {
  of.record.kind = kKind, of.record.title = of.title, of.record.body = body_of(of);
  records::Change change{of.record, action, why, of.text, of.files};
  auto kept = records::write(session, change, audited(doing, of));
  if (!kept.ok()) return kept.error();
  return read_notice(session, std::move(*kept));
}

base::Status check_days(const Notice& of) {
  if (!of.record.day || !of.record.until || *of.record.until < *of.record.day)
    return Error{"notice.days", "起止日期不对", "until", "止日不早于起日"};
  if (*of.record.until - *of.record.day > 3660) return Error{"notice.days", "有效期最长十年", "until", ""};
  if (!of.must_know) return {};
  if (!of.know_by || *of.know_by < *of.record.day || *of.record.until < *of.know_by)
    return Error{"notice.know_by", "阅知期限要在有效期以内", "know_by", ""};
  return {};
}

base::Status check(const Notice& of, const AddressBook& book) {
  const auto blank = [](const std::string& text) { return text.find_first_not_of(" \n\r\t") == text.npos; };
  if (blank(of.title)) return Error{"notice.title", "还没有写标题", "title", ""};
  if (blank(of.text)) return Error{"notice.text", "还没有写正文", "text", ""};
  if (of.text.size() > kText) return Error{"notice.text", "正文最多约四万字", "text", "长的内容放进附件"};
  if (of.importance != "normal" && of.importance != "important" && of.importance != "urgent")
    return Error{"notice.importance", "重要程度是 normal、important 或 urgent", "importance", ""};
  if (of.audience.empty() || of.audience.size() > 500)
    return Error{"notice.audience", "还没有说发给谁", "audience", "选机构、角色、小组或全行"};
  for (const Address& one : of.audience)
    if (one.kind == "group" || book.name_of(one).empty())
      return Error{"notice.audience", "“" + (one.name.empty() ? one.id : one.name) + "”不在通讯录里", "audience",
                   "从通讯录里选"};
  return check_days(of);
}

// In one of the states; notice.unknown, notice.state.
base::Result<Notice> held(store::Session& session, int64_t id, std::initializer_list<const char*> states) {
  auto of = notice(session, id);
  if (!of) return Error{"notice.unknown", "没有这份通知", "", ""};
  for (const char* state : states)
    if (of->record.state == state) return *of;
  return Error{"notice.state", "这份通知现在不能这样做", "state", "刷新后再看"};
}

bool written(const std::string& why) { return !why.empty() && why.size() <= 2000; }

}  // namespace

Notice read_notice(store::Session& session, records::Record record) {
  Notice of;
  const Json& body = record.body;
  auto text = [&](const char* member) {
    const Json* found = body.find(member);
    return found && found->as_string() ? *found->as_string() : std::string();
  };
  auto yes = [&](const char* member) {
    const Json* found = body.find(member);
    return found && found->as_bool() && *found->as_bool();
  };
  of.title = record.title, of.text = text("text"), of.importance = text("importance");
  of.audience = addresses_in(body.find("audience"));
  of.pinned = yes("pinned"), of.must_know = yes("must_know");
  of.know_by = Date::parse(text("know_by"));
  if (const Json* edition = body.find("edition"); edition && edition->as_number())
    of.edition = edition->as_number()->to_int64().value_or(0);
  of.check_roles = text("check_roles"), of.check_pack = text("check_pack"),
  of.check_article = text("check_article");
  of.maker = text("maker"), of.checker = text("checker"), of.published_at = text("published_at"),
  of.why = text("why");
  for (const auto& file : records::files_of(session, record.id)) of.files.push_back(file.digest);
  of.record = std::move(record);
  return of;
}

std::optional<Notice> notice(store::Session& session, int64_t id) {
  auto record = records::record(session, kKind, id);
  if (!record.ok() || record->removed) return std::nullopt;
  return read_notice(session, std::move(*record));
}

std::vector<Notice> notices(store::Session& session, const std::vector<std::string>& states) {
  records::Filter filter;
  filter.kinds = {kKind}, filter.states = states, filter.limit = 2000;
  std::vector<Notice> out;
  for (auto& record : records::list(session, filter)) out.push_back(read_notice(session, std::move(record)));
  return out;
}

base::Result<Notice> save_notice(store::Session& session, const Notice& ask, bool ask_again,
                                 const AddressBook& book, const TodoDoing& doing) {
  Notice of = ask;
  for (Address& one : of.audience)
    if (auto name = book.name_of(one); !name.empty()) one.name = name;
  if (auto fine = check(of, book); !fine.ok()) return fine.error();
  of.maker = doing.login, of.checker.clear(), of.why.clear(), of.published_at.clear();
  of.record.state = "draft", of.record.owner = doing.person, of.edition = 1;
  if (of.record.id) {
    auto before = held(session, of.record.id, {"draft", "published"});
    if (!before.ok()) return before;
    // Somebody else's must not be made one's own by a change.
    if (before->record.owner != doing.person) return Error{"notice.unknown", "没有这份通知", "", ""};
    of.record.org = before->record.org, of.published_at = before->published_at;
    // A changed one is not what was agreed to: it is a draft until it is published again.
    of.edition = before->edition + (before->published_at.empty() || !ask_again ? 0 : 1);
  }
  return write(session, std::move(of), "notice.write", "", doing);
}

base::Result<Notice> publish_notice(store::Session& session, int64_t id, int64_t version, const NoticeCheck& check,
                                    const TodoDoing& doing) {
  auto of = held(session, id, {"draft"});
  if (!of.ok()) return of;
  if (of->record.owner != doing.person) return Error{"notice.unknown", "没有这份通知", "", ""};
  of->record.version = version;
  of->check_roles = check.roles, of->check_pack = check.pack, of->check_article = check.article, of->why.clear();
  if (!check.roles.empty()) {
    of->record.state = "proposed";
    return write(session, std::move(*of), "notice.propose", "", doing);
  }
  of->record.state = "published", of->published_at = doing.at.str();
  return write(session, std::move(*of), "notice.publish", "", doing);
}

base::Result<Notice> check_notice(store::Session& session, int64_t id, bool agreed, const std::string& why,
                                  bool fits, const TodoDoing& doing) {
  auto of = held(session, id, {"proposed"});
  if (!of.ok()) return of;
  if (of->maker == doing.login)
    return Error{"notice.same", "自己拟的通知要由别人复核", "", "请有复核权限的另一个人办"};
  if (!fits) return Error{"notice.role", "要由" + of->check_roles + "复核", "", ""};
  if (!agreed && !written(why)) return Error{"todo.reason", "写明为什么退回", "reason", ""};
  of->checker = doing.login, of->why = agreed ? "" : why;
  of->record.state = agreed ? "published" : "draft";
  if (agreed) of->published_at = doing.at.str();
  return write(session, std::move(*of), agreed ? "notice.approve" : "notice.refuse", why, doing);
}

base::Result<Notice> withdraw_notice(store::Session& session, int64_t id, const std::string& why,
                                     const TodoDoing& doing) {
  if (!written(why)) return Error{"todo.reason", "写明为什么撤下", "reason", ""};
  auto of = held(session, id, {"published", "proposed", "draft"});
  if (!of.ok()) return of;
  of->record.state = "withdrawn", of->why = why;
  return write(session, std::move(*of), "notice.withdraw", why, doing);
}

NoticeReading reading_of(store::Session& session, int64_t id, const std::string& person) {
  auto rows = session.query(
      "SELECT seen_at, coalesce(known_at, ''), edition FROM notice_reads"
      " WHERE notice_id = ? AND person = ?",
      {id, person});
  return rows.empty() ? NoticeReading{} : NoticeReading{rows[0].text(0), rows[0].text(1), rows[0].integer(2)};
}

std::map<std::string, NoticeReading> readings_of(store::Session& session, int64_t id) {
  std::map<std::string, NoticeReading> out;
  for (const auto& row : session.query("SELECT person, seen_at, coalesce(known_at, ''), edition FROM notice_reads"
                                       " WHERE notice_id = ?",
                                       {id}))
    out[row.text(0)] = {row.text(1), row.text(2), row.integer(3)};
  return out;
}

void see_notice(store::Session& session, int64_t id, const std::string& person, base::Instant at) {
  session.exec(
      "INSERT INTO notice_reads (notice_id, person, seen_at, known_at, edition) VALUES (?, ?, ?, NULL, 0)"
      " ON CONFLICT (notice_id, person) DO NOTHING",
      {id, person, at.str()});
}

base::Status know_notice(store::Session& session, const Notice& of, const TodoDoing& doing) {
  if (of.record.state != "published") return Error{"notice.state", "这份通知现在不能阅知", "state", "刷新后再看"};
  base::Status out;
  session.transaction([&] {
    see_notice(session, of.record.id, doing.person, doing.at);
    if (session.exec("UPDATE notice_reads SET known_at = ?, edition = ? WHERE notice_id = ? AND person = ?"
                     " AND edition < ?",
                     {doing.at.str(), of.edition, of.record.id, doing.person, of.edition}) != 1) {
      out = Error{"notice.known", "您已经阅知过", "", ""};
      return;
    }
    if (doing.also)
      doing.also("notice.know", "notice " + std::to_string(of.record.id), JsonObject{{"edition", of.edition}});
  });
  return out;
}

std::vector<NoticeReminder> reminders_of(store::Session& session, int64_t id) {
  std::vector<NoticeReminder> out;
  for (const auto& row : session.query(
           "SELECT at, actor, people FROM notice_reminders WHERE notice_id = ? ORDER BY reminder_id", {id}))
    out.push_back({row.text(0), row.text(1), row.integer(2)});
  return out;
}

void keep_reminder(store::Session& session, int64_t id, int64_t people, const TodoDoing& doing) {
  session.exec("INSERT INTO notice_reminders (notice_id, at, actor, people) VALUES (?, ?, ?, ?)",
               {id, doing.at.str(), doing.login, people});
}

}  // namespace guanhu::workbench
