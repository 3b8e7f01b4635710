#include <algorithm>

#include "policy/detail/draft.h"
#include "policy/detail/fields.h"
#include "policy/detail/text.h"
#include "policy/detail/texts.h"
#include "policy/detail/type_text.h"
#include "policy/facts.h"

namespace guanhu::policy::detail {

namespace {

constexpr std::string_view kKinds[] = {
    "parameter", "type", "function", "decision", "case", "measure",   "indicator", "score", "peer", "scheme",
    "checklist", "duty", "notice",   "process",  "form", "judgement", "open",      "fact",  "list", "target"};

template <class E, size_t N>
std::span<const Word<E>> span_of(const Word<E> (&words)[N]) {
  return words;
}

// Reads the blocks of one document into the draft.
class BlockReader {
 public:
  BlockReader(Draft& draft, Report& report) : draft_(draft), report_(report) {}
  void read(const Block& block);

 private:
  bool known_kind(const Block& block);
  bool named_rightly(const Block& block);
  std::string unit(Fields& fields, bool required);
  void formula(const Begun& at, std::string& text, int& line);
  void keep(const Begun& at, ElementKind kind, size_t index) { detail::keep(draft_, at, kind, index); }

  void measure(const Begun& at);
  void measure_details(Fields& fields, Measure& out);
  void measure_unit(Fields& fields, const Measure& out);
  std::optional<int64_t> fen(Fields& fields, std::string_view key);
  void indicator(const Begun& at);
  void score(const Begun& at);
  void peer(const Begun& at);
  void scheme(const Begun& at);
  void scheme_total(const Begun& at, Scheme& out);
  void scheme_items(const Begun& at, Scheme& out);
  void scheme_grades(const Begun& at, Scheme& out);
  void judgement(const Begun& at);
  void open(const Begun& at);

  Draft& draft_;
  Report& report_;
};

bool BlockReader::known_kind(const Block& block) {
  if (std::find(std::begin(kKinds), std::end(kKinds), block.kind) != std::end(kKinds)) return true;
  std::vector<std::string> kinds(std::begin(kKinds), std::end(kKinds));
  std::string near = nearest(block.kind, kinds);
  report_.add(*block.source, block.kind_at, "policy.block.kind", "没有“" + block.kind + "”这种块",
              (near.empty() ? "" : "是不是想写 " + near + "？") + std::string("可以写的块：") + joined(kinds) +
                  "；只给人看的内容用 ```text");
  return false;
}

// Decisions and work are called by other programs: small Latin letters, digits and hyphens.
bool valid_id(std::string_view name) {
  if (name.starts_with("scheme:")) name.remove_prefix(7);
  bool word = false;
  for (char c : name) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter && (c != '-' || !word)) return false;
    word = letter;
  }
  return word;
}

bool has_id(std::string_view kind) {
  constexpr std::string_view kWithId[] = {"decision", "checklist", "duty", "notice", "process", "form"};
  return std::find(std::begin(kWithId), std::end(kWithId), kind) != std::end(kWithId);
}

bool BlockReader::named_rightly(const Block& block) {
  bool nameless = block.kind == "judgement" || block.kind == "open";
  if (block.kind == "parameter" && (block.name.empty() || valid_id(block.name))) return true;
  if (block.kind == "parameter")
    report_.add(*block.source, block.name_at, "policy.block.name", "parameter 块不带参数的名称",
                "把名称写进块里：[\"" + block.name + "\"]；只有专属一个决策的参数，才在这里写那个决策的名称");
  else if (nameless && !block.name.empty())
    report_.add(*block.source, block.name_at, "policy.block.name", block.kind + " 块不带名称", "删去名称");
  else if (!nameless && block.name.empty())
    report_.add(*block.source, block.kind_at, "policy.block.name", block.kind + " 块没有名称",
                "写成 ```" + block.kind + " 名称");
  else if (has_id(block.kind) && !valid_id(block.name))
    report_.add(*block.source, block.name_at, "policy.name",
                "“" + block.name + "”不能作 " + block.kind + " 的名称",
                "用小写英文字母、数字和连字符，如 payment-mode；中文名称写在 title 里");
  else if (!nameless && !has_id(block.kind) && !valid_name(block.name) &&
           !(block.kind == "scheme" && valid_id(block.name)))
    report_.add(*block.source, block.name_at, "policy.name", "“" + block.name + "”不能作名称",
                "名称由汉字、字母、数字和下划线组成，不以数字开头，不带空格、括号和运算符，也不能是公式语言的字眼("
                "min、if、date、满分等)");
  else return true;
  return false;
}

void BlockReader::read(const Block& block) {
  if (block.kind == "type" || block.kind == "case") return;  // before and after all others
  if (!known_kind(block)) {
    draft_.broken_names.insert(block.name);
    return;
  }
  if (!named_rightly(block)) return;
  std::optional<Node> body = parse_tree(*block.source, block.body, block.kind_at.line + 1, report_);
  if (!body) {
    draft_.broken_names.insert(block.name);
    return;
  }
  if (block.kind == "parameter") return read_parameters(draft_, report_, block, *body);
  Place at = block.name.empty() ? block.kind_at : block.name_at;
  std::string what = block.kind + (block.name.empty() ? " 块" : "“" + block.name + "”");
  Fields fields(*block.source, *body, at, what, report_);
  Begun begun{block, *body, fields};
  if (block.kind == "measure") return measure(begun);
  if (block.kind == "indicator") return indicator(begun);
  if (block.kind == "score") return score(begun);
  if (block.kind == "peer") return peer(begun);
  if (block.kind == "scheme") return scheme(begun);
  if (block.kind == "fact") return read_recorded(draft_, report_, begun);
  if (block.kind == "list") return read_list(draft_, report_, begun);
  if (block.kind == "target") return read_target(draft_, report_, begun);
  if (block.kind == "judgement") return judgement(begun);
  if (block.kind == "open") return open(begun);
  if (block.kind == "function") return read_function(draft_, report_, begun);
  if (block.kind == "decision") return read_decision(draft_, report_, begun);
  if (block.kind == "form") return read_form(draft_, report_, begun);
  read_work(draft_, report_, begun);
}

std::string BlockReader::unit(Fields& fields, bool required) {
  const Node* node = fields.node("unit", NodeKind::string, required);
  if (!node) return "";
  if (!is_unit(node->text)) {
    std::vector<std::string> units(std::begin(kUnits), std::end(kUnits));
    fields.refuse(*node, "policy.unit", "不认识的单位“" + node->text + "”",
                  "可以写：" + joined(units) + "，或者两个单位相除，如 元/户");
    return "";
  }
  return node->text;
}

void BlockReader::formula(const Begun& at, std::string& text, int& line) {
  if (auto found = at.fields.text("formula")) {
    text = *found;
    line = at.body.find("formula")->value.origins.front().line;
  }
}

// An amount in 元 as fen.
std::optional<int64_t> BlockReader::fen(Fields& fields, std::string_view key) {
  auto amount = fields.optional_number(key);
  if (!amount) return std::nullopt;
  auto cents = base::Decimal::multiply(*amount, base::Decimal(100));
  auto whole = cents ? cents->to_int64() : std::nullopt;
  if (!whole || *whole <= 0) {
    fields.refuse(key, "policy.amount", std::string(key) + " 要的是大于 0 的金额，以元为单位，最多两位小数",
                  "写成 500000");
    return std::nullopt;
  }
  return whole;
}

void BlockReader::measure(const Begun& at) {
  Measure out;
  out.name = at.block.name;
  const Node* fact = at.fields.node("fact", NodeKind::string, true);
  std::vector<Word<Fact>> words;
  for (const FactInfo& info : facts()) words.push_back({info.fact, info.name, info.chinese});
  auto known = at.fields.choice("fact", std::span<const Word<Fact>>(words), false);
  out.fact = known.value_or(Fact::deposit_balance);
  bool target = fact && known && out.fact == Fact::target;
  auto aggregate = at.fields.choice("aggregate", span_of(kAggregates), !target);
  out.aggregate = aggregate.value_or(Aggregate::sum);
  out.reach = at.fields.choice("period", span_of(kReaches), false).value_or(Reach::asked);
  out.attribution = at.fields.choice("attribution", span_of(kAttributions), false).value_or(Attribution::by_share);
  out.unit = unit(at.fields, true);
  out.column = at.fields.optional_text("column");
  out.filter = at.fields.optional_text("filter");
  out.target = at.fields.optional_text("target");
  out.cap = fen(at.fields, "cap");
  out.minimum = fen(at.fields, "minimum");
  out.null_reason = at.fields.optional_text("null_reason");
  out.origin = cite(at, true);
  if (known && at.fields.sound()) {
    measure_details(at.fields, out);
    if (at.fields.sound()) measure_unit(at.fields, out);
  }
  keep(at, ElementKind::measure, draft_.pack.measures.size());
  draft_.pack.measures.push_back(std::move(out));
}

// What must go together: fact with aggregate, attribution, column, target and daily limits.
void BlockReader::measure_details(Fields& fields, Measure& out) {
  const FactInfo& info = fact_info(out.fact);
  const std::string fact = "“" + std::string(info.chinese) + "”";
  auto allowed = [](const auto& words, const auto& list) {
    std::vector<std::string> names;
    for (const auto& word : words)
      if (std::find(list.begin(), list.end(), word.value) != list.end())
        names.push_back(std::string(word.name) + "(" + std::string(word.chinese) + ")");
    return "可以写：" + joined(names);
  };
  if (std::find(info.aggregates.begin(), info.aggregates.end(), out.aggregate) == info.aggregates.end())
    fields.refuse("aggregate", "policy.measure.aggregate", "对" + fact + "不能这样汇总",
                  allowed(kAggregates, info.aggregates));
  const bool summed = fields.sound();
  if (std::find(info.attributions.begin(), info.attributions.end(), out.attribution) == info.attributions.end())
    fields.refuse("attribution", "policy.measure.attribution", fact + "不能这样归属",
                  allowed(kAttributions, info.attributions));
  bool sums = summed && out.aggregate == Aggregate::sum && out.fact != Fact::target;
  std::vector<std::string> columns;
  for (const FactColumn& column : info.columns)
    if (column.summable) columns.push_back(std::string(column.feed) + "(" + std::string(column.name) + ")");
  const FactColumn* column = find_column(info, out.column);
  if (sums && (!column || !column->summable))
    fields.refuse("column", "policy.measure.column",
                  out.column.empty() ? "没有写合计哪一列" : "“" + out.column + "”不能合计",
                  "column 可以写：" + joined(columns));
  else if (summed && !sums && !out.column.empty())
    fields.refuse("column", "policy.measure.column", "只有合计(sum)才写 column", "删去 column");
  if (sums && column) out.column = column->feed;
  if (out.fact == Fact::target && out.target.empty())
    fields.refuse("target", "policy.measure.target", "没有写是哪项计划",
                  "写成 target = \"存款净增\":targets.csv 里的指标名");
  if (out.fact == Fact::target && (!out.filter.empty() || out.null_reason.empty()))
    fields.refuse(out.filter.empty() ? "null_reason" : "filter", "policy.measure.target",
                  out.filter.empty() ? "没有说明计划没有下达时显示什么" : "计划不能再筛选",
                  out.filter.empty() ? "写成 null_reason = \"本期没有下达计划\"" : "删去 filter");
  if (out.fact != Fact::target && !out.target.empty())
    fields.refuse("target", "policy.measure.target", "只有计划(target)才写 target", "删去 target");
  if (!info.daily_rule && (out.cap || out.minimum))
    fields.refuse(out.cap ? "cap" : "minimum", "policy.measure.limit", fact + "没有逐日余额，不能封顶或设起点",
                  "删去这一行");
  if (out.cap && out.minimum && *out.cap < *out.minimum)
    fields.refuse("cap", "policy.measure.limit", "封顶额低于起点额", "cap 不小于 minimum");
}

// Balances and sums of amounts are money, counts are not; a target is whatever it says.
void BlockReader::measure_unit(Fields& fields, const Measure& out) {
  if (out.fact == Fact::target || out.unit.empty()) return;
  const FactColumn* column = find_column(fact_info(out.fact), out.column);
  bool counted = out.aggregate == Aggregate::count || out.aggregate == Aggregate::distinct_customers ||
                 out.aggregate == Aggregate::customers_by_share;
  bool money = !counted && (out.aggregate != Aggregate::sum || (column && column->kind == ColumnKind::money));
  bool in_money = out.unit == "元" || out.unit == "万元" || out.unit == "亿元";
  if (money != in_money)
    fields.refuse("unit", "policy.measure.unit",
                  money ? "这是金额，单位不能是“" + out.unit + "”" : "这不是金额，单位不能是“" + out.unit + "”",
                  money ? "可以写：元、万元、亿元" : "写成 户、笔、张 之类");
}

void BlockReader::indicator(const Begun& at) {
  Indicator out;
  out.name = at.block.name;
  out.unit = unit(at.fields, true);
  out.inputs = at.fields.texts("inputs", true);
  formula(at, out.formula, out.formula_line);
  out.null_reason = at.fields.optional_text("null_reason");
  out.origin = cite(at, true);
  keep(at, ElementKind::indicator, draft_.pack.indicators.size());
  draft_.pack.indicators.push_back(std::move(out));
}

void BlockReader::score(const Begun& at) {
  Score out;
  out.name = at.block.name;
  out.full = at.fields.number("full").value_or(base::Decimal(1));
  out.floor = at.fields.optional_number("floor");
  out.cap = at.fields.optional_number("cap");
  out.inputs = at.fields.texts("inputs", true);
  formula(at, out.formula, out.formula_line);
  out.null_reason = at.fields.optional_text("null_reason");
  out.origin = cite(at, true);
  if (out.full <= base::Decimal(0))
    at.fields.refuse("full", "policy.score.full", "满分要大于 0", "写成 full = 10");
  if (out.floor && out.cap && *out.cap < *out.floor)
    at.fields.refuse("cap", "policy.score.limits", "封顶分低于保底分", "cap 不小于 floor");
  keep(at, ElementKind::score, draft_.pack.scores.size());
  draft_.pack.scores.push_back(std::move(out));
}

void BlockReader::peer(const Begun& at) {
  PeerFigure out;
  out.name = at.block.name;
  out.of = at.fields.text("of").value_or("");
  out.how = at.fields.choice("how", span_of(kHows), true).value_or("average");
  out.unit = unit(at.fields, true);
  out.origin = cite(at, true);
  keep(at, ElementKind::peer, draft_.pack.peers.size());
  draft_.pack.peers.push_back(std::move(out));
}

void BlockReader::scheme(const Begun& at) {
  Scheme out;
  out.name = at.block.name;
  out.title = at.fields.text("title").value_or("");
  out.holders = at.fields.choice("holders", span_of(kHolders), true).value_or("manager");
  out.holder_filter = at.fields.optional_text("holder_filter");
  for (std::string_view period : at.fields.choices("periods", span_of(kPeriods), true))
    out.periods.emplace_back(period);
  out.decision = at.fields.optional_text("decision");
  out.figures = at.fields.texts("figures", out.decision.empty());
  if (out.decision.empty()) scheme_total(at, out);
  else read_scheme_decision(draft_, report_, at, out);
  auto ranks = at.fields.choices("rank", span_of(kRanks), false);
  out.rank_in_branch = std::find(ranks.begin(), ranks.end(), "branch") != ranks.end();
  out.rank_in_bank = std::find(ranks.begin(), ranks.end(), "bank") != ranks.end();
  out.origin = cite(at, true);
  keep(at, ElementKind::scheme, draft_.pack.schemes.size());
  draft_.pack.schemes.push_back(std::move(out));
}

void BlockReader::scheme_total(const Begun& at, Scheme& out) {
  scheme_items(at, out);
  out.full_total = at.fields.number("full_total").value_or(base::Decimal(100));
  if (out.full_total <= base::Decimal(0))
    at.fields.refuse("full_total", "policy.scheme.full", "总分的满分要大于 0", "写成 full_total = 100");
  out.missing = at.fields.choice("missing", span_of(kMissings), true).value_or(Missing::null_total);
  scheme_grades(at, out);
}

void BlockReader::scheme_items(const Begun& at, Scheme& out) {
  for (const Node* node : at.fields.tables("items", true)) {
    Fields fields(*at.block.source, *node, node->at, "[[items]] ", report_);
    SchemeItem item{fields.text("score").value_or(""), fields.number("weight").value_or(base::Decimal(1))};
    if (item.weight <= base::Decimal(0))
      fields.refuse("weight", "policy.scheme.weight", "权重要大于 0", "不计入总分的得分不要列在 items 里");
    if (!fields.finish()) at.fields.mark_unsound();
    out.items.push_back(std::move(item));
  }
}

void BlockReader::scheme_grades(const Begun& at, Scheme& out) {
  for (const Node* node : at.fields.tables("grades", false)) {
    Fields fields(*at.block.source, *node, node->at, "[[grades]] ", report_);
    GradeBand band{fields.text("grade").value_or(""), fields.number("at_least").value_or(base::Decimal())};
    if (fields.sound() && !out.grades.empty() && out.grades.back().at_least <= band.at_least)
      fields.refuse("at_least", "policy.scheme.grades", "等级没有从高到低写",
                    "at_least 逐段变小：高的等级写在前面");
    if (!fields.finish()) at.fields.mark_unsound();
    out.grades.push_back(std::move(band));
  }
}

void BlockReader::judgement(const Begun& at) {
  Judgement out;
  out.why = at.fields.text("why").value_or("");
  out.origin = cite(at, false);
  keep(at, ElementKind::judgement, draft_.pack.judgements.size());
  draft_.pack.judgements.push_back(std::move(out));
}

void BlockReader::open(const Begun& at) {
  OpenPoint out;
  out.question = at.fields.text("question").value_or("");
  out.chosen = at.fields.text("chosen").value_or("");
  out.origin = cite(at, false);
  keep(at, ElementKind::open, draft_.pack.opens.size());
  draft_.pack.opens.push_back(std::move(out));
}

}  // namespace

Origin cite(const Begun& at, bool needs_rules) {
  Origin out = at.block.origin;
  if (std::string article = at.fields.optional_text("article"); !article.empty()) out.article = article;
  out.rules = at.fields.texts("rules", needs_rules);
  return out;
}

void keep(Draft& draft, const Begun& at, ElementKind kind, size_t index) {
  bool sound = at.fields.finish();
  Place place = at.block.name.empty() ? at.block.kind_at : at.block.name_at;
  draft.elements.push_back({kind, at.block.name, index, at.block.source, place, at.body, sound});
}

void read_blocks(Draft& draft, Report& report) {
  BlockReader reader(draft, report);
  for (const Document& document : draft.documents)
    for (const Block& block : document.blocks) reader.read(block);
}

}  // namespace guanhu::policy::detail
