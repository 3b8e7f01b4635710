// A month's pay after years of months: what earlier runs owe is asked of every one of them.
//
//   pay_bench [--managers N] [--months N] [--dir DIR]
//
// A store is made in the process: appraisals published and pay runs of policies/sample-pay approved, month by
// month. Then the next month is worked out twice: nothing changed since; one person's base of half a year ago
// became known late. Ends with 1 when the lines posted are not those, or either takes 10 seconds of work and more.
#include <sys/resource.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>

#include "appraisal/deposit_ledger.h"
#include "appraisal/life.h"
#include "appraisal/pay_runs.h"
#include "appraisal/recorded.h"
#include "policy/load.h"

namespace {
using namespace guanhu;
using appraisal::PeopleFact;
using base::Date;
using base::Json;

constexpr const char* kScheme = "sample/经营业绩";
constexpr int kTarget = 10;  // seconds

double work() {  // double: a stop-watch
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](const timeval& t) {
    return double(t.tv_sec) + double(t.tv_usec) / 1e6;
  };  // double: a stop-watch
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::string month(int n) {
  char out[16];
  std::snprintf(out, sizeof out, "%04d-%02d", 2020 + n / 12, n % 12 + 1);
  return out;
}
std::string person(int n) { return "S" + std::to_string(10000 + n); }

class Years {
 public:
  Years(const std::string& folder, int managers) : managers_(managers) {
    session_ = store::open_sqlite(folder + "/pay.db");
    const store::ModuleMigrations all[] = {
        {"appraisal", appraisal::run_migrations()},       {"recorded", appraisal::recorded_migrations()},
        {"run_life", appraisal::life_migrations()},       {"deposit", appraisal::deposit_migrations()},
        {"people_facts", appraisal::people_migrations()}, {"pay", appraisal::pay_migrations()}};
    if (auto done = store::migrate(*session_, all, clock_); !done) throw base::Broken(done.error().text());
    record("bank", "", "岗位薪酬基数", "3000", "2020-01-01");
    record("bank", "", "岗位系数表", R"({"一级": 1.5, "二级": 1.2, "三级": 1})", "2020-01-01");
    record("bank", "", "补助表", R"({"一级": 800, "二级": 500, "三级": 300})", "2020-01-01");
    record("bank", "", "奖金池总额", "1000000", "2020-01-01");
    for (int n = 0; n < managers_; ++n) record("staff", person(n), "基本生活保障", "1500", "2020-01-01");
    keep();
  }
  void record(const std::string& of, const std::string& subject, const std::string& name, const char* value,
              const std::string& from, const std::string& to = "") {
    PeopleFact fact;
    fact.of = of, fact.subject = subject, fact.kind = "pay", fact.name = name, fact.document = "人字1号";
    fact.value = Json::parse(value).value(), fact.from = Date::parse(from).value();
    if (!to.empty()) fact.to = Date::parse(to);
    facts_.push_back(std::move(fact));
  }
  void keep() {
    auto done = appraisal::record_facts(*session_, pack_.get(), std::move(facts_), {"hr", "H1", clock_.now()});
    if (!done) throw base::Broken(done.error().text());
    facts_.clear();
  }
  // The pay of a month; the pieces of earlier months that it posts.
  size_t pay(int n, bool approve) {
    clock_.set(base::Instant{clock_.now().micros + 30LL * 86'400'000'000});
    const int64_t run = runs_.count(n) ? runs_[n] : runs_[n] = appraise(n);
    const Date on = base::Period::parse(month(n))->last();
    auto load = appraisal::load_pay(*session_, *pack_, "无", nobody_, {run, on, ""});
    if (!load) throw base::Broken(load.error().text());
    auto result = appraisal::compute_pay((*load)->work);
    auto due = appraisal::corrections_due(*session_, nobody_, pack_->id, (*load)->scheme, (*load)->period, book());
    appraisal::post_corrections(result, due);
    auto id = appraisal::keep_pay(*session_, **load, result, {"hr", "H1", clock_.now()}, due);
    if (!id) throw base::Broken(id.error().text());
    if (approve)
      if (auto done = appraisal::approve_pay(*session_, *id, "核对无误", {"chief", "H2", clock_.now()}); !done)
        throw base::Broken(done.error().text());
    return appraisal::posted_by(*session_, *id).size();
  }

 private:
  int64_t appraise(int n) {
    appraisal::Run run{.scheme = kScheme, .title = "经营业绩", .period = *base::Period::parse(month(n))};
    for (int p = 0; p < managers_; ++p) {
      appraisal::HolderResult one;
      one.id = person(p), one.name = "人" + one.id, one.org = one.branch = "B1";
      one.total = base::Decimal(60 + (p * 7 + n) % 40);
      run.holders.push_back(std::move(one));
    }
    const int64_t id = appraisal::save_run(*session_, run, clock_);
    const Date day = Date::parse("2030-01-10").value();
    auto shown = appraisal::publish(*session_, {id, "business", clock_.now(), day, day, "x"},
                                    {"executive", clock_.now(), "公布"});
    if (!shown) throw base::Broken(shown.error().text());
    return id;
  }
  appraisal::OpenPayBook book() const {
    return [this](const appraisal::PayRun&) -> base::Result<appraisal::PayBook> {
      return appraisal::PayBook{pack_, "无"};
    };
  }

  int managers_;
  base::FixedClock clock_{base::Instant{1'500'000'000'000'000}};
  std::unique_ptr<store::Session> session_;
  std::shared_ptr<const policy::Pack> pack_ =
      std::make_shared<const policy::Pack>(policy::open_pack(GUANHU_SOURCE_DIR "/policies", "sample-pay").value());
  people::Directory nobody_ = people::Directory::of({}, {});
  std::vector<PeopleFact> facts_;
  std::map<int, int64_t> runs_;  // appraisals by month
};

bool timed(const char* what, Years& years, int n, size_t expected) {
  const double before = work();  // double: a stop-watch
  const size_t posted = years.pay(n, false);
  const double took = work() - before;  // double: a stop-watch
  std::printf("%-44s %6.2f s of work, %zu lines of earlier months\n", what, took, posted);
  return posted == expected && took < kTarget;
}

}  // namespace

int main(int count, char** words) {
  int managers = 500, months = 36;
  std::string dir = "/tmp";
  for (int i = 1; i + 1 < count; i += 2) {
    if (!std::strcmp(words[i], "--managers")) managers = std::atoi(words[i + 1]);
    else if (!std::strcmp(words[i], "--months")) months = std::atoi(words[i + 1]);
    else if (!std::strcmp(words[i], "--dir")) dir = words[i + 1];
    else return std::fprintf(stderr, "pay_bench: no option %s\n", words[i]), 2;
  }
  const std::string folder = dir + "/guanhu-pay-bench-" + std::to_string(::getpid());
  std::filesystem::create_directories(folder);
  bool sound = true;
  {
    Years years(folder, managers);
    const double before = work();  // double: a stop-watch
    for (int n = 0; n < months; ++n) years.pay(n, true);
    std::printf("%d managers, %d months: %.2f s of work a month\n", managers, months, (work() - before) / months);
    sound = timed("the next month, nothing changed", years, months, 0) && sound;
    years.record("staff", person(3), "基本生活保障", "1600", month(months - 6) + "-01",
                 base::Period::parse(month(months - 6))->last().str());
    years.record("staff", person(3), "基本生活保障", "1500", month(months - 5) + "-01");
    years.keep();
    sound = timed("a base of half a year ago known late", years, months, 1) && sound;
  }
  std::filesystem::remove_all(folder);
  return sound ? 0 : 1;
}
