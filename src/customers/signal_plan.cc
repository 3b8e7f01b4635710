// The dry run: every cell of a table of another system held against the columns of the pack, every row against
// what is there already.
#include <charconv>
#include <set>

#include "customers/intake_text.h"
#include "customers/signal.h"

namespace guanhu::customers {

using base::Date;
using base::Json;
using base::JsonObject;

namespace {

constexpr size_t kLongest = 500;  // characters of a text

// A value as it is kept: days as 2025-12-31, whole numbers plain, yes_no as "yes" and "no".
struct Read {
  std::string value, wrong;
};

Read read_whole(const SignalColumn& of, const std::string& cell) {
  int64_t n = 0;
  const auto end = std::from_chars(cell.data(), cell.data() + cell.size(), n);
  if (end.ec != std::errc() || end.ptr != cell.data() + cell.size())
    return {"", "“" + cell + "”不是整数，写阿拉伯数字"};
  if (of.most && (n < of.least || n > of.most))
    return {"", cell + " 不在 " + std::to_string(of.least) + " 到 " + std::to_string(of.most) + " 之间"};
  return {std::to_string(n), ""};
}

Read read_choice(const SignalColumn& of, const std::string& cell) {
  std::string all;
  for (const auto& one : of.choices) {
    if (one == cell) return {cell, ""};
    all += (all.empty() ? "" : "、") + one;
  }
  return {"", "“" + cell + "”不在可选的里面，写：" + all};
}

Read read_flag(const std::string& cell) {
  static const std::set<std::string> yes = {"是", "Y", "y", "1", "TRUE", "true"},
                                     no = {"否", "N", "n", "0", "FALSE", "false"};
  if (yes.count(cell)) return {"yes", ""};
  if (no.count(cell)) return {"no", ""};
  return {"", "“" + cell + "”要写是或者否"};
}

std::string shown(const SignalColumn& of, const std::string& value) {
  if (of.personal() && !value.empty()) return "••••";
  return of.type == "是否" && !value.empty() ? (value == "yes" ? "是" : "否") : value;
}

class Planner {
 public:
  Planner(const SignalSystem& system, const std::vector<std::string>& columns, const SignalWorld& world,
          std::map<std::string, Signal> there)
      : system_(system), world_(world), there_(std::move(there)) {
    for (size_t i = 0; i < columns.size(); ++i)
      if (!columns[i].empty()) at_[columns[i]] = i;
  }

  IntakeRow plan(const IntakeTable::Row& row) {
    row_ = &row;
    out_ = IntakeRow{.line = row.line};
    values_.clear(), one_ = Signal();
    one_.system = system_.id, one_.received = world_.today;
    for (const auto& column : system_.columns) read(column);
    for (const auto& column : system_.columns) compare(column);
    if (one_.key.empty() || !out_.said.empty()) return refused();
    if (!seen_.insert(one_.key).second) {
      wrong(*key(), "文件里前面已经有 " + one_.key + "，一个主键只留一行");
      return refused();
    }
    standing();
    return out_.said.empty() || out_.said.front().message.empty() ? settled() : refused();
  }

 private:
  const SignalColumn* key() const {
    for (const auto& one : system_.columns)
      if (one.key) return &one;
    return nullptr;
  }
  std::string cell(const SignalColumn& of) const {
    auto at = at_.find(of.name);
    return at == at_.end() || at->second >= row_->cells.size() ? "" : trimmed(row_->cells[at->second]);
  }
  void wrong(const SignalColumn& of, std::string message) {
    auto at = at_.find(of.name);
    const std::string where = at == at_.end() ? "" : column_letters(at->second) + std::to_string(row_->line);
    out_.said.push_back({of.title, where, std::move(message), "", ""});
  }
  IntakeRow refused() {
    out_.outcome = "refused", out_.subject = one_.key;
    std::erase_if(out_.said, [](const IntakeSaid& s) { return s.message.empty(); });
    return std::move(out_);
  }

  void read(const SignalColumn& of) {
    const std::string text = cell(of);
    if (text.empty()) {
      if (of.required) wrong(of, "没有填");
      return;
    }
    Read got = value_of(of, text);
    if (!got.wrong.empty()) return wrong(of, std::move(got.wrong));
    if (of.key) one_.key = got.value;
    if (of.type == "客户" && one_.customer.empty()) one_.customer = got.value;
    if (of.type == "机构") one_.org = got.value;
    if (of.type == "员工") one_.staff = got.value;
    if (of.name == "day") one_.day = Date::parse(got.value);
    if (of.name == "level") one_.level = got.value;
    values_[of.name] = std::move(got.value);
  }

  Read value_of(const SignalColumn& of, const std::string& text) {
    if (characters_in(text) > kLongest) return {"", "超过 " + std::to_string(kLongest) + " 个字，写短些"};
    if (of.type == "客户") return customer(text);
    if (of.type == "机构") {
      auto org = world_.org(text);
      return org ? Read{*org, ""} : Read{"", "没有机构 " + text + "，写机构号或者名称"};
    }
    if (of.type == "员工") {
      auto org = world_.staff(text);
      if (!org) return {"", "没有工号 " + text + "，按员工名单写工号"};
      if (one_.org.empty()) one_.org = *org;
      return {text, ""};
    }
    if (of.type == "日期") return day(of, text);
    if (of.type == "整数") return read_whole(of, text);
    if (of.type == "是否") return read_flag(text);
    if (of.type == "选择") return read_choice(of, text);
    return {text, ""};
  }
  Read customer(const std::string& text) {
    auto found = world_.customer(text);
    if (!found) return {"", "没有客户 " + text + "，核对客户号，或者等他的资料导入以后再传"};
    out_.name = found->name;
    if (one_.org.empty()) one_.org = found->org;
    return {found->id, ""};
  }
  Read day(const SignalColumn& of, const std::string& text) const {
    auto got = read_day(text);
    if (!got) return {"", "“" + text + "”不是日期，写成 2025-12-31"};
    // What has happened has happened by today; only an end may lie ahead.
    if (*got > world_.today && of.not_below.empty())
      return {"", got->str() + " 还没有到，今天是 " + world_.today.str()};
    return {got->str(), ""};
  }

  void compare(const SignalColumn& of) {
    auto mine = values_.find(of.name), least = values_.find(of.not_below);
    if (of.not_below.empty() || mine == values_.end() || least == values_.end()) return;
    const bool below =
        of.type == "整数" ? std::stoll(mine->second) < std::stoll(least->second) : mine->second < least->second;
    if (below)
      wrong(of, shown(of, mine->second) + " 小于“" + system_.column(of.not_below)->title + "” " + least->second +
                    "，两栏核对一下");
  }

  // What is to be done about it, and by whom.
  void standing() {
    one_.state = "kept";
    if (system_.does == kKeyCheck) {
      auto [at, fresh] = checks_.try_emplace(one_.level, CheckBy{});
      if (fresh) at->second = check_by(*world_.pack, world_.today, one_.level);
      const auto& by = at->second;
      if (!by.ok()) return wrong(*system_.column("level"), by.error().message);
      one_.state = "open", one_.due = by->day, one_.first = by->first;
      one_.keeper = world_.keeper(one_.customer, one_.org);
    } else if (system_.does == kTargetedCheck) {
      auto [at, fresh] = risks_.try_emplace(one_.level, RiskEvent{});
      if (fresh) at->second = risk_event(*world_.pack, one_.level, world_.today);
      const auto& risk = at->second;
      if (!risk.ok()) return wrong(*system_.column("level"), risk.error().message);
      if (risk->high) one_.state = "open";
    } else if (system_.does == kCompleteness) {
      auto lacks =
          lacking(*world_.pack, std::stoll(values_["required"]), std::stoll(values_["filled"]), world_.today);
      if (!lacks.ok()) wrong(*system_.column("filled"), lacks.error().message);
    }
  }

  IntakeRow settled() {
    JsonObject data;
    auto before = there_.find(one_.key);
    bool same = before != there_.end();
    for (const auto& column : system_.columns) {
      auto at = values_.find(column.name);
      const std::string now = at == values_.end() ? "" : at->second;
      std::string was = before == there_.end() ? "" : before->second.value(column.name);
      if (column.personal() && !was.empty()) was = world_.key->open(was);
      if (now != was && before != there_.end())
        out_.said.push_back({column.title, "", "", shown(column, was), shown(column, now)});
      same = same && now == was;
      if (!now.empty()) data.emplace_back(column.name, column.personal() ? world_.key->seal(now) : now);
    }
    out_.subject = one_.key, out_.outcome = before == there_.end() ? "new" : same ? "same" : "changed";
    if (out_.name.empty()) out_.name = one_.staff.empty() ? one_.org : one_.staff;
    // Who has looked at it has looked at it: the same signal never is a second to-do.
    if (before != there_.end()) {
      out_.record = before->second.id, one_.received = before->second.received;
      if (before->second.state == "done") one_.state = "done", one_.due = before->second.due;
    }
    out_.body = JsonObject{{"customer", one_.customer},
                           {"org", one_.org},
                           {"staff", one_.staff},
                           {"day", one_.day ? Json(one_.day->str()) : Json()},
                           {"level", one_.level},
                           {"data", std::move(data)},
                           {"state", one_.state},
                           {"keeper", one_.keeper},
                           {"received", one_.received.str()},
                           {"due", one_.due ? Json(one_.due->str()) : Json()},
                           {"first", one_.first}};
    return std::move(out_);
  }

  const SignalSystem& system_;
  const SignalWorld& world_;
  std::map<std::string, Signal> there_;
  std::map<std::string, size_t> at_;
  std::set<std::string> seen_;
  const IntakeTable::Row* row_ = nullptr;
  IntakeRow out_;
  Signal one_;
  std::map<std::string, std::string> values_;
  // What the pack says of a level is asked once.
  std::map<std::string, base::Result<CheckBy>> checks_;
  std::map<std::string, base::Result<RiskEvent>> risks_;
};

}  // namespace

std::vector<IntakeRow> plan_signals(store::Session& session, const SignalSystem& system, const IntakeTable& table,
                                    const std::vector<std::string>& columns, const SignalWorld& world) {
  std::map<std::string, Signal> there;
  for (auto& one : signals(session, {.system = system.id, .limit = 1'000'000})) {
    const std::string key = one.key;
    there.emplace(key, std::move(one));
  }
  Planner planner(system, columns, world, std::move(there));
  std::vector<IntakeRow> out;
  out.reserve(table.rows.size());
  for (const auto& row : table.rows) out.push_back(planner.plan(row));
  return out;
}

}  // namespace guanhu::customers
