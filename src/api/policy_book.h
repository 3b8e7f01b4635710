// A pack with its documents as they are read: chapters, articles, the blocks in them and the elements they make.
// One for every state of a pack that somebody looks at: installed, a version, a draft.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "policy/coverage.h"
#include "policy/outline.h"
#include "policy/pack.h"

namespace guanhu::api {

// An element of a pack, wherever it is kept.
struct Element {
  std::string kind, name, title;  // "decision", its id, its title
  const policy::Origin* origin = nullptr;
  const void* of = nullptr;  // policy::Decision, ..., as `kind` says
  template <class T>
  const T& as() const {
    return *static_cast<const T*>(of);
  }
};
// All of them, in the order of documents and lines.
std::vector<Element> elements_of(const policy::Pack& pack);
// As PolicyElement; null of a parameter: those that stand in one block are shown together.
base::Json element_json(const policy::Pack& pack, const Element& element);

struct BookArticle {
  std::string id;        // safe in a path, of letters and digits; "" never
  std::string document;  // "policies/sample/x.md"
  policy::OutlineArticle text;
  int parent = -1;                             // index among the articles of the book
  std::string state;                           // as ArticleCoverage has it, or "chapter"
  std::vector<std::string> rules;              // of its blocks, each once
  std::vector<std::vector<Element>> elements;  // of each block
};

struct BookDocument {
  std::string path, title, locator;  // path as above; title: its first heading
  size_t first = 0, articles = 0;    // of the articles of the book
};

struct Book {
  std::shared_ptr<const policy::Pack> pack;
  std::filesystem::path folder;
  std::vector<BookDocument> documents;
  std::vector<BookArticle> articles;
  std::vector<policy::ArticleCoverage> coverage;

  // By id, else by the article's name, as its heading or one of its blocks has it; of one document, or of any.
  const BookArticle* article(const std::string& wanted, const std::string& document = "") const;
  // The article and the block an element of this pack stands in; null for one of another pack.
  const BookArticle* article_of(const policy::Origin& origin) const;
  const policy::OutlineBlock* block_of(const policy::Origin& origin) const;
  // Articles of each state: "executable", "judgement", "open", "parameters", "none".
  base::Json counted() const;
};

std::shared_ptr<const Book> make_book(std::shared_ptr<const policy::Pack> pack, std::filesystem::path folder);

// "policies/sample/x.md" for whatever folder the pack was read from; the pack that an origin belongs to.
std::string shown_document(const std::string& document);
std::string pack_of(const policy::Origin& origin);

// Books are made once for each content.
class Books {
 public:
  std::shared_ptr<const Book> of(std::shared_ptr<const policy::Pack> pack, const std::filesystem::path& folder);

 private:
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Book>> kept_;  // by folder and hash
};

}  // namespace guanhu::api
