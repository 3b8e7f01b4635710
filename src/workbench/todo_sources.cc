#include "workbench/todo_sources.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "appraisal/assess_form.h"
#include "appraisal/deposit_orders.h"
#include "appraisal/dispute.h"
#include "appraisal/grade_proposals.h"
#include "appraisal/life.h"
#include "appraisal/life_days.h"
#include "appraisal/pay_runs.h"
#include "people/rights.h"
#include "people/teams.h"
#include "policy/life.h"
#include "workbench/meeting.h"
#include "workbench/notice.h"
#include "workbench/plan.h"
#include "workbench/post_sheet.h"
#include "workbench/todo_advice.h"
#include "workbench/todo_assignments.h"
#include "workbench/todo_facts.h"
#include "workbench/todo_leads.h"
#include "workbench/todo_signals.h"
#include "workbench/training_todo.h"

namespace guanhu::workbench {

using base::Date;
using people::Permission;

namespace {

// Everything that waits, read once for however many logins.
struct Waiting {
  std::vector<appraisal::Dispute> disputes;
  std::vector<appraisal::RunLife> runs;
  std::vector<appraisal::PayRun> pay;
  std::vector<appraisal::DepositOrder> orders;
  std::vector<appraisal::GradeProposal> grades;
  std::vector<std::pair<appraisal::GradeAppeal, appraisal::GradeProposal>> appeals;  // with what they are against
  std::vector<policy::PolicyVersion> versions;
  std::map<int64_t, appraisal::Plan> plans;
  std::vector<std::pair<records::Record, std::string>> work_plans;  // with whose it is to go on
  std::vector<Meeting> minutes;
  std::vector<AssignmentWait> assignments;
  std::vector<LeadWait> leads;
  std::vector<TrainingWait> trainings;
  std::vector<SignalWait> signals;
  std::vector<Notice> notices;                                   // that must be known, or agreed to
  std::vector<std::pair<std::string, AddressBook::Team>> teams;  // that a notice is for
  std::optional<AdviceWaiting> advice;
  std::vector<PostSheet> sheets;
  std::map<std::pair<std::string, std::string>, std::string> sheets_read;  // person and post -> digest

  Waiting(store::Session& session, const people::Directory& directory, Date today) {
    appraisal::DisputeFilter open;
    open.state = "open";
    disputes = appraisal::disputes(session, open);
    runs = appraisal::results_in_force(session);
    for (auto& run : appraisal::pay_runs(session))
      if (run.state == "draft" || run.state == "approved") pay.push_back(std::move(run));
    for (auto& order : appraisal::deposit_orders(session))
      if (order.state == "proposed") orders.push_back(std::move(order));
    appraisal::ProposalFilter proposed;
    proposed.state = "proposed";
    grades = appraisal::grade_proposals(session, proposed);
    for (auto& appeal : appraisal::grade_appeals(session))
      if (appeal.state == "open") {
        appraisal::ProposalFilter against;
        against.id = appeal.proposal;
        for (auto& proposal : appraisal::grade_proposals(session, against))
          appeals.emplace_back(appeal, std::move(proposal));
      }
    for (auto& version : policy::PolicyLife::versions(session, ""))
      if (version.state == "draft" && !version.problems && !version.failed) versions.push_back(std::move(version));
    for (auto& plan : appraisal::plans(session))
      if (plan.state == "running" || plan.state == "draft") plans.emplace(plan.id, std::move(plan));
    const RoleFinder finder(directory, today);
    records::Filter written;
    written.kinds = {kWorkPlan}, written.states = {"submitted", "returned"}, written.limit = 20'000;
    for (auto& plan : records::list(session, written)) {
      std::string next = plan.state == "returned" ? plan.owner : finder.superior(plan.owner);
      work_plans.emplace_back(std::move(plan), std::move(next));
    }
    assignments = assignment_waits(session, finder);
    leads = lead_waits(session);
    trainings = training_waits(session, today);
    signals = signal_waits(session, directory, finder);
    advice.emplace(session, directory, finder, today);
    written.kinds = {kMeeting}, written.states = {"minuted"};
    for (const auto& one : records::list(session, written)) minutes.push_back(meeting_of(one));
    read_notices(session, today);
    sheets = kept_sheets(session);
    for (auto& one : sheet_reads(session)) sheets_read[{one.person, one.post}] = std::move(one.digest);
  }

 private:
  void read_notices(store::Session& session, Date today) {
    bool for_teams = false;
    for (auto& one : workbench::notices(session, {"published", "proposed"})) {
      if (!one.must_know && one.record.state == "published") continue;
      for (const Address& to : one.audience) for_teams = for_teams || to.kind == "team";
      notices.push_back(std::move(one));
    }
    if (!for_teams) return;
    for (const auto& team : people::teams(session)) {
      AddressBook::Team of{team.name, {}};
      for (const auto* member : team.on(today)) of.people.push_back(member->staff);
      teams.emplace_back(std::to_string(team.id), std::move(of));
    }
  }
};

class Collector {
 public:
  Collector(store::Session& session, const people::Directory& directory, const Waiting& all,
            const people::Login& login, Date today)
      : session_(session), directory_(directory), all_(all), login_(login), today_(today) {
    person_ = person_of(login.login, login.staff_id);
    if (const people::Staff* staff = directory.person(login.staff_id)) org_ = staff->org;
  }

  std::vector<Todo> collect() {
    forms();
    if (may(Permission::assessment_approve)) plans();
    if (may(Permission::dispute_decide)) disputes();
    if (may(Permission::run_seal)) seals();
    if (may(Permission::pay_approve)) pay();
    if (may(Permission::deposit_approve)) orders();
    if (may(Permission::grade_decide)) grades();
    if (may(Permission::policy_approve)) versions();
    if (!login_.staff_id.empty()) work_plans(), minutes(), assignments(), leads(), signals();
    if (!all_.notices.empty() && may(Permission::mail_use)) notices();
    trainings();
    sheets();
    for (AdviceWait& one : all_.advice->of(login_, person_, org_))
      add(one.source, one.object, std::move(one.title), one.due, std::move(one.link)).priority = one.urgent;
    return std::move(out_);
  }

 private:
  bool may(Permission permission) const {
    return people::scope_of(login_.roles, permission) != people::Scope::none;
  }

  std::string name_of(const std::string& staff) const {
    const people::Staff* person = directory_.person(staff);
    if (person) return person->name;
    const people::Org* org = directory_.org(staff);
    return org ? org->name : staff;
  }

  Todo& add(const std::string& source, const std::string& object, std::string title, std::optional<Date> due,
            std::string link) {
    Todo one;
    one.key = source + ":" + object + "|" + person_;
    one.source = source, one.subject = source, one.object = object;
    one.assignee = person_, one.org = org_, one.title = std::move(title);
    one.due = due, one.rule_day = due, one.state = "open", one.link = std::move(link);
    out_.push_back(std::move(one));
    return out_.back();
  }

  // QUA-606: the form of a running plan is a to-do from the moment the plan starts.
  void forms() {
    if (login_.staff_id.empty()) return;
    for (const auto& sheet : appraisal::sheets_of(session_, login_.staff_id)) {
      auto plan = all_.plans.find(sheet.plan);
      if (sheet.state != "open" || plan == all_.plans.end()) continue;
      Todo& one =
          add("assessment", "form-" + std::to_string(sheet.id),
              "考核表：" + name_of(sheet.assessed) + "（" + plan->second.spec.title + "）",
              appraisal::bank_day(plan->second.spec.deadline), "/assessment-forms/" + std::to_string(sheet.id));
      one.object_name = name_of(sheet.assessed);
    }
  }

  void plans() {
    for (const auto& [id, plan] : all_.plans)
      if (plan.state == "draft" && plan.made_by != login_.login)
        add("assessment", "plan-" + std::to_string(id), "考核计划待复核：" + plan.spec.title,
            appraisal::bank_day(plan.spec.starts_at), "/assessments/" + std::to_string(id));
  }

  void disputes() {
    for (const auto& d : all_.disputes)
      if (d.filed_by != login_.login && d.holder != login_.staff_id) {
        Todo& one =
            add("dispute", std::to_string(d.id),
                std::string(d.stage == 2 ? "复议" : "申诉") + "待决定：" + name_of(d.holder) + " " + d.figure,
                d.answer_until, "/disputes/" + std::to_string(d.id));
        one.object_name = name_of(d.holder), one.priority = 1;
      }
  }

  void seals() {
    for (const auto& run : all_.runs) {
      if (run.state == "sealed") continue;
      const std::string name = run.scheme + " " + run.period;
      const std::string link = "/runs/" + std::to_string(run.run);
      if (!run.proposed_by.empty()) {
        if (run.proposed_by != login_.login)
          add("run", std::to_string(run.run) + "-seal", "考核结果待第二人签封：" + name, std::nullopt, link);
      } else if (!appraisal::not_sealable(session_, run, today_)) {
        add("run", std::to_string(run.run) + "-propose", "考核结果公示期满，待提请签封：" + name, std::nullopt,
            link);
      }
    }
  }

  void pay() {
    for (const auto& run : all_.pay) {
      const std::string name = run.title.empty() ? run.pack : run.title;
      if (run.state == "draft" && run.open == 0 && run.made_by != login_.login)
        add("pay", std::to_string(run.id) + "-approve", "薪酬发放待批准：" + name + " " + run.period, run.pay_on,
            "/pay/" + std::to_string(run.id));
      if (run.state == "approved" && run.approved_by != login_.login)
        add("pay", std::to_string(run.id) + "-paid", "薪酬已批准，待登记发放：" + name + " " + run.period,
            run.pay_on, "/pay/" + std::to_string(run.id));
    }
  }

  void orders() {
    for (const auto& order : all_.orders)
      if (order.made_by != login_.login)
        add("deposit", std::to_string(order.id), "风险保证金待批准：" + order.subject, order.on,
            "/deposits?tab=orders");
  }

  void grades() {
    std::map<std::pair<int64_t, std::string>, std::pair<size_t, int64_t>> batches;  // how many, one of them
    for (const auto& p : all_.grades) {
      if (!decides(p) || p.made_by == login_.login || p.staff == login_.staff_id) continue;
      auto& [count, id] = batches[{p.batch, p.pack}];
      ++count, id = p.id;
    }
    for (const auto& [batch, of] : batches)
      add("grade", batch.second + "-" + std::to_string(batch.first),
          "职级建议待决定：" + std::to_string(of.first) + " 项", std::nullopt, "/grades");
    // Whoever decided before does not decide the appeal.
    for (const auto& [appeal, p] : all_.appeals) {
      if (!decides(p) || p.decided_by == login_.login || p.made_by == login_.login || p.staff == login_.staff_id)
        continue;
      Todo& one = add("grade", "appeal-" + std::to_string(appeal.id), "职级申诉待决定：" + name_of(p.staff),
                      std::nullopt, "/grade-proposals/" + std::to_string(p.id));
      one.object_name = name_of(p.staff), one.priority = 1;
    }
  }

  // Whether the login holds one of the roles that decide it.
  bool decides(const appraisal::GradeProposal& p) const {
    return std::any_of(p.roles.begin(), p.roles.end(), [&](const std::string& role) {
      return std::any_of(login_.roles.begin(), login_.roles.end(),
                         [&](people::Role own) { return people::role_title(own) == role; }) ||
             std::find(login_.roles.titles.begin(), login_.roles.titles.end(), role) != login_.roles.titles.end();
    });
  }

  // PLN-001: what was submitted waits for the superior, what he gave back for its owner.
  void work_plans() {
    for (const auto& [plan, next] : all_.work_plans)
      if (next == login_.staff_id)
        add("plan", std::to_string(plan.id) + "-" + plan.state,
            std::string(plan.state == "returned" ? "工作计划被退回：" : "工作计划待确认：") + plan.title, plan.day,
            "/plans/" + std::to_string(plan.id));
  }

  // CUS-606, CUS-607: answers, decisions, signatures, a second person of the branch or the bank.
  void assignments() {
    const people::Scope checks = people::scope_of(login_.roles, Permission::assignment_check);
    for (const AssignmentWait& one : all_.assignments) {
      const bool may_check =
          checks == people::Scope::bank ||
          (checks != people::Scope::none && directory_.branch_of(one.org) == directory_.branch_of(org_));
      if (one.who.empty() ? may_check && one.maker != login_.login : one.who == login_.staff_id)
        add(one.source, one.object, one.title, one.due, one.link);
    }
  }

  // TRN-607: what one is to come to; what wants somebody who did not make it.
  void trainings() {
    for (const TrainingWait& one : all_.trainings) {
      if (!one.permission) {
        if (one.who == login_.staff_id && !one.who.empty())
          add(one.source, one.object, one.title, one.due, one.link);
        continue;
      }
      const people::Scope wide = people::scope_of(login_.roles, *one.permission);
      const bool near =
          wide == people::Scope::bank ||
          (wide != people::Scope::none && directory_.branch_of(one.org) == directory_.branch_of(org_));
      if (near && one.maker != login_.login && (one.owner.empty() || one.owner != person_))
        add(one.source, one.object, one.title, one.due, one.link);
    }
  }

  // MKT-632, MKT-618, MKT-650, MKT-654
  void leads() {
    for (const LeadWait& one : all_.leads) {
      const people::Scope scope = people::scope_of(login_.roles, one.permission);
      const bool may_do =
          one.maker != login_.login &&
          (scope == people::Scope::bank ||
           (scope == people::Scope::branch && directory_.branch_of(one.org) == directory_.branch_of(org_)));
      if (one.who.empty() ? may_do : one.who == login_.staff_id)
        add(one.source, one.object, one.title, one.due, one.link);
    }
  }

  // INT-007, INT-004
  void signals() {
    const people::Scope scope = people::scope_of(login_.roles, Permission::finding_decide);
    for (const SignalWait& one : all_.signals) {
      const bool near =
          scope == people::Scope::bank ||
          (scope != people::Scope::none && directory_.branch_of(one.org) == directory_.branch_of(org_));
      if (one.who.empty() ? !near : one.who != login_.staff_id) continue;
      Todo& made = add("signal", one.object, one.title, one.due, one.link);
      made.customer = one.customer, made.priority = one.first;
    }
  }

  void minutes() {
    for (const Meeting& one : all_.minutes) {
      const auto waits = one.waits_for();
      if (std::find(waits.begin(), waits.end(), login_.staff_id) != waits.end())
        add("meeting", std::to_string(one.record.id) + "-minutes", "会议纪要待确认：" + one.record.title,
            std::nullopt, "/meetings/" + std::to_string(one.record.id));
    }
  }

  // MSG-601: what must be known until it is; another's notice for whoever the pack asks to agree.
  void notices() {
    AddressBook book(directory_, {login_}, today_);
    for (const auto& [id, team] : all_.teams) book.add_team(id, team);
    for (const Notice& one : all_.notices) {
      const std::string id = std::to_string(one.record.id), link = "/notices/" + id;
      if (one.record.state == "published") {
        if (!one.valid(today_) || !book.meant(one.audience, person_)) continue;
        if (reading_of(session_, one.record.id, person_).edition >= one.edition) continue;
        add("notice", id + "-" + std::to_string(one.edition), "请阅知：" + one.title, one.know_by, link).priority =
            one.importance == "urgent";
      } else if (one.maker != login_.login && may(Permission::notice_check) &&
                 std::any_of(login_.roles.begin(), login_.roles.end(), [&](people::Role role) {
                   return one.check_roles.find(people::role_title(role)) != one.check_roles.npos;
                 })) {
        add("notice", id + "-check", "通知待复核：" + one.title, one.record.day, link);
      }
    }
  }

  // ORG-304: a sheet that is new or says something else is read and confirmed by whoever holds the post.
  void sheets() {
    for (const PostSheet& one : all_.sheets) {
      const bool held = std::any_of(login_.roles.begin(), login_.roles.end(),
                                    [&](people::Role role) { return people::role_title(role) == one.post; });
      if (!held) continue;
      auto read = all_.sheets_read.find({person_, one.post});
      if (read == all_.sheets_read.end() || read->second != one.digest)
        add("post_duties", one.post + "-" + one.digest.substr(0, 12), "阅读并确认岗位职责：" + one.post,
            std::nullopt, "/duties");
    }
  }

  void versions() {
    for (const auto& version : all_.versions)
      if (version.drafted_by != login_.login)
        add("draft", "version-" + std::to_string(version.id),
            "制度待批准：" + version.title + " " + version.version, std::nullopt, "/drafts");
  }

  store::Session& session_;
  const people::Directory& directory_;
  const Waiting& all_;
  const people::Login& login_;
  Date today_;
  std::string person_, org_;
  std::vector<Todo> out_;
};

}  // namespace

std::vector<Todo> waiting_for(store::Session& session, const people::Directory& directory,
                              const people::Login& login, Date today) {
  const Waiting all(session, directory, today);
  return Collector(session, directory, all, login, today).collect();
}

std::vector<Todo> waiting_for_all(store::Session& session, const people::Directory& directory, Date today) {
  const Waiting all(session, directory, today);
  std::vector<Todo> out;
  for (auto& login : people::list_logins(session)) {
    if (login.disabled) continue;
    people::complete(session, directory, today, login);  // roles given for some days, delegations
    for (auto& one : Collector(session, directory, all, login, today).collect()) out.push_back(std::move(one));
  }
  return out;
}

std::vector<Todo> merged(std::vector<Todo> kept, std::vector<Todo> waiting) {
  std::unordered_map<std::string, Todo*> wanted;
  for (Todo& one : waiting) wanted[one.key] = &one;
  std::vector<Todo> out;
  for (Todo& one : kept) {
    const bool live = one.source != "duty" && one.source != "assigned";
    if (live && one.open()) {
      auto found = wanted.find(one.key);
      if (found == wanted.end()) continue;  // done meanwhile; the next run says so in its trace
      one.title = found->second->title, one.due = found->second->due, one.link = found->second->link;
    }
    if (live) wanted.erase(one.key);
    out.push_back(std::move(one));
  }
  for (Todo& one : waiting)
    if (wanted.contains(one.key)) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::workbench
