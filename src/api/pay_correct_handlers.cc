// Corrections of pay: what an approved or paid run would be by now, what later runs made good of it, and the
// pieces of a correction line opened.
#include <algorithm>
#include <map>

#include "api/pay_parts.h"
#include "api/run_life_parts.h"
#include "api/shapes.h"
#include "appraisal/pay_compare.h"
#include "base/json_member.h"

namespace guanhu::api {

using appraisal::Node;
using appraisal::PayDifference;
using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;

namespace {

// What a difference of a line does to what is paid out.
Fen on_net(const std::string& kind, Fen difference) {
  return kind == appraisal::pay_kind_word(appraisal::PayKind::earning) ? difference
         : kind == appraisal::pay_kind_word(appraisal::PayKind::shown) ? 0
                                                                       : -difference;
}

Json totals_json(const appraisal::PayTotals& t) {
  return JsonObject{{"earnings", fen_json(t.earnings)},
                    {"deductions", fen_json(t.deductions)},
                    {"deposit", fen_json(t.deposit)},
                    {"net", fen_json(t.net)}};
}

using Posted = std::map<std::string, std::vector<appraisal::PostedPiece>>;  // by person

Json person_json(const PeopleDesk& desk, const PayDifference& one, const Posted& posted) {
  JsonArray lines, runs;
  Fen change = 0, due = 0;
  std::map<int64_t, Fen> by_run;
  auto mine = posted.find(one.staff);
  for (const auto& line : one.lines) {
    Fen made_good = 0;
    if (mine != posted.end())
      for (const auto& piece : mine->second)
        if (piece.piece.line == line.line) made_good += piece.piece.amount;
    change += on_net(line.kind, line.now - line.was);
    due += on_net(line.kind, line.now - line.was - made_good);
    lines.push_back(JsonObject{{"line", line.line},
                               {"kind", line.kind},
                               {"now", fen_json(line.now)},
                               {"before", fen_json(line.was)},
                               {"change", fen_json(line.now - line.was)},
                               {"posted", fen_json(made_good)},
                               {"due", fen_json(line.now - line.was - made_good)}});
  }
  if (mine != posted.end())
    for (const auto& piece : mine->second) by_run[piece.pay_run] += on_net(piece.piece.kind, piece.piece.amount);
  for (const auto& [run, net] : by_run) runs.push_back(JsonObject{{"pay_run", run}, {"net", fen_json(net)}});
  return JsonObject{
      {"staff", one.staff},         {"name", one.name},     {"branch_name", desk.org_name(one.branch)},
      {"change", fen_json(change)}, {"due", fen_json(due)}, {"made_good", std::move(runs)},
      {"lines", std::move(lines)}};
}

// Whoever has a difference or had one that was made good, the most due first.
JsonArray people_json(const PeopleDesk& desk, std::vector<PayDifference> all, const Posted& posted) {
  std::vector<std::pair<Fen, Json>> rows;
  for (PayDifference& one : all) {
    std::erase_if(one.lines, [](const auto& line) { return appraisal::is_correction_line(line.line); });
    if (one.lines.empty() && !posted.count(one.staff)) continue;
    Json row = person_json(desk, one, posted);
    rows.emplace_back(std::abs(base::parse_fen(text_in(row, "due")).value()), std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  JsonArray out;
  for (auto& [due, row] : rows) out.push_back(std::move(row));
  return out;
}

// What an approved or paid run would be with what is known by now, and what was made good of that already.
Outcome corrections(Services& s, const Call& call) {
  PeopleDesk desk(s, call);
  auto found = appraisal::pay_runs(desk.store(), number_of(call.part("id")).value_or(-1));
  if (found.empty()) return not_found();
  const appraisal::PayRun& run = found.front();
  if (run.state != "approved" && run.state != "paid")
    return people_refusal({"pay.state", "只有批准或者发放了的才有差额；待批准的重新计算就是", "id", ""});
  LifeDesk at(s);
  auto book = appraisal::pay_books(at.desk, desk.today())(run);
  if (!book.ok()) return refusal_of(book.error());
  auto now = appraisal::pay_by_now(desk.store(), desk.directory(), run, *book);
  if (!now.ok()) return people_refusal(now.error());
  Posted posted;
  for (auto& one : appraisal::posted_for(desk.store(), run.id)) posted[one.staff].push_back(std::move(one));
  auto all = appraisal::pay_differences(now->slips, appraisal::pay_slips(desk.store(), run.id));
  return Answer{JsonObject{{"run", JsonObject{{"id", run.id},
                                              {"period", run.period},
                                              {"state", run.state},
                                              {"people", run.people},
                                              {"totals", totals_json(run.totals)}}},
                           {"appraisal", now->appraisal},
                           {"open", now->open},
                           {"people", people_json(desk, std::move(all), posted)}}};
}

Node value_node(const std::string& name, Fen amount) {
  Node out;
  out.kind = "pay_value", out.name = name, out.value = Json(base::Decimal::fen(amount)), out.unit = "元";
  return out;
}

Fen fen_in(const Json& piece, const char* member) {
  auto fen = base::parse_fen(text_in(piece, member));
  return fen ? *fen : 0;
}

}  // namespace

appraisal::PayCorrections post_corrections_into(Services& services, PeopleDesk& desk,
                                                const appraisal::PayLoad& load, appraisal::PayResult& result) {
  LifeDesk at(services);
  auto due = appraisal::corrections_due(desk.store(), desk.directory(), load.work.plan.pack, load.scheme,
                                        load.period, appraisal::pay_books(at.desk, desk.today()));
  appraisal::post_corrections(result, due);
  return due;
}

JsonArray posted_json(PeopleDesk& desk, int64_t pay_id) {
  JsonArray out;
  for (const auto& one : appraisal::posted_by(desk.store(), pay_id))
    out.push_back(JsonObject{{"staff", one.staff},
                             {"name", desk.name_of(one.staff)},
                             {"corrects", one.piece.run},
                             {"period", one.piece.period},
                             {"line", one.piece.line},
                             {"kind", one.piece.kind},
                             {"was", fen_json(one.piece.was)},
                             {"posted", fen_json(one.piece.posted)},
                             {"now", fen_json(one.piece.now)},
                             {"amount", fen_json(one.piece.amount)},
                             {"left", fen_json(one.piece.due() - one.piece.amount)}});
  return out;
}

std::vector<Node> correction_nodes(Services& services, PeopleDesk& desk, int64_t pay_id, const std::string& staff,
                                   const Json& piece, const SlipSources& keep) {
  const Json* number = piece.find("corrects");
  const int64_t corrected = number && number->as_number() ? number->as_number()->to_int64().value_or(-1) : -1;
  const std::string line = text_in(piece, "line");
  auto found = appraisal::pay_runs(desk.store(), corrected);
  if (found.empty()) return {};
  const appraisal::PayRun& run = found.front();
  LifeDesk at(services);
  auto pack = appraisal::pack_of_run(at.desk, run.pack + "/pay-plan", run.pack_hash);
  appraisal::SlipQuestion question;
  question.run = &run, question.pack = pack ? pack->pack.get() : nullptr;
  question.on = base::Period::parse(run.period).value().last();
  // What was paid has been opened on its own slip; what it ought to have been leads on to where it comes from.
  auto opened = [&](const char* name, const Json* slip, Fen amount, bool onward) {
    Node out = value_node(name, amount);
    if (!slip || !slip->as_object()) return out;
    question.slip = slip;
    question.open = onward ? keep.open : nullptr;
    if (auto tree = appraisal::explain_pay(question, line)) out = std::move(*tree), out.name = name;
    return out;
  };
  auto kept = appraisal::pay_slips(desk.store(), run.id, staff);
  auto by_now = appraisal::corrected_slip(desk.store(), pay_id, run.id, staff);
  std::vector<Node> out;
  out.push_back(opened("应为", by_now ? &*by_now : nullptr, fen_in(piece, "now"), true));
  out.push_back(opened("当时", kept.empty() ? nullptr : &kept.front().slip, fen_in(piece, "was"), false));
  out.push_back(value_node("已更正", fen_in(piece, "posted")));
  if (Fen left = fen_in(piece, "left")) out.push_back(value_node("留待以后", left));
  for (Node& node : out) keep.own(node);  // the pack they point into ends here
  return out;
}

Table pay_correct_endpoints() {
  return {
      {.method = "GET",
       .path = "/pay/runs/{id}/corrections",
       .summary = "what an approved or paid run would be with what is known now, and what later runs made good",
       .permission = Permission::pay_export,
       .output = ref("PayCorrections"),
       .handler = corrections}};
}

}  // namespace guanhu::api
