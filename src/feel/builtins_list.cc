// Functions that make lists of lists (DMN 1.5, table 76).
#include "feel/builtins.h"
#include "feel/compare.h"

namespace guanhu::feel {
namespace {
using Arguments = std::span<const Value>;
using Items = std::vector<Value>;

Value list(Items items, Eval& eval) {
  eval.step(items.size());
  return Value::list(std::move(items));
}

// A position from 1, or from the end when negative, as an index; `past`: how far behind the last
// item it may point. Failure: -1.
int64_t index_of_position(const Value& position, size_t size, size_t past, Eval& eval) {
  auto n = position.number().round(0, base::Rounding::down).to_int64();
  auto count = static_cast<int64_t>(size);
  bool good = n && *n != 0 && *n <= count + static_cast<int64_t>(past) && *n >= -count;
  if (!good) {
    eval.fail([&] {
      return "the position " + position.show() + " is outside a list of " + std::to_string(size) + " items";
    });
    return -1;
  }
  return *n > 0 ? *n - 1 : count + *n;
}

bool has(const Items& items, const Value& wanted, Eval& eval) {
  eval.step(items.size());
  for (auto& item : items)
    if (equal(item, wanted) == true) return true;
  return false;
}

Value list_contains(Arguments a, Eval& eval) { return Value(has(a[0].items(), a[1], eval)); }

Value sublist(Arguments a, Eval& eval) {
  auto& items = a[0].items();
  int64_t from = index_of_position(a[1], items.size(), 0, eval);
  if (from < 0) return {};
  auto count = static_cast<int64_t>(items.size()) - from;
  if (!a[2].is_null()) {
    auto wanted = a[2].number().to_int64();
    if (!wanted || *wanted < 0 || *wanted > count)
      return eval.fail(
          [&] { return "sublist has only " + std::to_string(count) + " items from there, not " + a[2].show(); });
    count = *wanted;
  }
  return list(Items(items.begin() + from, items.begin() + from + count), eval);
}

Value append(Arguments a, Eval& eval) {
  Items out = a[0].items();
  out.insert(out.end(), a.begin() + 1, a.end());
  return list(std::move(out), eval);
}

Value concatenate(Arguments a, Eval& eval) {
  Items out;
  for (auto& part : a) out.insert(out.end(), part.items().begin(), part.items().end());
  return list(std::move(out), eval);
}

Value insert_before(Arguments a, Eval& eval) {
  Items out = a[0].items();
  int64_t at = index_of_position(a[1], out.size(), 1, eval);
  if (at < 0) return {};
  out.insert(out.begin() + at, a[2]);
  return list(std::move(out), eval);
}

Value remove(Arguments a, Eval& eval) {
  Items out = a[0].items();
  int64_t at = index_of_position(a[1], out.size(), 0, eval);
  if (at < 0) return {};
  out.erase(out.begin() + at);
  return list(std::move(out), eval);
}

Value list_replace(Arguments a, Eval& eval) {
  Items out = a[0].items();
  if (a[1].is_number()) {
    int64_t at = index_of_position(a[1], out.size(), 0, eval);
    if (at < 0) return {};
    out[static_cast<size_t>(at)] = a[2];
    return list(std::move(out), eval);
  }
  const Function& match = a[1].function();
  if (!match.takes(2))
    return eval.fail(
        [&] { return std::string("the match function of list replace must take two arguments: item, newItem"); });
  for (auto& item : out) {
    Value arguments[] = {item, a[2]};
    Value chosen = match.call(arguments, eval);
    if (!chosen.is(Kind::boolean))
      return eval.fail(
          [&] { return "the match function of list replace gave " + chosen.show() + ", not a boolean"; });
    if (chosen.boolean()) item = a[2];
  }
  return list(std::move(out), eval);
}

Value reverse(Arguments a, Eval& eval) { return list(Items(a[0].items().rbegin(), a[0].items().rend()), eval); }

Value index_of(Arguments a, Eval& eval) {
  Items out;
  auto& items = a[0].items();
  eval.step(items.size());
  for (size_t i = 0; i < items.size(); ++i)
    if (equal(items[i], a[1]) == true) out.push_back(Value(static_cast<int64_t>(i + 1)));
  return list(std::move(out), eval);
}

Value distinct(Items items, Eval& eval) {
  Items out;
  for (auto& item : items)
    if (!has(out, item, eval)) out.push_back(item);
  return Value::list(std::move(out));
}

Value distinct_values(Arguments a, Eval& eval) { return distinct(a[0].items(), eval); }

Value union_of(Arguments a, Eval& eval) { return distinct(concatenate(a, eval).items(), eval); }

void flatten_into(const Items& items, Items& out, Eval& eval) {
  eval.step(items.size());
  for (auto& item : items) {
    if (item.is(Kind::list)) flatten_into(item.items(), out, eval);
    else out.push_back(item);
  }
}
Value flatten(Arguments a, Eval& eval) {
  Items out;
  flatten_into(a[0].items(), out, eval);
  return Value::list(std::move(out));
}

// A merge sort of our own: a comparison written in FEEL need not be a proper order, and std::sort
// must not be given such a one.
class Sorter {
 public:
  Sorter(const Function* precedes, Eval& eval) : precedes_(precedes), eval_(eval) {}
  bool ok = true;

  void sort(Items& items) {
    Items spare(items.size());
    sort(items, spare, 0, items.size());
  }

 private:
  bool before(const Value& x, const Value& y) {
    if (!ok) return false;
    eval_.step();
    if (!precedes_) {
      auto o = order(x, y);
      if (!o) {
        ok = false;
        eval_.fail([&] { return "sort cannot compare " + x.show() + " with " + y.show(); });
      }
      return o && *o < 0;
    }
    Value arguments[] = {x, y};
    Value answer = precedes_->call(arguments, eval_);
    if (!answer.is(Kind::boolean)) {
      ok = false;
      eval_.fail([&] { return "the function given to sort gave " + answer.show() + ", not a boolean"; });
    }
    return answer.is_true();
  }

  void sort(Items& items, Items& spare, size_t from, size_t to) {
    if (to - from < 2 || !ok) return;
    size_t middle = from + (to - from) / 2;
    sort(items, spare, from, middle);
    sort(items, spare, middle, to);
    size_t i = from, j = middle, k = from;
    while (i < middle && j < to) {
      bool right_first = before(items[j], items[i]);  // equal ones keep their order
      spare[k++] = std::move(right_first ? items[j++] : items[i++]);
    }
    while (i < middle) spare[k++] = std::move(items[i++]);
    while (j < to) spare[k++] = std::move(items[j++]);
    for (k = from; k < to; ++k) items[k] = std::move(spare[k]);
  }

  const Function* precedes_;
  Eval& eval_;
};

Value sort(Arguments a, Eval& eval) {
  const Function* precedes = a[1].is_null() ? nullptr : &a[1].function();
  if (precedes && !precedes->takes(2))
    return eval.fail([&] { return std::string("the function given to sort must take two arguments"); });
  Items items = a[0].items();
  Sorter sorter(precedes, eval);
  sorter.sort(items);
  return sorter.ok ? Value::list(std::move(items)) : Value();
}
}  // namespace

const std::vector<Builtin>& list_builtins() {
  using namespace kinds;
  static const std::vector<Builtin> all_of_them = {
      {"list contains", {{"list", kinds::list}, {"element"}}, false, list_contains},
      {"sublist", {{"list", kinds::list}, {"start position", number}, {"length", number, true}}, false, sublist},
      {"append", {{"list", kinds::list}, {"item"}}, true, append},
      {"concatenate", {{"list", kinds::list}}, true, concatenate},
      {"insert before", {{"list", kinds::list}, {"position", number}, {"newItem"}}, false, insert_before},
      {"remove", {{"list", kinds::list}, {"position", number}}, false, remove},
      {"list replace", {{"list", kinds::list}, {"position", number}, {"newItem"}}, false, list_replace},
      {"list replace", {{"list", kinds::list}, {"match", function}, {"newItem"}}, false, list_replace},
      {"reverse", {{"list", kinds::list}}, false, reverse},
      {"index of", {{"list", kinds::list}, {"match"}}, false, index_of},
      {"union", {{"list", kinds::list}}, true, union_of},
      {"distinct values", {{"list", kinds::list}}, false, distinct_values},
      {"flatten", {{"list", kinds::list}}, false, flatten},
      {"sort", {{"list", kinds::list}, {"precedes", function, true}}, false, sort},
  };
  return all_of_them;
}

}  // namespace guanhu::feel
