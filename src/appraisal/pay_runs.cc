#include "appraisal/pay_runs.h"

#include <algorithm>
#include <map>

#include "appraisal/deposit_ledger.h"
#include "appraisal/detail/grade_rows.h"
#include "appraisal/life.h"
#include "appraisal/pay_seal.h"
#include "appraisal/pay_touched.h"
#include "appraisal/people_of_run.h"
#include "base/digest.h"

namespace guanhu::appraisal {

namespace {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

Error unknown() { return Error{"pay.unknown", "没有这一次发放", "id", "guanhu pay list 列出各次"}; }

// Whether people may be paid by this appraisal now.
base::Result<RunLife> payable(store::Session& session, int64_t run) {
  auto life = life_of(session, run);
  if (!life.ok()) return Error{"pay.run.unknown", "没有第 " + std::to_string(run) + " 次考核", "run", ""};
  if (life->state != "published" && life->state != "sealed")
    return Error{
        "pay.run.state",
        "第 " + std::to_string(run) + " 次考核" + (life->state == "draft" ? "还没有公布" : "还有申诉没有决定"),
        "run", "公布以后、申诉都有结论了再发"};
  if (life->superseded_by)
    return Error{
        "pay.run.superseded",
        "第 " + std::to_string(run) + " 次考核已经由第 " + std::to_string(life->superseded_by) + " 次代替", "run",
        "按新的一次算"};
  return *life;
}

int months_of(const base::Period& period) {
  switch (period.kind()) {
    case base::PeriodKind::year: return 12;
    case base::PeriodKind::half_year: return 6;
    case base::PeriodKind::quarter: return 3;
    case base::PeriodKind::month: return 1;
  }
  return 1;
}

constexpr const char* kSelect =
    "SELECT pay_id, run_id, pack, pack_hash, title, scheme, period, run_hash, hash, pay_on, state, people, open,"
    " earnings, deductions, deposit, net, summary, made_at, made_by, approved_at, approved_by, approved_why, "
    "paid_at,"
    " paid_by, paid_document, void_at, void_by, void_why, grades FROM pay_runs";

PayRun read(const store::Row& row) {
  PayRun out;
  out.id = row.integer(0), out.run = row.integer(1);
  out.pack = row.text(2), out.pack_hash = row.text(3), out.title = row.text(4), out.scheme = row.text(5);
  out.period = row.text(6), out.run_hash = row.text(7), out.hash = row.text(8);
  out.pay_on = base::Date::parse(row.text(9)).value();
  out.state = row.text(10), out.people = row.integer(11), out.open = row.integer(12);
  out.totals = {row.integer(13), row.integer(14), row.integer(15), row.integer(16)};
  out.summary = Json::parse(row.text(17)).value();
  out.made_at = row.text(18), out.made_by = row.text(19);
  size_t column = 20;
  for (std::string* to : {&out.approved_at, &out.approved_by, &out.approved_why, &out.paid_at, &out.paid_by,
                          &out.paid_document, &out.void_at, &out.void_by, &out.void_why, &out.grades})
    *to = row.maybe_text(column++).value_or("");
  return out;
}

base::Result<PayRun> one(store::Session& session, int64_t id) {
  auto rows = session.query(std::string(kSelect) + " WHERE pay_id = ?", {id});
  if (rows.empty()) return unknown();
  return read(rows[0]);
}

bool taken(store::Session& session, const std::string& pack, const std::string& scheme,
           const std::string& period) {
  return !session
              .query(
                  "SELECT 1 FROM pay_runs WHERE pack = ? AND scheme = ? AND period = ? AND state IN ('approved',"
                  " 'paid')",
                  {pack, scheme, period})
              .empty();
}

Error taken_error() {
  return Error{"pay.taken", "这个方案这个期间已经批准或者发放过一次", "run", "批准了还没有发的先作废"};
}

std::string hash_of(const std::vector<std::string>& slips) {
  std::string all;
  for (const std::string& slip : slips) all += std::to_string(slip.size()) + ":" + slip;
  return base::sha256_hex(all);
}

JsonArray errors_json(const std::vector<Error>& errors) {
  JsonArray out;
  for (const Error& error : errors)
    out.push_back(JsonObject{{"code", error.code}, {"message", error.message}, {"where", error.where}});
  return out;
}

Json summary_of(const PayLoad& load, const PayResult& result, const PayCorrections& corrections) {
  JsonArray lines, pools;
  std::vector<const PayLine*> all;
  for (const PayLine& line : load.work.plan.lines) all.push_back(&line);
  for (const Slip& slip : result.slips)
    for (const SlipLine& one : slip.lines)
      if (one.line->way == PayWay::correction && !std::count(all.begin(), all.end(), one.line))
        all.push_back(one.line);
  for (const PayLine* line : all)
    lines.push_back(JsonObject{{"line", line->name},
                               {"kind", pay_kind_word(line->kind)},
                               {"amount", base::format_fen(result.total(line->name))}});
  for (const PoolTotal& pool : result.pools)
    pools.push_back(JsonObject{{"line", pool.line},
                               {"branch", pool.branch},
                               {"amount", base::format_fen(pool.amount)},
                               {"paid", base::format_fen(pool.paid)},
                               {"people", pool.people},
                               {"answer", pool.answer}});
  return JsonObject{{"lines", std::move(lines)},
                    {"pools", std::move(pools)},
                    {"problems", errors_json(result.problems)},
                    {"notes", errors_json(corrections.notes)},
                    {"untouched", corrections.untouched}};
}

PayTotals totals_of(const PayResult& result) {
  PayTotals out;
  for (const Slip& slip : result.slips) {
    out.earnings += slip.earnings, out.deductions += slip.deductions, out.deposit += slip.deposit;
    out.net += slip.net();
  }
  return out;
}

Json audit_of(const PayRun& run) {
  return JsonObject{{"pack", run.pack},
                    {"pack_hash", run.pack_hash},
                    {"scheme", run.scheme},
                    {"period", run.period},
                    {"run", run.run},
                    {"hash", run.hash},
                    {"people", run.people},
                    {"net", base::format_fen(run.totals.net)},
                    {"deposit", base::format_fen(run.totals.deposit)}};
}

// A change of state within one transaction: `change` refuses or writes.
base::Result<PayRun> step(store::Session& session, int64_t id, const char* action, const PeopleDoing& doing,
                          const std::function<base::Status(const PayRun&)>& change) {
  std::optional<Error> refused;
  struct Refused {};
  try {
    session.transaction([&] {
      auto run = one(session, id);
      base::Status status = run.ok() ? change(*run) : base::Status(run.error());
      if (!status.ok()) {
        refused = status.error();
        throw Refused();  // nothing of what was begun stays
      }
      Json detail = audit_of(*run);
      if (std::string root = pay_root(session, id); !root.empty())
        detail.as_object()->emplace_back("root", std::move(root));
      doing.tell(action, "pay_run " + std::to_string(id), std::move(detail));
    });
  } catch (const Refused&) {
    return *refused;
  }
  return one(session, id);
}

}  // namespace

base::Result<std::unique_ptr<PayLoad>> load_pay(store::Session& session, const policy::Pack& pack,
                                                const std::string& no_grade, const people::Directory& directory,
                                                const PayAsk& ask) {
  auto life = payable(session, ask.run);
  if (!life.ok()) return life.error();
  auto period = base::Period::parse(life->period);
  if (!period) throw base::Broken("run " + std::to_string(ask.run) + " has no period: " + life->period);
  std::string inputs = PayInputs(session, directory, pack.id).digest(ask.run, *period, ask.pay_on, ask.grades);
  auto out = load_pay_of(session, pack, no_grade, directory, ask, *period,
                         people_of_run(session, ask.run, life->scheme, life->period, false));
  if (!out.ok()) return out;
  (*out)->inputs = std::move(inputs);
  (*out)->run = ask.run, (*out)->scheme = life->scheme, (*out)->run_hash = life->run_hash;
  return out;
}

base::Result<std::unique_ptr<PayLoad>> load_pay_of(store::Session& session, const policy::Pack& pack,
                                                   const std::string& no_grade, const people::Directory& directory,
                                                   const PayAsk& ask, const base::Period& period,
                                                   std::vector<RunPerson> people) {
  if (ask.pay_on < period.last())
    return Error{"pay.date", "发放日期 " + ask.pay_on.str() + " 早于期间的最后一天 " + period.last().str(),
                 "pay_on", ""};
  auto out = std::make_unique<PayLoad>();
  out->period = period;
  PayWork& work = out->work;
  auto plan = read_pay_plan(pack, period.last());
  if (!plan.ok()) return plan.error();
  work.pack = &pack, work.plan = std::move(*plan);
  work.first = period.first(), work.last = period.last(), work.pay_on = ask.pay_on;
  work.months = months_of(period), work.no_grade = no_grade;
  work.grades_pack = ask.grades.empty() ? pack.id : ask.grades;
  out->facts = facts_in_force(session, work.first, work.last, period.str(), ask.known_at);
  work.facts = &out->facts;
  std::map<std::string, std::vector<GradeStep>> grades;
  for (auto& step : as_known(grade_history(session, work.grades_pack), ask.known_at))
    grades[step.staff].push_back(std::move(step));
  for (RunPerson& person : people) {
    PayPerson one{person.id,        person.name, person.org, person.branch, {}, {}, std::move(person.told),
                  grades[person.id]};
    if (const people::Staff* staff = directory.person(person.id)) one.hired = staff->hired, one.left = staff->left;
    work.people.push_back(std::move(one));
  }
  if (work.people.empty()) return Error{"pay.nobody", "这次考核里没有人", "run", ""};
  for (JointRecord& record : joint_work(session, pack.id, work.first, work.last, false, ask.known_at))
    work.joint.push_back(std::move(record.work));
  return out;
}

base::Result<int64_t> keep_pay(store::Session& session, const PayLoad& load, const PayResult& result,
                               const PeopleDoing& doing, const PayCorrections& corrections) {
  const PayWork& work = load.work;
  const PayTotals totals = totals_of(result);
  std::vector<std::string> slips;
  for (const Slip& slip : result.slips) slips.push_back(to_json(slip).dump());
  std::optional<Error> refused;
  int64_t id = 0;
  session.transaction([&] {
    if (taken(session, work.plan.pack, load.scheme, load.period.str())) return void(refused = taken_error());
    session.exec(
        "UPDATE pay_runs SET state = 'void', void_at = ?, void_by = ?, void_why = ? WHERE pack = ? AND scheme = ? "
        "AND"
        " period = ? AND state = 'draft'",
        {doing.at.str(), doing.actor, "重新计算", work.plan.pack, load.scheme, load.period.str()});
    session.exec(
        "INSERT INTO pay_runs (run_id, pack, pack_hash, title, scheme, period, run_hash, pay_on, hash, state, "
        "people,"
        " open, earnings, deductions, deposit, net, summary, made_at, made_by, made_staff, grades) VALUES (?, ?, "
        "?,"
        " ?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {load.run,
         work.plan.pack,
         work.plan.pack_hash,
         work.plan.title,
         load.scheme,
         load.period.str(),
         load.run_hash,
         work.pay_on.str(),
         hash_of(slips),
         static_cast<int64_t>(slips.size()),
         static_cast<int64_t>(result.open()),
         totals.earnings,
         totals.deductions,
         totals.deposit,
         totals.net,
         summary_of(load, result, corrections).dump(),
         doing.at.str(),
         doing.actor,
         doing.staff,
         work.grades_pack == work.plan.pack ? "" : work.grades_pack});
    id = session.query("SELECT max(pay_id) FROM pay_runs").at(0).integer(0);
    for (size_t i = 0; i < slips.size(); ++i) {
      const Slip& s = result.slips[i];
      session.exec(
          "INSERT INTO pay_slips (pay_id, staff_id, name, org, branch, slip, earnings, deductions, deposit, net, "
          "open)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          {id, s.staff, s.name, s.org, s.branch, slips[i], s.earnings, s.deductions, s.deposit, s.net(),
           static_cast<int64_t>(s.open())});
    }
    keep_inputs(session, id, load.inputs);
    keep_corrections(session, id, corrections);
    doing.tell("pay.make", "pay_run " + std::to_string(id), audit_of(one(session, id).value()));
  });
  if (refused) return *refused;
  return id;
}

std::vector<PayRun> pay_runs(store::Session& session, int64_t id) {
  std::vector<store::Value> values;
  if (id) values.emplace_back(id);
  std::vector<PayRun> out;
  for (const auto& row :
       session.query(kSelect + std::string(id ? " WHERE pay_id = ?" : "") + " ORDER BY pay_id DESC", values))
    out.push_back(read(row));
  return out;
}

std::vector<KeptSlip> pay_slips(store::Session& session, int64_t id, const std::string& staff) {
  std::vector<store::Value> values = {id};
  if (!staff.empty()) values.emplace_back(staff);
  std::vector<KeptSlip> out;
  for (const auto& row : session.query(
           "SELECT staff_id, name, org, branch, slip, earnings, deductions, deposit, net, open FROM pay_slips"
           " WHERE pay_id = ?" +
               std::string(staff.empty() ? "" : " AND staff_id = ?") + " ORDER BY staff_id",
           values))
    out.push_back({row.text(0),
                   row.text(1),
                   row.text(2),
                   row.text(3),
                   Json::parse(row.text(4)).value(),
                   {row.integer(5), row.integer(6), row.integer(7), row.integer(8)},
                   row.integer(9)});
  return out;
}

std::vector<SlipOf> slips_of(store::Session& session, const std::string& staff) {
  std::vector<SlipOf> out;
  for (const auto& row : session.query(
           "SELECT r.pay_id FROM pay_runs r JOIN pay_slips s ON s.pay_id = r.pay_id WHERE s.staff_id = ? AND"
           " r.state IN ('approved', 'paid') ORDER BY r.pay_id DESC",
           {staff})) {
    const int64_t id = row.integer(0);
    out.push_back({one(session, id).value(), pay_slips(session, id, staff).at(0)});
  }
  return out;
}

bool pay_is_whole(store::Session& session, const PayRun& run) {
  std::vector<std::string> slips;
  PayTotals sums;
  for (const auto& row : session.query(
           "SELECT slip, earnings, deductions, deposit, net FROM pay_slips WHERE pay_id = ? ORDER BY staff_id",
           {run.id})) {
    slips.push_back(row.text(0));
    sums.earnings += row.integer(1), sums.deductions += row.integer(2), sums.deposit += row.integer(3);
    sums.net += row.integer(4);
  }
  return hash_of(slips) == run.hash && sums.earnings == run.totals.earnings &&
         sums.deductions == run.totals.deductions && sums.deposit == run.totals.deposit &&
         sums.net == run.totals.net;
}

base::Result<PayRun> approve_pay(store::Session& session, int64_t id, const std::string& reason,
                                 const PeopleDoing& doing) {
  if (detail::blank(reason)) return Error{"pay.reason", "没有写批准的理由", "reason", ""};
  return step(session, id, "pay.approve", doing, [&](const PayRun& run) -> base::Status {
    if (run.state != "draft") return Error{"pay.state", "这一次发放不是待批准的", "id", ""};
    if (run.open)
      return Error{"pay.open", "还有 " + std::to_string(run.open) + " 处没有算出来", "id", "补齐登记以后重新计算"};
    if (doing.actor == run.made_by ||
        (!doing.staff.empty() &&
         session.query("SELECT made_staff FROM pay_runs WHERE pay_id = ?", {id}).at(0).text(0) == doing.staff))
      return Error{"pay.self", "不能批准自己算的工资", "id", "由另一位有权的人批准"};
    if (auto life = payable(session, run.run); !life.ok()) return life.error();
    if (taken(session, run.pack, run.scheme, run.period)) return taken_error();
    if (auto status = check_corrections(session, id); !status.ok()) return status;
    if (!pay_is_whole(session, run))
      throw base::Broken("pay run " + std::to_string(id) + ": slips and sums differ");
    session.exec(
        "UPDATE pay_runs SET state = 'approved', approved_at = ?, approved_by = ?, approved_why = ? WHERE pay_id "
        "= ?",
        {doing.at.str(), doing.actor, reason, id});
    seal_pay(session, run);
    return {};
  });
}

base::Result<PayRun> mark_paid(store::Session& session, int64_t id, const std::string& document,
                               const PeopleDoing& doing) {
  if (detail::blank(document)) return Error{"pay.document", "没有写付款的凭据", "document", "写付款单号"};
  return step(session, id, "pay.paid", doing, [&](const PayRun& run) -> base::Status {
    if (run.state != "approved") return Error{"pay.state", "先批准，再发放", "id", ""};
    if (!pay_is_whole(session, run))
      throw base::Broken("pay run " + std::to_string(id) + ": slips and sums differ");
    for (const KeptSlip& slip : pay_slips(session, id)) {
      if (!slip.totals.deposit) continue;
      BookingAsk ask;
      ask.staff = slip.staff, ask.kind = "withheld", ask.on = run.pay_on, ask.amount = slip.totals.deposit;
      ask.reason = run.title + " " + run.period, ask.document = document, ask.pay_run = id;
      if (ask.amount < 0)  // more was withheld before than ought to have been
        ask.kind = "released", ask.amount = -ask.amount, ask.reason += " 以前期间多扣的保证金退还";
      if (auto booked = book(session, ask, doing); !booked.ok()) return booked.error();
    }
    session.exec(
        "UPDATE pay_runs SET state = 'paid', paid_at = ?, paid_by = ?, paid_document = ? WHERE pay_id = ?",
        {doing.at.str(), doing.actor, document, id});
    return {};
  });
}

base::Result<PayRun> void_pay(store::Session& session, int64_t id, const std::string& reason,
                              const PeopleDoing& doing) {
  if (detail::blank(reason)) return Error{"pay.reason", "没有写作废的理由", "reason", ""};
  return step(session, id, "pay.void", doing, [&](const PayRun& run) -> base::Status {
    if (run.state != "draft" && run.state != "approved")
      return Error{"pay.state", "发放了的不能作废", "id", "差额在下一次发放里补或者扣"};
    if (int64_t by = corrected_by(session, id))
      return Error{"pay.corrected", "第 " + std::to_string(by) + " 次发放已经更正了这一次的差额", "id",
                   "先作废那一次"};
    session.exec("UPDATE pay_runs SET state = 'void', void_at = ?, void_by = ?, void_why = ? WHERE pay_id = ?",
                 {doing.at.str(), doing.actor, reason, id});
    return {};
  });
}

}  // namespace guanhu::appraisal
