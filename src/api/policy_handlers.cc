// Packs: the rules, article by article, with what each makes executable.
#include <algorithm>

#include "api/gate.h"
#include "api/handlers.h"
#include "base/digest.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json date_json(const std::optional<base::Date>& day) { return day ? Json(day->str()) : Json(); }

struct Item {
  const policy::Origin* origin;
  Json json;
};

Json item_json(const char* kind, const std::string& name, const std::string& unit, const std::string& formula,
               const policy::Origin& origin, const std::string& note,
               const policy::Parameter* parameter = nullptr) {
  JsonArray values, rules;
  if (parameter)
    for (const auto& v : parameter->values)
      values.push_back(JsonObject{{"value", v.value.str()}, {"from", date_json(v.from)}, {"to", date_json(v.to)}});
  for (const auto& r : origin.rules) rules.push_back(r);
  return JsonObject{{"kind", kind},
                    {"name", name},
                    {"unit", unit},
                    {"formula", formula},
                    {"values", std::move(values)},
                    {"note", note},
                    {"to_confirm", parameter && parameter->to_confirm},
                    {"line", origin.line},
                    {"rules", std::move(rules)}};
}

std::string summary(const policy::PeerFigure& p) { return p.how + "(" + p.of + ")"; }

std::vector<Item> items_of(const policy::Pack& pack) {
  std::vector<Item> out;
  auto add = [&](const policy::Origin& origin, Json json) { out.push_back({&origin, std::move(json)}); };
  for (const auto& x : pack.parameters)
    add(x.origin, item_json("parameter", x.name, x.unit, "", x.origin, x.note, &x));
  for (const auto& x : pack.measures)
    add(x.origin, item_json("measure", x.name, x.unit, x.filter, x.origin, x.null_reason));
  for (const auto& x : pack.indicators)
    add(x.origin, item_json("indicator", x.name, x.unit, x.formula, x.origin, x.null_reason));
  for (const auto& x : pack.scores)
    add(x.origin, item_json("score", x.name, "分", x.formula, x.origin, x.null_reason));
  for (const auto& x : pack.peers) add(x.origin, item_json("peer", x.name, x.unit, summary(x), x.origin, ""));
  for (const auto& x : pack.schemes) add(x.origin, item_json("scheme", x.name, "", "", x.origin, x.title));
  for (const auto& x : pack.judgements) add(x.origin, item_json("judgement", "", "", "", x.origin, x.why));
  for (const auto& x : pack.opens) add(x.origin, item_json("open", x.question, "", "", x.origin, x.chosen));
  std::stable_sort(out.begin(), out.end(), [](const Item& a, const Item& b) {
    return std::tie(a.origin->document, a.origin->line) < std::tie(b.origin->document, b.origin->line);
  });
  return out;
}

// Stands in the path of one article: of letters and digits, whatever the article is called.
std::string id_of(const policy::Origin& o) {
  return base::sha256_hex(o.document + "\n" + o.article).substr(0, 12);
}

JsonArray articles_json(const policy::Pack& pack) {
  JsonArray out;
  std::string last;
  for (auto& item : items_of(pack)) {
    const policy::Origin& o = *item.origin;
    std::string id = id_of(o);
    auto known =
        std::find_if(out.begin(), out.end(), [&](const Json& a) { return *a.find("id")->as_string() == id; });
    if (known == out.end()) {
      JsonArray heading;
      for (const auto& h : o.heading) heading.push_back(h);
      out.push_back(JsonObject{{"id", id},
                               {"document", o.document},
                               {"article", o.article},
                               {"heading", std::move(heading)},
                               {"locator", o.locator},
                               {"text", o.text},
                               {"items", JsonArray{}}});
      known = out.end() - 1;
    }
    for (auto& [name, value] : *known->as_object())
      if (name == "items") value.as_array()->push_back(std::move(item.json));
  }
  return out;
}

Outcome list_packs(Services& s, const Call&) {
  JsonArray items;
  for (const auto& name : s.packs().names()) {
    auto pack = s.packs().get(name);
    items.push_back(JsonObject{{"id", name},
                               {"title", pack ? (*pack)->title : ""},
                               {"version", pack ? (*pack)->version : ""},
                               {"problem", pack ? Json() : Json(pack.error().text())}});
  }
  return Answer{JsonObject{{"items", std::move(items)}}};
}

Outcome show_pack(Services& s, const Call& call) {
  auto found = s.packs().get(call.part("pack"));
  if (!found) return refusal_of(found.error());
  const policy::Pack& pack = **found;
  JsonArray sources, schemes;
  for (const auto& d : pack.sources) sources.push_back(JsonObject{{"document", d.document}, {"title", d.title}});
  for (const auto& x : pack.schemes)
    schemes.push_back(JsonObject{{"scheme", pack.id + "/" + x.name}, {"title", x.title}});
  return Answer{.body = JsonObject{{"id", pack.id},
                                   {"title", pack.title},
                                   {"version", pack.version},
                                   {"hash", pack.hash},
                                   {"from", date_json(pack.from)},
                                   {"to", date_json(pack.to)},
                                   {"sources", std::move(sources)},
                                   {"schemes", std::move(schemes)},
                                   {"articles", articles_json(pack)}},
                .etag = "pack " + pack.id + " " + pack.hash};
}

Outcome show_article(Services& s, const Call& call) {
  auto found = s.packs().get(call.part("pack"));
  if (!found) return refusal_of(found.error());
  for (const Json& article : articles_json(**found))
    for (const char* name : {"id", "article"})
      if (*article.find(name)->as_string() == call.part("article")) return Answer{article};
  return not_found();
}

}  // namespace

Table policy_endpoints() {
  const auto may = people::Permission::policy_read;
  SchemaRef brief =
      object({{"id", text()}, {"title", text()}, {"version", text()}, {"problem", nullable(text(100'000))}});
  return {{.method = "GET",
           .path = "/policies",
           .summary = "packs",
           .permission = may,
           .output = object({{"items", list(brief)}}),
           .handler = list_packs},
          {.method = "GET",
           .path = "/policies/{pack}",
           .summary = "articles, blocks and parameters of a pack",
           .permission = may,
           .output = ref("Policy"),
           .handler = show_pack},
          {.method = "GET",
           .path = "/policies/{pack}/{article}",
           .summary = "one article, by its id or its name",
           .permission = may,
           .output = ref("PolicyArticle"),
           .handler = show_article}};
}

}  // namespace guanhu::api
