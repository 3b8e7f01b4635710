#include "appraisal/assess.h"

#include <algorithm>
#include <set>

namespace guanhu::appraisal {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

constexpr std::pair<Relation, std::string_view> kRelations[] = {
    {Relation::superior, "superior"}, {Relation::peers, "peers"},   {Relation::subordinates, "subordinates"},
    {Relation::branch, "branch"},     {Relation::others, "others"}, {Relation::chosen, "chosen"}};

// Reads one object and gathers what is wrong with it.
class Reader {
 public:
  Reader(const Json& json, std::string where, std::vector<Error>& faults)
      : json_(json), where_(std::move(where)), faults_(faults) {}

  void fault(const std::string& name, std::string message, std::string hint) {
    faults_.push_back({"assess.plan", std::move(message), where_ + "/" + name, std::move(hint)});
  }
  std::string text(const char* name, bool required) {
    const Json* value = json_.find(name);
    const std::string out = value && value->as_string() ? *value->as_string() : "";
    if (required && out.find_first_not_of(" \t\n") == out.npos) fault(name, "不能空着", "写上内容");
    return out;
  }
  bool flag(const char* name, bool otherwise) {
    const Json* value = json_.find(name);
    return value && value->as_bool() ? *value->as_bool() : otherwise;
  }
  int integer(const char* name, int otherwise, int least, int most) {
    const Json* value = json_.find(name);
    if (!value || value->is_null()) return otherwise;
    auto number = value->as_number() ? value->as_number()->to_int64() : std::nullopt;
    if (number && *number >= least && *number <= most) return static_cast<int>(*number);
    fault(name, "要是 " + std::to_string(least) + " 到 " + std::to_string(most) + " 的整数", "");
    return otherwise;
  }
  Decimal decimal(const char* name, const char* otherwise) {
    const std::string written = text(name, false);
    auto number = Decimal::parse(written.empty() ? otherwise : written);
    if (!number) fault(name, "“" + written + "”不是数", "写成 \"0.1\"");
    return number.value_or(Decimal(0));
  }
  base::Instant moment(const char* name, std::optional<base::Instant> otherwise) {
    const std::string written = text(name, !otherwise);
    if (written.empty()) return otherwise.value_or(base::Instant{});
    auto at = base::Instant::parse(written);
    if (!at) fault(name, "不是时刻", "写成 2025-12-31T17:00:00+08:00");
    return at.value_or(base::Instant{});
  }
  std::vector<std::string> texts(const char* name) {
    std::vector<std::string> out;
    const Json* value = json_.find(name);
    if (!value || !value->as_array()) return out;
    for (const Json& one : *value->as_array())
      if (one.as_string() && std::find(out.begin(), out.end(), *one.as_string()) == out.end())
        out.push_back(*one.as_string());
    return out;
  }
  Selector selector(const char* name) {
    Selector out;
    if (const Json* value = json_.find(name)) {
      Reader inner(*value, where_ + "/" + name, faults_);
      out = {inner.texts("positions"), inner.texts("orgs"), inner.texts("staff")};
    }
    return out;
  }

 private:
  const Json& json_;
  std::string where_;
  std::vector<Error>& faults_;
};

AssessorGroup group_of(const Json& json, const std::string& where, std::vector<Error>& faults) {
  Reader in(json, where, faults);
  AssessorGroup out;
  out.name = in.text("name", true);
  const std::string relation = in.text("relation", true);
  bool known = false;
  for (const auto& [value, name] : kRelations)
    if (relation == name) out.relation = value, known = true;
  if (!known)
    in.fault("relation", "没有“" + relation + "”这种关系",
             "superior、peers、subordinates、branch、others、chosen");
  out.weight = in.decimal("weight", "1");
  if (out.weight <= Decimal(0)) in.fault("weight", "权重要大于 0", "不要这一组就删去");
  out.who = in.selector("who");
  if (known && out.relation == Relation::chosen && out.who.empty())
    in.fault("who", "没有写由谁考评", "写上岗位、机构或工号");
  out.most = in.integer("most", 0, 0, 200);
  return out;
}

void read_times(Reader& in, const Json& json, PlanSpec& out) {
  out.starts_at = in.moment("starts_at", std::nullopt);
  out.deadline = in.moment("deadline", std::nullopt);
  out.closes_at = in.moment("closes_at", out.deadline);
  if (out.deadline <= out.starts_at) in.fault("deadline", "截止时间要在启用时间之后", "");
  if (out.closes_at < out.deadline) in.fault("closes_at", "关闭时间不能早于截止时间", "不留补交的时间就不写");
  const Json* hours = json.find("remind_hours");
  for (const Json& one : hours && hours->as_array() ? *hours->as_array() : JsonArray{}) {
    auto value = one.as_number() ? one.as_number()->to_int64() : std::nullopt;
    if (!value || *value < 1 || *value > 720) in.fault("remind_hours", "提醒要在截止前 1 到 720 小时", "");
    else out.remind_hours.push_back(static_cast<int>(*value));
  }
  std::sort(out.remind_hours.rbegin(), out.remind_hours.rend());
  out.remind_hours.erase(std::unique(out.remind_hours.begin(), out.remind_hours.end()), out.remind_hours.end());
  if (out.remind_hours.size() > 5) in.fault("remind_hours", "最多提醒五次", "");
}

void read_counting(Reader& in, PlanSpec& out) {
  out.anonymous = in.flag("anonymous", true);
  out.trim = in.decimal("trim", "0");
  if (out.trim < Decimal(0) || out.trim >= *Decimal::parse("0.5"))
    in.fault("trim", "每头去掉的比例从 0 起，要小于 0.5", "写成 \"0.1\"：去掉最高、最低各一成");
  out.min_assessors = in.integer("min_assessors", out.anonymous ? 3 : 1, 1, 200);
  out.min_group = in.integer("min_group", 3, 1, 50);
  if (out.anonymous && out.min_group < 3)
    in.fault("min_group", "匿名考核的最小人数不能少于 3，否则看得出是谁打的分", "写成 3 或以上");
  if (out.anonymous && out.min_assessors < out.min_group)
    in.fault("min_assessors", "匿名考核的最少考评人数不能少于最小人数", "不少于 " + std::to_string(out.min_group));
  const std::string missing = in.text("missing", false);
  if (!missing.empty() && missing != "rescale" && missing != "no_result")
    in.fault("missing", "没有“" + missing + "”这种办法", "rescale 或 no_result");
  out.rescale = missing != "no_result";
  out.scale = in.integer("scale", 2, 0, 6);
}

void read_groups(Reader& in, const Json& json, PlanSpec& out, std::vector<Error>& faults) {
  const Json* groups = json.find("groups");
  const JsonArray none;
  const JsonArray& all = groups && groups->as_array() ? *groups->as_array() : none;
  if (all.empty()) in.fault("groups", "没有写由谁考评", "至少一组考评人");
  if (all.size() > 10) in.fault("groups", "考评人最多分十组", "");
  std::set<std::string> names;
  for (size_t i = 0; i < all.size() && i < 10; ++i) {
    const std::string where = "/groups/" + std::to_string(i);
    out.groups.push_back(group_of(all[i], where, faults));
    if (!names.insert(out.groups.back().name).second)
      faults.push_back({"assess.plan", "两组考评人叫一个名称", where + "/name", "改一个"});
  }
}

Json selector_json(const Selector& s) {
  auto texts = [](const std::vector<std::string>& all) { return JsonArray(all.begin(), all.end()); };
  return JsonObject{{"positions", texts(s.positions)}, {"orgs", texts(s.orgs)}, {"staff", texts(s.staff)}};
}

}  // namespace

std::string_view relation_name(Relation relation) {
  for (const auto& [value, name] : kRelations)
    if (value == relation) return name;
  throw base::Broken("a relation without a name");
}

// QUA-605: items, assessed, assessors, period and start, each of them.
PlanSpec spec_of(const Json& json, std::vector<Error>& faults) {
  Reader in(json, "", faults);
  PlanSpec out;
  out.title = in.text("title", true);
  auto period = base::Period::parse(in.text("period", true));
  if (!period) in.fault("period", "不是考核期间", "写成 2025、2025H2、2025Q4 或 2025-12");
  else out.period = *period;
  out.pack = in.text("pack", true), out.form = in.text("form", true);
  read_times(in, json, out);
  read_counting(in, out);
  out.delegation = in.flag("delegation", true);
  out.repeats = in.flag("repeats", false);
  out.fact = in.text("fact", false);
  out.assessed = in.selector("assessed");
  if (out.assessed.empty()) in.fault("assessed", "没有写考评谁", "写上岗位、机构或工号");
  read_groups(in, json, out, faults);
  return out;
}

Json to_json(const PlanSpec& s) {
  JsonArray groups, hours(s.remind_hours.begin(), s.remind_hours.end());
  for (const AssessorGroup& g : s.groups)
    groups.push_back(JsonObject{{"name", g.name},
                                {"relation", relation_name(g.relation)},
                                {"weight", g.weight.str()},
                                {"who", selector_json(g.who)},
                                {"most", g.most}});
  return JsonObject{{"title", s.title},
                    {"period", s.period.str()},
                    {"pack", s.pack},
                    {"form", s.form},
                    {"starts_at", s.starts_at.str()},
                    {"deadline", s.deadline.str()},
                    {"closes_at", s.closes_at.str()},
                    {"remind_hours", std::move(hours)},
                    {"anonymous", s.anonymous},
                    {"trim", s.trim.str()},
                    {"min_assessors", s.min_assessors},
                    {"min_group", s.min_group},
                    {"missing", s.rescale ? "rescale" : "no_result"},
                    {"scale", s.scale},
                    {"delegation", s.delegation},
                    {"repeats", s.repeats},
                    {"fact", s.fact},
                    {"assessed", selector_json(s.assessed)},
                    {"groups", std::move(groups)}};
}

void check_names(const PlanSpec& spec, const people::Directory& directory, std::vector<Error>& faults) {
  std::set<std::string> positions;
  for (const auto& person : directory.staff()) positions.insert(person.position);
  std::string known;
  for (const auto& one : positions) known += (known.empty() ? "" : "、") + one;
  auto fault = [&](const std::string& where, const char* name, size_t i, std::string message, std::string hint) {
    faults.push_back({"assess.plan", std::move(message), where + "/" + name + "/" + std::to_string(i), hint});
  };
  auto check = [&](const Selector& s, const std::string& where) {
    for (size_t i = 0; i < s.positions.size(); ++i)
      if (!positions.count(s.positions[i]))
        fault(where, "positions", i, "没有人担任“" + s.positions[i] + "”", "现有岗位：" + known);
    for (size_t i = 0; i < s.orgs.size(); ++i)
      if (!directory.org(s.orgs[i])) fault(where, "orgs", i, "没有机构 " + s.orgs[i], "写机构号");
    for (size_t i = 0; i < s.staff.size(); ++i)
      if (!directory.person(s.staff[i])) fault(where, "staff", i, "没有员工 " + s.staff[i], "写工号");
  };
  check(spec.assessed, "/assessed");
  for (size_t g = 0; g < spec.groups.size(); ++g)
    check(spec.groups[g].who, "/groups/" + std::to_string(g) + "/who");
}

}  // namespace guanhu::appraisal
