// How much each level may concede: proposed by one, confirmed by another; a higher level has more than a lower
// one.
#include <algorithm>

#include "api/advice_desk.h"
#include "workbench/favour.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::FavourPowers;

namespace {

struct Judged {
  std::vector<Misfit> refused;
  JsonArray warnings;
};

// LIM-605: smaller above than below is refused, equal is warned of.
base::Result<Judged> judge(AdviceDesk& desk, const FavourPowers& p) {
  Judged out;
  for (size_t i = 1; i < p.levels.size(); ++i) {
    auto said = desk.ask(kPracticePack, "accommodation-authority",
                         JsonObject{{"低一级权限", base::Decimal::fen(p.levels[i - 1].fen)},
                                    {"高一级权限", base::Decimal::fen(p.levels[i].fen)}});
    if (!said.ok()) return said.error();
    const std::string word = said->as_string() ? *said->as_string() : "";
    const std::string pair = p.levels[i].name + "和" + p.levels[i - 1].name;
    if (word == "拒绝")
      out.refused.push_back(
          {"levels/" + std::to_string(i), p.levels[i].name + "的权限不能比" + p.levels[i - 1].name + "的小"});
    if (word == "警告") out.warnings.emplace_back(pair + "的权限一样大");
  }
  return out;
}

Json powers_json(AdviceDesk& desk, const FavourPowers& p) {
  JsonArray levels, may, warnings;
  for (const auto& one : p.levels)
    levels.push_back(JsonObject{{"name", one.name},
                                {"positions", workbench::texts_json(one.positions)},
                                {"grades", workbench::texts_json(one.grades)},
                                {"amount", yuan(one.fen)}});
  if (auto judged = judge(desk, p); judged.ok()) warnings = judged->warnings;
  if (p.record.state == "proposed" && p.record.made_by != desk.login() &&
      desk.bank_wide(Permission::favour_decide))
    may.emplace_back("decide");
  JsonObject out = desk.head(p.record);
  out.emplace_back("levels", std::move(levels)), out.emplace_back("warnings", std::move(warnings));
  out.emplace_back("said", desk.said_json(p.said)), out.emplace_back("may", std::move(may));
  return out;
}

Outcome list_powers(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  records::Filter filter;
  filter.kinds = {workbench::kFavourPowers};
  std::vector<Json> items;
  for (const auto& record : records::list(desk.store(), filter))
    items.push_back(powers_json(desk, workbench::powers_of(record)));
  const auto now = workbench::powers_on(desk.store(), desk.today());
  std::vector<std::string> positions;
  for (const auto& one : desk.directory().staff()) positions.push_back(one.position);
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"now", now ? Json(now->record.id) : Json()},
                       {"today", desk.today().str()},
                       {"positions", workbench::texts_json(positions)},
                       {"may_propose", desk.bank_wide(Permission::favour_decide)}};
  return out;
}

Outcome propose(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  if (!desk.bank_wide(Permission::favour_decide)) return forbidden();
  FavourPowers p;
  p.record.owner = desk.person(), p.record.org = desk.org_of(desk.person()),
  p.record.day = day_member(call, "from");
  const JsonArray& levels = workbench::list_in(call.body, "levels");
  for (size_t i = 0; i < levels.size(); ++i) {
    auto fen = base::parse_fen(workbench::text_in(levels[i], "amount"));
    if (!fen)
      return advice_refusal({"favour.level", "权限写成元，最多两位小数", "levels/" + std::to_string(i), ""});
    p.levels.push_back({workbench::text_in(levels[i], "name"), workbench::texts_in(levels[i], "positions"),
                        workbench::texts_in(levels[i], "grades"), *fen});
  }
  auto judged = judge(desk, p);
  if (!judged.ok()) return advice_refusal(judged.error());
  if (!judged->refused.empty())
    return Refusal{
        422,
        {"favour.level", judged->refused.front().message, judged->refused.front().where, "层次越高，权限越大"},
        judged->refused};
  auto made = workbench::propose_powers(desk.store(), p, desk.today(), desk.writing());
  if (!made.ok()) return advice_refusal(made.error());
  return Answer{powers_json(desk, *made)};
}

Outcome decide(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kFavourPowers, call.part("id"));
  if (!record) return not_found();
  if (!desk.bank_wide(Permission::favour_decide)) return forbidden();
  const bool agreed = workbench::flag_in(call.body, "agreed");
  auto done = workbench::decide_powers(desk.store(), record->id, workbench::whole_in(call.body, "version"), agreed,
                                       desk.said(agreed ? "agree" : "refuse", call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  return Answer{powers_json(desk, *done)};
}

}  // namespace

Table favour_power_endpoints() {
  const SchemaRef level = object(
      {{"name", text(160)}, {"positions", list(text(100))}, {"grades", list(text(100))}, {"amount", decimal()}});
  return {{.method = "GET",
           .path = "/favour-powers",
           .summary = "what each level may concede, newest first, and which counts today",
           .permission = Permission::favour_decide,
           .output = list_of("FavourPowers", {{"now", nullable(integer())},
                                              {"today", date()},
                                              {"positions", list(text())},
                                              {"may_propose", boolean()}}),
           .handler = list_powers,
           .list = true,
           .whole = true,
           .searched = {"title"}},
          {.method = "POST",
           .path = "/favour-powers",
           .summary = "proposes what each level may concede from a day on, from low to high",
           .permission = Permission::favour_decide,
           .input = object({{"from", date()}, {"levels", list(level)}}),
           .output = ref("FavourPowers"),
           .handler = propose},
          {.method = "POST",
           .path = "/favour-powers/{id}/decide",
           .summary = "the second person agrees, or refuses with a reason",
           .permission = Permission::favour_decide,
           .input = step_input({{"agreed", boolean()}}),
           .output = ref("FavourPowers"),
           .handler = decide}};
}

}  // namespace guanhu::api
