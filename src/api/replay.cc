#include "api/replay.h"

#include <algorithm>

#include "api/draft_work.h"
#include "api/gate.h"

namespace guanhu::api {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {
constexpr size_t kStep = 200;  // decisions between two looks whether to stop
}

Json replay_json(const policy::Replay& replay, bool more) {
  JsonArray differences;
  for (const auto& one : replay.differences)
    differences.push_back(JsonObject{{"was", recorded_json(one.was)}, {"now", one.now}});
  return JsonObject{{"asked", replay.asked},
                    {"same", replay.same},
                    {"different", replay.different},
                    {"more", more},
                    {"differences", std::move(differences)}};
}

std::optional<ReplayAsk> replay_ask(const Json& json) {
  const Json *draft = json.find("draft"), *from = json.find("from"), *to = json.find("to");
  if (!draft || !draft->as_number() || !from || !from->as_string() || !to || !to->as_string()) return std::nullopt;
  auto first = base::Date::parse(*from->as_string()), last = base::Date::parse(*to->as_string());
  if (!first || !last) return std::nullopt;
  return ReplayAsk{draft->as_number()->to_int64().value_or(0), *first, *last};
}

Jobs::WorkFunction work_of(Services& s, ReplayAsk ask) {
  return [&s, ask](JobRun& run) -> base::Result<Json> {
    auto store = s.store();
    auto draft = policy::PolicyDrafts::find(*store, ask.draft);
    if (!draft) return draft.error();
    OpenedDraftPtr opened = s.drafts().open(*draft, policy::PolicyDrafts::files(*store, draft->id));
    if (size_t problems = opened->loaded.problems.errors.size())
      return Error{"policy.life.unsound", "草稿有 " + std::to_string(problems) + " 处问题，先改好", "id", ""};
    auto recorded = policy::recorded_decisions(
        *store, {.pack = draft->pack, .decision = "", .from = ask.from, .to = ask.to}, kReplayed + 1);
    bool more = recorded.size() > kReplayed;
    if (more) recorded.pop_back();
    policy::Replay out;
    for (size_t at = 0; at < recorded.size(); at += kStep) {
      run.progress(at, recorded.size(), draft->title);
      std::vector<policy::RecordedDecision> some(
          recorded.begin() + static_cast<long>(at),
          recorded.begin() + static_cast<long>(std::min(at + kStep, recorded.size())));
      policy::Replay part = policy::replay(some, opened->loaded.pack);
      out.asked += part.asked, out.same += part.same, out.different += part.different;
      std::move(part.differences.begin(), part.differences.end(), std::back_inserter(out.differences));
    }
    return replay_json(out, more);
  };
}

base::Result<Job> queue_replay(Services& s, const ReplayAsk& ask, const std::string& title,
                               const std::string& by) {
  Json asked = JsonObject{{"draft", ask.draft}, {"from", ask.from.str()}, {"to", ask.to.str()}};
  return s.jobs().add("replay", title, by, work_of(s, ask), std::move(asked));
}

Outcome replay_draft(Services& s, const Call& call) {
  // Whoever may see what was asked need not see drafts.
  if (people::scope_of(call.login().roles, people::Permission::policy_draft) == people::Scope::none)
    return not_found();
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const policy::PolicyDraft& draft = std::get<DraftWork>(found).draft;
  ReplayAsk ask{draft.id, *base::Date::parse(call.text("from")), *base::Date::parse(call.text("to"))};
  if (ask.to < ask.from)
    return Refusal{422, {"policy.replay.dates", "止日早于起日", "to", ""}, {{"to", "止日早于起日"}}};
  auto job = queue_replay(s, ask, "回放 " + draft.title, call.login().login);
  if (!job) return refusal_of(job.error());
  return Answer{job->json()};
}

}  // namespace guanhu::api
