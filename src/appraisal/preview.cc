#include "appraisal/preview.h"

#include <algorithm>

namespace guanhu::appraisal {

namespace {

using base::Error;

constexpr const char* kTrial = "试算 ";  // with a blank, which no name has

policy::Scheme every_manager() {
  policy::Scheme out;
  out.title = "试算";
  out.holders = "manager";
  out.full_total = base::Decimal(100);
  out.missing = policy::Missing::rescale;
  return out;
}

void add_once(std::vector<std::string>& all, const std::string& name) {
  if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
}

bool has(const std::vector<std::string>& all, const std::string& name) {
  return std::find(all.begin(), all.end(), name) != all.end();
}

class Previewer {
 public:
  Previewer(const policy::Pack& pack, const PreviewAsk& ask, measures::Engine& engine,
            const people::Directory& directory, std::shared_ptr<const RecordedFacts> facts)
      : pack_(pack), ask_(ask), engine_(engine), directory_(directory), facts_(std::move(facts)) {}

  base::Result<Preview> run() {
    if (auto status = find_scheme(); !status) return status.error();
    auto whole = evaluated(scheme_);
    if (whole) return finished(std::move(*whole));
    // Something in it cannot be computed: what, is found by asking for one after the other.
    std::vector<FailedFigure> failed;
    policy::Scheme left = scheme_;
    left.figures.clear(), left.items.clear();
    for (const auto& name : scheme_.figures) {
      if (auto error = fails(name)) failed.push_back({name, *error});
      else left.figures.push_back(name);
    }
    for (const auto& item : scheme_.items) {
      if (has(scheme_.figures, item.score)) continue;
      if (auto error = fails(item.score)) failed.push_back({item.score, *error});
      else left.items.push_back(item);
    }
    if (failed.empty() || (left.figures.empty() && left.items.empty()))
      return failed.empty() ? whole.error() : failed.front().error;
    auto rest = evaluated(left);
    if (!rest) return rest.error();
    rest->failed = std::move(failed);
    return finished(std::move(*rest));
  }

 private:
  base::Status find_scheme() {
    scheme_ = every_manager();
    if (!ask_.scheme.empty()) {
      const policy::Scheme* own = pack_.scheme(ask_.scheme);
      if (!own)
        return Error{"scheme.unknown", "这份草稿里没有考核方案“" + ask_.scheme + "”", "scheme",
                     "先在“考核对象设置”里建方案，或不选方案试算"};
      scheme_ = *own;
    }
    // A decision of the copy would not be the one that was compiled: its figures are shown, its total is not.
    scheme_.decision.clear(), scheme_.sources.clear(), scheme_.gates.clear();
    if (scheme_.items.empty()) scheme_.grades.clear();
    scheme_.name = kTrial;
    scheme_.periods = {"month", "quarter", "half-year", "year"};
    if (const policy::Scheme* own = pack_.scheme(ask_.scheme)) scheme_.periods = own->periods;
    for (const auto& name : ask_.figures) add_once(scheme_.figures, name);
    items_ = scheme_.items.size();
    if (scheme_.figures.empty() && scheme_.items.empty())
      return Error{"preview.nothing", "还没有可以算的指标", "figures", "先设一个原始指标"};
    return {};
  }

  base::Result<Preview> evaluated(const policy::Scheme& scheme) {
    auto trial = std::make_shared<policy::Pack>(pack_);
    trial->schemes.push_back(scheme);
    auto compiled = policy::compile_scheme(*trial, kTrial, ask_.period.last());
    if (!compiled) return compiled.error();
    auto evaluation = evaluate(*compiled, ask_.period, engine_, directory_, std::nullopt, {}, facts_);
    if (!evaluation) return evaluation.error();
    Run run = run_of(*evaluation, directory_, std::nullopt);
    return Preview{std::move(trial), std::move(*evaluation), std::move(run), {}};
  }

  std::optional<Error> fails(const std::string& name) {
    policy::Scheme one = scheme_;
    one.figures = {name};
    one.items.clear();
    auto made = evaluated(one);
    return made ? std::nullopt : std::optional(made.error());
  }

  Preview finished(Preview made) const {
    made.total = items_ > 0 && made.evaluation.scheme.items.size() == items_;
    return made;
  }

  const policy::Pack& pack_;
  const PreviewAsk& ask_;
  measures::Engine& engine_;
  const people::Directory& directory_;
  std::shared_ptr<const RecordedFacts> facts_;
  policy::Scheme scheme_;
  size_t items_ = 0;
};

}  // namespace

base::Result<Preview> preview(const policy::Pack& pack, const PreviewAsk& ask, measures::Engine& engine,
                              const people::Directory& directory, std::shared_ptr<const RecordedFacts> facts) {
  return Previewer(pack, ask, engine, directory, std::move(facts)).run();
}

}  // namespace guanhu::appraisal
