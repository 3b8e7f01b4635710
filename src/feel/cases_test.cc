// Runs the text files of tests/feel (their README tells the form).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "feel/infer.h"
#include "feel/program.h"

namespace guanhu::feel {
namespace {

struct Case {
  std::string file, expression, value, error;
  int line = 0;
  bool has_value = false, has_error = false;
  std::string names;
};

std::vector<Case> read_cases(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<Case> cases;
  std::string text, names, previous;
  for (int line = 1; std::getline(in, text); ++line) {
    bool names_line = text.rfind("@ ", 0) == 0 || text.rfind("@  ", 0) == 0;
    if (names_line) {
      if (previous != "@") names.clear();
      names += text.substr(1);
      previous = "@";
      continue;
    }
    previous = "";
    if (text.empty() || text[0] == '#') continue;
    if (text.rfind("  = ", 0) == 0 && !cases.empty()) {
      cases.back().value = text.substr(4);
      cases.back().has_value = true;
    } else if (text.rfind("  ! ", 0) == 0 && !cases.empty()) {
      cases.back().error = text.substr(4);
      cases.back().has_error = true;
    } else {
      cases.push_back({path.filename().string(), text, "", "", line, false, false, names});
    }
  }
  return cases;
}

struct World {
  Scope scope;
  std::vector<Value> slots;
};

World world_of(const std::string& names) {
  World world;
  if (names.empty()) return world;
  auto program = compile(names, Scope());
  if (!program.ok()) throw std::runtime_error(program.error().text());
  Value value = *program->evaluate({});
  const Context& c = value.context();
  for (size_t i = 0; i < c.size(); ++i) {
    world.scope.declare(c.shape->names()[i], infer_type(c.values[i]));
    world.slots.push_back(c.values[i]);
  }
  return world;
}

std::string outcome(const Case& c, bool strict) {
  World world = world_of(c.names);
  std::string expression = c.expression;
  size_t split = c.file == "unary_tests.txt" ? expression.find(" :: ") : std::string::npos;
  CompileOptions options;
  options.lenient = !strict;
  Value input;
  if (split != std::string::npos) {
    input = *compile(expression.substr(0, split), Scope())->evaluate({});
    expression = expression.substr(split + 4);
    options.form = Form::unary_tests;
  }
  auto program = compile(expression, world.scope, options);
  if (!program.ok()) return "! " + program.error().text();
  EvalOptions evaluation;
  evaluation.strict = strict;
  auto value = split == std::string::npos ? program->evaluate(world.slots, evaluation)
                                          : program->test(input, world.slots, evaluation);
  if (!value.ok()) return "! " + value.error().text();
  // A trace must not change the value.
  Trace trace;
  auto traced = split == std::string::npos ? program->evaluate(world.slots, evaluation, nullptr, &trace)
                                           : program->test(input, world.slots, evaluation, nullptr, &trace);
  if (traced->show(10000) != value->show(10000))
    return "traced: " + traced->show(10000) + ", not " + value->show(10000);
  return value->show(10000);
}

// The error of strict evaluation repeats the sub-expression; the files leave that out.
std::string without_part(const std::string& text) { return text.substr(0, text.find(", in '")); }

TEST(Feel, Cases) {
  auto folder = std::filesystem::path(GUANHU_SOURCE_DIR) / "tests/feel";
  size_t count = 0;
  for (auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    for (auto& c : read_cases(entry.path())) {
      ++count;
      std::string where = c.file + ":" + std::to_string(c.line) + ": " + c.expression;
      EXPECT_TRUE(c.has_value || c.has_error) << where << " expects nothing";
      if (c.has_value) {
        EXPECT_EQ(outcome(c, false), c.value) << where;
      }
      if (c.has_error) {
        EXPECT_EQ(without_part(outcome(c, true)), "! " + c.error) << where;
      } else {
        EXPECT_EQ(outcome(c, true), c.value) << where << " (strict)";
      }
    }
  }
  EXPECT_GT(count, 300u);
}
}  // namespace
}  // namespace guanhu::feel
