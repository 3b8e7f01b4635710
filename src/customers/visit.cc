#include "customers/visit.h"

#include <algorithm>
#include <functional>
#include <set>

#include "customers/visit_check.h"

namespace guanhu::customers {

using base::Error;
using base::Result;
using base::Status;
using records::Change;
using records::Doing;
using records::Record;

namespace {

// What can be found again beside the title.
std::string words_of(const Visit& of) {
  std::string out =
      of.place + "\n" + of.purpose + "\n" + of.ask + "\n" + of.with + "\n" + of.findings + "\n" + of.reason;
  if (const auto* answers = of.answers.as_object())
    for (const auto& [name, value] : *answers)
      if (value.as_string()) out += "\n" + *value.as_string();
  for (const auto& one : of.follow_ups) out += "\n" + one.text;
  for (const auto& one : of.photos) out += "\n" + one.note;
  return out;
}

void fill(Change& change, const Visit& of) {
  change.record.title = of.title;
  change.record.customer = of.customers.empty() ? "" : of.customers.front();
  change.record.day = of.day;
  change.record.body = to_json(of);
  change.words = words_of(of);
  change.files.clear();
  std::set<std::string> once;
  for (const auto& photo : of.photos)
    if (once.insert(photo.digest).second) change.files.push_back(photo.digest);
}

Change fresh(const Visit& of, const VisitOwner& owner, const char* state) {
  Change out;
  out.record.kind = kVisitKind, out.record.state = state;
  out.record.owner = owner.owner, out.record.org = owner.org, out.record.key = owner.key;
  fill(out, of);
  return out;
}

const char* state_word(const std::string& state) {
  if (state == "planned") return "计划中";
  if (state == "done") return "已经走访";
  return state == "missed" ? "没有去成" : "改期了";
}

// As it stands, with the version the writer saw; refused when it is in none of the states.
Result<Record> held(store::Session& session, int64_t id, int64_t version, std::initializer_list<const char*> in) {
  auto found = records::record(session, kVisitKind, id);
  if (!found.ok()) return found;
  if (found->removed) return Error{"record.removed", "这次走访已经撤掉", "", "看它的历次修改"};
  // Who saw an older version is told so first: what he wants may be done already.
  bool fits = false;
  for (const char* state : in) fits = fits || found->state == state;
  if (!fits && found->version == version)
    return Error{"visit.state", std::string("这次走访") + state_word(found->state) + "，不能这样做", "state",
                 "刷新以后看现在能做什么"};
  found->version = version;
  return found;
}

// Whom it was to, where and when, in rows that can be asked by customer. docs/decisions/0006: what is joined has a
// table of its own, written in the same transaction.
void keep_customers(store::Session& session, const Record& of) {
  session.exec("DELETE FROM visit_customers WHERE record_id = ?", {of.id});
  if (of.removed) return;
  const Visit visit = visit_of(of);
  const bool taken = of.state == "done" && visit.position.state == "taken";
  for (const auto& customer : visit.customers)
    session.exec(
        "INSERT INTO visit_customers (record_id, customer, day, state, lat, lon, accuracy)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        {of.id, customer, visit.day.str(), of.state, taken ? visit.position.lat.str() : "",
         taken ? visit.position.lon.str() : "", visit.position.accuracy});
}

Doing joined(store::Session& session, const Doing& doing) {
  Doing out = doing;
  out.also = [&session, before = doing.also](const Record& of, const std::string& action) {
    keep_customers(session, of);
    if (before) before(of, action);
  };
  return out;
}

Result<Record> write(store::Session& session, Record record, const Visit& of, const std::string& action,
                     const std::string& why, const Doing& doing) {
  Change change;
  change.record = std::move(record), change.action = action, change.why = why;
  fill(change, of);
  return records::write(session, change, joined(session, doing));
}

// What was made when it was planned stays, whatever the writer sends.
Visit kept_parts(Visit visit, const Visit& before) {
  visit.moved_from = before.moved_from, visit.moved_to = before.moved_to;
  if (visit.device.is_null()) visit.device = before.device;
  return visit;
}

}  // namespace

Result<Record> plan_visit(store::Session& session, const Visit& visit, const VisitOwner& owner,
                          const Doing& doing) {
  if (auto said = check_plan(visit); !said.ok()) return said.error();
  Change change = fresh(visit, owner, "planned");
  change.action = "visit.plan";
  return records::write(session, change, joined(session, doing));
}

Result<Record> record_visit(store::Session& session, const Visit& visit, const VisitOwner& owner,
                            base::Instant latest, const Doing& doing) {
  if (auto said = check_plan(visit); !said.ok()) return said.error();
  if (auto said = check_done(visit, latest); !said.ok()) return said.error();
  Change change = fresh(visit, owner, "done");
  change.action = "visit.done";
  return records::write(session, change, joined(session, doing));
}

Result<Record> change_visit(store::Session& session, const VisitChange& change, const Doing& doing) {
  auto found = held(session, change.id, change.version, {"planned", "done"});
  if (!found.ok()) return found;
  if (auto said = check_plan(change.visit); !said.ok()) return said.error();
  const bool done = found->state == "done";
  if (done) {
    if (auto said = check_done(change.visit, change.latest); !said.ok()) return said.error();
    if (auto said = check_reason(change.why, "why", "为什么更正"); !said.ok()) return said.error();
  }
  return write(session, *found, kept_parts(change.visit, visit_of(*found)),
               done ? "visit.correct" : "visit.replan", change.why, doing);
}

Result<Record> finish_visit(store::Session& session, const VisitChange& change, const Doing& doing) {
  auto found = held(session, change.id, change.version, {"planned", "missed"});
  if (!found.ok()) return found;
  if (auto said = check_plan(change.visit); !said.ok()) return said.error();
  if (auto said = check_done(change.visit, change.latest); !said.ok()) return said.error();
  Visit visit = kept_parts(change.visit, visit_of(*found));
  visit.reason.clear();
  found->state = "done";
  return write(session, *found, visit, "visit.done", change.why, doing);
}

Result<Record> miss_visit(store::Session& session, const VisitStep& step, const Doing& doing) {
  auto found = held(session, step.id, step.version, {"planned"});
  if (!found.ok()) return found;
  if (auto said = check_reason(step.reason, "reason", "为什么没有去成"); !said.ok()) return said.error();
  Visit visit = visit_of(*found);
  visit.reason = step.reason;
  found->state = "missed";
  return write(session, *found, visit, "visit.miss", step.reason, doing);
}

Result<Record> move_visit(store::Session& session, const VisitStep& step, base::Date day, const std::string& time,
                          const Doing& doing) {
  auto found = held(session, step.id, step.version, {"planned"});
  if (!found.ok()) return found;
  if (auto said = check_reason(step.reason, "reason", "为什么改期"); !said.ok()) return said.error();
  Visit visit = visit_of(*found);
  if (visit.day == day && visit.time == time) return Error{"visit.day", "还是同一天同一个时间", "day", "另选一天"};
  std::optional<Result<Record>> out;
  session.transaction([&] {
    Visit next = visit;
    next.day = day, next.time = time, next.moved_from = step.id, next.moved_to = 0;
    if (auto said = check_plan(next); !said.ok()) return void(out = said.error());
    Change made = fresh(next, {found->owner, found->org, ""}, "planned");
    made.action = "visit.plan", made.why = step.reason;
    // The old one first: when somebody wrote it meanwhile there is no new one.
    visit.reason = step.reason;
    Change old;
    old.record = *found, old.action = "visit.move", old.why = step.reason;
    old.record.state = "moved";
    fill(old, visit);
    auto left = records::write_in(session, old, joined(session, doing));
    if (!left.ok()) return void(out = left.error());
    auto came = records::write_in(session, made, joined(session, doing));
    if (!came.ok()) throw base::Broken("a moved visit is refused: " + came.error().message);
    visit.moved_to = came->id;
    old.record.version = left->version;
    fill(old, visit);
    if (auto linked = records::write_in(session, old, joined(session, doing)); !linked.ok())
      throw base::Broken("a moved visit is refused: " + linked.error().message);
    out = came;
  });
  return std::move(*out);
}

Result<Record> reopen_visit(store::Session& session, const VisitStep& step, const Doing& doing) {
  auto found = held(session, step.id, step.version, {"missed"});
  if (!found.ok()) return found;
  if (auto said = check_reason(step.reason, "reason", "为什么重新计划"); !said.ok()) return said.error();
  Visit visit = visit_of(*found);
  visit.reason.clear();
  found->state = "planned";
  return write(session, *found, visit, "visit.reopen", step.reason, doing);
}

Result<Record> withdraw_visit(store::Session& session, const VisitStep& step, const Doing& doing) {
  auto found = held(session, step.id, step.version, {"planned"});
  if (!found.ok()) return found;
  if (auto said = check_reason(step.reason, "reason", "为什么撤掉"); !said.ok()) return said.error();
  return records::remove(session, step.id, step.version, "visit.withdraw", step.reason, joined(session, doing));
}

Result<Record> comment_on_visit(store::Session& session, int64_t visit, const std::string& text,
                                const VisitOwner& owner, base::Date day, const Doing& doing) {
  auto found = records::record(session, kVisitKind, visit);
  if (!found.ok()) return found;
  if (auto said = check_reason(text, "text", "批示"); !said.ok())
    return Error{"visit.comment", said.error().message, "text", said.error().hint};
  Change change;
  change.record.kind = kVisitCommentKind, change.record.state = "said", change.record.parent = visit;
  change.record.owner = owner.owner, change.record.org = owner.org, change.record.key = owner.key;
  change.record.customer = found->customer, change.record.day = day;
  change.record.title = line_of(text);
  change.record.body = base::JsonObject{{"text", text}};
  change.action = "visit.comment";
  return records::write(session, change, doing);
}

namespace {
// "(?, ?, ?)" and its values, a few hundred at a time.
constexpr size_t kAtOnce = 400;
void for_some(const std::vector<std::string>& all,
              const std::function<void(const std::string& marks, const std::vector<store::Value>&)>& work) {
  for (size_t first = 0; first < all.size(); first += kAtOnce) {
    std::string marks;
    std::vector<store::Value> values;
    for (size_t n = first; n < std::min(all.size(), first + kAtOnce); ++n) {
      marks += marks.empty() ? "?" : ", ?";
      values.emplace_back(all[n]);
    }
    work("(" + marks + ")", values);
  }
}
}  // namespace

std::vector<int64_t> visits_to(store::Session& session, const std::string& customer, size_t limit) {
  std::vector<int64_t> out;
  for (const auto& row : session.query("SELECT record_id FROM visit_customers WHERE customer = ?"
                                       " ORDER BY day DESC, record_id DESC LIMIT " +
                                           std::to_string(limit),
                                       {customer}))
    out.push_back(row.integer(0));
  return out;
}

std::vector<SeenAt> places_seen(store::Session& session, const std::vector<std::string>& customers) {
  std::vector<SeenAt> out;
  for_some(customers, [&](const std::string& marks, const std::vector<store::Value>& values) {
    for (const auto& row :
         session.query("SELECT customer, lat, lon, accuracy, record_id, day FROM visit_customers WHERE lat <> ''"
                       " AND customer IN " +
                           marks + " ORDER BY customer, day DESC, record_id DESC",
                       values))
      if (out.empty() || out.back().customer != row.text(0))
        out.push_back({row.text(0), row.text(1), row.text(2), row.integer(3), row.integer(4),
                       base::Date::parse(row.text(5)).value()});
  });
  return out;
}

std::vector<LastVisit> last_visits(store::Session& session, const std::vector<std::string>& customers) {
  std::vector<LastVisit> out;
  for_some(customers, [&](const std::string& marks, const std::vector<store::Value>& values) {
    for (const auto& row : session.query("SELECT customer, max(day) FROM visit_customers WHERE state = 'done'"
                                         " AND customer IN " +
                                             marks + " GROUP BY customer ORDER BY customer",
                                         values))
      out.push_back({row.text(0), base::Date::parse(row.text(1)).value()});
  });
  return out;
}

}  // namespace guanhu::customers
