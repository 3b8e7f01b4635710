#include "customers/access_case.h"

#include <algorithm>

#include "base/json_member.h"

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

// Whether any of the answers says that the customer needs it; a plan whose decisions say nothing of it needs it.
bool needed(const std::vector<base::Result<Asked>>& asked) {
  bool said = false, yes = false;
  for (const auto& one : asked) {
    const Json part = one.ok() ? one->part("须准入") : Json();
    if (part.as_bool()) said = true, yes = yes || *part.as_bool();
  }
  return !said || yes;
}

base::Status answered(const std::vector<base::Result<Asked>>& asked) {
  for (const auto& one : asked) {
    if (!one.ok()) return one.error();
    if (!one->missing.empty())
      return Error{"access.missing", "还要填“" + one->missing[0] + "”", "given/" + one->missing[0], one->title};
    if (one->error) return Error{"access.answer", one->error->message, "given/" + one->error->where, one->title};
  }
  return {};
}

bool waits(store::Session& session, const std::string& customer) {
  return !records::list(session,
                        {.kinds = {kAccessKind}, .states = {"reviewing", "deciding"}, .customer = customer})
              .empty();
}

}  // namespace

std::vector<base::Result<Asked>> ask_access(const PackOf& packs, const RegisterPlan& plan,
                                            const std::vector<Known>& known, const Json& given, base::Date on) {
  std::vector<base::Result<Asked>> out;
  std::vector<Known> all = known;
  for (const auto& decision : plan.access) {
    out.push_back(ask(packs, {decision, on}, all, given));
    const auto& asked = out.back();
    if (!asked.ok() || !asked->answer) continue;
    if (!asked->result.as_object()) continue;
    for (const auto& [name, value] : *asked->result.as_object())
      all.insert(all.begin(), {name, value, "决策：" + asked->title});
  }
  return out;
}

base::Result<records::Record> file_access(store::Session& session, const PackOf& packs, const RegisterPlan& plan,
                                          const AccessAsked& asked, const std::vector<Known>& known,
                                          const records::Doing& doing) {
  if (!is_reason(asked.why)) return Error{"merge.reason", "没有写事由，或太长", "why", "写明客户要什么"};
  if (waits(session, asked.customer))
    return Error{"access.waits", "这个客户已经有一件在审查或审批", "", "等那一件办完"};
  const auto answers = ask_access(packs, plan, known, asked.given, asked.on);
  if (auto fits = answered(answers); !fits.ok()) return fits.error();
  JsonArray all;
  for (const auto& one : answers) all.push_back(to_json(*one));
  records::Change change;
  change.action = "first_access.file", change.why = asked.why;
  records::Record& r = change.record;
  r.kind = kAccessKind, r.state = needed(answers) ? "reviewing" : "not_needed";
  r.customer = asked.customer, r.owner = asked.owner, r.org = asked.org, r.day = asked.on;
  r.title = "首次准入：" + asked.customer_name;
  r.body =
      JsonObject{{"why", asked.why}, {"given", asked.given}, {"answers", std::move(all)}, {"steps", JsonArray{}}};
  change.words = r.title + " " + asked.why;
  return records::write(session, change, doing);
}

base::Result<records::Record> step_access(store::Session& session, const AccessStep& step,
                                          const records::Doing& doing) {
  auto was = records::record(session, kAccessKind, step.record);
  if (!was.ok()) return was.error();
  if (was->state != "reviewing" && was->state != "deciding")
    return Error{"access.state", "这一件已经办完了", "", "重新读一遍这一页"};
  if (!is_reason(step.why)) return Error{"merge.reason", "没有写意见，或太长", "why", "用一句话写明"};
  // CUS-309: who filed it does not review it, who reviewed it does not approve it.
  const Json* steps = was->body.find("steps");
  bool self = was->made_by == doing.login;
  if (steps && steps->as_array())
    for (const Json& one : *steps->as_array()) self = self || text_in(one, "by") == doing.login;
  if (self) return Error{"access.self", "申请、审查和审批要是不同的人", "", "由另一位有权的人办"};
  records::Change change;
  const bool review = was->state == "reviewing";
  change.record = *was;
  change.record.version = step.version;
  change.record.state = !step.accept ? "rejected" : review ? "deciding" : "approved";
  // The day of the decision is what a later application is held against.
  if (change.record.state == "approved" || change.record.state == "rejected") change.record.until = step.today;
  change.action = review ? "first_access.review" : "first_access.decide";
  change.why = step.why;
  JsonArray all = steps && steps->as_array() ? *steps->as_array() : JsonArray{};
  all.push_back(JsonObject{{"step", review ? "review" : "decide"},
                           {"accept", step.accept},
                           {"why", step.why},
                           {"by", doing.login},
                           {"at", doing.at.str()}});
  if (auto* body = change.record.body.as_object()) {
    std::erase_if(*body, [](const auto& member) { return member.first == "steps"; });
    body->emplace_back("steps", std::move(all));
  }
  change.words = was->title + " " + text_in(was->body, "why") + " " + step.why;
  return records::write(session, change, doing);
}

}  // namespace guanhu::customers
