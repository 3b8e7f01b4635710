// guanhu policy draft, approve, activate, versions, replay: the life of a pack in a bank.
#include <ostream>

#include "api/services.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/places.h"
#include "cli/wiring.h"
#include "policy/decision_log.h"
#include "policy/life.h"

namespace guanhu::cli {
namespace {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using policy::PolicyLife;
using policy::PolicyVersion;

struct Work {
  Io& io;
  const Options& options;
  feed::Bank bank;
  PolicyLife life;
};

int complain(Io& io, std::string_view name, const Error& error) {
  io.err << "guanhu " << name << ": " << error.text() << "\n";
  return kWrong;
}

// The bank's wall clock: the day begins in China.
base::Date today(Io& io) {
  constexpr int64_t kHour = 3'600'000'000;
  return base::Date(static_cast<int32_t>((io.clock.now().micros + 8 * kHour) / (24 * kHour)));
}

Json json_of(const PolicyVersion& v) {
  auto maybe = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
  return JsonObject{{"id", v.id},
                    {"pack", v.pack},
                    {"version", v.version},
                    {"hash", v.hash},
                    {"state", v.state},
                    {"note", v.note},
                    {"problems", v.problems},
                    {"cases", v.cases},
                    {"failed", v.failed},
                    {"drafted_at", v.drafted_at},
                    {"drafted_by", v.drafted_by},
                    {"approved_at", maybe(v.approved_at)},
                    {"approved_by", maybe(v.approved_by)},
                    {"active_from", v.active_from ? Json(v.active_from->str()) : Json()},
                    {"findings", JsonArray(v.findings.begin(), v.findings.end())}};
}

std::string line_of(const PolicyVersion& v) {
  std::string state = v.state == "draft"      ? "草稿"
                      : v.state == "approved" ? "已批准"
                                              : v.active_from->str() + " 起施行";
  return "第 " + std::to_string(v.id) + " 版 " + v.pack + " " + v.version + "：" + state + "，" +
         std::to_string(v.problems) + " 处问题，" + std::to_string(v.cases) + " 个案例 " +
         std::to_string(v.failed) + " 个不符；起草 " + v.drafted_by + " " + v.drafted_at.substr(0, 10) +
         (v.approved_by.empty() ? "" : "，批准 " + v.approved_by) + (v.note.empty() ? "" : "；" + v.note);
}

void show(Work& work, const PolicyVersion& v) {
  if (work.options.has("json")) {
    work.io.out << json_of(v).dump(2) << "\n";
    return;
  }
  work.io.out << line_of(v) << "\n";
  for (const std::string& finding : v.findings) work.io.out << "  " << finding << "\n";
}

policy::Doing doing(Work& work, const char* action) {
  return {actor_of(work.io), work.io.clock.now(), [&work, action](const PolicyVersion& v) {
            api::record(work.bank.store(), actor_of(work.io), action, "policy_version " + std::to_string(v.id),
                        JsonObject{{"pack", v.pack}, {"version", v.version}, {"hash", v.hash}}, work.io.clock);
          }};
}

base::Result<int64_t> one_id(const Options& options) {
  const auto& rest = options.rest();
  if (rest.size() == 1 && !rest[0].empty() && rest[0].size() < 16 &&
      rest[0].find_first_not_of("0123456789") == std::string::npos)
    return static_cast<int64_t>(std::stoll(rest[0]));
  return Error{"cli.missing", "the number of one version is needed", "", "guanhu policy versions lists them"};
}

base::Result<base::Date> day(const Options& options, const char* name) {
  auto text = options.need(name);
  if (!text.ok()) return text.error();
  if (auto out = base::Date::parse(*text)) return *out;
  return Error{"cli.date", "'" + *text + "' is no date", std::string("--") + name, "write 2025-12-31"};
}

// Opens the bank and runs the work of one command.
int with_bank(const char* name, const std::vector<std::string>& arguments, Io& io,
              const std::vector<std::string_view>& values, base::Result<int> (*work)(Work&)) {
  std::vector<std::string_view> with_value{"data"};
  with_value.insert(with_value.end(), values.begin(), values.end());
  auto options = Options::parse(arguments, with_value, {"json"});
  if (!options.ok()) return complain(io, name, options.error());
  auto data = options->need("data");
  if (!data.ok()) return complain(io, name, data.error());
  auto bank = open_bank(*data, io);
  if (!bank.ok()) return complain(io, name, bank.error());
  Work all{io, *options, std::move(*bank),
           PolicyLife(std::filesystem::path(path_of(io, *data)) / "temp/policies-of-commands")};
  auto status = work(all);
  return status.ok() ? *status : complain(io, name, status.error());
}

base::Result<int> draft(Work& work) {
  if (work.options.rest().size() != 1)
    return Error{"cli.missing", "one PACK is needed", "", "guanhu policy draft --data DIR sample"};
  auto given = work.options.get("policies");
  auto policies = policies_folder(given ? std::optional(path_of(work.io, *given)) : std::nullopt);
  if (!policies.ok()) return policies.error();
  auto made = work.life.draft(work.bank.store(), *policies, work.options.rest()[0],
                              work.options.get("note").value_or(""), doing(work, "policy.draft"));
  if (!made.ok()) return made.error();
  show(work, *made);
  return made->problems || made->failed ? kNo : kDone;
}

base::Result<int> approve(Work& work) {
  auto id = one_id(work.options);
  if (!id.ok()) return id.error();
  auto made = work.life.approve(work.bank.store(), *id, doing(work, "policy.approve"));
  if (!made.ok()) return made.error();
  show(work, *made);
  return kDone;
}

base::Result<int> activate(Work& work) {
  auto id = one_id(work.options);
  if (!id.ok()) return id.error();
  auto from = day(work.options, "from");
  if (!from.ok()) return from.error();
  auto made = work.life.activate(work.bank.store(), *id, *from, today(work.io), doing(work, "policy.activate"));
  if (!made.ok()) return made.error();
  show(work, *made);
  return kDone;
}

base::Result<int> versions(Work& work) {
  if (work.options.rest().size() > 1)
    return Error{"cli.argument", "at most one PACK is expected", "", "see --help"};
  auto all = PolicyLife::versions(work.bank.store(), work.options.rest().empty() ? "" : work.options.rest()[0]);
  if (work.options.has("json")) {
    JsonArray out;
    for (const PolicyVersion& v : all) out.push_back(json_of(v));
    work.io.out << Json(JsonObject{{"versions", std::move(out)}}).dump(2) << "\n";
    return kDone;
  }
  for (const PolicyVersion& v : all) work.io.out << line_of(v) << "\n";
  if (all.empty()) work.io.out << "还没有版本；guanhu policy draft 起草一版\n";
  return kDone;
}

base::Result<int> replay(Work& work) {
  auto id = one_id(work.options);
  if (!id.ok()) return id.error();
  auto from = day(work.options, "from"), to = day(work.options, "to");
  if (!from.ok()) return from.error();
  if (!to.ok()) return to.error();
  auto version = PolicyLife::version(work.bank.store(), *id);
  if (!version.ok()) return version.error();
  if (version->problems)
    return Error{"policy.life.unsound", "这一版有 " + std::to_string(version->problems) + " 处问题", "",
                 "改好文档，另起草一版"};
  policy::DecisionFilter filter;
  filter.pack = version->pack, filter.from = *from, filter.to = *to;
  constexpr size_t kAll = 10'000'000;
  policy::Replay out = policy::replay(policy::recorded_decisions(work.bank.store(), filter, kAll),
                                      *work.life.open(work.bank.store(), *version));
  JsonArray differences;
  for (const auto& one : out.differences) {
    if (!work.options.has("json"))
      work.io.out << one.was.asked_at.substr(0, 10) << " " << one.was.decision << " " << one.was.input.dump()
                  << "\n  原来 " << one.was.answer.dump() << "\n  改后 " << one.now.dump() << "\n";
    differences.push_back(JsonObject{{"id", one.was.id},
                                     {"asked_at", one.was.asked_at},
                                     {"asked_by", one.was.asked_by},
                                     {"decision", one.was.decision},
                                     {"input", one.was.input},
                                     {"was", one.was.answer},
                                     {"now", one.now}});
  }
  if (work.options.has("json"))
    work.io.out << Json(JsonObject{{"asked", out.asked},
                                   {"same", out.same},
                                   {"different", out.different},
                                   {"differences", std::move(differences)}})
                       .dump(2)
                << "\n";
  else work.io.out << out.asked << " 次决策，" << out.same << " 次一样，" << out.different << " 次不同\n";
  return kDone;
}

}  // namespace

const Command kPolicyDraftCommand = {
    "policy draft", "keeps a changed pack in a bank as a draft",
    "usage: guanhu policy draft --data DIR PACK [--policies DIR] [--note TEXT] [--json]\n\n"
    "Keeps the pack as it lies in the folder of packs, with every file, what the checks find and how its cases "
    "come\n"
    "out. Exit status 1: it is kept, but has problems or failing cases and cannot be approved.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return with_bank("policy draft", arguments, io, {"policies", "note"}, draft);
    }};
const Command kPolicyApproveCommand = {
    "policy approve", "approves somebody else's draft",
    "usage: guanhu policy approve --data DIR ID [--json]\n\n"
    "Approves a draft without problems and failing cases. Whoever drafted it cannot.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return with_bank("policy approve", arguments, io, {}, approve);
    }};
const Command kPolicyActivateCommand = {
    "policy activate", "brings an approved version into force on a day",
    "usage: guanhu policy activate --data DIR ID --from DATE [--json]\n\n"
    "The version is in force from DATE (today or later) until the day from which another one is.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return with_bank("policy activate", arguments, io, {"from"}, activate);
    }};
const Command kPolicyVersionsCommand = {"policy versions", "lists the versions of packs a bank keeps",
                                        "usage: guanhu policy versions --data DIR [PACK] [--json]\n\nNewest "
                                        "first, with who drafted and approved them.\n",
                                        [](const std::vector<std::string>& arguments, Io& io) {
                                          return with_bank("policy versions", arguments, io, {}, versions);
                                        }};
const Command kPolicyReplayCommand = {
    "policy replay", "asks recorded decisions again, of another version",
    "usage: guanhu policy replay --data DIR ID --from DATE --to DATE [--json]\n\n"
    "Asks every decision that was asked of the pack on these days again, of the version ID, and prints what "
    "would\n"
    "have come out differently. Nothing is changed.\n",
    [](const std::vector<std::string>& arguments, Io& io) {
      return with_bank("policy replay", arguments, io, {"from", "to"}, replay);
    }};

}  // namespace guanhu::cli
