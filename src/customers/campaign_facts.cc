#include "customers/campaign_facts.h"

#include <set>

#include "customers/lead.h"

namespace guanhu::customers {

using base::Date;
using base::Json;
using base::JsonArray;

namespace {

constexpr MarketFact kFacts[] = {
    {"客户类型", "text", "", "客户"},           {"年龄", "number", "岁", "客户"},
    {"是否农户", "boolean", "", "客户"},        {"所属行业", "text", "", "客户"},
    {"建档天数", "number", "天", "客户"},       {"客户分类", "text", "", "客户"},
    {"准入状态", "text", "", "客户"},           {"存款余额", "number", "元", "存款"},
    {"近三月存款日均", "number", "元", "存款"}, {"存款到期天数", "number", "天", "存款"},
    {"未往来天数", "number", "天", "存款"},     {"贷款余额", "number", "元", "贷款"},
    {"贷款到期天数", "number", "天", "贷款"},   {"逾期天数", "number", "天", "贷款"},
    {"逾期本金", "number", "元", "贷款"},       {"最差五级分类", "text", "", "贷款"},
    {"曾有信贷关系", "boolean", "", "贷款"},    {"首次授信", "boolean", "", "贷款"},
    {"持有品种", "list", "", "产品"},           {"未联系天数", "number", "天", "联系"},
    {"上次联系日期", "date", "", "联系"}};

struct Market {
  std::set<std::string> kinds;
  std::optional<int64_t> deposit_days, loan_days, idle_days;
};

void sooner(std::optional<int64_t>& days, int64_t next) {
  if (next >= 0 && (!days || next < *days)) days = next;
}

// Products by their kinds, the next days something falls due, the last transaction.
class Reader {
 public:
  Reader(warehouse::Warehouse& db, const Merges& merges, const std::vector<std::string>& ids, Date business)
      : db_(db), merges_(merges), in_(among(ids)), business_(business) {}

  std::map<std::string, Market> read() {
    accounts();
    loans();
    sales();
    transactions();
    return std::move(out_);
  }

 private:
  std::string at() const { return "DATE '" + business_.str() + "'"; }
  Market& of(const std::optional<std::string>& customer) { return out_[merges_.canonical(customer.value_or(""))]; }

  void accounts() {
    for (const auto& r : text_rows(
             db_,
             "SELECT w.customer_id, w.kind, CAST(w.matures_on AS VARCHAR) FROM " +
                 counting_rows("f_accounts", "f.account_id",
                               "f.customer_id, f.kind, f.opened_on, f.matures_on, f.closed_on",
                               "f.customer_id " + in_) +
                 " w WHERE w.opened_on <= " + at() + " AND (w.closed_on IS NULL OR w.closed_on > " + at() + ")",
             3)) {
      of(r[0]).kinds.insert("account:" + r[1].value_or(""));
      if (auto day = r[2] ? Date::parse(*r[2]) : std::nullopt) sooner(of(r[0]).deposit_days, *day - business_);
    }
  }

  void loans() {
    for (const auto& r : text_rows(
             db_,
             "SELECT w.customer_id, w.kind, CAST(coalesce(w.extended_to, w.due_on) AS VARCHAR) FROM " +
                 counting_rows("f_loans", "f.loan_id",
                               "f.customer_id, f.kind, f.issued_on, f.due_on, f.extended_to, f.settled_on",
                               "f.customer_id " + in_) +
                 " w WHERE w.issued_on <= " + at() + " AND (w.settled_on IS NULL OR w.settled_on > " + at() + ")",
             3)) {
      of(r[0]).kinds.insert("loan:" + r[1].value_or(""));
      if (auto day = r[2] ? Date::parse(*r[2]) : std::nullopt) sooner(of(r[0]).loan_days, *day - business_);
    }
  }

  void sales() {
    for (const auto& r : text_rows(db_,
                                   "SELECT DISTINCT w.customer_id, w.product FROM " +
                                       counting_rows("f_sales", "f.sale_id", "f.customer_id, f.product, f.date",
                                                     "f.customer_id " + in_) +
                                       " w WHERE w.date <= " + at(),
                                   2))
      of(r[0]).kinds.insert("sale:" + r[1].value_or(""));
  }

  // Interest is the bank's own doing: it does not make a customer active. MKT-616
  void transactions() {
    for (const auto& r : text_rows(db_,
                                   "SELECT a.customer_id, CAST(max(CAST(t.booked_at AS DATE)) AS VARCHAR) FROM " +
                                       counting_rows("f_accounts", "f.account_id", "f.account_id, f.customer_id",
                                                     "f.customer_id " + in_) +
                                       " a JOIN f_transactions t ON t.account_id = a.account_id JOIN imports i ON "
                                       "i.import_id = t.import_id"
                                       " WHERE i.replaced_at IS NULL AND coalesce(t.kind, '') <> 'interest'"
                                       " AND CAST(t.booked_at AS DATE) <= " +
                                       at() + " GROUP BY a.customer_id",
                                   2))
      if (auto day = r[1] ? Date::parse(*r[1]) : std::nullopt) sooner(of(r[0]).idle_days, business_ - *day);
  }

  warehouse::Warehouse& db_;
  const Merges& merges_;
  const std::string in_;
  const Date business_;
  std::map<std::string, Market> out_;
};

// Whole years, the birthday counts.
int64_t years(Date born, Date today) {
  int64_t out = today.year() - born.year();
  return born.add_months(static_cast<int32_t>(out * 12)) > today ? out - 1 : out;
}

}  // namespace

std::span<const MarketFact> market_facts() { return kFacts; }

KnownOf market_known(store::Session& session, warehouse::Warehouse& db, const Merges& merges,
                     const std::vector<std::string>& customers, const KnownOn& on) {
  KnownOf out = known_of(session, db, merges, customers, on);
  std::vector<std::string> ids;
  for (const auto& [id, known] : out)
    for (auto& member : merges.members(id)) ids.push_back(std::move(member));
  if (ids.empty()) return out;
  auto market = Reader(db, merges, ids, on.business).read();
  std::map<std::string, Date> talked;
  for (const auto& [customer, day] : last_contacts(session)) {
    auto [at, fresh] = talked.emplace(merges.canonical(customer), day);
    if (!fresh && at->second < day) at->second = day;
  }
  for (auto& [id, known] : out) {
    const Market& m = market[id];
    const std::string facts = on.business.str() + " 的业务数据";
    auto add = [&](const char* name, Json value, const std::string& from) {
      known.push_back({name, std::move(value), from});
    };
    JsonArray kinds;
    for (const auto& one : m.kinds) kinds.emplace_back(one);
    add("持有品种", std::move(kinds), facts);
    if (m.deposit_days) add("存款到期天数", *m.deposit_days, facts);
    if (m.loan_days) add("贷款到期天数", *m.loan_days, facts);
    if (m.idle_days) add("未往来天数", *m.idle_days, facts);
    auto date_of = [&](const char* name) -> std::optional<Date> {
      const Json* value = known_value(known, name);
      return value && value->as_string() ? Date::parse(*value->as_string()) : std::nullopt;
    };
    if (auto born = date_of("出生日期")) add("年龄", years(*born, on.today), "客户档案");
    if (auto opened = date_of("建档日期")) add("建档天数", int64_t{on.business - *opened}, "客户档案");
    if (auto spoke = talked.find(id); spoke != talked.end()) {
      add("上次联系日期", spoke->second.str(), "走访和联系记录");
      add("未联系天数", int64_t{on.today - spoke->second}, "走访和联系记录");
    }
  }
  return out;
}

}  // namespace guanhu::customers
