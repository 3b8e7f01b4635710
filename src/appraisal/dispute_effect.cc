#include "appraisal/dispute_effect.h"

#include <algorithm>

namespace guanhu::appraisal {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr size_t kMostOthers = 50;

Json text_of(const std::optional<Decimal>& value) { return value ? Json(shown(*value).str()) : Json(); }
Json pair_of(Json was, Json would) { return JsonObject{{"was", std::move(was)}, {"would", std::move(would)}}; }
bool differs(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
  return a.has_value() != b.has_value() || (a && shown(*a) != shown(*b));
}
Json place(const Rank& rank) {
  if (!rank.place) return {};
  return JsonObject{{"place", rank.place}, {"of", rank.of}};
}

JsonObject outcome(const Run& run, const HolderResult& a, const HolderResult& b) {
  auto grade = [](const HolderResult& h) { return h.grade ? Json(*h.grade) : Json(); };
  JsonObject rank;
  if (run.rank_in_branch) rank.emplace_back("branch", pair_of(place(a.in_branch), place(b.in_branch)));
  if (run.rank_in_bank) rank.emplace_back("bank", pair_of(place(a.in_bank), place(b.in_bank)));
  return {{"total", pair_of(text_of(a.total), text_of(b.total))},
          {"grade", pair_of(grade(a), grade(b))},
          {"rank", std::move(rank)}};
}

bool moved(const Run& run, const HolderResult& a, const HolderResult& b) {
  if (differs(a.total, b.total) || a.grade != b.grade) return true;
  if (run.rank_in_bank && a.in_bank.place != b.in_bank.place) return true;
  if (run.rank_in_branch && a.in_branch.place != b.in_branch.place) return true;
  for (size_t i = 0; i < a.scores.size(); ++i)
    if (differs(a.scores[i].value, b.scores[i].value)) return true;
  return false;
}

JsonArray changed_values(const HolderResult& a, const HolderResult& b) {
  JsonArray out;
  auto add = [&](const char* kind, const auto& was, const auto& would) {
    if (differs(was.value, would.value))
      out.push_back(JsonObject{
          {"kind", kind}, {"name", was.name}, {"was", text_of(was.value)}, {"would", text_of(would.value)}});
  };
  for (size_t i = 0; i < a.figures.size(); ++i) add("figure", a.figures[i], b.figures[i]);
  for (size_t i = 0; i < a.scores.size(); ++i) add("score", a.scores[i], b.scores[i]);
  return out;
}

Json named_figure(const HolderResult& a, const HolderResult& b, const std::string& figure) {
  for (size_t i = 0; i < a.figures.size(); ++i)
    if (a.figures[i].name == figure)
      return JsonObject{{"name", figure},
                        {"unit", a.figures[i].unit},
                        {"was", text_of(a.figures[i].value)},
                        {"would", text_of(b.figures[i].value)}};
  for (size_t i = 0; i < a.scores.size(); ++i)
    if (a.scores[i].name == figure)
      return JsonObject{{"name", figure},
                        {"unit", "分"},
                        {"was", text_of(a.scores[i].value)},
                        {"would", text_of(b.scores[i].value)}};
  return {};
}

Decimal move_of(const HolderResult& a, const HolderResult& b) {
  if (!a.total || !b.total) return 0;
  return Decimal::subtract(*b.total, *a.total).value();
}

}  // namespace

Json effect_of(const Run& before, const Run& after, const std::string& holder, const std::string& figure) {
  if (before.holders.size() != after.holders.size()) throw base::Broken("the two runs are not of the same people");
  const HolderResult *mine = before.holder(holder), *would = after.holder(holder);
  if (!mine || !would) throw base::Broken(holder + " is not in the run");
  struct Other {
    Decimal move;
    JsonObject json;
  };
  std::vector<Other> others;
  int up = 0, down = 0;
  for (size_t h = 0; h < before.holders.size(); ++h) {
    const HolderResult &a = before.holders[h], &b = after.holders[h];
    if (a.id == holder || !moved(before, a, b)) continue;
    Other other{move_of(a, b), {{"id", a.id}, {"name", a.name}}};
    up += other.move > Decimal(0), down += other.move < Decimal(0);
    for (auto& member : outcome(before, a, b)) other.json.push_back(std::move(member));
    if (other.move < Decimal(0)) other.move = Decimal::subtract(0, other.move).value();
    others.push_back(std::move(other));
  }
  std::stable_sort(others.begin(), others.end(), [](const Other& a, const Other& b) { return b.move < a.move; });
  JsonArray items;
  for (size_t i = 0; i < std::min(others.size(), kMostOthers); ++i) items.push_back(std::move(others[i].json));
  JsonObject out = {{"figure", named_figure(*mine, *would, figure)}, {"changed", changed_values(*mine, *would)}};
  for (auto& member : outcome(before, *mine, *would)) out.push_back(std::move(member));
  out.emplace_back(
      "others", JsonObject{{"changed", others.size()}, {"up", up}, {"down", down}, {"items", std::move(items)}});
  return out;
}

Json without_others(Json effect) {
  if (auto* members = effect.as_object())
    for (auto& [name, value] : *members)
      if (name == "others" && value.as_object())
        std::erase_if(*value.as_object(), [](const auto& member) { return member.first == "items"; });
  return effect;
}

}  // namespace guanhu::appraisal
