#include "policy/detail/document.h"

#include <cmark.h>

#include <memory>

#include "policy/detail/text.h"

namespace guanhu::policy::detail {

namespace {

// What the marks below a heading say; a heading inherits from the one above it.
struct Marks {
  std::string locator;
  std::optional<base::Date> from, to;
};

struct Open {  // a heading under which we are
  int level = 0;
  std::string text, article;
  Marks marks;
};

// The text of a node: emphasis and links flattened, a line break between Chinese characters dropped.
void append_inline(cmark_node* node, std::string& out, bool keep_lines) {
  for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
    switch (cmark_node_get_type(child)) {
      case CMARK_NODE_TEXT:
      case CMARK_NODE_CODE: out += cmark_node_get_literal(child); break;
      case CMARK_NODE_LINEBREAK: out += '\n'; break;
      case CMARK_NODE_SOFTBREAK:
        if (keep_lines) out += '\n';
        else if (!out.empty() && static_cast<unsigned char>(out.back()) < 0x80) out += ' ';
        break;
      default: append_inline(child, out, keep_lines);
    }
  }
}

// A paragraph, list or quotation as prose, one line for each paragraph in it.
void append_prose(cmark_node* node, std::string& out) {
  cmark_node_type type = cmark_node_get_type(node);
  if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING) {
    if (!out.empty()) out += '\n';
    append_inline(node, out, false);
  } else if (type == CMARK_NODE_CODE_BLOCK) {
    if (!out.empty()) out += '\n';
    out += trim(cmark_node_get_literal(node));
  } else {
    for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child))
      append_prose(child, out);
  }
}

// The rest of `text` after "来源:" (or with the full-width colon), or nothing.
std::optional<std::string_view> after_mark(std::string_view text, std::string_view mark) {
  text = trim(text);
  if (text.substr(0, mark.size()) != mark) return std::nullopt;
  text.remove_prefix(mark.size());
  for (std::string_view colon : {":", "\xEF\xBC\x9A"})
    if (text.substr(0, colon.size()) == colon) return trim(text.substr(colon.size()));
  return std::nullopt;
}

class Reader {
 public:
  Reader(const Source& source, Report& report) : source_(source), report_(report) { open_.push_back({}); }

  Document read() {
    std::unique_ptr<cmark_node, decltype(&cmark_node_free)> root(
        cmark_parse_document(source_.text.data(), source_.text.size(), CMARK_OPT_DEFAULT), cmark_node_free);
    for (cmark_node* node = cmark_node_first_child(root.get()); node; node = cmark_node_next(node)) top(node);
    return std::move(document_);
  }

 private:
  void top(cmark_node* node) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HEADING: return heading(node);
      case CMARK_NODE_CODE_BLOCK: return code(node);
      case CMARK_NODE_PARAGRAPH:
        if (marks(node)) return;
        [[fallthrough]];
      default: refuse_nested(node); append_prose(node, prose_);
    }
  }

  void heading(cmark_node* node) {
    int level = cmark_node_get_heading_level(node);
    while (open_.size() > 1 && open_.back().level >= level) open_.pop_back();
    Open next{level, "", "", open_.back().marks};
    append_inline(node, next.text, false);
    std::string own = article_of(next.text);
    bool absolute = own.rfind("第", 0) == 0 || own.rfind("附", 0) == 0;
    next.article = own.empty() || absolute ? own : open_.back().article + own;
    if (next.article.empty()) next.article = open_.back().article;
    open_.push_back(std::move(next));
    prose_.clear();
  }

  // "来源: … · 施行: 2013-01-01 至 2015-12-31", in one line or two. False when it is prose.
  bool marks(cmark_node* node) {
    std::string text;
    append_inline(node, text, true);
    if (!after_mark(text, "来源") && !after_mark(text, "施行")) return false;
    int line = cmark_node_get_start_line(node);
    for (std::string_view row : split_lines(text)) {
      if (!after_mark(row, "来源") && !after_mark(row, "施行"))
        report_.add(source_, whole_line(line), "policy.document.mark", "“来源”下面紧接着写了正文",
                    "在“来源”一行和正文之间空一行");
      while (!row.empty()) {
        size_t dot = row.find("·");
        mark(trim(row.substr(0, dot)), line);
        row.remove_prefix(dot == std::string_view::npos ? row.size() : dot + std::string_view("·").size());
      }
      ++line;
    }
    return true;
  }

  void mark(std::string_view text, int line) {
    Marks& marks = open_.back().marks;
    if (auto source = after_mark(text, "来源")) {
      marks.locator = *source;
    } else if (auto dates = after_mark(text, "施行")) {
      size_t until = dates->find("至");
      marks.from = date(trim(dates->substr(0, until)), line);
      marks.to.reset();
      if (until != std::string_view::npos) marks.to = date(trim(dates->substr(until + 3)), line);
      if (marks.from && marks.to && *marks.to < *marks.from)
        report_.add(source_, whole_line(line), "policy.document.dates", "施行的止日早于起日", "把起日写在前面");
    } else {
      marks.locator += " · " + std::string(text);
    }
  }

  std::optional<base::Date> date(std::string_view text, int line) {
    auto day = base::Date::parse(text);
    if (!day)
      report_.add(source_, whole_line(line), "policy.document.date", "施行日期“" + std::string(text) + "”不是日期",
                  "写成“施行: 2013-01-01”，有止日的写成“施行: 2013-01-01 至 2015-12-31”");
    return day;
  }

  Place whole_line(int line) const {
    return {line, 1, static_cast<int>(length(source_.lines[static_cast<size_t>(line) - 1]))};
  }

  // A block inside a list or quotation would be read with the wrong lines, or not at all.
  void refuse_nested(cmark_node* node) {
    for (cmark_node* child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
      if (cmark_node_get_type(child) == CMARK_NODE_CODE_BLOCK) refuse_indented(child);
      refuse_nested(child);
    }
  }

  void refuse_indented(cmark_node* node) {
    std::string_view info = trim(cmark_node_get_fence_info(node));
    if (info.empty() || info == "text") return;
    report_.add(source_, whole_line(cmark_node_get_start_line(node)), "policy.block.indented",
                "“" + std::string(info) + "”块没有顶格写", "把这一块移出列表或引用，从行首写起");
  }

  void code(cmark_node* node) {
    std::string_view info = trim(cmark_node_get_fence_info(node));
    if (info.empty() || info == "text") return append_prose(node, prose_);
    int line = cmark_node_get_start_line(node);
    const std::string& fence = source_.lines[static_cast<size_t>(line) - 1];
    if (fence[0] == ' ') return refuse_indented(node);
    if (!closed(node, fence[0]))
      report_.add(source_, whole_line(line), "policy.block.open", "这一块没有结束", "在块的末尾另起一行写 ```");
    size_t space = info.find_first_of(" \t");
    Block block;
    block.source = &source_;
    block.kind = info.substr(0, space);
    block.name = space == std::string_view::npos ? "" : trim(info.substr(space));
    size_t at = fence.find(block.kind);
    block.kind_at = {line, static_cast<int>(length(fence.substr(0, at))) + 1,
                     static_cast<int>(length(block.kind))};
    block.name_at = block.kind_at;
    if (!block.name.empty()) {
      at = fence.find(block.name, at + block.kind.size());
      block.name_at = {line, static_cast<int>(length(fence.substr(0, at))) + 1,
                       static_cast<int>(length(block.name))};
    }
    block.body = cmark_node_get_literal(node);
    fill_origin(block);
    document_.blocks.push_back(std::move(block));
  }

  bool closed(cmark_node* node, char mark) const {
    int end = cmark_node_get_end_line(node);
    if (end <= cmark_node_get_start_line(node)) return false;
    std::string_view last = trim(source_.lines[static_cast<size_t>(end) - 1]);
    return last.size() >= 3 && last.find_first_not_of(mark) == std::string_view::npos;
  }

  void fill_origin(Block& block) const {
    Origin& origin = block.origin;
    origin.document = source_.path;
    origin.line = block.kind_at.line;
    origin.article = open_.back().article;
    for (size_t i = 1; i < open_.size(); ++i) origin.heading.push_back(open_[i].text);
    origin.text = prose_;
    origin.locator = open_.back().marks.locator;
    block.from = open_.back().marks.from;
    block.to = open_.back().marks.to;
  }

  const Source& source_;
  Report& report_;
  Document document_;
  std::vector<Open> open_;  // outermost first; [0] is the document itself
  std::string prose_;       // since the last heading
};

}  // namespace

Document read_document(const Source& source, Report& report) { return Reader(source, report).read(); }

}  // namespace guanhu::policy::detail
