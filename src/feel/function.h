// A function as a value: a built-in, one written in FEEL, or one given by another module.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "feel/type.h"
#include "feel/value.h"

namespace guanhu::feel {

class Eval;

class Function : public Shared {
 public:
  struct Parameter {
    std::string name;
    TypeRef type;  // null: any
  };
  // The names a call may use: f(name: value).
  virtual const std::vector<Parameter>& parameters() const = 0;
  // Whether a call with so many positional arguments is one at all.
  virtual bool takes(size_t count) const { return count == parameters().size(); }
  // Arguments in the order of the parameters, their number checked by takes(). Failures go through
  // eval.fail(), which knows the place of the call.
  virtual Value call(std::span<const Value> arguments, Eval& eval) const = 0;
  // Named arguments; the default puts them into the order of parameters().
  virtual Value call_named(std::span<const std::string> names, std::span<const Value> values, Eval& eval) const;
  virtual std::string_view name() const { return "function"; }
  virtual TypeRef result_type() const { return nullptr; }
};

inline const Function& Value::function() const { return *static_cast<const Function*>(shared()); }

}  // namespace guanhu::feel
