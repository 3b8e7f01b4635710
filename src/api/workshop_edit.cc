// Blocks of a draft filled in by forms: written back into the document they stand in, and nothing else touched.
#include <algorithm>
#include <map>
#include <set>

#include "api/workshop.h"
#include "base/json_member.h"
#include "policy/block_edit.h"
#include "policy/edit.h"
#include "policy/part.h"
#include "policy/rename_figure.h"
#include "policy/target.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr const char* kKinds[] = {"measure", "indicator", "peer", "score", "scheme", "parameter", "target"};

// What each kind obeys where nobody says more: the settings of the platform's own regulation.
const std::map<std::string, std::string> kRules = {{"measure", "KPI-618"}, {"indicator", "KPI-621"},
                                                   {"peer", "KPI-621"},    {"score", "KPI-623"},
                                                   {"scheme", "KPI-616"},  {"target", "KPI-612"}};

Error refused(const std::string& message, const std::string& where, const std::string& hint) {
  return {"policy.edit.value", message, where, hint};
}

bool fits_fence(const std::string& name) {
  return !name.empty() && name.size() <= 120 && name.find_first_of(" \t\r\n`~#\"'|") == name.npos;
}

// Where something new goes: an article of a document, or a new one at its end.
struct Place {
  std::string path, text;
  int heading = 0;
  std::string prose;  // to stand above the block
};

class Editor {
 public:
  Editor(const DraftWork& work, const policy::Pack& pack) : work_(work), pack_(pack) {}

  base::Result<EditedDocument> run(const Json& edit) {
    if (const Json* block = given(edit, "block")) return block_edit(*block);
    if (const Json* remove = given(edit, "remove")) return remove_block(*remove);
    if (const Json* rename = given(edit, "rename")) return rename_figure(*rename);
    if (const Json* parameter = given(edit, "parameter")) return parameter_edit(*parameter);
    if (const Json* target = given(edit, "target")) return target_edit(*target);
    return Error{"request.body", "没有说要改什么", "edit", "写 block、remove、rename、parameter 或 target"};
  }

 private:
  base::Result<EditedDocument> block_edit(const Json& edit) {
    const std::string kind = text_in(edit, "kind"), name = text_in(edit, "name");
    if (!fits_fence(name))
      return refused("“" + name + "”不能作名称", "name", "用汉字、字母、数字和下划线，不带空格");
    auto keys = keys_of(edit);
    for (const auto& one : workshop_blocks(work_))
      if (one.block.kind == kind && one.block.name == name) return change(one, keys);
    if (taken(name))
      return Error{"policy.edit.name", "“" + name + "”已经是别的指标或参数的名称", "name", "换一个名称"};
    auto place = place_of(edit);
    if (!place) return place.error();
    auto has = [&](const char* key) {
      return std::any_of(keys.begin(), keys.end(), [&](const auto& one) { return one.key == key; });
    };
    if (auto rule = kRules.find(kind); rule != kRules.end() && !has("rules"))
      keys.push_back({"rules", JsonArray{rule->second}});
    add_inputs(kind, {}, keys);
    auto text = policy::with_new_block(place->text, place->heading, {kind, name, keys, place->prose});
    if (!text) return text.error();
    return EditedDocument{place->path, *text, kind + " " + name};
  }

  base::Result<EditedDocument> change(const PlacedBlock& at, std::vector<policy::KeyEdit> keys) {
    std::vector<std::string> before;
    if (auto known = policy::block_keys(at.block.source); known)
      if (const Json* inputs = known->find("inputs"); inputs && inputs->as_array())
        for (const Json& one : *inputs->as_array())
          if (one.as_string()) before.push_back(*one.as_string());
    add_inputs(at.block.kind, before, keys);
    auto text = policy::with_block_keys(*work_.file(at.path)->content, at.block.line, keys);
    if (!text) return text.error();
    return EditedDocument{at.path, *text, at.block.kind + " " + at.block.name};
  }

  // What the formula names is listed by itself.
  void add_inputs(const std::string& kind, const std::vector<std::string>& before,
                  std::vector<policy::KeyEdit>& keys) const {
    if (kind != "indicator" && kind != "score") return;
    const std::string* formula = nullptr;
    for (const auto& one : keys) {
      if (one.key == "inputs") return;
      if (one.key == "formula") formula = one.value.as_string();
    }
    if (!formula) return;
    JsonArray inputs;
    for (auto& name : policy::figures_in(pack_, *formula, before)) inputs.push_back(std::move(name));
    keys.push_back({"inputs", std::move(inputs)});
  }

  static std::vector<policy::KeyEdit> keys_of(const Json& edit) {
    std::vector<policy::KeyEdit> out;
    if (const Json* keys = given(edit, "keys"))
      for (const auto& [key, value] : *keys->as_object()) out.push_back({key, value});
    return out;
  }

  bool taken(const std::string& name) const {
    return pack_.measure(name) || pack_.indicator(name) || pack_.score(name) || pack_.peer(name) ||
           pack_.parameter(name);
  }

  base::Result<EditedDocument> remove_block(const Json& edit) {
    const std::string kind = text_in(edit, "kind"), name = text_in(edit, "name");
    if (kind == "parameter") {
      const policy::Parameter* parameter = pack_.parameter(name);
      const std::string path =
          parameter ? path_in_draft(work_.draft, shown_document(parameter->origin.document)) : "";
      const policy::DraftFile* file = work_.file(path);
      if (!file) return Error{"policy.edit.block", "草稿里没有参数“" + name + "”", "name", "重新读取"};
      auto text = policy::without_parameter(*file->content, *parameter);
      if (!text) return text.error();
      return EditedDocument{path, *text, "remove parameter " + name};
    }
    for (const auto& one : workshop_blocks(work_)) {
      if (one.block.kind != kind || one.block.name != name) continue;
      auto text = policy::without_block(*work_.file(one.path)->content, one.block.line);
      if (!text) return text.error();
      return EditedDocument{one.path, *text, "remove " + kind + " " + name};
    }
    return Error{"policy.edit.block", "草稿自己的文档里没有“" + name + "”", "name",
                 "从别的制度包继承来的，在那个包里改"};
  }

  // Under its new name wherever the pack's documents name it: one change over all of them.
  base::Result<EditedDocument> rename_figure(const Json& edit) {
    const std::string name = text_in(edit, "name"), to = text_in(edit, "to");
    if (!fits_fence(to)) return refused("“" + to + "”不能作名称", "to", "用汉字、字母、数字和下划线，不带空格");
    if (taken(to) || to == name)
      return Error{"policy.edit.name", "“" + to + "”已经是别的指标或参数的名称", "to", "换一个名称"};
    for (const policy::Scheme& scheme : pack_.schemes) {
      const policy::Decision* decision = scheme.decision.empty() ? nullptr : pack_.decision(scheme.decision);
      if (decision && decision->input(name))
        return Error{"policy.edit.name",
                     "方案“" + scheme.name + "”的决策有同名的输入“" + name + "”，改了名就取不到数", "to",
                     "先在方案的取数里写明这个输入从哪个指标来"};
    }
    EditedDocument out{"", "", "rename " + name + " " + to};
    for (const auto& file : work_.files) {
      if (!file.content || !file.path.ends_with(".md") || file.path.ends_with("README.md")) continue;
      policy::FigureRenamed done = policy::with_figure_renamed(*file.content, name, to);
      if (!done.blocks && !done.mentions) continue;
      if (done.blocks && out.path.empty()) out.path = file.path, out.text = std::move(done.document);
      else out.more.push_back({file.path, std::move(done.document)});
    }
    if (out.path.empty())
      return Error{"policy.edit.block", "草稿自己的文档里没有“" + name + "”", "name",
                   "从别的制度包继承来的，在那个包里改"};
    return out;
  }

  base::Result<EditedDocument> parameter_edit(const Json& edit) {
    const std::string name = text_in(edit, "name");
    if (const policy::Parameter* parameter = pack_.parameter(name)) {
      const std::string path = path_in_draft(work_.draft, shown_document(parameter->origin.document));
      const policy::DraftFile* file = work_.file(path);
      if (!file)
        return Error{"policy.edit.block", "参数“" + name + "”不在这份草稿的文档里", "name", "在它的制度包里改"};
      policy::ParameterEdit made;
      made.name = name;
      made.value = *edit.find("value");
      if (const Json* from = given(edit, "from")) made.from = base::Date::parse(*from->as_string());
      if (const Json* note = given(edit, "note")) made.note = *note->as_string();
      if (const Json* confirm = given(edit, "to_confirm")) made.to_confirm = *confirm->as_bool();
      auto text = policy::with_parameter(*file->content, *parameter, made);
      if (!text) return text.error();
      return EditedDocument{path, *text, "parameter " + name};
    }
    if (!fits_fence(name))
      return refused("“" + name + "”不能作名称", "name", "用汉字、字母、数字和下划线，不带空格");
    if (taken(name)) return Error{"policy.edit.name", "“" + name + "”已经是一个指标的名称", "name", "换一个名称"};
    auto place = place_of(edit);
    if (!place) return place.error();
    std::vector<policy::KeyEdit> keys;
    for (const char* key : {"value", "unit", "from", "to_confirm", "note"})
      if (const Json* value = given(edit, key)) {
        bool nothing =
            (value->as_string() && value->as_string()->empty()) || (value->as_bool() && !*value->as_bool());
        if (!nothing || std::string(key) == "value") keys.push_back({key, *value});
      }
    auto text = policy::with_new_parameter(place->text, place->heading, name, keys);
    if (!text) return text.error();
    return EditedDocument{place->path, *text, "parameter " + name};
  }

  // The rows stand for all of the periods they name: who is not among them has none then.
  base::Result<EditedDocument> target_edit(const Json& edit) {
    const std::string name = text_in(edit, "name"), unit = text_in(edit, "unit");
    std::set<std::string> periods;
    for (const Json& one : *edit.find("periods")->as_array()) {
      if (!base::Period::parse(*one.as_string()))
        return refused("“" + *one.as_string() + "”不是考核期间", "periods",
                       "写成 2026、2026H1、2026Q1 或 2026-01");
      periods.insert(*one.as_string());
    }
    auto rows = rows_of(edit, periods);
    if (!rows) return rows.error();
    const policy::TargetTable *table = nullptr, *last = nullptr;
    for (const auto& one : pack_.targets) {
      bool own = one.name == name && work_.file(path_in_draft(work_.draft, shown_document(one.origin.document)));
      if (!own) continue;
      last = &one;
      if (std::any_of(one.values.begin(), one.values.end(),
                      [&](const auto& v) { return periods.contains(v.period); }))
        table = &one;
    }
    if (!table) table = last;
    std::vector<policy::TargetValue> merged;
    if (table)
      for (const auto& value : table->values)
        if (!periods.contains(value.period)) merged.push_back(value);
    merged.insert(merged.end(), rows->begin(), rows->end());
    std::stable_sort(merged.begin(), merged.end(), [](const auto& a, const auto& b) { return a.of < b.of; });
    if (merged.empty()) return refused("一个数也没有", "rows", "要撤掉整张计划表，用“删除”");
    JsonObject block = {{"kind", "target"}, {"name", name}};
    JsonObject keys = {{"unit", unit}, {"values", policy::target_rows(merged)}};
    if (!table) {
      for (const char* key : {"path", "heading", "article"})
        if (const Json* value = given(edit, key)) block.emplace_back(key, *value);
      block.emplace_back("keys", std::move(keys));
      return new_target(Json(std::move(block)));
    }
    for (const auto& one : workshop_blocks(work_))
      if (one.block.kind == "target" && one.block.line == table->origin.line &&
          path_in_draft(work_.draft, shown_document(table->origin.document)) == one.path)
        return change(one, {{"unit", unit}, {"values", policy::target_rows(merged)}});
    return Error{"policy.edit.block", "计划“" + name + "”不在它原来的地方", "name", "重新读取"};
  }

  base::Result<EditedDocument> new_target(const Json& block) {
    const std::string name = text_in(block, "name");
    if (!fits_fence(name))
      return refused("“" + name + "”不能作名称", "name", "用汉字、字母、数字和下划线，不带空格");
    auto place = place_of(block);
    if (!place) return place.error();
    auto keys = keys_of(block);
    keys.push_back({"rules", JsonArray{kRules.at("target")}});
    auto text = policy::with_new_block(place->text, place->heading, {"target", name, keys, place->prose});
    if (!text) return text.error();
    return EditedDocument{place->path, *text, "target " + name};
  }

  static base::Result<std::vector<policy::TargetValue>> rows_of(const Json& edit,
                                                                const std::set<std::string>& periods) {
    std::vector<policy::TargetValue> out;
    std::set<std::pair<policy::TargetOf, std::string>> seen;
    for (const Json& row : *edit.find("rows")->as_array()) {
      const std::string where = "rows/" + std::to_string(seen.size());
      auto of = policy::target_of(text_in(row, "of"));
      const std::string id = text_in(row, "id");
      if (!of || (*of == policy::TargetOf::bank) != id.empty() || !seen.insert({*of, id}).second)
        return refused("这一行的对象“" + text_in(row, "of") + " " + id + "”不对或者重复", where, "重新读取计划表");
      if (id.find_first_of("|\n\"") != id.npos || text_in(row, "name").find_first_of("|\n\"") != std::string::npos)
        return refused("编号和名称里不能有竖线和引号", where, "");
      for (const auto& [period, value] : *row.find("values")->as_object()) {
        if (value.is_null()) continue;
        if (!periods.contains(period)) return refused("没有说要改“" + period + "”", where, "写进 periods");
        auto number = value.as_string() ? base::Decimal::parse(*value.as_string()) : std::nullopt;
        if (!number || number->round(policy::kTargetScale, base::Rounding::half_up) != *number)
          return refused("计划数要是数字，最多四位小数", where, "写成 1200000.00");
        out.push_back({*of, id, text_in(row, "name"), period, *number, 0});
      }
    }
    return out;
  }

  // An article that is there, or a new one.
  base::Result<Place> place_of(const Json& edit) {
    Place out;
    out.path = text_in(edit, "path");
    const policy::DraftFile* file = work_.file(out.path);
    if (!file || !out.path.ends_with(".md") || out.path.ends_with("README.md"))
      return refused("没有文档“" + out.path + "”", "path", "选一个制度文档");
    out.text = *file->content;
    if (const Json* article = given(edit, "article")) {
      const std::string title = text_in(*article, "title"), says = text_in(*article, "text");
      if (title.empty() || title.find('\n') != title.npos)
        return refused("没有写这一条叫什么", "article/title", "如 旺季存款");
      if (says.empty()) return refused("没有写这一条说什么", "article/text", "用一两句话写明考核什么、怎样算");
      auto made = policy::with_new_article(out.text, {title, says, text_in(*article, "locator")});
      if (!made) return made.error();
      out.text = made->document, out.heading = made->heading;
      return out;
    }
    const Json* heading = given(edit, "heading");
    if (!heading) return refused("没有说放在哪一条下面", "heading", "选一条，或写一条新的");
    out.heading = static_cast<int>(heading->as_number()->to_int64().value_or(0));
    out.prose = text_in(edit, "text");
    return out;
  }

  const DraftWork& work_;
  const policy::Pack& pack_;
};

}  // namespace

bool is_workshop_kind(const std::string& kind) {
  return std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

std::vector<PlacedBlock> workshop_blocks(const DraftWork& work) {
  std::vector<PlacedBlock> out;
  for (const auto& file : work.files) {
    if (!file.content || !file.path.ends_with(".md") || file.path.ends_with("README.md")) continue;
    for (const auto& article : policy::outline(*file.content))
      for (const auto& block : article.blocks)
        if (is_workshop_kind(block.kind)) out.push_back({file.path, article, block});
  }
  return out;
}

base::Result<EditedDocument> workshop_edit(const DraftWork& work, const policy::Pack& pack, const Json& edit) {
  return Editor(work, pack).run(edit);
}

namespace {

// Packs that are made from this one and name the figure: a draft is of one pack, and theirs would break with it.
std::optional<Error> named_by_others(Services& s, const DraftWork& work, const std::string& name) {
  std::string found;
  for (const auto& book : books_in_force(s)) {
    const auto extends = policy::extends_of(book->pack->extends);
    if (book->pack->id == work.draft.pack || !policy::made_from(extends, work.draft.pack)) continue;
    auto files = policy::read_pack_files(book->folder);
    if (!files) return files.error();
    for (const auto& [path, text] : *files) {
      if (!path.ends_with(".md") || path.ends_with("README.md")) continue;
      policy::FigureRenamed seen = policy::with_figure_renamed(text, name, name + "'");
      if (seen.blocks || seen.mentions) found += (found.empty() ? "" : "、") + book->pack->id + "/" + path;
    }
  }
  if (found.empty()) return std::nullopt;
  return Error{"policy.edit.name", "由本制度包扩展的包也用到“" + name + "”：" + found, "to",
               "分三步：在本包加一个新名称的计算指标，算式写“" + name +
                   "”，施行；再到那些包里改用新名称，施行；最后回到本包把旧的并掉"};
}

}  // namespace

Outcome change_workshop(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const DraftWork& work = std::get<DraftWork>(found);
  OpenedDraftPtr opened = s.drafts().open(work.draft, work.files);
  const Json& edit = *call.body.find("edit");
  auto edited = workshop_edit(work, opened->loaded.pack, edit);
  if (!edited) return refused_draft(edited.error());
  if (const Json* rename = given(edit, "rename"))
    if (auto error = named_by_others(s, work, text_in(*rename, "name"))) return refused_draft(*error);
  std::vector<policy::DraftChange> changes = {{edited->path, edited->text}};
  changes.insert(changes.end(), edited->more.begin(), edited->more.end());
  return change_draft(s, call, work, changes, edited->what);
}

}  // namespace guanhu::api
