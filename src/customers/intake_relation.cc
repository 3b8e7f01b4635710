#include "customers/intake_relation.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/json_member.h"
#include "customers/intake_text.h"

namespace guanhu::customers {

using base::Date;
using base::Json;
using base::JsonObject;

namespace {

struct KindWord {
  std::string_view kind, word;
};
constexpr std::array<KindWord, 12> kWords = {{{"spouse", "配偶"},
                                              {"parent", "父母"},
                                              {"child", "子女"},
                                              {"family", "亲属"},
                                              {"cohabitant", "共同居住人"},
                                              {"guarantor", "保证人"},
                                              {"shareholder", "股东"},
                                              {"legal_representative", "法定代表人"},
                                              {"controller", "实际控制人"},
                                              {"controls", "控股的企业"},
                                              {"supplier", "供货商"},
                                              {"buyer", "购货商"}}};

std::string word_of(const std::string& kind) {
  for (const auto& one : kWords)
    if (one.kind == kind) return std::string(one.word);
  return kind;
}

bool is_one_of(const std::string& kind, std::initializer_list<std::string_view> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// One relation read one way only, whichever end it was written from: a child of A is somebody whose parent is A.
struct Held {
  std::string from_end, to_end, kind;
  std::optional<Date> from, to;
  std::optional<int64_t> share;
  std::string where;  // "第 3 行", "业务系统", "客户关系里"
  bool of_feed = false;
};

std::string other_end(const Relation& r) { return r.related.empty() ? "=" + r.related_name : r.related; }

Held held(const Relation& r, std::string where) {
  Held out{r.customer, other_end(r), r.kind, r.from, r.to, r.share, std::move(where), r.source == "feed"};
  auto turn = [&](const char* kind) { std::swap(out.from_end, out.to_end), out.kind = kind; };
  if (r.kind == "child") turn("parent");
  else if (r.kind == "controls") turn("controller");
  else if (r.kind == "buyer") turn("supplier");
  else if (is_one_of(r.kind, {"spouse", "family", "cohabitant"}) && out.to_end < out.from_end)
    std::swap(out.from_end, out.to_end);
  return out;
}

bool overlap(const Held& a, const Held& b) {
  return (!a.to || !b.from || *b.from <= *a.to) && (!b.to || !a.from || *a.from <= *b.to);
}
bool same_ends(const Held& a, const Held& b) { return a.from_end == b.from_end && a.to_end == b.to_end; }
bool crossed(const Held& a, const Held& b) { return a.from_end == b.to_end && a.to_end == b.from_end; }

std::string days_of(const Held& h) {
  return (h.from ? h.from->str() + " 起" : std::string("一直")) + (h.to ? "至 " + h.to->str() : std::string());
}
std::string percent(int64_t share) { return base::Decimal::make(share, -2).str() + "%"; }

// A row on its way: both ends found, or said what is wrong.
struct Draft {
  IntakeRow row;
  Relation relation;
  std::string customer_kind, related_kind;  // "" of somebody who is no customer
};

class Planner {
 public:
  Planner(const std::vector<std::string>& columns, const IntakeWorld& world) : world_(world) {
    for (const auto& one : relation_columns()) titles_[one.name] = one.title;
    for (size_t i = 0; i < columns.size(); ++i)
      if (!columns[i].empty()) at_[columns[i]] = i;
  }

  Draft read(const IntakeTable::Row& row) {
    cells_ = &row;
    out_ = Draft{.row = {.line = row.line}, .relation = {}, .customer_kind = {}, .related_kind = {}};
    read_customer();
    read_related();
    read_rest();
    if (out_.row.said.empty()) {
      if (auto fits = check_relation(out_.relation); !fits.ok())
        wrong(fits.error().where,
              fits.error().message + (fits.error().hint.empty() ? "" : "：" + fits.error().hint));
    }
    if (out_.row.said.empty()) check_parties();
    return std::move(out_);
  }

  // Against what is there and what earlier rows bring.
  void judge(Draft& draft) {
    out_ = std::move(draft);
    IntakeTable::Row row{out_.row.line, {}};
    cells_ = &row;
    if (out_.row.said.empty()) compare();
    if (!out_.row.said.empty()) {
      out_.row.outcome = "refused";
    } else if (out_.row.outcome.empty()) {
      out_.row.outcome = "new";
      const Held mine = held(out_.relation, "第 " + std::to_string(out_.row.line) + " 行");
      add(mine);
      out_.row.said.push_back({titles_["kind"], "", "", "", spoken(mine)});
      out_.row.body = body();
    }
    draft = std::move(out_);
  }

  void add(const Held& one) {
    known_.push_back(one);
    by_end_[one.from_end].push_back(known_.size() - 1);
    if (one.to_end != one.from_end) by_end_[one.to_end].push_back(known_.size() - 1);
  }

 private:
  std::string cell(const std::string& column) const {
    auto at = at_.find(column);
    return at == at_.end() || at->second >= cells_->cells.size() ? "" : trimmed(cells_->cells[at->second]);
  }
  void wrong(const std::string& column, std::string message) {
    auto at = at_.find(column);
    out_.row.said.push_back({titles_.count(column) ? titles_.at(column) : "",
                             at == at_.end() ? "" : column_letters(at->second) + std::to_string(out_.row.line),
                             std::move(message), "", ""});
  }
  std::string spoken(const Held& mine) const {
    const Relation& r = out_.relation;
    return word_of(r.kind) + " " + r.related_name + (r.related.empty() ? "" : "(" + r.related + ")") + "，" +
           days_of(mine) + (r.share ? "，" + percent(*r.share) : std::string());
  }

  // One end by its number, its document, or both, which must name the same customer. No document is repeated in
  // what is said: who imports may not be meant to see whose it is.
  std::optional<IntakeCustomer> found(const std::string& number, const std::string& document, const char* remedy) {
    const std::string id = cell(number);
    std::string id_no = cell(document);
    if (id_no.ends_with('x')) id_no.back() = 'X';
    std::optional<IntakeCustomer> by_number, by_document;
    if (!id.empty()) {
      by_number = world_.customer(id);
      if (!by_number && world_.canonical(id) != id) by_number = world_.customer(world_.canonical(id));
      if (!by_number) wrong(number, "没有您可以写的客户 " + id + "：核对客户号" + remedy);
    }
    if (!id_no.empty()) {
      by_document = world_.holder(id_no);
      if (!by_document) wrong(document, std::string("没有客户用这个证件号码：核对号码，或改写客户号") + remedy);
      else if (by_document->id.empty())
        wrong(document, std::string("这个证件号码的客户不归您写：请由管户人导入") + remedy);
    }
    if (!out_.row.said.empty()) return std::nullopt;
    if (by_number && by_document && world_.canonical(by_number->id) != world_.canonical(by_document->id)) {
      wrong(document, "客户号是 " + by_number->id + " 的，证件号码是 " + by_document->id + " 的：只留对的一个");
      return std::nullopt;
    }
    return by_number ? by_number : by_document;
  }

  void read_customer() {
    if (cell("customer").empty() && cell("id_no").empty())
      return wrong(at_.count("customer") ? "customer" : "id_no", "没有写客户号，也没有写证件号码：写一个");
    auto who = found("customer", "id_no", "");
    if (!who) {
      out_.row.subject = cell("customer"), out_.row.name = cell("name");
      return;
    }
    out_.row.subject = out_.relation.customer = world_.canonical(who->id);
    out_.row.name = who->name, out_.customer_kind = who->kind;
    if (const std::string name = cell("name"); !name.empty() && name != who->name)
      wrong("name", "客户 " + who->id + " 叫“" + who->name + "”，不是“" + name + "”：看看是不是串了行");
  }

  void read_related() {
    const std::string name = cell("related_name");
    if (cell("related").empty() && cell("related_id_no").empty()) {
      if (name.empty())
        return wrong(at_.count("related") ? "related" : "related_name",
                     "没有写和谁的关系：写客户号或证件号码；不是本行客户的写姓名");
      out_.relation.related_name = name;
      return;
    }
    const size_t before = out_.row.said.size();
    auto kept = std::move(out_.row.said);
    out_.row.said.clear();
    auto who = found("related", "related_id_no", "；看不到的客户写姓名，不写号码");
    kept.insert(kept.end(), out_.row.said.begin(), out_.row.said.end());
    out_.row.said = std::move(kept);
    if (!who || out_.row.said.size() > before) return;
    out_.relation.related = world_.canonical(who->id);
    out_.relation.related_name = who->name, out_.related_kind = who->kind;
    if (!name.empty() && name != who->name)
      wrong("related_name", "客户 " + who->id + " 叫“" + who->name + "”，不是“" + name + "”：看看是不是串了行");
  }

  void read_rest() {
    Relation& r = out_.relation;
    const std::string kind = cell("kind"), share = cell("share");
    for (const auto& one : kWords)
      if (one.word == kind || one.kind == kind) r.kind = one.kind;
    if (r.kind.empty()) {
      std::string all;
      for (const auto& one : kWords) all += (all.empty() ? "" : "、") + std::string(one.word);
      wrong("kind", (kind.empty() ? "没有写是什么关系" : "没有“" + kind + "”这种关系") + "：写 " + all);
    }
    read_share(share.ends_with('%') ? share.substr(0, share.size() - 1) : share);
    read_into("from", r.from), read_into("to", r.to);
    if (r.from && r.to && *r.to < *r.from) wrong("to", "止日在起日以前：改好起止日期");
    r.source = cell("source"), r.reason = cell("reason");
    if (r.source.empty()) wrong("source", "没有写从哪里知道的：例如户口簿、公司章程");
    if (r.source == "feed") wrong("source", "这个来源只属于业务系统：写从哪里知道的");
    if (r.reason.empty()) r.reason = "批量导入";
  }

  void read_share(const std::string& text) {
    if (text.empty()) return;
    auto value = read_number(text);
    std::optional<int64_t> exact;
    if (value) {
      const auto hundredths = base::Decimal::make(value->coefficient(), value->exponent() + 2);
      exact = hundredths.to_int64();
    }
    if (exact) out_.relation.share = *exact;
    else wrong("share", "“" + text + "”不是最多两位小数的百分数：例如 35.5");
  }

  void read_into(const char* column, std::optional<Date>& into) {
    const std::string text = cell(column);
    if (text.empty()) return;
    into = read_day(text);
    if (!into) wrong(column, "“" + text + "”不是日期：写成 2025-03-01");
  }

  // Who can be what to whom.
  void check_parties() {
    const Relation& r = out_.relation;
    const std::string &a = out_.customer_kind, &b = out_.related_kind;
    const std::string word = word_of(r.kind);
    if (r.customer == r.related) return wrong("related", "两边是同一个客户：改正一边");
    if (is_one_of(r.kind, {"spouse", "parent", "child", "family", "cohabitant"}) &&
        (a == "company" || b == "company"))
      return wrong("kind", word + "只在两个人之间：其中一边是企业");
    if (is_one_of(r.kind, {"shareholder", "legal_representative", "controller"}) && a == "person")
      return wrong("kind", "个人没有" + word + "：客户一边写企业");
    if (r.kind == "legal_representative" && b == "company")
      return wrong("kind", "法定代表人是个人：关系人一边写个人");
    if (r.kind == "controls" && b == "person") wrong("kind", "控股的企业不能是个人：关系人一边写企业");
  }

  void compare() {
    const Held mine = held(out_.relation, "");
    std::vector<Held> near;
    for (const auto& end : {mine.from_end, mine.to_end})
      if (auto at = by_end_.find(end); at != by_end_.end())
        for (size_t n : at->second)
          if (overlap(mine, known_[n])) near.push_back(known_[n]);
    for (const Held& one : near)
      if (same_ends(one, mine) && one.kind == mine.kind) return known_already(one, mine);
    for (const Held& one : near) {
      if (contradicts(one, mine)) return;
    }
    if (mine.kind == "shareholder") check_sum(near, mine);
  }

  void known_already(const Held& one, const Held& mine) {
    const bool alike = one.from == mine.from && one.to == mine.to && one.share == mine.share;
    if (one.where.starts_with("第")) return wrong("kind", one.where + "已有这一条关系：只留一行");
    if (alike || (one.of_feed && (!mine.share || one.share == mine.share))) {
      out_.row.outcome = "same";
      return;
    }
    wrong("from",
          one.where + "已有这一条，" + days_of(one) + (one.share ? "，" + percent(*one.share) : std::string()) +
              (one.of_feed ? "：以业务系统为准，有误请在那里更正" : "：要改就在客户页上改，或写不重叠的日期"));
  }

  bool contradicts(const Held& one, const Held& mine) {
    const std::string there = one.where + "（" + days_of(one) + "）";
    if (crossed(one, mine) && one.kind == mine.kind && is_one_of(mine.kind, {"parent", "controller"})) {
      wrong("kind", "和" + there + "矛盾：那里" + word_of(mine.kind) + "正好反过来；改正一边");
    } else if ((same_ends(one, mine) || crossed(one, mine)) && ((one.kind == "spouse" && mine.kind == "parent") ||
                                                                (one.kind == "parent" && mine.kind == "spouse"))) {
      wrong("kind", "和" + there + "矛盾：那里两人是" + word_of(one.kind) + "；改正一边");
    } else if (one.kind == "spouse" && mine.kind == "spouse") {
      wrong("from", "和" + there + "矛盾：同一段时间里其中一人另有配偶；先写明那一段的止日");
    } else if (one.kind == "legal_representative" && mine.kind == one.kind && one.from_end == mine.from_end) {
      wrong("from", "和" + there + "矛盾：同一段时间里另有法定代表人；先写明那一段的止日");
    } else {
      return false;
    }
    return true;
  }

  // The shares of one company on any day of the row's time.
  void check_sum(const std::vector<Held>& near, const Held& mine) {
    std::vector<std::optional<Date>> days = {mine.from};
    for (const Held& one : near)
      if (one.from && (!mine.from || *one.from > *mine.from)) days.push_back(one.from);
    for (const auto& day : days) {
      int64_t sum = *mine.share;
      const Held that_day{"", "", "", day, day, {}, "", false};
      for (const Held& one : near)
        if (one.kind == mine.kind && one.from_end == mine.from_end && overlap(one, that_day))
          sum += one.share.value_or(0);
      if (sum <= 10'000) continue;
      return wrong("share", (day ? "到 " + day->str() : std::string()) + "股东合计 " + percent(sum) +
                                "，超过 100%：改正比例，或先写明退出股东的止日");
    }
  }

  Json body() const {
    const Relation& r = out_.relation;
    return JsonObject{{"customer", r.customer},
                      {"related", r.related},
                      {"related_name", r.related_name},
                      {"kind", r.kind},
                      {"share", r.share ? Json(*r.share) : Json()},
                      {"from", r.from->str()},
                      {"to", r.to ? Json(r.to->str()) : Json()},
                      {"source", r.source},
                      {"reason", r.reason}};
  }

  const IntakeWorld& world_;
  std::map<std::string, std::string> titles_;
  std::map<std::string, size_t> at_;
  const IntakeTable::Row* cells_ = nullptr;
  Draft out_;
  std::vector<Held> known_;
  std::map<std::string, std::vector<size_t>> by_end_;
};

}  // namespace

std::vector<IntakeColumn> relation_columns() {
  std::vector<std::string> kinds;
  for (const auto& one : kWords) kinds.emplace_back(one.word);
  return {{"customer", "客户号", "核心系统的客户号；和证件号码写一个就行", false, {}},
          {"id_no", "客户证件号码", "写了客户号可以不写；两个都写就要是同一个客户", false, {}},
          {"name", "客户名称", "可以不写；写了就核对，防止串行", false, {}},
          {"kind", "关系", "关系人是客户的什么人", true, kinds},
          {"related", "关系人客户号", "不是本行客户的不写", false, {}},
          {"related_id_no", "关系人证件号码", "写了关系人客户号可以不写", false, {}},
          {"related_name", "关系人名称", "不是本行客户的只写名称；是客户的写了就核对", false, {}},
          {"share", "比例(%)", "股东必填；实际控制人、控股的企业可以写", false, {}},
          {"from", "起日", "从哪一天起，例如 2020-05-01", true, {}},
          {"to", "止日", "还在就不写", false, {}},
          {"source", "从哪里知道", "例如：户口簿、公司章程", true, {}},
          {"reason", "说明", "不写就记“批量导入”", false, {}}};
}

std::vector<IntakeRow> plan_relations(const IntakeTable& table, const std::vector<std::string>& columns,
                                      const IntakeWorld& world, const IntakeProgress& progress) {
  Planner planner(columns, world);
  std::vector<Draft> drafts;
  drafts.reserve(table.rows.size());
  std::set<std::string> named;
  for (const auto& row : table.rows) {
    drafts.push_back(planner.read(row));
    const Relation& r = drafts.back().relation;
    for (const auto& id : {r.customer, r.related})
      if (!id.empty()) named.insert(id);
    if (progress && drafts.size() % 500 == 0) progress(drafts.size() / 2, table.rows.size());
  }
  for (const auto& one : world.relations({named.begin(), named.end()}))
    planner.add(held(one, one.source == "feed" ? "业务系统" : "客户关系里"));
  std::vector<IntakeRow> out;
  out.reserve(drafts.size());
  for (auto& draft : drafts) {
    planner.judge(draft);
    out.push_back(std::move(draft.row));
    if (progress && out.size() % 500 == 0) progress((table.rows.size() + out.size()) / 2, table.rows.size());
  }
  return out;
}

base::Result<records::Record> write_planned_relation(store::Session& session, const IntakeRow& row,
                                                     const records::Doing& doing) {
  Relation r;
  r.customer = text_in(row.body, "customer"), r.related = text_in(row.body, "related");
  r.kind = text_in(row.body, "kind"), r.share = maybe_whole_in(row.body, "share");
  r.from = day_in(row.body, "from"), r.to = day_in(row.body, "to");
  r.source = text_in(row.body, "source"), r.reason = text_in(row.body, "reason");
  const std::string name = text_in(row.body, "related_name");
  if (r.related.empty()) r.related_name = name;
  return write_relation_in(session, r, row.name + " – " + name, doing);
}

base::Status take_back_relation(store::Session& session, const records::Record& now, const std::string& why,
                                const records::Doing& doing) {
  auto gone = remove_relation_in(session, now.id, now.version, why, doing);
  return gone.ok() ? base::Status{} : base::Status{gone.error()};
}

}  // namespace guanhu::customers
