#include "appraisal/simulate_pack.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <utility>

#include "appraisal/detail/pack_room.h"
#include "policy/edit.h"
#include "policy/outline.h"

namespace guanhu::appraisal {

using base::Error;

namespace {

using Files = std::map<std::string, std::string>;

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const auto& line : lines) out += line + "\n";
  return out;
}

std::string trimmed(const std::string& text) {
  size_t from = text.find_first_not_of(" \t\r"), to = text.find_last_not_of(" \t\r");
  return from == text.npos ? "" : text.substr(from, to - from + 1);
}

// What a line of TOML says of a key, without marks; nothing: another key.
std::optional<std::string> value_on(const std::string& line, std::string_view key) {
  size_t equals = line.find('=');
  if (equals == line.npos || trimmed(line.substr(0, equals)) != key) return std::nullopt;
  std::string value = trimmed(line.substr(equals + 1));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
    value = value.substr(1, value.size() - 2);
  return value;
}

struct Block {
  std::string path;  // of the file
  policy::OutlineBlock block;
};

std::optional<Block> find_block(const Files& files, const std::string& pack, std::string_view kind,
                                const std::string& name) {
  for (const bool own : {true, false})  // what the pack says itself goes before what it takes over
    for (const auto& [path, content] : files) {
      if (path.starts_with(pack + "/") != own || !path.ends_with(".md")) continue;
      for (const auto& article : policy::outline(content))
        for (const auto& block : article.blocks)
          if (block.kind == kind && block.name == name) return Block{path, block};
    }
  return std::nullopt;
}

// The words of a formula, as names of packs are written: letters of any script, digits and _.
std::set<std::string> words_in(const std::string& formula) {
  std::set<std::string> out;
  std::string word;
  for (char c : formula + " ") {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) || c == '_') word += c;
    else if (!word.empty()) out.insert(std::exchange(word, ""));
  }
  return out;
}

// Whether it is a figure, a score or an average: what a formula must list among its inputs.
bool is_figure(const policy::Pack& pack, const std::string& name) {
  return pack.measure(name) || pack.indicator(name) || pack.score(name) || pack.peer(name) ||
         pack.recorded_fact(name) || pack.list(name);
}

// The inputs that a formula names: those it had in their order, then new ones.
std::string inputs_line(const policy::Pack& pack, const std::vector<std::string>& had, const std::string& self,
                        const std::string& formula) {
  std::set<std::string> words = words_in(formula);
  std::string out;
  auto add = [&](const std::string& name) { out += (out.empty() ? "\"" : ", \"") + name + "\""; };
  for (const std::string& name : had)
    if (words.erase(name)) add(name);
  for (const std::string& name : words)
    if (name != self && is_figure(pack, name)) add(name);
  return "inputs = [" + out + "]";
}

// A block with another formula; nothing: it has none that stands by itself.
std::optional<std::string> with_formula(const std::string& source, const std::string& formula,
                                        const std::string& inputs) {
  if (formula.find("'''") != std::string::npos) return std::nullopt;
  std::vector<std::string> lines = lines_of(source), out;
  bool there = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (value_on(lines[i], "inputs")) {
      while (i + 1 < lines.size() && lines[i].find(']') == std::string::npos) ++i;
      continue;
    }
    if (!value_on(lines[i], "formula")) {
      out.push_back(lines[i]);
      continue;
    }
    const std::string text = trimmed(lines[i].substr(lines[i].find('=') + 1)), mark = text.substr(0, 3);
    if ((mark == "\"\"\"" || mark == "'''") && text.find(mark, 3) == std::string::npos)
      for (++i; i < lines.size() && lines[i].find(mark) == std::string::npos;) ++i;
    out.push_back(inputs);
    out.push_back("formula = '''\n" + formula + "\n'''");
    there = true;
  }
  return there ? std::optional(joined(out)) : std::nullopt;
}

class Editor {
 public:
  Editor(const std::filesystem::path& room, std::string pack, std::string scheme, base::Date day, Files files)
      : pack_(std::move(pack)), scheme_(std::move(scheme)), day_(day), files_(std::move(files)), room_(room) {
    for (const auto& [path, content] : files_) room_.write(path, content);
  }

  base::Result<RunPack> make(const PackChange& change) {
    for (const auto& one : change.parameters)
      if (auto done = parameter(one); !done) return done.error();
    for (const auto& one : change.formulas)
      if (auto done = formula(one); !done) return done.error();
    for (const auto& one : change.weights)
      if (auto done = number(one, "score", "weight", "simulate.weight", "方案里没有计分项"); !done)
        return done.error();
    for (const auto& one : change.grades)
      if (auto done = number(one, "grade", "at_least", "simulate.grade", "方案里没有等级"); !done)
        return done.error();
    policy::Loaded loaded = room_.load(pack_);
    if (!loaded.problems.errors.empty()) return loaded.problems.first();
    RunPack out{std::make_shared<const policy::Pack>(std::move(loaded.pack)), {}};
    out.files.assign(files_.begin(), files_.end());
    return out;
  }

 private:
  base::Status put(const std::string& path, const base::Result<std::string>& made, const char* code,
                   const std::string& name) {
    if (!made) return Error{code, name + "：" + made.error().message, name, made.error().hint};
    files_[path] = *made;
    room_.write(path, *made);
    return {};
  }

  base::Status parameter(const ParameterChange& change) {
    policy::Loaded loaded = room_.load(pack_);
    const policy::Parameter* found = loaded.pack.parameter_for("", change.name);
    for (const auto& one : loaded.pack.parameters)
      if (!found && one.name == change.name) found = &one;
    if (!found)
      return Error{"simulate.parameter", "制度包 " + pack_ + " 里没有参数 " + change.name, change.name,
                   "看制度里的参数表"};
    const policy::DatedValue& newest = found->values.back();
    const bool holds = (!newest.from || *newest.from <= day_) && (!newest.to || day_ <= *newest.to);
    if (!holds)
      return Error{"simulate.parameter",
                   change.name + " 在 " + day_.str() + " 以后另有新值，单改这一期的要在草稿里改", change.name,
                   "在制度草稿里改好，再用草稿测算"};
    for (const auto& [path, content] : files_)
      if (found->origin.document.ends_with("/" + path)) {
        policy::ParameterEdit edit{change.name, value_of(change, *found), {}, {}, {}};
        return put(path, policy::with_parameter(content, *found, edit), "simulate.parameter", change.name);
      }
    throw base::Broken("no file holds the parameter " + change.name);
  }

  // A number may come as an exact text.
  static base::Json value_of(const ParameterChange& change, const policy::Parameter& parameter) {
    if (parameter.is_number() && change.value.as_string())
      if (auto number = base::Decimal::parse(*change.value.as_string())) return *number;
    return change.value;
  }

  base::Status formula(const FormulaChange& change) {
    std::optional<Block> found;
    for (const char* kind : {"indicator", "score"})
      if (!found) found = find_block(files_, pack_, kind, change.name);
    if (!found)
      return Error{"simulate.formula", "制度包 " + pack_ + " 里没有计算指标或计分指标 " + change.name, change.name,
                   ""};
    const policy::Loaded loaded = room_.load(pack_);
    const policy::Indicator* indicator = loaded.pack.indicator(change.name);
    const policy::Score* score = loaded.pack.score(change.name);
    std::vector<std::string> had;
    if (indicator || score) had = indicator ? indicator->inputs : score->inputs;
    auto source = with_formula(found->block.source, change.formula,
                               inputs_line(loaded.pack, had, change.name, change.formula));
    if (!source)
      return Error{"simulate.formula", change.name + " 的公式不能这样改", change.name, "在制度草稿里改"};
    return put(found->path, policy::with_block(files_.at(found->path), found->block.line, *source),
               "simulate.formula", change.name);
  }

  // In a table of the scheme's block: the number beside a name.
  base::Status number(const NumberChange& change, const char* name_key, const char* number_key, const char* code,
                      const char* none) {
    auto found = find_block(files_, pack_, "scheme", scheme_);
    if (!found) return Error{code, "找不到方案 " + scheme_, change.name, ""};
    std::vector<std::string> lines = lines_of(found->block.source);
    for (size_t i = 0; i < lines.size(); ++i) {
      if (value_on(lines[i], name_key) != change.name) continue;
      size_t from = i, to = i;
      while (from > 0 && !trimmed(lines[from]).starts_with("[")) --from;
      while (to + 1 < lines.size() && !trimmed(lines[to + 1]).starts_with("[")) ++to;
      for (size_t at = from; at <= to; ++at)
        if (value_on(lines[at], number_key)) {
          lines[at] = std::string(number_key) + " = " + change.value.str();
          return put(found->path, policy::with_block(files_.at(found->path), found->block.line, joined(lines)),
                     code, change.name);
        }
    }
    return Error{code, std::string(none) + " " + change.name, change.name, "看方案的计分项和等级"};
  }

  std::string pack_, scheme_;
  base::Date day_;
  Files files_;
  detail::PackRoom room_;
};

}  // namespace

base::Result<RunPack> changed_pack(const std::filesystem::path& room, const std::string& pack,
                                   const std::string& scheme, base::Date day,
                                   const std::vector<std::pair<std::string, std::string>>& files,
                                   const PackChange& change) {
  Files all(files.begin(), files.end());
  if (!change.files.empty()) {
    std::erase_if(all, [&](const auto& one) { return one.first.starts_with(pack + "/"); });
    for (const auto& [path, content] : change.files) all[path] = content;
  }
  return Editor(room, pack, scheme, day, std::move(all)).make(change);
}

}  // namespace guanhu::appraisal
