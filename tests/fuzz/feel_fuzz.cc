// The formula language: any text compiles or is refused with a place, and a program gives the same answer twice.
#include "feel/json.h"
#include "feel/program.h"
#include "feel/rules.h"
#include "fuzz.h"

namespace guanhu::fuzz {
namespace {
using namespace guanhu::feel;

Scope names() {
  Scope scope;
  scope.declare("余额", Type::simple(Type::Name::number));
  scope.declare("名单");
  return scope;
}

std::string answer(const Program& program, const std::vector<Value>& slots) {
  EvalOptions options;
  options.max_steps = 20'000;
  options.max_text = 1 << 16;
  std::vector<Diagnostic> said;
  auto value = program.evaluate(slots, options, &said);
  for (const auto& d : said)
    require(!d.error.message.empty() && !d.error.where.empty(), "a null says why and where");
  return value ? to_json(*value).dump() : value.error().text();
}

// Strict evaluation ends where the other one would say why something is null, and nowhere else; a trace
// changes nothing.
void strictness(const Program& program, const std::vector<Value>& slots) {
  EvalOptions options;
  options.max_steps = 20'000;
  options.max_text = 1 << 16;
  std::vector<Diagnostic> said;
  auto value = program.evaluate(slots, options, &said);
  if (!value) return;
  Trace trace;
  auto traced = program.evaluate(slots, options, nullptr, &trace);
  require(!traced || traced->show(1000) == value->show(1000), "a trace changes nothing");
  options.strict = true;
  auto strict = program.evaluate(slots, options);
  require(strict.ok() == said.empty(), "strict evaluation fails where there are diagnostics");
  require(!strict || strict->show(1000) == value->show(1000), "the strict value is the same");
}

// The index of a decision table finds what the tests say.
void unary_tests(std::string_view input) {
  static const Scope scope = names();
  static const std::vector<Value> slots = {Value(12345), Value::string("a")};
  auto program = compile(input, scope, {.form = Form::unary_tests});
  if (!program) return;
  Rules rules(1, {{*program}, {std::nullopt}, {*program}});
  EvalOptions options;
  options.max_steps = 20'000;
  options.max_text = 1 << 16;
  static const Value probes[] = {
      Value(),     Value(0),           Value(5),          Value(Decimal::make(25, -1)), Value(12345),
      Value(true), Value::string("a"), Value::string(""), Value::date(20'000),          Value::list({Value(1)})};
  for (auto& probe : probes) {
    auto direct = program->test(probe, slots, options);
    auto found = rules.matching({&probe, 1}, slots, options);
    if (direct && found) require(found->size() == (direct->is_true() ? 3u : 1u), "the index agrees with the test");
  }
}

void expression(std::string_view input) {
  static const Scope scope = names();
  static const std::vector<Value> slots = {from_json(base::Json(12345)),
                                           from_json(base::Json(base::JsonArray{1, "a", nullptr}))};
  for (bool lenient : {false, true}) {
    auto program = compile(input, scope, {.lenient = lenient});
    if (!program) {
      require(!program.error().message.empty() && !program.error().where.empty(), "a refusal says what and where");
      continue;
    }
    require(answer(*program, slots) == answer(*program, slots), "the same answer twice");
    strictness(*program, slots);
  }
  unary_tests(input);
}

}  // namespace

std::vector<Target> feel_targets() {
  return {{"feel",
           {"if 余额 > 100 then \"大\" else \"小\"", "for x in 1..3 return x * 2 + sum(名单)",
            "some y in [1, 2, 3] satisfies y between 2 and 3", "{a: 1, 得分: a + 2}.得分",
            "date(\"2025-12-31\") + @\"P1D\"", "[1, 2, 3][item > 1]", "function(x) x ** 2 - 1",
            "decimal(1/3, 2) in (0..1]", "-(1.5e3) = null or not(true)", "< 5, [10..20), \"a\"",
            "not(\"a\", \"b\")", "@\"2025-01-31\", > date(\"2025-06-30\")"},
           {"if ",       " then ",      " else ",     "for ",     " in ",   " return ", "some ",
            "every ",    " satisfies ", "function(",  " and ",    " or ",   "not(",     "null",
            "[",         "]",           "{",          "}",        "..",     "@\"",      "sum(",
            "min(",      "string(",     "substring(", "replace(", "split(", "sort(",    "date(",
            "duration(", "余额",        "名单",       "**",       "item",   "?",        " instance of ",
            " between "},
           expression}};
}

}  // namespace guanhu::fuzz
