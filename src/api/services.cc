#include "api/services.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "api/export_work.h"
#include "api/imports.h"
#include "api/policy_reading.h"
#include "api/work.h"
#include "api/workshop_desk.h"
#include "people/rights.h"

namespace guanhu::api {

using base::Json;
using base::JsonObject;

namespace {

constexpr store::Migration kSteps[] = {
    {1, "preferences of logins, refused imports",
     "CREATE TABLE preferences (login TEXT PRIMARY KEY REFERENCES logins (login), value TEXT NOT NULL);"
     // The latest refusal of each date that is not imported, or was refused when it came again.
     "CREATE TABLE import_refusals ("
     "  business_date TEXT PRIMARY KEY,"
     "  refused_at TEXT NOT NULL,"
     "  actor TEXT NOT NULL,"
     "  report TEXT NOT NULL"
     ");"},
    {2, "jobs that outlive the server",
     "CREATE TABLE jobs ("
     "  job_id {bigint} NOT NULL PRIMARY KEY,"
     "  kind TEXT NOT NULL,"
     "  title TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled', 'interrupted')),"
     "  done {bigint} NOT NULL,"
     "  total {bigint} NOT NULL,"
     "  message TEXT NOT NULL,"
     "  queued_at TEXT NOT NULL,"
     "  started_at TEXT,"
     "  ended_at TEXT,"
     "  actor TEXT NOT NULL,"
     "  ask TEXT NOT NULL,"  // JSON: what was asked for, enough to begin it anew
     "  result TEXT"         // JSON
     ") {strict};"}};

constexpr int64_t kSessionKept = 2'000'000;  // microseconds
constexpr size_t kSessions = 20'000;
constexpr int kWaitingToHash = 2;

}  // namespace

std::span<const store::Migration> migrations() { return kSteps; }

Services::Services(feed::Bank& bank, ServiceOptions options, http::LogSink& log, base::Clock& clock)
    : bank_(bank),
      options_(std::move(options)),
      log_(log),
      clock_(clock),
      packs_(options_.policies),
      policy_life_(bank_.folder().temp() / "policies"),
      drafts_(bank_.folder().temp() / "drafts", options_.policies),
      workshop_(std::make_unique<WorkshopDesk>(bank_)),
      stores_([this] { return bank_.folder().open_store(); }),
      warehouses_([this] { return bank_.open_warehouse(); }),
      facts_(Facts::load(bank_, packs_)),
      hashing_(static_cast<std::ptrdiff_t>(std::clamp<size_t>(options_.hashing, 1, 64))) {
  packs_.set_in_force([this](const std::string& id, base::Date day) -> std::shared_ptr<const policy::Pack> {
    auto store = stores_.take();
    auto version = policy::PolicyLife::in_force(*store, id, day);
    return version ? policy_life_.open(*store, *version) : nullptr;
  });
  jobs_ = std::make_unique<Jobs>(
      clock_, [this](const Job& job) { tell_job(job); }, &records_);
}

Services::~Services() { stop(); }

void Services::take_up_jobs() {
  jobs_->take_up([this](const Job& job) { return work_of(*this, job); });
  sweep_uploads(*this);
  sweep_exports(*this, *store());
}

void Services::stop() {
  jobs_->stop();
  events_.close();
}

std::shared_ptr<const Facts> Services::facts() const {
  std::lock_guard lock(facts_mutex_);
  return facts_;
}

void Services::warm(const Facts& facts, const std::vector<std::pair<SchemeName, base::Period>>& wanted,
                    JobRun* run) {
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (run) run->progress(i, wanted.size(), wanted[i].first.str() + " " + wanted[i].second.str());
    auto made = facts.appraised(wanted[i].first, wanted[i].second);
    if (!made)
      log_error("appraising " + wanted[i].first.str() + " " + wanted[i].second.str() + ": " + made.error().text());
  }
}

void Services::refresh() {
  auto before = facts();
  auto next = Facts::load(bank_, packs_);
  warm(*next, before->in_use(), nullptr);
  {
    std::lock_guard lock(facts_mutex_);
    facts_ = next;
  }
  events_.publish("all", "overview", "{}");
  if (next->last_date && (!before->last_date || *before->last_date < *next->last_date))
    notice("all", "info", "数据已更新", "业务日期 " + next->last_date->str() + " 已导入", "/");
}

void Services::notice(const std::string& topic, const char* level, const std::string& title,
                      const std::string& text, const std::string& link) {
  const std::string at = clock_.now().str();
  JsonObject told = {{"id", at + "-" + std::to_string(++notices_)},
                     {"at", at},
                     {"level", level},
                     {"title", title},
                     {"text", text},
                     {"link", link}};
  events_.publish(topic, "notice", Json(std::move(told)).dump());
}

void Services::warm_up() {
  auto work = [this](JobRun& run) -> base::Result<Json> {
    auto now = facts();
    std::vector<std::pair<SchemeName, base::Period>> wanted;
    for (const auto& name : packs_.names()) {
      auto pack = packs_.get(name);
      if (!pack) {
        log_error("pack " + name + ": " + pack.error().text());
        continue;
      }
      for (const auto& scheme : (*pack)->schemes) {
        if (!scheme.decision.empty()) continue;  // made when it is asked for, from what is recorded by then
        std::set<base::PeriodKind> kinds;
        for (const auto& period : now->periods_of(scheme)) {
          if (!kinds.insert(period.kind()).second) continue;  // the newest of each kind and those a trend shows
          auto some = now->periods_until(period, 8);
          for (auto p = some.rbegin(); p != some.rend(); ++p)
            wanted.emplace_back(SchemeName{name, scheme.name}, *p);
        }
      }
    }
    warm(*now, wanted, &run);
    (void)books_in_force(*this);
    return Json();
  };
  (void)jobs_->add("appraise", "准备考核结果", "system", work);
}

std::optional<people::Visitor> Services::visitor(const std::string& token) {
  int64_t now = clock_.now().micros;
  uint64_t age = 0;
  {
    std::lock_guard lock(sessions_mutex_);
    auto at = sessions_.find(token);
    if (at != sessions_.end() && now < at->second.until) return at->second.visitor;
    age = sessions_age_;
  }
  auto store = stores_.take();
  auto found = people::visitor_of(*store, token, clock_);
  if (!found) return found;  // unknown tokens are not kept: anybody can make them up
  people::complete(*store, facts()->directory, people::day_here(clock_.now()), found->login);
  std::lock_guard lock(sessions_mutex_);
  if (age != sessions_age_) return found;  // a login changed meanwhile
  if (sessions_.size() >= kSessions) sessions_.clear();
  sessions_[token] = {found, std::min(now + kSessionKept, found->expires.micros)};
  return found;
}

std::optional<people::Visitor> Services::known_visitor(const std::string& token) {
  int64_t now = clock_.now().micros;
  std::lock_guard lock(sessions_mutex_);
  auto at = sessions_.find(token);
  if (at == sessions_.end() || now >= at->second.until) return std::nullopt;
  return at->second.visitor;
}

void Services::forget_sessions() {
  std::lock_guard lock(sessions_mutex_);
  sessions_.clear();
  ++sessions_age_;
}

std::optional<Services::HashTurn> Services::hash_turn() {
  if (hashing_.try_acquire()) return HashTurn(*this);
  if (waiting_to_hash_.fetch_add(1) >= kWaitingToHash) {
    waiting_to_hash_.fetch_sub(1);
    return std::nullopt;
  }
  bool got = hashing_.try_acquire_for(std::chrono::seconds(5));
  waiting_to_hash_.fetch_sub(1);
  if (!got) return std::nullopt;
  return HashTurn(*this);
}

void Services::log_error(std::string_view what) { log_.line(http::event_line(clock_.now(), "error", "", what)); }

void Services::tell_job(const Job& job) {
  if (job.state == "failed") {
    log_error("job " + std::to_string(job.id) + " " + job.title + ": " + job.message);
    notice("user:" + job.by, "warn", "任务失败: " + job.title, job.message,
           job.kind == "import" ? "/imports" : "/");
  }
  events_.publish(topic_of(job), "job", job.json().dump());
}

void record(store::Session& session, const std::string& actor, std::string action, std::string subject,
            Json detail, base::Clock& clock) {
  audit::append(session, {actor, std::move(action), std::move(subject), std::move(detail)}, clock);
}

}  // namespace guanhu::api
