// Packs: the rules, article by article, with the blocks that make them executable.
#include <algorithm>
#include <tuple>

#include "api/gate.h"
#include "api/handlers.h"
#include "base/digest.h"
#include "base/files.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
namespace fs = std::filesystem;

namespace {

Json date_json(const std::optional<base::Date>& day) { return day ? Json(day->str()) : Json(); }

struct Item {
  const policy::Origin* origin;
  std::string kind, name;
};

std::vector<Item> items_of(const policy::Pack& pack) {
  std::vector<Item> out;
  auto add = [&](const char* kind, const auto& all) {
    for (const auto& x : all) out.push_back({&x.origin, kind, x.name});
  };
  add("parameter", pack.parameters);
  add("measure", pack.measures);
  add("indicator", pack.indicators);
  add("score", pack.scores);
  add("peer", pack.peers);
  add("scheme", pack.schemes);
  for (const auto& x : pack.judgements) out.push_back({&x.origin, "judgement", ""});
  for (const auto& x : pack.opens) out.push_back({&x.origin, "open", ""});
  std::stable_sort(out.begin(), out.end(), [](const Item& a, const Item& b) {
    return std::tie(a.origin->document, a.origin->line) < std::tie(b.origin->document, b.origin->line);
  });
  return out;
}

// The lines of a pack's document: blocks are shown as they are written.
class Document {
 public:
  // An origin names a document by the path it was loaded from; its last parts lie below the folder of packs.
  Document(const fs::path& packs, const std::string& pack, const std::string& document) {
    std::string below = document;
    if (size_t at = below.rfind(pack + "/"); at != below.npos) below = below.substr(at);
    auto text = base::read_file(packs / below);
    if (!text) return;
    for (size_t at = 0; at < text->size();) {
      size_t end = std::min(text->find('\n', at), text->size());
      lines_.push_back(text->substr(at, end - at));
      at = end + 1;
    }
  }
  // The line of the fence that opens the block around `line` (from 1); 0: there is none.
  size_t fence(int line) const {
    for (size_t n = std::min(static_cast<size_t>(std::max(line, 0)), lines_.size()); n > 0; --n)
      if (lines_[n - 1].starts_with("```") && lines_[n - 1] != "```") return n;
    return 0;
  }
  // What stands between that fence and the one that closes it.
  std::string block(size_t fence) const {
    std::string out;
    for (size_t n = fence; fence > 0 && n < lines_.size() && !lines_[n].starts_with("```"); ++n)
      out += lines_[n] + "\n";
    return out;
  }

 private:
  std::vector<std::string> lines_;
};

// Stands in the path of one article: of letters and digits, whatever the article is called.
std::string id_of(const policy::Origin& o) {
  return base::sha256_hex(o.document + "\n" + o.article).substr(0, 12);
}

struct Block {
  size_t fence = 0;
  std::string kind, name;
  const policy::Origin* origin = nullptr;
};

struct Article {
  std::string id;
  const policy::Origin* origin = nullptr;
  std::vector<Block> blocks;
};

// One block may hold several elements (parameters): it is shown once, with all their names.
void add_to(Article& article, const Item& item, size_t fence) {
  for (Block& block : article.blocks)
    if (fence > 0 && block.fence == fence) {
      if (!item.name.empty()) block.name += (block.name.empty() ? "" : ", ") + item.name;
      return;
    }
  article.blocks.push_back({fence, item.kind, item.name, item.origin});
}

JsonArray rules_json(const std::vector<std::string>& rules) {
  JsonArray out;
  for (const auto& r : rules) out.push_back(r);
  return out;
}

// The heading without the number that stands in `article`: "管护贷款客户数量(10 分)".
std::string title_of(const policy::Origin& o) {
  if (o.heading.empty()) return "";
  std::string title = o.heading.back();
  if (!o.article.empty() && title.starts_with(o.article)) title.erase(0, o.article.size());
  title.erase(0, std::min(title.find_first_not_of(' '), title.size()));
  return title;
}

Json article_json(const Article& article, const Document& document) {
  const policy::Origin& o = *article.origin;
  JsonArray blocks;
  std::vector<std::string> rules;
  for (const Block& b : article.blocks) {
    for (const auto& r : b.origin->rules)
      if (std::find(rules.begin(), rules.end(), r) == rules.end()) rules.push_back(r);
    blocks.push_back(JsonObject{{"kind", b.kind},
                                {"name", b.name},
                                {"line", b.origin->line},
                                {"source", document.block(b.fence)},
                                {"rules", rules_json(b.origin->rules)}});
  }
  return JsonObject{{"id", article.id},
                    {"article", o.article},
                    {"title", title_of(o)},
                    {"document", o.document},
                    {"line", o.line},
                    {"locator", o.locator},
                    {"text", o.text},
                    {"rules", rules_json(rules)},
                    {"blocks", std::move(blocks)}};
}

JsonArray articles_json(const fs::path& packs, const policy::Pack& pack) {
  std::map<std::string, Document> documents;
  auto document = [&](const std::string& path) -> const Document& {
    return documents.try_emplace(path, packs, pack.id, path).first->second;
  };
  std::vector<Article> articles;
  for (const Item& item : items_of(pack)) {
    std::string id = id_of(*item.origin);
    auto known = std::find_if(articles.begin(), articles.end(), [&](const Article& a) { return a.id == id; });
    if (known == articles.end()) known = articles.insert(articles.end(), {id, item.origin, {}});
    add_to(*known, item, document(item.origin->document).fence(item.origin->line));
  }
  JsonArray out;
  for (const Article& article : articles) out.push_back(article_json(article, document(article.origin->document)));
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
                                   {"articles", articles_json(s.options().policies, pack)}},
                .etag = "pack " + pack.id + " " + pack.hash};
}

Outcome show_article(Services& s, const Call& call) {
  auto found = s.packs().get(call.part("pack"));
  if (!found) return refusal_of(found.error());
  for (const Json& article : articles_json(s.options().policies, **found))
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
           .summary = "articles and blocks of a pack",
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
