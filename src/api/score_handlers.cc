// My figures: the score sheet, its trend, and the tree under every figure down to the rows.
#include <algorithm>

#include "api/gate.h"
#include "api/handlers.h"
#include "api/kept_body.h"
#include "api/redact.h"

namespace guanhu::api {

using base::Decimal;
using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json place_json(const appraisal::Rank& rank) {
  if (!rank.place) return {};
  return JsonObject{{"place", rank.place}, {"of", rank.of}};
}

Json rank_json(const Appraised& a, const appraisal::HolderResult& h) {
  return JsonObject{{"branch", a.run.rank_in_branch ? place_json(h.in_branch) : Json()},
                    {"bank", a.run.rank_in_bank ? place_json(h.in_bank) : Json()}};
}

// The lowest grade above what was reached. Bands are ordered from high to low.
Json next_grade(const Appraised& a, const appraisal::HolderResult& h) {
  if (!h.total) return {};
  const policy::GradeBand* next = nullptr;
  for (const auto& band : a.scheme->grades)
    if (band.at_least > *h.total) next = &band;
  if (!next) return {};
  return JsonObject{{"grade", next->grade},
                    {"missing", decimal_text(Decimal::subtract(next->at_least, *h.total))}};
}

// That of the same name: an earlier period may have been appraised by another version of the pack.
template <typename T>
const T* named(const std::vector<T>& all, size_t near, const std::string& name) {
  if (near < all.size() && all[near].name == name) return &all[near];
  auto at = std::find_if(all.begin(), all.end(), [&](const T& one) { return one.name == name; });
  return at == all.end() ? nullptr : &*at;
}

JsonArray scores_json(const Appraised& a, size_t h, const appraisal::HolderResult* before) {
  JsonArray out;
  const auto& result = a.run.holders[h];
  for (size_t i = 0; i < a.scores.size(); ++i) {
    const Column& c = a.scores[i];
    const Peers& p = a.peers[i];
    const auto* was = before ? named(before->scores, i, c.name) : nullptr;
    JsonObject peers = {{"min", decimal_text(p.least)},
                        {"max", decimal_text(p.most)},
                        {"average", decimal_text(p.average)},
                        {"place", p.place[h] ? Json(p.place[h]) : Json()},
                        {"of", p.of}};
    out.push_back(JsonObject{{"name", c.name},
                             {"value", decimal_text(result.scores[i].value)},
                             {"full", c.full.str()},
                             {"weight", c.weight.str()},
                             {"reason", result.scores[i].reason},
                             {"previous", was ? decimal_text(was->value) : Json()},
                             {"peers", std::move(peers)},
                             {"article", c.origin->article}});
  }
  return out;
}

JsonArray figures_json(const Appraised& a, size_t h, const appraisal::HolderResult* before) {
  JsonArray out;
  const auto& result = a.run.holders[h];
  for (size_t i = 0; i < a.figures.size(); ++i) {
    const auto* was = before ? named(before->figures, i, a.figures[i].name) : nullptr;
    out.push_back(JsonObject{{"name", a.figures[i].name},
                             {"value", figure_text(result.figures[i])},
                             {"unit", a.figures[i].unit},
                             {"reason", result.figures[i].reason},
                             {"previous", was ? figure_text(*was) : Json()},
                             {"article", a.figures[i].origin->article}});
  }
  return out;
}

std::string org_name(const people::Directory& directory, const std::string& id) {
  const people::Org* org = directory.org(id);
  return org ? org->name : id;
}

Json sheet_json(const Facts& facts, const Appraised& a, size_t h, const Appraised* earlier) {
  const auto& r = a.run.holders[h];
  auto place_before = earlier ? earlier->holder(r.id) : std::nullopt;
  const appraisal::HolderResult* before = place_before ? &earlier->run.holders[*place_before] : nullptr;
  JsonArray warnings;
  if (a.run.period.last() > *facts.last_date)
    warnings.push_back("期间 " + a.run.period.str() + " 尚未结束: 只导入到 " + facts.last_date->str() +
                       ", 其后各日按该日余额计");
  if (facts.open_totals > 0)
    warnings.push_back("有 " + std::to_string(facts.open_totals) + " 项总账控制数尚未核对一致");
  JsonObject holder = {{"id", r.id},         {"name", r.name},
                       {"org", r.org},       {"org_name", org_name(a.directory, r.org)},
                       {"branch", r.branch}, {"branch_name", org_name(a.directory, r.branch)}};
  return JsonObject{{"holder", std::move(holder)},
                    {"scheme", a.run.scheme},
                    {"title", a.run.title},
                    {"period", a.run.period.str()},
                    {"run_hash", a.hash},
                    {"pack_hash", a.run.pack_hash},
                    {"total", decimal_text(r.total)},
                    {"full_total", a.scheme->full_total.str()},
                    {"total_reason", r.total_reason},
                    {"waits", JsonArray(r.waits.begin(), r.waits.end())},
                    {"grade", r.grade ? Json(*r.grade) : Json()},
                    {"next_grade", next_grade(a, r)},
                    {"rank", rank_json(a, r)},
                    {"previous", before ? Json(JsonObject{{"period", earlier->run.period.str()},
                                                          {"total", decimal_text(before->total)}})
                                        : Json()},
                    {"scores", scores_json(a, h, before)},
                    {"figures", figures_json(a, h, before)},
                    {"warnings", std::move(warnings)}};
}

// The holder asked for, in the appraisal asked for, when it is the visitor's to see.
struct Subject {
  std::shared_ptr<const Facts> facts;
  Asked asked;
  std::shared_ptr<const Appraised> appraised;
  size_t holder = 0;
};
std::variant<Subject, Refusal> subject_of(Services& s, const Call& call) {
  auto asked = asked_of(call);
  if (auto* refusal = std::get_if<Refusal>(&asked)) return *refusal;
  auto& [scheme, period] = std::get<Asked>(asked);
  auto facts = s.facts();
  // Before anything is computed: a stranger's id costs nothing and tells nothing.
  if (!facts->reach(call.login(), call.scope)->holder(call.part("holder"))) return not_found();
  auto appraised = facts->appraised(scheme, period);
  if (!appraised) return refusal_of(appraised.error());
  auto holder = (*appraised)->holder(call.part("holder"));
  if (!holder) return not_found();
  return Subject{std::move(facts), {scheme, period}, *appraised, *holder};
}

std::shared_ptr<const Appraised> earlier_than(const Facts& facts, const Asked& asked) {
  base::Period before = asked.period.previous();
  if (!facts.has_data(before)) return nullptr;
  auto appraised = facts.appraised(asked.scheme, before);
  return appraised ? *appraised : nullptr;  // a refused earlier period is no reason to withhold this one
}

// Under which names the answers below are kept with their appraisal.
std::string sheet_name(size_t holder) { return "sheet " + std::to_string(holder); }

// The periods of a trend.
struct Span {
  base::Period last;
  size_t count = 0;
};
Span span_of(const Facts& facts, const Asked& asked, const Call& call) {
  base::Period last = asked.period;
  if (auto kind = call.get("kind")) {
    auto k = *kind == "month"       ? base::PeriodKind::month
             : *kind == "quarter"   ? base::PeriodKind::quarter
             : *kind == "half-year" ? base::PeriodKind::half_year
                                    : base::PeriodKind::year;
    last = base::Period::containing(k, std::min(asked.period.last(), *facts.last_date));
  }
  return {last, static_cast<size_t>(std::clamp(call.number("count", 8), 1L, 36L))};
}
std::string trend_name(size_t holder, const Span& span) {
  return "trend " + std::to_string(holder) + " " + span.last.str() + " " + std::to_string(span.count);
}

// What is kept of the holder asked for, when the visitor may see it; nothing when anything is missing.
std::optional<Answer> kept_answer(Services& s, const Call& call,
                                  std::string (*name)(const Facts&, const Asked&, const Call&, size_t holder)) {
  auto asked = asked_of(call);
  if (!std::holds_alternative<Asked>(asked)) return std::nullopt;
  const Asked& q = std::get<Asked>(asked);
  auto facts = s.facts();
  if (!facts->has_data(q.period)) return std::nullopt;
  auto reach = facts->known_reach(call.login(), call.scope);
  if (!reach || !reach->holder(call.part("holder"))) return std::nullopt;
  auto appraised = facts->known_appraisal(q.scheme, q.period);
  auto holder = appraised ? appraised->holder(call.part("holder")) : std::nullopt;
  if (!holder) return std::nullopt;
  auto kept = std::static_pointer_cast<const KeptBody>(appraised->kept(name(*facts, q, call, *holder)));
  if (!kept) return std::nullopt;
  return kept->answer(call);
}

std::optional<Answer> kept_sheet(Services& s, const Call& call) {
  return kept_answer(s, call, [](const Facts&, const Asked&, const Call&, size_t h) { return sheet_name(h); });
}

std::optional<Answer> kept_trend(Services& s, const Call& call) {
  return kept_answer(s, call, [](const Facts& facts, const Asked& asked, const Call& c, size_t h) {
    return trend_name(h, span_of(facts, asked, c));
  });
}

// The page everybody opens all day: made once for a holder, then the same bytes for every reader.
Outcome sheet(Services& s, const Call& call) {
  auto found = subject_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto& [facts, asked, appraised, holder] = std::get<Subject>(found);
  const Appraised& a = *appraised;
  auto made = std::static_pointer_cast<const KeptBody>(
      a.kept("sheet " + std::to_string(holder),
             [&, h = holder, &f = *facts, &q = asked]() -> std::shared_ptr<const void> {
               auto earlier = earlier_than(f, q);
               return std::make_shared<KeptBody>(
                   sheet_json(f, a, h, earlier.get()),
                   f.tag + " " + a.hash + " " + (earlier ? earlier->hash : "") + " " + a.run.holders[h].id);
             }));
  return made->answer(call);
}

Json trend_json(const Facts& facts, const Asked& asked, const std::string& holder, const Span& span) {
  JsonArray items;
  for (const auto& period : facts.periods_until(span.last, span.count)) {
    auto one = facts.appraised(asked.scheme, period);
    if (!one) continue;  // the scheme may not know this kind of period, or nobody held a post then
    const Appraised& a = **one;
    auto h = a.holder(holder);
    if (!h) continue;
    const auto& r = a.run.holders[*h];
    JsonObject scores, figures;
    for (const auto& score : r.scores) scores.emplace_back(score.name, decimal_text(score.value));
    for (const auto& figure : r.figures) figures.emplace_back(figure.name, decimal_text(figure.value));
    items.push_back(JsonObject{{"period", period.str()},
                               {"complete", period.last() <= *facts.last_date},
                               {"total", decimal_text(r.total)},
                               {"grade", r.grade ? Json(*r.grade) : Json()},
                               {"rank", rank_json(a, r)},
                               {"scores", std::move(scores)},
                               {"figures", std::move(figures)}});
  }
  return JsonObject{{"items", std::move(items)}};
}

// Of the same page, and kept like it: the facts and the pack it was made from are those of the appraisal.
Outcome trend(Services& s, const Call& call) {
  auto found = subject_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto& [facts, asked, appraised, holder] = std::get<Subject>(found);
  const Span span = span_of(*facts, asked, call);
  const std::string name = trend_name(holder, span);
  auto made = std::static_pointer_cast<const KeptBody>(
      appraised->kept(name, [&, &f = *facts, &q = asked, &a = *appraised]() -> std::shared_ptr<const void> {
        Json body = trend_json(f, q, call.part("holder"), span);
        return std::make_shared<KeptBody>(body, f.tag + " " + a.hash + " " + call.part("holder") + " " + name);
      }));
  return made->answer(call);
}

Outcome explain(Services& s, const Call& call) {
  auto found = subject_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  auto& [facts, asked, appraised, holder] = std::get<Subject>(found);
  auto reach = facts->reach(call.login(), call.scope);
  appraisal::Question question{call.part("holder"), call.get("figure").value_or("总分"),
                               static_cast<size_t>(std::clamp(call.number("limit", 50), 1L, 2000L))};
  Json body;
  auto status = facts->with_engine(asked.scheme, asked.period,
                                   [&](const auto& evaluation, auto& engine, auto&) -> base::Status {
                                     auto tree = appraisal::explain(evaluation, engine, question);
                                     if (!tree) return tree.error();
                                     redact(*tree, *reach, s.bank().personal_key());
                                     body = tree_json(*tree);
                                     return {};
                                   });
  if (!status) return refusal_of(status.error());
  return Answer{std::move(body)};
}

Outcome moved(Services& s, const Call& call) {
  auto asked = asked_of(call);
  if (auto* refusal = std::get_if<Refusal>(&asked)) return *refusal;
  auto& [scheme, period] = std::get<Asked>(asked);
  std::string file = call.part("file");
  if (!file.ends_with(".csv")) file += ".csv";
  auto address = appraisal::RowAddress::parse(call.part("date") + "/" + file + ":" + call.part("line"));
  if (!address) return not_found();
  auto facts = s.facts();
  auto reach = facts->reach(call.login(), call.scope);
  Json body;
  bool visible = false;
  auto status =
      facts->with_engine(scheme, period, [&](const auto& evaluation, auto& engine, auto& db) -> base::Status {
        auto subject = appraisal::subject_of(db, *address, std::nullopt);
        if (!subject) return subject.error();
        auto tree = appraisal::explain_subject(evaluation, engine, *subject);
        if (!tree) return tree.error();
        visible = keep_reachable(*tree, *reach, s.bank().personal_key()) || reach->bank();
        body = tree_json(*tree);
        return {};
      });
  // A row that is not there and one that is somebody else's look the same.
  if (!status) return status.error().code == "explain.row" ? not_found() : refusal_of(status.error());
  // A row that moved nobody in reach is somebody else's row.
  if (!visible) return not_found();
  return Answer{std::move(body)};
}

}  // namespace

Table score_endpoints() {
  auto with = [](std::vector<Parameter> more) {
    auto out = scheme_and_period();
    out.insert(out.end(), more.begin(), more.end());
    return out;
  };
  const auto may = people::Permission::score_read;
  return {{.method = "GET",
           .path = "/scores/{holder}",
           .summary = "score sheet of one holder",
           .permission = may,
           .parameters = scheme_and_period(),
           .output = ref("ScoreSheet"),
           .handler = sheet,
           .quick = kept_sheet},
          {.method = "GET",
           .path = "/scores/{holder}/trend",
           .summary = "the last periods: total, rank, per score",
           .permission = may,
           .parameters =
               with({{"kind", choice({"month", "quarter", "half-year", "year"}), false, "else that of the period"},
                     {"count", integer(), false, "1 to 36, else 8"}}),
           .output = object({{"items", list(ref("TrendPoint"))}}),
           .handler = trend,
           .quick = kept_trend},
          {.method = "GET",
           .path = "/scores/{holder}/explain",
           .summary = "the tree under a figure, score or 总分",
           .permission = may,
           .parameters =
               with({{"figure", text(200), false, "else 总分"},
                     {"limit", integer(), false, "accounts and events under a measure, 1 to 2000, else 50"}}),
           .output = ref("ExplainNode"),
           .handler = explain},
          {.method = "GET",
           .path = "/rows/{date}/{file}/{line}/moved",
           .summary = "the figures a row of the feed moved",
           .permission = may,
           .parameters = scheme_and_period(),
           .output = ref("ExplainNode"),
           .handler = moved}};
}

}  // namespace guanhu::api
