#include "feed/report.h"

#include <ostream>

#include "feed/texts.h"

namespace guanhu::feed {

using base::Json;
using base::JsonArray;
using base::JsonObject;

std::string_view name_of(TotalState state) {
  switch (state) {
    case TotalState::ok: return "ok";
    case TotalState::waiting: return "waiting";
    default: return "broken";
  }
}

namespace {

// Amounts are numbers; digests and what could not be computed are not.
Json number_or_text(const std::string& text) {
  if (text.empty()) return Json();
  auto number = text.size() < 40 ? base::Decimal::parse(text) : std::nullopt;
  return number ? Json(*number) : Json(text);
}

template <class Items, class Make>
JsonArray list(const Items& items, Make make) {
  JsonArray out;
  for (const auto& item : items) out.push_back(make(item));
  return out;
}

Json to_json(const Refusal& r) {
  return JsonObject{{"line", r.line},
                    {"column", r.column.empty() ? Json() : Json(r.column)},
                    {"value", r.value},
                    {"code", r.code},
                    {"reason", r.reason}};
}

Json to_json(const FileCheck& c) {
  return JsonObject{{"what", c.what},
                    {"column", c.column.empty() ? Json() : Json(c.column)},
                    {"expected", number_or_text(c.expected)},
                    {"found", number_or_text(c.found)},
                    {"difference", number_or_text(c.difference)},
                    {"state", c.holds ? "ok" : "broken"},
                    {"explained_by_refused_rows", c.explained && !c.holds}};
}

Json to_json(const Dangling& d) {
  return JsonObject{{"column", d.column},
                    {"refers_to", d.refers_to},
                    {"count", d.count},
                    {"examples", list(d.examples, [](const auto& e) {
                       return Json(JsonObject{{"line", e.first}, {"value", e.second}});
                     })}};
}

Json to_json(const base::Error& e) {
  return JsonObject{{"code", e.code}, {"message", e.message}, {"where", e.where}, {"hint", e.hint}};
}

Json to_json(const FileReport& f) {
  auto to = [](const auto& item) { return to_json(item); };
  return JsonObject{{"file", f.file},
                    {"read", f.read},
                    {"applied", f.applied},
                    {"unchanged", f.unchanged},
                    {"refused", f.refused},
                    {"refusals", list(f.refusals, to)},
                    {"totals", list(f.checks, to)},
                    {"unknown_columns", list(f.unknown_columns, [](const auto& c) { return Json(c); })},
                    {"dangling", list(f.dangling, to)},
                    {"problem", f.problem ? to_json(*f.problem) : Json()}};
}

constexpr size_t kShown = 50;

void write_file(std::ostream& out, const FileReport& f) {
  out << "  " << f.file << "  读入 " << f.read << "  生效 " << f.applied << "  未变 " << f.unchanged << "  拒绝 "
      << f.refused << "\n";
  if (f.problem) out << "    整个文件被拒绝：" << f.problem->text() << " [" << f.problem->code << "]\n";
  for (size_t i = 0; i < f.refusals.size() && i < kShown; ++i) {
    const Refusal& r = f.refusals[i];
    out << "    " << f.file << ":" << r.line << "  " << r.column << (r.value.empty() ? "" : " = " + r.value)
        << "  " << r.reason << " [" << r.code << "]\n";
  }
  if (f.refusals.size() > kShown) out << "    另有 " << f.refusals.size() - kShown << " 行被拒绝，全部见 --json\n";
  for (const FileCheck& c : f.checks) {
    if (c.holds) continue;
    out << "    清单核对不符：" << c.what << (c.column.empty() ? "" : " " + c.column) << "  应为 " << c.expected
        << "  实为 " << (c.found.empty() ? "（无此数值列）" : c.found)
        << (c.difference.empty() ? "" : "  差额 " + c.difference) << (c.explained ? "（有行被拒绝）" : "") << "\n";
  }
  if (!f.unknown_columns.empty()) {
    out << "    未用的列：";
    for (size_t i = 0; i < f.unknown_columns.size(); ++i) out << (i ? ", " : "") << f.unknown_columns[i];
    out << "\n";
  }
  for (const Dangling& d : f.dangling)
    out << "    提示：" << d.count << " 行的 " << d.column << " 在 " << d.refers_to << " 中尚无资料，例如第 "
        << d.examples.front().first << " 行 " << d.examples.front().second << "\n";
}

void write_total(std::ostream& out, const ControlTotal& t) {
  out << "  总账 " << t.org_id << " " << t.date.str() << " " << t.subject << "  应为 "
      << base::format_fen(t.expected) << "  明细 " << base::format_fen(t.found) << "  差额 "
      << base::format_fen(t.found - t.expected) << "  ";
  out << (t.state == TotalState::ok ? "相符" : t.state == TotalState::waiting ? "待核" : "不符");
  if (t.before)
    out << "（此前："
        << (*t.before == TotalState::ok        ? "相符"
            : *t.before == TotalState::waiting ? "待核"
                                               : "不符")
        << "）";
  if (!t.reason.empty()) out << "：" << t.reason;
  out << "\n";
}

}  // namespace

Json to_json(const ControlTotal& t) {
  JsonObject out{
      {"business_date", t.business_date.str()},
      {"line", t.line},
      {"org_id", t.org_id},
      {"date", t.date.str()},
      {"subject", t.subject},
      {"expected", base::Decimal::fen(t.expected)},
      {"found", base::Decimal::fen(t.found)},
      {"difference", *base::Decimal::subtract(base::Decimal::fen(t.found), base::Decimal::fen(t.expected))},
      {"state", name_of(t.state)},
      {"reason", t.reason}};
  if (t.before) out.emplace_back("before", name_of(*t.before));
  return out;
}

Json to_json(const DateReport& r) {
  auto to = [](const auto& item) { return to_json(item); };
  return JsonObject{{"business_date", r.business_date},
                    {"state", r.applied ? "applied" : "refused"},
                    {"feed", r.feed},
                    {"import_id", r.import_id > 0 ? Json(r.import_id) : Json()},
                    {"applied_at", r.applied ? Json(r.applied_at) : Json()},
                    {"replaced", r.replaced},
                    {"tolerance", r.tolerance ? Json(*r.tolerance) : Json()},
                    {"rejects", r.rejects},
                    {"problems", list(r.problems, to)},
                    {"unknown_files", list(r.unknown_files, [](const auto& f) { return Json(f); })},
                    {"files", list(r.files, to)},
                    {"control_totals", list(r.totals, to)},
                    {"rejudged_totals", list(r.rejudged, to)}};
}

void write_text(std::ostream& out, const DateReport& r) {
  out << r.business_date << "  ";
  if (r.applied) {
    out << "已导入，编号 " << r.import_id << (r.replaced ? "，替换此前的导入" : "");
    if (r.rejects > 0) out << "，容许 " << *r.tolerance << " 处拒绝，实有 " << r.rejects << " 处";
  } else {
    out << "未导入（" << r.rejects << " 处拒绝"
        << (r.tolerance ? "，容许 " + std::to_string(*r.tolerance) + " 处" : "") << "）";
  }
  out << "\n";
  for (const base::Error& e : r.problems) out << "  " << e.text() << " [" << e.code << "]\n";
  for (const std::string& name : r.unknown_files) out << "  清单中的 " << name << " 不在数据接口约定内，未读\n";
  for (const FileReport& f : r.files) write_file(out, f);
  for (const ControlTotal& t : r.totals) write_total(out, t);
  for (const ControlTotal& t : r.rejudged) write_total(out, t);
}

}  // namespace guanhu::feed
