// Context functions (DMN 1.5, table 82).
#include "feel/builtins.h"

namespace guanhu::feel {
namespace {
using Arguments = std::span<const Value>;
using Entries = std::vector<std::pair<std::string, Value>>;

Entries entries_of(const Context& c) {
  Entries out;
  for (size_t i = 0; i < c.size(); ++i) out.emplace_back(c.shape->names()[i], c.values[i]);
  return out;
}

constexpr size_t kLooked = 64;  // names compared in a step

void put(Entries& entries, const std::string& name, Value value, Eval& eval) {
  eval.step(entries.size() / kLooked);
  for (auto& [key, old] : entries)
    if (key == name) return (void)(old = std::move(value));
  entries.emplace_back(name, std::move(value));
}

Value get_value(Arguments a, Eval& eval) {
  if (a[1].is(Kind::string)) {
    const Value* found = a[0].context().find(a[1].text());
    return found ? *found : Value();
  }
  Value current = a[0];
  if (a[1].items().empty()) return eval.fail([] { return std::string("get value needs at least one key"); });
  for (auto& key : a[1].items()) {
    if (!key.is(Kind::string))
      return eval.fail([&] { return "the keys of get value must be strings, not " + key.show(); });
    if (!current.is(Kind::context)) return {};
    const Value* found = current.context().find(key.text());
    if (!found) return {};
    current = Value(*found);
  }
  return current;
}

Value get_entries(Arguments a, Eval& eval) {
  static const auto shape = std::make_shared<const Shape>(std::vector<std::string>{"key", "value"});
  const Context& c = a[0].context();
  eval.step(c.size());
  std::vector<Value> out;
  for (size_t i = 0; i < c.size(); ++i)
    out.push_back(
        Value::adopt(Kind::context, new Context(shape, {Value::string(c.shape->names()[i]), c.values[i]})));
  return Value::list(std::move(out));
}

Value make_context(Arguments a, Eval& eval) {
  Entries out;
  eval.step(a[0].items().size());
  for (auto& item : a[0].items()) {
    const Value* key = item.is(Kind::context) ? item.context().find("key") : nullptr;
    const Value* value = item.is(Kind::context) ? item.context().find("value") : nullptr;
    if (!key || !value || !key->is(Kind::string))
      return eval.fail([&] { return "context takes entries {key: \"…\", value: …}, not " + item.show(); });
    eval.step(out.size() / kLooked);
    for (auto& [known, old] : out)
      if (known == key->text()) return eval.fail([&] { return "the key " + key->show() + " stands twice"; });
    out.emplace_back(key->text(), *value);
  }
  return Value::context(std::move(out));
}

// Puts the value at the end of the path of keys; contexts on the way that are missing are made.
Value put_at(const Value& base, std::span<const Value> keys, const Value& value, Eval& eval) {
  if (keys.empty()) return value;
  if (!keys[0].is(Kind::string) || (!base.is(Kind::context) && !base.is_null()))
    return eval.fail(
        [&] { return "context put finds " + base.show() + " at " + keys[0].show() + ", not a context"; });
  if (!base.is_null()) eval.step(base.context().size());
  Entries entries = base.is_null() ? Entries{} : entries_of(base.context());
  const Value* inner = base.is_null() ? nullptr : base.context().find(keys[0].text());
  if (keys.size() == 1) {
    put(entries, keys[0].text(), value, eval);
  } else {
    Value changed = put_at(inner ? *inner : Value(), keys.subspan(1), value, eval);
    if (!changed.is(Kind::context)) return {};
    put(entries, keys[0].text(), changed, eval);
  }
  return Value::context(std::move(entries));
}

Value context_put(Arguments a, Eval& eval) {
  if (a[1].is(Kind::string)) return put_at(a[0], a.subspan(1, 1), a[2], eval);
  if (a[1].items().empty()) return eval.fail([] { return std::string("context put needs at least one key"); });
  if (a[1].items().size() > 100)
    return eval.fail([] { return std::string("context put takes at most 100 keys"); });
  return put_at(a[0], a[1].items(), a[2], eval);
}

Value context_merge(Arguments a, Eval& eval) {
  Entries out;
  for (auto& item : a[0].items()) {
    if (!item.is(Kind::context))
      return eval.fail([&] { return "context merge takes contexts, not " + item.show(); });
    eval.step(item.context().size());
    for (auto& [name, value] : entries_of(item.context())) put(out, name, value, eval);
  }
  return Value::context(std::move(out));
}
}  // namespace

const std::vector<Builtin>& context_builtins() {
  using namespace kinds;
  static const std::vector<Builtin> every = {
      {"get value", {{"m", kinds::context}, {"key", string}}, false, get_value},
      {"get value", {{"context", kinds::context}, {"keys", list}}, false, get_value},
      {"get entries", {{"m", kinds::context}}, false, get_entries},
      {"context", {{"entries", list}}, false, make_context},
      {"context put", {{"context", kinds::context}, {"key", string}, {"value"}}, false, context_put},
      {"context put", {{"context", kinds::context}, {"keys", list}, {"value"}}, false, context_put},
      {"context merge", {{"contexts", list}}, false, context_merge},
  };
  return every;
}

}  // namespace guanhu::feel
