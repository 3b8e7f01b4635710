// The formula language: any text compiles or is refused with a place, and a program gives the same answer twice.
#include "feel/json.h"
#include "feel/program.h"
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
  }
}

}  // namespace

std::vector<Target> feel_targets() {
  return {{"feel",
           {"if 余额 > 100 then \"大\" else \"小\"", "for x in 1..3 return x * 2 + sum(名单)",
            "some y in [1, 2, 3] satisfies y between 2 and 3", "{a: 1, 得分: a + 2}.得分",
            "date(\"2025-12-31\") + @\"P1D\"", "[1, 2, 3][item > 1]", "function(x) x ** 2 - 1",
            "decimal(1/3, 2) in (0..1]", "-(1.5e3) = null or not(true)"},
           {"if ",       " then ",      " else ",     "for ",     " in ",   " return ", "some ",
            "every ",    " satisfies ", "function(",  " and ",    " or ",   "not(",     "null",
            "[",         "]",           "{",          "}",        "..",     "@\"",      "sum(",
            "min(",      "string(",     "substring(", "replace(", "split(", "sort(",    "date(",
            "duration(", "余额",        "名单",       "**",       "item",   "?",        " instance of ",
            " between "},
           expression}};
}

}  // namespace guanhu::fuzz
