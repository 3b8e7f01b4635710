// The library of rules: packs, their documents article by article with the blocks that make them executable, their
// decisions, who uses what, how much of a regulation is carried out.
#include <algorithm>
#include <set>
#include <sstream>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/kept_body.h"
#include "api/policy_json.h"
#include "api/policy_reading.h"
#include "api/policy_search.h"
#include "policy/part.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

size_t cases_of(const policy::Pack& pack) {
  size_t out = 0;
  for (const auto& table : pack.cases) out += table.cases.size();
  return out;
}

Json counts_json(const Book& book) {
  const policy::Pack& pack = *book.pack;
  size_t to_confirm = static_cast<size_t>(std::count_if(pack.parameters.begin(), pack.parameters.end(),
                                                        [](const auto& one) { return one.to_confirm; }));
  return JsonObject{{"documents", book.documents.size()},
                    {"articles", book.coverage.size()},
                    {"decisions", pack.decisions.size()},
                    {"functions", pack.functions.size()},
                    {"types", pack.types.size()},
                    {"parameters", pack.parameters.size()},
                    {"to_confirm", to_confirm},
                    {"cases", cases_of(pack)},
                    {"measures", pack.measures.size()},
                    {"indicators", pack.indicators.size()},
                    {"scores", pack.scores.size()},
                    {"schemes", pack.schemes.size()},
                    {"checklists", pack.checklists.size()},
                    {"duties", pack.duties.size()},
                    {"notices", pack.notices.size()},
                    {"processes", pack.processes.size()},
                    {"judgements", pack.judgements.size()},
                    {"opens", pack.opens.size()}};
}

Json sources_json(const policy::Pack& pack) {
  JsonArray out;
  for (const auto& d : pack.sources) out.push_back(JsonObject{{"document", d.document}, {"title", d.title}});
  return out;
}

Json imports_json(const policy::Pack& pack) {
  JsonArray out;
  for (const auto& one : pack.imports) out.push_back(one->id);
  return out;
}

size_t rules_of(const policy::Pack& pack) {
  std::set<std::string> rules;
  for (const Element& element : elements_of(pack))
    rules.insert(element.origin->rules.begin(), element.origin->rules.end());
  return rules.size();
}

JsonObject head_json(const Book& book) {
  const policy::Pack& pack = *book.pack;
  return {{"id", pack.id},
          {"title", pack.title},
          {"institution", pack.title},
          {"version", pack.version},
          {"hash", pack.hash},
          {"from", day_json(pack.from)},
          {"to", day_json(pack.to)},
          {"sources", sources_json(pack)},
          {"imports", imports_json(pack)},
          {"extends", texts_json(pack.extends)},
          {"counts", counts_json(book)},
          {"coverage", book.counted()},
          {"rules", rules_of(pack)}};
}

// Beside what can be read: the pack's name and what is wrong with it.
Json unreadable(const std::string& name, const base::Error& error) {
  return JsonObject{{"id", name},
                    {"title", ""},
                    {"institution", ""},
                    {"version", ""},
                    {"hash", ""},
                    {"from", Json()},
                    {"to", Json()},
                    {"sources", JsonArray{}},
                    {"imports", JsonArray{}},
                    {"extends", JsonArray{}},
                    {"counts", Json()},
                    {"coverage", Json()},
                    {"rules", 0},
                    {"problem", error.text()},
                    {"active", Json()}};
}

Outcome list_packs(Services& s, const Call&) {
  JsonArray items;
  auto store = s.store();
  const base::Date today = today_of(s);
  for (const auto& name : pack_names(s, *store)) {
    auto active = policy::PolicyLife::in_force(*store, name, today);
    std::shared_ptr<const Book> book;
    if (active) {
      book = s.books().of(s.policy_life().open(*store, *active), s.policy_life().folder(*active));
    } else {
      auto pack = s.packs().get(name);
      if (!pack) {
        items.push_back(unreadable(name, pack.error()));
        continue;
      }
      book = s.books().of(*pack, s.options().policies / name);
    }
    JsonObject one = head_json(*book);
    one.emplace_back("problem", Json());
    one.emplace_back(
        "active",
        active ? Json(JsonObject{{"version", active->id}, {"from", active->active_from->str()}}) : Json());
    items.push_back(std::move(one));
  }
  return Answer{JsonObject{{"items", std::move(items)}}};
}

Json inherited_json(const policy::Pack& pack) {
  JsonArray out;
  for (const Element& element : elements_of(pack))
    if (std::string from = pack_of(*element.origin); from != pack.id)
      out.push_back(
          JsonObject{{"pack", from}, {"kind", element.kind}, {"name", element.name}, {"title", element.title}});
  return out;
}

Json whole_json(const Book& book) {
  const policy::Pack& pack = *book.pack;
  JsonObject out = head_json(book);
  JsonArray documents, schemes, articles;
  for (const auto& d : book.documents)
    documents.push_back(
        JsonObject{{"path", d.path}, {"title", d.title}, {"locator", d.locator}, {"articles", d.articles}});
  for (const auto& x : pack.schemes)
    schemes.push_back(JsonObject{{"scheme", pack.id + "/" + x.name}, {"title", x.title}});
  for (const auto& article : book.articles) articles.push_back(article_json(book, article));
  out.emplace_back("schemes", std::move(schemes));
  out.emplace_back("documents", std::move(documents));
  out.emplace_back("inherited", inherited_json(pack));
  out.emplace_back("articles", std::move(articles));
  return out;
}

Outcome show_pack(Services& s, const Call& call) {
  auto found = reading_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const auto& book = std::get<Reading>(found).book;
  return KeptBody(whole_json(*book), "pack " + book->pack->id + " " + book->pack->hash).answer(call);
}

Outcome show_article(Services& s, const Call& call) {
  auto found = reading_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Book& book = *std::get<Reading>(found).book;
  const BookArticle* article = book.article(call.part("article"));
  return article ? Outcome(Answer{article_json(book, *article)}) : not_found();
}

Json functions_json(const std::vector<const policy::Function*>& functions) {
  JsonArray out;
  for (const auto* one : functions)
    out.push_back(JsonObject{{"pack", pack_of(one->origin)},
                             {"name", one->name},
                             {"title", one->title},
                             {"signature", signature_of(*one)}});
  return out;
}

Json place_json(const Book& book, const policy::Origin& origin) {
  const BookArticle* article = book.article_of(origin);
  return JsonObject{{"id", article ? Json(article->id) : Json()},
                    {"article", origin.article},
                    {"title", origin.heading.empty() ? "" : origin.heading.back()},
                    {"document", shown_document(origin.document)},
                    {"line", origin.line},
                    {"locator", origin.locator},
                    {"text", origin.text}};
}

Outcome show_decision(Services& s, const Call& call) {
  auto found = reading_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Book& book = *std::get<Reading>(found).book;
  const policy::Pack& pack = *book.pack;
  const policy::Decision* decision = pack.decision(call.part("decision"));
  if (!decision) return not_found();
  const policy::OutlineBlock* block = book.block_of(decision->origin);
  JsonArray parameters;
  for (const auto* one : parameters_of(pack, *decision)) parameters.push_back(parameter_json(*one, &book));
  return Answer{JsonObject{
      {"pack", pack.id},
      {"pack_title", pack.title},
      {"version", pack.version},
      {"hash", pack.hash},
      {"article", place_json(book, decision->origin)},
      {"decision", element_json(pack, *decision)},
      {"source", block ? block->source : ""},
      {"line", decision->origin.line},
      {"end_line", block ? block->end_line : decision->origin.line},
      {"rules", texts_json(decision->origin.rules)},
      {"parameters", std::move(parameters)},
      {"functions", functions_json(functions_of(pack, *decision))},
      {"cases", cases_json(pack, decision->id, today_of(s))},
      {"used_by", uses_json(users_of_decision(books_in_force(s), pack_of(decision->origin), decision->id))}}};
}

Outcome show_uses(Services& s, const Call& call) {
  auto found = reading_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto uses = users_of_name(books_in_force(s), call.part("pack"), call.get("name").value_or(""));
  return Answer{JsonObject{{"items", uses_json(uses)}}};
}

Outcome show_coverage(Services& s, const Call& call) {
  auto found = reading_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Book& book = *std::get<Reading>(found).book;
  JsonArray documents;
  for (const auto& document : book.documents) {
    JsonArray articles;
    std::map<std::string, size_t> counts;
    for (const auto& one : book.coverage) {
      if (shown_document(one.document) != document.path) continue;
      ++counts[one.state()];
      const BookArticle* article = book.article(one.article, document.path);
      articles.push_back(JsonObject{{"id", article ? Json(article->id) : Json()},
                                    {"article", one.article},
                                    {"title", one.heading},
                                    {"line", one.line},
                                    {"state", one.state()},
                                    {"rules", texts_json(one.rules)},
                                    {"executable", one.executable},
                                    {"parameters", one.parameters},
                                    {"judgements", one.judgements},
                                    {"opens", one.opens}});
    }
    JsonObject out = {{"document", document.path}, {"title", document.title}};
    for (const char* state : {"executable", "judgement", "open", "parameters", "none"})
      out.emplace_back(state, counts[state]);
    out.emplace_back("articles", std::move(articles));
    documents.push_back(std::move(out));
  }
  return Answer{JsonObject{{"documents", std::move(documents)}}};
}

Outcome show_open_points(Services& s, const Call& call) {
  JsonArray items;
  std::vector<std::string> wanted;
  std::istringstream listed(call.get("packs").value_or(""));
  for (std::string one; std::getline(listed, one, ',');) wanted.push_back(one);
  const auto packs = policy::extends_of(wanted);
  for (const auto& book : books_in_force(s)) {
    const policy::Extend* from = policy::made_from(packs, book->pack->id);
    if (!from) continue;
    const Json points = open_points(policy::part_of(*book->pack, from->documents), book.get());
    items.insert(items.end(), points.as_array()->begin(), points.as_array()->end());
  }
  return Answer{JsonObject{{"items", std::move(items)}}};
}

Outcome search(Services& s, const Call& call) {
  auto found =
      search_books(books_in_force(s), call.list.q, call.get("kind").value_or(""), call.get("pack").value_or(""));
  const size_t size = std::min(call.list.page_size, size_t{500}), from = (call.list.page - 1) * size;
  JsonArray page;
  for (size_t i = from; i < std::min(found.size(), from + size); ++i) page.push_back(std::move(found[i]));
  return Answer{page_body(call.list, std::move(page), found.size())};
}

}  // namespace

Table policy_endpoints() {
  const auto may = people::Permission::policy_read;
  Table out;
  auto add = [&](const char* path, const char* summary, std::vector<Parameter> parameters, SchemaRef output,
                 Outcome (*handler)(Services&, const Call&)) {
    out.push_back({.method = "GET",
                   .path = path,
                   .summary = summary,
                   .permission = may,
                   .parameters = std::move(parameters),
                   .output = std::move(output),
                   .handler = handler});
  };
  add("/policies", "packs: what they restate, how much of it is carried out", {},
      object({{"items", list(ref("PolicyBrief"))}}), list_packs);
  add("/policies/search", "articles, decisions, parameters, rules of all packs, best first",
      {{"kind", text(20), false, "article, decision, parameter, ..."}, {"pack", text(200), false, "of this pack"}},
      list_of("PolicyHit"), search);
  out.back().list = true, out.back().sorts = false;
  add("/policies/open-points", "what packs leave to the bank: open texts, values to be confirmed, judgement",
      {{"packs", text(20'000), true, "ids, or documents as PACK/FILE.md, separated by commas"}},
      object({{"items", list(ref("PolicyOpenPoint"))}}), show_open_points);
  add("/policies/{pack}", "documents, articles and blocks of a pack", reading_parameters(), ref("Policy"),
      show_pack);
  add("/policies/{pack}/coverage", "how much of each document is executable, judgement, open",
      reading_parameters(), ref("PolicyCoverage"), show_coverage);
  add("/policies/{pack}/uses", "who uses a parameter, a function, a type, a figure",
      reading_parameters({{"name", text(200), true}}), object({{"items", list(ref("PolicyUse"))}}), show_uses);
  add("/policies/{pack}/decisions/{decision}", "a decision with its cases as they come out now, and who uses it",
      reading_parameters(), ref("PolicyDecisionWhole"), show_decision);
  add("/policies/{pack}/{article}", "one article, by its id or its name", reading_parameters(),
      ref("PolicyArticle"), show_article);
  return out;
}

}  // namespace guanhu::api
