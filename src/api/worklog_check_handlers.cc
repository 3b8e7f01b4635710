// Spot checks of logs, and what marks and missing days come to for a period: shown, and taken into appraisal.
#include <algorithm>
#include <map>

#include "api/plan_desk.h"
#include "appraisal/recorded.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::LogCheck;

namespace {

constexpr const char *kMean = "日志平均分", *kShare = "日志天数占比", *kLate = "日志迟交次数";
constexpr int kLongest = 366;  // days a check or figures may span

Json drawn_json(PlanDesk& desk, const workbench::Drawn& one) {
  return JsonObject{{"staff", one.what.staff},
                    {"name", desk.name_of(one.what.staff)},
                    {"day", one.what.day.str()},
                    {"log", one.what.log ? Json(one.what.log) : Json()},
                    {"late", one.what.late},
                    {"level", one.level},
                    {"mark", workbench::decimal_or_null(one.mark)},
                    {"reason", one.reason},
                    {"at", one.at.empty() ? Json() : Json(one.at)},
                    {"by", one.by}};
}

Json check_json(PlanDesk& desk, const LogCheck& check) {
  JsonObject out = desk.head(check.record);
  JsonArray drawn, levels;
  int64_t open = 0;
  for (const auto& one : check.drawn) drawn.push_back(drawn_json(desk, one)), open += !one.mark;
  for (const auto& level : desk.rules().log_levels()) levels.emplace_back(level);
  out.emplace_back("first", check.first.str()), out.emplace_back("last", check.last.str());
  out.emplace_back("population", check.population), out.emplace_back("seed", check.seed);
  out.emplace_back("digest", check.digest), out.emplace_back("open", open);
  out.emplace_back("drawn", std::move(drawn)), out.emplace_back("levels", std::move(levels));
  return out;
}

std::optional<LogCheck> find(PlanDesk& desk, const std::string& id) {
  if (id.size() > 15 || id.find_first_not_of("0123456789") != id.npos) return std::nullopt;
  auto found = records::record(desk.store(), workbench::kLogCheck, std::stoll(id));
  if (!found.ok() || found->removed || !desk.sees(*found)) return std::nullopt;
  return workbench::check_of(*found);
}

// PLN-609: whom the asker may check; every working day of them whose deadline is over, with or without a log.
std::vector<workbench::Candidate> candidates(PlanDesk& desk, Date first, Date last, const std::string& only) {
  std::vector<std::string> staff;
  const std::string branch = desk.directory().branch_of(desk.org_of(desk.person()));
  for (const auto* one : desk.staff_in_reach(Permission::log_check, "")) {
    const bool same = !branch.empty() && desk.directory().branch_of(one->org) == branch;
    auto may = desk.rules().may_check("支行行长", same, desk.own(one->id));
    if (may.ok() && *may && desk.writes(*one) && (only.empty() || only == one->id)) staff.push_back(one->id);
  }
  std::map<std::pair<std::string, Date>, workbench::Candidate> all;
  std::vector<workbench::Candidate> out;
  if (staff.empty()) return out;
  records::Filter filter;
  filter.kinds = {workbench::kWorkLog}, filter.owners = staff, filter.from = first, filter.to = last;
  filter.limit = 200'000;
  for (const auto& one : records::list(desk.store(), filter))
    all[{one.owner, *one.day}] = {one.owner, *one.day, one.id, workbench::flag_in(one.body, "late")};
  for (const Date day : desk.rules().working_days(first, last)) {
    auto deadline = desk.rules().log_deadline(day);
    if (!deadline.ok() || desk.bank_now() <= *deadline) continue;
    for (const auto& one : staff) all.try_emplace({one, day}, workbench::Candidate{one, day, 0, false});
  }
  for (auto& [key, one] : all) out.push_back(std::move(one));
  return out;
}

Outcome list_checks(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    records::Filter filter;
    filter.kinds = {workbench::kLogCheck};
    std::vector<Json> items;
    for (const auto& one : records::list(desk.store(), filter))
      if (desk.sees(one)) items.push_back(check_json(desk, workbench::check_of(one)));
    return Answer{.items = Items::of(std::move(items))};
  });
}

Outcome show_check(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto check = find(desk, call.part("id"));
    return check ? Outcome(Answer{check_json(desk, *check)}) : Outcome(not_found());
  });
}

Outcome draw(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    workbench::CheckAsk ask;
    ask.first = *day_member(call, "first"), ask.last = *day_member(call, "last");
    if (ask.first > ask.last || ask.last - ask.first > kLongest)
      return record_refusal({"check.span", "起日不能在止日以后，最多一年", "first", ""});
    ask.owner = desk.person(), ask.org = desk.org_of(ask.owner), ask.seed = call.text("seed");
    const int64_t n = workbench::whole_in(call.body, "n");
    ask.n = n > 0 ? static_cast<size_t>(n) : 0;
    ask.candidates = candidates(desk, ask.first, ask.last, text_member(call, "staff"));
    ask.title = "日志抽查 " + ask.first.str() + " 至 " + ask.last.str();
    auto made = workbench::make_check(desk.store(), ask, desk.writing());
    if (!made.ok()) return record_refusal(made.error());
    return Answer{check_json(desk, *made)};
  });
}

Outcome mark(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto check = find(desk, call.part("id"));
    if (!check) return not_found();
    if (!desk.own(check->record.owner)) return forbidden();
    auto done = workbench::mark_drawn(
        desk.store(), desk.rules(), check->record.id, workbench::whole_in(call.body, "version"),
        call.text("staff"), *day_member(call, "day"), call.text("level"), call.text("reason"), desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    desk.tell(call.text("staff"), "日志抽查有结果", call.text("day") + " " + call.text("level"),
              "/logs/" + call.text("day"));
    return Answer{check_json(desk, *done)};
  });
}

Outcome close(Services& s, const Call& call) {
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    auto check = find(desk, call.part("id"));
    if (!check) return not_found();
    if (!desk.own(check->record.owner)) return forbidden();
    auto done = workbench::close_check(desk.store(), check->record.id, workbench::whole_in(call.body, "version"),
                                       desk.writing());
    if (!done.ok()) return record_refusal(done.error());
    return Answer{check_json(desk, *done)};
  });
}

// ------------------------------------------------------------------------------------ figures

struct FiguresOf {
  const people::Staff* staff = nullptr;
  workbench::LogFigures figures;
  std::vector<workbench::LogMark> marks;
};

std::vector<FiguresOf> figures_of(PlanDesk& desk, Permission permission, const base::Period& period) {
  std::vector<FiguresOf> out;
  std::vector<std::string> ids;
  for (const auto* one : desk.staff_in_reach(permission, ""))
    if (desk.writes(*one)) out.push_back({one, {}, {}}), ids.push_back(one->id);
  const auto logs = workbench::logs_in(desk.store(), ids, period.first(), period.last());
  const auto marks = workbench::marks(desk.store(), ids, period.first(), period.last());
  for (FiguresOf& one : out) {
    auto own = logs.find(one.staff->id);
    one.figures = workbench::log_figures(
        desk.rules(), one.staff->id, std::max(period.first(), one.staff->hired.value_or(period.first())),
        period.last(), desk.bank_now(), own == logs.end() ? std::map<Date, bool>() : own->second, marks);
    for (const auto& m : marks)
      if (m.staff == one.staff->id) one.marks.push_back(m);
  }
  return out;
}

// What is recorded for the period now, by person and name of the fact.
std::map<std::pair<std::string, std::string>, appraisal::Recorded> recorded_now(PlanDesk& desk,
                                                                                const base::Period& period) {
  std::map<std::pair<std::string, std::string>, appraisal::Recorded> out;
  for (const char* name : {kMean, kShare, kLate}) {
    appraisal::RecordedFilter filter;
    filter.name = name, filter.subject_kind = "staff", filter.period = period.str();
    for (auto& one : appraisal::recorded(desk.store(), filter)) {
      auto key = std::pair(one.what.subject_id, std::string(name));
      out.insert_or_assign(key, std::move(one));
    }
  }
  return out;
}

Json figures_json(PlanDesk& desk, const FiguresOf& one,
                  const std::map<std::pair<std::string, std::string>, appraisal::Recorded>& now) {
  JsonArray missing, marks;
  for (const Date day : one.figures.missing) missing.emplace_back(day.str());
  for (const auto& m : one.marks)
    marks.push_back(JsonObject{{"day", m.day.str()},
                               {"level", m.level},
                               {"mark", m.mark.str()},
                               {"late", m.late},
                               {"reason", m.reason},
                               {"check", m.check ? Json(m.check) : Json()},
                               {"by", m.by}});
  auto value = [&](const char* name) {
    auto found = now.find({one.staff->id, name});
    const Json* kept = found == now.end() ? nullptr : &found->second.what.value;
    if (!kept || kept->is_null()) return Json();
    return kept->as_number() ? Json(kept->as_number()->str()) : Json();
  };
  auto at = now.find({one.staff->id, kShare});
  return JsonObject{{"staff", one.staff->id},
                    {"name", one.staff->name},
                    {"org_name", desk.org_name(one.staff->org)},
                    {"required", one.figures.required},
                    {"written", one.figures.written},
                    {"late", one.figures.late},
                    {"missing", std::move(missing)},
                    {"mean", workbench::decimal_or_null(one.figures.mean)},
                    {"share", workbench::decimal_or_null(one.figures.share)},
                    {"marks", std::move(marks)},
                    {"recorded", JsonObject{{"mean", value(kMean)},
                                            {"share", value(kShare)},
                                            {"late", value(kLate)},
                                            {"at", at == now.end() ? Json() : Json(at->second.at)},
                                            {"by", at == now.end() ? "" : at->second.by}}}};
}

Refusal wrong_period() {
  return {422,
          {"log.period", "写一个月、季或者年", "period", "例如 2026-01"},
          {{"period", "例如 2026-01、2026Q1、2026"}}};
}

Answer figures_answer(PlanDesk& desk, const std::vector<FiguresOf>& all, const base::Period& period) {
  const auto now = recorded_now(desk, period);
  std::vector<Json> rows;
  for (const auto& one : all) rows.push_back(figures_json(desk, one, now));
  Answer out{.items = Items::of(std::move(rows))};
  out.items->beside = {{"full", desk.rules().full_mark().str()},
                       {"period", period.str()},
                       {"scheme", std::string(workbench::kWorkPack) + "/log-quality"}};
  return out;
}

Outcome show_figures(Services& s, const Call& call) {
  auto period = base::Period::parse(call.get("period").value_or(""));
  if (!period) return wrong_period();
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    return figures_answer(desk, figures_of(desk, Permission::log_read, *period), *period);
  });
}

// QUA-614: what the marks come to is recorded; whatever was recorded of the period before stays in the book.
Outcome record_figures(Services& s, const Call& call) {
  auto period = base::Period::parse(call.text("period"));
  if (!period) return wrong_period();
  return with_rules(s, call, [&](PlanDesk& desk) -> Outcome {
    const policy::Pack& pack = desk.rules().pack();
    if (auto may = appraisal::check_recorder(pack, kMean, call.login().roles); !may.ok())
      return record_refusal(may.error());
    if (desk.today() <= period->first()) return record_refusal({"log.period", "这一期还没有开始", "period", ""});
    std::vector<appraisal::Recording> all;
    for (const auto& one : figures_of(desk, Permission::log_count, *period)) {
      auto add = [&](const char* name, Json value) {
        appraisal::Recording what{name, "staff", one.staff->id, period->str(), "", std::move(value), "", "", ""};
        what.document = "工作日志 " + period->str() + " " + one.staff->id;
        what.note = std::to_string(one.figures.marked) + " 篇打分，应写 " + std::to_string(one.figures.required) +
                    " 天，写了 " + std::to_string(one.figures.written) + " 天";
        all.push_back(std::move(what));
      };
      add(kMean, one.figures.mean ? Json(*one.figures.mean) : Json());
      add(kShare, one.figures.share ? Json(*one.figures.share) : Json());
      add(kLate, one.figures.required ? Json(one.figures.late) : Json());
    }
    int64_t changed = 0;
    const std::string label = pack.id + " " + pack.version + " " + pack.hash.substr(0, 12);
    std::optional<base::Error> wrong;
    for (auto& one : all) {
      auto fits = appraisal::check_recording(pack, one);
      if (!fits.ok()) return record_refusal(fits.error());
      one = std::move(*fits);
    }
    desk.store().transaction([&] {
      for (const auto& one : all) {
        // What was never recorded needs no taking back.
        if (one.value.is_null() && appraisal::would_record(desk.store(), one) == appraisal::RecordState::added)
          continue;
        changed += appraisal::record(desk.store(), one, label, desk.login(), desk.services().clock()) !=
                   appraisal::RecordState::unchanged;
      }
      desk.audit("log.count", "period " + period->str(), JsonObject{{"facts", all.size()}, {"changed", changed}});
    });
    Answer out = figures_answer(desk, figures_of(desk, Permission::log_read, *period), *period);
    return out;
  });
}

Table figures_endpoints() {
  const std::vector<std::pair<std::string, SchemaRef>> beside = {
      {"full", decimal()}, {"period", text()}, {"scheme", text()}};
  return {{.method = "GET",
           .path = "/log-figures",
           .summary = "what logs and their marks come to in a period, for each in reach; what is recorded of it",
           .permission = Permission::log_read,
           .parameters = {{"period", text(10), true}, {"staff", text(100), false, "", "staff"}},
           .output = list_of("LogFigures", beside),
           .handler = show_figures,
           .list = true,
           .whole = true,
           .searched = {"name", "org_name"}},
          {.method = "POST",
           .path = "/log-figures",
           .summary = "records them as facts that schemes take",
           .permission = Permission::log_count,
           .input = object({{"period", text(10)}}),
           .output = list_of("LogFigures", beside),
           .handler = record_figures,
           .list = true,
           .whole = true}};
}

}  // namespace

Table log_check_endpoints() {
  Table out = {
      {.method = "GET",
       .path = "/log-checks",
       .summary = "spot checks of logs in reach, newest first",
       .permission = Permission::log_check,
       .output = list_of("LogCheck"),
       .handler = list_checks,
       .list = true,
       .whole = true,
       .searched = {"title", "seed", "owner_name"}},
      {.method = "POST",
       .path = "/log-checks",
       .summary = "draws n of the days whose deadline is over, by a seed that is kept",
       .permission = Permission::log_check,
       .input = optional(
           object(
               {{"first", date()}, {"last", date()}, {"n", integer()}, {"seed", text(400)}, {"staff", text(100)}}),
           {"staff"}),
       .output = ref("LogCheck"),
       .handler = draw},
      {.method = "GET",
       .path = "/log-checks/{id}",
       .summary = "one spot check with what was drawn",
       .permission = Permission::log_check,
       .output = ref("LogCheck"),
       .handler = show_check},
      {.method = "POST",
       .path = "/log-checks/{id}/mark",
       .summary = "marks one of those drawn, with a reason",
       .permission = Permission::log_check,
       .input = object({{"version", integer()},
                        {"staff", text(100)},
                        {"day", date()},
                        {"level", text(40)},
                        {"reason", text(8000)}}),
       .output = ref("LogCheck"),
       .handler = mark},
      {.method = "POST",
       .path = "/log-checks/{id}/close",
       .summary = "every one drawn has its mark",
       .permission = Permission::log_check,
       .input = object({{"version", integer()}}),
       .output = ref("LogCheck"),
       .handler = close}};
  Table more = figures_endpoints();
  std::move(more.begin(), more.end(), std::back_inserter(out));
  return out;
}

}  // namespace guanhu::api
