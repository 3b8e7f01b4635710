// XML as this module reads it: elements by their local names, places for messages. The only user of
// pugixml. Inside of dmn only.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

#include "base/error.h"

namespace guanhu::dmn {

using Element = pugi::xml_node;

// One document with the lines of its elements. Not copied: elements point into it.
class XmlDocument {
 public:
  // Errors: "dmn.xml" where the text is no well-formed XML or has an encoding that is not read.
  static base::Result<std::shared_ptr<XmlDocument>> parse(std::string file, std::string_view text);
  Element root() const { return document_.document_element(); }
  const std::string& file() const { return file_; }
  int line(Element element) const;
  std::string where(Element element) const { return file_ + ":" + std::to_string(line(element)); }

 private:
  std::string file_;
  pugi::xml_document document_;
  std::vector<size_t> line_starts_;
};

Element root_of(Element element);  // of its document
std::string_view local_name(Element element);
// The namespace a prefix ("" the default one) has at this element; empty when it has none.
std::string namespace_of(Element element, std::string_view prefix);
// Child elements of the root's own namespace.
std::vector<Element> children(Element parent);
std::vector<Element> children(Element parent, std::string_view name);
Element child(Element parent, std::string_view name);  // the first, or an empty one
std::string attribute(Element element, const char* name);
bool flag(Element element, const char* name);  // "true" or "1"
// All character data directly inside, as it stands.
std::string text_of(Element element);
// Of <text> inside, trimmed; empty when there is none.
std::string inner_text(Element element);
std::string trimmed(std::string_view text);

}  // namespace guanhu::dmn
