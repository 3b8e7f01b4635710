#include "appraisal/statement.h"

#include "appraisal/detail/words.h"
#include "appraisal/peer_values.h"
#include "appraisal/text_table.h"

namespace guanhu::appraisal {

using base::Error;
using base::Json;
using policy::StepKind;

namespace {

// "加分步长 = 50,000 元", with as many decimals as the value has.
std::string valued(const std::string& name, const base::Decimal& value, const std::string& unit) {
  const std::string plain = value.str();
  const size_t point = plain.find('.');
  return name + " = " + grouped(value, point == plain.npos ? 0 : static_cast<int>(plain.size() - point - 1)) +
         (unit.empty() || unit == "比率" ? "" : " " + unit);
}

// The kinds of which the bank has words; what else a scheme computes is a 计算指标.
Basis basis_of(const policy::CompiledScheme& scheme, const policy::SchemeStep& step, const base::Period& period) {
  Basis out;
  out.name = step.name, out.unit = step.unit, out.origin = step.origin();
  if (step.kind == StepKind::measure && step.measure) {
    out.kind = "原始指标", out.formula = detail::measure_words(*step.measure, period);
  } else if (step.kind == StepKind::peer && step.peer) {
    out.kind = "同业比较", out.formula = detail::peer_words(*step.peer);
  } else if (step.kind == StepKind::score && step.score) {
    out.kind = "计分指标", out.formula = step.score->formula, out.full = step.score->full.str();
    for (const auto& item : scheme.scheme->items)
      if (item.score == step.name) out.weight = item.weight.str();
  } else {
    out.kind = "计算指标", out.formula = step.indicator ? step.indicator->formula : "";
  }
  for (const auto& input : step.inputs)
    if (input.kind == policy::InputKind::parameter)
      out.read.push_back(valued(input.name, input.value, input.parameter->unit));
  return out;
}

// The sealed run of the latest period of the same kind that ended before this one.
void find_previous(store::Session& session, StatementBook& book) {
  const base::Period period = *base::Period::parse(book.life.period);
  std::optional<base::Period> best;
  for (const auto& row : session.query("SELECT run_id, period FROM runs WHERE scheme = ? AND state = 'sealed'",
                                       {book.life.scheme})) {
    auto other = base::Period::parse(row.text(1));
    if (!other || other->kind() != period.kind() || other->last() >= period.first()) continue;
    if (best && other->last() <= best->last()) continue;
    best = other, book.previous_run = row.integer(0), book.previous_period = row.text(1);
  }
}

}  // namespace

base::Result<StatementBook> open_statements(const Desk& desk, int64_t run) {
  auto life = life_of(desk.store(), run);
  if (!life) return life.error();
  if (life->state != "sealed")
    return Error{"life.state", "第 " + std::to_string(run) + " 次考核还没有封存，没有绩效单", "run",
                 "封存以后再要"};
  auto pack = pack_of_run(desk, life->scheme, life->pack_hash);
  if (!pack) return pack.error();
  const base::Period period = *base::Period::parse(life->period);
  auto scheme =
      policy::compile_scheme(*pack->pack, life->scheme.substr(life->scheme.find('/') + 1), period.last());
  if (!scheme) return scheme.error();
  StatementBook out;
  out.life = *life, out.title = scheme->scheme->title;
  out.directory =
      people::Directory::load(desk.bank.warehouse(), period.last(), base::Instant::parse(life->known_at));
  for (const auto& org : out.directory.orgs())
    if (org.kind == "hq" && out.bank.empty()) out.bank = org.name;
  out.full_total = scheme->scheme->full_total.str(), out.total_words = detail::total_words(*scheme->scheme);
  for (const auto& step : scheme->steps) out.basis.push_back(basis_of(*scheme, step, period));
  // The same for all holders, and no figure of anybody's.
  const auto peers = peer_values(desk, run);
  for (auto& one : out.basis)
    if (auto value = peers.find(one.name); value != peers.end())
      one.read.push_back(valued(one.name, value->second, one.unit));
  find_previous(desk.store(), out);
  return out;
}

base::Result<StatementSheet> statement_sheet(store::Session& session, const StatementBook& book,
                                             const std::string& holder) {
  auto data = statement_data(session, book.life.run, holder);
  if (!data) return data.error();
  auto receipt = receipt_of(session, book.life.run, holder);
  if (!receipt) return receipt.error();
  StatementSheet out{std::move(*data), std::nullopt, std::move(*receipt)};
  if (book.previous_run) out.previous = kept_result(session, book.previous_run, holder);
  out.grades = grades_held(session, holder, base::Period::parse(book.life.period)->last());
  out.pay = slips_for_statement(session, book.life.scheme, book.life.period, holder);
  return out;
}

}  // namespace guanhu::appraisal
