#include "appraisal/pay_compute.h"

#include <algorithm>
#include <numeric>
#include <set>

#include "appraisal/pay_split.h"
#include "appraisal/under_way.h"

namespace guanhu::appraisal {

namespace {

using base::Date;
using base::Decimal;
using base::Error;
using base::Fen;
using base::Json;
using base::JsonArray;
using base::JsonObject;

Json money(Fen fen) { return Json(base::format_fen(fen)); }
Json given() { return JsonObject{{"kind", "given"}}; }

Decimal product(const Decimal& a, const Decimal& b) {
  auto out = Decimal::multiply(a, b);
  if (!out) throw base::Broken("an amount beyond what numbers hold");
  return *out;
}

// One line after the other, each for everybody: a pool needs all weights before anybody's part is known.
class Computing {
 public:
  explicit Computing(const PayWork& work) : work_(work) {
    for (const PayPerson& person : work.people) {
      at_[person.id] = out_.slips.size();
      Slip slip;
      slip.staff = person.id, slip.name = person.name, slip.org = person.org, slip.branch = person.branch;
      slip.days = days_in_post(person, work.first, work.last);
      slip.lines.reserve(work.plan.lines.size());
      out_.slips.push_back(std::move(slip));
      names_.push_back(told(person, out_.slips.back()));
    }
    facts_.resize(out_.slips.size());
    for (size_t i = 0; i < facts_.size(); ++i) {
      const PayPerson& p = work.people[i];
      work.facts->tell(facts_[i], p.id, p.org, p.branch, last_day(p));
      names_[i].behind(facts_[i]);
    }
  }

  PayResult run() {
    for (const PayLine& line : work_.plan.lines) {
      under_way(static_cast<size_t>(&line - work_.plan.lines.data()), work_.plan.lines.size(),
                work_.first.str().substr(0, 7) + " " + line.name);
      if (line.way == PayWay::joint) share_joint(line);
      else if (line.way == PayWay::pool) share_pool(line);
      else
        for (size_t i = 0; i < out_.slips.size(); ++i)
          add(i, line.way == PayWay::by_day ? by_day(line, i) : once(line, i));
    }
    for (Slip& slip : out_.slips)
      if (slip.net() < 0)
        slip.problems.push_back(Error{"pay.negative", "实发是负的: " + base::format_fen(slip.net()) + " 元",
                                      slip.staff, "少扣一些，或者分期扣"});
    return std::move(out_);
  }

 private:
  Date first_day(const PayPerson& p) const { return p.hired ? std::max(*p.hired, work_.first) : work_.first; }
  Date last_day(const PayPerson& p) const { return p.left ? std::min(*p.left, work_.last) : work_.last; }
  int days_in_post(const PayPerson& p, Date from, Date to) const {
    Date first = std::max(first_day(p), from), last = std::min(last_day(p), to);
    return last < first ? 0 : last - first + 1;
  }
  std::string grade(const PayPerson& p, Date day) const {
    const GradeStep* step = grade_on(p.grades, day);
    return step ? step->grade : work_.no_grade;
  }
  Json grade_source(const PayPerson& p, Date day) const {
    const GradeStep* step = grade_on(p.grades, day);
    return JsonObject{{"kind", "grade"},
                      {"step", step ? Json(step->id) : Json()},
                      {"from", step ? Json(step->from.str()) : Json()},
                      {"document", step ? Json(step->document) : Json()}};
  }

  Names told(const PayPerson& p, const Slip& slip) const {
    Names out = p.told;
    out.set("期间起日", told_date(work_.first), given());
    out.set("期间止日", told_date(work_.last), given());
    out.set("期间月数", Json(work_.months), given());
    out.set("期间天数", Json(work_.last - work_.first + 1), given());
    out.set("在岗天数", Json(slip.days), given());
    out.set("发放日期", told_date(work_.pay_on), given());
    out.set("职级", grade(p, last_day(p)), grade_source(p, last_day(p)));
    return out;
  }

  void tell_sums(size_t i) {
    const Slip& slip = out_.slips[i];
    names_[i].set("应发合计", Decimal::fen(slip.earnings), given());
    names_[i].set("扣款合计", Decimal::fen(slip.deductions), given());
    names_[i].set("保证金合计", Decimal::fen(slip.deposit), given());
  }

  void add(size_t i, SlipLine line) {
    Slip& slip = out_.slips[i];
    switch (line.line->kind) {
      case PayKind::earning: slip.earnings += line.amount; break;
      case PayKind::deduction: slip.deductions += line.amount; break;
      case PayKind::deposit: slip.deposit += line.amount; break;
      case PayKind::shown: break;
    }
    // What could not be worked out is told to nobody: the lines that need it say that it is missing.
    if (!line.error)
      names_[i].set(line.line->name, Decimal::fen(line.amount),
                    JsonObject{{"kind", "line"}, {"line", line.line->name}});
    slip.lines.push_back(std::move(line));
  }

  static void take(SlipLine& out, NamedAnswer&& answer) {
    out.decision = std::move(answer.decision), out.cites = std::move(answer.cites);
    out.inputs = std::move(answer.inputs), out.result = std::move(answer.result),
    out.error = std::move(answer.error);
  }

  // Earnings and deposits below zero are no such thing; a deduction below zero gives money back.
  static void take_amount(SlipLine& out, Fen amount) {
    if (amount < 0 && out.line->kind == PayKind::deposit)
      out.error = Error{"pay.result", "扣收的保证金是负的: " + base::format_fen(amount), out.decision, ""};
    else out.amount = amount;
  }

  SlipLine once(const PayLine& line, size_t i) {
    SlipLine out;
    out.line = &line;
    tell_sums(i);
    NamedAnswer answer = ask_named(*work_.pack, line.decision, names_[i], work_.last);
    auto number = number_in(answer, line.part);
    take(out, std::move(answer));
    if (!number.ok()) out.error = number.error();
    else take_amount(out, to_fen(*number));
    return out;
  }

  // First days of the stretches of the period in which nothing about the person changes.
  std::vector<Date> stretches(const PayPerson& p) const {
    std::set<Date> out = {first_day(p)};
    for (const GradeStep& step : p.grades)
      if (!step.corrected_by && step.from > first_day(p) && step.from <= last_day(p)) out.insert(step.from);
    for (Date day : work_.facts->changes(p.id, p.org, p.branch, first_day(p), last_day(p))) out.insert(day);
    return {out.begin(), out.end()};
  }

  SlipLine by_day(const PayLine& line, size_t i) {
    const PayPerson& p = work_.people[i];
    SlipLine out;
    out.line = &line;
    out.decision = work_.pack->id + "/" + line.decision;
    if (!out_.slips[i].days) return out;  // not in post on any day: nothing is due
    tell_sums(i);
    const std::vector<Date> starts = stretches(p);
    const Decimal days = work_.last - work_.first + 1;
    std::vector<Decimal> exact;
    JsonArray parts;
    Decimal sum = 0;
    for (size_t k = 0; k < starts.size(); ++k) {
      const Date from = starts[k], to = k + 1 < starts.size() ? starts[k + 1] - 1 : last_day(p);
      Names recorded, now = names_[i];
      work_.facts->tell(recorded, p.id, p.org, p.branch, from);
      now.behind(recorded);
      now.set("职级", grade(p, from), grade_source(p, from));
      NamedAnswer answer = ask_named(*work_.pack, line.decision, now, to);
      auto number = number_in(answer, line.part);
      if (!number.ok()) {
        out.inputs = answer.inputs, out.error = number.error();
        return out;
      }
      exact.push_back(*Decimal::divide(product(*number, to - from + 1), days));
      sum = *Decimal::add(sum, exact.back());
      parts.push_back(JsonObject{{"from", from.str()},
                                 {"to", to.str()},
                                 {"days", to - from + 1},
                                 {"of_days", days},
                                 {"full", number->str()},
                                 {"inputs", answer.inputs}});
      if (k + 1 == starts.size()) take(out, std::move(answer));
    }
    take_amount(out, to_fen(sum));
    if (out.error) return out;
    auto fen = largest_remainder(exact, out.amount);
    for (size_t k = 0; k < parts.size(); ++k) parts[k].as_object()->emplace_back("amount", money(fen[k]));
    out.parts = std::move(parts);
    return out;
  }

  void share_joint(const PayLine& line) {
    std::vector<SlipLine> lines(out_.slips.size());
    std::vector<JsonArray> parts(lines.size());
    for (SlipLine& one : lines) one.line = &line, one.decision = work_.pack->id + "/" + line.decision;
    for (const JointWork& piece : work_.joint)
      if (piece.line == line.name) share_piece(line, piece, lines, parts);
    for (size_t i = 0; i < lines.size(); ++i) {
      lines[i].parts = std::move(parts[i]);
      add(i, std::move(lines[i]));
    }
  }

  void share_piece(const PayLine& line, const JointWork& piece, std::vector<SlipLine>& lines,
                   std::vector<JsonArray>& parts) {
    Names names, bank;
    for (const auto& [name, value] : *piece.input.as_object())
      names.tell(name, value, JsonObject{{"kind", "joint"}, {"joint", piece.id}});
    work_.facts->tell(bank, "", "", "", piece.on);
    names.behind(bank);
    NamedAnswer answer = ask_named(*work_.pack, line.decision, names, piece.on);
    auto number = number_in(answer, line.part);
    std::vector<Decimal> weights;
    for (const auto& share : piece.shares) weights.push_back(share.weight);
    base::Result<std::vector<Fen>> fen = number.ok() ? split_fen(to_fen(*number), weights) : number.error();
    for (size_t k = 0; k < piece.shares.size(); ++k) {
      auto at = at_.find(piece.shares[k].staff);
      if (at == at_.end()) {
        out_.problems.push_back(
            Error{"pay.joint", "合办业务“" + piece.title + "”的 " + piece.shares[k].staff + " 不在这次发放的人里",
                  "joint " + std::to_string(piece.id), "改正分享的人，或者撤回这一笔"});
        continue;
      }
      SlipLine& mine = lines[at->second];
      if (!fen.ok()) {
        mine.error = fen.error();
        continue;
      }
      mine.amount += (*fen)[k], mine.cites = answer.cites;
      parts[at->second].push_back(JsonObject{{"joint", piece.id},
                                             {"title", piece.title},
                                             {"on", piece.on.str()},
                                             {"document", piece.document},
                                             {"whole", money(to_fen(*number))},
                                             {"weight", weights[k].str()},
                                             {"inputs", answer.inputs},
                                             {"amount", money((*fen)[k])}});
    }
  }

  void share_pool(const PayLine& line) {
    std::vector<SlipLine> lines;
    std::map<std::string, std::vector<size_t>> pools;  // by branch, "" the bank
    std::vector<Decimal> weights(out_.slips.size(), 0);
    for (size_t i = 0; i < out_.slips.size(); ++i) {
      SlipLine one;
      one.line = &line;
      tell_sums(i);
      NamedAnswer answer = ask_named(*work_.pack, line.decision, names_[i], work_.last);
      auto number = number_in(answer, line.part);
      take(one, std::move(answer));
      if (!number.ok()) one.error = number.error();
      else if (number->is_negative())
        one.error = Error{"pay.weights", "权数是负的: " + number->str(), one.decision, ""};
      else weights[i] = *number;
      pools[line.pool_by_branch ? work_.people[i].branch : ""].push_back(i);
      lines.push_back(std::move(one));
    }
    for (const auto& [branch, members] : pools) divide(line, branch, members, weights, lines);
    for (size_t i = 0; i < lines.size(); ++i) add(i, std::move(lines[i]));
  }

  void divide(const PayLine& line, const std::string& branch, const std::vector<size_t>& members,
              const std::vector<Decimal>& all, std::vector<SlipLine>& lines) {
    std::vector<Decimal> weights;
    Decimal sum = 0;
    for (size_t i : members) {
      weights.push_back(all[i]);
      sum = *Decimal::add(sum, all[i]);
      // One weight that is not known makes everybody's part unknown.
      if (lines[i].error)
        for (size_t k : members)
          if (!lines[k].error)
            lines[k].error = Error{"pay.pool", "池里 " + work_.people[i].id + " 的权数还没有", line.name, ""};
    }
    Names names, facts;
    work_.facts->tell(facts, "", "", branch, work_.last);
    names.tell("人数", Json(members.size()), given());
    names.tell("权数合计", sum, given());
    names.tell("期间月数", Json(work_.months), given());
    names.tell("期间起日", told_date(work_.first), given());
    names.tell("期间止日", told_date(work_.last), given());
    names.behind(facts);
    NamedAnswer answer = ask_named(*work_.pack, line.pool, names, work_.last);
    auto number = number_in(answer, line.pool_part);
    base::Result<std::vector<Fen>> fen = std::vector<Fen>(members.size(), 0);
    if (!number.ok()) fen = number.error();
    else if (to_fen(*number)) fen = split_fen(to_fen(*number), weights);  // an empty pool needs no weights
    PoolTotal total{line.name,
                    branch,
                    number.ok() ? to_fen(*number) : 0,
                    0,
                    members.size(),
                    JsonObject{{"decision", answer.decision}, {"inputs", answer.inputs}, {"cites", answer.cites}}};
    for (size_t k = 0; k < members.size(); ++k) {
      SlipLine& mine = lines[members[k]];
      if (!mine.error && !fen.ok()) mine.error = fen.error();
      if (mine.error) continue;
      mine.amount = (*fen)[k];
      total.paid += mine.amount;
      mine.parts = JsonArray{JsonObject{{"pool", total.branch.empty() ? Json("全行") : Json(total.branch)},
                                        {"whole", money(total.amount)},
                                        {"weight", weights[k].str()},
                                        {"of_weights", sum.str()},
                                        {"people", members.size()},
                                        {"decision", answer.decision},
                                        {"inputs", answer.inputs},
                                        {"cites", answer.cites},
                                        {"amount", money(mine.amount)}}};
    }
    out_.pools.push_back(std::move(total));
  }

  const PayWork& work_;
  PayResult out_;
  std::map<std::string, size_t> at_;
  std::vector<Names> names_, facts_;
};

}  // namespace

size_t Slip::open() const {
  return problems.size() + static_cast<size_t>(std::count_if(
                               lines.begin(), lines.end(), [](const SlipLine& l) { return l.error.has_value(); }));
}

size_t PayResult::open() const {
  size_t out = problems.size();
  for (const Slip& slip : slips) out += slip.open();
  return out;
}

Fen PayResult::total(const std::string& line) const {
  Fen out = 0;
  for (const Slip& slip : slips)
    for (const SlipLine& one : slip.lines)
      if (one.line->name == line) out += one.amount;
  return out;
}

PayResult compute_pay(const PayWork& work) { return Computing(work).run(); }

namespace {

Json error_json(const Error& error) {
  return JsonObject{
      {"code", error.code}, {"message", error.message}, {"where", error.where}, {"hint", error.hint}};
}

}  // namespace

Json to_json(const Slip& slip) {
  JsonArray lines, problems;
  for (const SlipLine& one : slip.lines)
    lines.push_back(JsonObject{{"line", one.line->name},
                               {"kind", pay_kind_word(one.line->kind)},
                               {"way", pay_way_word(one.line->way)},
                               {"amount", money(one.amount)},
                               {"decision", one.decision},
                               {"part", one.line->part},
                               {"result", one.result},
                               {"cites", one.cites},
                               {"inputs", one.inputs},
                               {"parts", one.parts},
                               {"error", one.error ? error_json(*one.error) : Json()}});
  for (const Error& one : slip.problems) problems.push_back(error_json(one));
  return JsonObject{{"staff", slip.staff},
                    {"name", slip.name},
                    {"org", slip.org},
                    {"branch", slip.branch},
                    {"days", slip.days},
                    {"lines", std::move(lines)},
                    {"earnings", money(slip.earnings)},
                    {"deductions", money(slip.deductions)},
                    {"deposit", money(slip.deposit)},
                    {"net", money(slip.net())},
                    {"problems", std::move(problems)}};
}

}  // namespace guanhu::appraisal
