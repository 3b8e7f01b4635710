#include "policy/diff.h"

#include <algorithm>

#include "policy/detail/text.h"
#include "policy/diff_parts.h"

namespace guanhu::policy {
namespace {

constexpr size_t kLongest = 120;  // code points of a value in a sentence

std::string flat(const std::string& text) {
  std::string out;
  for (char c : text) {
    bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string shortened(const std::string& text) {
  std::string out = flat(text);
  if (detail::length(out) <= kLongest) return out;
  size_t at = 0;
  for (size_t i = 0; i < kLongest; ++i) detail::next_code_point(out, at);
  return out.substr(0, at) + "…";
}

std::string cell(const std::string& text) {
  std::string out;
  for (char c : flat(text)) {
    if (c == '|') out += '\\';
    out += c;
  }
  return out;
}

const char* kind_word(Change::Kind kind) {
  return kind == Change::Kind::added ? "新增" : kind == Change::Kind::removed ? "删去" : "修改";
}

base::Json version_json(const PackDiff::Version& v) {
  return base::JsonObject{{"id", v.id}, {"title", v.title}, {"version", v.version}, {"hash", v.hash}};
}

std::string day(const std::optional<base::Date>& date) { return date ? date->str() : "未写"; }

}  // namespace

std::string Change::words() const {
  std::string out = element + (name.empty() ? "" : "“" + name + "”") +
                    (article.empty() || article == name ? "" : "（" + article + "）");
  std::string old = shortened(before), now = shortened(after);
  if (kind == Kind::added)
    return "新增" + out + (part.empty() ? "" : "的" + part) + (now.empty() ? "" : "：" + now);
  if (kind == Kind::removed)
    return "删去" + out + (part.empty() ? "" : "的" + part) + (old.empty() ? "" : "：" + old);
  out += part;
  if (old.empty()) return out + "写上了：" + now;
  if (now.empty()) return out + "去掉了：" + old;
  return out + "由 " + old + " 改为 " + now;
}

std::string PackDiff::words() const {
  std::string out = before.id == after.id
                        ? after.title + "（" + after.id + "）" + before.version + " → " + after.version
                        : before.title + "（" + before.id + "）→ " + after.title + "（" + after.id + "）";
  out +=
      "，" +
      (changes.empty() ? std::string(before.hash == after.hash ? "没有不同" : "内容没有不同，只是排版或注释改了")
                       : std::to_string(changes.size()) + " 处不同") +
      "\n";
  for (const Change& change : changes) out += "  " + change.words() + "\n";
  return out;
}

std::string PackDiff::table() const {
  std::string out = "| | 对象 | 名称 | 条款 | 哪里 | " + before.version + " | " + after.version +
                    " |\n| --- | --- | --- | --- | --- | --- | --- |\n";
  for (const Change& change : changes)
    out += std::string("| ") + kind_word(change.kind) + " | " + change.element + " | " + cell(change.name) +
           " | " + cell(change.article) + " | " + cell(change.part) + " | " + cell(change.before) + " | " +
           cell(change.after) + " |\n";
  return out;
}

base::Json PackDiff::json() const {
  base::JsonArray list;
  for (const Change& change : changes) {
    const char* kind = change.kind == Change::Kind::added     ? "added"
                       : change.kind == Change::Kind::removed ? "removed"
                                                              : "changed";
    list.push_back(base::JsonObject{{"kind", kind},
                                    {"element", change.element},
                                    {"name", change.name},
                                    {"part", change.part},
                                    {"before", change.before},
                                    {"after", change.after},
                                    {"article", change.article},
                                    {"where", change.where},
                                    {"words", change.words()}});
  }
  return base::JsonObject{
      {"before", version_json(before)}, {"after", version_json(after)}, {"changes", std::move(list)}};
}

void Differ::add(const Under& under, Change::Kind kind, std::string part, std::string before, std::string after) {
  Change change;
  change.kind = kind;
  change.element = under.element;
  change.name = under.name;
  change.part = std::move(part);
  change.before = std::move(before);
  change.after = std::move(after);
  change.article = under.article;
  change.where = under.where;
  changes.push_back(std::move(change));
}

void Differ::field(const Under& under, const std::string& part, const std::string& before,
                   const std::string& after) {
  if (flat(before) != flat(after)) add(under, Change::Kind::changed, part, before, after);
}

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += (out.empty() ? "" : "；") + line;
  return out;
}

// The prose of the articles and what each block cites; the same words above several blocks count once.
void diff_articles(const Pack& before, const Pack& after, Differ& differ) {
  auto texts = [](const Pack& pack) {
    std::map<std::string, std::pair<std::string, Origin>> out;
    std::map<std::string, std::vector<std::string>> parts;
    auto take = [&](const auto& elements) {
      for (const auto& one : elements) {
        const Origin& origin = one.origin;
        if (origin.article.empty()) continue;
        std::string document = origin.document;
        for (int folder = 0; folder < 2; ++folder) document = document.substr(document.find('/') + 1);
        std::string key = document + "\n" + origin.article;
        auto& [text, first] = out.try_emplace(key, "", origin).first->second;
        auto& said = parts[key];
        if (!origin.text.empty() && std::find(said.begin(), said.end(), origin.text) == said.end()) {
          said.push_back(origin.text);
          text += (text.empty() ? "" : "\n") + origin.text;
        }
      }
    };
    take(pack.parameters), take(pack.measures), take(pack.indicators), take(pack.scores), take(pack.peers);
    take(pack.schemes), take(pack.judgements), take(pack.opens), take(pack.types), take(pack.functions);
    take(pack.decisions), take(pack.checklists), take(pack.duties), take(pack.notices), take(pack.processes);
    take(pack.forms);
    return out;
  };
  auto old = texts(before), now = texts(after);
  for (const auto& [key, one] : now) {
    Differ::Under under = Differ::under_of("条款", one.second.article, one.second);
    auto found = old.find(key);
    if (found == old.end()) differ.add(under, Change::Kind::added, "", "", one.first);
    else {
      differ.field(under, "的文字", found->second.first, one.first);
      differ.field(under, "的出处", found->second.second.locator, one.second.locator);
    }
  }
  for (const auto& [key, one] : old)
    if (!now.count(key))
      differ.add(Differ::under_of("条款", one.second.article, one.second), Change::Kind::removed, "", one.first,
                 "");
}

PackDiff diff(const Pack& before, const Pack& after) {
  PackDiff out;
  out.before = {before.id, before.title, before.version, before.hash};
  out.after = {after.id, after.title, after.version, after.hash};
  Differ differ;
  Differ::Under pack{"制度包", after.id, "", "pack.toml"};
  differ.field(pack, "的名称", before.title, after.title);
  differ.field(pack, "的版本", before.version, after.version);
  differ.field(pack, "的施行日", day(before.from), day(after.from));
  differ.field(pack, "的截止日", day(before.to), day(after.to));
  auto ids = [](const Pack& one) {
    std::vector<std::string> list;
    for (const auto& imported : one.imports) list.push_back(imported->id + " " + imported->version);
    return list;
  };
  differ.field(pack, "引用的包", detail::joined(ids(before)), detail::joined(ids(after)));
  differ.field(pack, "合成自", detail::joined(before.extends), detail::joined(after.extends));
  auto checks = [](const Pack& one) {
    std::vector<std::string> texts;
    for (const RegulatoryCheck& check : one.checks) texts.push_back(check.str());
    return detail::joined(texts);
  };
  differ.field(pack, "启用的监管检查", checks(before), checks(after));
  diff_parameters(before, after, differ);
  diff_decisions(before, after, differ);
  diff_figures(before, after, differ);
  diff_targets(before, after, differ);
  diff_work(before, after, differ);
  diff_articles(before, after, differ);
  out.changes = std::move(differ.changes);
  return out;
}

}  // namespace guanhu::policy
