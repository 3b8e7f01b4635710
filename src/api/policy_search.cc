#include "api/policy_search.h"

#include <algorithm>

#include "api/pinyin.h"
#include "api/policy_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;

namespace {

constexpr size_t kMost = 1'000;
constexpr size_t kAround = 60;  // bytes of a snippet before what was found, at least

std::string small(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

std::vector<std::string> words_of(const std::string& q) {
  std::vector<std::string> out;
  std::string all = q;
  for (size_t at = all.find("　"); at != all.npos; at = all.find("　")) all.replace(at, 3, " ");
  for (size_t at = 0; at < all.size();) {
    size_t end = std::min(all.find(' ', at), all.size());
    if (end > at) out.push_back(small(all.substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

bool begins_character(const std::string& text, size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

// The text around what was found, whole characters, in one line.
std::string snippet_of(const std::string& text, const std::string& word) {
  size_t found = small(text).find(word);
  if (found == text.npos) found = 0;
  size_t from = found > kAround ? found - kAround : 0,
         to = std::min(text.size(), found + word.size() + 3 * kAround);
  while (!begins_character(text, from)) --from;
  while (!begins_character(text, to)) ++to;
  std::string out = (from ? "…" : "") + text.substr(from, to - from) + (to < text.size() ? "…" : "");
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

// How well one word is found: 0 not at all; names best.
struct Places {
  std::vector<std::string> names;  // matched also by pinyin
  std::vector<std::string> ids;    // rules, article: as they are written
  std::string body;
};

int rank_of(const Places& places, const std::string& word, bool& in_body) {
  int best = 0;
  for (const auto& name : places.names) {
    if (small(name) == word) best = std::max(best, 100);
    else if (small(name).starts_with(word)) best = std::max(best, 80);
    else if (matches(name, word)) best = std::max(best, 60);
  }
  for (const auto& id : places.ids) {
    if (small(id) == word) best = std::max(best, 90);
    else if (small(id).find(word) != id.npos) best = std::max(best, 50);
  }
  if (best == 0 && small(places.body).find(word) != std::string::npos) best = 20, in_body = true;
  return best;
}

class Search {
 public:
  Search(const std::string& q, std::string kind) : words_(words_of(q)), kind_(std::move(kind)) {}

  void look_through(const Book& book) {
    if (words_.empty()) return;
    for (const BookArticle& article : book.articles) {
      if (wanted("article"))
        look(book, article, "article", article.text.article, article.text.title, article.text.line,
             {{article.text.title, article.text.heading}, {article.text.article}, body_of(article)},
             article.rules);
      for (size_t i = 0; i < article.elements.size(); ++i) look_at_block(book, article, i);
    }
  }

  std::vector<Json> take() {
    std::stable_sort(hits_.begin(), hits_.end(), [](const Hit& a, const Hit& b) { return a.rank > b.rank; });
    std::vector<Json> out;
    for (size_t i = 0; i < std::min(hits_.size(), kMost); ++i) out.push_back(std::move(hits_[i].json));
    return out;
  }

 private:
  struct Hit {
    int rank = 0;
    Json json;
  };

  bool wanted(const std::string& kind) const { return kind_.empty() || kind_ == kind; }

  static std::string body_of(const BookArticle& article) {
    std::string out = article.text.text;
    for (const auto& block : article.text.blocks)
      if (!block.text.empty()) out += "\n" + block.text;
    return article.text.rest.empty() ? out : out + "\n" + article.text.rest;
  }

  void look_at_block(const Book& book, const BookArticle& article, size_t index) {
    const auto& block = article.text.blocks[index];
    bool first = true;
    for (const Element& element : article.elements[index]) {
      // Cases are found by their decision; a parameter's own lines are not told apart from its neighbours'.
      if (element.kind == "case" || !wanted(element.kind)) continue;
      const std::string body = element.kind == "parameter" && !first ? "" : block.source;
      look(book, article, element.kind, element.name, element.title, element.origin->line,
           {{element.name, element.title}, element.origin->rules, body}, element.origin->rules);
      first = false;
    }
  }

  void look(const Book& book, const BookArticle& article, const std::string& kind, const std::string& name,
            const std::string& title, int line, const Places& places, const std::vector<std::string>& rules) {
    int rank = 0;
    bool in_body = false;
    for (const auto& word : words_) {
      int one = rank_of(places, word, in_body);
      if (one == 0) return;
      rank += one;
    }
    // What people look for first comes first among equals.
    rank = rank * 10 + (kind == "decision" ? 3 : kind == "article" ? 2 : kind == "parameter" ? 1 : 0);
    hits_.push_back(
        {rank,
         JsonObject{{"pack", book.pack->id},
                    {"pack_title", book.pack->title},
                    {"kind", kind},
                    {"name", name},
                    {"title", title},
                    {"article", article.text.article},
                    {"article_id", article.id},
                    {"document", article.document},
                    {"line", line},
                    {"rules", texts_json(rules)},
                    {"snippet", in_body || kind == "article" ? snippet_of(places.body, words_.front()) : ""}}});
  }

  std::vector<std::string> words_;
  std::string kind_;
  std::vector<Hit> hits_;
};

}  // namespace

std::vector<Json> search_books(const BookList& books, const std::string& q, const std::string& kind,
                               const std::string& pack) {
  Search search(q, kind);
  for (const auto& book : books)
    if (pack.empty() || book->pack->id == pack) search.look_through(*book);
  return search.take();
}

}  // namespace guanhu::api
