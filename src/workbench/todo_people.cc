// Roles as packs write them, and who that is.
#include <algorithm>

#include "workbench/todo_facts.h"

namespace guanhu::workbench {

namespace {

enum class Word { keeper, assistant, self, head, position };

struct RoleWord {
  std::string_view word;
  Word is;
  std::string_view position;
};
// The first that the role's text contains decides: longer words stand before those they hold.
constexpr RoleWord kWords[] = {{"协办", Word::assistant, ""},
                               {"本人", Word::self, ""},
                               {"风险经理", Word::position, "risk_manager"},
                               {"风险管理", Word::position, "risk_manager"},
                               {"会计", Word::position, "accountant"},
                               {"出纳", Word::position, "cashier"},
                               {"柜员", Word::position, "teller"},
                               {"稽核", Word::position, "auditor"},
                               {"审计", Word::position, "auditor"},
                               {"监督", Word::position, "supervisor"},
                               {"人力资源", Word::position, "hr"},
                               {"行领导", Word::position, "executive"},
                               {"分管行长", Word::position, "executive"},
                               {"主办", Word::keeper, ""},
                               {"客户经理", Word::keeper, ""},
                               {"管户", Word::keeper, ""},
                               {"信贷员", Word::keeper, ""},
                               {"信贷人员", Word::keeper, ""},
                               {"责任人", Word::keeper, ""},
                               {"行长", Word::head, ""},
                               {"负责人", Word::head, ""},
                               {"上级", Word::head, ""},
                               {"主任", Word::head, ""},
                               {"领导", Word::head, ""}};

const RoleWord* word_of(const std::string& role) {
  for (const RoleWord& one : kWords)
    if (role.find(one.word) != role.npos) return &one;
  return nullptr;
}

}  // namespace

bool RoleFinder::known(const std::string& role) { return word_of(role) != nullptr; }

bool RoleFinder::in_post(const std::string& staff) const {
  const people::Staff* person = directory_.person(staff);
  return person && people::Directory::in_post(*person, day_);
}

void RoleFinder::index() const {
  if (std::exchange(indexed_, true)) return;
  for (const auto& person : directory_.staff())
    if (people::Directory::in_post(person, day_)) posts_[{person.org, person.position}].push_back(person.id);
}

// In the organisation, else upwards; at the top also anywhere below it.
std::string RoleFinder::nearest(const std::string& org, const std::string& position,
                                const std::string& but) const {
  index();
  auto [kept, fresh] = found_.try_emplace({org + "|" + but, position});
  if (!fresh) return kept->second;
  std::string at = org;
  for (size_t guard = 0; !at.empty() && guard <= directory_.orgs().size(); ++guard) {
    if (auto found = posts_.find({at, position}); found != posts_.end())
      for (const std::string& staff : found->second)
        if (staff != but) return kept->second = staff;
    const people::Org* one = directory_.org(at);
    at = one ? one->parent : "";
  }
  // Departments of the head office lie beside the branches, not above them.
  if (position != "branch_head" && position != "manager")
    for (const auto& [place, people] : posts_)
      if (place.second == position)
        for (const std::string& staff : people)
          if (staff != but) return kept->second = staff;
  return kept->second;
}

std::string RoleFinder::superior(const std::string& staff) const {
  const people::Staff* person = directory_.person(staff);
  if (!person) return "";
  std::string head = nearest(person->org, "branch_head", staff);
  return head.empty() || head == staff ? nearest(person->org, "executive", staff) : head;
}

std::string RoleFinder::find(const std::string& role, const Keepers::Pair& keepers, const std::string& org,
                             const std::string& about) const {
  const RoleWord* word = word_of(role);
  std::string out;
  if (word && word->is == Word::position) out = nearest(org, std::string(word->position), "");
  if (word && word->is == Word::keeper) out = about.empty() ? keepers.main : about;
  if (word && word->is == Word::assistant) out = keepers.assist.empty() ? keepers.main : keepers.assist;
  if (word && word->is == Word::self) out = about.empty() ? keepers.main : about;
  if (!out.empty() && in_post(out)) return out;
  // The head over whom it is about: a head's own matter goes one further up.
  if (!about.empty()) return superior(about);
  std::string head = nearest(org, "branch_head", "");
  return head.empty() ? nearest(org, "executive", "") : head;
}

}  // namespace guanhu::workbench
