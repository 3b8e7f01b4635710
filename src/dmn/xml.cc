#include "dmn/xml.h"

#include <algorithm>
#include <cctype>

namespace guanhu::dmn {
namespace {
constexpr size_t kMaxBytes = 64 << 20;

// The encoding an XML declaration names, in lower case; empty when it names none.
std::string declared_encoding(std::string_view text) {
  std::string_view head = text.substr(0, 200);
  size_t end = head.find("?>"), at = head.find("encoding");
  if (end == std::string_view::npos || at == std::string_view::npos || at > end) return "";
  size_t open = head.find_first_of("\"'", at);
  if (open == std::string_view::npos || open > end) return "";
  size_t close = head.find(head[open], open + 1);
  if (close == std::string_view::npos) return "";
  std::string name(head.substr(open + 1, close - open - 1));
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

std::string_view prefix_of(Element element) {
  std::string_view name = element.name();
  size_t colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}
}  // namespace

base::Result<std::shared_ptr<XmlDocument>> XmlDocument::parse(std::string file, std::string_view text) {
  auto refuse = [&](std::string message, std::string where, std::string hint) {
    return base::Error{"dmn.xml", std::move(message), std::move(where), std::move(hint)};
  };
  if (text.size() > kMaxBytes) return refuse("the file is longer than 64 MB", file, "split the model");
  std::string encoding = declared_encoding(text);
  if (!encoding.empty() && !encoding.starts_with("utf-") && encoding != "us-ascii" && encoding != "iso-8859-1")
    return refuse("the encoding '" + encoding + "' is not read", file + ":1", "save the model as UTF-8");
  auto document = std::make_shared<XmlDocument>();
  document->file_ = std::move(file);
  document->line_starts_.push_back(0);
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n') document->line_starts_.push_back(i + 1);
  auto outcome = document->document_.load_buffer(text.data(), text.size(),
                                                 pugi::parse_default | pugi::parse_ws_pcdata_single);
  if (!outcome) {
    auto after = std::upper_bound(document->line_starts_.begin(), document->line_starts_.end(),
                                  static_cast<size_t>(outcome.offset));
    return refuse(std::string("this is no well-formed XML: ") + outcome.description(),
                  document->file_ + ":" + std::to_string(after - document->line_starts_.begin()),
                  "open it in a DMN modeller and save it again");
  }
  return document;
}

int XmlDocument::line(Element element) const {
  auto offset = static_cast<size_t>(std::max<std::ptrdiff_t>(element.offset_debug(), 0));
  return static_cast<int>(std::upper_bound(line_starts_.begin(), line_starts_.end(), offset) -
                          line_starts_.begin());
}

Element root_of(Element element) {
  for (Element child : element.root().children())
    if (child.type() == pugi::node_element) return child;
  return {};
}

std::string_view local_name(Element element) {
  std::string_view name = element.name();
  size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string namespace_of(Element element, std::string_view prefix) {
  std::string name = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (Element at = element; at; at = at.parent())
    if (auto declared = at.attribute(name.c_str())) return declared.value();
  return "";
}

std::vector<Element> children(Element parent) {
  std::vector<Element> found;
  Element root = root_of(parent);
  std::string_view own = prefix_of(root);
  for (Element child = parent.first_child(); child; child = child.next_sibling()) {
    if (child.type() != pugi::node_element) continue;
    bool same = prefix_of(child) == own && !child.attribute("xmlns");
    if (same || namespace_of(child, prefix_of(child)) == namespace_of(root, own)) found.push_back(child);
  }
  return found;
}

std::vector<Element> children(Element parent, std::string_view name) {
  std::vector<Element> found = children(parent);
  std::erase_if(found, [&](Element e) { return local_name(e) != name; });
  return found;
}

Element child(Element parent, std::string_view name) {
  for (Element e : children(parent))
    if (local_name(e) == name) return e;
  return {};
}

std::string attribute(Element element, const char* name) { return element.attribute(name).value(); }

bool flag(Element element, const char* name) {
  std::string value = attribute(element, name);
  return value == "true" || value == "1";
}

std::string text_of(Element element) {
  std::string out;
  for (Element part = element.first_child(); part; part = part.next_sibling())
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) out += part.value();
  return out;
}

std::string trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t\r\n"), end = text.find_last_not_of(" \t\r\n");
  return begin == std::string_view::npos ? "" : std::string(text.substr(begin, end - begin + 1));
}

std::string inner_text(Element element) {
  Element text = child(element, "text");
  return text ? trimmed(text_of(text)) : "";
}

}  // namespace guanhu::dmn
