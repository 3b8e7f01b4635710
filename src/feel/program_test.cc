#include "feel/program.h"

#include <gtest/gtest.h>

#include <thread>

#include "feel/infer.h"
#include "feel/json.h"

namespace guanhu::feel {
namespace {

std::string error_of(const base::Result<Value>& r) {
  return r.ok() ? "value " + r->show() : r.error().code + " " + r.error().text();
}

TEST(Program, ReportsWhatItUses) {
  Scope scope;
  scope.declare("a");
  int b = scope.declare("存款 日均", Type::simple(Type::Name::number));
  scope.declare("k", nullptr, Value(10));
  auto p = compile("存款  日均 * k + sum([1, 2])", scope);
  ASSERT_TRUE(p.ok()) << p.error().text();
  EXPECT_EQ(p->used(), std::vector<int>{b});
  Value slots[] = {Value(), Value(5), Value()};
  EXPECT_EQ(p->evaluate(slots)->show(), "53");
  EXPECT_EQ(p->constant(), nullptr);
  EXPECT_EQ(compile("k * 2 + sum([1, 2])", scope)->constant()->show(), "23");
  EXPECT_THROW((void)p->evaluate({}), base::Broken);
}

TEST(Program, TakesUnitsBehindNumbersOnlyWhereTheHostAllowsThem) {
  for (const char* text : {"10 km", "10km", "5 %", "3 km/h"}) EXPECT_FALSE(compile(text, Scope()).ok()) << text;
  Scope scope;
  scope.allow_suffixes(
      std::make_shared<const Suffixes>(Suffixes{{"m", 0}, {"km", 3}, {"h", 0}, {"%", -2}, {"千米", 3}}));
  for (const char* text : {"10 kmh", "10 km h", "km 10", "10\nkm", "10 /* */ km", "10 km/", "5 % %", "10 公里"})
    EXPECT_FALSE(compile(text, scope).ok()) << text;
  const std::pair<const char*, const char*> kGood[] = {{"10 km", "10000"},         {"10km", "10000"},
                                                       {"1.5 千米", "1500"},       {"-5 %", "-0.05"},
                                                       {"3 km/h", "3000"},         {"6 m/km", "0.006"},
                                                       {"6 km / 3 m", "2000"},     {"2 % * 2 km", "40"},
                                                       {"[1 m, 2 km][2]", "2000"}, {"3 m in [1 m..1 km]", "true"},
                                                       {"\"10 km\"", "\"10 km\""}};
  for (auto& [text, value] : kGood) {
    auto p = compile(text, scope);
    ASSERT_TRUE(p.ok()) << text << ": " << p.error().text();
    EXPECT_EQ(p->evaluate({})->show(), value) << text;
  }
  // A word that goes on is a name, behind "/" too.
  int hours = scope.declare("hours");
  std::vector<Value> slots(scope.size());
  slots[static_cast<size_t>(hours)] = Value(4);
  auto p = compile("3 km/hours", scope);
  ASSERT_TRUE(p.ok()) << p.error().text();
  EXPECT_EQ(p->evaluate(slots)->show(), "750");
  EXPECT_EQ(p->tree().child(0).text, "km");
  EXPECT_EQ(p->tree().child(0).range.end, 4u);
}

TEST(Program, StrictErrorsNameThePlace) {
  Scope scope;
  scope.declare("贷款", Type::list_of(Type::context_of({{"余额", nullptr}})));
  auto p = compile("sum(贷款.余额) +\n  count(贷款) / (count(贷款) - 2)", scope);
  ASSERT_TRUE(p.ok()) << p.error().text();
  Value slots[] = {from_json(*base::Json::parse("[{\"余额\": 1}, {\"余额\": 2.5}]"))};
  EvalOptions strict;
  strict.strict = true;
  EXPECT_EQ(error_of(p->evaluate(slots, strict)),
            "feel.arithmetic 2:3: division by zero: 2 / 0, in 'count(贷款) / (count(贷款) - 2)' (贷款 = [{余额: "
            "1}, {余额: 2.5}])");
  std::vector<Diagnostic> said;
  EXPECT_TRUE(p->evaluate(slots, {}, &said)->is_null());
  ASSERT_EQ(said.size(), 2u);  // the division, and the sum with its null
  EXPECT_EQ(said[0].error.where, "2:3");
  EXPECT_EQ(said[1].error.code, "feel.null");
  EXPECT_EQ(caret(p->source(), said[0].range),
            "  count(贷款) / (count(贷款) - 2)\n  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^");
}

TEST(Program, StopsAtItsLimits) {
  EvalOptions small;
  small.max_steps = 1000;
  Scope scope;
  scope.declare("n");
  Value slots[] = {Value(1001)};
  EXPECT_EQ(error_of(compile("for i in 1..n return i", scope)->evaluate(slots, small)),
            "feel.limit 1:1: the evaluation takes more than 1000 steps (loop over less)");
  slots[0] = Value(999);
  EXPECT_TRUE(compile("for i in 1..n return i", scope)->evaluate(slots, small).ok());
  small.max_text = 100;
  slots[0] = Value::string(std::string(60, 'x'));
  EXPECT_EQ(error_of(compile("n + n", scope)->evaluate(slots, small)),
            "feel.limit 1:1: a string grows beyond 100 bytes");
  EXPECT_EQ(compile(std::string(300, '(') + "1" + std::string(300, ')'), scope).error().text(),
            "1:201: the expression is nested deeper than 200 levels (give parts names)");
  std::string chain = "1";
  for (int i = 0; i < 2900; ++i) chain += "+n";
  slots[0] = Value(1);
  EXPECT_EQ(compile(chain, scope)->evaluate(slots)->show(), "2901");
  for (int i = 0; i < 200; ++i) chain += "+n";
  EXPECT_EQ(compile(chain, scope).error().message, "the expression chains more than 3000 operations");
  EvalOptions deep;
  EXPECT_EQ(error_of(compile("for i in 1..1001 return [partial[-1]]", scope)->evaluate(slots, deep)),
            "feel.limit 1:1: lists or contexts are nested deeper than 1000 levels");
}

TEST(Program, TracesEverySubExpression) {
  Scope scope;
  scope.declare("a");
  auto p = compile("{f: function(x) x + a, r: f(2) * 10}.r", scope);
  Value slots[] = {Value(3)};
  Trace trace;
  EXPECT_EQ(p->evaluate(slots, {}, nullptr, &trace)->show(), "50");
  std::string steps;
  for (auto& s : trace.steps) {
    if (s.value.is(Kind::function) || s.value.is(Kind::context)) continue;
    auto r = s.node->range;
    steps += p->source().substr(r.begin, r.end - r.begin) + "=" + s.value.show() + ";";
  }
  EXPECT_EQ(steps, "x=2;a=3;x + a=5;f(2)=5;f(2) * 10=50;" + p->source() + "=50;");
  Trace one;
  one.limit = 1;
  (void)p->evaluate(slots, {}, nullptr, &one);
  EXPECT_EQ(one.steps.size(), 1u);
  EXPECT_GT(one.left_out, 5u);
}

TEST(Program, ServesManyThreads) {
  Scope scope;
  scope.declare("n");
  auto p = compile("count(for i in 1..n return {v: i, t: string(i)})", scope);
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&, t] {
      Value slots[] = {Value(50 + t)};
      for (int i = 0; i < 20; ++i) {
        Trace trace;
        good += p->evaluate(slots, {}, nullptr, i % 2 ? &trace : nullptr)->show() == std::to_string(50 + t);
      }
    });
  for (auto& t : threads) t.join();
  EXPECT_EQ(good, 80);
}

TEST(Program, RunsOverColumns) {
  Scope scope;
  scope.declare("k", nullptr, Value(10));
  scope.declare("fen");
  scope.declare("target");
  auto p = compile("{x: fen / target, y: x * k}.y", scope);
  ASSERT_TRUE(p.ok()) << p.error().text();
  const int64_t fen[] = {250, 99, 1};
  const Value targets[] = {Value(5), Value(3), Value(0)};
  const Column columns[] = {{}, {{}, fen, -2}, {targets, {}, 0}};
  Value out[3];
  EvalOptions strict{.strict = true};
  auto status = p->evaluate_columns(columns, out, strict);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().text().substr(0, 41), "row 3, 1:5: division by zero: 0.01 / 0, i");
  EXPECT_TRUE(p->evaluate_columns(columns, std::span(out, 2), strict).ok());
  EXPECT_EQ(out[0].show() + " " + out[1].show(), "5 3.3");
  out[2] = Value(7);
  EXPECT_TRUE(p->evaluate_columns(columns, out).ok());
  EXPECT_TRUE(out[2].is_null());
  Value four[4];
  EXPECT_THROW((void)p->evaluate_columns(columns, four), base::Broken);
  EXPECT_THROW((void)p->evaluate_columns(std::span(columns, 2), out), base::Broken);
}

TEST(Program, UnaryTestsSeeTheirInput) {
  Scope scope;
  scope.declare("上限");
  auto p = compile("<= 上限, 999", scope, {.form = Form::unary_tests});
  Value slots[] = {Value(10)};
  EXPECT_TRUE(p->test(Value(10), slots)->is_true());
  EXPECT_TRUE(p->test(Value(11), slots)->is_false());
  EXPECT_TRUE(p->test(Value(999), slots)->is_true());
  EXPECT_TRUE(p->test(Value(), slots)->is_null());
}

TEST(Json, TypedInputIsChecked) {
  auto type = Type::context_of(
      {{"日期", Type::simple(Type::Name::date)}, {"明细", Type::list_of(Type::simple(Type::Name::number))}});
  auto read = [&](const char* text) {
    auto v = from_json(*base::Json::parse(text), *type, "申请");
    return v.ok() ? v->show() : v.error().text();
  };
  EXPECT_EQ(read("{\"日期\": \"2025-02-30\", \"明细\": []}"),
            "申请.日期: a date is expected, not \"2025-02-30\" (for example \"2025-12-31\")");
  EXPECT_EQ(read("{\"日期\": null, \"明细\": [1, \"2\"]}"), "申请.明细[2]: a number is expected, not \"2\"");
  EXPECT_EQ(read("{\"日期\": null}"), "申请.明细: the entry '明细' is missing");
  EXPECT_EQ(read("{\"日期\": null, \"明细\": [], \"x\": 1}"), "申请.x: unknown entry 'x' (known are 日期, 明细)");
  EXPECT_EQ(read("{\"日期\": \"2025-02-28\", \"明细\": [0.10]}"), "{日期: @\"2025-02-28\", 明细: [0.1]}");
}
}  // namespace
}  // namespace guanhu::feel
