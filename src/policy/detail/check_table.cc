// Decision tables: every case one row, unless the hit policy means several; no row in vain.
#include <algorithm>

#include "policy/detail/check_codes.h"
#include "policy/detail/check_meaning.h"
#include "policy/detail/check_table_trial.h"
#include "policy/detail/check_tree.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"

namespace guanhu::policy::detail {

namespace {

constexpr size_t kLimit = 4000;    // boxes: beyond nothing is said
constexpr size_t kMostTold = 3;    // overlaps of one table
constexpr size_t kMostTried = 40;  // boxes without a row that are tried with values

// What the rows cover, with parameters of one stretch of time or with any.
struct Cover {
  std::vector<Axis> axes;
  std::vector<std::vector<Box>> must, may;  // of each row: where it applies for certain, where it may
  std::vector<Box> refused;
  Box all;
};

class TableCheck {
 public:
  TableCheck(const Study& study, size_t step, Report& report)
      : study_(study), step_(step), parsed_(study.steps[step].table), table_(*parsed_.table), report_(report) {}

  void check() {
    for (const TableRow& row : table_.rows)
      if (row.tests.size() != table_.inputs.size()) return;
    std::set<size_t> dead = rows_in_vain();
    for (const Stretch& stretch : stretches()) {
      size_t before = report_.size();
      with_values(stretch, dead);
      if (report_.size() != before) return;
    }
  }

 private:
  struct Stretch {
    std::optional<base::Date> from;
    bool only = false;
    Constants constants;
  };

  std::optional<Cover> cover(const Constants& constants) const;
  std::set<size_t> rows_in_vain();
  void in_vain(size_t row, const Cover& cover, const std::vector<size_t>& before);
  std::vector<size_t> preferred(size_t row) const;
  std::vector<Stretch> stretches() const;
  void with_values(const Stretch& stretch, const std::set<size_t>& dead);
  void gap(const Cover& cover, Trial& trial, const Stretch& stretch);
  Box widened(Box box, const Cover& cover) const;
  void overlaps(const Cover& cover, Trial& trial, const Stretch& stretch, const std::set<size_t>& dead);
  bool same_results(size_t a, size_t b) const;
  void report(Place place, const char* code, std::string message, std::string hint) {
    report_.add(*study_.source, place, code, std::move(message), std::move(hint));
  }
  Place place(size_t row) const {
    for (const Cell& cell : table_.rows[row].tests)
      if (!cell.any()) return place_of(cell.text);
    return place_of(table_.rows[row].tests.empty() ? table_.rows[row].results[0].text
                                                   : table_.rows[row].tests[0].text);
  }
  static std::string begins(const Stretch& stretch) {
    return stretch.only || !stretch.from ? "" : stretch.from->str() + "起，";
  }
  static std::string number(size_t row) { return "第 " + std::to_string(row + 1) + " 行"; }

  const Study& study_;
  size_t step_;
  const ParsedTable& parsed_;
  const Table& table_;
  Report& report_;
};

std::optional<Cover> TableCheck::cover(const Constants& constants) const {
  CellReader reader(study_.symbols, study_.pack(), constants);
  std::vector<Test> rows;
  for (size_t row = 0; row < table_.rows.size(); ++row) {
    Test test = Test::of(Test::Kind::always);
    for (size_t i = 0; i < table_.inputs.size(); ++i) {
      if (table_.rows[row].tests[i].any()) continue;
      const Parsed& cell = parsed_.tests[row][i];
      const Parsed& input = parsed_.inputs[i];
      if (!cell.tree || (!table_.inputs[i].condition && !input.tree)) return std::nullopt;
      Part part{cell.tree.get(), cell.source()};
      test = Test::both(std::move(test), table_.inputs[i].condition
                                             ? reader.condition(part)
                                             : reader.cell(part, {input.tree.get(), input.source()}));
    }
    rows.push_back(std::move(test));
  }
  Test refused = Test::of(Test::Kind::never);
  for (const Parsed& refusal : study_.refusals)
    if (refusal.tree) {
      std::vector<Test> either{std::move(refused), reader.condition({refusal.tree.get(), refusal.source()})};
      refused = Test::one_of(std::move(either));
    }
  if (!reader.cut()) return std::nullopt;
  Cover out;
  out.axes = reader.axes();
  for (const Axis& axis : out.axes) {
    if (axis.full.none()) return std::nullopt;
    out.all.push_back(axis.full);
  }
  for (const Test& row : rows) {
    auto must = boxes_of(row, out.axes, false), may = boxes_of(row, out.axes, true);
    out.must.push_back(must.value_or(std::vector<Box>()));
    out.may.push_back(may.value_or(std::vector<Box>{out.all}));
  }
  out.refused = boxes_of(refused, out.axes, false).value_or(std::vector<Box>());
  return out;
}

// The rows that win wherever both apply.
std::vector<size_t> TableCheck::preferred(size_t row) const {
  std::vector<size_t> out;
  if (table_.policy == HitPolicy::first)
    for (size_t i = 0; i < row; ++i) out.push_back(i);
  if (table_.policy != HitPolicy::priority || table_.outputs.size() != 1 || !table_.outputs[0].type) return out;
  const std::vector<std::string>& words = table_.outputs[0].type->words;
  auto rank = [&](size_t i) {
    const feel::Node* node = parsed_.results[i][0].tree.get();
    if (!node || node->kind != feel::NodeKind::literal || !node->value.is(feel::Kind::string)) return words.size();
    return static_cast<size_t>(std::find(words.begin(), words.end(), node->value.text()) - words.begin());
  };
  for (size_t i = 0; i < table_.rows.size(); ++i)
    if (rank(i) < rank(row)) out.push_back(i);
  return out;
}

// Rows that no value of any parameter lets apply.
std::set<size_t> TableCheck::rows_in_vain() {
  std::set<size_t> dead;
  auto found = cover({});
  bool gate = table_.policy == HitPolicy::collect && table_.inputs.size() == 1 && table_.inputs[0].condition;
  if (!found || gate) return dead;
  for (size_t row = 0; row < table_.rows.size(); ++row) {
    std::vector<size_t> before = preferred(row);
    auto possible = subtract(found->may[row], found->refused, kLimit);
    if (!possible) continue;
    if (possible->empty()) {
      dead.insert(row);
      report(place(row), codes::kUnreachable, number(row) + "的条件永远不成立",
             "对照各列允许的值改正条件，或者删去这一行");
      continue;
    }
    std::vector<Box> others;
    for (size_t i : before) others.insert(others.end(), found->must[i].begin(), found->must[i].end());
    auto left = subtract(*possible, others, kLimit);
    if (!left || !left->empty()) continue;
    dead.insert(row);
    in_vain(row, *found, before);
  }
  return dead;
}

void TableCheck::in_vain(size_t row, const Cover& cover, const std::vector<size_t>& before) {
  std::string names;
  for (size_t i : before)
    for (const Box& mine : cover.may[row])
      if (std::any_of(cover.must[i].begin(), cover.must[i].end(),
                      [&](const Box& box) { return common(mine, box).has_value(); })) {
        names += (names.empty() ? "" : "、") + std::to_string(i + 1);
        break;
      }
  report(place(row), codes::kUnreachable,
         number(row) + "永远轮不到：第 " + names + " 行" +
             (table_.policy == HitPolicy::first ? "在它前面，已经把它的情形占满" : "结果优先，已经把它的情形占满"),
         "删去这一行，或者改条件" + std::string(table_.policy == HitPolicy::first ? "，或者移到它们前面" : ""));
}

// The days on which a parameter that the table stands on changes.
std::vector<TableCheck::Stretch> TableCheck::stretches() const {
  std::set<std::string> names;
  study_.each([&](const Parsed& one) {
    for (const std::string& name : names_in(*one.tree)) names.insert(name);
  });
  std::vector<const Parameter*> used;
  std::set<std::optional<base::Date>> days;
  for (const std::string& name : names)
    if (const Parameter* parameter = study_.pack().parameter_for(study_.id(), name)) {
      bool hidden = std::any_of(study_.inputs->begin(), study_.inputs->end(),
                                [&](const Field& field) { return field.name == name; });
      if (hidden || parameter->values.empty()) continue;
      used.push_back(parameter);
      for (const DatedValue& value : parameter->values) days.insert(value.from);
    }
  if (days.empty()) days.insert(std::nullopt);
  std::vector<Stretch> out;
  for (const auto& day : days) {
    Stretch stretch{day, days.size() == 1, {}};
    for (const Parameter* parameter : used) {
      const DatedValue* value = nullptr;
      for (const DatedValue& one : parameter->values)
        if ((!one.from || (day && *one.from <= *day)) && (!one.to || !day || *day <= *one.to)) value = &one;
      if (!value) continue;
      feel::Value constant = value->constant.is_null() ? feel::Value(value->value) : value->constant;
      stretch.constants.emplace(parameter->name, std::move(constant));
    }
    if (stretch.constants.size() == used.size()) out.push_back(std::move(stretch));
  }
  return out;
}

void TableCheck::with_values(const Stretch& stretch, const std::set<size_t>& dead) {
  bool several = table_.policy == HitPolicy::collect || table_.policy == HitPolicy::rule_order ||
                 table_.policy == HitPolicy::output_order;
  bool distinct = table_.policy == HitPolicy::unique || table_.policy == HitPolicy::any;
  if (several) return;  // no row: an empty list
  auto found = cover(stretch.constants);
  if (!found) return;
  Trial trial(study_, step_, stretch.constants, stretch.from);
  if (!trial.runs()) return;
  if (distinct && trial.ready()) overlaps(*found, trial, stretch, dead);
  gap(*found, trial, stretch);
}

// The box with as many axes as may be left open.
Box TableCheck::widened(Box box, const Cover& cover) const {
  for (size_t i = 0; i < box.size(); ++i) {
    Box wider = box;
    wider[i] = cover.axes[i].full;
    bool covered = false;
    for (const auto& row : cover.may)
      for (const Box& one : row) covered = covered || common(wider, one).has_value();
    if (!covered) box = std::move(wider);
  }
  return box;
}

void TableCheck::gap(const Cover& cover, Trial& trial, const Stretch& stretch) {
  std::vector<Box> rows = cover.refused;
  for (const auto& boxes : cover.may) rows.insert(rows.end(), boxes.begin(), boxes.end());
  auto left = subtract(std::vector<Box>{cover.all}, rows, kLimit);
  if (!left) return;
  Search search(trial, cover.axes);
  std::vector<Box> told;
  std::set<std::string> shown;
  for (size_t i = 0; i < left->size() && i < kMostTried && told.size() < kMostTold; ++i) {
    Box box = widened((*left)[i], cover);
    if (std::any_of(told.begin(), told.end(), [&](const Box& one) { return common(one, (*left)[i]).has_value(); }))
      continue;
    auto words = search.find(box, [&] {
      if (!trial.ready()) return trial.outcome() == "decide.table.none";
      for (size_t row = 0; row < table_.rows.size(); ++row)
        if (trial.matches(row) != false) return false;
      return true;
    });
    if (!words) continue;
    told.push_back(std::move(box));
    if (!shown.insert(*words).second) continue;
    report(place_of(table_.at), codes::kGap,
           begins(stretch) + (words->empty() ? "什么情形都" : *words + " 时") + "没有一行适用",
           "补一行写明那时的结果；其余情形结果都一样的，最后加一行条件全写 -（命中方式用 first）");
  }
}

bool TableCheck::same_results(size_t a, size_t b) const {
  for (size_t i = 0; i < parsed_.results[a].size(); ++i) {
    const feel::Node *x = parsed_.results[a][i].tree.get(), *y = parsed_.results[b][i].tree.get();
    if (!x || !y || !feel::same(*x, *y)) return false;
  }
  return true;
}

void TableCheck::overlaps(const Cover& cover, Trial& trial, const Stretch& stretch, const std::set<size_t>& dead) {
  size_t told = 0;
  Search search(trial, cover.axes);
  bool unique = table_.policy == HitPolicy::unique;
  for (size_t b = 1; b < table_.rows.size(); ++b)
    for (size_t a = 0; a < b && told < kMostTold; ++a) {
      if (dead.contains(a) || dead.contains(b) || (!unique && same_results(a, b))) continue;
      std::optional<std::string> words;
      for (const Box& x : cover.may[a])
        for (const Box& y : cover.may[b]) {
          auto box = words ? std::nullopt : common(x, y);
          if (!box) continue;
          words = search.find(*box, [&] {
            if (trial.matches(a) != true || trial.matches(b) != true) return false;
            if (unique) return true;
            auto one = trial.results(a), other = trial.results(b);
            if (!one || !other) return false;
            for (size_t i = 0; i < one->size(); ++i)
              if ((*one)[i].show(500) != (*other)[i].show(500)) return true;
            return false;
          });
        }
      if (!words) continue;
      ++told;
      report(place(b), unique ? codes::kOverlap : codes::kConflict,
             begins(stretch) + (words->empty() ? "" : *words + " 时") + number(a) + "和" + number(b) + "同时适用" +
                 (unique ? "" : "，结果不同"),
             unique ? "改条件把它们分开；要以前面的行为准，命中方式写 first" : "改条件把它们分开，或者让结果相同");
      break;
    }
}

}  // namespace

void check_tables(const Study& study, Report& report) {
  for (size_t i = 0; i < study.steps.size(); ++i)
    if (study.steps[i].step->table) TableCheck(study, i, report).check();
}

}  // namespace guanhu::policy::detail
