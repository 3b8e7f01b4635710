// A loss that was drawn on deposits, opened: the loss, the share, the part that hand-overs gave each, their
// article.
#include "api/pay_parts.h"
#include "api/redact.h"
#include "api/run_life_parts.h"
#include "api/shapes.h"
#include "appraisal/handed_loss.h"
#include "appraisal/pay_split.h"
#include "base/json_member.h"

namespace guanhu::api {

using appraisal::Node;
using base::Decimal;
using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

Decimal number_in(const Json& of, const char* member) {
  return Decimal::parse(text_in(of, member)).value_or(Decimal());
}

using PackPtr = std::shared_ptr<const policy::Pack>;

// The articles of the node are the decision's, as long as the pack is there.
void decided_by(Node& node, const PackPtr& pack, const std::string& name) {
  const size_t slash = name.find('/');
  const policy::Decision* decision = pack && slash != name.npos && pack->id == name.substr(0, slash)
                                         ? pack->decision(name.substr(slash + 1))
                                         : nullptr;
  node.fields.emplace_back("decision", name);
  if (decision) node.origin = &decision->origin, node.pack = pack->id;
}

Node value_node(const std::string& name, Json value, const char* unit) {
  Node out;
  out.kind = "pay_value", out.name = name, out.value = std::move(value), out.unit = unit;
  return out;
}

// What one of them bears of the managers' part, hand-over by hand-over. Others are named to who sees the bank.
Node handed_node(const PeopleDesk& desk, const Json& handover, const std::string& staff, const PackPtr& rules) {
  Decimal share;
  for (const Json& one : *handover.find("shares")->as_array())
    if (text_in(one, "staff") == staff) share = number_in(one, "share");
  Node out = value_node("移交责任", Json(share), "比率");
  for (const Json& one : *handover.find("steps")->as_array()) {
    const std::string who = text_in(one, "staff");
    if (!desk.reach().staff(who)) continue;
    Node step = value_node(desk.name_of(who), Json(number_in(one, "share")), "比率");
    decided_by(step, rules, text_in(one, "policy"));
    step.fields.emplace_back("from", text_in(one, "from"));
    step.fields.emplace_back("body", text_in(one, "why"));
    step.fields.emplace_back("document", "移交 #" + one.find("handover")->as_number()->str());
    out.children.push_back(std::move(step));
  }
  return out;
}

Node draw_node(const PeopleDesk& desk, const appraisal::DepositOrder& order,
               const appraisal::DepositOrderLine& line, const PackPtr& pack, const PackPtr& rules) {
  Node out = value_node("承担损失", Json(Decimal::fen(line.due)), "元");
  out.kind = "pay_line";
  out.formula = "损失金额 × 承担比例";
  decided_by(out, pack, text_in(order.basis, "decision"));
  out.fields.emplace_back("document", order.document);
  Fen loss = 0;
  if (const Json* inputs = order.basis.find("inputs"); inputs && inputs->as_array())
    for (const Json& one : *inputs->as_array())
      if (const Json* value = one.find("value"); text_in(one, "name") == "损失金额" && value && value->as_number())
        loss = appraisal::to_fen(*value->as_number());
  Node whole = value_node("损失金额", Json(Decimal::fen(loss)), "元");
  whole.fields.emplace_back("subject", order.subject);
  out.children.push_back(std::move(whole));
  Node share = value_node("承担比例", Json(Decimal::parse(line.share).value_or(Decimal())), "比率");
  const Json* handover = order.basis.find("handover");
  const bool shared = handover && handover->find("steps") && !*handover->find("apart")->as_bool() &&
                      text_in(*handover, "role") == line.role;
  if (shared) {
    share.formula = line.role + "一份 × 移交责任";
    share.children.push_back(value_node(line.role + "一份", Json(number_in(*handover, "part")), "比率"));
    share.children.push_back(handed_node(desk, *handover, line.staff, rules));
  }
  out.children.push_back(std::move(share));
  if (order.state == "booked") {
    out.children.push_back(value_node("实扣", Json(Decimal::fen(line.booked)), "元"));
    if (line.short_of) out.children.push_back(value_node("仍欠", Json(Decimal::fen(line.short_of)), "元"));
  }
  return out;
}

// One's own when it is booked; others' and what is only proposed for those who see all.
Outcome explain_order(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string staff = call.get("staff").value_or("");
  auto found = appraisal::deposit_orders(desk.store(), number_of(call.part("id")).value_or(-1));
  if (found.empty() || found.front().kind != "draw" || !desk.reach().staff(staff)) return not_found();
  const appraisal::DepositOrder& order = found.front();
  if (!desk.reach().bank() && order.state != "booked") return not_found();
  LifeDesk at(s);
  auto pack = appraisal::pack_of_run(at.desk, order.pack + "/deposit-plan", order.pack_hash);
  auto rules = desk.pack("assignment");
  for (const auto& line : order.lines)
    if (line.staff == staff)
      return Answer{
          tree_json(draw_node(desk, order, line, pack ? pack->pack : nullptr,
                              std::holds_alternative<PackPtr>(rules) ? std::get<PackPtr>(rules) : nullptr))};
  return not_found();
}

// What hand-overs say of a loan, before a loss on it is proposed.
Outcome show_liability(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string loan = call.get("loan").value_or("");
  auto day = base::Date::parse(call.get("on").value_or(""));
  auto found = appraisal::handed_loan(desk.store(), loan, day.value_or(desk.today()));
  JsonArray shares;
  if (found.ok())
    for (const auto& one : found->shares)
      shares.push_back(
          JsonObject{{"staff", one.staff}, {"name", desk.name_of(one.staff)}, {"share", one.share.str()}});
  return Answer{JsonObject{{"loan", loan},
                           {"handovers", found.ok() ? Json(found->steps.size() / 2) : Json(0)},
                           {"shares", std::move(shares)},
                           {"problem", found.ok() ? Json() : Json(found.error().message)}}};
}

}  // namespace

Table deposit_explain_endpoints() {
  return {{.method = "GET",
           .path = "/deposit-orders/{id}/explain",
           .summary = "the tree under what one bears of a loss: the loss, the share, what hand-overs agreed",
           .permission = Permission::pay_read,
           .parameters = {{"staff", text(50), true}},
           .output = ref("ExplainNode"),
           .handler = explain_order},
          {.method = "GET",
           .path = "/deposit-liability",
           .summary = "who bears the managers' part of a loss on a loan, by its hand-overs",
           .permission = Permission::deposit_make,
           .parameters = {{"loan", text(200), true}, {"on", date(), false, "else today"}},
           .output = object({{"loan", text()},
                             {"handovers", integer()},
                             {"shares", list(object({{"staff", text()}, {"name", text()}, {"share", decimal()}}))},
                             {"problem", maybe_text()}}),
           .handler = show_liability}};
}

}  // namespace guanhu::api
