#include "appraisal/assess_pairs.h"

#include <algorithm>
#include <map>

#include "base/digest.h"

namespace guanhu::appraisal {

using people::Directory;
using people::Staff;

namespace {

constexpr size_t kMostForms = 100'000;
constexpr size_t kReserves = 10;

// Whose word counts as a superior's where the plan names no positions.
bool heads(const Staff& person) { return person.position == "branch_head" || person.position == "executive"; }

bool named(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

class Pairer {
 public:
  Pairer(const PlanSpec& spec, const Directory& directory, base::Date day, const Kin& kin, const std::string& seed)
      : spec_(spec), directory_(directory), day_(day), kin_(kin), seed_(seed) {
    for (const Staff& person : directory.staff()) {
      if (!Directory::in_post(person, day)) continue;
      present_.push_back(&person);
      branch_[person.id] = directory.branch_of(person.org);
      in_branch_[branch_[person.id]].push_back(person.id);
      in_org_[person.org].push_back(&person);
    }
    for (const AssessorGroup& group : spec.groups) {
      auto who = group.who.empty() ? std::vector<std::string>() : selected(group.who, directory, day);
      allowed_.emplace_back(who.begin(), who.end());
    }
    for (const Staff* person : present_)
      for (const std::string& head : line(*person, {}, true)) below_[head].push_back(person->id);
  }

  base::Result<Pairing> run() {
    Pairing out;
    out.assessed = selected(spec_.assessed, directory_, day_);
    for (const std::string& id : out.assessed) {
      const Staff* person = directory_.person(id);
      std::set<std::string> taken = {id};  // QUA-607: nobody himself, nobody twice
      for (size_t g = 0; g < spec_.groups.size(); ++g) choose(*person, g, taken, out);
      if (out.pairs.size() > kMostForms)
        return base::Error{"assess.size", "这个计划要生成的考核表超过 " + std::to_string(kMostForms) + " 张",
                           "groups", "给人多的组写上 most，或分成几个计划"};
    }
    return out;
  }

 private:
  // Superiors from the nearest organisation upwards; with `nearest` only those of the first that has one.
  std::vector<std::string> line(const Staff& person, const std::vector<std::string>& positions, bool nearest) {
    std::vector<std::string> out;
    auto counts = [&](const Staff& one) {
      return positions.empty() ? heads(one) : named(positions, one.position);
    };
    std::set<std::string> seen;
    const people::Org* org = directory_.org(person.org);
    for (bool above = false; org && seen.insert(org->id).second; org = directory_.org(org->parent), above = true) {
      if (!above && counts(person)) continue;  // his like in the same place are no superiors of his
      for (const Staff* one : in_org_[org->id])
        if (one->id != person.id && counts(*one)) out.push_back(one->id);
      if (nearest && !out.empty()) break;
    }
    return out;
  }

  std::vector<std::string> candidates(const Staff& person, size_t g) {
    const AssessorGroup& group = spec_.groups[g];
    std::vector<std::string> out;
    auto keep = [&](const std::string& id) {
      if (group.who.empty() || allowed_[g].count(id)) out.push_back(id);
    };
    switch (group.relation) {
      case Relation::superior:
        for (const auto& id : line(person, group.who.positions, false)) keep(id);
        break;
      case Relation::peers:
        for (const auto& id : in_branch_[branch_[person.id]])
          if (directory_.person(id)->position == person.position) keep(id);
        break;
      case Relation::subordinates:
        for (const auto& id : below_[person.id]) keep(id);
        break;
      case Relation::branch:
        for (const auto& id : in_branch_[branch_[person.id]]) keep(id);
        break;
      case Relation::others:
        for (const Staff* one : present_)
          if (branch_[one->id] != branch_[person.id]) keep(one->id);
        break;
      case Relation::chosen: out.assign(allowed_[g].begin(), allowed_[g].end()); break;
    }
    return out;
  }

  void choose(const Staff& person, size_t g, std::set<std::string>& taken, Pairing& out) {
    const AssessorGroup& group = spec_.groups[g];
    std::vector<std::string> all = candidates(person, g);
    std::erase_if(all, [&](const std::string& id) { return taken.count(id) != 0; });
    const bool in_line = group.relation == Relation::superior;
    const size_t most = group.most > 0 ? static_cast<size_t>(group.most) : in_line ? 1 : all.size();
    if (!in_line && most < all.size()) {
      std::map<std::string, std::string> drawn;
      for (const auto& id : all) drawn[id] = base::sha256_hex(seed_ + "\n" + person.id + "\n" + id);
      std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) { return drawn[a] < drawn[b]; });
    }
    std::vector<std::string> in, relatives;
    Reserve reserve{person.id, g, {}};
    for (const auto& id : all) {
      bool wanted = in.size() + relatives.size() < most;
      if (kin_.count({id, person.id})) {
        if (wanted) relatives.push_back(id);
      } else if (in.size() < most) {
        in.push_back(id);
      } else if (reserve.staff.size() < kReserves) {
        reserve.staff.push_back(id);
      }
    }
    const size_t first = std::min(in.size(), most - relatives.size());  // those behind came in for a relative
    for (size_t i = 0; i < relatives.size(); ++i)
      out.left_out.push_back({relatives[i], person.id, g, first + i < in.size() ? in[first + i] : ""});
    for (const auto& id : in) {
      taken.insert(id);
      out.pairs.push_back({id, person.id, g});
    }
    if (!reserve.staff.empty()) out.reserves.push_back(std::move(reserve));
  }

  const PlanSpec& spec_;
  const Directory& directory_;
  base::Date day_;
  const Kin& kin_;
  std::string seed_;
  std::vector<const Staff*> present_;
  std::map<std::string, std::string> branch_;
  std::map<std::string, std::vector<std::string>> in_branch_, below_;
  std::map<std::string, std::vector<const Staff*>> in_org_;
  std::vector<std::set<std::string>> allowed_;  // by group
};

}  // namespace

std::vector<std::string> selected(const Selector& selector, const Directory& directory, base::Date day) {
  std::vector<std::string> out;
  if (selector.empty()) return out;
  std::set<std::string> orgs;
  for (const auto& top : selector.orgs)
    for (auto& org : directory.subtree(top)) orgs.insert(std::move(org));
  const bool by_place = !selector.positions.empty() || !selector.orgs.empty();
  for (const Staff& person : directory.staff()) {
    if (!Directory::in_post(person, day)) continue;
    bool fits = by_place && (selector.positions.empty() || named(selector.positions, person.position)) &&
                (selector.orgs.empty() || orgs.count(person.org));
    if (fits || named(selector.staff, person.id)) out.push_back(person.id);
  }
  return out;
}

base::Result<Pairing> pair_up(const PlanSpec& spec, const Directory& directory, base::Date day, const Kin& kin,
                              const std::string& seed) {
  return Pairer(spec, directory, day, kin, seed).run();
}

}  // namespace guanhu::appraisal
