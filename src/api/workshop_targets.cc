// Targets of a draft: the tree from the bank to its managers with what stands there and what could be the measure,
// split down, read from a workbook, written as one.
#include <algorithm>
#include <map>
#include <set>

#include "api/spreadsheet.h"
#include "api/workshop.h"
#include "appraisal/targets.h"

namespace guanhu::api {

using appraisal::SplitWay;
using appraisal::TargetNode;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using policy::TargetOf;

namespace {

const Json* given(const Json& json, const char* name) {
  const Json* out = json.find(name);
  return out && !out->is_null() ? out : nullptr;
}
std::string text_in(const Json& json, const char* name) {
  const Json* out = given(json, name);
  return out && out->as_string() ? *out->as_string() : "";
}

// "1,200,000.50" as people write it.
std::optional<Decimal> amount(std::string text) {
  std::erase_if(text, [](char c) { return c == ',' || c == ' '; });
  for (std::string_view wide : {"，", "　"})
    for (size_t at; (at = text.find(wide)) != text.npos;) text.erase(at, wide.size());
  return Decimal::parse(text);
}

std::vector<std::string> holders_of(const people::Directory& directory, base::Date day) {
  std::vector<std::string> out;
  for (const auto& one : directory.staff())
    if (one.position == "manager" && people::Directory::in_post(one, day)) out.push_back(one.id);
  return out;
}

// Whose targets they are: the holders of the scheme, else every manager in post on the latest date.
std::vector<std::string> holders_of(Services& s, const Facts& facts, const policy::Pack& pack,
                                    const std::string& scheme) {
  const policy::Scheme* own = scheme.empty() ? nullptr : pack.scheme(scheme);
  if (!own || own->holders == "organisation" || own->holder_filter.empty())
    return holders_of(facts.directory, *facts.last_date);
  std::vector<std::string> out;
  auto trial = std::make_shared<policy::Pack>(pack);
  policy::Scheme filter = *own;
  filter.name = "人 ", filter.figures.clear(), filter.items.clear(), filter.decision.clear(),
  filter.sources.clear();
  filter.gates.clear(), filter.peers.clear(), filter.peer_weight.clear();
  filter.periods = {"month"};
  trial->schemes.push_back(std::move(filter));
  auto compiled = policy::compile_scheme(*trial, "人 ", *facts.last_date);
  if (!compiled) return holders_of(facts.directory, *facts.last_date);
  auto recorded = appraisal::RecordedFacts::load(*s.store(), std::nullopt, true);
  (void)s.workshop().with_engine(facts, [&](measures::Engine& engine, warehouse::Warehouse&) -> base::Status {
    auto evaluation =
        appraisal::evaluate(*compiled, base::Period::containing(base::PeriodKind::month, *facts.last_date), engine,
                            facts.directory, "", {}, recorded);
    if (evaluation)
      for (const auto& one : evaluation->holders) out.push_back(one.id);
    return {};
  });
  return out;
}

// What the measure gave them in the period; empty: none is asked, or it cannot be computed.
base::Result<std::map<std::string, Decimal>> basis_of(Services& s, const Facts& facts, const policy::Pack& pack,
                                                      const std::vector<std::string>& holders,
                                                      const std::string& measure, const std::string& period) {
  std::map<std::string, Decimal> out;
  if (measure.empty()) return out;
  const policy::Measure* m = pack.measure(measure);
  auto asked = base::Period::parse(period);
  if (!m) return Error{"preview.nothing", "没有叫“" + measure + "”的原始指标", "basis", "选一个原始指标"};
  if (!asked || !facts.has_data(*asked))
    return Error{"data.period", "期间 " + period + " 没有数据", "basis_period", "选一个已经导入数据的期间"};
  std::vector<measures::Holder> people;
  for (const auto& id : holders) people.push_back({measures::HolderKind::manager, id});
  auto status =
      s.workshop().with_engine(facts, [&](measures::Engine& engine, warehouse::Warehouse&) -> base::Status {
        auto values = engine.evaluate(*m, *asked, people);
        if (!values) return values.error();
        for (size_t i = 0; i < people.size(); ++i)
          if (values->values[i]) out[people[i].id] = *values->values[i];
        return {};
      });
  if (!status) return status.error();
  return out;
}

struct Ask {
  std::string name, unit, period, basis, basis_period, scheme;
  std::optional<base::PeriodKind> parts;
  SplitWay way = SplitWay::hand;
};

std::optional<base::PeriodKind> kind_in(const std::string& word) {
  if (word == "half-year") return base::PeriodKind::half_year;
  if (word == "quarter") return base::PeriodKind::quarter;
  if (word == "month") return base::PeriodKind::month;
  return std::nullopt;
}

Ask ask_of(const Json& body) {
  Ask out{text_in(body, "name"),  text_in(body, "unit"),         text_in(body, "period"),
          text_in(body, "basis"), text_in(body, "basis_period"), text_in(body, "scheme")};
  out.parts = kind_in(text_in(body, "parts"));
  const std::string way = text_in(body, "way");
  out.way = way == "basis" || way == "heads" ? SplitWay::basis : way == "equal" ? SplitWay::equal : SplitWay::hand;
  return out;
}

class Splitting {
 public:
  Splitting(Services& s, const Facts& facts, const policy::Pack& pack, const Json& body)
      : s_(s), facts_(facts), pack_(pack), body_(body), ask_(ask_of(body)) {}

  base::Result<Json> run() {
    auto period = base::Period::parse(ask_.period);
    if (!period)
      return Error{"request.body", "“" + ask_.period + "”不是考核期间", "period", "写成 2026、2026Q1 或 2026-01"};
    const auto holders = holders_of(s_, facts_, pack_, ask_.scheme);
    tree_ = appraisal::target_tree(facts_.directory, holders);
    auto basis = basis_of(s_, facts_, pack_, holders, ask_.basis, ask_.basis_period);
    if (!basis) return basis.error();
    put_basis(*basis);
    put_given();
    auto split = appraisal::split_down(tree_, ask_.way, appraisal::target_scale(ask_.unit));
    if (!split) return split.error();
    std::vector<base::Period> parts;
    if (ask_.parts) parts = appraisal::periods_within(*period, *ask_.parts);
    if (ask_.parts && parts.empty())
      return Error{"request.body", ask_.period + " 不能再分成这样的期间", "parts", "年分半年、季、月，季分月"};
    return json(*split, parts);
  }

 private:
  // Heads: a branch weighs what its managers are.
  void put_basis(const std::map<std::string, Decimal>& of) {
    const bool heads = text_in(body_, "way") == "heads";
    for (size_t i = tree_.size(); i-- > 0;) {
      TargetNode& node = tree_[i];
      if (node.of == TargetOf::staff) {
        auto found = of.find(node.id);
        node.basis = heads ? Decimal(1) : found == of.end() ? Decimal(0) : found->second;
      }
      if (node.parent >= 0) {
        TargetNode& above = tree_[static_cast<size_t>(node.parent)];
        above.basis = Decimal::add(above.basis, node.basis).value_or(above.basis);
      }
    }
  }

  // What stands in the draft, then what the page says.
  void put_given() {
    std::map<std::pair<TargetOf, std::string>, size_t> at;
    for (size_t i = 0; i < tree_.size(); ++i) at[{tree_[i].of, tree_[i].id}] = i;
    for (const auto& table : pack_.targets) {
      if (table.name != ask_.name) continue;
      for (const auto& one : table.values)
        if (auto found = at.find({one.of, one.id}); one.period == ask_.period && found != at.end())
          tree_[found->second].given = one.value;
    }
    const Json* nodes = given(body_, "nodes");
    if (!nodes) return;
    for (const Json& one : *nodes->as_array()) {
      auto of = policy::target_of(text_in(one, "of"));
      auto found = of ? at.find({*of, text_in(one, "id")}) : at.end();
      if (found == at.end()) continue;
      TargetNode& node = tree_[found->second];
      const Json* locked = given(one, "locked");
      node.locked = locked && locked->as_bool() && *locked->as_bool();
      const Json* value = one.find("value");
      node.given = value && value->as_string() ? Decimal::parse(*value->as_string()) : std::nullopt;
    }
  }

  Json json(const appraisal::Split& split, const std::vector<base::Period>& parts) {
    const int scale = appraisal::target_scale(ask_.unit);
    std::vector<std::map<std::string, Decimal>> of_parts(tree_.size());
    // A year is split at the managers; everybody above has the sum of theirs.
    std::vector<bool> leaf(tree_.size(), true);
    for (const auto& node : tree_)
      if (node.parent >= 0) leaf[static_cast<size_t>(node.parent)] = false;
    for (size_t i = tree_.size(); i-- > 0;) {
      if (leaf[i] && split.nodes[i].value) {
        auto shares =
            appraisal::shared_out(*split.nodes[i].value, std::vector<Decimal>(parts.size(), Decimal(1)), scale);
        for (size_t p = 0; p < parts.size(); ++p) of_parts[i][parts[p].str()] = shares[p];
      }
      if (tree_[i].parent < 0) continue;
      for (const auto& [period, value] : of_parts[i]) {
        Decimal& above = of_parts[static_cast<size_t>(tree_[i].parent)][period];
        above = Decimal::add(above, value).value_or(above);
      }
    }
    JsonArray nodes, notes;
    for (size_t i = 0; i < tree_.size(); ++i) {
      JsonObject shares;
      for (const auto& [period, value] : of_parts[i]) shares.emplace_back(period, value.str());
      nodes.push_back(JsonObject{{"of", policy::target_word(tree_[i].of)},
                                 {"id", tree_[i].id},
                                 {"name", tree_[i].name},
                                 {"parent", tree_[i].parent},
                                 {"basis", decimal_text(tree_[i].basis)},
                                 {"locked", tree_[i].locked},
                                 {"value", decimal_text(split.nodes[i].value)},
                                 {"difference", decimal_text(split.nodes[i].difference)},
                                 {"parts", std::move(shares)}});
    }
    for (const auto& note : split.notes) notes.push_back(note);
    return JsonObject{{"name", ask_.name},         {"period", ask_.period},     {"scale", scale},
                      {"nodes", std::move(nodes)}, {"notes", std::move(notes)}, {"periods", periods_json()}};
  }

  // Years and their parts that do not go together, as the draft has them.
  Json periods_json() const {
    std::vector<policy::TargetValue> all;
    for (const auto& table : pack_.targets)
      if (table.name == ask_.name) all.insert(all.end(), table.values.begin(), table.values.end());
    JsonArray out;
    for (const auto& one : appraisal::period_differences(all)) {
      if (out.size() >= 200) break;
      out.push_back(JsonObject{{"of", policy::target_word(one.of)},
                               {"id", one.id},
                               {"name", one.name},
                               {"whole", one.whole},
                               {"parts", one.parts},
                               {"difference", one.difference.str()}});
    }
    return out;
  }

  Services& s_;
  const Facts& facts_;
  const policy::Pack& pack_;
  const Json& body_;
  Ask ask_;
  std::vector<TargetNode> tree_;
};

// A sheet of targets: whom it is about is found by its number, else by its name.
class Reader {
 public:
  explicit Reader(const people::Directory& directory) : directory_(directory) {}

  base::Result<Json> read(const Grid& grid) {
    if (auto error = header(grid)) return *error;
    for (size_t i = 1; i < grid.rows.size(); ++i) row(grid.rows[i]);
    JsonArray periods;
    for (const auto& [column, period] : periods_) periods.push_back(period);
    return Json(
        JsonObject{{"periods", std::move(periods)}, {"rows", std::move(rows_)}, {"wrong", std::move(wrong_)}});
  }

 private:
  std::optional<Error> header(const Grid& grid) {
    if (grid.rows.empty()) return Error{"sheet.format", "这张表是空的", "file", "第一行写表头"};
    const auto& head = grid.rows.front().cells;
    for (size_t i = 0; i < head.size(); ++i) {
      const std::string& cell = head[i];
      if (cell == "对象") of_ = i;
      else if (cell == "编号" || cell == "工号" || cell == "机构号") id_ = i;
      else if (cell == "名称" || cell == "姓名" || cell == "机构") name_ = i;
      else if (base::Period::parse(cell)) periods_.emplace_back(i, cell);
      else if (!cell.empty()) wrong_.push_back(wrong(1, cell, "不认识这一列，没有读"));
    }
    if (periods_.empty())
      return Error{"sheet.format", "表头里没有期间", "file",
                   "表头写 编号、名称，再写期间，如 2026、2026Q1、2026-01；可以先下载模板"};
    if (!id_ && !name_) return Error{"sheet.format", "表头里没有编号，也没有名称", "file", "加一列“编号”或“名称”"};
    return std::nullopt;
  }

  static Json wrong(int row, const std::string& value, const std::string& message) {
    return JsonObject{{"row", row}, {"value", value}, {"message", message}};
  }
  static std::string cell(const Grid::Row& row, const std::optional<size_t>& at) {
    return at && *at < row.cells.size() ? row.cells[*at] : "";
  }

  void row(const Grid::Row& row) {
    const std::string id = cell(row, id_), name = cell(row, name_), of = cell(row, of_);
    if (id.empty() && name.empty() && of.empty()) return;
    if (name == "合计" || id == "合计") return;
    std::string message;
    auto found = whose(of, id, name, message);
    if (!found) return wrong_.push_back(wrong(row.number, id.empty() ? name : id, message));
    if (!seen_.insert(*found).second)
      return wrong_.push_back(wrong(row.number, id.empty() ? name : id, "前面已经有这一行"));
    JsonObject values;
    for (const auto& [column, period] : periods_) {
      const std::string text = cell(row, column);
      if (text.empty()) continue;
      auto value = amount(text);
      if (!value || value->round(policy::kTargetScale, base::Rounding::half_up) != *value)
        wrong_.push_back(wrong(row.number, text, "“" + period + "”这一格不是数，或者小数超过四位"));
      else values.emplace_back(period, value->str());
    }
    rows_.push_back(JsonObject{{"of", policy::target_word(found->first)},
                               {"id", found->second},
                               {"name", name_of(*found)},
                               {"values", std::move(values)}});
  }

  std::string name_of(const std::pair<TargetOf, std::string>& who) const {
    const people::Staff* person = directory_.person(who.second);
    const people::Org* org = directory_.org(who.second);
    if (who.first == TargetOf::staff) return person ? person->name : "";
    return who.first == TargetOf::bank ? "全行" : org ? org->name : "";
  }

  std::optional<std::pair<TargetOf, std::string>> whose(const std::string& of, const std::string& id,
                                                        const std::string& name, std::string& message) const {
    auto kind = policy::target_of(of);
    if (kind == TargetOf::bank || (id.empty() && name == "全行")) return std::pair(TargetOf::bank, std::string());
    if (!id.empty()) {
      if (kind != TargetOf::organisation && directory_.person(id)) return std::pair(TargetOf::staff, id);
      if (kind != TargetOf::staff && directory_.org(id)) return std::pair(TargetOf::organisation, id);
      message = "没有这个编号";
      return std::nullopt;
    }
    std::vector<std::pair<TargetOf, std::string>> fits;
    for (const auto& one : directory_.staff())
      if (one.name == name && kind != TargetOf::organisation) fits.emplace_back(TargetOf::staff, one.id);
    for (const auto& one : directory_.orgs())
      if (one.name == name && kind != TargetOf::staff) fits.emplace_back(TargetOf::organisation, one.id);
    if (fits.size() == 1) return fits.front();
    message = fits.empty() ? "没有叫这个名字的" : "有 " + std::to_string(fits.size()) + " 个同名的，写上编号";
    return std::nullopt;
  }

  const people::Directory& directory_;
  std::optional<size_t> of_, id_, name_;
  std::vector<std::pair<size_t, std::string>> periods_;
  std::set<std::pair<TargetOf, std::string>> seen_;
  JsonArray rows_, wrong_;
};

struct Opened {
  DraftWork work;
  OpenedDraftPtr draft;
  std::shared_ptr<const Facts> facts;
};
std::variant<Opened, Refusal> opened_of(Services& s, const Call& call) {
  auto found = draft_work(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  Opened out{std::get<DraftWork>(found), nullptr, s.facts()};
  if (!out.facts->last_date) return refusal_of({"data.none", "还没有导入任何业务日期", "", "先导入机构和员工"});
  // Targets are those of persons: whoever splits them sees them all.
  if (!figures_in_reach(*out.facts, call)->bank()) return forbidden();
  out.draft = s.drafts().open(out.work.draft, out.work.files);
  return out;
}

}  // namespace

Outcome split_targets(Services& s, const Call& call) {
  auto found = opened_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Opened& o = std::get<Opened>(found);
  auto made = Splitting(s, *o.facts, o.draft->loaded.pack, call.body).run();
  if (!made) return refused_draft(made.error());
  return Answer{std::move(*made)};
}

Outcome read_targets(Services& s, const Call& call) {
  auto found = opened_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Opened& o = std::get<Opened>(found);
  auto grid = read_grid(call.request.body);
  if (!grid) return refused_draft(grid.error());
  auto made = Reader(o.facts->directory).read(*grid);
  if (!made) return refused_draft(made.error());
  return Answer{std::move(*made)};
}

// What the draft says, or, where it says nothing, everybody with empty cells: to be filled in and read back.
Outcome targets_file(Services& s, const Call& call) {
  auto found = opened_of(s, call);
  if (auto* refusal = std::get_if<Refusal>(&found)) return *refusal;
  const Opened& o = std::get<Opened>(found);
  const policy::Pack& pack = o.draft->loaded.pack;
  const std::string name = call.get("name").value_or(""), wanted = call.get("period").value_or("");
  std::vector<std::string> periods;
  std::map<std::pair<TargetOf, std::string>, std::map<std::string, Decimal>> values;
  for (const auto& table : pack.targets)
    if (table.name == name)
      for (const auto& one : table.values) {
        values[{one.of, one.id}][one.period] = one.value;
        if (std::find(periods.begin(), periods.end(), one.period) == periods.end()) periods.push_back(one.period);
      }
  if (base::Period::parse(wanted) && std::find(periods.begin(), periods.end(), wanted) == periods.end())
    periods.push_back(wanted);
  WrittenSheet sheet{.name = "计划"};
  for (const char* title : {"对象", "编号", "名称"}) sheet.columns.push_back({.title = title});
  for (const auto& period : periods) sheet.columns.push_back({.title = period, .width = 18});
  for (const auto& node : appraisal::target_tree(o.facts->directory,
                                                 holders_of(s, *o.facts, pack, call.get("scheme").value_or("")))) {
    SheetRow row = {std::string(policy::target_word(node.of)), node.id, node.name};
    for (const auto& period : periods) {
      auto& of = values[{node.of, node.id}];
      auto at = of.find(period);
      row.push_back(at == of.end() ? Json() : Json(at->second));
    }
    sheet.rows.push_back(std::move(row));
  }
  sheet.frozen = 3, sheet.filter = true;
  auto store = s.store();
  store->transaction([&] {
    record(*store, call.login().login, "export.targets", "policy_draft " + std::to_string(o.work.draft.id),
           JsonObject{{"target", name}, {"rows", sheet.rows.size()}}, s.clock());
  });
  return Answer{.raw = workbook(write_workbook({sheet}), "计划-" + name + ".xlsx")};
}

}  // namespace guanhu::api
