// guanhu feel: one expression, tried out.
#include <poll.h>
#include <unistd.h>

#include <iostream>
#include <iterator>

#include "cli/command.h"
#include "cli/options.h"
#include "feel/format.h"
#include "feel/infer.h"
#include "feel/json.h"
#include "feel/program.h"

namespace guanhu::cli {
namespace {

constexpr std::string_view kHelp =
    R"(usage: guanhu feel [--strict] [--trace] [--tests VALUE] EXPRESSION [< context.json]

Evaluates a FEEL expression (DMN 1.5) and prints its value as JSON. The members of the JSON object
on standard input are the names that the expression may use.

  --strict         a null born of an error is an error (exit 2), not null
  --trace          prints every sub-expression with its value on stderr
  --tests VALUE    EXPRESSION is a cell of a decision table, VALUE (FEEL) its input: true, false or null

examples
  guanhu feel '1/3 + 0.1'
  echo '{"余额": 125000.00, "起点": 50000}' | guanhu feel 'if 余额 > 起点 then "大户" else "普通"'
  guanhu feel --tests 'date("2025-02-28")' '[@"2025-01-01"..@"2025-12-31"]'
)";

int complain(Io& io, const base::Error& error, std::string_view source) {
  io.err << "guanhu feel: " << error.text() << "\n";
  size_t colon = error.where.find(':');
  if (colon == std::string::npos || source.empty()) return kWrong;
  // where is "line:column" of the expression: show it.
  int line = std::stoi(error.where), column = std::stoi(error.where.substr(colon + 1));
  for (size_t at = 0; at <= source.size(); ++at) {
    auto here = feel::line_column(source, at);
    if (here.line != line || here.column != column) continue;
    auto place = static_cast<uint32_t>(at);
    io.err << feel::caret(source, {place, place}) << "\n";
    break;
  }
  return kWrong;
}

// Standard input is read where the expression needs it or it has something; a terminal or an open
// pipe that says nothing is not waited for without need.
bool has_input(Io& io, bool needed) {
  if (&io.in != &std::cin) return true;
  if (isatty(STDIN_FILENO)) return false;
  pollfd input{STDIN_FILENO, POLLIN, 0};
  return needed || poll(&input, 1, 0) > 0;
}

struct Inputs {
  feel::Scope scope;
  std::vector<feel::Value> slots;
};

base::Result<Inputs> read_inputs(Io& io, bool needed) {
  Inputs inputs;
  if (!has_input(io, needed)) return inputs;
  std::string text{std::istreambuf_iterator<char>(io.in), {}};
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return inputs;
  auto json = base::Json::parse(text);
  if (!json.ok())
    return base::Error{json.error().code, json.error().message, "standard input, " + json.error().where,
                       json.error().hint};
  if (!json->as_object())
    return base::Error{"cli.input", "the context is no JSON object", "standard input",
                       "write {\"name\": value, …}"};
  for (auto& [name, member] : *json->as_object()) {
    feel::Value value = feel::from_json(member);
    feel::TypeRef type = feel::infer_type(value);
    auto slot = static_cast<size_t>(inputs.scope.declare(name, std::move(type)));
    inputs.slots.resize(inputs.scope.size());
    inputs.slots[slot] = std::move(value);
  }
  return inputs;
}

void print_trace(Io& io, const feel::Program& program, const feel::Trace& trace) {
  for (auto& step : trace.steps) {
    auto range = step.node->range;
    io.err << feel::position(program.source(), range.begin) << "  "
           << std::string(static_cast<size_t>(step.depth) * 2, ' ')
           << program.source().substr(range.begin, range.end - range.begin) << " = " << step.value.show() << "\n";
  }
  if (trace.left_out) io.err << "... and " << trace.left_out << " more steps\n";
}

base::Result<feel::Value> tested_value(const std::string& text, const feel::EvalOptions& options) {
  auto program = feel::compile(text, feel::Scope());
  if (!program.ok()) return program.error();
  return program->evaluate({}, options);
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto options = Options::parse(arguments, {"tests"}, {"strict", "trace"});
  if (!options.ok()) return complain(io, options.error(), "");
  if (options->rest().size() != 1)
    return complain(io, {"cli.missing", "one expression is needed", "", "see --help"}, "");
  const std::string& source = options->rest()[0];
  feel::EvalOptions evaluation;
  evaluation.strict = options->has("strict");
  evaluation.now = io.clock.now();
  feel::CompileOptions how;
  how.form = options->has("tests") ? feel::Form::unary_tests : feel::Form::expression;
  bool needs_names = !feel::compile(source, feel::Scope(), how).ok();
  auto inputs = read_inputs(io, needs_names);
  if (!inputs.ok()) return complain(io, inputs.error(), "");
  how.lenient = !evaluation.strict;
  auto program = feel::compile(source, inputs->scope, how);
  if (!program.ok()) return complain(io, program.error(), source);

  std::vector<feel::Diagnostic> diagnostics;
  feel::Trace trace;
  feel::Trace* wanted = options->has("trace") ? &trace : nullptr;
  base::Result<feel::Value> value = feel::Value();
  if (auto tested = options->get("tests")) {
    auto input = tested_value(*tested, evaluation);
    if (!input.ok()) return complain(io, input.error(), *tested);
    value = program->test(*input, inputs->slots, evaluation, &diagnostics, wanted);
  } else {
    value = program->evaluate(inputs->slots, evaluation, &diagnostics, wanted);
  }
  if (wanted) print_trace(io, *program, trace);
  if (!value.ok()) return complain(io, value.error(), source);
  for (auto& d : diagnostics) io.err << "null: " << d.error.text() << "\n" << feel::caret(source, d.range) << "\n";
  io.out << feel::to_json(*value).dump() << "\n";
  return kDone;
}

}  // namespace

const Command kFeelCommand = {"feel", "evaluates a FEEL expression", kHelp, run};

}  // namespace guanhu::cli
