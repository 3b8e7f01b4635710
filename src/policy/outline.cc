#include "policy/outline.h"

#include <algorithm>

#include "policy/detail/document.h"
#include "policy/detail/text.h"

namespace guanhu::policy {

namespace {

using detail::trim;

// "```KIND NAME": what stands behind the marks; nothing when the line is no fence of ours.
struct Fence {
  char mark = 0;
  size_t length = 0;
  std::string_view info;
};

Fence fence_of(std::string_view line) {
  Fence out;
  if (line.empty() || (line[0] != '`' && line[0] != '~')) return out;
  size_t length = std::min(line.find_first_not_of(line[0]), line.size());
  if (length < 3) return out;
  return {line[0], length, trim(line.substr(length))};
}

size_t heading_level(std::string_view line) {
  size_t level = std::min(line.find_first_not_of('#'), line.size());
  return level >= 1 && level <= 6 && level < line.size() && line[level] == ' ' ? level : 0;
}

bool is_mark(std::string_view line, std::string_view mark) {
  return line.starts_with(mark) &&
         (line.substr(mark.size()).starts_with(":") || line.substr(mark.size()).starts_with("："));
}

// What "来源" says, without the dates that may follow it.
std::string locator_of(std::string_view line) {
  std::string out;
  while (!line.empty()) {
    size_t dot = line.find("·");
    std::string_view part = trim(line.substr(0, dot));
    if (is_mark(part, "来源")) part = trim(part.substr(part.find_first_of(":") == 6 ? 7 : 9));
    if (!is_mark(part, "施行") && !part.empty()) out += (out.empty() ? "" : " · ") + std::string(part);
    line.remove_prefix(dot == line.npos ? line.size() : dot + std::string_view("·").size());
  }
  return out;
}

// Paragraphs, each in a line of its own; items of lists and rows of tables keep theirs.
class Prose {
 public:
  void line(std::string_view raw) {
    std::string_view text = trim(raw);
    if (text.empty()) {
      open_ = false;
      return;
    }
    bool own = text.starts_with("- ") || text.starts_with("* ") || text.starts_with("|") ||
               text.starts_with("> ") || (text[0] >= '0' && text[0] <= '9' && text.find(". ") < 4);
    if (!open_ || own) out_ += out_.empty() ? "" : "\n";
    else if (static_cast<unsigned char>(out_.back()) < 0x80) out_ += ' ';
    out_ += text;
    open_ = !text.starts_with("|");
  }
  std::string take() {
    open_ = false;
    return std::exchange(out_, "");
  }

 private:
  std::string out_;
  bool open_ = false;
};

class Outliner {
 public:
  explicit Outliner(std::string_view document) {
    if (document.starts_with("\xEF\xBB\xBF")) document.remove_prefix(3);
    lines_ = detail::split_lines(document);
    out_.emplace_back();
    out_.back().line = 1;
  }

  std::vector<OutlineArticle> run() {
    for (size_t n = 0; n < lines_.size();) n = step(n);
    close(static_cast<int>(lines_.size()));
    if (out_.front().bare()) {
      out_.erase(out_.begin());
      for (OutlineArticle& one : out_) one.parent -= one.parent >= 0 ? 1 : 0;
    }
    return std::move(out_);
  }

 private:
  // Takes the line n, with all of a block; gives the line that follows.
  size_t step(size_t n) {
    std::string_view line = lines_[n];
    if (Fence fence = fence_of(line); fence.mark) return block(n, fence);
    if (size_t level = heading_level(line)) {
      close(static_cast<int>(n));
      heading(trim(line.substr(level)), static_cast<int>(level), static_cast<int>(n) + 1);
    } else if (is_mark(trim(line), "来源")) {
      out_.back().locator = locator_of(trim(line));
    } else if (!is_mark(trim(line), "施行")) {
      prose_.line(line);
    }
    return n + 1;
  }

  size_t block(size_t n, const Fence& fence) {
    size_t end = n + 1;
    auto closes = [&](std::string_view line) {
      Fence other = fence_of(line);
      return other.mark == fence.mark && other.length >= fence.length && other.info.empty();
    };
    while (end < lines_.size() && !closes(lines_[end])) ++end;
    std::string source;
    for (size_t at = n + 1; at < std::min(end, lines_.size()); ++at) source += std::string(lines_[at]) + "\n";
    size_t last = std::min(end, lines_.size() - 1);
    if (fence.info.empty() || fence.info == "text") {  // an example on paper
      for (size_t at = n + 1; at < end; ++at) prose_.line(lines_[at]);
      return last + 1;
    }
    OutlineBlock made;
    size_t space = std::min(fence.info.find_first_of(" \t"), fence.info.size());
    made.kind = fence.info.substr(0, space), made.name = trim(fence.info.substr(space));
    made.line = static_cast<int>(n) + 1, made.end_line = static_cast<int>(last) + 1;
    made.source = std::move(source);
    OutlineArticle& here = out_.back();
    (here.blocks.empty() ? here.text : made.text) = prose_.take();
    here.blocks.push_back(std::move(made));
    return last + 1;
  }

  void close(int last) {
    OutlineArticle& here = out_.back();
    (here.blocks.empty() ? here.text : here.rest) = prose_.take();
    here.end_line = last;
  }

  void heading(std::string_view text, int level, int line) {
    while (!open_.empty() && out_[open_.back()].level >= level) open_.pop_back();
    OutlineArticle made;
    made.heading = text, made.level = level, made.line = line;
    std::string own = detail::article_of(made.heading), above;
    if (!open_.empty()) {
      made.parent = static_cast<int>(open_.back());
      above = out_[open_.back()].article;
      made.locator = out_[open_.back()].locator;
    }
    bool absolute = own.starts_with("第") || own.starts_with("附");
    made.article = own.empty() ? above : absolute ? own : above + own;
    made.title = made.heading;
    if (!own.empty() && made.title.starts_with(own)) made.title.erase(0, own.size());
    made.title = trim(made.title);
    open_.push_back(out_.size());
    out_.push_back(std::move(made));
  }

  std::vector<std::string_view> lines_;
  std::vector<OutlineArticle> out_;
  std::vector<size_t> open_;  // headings we are under
  Prose prose_;
};

}  // namespace

std::vector<OutlineArticle> outline(std::string_view document) { return Outliner(document).run(); }

}  // namespace guanhu::policy
