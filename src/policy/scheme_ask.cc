#include "policy/scheme_ask.h"

#include "policy/detail/compiled.h"

namespace guanhu::policy {

base::Result<feel::Value> ask_formula(const Pack& pack, const FormulaAsk& ask, std::vector<feel::Value> inputs,
                                      base::Date on) {
  const auto& compiled = pack.compiled->decisions;
  auto found = compiled.find(ask.decision.id);
  if (found == compiled.end())
    throw base::Broken("a formula of a scheme that was not compiled: " + ask.decision.id);
  const feel::EvalOptions options{.strict = true};
  const detail::Asking asking{on, &options, nullptr, nullptr, nullptr};
  inputs.reserve(found->second->body.slots);
  try {
    return detail::run_decision(*found->second, std::move(inputs), asking);
  } catch (feel::Eval::Stop& stopped) {
    base::Error error = std::move(stopped.error);
    error.code = "scheme.source";
    return error;
  } catch (const feel::NestingLimit&) {
    return base::Error{"scheme.source", "算式套得太深", ask.decision.origin.document, ""};
  }
}

}  // namespace guanhu::policy
