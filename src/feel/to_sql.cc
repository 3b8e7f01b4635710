#include "feel/to_sql.h"

#include <map>

#include "feel/program.h"
#include "feel/temporal.h"

namespace guanhu::feel {
namespace {

// A part of the condition in SQL.
struct Sql {
  enum Kind { null, number, string, boolean, date, list, range, other };
  Kind kind = other;
  std::string text;  // of everything but list, range, other
  int scale = 0;     // of numbers: text is an integer, the value text * 10^-scale
  std::optional<Value> constant;
};

constexpr int kMostScale = 18;

std::string sql_quoted(std::string_view text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out += '\'';
    out += c;
  }
  return out + "'";
}

// What the integer n must satisfy so that n * 10^-scale op bound.
struct Bound {
  Op op;
  std::string integer;
  std::optional<bool> always;  // = or != with a bound between two integers
};

Bound scaled_bound(Op op, const Decimal& bound, int scale) {
  Decimal exact = *Decimal::multiply(bound, Decimal::make(1, scale));
  static const Decimal far = Decimal::make(1, 30);  // beyond any 64-bit column: the sign is what counts
  if (exact.abs() > far) exact = exact.is_negative() ? far.negated() : far;
  if (exact.is_integer()) return {op, exact.str(), std::nullopt};
  Decimal floor = exact.round(0, base::Rounding::floor), ceiling = exact.round(0, base::Rounding::ceiling);
  switch (op) {
    case Op::equal: return {op, "", false};
    case Op::not_equal: return {op, "", true};
    case Op::less:
    case Op::greater_equal: return {op, ceiling.str(), std::nullopt};
    default: return {op, floor.str(), std::nullopt};
  }
}

Op mirrored(Op op) {
  switch (op) {
    case Op::less: return Op::greater;
    case Op::less_equal: return Op::greater_equal;
    case Op::greater: return Op::less;
    case Op::greater_equal: return Op::less_equal;
    default: return op;
  }
}

// The integer of a number brought to `scale`, which is not below its own.
std::string at_scale(const Sql& number, int scale) {
  int power = scale - number.scale;
  if (power == 0) return number.text;
  if (number.constant) {
    std::string text = Decimal::multiply(number.constant->number(), Decimal::make(1, scale))->str();
    return text[0] == '-' ? "(" + text + ")" : text;
  }
  return "(" + number.text + " * 1" + std::string(static_cast<size_t>(power), '0') + ")";
}

class Translator {
 public:
  Translator(std::string_view source, const SqlNames& names) : source_(source), names_(names) {
    scope_.allow_suffixes(names.suffixes);
    for (auto& [name, column] : names.columns) {
      static constexpr Type::Name kTypes[] = {Type::Name::number, Type::Name::string, Type::Name::boolean,
                                              Type::Name::date};
      columns_[normal_name(name)] = &column;
      scope_.declare(name, Type::simple(kTypes[column.kind]));
    }
    for (auto& [name, value] : names.constants) scope_.declare(name, nullptr, value);
  }

  base::Result<std::string> run() {
    auto program = compile(source_, scope_);
    if (!program.ok()) return program.error();
    try {
      return "(" + condition(program->tree(), false) + ")";
    } catch (Refused& refused) {
      return std::move(refused.error);
    }
  }

 private:
  struct Refused {
    base::Error error;
  };
  [[noreturn]] void refuse(const Node& node, std::string message, std::string hint = "") const {
    throw Refused{error_at(source_, node.range, "feel.sql", std::move(message), std::move(hint))};
  }
  std::string part(const Node& node) const {
    return "'" + std::string(source_.substr(node.range.begin, node.range.end - node.range.begin)) + "'";
  }

  bool has_column(const Node& node) const {
    bool found = false;
    walk(node, [&](const Node& n) {
      found = found || (n.kind == NodeKind::name && n.slot >= 0);
      return !found;
    });
    return found;
  }

  // What depends on no column is a value now.
  Sql constant(const Node& node) const {
    auto program = compile(source_.substr(node.range.begin, node.range.end - node.range.begin), scope_);
    if (!program.ok()) refuse(node, program.error().message, program.error().hint);
    EvalOptions options;
    options.strict = true;
    std::vector<Value> slots(scope_.size());
    auto value = program->evaluate(slots, options);
    if (!value.ok()) refuse(node, value.error().message, value.error().hint);
    return of_value(node, *value);
  }

  Sql of_value(const Node& node, const Value& value) const {
    Sql out;
    out.constant = value;
    switch (value.kind()) {
      case Kind::null: out.kind = Sql::null; break;
      case Kind::number: {
        Decimal n = value.number().reduced();
        out.kind = Sql::number;
        out.scale = std::max(0, -n.exponent());
        if (out.scale > kMostScale)
          refuse(node, "the number " + n.str() + " has too many decimals for SQL", "round it");
        out.text = Decimal::multiply(n, Decimal::make(1, out.scale))->str();
        if (out.text[0] == '-') out.text = "(" + out.text + ")";
        return out;
      }
      case Kind::string: out.kind = Sql::string; break;
      case Kind::boolean: out.kind = Sql::boolean; break;
      case Kind::date: out.kind = Sql::date; break;
      case Kind::list: out.kind = Sql::list; return out;
      case Kind::range: out.kind = Sql::range; return out;
      default:
        refuse(node, "SQL has no literal for " + value.show(), "compare numbers, strings, booleans or dates");
    }
    auto literal = sql_literal(value);
    if (!literal)
      refuse(node, "SQL has no literal for " + value.show(),
             "strings may not contain the character U+0000, dates lie between the years 1 and 9999");
    out.text = *literal;
    return out;
  }

  // A boolean. `exact`: null and false are not the same to whoever asks (under not(), inside =).
  std::string condition(const Node& node, bool exact) {
    Sql sql = translate(node, exact);
    if (sql.kind == Sql::null) return "NULL";
    if (sql.kind != Sql::boolean) refuse(node, part(node) + " is no condition", "compare it with something");
    return sql.text;
  }

  Sql boolean(std::string text) const { return {Sql::boolean, std::move(text), 0, std::nullopt}; }

  Sql translate(const Node& node, bool exact) {
    if (!has_column(node)) return constant(node);
    switch (node.kind) {
      case NodeKind::name: return column(node);
      case NodeKind::negate: {
        Sql operand = number(*node.children[0]);
        operand.text = "(-" + operand.text + ")";
        return operand;
      }
      case NodeKind::binary: return binary(node, exact);
      case NodeKind::between:
        return boolean("(" + compare(node, Op::greater_equal, value(node.child(0)), value(node.child(1)), exact) +
                       " AND " + compare(node, Op::less_equal, value(node.child(0)), value(node.child(2)), exact) +
                       ")");
      case NodeKind::in: return in(node, exact);
      case NodeKind::if_: return if_(node, exact);
      case NodeKind::call: return call(node, exact);
      case NodeKind::path: return path(node);
      case NodeKind::list:
      case NodeKind::range: refuse(node, "a list or range may not contain columns", "compare with each by 'or'");
      default:
        refuse(node, part(node) + " cannot be asked of a database",
               "write it with and, or, not, comparisons, in and between");
    }
  }

  Sql value(const Node& node) { return translate(node, true); }

  Sql number(const Node& node) {
    Sql sql = value(node);
    if (sql.kind != Sql::number) refuse(node, part(node) + " is no number");
    return sql;
  }

  Sql column(const Node& node) const {
    const SqlColumn& c = *columns_.at(node.text);
    static constexpr Sql::Kind kKinds[] = {Sql::number, Sql::string, Sql::boolean, Sql::date};
    return {kKinds[c.kind], c.sql, c.kind == SqlColumn::number ? c.scale : 0, std::nullopt};
  }

  Sql binary(const Node& node, bool exact) {
    const Node &a = node.child(0), &b = node.child(1);
    switch (node.op) {
      case Op::and_: return boolean("(" + condition(a, exact) + " AND " + condition(b, exact) + ")");
      case Op::or_: return boolean("(" + condition(a, exact) + " OR " + condition(b, exact) + ")");
      case Op::add:
      case Op::subtract: return sum(node);
      case Op::multiply: return product(node, number(a), number(b));
      case Op::divide: return quotient(node);
      case Op::power: refuse(node, "'**' cannot be asked of a database exactly", "multiply");
      default: return boolean(compare(node, node.op, value(a), value(b), exact));
    }
  }

  void check_scale(const Node& node, int scale) const {
    if (scale > kMostScale) refuse(node, part(node) + " has more than 18 decimals", "round the constants");
  }

  Sql sum(const Node& node) {
    Sql a = number(node.child(0)), b = number(node.child(1));
    int scale = std::max(a.scale, b.scale);
    check_scale(node, scale);
    std::string sign = node.op == Op::add ? " + " : " - ";
    return {Sql::number, "(" + at_scale(a, scale) + sign + at_scale(b, scale) + ")", scale, std::nullopt};
  }

  Sql product(const Node& node, const Sql& a, const Sql& b) const {
    check_scale(node, a.scale + b.scale);
    if (a.text == "1") return {Sql::number, b.text, a.scale + b.scale, std::nullopt};
    if (b.text == "1") return {Sql::number, a.text, a.scale + b.scale, std::nullopt};
    return {Sql::number, "(" + a.text + " * " + b.text + ")", a.scale + b.scale, std::nullopt};
  }

  Sql quotient(const Node& node) {
    Sql b = number(node.child(1));
    if (!b.constant)
      refuse(node, "division by a column is not exact in a database", "multiply the other side instead");
    auto inverse = Decimal::divide(Decimal(1), b.constant->number());
    bool exact = inverse && Decimal::multiply(*inverse, b.constant->number()) == Decimal(1);
    if (!exact)
      refuse(node, "division by " + b.constant->show() + " is not finite", "multiply the other side instead");
    return product(node, number(node.child(0)), of_value(node.child(1), Value(*inverse)));
  }

  // a op b for values of one kind.
  std::string compare(const Node& node, Op op, Sql a, Sql b, bool exact) {
    bool equation = op == Op::equal || op == Op::not_equal;
    if (a.kind == Sql::null) std::swap(a, b), op = mirrored(op);
    if (b.kind == Sql::null) {
      if (!equation) refuse(node, "nothing is less or more than null", "ask for = null or != null");
      if (a.kind == Sql::null) return op == Op::equal ? "TRUE" : "FALSE";
      if (a.kind == Sql::list || a.kind == Sql::range) return op == Op::equal ? "FALSE" : "TRUE";
      return "(" + a.text + (op == Op::equal ? " IS NULL)" : " IS NOT NULL)");
    }
    if (a.kind != b.kind)
      refuse(node, std::string(kind_text(a.kind)) + " and " + std::string(kind_text(b.kind)) +
                       " cannot be compared in " + part(node));
    if (a.kind == Sql::list || a.kind == Sql::range || a.kind == Sql::other)
      refuse(node, "lists and ranges are asked with 'in'");
    if (a.kind == Sql::boolean && !equation) refuse(node, "booleans have no order");
    exact = exact || (!a.constant && !b.constant);  // null = null is true in FEEL, and both may be null
    if (a.kind == Sql::number) return compare_numbers(op, a, b, exact);
    std::string order = a.kind == Sql::string && !equation ? names_.string_order : "";
    return comparison(op, a.text + order, b.text + order, exact);
  }

  std::string compare_numbers(Op op, Sql a, Sql b, bool exact) {
    if (a.constant) std::swap(a, b), op = mirrored(op);
    if (b.constant && !a.constant) {
      Bound bound = scaled_bound(op, b.constant->number(), a.scale);
      if (bound.always) return *bound.always ? "TRUE" : "FALSE";
      return comparison(bound.op, a.text, bound.integer, exact);
    }
    int scale = std::max(a.scale, b.scale);
    return comparison(op, at_scale(a, scale), at_scale(b, scale), exact);
  }

  // FEEL: null = x is false, null != x is true; SQL says null to both.
  static std::string comparison(Op op, const std::string& a, const std::string& b, bool exact) {
    if (op == Op::not_equal) return "(" + a + " IS DISTINCT FROM " + b + ")";
    if (op == Op::equal) return "(" + a + (exact ? " IS NOT DISTINCT FROM " : " = ") + b + ")";
    return "(" + a + " " + std::string(op_text(op)) + " " + b + ")";
  }

  static std::string_view kind_text(Sql::Kind kind) {
    static constexpr std::string_view kTexts[] = {"null", "number", "string", "boolean",
                                                  "date", "list",   "range",  "value"};
    return kTexts[kind];
  }

  Sql in(const Node& node, bool exact) {
    std::string out;
    for (size_t i = 1; i < node.children.size(); ++i) {
      const Node& test = node.child(i);
      std::string one;
      if (test.kind == NodeKind::unary_test)
        one = compare(test, test.op, value(node.child(0)), value(test.child(0)), exact);
      else if (test.kind == NodeKind::range && has_column(test))
        one = in_range_of_columns(node.child(0), test, exact);
      else one = passes(test, value(node.child(0)), value(test), exact);
      out += (out.empty() ? "" : " OR ") + one;
    }
    return boolean(node.children.size() > 2 ? "(" + out + ")" : out);
  }

  std::string in_range_of_columns(const Node& tested, const Node& range, bool exact) {
    return "(" +
           compare(range, range.low_included ? Op::greater_equal : Op::greater, value(tested),
                   value(range.child(0)), exact) +
           " AND " +
           compare(range, range.high_included ? Op::less_equal : Op::less, value(tested), value(range.child(1)),
                   exact) +
           ")";
  }

  std::string passes(const Node& node, const Sql& tested, const Sql& test, bool exact) {
    if (test.kind == Sql::range) return in_range(node, tested, test.constant->range(), exact);
    if (test.kind != Sql::list) return compare(node, Op::equal, tested, test, exact);
    return in_list(node, tested, test.constant->items(), exact);
  }

  std::string in_range(const Node& node, const Sql& tested, const Range& r, bool exact) {
    using Test = Range::Test;
    if (r.test == Test::equal || r.test == Test::not_equal)
      return compare(node, r.test == Test::equal ? Op::equal : Op::not_equal, tested, of_value(node, r.low),
                     exact);
    std::string low, high;
    if (r.has_low)
      low = compare(node, r.low_included ? Op::greater_equal : Op::greater, tested, of_value(node, r.low), exact);
    if (r.has_high)
      high = compare(node, r.high_included ? Op::less_equal : Op::less, tested, of_value(node, r.high), exact);
    if (low.empty() || high.empty()) return low + high;
    return "(" + low + " AND " + high + ")";
  }

  // IN (...) for plain values, the rest by OR.
  std::string in_list(const Node& node, const Sql& tested, const std::vector<Value>& items, bool exact) {
    std::string plain, rest;
    for (auto& item : items) {
      if (item.is(Kind::range) || item.is_null()) {
        Sql test = of_value(node, item);
        rest += (rest.empty() ? "" : " OR ") + passes(node, tested, test, exact);
        continue;
      }
      Sql sql = of_value(node, item);
      if (sql.kind != tested.kind)
        refuse(node, "the list holds " + item.show() + ", which is no " + std::string(kind_text(tested.kind)));
      std::string text = sql.text;
      if (sql.kind == Sql::number) {
        Bound bound = scaled_bound(Op::equal, item.number(), tested.scale);
        if (bound.always) continue;  // finer than the column: never equal
        text = bound.integer;
      }
      plain += (plain.empty() ? "" : ", ") + text;
    }
    std::string out = plain.empty() ? "" : tested.text + " IN (" + plain + ")";
    if (!out.empty() && exact) out = "(" + tested.text + " IS NOT NULL AND " + out + ")";
    if (!rest.empty()) out += (out.empty() ? "" : " OR ") + rest;
    return out.empty() ? "FALSE" : "(" + out + ")";
  }

  Sql if_(const Node& node, bool exact) {
    Sql then = translate(node.child(1), exact), otherwise = translate(node.child(2), exact);
    if (then.kind == Sql::null) then = {otherwise.kind, "NULL", otherwise.scale, std::nullopt};
    if (otherwise.kind == Sql::null) otherwise = {then.kind, "NULL", then.scale, std::nullopt};
    if (then.kind != otherwise.kind || then.kind == Sql::list || then.kind == Sql::range)
      refuse(node, "both values of 'if' must be of one kind");
    int scale = std::max(then.scale, otherwise.scale);
    check_scale(node, scale);
    std::string text = "CASE WHEN " + condition(node.child(0), false) + " THEN " + at_scale(then, scale) +
                       " ELSE " + at_scale(otherwise, scale) + " END";
    return {then.kind, "(" + text + ")", scale, std::nullopt};
  }

  Sql text_argument(const Node& node) {
    Sql sql = value(node);
    if (sql.kind != Sql::string) refuse(node, part(node) + " is no string");
    return sql;
  }

  Sql call(const Node& node, bool exact) {
    const std::string& name = node.child(0).text;
    if (node.child(0).kind != NodeKind::name || !node.names.empty())
      refuse(node, part(node) + " cannot be asked of a database", "call built-in functions with plain arguments");
    if (name == "not") return boolean("(NOT " + condition(node.child(1), true) + ")");
    if (name == "starts with")
      return boolean("starts_with(" + text_argument(node.child(1)).text + ", " +
                     text_argument(node.child(2)).text + ")");
    if (name == "contains")
      return boolean("(strpos(" + text_argument(node.child(1)).text + ", " + text_argument(node.child(2)).text +
                     ") > 0)");
    if (name == "ends with") {
      std::string suffix = text_argument(node.child(2)).text;
      return boolean("(right(" + text_argument(node.child(1)).text + ", CAST(length(" + suffix +
                     ") AS INTEGER)) = " + suffix + ")");
    }
    if (name == "string length")
      return {Sql::number, "CAST(length(" + text_argument(node.child(1)).text + ") AS BIGINT)", 0, std::nullopt};
    if (name == "abs") {
      Sql operand = number(node.child(1));
      operand.text = "abs(" + operand.text + ")";
      return operand;
    }
    if (name == "list contains") {
      Sql list = value(node.child(1));
      if (list.kind != Sql::list) refuse(node.child(1), "the list must not depend on columns");
      return boolean(in_list(node, value(node.child(2)), list.constant->items(), exact));
    }
    refuse(node, "'" + name + "' cannot be asked of a database",
           "usable are starts with, ends with, contains, string length, list contains, abs and not");
  }

  Sql path(const Node& node) {
    Sql object = value(node.child(0));
    bool known = node.text == "year" || node.text == "month" || node.text == "day";
    if (object.kind != Sql::date || !known)
      refuse(node, "'." + node.text + "' cannot be asked of a database",
             "of dates there are .year, .month and .day");
    return {Sql::number, "CAST(extract(" + node.text + " FROM " + object.text + ") AS BIGINT)", 0, std::nullopt};
  }

  std::string_view source_;
  const SqlNames& names_;
  std::map<std::string, const SqlColumn*> columns_;
  Scope scope_;
};
}  // namespace

base::Result<std::string> to_sql(std::string_view condition, const SqlNames& names) {
  return Translator(condition, names).run();
}

std::optional<std::string> sql_literal(const Value& value) {
  switch (value.kind()) {
    case Kind::null: return "NULL";
    case Kind::boolean: return value.boolean() ? "TRUE" : "FALSE";
    case Kind::number: {
      std::string text = value.number().str();
      if (text.find('e') != std::string::npos) return std::nullopt;
      return text;
    }
    case Kind::string:
      if (value.text().find('\0') != std::string::npos) return std::nullopt;
      return sql_quoted(value.text());
    case Kind::date: {
      auto year = civil_from_days(value.days()).year;
      if (year < 1 || year > 9999) return std::nullopt;
      return "DATE '" + date_text(value.days()) + "'";
    }
    default: return std::nullopt;
  }
}

}  // namespace guanhu::feel
