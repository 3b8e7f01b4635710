// A payslip's lines opened: down to recorded facts, grades, shared work and the source rows of the appraisal.
#include <deque>

#include "api/pay_parts.h"
#include "api/people_desk.h"
#include "api/redact.h"
#include "api/run_life_parts.h"
#include "api/shapes.h"
#include "appraisal/pay_explain.h"
#include "appraisal/recorded.h"
#include "base/json_member.h"

namespace guanhu::api {

using appraisal::Node;
using base::Json;
using base::JsonObject;
using people::Permission;

namespace {

Node note_node(const std::string& name, const std::string& note) {
  Node out;
  out.kind = "pay_note", out.name = name, out.fields = {{"note", note}};
  return out;
}

// Opens what stands behind the inputs of one slip.
class Sources {
 public:
  Sources(Services& services, const Call& call, PeopleDesk& desk, const appraisal::PayRun& run)
      : services_(services), call_(call), desk_(desk), run_(run), facts_(services.facts()) {}
  Sources(const Sources&) = delete;

  std::vector<Node> open(const Json& source) {
    const std::string kind = text_in(source, "kind");
    if (kind == "fact") return fact(maybe_whole_in(source, "fact").value_or(-1));
    if (kind == "recorded") return recorded(maybe_whole_in(source, "recorded").value_or(-1));
    if (kind == "grade") return grade(maybe_whole_in(source, "step").value_or(-1));
    if (kind == "joint") return joint(maybe_whole_in(source, "joint").value_or(-1));
    if (kind == "run") return figure(source);
    if (kind == "correction") return correction(*source.find("piece"));
    return {};
  }

 private:
  std::vector<Node> fact(int64_t id) {
    for (const auto& one : appraisal::people_facts(desk_.store(), {.withdrawn = true}))
      if (one.id == id) return {appraisal::fact_node(one)};
    return {};
  }

  std::vector<Node> recorded(int64_t id) {
    for (const auto& one : appraisal::recorded(desk_.store(), {.history = true})) {
      if (one.id != id) continue;
      Node out;
      out.kind = "pay_fact", out.name = one.what.name + " 登记 " + std::to_string(id);
      out.value =
          one.what.value.as_number() || one.what.value.as_string() ? one.what.value : Json(one.what.value.dump());
      out.fields = {{"document", one.what.document},
                    {"from", one.what.valid_from.empty() ? one.what.period : one.what.valid_from},
                    {"of", one.what.subject_kind},
                    {"subject", one.what.subject_id},
                    {"recorded_by", one.by},
                    {"recorded_at", one.at}};
      return {std::move(out)};
    }
    return {};
  }

  std::vector<Node> grade(int64_t id) {
    for (const auto& row : desk_.store().query("SELECT pack, staff_id FROM grade_steps WHERE step_id = ?", {id}))
      for (const auto& step : appraisal::grade_history(desk_.store(), row.text(0), row.text(1)))
        if (step.id == id) return {appraisal::grade_node(step)};
    return {};
  }

  // The others of shared work are named only to who sees the whole run.
  std::vector<Node> joint(int64_t id) {
    for (const auto& one : appraisal::joint_work(desk_.store(), run_.pack, {}, {}, true)) {
      if (one.work.id != id) continue;
      base::Decimal sum = 0;
      for (const auto& share : one.work.shares) sum = *base::Decimal::add(sum, share.weight);
      Node all;
      all.kind = "pay_value", all.name = "份额合计", all.value = Json(sum);
      all.fields = {{"recorded_by", one.by}, {"recorded_at", one.at}, {"document", one.work.document}};
      if (!one.withdrawn_at.empty()) all.reason = "算完以后撤回了：" + one.withdrawn_why;
      if (desk_.reach().bank())
        for (const auto& share : one.work.shares) {
          Node node;
          node.kind = "pay_value", node.name = desk_.name_of(share.staff) + " " + share.staff,
          node.value = Json(share.weight);
          all.children.push_back(std::move(node));
        }
      return {std::move(all)};
    }
    return {};
  }

  std::vector<Node> correction(const Json& piece) {
    return correction_nodes(
        services_, desk_, run_.id, call_.part("staff"), piece,
        {[this](const Json& source) { return open(source); }, [this](Node& node) { own(node); }});
  }

  // The figure's own tree, for who may open it; what it is now beside what the slip was told.
  std::vector<Node> figure(const Json& source) {
    const std::string name = text_in(source, "figure"), holder = text_in(source, "holder");
    const people::Scope scope = people::scope_of(call_.login().roles, Permission::score_read);
    auto reach = facts_->reach(call_.login(), scope);
    if (scope == people::Scope::none || !reach->holder(holder))
      return {note_node(name, "考核结果由有权看考核的人打开")};
    const std::string scheme = text_in(source, "scheme");
    const size_t slash = scheme.find('/');
    auto period = base::Period::parse(text_in(source, "period"));
    if (slash == scheme.npos || !period) return {};
    std::vector<Node> out;
    const SchemeName wanted{scheme.substr(0, slash), scheme.substr(slash + 1)};
    auto status =
        facts_->with_engine(wanted, *period, [&](const auto& evaluation, auto& engine, auto&) -> base::Status {
          auto tree =
              appraisal::explain(evaluation, engine, {holder, name, name == "总分" ? size_t{6} : size_t{20}});
          if (!tree) return tree.error();
          redact(*tree, *reach, services_.bank().personal_key());
          own(*tree);
          out.push_back(std::move(*tree));
          return {};
        });
    if (!status.ok()) return {note_node(name, status.error().message)};
    return out;
  }

  // The articles outlive the evaluation that they were read with.
  void own(Node& node) {
    if (node.origin) node.origin = &origins_.emplace_back(*node.origin);
    for (Node& child : node.children) own(child);
  }

  Services& services_;
  const Call& call_;
  PeopleDesk& desk_;
  const appraisal::PayRun& run_;
  std::shared_ptr<const Facts> facts_;
  std::deque<policy::Origin> origins_;
};

// One's own once it is approved; a draft only for those who see all.
Outcome explain_slip(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  const std::string& staff = call.part("staff");
  auto found = appraisal::pay_runs(desk.store(), number_of(call.part("id")).value_or(-1));
  bool shown = !found.empty() && desk.reach().staff(staff) &&
               (desk.reach().bank() || found.front().state == "approved" || found.front().state == "paid");
  if (!shown) return not_found();
  const appraisal::PayRun& run = found.front();
  auto slips = appraisal::pay_slips(desk.store(), run.id, staff);
  if (slips.empty()) return not_found();
  LifeDesk at(s);
  auto pack = appraisal::pack_of_run(at.desk, run.pack + "/pay-plan", run.pack_hash);
  appraisal::SlipQuestion question;
  question.run = &run, question.slip = &slips.front().slip, question.pack = pack ? pack->pack.get() : nullptr;
  question.on = base::Period::parse(run.period).value().last();
  Sources sources(s, call, desk, run);
  question.open = [&](const Json& source) { return sources.open(source); };
  auto tree = appraisal::explain_pay(question, call.get("line").value_or(appraisal::kNetName));
  if (!tree) return refusal_of(tree.error());
  return Answer{tree_json(*tree)};
}

}  // namespace

Table pay_explain_endpoints() {
  return {{.method = "GET",
           .path = "/pay/runs/{id}/slips/{staff}/explain",
           .summary = "the tree under a line of a payslip: formula, article, inputs, down to source rows",
           .permission = Permission::pay_read,
           .parameters = {{"line", text(200), false, "a line, 应发合计, 扣款合计, 保证金合计, else 实发"}},
           .output = ref("ExplainNode"),
           .handler = explain_slip}};
}

}  // namespace guanhu::api
