// The dry run: what would become of every row.
#include <algorithm>
#include <map>
#include <set>

#include "customers/intake.h"
#include "customers/intake_relation.h"
#include "customers/intake_text.h"

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonObject;

namespace {

constexpr std::string_view kClear = "清空";  // in a cell: the value goes; an empty cell leaves it

std::string shown(const Json* value) {
  if (!value) return "";
  if (value->as_string())
    return *value->as_string() == "yes" ? "是" : *value->as_string() == "no" ? "否" : *value->as_string();
  std::string out;
  if (value->as_array())
    for (const Json& one : *value->as_array())
      if (one.as_string()) out += (out.empty() ? "" : "；") + *one.as_string();
  return out;
}

// "custom/12" is our column "f:12".
std::string column_of(const std::string& where) {
  return where.starts_with("custom/") ? "f:" + where.substr(7) : where.substr(0, where.find('/'));
}
const Json* value_at(const Json& body, const std::string& column) {
  if (!column.starts_with("f:")) return body.find(column);
  const Json* custom = body.find("custom");
  return custom ? custom->find(column.substr(2)) : nullptr;
}

class Planner {
 public:
  Planner(store::Session& session, const std::string& what, const std::vector<std::string>& columns,
          const std::vector<Field>& all, const IntakeWorld& world)
      : session_(session), prospects_(what == "prospects"), columns_(columns), all_(all), world_(world) {
    for (const auto& one : intake_columns(what, all)) titles_[one.name] = one.title;
    for (size_t i = 0; i < columns.size(); ++i)
      if (!columns[i].empty()) at_[columns[i]] = i;
  }

  IntakeRow plan(const IntakeTable::Row& row) {
    row_ = &row;
    out_ = IntakeRow{.line = row.line};
    if (prospects_) plan_prospect();
    else plan_card();
    if (std::any_of(out_.said.begin(), out_.said.end(), [](const IntakeSaid& s) { return !s.message.empty(); })) {
      out_.outcome = "refused";
      std::erase_if(out_.said, [](const IntakeSaid& s) { return s.message.empty(); });
    }
    return std::move(out_);
  }

 private:
  std::string cell(const std::string& column) const {
    auto at = at_.find(column);
    return at == at_.end() || at->second >= row_->cells.size() ? "" : trimmed(row_->cells[at->second]);
  }
  void wrong(const std::string& column, std::string message) {
    auto at = at_.find(column);
    out_.said.push_back({titles_.count(column) ? titles_.at(column) : column,
                         at == at_.end() ? "" : column_letters(at->second) + std::to_string(row_->line),
                         std::move(message), "", ""});
  }

  // The body in force with the row's cells put in.
  Json merged(const Json& before) const {
    JsonObject body = before.as_object() ? *before.as_object() : JsonObject{};
    JsonObject custom;
    if (const Json* values = before.find("custom"); values && values->as_object()) custom = *values->as_object();
    auto put = [](JsonObject& into, const std::string& name, const std::string& text) {
      std::erase_if(into, [&](const auto& one) { return one.first == name; });
      into.emplace_back(name, text == kClear ? "" : text);
    };
    for (const auto& [column, place] : at_) {
      std::string text = cell(column);
      if (text.empty() || column == "customer" || column == "name" || column == "manager") continue;
      if (column == "kind") text = text == "个人" ? "person" : text == "企业" ? "company" : text;
      if (column.starts_with("f:")) put(custom, column.substr(2), text);
      else put(body, column, text);
    }
    std::erase_if(body, [](const auto& one) { return one.first == "custom"; });
    body.emplace_back("custom", std::move(custom));
    return body;
  }

  void judge(const CheckedCard& checked, const Json& before, bool fresh) {
    for (const auto& problem : checked.problems) wrong(column_of(problem.where), problem.message);
    for (const auto& [column, place] : at_) {
      if (column == "id_no" || column == "phone") continue;  // sealed: not shown
      std::string was = shown(value_at(before, column)), now = shown(value_at(checked.body, column));
      if (was != now && titles_.count(column))
        out_.said.push_back(
            {titles_.at(column), column_letters(place) + std::to_string(row_->line), "", was, now});
    }
    out_.outcome = checked.body.dump() == before.dump() ? "same" : fresh ? "new" : "changed";
    out_.body = checked.body;
  }

  void plan_card() {
    out_.subject = cell("customer"), out_.name = cell("name");
    if (out_.subject.empty()) return wrong("customer", "没有写客户号");
    auto customer = world_.customer(out_.subject);
    if (!customer) return wrong("customer", "没有客户 " + out_.subject + "，或者不由您服务");
    if (!out_.name.empty() && out_.name != customer->name)
      return wrong("name", "客户号 " + customer->id + " 的名称是“" + customer->name + "”，表里写的不一样");
    out_.name = customer->name, out_.org = customer->org, out_.owner = world_.person;
    if (auto [at, fresh] = seen_.emplace(out_.subject, row_->line); !fresh)
      return wrong("customer", "第 " + std::to_string(at->second) + " 行已经是这个客户");
    auto there = card(session_, out_.subject);
    const Json before = there ? there->body : Json(JsonObject{});
    if (there) out_.record = there->id, out_.before = there->version, out_.owner = there->owner;
    judge(check_card(merged(before), before, all_, customer->kind, world_.mine), before, !there);
  }

  void plan_prospect() {
    out_.name = out_.subject = cell("name");
    if (out_.name.empty()) return wrong("name", "没有写姓名或名称");
    if (characters_in(out_.name) > 100) return wrong("name", "超过 100 个字");
    std::string number = cell("id_no");
    if (number.ends_with('x')) number.back() = 'X';
    const std::string phone = cell("phone");
    if (!number.empty()) {
      if (auto [at, fresh] = seen_.emplace(number, row_->line); !fresh)
        return wrong("id_no", "第 " + std::to_string(at->second) + " 行已有这个证件号码");
      if (auto holder = world_.holder(number))
        return wrong("id_no",
                     holder->id.empty() ? "已经是本行客户" : "已经是客户 " + holder->id + " " + holder->name);
    }
    if (!give()) return;
    const int64_t id = prospect_with(session_, *world_.key, number, phone);
    auto there = id ? records::record(session_, kProspectKind, id) : base::Result<records::Record>(Error{});
    if (there.ok() && there->owner != out_.owner)
      return wrong(number.empty() ? "phone" : "id_no", "已有人在联系：" + there->owner);
    const Json before = there.ok() ? there->body : Json(JsonObject{});
    if (there.ok()) out_.record = there->id, out_.before = there->version;
    judge(check_prospect(merged(before), before, all_, *world_.key), before, !there.ok());
  }

  // Whose it is: whom the row names, else who imports.
  bool give() {
    out_.owner = cell("manager");
    if (out_.owner.empty()) {
      out_.owner = world_.person, out_.org = world_.org;
      return true;
    }
    auto org = world_.org_of(out_.owner);
    if (!org) wrong("manager", "没有您管辖的在职员工 " + out_.owner);
    else out_.org = *org;
    return org.has_value();
  }

  store::Session& session_;
  const bool prospects_;
  const std::vector<std::string>& columns_;
  const std::vector<Field>& all_;
  const IntakeWorld& world_;
  std::map<std::string, std::string> titles_;
  std::map<std::string, size_t> at_;
  std::map<std::string, int> seen_;
  const IntakeTable::Row* row_ = nullptr;
  IntakeRow out_;
};

IntakeColumn of_field(const Field& field, bool prospects) {
  IntakeColumn out{.name = "f:" + std::to_string(field.id),
                   .title = field.title + (field.unit.empty() ? "" : "(" + field.unit + ")"),
                   .hint = field.hint,
                   .required = false};
  if (field.required && !prospects) out.hint += out.hint.empty() ? "必填" : "；必填";
  if (field.type == "choice") out.choices = field.choices;
  if (field.type == "yes_no") out.choices = {"是", "否"};
  if (field.type == "choices") {
    out.hint += out.hint.empty() ? "可写几个，用；隔开：" : "；可写几个，用；隔开：";
    for (size_t i = 0; i < field.choices.size(); ++i) out.hint += (i ? "；" : "") + field.choices[i];
  }
  return out;
}

}  // namespace

std::vector<IntakeColumn> intake_columns(const std::string& what, const std::vector<Field>& fields) {
  if (what == "relations") return relation_columns();
  std::vector<IntakeColumn> out;
  const bool prospects = what == "prospects";
  if (what == "cards") {
    out.push_back({"customer", "客户号", "核心系统的客户号", true, {}});
    out.push_back({"name", "客户名称", "可以不写；写了就核对，防止串行", false, {}});
    for (const CardMember& one : card_members())
      out.push_back({std::string(one.name), std::string(one.title), std::string(one.hint), false, {}});
  } else if (prospects) {
    out.push_back({"name", "姓名或名称", "", true, {}});
    out.push_back({"kind", "类型", "", true, {"个人", "企业"}});
    for (const ProspectMember& one : prospect_members())
      out.push_back({std::string(one.name), std::string(one.title), std::string(one.hint), false, {}});
    out.push_back({"manager", "由谁联系(工号)", "不写就是导入的人", false, {}});
  } else {
    return out;
  }
  for (const Field& field : fields)
    if (!field.retired) out.push_back(of_field(field, prospects));
  return out;
}

std::vector<std::string> guess_columns(const std::vector<IntakeColumn>& ours, const std::vector<std::string>& head,
                                       const Json& remembered) {
  std::vector<std::string> out;
  std::set<std::string> used;
  auto known = [&](const std::string& name) {
    return std::any_of(ours.begin(), ours.end(), [&](const IntakeColumn& one) { return one.name == name; });
  };
  for (const auto& title : head) {
    std::string name;
    if (const Json* kept = remembered.find(trimmed(title)); kept && kept->as_string() && known(*kept->as_string()))
      name = *kept->as_string();
    for (const IntakeColumn& one : ours)
      if (name.empty() && (one.title == trimmed(title) || one.name == trimmed(title))) name = one.name;
    out.push_back(!name.empty() && used.insert(name).second ? name : "");
  }
  return out;
}

base::Status check_columns(const std::vector<IntakeColumn>& ours, const std::vector<std::string>& head,
                           const std::vector<std::string>& columns) {
  if (columns.size() != head.size())
    return Error{
        "intake.columns",
        "文件有 " + std::to_string(head.size()) + " 列，对应关系有 " + std::to_string(columns.size()) + " 列",
        "columns", "重新选择文件"};
  std::set<std::string> used;
  for (const auto& name : columns) {
    if (name.empty()) continue;
    if (std::none_of(ours.begin(), ours.end(), [&](const IntakeColumn& one) { return one.name == name; }))
      return Error{"intake.columns", "没有“" + name + "”这一项", "columns", "从列表里选"};
    if (!used.insert(name).second) return Error{"intake.columns", "有两列对应同一项", "columns", "只留一列"};
  }
  for (const IntakeColumn& one : ours)
    if (one.required && !used.count(one.name))
      return Error{"intake.columns", "还没有哪一列是“" + one.title + "”", "columns", "指定是哪一列"};
  return {};
}

std::vector<IntakeRow> plan_rows(store::Session& session, const std::string& what, const IntakeTable& table,
                                 const std::vector<std::string>& columns, const std::vector<Field>& all,
                                 const IntakeWorld& world, const IntakeProgress& progress) {
  if (what == "relations") return plan_relations(table, columns, world, progress);
  Planner planner(session, what, columns, all, world);
  std::vector<IntakeRow> out;
  out.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    out.push_back(planner.plan(row));
    if (progress && out.size() % 500 == 0) progress(out.size(), table.rows.size());
  }
  return out;
}

IntakeCounts count_rows(std::span<const IntakeRow> rows) {
  IntakeCounts out;
  for (const auto& row : rows)
    ++(row.outcome == "new"       ? out.fresh
       : row.outcome == "changed" ? out.changed
       : row.outcome == "same"    ? out.same
                                  : out.refused);
  return out;
}

}  // namespace guanhu::customers
