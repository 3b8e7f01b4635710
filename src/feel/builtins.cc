#include "feel/builtins.h"

#include <array>
#include <unordered_map>

namespace guanhu::feel {
namespace {

std::string kinds_text(Kinds mask) {
  std::string out;
  for (unsigned k = 0; k <= static_cast<unsigned>(Kind::function); ++k)
    if (mask & (1u << k)) out += (out.empty() ? "" : " or ") + std::string(kind_name(static_cast<Kind>(k)));
  return out;
}

// The argument as the parameter wants it, or nothing.
bool coerce(const Value& in, Kinds wanted, Value& out) {
  if (wanted & of(in.kind())) return out = in, true;
  if (wanted == kinds::list && !in.is_null()) return out = Value::list({in}), true;
  if (in.is(Kind::list) && in.items().size() == 1 && (wanted & of(in.items()[0].kind())))
    return out = in.items()[0], true;
  return false;
}

Kinds accepted(const Builtin::Parameter& p) { return p.optional ? p.kinds | kinds::null : p.kinds; }

bool fits_count(const Builtin& b, size_t count) {
  size_t least = 0;
  for (auto& p : b.parameters) least += p.optional ? 0 : 1;
  return count >= least && (b.variadic || count <= b.parameters.size());
}

const Builtin::Parameter& parameter_at(const Builtin& b, size_t i) {
  return b.parameters[std::min(i, b.parameters.size() - 1)];
}

// The index of the first argument that does not fit, or -1.
int misfit(const Builtin& b, std::span<const Value> in, std::span<Value> out) {
  for (size_t i = 0; i < in.size(); ++i)
    if (!coerce(in[i], accepted(parameter_at(b, i)), out[i])) return static_cast<int>(i);
  return -1;
}

bool fits_as_is(const Builtin& b, std::span<const Value> in) {
  if (b.variadic ? !fits_count(b, in.size()) : in.size() != b.parameters.size()) return false;
  for (size_t i = 0; i < in.size(); ++i)
    if (!(accepted(parameter_at(b, i)) & of(in[i].kind()))) return false;
  return true;
}

struct Registry {
  std::unordered_map<std::string, BuiltinFunction*> functions;
  std::vector<std::string> names;
  Registry() {
    for (auto family : {conversion_builtins, string_builtins, list_builtins, statistics_builtins, number_builtins,
                        temporal_builtins, range_builtins, context_builtins}) {
      for (auto& b : family()) {
        auto& function = functions[b.name];
        if (!function) {
          function = new BuiltinFunction(b.name);
          names.push_back(b.name);
        }
        function->add(&b);
      }
    }
  }
};
const Registry& registry() {
  static const Registry& all = *new Registry;  // never destroyed: values may refer to functions until the end
  return all;
}
}  // namespace

const BuiltinFunction* find_builtin(std::string_view name) {
  auto& functions = registry().functions;
  auto at = functions.find(std::string(name));
  return at == functions.end() ? nullptr : at->second;
}

const std::vector<std::string>& builtin_names() { return registry().names; }

void BuiltinFunction::add(const Builtin* overload) {
  overloads_.push_back(overload);
  if (overloads_.size() == 1)
    for (auto& p : overload->parameters) parameters_.push_back({p.name, nullptr});
}

bool BuiltinFunction::takes(size_t count) const {
  for (auto* b : overloads_)
    if (fits_count(*b, count)) return true;
  return false;
}

std::string BuiltinFunction::usage() const {
  std::string out;
  for (auto* b : overloads_) {
    if (!out.empty()) out += " or ";
    out += b->name + "(";
    for (size_t i = 0; i < b->parameters.size(); ++i)
      out += (i ? ", " : "") + b->parameters[i].name + (b->parameters[i].optional ? "?" : "");
    out += b->variadic ? ", …)" : ")";
  }
  return out;
}

namespace {
bool has_names(const Builtin& b, std::span<const std::string> names) {
  for (auto& name : names) {
    bool found = false;
    for (auto& p : b.parameters) found = found || p.name == name;
    if (!found) return false;
  }
  return true;
}
}  // namespace

Value BuiltinFunction::call(std::span<const Value> in, Eval& eval) const { return call_placed({}, in, eval); }

Value BuiltinFunction::call_placed(std::span<const std::string> names, std::span<const Value> in,
                                   Eval& eval) const {
  for (auto& value : in)  // whatever is done with a long text, it is looked at
    if (value.is(Kind::string)) Eval::spend_text(value.text().size());
  // Most calls fit the first parameter list as they are.
  if (names.empty() && fits_as_is(*overloads_[0], in)) return overloads_[0]->run(in, eval);
  std::array<Value, 6> few;
  std::vector<Value> many;
  size_t room = std::max<size_t>(in.size(), parameters_.size() + 4);
  if (room > few.size()) many.resize(room);
  std::span<Value> out = many.empty() ? std::span<Value>(few) : std::span<Value>(many);
  const Builtin* candidate = nullptr;
  int wrong = -1;
  for (auto* b : overloads_) {
    if (!fits_count(*b, in.size()) || !has_names(*b, names)) continue;
    int bad = misfit(*b, in, out);
    if (bad < 0) {
      size_t count = b->variadic ? in.size() : b->parameters.size();
      for (size_t i = in.size(); i < count; ++i) out[i] = Value();
      return b->run(out.first(count), eval);
    }
    if (!candidate || bad > wrong) candidate = b, wrong = bad;
  }
  if (!candidate)
    return eval.fail(
        [&] { return name_ + " does not take " + std::to_string(in.size()) + " arguments; it is " + usage(); });
  return eval.fail([&] {
    auto& p = parameter_at(*candidate, static_cast<size_t>(wrong));
    const Value& v = in[static_cast<size_t>(wrong)];
    std::string got = v.is_null() ? "null" : std::string(kind_name(v.kind())) + " " + v.show();
    return "the argument '" + p.name + "' of " + name_ + " must be " +
           (p.kinds == kinds::any ? "a value" : kinds_text(p.kinds)) + ", not " + got;
  });
}

std::vector<int> BuiltinFunction::place_named(std::span<const std::string> names, size_t& total) const {
  for (auto* b : overloads_) {
    std::vector<int> places;
    std::vector<bool> given(b->parameters.size());
    for (auto& name : names)
      for (size_t i = 0; i < b->parameters.size(); ++i)
        if (b->parameters[i].name == name) places.push_back(static_cast<int>(i)), given[i] = true;
    bool complete = places.size() == names.size();
    for (size_t i = 0; i < given.size(); ++i) complete = complete && (given[i] || b->parameters[i].optional);
    if (!complete) continue;
    total = 0;
    for (size_t i = 0; i < given.size(); ++i)
      if (given[i]) total = i + 1;
    return places;
  }
  return {};
}

Value BuiltinFunction::call_named(std::span<const std::string> names, std::span<const Value> values,
                                  Eval& eval) const {
  size_t total = 0;
  auto places = place_named(names, total);
  if (places.size() != names.size() || names.empty())
    return eval.fail([&] { return name_ + " has no such named arguments; it is " + usage(); });
  std::vector<Value> ordered(total);
  for (size_t i = 0; i < places.size(); ++i) ordered[static_cast<size_t>(places[i])] = values[i];
  return call_placed(names, ordered, eval);
}

Value Function::call_named(std::span<const std::string> names, std::span<const Value> values, Eval& eval) const {
  auto& wanted = parameters();
  std::vector<Value> ordered(wanted.size());
  std::vector<bool> given(wanted.size());
  for (size_t i = 0; i < names.size(); ++i) {
    size_t at = 0;
    while (at < wanted.size() && wanted[at].name != names[i]) ++at;
    if (at == wanted.size())
      return eval.fail([&] { return std::string(name()) + " has no parameter '" + names[i] + "'"; });
    ordered[at] = values[i];
    given[at] = true;
  }
  for (size_t i = 0; i < wanted.size(); ++i)
    if (!given[i])
      return eval.fail(
          [&] { return "the argument '" + wanted[i].name + "' of " + std::string(name()) + " is missing"; });
  return call(ordered, eval);
}

}  // namespace guanhu::feel
