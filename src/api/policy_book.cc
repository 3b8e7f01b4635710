#include "api/policy_book.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "api/policy_json.h"
#include "base/digest.h"
#include "base/files.h"

namespace guanhu::api {

namespace fs = std::filesystem;
using base::Json;
using base::JsonObject;

namespace {

constexpr size_t kKept = 96;  // books

// "policies/sample/x.md" in its parts: what stands before the second "/" names the pack.
size_t behind_pack(const std::string& document) {
  size_t first = document.find('/');
  size_t second = first == document.npos ? document.npos : document.find('/', first + 1);
  return second == document.npos ? 0 : second + 1;
}

// 第十二条 → 12: the number of the first article or chapter a document speaks of. Documents without one come last.
int number_of(const std::vector<policy::OutlineArticle>& articles) {
  static const std::map<std::string, int> kDigits = {{"零", 0}, {"〇", 0}, {"一", 1}, {"二", 2},
                                                     {"三", 3}, {"四", 4}, {"五", 5}, {"六", 6},
                                                     {"七", 7}, {"八", 8}, {"九", 9}};
  for (const auto& article : articles) {
    if (!article.article.starts_with("第")) continue;
    int out = 0, digit = 0;
    bool any = false;
    for (size_t at = 3; at + 3 <= article.article.size(); at += 3) {
      std::string c = article.article.substr(at, 3);
      if (auto known = kDigits.find(c); known != kDigits.end()) digit = known->second;
      else if (c == "十") out += (any && digit ? digit : 1) * 10, digit = 0;
      else if (c == "百") out += digit * 100, digit = 0;
      else break;
      any = true;
    }
    if (any) return out + digit;
  }
  return 1 << 20;
}

struct File {
  std::string relative;
  std::vector<policy::OutlineArticle> articles;
  int number = 0;
};

std::vector<File> documents_of(const fs::path& folder) {
  std::vector<File> out;
  std::error_code failed;
  for (fs::recursive_directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
    const std::string name = at->path().filename().string();
    if (name.starts_with(".") && at->is_directory(failed)) at.disable_recursion_pending();
    if (name.starts_with(".") || name == "README.md" || at->path().extension() != ".md") continue;
    auto text = base::read_file(at->path());
    if (!text.ok()) continue;
    File file{at->path().lexically_relative(folder).generic_string(), policy::outline(*text), 0};
    file.number = number_of(file.articles);
    out.push_back(std::move(file));
  }
  std::sort(out.begin(), out.end(), [](const File& a, const File& b) {
    return std::tie(a.number, a.relative) < std::tie(b.number, b.relative);
  });
  return out;
}

// Puts a book together.
class Binder {
 public:
  Binder(std::shared_ptr<const policy::Pack> pack, fs::path folder) {
    book_->pack = std::move(pack), book_->folder = std::move(folder);
    book_->coverage = policy::coverage(*book_->pack, book_->folder);
    for (const Element& element : elements_of(*book_->pack))
      if (pack_of(*element.origin) == book_->pack->id)
        elements_[shown_document(element.origin->document)].push_back(element);
  }

  std::shared_ptr<const Book> bind() {
    for (File& file : documents_of(book_->folder)) add(file);
    return book_;
  }

 private:
  void add(File& file) {
    BookDocument document;
    document.path = "policies/" + book_->pack->id + "/" + file.relative;
    document.first = book_->articles.size(), document.articles = file.articles.size();
    document.title = file.articles.empty() ? file.relative : file.articles.front().heading;
    if (document.title.empty()) document.title = file.relative;
    for (auto& text : file.articles) {
      if (document.locator.empty()) document.locator = text.locator;
      BookArticle article;
      article.document = document.path;
      article.parent = text.parent < 0 ? -1 : text.parent + static_cast<int>(document.first);
      article.id = id_of(document.path, text.article);
      article.text = std::move(text);
      fill(article);
      book_->articles.push_back(std::move(article));
    }
    book_->documents.push_back(std::move(document));
  }

  // The first heading of an article has the id that the article's name gives; further ones count on.
  std::string id_of(const std::string& document, const std::string& article) {
    std::string key = document + "\n" + article;
    if (int again = seen_[key]++) key += "\n" + std::to_string(again);
    return base::sha256_hex(key).substr(0, 12);
  }

  void fill(BookArticle& article) {
    const auto& all = elements_[article.document];
    for (const auto& block : article.text.blocks) {
      std::vector<Element> here;
      for (const Element& element : all)
        if (element.origin->line >= block.line && element.origin->line <= block.end_line) here.push_back(element);
      for (const Element& element : here)
        for (const auto& rule : element.origin->rules)
          if (std::find(article.rules.begin(), article.rules.end(), rule) == article.rules.end())
            article.rules.push_back(rule);
      article.elements.push_back(std::move(here));
    }
    article.state = state_of(article);
  }

  // What its blocks make of it, in the words of ArticleCoverage; without any the coverage knows whether it is
  // missed.
  std::string state_of(const BookArticle& article) const {
    std::set<std::string> kinds;
    for (const auto& block : article.elements)
      for (const Element& element : block) kinds.insert(element.kind);
    static const std::set<std::string> kNoDoing = {"judgement", "open", "parameter", "type", "function", "case"};
    if (std::any_of(kinds.begin(), kinds.end(), [](const auto& kind) { return !kNoDoing.count(kind); }))
      return "executable";
    if (kinds.count("judgement")) return "judgement";
    if (kinds.count("open")) return "open";
    if (kinds.count("parameter")) return "parameters";
    for (const auto& one : book_->coverage)
      if (one.line == article.text.line && shown_document(one.document) == article.document) return one.state();
    return "chapter";
  }

  std::shared_ptr<Book> book_ = std::make_shared<Book>();
  std::map<std::string, std::vector<Element>> elements_;
  std::map<std::string, int> seen_;
};

template <class T>
void add_all(std::vector<Element>& out, const char* kind, const std::vector<T>& all, std::string T::*name,
             std::string T::*title) {
  for (const T& one : all)
    out.push_back({kind, name ? one.*name : "", title ? one.*title : "", &one.origin, &one});
}

}  // namespace

std::string shown_document(const std::string& document) {
  size_t first = document.find('/');
  return first == document.npos ? document : "policies" + document.substr(first);
}

std::string pack_of(const policy::Origin& origin) {
  size_t behind = behind_pack(origin.document), first = origin.document.find('/');
  return behind == 0 ? "" : origin.document.substr(first + 1, behind - first - 2);
}

std::vector<Element> elements_of(const policy::Pack& pack) {
  using namespace policy;
  std::vector<Element> out;
  add_all<Parameter>(out, "parameter", pack.parameters, &Parameter::name, nullptr);
  add_all<Measure>(out, "measure", pack.measures, &Measure::name, nullptr);
  add_all<Indicator>(out, "indicator", pack.indicators, &Indicator::name, nullptr);
  add_all<Score>(out, "score", pack.scores, &Score::name, nullptr);
  add_all<PeerFigure>(out, "peer", pack.peers, &PeerFigure::name, nullptr);
  add_all<Scheme>(out, "scheme", pack.schemes, &Scheme::name, &Scheme::title);
  add_all<Judgement>(out, "judgement", pack.judgements, nullptr, nullptr);
  add_all<OpenPoint>(out, "open", pack.opens, nullptr, nullptr);
  add_all<NamedType>(out, "type", pack.types, &NamedType::name, &NamedType::title);
  add_all<Function>(out, "function", pack.functions, &Function::name, &Function::title);
  add_all<Decision>(out, "decision", pack.decisions, &Decision::id, &Decision::title);
  add_all<CaseTable>(out, "case", pack.cases, &CaseTable::decision, nullptr);
  add_all<Checklist>(out, "checklist", pack.checklists, &Checklist::id, &Checklist::title);
  add_all<Duty>(out, "duty", pack.duties, &Duty::id, &Duty::title);
  add_all<Notice>(out, "notice", pack.notices, &Notice::id, &Notice::title);
  add_all<Process>(out, "process", pack.processes, &Process::id, &Process::title);
  add_all<Form>(out, "form", pack.forms, &Form::id, &Form::title);
  add_all<RecordedFact>(out, "fact", pack.recorded, &RecordedFact::name, nullptr);
  add_all<ListFigure>(out, "list", pack.lists, &ListFigure::name, nullptr);
  std::stable_sort(out.begin(), out.end(), [](const Element& a, const Element& b) {
    return std::tie(a.origin->document, a.origin->line) < std::tie(b.origin->document, b.origin->line);
  });
  return out;
}

Json element_json(const policy::Pack& pack, const Element& element) {
  using namespace policy;
  const std::string& kind = element.kind;
  if (kind == "decision") return element_json(pack, element.as<Decision>());
  if (kind == "function") return element_json(element.as<Function>());
  if (kind == "type") return element_json(element.as<NamedType>());
  if (kind == "judgement") return element_json(element.as<Judgement>());
  if (kind == "open") return element_json(element.as<OpenPoint>());
  if (kind == "case") return element_json(element.as<CaseTable>());
  if (kind == "checklist") return element_json(element.as<Checklist>());
  if (kind == "duty") return element_json(element.as<Duty>());
  if (kind == "notice") return element_json(element.as<Notice>());
  if (kind == "process") return element_json(element.as<Process>());
  if (kind == "measure") return element_json(element.as<Measure>());
  if (kind == "indicator") return element_json(element.as<Indicator>());
  if (kind == "score") return element_json(element.as<Score>());
  if (kind == "peer") return element_json(element.as<PeerFigure>());
  if (kind == "scheme") return element_json(element.as<Scheme>());
  if (kind == "form") return element_json(element.as<Form>());
  if (kind == "list") return element_json(element.as<ListFigure>());
  return {};
}

std::shared_ptr<const Book> make_book(std::shared_ptr<const policy::Pack> pack, fs::path folder) {
  return Binder(std::move(pack), std::move(folder)).bind();
}

const BookArticle* Book::article(const std::string& wanted, const std::string& document) const {
  const BookArticle *named = nullptr, *blocks = nullptr, *bare = nullptr;
  for (const BookArticle& one : articles) {
    if (!document.empty() && one.document != document) continue;
    if (one.id == wanted) return &one;
    bool same = one.text.article == wanted;
    if (same && !named && (!one.text.blocks.empty() || one.state == "none")) named = &one;
    if (same && !bare) bare = &one;
    for (const auto& block : one.elements)
      for (const Element& element : block)
        if (!blocks && element.origin->article == wanted) blocks = &one;
  }
  return named ? named : blocks ? blocks : bare;
}

const BookArticle* Book::article_of(const policy::Origin& origin) const {
  if (pack_of(origin) != pack->id) return nullptr;
  const std::string document = shown_document(origin.document);
  for (const BookArticle& one : articles)
    if (one.document == document && origin.line >= one.text.line && origin.line <= one.text.end_line) return &one;
  return nullptr;
}

const policy::OutlineBlock* Book::block_of(const policy::Origin& origin) const {
  const BookArticle* article = article_of(origin);
  if (!article) return nullptr;
  for (const auto& block : article->text.blocks)
    if (origin.line >= block.line && origin.line <= block.end_line) return &block;
  return nullptr;
}

Json Book::counted() const {
  JsonObject out;
  for (const char* state : {"executable", "judgement", "open", "parameters", "none"})
    out.emplace_back(state, static_cast<size_t>(std::count_if(
                                coverage.begin(), coverage.end(),
                                [&](const policy::ArticleCoverage& one) { return one.state() == state; })));
  return out;
}

std::shared_ptr<const Book> Books::of(std::shared_ptr<const policy::Pack> pack, const fs::path& folder) {
  const std::string key = folder.string() + "\n" + pack->hash;
  {
    std::lock_guard lock(mutex_);
    if (auto known = kept_.find(key); known != kept_.end()) return known->second;
  }
  auto made = make_book(std::move(pack), folder);
  std::lock_guard lock(mutex_);
  if (kept_.size() >= kKept) kept_.clear();
  return kept_[key] = made;
}

}  // namespace guanhu::api
