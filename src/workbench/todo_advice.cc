#include "workbench/todo_advice.h"

#include <algorithm>

#include "people/teams.h"
#include "workbench/consult.h"
#include "workbench/expense.h"
#include "workbench/favour.h"
#include "workbench/product.h"
#include "workbench/todo_facts.h"

namespace guanhu::workbench {

using base::Date;
using people::Permission;

namespace {

constexpr size_t kMost = 20'000;

std::vector<records::Record> waiting(store::Session& session, const char* kind, std::vector<std::string> states) {
  records::Filter filter;
  filter.kinds = {kind}, filter.states = std::move(states), filter.limit = kMost;
  return records::list(session, filter);
}

// Whether what belongs to `owner` in `org` is reached by the login's scope of the permission.
bool reached(const people::Directory& directory, const people::Login& login, Permission permission,
             const std::string& own_org, const std::string& org) {
  const people::Scope wide = people::scope_of(login.roles, permission);
  if (wide == people::Scope::bank) return true;
  return wide >= people::Scope::branch && !own_org.empty() &&
         directory.branch_of(org) == directory.branch_of(own_org);
}

}  // namespace

std::string answerer_of(const Suggestion& suggestion, const people::Directory& directory, const RoleFinder& finder,
                        Date today) {
  std::string who = suggestion.to_person;
  const people::Staff* named = directory.person(who);
  if (!named || !people::Directory::in_post(*named, today))
    who = finder.find("单位负责人", {}, suggestion.to_org, "");
  return who == suggestion.record.owner ? finder.superior(who) : who;
}

AdviceWaiting::AdviceWaiting(store::Session& session, const people::Directory& directory, const RoleFinder& finder,
                             Date today)
    : directory_(directory), today_(today) {
  suggestions(session, finder);
  favours(session, finder);
  expenses(session, finder);
  consults(session, finder);
  products(session);
  bool for_teams = false;
  for (const auto& record : waiting(session, kSurvey, {"running"})) {
    Survey survey = survey_of(record);
    if (!survey.answerable(today)) continue;
    for (const Address& to : survey.audience) for_teams = for_teams || to.kind == "team";
    done_.push_back(answered_by(session, record.id));
    std::sort(done_.back().begin(), done_.back().end());
    surveys_.push_back(std::move(survey));
  }
  if (!for_teams) return;
  for (const auto& team : people::teams(session)) {
    AddressBook::Team of{team.name, {}};
    for (const auto* member : team.on(today)) of.people.push_back(member->staff);
    teams_.emplace_back(std::to_string(team.id), std::move(of));
  }
}

// MKT-630, MKT-631: who must answer has it until it is answered; past its day his superior has it too.
void AdviceWaiting::suggestions(store::Session& session, const RoleFinder& finder) {
  for (const auto& record : waiting(session, kSuggestion, {"submitted", "taken", "accepted"})) {
    const Suggestion s = suggestion_of(record);
    const std::string id = std::to_string(record.id), link = "/suggestions/" + id;
    const std::string who = answerer_of(s, directory_, finder, today_);
    AdviceWait one{"suggestion", who, s.to_org, record.owner, record.made_by, Permission::suggestion_answer};
    one.link = link;
    if (!s.open()) {
      one.who = s.answered_by, one.object = id + "-do", one.title = "采纳的建议要做好：" + record.title;
      one.due = s.do_by;
      all_.push_back(one);
      continue;
    }
    one.object = id + "-answer", one.title = "建议待答复：" + record.title, one.due = record.until;
    one.urgent = today_ > *record.until;
    all_.push_back(one);
    if (today_ < s.rules.tell_above || who.empty()) continue;
    one.who = finder.superior(who);
    if (one.who.empty() || one.who == record.owner) continue;
    one.object = id + "-above", one.title = "下级逾期没有答复的建议：" + record.title, one.urgent = true;
    all_.push_back(one);
  }
}

void AdviceWaiting::favours(store::Session& session, const RoleFinder& finder) {
  for (const auto& record : waiting(session, kFavour, {"asked"})) {
    const Favour f = favour_of(record);
    AdviceWait one{"favour", "", record.org, record.owner, record.made_by, Permission::favour_decide};
    if (f.level == "branch") one.who = finder.superior(record.owner);
    else one.bank_wide = true;
    one.object = std::to_string(record.id), one.title = "通融待决定：" + record.title;
    one.link = "/favours?open=" + one.object;
    all_.push_back(one);
  }
  for (const auto& record : waiting(session, kFavourPowers, {"proposed"})) {
    AdviceWait one{"favour", "", record.org, record.owner, record.made_by, Permission::favour_decide};
    one.bank_wide = true, one.object = "powers-" + std::to_string(record.id);
    one.title = "通融权限待复核：" + record.title, one.link = "/favours?tab=powers", one.due = record.day;
    all_.push_back(one);
  }
}

// PAY-601: a second person, and the one it was given back to.
void AdviceWaiting::expenses(store::Session& session, const RoleFinder& finder) {
  for (const auto& record : waiting(session, kExpense, {"submitted", "returned"})) {
    AdviceWait one{"expense", "", record.org, record.owner, record.made_by, Permission::expense_check};
    const std::string id = std::to_string(record.id);
    one.link = "/expenses?open=" + id;
    one.who = record.state == "returned" ? record.owner : finder.superior(record.owner);
    one.object = id + "-" + record.state;
    one.title = (record.state == "returned" ? "费用被退回：" : "费用待复核：") + record.title;
    all_.push_back(one);
  }
}

// MKT-315, MKT-624: the department helps, the manager comes back to the customer.
void AdviceWaiting::consults(store::Session& session, const RoleFinder& finder) {
  for (const auto& record : waiting(session, kConsult, {"open", "helped"})) {
    const Consult c = consult_of(record);
    const std::string id = std::to_string(record.id);
    AdviceWait one{"consult", record.owner, record.org, record.owner, record.made_by, std::nullopt};
    one.object = id + "-tell", one.title = "回复客户：" + record.title, one.due = record.until;
    one.link = "/knowledge?tab=questions&open=" + id;
    all_.push_back(one);
    if (record.state != "open" || c.help_org.empty()) continue;
    const people::Staff* named = directory_.person(c.help_person);
    one.who = named && people::Directory::in_post(*named, today_) ? c.help_person
                                                                  : finder.find("单位负责人", {}, c.help_org, "");
    if (one.who.empty() || one.who == record.owner) continue;
    one.object = id + "-help", one.title = "请帮客户经理解决：" + record.title;
    all_.push_back(one);
  }
}

void AdviceWaiting::products(store::Session& session) {
  for (const auto& record : waiting(session, kProduct, {"proposed"})) {
    AdviceWait one{
        "product", "", record.org, record.owner, product_of(record).proposed_by, Permission::campaign_check};
    one.bank_wide = true, one.object = std::to_string(record.id), one.title = "产品待复核：" + record.title;
    one.link = "/knowledge?open=" + one.object;
    all_.push_back(one);
  }
}

std::vector<AdviceWait> AdviceWaiting::of(const people::Login& login, const std::string& person,
                                          const std::string& org) const {
  std::vector<AdviceWait> out;
  for (const AdviceWait& one : all_) {
    bool mine = one.who == person && !one.who.empty();
    if (one.who.empty() && one.may && one.maker != login.login && one.owner != person) {
      const people::Scope wide = people::scope_of(login.roles, *one.may);
      mine = one.bank_wide ? wide == people::Scope::bank : reached(directory_, login, *one.may, org, one.org);
    }
    if (mine) out.push_back(one);
  }
  if (surveys_.empty()) return out;
  AddressBook book(directory_, {login}, today_);
  for (const auto& [id, team] : teams_) book.add_team(id, team);
  for (size_t i = 0; i < surveys_.size(); ++i) {
    const Survey& survey = surveys_[i];
    if (!book.meant(survey.audience, person) || std::binary_search(done_[i].begin(), done_[i].end(), person))
      continue;
    AdviceWait one{"survey", person, survey.record.org, survey.record.owner, "", std::nullopt};
    one.object = std::to_string(survey.record.id), one.title = "问卷待答：" + survey.record.title;
    one.link = "/surveys/" + one.object, one.due = survey.record.until;
    out.push_back(one);
  }
  return out;
}

}  // namespace guanhu::workbench
