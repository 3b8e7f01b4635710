// Roles, the permissions they carry and how far they reach. One table, read by every gate.
//
// A permission is an action on a kind of thing; a scope says whose: own, team, branch (an organisation
// and everything below it) or the whole bank. A user may hold several roles; for one permission the
// widest scope wins. Beside the eight roles here an administrator composes others (roles.h).
#pragma once
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guanhu::people {

enum class Role {
  administrator,  // 系统管理员: users, organisations, imports; sees no scores or balances of persons
  manager,        // 客户经理
  branch_head,    // 支行行长
  risk_manager,   // 风险经理
  business,       // 业务管理部门
  hr,             // 人力资源
  executive,      // 行领导
  auditor         // 审计
};
std::span<const Role> all_roles();
std::string_view role_name(Role role);   // "branch_head": on the command line and in the store
std::string_view role_title(Role role);  // "支行行长"
std::optional<Role> role_of(std::string_view name);

enum class Permission {
  score_read,          // scores, figures, ranks and their explanation
  score_export,        // rankings as a file
  grade_read,          // grades, their history and qualifications, proposals
  grade_propose,       // propose another grade, compute proposals from an appraisal
  grade_decide,        // decide proposals and appeals; the pack says which roles may decide which
  grade_appeal,        // appeal against the decision on one's own grade
  pay_read,            // payslips and risk deposits
  pay_make,            // work out a pay run, record what pay rests on
  pay_approve,         // approve somebody else's pay run, say that it was paid
  pay_export,          // a pay run as a file for payroll
  deposit_read,        // what is proposed for risk deposits
  deposit_make,        // propose what happens to risk deposits
  deposit_approve,     // book somebody else's proposal
  run_read,            // which appraisals were made, by whom, and whether they add up; no figures of holders
  run_make,            // start an appraisal
  run_publish,         // show a draft to the people it is about; state differences by late facts
  run_seal,            // the two signatures of a seal
  dispute_file,        // dispute a figure of one's own published result
  dispute_decide,      // decide somebody else's dispute
  finding_read,        // figures that look better than they are, as a search found them
  finding_decide,      // say whether what was found counts
  finding_scan,        // search a period
  board_read,          // totals and movements of organisations
  customer_read,       // customers, accounts, balances, loans
  personal_read,       // identity numbers, phones and addresses unmasked (each reading is recorded)
  import_read,         // business dates, reports, control totals
  import_run,          // bring in extracts
  user_read,           // logins and roles
  user_manage,         // make logins, give roles
  org_read,            // organisations and staff
  audit_read,          // the audit chain
  simulate_make,       // try other rules, plans or hand-overs on a past period, and keep what comes out
  simulate_read,       // simulations that their makers share; holders as far as the scope reaches
  policy_read,         // packs: everyone may read the rules
  policy_draft,        // change a pack in a draft, hand it on as a version
  policy_approve,      // approve somebody else's draft, and say from which day it is in force
  decision_ask,        // ask a decision of a pack; what was asked is kept
  assessment_read,     // plans of qualitative appraisal and their results
  assessment_plan,     // make and close plans
  assessment_approve,  // approve somebody else's plan, report its results
  assessment_quality,  // how assessors judge
  relation_declare,    // relatives among the staff: one's own, or everybody's
  todo_read,           // what is to be done: one's own; the team's in a wider scope
  todo_do,             // do, snooze, cancel, reopen; whose says the to-do itself
  todo_assign,         // give a task to somebody, hand one on
  todo_manage,         // make the list, say whose duties count, bring in the calendar
  absence_record,      // who is away and who does the work
  decision_read,       // the decisions that were asked, and what another version would have said
  post_record,         // posts that no extract brings: part-time, acting, AB posts
  team_manage,         // teams, their leaders and members
  role_confirm,        // the second person when somebody else gives a powerful role
  delegation_make,     // hand a permission or a kind of task of one's own to somebody for some days
  leaving_read,        // who leaves, and what they still hold
  leaving_manage,      // open and close a leaving
  leaving_sign,        // as the superior: let something stay that was not handed over
  visit_read,          // visits, their findings, photos and comments
  visit_write,         // plan and record one's own visits, take one's customers along
  visit_comment,       // comment on visits of those below
  device_manage,       // see and revoke devices that took customers along
  customer_write,      // write what no extract has on customers' cards; prospective customers
  customer_import,     // bring in many cards or prospective customers at once, and take them back
  customer_export,     // lists of customers as a file (each is recorded)
  customer_fields,     // define the bank's own fields of customers
  plan_read,           // work plans: one's own, the branch's, all
  plan_write,          // make and change one's own; those of an organisation in a wider scope
  plan_confirm,        // confirm, give back, review plans of others
  log_read,            // work logs and their marks
  log_write,           // one's own log
  log_check,           // read logs with a mark, draw and mark samples
  log_count,           // take marks of logs into appraisal
  meeting_read,        // meetings one belongs to; the branch's, all
  meeting_hold,        // call meetings, write their minutes
  customer_check,      // second person for merges, categories and first access of customers
  bad_credit_write,    // the list of bad credit: put on it, ask to take off, agree to what somebody else asked
  mail_use,            // letters, notices and messages to oneself
  notice_write,        // write notices, see who has read them, remind
  notice_check,        // agree to notices of others where the rules ask for it
  outbox_read,         // what goes out and what became of it
  outbox_release,      // let a proposal to a customer go out, or not; customers' consents
  outbox_manage,       // channels, tries, what the bank sets about letters and messages
  assignment_read,     // who serves whom: the register, claims, hand-overs
  assignment_make,     // record who serves a customer; take it back; accept or decline proposals
  assignment_check,    // agree to what somebody else recorded
  claim_file,          // claim a customer, answer a claim
  claim_decide,        // decide a claim of somebody below
  handover_make,       // open, change, cancel a hand-over: one's own, or of those below
  handover_sign,       // sign as who gives or takes
  handover_witness,    // sign as the superior who was there
  lead_read,           // leads, campaigns and what came of them
  lead_write,          // note and follow up one's own leads, refer to a colleague, write contact results
  lead_assign,         // give leads to managers, take them back, settle referrals
  campaign_manage,     // campaigns, their target lists and scripts
  campaign_check,      // agree to campaigns of others
  favour_ask,          // ask for a concession for a customer within the powers of a grade
  favour_decide,       // decide concessions that others asked for
  expense_write,       // notes of marketing expenses of one's own
  expense_check,       // agree to expenses of others
  suggestion_write,    // suggestions, answers to surveys
  suggestion_read,     // suggestions and what was answered
  suggestion_answer,   // answer suggestions that came to one's own unit
  survey_manage,       // surveys, their questions and results
  training_read,       // courses, plans, records of training: one's own; the branch's, all
  training_manage,     // courses, topics, plans, sessions, materials
  training_approve,    // agree to training plans of others
  training_teach,      // attendance and marks of sessions one teaches
  exam_manage,         // question bank, papers, exams, marking by hand
  exam_check,          // agree to questions, papers and results of others
  exam_take,           // sit the exams one is called to
  report_read,         // reports on facts and figures, as far as the scope reaches
  report_make,         // build reports, keep views and schedules of one's own
  report_share,        // offer a view to others
  export_read,         // files that were made: one's own; everybody's, without the rows
  signal_read,         // what other systems of the bank sent: of one's customers, of the branch, all
  signal_manage        // bring it in, apply it, take it back
};
std::span<const Permission> all_permissions();
std::string_view permission_name(Permission permission);  // "score.read"

enum class Scope { none, own, team, branch, bank };  // ordered: wider is greater
std::string_view scope_name(Scope scope);

std::optional<Permission> permission_of(std::string_view name);
std::optional<Scope> scope_named(std::string_view name);

// A permission that something else than a built-in role gives: a composed role, a delegation.
struct Allowance {
  Permission permission;
  Scope scope;
};

// What a login holds: its built-in roles as a list, beside them what composed roles and delegations give on the
// day, less what its organisation may not do. Whoever asks scope_of(login.roles, ...) counts all of it.
struct HeldRoles : std::vector<Role> {
  HeldRoles() = default;
  HeldRoles(std::vector<Role> roles) : std::vector<Role>(std::move(roles)) {}
  HeldRoles(std::initializer_list<Role> roles) : std::vector<Role>(roles) {}
  std::vector<Allowance> given;
  std::vector<std::string> titles;   // of the composed roles
  std::vector<Permission> withheld;  // whatever gives them
};

// What a role may do, and how far.
Scope scope_of(Role role, Permission permission);
// The widest over the roles.
Scope scope_of(const std::vector<Role>& roles, Permission permission);
Scope scope_of(const HeldRoles& held, Permission permission);

}  // namespace guanhu::people
