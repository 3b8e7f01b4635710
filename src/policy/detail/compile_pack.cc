// Functions and decisions to programs, with every name resolved.
#include <algorithm>
#include <set>

#include "policy/detail/compiled.h"
#include "policy/detail/formula.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/formula_scope.h"

namespace guanhu::policy::detail {

namespace {

using base::Error;

feel::SourceRange all_of(const Text& text) { return {0, static_cast<uint32_t>(text.text.size())}; }

// The words of a text that could be names.
void collect_words(std::string_view text, std::set<std::string, std::less<>>& out) {
  std::string word;
  for (size_t at = 0; at <= text.size();) {
    size_t begin = at;
    char32_t c = at < text.size() ? next_code_point(text, at) : (++at, U' ');
    bool letter = is_han(c) || c == '_' || (c < 0x80 && std::isalnum(static_cast<int>(c)));
    if (letter) word += text.substr(begin, at - begin);
    else if (!word.empty()) out.insert(std::exchange(word, ""));
  }
}

void collect_words(const Body& body, std::set<std::string, std::less<>>& out) {
  for (const Step& step : body.steps) {
    collect_words(step.formula.text, out);
    if (!step.table) continue;
    for (const TableInput& input : step.table->inputs) collect_words(input.expression.text, out);
    for (const TableRow& row : step.table->rows) {
      for (const Cell& cell : row.tests) collect_words(cell.feel, out);
      for (const Cell& cell : row.results) collect_words(cell.feel, out);
    }
  }
}

class Compiler {
 public:
  Compiler(const Pack& pack, const std::set<std::string>& broken, const Complain& complain)
      : pack_(pack), broken_(broken), complain_(complain), out_(std::make_shared<Compiled>()) {}

  std::shared_ptr<const Compiled> run() {
    for (const Function& function : pack_.functions)
      if (!broken_.contains(function.name)) compiled_function(function);
    for (const Decision& decision : pack_.decisions)
      if (!broken_.contains(decision.id)) compiled_decision(decision);
    formulas_of_schemes();
    return out_;
  }

 private:
  // The body of one function or decision while it is compiled.
  struct Frame {
    std::string owner;  // decision, for its parameters
    std::string document;
    feel::Scope scope = formula_scope();
    std::vector<std::string> known;  // for hints
    std::set<std::string> missing;   // names of requirements that cannot be asked
    CompiledBody body;
    bool sound = true;
    int declare(const std::string& name, const ValueTypePtr& type) {
      known.push_back(name);
      return scope.declare(name, type ? type->feel() : nullptr);
    }
  };

  void formulas_of_schemes() {
    auto compile_ask = [&](const FormulaAsk& ask) {
      if (!ask.decision.id.empty()) compiled_decision(ask.decision);
    };
    for (const Scheme& scheme : pack_.schemes) {
      for (const SchemeSource& source : scheme.sources) compile_ask(source.ask);
      for (const SchemeGate& gate : scheme.gates) compile_ask(gate.ask);
    }
    for (const ListFigure& list : pack_.lists)
      for (const ListPart& part : list.parts) compile_ask(part.ask);
  }

  std::optional<feel::Value> find_function(std::string_view name) {
    for (const Function& function : pack_.functions)
      if (function.name == name && !broken_.contains(function.name)) return compiled_function(function);
    for (const auto& imported : pack_.imports)
      if (imported->compiled)
        if (auto at = imported->compiled->functions.find(name); at != imported->compiled->functions.end())
          return at->second;
    return std::nullopt;
  }

  // Parameters and functions whose names the words hold.
  void declare_shared(Frame& frame, const std::set<std::string, std::less<>>& words) {
    for (const std::string& word : words) {
      if (frame.scope.find(word) >= 0) continue;
      if (const Parameter* parameter = pack_.parameter_for(frame.owner, word)) {
        int slot = frame.scope.declare(word, parameter_type(*parameter));
        frame.body.parameters.emplace_back(slot, std::make_shared<const Parameter>(*parameter));
      } else if (auto function = find_function(word)) {
        const feel::Function& code = function->function();
        std::vector<feel::TypeRef> types;
        std::vector<std::string> names;
        for (const auto& one : code.parameters()) types.push_back(one.type), names.push_back(one.name);
        frame.scope.declare(word, feel::Type::function_of(types, code.result_type(), names), *function);
      }
    }
  }

  static feel::TypeRef parameter_type(const Parameter& parameter) {
    using Name = feel::Type::Name;
    if (parameter.values.empty()) return nullptr;
    switch (parameter.values.front().constant.kind()) {
      case feel::Kind::number: return feel::Type::simple(Name::number);
      case feel::Kind::string: return feel::Type::simple(Name::string);
      case feel::Kind::boolean: return feel::Type::simple(Name::boolean);
      case feel::Kind::date: return feel::Type::simple(Name::date);
      case feel::Kind::list: return feel::Type::list_of(feel::Type::any());
      default: return nullptr;
    }
  }

  void complain(Frame& frame, const Text& text, feel::SourceRange range, const Error& error) {
    frame.sound = false;
    complain_(frame.document, text, range, error);
  }

  // The range of a name that is not known and what it might be.
  void unknown_names(Frame& frame, const Text& text, const feel::Program& program) {
    feel::walk(program.tree(), [&](const feel::Node& node) {
      if (node.kind == feel::NodeKind::call) check_call(frame, text, node);
      return true;
    });
  }

  void check_call(Frame& frame, const Text& text, const feel::Node& node) {
    const feel::Node& callee = node.child(0);
    if (callee.kind != feel::NodeKind::name || callee.slot != feel::Node::kConstant) return;
    if (!callee.value.is(feel::Kind::function)) return;
    const auto& parameters = callee.value.function().parameters();
    size_t given = node.children.size() - 1;
    if (given == parameters.size()) return;
    std::vector<std::string> names;
    for (const auto& one : parameters) names.push_back(one.name);
    complain(frame, text, node.range,
             {"policy.function.arguments",
              "“" + callee.text + "”要 " + std::to_string(names.size()) + " 个数，这里给了 " +
                  std::to_string(given) + " 个",
              "", "写成 " + callee.text + "(" + joined(names, ", ") + ")"});
  }

  // Whether the name that is not known is one that could not be read or compiled.
  bool names_broken(Frame& frame, const Error& error) {
    size_t open = error.message.find('\''), close = error.message.rfind('\'');
    if (open == std::string::npos || close <= open) return false;
    std::string name = error.message.substr(open + 1, close - open - 1);
    bool function = std::any_of(pack_.functions.begin(), pack_.functions.end(),
                                [&](const Function& one) { return one.name == name; });
    if (!function && !frame.missing.contains(name)) return false;
    frame.sound = false;
    return true;
  }

  std::optional<feel::Program> compile(Frame& frame, const Text& text, const std::string& feel,
                                       feel::Form form = feel::Form::expression) {
    feel::CompileOptions options;
    options.form = form;
    auto program = feel::compile(feel, frame.scope, options);
    if (program.ok()) {
      unknown_names(frame, text, *program);
      return std::move(program.value());
    }
    Error error = program.error();
    if (error.code == "feel.name" && error.hint.empty()) {
      size_t open = error.message.find('\''), close = error.message.rfind('\'');
      std::vector<std::string> known = frame.known;
      for (const Parameter& one : pack_.parameters)
        if (one.decision.empty() || one.decision == frame.owner) known.push_back(one.name);
      for (const Function& one : pack_.functions) known.push_back(one.name);
      for (const auto& imported : pack_.imports)
        for (const Function& one : imported->functions) known.push_back(one.name);
      if (open != std::string::npos && close > open) {
        std::string near = nearest(error.message.substr(open + 1, close - open - 1), known);
        if (!near.empty()) error.hint = "did you mean '" + near + "'?";
      }
    }
    if (error.code == "feel.name" && names_broken(frame, error)) return std::nullopt;
    complain(frame, text, feel == text.text ? feel::SourceRange{0, 0} : all_of(text), error);
    return std::nullopt;
  }

  std::optional<CompiledTable> table(Frame& frame, const std::shared_ptr<const Table>& source);
  void steps(Frame& frame, const Body& body);
  void step(Frame& frame, const Step& source);
  std::optional<feel::Value> compiled_function(const Function& function);
  std::shared_ptr<const CompiledDecision> compiled_decision(const Decision& decision);
  std::shared_ptr<const CompiledDecision> find_decision(Frame& frame, const Requirement& requirement);
  std::optional<CompiledRequirement> requirement(Frame& frame, const Decision& decision,
                                                 const Requirement& source);

  const Pack& pack_;
  const std::set<std::string>& broken_;
  const Complain& complain_;
  std::shared_ptr<Compiled> out_;
  std::set<std::string> begun_functions_, begun_decisions_;
};

std::optional<CompiledTable> Compiler::table(Frame& frame, const std::shared_ptr<const Table>& source) {
  CompiledTable out;
  out.table = source;
  bool sound = true;
  for (const TableInput& input : source->inputs) {
    CompiledTable::Input compiled;
    if (!input.condition) {
      compiled.slot = frame.scope.find(input.expression.text);
      if (compiled.slot >= 0 && frame.scope.at(compiled.slot).constant) compiled.slot = -1;
      if (compiled.slot < 0) {
        compiled.program = compile(frame, input.expression, input.expression.text);
        sound = sound && compiled.program.has_value();
      }
    }
    out.inputs.push_back(std::move(compiled));
  }
  for (const TableRow& row : source->rows) {
    CompiledTable::Row compiled;
    for (size_t i = 0; i < row.tests.size(); ++i) {
      compiled.tests.emplace_back();
      if (row.tests[i].any()) continue;
      auto form = source->inputs[i].condition ? feel::Form::expression : feel::Form::unary_tests;
      compiled.tests.back() = compile(frame, row.tests[i].text, row.tests[i].feel, form);
      sound = sound && compiled.tests.back().has_value();
    }
    for (const Cell& cell : row.results) {
      auto program = compile(frame, cell.text, cell.feel);
      if (program) compiled.results.push_back(std::move(*program));
      else sound = false;
    }
    out.rows.push_back(std::move(compiled));
  }
  if (source->outputs.size() > 1) {
    std::vector<std::string> names;
    for (const TableOutput& output : source->outputs) names.push_back(output.name);
    out.shape = std::make_shared<const feel::Shape>(std::move(names));
  }
  return sound ? std::optional(std::move(out)) : std::nullopt;
}

void Compiler::step(Frame& frame, const Step& source) {
  CompiledStep out;
  out.name = source.name;
  out.type = source.type;
  out.formula = source.formula;
  feel::TypeRef type = source.type ? source.type->feel() : nullptr;
  if (source.table) {
    out.table = table(frame, source.table);
    if (!out.table) frame.sound = false;
  } else {
    out.program = compile(frame, source.formula, source.formula.text);
    if (out.program && !type) type = out.program->tree().known;
  }
  out.slot = frame.scope.declare(source.name, type);
  frame.known.push_back(source.name);
  frame.body.steps.push_back(std::move(out));
}

void Compiler::steps(Frame& frame, const Body& body) {
  for (const Step& one : body.steps) step(frame, one);
  frame.body.document = frame.document;
  frame.body.result = body.result;
  std::vector<std::string> names;
  for (size_t i = 0; i < body.steps.size(); ++i)
    if (!body.result && !body.steps[i].helper) {
      names.push_back(body.steps[i].name);
      frame.body.parts.push_back(frame.body.steps[i].slot);
    }
  if (!body.result) frame.body.shape = std::make_shared<const feel::Shape>(std::move(names));
  frame.body.slots = frame.scope.size();
}

std::optional<feel::Value> Compiler::compiled_function(const Function& function) {
  if (auto done = out_->functions.find(function.name); done != out_->functions.end()) return done->second;
  Frame frame;
  frame.document = function.origin.document;
  if (!begun_functions_.insert(function.name).second) {
    if (!begun_functions_.contains("done " + function.name))
      complain(frame, {function.name, function.origin.line, 1}, {0, 0},
               {"policy.cycle", "函数“" + function.name + "”绕了一圈又用到它自己", "", "断开这个圈"});
    return std::nullopt;
  }
  for (const Field& field : function.parameters) frame.declare(field.name, field.type);
  std::set<std::string, std::less<>> words;
  collect_words(function.body, words);
  declare_shared(frame, words);
  steps(frame, function.body);
  begun_functions_.insert("done " + function.name);
  if (!frame.sound || !function.output) return std::nullopt;
  auto* made = new PackFunction(function.name, function.parameters, function.output, std::move(frame.body));
  feel::Value value = feel::Value::adopt(feel::Kind::function, made);
  out_->functions.emplace(function.name, value);
  return value;
}

std::shared_ptr<const CompiledDecision> Compiler::find_decision(Frame& frame, const Requirement& requirement) {
  size_t slash = requirement.decision.find('/');
  std::vector<std::string> known;
  if (slash == std::string::npos) {
    for (const Decision& one : pack_.decisions) {
      known.push_back(one.id);
      if (one.id != requirement.decision) continue;
      frame.sound = frame.sound && !broken_.contains(one.id);
      return broken_.contains(one.id) ? nullptr : compiled_decision(one);
    }
  }
  for (const auto& imported : pack_.imports) {
    if (!imported->compiled) continue;
    for (const auto& [id, decision] : imported->compiled->decisions) {
      known.push_back(imported->id + "/" + id);
      if (known.back() == requirement.decision) return decision;
    }
  }
  std::string near = nearest(requirement.decision, known);
  complain(frame, requirement.at, all_of(requirement.at),
           {"policy.requires", "没有“" + requirement.decision + "”这个决策", "",
            near.empty() ? "别的制度包的决策写成 制度包/决策，并在 pack.toml 的 imports 里列上那个制度包"
                         : "是不是想写 " + near + "？"});
  return nullptr;
}

std::optional<CompiledRequirement> Compiler::requirement(Frame& frame, const Decision& decision,
                                                         const Requirement& source) {
  auto target = find_decision(frame, source);
  if (!target) return std::nullopt;
  CompiledRequirement out;
  out.name = source.name;
  out.decision = target;
  for (const auto& argument : source.arguments) {
    auto same = [&](const Field& field) { return field.name == argument.input; };
    if (std::none_of(target->inputs.begin(), target->inputs.end(), same))
      complain(
          frame, argument.formula, all_of(argument.formula),
          {"policy.requires", "决策“" + target->id + "”没有“" + argument.input + "”这个输入", "", "删去这一项"});
  }
  for (const Field& field : target->inputs) {
    out.inputs.emplace_back();
    auto given = std::find_if(source.arguments.begin(), source.arguments.end(),
                              [&](const auto& argument) { return argument.input == field.name; });
    CompiledRequirement::Source from;
    if (given != source.arguments.end()) {
      from.program = compile(frame, given->formula, given->formula.text);
      from.formula = given->formula;
    } else if (decision.input(field.name)) {
      from.slot = frame.scope.find(field.name);
    } else if (field.optional) {
      continue;
    } else {
      complain(frame, source.at, all_of(source.at),
               {"policy.requires", "决策“" + target->id + "”要“" + field.name + "”，这里没有同名的输入", "",
                "加上这个输入，或者写 " + source.decision + "(" + field.name + ": 算式)"});
    }
    out.inputs.back() = std::move(from);
  }
  out.slot = frame.declare(source.name, target->output);
  return out;
}

std::shared_ptr<const CompiledDecision> Compiler::compiled_decision(const Decision& decision) {
  if (auto done = out_->decisions.find(decision.id); done != out_->decisions.end()) return done->second;
  Frame frame;
  frame.owner = decision.id;
  frame.document = decision.origin.document;
  if (!begun_decisions_.insert(decision.id).second) {
    if (!begun_decisions_.contains("done " + decision.id))
      complain(frame, {decision.id, decision.origin.line, 1}, {0, 0},
               {"policy.cycle", "决策“" + decision.id + "”绕了一圈又用到它自己", "", "断开这个圈"});
    return nullptr;
  }
  auto out = std::make_shared<CompiledDecision>();
  out->pack = pack_.id;
  out->id = decision.id;
  out->title = decision.title;
  out->inputs = decision.inputs;
  out->output = decision.output;
  out->rules = decision.origin.rules;
  out->article = decision.origin.article;
  for (const Field& field : decision.inputs) frame.declare(field.name, field.type);
  std::set<std::string, std::less<>> words;
  collect_words(decision.body, words);
  for (const Refusal& refusal : decision.refusals) collect_words(refusal.condition.text, words);
  for (const Requirement& one : decision.requirements)
    for (const auto& argument : one.arguments) collect_words(argument.formula.text, words);
  declare_shared(frame, words);
  for (const Refusal& refusal : decision.refusals)
    if (auto condition = compile(frame, refusal.condition, refusal.condition.text))
      out->refusals.push_back({refusal.message, refusal.input, refusal.condition, std::move(*condition)});
  for (const Requirement& one : decision.requirements)
    if (auto compiled = requirement(frame, decision, one)) out->requirements.push_back(std::move(*compiled));
    else frame.missing.insert(one.name), frame.sound = false;
  steps(frame, decision.body);
  out->body = std::move(frame.body);
  begun_decisions_.insert("done " + decision.id);
  if (!frame.sound || !decision.output) return nullptr;
  out_->decisions.emplace(decision.id, out);
  return out;
}

}  // namespace

std::shared_ptr<const Compiled> compile_pack(const Pack& pack, const std::set<std::string>& broken,
                                             const Complain& complain) {
  return Compiler(pack, broken, complain).run();
}

}  // namespace guanhu::policy::detail
