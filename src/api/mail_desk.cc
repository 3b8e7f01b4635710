#include "api/mail_desk.h"

#include <algorithm>

#include "api/telling.h"
#include "people/teams.h"
#include "workbench/absence.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

workbench::TodoDoing MailDesk::doing() {
  return {login(), person(), now(), today(),
          [this](const std::string& action, const std::string& subject, Json detail) {
            audit(action, subject, std::move(detail));
          }};
}

const workbench::AddressBook& MailDesk::book() {
  if (book_) return *book_;
  book_.emplace(directory(), people::list_logins(store()), today());
  for (const auto& team : people::teams(store())) {
    workbench::AddressBook::Team out{team.name, {}};
    for (const auto* member : team.on(today())) out.people.push_back(member->staff);
    if (!out.people.empty()) book_->add_team(std::to_string(team.id), std::move(out));
  }
  for (const auto& group : workbench::mail_groups(store(), person()))
    book_->add_group(std::to_string(group.id), group.name, group.members);
  return *book_;
}

const workbench::BankSettings& MailDesk::settings() {
  if (!settings_) settings_ = workbench::BankSettings::read(store());
  return *settings_;
}

const workbench::BusinessCalendar& MailDesk::calendar() {
  if (!calendar_) {
    auto read = workbench::BusinessCalendar::read(services().bank().folder().path());
    calendar_ = read.ok() ? *read : workbench::BusinessCalendar();
  }
  return *calendar_;
}

std::string MailDesk::shown(const std::string& of) const { return of == "system" ? "系统" : name_of(of); }

std::optional<std::string> MailDesk::whose(const std::string& wanted) {
  if (wanted.empty() || wanted == person()) return person();
  const auto all = workbench::stands_in_for(store(), person(), today());
  const bool away = std::find(all.begin(), all.end(), wanted) != all.end();
  if (!away || !workbench::preferences_of(store(), wanted).let_substitute) return std::nullopt;
  return wanted;
}

int64_t MailDesk::tell(const std::vector<std::string>& to, workbench::MessageAsk ask) {
  return tell_people(*this, to, std::move(ask));
}

Json MailDesk::files_json(const std::vector<std::string>& digests) {
  JsonArray out;
  for (const auto& digest : digests)
    if (auto of = records::file(store(), digest); of.ok())
      out.push_back(JsonObject{{"digest", of->digest},
                               {"name", of->name},
                               {"type", of->type},
                               {"size", of->size},
                               {"at", of->at},
                               {"by", of->by}});
  return out;
}

base::Status MailDesk::may_attach(const std::vector<std::string>& digests) {
  for (const auto& digest : digests) {
    auto of = records::file(store(), digest);
    bool sees_it = of.ok() && of->by == login();
    if (of.ok() && !sees_it)
      for (int64_t id : records::records_with(store(), digest)) {
        auto found = records::record(store(), id);
        if (found.ok() && sees(*found)) sees_it = true;
      }
    if (!sees_it) return base::Error{"record.file", "没有这个附件", "files", "先上传，再附上"};
  }
  return {};
}

Refusal mail_refusal(const base::Error& error) {
  Refusal out = record_refusal(error);
  for (const char* meanwhile : {"outbox.changed", "outbox.state", "notice.state", "notice.known", "notice.same",
                                "mail.recalled", "outbox.consent.same"})
    if (error.code == meanwhile) out.status = 409;
  return out;
}

std::optional<int64_t> mail_part(const Call& call, const char* part) {
  const std::string& text = call.part(part);
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  return std::stoll(text);
}

std::vector<std::string> mail_texts(const Call& call, const char* member) {
  std::vector<std::string> out;
  const Json* list = call.body.find(member);
  if (list && list->as_array())
    for (const Json& one : *list->as_array())
      if (one.as_string()) out.push_back(*one.as_string());
  return out;
}

bool mail_true(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_bool() && *value->as_bool();
}

int64_t mail_number(const Call& call, const char* member) {
  const Json* value = call.body.find(member);
  return value && value->as_number() ? value->as_number()->to_int64().value_or(0) : 0;
}

Table mail_endpoints() {
  Table out;
  for (auto part :
       {letter_endpoints, notice_endpoints, message_endpoints, outbox_endpoints, outbox_channel_endpoints}) {
    Table some = part();
    std::move(some.begin(), some.end(), std::back_inserter(out));
  }
  return out;
}

// A letter is seen by those who have it, whatever the role of who asks; a draft by its writer. A notice by those
// it is for and those who make, check or watch notices.
std::vector<RecordKind> mail_kinds() {
  using records::Record;
  RecordKind letter{"letter", "邮件", "/mail/{id}", people::Permission::mail_use};
  letter.sees = [](Desk& desk, const Record& of) {
    return workbench::has_letter(desk.store(), of.id, desk.person());
  };
  RecordKind draft{"letter_draft", "邮件草稿", "/mail/write/{id}", people::Permission::mail_use};
  draft.sees = [](Desk& desk, const Record& of) { return of.owner == desk.person() && of.state == "draft"; };
  RecordKind notice{"notice", "通知", "/notices/{id}", people::Permission::mail_use};
  notice.sees = [](Desk& desk, const Record& of) {
    if (of.owner == desk.person()) return true;
    if (of.state == "proposed") return desk.can(people::Permission::notice_check);
    if (of.state != "published" || !of.day || desk.today() < *of.day) return false;
    const workbench::Notice read = workbench::read_notice(desk.store(), of);
    if (desk.reaches(people::Permission::notice_write, of.owner, of.org)) return true;
    workbench::AddressBook book(desk.directory(), people::list_logins(desk.store()), desk.today());
    return book.meant(read.audience, desk.person());
  };
  return {letter, draft, notice};
}

}  // namespace guanhu::api
