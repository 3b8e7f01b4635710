// Lists: one entry for each thing behind a measure of a holder, drawn by a seed where only a sample counts.
#include <algorithm>

#include "appraisal/detail/decide.h"
#include "base/digest.h"
#include "policy/facts.h"
#include "policy/scheme_ask.h"

namespace guanhu::appraisal::detail {

using base::Decimal;
using feel::Value;
using measures::Thing;
using policy::ListFigure;

namespace {

Decimal exact(const measures::Ratio& ratio) {
  return Decimal::divide(Decimal::make(ratio.numerator, 0), Decimal::make(ratio.denominator, 0))
      .value_or(Decimal());
}

const std::string* cell(const Thing& thing, std::string_view feed) {
  for (const auto& [name, value] : thing.cells)
    if (name == feed) return &value;
  return nullptr;
}

// A repayment is one of a loan: what is recorded of the loan is meant.
std::string loan_of(const Thing& thing) {
  const std::string* loan = thing.subject_kind == "loan" ? nullptr : cell(thing, "loan_id");
  return loan ? *loan : thing.subject_id;
}

Value column_value(const Thing& thing, const policy::FactColumn& column) {
  const std::string* text = cell(thing, column.feed);
  if (column.feed == "customer_id" && !text) text = &thing.customer_id;
  if (!text || text->empty()) return {};
  switch (column.kind) {
    case policy::ColumnKind::text:
    case policy::ColumnKind::choice: return Value::string(*text);
    case policy::ColumnKind::boolean: return Value(*text == "true");
    case policy::ColumnKind::date:
      if (auto day = base::Date::parse(*text)) return Value::date(day->days());
      return {};
    default: break;
  }
  auto number = Decimal::parse(*text);
  return number ? Value(*number) : Value();
}

// An entry while it is made: several things where they are grouped.
struct Entry {
  const Thing* thing;
  Decimal amount;
};

class ListMaker {
 public:
  ListMaker(const ListFigure& list, const policy::Measure& measure, const Evaluation& e)
      : list_(list), fact_(policy::fact_info(measure.fact)), e_(e) {}

  // The entries as a list; or why there is none.
  Value make(std::vector<Thing> things, std::string& reason) const {
    if (!list_.sample.empty() && !draw(things, reason)) return {};
    std::vector<Value> out;
    for (const Entry& entry : grouped(things)) {
      std::vector<std::pair<std::string, Value>> parts;
      for (const policy::ListPart& part : list_.parts) {
        auto value = part_of(part, entry, reason);
        if (!reason.empty()) return {};
        parts.emplace_back(part.name, std::move(value));
      }
      out.push_back(Value::context(std::move(parts)));
    }
    return Value::list(std::move(out));
  }

 private:
  std::vector<Entry> grouped(const std::vector<Thing>& things) const {
    std::vector<Entry> out;
    std::vector<std::string> keys;
    for (const Thing& thing : things) {
      Decimal amount = exact(thing.amount);
      if (!list_.group.empty()) {
        const std::string* value = cell(thing, list_.group);
        std::string key = value ? *value : "";
        auto at = std::find(keys.begin(), keys.end(), key);
        if (at != keys.end()) {
          Entry& known = out[static_cast<size_t>(at - keys.begin())];
          known.amount = Decimal::add(known.amount, amount).value_or(known.amount);
          continue;
        }
        keys.push_back(std::move(key));
      }
      out.push_back({&thing, amount});
    }
    return out;
  }

  // Everyone who knows the seed draws the same: the things with the smallest digests of seed and id.
  bool draw(std::vector<Thing>& things, std::string& reason) const {
    const policy::RecordedFact* fact = e_.scheme.pack->recorded_fact(list_.seed);
    const Recorded* seed = e_.facts && fact ? e_.facts->find(*fact, "", e_.period) : nullptr;
    const policy::Parameter* parameter = e_.scheme.pack->parameter(list_.sample);
    auto size = parameter ? parameter->on(e_.scheme.date) : std::nullopt;
    auto wanted = size ? size->to_int64() : std::nullopt;
    if (!wanted || *wanted < 0) {
      reason = "参数“" + list_.sample + "”在 " + e_.scheme.date.str() + " 没有值";
      return false;
    }
    if (things.size() <= static_cast<size_t>(*wanted)) return true;  // all of them: nothing to draw
    if (!seed) {
      reason = list_.seed + "：没有登记(全行)";
      return false;
    }
    const std::string* word = seed->what.value.as_string();
    const std::string text = word ? *word : seed->what.value.dump();
    std::vector<std::pair<std::string, size_t>> order;
    for (size_t i = 0; i < things.size(); ++i)
      order.emplace_back(base::sha256_hex(text + "\n" + things[i].subject_id), i);
    std::sort(order.begin(), order.end());
    order.resize(static_cast<size_t>(*wanted));
    std::vector<Thing> drawn;
    for (const auto& [digest, i] : order) drawn.push_back(things[i]);
    std::sort(drawn.begin(), drawn.end(),
              [](const Thing& a, const Thing& b) { return a.subject_id < b.subject_id; });
    things = std::move(drawn);
    return true;
  }

  Value part_of(const policy::ListPart& part, const Entry& entry, std::string& reason) const {
    std::vector<Value> values;
    for (const policy::Field& field : part.ask.decision.inputs) {
      const bool tested = std::count(part.ask.tests.begin(), part.ask.tests.end(), field.name) != 0;
      std::string missing;
      values.push_back(named(field.name, entry, missing));
      if (missing.empty() || tested) continue;
      reason = missing;
      return {};
    }
    auto value = policy::ask_formula(*e_.scheme.pack, part.ask, std::move(values), e_.scheme.date);
    if (value) return std::move(*value);
    reason = entry.thing->subject_id + " 的" + part.name + "：" + value.error().message;
    return {};
  }

  Value named(const std::string& name, const Entry& entry, std::string& missing) const {
    if (name == policy::kListAmount) return Value(entry.amount);
    if (name == policy::kListId) return Value::string(entry.thing->subject_id);
    if (const policy::FactColumn* column = policy::find_column(fact_, name))
      return column_value(*entry.thing, *column);
    const policy::RecordedFact* fact = e_.scheme.pack->recorded_fact(name);
    if (!fact) return {};
    std::string id = fact->of == policy::RecordedOf::customer ? entry.thing->customer_id
                     : fact->of == policy::RecordedOf::bank   ? ""
                     : fact->of == policy::RecordedOf::loan   ? loan_of(*entry.thing)
                                                              : entry.thing->subject_id;
    const Recorded* row = e_.facts ? e_.facts->find(*fact, id, e_.period) : nullptr;
    policy::Misfit misfit;
    if (row)
      if (auto value = policy::read_value(row->what.value, *fact->type, "", misfit)) return *value;
    if (!row && fact->otherwise) return *fact->otherwise;
    missing = std::string(policy::subject_word(fact->of)) + " " + id + " 的" + name +
              (row ? "不合要求：" + misfit.message : "没有登记");
    return {};
  }

  const ListFigure& list_;
  const policy::FactInfo& fact_;
  const Evaluation& e_;
};

}  // namespace

base::Result<StepValues> take_list(const policy::SchemeStep& step, const Evaluation& e, measures::Engine& engine) {
  const policy::Measure& measure = *e.scheme.steps[step.inputs.at(0).step].measure;
  ListMaker maker(*step.list, measure, e);
  StepValues out;
  out.values.resize(e.persons());
  out.raw.resize(e.persons());
  out.reasons.resize(e.persons());
  for (size_t h = 0; h < e.holders.size(); ++h) {
    auto things = engine.things(measure, e.period, e.asked[h]);
    if (!things) return things.error();
    out.raw[h] = maker.make(std::move(*things), out.reasons[h]);
  }
  return out;
}

}  // namespace guanhu::appraisal::detail
