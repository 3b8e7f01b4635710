#include "policy/rename_figure.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

namespace guanhu::policy {

namespace {

template <size_t N>
bool among(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}
constexpr std::string_view kKinds[] = {"measure", "indicator", "peer", "score", "scheme", "list"};
constexpr std::string_view kNamed[] = {"measure", "indicator", "peer", "score"};
// Keys whose texts are names of figures, and keys whose texts are formulas over them.
constexpr std::string_view kLists[] = {"inputs", "figures", "of", "score"};
constexpr std::string_view kFormulas[] = {"formula", "entries", "sources"};

bool in_name(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u >= 0x80 || std::isalnum(u) || c == '_';
}

std::string_view trimmed(std::string_view text) {
  const size_t first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

class Renaming {
 public:
  Renaming(const std::string& from, const std::string& to) : from_(from), to_(to) {}

  FigureRenamed run(const std::string& document) {
    for (size_t at = 0; at < document.size();) {
      const size_t end = document.find('\n', at);
      const bool last = end == document.npos;
      out_.document += line(document.substr(at, last ? end : end - at));
      if (last) break;
      out_.document += '\n';
      at = end + 1;
    }
    return std::move(out_);
  }

 private:
  std::string line(const std::string& text) {
    if (text.starts_with("```")) return fence(text);
    if (!in_block_) return text;
    return inside(text);
  }

  std::string fence(const std::string& text) {
    key_.clear(), multi_ = "";
    if (in_fence_) {
      in_fence_ = in_block_ = in_links_ = false;
      return text;
    }
    in_fence_ = true;
    const size_t space = text.find(' ');
    const std::string kind = text.substr(3, space == text.npos ? text.npos : space - 3);
    in_links_ = kind == "decision" && space != text.npos &&
                trimmed(std::string_view(text).substr(space)) == "indicator-goals";
    in_block_ = in_links_ || among(kKinds, kind);
    if (space == text.npos || !among(kNamed, kind)) return text;
    if (trimmed(std::string_view(text).substr(space)) != from_) return text;
    ++out_.blocks;
    return text.substr(0, space + 1) + to_;
  }

  std::string inside(const std::string& text) {
    if (in_links_) return linked(text);
    if (!multi_.empty()) {
      const bool ends = text.find(multi_) != text.npos;
      std::string out = valued(text, false);
      if (ends) multi_.clear();
      return out;
    }
    const size_t equals = text.find('=');
    if (equals == text.npos) return valued(text, false);  // a list over several lines
    std::string_view key = trimmed(std::string_view(text).substr(0, equals));
    if (key.size() > 1 && key.front() == '"') key = key.substr(1, key.size() - 2);
    key_ = key;
    const std::string value = text.substr(equals + 1);
    for (const char* quotes : {"\"\"\"", "'''"})
      if (size_t opens = value.find(quotes); opens != value.npos && value.find(quotes, opens + 3) == value.npos)
        multi_ = quotes;
    return text.substr(0, equals + 1) + valued(value, multi_.empty());
  }

  // `whole`: the value stands on this line, with its own quotes around it.
  std::string valued(const std::string& text, bool whole) {
    if (among(kLists, key_)) return listed(text);
    if (!among(kFormulas, key_)) return text;
    size_t begins = 0, ends = text.size();
    std::string quote = "\"";
    if (whole) {
      begins = text.find_first_of("\"'");
      ends = text.find_last_of("\"'");
      if (begins == text.npos || begins == ends) return text;
      if (text[begins] == '"') quote = "\\\"";  // quotes inside a basic string are written so
      ++begins;
    } else if (key_ == "sources") {
      const size_t equals = text.find('=');  // what stands before it is an input of the decision
      if (equals == text.npos) return text;
      begins = equals + 1;
    } else if (key_ == "entries") {
      if (const size_t equals = text.find('='); equals != text.npos) begins = equals + 1;
    }
    return text.substr(0, begins) + words(text.substr(begins, ends - begins), quote) + text.substr(ends);
  }

  // A figure's link to its department's figure names it first.
  std::string linked(const std::string& text) {
    const std::string was = "{指标: \"" + from_ + "\"", is = "{指标: \"" + to_ + "\"";
    std::string out = text;
    for (size_t at = out.find(was); at != out.npos; at = out.find(was, at + is.size()))
      out.replace(at, was.size(), is), ++out_.mentions;
    return out;
  }

  // Quoted, from end to end.
  std::string listed(const std::string& text) {
    std::string out = text;
    for (const char* quote : {"\"", "'"}) {
      const std::string was = quote + from_ + quote, is = quote + to_ + quote;
      for (size_t at = out.find(was); at != out.npos; at = out.find(was, at + is.size()))
        out.replace(at, was.size(), is), ++out_.mentions;
    }
    return out;
  }

  // As a whole word, outside of FEEL's own texts.
  std::string words(const std::string& text, const std::string& quote) {
    std::string out;
    bool quoted = false;
    for (size_t at = 0; at < text.size();) {
      if (text.compare(at, quote.size(), quote) == 0) {
        quoted = !quoted;
        out += quote, at += quote.size();
        continue;
      }
      const bool starts =
          !quoted && (at == 0 || !in_name(text[at - 1])) && text.compare(at, from_.size(), from_) == 0;
      if (starts && (at + from_.size() == text.size() || !in_name(text[at + from_.size()]))) {
        out += to_, at += from_.size(), ++out_.mentions;
        continue;
      }
      out += text[at++];
    }
    return out;
  }

  const std::string from_, to_;
  FigureRenamed out_;
  bool in_fence_ = false, in_block_ = false, in_links_ = false;
  std::string key_, multi_;
};

}  // namespace

FigureRenamed with_figure_renamed(const std::string& document, const std::string& from, const std::string& to) {
  if (from.empty() || from == to) return {document, 0, 0};
  return Renaming(from, to).run(document);
}

}  // namespace guanhu::policy
