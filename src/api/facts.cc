#include "api/facts.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>

#include "attribution/recorded.h"
#include "feed/totals.h"
#include "measures/engine.h"

namespace guanhu::api {

using base::Error;
using base::Period;

namespace {
constexpr size_t kRuns = 96;        // appraisals kept: a few megabytes each at 5,000 holders
constexpr size_t kEvaluations = 4;  // with everything an explanation needs: larger
}  // namespace

// What changes behind the constant face: caches, each with its lock, and the engine.
struct Facts::Work {
  const feed::Bank* bank = nullptr;
  Packs* packs = nullptr;

  std::mutex engine_mutex;  // held while the engine works; the following three belong to it
  std::unique_ptr<warehouse::Warehouse> db;
  std::unique_ptr<measures::Engine> engine;
  struct Evaluated {
    std::string key;
    std::shared_ptr<const policy::Pack> pack;
    std::shared_ptr<const appraisal::Evaluation> evaluation;
  };
  std::list<Evaluated> evaluations;  // the latest first

  std::mutex mutex;  // of the caches below
  std::condition_variable made;
  struct Entry {
    SchemeName scheme;
    Period period;
    std::shared_ptr<const Appraised> appraised;  // null while somebody makes it
    uint64_t used = 0;
  };
  std::map<std::string, Entry> runs;
  uint64_t uses = 0;
  std::map<std::string, std::shared_ptr<const Reach>> reaches;
  std::map<std::string, std::shared_ptr<const std::vector<uint32_t>>> customers;
  std::map<std::string, std::shared_ptr<const OrgFigures>> orgs;
};

Facts::Facts(std::unique_ptr<Work> work) : work_(std::move(work)) {}
Facts::~Facts() = default;

std::shared_ptr<const Facts> Facts::load(const feed::Bank& bank, Packs& packs) {
  auto work = std::make_unique<Work>();
  work->bank = &bank;
  work->packs = &packs;
  work->db = bank.open_warehouse();
  warehouse::Warehouse& db = *work->db;
  std::shared_ptr<Facts> out(new Facts(std::move(work)));
  out->read(db);
  return out;
}

void Facts::read(warehouse::Warehouse& db) {
  const char* active = " FROM imports WHERE replaced_at IS NULL";
  auto day = [&](const char* which) -> std::optional<base::Date> {
    auto n = warehouse::one_int(
        db, std::string("SELECT CAST(") + which + "(business_date) - DATE '1970-01-01' AS BIGINT)" + active);
    if (!n) return std::nullopt;
    return base::Date(static_cast<int32_t>(*n));
  };
  first_date = day("min");
  last_date = day("max");
  auto latest = warehouse::one_int(db, "SELECT CAST(max(import_id) AS BIGINT) FROM imports").value_or(0);
  auto count = warehouse::one_int(db, std::string("SELECT count(*)") + active).value_or(0);
  tag = std::to_string(latest) + "-" + std::to_string(count);
  if (auto n = warehouse::one_int(db, "SELECT count(*) + count(known_to) FROM recorded_assignments").value_or(0))
    tag += "-" + std::to_string(n);
  attribution::refresh_spans(db);
  if (last_date) {
    directory = people::Directory::load(db, *last_date, std::nullopt);
    customers = CustomerIndex::load(db, *last_date);
  } else {
    customers = std::make_shared<const CustomerIndex>();
  }
  for (const feed::StoredTotal& total : feed::read_totals(db))
    open_totals += total.total.state != feed::TotalState::ok;
  for (const auto& org : directory.orgs())
    if (org.kind == "hq" && bank_name.empty()) bank_name = org.name;
}

namespace {
std::string key_of(const people::Login& login, people::Scope scope) {
  if (scope == people::Scope::bank) return "bank";
  std::string key = std::string(people::scope_name(scope)) + " " + login.staff_id;
  if (scope == people::Scope::team)  // teams change while these facts stay
    for (const auto& mate : login.team) key += "," + mate;
  return key;
}
}  // namespace

std::shared_ptr<const Reach> Facts::known_reach(const people::Login& login, people::Scope scope) const {
  std::lock_guard lock(work_->mutex);
  auto at = work_->reaches.find(key_of(login, scope));
  return at == work_->reaches.end() ? nullptr : at->second;
}

std::shared_ptr<const Reach> Facts::reach(const people::Login& login, people::Scope scope) const {
  if (auto known = known_reach(login, scope)) return known;
  std::string key = key_of(login, scope);
  auto made = std::make_shared<const Reach>(Reach::of(login.staff_id, scope, directory, login.team));
  std::lock_guard lock(work_->mutex);
  return work_->reaches.try_emplace(key, std::move(made)).first->second;
}

std::shared_ptr<const std::vector<uint32_t>> Facts::customers_in(const people::Login& login, people::Scope scope,
                                                                 warehouse::Warehouse& db) const {
  auto seen = reach(login, scope);
  if (seen->bank()) return nullptr;
  // All of one branch see the same customers.
  return customers_within(seen->top().empty() ? key_of(login, scope) : "org " + seen->top(), *seen, db);
}

std::shared_ptr<const std::vector<uint32_t>> Facts::customers_of(const std::string& staff,
                                                                 warehouse::Warehouse& db) const {
  return customers_within("own " + staff, Reach::of(staff, people::Scope::own, directory), db);
}

std::shared_ptr<const std::vector<uint32_t>> Facts::customers_within(const std::string& key, const Reach& seen,
                                                                     warehouse::Warehouse& db) const {
  {
    std::lock_guard lock(work_->mutex);
    if (auto at = work_->customers.find(key); at != work_->customers.end()) return at->second;
  }
  std::vector<uint32_t> found;
  if (!seen.nothing() && last_date) {
    const warehouse::Type types[] = {warehouse::Type::text};
    db.scan(seen.customers_sql(*last_date), types, [&](const warehouse::Chunk& c) {
      for (size_t r = 0; r < c.rows; ++r) {
        if (c.columns[0].is_null(r)) continue;
        size_t n = customers->find(c.columns[0].text[r]);
        if (n < customers->size()) found.push_back(static_cast<uint32_t>(n));
      }
    });
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  auto made = std::make_shared<const std::vector<uint32_t>>(std::move(found));
  std::lock_guard lock(work_->mutex);
  return work_->customers.try_emplace(key, std::move(made)).first->second;
}

bool Facts::reaches_customer(const people::Login& login, people::Scope scope, size_t customer,
                             warehouse::Warehouse& db) const {
  auto in = customers_in(login, scope, db);
  return customer < customers->size() &&
         (!in || std::binary_search(in->begin(), in->end(), static_cast<uint32_t>(customer)));
}

bool Facts::has_data(const Period& period) const {
  return last_date && period.first() <= *last_date && period.last() >= *first_date;
}

std::vector<Period> Facts::periods_until(const Period& last, size_t count) const {
  std::vector<Period> out;
  for (Period p = last; out.size() < count && has_data(p); p = p.previous()) out.push_back(p);
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<Period> Facts::periods_of(const policy::Scheme& scheme) const {
  std::vector<Period> out;
  if (!last_date) return out;
  const std::pair<const char*, base::PeriodKind> kinds[] = {{"month", base::PeriodKind::month},
                                                            {"quarter", base::PeriodKind::quarter},
                                                            {"half-year", base::PeriodKind::half_year},
                                                            {"year", base::PeriodKind::year}};
  for (const auto& [word, kind] : kinds) {
    if (std::find(scheme.periods.begin(), scheme.periods.end(), word) == scheme.periods.end()) continue;
    auto some = periods_until(Period::containing(kind, *last_date), 60);
    out.insert(out.end(), some.rbegin(), some.rend());
  }
  return out;
}

base::Status Facts::check_reached(const Period& period) const {
  if (!last_date) return Error{"data.none", "还没有导入任何业务日期", "", ""};
  if (has_data(period)) return {};
  return Error{"data.period",
               "期间 " + period.str() + " 没有数据, 已有 " + first_date->str() + " 至 " + last_date->str(),
               "period", ""};
}

namespace {
// Whether it reads what people recorded, or the grades that they decided.
bool recalls(const policy::Pack& pack, const SchemeName& name) {
  const policy::Scheme* scheme = pack.scheme(name.scheme);
  return scheme && appraisal::asks_grade(*scheme);
}

// What people recorded since belongs to another appraisal.
std::string key_of(const SchemeName& scheme, const Period& period, const policy::Pack& pack) {
  std::string out = scheme.str() + "\n" + period.str() + "\n" + pack.hash;
  if (recalls(pack, scheme)) out += "\n" + std::to_string(appraisal::facts_version());
  return out;
}
}  // namespace

std::shared_ptr<const Appraised> Facts::known_appraisal(const SchemeName& scheme, const Period& period) const {
  auto pack = work_->packs->known_on(scheme.pack, period.last());
  if (!pack) return nullptr;
  const std::string key = key_of(scheme, period, *pack);
  std::lock_guard lock(work_->mutex);
  auto at = work_->runs.find(key);
  if (at == work_->runs.end()) return nullptr;
  at->second.used = ++work_->uses;
  return at->second.appraised;
}

base::Result<std::shared_ptr<const Appraised>> Facts::appraised(const SchemeName& scheme,
                                                                const Period& period) const {
  auto pack = work_->packs->on(scheme.pack, period.last());
  if (!pack) return pack.error();
  if (auto status = check_reached(period); !status) return status.error();
  const std::string key = key_of(scheme, period, **pack);
  std::unique_lock lock(work_->mutex);
  for (;;) {
    auto at = work_->runs.find(key);
    if (at == work_->runs.end()) break;
    if (at->second.appraised) {
      at->second.used = ++work_->uses;
      return at->second.appraised;
    }
    work_->made.wait(lock);
  }
  work_->runs.emplace(key, Work::Entry{scheme, period, nullptr, ++work_->uses});
  lock.unlock();
  auto forget = [&] {
    lock.lock();
    work_->runs.erase(key);
    work_->made.notify_all();
  };
  try {
    auto made = make(*pack, scheme, period);
    if (!made) return forget(), made.error();
    lock.lock();
    work_->runs.at(key).appraised = *made;
    if (work_->runs.size() > kRuns) {
      auto oldest = std::min_element(work_->runs.begin(), work_->runs.end(), [](const auto& a, const auto& b) {
        return std::pair(!a.second.appraised, a.second.used) < std::pair(!b.second.appraised, b.second.used);
      });
      work_->runs.erase(oldest);
    }
    work_->made.notify_all();
    return made;
  } catch (...) {
    forget();
    throw;
  }
}

base::Status Facts::open_engine() const {
  if (work_->engine) return {};
  auto engine = measures::Engine::open(*work_->db,
                                       {.columns = work_->bank->folder().columns(), .known_at = {}, .teams = {}});
  if (!engine) return engine.error();
  work_->engine = std::move(*engine);
  return {};
}

namespace {
base::Result<std::shared_ptr<const appraisal::Evaluation>> evaluate(const policy::Pack& pack,
                                                                    const SchemeName& name, const Period& period,
                                                                    measures::Engine& engine,
                                                                    const people::Directory& directory,
                                                                    const feed::Bank& bank) {
  auto scheme = policy::compile_scheme(pack, name.scheme, period.last());
  if (!scheme) return scheme.error();
  auto evaluation = appraisal::evaluate(
      *scheme, period, engine, directory, std::nullopt, {},
      recalls(pack, name) ? appraisal::RecordedFacts::load(bank.again().store(), std::nullopt, true) : nullptr);
  if (!evaluation) return evaluation.error();
  return std::make_shared<const appraisal::Evaluation>(std::move(*evaluation));
}
}  // namespace

base::Result<std::shared_ptr<const Appraised>> Facts::make(const std::shared_ptr<const policy::Pack>& pack,
                                                           const SchemeName& scheme, const Period& period) const {
  if (!pack->scheme(scheme.scheme)) {
    std::string known;
    for (const auto& s : pack->schemes) known += (known.empty() ? "" : ", ") + scheme.pack + "/" + s.name;
    return Error{"scheme.unknown", "没有考核方案 " + scheme.str(), "scheme", "可用: " + known};
  }
  std::lock_guard lock(work_->engine_mutex);
  if (auto status = open_engine(); !status) return status.error();
  auto on_last_day = people::Directory::load(*work_->db, period.last(), std::nullopt);
  auto evaluation = evaluate(*pack, scheme, period, *work_->engine, on_last_day, *work_->bank);
  if (!evaluation) return evaluation.error();
  work_->evaluations.push_front({key_of(scheme, period, *pack), pack, *evaluation});
  if (work_->evaluations.size() > kEvaluations) work_->evaluations.pop_back();
  return std::shared_ptr<const Appraised>(std::make_shared<Appraised>(pack, **evaluation, std::move(on_last_day)));
}

base::Status Facts::with_engine(const SchemeName& scheme, const Period& period,
                                const std::function<base::Status(const appraisal::Evaluation&, measures::Engine&,
                                                                 warehouse::Warehouse&)>& take) const {
  auto whole = appraised(scheme, period);
  if (!whole) return whole.error();
  const Appraised& a = **whole;
  const std::string key = key_of(scheme, period, *a.pack);
  std::lock_guard lock(work_->engine_mutex);
  auto at = std::find_if(work_->evaluations.begin(), work_->evaluations.end(),
                         [&](const auto& e) { return e.key == key; });
  if (at == work_->evaluations.end()) {
    if (auto status = open_engine(); !status) return status;
    auto evaluation = evaluate(*a.pack, scheme, period, *work_->engine, a.directory, *work_->bank);
    if (!evaluation) return evaluation.error();
    work_->evaluations.push_front({key, a.pack, *evaluation});
    if (work_->evaluations.size() > kEvaluations) work_->evaluations.pop_back();
  } else {
    work_->evaluations.splice(work_->evaluations.begin(), work_->evaluations, at);
  }
  return take(*work_->evaluations.front().evaluation, *work_->engine, *work_->db);
}

base::Result<std::shared_ptr<const OrgFigures>> Facts::org_figures(const Period& period) const {
  if (auto status = check_reached(period); !status) return status.error();
  {
    std::lock_guard lock(work_->mutex);
    if (auto at = work_->orgs.find(period.str()); at != work_->orgs.end()) return at->second;
  }
  auto out = std::make_shared<OrgFigures>();
  std::vector<measures::Holder> asked;
  for (const auto& org : directory.orgs()) {
    out->at.emplace(org.id, asked.size());
    asked.push_back({measures::HolderKind::organisation, org.id});
  }
  {
    std::lock_guard lock(work_->engine_mutex);
    if (auto status = open_engine(); !status) return status.error();
    auto ask = [&](policy::Fact fact, policy::Aggregate aggregate, auto& into) -> base::Status {
      policy::Measure m;
      m.name = fact == policy::Fact::deposit_balance ? "存款余额" : "贷款余额";
      m.unit = "元";
      m.fact = fact;
      m.aggregate = aggregate;
      m.attribution = policy::Attribution::subtree;
      auto values = work_->engine->evaluate(m, period, asked);
      if (!values) return values.error();
      into = std::move(values->values);
      return {};
    };
    using policy::Aggregate, policy::Fact;
    for (auto status : {ask(Fact::deposit_balance, Aggregate::at_end, out->deposits),
                        ask(Fact::deposit_balance, Aggregate::at_start, out->deposits_before),
                        ask(Fact::loan_balance, Aggregate::at_end, out->loans),
                        ask(Fact::loan_balance, Aggregate::at_start, out->loans_before)})
      if (!status) return status.error();
  }
  std::lock_guard lock(work_->mutex);
  return work_->orgs.try_emplace(period.str(), std::move(out)).first->second;
}

std::vector<std::pair<SchemeName, Period>> Facts::in_use() const {
  std::lock_guard lock(work_->mutex);
  std::vector<std::pair<SchemeName, Period>> out;
  for (const auto& [key, entry] : work_->runs)
    if (entry.appraised) out.emplace_back(entry.scheme, entry.period);
  return out;
}

}  // namespace guanhu::api
