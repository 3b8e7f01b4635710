#include "policy/coverage.h"

#include <algorithm>

#include "base/files.h"
#include "policy/detail/document.h"
#include "policy/detail/text.h"

namespace guanhu::policy {

namespace {

struct Heading {
  std::string document, article, text;
  int line = 0;
  size_t level = 0;
  bool divided = false;  // headings below it say what it holds
};

// Lines that begin with "#" outside of fences; the article of a part stands behind that of the whole.
void read_headings(const std::string& shown, const std::string& text, std::vector<Heading>& out) {
  std::vector<std::pair<size_t, std::string>> open;  // level, article
  bool fenced = false;
  int number = 0;
  for (std::string_view line : detail::split_lines(text)) {
    ++number;
    if (line.starts_with("```")) fenced = !fenced;
    size_t level = std::min(line.find_first_not_of('#'), line.size());
    if (fenced || level == 0 || level > 6 || level == line.size() || line[level] != ' ') continue;
    while (!open.empty() && open.back().first >= level) open.pop_back();
    if (!out.empty() && out.back().document == shown && out.back().level < level) out.back().divided = true;
    std::string title(detail::trim(line.substr(level)));
    std::string own = detail::article_of(title);
    bool absolute = own.starts_with("第") || own.starts_with("附");
    std::string article = own.empty() || absolute || open.empty() ? own : open.back().second + own;
    open.emplace_back(level, article.empty() && !open.empty() ? open.back().second : article);
    out.push_back({shown, article, title, number, level});
  }
}

std::vector<Heading> headings_of(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::vector<Heading> out;
  std::error_code failed;
  fs::path whole = fs::absolute(folder).lexically_normal();
  if (!whole.has_filename()) whole = whole.parent_path();
  for (fs::recursive_directory_iterator at(whole, failed), end; !failed && at != end; at.increment(failed)) {
    if (at->path().extension() != ".md" || at->path().filename() == "README.md") continue;
    auto text = base::read_file(at->path());
    if (text.ok())
      read_headings(at->path().lexically_relative(whole.parent_path().parent_path()).generic_string(), *text, out);
  }
  return out;
}

class Counter {
 public:
  explicit Counter(std::vector<ArticleCoverage>& out) : out_(out) {}

  ArticleCoverage& at(const Origin& origin) {
    auto same = [&](const ArticleCoverage& one) {
      return one.document == origin.document && one.article == origin.article;
    };
    auto found = std::find_if(out_.begin(), out_.end(), same);
    if (found == out_.end()) {
      out_.push_back(
          {origin.document, origin.article, origin.heading.empty() ? "" : origin.heading.back(), origin.line});
      found = out_.end() - 1;
    }
    found->line = std::min(found->line, origin.line);
    for (const std::string& rule : origin.rules)
      if (std::find(found->rules.begin(), found->rules.end(), rule) == found->rules.end())
        found->rules.push_back(rule);
    return *found;
  }
  template <class T>
  void add(const std::vector<T>& all, size_t ArticleCoverage::*count) {
    for (const T& one : all) ++(at(one.origin).*count);
  }

 private:
  std::vector<ArticleCoverage>& out_;
};

// An article with a part that is covered is covered by it: "第三章" by "第三章四(二)".
bool covered_below(const std::vector<ArticleCoverage>& all, const Heading& heading) {
  return std::any_of(all.begin(), all.end(), [&](const ArticleCoverage& one) {
    return one.document == heading.document && one.article.starts_with(heading.article);
  });
}

}  // namespace

std::string ArticleCoverage::state() const {
  if (executable) return "executable";
  if (judgements) return "judgement";
  if (opens) return "open";
  return parameters ? "parameters" : "none";
}

std::vector<ArticleCoverage> coverage(const Pack& pack, const std::filesystem::path& folder) {
  std::vector<ArticleCoverage> out;
  Counter counter(out);
  counter.add(pack.decisions, &ArticleCoverage::executable);
  counter.add(pack.measures, &ArticleCoverage::executable);
  counter.add(pack.indicators, &ArticleCoverage::executable);
  counter.add(pack.scores, &ArticleCoverage::executable);
  counter.add(pack.peers, &ArticleCoverage::executable);
  counter.add(pack.schemes, &ArticleCoverage::executable);
  counter.add(pack.checklists, &ArticleCoverage::executable);
  counter.add(pack.duties, &ArticleCoverage::executable);
  counter.add(pack.notices, &ArticleCoverage::executable);
  counter.add(pack.processes, &ArticleCoverage::executable);
  counter.add(pack.forms, &ArticleCoverage::executable);
  counter.add(pack.targets, &ArticleCoverage::executable);
  counter.add(pack.parameters, &ArticleCoverage::parameters);
  counter.add(pack.judgements, &ArticleCoverage::judgements);
  counter.add(pack.opens, &ArticleCoverage::opens);
  std::vector<ArticleCoverage> bare;
  for (const Heading& heading : headings_of(folder))
    if (!heading.article.empty() && !heading.divided && !covered_below(out, heading))
      bare.push_back({heading.document, heading.article, heading.text, heading.line});
  out.insert(out.end(), bare.begin(), bare.end());
  std::stable_sort(out.begin(), out.end(), [](const ArticleCoverage& a, const ArticleCoverage& b) {
    return a.document != b.document ? a.document < b.document : a.line < b.line;
  });
  return out;
}

}  // namespace guanhu::policy
