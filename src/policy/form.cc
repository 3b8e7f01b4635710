#include "policy/form.h"

namespace guanhu::policy {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json maybe(const std::optional<Decimal>& number) { return number ? Json(number->str()) : Json(); }

JsonArray texts(const std::vector<std::string>& all) { return JsonArray(all.begin(), all.end()); }

Json entry_json(const FormEntry& entry, std::string key) {
  JsonArray levels;
  for (const FormLevel& level : entry.levels)
    levels.push_back(JsonObject{{"name", level.name}, {"mark", level.mark.str()}});
  return JsonObject{{"key", std::move(key)},      {"name", entry.name},         {"content", entry.content},
                    {"standard", entry.standard}, {"full", entry.full.str()},   {"levels", std::move(levels)},
                    {"may_skip", entry.may_skip}, {"rules", texts(entry.rules)}};
}

const Json& member(const Json& json, const char* name) {
  const Json* found = json.find(name);
  if (!found) throw base::Broken(std::string("a kept form has no ") + name);
  return *found;
}
std::string text_in(const Json& json, const char* name) {
  const std::string* text = member(json, name).as_string();
  if (!text) throw base::Broken(std::string("a kept form: ") + name + " is no text");
  return *text;
}
Decimal number_in(const Json& json, const char* name) {
  auto number = Decimal::parse(text_in(json, name));
  if (!number) throw base::Broken(std::string("a kept form: ") + name + " is no number");
  return *number;
}
std::optional<Decimal> maybe_in(const Json& json, const char* name) {
  return member(json, name).is_null() ? std::nullopt : std::optional(number_in(json, name));
}
const JsonArray& list_in(const Json& json, const char* name) {
  const JsonArray* list = member(json, name).as_array();
  if (!list) throw base::Broken(std::string("a kept form: ") + name + " is no list");
  return *list;
}
std::vector<std::string> texts_in(const Json& json, const char* name) {
  std::vector<std::string> out;
  for (const Json& one : list_in(json, name)) out.push_back(one.as_string() ? *one.as_string() : "");
  return out;
}

FormEntry entry_of(const Json& json) {
  FormEntry out;
  out.name = text_in(json, "name"), out.content = text_in(json, "content");
  out.standard = text_in(json, "standard"), out.full = number_in(json, "full");
  for (const Json& level : list_in(json, "levels"))
    out.levels.push_back({text_in(level, "name"), number_in(level, "mark")});
  const bool* skip = member(json, "may_skip").as_bool();
  out.may_skip = skip && *skip;
  out.rules = texts_in(json, "rules");
  return out;
}

}  // namespace

std::string entry_key(size_t item, size_t entry) {
  return std::to_string(item + 1) + "." + std::to_string(entry + 1);
}

Json to_json(const Form& form) {
  JsonArray items;
  for (size_t i = 0; i < form.items.size(); ++i) {
    JsonArray entries;
    for (size_t e = 0; e < form.items[i].entries.size(); ++e)
      entries.push_back(entry_json(form.items[i].entries[e], entry_key(i, e)));
    items.push_back(JsonObject{
        {"name", form.items[i].name}, {"weight", form.items[i].weight.str()}, {"entries", std::move(entries)}});
  }
  return JsonObject{{"id", form.id},
                    {"title", form.title},
                    {"note", form.note},
                    {"article", form.origin.article},
                    {"rules", texts(form.origin.rules)},
                    {"items", std::move(items)},
                    {"quality", JsonObject{{"lenient", maybe(form.quality.lenient)},
                                           {"halo", maybe(form.quality.halo)},
                                           {"reciprocal", maybe(form.quality.reciprocal)}}}};
}

Form form_of(const Json& json) {
  Form out;
  out.id = text_in(json, "id"), out.title = text_in(json, "title"), out.note = text_in(json, "note");
  out.origin.article = text_in(json, "article");
  out.origin.rules = texts_in(json, "rules");
  for (const Json& item : list_in(json, "items")) {
    FormItem one{text_in(item, "name"), number_in(item, "weight"), {}};
    for (const Json& entry : list_in(item, "entries")) one.entries.push_back(entry_of(entry));
    out.items.push_back(std::move(one));
  }
  const Json& quality = member(json, "quality");
  out.quality = {maybe_in(quality, "lenient"), maybe_in(quality, "halo"), maybe_in(quality, "reciprocal")};
  return out;
}

}  // namespace guanhu::policy
