#include "api/policy_trial.h"

#include <algorithm>

#include "api/gate.h"
#include "api/policy_json.h"
#include "base/json_member.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

// Of the first row that matched.
Json line_of(const Json* rows) {
  if (!rows || rows->as_array()->empty()) return {};
  const Json* line = rows->as_array()->front().find("line");
  return line ? *line : Json();
}

Json node_json(const Json& step, const char* text_name) {
  JsonArray parts;
  if (const Json* inner = given(step, "parts"))
    for (const Json& part : *inner->as_array()) parts.push_back(node_json(part, "text"));
  const Json *value = step.find("value"), *left = given(step, "left_out"), *rows = given(step, "matched");
  return JsonObject{{"name", text_in(step, "name")},
                    {"text", text_in(step, text_name)},
                    {"value", value ? *value : Json()},
                    {"note", ""},
                    {"line", line_of(rows)},
                    {"table", rows != nullptr},
                    {"rows", rows ? *rows : Json(JsonArray{})},
                    {"left_out", left ? *left : Json(0)},
                    {"parts", std::move(parts)}};
}

// The article a rule is obeyed in: of the name that is cited where there is one, else any that has the rule.
const BookArticle* article_of(const Book& book, const policy::Cite& cite) {
  const BookArticle* any = nullptr;
  for (const BookArticle& one : book.articles) {
    if (std::find(one.rules.begin(), one.rules.end(), cite.rule_id) == one.rules.end()) continue;
    if (one.text.article == cite.article) return &one;
    if (!any) any = &one;
  }
  return any ? any : cite.article.empty() ? nullptr : book.article(cite.article);
}

}  // namespace

JsonArray cites_json(const Book& book, const std::vector<policy::Cite>& cites) {
  JsonArray out;
  for (const policy::Cite& cite : cites) {
    const BookArticle* article = article_of(book, cite);
    out.push_back(JsonObject{{"rule_id", cite.rule_id},
                             {"article", cite.article},
                             {"article_id", article ? Json(article->id) : Json()},
                             {"pack", book.pack->id},
                             {"document", article ? article->document : ""},
                             {"table", cite.table.empty() ? Json() : Json(cite.table)},
                             {"row", cite.row ? Json(cite.row) : Json()},
                             {"note", cite.note}});
  }
  return out;
}

JsonArray trace_json(const Json& trace) {
  JsonArray out;
  const JsonArray& steps = *trace.as_array();
  for (size_t i = 0; i < steps.size();) {
    // Steps of one name around a table are what its columns and its result gave.
    size_t end = i, table = steps.size();
    const std::string name = text_in(steps[i], "name");
    for (; end < steps.size() && text_in(steps[end], "name") == name; ++end) {
      if (!given(steps[end], "matched")) continue;
      if (table != steps.size()) break;  // the next time it is asked
      table = end;
    }
    if (table == steps.size()) {
      out.push_back(node_json(steps[i++], "formula"));
      continue;
    }
    Json node = node_json(steps[table], "formula");
    JsonArray parts;
    for (size_t at = i; at < end; ++at)
      if (at != table) {
        Json part = node_json(steps[at], "formula");
        part.as_object()->front().second = at < table ? "" : name;
        parts.push_back(std::move(part));
      }
    for (auto& [key, value] : *node.as_object()) {
      if (key == "value" && end - 1 > table)
        if (const Json* last = steps[end - 1].find("value")) value = *last;
      if (key == "parts") value = std::move(parts);
    }
    out.push_back(std::move(node));
    i = end;
  }
  return out;
}

Refusal refusal_of_trial(const policy::Decision& decision, const Json& input, const base::Error& error) {
  Refusal out = refusal_of(error);
  for (const auto& one : policy::input_errors(decision, input))
    out.misfits.push_back({one.where, one.hint.empty() ? one.message : one.message + "，" + one.hint});
  if (out.misfits.empty()) out.misfits.push_back({error.where, error.message});
  else out.error.hint.clear();
  return out;
}

}  // namespace guanhu::api
