// The built-in functions of FEEL, one table per family.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/eval.h"
#include "feel/function.h"
#include "feel/value.h"

namespace guanhu::feel {

// Kinds an argument may have, as bits; `list` alone also takes a single value (as a list of one), and
// everything that does not take lists also takes a list of one such value (spec 10.3.2.9.4).
using Kinds = uint32_t;
constexpr Kinds of(Kind kind) { return 1u << static_cast<unsigned>(kind); }
namespace kinds {
constexpr Kinds number = of(Kind::number), string = of(Kind::string), boolean = of(Kind::boolean),
                date = of(Kind::date), time = of(Kind::time), date_time = of(Kind::date_time),
                days = of(Kind::days_duration), months = of(Kind::months_duration), list = of(Kind::list),
                context = of(Kind::context), range = of(Kind::range), function = of(Kind::function),
                null = of(Kind::null), any = 0xFFFFFFFF & ~null, all = 0xFFFFFFFF;
}

struct Builtin {
  struct Parameter {
    std::string name;
    Kinds kinds = kinds::all;
    bool optional = false;  // may be left out; is null then
  };
  std::string name;
  std::vector<Parameter> parameters;
  bool variadic = false;  // the last parameter may repeat (and may be absent only if optional)
  // Arguments are checked and complete (missing optional ones are null), except that variadic calls
  // have as many as were given. Failures go through eval.fail().
  Value (*run)(std::span<const Value> arguments, Eval& eval) = nullptr;
  bool pure = true;  // the same arguments always give the same result
};

// All functions of that name (several parameter lists), or nullptr.
class BuiltinFunction;
const BuiltinFunction* find_builtin(std::string_view name);
const std::vector<std::string>& builtin_names();

class BuiltinFunction : public Function {
 public:
  explicit BuiltinFunction(std::string name) : name_(std::move(name)) {}
  void add(const Builtin* overload);
  const std::vector<Parameter>& parameters() const override { return parameters_; }
  bool takes(size_t count) const override;
  Value call(std::span<const Value> arguments, Eval& eval) const override;
  Value call_named(std::span<const std::string> names, std::span<const Value> values, Eval& eval) const override;
  // Only the parameter lists that have these names count.
  Value call_placed(std::span<const std::string> names, std::span<const Value> arguments, Eval& eval) const;
  std::string_view name() const override { return name_; }
  bool pure() const { return overloads_[0]->pure; }
  // Where each named argument goes, or an empty list when no overload has these names; `total`: how
  // many arguments that overload gets.
  std::vector<int> place_named(std::span<const std::string> names, size_t& total) const;
  std::string usage() const;  // "substring(string, start position, length?)"

 private:
  std::string name_;
  std::vector<const Builtin*> overloads_;
  std::vector<Parameter> parameters_;
};

// The families; only builtins.cc asks for them.
const std::vector<Builtin>& conversion_builtins();
const std::vector<Builtin>& string_builtins();
const std::vector<Builtin>& list_builtins();
const std::vector<Builtin>& statistics_builtins();
const std::vector<Builtin>& number_builtins();
const std::vector<Builtin>& temporal_builtins();
const std::vector<Builtin>& range_builtins();
const std::vector<Builtin>& context_builtins();

}  // namespace guanhu::feel
