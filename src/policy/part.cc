#include "policy/part.h"

#include <algorithm>
#include <set>

namespace guanhu::policy {

namespace {

// "policies/demo/sub/x.md" is "sub/x.md" in its pack.
std::string_view in_pack(std::string_view document) {
  for (int i = 0; i < 2; ++i) {
    size_t slash = document.find('/');
    if (slash != document.npos) document.remove_prefix(slash + 1);
  }
  return document;
}

class Part {
 public:
  Part(const Pack& whole, const std::vector<std::string>& documents) : out_(whole), documents_(documents) {}

  Pack take() {
    for (const auto& scheme : out_.schemes)
      if (here(scheme)) ask(scheme.decision);
    for (const auto& process : out_.processes)
      if (here(process))
        for (const auto& step : process.steps) ask(step.gate), lists_.insert(step.form);
    for (const auto& duty : out_.duties)
      if (here(duty)) lists_.insert(duty.checklist);
    for (const auto& list : out_.checklists)
      if (here(list) || lists_.contains(list.id)) ask(list.conclusion);
    for (const auto& decision : out_.decisions)
      if (here(decision)) ask(decision.id);
    std::erase_if(out_.decisions, [&](const Decision& one) { return !asked_.contains(one.id); });
    std::erase_if(out_.parameters,
                  [&](const Parameter& one) { return !one.decision.empty() && !asked_.contains(one.decision); });
    std::erase_if(out_.checklists, [&](const Checklist& one) { return !here(one) && !lists_.contains(one.id); });
    drop(out_.schemes), drop(out_.duties), drop(out_.notices), drop(out_.processes), drop(out_.forms);
    drop(out_.judgements), drop(out_.opens);
    return std::move(out_);
  }

 private:
  template <class T>
  bool here(const T& one) const {
    return stands_in(one.origin, documents_);
  }
  template <class T>
  void drop(std::vector<T>& all) const {
    std::erase_if(all, [&](const T& one) { return !here(one); });
  }
  // A decision and those whose answers it uses.
  void ask(const std::string& id) {
    const Decision* decision = id.empty() ? nullptr : out_.decision(id);
    if (!decision || !asked_.insert(id).second) return;
    for (const auto& required : decision->requirements) ask(required.decision);
  }

  Pack out_;
  const std::vector<std::string>& documents_;
  std::set<std::string> asked_, lists_;
};

}  // namespace

std::vector<Extend> extends_of(const std::vector<std::string>& entries) {
  std::vector<Extend> out;
  std::set<std::string> whole;
  for (const std::string& entry : entries) {
    const size_t slash = entry.find('/');
    const std::string pack = entry.substr(0, slash);
    auto at = std::find_if(out.begin(), out.end(), [&](const Extend& one) { return one.pack == pack; });
    if (at == out.end()) at = out.insert(out.end(), Extend{pack, {}});
    if (slash == entry.npos) whole.insert(pack);
    else at->documents.push_back(entry.substr(slash + 1));
  }
  for (Extend& one : out)
    if (whole.contains(one.pack)) one.documents.clear();
  return out;
}

const Extend* made_from(const std::vector<Extend>& extends, std::string_view pack) {
  auto at = std::find_if(extends.begin(), extends.end(), [&](const Extend& one) { return one.pack == pack; });
  return at == extends.end() ? nullptr : &*at;
}

bool stands_in(const Origin& origin, const std::vector<std::string>& documents) {
  const std::string_view document = in_pack(origin.document);
  return documents.empty() || std::find(documents.begin(), documents.end(), document) != documents.end();
}

Pack part_of(const Pack& whole, const std::vector<std::string>& documents) {
  return Part(whole, documents).take();
}

}  // namespace guanhu::policy
