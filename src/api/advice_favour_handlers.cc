// Concessions: asked for, recorded within one's power, decided beyond it, looked at again; totals of a period.
#include <algorithm>

#include "api/advice_desk.h"
#include "workbench/favour.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Favour;

namespace {

// What the bank set for somebody on the day; nothing: no power.
std::optional<base::Fen> power_of(AdviceDesk& desk, const std::string& staff) {
  const auto powers = workbench::powers_on(desk.store(), desk.today());
  if (!powers) return std::nullopt;
  const auto* level = powers->level_of(desk.position_of(staff), desk.grade_of(staff));
  return level ? std::optional(level->fen) : std::nullopt;
}

struct Standing {
  std::optional<base::Fen> power;
  base::Fen before = 0;
  bool within = false;
};

// LIM-605: within the power of the person, counted for the customer over the quarter.
base::Result<Standing> standing(AdviceDesk& desk, const std::string& staff, const std::string& conceded_by,
                                const std::string& customer, base::Fen fen, int64_t but = 0) {
  const auto quarter = base::Period::containing(base::PeriodKind::quarter, desk.today());
  Standing out{power_of(desk, staff),
               workbench::conceded(desk.store(), conceded_by, customer, quarter.first(), quarter.last(), but)};
  auto said = desk.ask(kVoicePack, "favour-power",
                       JsonObject{{"让利金额", base::Decimal::fen(fen)},
                                  {"本季已让", base::Decimal::fen(out.before)},
                                  {"权限", out.power ? Json(base::Decimal::fen(*out.power)) : Json()}});
  if (!said.ok()) return said.error();
  out.within = said->as_string() && *said->as_string() == "权限内";
  return out;
}

// Who may decide it: not who asked; within his own power for the customer, beyond it the head office.
bool decides(AdviceDesk& desk, const Favour& f) {
  return f.record.state == "asked" && !desk.own(f.record.owner) && f.record.made_by != desk.login() &&
         desk.can(Permission::favour_decide) && desk.reaches(Permission::favour_decide, f.record) &&
         (f.level == "branch" || desk.bank_wide(Permission::favour_decide));
}

Json favour_json(AdviceDesk& desk, const Favour& f) {
  const bool mine = desk.own(f.record.owner);
  JsonArray may;
  if (decides(desk, f)) may.emplace_back("decide");
  if (decides(desk, f) && f.level == "branch") may.emplace_back("lift");
  if (mine && f.record.state == "asked") may.emplace_back("withdraw");
  if (f.record.state == "effective" && (mine || desk.reaches(Permission::favour_decide, f.record)))
    may.emplace_back("end");
  if (desk.can(Permission::audit_read) && (f.record.state == "effective" || f.record.state == "ended"))
    may.emplace_back("look");
  JsonObject out = desk.head(f.record);
  out.emplace_back("favour", f.kind), out.emplace_back("terms", f.terms), out.emplace_back("reason", f.reason);
  out.emplace_back("amount", yuan(f.fen)), out.emplace_back("level", f.level);
  out.emplace_back("power", f.power ? yuan(*f.power) : Json()), out.emplace_back("before", yuan(f.before));
  out.emplace_back("decided_name", f.decided_by.empty() ? "" : desk.name_of(f.decided_by));
  out.emplace_back("said", desk.said_json(f.said)), out.emplace_back("looks", desk.said_json(f.looks));
  out.emplace_back("may", std::move(may));
  return out;
}

Json whole(AdviceDesk& desk, const Favour& f) {
  Json out = favour_json(desk, f);
  out.as_object()->emplace_back("files", desk.files_json_of(f.record));
  return out;
}

Outcome list_favours(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  records::Filter filter;
  filter.kinds = {workbench::kFavour}, filter.limit = 20'000;
  if (auto text = call.get("period")) {
    auto period = period_of(*text);
    if (auto* refused = std::get_if<Refusal>(&period)) return *refused;
    filter.from = std::get<base::Period>(period).first(), filter.to = std::get<base::Period>(period).last();
  }
  std::vector<Json> items;
  for (const auto& record : records::list(desk.store(), filter))
    if (desk.sees(record)) items.push_back(favour_json(desk, workbench::favour_of(record)));
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"today", desk.today().str()}};
  return out;
}

Outcome show(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kFavour, call.part("id"));
  return record ? Outcome(Answer{whole(desk, workbench::favour_of(*record))}) : Outcome(not_found());
}

Refusal no_amount() {
  return {422, {"favour.amount", "写让出多少元，最多两位小数", "amount", ""}, {{"amount", "例如 500 或 500.00"}}};
}

Outcome preview(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  const std::string customer = call.get("customer").value_or("");
  if (!desk.reaches_customer(customer)) return not_found();
  auto fen = base::parse_fen(call.get("amount").value_or(""));
  if (!fen || *fen < 0) return no_amount();
  auto stands = standing(desk, desk.person(), desk.person(), customer, *fen);
  if (!stands.ok()) return advice_refusal(stands.error());
  const std::string above = desk.superior(desk.person());
  return Answer{JsonObject{{"power", stands->power ? yuan(*stands->power) : Json()},
                           {"before", yuan(stands->before)},
                           {"within", stands->within},
                           {"superior", above.empty() ? "" : desk.name_of(above)}}};
}

Outcome ask(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  Favour f;
  f.record.owner = desk.person(), f.record.org = desk.org_of(desk.person()), f.record.day = desk.today();
  f.record.until = day_member(call, "until"), f.record.customer = call.text("customer");
  f.kind = call.text("favour"), f.terms = call.text("terms"), f.reason = call.text("reason");
  f.record.title = f.terms;
  auto fen = fen_member(call, "amount");
  if (!fen || *fen < 0) return no_amount();
  f.fen = *fen;
  if (f.record.org.empty()) return advice_refusal({"favour.staff", "没有工号的登录名不能申请通融", "", ""});
  if (!desk.reaches_customer(f.record.customer))
    return advice_refusal({"favour.customer", "没有客户 " + f.record.customer, "customer", "选您的客户"});
  auto own = standing(desk, f.record.owner, f.record.owner, f.record.customer, f.fen);
  if (!own.ok()) return advice_refusal(own.error());
  f.power = own->power, f.before = own->before, f.level = own->within ? "own" : "head";
  const std::string above = desk.superior(f.record.owner);
  if (!own->within && !above.empty()) {
    auto over = standing(desk, above, "", f.record.customer, f.fen);
    if (!over.ok()) return advice_refusal(over.error());
    if (over->within) f.level = "branch";
  }
  const auto files = mail_texts(call, "files");
  if (auto fine = desk.may_attach(files); !fine.ok()) return advice_refusal(fine.error());
  auto made = workbench::ask_favour(desk.store(), f, files, desk.writing());
  if (!made.ok()) return advice_refusal(made.error());
  if (f.level == "branch")
    desk.Desk::tell(above, "有一项通融请您决定", f.record.title,
                    "/favours?open=" + std::to_string(made->record.id));
  return Answer{whole(desk, *made)};
}

Outcome decide(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kFavour, call.part("id"));
  if (!record) return not_found();
  const Favour before = workbench::favour_of(*record);
  const bool agreed = workbench::flag_in(call.body, "agreed");
  const bool own = desk.own(record->owner) || record->made_by == desk.login();
  if (!own && record->state == "asked") {
    if (!desk.reaches(Permission::favour_decide, *record)) return forbidden();
    if (!desk.bank_wide(Permission::favour_decide)) {
      if (before.level == "head")
        return advice_refusal({"favour.power", "这一项超过支行的权限，由总行决定", "agreed", ""});
      auto stands = standing(desk, desk.person(), "", record->customer, before.fen, record->id);
      if (!stands.ok()) return advice_refusal(stands.error());
      if (agreed && !stands->within)
        return advice_refusal({"favour.power", "这一项超过您的权限", "agreed", "报总行决定"});
    }
  }
  workbench::AdviceSaid said = desk.said(agreed ? "agree" : "refuse", call.text("text"));
  if (own) said.person = record->owner;  // who stands in for the asker is no second person
  auto done = workbench::decide_favour(desk.store(), record->id, workbench::whole_in(call.body, "version"), agreed,
                                       said, desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  desk.Desk::tell(record->owner, agreed ? "通融已经同意" : "通融没有同意", record->title,
                  "/favours?open=" + std::to_string(record->id));
  return Answer{whole(desk, *done)};
}

Outcome step(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kFavour, call.part("id"));
  if (!record) return not_found();
  const std::string what = call.text("what");
  const Favour before = workbench::favour_of(*record);
  const bool mine = desk.own(record->owner), over = desk.reaches(Permission::favour_decide, *record);
  const bool may = what == "withdraw" ? mine : what == "end" ? mine || over : over && !mine;
  if (!may) return forbidden();
  auto done = workbench::favour_step(desk.store(), record->id, workbench::whole_in(call.body, "version"),
                                     desk.said(what, call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  return Answer{whole(desk, *done)};
}

Outcome look(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kFavour, call.part("id"));
  if (!record) return not_found();
  const bool fine = workbench::flag_in(call.body, "fine");
  auto done = workbench::look_at_favour(desk.store(), record->id,
                                        desk.said(fine ? "fine" : "objection", call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  if (!fine)
    desk.Desk::tell(record->owner, "对您的通融有疑问", record->title + "：" + call.text("text"),
                    "/favours?open=" + std::to_string(record->id));
  return Answer{whole(desk, *done)};
}

// KPI-608: how many of them did not need the head office.
Outcome totals(Services& s, const Call& call) {
  auto asked = period_of(call.get("period").value_or(""));
  if (auto* refused = std::get_if<Refusal>(&asked)) return *refused;
  const base::Period period = std::get<base::Period>(asked);
  AdviceDesk desk(s, call);
  std::vector<Json> items;
  int64_t all = 0, near = 0;
  base::Fen sum = 0;
  for (const auto& one : workbench::favour_totals(desk.store(), period.first(), period.last())) {
    if (!desk.reaches(Permission::customer_read, one.staff, desk.org_of(one.staff))) continue;
    all += one.asked, near += one.settled_near, sum += one.fen;
    items.push_back(JsonObject{{"staff", one.staff},
                               {"name", desk.name_of(one.staff)},
                               {"customer", one.customer},
                               {"customer_name", desk.customer_name(one.customer)},
                               {"asked", one.asked},
                               {"effective", one.effective},
                               {"refused", one.refused},
                               {"amount", yuan(one.fen)}});
  }
  auto rate = desk.ask(kPracticePack, "settled-at-region", JsonObject{{"区域解决数", near}, {"通融要求数", all}});
  if (!rate.ok()) return advice_refusal(rate.error());
  const Json *share = rate->find("比率"), *reached = rate->find("达到基准");
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"period", period.str()},
                       {"asked", all},
                       {"settled_near", near},
                       {"amount", yuan(sum)},
                       {"share", share && share->as_number() ? Json(share->as_number()->str()) : Json()},
                       {"reached", reached ? *reached : Json()}};
  return out;
}

SchemaRef asked_shape() {
  return optional(object({{"customer", text(100)},
                          {"favour", choice({"fee", "rate", "term", "priority", "other"})},
                          {"terms", text(800)},
                          {"reason", text(8000)},
                          {"amount", decimal()},
                          {"until", date()},
                          {"files", list(text(64))}}),
                  {"files"});
}

Table steps() {
  return {{.method = "POST",
           .path = "/favours",
           .summary = "asks for a concession: within one's power it counts at once, beyond it somebody decides",
           .permission = Permission::favour_ask,
           .input = asked_shape(),
           .output = ref("Favour"),
           .handler = ask},
          {.method = "POST",
           .path = "/favours/{id}/decide",
           .summary = "agrees, or refuses with a reason; never one's own",
           .permission = Permission::favour_decide,
           .input = step_input({{"agreed", boolean()}}),
           .output = ref("Favour"),
           .handler = decide},
          {.method = "POST",
           .path = "/favours/{id}/step",
           .summary = "withdraws what is asked, ends what counts, or hands it up to the head office",
           .permission = Permission::customer_read,
           .input = step_input({{"what", choice({"withdraw", "end", "lift"})}}),
           .output = ref("Favour"),
           .handler = step},
          {.method = "POST",
           .path = "/favours/{id}/look",
           .summary = "the second look of who audits: in order, or an objection",
           .permission = Permission::audit_read,
           .input = object({{"fine", boolean()}, {"text", text(8000)}}),
           .output = ref("Favour"),
           .handler = look}};
}

}  // namespace

Table favour_endpoints() {
  Table out = {{.method = "GET",
                .path = "/favours",
                .summary = "concessions in reach, newest first",
                .permission = Permission::customer_read,
                .parameters = {{"period", text(10), false, "asked in it"},
                               {"state", text(20), false, "", "state"},
                               {"customer", text(100), false, "", "customer"},
                               {"owner", text(100), false, "", "owner"}},
                .output = list_of("FavourItem", {{"today", date()}}),
                .handler = list_favours,
                .list = true,
                .whole = true,
                .searched = {"title", "reason", "customer_name", "owner_name"}},
               {.method = "GET",
                .path = "/favours/{id}",
                .summary = "one concession",
                .permission = Permission::customer_read,
                .output = ref("Favour"),
                .handler = show},
               {.method = "GET",
                .path = "/favour-preview",
                .summary = "whether an amount for a customer would be within one's power now",
                .permission = Permission::favour_ask,
                .parameters = {{"customer", text(100), true}, {"amount", decimal(), true}},
                .output = ref("FavourPreview"),
                .handler = preview},
               {.method = "GET",
                .path = "/favour-totals",
                .summary = "concessions of a period by manager and customer, and how many the branch settled",
                .permission = Permission::customer_read,
                .parameters = {{"period", text(10), true}},
                .output = list_of("FavourTotal", {{"period", text()},
                                                  {"asked", integer()},
                                                  {"settled_near", integer()},
                                                  {"amount", decimal()},
                                                  {"share", nullable(decimal())},
                                                  {"reached", nullable(boolean())}}),
                .handler = totals,
                .list = true,
                .whole = true,
                .searched = {"name", "customer_name"}}};
  for (auto& one : steps()) out.push_back(std::move(one));
  return out;
}

}  // namespace guanhu::api
