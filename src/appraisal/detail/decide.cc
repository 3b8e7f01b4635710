#include "appraisal/detail/decide.h"

#include <algorithm>

#include "appraisal/under_way.h"
#include "feel/json.h"
#include "policy/scheme_ask.h"

namespace guanhu::appraisal::detail {

using base::Decimal;
using feel::Value;
using policy::CompiledSource;
using policy::Field;

namespace {

Value text_or_null(const std::string& text) { return text.empty() ? Value() : Value::string(text); }
Value date_or_null(const std::optional<base::Date>& date) { return date ? Value::date(date->days()) : Value(); }

Value holder_value(const people::Staff& p, const people::Directory& directory, const base::Period& period,
                   int days_held, const std::string& grade) {
  const people::Org* org = directory.org(p.org);
  return Value::context({{"姓名", text_or_null(p.name)},
                         {"机构名称", org ? text_or_null(org->name) : Value()},
                         {"工号", text_or_null(p.id)},
                         {"机构", text_or_null(p.org)},
                         {"岗位", text_or_null(p.position)},
                         {"学历", text_or_null(p.education)},
                         {"职称", text_or_null(p.title)},
                         {"信贷考试", text_or_null(p.credit_exam)},
                         {"从事信贷起", date_or_null(p.credit_since)},
                         {"入职日", date_or_null(p.hired)},
                         {"离职日", date_or_null(p.left)},
                         {"出生日", date_or_null(p.born)},
                         {"职级", text_or_null(grade)},
                         {"机构种类", org ? text_or_null(org->kind) : Value()},
                         {"管户天数", Value(days_held)},
                         {"期间首日", Value::date(period.first().days())},
                         {"期间末日", Value::date(period.last().days())},
                         {"期间天数", Value(period.days())}});
}

Value period_value(const base::Period& period) {
  return Value::context({{"名称", Value::string(period.str())},
                         {"年", Value(period.last().year())},
                         {"首日", Value::date(period.first().days())},
                         {"末日", Value::date(period.last().days())},
                         {"天数", Value(period.days())}});
}

// The inputs of one holder, one after another.
class Asker {
 public:
  Asker(const Evaluation& e, const people::Directory& directory, size_t holder)
      : e_(e),
        holder_(holder),
        who_(holder_value(
            e.holders[holder], directory, e.period, e.days_held.empty() ? 0 : e.days_held[holder],
            e.facts ? e.facts->grade_on(e.holders[holder].id, e.scheme.pack->id, e.period.last()) : "")) {}

  DecidedHolder run() {
    DecidedHolder out;
    for (const CompiledSource& source : e_.scheme.sources) out.inputs.push_back(input(source));
    if (gates(out, true)) return out;
    gates(out, false);
    for (const GivenInput& one : out.inputs)
      if (!one.reason.empty()) out.waits.push_back(one.name + "：" + one.reason);
    if (out.waits.empty()) ask(out);
    return out;
  }

 private:
  GivenInput input(const CompiledSource& source) const {
    GivenInput out{.name = source.source->input, .value = {}, .there = false, .reason = {}};
    const policy::FormulaAsk& ask = source.source->ask;
    const Field& field = *e_.scheme.decision->input(out.name);
    std::vector<Value> values;
    for (size_t i = 0; i < source.steps.size(); ++i) {
      const Field& read = ask.decision.inputs[i];
      if (source.steps[i] == CompiledSource::kBuiltIn) {
        values.push_back(built_in(read.name));
        continue;
      }
      const StepValues& step = e_.steps[source.steps[i]];
      const bool tested = std::count(ask.tests.begin(), ask.tests.end(), read.name) != 0;
      if (!step.reasons[holder_].empty() && !tested) {
        out.reason = read.name == out.name ? step.reasons[holder_] : read.name + "：" + step.reasons[holder_];
        if (field.optional && e_.scheme.steps[source.steps[i]].kind == policy::StepKind::recorded)
          out.reason.clear();
        return out;
      }
      values.push_back(value_of(step));
    }
    auto value = policy::ask_formula(*e_.scheme.pack, ask, std::move(values), e_.scheme.date);
    if (!value) out.reason = value.error().message;
    else take(std::move(*value), field, out);
    return out;
  }

  Value built_in(const std::string& name) const {
    return name == policy::kHolder ? who_ : period_value(e_.period);
  }

  Value value_of(const StepValues& step) const {
    if (!step.values[holder_]) return holder_ < step.raw.size() ? step.raw[holder_] : Value();
    return Value(*step.values[holder_]);
  }

  // As the decision will read it.
  static void take(Value value, const Field& field, GivenInput& out) {
    if (value.is_null()) {
      if (!field.optional) out.reason = "没有值";
      return;
    }
    policy::Misfit misfit;
    if (!policy::read_value(feel::to_json(value), *field.type, field.name, misfit)) {
      out.reason = misfit.message;
      return;
    }
    out.value = std::move(value);
    out.there = true;
  }

  // Whether one of them left the holder out.
  bool gates(DecidedHolder& out, bool leaving_out) const {
    for (const policy::SchemeGate& gate : e_.scheme.scheme->gates) {
      if (gate.leaves_out != leaving_out) continue;
      std::vector<Value> values;
      bool known = true;
      for (const Field& field : gate.ask.decision.inputs) {
        auto at = std::find_if(out.inputs.begin(), out.inputs.end(),
                               [&](const GivenInput& one) { return one.name == field.name; });
        if (at == out.inputs.end() && (field.name == policy::kHolder || field.name == policy::kPeriod)) {
          values.push_back(built_in(field.name));
          continue;
        }
        const bool tested = std::count(gate.ask.tests.begin(), gate.ask.tests.end(), field.name) != 0;
        known = known && (tested || (at != out.inputs.end() && at->there));
        values.push_back(at == out.inputs.end() ? Value() : at->value);
      }
      if (!known) continue;  // what is missing is said anyway
      auto holds = policy::ask_formula(*e_.scheme.pack, gate.ask, std::move(values), e_.scheme.date);
      if (holds && !holds->is_true()) continue;
      if (!leaving_out || !holds) {
        out.waits.push_back(holds ? gate.reason : gate.reason + "：" + holds.error().message);
        continue;
      }
      out.left_out = true;
      out.grade = gate.grade;
      out.reason = gate.reason;
      return true;
    }
    return false;
  }

  void ask(DecidedHolder& out) const {
    base::JsonObject given;
    for (const GivenInput& one : out.inputs)
      if (one.there) given.emplace_back(one.name, feel::to_json(one.value));
    auto answer =
        policy::decide(*e_.scheme.pack, e_.scheme.decision->id, base::Json(std::move(given)), e_.scheme.date);
    if (answer) out.answer = std::move(*answer);
    else
      out.waits.push_back(answer.error().where.empty() ||
                                  answer.error().message.find(answer.error().where) != std::string::npos
                              ? answer.error().message
                              : answer.error().where + "：" + answer.error().message);
  }

  const Evaluation& e_;
  size_t holder_;
  Value who_;
};

}  // namespace

StepValues take_recorded(const policy::SchemeStep& step, const Evaluation& e) {
  const policy::RecordedFact& fact = *step.recorded;
  StepValues out;
  for (size_t h = 0; h < e.persons(); ++h) {
    const people::Staff& person = e.person(h);
    std::string id = fact.of == policy::RecordedOf::bank           ? ""
                     : fact.of == policy::RecordedOf::organisation ? person.org
                                                                   : person.id;
    const Recorded* row = e.facts ? e.facts->find(fact, id, e.period) : nullptr;
    Value value;
    std::string reason;
    if (row) {
      policy::Misfit misfit;
      auto read = policy::read_value(row->what.value, *fact.type, "", misfit);
      if (read) value = std::move(*read);
      else reason = "登记的 " + row->what.value.dump() + " 不合要求：" + misfit.message;
    } else if (fact.otherwise) {
      value = *fact.otherwise;
    } else {
      reason = "没有登记" +
               (fact.of == policy::RecordedOf::staff
                    ? std::string()
                    : "(" + std::string(policy::subject_word(fact.of)) + (id.empty() ? "" : " " + id) + ")");
    }
    out.values.push_back(value.is_number() ? std::optional(value.number()) : std::nullopt);
    out.raw.push_back(std::move(value));
    out.reasons.push_back(std::move(reason));
  }
  return out;
}

std::vector<DecidedHolder> decide_holders(const Evaluation& e, const people::Directory& directory) {
  std::vector<DecidedHolder> out;
  out.reserve(e.holders.size());
  for (size_t h = 0; h < e.holders.size(); ++h) {
    under_way(h, e.holders.size(), e.scheme.scheme->title);
    out.push_back(Asker(e, directory, h).run());
  }
  return out;
}

}  // namespace guanhu::appraisal::detail

namespace guanhu::appraisal {

const feel::Value* DecidedHolder::part(std::string_view name) const {
  if (!answer || !answer->result.is(feel::Kind::context)) return nullptr;
  const feel::Context& parts = answer->result.context();
  for (size_t i = 0; i < parts.size(); ++i)
    if (parts.shape->names()[i] == name) return &parts.values[i];
  return nullptr;
}

}  // namespace guanhu::appraisal
