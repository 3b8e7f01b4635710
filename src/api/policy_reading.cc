#include "api/policy_reading.h"

#include <algorithm>

#include "api/gate.h"
#include "api/policy_json.h"
#include "feel/json.h"
#include "policy/decide.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr int64_t kChina = 8 * 3600ll;  // seconds

std::variant<Reading, Refusal> version_reading(Services& s, store::Session& store,
                                               const policy::PolicyVersion& version) {
  auto pack = s.policy_life().open(store, version);
  return Reading{s.books().of(pack, s.policy_life().folder(version)), version.id, {}};
}

// A draft is for those who may work on one; to others it is not there.
std::variant<Reading, Refusal> draft_reading(Services& s, store::Session& store, const Call& call,
                                             const Wanted& wanted) {
  if (people::scope_of(call.login().roles, people::Permission::policy_draft) == people::Scope::none)
    return not_found();
  auto draft = policy::PolicyDrafts::find(store, *wanted.draft);
  if (!draft || draft->pack != wanted.pack) return not_found();
  OpenedDraftPtr opened = s.drafts().open(*draft, policy::PolicyDrafts::files(store, draft->id));
  return Reading{s.books().of(pack_in(opened), opened->folder), {}, draft->id};
}

// Where the elements of one block stand in it, several parameters together.
Json block_element(const policy::Pack& pack, const Book& book, const std::string& kind,
                   const std::vector<Element>& elements) {
  if (elements.empty()) return {};
  if (kind == "fact") {
    JsonArray facts;
    for (const Element& one : elements) facts.push_back(fact_json(one.as<policy::RecordedFact>()));
    return JsonObject{{"kind", "fact"}, {"facts", std::move(facts)}};
  }
  if (kind != "parameter") return element_json(pack, elements.front());
  JsonArray all;
  for (const Element& one : elements) all.push_back(parameter_json(one.as<policy::Parameter>(), &book));
  return JsonObject{{"kind", "parameter"}, {"parameters", std::move(all)}};
}

std::string name_of(const policy::OutlineBlock& block, const std::vector<Element>& elements) {
  if (block.kind != "parameter") return block.name;
  std::string out;
  for (const Element& one : elements) out += (out.empty() ? "" : ", ") + one.name;
  return out;
}

Json block_json(const Book& book, const policy::OutlineBlock& block, const std::vector<Element>& elements) {
  return JsonObject{{"kind", block.kind},
                    {"name", name_of(block, elements)},
                    {"title", elements.empty() ? "" : elements.front().title},
                    {"line", block.line},
                    {"end_line", block.end_line},
                    {"source", block.source},
                    {"rules", elements.empty() ? Json(JsonArray{}) : texts_json(elements.front().origin->rules)},
                    {"text", block.text},
                    {"element", block_element(*book.pack, book, block.kind, elements)}};
}

}  // namespace

base::Date today_of(Services& s) {
  constexpr int64_t kDay = 86'400'000'000;
  return base::Date(static_cast<int32_t>((s.clock().now().micros + kChina * 1'000'000) / kDay));
}

std::optional<int64_t> number_of(const std::string& text) {
  if (text.empty() || text.size() > 15 || text.find_first_not_of("0123456789") != text.npos) return std::nullopt;
  return std::stoll(text);
}

std::variant<Reading, Refusal> reading_of(Services& s, const Call& call, const Wanted& wanted) {
  auto store = s.store();
  if (wanted.draft) return draft_reading(s, *store, call, wanted);
  if (wanted.version) {
    auto version = policy::PolicyLife::version(*store, *wanted.version);
    if (!version || version->pack != wanted.pack) return not_found();
    return version_reading(s, *store, *version);
  }
  if (auto active = policy::PolicyLife::in_force(*store, wanted.pack, wanted.on.value_or(today_of(s))))
    return version_reading(s, *store, *active);
  auto installed = s.packs().get(wanted.pack);
  if (!installed) return refusal_of(installed.error());
  return Reading{s.books().of(*installed, s.options().policies / wanted.pack), {}, {}};
}

std::variant<Reading, Refusal> reading_of(Services& s, const Call& call) {
  Wanted wanted{call.part("pack")};
  for (auto [name, into] : {std::pair{"version", &wanted.version}, {"draft", &wanted.draft}})
    if (auto text = call.get(name)) *into = number_of(*text).value_or(0);
  return reading_of(s, call, wanted);
}

std::vector<Parameter> reading_parameters(std::vector<Parameter> more) {
  std::vector<Parameter> out = {{"version", integer(), false, "id of a version; else what is in force today"},
                                {"draft", integer(), false, "id of a draft one may work on"}};
  for (auto& one : more) out.push_back(std::move(one));
  return out;
}

std::vector<std::string> pack_names(Services& s, store::Session& store) {
  std::vector<std::string> out = s.packs().names();
  for (const auto& version : policy::PolicyLife::versions(store, ""))
    if (version.active_from && std::find(out.begin(), out.end(), version.pack) == out.end())
      out.push_back(version.pack);
  std::sort(out.begin(), out.end());
  return out;
}

BookList books_in_force(Services& s) {
  BookList out;
  auto store = s.store();
  const base::Date today = today_of(s);
  for (const auto& name : pack_names(s, *store)) {
    if (auto active = policy::PolicyLife::in_force(*store, name, today)) {
      auto pack = s.policy_life().open(*store, *active);
      out.push_back(s.books().of(pack, s.policy_life().folder(*active)));
    } else if (auto installed = s.packs().get(name)) {
      out.push_back(s.books().of(*installed, s.options().policies / name));
    }
  }
  return out;
}

Json parameter_json(const policy::Parameter& parameter, const Book* book) {
  const BookArticle* article = book ? book->article_of(parameter.origin) : nullptr;
  return JsonObject{{"name", parameter.name},
                    {"unit", parameter.unit},
                    {"decision", parameter.decision},
                    {"values", values_json(parameter)},
                    {"to_confirm", parameter.to_confirm},
                    {"note", parameter.note},
                    {"line", parameter.origin.line},
                    {"article", parameter.origin.article},
                    {"article_id", article ? Json(article->id) : Json()},
                    {"pack", pack_of(parameter.origin)}};
}

Json open_points(const policy::Pack& pack, const Book* book) {
  JsonArray out;
  auto add = [&](const char* kind, const policy::Origin& origin, const std::string& name, const std::string& text,
                 const std::string& chosen, Json value, const std::string& unit) {
    const BookArticle* article = book ? book->article_of(origin) : nullptr;
    out.push_back(JsonObject{{"pack", pack_of(origin)},
                             {"kind", kind},
                             {"name", name},
                             {"text", text},
                             {"chosen", chosen},
                             {"value", std::move(value)},
                             {"unit", unit},
                             {"document", shown_document(origin.document)},
                             {"line", origin.line},
                             {"article", origin.article},
                             {"article_id", article ? Json(article->id) : Json()}});
  };
  for (const auto& one : pack.parameters)
    if (one.to_confirm)
      add("to_confirm", one.origin, one.name, one.note, "",
          one.values.empty() ? Json() : feel::to_json(one.values.back().constant), one.unit);
  for (const auto& one : pack.opens) add("open", one.origin, "", one.question, one.chosen, {}, "");
  for (const auto& one : pack.judgements) add("judgement", one.origin, "", one.why, "", {}, "");
  return out;
}

Json uses_json(const std::vector<Use>& uses) {
  JsonArray out;
  for (const Use& use : uses) {
    const BookArticle* article = use.book->article_of(*use.user.origin);
    out.push_back(JsonObject{{"kind", use.user.kind},
                             {"pack", use.book->pack->id},
                             {"name", use.user.name},
                             {"title", use.user.title},
                             {"article", use.user.origin->article},
                             {"article_id", article ? Json(article->id) : Json()},
                             {"as", use.as}});
  }
  return out;
}

JsonArray cases_json(const policy::Pack& pack, const std::string& decision, base::Date today) {
  JsonArray out;
  for (const auto& table : pack.cases) {
    if (!decision.empty() && table.decision != decision) continue;
    for (const auto& one : table.cases) {
      auto on = one.on.value_or(std::max(today, pack.from.value_or(today)));
      auto wrong = policy::run_case(pack, table.decision, one, today);
      auto answer = policy::decide(pack, table.decision, one.input, on);
      out.push_back(JsonObject{{"decision", table.decision},
                               {"document", shown_document(table.origin.document)},
                               {"line", one.at.line},
                               {"note", one.note},
                               {"input", one.input},
                               {"on", day_json(one.on)},
                               {"expected", one.expected ? *one.expected : Json()},
                               {"refused", one.refused},
                               {"refused_at", one.refused_at},
                               {"outcome", wrong ? "wrong" : "right"},
                               {"got", answer.ok() ? feel::to_json(answer->result) : Json()},
                               {"message", wrong         ? *wrong
                                           : answer.ok() ? ""
                                                         : answer.error().message}});
    }
  }
  return out;
}

Json article_json(const Book& book, const BookArticle& article) {
  JsonArray blocks;
  for (size_t i = 0; i < article.text.blocks.size(); ++i)
    blocks.push_back(block_json(book, article.text.blocks[i], article.elements[i]));
  return JsonObject{
      {"id", article.id},
      {"article", article.text.article},
      {"title", article.text.title},
      {"document", article.document},
      {"line", article.text.line},
      {"level", article.text.level},
      {"parent", article.parent < 0 ? Json() : Json(book.articles[static_cast<size_t>(article.parent)].id)},
      {"state", article.state},
      {"locator", article.text.locator},
      {"text", article.text.text},
      {"rules", texts_json(article.rules)},
      {"blocks", std::move(blocks)},
      {"rest", article.text.rest}};
}

}  // namespace guanhu::api
