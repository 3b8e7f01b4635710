// What is written of visits: planned, done, corrected, missed, moved. Each takes `entry` where it was written on a
// device without network: sent twice it counts once.
#include <set>

#include "api/visit_desk.h"

namespace guanhu::api {

using base::Instant;
using base::Json;
using customers::Visit;
using people::Permission;
using records::Record;

namespace {

// Everything a step needs, or why it cannot be made.
struct Written {
  Visit visit;
  VisitKind kind;
  Instant latest;
};

Refusal at_field(const char* code, const std::string& message, const std::string& where, const std::string& hint) {
  return {422, {code, message, where, hint}, {{where, message}}};
}

// A device's clock that is wrong: what it said is counted from when it was received.
void mend_clock(Visit& visit, const SentEntry& sent, int64_t minutes) {
  visit.device = base::JsonObject{{"device", sent.entry.device},
                                  {"made_at", sent.entry.made_at},
                                  {"sent_at", sent.entry.sent_at},
                                  {"skew", sent.skew}};
  if (std::abs(sent.skew) <= minutes * 60) return;
  auto mend = [&](std::string& moment) {
    auto at = Instant::parse(moment);
    if (at) moment = Instant{at->micros + sent.skew * 1'000'000}.str();
  };
  mend(visit.started), mend(visit.ended), mend(visit.position.at);
  for (auto& photo : visit.photos) mend(photo.taken_at), mend(photo.position.at);
}

std::optional<Refusal> check_people(VisitDesk& desk, const Visit& visit) {
  for (const auto& one : visit.companions)
    if (!desk.directory().person(one))
      return at_field("visit.companions", "没有员工 " + one, "companions", "从名单里选同行的人");
  for (size_t n = 0; n < visit.follow_ups.size(); ++n) {
    const std::string& to = visit.follow_ups[n].assignee;
    if (to.empty() || to == desk.person()) continue;
    const people::Staff* person = desk.directory().person(to);
    auto reach = desk.facts().reach(desk.call().login(), desk.scope(Permission::todo_assign));
    if (!person || !reach->staff(to) || !people::Directory::in_post(*person, desk.today()))
      return at_field("visit.follow", "不能把事交给 " + to, "follow_ups/" + std::to_string(n) + "/assignee",
                      "留给自己，或请上级交办");
  }
  return std::nullopt;
}

// Customers in reach; those that stood in it before may stay.
std::optional<Refusal> check_customers(VisitDesk& desk, const Visit& visit, const Visit* before) {
  std::set<std::string> known;
  if (before) known.insert(before->customers.begin(), before->customers.end());
  for (const auto& one : visit.customers)
    if (!known.contains(one) && !desk.reaches_customer(one))
      return at_field("visit.customers", "没有客户 " + one, "customers", "从自己管的客户里选");
  return std::nullopt;
}

// `done`: the findings too are checked, by the pack's list.
std::variant<Written, Refusal> written(VisitDesk& desk, const std::optional<SentEntry>& entry, bool done,
                                       const Visit* before) {
  auto found = VisitRules::on(desk.services(), desk.today());
  if (auto* refused = std::get_if<Refusal>(&found)) return *refused;
  const VisitRules& rules = std::get<VisitRules>(found);
  Written out;
  out.visit = customers::visit_of(desk.call().body);
  auto kind = rules.kind(out.visit.purpose, out.visit.method);
  if (!kind.ok()) return at_field("visit.purpose", kind.error().message, kind.error().where, "从列出的里面选一个");
  out.kind = *kind;
  if (out.kind.customer && out.visit.customers.empty())
    return at_field("visit.who", "“" + out.visit.purpose + "”要写去见哪户客户", "customers",
                    "选客户，或换一个目的");
  if (auto refused = check_customers(desk, out.visit, before)) return *refused;
  if (auto refused = check_people(desk, out.visit)) return *refused;
  out.visit.title = desk.title_of(out.visit);
  out.visit.checklist = done ? out.kind.checklist : "";
  if (done) {
    if (auto wrong = rules.misfits_of(out.kind.checklist, out.visit.answers); !wrong.empty())
      return Refusal{422, {"visit.answers", wrong.front().message, wrong.front().where, "照清单答完"}, wrong};
    if (static_cast<int64_t>(out.visit.photos.size()) > rules.limits().photos)
      return at_field("visit.photo", "一次走访最多 " + std::to_string(rules.limits().photos) + " 张照片", "photos",
                      "去掉几张");
  }
  if (entry) mend_clock(out.visit, *entry, rules.limits().minutes);
  out.latest = {desk.now().micros + rules.limits().minutes * 60'000'000};
  return out;
}

Outcome shown(VisitDesk& desk, const Record& of) {
  auto rules = VisitRules::on(desk.services(), desk.today());
  if (auto* refused = std::get_if<Refusal>(&rules)) return *refused;
  return Answer{desk.whole(of, std::get<VisitRules>(rules))};
}
Outcome shown(VisitDesk& desk, const base::Result<Record>& of) {
  if (!of.ok()) return record_refusal(of.error());
  return shown(desk, *of);
}

// What an entry that was sent before became.
Outcome shown_again(VisitDesk& desk, const std::string& subject) {
  const std::string prefix = "visit ";
  auto found = subject.starts_with(prefix) ? desk.visit(subject.substr(prefix.size())) : std::nullopt;
  if (!found) return not_found();
  return shown(desk, *found);
}

int64_t version_in(const Call& call) {
  const Json* version = call.body.find("version");
  return version && version->as_number() ? version->as_number()->to_int64().value_or(0) : 0;
}

Outcome make(Services& s, const Call& call, bool done) {
  VisitDesk desk(s, call);
  auto entry = entry_of(desk, call, done ? "visit.record" : "visit.plan");
  return once(
      desk, entry,
      [&]() -> Outcome {
        auto ready = written(desk, entry, done, nullptr);
        if (auto* refused = std::get_if<Refusal>(&ready)) return *refused;
        auto& [visit, kind, latest] = std::get<Written>(ready);
        const customers::VisitOwner owner = {desk.person(), desk.org_of(desk.person()),
                                             entry ? desk.login() + "|" + entry->entry.key : ""};
        if (!done)
          return shown(desk, customers::plan_visit(desk.store(), visit, owner, writing_with(desk, entry)));
        auto settle = [&desk, &kind](const Record& of) { desk.settle(of, kind); };
        return shown(
            desk, customers::record_visit(desk.store(), visit, owner, latest, writing_with(desk, entry, settle)));
      },
      [&](const std::string& subject) { return shown_again(desk, subject); });
}
Outcome plan(Services& s, const Call& call) { return make(s, call, false); }
Outcome record_done(Services& s, const Call& call) { return make(s, call, true); }

// "12", or "entry-KEY": what an entry of this login became, for one that was planned and done before either was
// sent.
std::optional<Record> asked_visit(VisitDesk& desk, const std::string& id) {
  const std::string by_entry = "entry-", visit = "visit ";
  if (!id.starts_with(by_entry)) return desk.visit(id);
  auto sent = customers::sent_entry(desk.store(), desk.login(), id.substr(by_entry.size()));
  return sent && sent->subject.starts_with(visit) ? desk.visit(sent->subject.substr(visit.size())) : std::nullopt;
}

// A step of one that is there: its owner's alone.
Outcome step(Services& s, const Call& call, const char* name,
             const std::function<Outcome(VisitDesk&, const Record&, const std::optional<SentEntry>&)>& work) {
  VisitDesk desk(s, call);
  auto entry = entry_of(desk, call, name);
  return once(
      desk, entry,
      [&]() -> Outcome {
        auto found = asked_visit(desk, call.part("id"));
        if (!found) return not_found();
        if (!desk.own(found->owner)) return forbidden();
        return work(desk, *found, entry);
      },
      [&](const std::string& subject) { return shown_again(desk, subject); });
}

Outcome finish(Services& s, const Call& call) {
  return step(s, call, "visit.done", [&](VisitDesk& desk, const Record& of, const auto& entry) -> Outcome {
    const Visit before = customers::visit_of(of);
    auto ready = written(desk, entry, true, &before);
    if (auto* refused = std::get_if<Refusal>(&ready)) return *refused;
    auto& [visit, kind, latest] = std::get<Written>(ready);
    auto settle = [&desk, &kind](const Record& done) { desk.settle(done, kind); };
    return shown(desk, customers::finish_visit(desk.store(), {of.id, version_in(call), visit, "", latest},
                                               writing_with(desk, entry, settle)));
  });
}

Outcome change(Services& s, const Call& call) {
  return step(s, call, "visit.change", [&](VisitDesk& desk, const Record& of, const auto& entry) -> Outcome {
    const Visit before = customers::visit_of(of);
    const bool done = of.state == "done";
    auto ready = written(desk, entry, done, &before);
    if (auto* refused = std::get_if<Refusal>(&ready)) return *refused;
    auto& [visit, kind, latest] = std::get<Written>(ready);
    std::function<void(const Record&)> settle;
    if (done) settle = [&desk, &kind](const Record& now) { desk.settle(now, kind); };
    return shown(desk, customers::change_visit(desk.store(),
                                               {of.id, version_in(call), visit, text_member(call, "why"), latest},
                                               writing_with(desk, entry, settle)));
  });
}

Outcome miss(Services& s, const Call& call) {
  return step(s, call, "visit.miss", [&](VisitDesk& desk, const Record& of, const auto& entry) {
    return shown(desk, customers::miss_visit(desk.store(), {of.id, version_in(call), call.text("reason")},
                                             writing_with(desk, entry)));
  });
}

Outcome move(Services& s, const Call& call) {
  return step(s, call, "visit.move", [&](VisitDesk& desk, const Record& of, const auto& entry) {
    return shown(desk, customers::move_visit(desk.store(), {of.id, version_in(call), call.text("reason")},
                                             *day_member(call, "day"), text_member(call, "time"),
                                             writing_with(desk, entry)));
  });
}

Outcome reopen(Services& s, const Call& call) {
  return step(s, call, "visit.reopen", [&](VisitDesk& desk, const Record& of, const auto& entry) {
    return shown(desk, customers::reopen_visit(desk.store(), {of.id, version_in(call), call.text("reason")},
                                               writing_with(desk, entry)));
  });
}

Outcome withdraw(Services& s, const Call& call) {
  return step(s, call, "visit.withdraw", [&](VisitDesk& desk, const Record& of, const auto& entry) {
    return shown(desk, customers::withdraw_visit(desk.store(), {of.id, version_in(call), call.text("reason")},
                                                 writing_with(desk, entry)));
  });
}

SchemaRef position_shape() {
  return optional(object({{"state", choice({"none", "taken", "refused", "unavailable"})},
                          {"lat", text(20)},
                          {"lon", text(20)},
                          {"accuracy", integer()},
                          {"at", moment()}}),
                  {"lat", "lon", "accuracy", "at"});
}

using Members = std::vector<std::pair<std::string, SchemaRef>>;

Members plan_members() {
  return {{"customers", list(text(100))},
          {"place", text(800)},
          {"day", date()},
          {"time", described(text(5), "09:30; empty: any")},
          {"purpose", text(200)},
          {"method", text(200)},
          {"companions", list(text(100))},
          {"with", text(400)},
          {"ask", text(8000)},
          {"todos", list(integer())},
          {"entry", visit_entry_shape()}};
}

Members done_members() {
  Members out = plan_members();
  const Members more = {
      {"started", text(40)},
      {"ended", text(40)},
      {"position", position_shape()},
      {"findings", text(60'000)},
      {"answers", described(map(any()), "by the pack's list")},
      {"follow_ups",
       list(object({{"id", text(64)}, {"text", text(300)}, {"due", date()}, {"assignee", text(100)}}))},
      {"photos", list(object({{"digest", text(64)},
                              {"original", text(64)},
                              {"name", text(400)},
                              {"note", text(800)},
                              {"taken_at", moment()},
                              {"position", position_shape()}}))}};
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

const std::vector<std::string> kPlanMay = {"customers", "place", "time",  "companions",
                                           "with",      "ask",   "todos", "entry"};
std::vector<std::string> done_may() {
  auto out = kPlanMay;
  for (const char* one : {"started", "ended", "position", "answers", "follow_ups", "photos"})
    out.emplace_back(one);
  return out;
}

SchemaRef with(Members members, Members more, std::vector<std::string> may) {
  members.insert(members.begin(), more.begin(), more.end());
  return optional(object(std::move(members)), std::move(may));
}

Endpoint write(const char* method, const char* path, const char* summary, SchemaRef input,
               Outcome (*handler)(Services&, const Call&)) {
  return {.method = method,
          .path = path,
          .summary = summary,
          .permission = Permission::visit_write,
          .input = std::move(input),
          .output = ref("Visit"),
          .handler = handler,
          .body_limit = 256 * 1024};
}

}  // namespace

Table visit_step_endpoints() {
  const Members version = {{"version", integer()}};
  const Members reason = {{"version", integer()}, {"reason", text(8000)}, {"entry", visit_entry_shape()}};
  const auto why = optional(object(reason), {"entry"});
  auto change_may = done_may();
  for (const char* one : {"findings", "why"}) change_may.emplace_back(one);
  return {write("POST", "/visits", "plans a visit", with(plan_members(), {}, kPlanMay), plan),
          write("POST", "/visits/done", "records a visit that was not planned",
                with(done_members(), {}, done_may()), record_done),
          write("PUT", "/visits/{id}", "another plan, or a correction of what was done, with `why`",
                with(done_members(), {{"version", integer()}, {"why", text(8000)}}, change_may), change),
          write("POST", "/visits/{id}/done", "what came of it; to-dos that asked for it are done",
                with(done_members(), version, done_may()), finish),
          write("POST", "/visits/{id}/miss", "nothing came of it, and why", why, miss),
          write("POST", "/visits/{id}/move", "to another day; the answer is the new one",
                with(reason, {{"day", date()}, {"time", text(5)}}, {"time", "entry"}), move),
          write("POST", "/visits/{id}/reopen", "a missed one is planned again", why, reopen),
          write("POST", "/visits/{id}/withdraw", "a plan by mistake leaves the lists", why, withdraw)};
}

}  // namespace guanhu::api
