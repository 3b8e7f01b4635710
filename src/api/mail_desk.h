// What the handlers of letters, notices and what goes out share.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "api/desk.h"
#include "workbench/mail.h"
#include "workbench/message.h"
#include "workbench/notice.h"
#include "workbench/outbox.h"

namespace guanhu::api {

class MailDesk : public Desk {
 public:
  MailDesk(Services& services, const Call& call) : Desk(services, call) {}

  workbench::TodoDoing doing();
  // With the asker's own groups.
  const workbench::AddressBook& book();
  const workbench::BankSettings& settings();
  const workbench::BusinessCalendar& calendar();
  store::PersonalKey key() { return services().bank().personal_key(); }
  // "系统" for what the program says.
  std::string shown(const std::string& person) const;
  // Whose letters are looked at: the asker's, or of somebody away that let his substitute read them.
  std::optional<std::string> whose(const std::string& wanted);
  // The permission `mail.use` of the person whose letter this is.
  bool reads(const std::string& owner);

  // Tells people by the ways each of them wishes; the bell rings at once. Makes its own transaction. How many.
  int64_t tell(const std::vector<std::string>& people, workbench::MessageAsk ask);
  base::Json files_json(const std::vector<std::string>& digests);
  // Files the asker brought, or that hang on something he sees. Refused: record.file.
  base::Status may_attach(const std::vector<std::string>& digests);

 private:
  std::optional<workbench::AddressBook> book_;
  std::optional<workbench::BankSettings> settings_;
  std::optional<workbench::BusinessCalendar> calendar_;
};

// 404 for what is unknown, 409 for what happened meanwhile, else 422 with the field.
Refusal mail_refusal(const base::Error& error);
std::optional<int64_t> mail_part(const Call& call, const char* part);
std::vector<std::string> mail_texts(const Call& call, const char* member);
bool mail_true(const Call& call, const char* member);
int64_t mail_number(const Call& call, const char* member);  // 0 when absent
inline base::Json mail_maybe(const std::string& text) { return text.empty() ? base::Json() : base::Json(text); }

// Parts of mail_endpoints().
Table letter_endpoints();
Table notice_endpoints();
Table message_endpoints();
Table outbox_endpoints();
Table outbox_channel_endpoints();

}  // namespace guanhu::api
