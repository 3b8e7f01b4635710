#include "workbench/mail.h"

#include <algorithm>

namespace guanhu::workbench {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using store::Value;

namespace {

constexpr const char* kKind = "letter";
// A draft is a record of its own: whoever gets the letter must not read what its writer struck out.
constexpr const char* kDraft = "letter_draft";

size_t characters(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(),
                                           [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// The first `count` characters, on one line.
std::string excerpt_of(const std::string& text, size_t count) {
  std::string out;
  size_t n = 0;
  for (char c : text) {
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80 && n++ == count) return out + "…";
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return out;
}

Json body_of(const Letter& of) {
  JsonArray links;
  for (const auto& one : of.links)
    links.push_back(JsonObject{{"kind", one.kind}, {"id", one.id}, {"title", one.title}});
  return JsonObject{{"to", to_json(of.to)},      {"cc", to_json(of.cc)},     {"text", of.text},
                    {"links", std::move(links)}, {"reply_to", of.reply_to},  {"forward_of", of.forward_of},
                    {"receipt", of.receipt},     {"important", of.important}};
}

Letter read_letter(store::Session& session, records::Record record) {
  Letter of;
  const Json& body = record.body;
  auto text = [](const Json& from, const char* member) {
    const Json* found = from.find(member);
    return found && found->as_string() ? *found->as_string() : std::string();
  };
  auto number = [&](const char* member) {
    const Json* found = body.find(member);
    return found && found->as_number() ? found->as_number()->to_int64().value_or(0) : 0;
  };
  auto yes = [&](const char* member) {
    const Json* found = body.find(member);
    return found && found->as_bool() && *found->as_bool();
  };
  of.to = addresses_in(body.find("to")), of.cc = addresses_in(body.find("cc"));
  of.subject = record.title, of.text = text(body, "text");
  if (const Json* links = body.find("links"); links && links->as_array())
    for (const Json& one : *links->as_array())
      of.links.push_back({text(one, "kind"), text(one, "id"), text(one, "title")});
  of.reply_to = number("reply_to"), of.forward_of = number("forward_of");
  of.receipt = yes("receipt"), of.important = yes("important");
  for (const auto& file : records::files_of(session, record.id)) of.files.push_back(file.digest);
  for (const auto& row :
       session.query("SELECT thread, sent_at, coalesce(recalled_at, ''), recall_why FROM mail_letters"
                     " WHERE letter_id = ?",
                     {record.id}))
    of.thread = row.integer(0), of.sent_at = row.text(1), of.recalled_at = row.text(2),
    of.recall_why = row.text(3);
  if (of.subject == "（无主题）" && record.state == "draft") of.subject.clear();
  of.record = std::move(record);
  return of;
}

base::Status check_links(const Letter& of) {
  if (of.links.size() > 50) return Error{"mail.link", "最多带 50 个链接", "links", ""};
  for (const auto& one : of.links) {
    const bool page = one.kind == "page" && one.id.starts_with('/') && !one.id.starts_with("//");
    const bool thing = one.kind == "customer" || one.kind == "loan" || one.kind == "account";
    if ((!page && !thing) || one.id.empty() || one.id.size() > 500 || one.title.empty() || one.title.size() > 300)
      return Error{"mail.link", "链接只能指向客户、贷款、账户或本系统的页面", "links", "从页面上选"};
  }
  return {};
}

// What holds for drafts too.
base::Status check_draft(store::Session& session, const Letter& of, const BankSettings& settings,
                         const std::string& person) {
  if (characters(of.subject) > records::kTitleLimit || of.subject.find_first_of("\r\n") != of.subject.npos)
    return Error{"mail.subject", "主题写一行，最多 200 字", "subject", ""};
  if (of.text.size() > kLetterText)
    return Error{"mail.text", "正文太长，最多约两万字", "text", "长的内容放进附件"};
  if (of.to.size() + of.cc.size() > 500) return Error{"mail.people", "收件人栏最多 500 项", "to", "用机构或群组"};
  if (auto fine = check_links(of); !fine.ok()) return fine;
  for (int64_t other : {of.reply_to, of.forward_of})
    if (other && !has_letter(session, other, person))
      return Error{"mail.reply", "要回复或转发的邮件不在您的信箱里", "reply_to", ""};
  int64_t bytes = 0;
  for (const auto& digest : of.files) {
    auto file = records::file(session, digest);
    if (!file.ok()) return file.error();
    bytes += file->size;
  }
  const int64_t most = settings.number("letter_bytes");
  if (bytes > most)
    return Error{"mail.size",
                 "附件合计 " + std::to_string(bytes >> 20) + " MB，最多 " + std::to_string(most >> 20) + " MB",
                 "files", "去掉一些"};
  return {};
}

std::string shown(const std::vector<Address>& addresses) {
  std::string out;
  for (size_t i = 0; i < addresses.size(); ++i) {
    if (i == 5) return out + " 等 " + std::to_string(addresses.size()) + " 项";
    out += (i ? "、" : "") + addresses[i].name;
  }
  return out;
}

// Drafts are not audited: only what is sent is anybody's business.
records::Doing quietly(const TodoDoing& doing) { return {doing.login, doing.at, {}}; }

// The draft of this person; mail.unknown.
base::Result<records::Record> own_draft(store::Session& session, int64_t id, const std::string& person) {
  auto record = records::record(session, kDraft, id);
  if (record.ok() && record->owner == person && record->state == "draft" && !record->removed) return record;
  return Error{"mail.unknown", "没有这封草稿", "", ""};
}

void put_into_boxes(store::Session& session, const Letter& of, const std::vector<std::string>& to,
                    const std::vector<std::string>& cc, const std::string& at) {
  auto put = [&](const std::string& person, const char* side, const char* how, const char* folder, Value read) {
    session.exec(
        "INSERT INTO mail_boxes (letter_id, person, side, how, folder, starred, read_at, sent_at)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (letter_id, person, side) DO NOTHING",
        {of.record.id, person, side, how, folder, std::move(read), at});
  };
  if (of.record.owner != "system") put(of.record.owner, "out", "", "sent", at);
  for (const auto& person : to) put(person, "in", "to", "inbox", Value());
  for (const auto& person : cc) put(person, "in", "cc", "inbox", Value());
}

void put_letter(store::Session& session, const Letter& of, const std::string& at) {
  int64_t thread = of.record.id;
  if (int64_t before = of.reply_to ? of.reply_to : of.forward_of) {
    auto rows = session.query("SELECT thread FROM mail_letters WHERE letter_id = ?", {before});
    // What is handed on is a conversation of its own: others than before have it.
    if (!rows.empty() && of.reply_to) thread = rows[0].integer(0);
  }
  session.exec(
      "INSERT INTO mail_letters (letter_id, thread, sender, sent_at, subject, excerpt, shown_to, important, "
      "receipt,"
      " files, recall_why) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
      {of.record.id, thread, of.record.owner, at, of.subject, excerpt_of(of.text, 80), shown(of.to),
       int64_t{of.important}, int64_t{of.receipt}, static_cast<int64_t>(of.files.size())});
}

}  // namespace

base::Result<Letter> save_draft(store::Session& session, const Letter& ask, const BankSettings& settings,
                                const TodoDoing& doing) {
  if (auto fine = check_draft(session, ask, settings, doing.person); !fine.ok()) return fine.error();
  records::Record record = ask.record;
  if (record.id) {
    auto before = own_draft(session, record.id, doing.person);
    if (!before.ok()) return before.error();
  }
  record.kind = kDraft, record.state = "draft", record.owner = doing.person;
  record.title = ask.subject.empty() ? "（无主题）" : ask.subject, record.body = body_of(ask);
  records::Change change{record, "letter.draft"};
  change.words = ask.text, change.files = ask.files;
  auto kept = records::write(session, change, quietly(doing));
  if (!kept.ok()) return kept.error();
  return read_letter(session, std::move(*kept));
}

base::Status discard_draft(store::Session& session, int64_t id, const TodoDoing& doing) {
  auto draft = own_draft(session, id, doing.person);
  if (!draft.ok()) return draft.error();
  auto gone = records::remove(session, id, draft->version, "letter.discard", "", quietly(doing));
  return gone.ok() ? base::Status() : base::Status(gone.error());
}

base::Result<Letter> send_letter(store::Session& session, int64_t id, int64_t version, const AddressBook& book,
                                 const BankSettings& settings, const TodoDoing& doing) {
  auto draft = own_draft(session, id, doing.person);
  if (!draft.ok()) return draft.error();
  Letter of = read_letter(session, *draft);
  if (of.subject.empty()) return Error{"mail.subject", "还没有写主题", "subject", ""};
  if (of.text.empty() && of.files.empty()) return Error{"mail.text", "还没有写正文", "text", ""};
  if (of.to.empty()) return Error{"mail.to", "还没有收件人", "to", "从通讯录里选"};
  if (auto fine = check_draft(session, of, settings, doing.person); !fine.ok()) return fine.error();
  auto to = book.people_of(of.to);
  if (!to.ok()) return Error{to.error().code, to.error().message, "to", to.error().hint};
  auto cc = book.people_of(of.cc);
  if (!cc.ok()) return Error{cc.error().code, cc.error().message, "cc", cc.error().hint};
  const auto most = static_cast<size_t>(settings.number("letter_people"));
  if (to->size() + cc->size() > most)
    return Error{
        "mail.people",
        "这封邮件要发给 " + std::to_string(to->size() + cc->size()) + " 人，最多 " + std::to_string(most) + " 人",
        "to", "面向很多人的事发通知"};
  records::Record spent = *draft, record;
  spent.version = version, spent.state = "sent";
  record.kind = kKind, record.state = "sent", record.owner = doing.person, record.org = draft->org;
  record.title = of.subject, record.body = body_of(of);
  records::Doing writing{doing.login, doing.at, [&](const records::Record& written, const std::string&) {
                           of.record = written;
                           put_letter(session, of, doing.at.str());
                           put_into_boxes(session, of, *to, *cc, doing.at.str());
                           if (doing.also)
                             doing.also(
                                 "letter.send", "letter " + std::to_string(written.id),
                                 JsonObject{{"to", to->size()}, {"cc", cc->size()}, {"files", of.files.size()}});
                         }};
  base::Result<records::Record> sent = spent;
  session.transaction([&] {
    sent = records::write_in(session, {spent, "letter.sent", "", " ", {}}, quietly(doing));
    if (sent.ok()) sent = records::write_in(session, {record, "letter.send", "", of.text, of.files}, writing);
  });
  if (!sent.ok()) return sent.error();
  return *letter_for(session, sent->id, doing.person);
}

bool send_system_letter(store::Session& session, const std::string& key, const std::string& person,
                        const std::string& subject, const std::string& text, const std::string& link,
                        const TodoDoing& doing) {
  if (records::with_key(session, kKind, key)) return false;
  Letter of;
  of.to = {{"person", person, person}}, of.subject = subject, of.text = text;
  if (!link.empty()) of.links = {{"page", link, "打开"}};
  records::Record record;
  record.kind = kKind, record.key = key, record.state = "sent", record.owner = "system";
  record.title = excerpt_of(subject, 190), record.body = body_of(of);
  records::Change change{record, "letter.send"};
  change.words = text;
  records::Doing writing{doing.login, doing.at, [&](const records::Record& written, const std::string&) {
                           of.record = written;
                           put_letter(session, of, doing.at.str());
                           put_into_boxes(session, of, {person}, {}, doing.at.str());
                         }};
  return records::write_in(session, change, writing).ok();
}

Letter answer_to(const Letter& of, const std::string& person, const std::string& person_name,
                 const std::string& sender_name, const std::string& how) {
  Letter out;
  const bool forward = how == "forward";
  const std::string mark = forward ? "转发：" : "回复：";
  out.subject = of.subject.starts_with(mark) ? of.subject : mark + of.subject;
  if (characters(out.subject) > records::kTitleLimit)
    out.subject = excerpt_of(out.subject, records::kTitleLimit - 1);
  std::string quoted;
  for (size_t at = 0; at <= of.text.size();) {
    const size_t end = std::min(of.text.find('\n', at), of.text.size());
    quoted += "\n> " + of.text.substr(at, end - at);
    at = end + 1;
  }
  out.text = "\n\n" + sender_name + " 于 " + of.sent_at.substr(0, 10) + " 写道：" + quoted;
  if (out.text.size() > kLetterText / 2) out.text.clear();
  (forward ? out.forward_of : out.reply_to) = of.record.id;
  if (forward) {
    out.files = of.files, out.links = of.links;
    return out;
  }
  // One's own letter is answered to those it went to.
  if (of.record.owner == person) out.to = of.to;
  else out.to = {{"person", of.record.owner, sender_name}};
  if (how != "reply_all") return out;
  auto add = [&](const std::vector<Address>& some, std::vector<Address>& into) {
    for (const Address& one : some)
      if (!(one.kind == "person" && (one.id == person || one.id == of.record.owner || one.name == person_name)) &&
          one.kind != "group" && std::find(into.begin(), into.end(), one) == into.end())
        into.push_back(one);
  };
  if (of.record.owner != person) add(of.to, out.to);
  add(of.cc, out.cc);
  return out;
}

bool has_letter(store::Session& session, int64_t id, const std::string& person) {
  return !session
              .query("SELECT 1 FROM mail_boxes WHERE letter_id = ? AND person = ? AND folder <> 'gone'",
                     {id, person})
              .empty();
}

std::optional<Letter> letter_for(store::Session& session, int64_t id, const std::string& person) {
  auto record = records::record(session, id);
  if (!record.ok() || record->removed) return std::nullopt;
  const bool mine = record->kind == kKind
                        ? has_letter(session, id, person)
                        : record->kind == kDraft && record->state == "draft" && record->owner == person;
  if (!mine) return std::nullopt;
  return read_letter(session, std::move(*record));
}

std::vector<Letter> drafts_of(store::Session& session, const std::string& person) {
  records::Filter filter;
  filter.kinds = {kDraft}, filter.owners = {person}, filter.states = {"draft"};
  std::vector<Letter> out;
  for (auto& record : records::list(session, filter)) out.push_back(read_letter(session, std::move(record)));
  std::sort(out.begin(), out.end(),
            [](const Letter& a, const Letter& b) { return a.record.changed_at > b.record.changed_at; });
  return out;
}

}  // namespace guanhu::workbench
