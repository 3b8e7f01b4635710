// String functions (DMN 1.5, table 75). Positions and lengths count code points.
#include "feel/builtins.h"
#include "feel/regex.h"
#include "feel/unicode.h"

namespace guanhu::feel {
namespace {
using Arguments = std::span<const Value>;

Value text(std::string s, Eval& eval) {
  eval.check_text(s.size());
  return Value::string(std::move(s));
}

Value substring(Arguments a, Eval& eval) {
  const std::string& s = a[0].text();
  auto length = static_cast<int64_t>(count_code_points(s));
  auto start = a[1].number().round(0, base::Rounding::down).to_int64();
  if (!start || *start == 0 || *start > length || *start < -length)
    return eval.fail(
        [&] { return "the start position " + a[1].show() + " is outside the string " + a[0].show(); });
  int64_t from = *start > 0 ? *start - 1 : length + *start, count = length - from;
  if (!a[2].is_null()) {
    auto wanted = a[2].number().round(0, base::Rounding::down).to_int64();
    if (!wanted || *wanted < 1)
      return eval.fail([&] { return "the length " + a[2].show() + " of substring is below 1"; });
    count = std::min(count, *wanted);
  }
  size_t begin = byte_offset(s, static_cast<size_t>(from));
  std::string_view rest = std::string_view(s).substr(begin);
  return text(std::string(rest.substr(0, byte_offset(rest, static_cast<size_t>(count)))), eval);
}

Value string_length(Arguments a, Eval&) { return Value(static_cast<int64_t>(count_code_points(a[0].text()))); }
Value upper_case(Arguments a, Eval& eval) { return text(to_upper(a[0].text()), eval); }
Value lower_case(Arguments a, Eval& eval) { return text(to_lower(a[0].text()), eval); }

Value substring_before(Arguments a, Eval& eval) {
  size_t at = a[0].text().find(a[1].text());
  return text(at == std::string::npos ? "" : a[0].text().substr(0, at), eval);
}
Value substring_after(Arguments a, Eval& eval) {
  size_t at = a[0].text().find(a[1].text());
  return text(at == std::string::npos ? "" : a[0].text().substr(at + a[1].text().size()), eval);
}

Value contains(Arguments a, Eval&) { return Value(a[0].text().find(a[1].text()) != std::string::npos); }
Value starts_with(Arguments a, Eval&) { return Value(a[0].text().starts_with(a[1].text())); }
Value ends_with(Arguments a, Eval&) { return Value(a[0].text().ends_with(a[1].text())); }

using RegexRef = std::shared_ptr<const Regex>;

// The pattern ready to run, or nothing with the failure reported.
RegexRef regex(const Value& pattern, const Value& flags, Eval& eval) {
  auto made = Regex::compile(pattern.text(), flags.is_null() ? "" : flags.text());
  if (made.ok()) return *made;
  eval.fail([&] { return made.error().message + " (" + pattern.show() + ")"; });
  return nullptr;
}

std::optional<bool> find(const Regex& regex, const std::string& in, size_t from, Regex::Match& match, Eval& eval) {
  eval.step();
  auto found = regex.find(in, from, match);
  if (match.laborious) eval.step(1000);
  if (found.ok()) {
    eval.step(((*found ? match.end : in.size()) - from) / 256);
    return *found;
  }
  eval.step(20'000);  // it gave up: a loop over such patterns must end soon
  eval.fail([&] { return found.error().message; });
  return std::nullopt;
}

Value matches(Arguments a, Eval& eval) {
  auto r = regex(a[1], a[2], eval);
  if (!r) return {};
  Regex::Match match;
  auto found = find(*r, a[0].text(), 0, match, eval);
  return found ? Value(*found) : Value();
}

// $1 ... $9 stand for groups, \$ and \\ for themselves (XPath 2.0, fn:replace).
std::optional<std::string> expand(const std::string& replacement, const std::string& in,
                                  const Regex::Match& match) {
  std::string out;
  for (size_t i = 0; i < replacement.size(); ++i) {
    char c = replacement[i];
    char next = i + 1 < replacement.size() ? replacement[i + 1] : '\0';
    if (c == '\\') {
      if (next != '\\' && next != '$') return std::nullopt;
      out += next;
      ++i;
    } else if (c == '$') {
      if (next < '0' || next > '9') return std::nullopt;
      auto group = static_cast<size_t>(next - '0');
      ++i;
      while (i + 1 < replacement.size() && replacement[i + 1] >= '0' && replacement[i + 1] <= '9' &&
             group * 10 + static_cast<size_t>(replacement[i + 1] - '0') < match.groups.size())
        group = group * 10 + static_cast<size_t>(replacement[++i] - '0');
      if (group < match.groups.size() && match.groups[group].first != std::string::npos)
        out += in.substr(match.groups[group].first, match.groups[group].second - match.groups[group].first);
    } else {
      out += c;
    }
  }
  return out;
}

Value replace(Arguments a, Eval& eval) {
  auto r = regex(a[1], a[3], eval);
  if (!r) return {};
  const std::string &in = a[0].text(), &replacement = a[2].text();
  std::string out;
  size_t at = 0;
  while (true) {
    Regex::Match match;
    auto found = find(*r, in, at, match, eval);
    if (!found) return {};
    if (!*found) break;
    if (match.begin == match.end)
      return eval.fail([&] { return "the pattern " + a[1].show() + " of replace matches the empty string"; });
    auto put = r->literal() ? std::optional(replacement) : expand(replacement, in, match);
    if (!put)
      return eval.fail([&] {
        return "in the replacement " + a[2].show() +
               " '$' stands before the number of a group, '\\' before '$' or '\\'";
      });
    out += in.substr(at, match.begin - at) + *put;
    Eval::check_growth(out.size());
    at = match.end;
  }
  return text(out + in.substr(at), eval);
}

Value split(Arguments a, Eval& eval) {
  auto r = regex(a[1], Value(), eval);
  if (!r) return {};
  const std::string& in = a[0].text();
  std::vector<Value> parts;
  size_t at = 0, from = 0;
  while (from <= in.size()) {
    Regex::Match match;
    auto found = find(*r, in, from, match, eval);
    if (!found) return {};
    if (!*found) break;
    if (match.begin == match.end) {  // an empty match parts the characters, but not before the first
      size_t next = match.begin;
      if (next >= in.size()) break;
      next_code_point(in, next);
      from = next;
      if (match.begin == at) continue;
    } else {
      from = match.end;
    }
    parts.push_back(Value::string(in.substr(at, match.begin - at)));
    at = match.end;
  }
  parts.push_back(Value::string(in.substr(at)));
  return Value::list(std::move(parts));
}

Value string_join(Arguments a, Eval& eval) {
  std::string out;
  bool first = true;
  eval.step(a[0].items().size());
  for (auto& item : a[0].items()) {
    if (item.is_null()) continue;
    if (!item.is(Kind::string))
      return eval.fail([&] { return "string join: " + item.show() + " is not a string"; });
    if (!first && !a[1].is_null()) out += a[1].text();
    first = false;
    out += item.text();
    Eval::check_growth(out.size());
  }
  return text(std::move(out), eval);
}
}  // namespace

const std::vector<Builtin>& string_builtins() {
  constexpr Kinds s = kinds::string, n = kinds::number;
  static const std::vector<Builtin> all = {
      {"substring", {{"string", s}, {"start position", n}, {"length", n, true}}, false, substring},
      {"string length", {{"string", s}}, false, string_length},
      {"upper case", {{"string", s}}, false, upper_case},
      {"lower case", {{"string", s}}, false, lower_case},
      {"substring before", {{"string", s}, {"match", s}}, false, substring_before},
      {"substring after", {{"string", s}, {"match", s}}, false, substring_after},
      {"replace", {{"input", s}, {"pattern", s}, {"replacement", s}, {"flags", s, true}}, false, replace},
      {"contains", {{"string", s}, {"match", s}}, false, contains},
      {"starts with", {{"string", s}, {"match", s}}, false, starts_with},
      {"ends with", {{"string", s}, {"match", s}}, false, ends_with},
      {"matches", {{"input", s}, {"pattern", s}, {"flags", s, true}}, false, matches},
      {"split", {{"string", s}, {"delimiter", s}}, false, split},
      {"string join", {{"list", kinds::list}, {"delimiter", s, true}}, false, string_join},
  };
  return all;
}

}  // namespace guanhu::feel
