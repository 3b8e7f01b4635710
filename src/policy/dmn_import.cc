#include "policy/dmn_import.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <random>

#include "base/files.h"
#include "dmn/read.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/dmn_compare.h"
#include "policy/dmn_export.h"
#include "policy/dmn_parts.h"
#include "policy/dmn_table_edit.h"
#include "policy/load.h"

namespace guanhu::policy {
namespace {

namespace fs = std::filesystem;
using dmn::TableText;

// Whether the first parenthesis is closed by the last character.
bool in_parentheses(const std::string& text) {
  if (!text.starts_with("(")) return false;
  return detail::outside_quotes(text, [&](size_t at, int depth) { return text[at] == ')' && depth == 0; }) ==
         text.size() - 1;
}

// The way back from a model's cell to what a document says.
class CellReader {
 public:
  explicit CellReader(const Replacements& names) {
    for (const auto& [name, text] : names.names) {
      bool word =
          std::none_of(text.begin(), text.end(), [](char c) { return c == ' ' || c == '"' || c == '('; }) &&
          (text[0] < '0' || text[0] > '9');
      if (word) back_.names[text] = name;
      else texts_.emplace_back(text, name);
    }
    for (const auto& [name, text] : names.calls) back_.calls[text] = name;
    back_.members = names.members;
  }

  base::Result<std::string> test(const std::string& cell, const TableInput& input) const {
    std::string text = flat(cell);
    if (text.empty() || text == "-") return std::string("-");
    if (input.condition && in_parentheses(text)) text = text.substr(1, text.size() - 2);
    auto named = with_names(text, input.condition ? feel::Form::expression : feel::Form::unary_tests);
    if (!named.ok() || !input.type || input.type->words.empty()) return named;
    return without_quotes(*named, *input.type);
  }
  base::Result<std::string> result(const std::string& cell, const TableOutput& output, bool gate) const {
    std::string text = flat(cell);
    if (text.empty()) return base::Error{"policy.dmn.cell", "结果格空着", "", "写上结果；没有值写 null"};
    auto named = with_names(text, feel::Form::expression);
    if (!named.ok()) return named;
    if (gate) return reason(*named);
    if (!output.type || output.type->words.empty()) return named;
    return without_quotes(*named, *output.type);
  }

 private:
  // On one line: a row of a document is one.
  static std::string flat(const std::string& cell) { return normal(cell); }

  base::Result<std::string> with_names(std::string text, feel::Form form) const {
    for (const auto& [from, name] : texts_) {
      if (text == normal(from)) text = name;
      std::string inner = "(" + normal(from) + ")";
      for (size_t at = text.find(inner); at != text.npos; at = text.find(inner, at + name.size())) {
        // The parentheses of a call stay.
        bool call = at > 0 && (std::isalnum(static_cast<unsigned char>(text[at - 1])) || (text[at - 1] & 0x80));
        text.replace(at, inner.size(), call ? "(" + name + ")" : name);
      }
    }
    if (detail::is_table(text))
      return base::Error{"policy.dmn.cell", "格里有竖线：" + text, "",
                         "竖线在文档里隔开各格；放进引号，或换一种写法"};
    if (text.find("\"\"\"") != text.npos || text.find("'''") != text.npos)
      return base::Error{"policy.dmn.cell", "格里有三个连着的引号：" + text, "", "分开写"};
    if (auto parsed = feel::parse(text, feel::Scope(), form); !parsed.ok())
      return base::Error{"policy.dmn.cell", "格里的写法读不懂：" + text, parsed.error().where,
                         parsed.error().message};
    auto named = rewritten(text, back_, form);
    if (!named.ok()) return named;
    std::string out;  // the strings of blocks take a backslash for the beginning of an escape
    for (char c : *named) out += c == '\\' ? "\\\\" : std::string(1, c);
    return out;
  }
  // "甲", "乙" -> 甲, 乙 where these are the words of the type.
  static std::string without_quotes(const std::string& text, const ValueType& type) {
    bool negated = text.starts_with("not(") && text.ends_with(")");
    Text parts{negated ? text.substr(4, text.size() - 5) : text, 1, 1};
    std::string out;
    for (const Text& part : detail::split(parts, ',')) {
      std::string word = part.text;
      if (word.size() >= 2 && word.front() == '"' && word.back() == '"') {
        std::string bare = word.substr(1, word.size() - 2);
        bool plain = bare.find_first_of("|,\"\\()") == bare.npos;
        if (plain && std::find(type.words.begin(), type.words.end(), bare) != type.words.end()) word = bare;
      }
      out += (out.empty() ? "" : ", ") + word;
    }
    return negated ? "not(" + out + ")" : out;
  }
  static base::Result<std::string> reason(const std::string& text) {
    bool quoted = text.size() >= 2 && text.front() == '"' && text.find('"', 1) == text.size() - 1;
    if (!quoted) return base::Error{"policy.dmn.cell", "原因要是一段文字：" + text, "", "写成 \"未与原件核对\""};
    std::string bare = text.substr(1, text.size() - 2);
    return bare.find('|') == bare.npos && detail::trim(bare) == bare ? bare : text;
  }

  Replacements back_;
  std::vector<std::pair<std::string, std::string>> texts_;
};

// Annotation cell i (规则, 条款, 说明) of a rule; the 说明 may be changed in its column or in the description.
std::string note_of(const TableText& table, const TableText::Rule& rule, size_t which,
                    const std::string& otherwise) {
  for (size_t i = 0; i < table.annotations.size() && i < rule.annotations.size(); ++i)
    if (table.annotations[i] == kAnnotations[which]) return normal(rule.annotations[i]);
  return otherwise;
}

class Importer {
 public:
  Importer(const fs::path& folder, const std::string& file) : folder_(folder), file_(file) {}

  DmnImport run(const std::string& xml) {
    Loaded loaded = load_pack(folder_);
    if (!loaded.problems.errors.empty()) return fail(loaded.problems.errors);
    pack_ = std::move(loaded.pack);
    auto edited = dmn::read_document(file_, xml);
    if (!edited.ok()) return fail({edited.error()});
    auto choice = choice_of(*edited);
    if (!choice.ok()) return fail({choice.error()});
    auto exported = export_with_sources(pack_, *choice);
    if (!exported.ok()) return fail({exported.error()});
    DmnComparison comparison = compare(exported->document, *edited, file_);
    if (!comparison.errors.empty()) return fail(comparison.errors);
    for (const TableChange& change : comparison.tables) take_over(change, exported->sources.at(change.node));
    if (!out_.errors.empty()) return fail(out_.errors);
    if (auto done = rewrite(); !done.ok()) return fail({done.error()});
    check();
    if (!out_.errors.empty()) return fail(out_.errors);
    return std::move(out_);
  }

 private:
  struct Planned {
    std::string document;
    TableEdit edit;
  };

  static DmnImport fail(std::vector<base::Error> errors) {
    DmnImport out;
    out.errors = std::move(errors);
    return out;
  }

  base::Result<DmnChoice> choice_of(const dmn::Document& edited) const {
    std::map<std::string, std::string> said(edited.extensions.begin(), edited.extensions.end());
    if (!said.count("pack"))
      return base::Error{"policy.dmn.origin", "这个决策模型不是从制度包导出的", file_,
                         "先 guanhu policy export --dmn，再改导出的文件；新的规则写在文档里"};
    if (said["pack"] != pack_.id)
      return base::Error{"policy.dmn.origin",
                         "这个决策模型是从制度包“" + said["pack"] + "”导出的，不是“" + pack_.id + "”", file_,
                         "导入它自己的制度包"};
    DmnChoice out;
    std::string id;
    for (char c : said["decisions"] + " ")
      if (c != ' ') id += c;
      else if (!id.empty()) out.decisions.push_back(std::exchange(id, ""));
    if (!said["on"].empty()) out.on = base::Date::parse(said["on"]);
    return out;
  }

  static const Table* table_of(const DmnSource& source, const std::string& node, const std::string& id) {
    for (size_t i = 0; i < source.body->steps.size(); ++i) {
      const Step& step = source.body->steps[i];
      if (!step.table) continue;
      if (id == node + "_table" || id == node + "_step_" + std::to_string(i + 1) + "_table")
        return step.table.get();
    }
    return nullptr;
  }

  void refuse(const TableText::Rule& rule, size_t number, base::Error error, const DmnSource& source) {
    error.where = file_ + ":" + std::to_string(rule.line);
    error.message = source.what + " 第 " + std::to_string(number) + " 行：" + error.message;
    out_.errors.push_back(std::move(error));
  }

  void take_over(const TableChange& change, const DmnSource& source) {
    const Table* table = table_of(source, change.node, change.table);
    if (!table || source.pack != &pack_) {
      out_.errors.push_back({"policy.dmn.change", source.what + " 属于制度包“" + source.pack->id + "”", file_,
                             "从那个制度包导出，再改"});
      return;
    }
    Planned planned{source.origin->document, {}};
    TableEdit& edit = planned.edit;
    edit.table = table;
    edit.gate = source.body->kind == BodyKind::gate;
    if (!read_policy(change.after->policy, change.after->aggregation, edit.policy, edit.aggregation) ||
        (edit.gate && (edit.policy != table->policy || edit.aggregation != table->aggregation)))
      out_.errors.push_back(
          {"policy.dmn.change",
           source.what + "：命中方式不能是 " + change.after->policy + " " + change.after->aggregation,
           file_ + ":" + std::to_string(change.line),
           edit.gate ? "逐条原因的审查总是汇集" : "换成 DMN 的七种之一"});
    else if (edit.policy != table->policy || edit.aggregation != table->aggregation)
      out_.words.push_back(source.what + "：命中方式由 " + dmn_policy(table->policy) + " " +
                           dmn_aggregation(table->aggregation) + " 改为 " + change.after->policy + " " +
                           change.after->aggregation);
    if (change.after->rules.empty())
      out_.errors.push_back({"policy.dmn.change", source.what + "：表里一行也不剩",
                             file_ + ":" + std::to_string(change.line), "不要的决策在文档里删"});
    std::vector<int> old = match_rules(*change.before, *change.after);
    CellReader reader(source.names);
    for (size_t i = 0; i < old.size(); ++i) edit.rows.push_back(row(change, i, old[i], reader, source, edit));
    say_removed(change, old, source);
    plans_.push_back(std::move(planned));
  }

  TableEdit::Row row(const TableChange& change, size_t i, int old, const CellReader& reader,
                     const DmnSource& source, const TableEdit& edit) {
    const TableText::Rule& now = change.after->rules[i];
    const TableText::Rule* was = old < 0 ? nullptr : &change.before->rules[static_cast<size_t>(old)];
    TableEdit::Row out;
    out.old = old;
    auto cell = [&](const std::string& text, const std::string* before, auto&& read, const std::string& column) {
      TableEdit::Cell made;
      if (before && normal(*before) == normal(text)) return made;
      made.changed = true;
      auto written = read(text);
      if (!written.ok()) refuse(now, i + 1, written.error(), source);
      else made.text = *written;
      if (before)
        out_.words.push_back(source.what + " 第 " + std::to_string(i + 1) + " 行“" + column + "”：" + *before +
                             " 改为 " + text);
      return made;
    };
    for (size_t c = 0; c < change.before->inputs.size(); ++c)
      out.tests.push_back(cell(
          c < now.tests.size() ? now.tests[c] : "", was ? &was->tests[c] : nullptr,
          [&](const std::string& text) { return reader.test(text, edit.table->inputs[c]); },
          change.before->inputs[c].label));
    for (size_t c = 0; c < change.before->outputs.size(); ++c)
      out.results.push_back(cell(
          c < now.results.size() ? now.results[c] : "", was ? &was->results[c] : nullptr,
          [&](const std::string& text) { return reader.result(text, edit.table->outputs[c], edit.gate); },
          change.before->outputs[c].label));
    notes(change, now, was, i, source, edit, out);
    if (!was) out_.words.push_back(source.what + "：新增第 " + std::to_string(i + 1) + " 行");
    return out;
  }

  void notes(const TableChange& change, const TableText::Rule& now, const TableText::Rule* was, size_t i,
             const DmnSource& source, const TableEdit& edit, TableEdit::Row& out) {
    for (size_t which = 0; which < 3; ++which) {
      std::string before = was ? note_of(*change.before, *was, which, "") : "";
      std::string text = note_of(*change.after, now, which, before);
      std::string described = normal(now.description);
      bool changed = which == 2 && described != (was ? normal(was->description) : "");
      if (changed && text != before && text != described)
        return refuse(now, i + 1, {"policy.dmn.cell", "说明一列和注释改得不一样", "", "两处写成一样，或只改一处"},
                      source);
      if (changed) text = described;
      if (text == before) continue;
      bool allowed = text.find_first_of("|\"\\") == text.npos && !(edit.gate && which == 1);
      if (!allowed)
        return refuse(now, i + 1,
                      {"policy.dmn.cell", std::string(kAnnotations[which]) + "不能写成“" + text + "”", "",
                       edit.gate && which == 1 ? "逐条原因的审查没有条款一列" : "去掉竖线、引号和反斜线"},
                      source);
      out.notes[which] = {true, text};
      if (was)
        out_.words.push_back(source.what + " 第 " + std::to_string(i + 1) + " 行" + kAnnotations[which] + "：" +
                             (before.empty() ? "（空）" : before) + " 改为 " + (text.empty() ? "（空）" : text));
    }
  }
  void say_removed(const TableChange& change, const std::vector<int>& old, const DmnSource& source) {
    for (int j = 0; j < static_cast<int>(change.before->rules.size()); ++j)
      if (std::find(old.begin(), old.end(), j) == old.end())
        out_.words.push_back(source.what + "：删去原第 " + std::to_string(j + 1) + " 行");
    std::vector<int> kept;
    for (int j : old)
      if (j >= 0) kept.push_back(j);
    if (!std::is_sorted(kept.begin(), kept.end())) out_.words.push_back(source.what + "：行的次序变了");
  }

  // Tables further down first, so that the lines of the others stay what they are.
  base::Status rewrite() {
    std::sort(plans_.begin(), plans_.end(), [](const Planned& a, const Planned& b) {
      return a.edit.table->rows.front().line > b.edit.table->rows.front().line;
    });
    fs::path above = fs::absolute(folder_ / "").lexically_normal().parent_path().parent_path().parent_path();
    for (const Planned& planned : plans_) {
      auto same = [&](const DmnImport::File& f) { return f.path == above / planned.document; };
      auto found = std::find_if(out_.files.begin(), out_.files.end(), same);
      if (found == out_.files.end()) {
        auto text = base::read_file(above / planned.document);
        if (!text.ok()) return text.error();
        found = out_.files.insert(out_.files.end(), {above / planned.document, *text, *text});
      }
      auto now = with_table(found->after, planned.edit);
      if (!now.ok()) {
        base::Error error = now.error();
        error.where = planned.document + ":" + error.where;
        return error;
      }
      found->after = *now;
    }
    return {};
  }

  // The pack as it would be, beside the packs it imports, in a folder of its own.
  void check() {
    if (out_.files.empty()) return;
    fs::path pack = fs::absolute(folder_ / "").lexically_normal().parent_path();
    std::random_device random;
    fs::path room =
        fs::temp_directory_path() / ("guanhu-import-" + std::to_string(random()) + std::to_string(random()));
    fs::path policies = room / pack.parent_path().filename();
    struct Remove {
      fs::path path;
      ~Remove() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
      }
    } remove{room};
    fs::create_directories(policies);
    for (const auto& other : fs::directory_iterator(pack.parent_path()))
      if (other.is_directory() && other.path() != pack && fs::exists(other.path() / "pack.toml"))
        fs::create_directory_symlink(fs::absolute(other.path()), policies / other.path().filename());
    fs::copy(pack, policies / pack.filename(), fs::copy_options::recursive);
    for (const DmnImport::File& file : out_.files)
      base::write_file_unsynced(policies / pack.filename() / file.path.lexically_relative(pack), file.after);
    out_.errors = load_pack(policies / pack.filename()).problems.errors;
  }

  fs::path folder_;
  const std::string& file_;
  Pack pack_;
  std::vector<Planned> plans_;
  DmnImport out_;
};

}  // namespace

DmnImport import_dmn(const fs::path& folder, const std::string& file, const std::string& xml) {
  return Importer(folder, file).run(xml);
}

}  // namespace guanhu::policy
