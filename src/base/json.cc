#include "base/json.h"

#include <cstdint>
#include <unordered_set>

namespace guanhu::base {
namespace {
constexpr int kDeepest = 200;

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Json> document() {
    skip_space();
    Json out;
    if (!value(out, 0)) return error_;
    skip_space();
    if (at_ != text_.size()) return fail("text after the end of the document"), error_;
    return out;
  }

 private:
  bool fail(std::string message, std::string hint = "") {
    return fail_at(at_, std::move(message), std::move(hint));
  }
  bool fail_at(size_t at, std::string message, std::string hint) {
    size_t line = 1, column = 1;
    for (size_t i = 0; i < at && i < text_.size(); ++i) {
      if (text_[i] == '\n') ++line, column = 1;
      else if ((text_[i] & 0xC0) != 0x80) ++column;
    }
    error_ = {"json.syntax", std::move(message),
              "line " + std::to_string(line) + ", column " + std::to_string(column), std::move(hint)};
    return false;
  }
  bool more() const { return at_ < text_.size(); }
  void skip_space() {
    while (more() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r')) ++at_;
  }
  bool unexpected(const char* wanted) {
    if (!more()) return fail(std::string("the text ends where ") + wanted + " is expected");
    auto c = static_cast<unsigned char>(text_[at_]);
    std::string shown = c > 0x20 && c < 0x7F ? "'" + std::string(1, text_[at_]) + "'" : "this character";
    return fail(std::string(wanted) + " is expected, not " + shown);
  }

  bool value(Json& out, int depth) {
    if (depth > kDeepest) return fail("nested deeper than " + std::to_string(kDeepest) + " levels");
    if (!more()) return unexpected("a value");
    switch (text_[at_]) {
      case '{': return object(out, depth);
      case '[': return array(out, depth);
      case '"': {
        std::string s;
        if (!string(s)) return false;
        out = Json(std::move(s));
        return true;
      }
      case 't': return word("true", Json(true), out);
      case 'f': return word("false", Json(false), out);
      case 'n': return word("null", Json(), out);
      default: return number(out);
    }
  }

  bool word(std::string_view w, Json meaning, Json& out) {
    if (text_.substr(at_, w.size()) != w) return unexpected("a value");
    at_ += w.size();
    out = std::move(meaning);
    return true;
  }

  size_t digits() {
    size_t from = at_;
    while (more() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
    return at_ - from;
  }

  bool number(Json& out) {
    size_t from = at_;
    if (text_[at_] == '-') ++at_;
    size_t first = at_;
    size_t whole = digits();
    if (whole == 0) return at_ = first, unexpected(first == from ? "a value" : "a digit");
    if (whole > 1 && text_[first] == '0')
      return fail_at(from, "a number may not begin with 0", "write it as a string if it is an identifier");
    if (more() && text_[at_] == '.') {
      ++at_;
      if (digits() == 0) return unexpected("a digit");
    }
    if (more() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      if (more() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      if (digits() == 0) return unexpected("a digit");
    }
    auto parsed = Decimal::parse(text_.substr(from, at_ - from));
    if (!parsed) return fail_at(from, "the number is beyond the range of 34 digits and exponent 6111", "");
    out = Json(*parsed);
    return true;
  }

  bool array(Json& out, int depth) {
    ++at_;
    JsonArray items;
    skip_space();
    if (more() && text_[at_] == ']') return ++at_, out = Json(std::move(items)), true;
    while (true) {
      skip_space();
      if (!value(items.emplace_back(), depth + 1)) return false;
      skip_space();
      if (more() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      if (more() && text_[at_] == ']') break;
      return unexpected("',' or ']'");
    }
    ++at_;
    out = Json(std::move(items));
    return true;
  }

  bool object(Json& out, int depth) {
    ++at_;
    JsonObject members;
    std::unordered_set<std::string> names;
    skip_space();
    if (more() && text_[at_] == '}') return ++at_, out = Json(std::move(members)), true;
    while (true) {
      skip_space();
      if (!more() || text_[at_] != '"') return unexpected("a member's name in quotes");
      size_t from = at_;
      std::string name;
      if (!string(name)) return false;
      if (!names.insert(name).second)
        return fail_at(from, "the member \"" + name + "\" stands twice", "keep one of them");
      skip_space();
      if (!more() || text_[at_] != ':') return unexpected("':'");
      ++at_;
      skip_space();
      members.emplace_back(std::move(name), Json());
      if (!value(members.back().second, depth + 1)) return false;
      skip_space();
      if (more() && text_[at_] == ',') {
        ++at_;
        continue;
      }
      if (more() && text_[at_] == '}') break;
      return unexpected("',' or '}'");
    }
    ++at_;
    out = Json(std::move(members));
    return true;
  }

  bool string(std::string& out) {
    size_t from = at_++;
    while (true) {
      if (!more()) return fail_at(from, "the string has no end", "close it with a quote");
      auto c = static_cast<unsigned char>(text_[at_]);
      if (c == '"') return ++at_, true;
      if (c < 0x20) return fail("a control character inside a string", "write it as an escape, for example \\n");
      if (c == '\\') {
        if (!escape(out)) return false;
      } else if (c < 0x80) {
        out += text_[at_++];
      } else if (!utf8(out)) {
        return false;
      }
    }
  }

  // One multi-byte character, checked: no overlong form, no surrogate, nothing above U+10FFFF.
  bool utf8(std::string& out) {
    auto c = static_cast<unsigned char>(text_[at_]);
    size_t length = c >= 0xF0 && c <= 0xF4 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 0;
    if (c > 0xF4 || length == 0 || at_ + length > text_.size())
      return fail("the text is not UTF-8", "save it as UTF-8");
    uint32_t code = c & (0xFF >> (length + 1));
    for (size_t i = 1; i < length; ++i) {
      auto next = static_cast<unsigned char>(text_[at_ + i]);
      if ((next & 0xC0) != 0x80) return fail("the text is not UTF-8", "save it as UTF-8");
      code = code << 6 | (next & 0x3F);
    }
    bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF)
      return fail("the text is not UTF-8", "save it as UTF-8");
    out.append(text_.substr(at_, length));
    at_ += length;
    return true;
  }

  bool hex4(uint32_t& out) {
    out = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      char c = more() ? text_[at_] : '\0';
      if (c >= '0' && c <= '9') out = out * 16 + static_cast<uint32_t>(c - '0');
      else if (c >= 'a' && c <= 'f') out = out * 16 + static_cast<uint32_t>(c - 'a' + 10);
      else if (c >= 'A' && c <= 'F') out = out * 16 + static_cast<uint32_t>(c - 'A' + 10);
      else return unexpected("a hexadecimal digit");
    }
    return true;
  }

  bool escape(std::string& out) {
    size_t from = at_++;
    static constexpr std::string_view kLetters = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
    size_t which = more() ? kLetters.find(text_[at_]) : std::string_view::npos;
    if (which != std::string_view::npos) return ++at_, out += kMeanings[which], true;
    if (!more() || text_[at_] != 'u')
      return fail_at(from, "an unknown escape in a string", "write \\\\ for a backslash");
    ++at_;
    uint32_t code = 0;
    if (!hex4(code)) return false;
    if (code >= 0xD800 && code < 0xDC00) {
      uint32_t low = 0;
      if (text_.substr(at_, 2) != "\\u") return fail_at(from, "half of a surrogate pair", "");
      at_ += 2;
      if (!hex4(low)) return false;
      if (low < 0xDC00 || low > 0xDFFF) return fail_at(from, "half of a surrogate pair", "");
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xDC00 && code < 0xE000) {
      return fail_at(from, "half of a surrogate pair", "");
    }
    append_utf8(out, code);
    return true;
  }

  static void append_utf8(std::string& out, uint32_t code) {
    if (code < 0x80) {
      out += static_cast<char>(code);
    } else if (code < 0x800) {
      out += static_cast<char>(0xC0 | code >> 6);
      out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
      out += static_cast<char>(0xE0 | code >> 12);
      out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
      out += static_cast<char>(0xF0 | code >> 18);
      out += static_cast<char>(0x80 | (code >> 12 & 0x3F));
      out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (code & 0x3F));
    }
  }

  std::string_view text_;
  size_t at_ = 0;
  Error error_;
};

void write_string(std::string& out, std::string_view s) {
  out += '"';
  for (char c : s) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          static constexpr char kHex[] = "0123456789abcdef";
          out += "\\u00";
          out += kHex[c >> 4 & 15];
          out += kHex[c & 15];
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void new_line(std::string& out, int indent, int depth) {
  if (indent == 0) return;
  out += '\n';
  out.append(static_cast<size_t>(indent * depth), ' ');
}
}  // namespace

const Json* Json::find(std::string_view name) const {
  const JsonObject* members = as_object();
  if (!members) return nullptr;
  for (auto& [key, member] : *members)
    if (key == name) return &member;
  return nullptr;
}

Result<Json> Json::parse(std::string_view text) {
  if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
  return Reader(text).document();
}

std::string Json::dump(int indent) const {
  std::string out;
  write(out, indent, 0);
  return out;
}

void Json::write(std::string& out, int indent, int depth) const {
  if (is_null()) {
    out += "null";
  } else if (auto* b = as_bool()) {
    out += *b ? "true" : "false";
  } else if (auto* n = as_number()) {
    out += n->str();
  } else if (auto* s = as_string()) {
    write_string(out, *s);
  } else if (auto* items = as_array()) {
    out += '[';
    for (size_t i = 0; i < items->size(); ++i) {
      if (i != 0) out += indent ? "," : ", ";
      new_line(out, indent, depth + 1);
      (*items)[i].write(out, indent, depth + 1);
    }
    if (!items->empty()) new_line(out, indent, depth);
    out += ']';
  } else if (auto* members = as_object()) {
    out += '{';
    for (size_t i = 0; i < members->size(); ++i) {
      if (i != 0) out += indent ? "," : ", ";
      new_line(out, indent, depth + 1);
      write_string(out, (*members)[i].first);
      out += ": ";
      (*members)[i].second.write(out, indent, depth + 1);
    }
    if (!members->empty()) new_line(out, indent, depth);
    out += '}';
  }
}

}  // namespace guanhu::base
