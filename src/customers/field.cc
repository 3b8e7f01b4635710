#include "customers/field.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "base/date.h"
#include "base/json_member.h"
#include "customers/intake_text.h"

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using records::Record;

namespace {

constexpr std::string_view kTypes[] = {"text", "number", "date", "choice", "choices", "yes_no"};
constexpr std::string_view kOf[] = {"person", "company", "all"};

template <size_t N>
bool one_of(const std::string_view (&all)[N], std::string_view text) {
  return std::find(std::begin(all), std::end(all), text) != std::end(all);
}

JsonArray json_list(const std::vector<std::string>& texts) {
  JsonArray out;
  for (const auto& text : texts) out.push_back(text);
  return out;
}

Field field_of(const Record& of) {
  Field out;
  out.id = of.id, out.version = of.version, out.title = of.title, out.retired = of.state == "retired";
  out.type = text_in(of.body, "type"), out.unit = text_in(of.body, "unit"), out.of = text_in(of.body, "of");
  out.hint = text_in(of.body, "hint"), out.required = flag_in(of.body, "required");
  out.sensitive = flag_in(of.body, "sensitive"), out.expires = flag_in(of.body, "expires");
  out.choices = texts_in(of.body, "choices");
  out.roles = texts_in(of.body, "roles"), out.place = whole_in(of.body, "place");
  out.changed_at = of.changed_at, out.changed_by = of.changed_by;
  return out;
}

JsonObject body_of(const Field& field) {
  return JsonObject{{"type", field.type},
                    {"unit", field.unit},
                    {"of", field.of},
                    {"hint", field.hint},
                    {"required", field.required},
                    {"sensitive", field.sensitive},
                    {"expires", field.expires},
                    {"choices", json_list(field.choices)},
                    {"roles", json_list(field.roles)},
                    {"place", field.place}};
}

std::vector<Record> all_records(store::Session& session) {
  records::Filter filter;
  filter.kinds = {kFieldKind};
  return records::list(session, filter);
}

base::Status check_title(store::Session& session, const Field& field) {
  if (field.title.empty() || characters_in(field.title) > 40)
    return Error{"field.title", "字段名称要写 1 到 40 个字", "title", ""};
  for (const Record& other : all_records(session))
    if (other.id != field.id && other.title == field.title && other.state != "retired")
      return Error{"field.title", "已有同名的字段“" + field.title + "”", "title", "换一个名称，或修改原来的字段"};
  return {};
}

base::Status check_choices(const Field& field) {
  const bool chooses = field.type == "choice" || field.type == "choices";
  if (chooses != !field.choices.empty())
    return Error{"field.choices", chooses ? "还没有可选的值" : "只有选择类的字段才有可选的值", "choices", ""};
  if (field.choices.size() > 200) return Error{"field.choices", "可选的值不超过 200 个", "choices", ""};
  std::set<std::string> seen;
  for (const auto& choice : field.choices) {
    if (choice.empty() || characters_in(choice) > 60 || choice != trimmed(choice))
      return Error{"field.choices", "每个可选的值为 1 到 60 个字，首尾没有空格", "choices", ""};
    // These part several values in one cell of a sheet.
    if (choice.find_first_of(";|\n") != choice.npos || choice.find("；") != choice.npos ||
        choice.find("、") != choice.npos)
      return Error{"field.choices", "“" + choice + "”含有分隔符(; ； 、 |)", "choices", "换一种写法"};
    if (!seen.insert(choice).second)
      return Error{"field.choices", "“" + choice + "”写了两次", "choices", "删去一个"};
  }
  return {};
}

base::Status check(store::Session& session, const Field& field) {
  if (auto title = check_title(session, field); !title) return title;
  if (!one_of(kTypes, field.type)) return Error{"field.type", "没有这种字段", "type", ""};
  if (!one_of(kOf, field.of)) return Error{"field.of", "适用对象为个人、企业或全部", "of", ""};
  if (!field.unit.empty() && (field.type != "number" || characters_in(field.unit) > 10))
    return Error{"field.unit", "只有数值字段有单位，不超过 10 个字", "unit", ""};
  if (characters_in(field.hint) > 200) return Error{"field.hint", "填写提示不超过 200 个字", "hint", ""};
  if (field.expires && field.type != "date")
    return Error{"field.expires", "只有日期字段能当到期日", "expires", "类型选日期，或不勾“到期要换新的”"};
  return check_choices(field);
}

base::Result<Field> write(store::Session& session, const Field& field, const std::string& action,
                          const std::string& why, const records::Doing& doing) {
  std::optional<Error> error;
  Field out;
  session.transaction([&] {
    if (auto fits = field.retired ? base::Status{} : check(session, field); !fits) {
      error = fits.error();
      return;
    }
    records::Change change;
    if (field.id != 0) {
      auto before = records::record(session, kFieldKind, field.id);
      if (!before) return void(error = before.error());
      if (text_in(before->body, "type") != field.type)
        return void(
            error = Error{"field.type", "字段的类型不能改变：已填的值会对不上", "type", "停用这个字段，另建一个"});
      change.record = *before;
    }
    change.record.kind = kFieldKind, change.record.version = field.version;
    change.record.title = field.title, change.record.state = field.retired ? "retired" : "active";
    change.record.owner = "bank", change.record.body = body_of(field);
    change.action = action, change.why = why;
    auto written = records::write_in(session, change, doing);
    if (!written) error = written.error();
    else out = field_of(*written);
  });
  if (error) return *error;
  return out;
}

}  // namespace

std::vector<Field> fields(store::Session& session, bool retired) {
  std::vector<Field> out;
  for (const Record& one : all_records(session))
    if (retired || one.state != "retired") out.push_back(field_of(one));
  std::sort(out.begin(), out.end(),
            [](const Field& a, const Field& b) { return std::tie(a.place, a.id) < std::tie(b.place, b.id); });
  return out;
}

std::optional<Field> field(store::Session& session, int64_t id) {
  auto found = records::record(session, kFieldKind, id);
  if (!found) return std::nullopt;
  return field_of(*found);
}

bool belongs(const Field& field, std::string_view kind) { return field.of == "all" || field.of == kind; }

bool sees(const Field& field, std::span<const std::string> roles) {
  if (field.roles.empty()) return true;
  return std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
    return std::find(field.roles.begin(), field.roles.end(), role) != field.roles.end();
  });
}

base::Result<Field> save_field(store::Session& session, const Field& field, const std::string& why,
                               const records::Doing& doing) {
  Field next = field;
  next.title = trimmed(next.title);
  return write(session, next, field.id == 0 ? "customer_field.make" : "customer_field.change", why, doing);
}

base::Result<Field> retire_field(store::Session& session, int64_t id, int64_t version, bool retired,
                                 const std::string& why, const records::Doing& doing) {
  if (characters_in(trimmed(why)) < 2) return Error{"field.why", "要写原因", "reason", ""};
  auto found = field(session, id);
  if (!found) return Error{"record.unknown", "没有这个字段", std::to_string(id), ""};
  found->version = version, found->retired = retired;
  return write(session, *found, retired ? "customer_field.retire" : "customer_field.revive", why, doing);
}

int64_t values_of_field(store::Session& session, int64_t field) {
  return session
      .query("SELECT count(DISTINCT customer) FROM customer_values WHERE field = ?", {store::Value(field)})
      .at(0)
      .integer(0);
}

}  // namespace guanhu::customers
