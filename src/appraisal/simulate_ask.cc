#include "appraisal/simulate_ask.h"

#include "base/period.h"

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

// Reads members of an object; the first that does not fit is kept with its place.
class Reader {
 public:
  Reader(const Json& json, std::string place) : json_(json), place_(std::move(place)) {}

  std::string text(const char* name, bool required = true) {
    const Json* value = member(name);
    if (value && value->as_string() && (!required || !value->as_string()->empty())) return *value->as_string();
    if (required || value) wrong(name, required && !value ? "没有写" : "应当是文字");
    return "";
  }
  std::optional<Decimal> number(const char* name) {
    const Json* value = member(name);
    if (!value) return std::nullopt;
    if (value->as_number()) return *value->as_number();
    if (value->as_string())
      if (auto parsed = Decimal::parse(*value->as_string())) return parsed;
    wrong(name, "应当是数");
    return std::nullopt;
  }
  Decimal needed(const char* name) {
    auto out = number(name);
    if (!out && !error_) wrong(name, "没有写");
    return out.value_or(Decimal());
  }
  std::optional<base::Date> day(const char* name) {
    const Json* value = member(name);
    if (!value) return std::nullopt;
    auto out = value->as_string() ? base::Date::parse(*value->as_string()) : std::nullopt;
    if (!out) wrong(name, "应当是日期，例如 2025-12-31");
    return out;
  }
  const Json* member(const char* name) const {
    const Json* value = json_.find(name);
    return value && !value->is_null() ? value : nullptr;
  }
  void wrong(const std::string& name, const std::string& message) {
    if (!error_) error_ = Error{"simulate.ask", name + "：" + message, place_ + "/" + name, ""};
  }
  // Each item of a list by its own reader.
  template <class Take>
  void each(const char* name, const Take& take) {
    const Json* value = member(name);
    if (!value) return;
    if (!value->as_array()) return wrong(name, "应当是一列");
    size_t index = 0;
    for (const Json& item : *value->as_array()) {
      Reader one(item, place_ + "/" + name + "/" + std::to_string(index++));
      if (!item.as_object()) one.wrong("", "应当有名称和值");
      else take(one);
      if (one.error_ && !error_) error_ = one.error_;
    }
  }
  const std::optional<Error>& error() const { return error_; }
  void pass(const std::optional<Error>& error) {
    if (!error_) error_ = error;
  }
  std::string below(const char* name) const { return place_ + "/" + name; }

 private:
  const Json& json_;
  std::string place_;
  std::optional<Error> error_;
};

void read_change(Reader& in, PackChange& out) {
  in.each("parameters", [&](Reader& one) {
    const Json* value = one.member("value");
    if (!value) one.wrong("value", "没有写");
    out.parameters.push_back({one.text("name"), value ? *value : Json()});
  });
  in.each("formulas", [&](Reader& one) { out.formulas.push_back({one.text("name"), one.text("formula")}); });
  in.each("weights", [&](Reader& one) { out.weights.push_back({one.text("name"), one.needed("weight")}); });
  in.each("grades", [&](Reader& one) { out.grades.push_back({one.text("name"), one.needed("at_least")}); });
  out.source = in.text("source", false);
}

void read_target(Reader& in, std::vector<TargetChange>& out) {
  TargetChange one{in.text("figure"), in.text("holder", false), in.number("value"), in.number("times")};
  if (!in.error() && one.value.has_value() == one.times.has_value())
    in.wrong(one.value ? "times" : "value", "写定数或者倍数，两个里写一个");
  out.push_back(std::move(one));
}

void read_assignment(Reader& in, std::vector<measures::Reassignment>& out) {
  measures::Reassignment one;
  one.kind = in.text("kind"), one.id = in.text("id");
  one.giver = in.text("from", false), one.taker = in.text("to");
  if (auto on = in.day("on")) one.from = *on;
  else if (!in.error()) in.wrong("on", "没有写从哪一天起");
  one.to = in.day("until");
  if (auto share = in.number("share")) {
    auto whole = Decimal::multiply(*share, 10'000)->to_int64();
    if (!whole || *whole <= 0 || *whole > 10'000) in.wrong("share", "是 0 到 1 之间最多四位小数的数，全部写 1");
    else one.share = static_cast<int32_t>(*whole);
  }
  out.push_back(std::move(one));
}

template <class Changes, class Make>
void put(JsonObject& out, const char* name, const Changes& all, const Make& make) {
  if (all.empty()) return;
  JsonArray items;
  for (const auto& one : all) items.push_back(make(one));
  out.emplace_back(name, std::move(items));
}

void put_change(JsonObject& out, const PackChange& change) {
  if (!change.source.empty()) out.emplace_back("source", change.source);
  put(out, "parameters", change.parameters, [](const auto& one) {
    const auto* number = one.value.as_number();
    return JsonObject{{"name", one.name}, {"value", number ? Json(number->str()) : one.value}};
  });
  put(out, "formulas", change.formulas, [](const auto& one) {
    return JsonObject{{"name", one.name}, {"formula", one.formula}};
  });
  put(out, "weights", change.weights, [](const auto& one) {
    return JsonObject{{"name", one.name}, {"weight", one.value.str()}};
  });
  put(out, "grades", change.grades, [](const auto& one) {
    return JsonObject{{"name", one.name}, {"at_least", one.value.str()}};
  });
}

std::string shown_value(const Json& value) { return value.as_string() ? *value.as_string() : value.dump(); }

void change_words(const PackChange& change, std::vector<std::string>& out) {
  if (!change.source.empty()) out.push_back("制度用" + change.source);
  for (const auto& one : change.parameters) out.push_back(one.name + " 改为 " + shown_value(one.value));
  for (const auto& one : change.formulas) out.push_back(one.name + " 改用新的公式");
  for (const auto& one : change.weights) out.push_back(one.name + " 的权重改为 " + one.value.str());
  for (const auto& one : change.grades) out.push_back("等级 " + one.name + " 改为 " + one.value.str() + " 分起");
}

}  // namespace

bool SimulationAsk::nothing() const {
  return change.nothing() && targets.empty() && assignments.empty() && (!pay || pay->change.nothing());
}

base::Result<SimulationAsk> simulation_ask(const Json& json) {
  if (!json.as_object()) return Error{"simulate.ask", "没有写要测算什么", "", ""};
  SimulationAsk out;
  Reader in(json, "");
  out.scheme = in.text("scheme"), out.period = in.text("period");
  if (!in.error() && out.scheme.find('/') == std::string::npos) in.wrong("scheme", "写成 制度包/方案");
  if (!in.error() && !base::Period::parse(out.period)) in.wrong("period", "写成 2025、2025H2、2025Q4 或 2025-12");
  if (auto base = in.number("base")) out.base = base->to_int64().value_or(0);
  if (std::string at = in.text("known_at", false); !at.empty()) {
    out.known_at = base::Instant::parse(at);
    if (!out.known_at) in.wrong("known_at", "应当是时刻，例如 2026-01-05T08:00:00Z");
  }
  read_change(in, out.change);
  in.each("targets", [&](Reader& one) { read_target(one, out.targets); });
  in.each("assignments", [&](Reader& one) { read_assignment(one, out.assignments); });
  if (const Json* pay = in.member("pay")) {
    Reader of(*pay, "/pay");
    out.pay.emplace();
    out.pay->pack = of.text("pack"), out.pay->grades = of.text("grades_pack", false),
    out.pay->was = of.text("was", false);
    if (std::string at = of.text("known_at", false); !at.empty()) {
      out.pay->known_at = base::Instant::parse(at);
      if (!out.pay->known_at) of.wrong("known_at", "应当是时刻，例如 2026-01-05T08:00:00Z");
    }
    const auto period = base::Period::parse(out.period);
    out.pay->pay_on = of.day("pay_on").value_or(period ? period->last() : base::Date());
    read_change(of, out.pay->change);
    in.pass(of.error());
  }
  if (in.error()) return *in.error();
  return out;
}

Json to_json(const SimulationAsk& ask) {
  JsonObject out = {{"scheme", ask.scheme}, {"period", ask.period}};
  if (ask.base) out.emplace_back("base", ask.base);
  if (ask.known_at) out.emplace_back("known_at", ask.known_at->str());
  put_change(out, ask.change);
  put(out, "targets", ask.targets, [](const TargetChange& one) {
    JsonObject target = {{"figure", one.figure}, {"holder", one.holder}};
    if (one.value) target.emplace_back("value", one.value->str());
    if (one.times) target.emplace_back("times", one.times->str());
    return target;
  });
  put(out, "assignments", ask.assignments, [](const measures::Reassignment& one) {
    return JsonObject{{"kind", one.kind},
                      {"id", one.id},
                      {"from", one.giver},
                      {"to", one.taker},
                      {"on", one.from.str()},
                      {"until", one.to ? Json(one.to->str()) : Json()},
                      {"share", Decimal::make(one.share, -4).str()}};
  });
  if (ask.pay) {
    JsonObject pay = {
        {"pack", ask.pay->pack}, {"pay_on", ask.pay->pay_on.str()}, {"grades_pack", ask.pay->grades}};
    if (!ask.pay->was.empty()) pay.emplace_back("was", ask.pay->was);
    if (ask.pay->known_at) pay.emplace_back("known_at", ask.pay->known_at->str());
    put_change(pay, ask.pay->change);
    out.emplace_back("pay", std::move(pay));
  }
  return out;
}

std::vector<std::string> words_of(const SimulationAsk& ask) {
  std::vector<std::string> out;
  change_words(ask.change, out);
  for (const auto& one : ask.targets)
    out.push_back((one.holder.empty() ? "全体" : one.holder) + "的" + one.figure +
                  (one.value ? " 改为 " + one.value->str() : " 改为原来的 " + one.times->str() + " 倍"));
  for (const auto& one : ask.assignments) {
    const char* kind = one.kind == "account" ? "账户 " : one.kind == "loan" ? "借据 " : "客户 ";
    out.push_back(kind + one.id + " 从 " + one.from.str() + " 起" + (one.to ? "到 " + one.to->str() : "") +
                  (one.share == 10'000 ? "" : "的 " + Decimal::make(one.share, -2).str() + " %") + "由 " +
                  (one.giver.empty() ? "原来的人" : one.giver) + " 改归 " + one.taker);
  }
  if (ask.pay) {
    std::vector<std::string> pay;
    change_words(ask.pay->change, pay);
    for (const auto& one : pay) out.push_back("工资：" + one);
  }
  return out;
}

}  // namespace guanhu::appraisal
