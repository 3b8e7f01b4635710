#include "api/telling.h"

#include <map>

#include "workbench/absence.h"
#include "workbench/mail_settings.h"

namespace guanhu::api {

namespace {

workbench::BusinessCalendar calendar_of(Services& s) {
  auto read = workbench::BusinessCalendar::read(s.bank().folder().path());
  return read.ok() ? std::move(*read) : workbench::BusinessCalendar();
}

}  // namespace

int64_t tell_people(Desk& desk, const std::vector<std::string>& people, workbench::MessageAsk ask) {
  const workbench::MessageEvent* event = workbench::message_event(ask.event);
  if (!event) throw base::Broken("no event " + ask.event);
  store::Session& store = desk.store();
  const store::PersonalKey key = desk.services().bank().personal_key();
  const auto settings = workbench::BankSettings::read(store);
  const auto calendar = calendar_of(desk.services());
  const workbench::TodoDoing doing{desk.login(), desk.person(), desk.now(), desk.today(),
                                   [&](const std::string& action, const std::string& subject, base::Json detail) {
                                     desk.audit(action, subject, std::move(detail));
                                   }};
  int64_t told = 0;
  std::vector<std::string> ring;
  store.transaction([&] {
    for (const auto& one : people) {
      ask.person = one, ask.name = desk.name_of(one), ask.org = desk.org_of(one);
      if (!workbench::tell_person({store, key, settings, calendar, doing}, ask)) continue;
      ++told;
      if (workbench::preferences_of(store, one).reaches(*event, "app")) ring.push_back(one);
    }
  });
  if (ring.empty()) return told;
  std::multimap<std::string, std::string> logins;
  for (const auto& login : people::list_logins(store))
    if (!login.disabled) logins.emplace(workbench::person_of(login.login, login.staff_id), login.login);
  for (const auto& one : ring)
    for (auto [at, end] = logins.equal_range(one); at != end; ++at)
      desk.services().notice("user:" + at->second, "info", ask.title, ask.text, ask.link);
  return told;
}

}  // namespace guanhu::api
