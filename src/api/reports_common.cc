#include <algorithm>
#include <array>

#include "api/reports.h"
#include "appraisal/life.h"
#include "policy/scheme.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;

std::string printed_moment(base::Instant now) {
  const std::string text = base::Instant{now.micros + int64_t{8} * 3'600'000'000}.str();
  return text.substr(0, 10) + " " + text.substr(11, 5);
}

std::string unit_name(const people::Directory& directory, const std::string& id) {
  const people::Org* org = directory.org(id);
  return org && !org->name.empty() ? org->name : id;
}

std::string position_name(const std::string& position) {
  static constexpr std::array<std::pair<const char*, const char*>, 12> kWords = {
      {{"manager", "客户经理"},
       {"trainee_manager", "见习客户经理"},
       {"branch_head", "支行行长"},
       {"risk_manager", "风险经理"},
       {"accountant", "会计"},
       {"cashier", "出纳"},
       {"teller", "柜员"},
       {"supervisor", "主管"},
       {"auditor", "审计"},
       {"hr", "人力资源"},
       {"executive", "行领导"},
       {"other", "其他"}}};
  for (const auto& [name, word] : kWords)
    if (position == name) return word;
  return position;
}

Json number_of_json(const Json* value) {
  if (!value) return {};
  if (value->as_number()) return *value;
  auto decimal = value->as_string() ? Decimal::parse(*value->as_string()) : std::nullopt;
  return decimal ? Json(*decimal) : Json();
}

std::string articles_of(const Json* cites) {
  std::vector<std::string> seen;
  if (cites && cites->as_array())
    for (const Json& cite : *cites->as_array()) {
      const Json* article = cite.find("article");
      const std::string* text = article ? article->as_string() : nullptr;
      if (text && !text->empty() && std::find(seen.begin(), seen.end(), *text) == seen.end())
        seen.push_back(*text);
    }
  std::string out;
  for (const auto& text : seen) out += (out.empty() ? "" : "、") + text;
  return out;
}

ReportedRun reported_now(store::Session& session, const Appraised& a) {
  ReportedRun out{.scheme = a.run.scheme,
                  .title = a.run.title,
                  .period = a.run.period.str(),
                  .pack_version = a.run.pack_version,
                  .pack_hash = a.run.pack_hash,
                  .hash = a.hash,
                  .pack = a.pack,
                  .directory = a.directory};
  // Of several with one hash the one in force, else the latest.
  for (const auto& row : session.query(
           "SELECT run_id, state FROM runs WHERE scheme = ? AND period = ? AND run_hash = ? ORDER BY run_id",
           {out.scheme, out.period, out.hash}))
    if (!out.run || row.text(1) != "draft") out.run = row.integer(0), out.state = row.text(1);
  return out;
}

base::Result<ReportedRun> reported_run(const appraisal::Desk& desk, int64_t run) {
  auto kept = appraisal::kept_runs(desk.store(), run);
  if (kept.empty()) return base::Error{"life.unknown", "没有第 " + std::to_string(run) + " 次考核", "run", ""};
  const appraisal::KeptRun& one = kept.front();
  auto pack = appraisal::pack_of_run(desk, one.scheme, one.pack_hash);
  if (!pack) return pack.error();
  const std::string name = one.scheme.substr(one.scheme.find('/') + 1);
  const policy::Scheme* scheme = pack->pack->scheme(name);
  const base::Period period = *base::Period::parse(one.period);
  auto known = one.known_at ? base::Instant::parse(*one.known_at) : std::nullopt;
  return ReportedRun{.run = one.id,
                     .state = one.state,
                     .scheme = one.scheme,
                     .title = scheme ? scheme->title : name,
                     .period = one.period,
                     .pack_version = pack->pack->version,
                     .pack_hash = one.pack_hash,
                     .hash = one.run_hash,
                     .pack = pack->pack,
                     .directory = people::Directory::load(desk.bank.warehouse(), period.last(), known)};
}

Json result_json(const Appraised& a, size_t holder) {
  appraisal::Run one = {.scheme = a.run.scheme,
                        .title = a.run.title,
                        .period = a.run.period,
                        .known_at = a.run.known_at,
                        .pack_hash = a.run.pack_hash,
                        .pack_version = a.run.pack_version,
                        .holders = {a.run.holders.at(holder)},
                        .sums = {},
                        .warnings = {},
                        .rank_in_branch = a.run.rank_in_branch,
                        .rank_in_bank = a.run.rank_in_bank};
  return appraisal::to_json(one).find("holders")->as_array()->front();
}

}  // namespace guanhu::api
