#include "people/access.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace guanhu::people {

namespace {

struct RoleText {
  Role role;
  std::string_view name, title;
};
constexpr std::array kRoles = {RoleText{Role::administrator, "administrator", "系统管理员"},
                               RoleText{Role::manager, "manager", "客户经理"},
                               RoleText{Role::branch_head, "branch_head", "支行行长"},
                               RoleText{Role::risk_manager, "risk_manager", "风险经理"},
                               RoleText{Role::business, "business", "业务管理部门"},
                               RoleText{Role::hr, "hr", "人力资源"},
                               RoleText{Role::executive, "executive", "行领导"},
                               RoleText{Role::auditor, "auditor", "审计"}};

// clang-format off: a table is read by its columns.
// One row a permission, one column a role in the order above. o own, t team, b branch, B bank, - none.
struct Grant {
  Permission permission;
  std::string_view name;
  std::string_view scopes;
};
constexpr std::array kGrants = {
    //                                            admin manager branch risk business hr executive auditor
    Grant{Permission::score_read, "score.read", "-obbBBBB"},
    Grant{Permission::score_export, "score.export", "--b-BBBB"},
    Grant{Permission::grade_read, "grade.read", "-obbBBBB"},
    Grant{Permission::grade_propose, "grade.propose", "----BB--"},
    Grant{Permission::grade_decide, "grade.decide", "----BBB-"},
    Grant{Permission::grade_appeal, "grade.appeal", "-ooo----"},
    Grant{Permission::pay_read, "pay.read", "-ooooBBB"},
    Grant{Permission::pay_make, "pay.make", "-----B--"},
    Grant{Permission::pay_approve, "pay.approve", "-----BB-"},
    Grant{Permission::pay_export, "pay.export", "-----BBB"},
    Grant{Permission::deposit_read, "deposit.read", "---B-BBB"},
    Grant{Permission::deposit_make, "deposit.make", "---B-B--"},
    Grant{Permission::deposit_approve, "deposit.approve", "-----BB-"},
    Grant{Permission::run_read, "run.read", "B---BBBB"},
    Grant{Permission::run_make, "run.make", "B---B---"},
    Grant{Permission::run_publish, "run.publish", "----B---"},
    Grant{Permission::run_seal, "run.seal", "----B-B-"},
    Grant{Permission::dispute_file, "dispute.file", "-ooo----"},
    Grant{Permission::dispute_decide, "dispute.decide", "----BBB-"},
    Grant{Permission::finding_read, "finding.read", "-obbB-BB"},
    Grant{Permission::finding_decide, "finding.decide", "---bB---"},
    Grant{Permission::finding_scan, "finding.scan", "----B---"},
    Grant{Permission::board_read, "board.read", "--bbBBBB"},
    Grant{Permission::customer_read, "customer.read", "-obbB-BB"},
    Grant{Permission::personal_read, "personal.read", "-ob----B"},
    Grant{Permission::import_read, "import.read", "B---B--B"},
    Grant{Permission::import_run, "import.run", "B-------"},
    Grant{Permission::user_read, "user.read", "B----B-B"},
    Grant{Permission::user_manage, "user.manage", "B-------"},
    Grant{Permission::org_read, "org.read", "BBBBBBBB"},
    Grant{Permission::audit_read, "audit.read", "-------B"},
    Grant{Permission::simulate_make, "simulate.make", "----BBB-"},
    Grant{Permission::simulate_read, "simulate.read", "--b-BBBB"},
    Grant{Permission::policy_read, "policy.read", "BBBBBBBB"},
    Grant{Permission::policy_draft, "policy.draft", "B--BBB--"},
    Grant{Permission::policy_approve, "policy.approve", "---B--B-"},
    Grant{Permission::decision_ask, "decision.ask", "-BBBBBB-"},
    Grant{Permission::assessment_read, "assessment.read", "-obbBBBB"},
    Grant{Permission::assessment_plan, "assessment.plan", "----BB--"},
    Grant{Permission::assessment_approve, "assessment.approve", "-----BB-"},
    Grant{Permission::assessment_quality, "assessment.quality", "----BB--"},
    Grant{Permission::relation_declare, "relation.declare", "oooooBoo"},
    Grant{Permission::todo_read, "todo.read", "oobbBoBB"},
    Grant{Permission::todo_do, "todo.do", "oobbBoBo"},
    Grant{Permission::todo_assign, "todo.assign", "--b-B-B-"},
    Grant{Permission::todo_manage, "todo.manage", "B---B---"},
    Grant{Permission::absence_record, "absence.record", "oobbBBBo"},
    Grant{Permission::decision_read, "decision.read", "---BB-BB"},
    Grant{Permission::post_record, "post.record", "--b--B--"},
    Grant{Permission::team_manage, "team.manage", "--b-BB--"},
    Grant{Permission::role_confirm, "role.confirm", "-----BB-"},
    Grant{Permission::delegation_make, "delegation.make", "ooooooo-"},
    Grant{Permission::leaving_read, "leaving.read", "BobooBBB"},
    Grant{Permission::leaving_manage, "leaving.manage", "-----B--"},
    Grant{Permission::leaving_sign, "leaving.sign", "--b---B-"},
    Grant{Permission::visit_read, "visit.read", "-obbB-BB"},
    Grant{Permission::visit_write, "visit.write", "-ooo--o-"},
    Grant{Permission::visit_comment, "visit.comment", "--b-B-B-"},
    Grant{Permission::device_manage, "device.manage", "B-b-----"},
    Grant{Permission::customer_write, "customer.write", "-ob-B---"},
    Grant{Permission::customer_import, "customer.import", "-ob-B---"},
    Grant{Permission::customer_export, "customer.export", "-ob-B-BB"},
    Grant{Permission::customer_fields, "customer.fields", "B---B---"},
    Grant{Permission::plan_read, "plan.read", "-obbBBBB"},
    Grant{Permission::plan_write, "plan.write", "-oboBoB-"},
    Grant{Permission::plan_confirm, "plan.confirm", "--b-B-B-"},
    Grant{Permission::log_read, "log.read", "-obbBBBB"},
    Grant{Permission::log_write, "log.write", "-oooooo-"},
    Grant{Permission::log_check, "log.check", "--b-----"},
    Grant{Permission::log_count, "log.count", "--b-BB--"},
    Grant{Permission::meeting_read, "meeting.read", "-obbBBBB"},
    Grant{Permission::meeting_hold, "meeting.hold", "--bbBBB-"},
    Grant{Permission::customer_check, "customer.check", "--bbB-B-"},
    Grant{Permission::bad_credit_write, "bad_credit.write", "---BB---"},
    Grant{Permission::mail_use, "mail.use", "oooooooo"},
    Grant{Permission::notice_write, "notice.write", "B-bbBBB-"},
    Grant{Permission::notice_check, "notice.check", "--b-BBB-"},
    Grant{Permission::outbox_read, "outbox.read", "Bob-B-BB"},
    Grant{Permission::outbox_release, "outbox.release", "-ob-B---"},
    Grant{Permission::outbox_manage, "outbox.manage", "B-------"},
    Grant{Permission::assignment_read, "assignment.read", "-obbBBBB"},
    Grant{Permission::assignment_make, "assignment.make", "--b-B---"},
    Grant{Permission::assignment_check, "assignment.check", "--b-B-B-"},
    Grant{Permission::claim_file, "claim.file", "-oo-----"},
    Grant{Permission::claim_decide, "claim.decide", "--b-B-B-"},
    Grant{Permission::handover_make, "handover.make", "-ob-BB--"},
    Grant{Permission::handover_sign, "handover.sign", "-oooooo-"},
    Grant{Permission::handover_witness, "handover.witness", "--b-B-B-"},
    Grant{Permission::lead_read, "lead.read", "-obbBoBB"},
    Grant{Permission::lead_write, "lead.write", "-obbBoB-"},
    Grant{Permission::lead_assign, "lead.assign", "--b-B---"},
    Grant{Permission::campaign_manage, "campaign.manage", "--b-B---"},
    Grant{Permission::campaign_check, "campaign.check", "--b-B-B-"},
    Grant{Permission::favour_ask, "favour.ask", "-oo-----"},
    Grant{Permission::favour_decide, "favour.decide", "--b-B-B-"},
    Grant{Permission::expense_write, "expense.write", "-oo-o---"},
    Grant{Permission::expense_check, "expense.check", "--b-B-B-"},
    Grant{Permission::suggestion_write, "suggestion.write", "ooooooo-"},
    Grant{Permission::suggestion_read, "suggestion.read", "oobbBBBB"},
    Grant{Permission::suggestion_answer, "suggestion.answer", "--bBBBB-"},
    Grant{Permission::survey_manage, "survey.manage", "---BBBB-"},
    Grant{Permission::training_read, "training.read", "oobbBBBB"},
    Grant{Permission::training_manage, "training.manage", "--b-BB--"},
    Grant{Permission::training_approve, "training.approve", "--b-BBB-"},
    Grant{Permission::training_teach, "training.teach", "-oooBB--"},
    Grant{Permission::exam_manage, "exam.manage", "----BB--"},
    Grant{Permission::exam_check, "exam.check", "----BBB-"},
    Grant{Permission::exam_take, "exam.take", "-oooooo-"},
    Grant{Permission::report_read, "report.read", "-obbBBBB"},
    Grant{Permission::report_make, "report.make", "-obbBBBB"},
    Grant{Permission::report_share, "report.share", "--b-BBBB"},
    Grant{Permission::export_read, "export.read", "BooooooB"},
    Grant{Permission::signal_read, "signal.read", "BobbB-BB"},
    Grant{Permission::signal_manage, "signal.manage", "B---B---"}};
// clang-format on

Scope scope_for(char letter) {
  switch (letter) {
    case 'o': return Scope::own;
    case 't': return Scope::team;
    case 'b': return Scope::branch;
    case 'B': return Scope::bank;
    default: return Scope::none;
  }
}

}  // namespace

std::span<const Role> all_roles() {
  static const auto roles = [] {
    std::array<Role, kRoles.size()> out;
    for (size_t i = 0; i < out.size(); ++i) out[i] = kRoles[i].role;
    return out;
  }();
  return roles;
}

std::span<const Permission> all_permissions() {
  static const auto permissions = [] {
    std::array<Permission, kGrants.size()> out;
    for (size_t i = 0; i < out.size(); ++i) out[i] = kGrants[i].permission;
    return out;
  }();
  return permissions;
}

std::string_view role_name(Role role) { return kRoles[static_cast<size_t>(role)].name; }
std::string_view role_title(Role role) { return kRoles[static_cast<size_t>(role)].title; }

std::optional<Role> role_of(std::string_view name) {
  for (const auto& r : kRoles)
    if (r.name == name) return r.role;
  return std::nullopt;
}

std::string_view permission_name(Permission permission) { return kGrants[static_cast<size_t>(permission)].name; }

namespace {
constexpr std::string_view kScopes[] = {"none", "own", "team", "branch", "bank"};
}

std::string_view scope_name(Scope scope) { return kScopes[static_cast<size_t>(scope)]; }

std::optional<Permission> permission_of(std::string_view name) {
  for (const auto& grant : kGrants)
    if (grant.name == name) return grant.permission;
  return std::nullopt;
}

std::optional<Scope> scope_named(std::string_view name) {
  for (size_t i = 0; i < std::size(kScopes); ++i)
    if (kScopes[i] == name) return static_cast<Scope>(i);
  return std::nullopt;
}

Scope scope_of(Role role, Permission permission) {
  return scope_for(kGrants[static_cast<size_t>(permission)].scopes[static_cast<size_t>(role)]);
}

Scope scope_of(const std::vector<Role>& roles, Permission permission) {
  Scope widest = Scope::none;
  for (Role role : roles) widest = std::max(widest, scope_of(role, permission));
  return widest;
}

Scope scope_of(const HeldRoles& held, Permission permission) {
  if (std::find(held.withheld.begin(), held.withheld.end(), permission) != held.withheld.end()) return Scope::none;
  const std::vector<Role>& roles = held;
  Scope widest = scope_of(roles, permission);
  for (const Allowance& one : held.given)
    if (one.permission == permission) widest = std::max(widest, one.scope);
  return widest;
}

}  // namespace guanhu::people
