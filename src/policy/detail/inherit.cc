// Figures that were taken over from another pack, as elements: own formulas may name them, and theirs are checked
// again among the names of this pack.
#include <algorithm>

#include "policy/detail/draft.h"

namespace guanhu::policy::detail {

namespace {

Node text_node(const std::string& text, Place at) {
  Node out;
  out.kind = NodeKind::string;
  out.at = at;
  out.text = text;
  return out;
}

Node list_node(const std::vector<std::string>& texts, Place at) {
  Node out;
  out.kind = NodeKind::list;
  out.at = at;
  for (const std::string& text : texts) out.items.push_back(text_node(text, at));
  return out;
}

class Inheritance {
 public:
  explicit Inheritance(Draft& draft) : draft_(draft) {}

  void run() {
    const Pack& pack = draft_.pack;
    for (size_t i = 0; i < pack.parameters.size(); ++i)
      if (pack.parameters[i].decision.empty() && pack.parameters[i].is_number())
        take(ElementKind::parameter, pack.parameters[i], i, {});
    for (size_t i = 0; i < pack.measures.size(); ++i)
      take(ElementKind::measure, pack.measures[i], i, {{"null_reason", pack.measures[i].null_reason}});
    for (size_t i = 0; i < pack.indicators.size(); ++i) formula(ElementKind::indicator, pack.indicators[i], i);
    for (size_t i = 0; i < pack.scores.size(); ++i) formula(ElementKind::score, pack.scores[i], i);
    for (size_t i = 0; i < pack.peers.size(); ++i)
      take(ElementKind::peer, pack.peers[i], i, {{"of", pack.peers[i].of}});
    for (size_t i = 0; i < pack.schemes.size(); ++i) scheme(pack.schemes[i], i);
  }

 private:
  using Texts = std::vector<std::pair<std::string, std::string>>;

  // The document it was taken over from; null for what the pack says itself.
  const Source* foreign(const std::string& path) {
    auto is_it = [&](const std::unique_ptr<Source>& one) { return one->path == path; };
    if (std::any_of(draft_.sources.begin(), draft_.sources.end(), is_it)) return nullptr;
    auto& all = draft_.foreign_sources;
    auto found = std::find_if(all.begin(), all.end(), is_it);
    if (found != all.end()) return found->get();
    all.push_back(std::make_unique<Source>(Source::of(path, "")));
    all.back()->taken_over_by = draft_.sources.front().get();
    return all.back().get();
  }

  // Null: it is the pack's own.
  template <class T>
  Element* take(ElementKind kind, const T& one, size_t index, const Texts& texts) {
    const Source* source = foreign(one.origin.document);
    if (!source) return nullptr;
    const Place at{one.origin.line, 1, 1};
    Element& out = draft_.inherited.emplace_back();
    out.kind = kind, out.name = one.name, out.index = index, out.source = source, out.at = at, out.sound = true;
    for (const auto& [key, text] : texts)
      if (!text.empty()) out.body.entries.push_back({key, at, text_node(text, at)});
    return &out;
  }

  template <class T>
  void formula(ElementKind kind, const T& one, size_t index) {
    Element* out = take(kind, one, index, {{"formula", one.formula}, {"null_reason", one.null_reason}});
    if (out) out->body.entries.push_back({"inputs", out->at, list_node(one.inputs, out->at)});
  }

  void scheme(const Scheme& one, size_t index) {
    Element* out = take(ElementKind::scheme, one, index, {});
    if (!out) return;
    out->body.entries.push_back({"figures", out->at, list_node(one.figures, out->at)});
    Node items = list_node({}, out->at);
    for (const SchemeItem& item : one.items) {
      Node table;
      table.at = out->at;
      table.entries.push_back({"score", out->at, text_node(item.score, out->at)});
      items.items.push_back(std::move(table));
    }
    out->body.entries.push_back({"items", out->at, std::move(items)});
  }

  Draft& draft_;
};

}  // namespace

void take_over(Draft& draft) {
  if (!draft.extended.empty()) Inheritance(draft).run();
}

std::vector<const Element*> Draft::with_inherited() const {
  std::vector<const Element*> out;
  for (const auto* all : {&elements, &inherited})
    for (const Element& element : *all) out.push_back(&element);
  return out;
}

}  // namespace guanhu::policy::detail
