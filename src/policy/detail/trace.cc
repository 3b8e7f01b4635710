#include "policy/detail/trace.h"

#include <cstdio>
#include <regex>

#include "feel/json.h"
#include "policy/detail/texts.h"

namespace guanhu::policy::detail {

base::Json trace_tree(const std::string& name, const feel::Program& program, const feel::Trace& trace,
                      const feel::Value& value) {
  const std::string& source = program.source();
  // Steps come parts first: those deeper than the next one are its parts.
  std::vector<std::pair<int, base::Json>> open;
  for (const auto& step : trace.steps) {
    base::JsonArray parts;
    size_t first = open.size();
    while (first > 0 && open[first - 1].first > step.depth) --first;
    for (size_t i = first; i < open.size(); ++i) parts.push_back(std::move(open[i].second));
    open.resize(first);
    auto range = step.node->range;
    base::JsonObject node{{"text", source.substr(range.begin, range.end - range.begin)},
                          {"value", feel::to_json(step.value)}};
    if (!parts.empty()) node.emplace_back("parts", std::move(parts));
    open.emplace_back(step.depth, std::move(node));
  }
  base::JsonArray parts;
  for (auto& [depth, node] : open) {
    bool whole = depth == 0 && node.find("parts") && node.find("parts")->as_array();
    if (whole)
      for (const base::Json& part : *node.find("parts")->as_array()) parts.push_back(part);
    else if (depth > 0) parts.push_back(std::move(node));
  }
  base::JsonObject out{{"name", name}, {"formula", source}, {"value", feel::to_json(value)}};
  if (!parts.empty()) out.emplace_back("parts", std::move(parts));
  if (trace.left_out) out.emplace_back("left_out", trace.left_out);
  return out;
}

namespace {

// feel says: what is wrong, in 'the part' (the inputs it read).
struct Said {
  std::string what, part, inputs;
};

Said said(const std::string& message) {
  constexpr std::string_view kIn = ", in '";
  Said out{message, "", ""};
  const size_t in = message.rfind(kIn);
  const size_t from = in == message.npos ? 0 : in + kIn.size();
  const size_t open = message.find(in == message.npos ? " (" : "' (", from);
  const bool inputs = open != message.npos && message.ends_with(')') && message.find(" = ", open) != message.npos;
  size_t end = inputs ? open : message.size();
  if (inputs) {
    const size_t begin = message.find('(', open) + 1;
    out.inputs = message.substr(begin, message.size() - begin - 1);
  }
  if (in == message.npos) {
    out.what = message.substr(0, end);
  } else {
    if (!inputs && message.ends_with('\'')) --end;
    out.what = message.substr(0, in);
    out.part = message.substr(from, end - from);
  }
  return out;
}

std::string chinese(const std::string& message) {
  struct Pattern {
    std::regex form;
    std::string text;
  };
  static const Pattern kPatterns[] = {
      {std::regex("division by zero(: )?(.*)"), "除数是零"},
      {std::regex("cannot compare (.*)"), "不能比较：$1"},
      {std::regex("'?(.*?)'? is null.*"), "“$1”没有值"},
  };
  Said found = said(message);
  for (const Pattern& pattern : kPatterns)
    if (std::regex_match(found.what, pattern.form)) {
      found.what = std::regex_replace(found.what, pattern.form, pattern.text);
      break;
    }
  return found.what + (found.part.empty() ? "" : "，在“" + found.part + "”") +
         (found.inputs.empty() ? "" : "（" + found.inputs + "）");
}

}  // namespace

base::Error in_document(const base::Error& error, const std::string& document, const Text& text,
                        const std::string& name) {
  int line = 1, column = 1;
  bool placed = std::sscanf(error.where.c_str(), "%d:%d", &line, &column) == 2;
  int at_line = text.line, at_column = text.column;
  if (placed && line > 1) at_line += line - 1, at_column = column;
  else if (placed) at_column += column - 1;
  std::string code = error.code == "feel.limit" ? "decide.limit" : "decide.formula";
  return {code, "“" + name + "”算不出来：" + chinese(error.message),
          document + ":" + std::to_string(at_line) + ":" + std::to_string(at_column),
          "公式要先判断这种情形，如 if 分母 = 0 then null else …"};
}

}  // namespace guanhu::policy::detail
