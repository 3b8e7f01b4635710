#include "feel/format.h"

#include "feel/eval.h"
#include "feel/function.h"
#include "feel/temporal.h"

namespace guanhu::feel {
namespace {
constexpr size_t kNoLimit = static_cast<size_t>(-1);

void write_quoted(std::string_view text, std::string& out, size_t limit) {
  out += '"';
  for (char c : text) {
    if (out.size() > limit && (static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      out += "…";
      break;
    }
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default: out += c;
    }
  }
  out += '"';
}

struct Writer {
  std::string& out;
  size_t limit;
  bool literal;  // dates as @"…"

  void at(const std::string& text) { out += literal ? "@\"" + text + "\"" : text; }

  void range(const Range& r) {
    static constexpr std::string_view kSigns[] = {"", "<", "<=", ">", ">=", "=", "!="};
    if (r.test != Range::Test::interval) {
      out += "(" + std::string(kSigns[static_cast<size_t>(r.test)]) + " ";
      write(r.has_low ? r.low : r.high);
      out += ")";
      return;
    }
    out += r.low_included ? '[' : '(';
    write(r.low);
    out += "..";
    write(r.high);
    out += r.high_included ? ']' : ')';
  }

  template <class Each>
  void sequence(char open, char close, size_t count, Each each) {
    out += open;
    for (size_t i = 0; i < count; ++i) {
      if (i) out += ", ";
      if (out.size() > limit) {
        out += "…";
        break;
      }
      Eval::spend(1);
      Eval::check_growth(out.size());
      each(i);
    }
    out += close;
  }

  void write(const Value& v) {
    switch (v.kind()) {
      case Kind::null: out += "null"; return;
      case Kind::boolean: out += v.boolean() ? "true" : "false"; return;
      case Kind::number: out += v.number().str(); return;
      case Kind::string: return write_quoted(v.text(), out, limit);
      case Kind::date: return at(date_text(v.days()));
      case Kind::time: return at(time_text(v.time()));
      case Kind::date_time: return at(date_time_text(v.date_time()));
      case Kind::days_duration: return at(days_duration_text(v.nanos()));
      case Kind::months_duration: return at(months_duration_text(v.months()));
      case Kind::list: return sequence('[', ']', v.items().size(), [&](size_t i) { write(v.items()[i]); });
      case Kind::context: {
        const Context& c = v.context();
        return sequence('{', '}', c.size(), [&](size_t i) {
          out += c.shape->names()[i] + ": ";
          write(c.values[i]);
        });
      }
      case Kind::range: return range(v.range());
      case Kind::function: out += v.function().name(); return;
    }
  }
};
}  // namespace

std::string to_text(const Value& value) {
  if (value.is(Kind::string)) return value.text();
  std::string out;
  Writer{out, kNoLimit, false}.write(value);
  return out;
}

void write_literal(const Value& value, std::string& out, size_t limit) { Writer{out, limit, true}.write(value); }

}  // namespace guanhu::feel
