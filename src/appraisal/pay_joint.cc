// Work done together: recorded with its shares, withdrawn but never changed.
#include <algorithm>
#include <set>

#include "appraisal/detail/grade_rows.h"
#include "appraisal/pay_runs.h"

namespace guanhu::appraisal {

namespace {

using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

base::Status check_shares(const JointWork& work, bool days) {
  auto wrong = [](const std::string& what) { return Error{"joint.shares", what, "shares", ""}; };
  if (work.shares.size() < 2) return wrong("合办的至少两个人");
  std::set<std::string> seen;
  Decimal sum = 0;
  for (const auto& share : work.shares) {
    if (share.staff.empty() || !seen.insert(share.staff).second)
      return wrong("有人没有写工号，或者写了两次: " + share.staff);
    if (share.weight <= Decimal(0)) return wrong(share.staff + " 的份额要大于零");
    if (days && !share.weight.is_integer()) return wrong(share.staff + " 的天数要是整数");
    sum = Decimal::add(sum, share.weight).value_or(sum);
  }
  if (!days && sum != Decimal(1)) return wrong("份额相加是 " + sum.str() + "，要正好是 1");
  return {};
}

base::Status check_input(const policy::Pack& pack, const PayLine& line, const JointWork& work) {
  const policy::Decision* decision = pack.decision(line.decision);
  if (!work.input.as_object()) return Error{"joint.input", "内容要是一个对象", "input", ""};
  for (const auto& [name, value] : *work.input.as_object()) {
    const policy::Field* field = decision->input(name);
    if (!field) return Error{"joint.input", "决策 " + line.decision + " 不问“" + name + "”", "input." + name, ""};
    policy::Misfit misfit;
    if (!policy::read_value(value, *field->type, name, misfit))
      return Error{"joint.input", misfit.message, "input." + misfit.path, "要的是 " + field->type->str()};
  }
  return {};
}

}  // namespace

base::Result<int64_t> record_joint(store::Session& session, const policy::Pack& pack, const JointWork& work,
                                   bool days, const PeopleDoing& doing) {
  auto plan = read_pay_plan(pack, work.on);
  if (!plan.ok()) return plan.error();
  auto line =
      std::find_if(plan->lines.begin(), plan->lines.end(), [&](const PayLine& l) { return l.name == work.line; });
  if (line == plan->lines.end() || line->way != PayWay::joint)
    return Error{"joint.line", "工资单上没有合办的行“" + work.line + "”", "line", ""};
  if (detail::blank(work.title) || detail::blank(work.document))
    return Error{"joint.text", "要写是哪一笔业务，依据什么", detail::blank(work.title) ? "title" : "document", ""};
  if (auto status = check_shares(work, days); !status.ok()) return status.error();
  if (auto status = check_input(pack, *line, work); !status.ok()) return status.error();
  JsonArray shares;
  for (const auto& share : work.shares)
    shares.push_back(JsonObject{{"staff", share.staff}, {"weight", share.weight.str()}});
  int64_t id = 0;
  session.transaction([&] {
    session.exec(
        "INSERT INTO pay_joint (pack, line, title, document, on_day, input, shares, recorded_at, recorded_by) "
        "VALUES "
        "(?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {pack.id, work.line, work.title, work.document, work.on.str(), work.input.dump(), Json(shares).dump(),
         doing.at.str(), doing.actor});
    id = session.query("SELECT max(joint_id) FROM pay_joint").at(0).integer(0);
    doing.tell("pay.joint", "joint " + std::to_string(id),
               JsonObject{{"pack", pack.id}, {"line", work.line}, {"title", work.title}, {"shares", shares}});
  });
  return id;
}

base::Status withdraw_joint(store::Session& session, int64_t id, const std::string& reason,
                            const PeopleDoing& doing) {
  if (detail::blank(reason)) return Error{"joint.reason", "没有写撤回的理由", "reason", ""};
  base::Status out;
  session.transaction([&] {
    auto rows = session.query("SELECT withdrawn_at FROM pay_joint WHERE joint_id = ?", {id});
    if (rows.empty()) out = Error{"joint.unknown", "没有这一笔合办业务", "id", ""};
    else if (!rows[0].is_null(0)) out = Error{"joint.withdrawn", "已经撤回了", "id", ""};
    if (!out.ok()) return;
    session.exec("UPDATE pay_joint SET withdrawn_at = ?, withdrawn_by = ?, withdrawn_why = ? WHERE joint_id = ?",
                 {doing.at.str(), doing.actor, reason, id});
    doing.tell("pay.joint.withdraw", "joint " + std::to_string(id), JsonObject{{"reason", reason}});
  });
  return out;
}

std::vector<JointRecord> joint_work(store::Session& session, const std::string& pack,
                                    std::optional<base::Date> from, std::optional<base::Date> to, bool withdrawn,
                                    const std::optional<base::Instant>& known_at) {
  std::string sql =
      "SELECT joint_id, line, title, document, on_day, input, shares, recorded_at, recorded_by, withdrawn_at,"
      " withdrawn_by, withdrawn_why, pack FROM pay_joint WHERE pack = ?";
  std::vector<store::Value> values = {pack};
  if (from) sql += " AND on_day >= ?", values.emplace_back(from->str());
  if (to) sql += " AND on_day <= ?", values.emplace_back(to->str());
  if (known_at) {
    sql += " AND recorded_at <= ? AND (withdrawn_at IS NULL OR withdrawn_at > ?)";
    values.emplace_back(known_at->str()), values.emplace_back(known_at->str());
  } else if (!withdrawn) {
    sql += " AND withdrawn_at IS NULL";
  }
  std::vector<JointRecord> out;
  for (const auto& row : session.query(sql + " ORDER BY joint_id", values)) {
    JointRecord one;
    one.work.id = row.integer(0), one.work.line = row.text(1), one.work.title = row.text(2);
    one.work.document = row.text(3), one.work.on = base::Date::parse(row.text(4)).value();
    one.work.input = Json::parse(row.text(5)).value();
    const Json shares = Json::parse(row.text(6)).value();
    for (const Json& share : *shares.as_array())
      one.work.shares.push_back(
          {*share.find("staff")->as_string(), Decimal::parse(*share.find("weight")->as_string()).value()});
    one.at = row.text(7), one.by = row.text(8);
    one.withdrawn_at = row.maybe_text(9).value_or(""), one.withdrawn_by = row.maybe_text(10).value_or("");
    one.withdrawn_why = row.maybe_text(11).value_or(""), one.pack = row.text(12);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace guanhu::appraisal
