#include "workbench/todo_figures.h"

#include <algorithm>
#include <map>

#include "appraisal/evaluate.h"
#include "appraisal/recorded.h"
#include "measures/engine.h"
#include "policy/load.h"
#include "policy/scheme.h"

namespace guanhu::workbench {

namespace {

class Figures {
 public:
  Figures(feed::Bank& bank, const Night& night, std::vector<std::string>& problems)
      : bank_(bank), night_(night), problems_(problems) {}

  std::optional<base::Decimal> of(const std::string& scheme, const std::string& figure, const PlanPeriod& period,
                                  const std::string& holder) {
    auto [at, fresh] = runs_.try_emplace({scheme, period.str()});
    if (fresh) {
      auto made = run(scheme, period);
      if (made.ok()) at->second = std::move(*made);
      else problems_.push_back("工作计划的目标 " + scheme + " " + period.str() + "：" + made.error().text());
    }
    if (!at->second) return std::nullopt;
    const auto* found = at->second->holder(holder);
    if (!found) return std::nullopt;
    if (figure == "总分") return found->total;
    for (const auto& one : found->figures)
      if (one.name == figure) return one.value;
    for (const auto& one : found->scores)
      if (one.name == figure) return one.value;
    return std::nullopt;
  }

 private:
  // Nothing without a word: the scheme has no such period, or the period no facts yet.
  base::Result<std::optional<appraisal::Run>> run(const std::string& name, const PlanPeriod& span) {
    const auto period = span.measured();
    const size_t slash = name.find('/');
    auto business = last_business_date(bank_.warehouse());
    if (!period || slash == name.npos || !business || *business < period->first())
      return std::optional<appraisal::Run>();
    auto pack = open_night_pack(bank_, night_, name.substr(0, slash), period->last());
    if (!pack.ok()) return pack.error();
    const policy::Scheme* scheme = (*pack)->scheme(name.substr(slash + 1));
    if (!scheme || std::find(scheme->periods.begin(), scheme->periods.end(), plan_kind_name(span.kind)) ==
                       scheme->periods.end())
      return std::optional<appraisal::Run>();
    auto compiled = policy::compile_scheme(**pack, scheme->name, period->last());
    if (!compiled.ok()) return compiled.error();
    if (!engine_) {
      auto opened = measures::Engine::open(bank_.warehouse(),
                                           {.columns = bank_.folder().columns(), .known_at = {}, .teams = {}});
      if (!opened.ok()) return opened.error();
      engine_ = std::move(*opened);
    }
    const auto directory = people::Directory::load(bank_.warehouse(), period->last(), std::nullopt);
    auto evaluation = appraisal::evaluate(*compiled, *period, *engine_, directory, std::nullopt, {},
                                          appraisal::asks_grade(*scheme)
                                              ? appraisal::RecordedFacts::load(bank_.store(), std::nullopt, true)
                                              : nullptr);
    if (!evaluation.ok()) return evaluation.error();
    return std::optional(appraisal::run_of(*evaluation, directory, std::nullopt));
  }

  feed::Bank& bank_;
  const Night& night_;
  std::vector<std::string>& problems_;
  std::unique_ptr<measures::Engine> engine_;
  std::map<std::pair<std::string, std::string>, std::optional<appraisal::Run>> runs_;
};

}  // namespace

FigureOf figures_of(feed::Bank& bank, const Night& night, std::vector<std::string>& problems) {
  auto kept = std::make_shared<Figures>(bank, night, problems);
  return [kept](const std::string& scheme, const std::string& figure, const PlanPeriod& period,
                const std::string& holder) { return kept->of(scheme, figure, period, holder); };
}

}  // namespace guanhu::workbench
