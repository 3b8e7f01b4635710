// guanhu risk scan, findings, decide: what looks as if it were there for the figure only.
#include <algorithm>
#include <ostream>

#include "audit/chain.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/places.h"
#include "cli/prepare.h"
#include "cli/wiring.h"
#include "people/directory.h"
#include "policy/load.h"
#include "risk/findings.h"

namespace guanhu::cli {

namespace {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr const char* kPack = "anti-gaming";

base::Result<feed::Bank> bank_of(const Options& options, Io& io) {
  auto data = options.need("data");
  if (!data) return data.error();
  return open_bank(*data, io);
}

risk::Doing doing(feed::Bank& bank, Io& io, std::string action) {
  std::string actor = actor_of(io);
  return {actor, io.clock.now(), [&bank, &io, actor, action](const std::string& subject, const Json& detail) {
            audit::append(bank.store(), {actor, action, subject, detail}, io.clock);
          }};
}

base::Result<base::Period> period_of(const Options& options) {
  auto text = options.need("period");
  if (!text) return text.error();
  if (auto period = base::Period::parse(*text)) return *period;
  return Error{"cli.period", "'" + *text + "' is no period", "--period", "2025, 2025H2, 2025Q4 or 2025-12"};
}

// "spike,circle"; left out: all.
base::Result<std::vector<risk::Kind>> kinds_of(const Options& options) {
  std::vector<risk::Kind> out;
  auto text = options.get("kind");
  if (!text) return std::vector<risk::Kind>(std::begin(risk::kKinds), std::end(risk::kKinds));
  for (size_t at = 0; at <= text->size();) {
    size_t comma = std::min(text->find(',', at), text->size());
    auto kind = risk::kind_of(std::string_view(*text).substr(at, comma - at));
    if (!kind) return kind.error();
    if (std::find(out.begin(), out.end(), *kind) == out.end()) out.push_back(*kind);
    at = comma + 1;
  }
  return out;
}

base::Result<risk::Rules> rules_of(const Options& options, Io& io, const base::Period& period) {
  auto given = options.get("policies");
  auto policies = policies_folder(given ? std::optional(path_of(io, *given)) : std::nullopt);
  if (!policies) return policies.error();
  auto pack = policy::open_pack(*policies, options.get("pack").value_or(kPack));
  if (!pack) return pack.error();
  return risk::rules_of(*pack, period.last());
}

base::Result<std::optional<base::Instant>> known_of(const Options& options) {
  auto text = options.get("known-at");
  if (!text) return std::optional<base::Instant>();
  if (auto at = base::Instant::parse(*text)) return std::optional(*at);
  return Error{"cli.time", "'" + *text + "' is no moment", "--known-at", "2026-01-05T08:00:00+08:00"};
}

void print(Io& io, const risk::Scan& scan, const risk::Kept* kept) {
  for (const std::string& note : scan.notes) io.out << "注意：" << note << "\n";
  for (const risk::Finding& f : scan.findings) {
    io.out << f.id << "  " << f.subject_kind << " " << f.subject_id << "  " << f.what << "\n";
    for (const risk::Effect& e : f.effects) {
      auto text = [&](int64_t value) { return e.unit == "元" ? base::format_fen(value) : std::to_string(value); };
      io.out << "    " << e.holder_id << " " << e.figure << " " << text(e.with) << " " << e.unit << "，剔除后 "
             << text(e.without) << " " << e.unit << "\n";
    }
  }
  io.out << scan.period.str() << "：" << scan.findings.size() << " 条线索";
  if (kept) io.out << "（新 " << kept->fresh << "，原有 " << kept->again << "，不再有 " << kept->gone << "）";
  io.out << "；看了 " << scan.accounts << " 个账户、" << scan.transactions << " 笔交易\n";
}

int scan(const std::vector<std::string>& arguments, Io& io) {
  constexpr const char* kName = "risk scan";
  auto options = Options::parse(arguments, {"data", "period", "kind", "policies", "pack", "known-at"}, {"json"});
  if (!options) return refuse(io, kName, options.error());
  if (!options->rest().empty())
    return refuse(io, kName, {"cli.extra", "'" + options->rest()[0] + "' is one word too many", "", "see --help"});
  auto period = period_of(*options);
  if (!period) return refuse(io, kName, period.error());
  auto kinds = kinds_of(*options);
  if (!kinds) return refuse(io, kName, kinds.error());
  auto known = known_of(*options);
  if (!known) return refuse(io, kName, known.error());
  auto rules = rules_of(*options, io, *period);
  if (!rules) return refuse(io, kName, rules.error());
  auto bank = bank_of(*options, io);
  if (!bank) return refuse(io, kName, bank.error());
  risk::ScanOptions how{
      .period = *period, .kinds = *kinds, .columns = bank->folder().columns(), .known_at = *known};
  auto found = risk::scan(bank->warehouse(), *rules, how, [&](std::string_view what) {
    if (io.progress) io.err << "\r\033[K" << what << std::flush;
  });
  if (io.progress) io.err << "\r\033[K";
  if (!found) {
    int status = refuse(io, kName, found.error());
    return found.error().code == "risk.data" ? kNo : status;
  }
  // What was known once is shown, but it does not replace what is known now.
  std::optional<risk::Kept> kept;
  if (!*known) kept = risk::keep(bank->store(), *found, doing(*bank, io, "risk.scan"));
  if (options->has("json")) io.out << risk::to_json(*found).dump(1) << "\n";
  else print(io, *found, kept ? &*kept : nullptr);
  return kDone;
}

void print(Io& io, const risk::KeptFinding& f) {
  const char* state = f.state == "accepted" ? "不计" : f.state == "dismissed" ? "照计" : "待定";
  const Json* what = f.finding.find("what");
  io.out << f.period << "  " << f.id << "  [" << state << (f.changed ? "，金额变了" : "")
         << (f.present ? "" : "，再查已无") << "]  " << f.subject_kind << " " << f.subject_id << "  "
         << (what && what->as_string() ? *what->as_string() : "") << "\n";
  for (const risk::Decision& d : f.decisions)
    io.out << "    " << d.at << " " << d.by << (d.staff.empty() ? "" : "（" + d.staff + "）") << " " << d.state
           << "：" << d.reason << "\n";
}

int list(const std::vector<std::string>& arguments, Io& io) {
  constexpr const char* kName = "risk findings";
  auto options =
      Options::parse(arguments, {"data", "period", "kind", "state", "manager", "customer"}, {"json", "gone"});
  if (!options) return refuse(io, kName, options.error());
  if (options->rest().size() > 1)
    return refuse(io, kName, {"cli.extra", "'" + options->rest()[1] + "' is one word too many", "", "see --help"});
  risk::FindingFilter filter;
  filter.period = options->get("period"), filter.kind = options->get("kind"), filter.state = options->get("state");
  filter.manager = options->get("manager"), filter.customer = options->get("customer");
  filter.gone = options->has("gone");
  if (!options->rest().empty()) filter.id = options->rest()[0];
  if (filter.kind)
    if (auto kind = risk::kind_of(*filter.kind); !kind) return refuse(io, kName, kind.error());
  auto bank = bank_of(*options, io);
  if (!bank) return refuse(io, kName, bank.error());
  auto found = risk::findings(bank->store(), filter);
  if (options->has("json")) {
    JsonArray all;
    for (const risk::KeptFinding& f : found) all.push_back(risk::to_json(f));
    io.out << Json(JsonObject{{"findings", std::move(all)}}).dump(1) << "\n";
  } else {
    for (const risk::KeptFinding& f : found) print(io, f);
    if (found.empty()) io.out << "没有线索；guanhu risk scan 查一遍\n";
  }
  return found.empty() && filter.id ? kNo : kDone;
}

int decide(const std::vector<std::string>& arguments, Io& io) {
  constexpr const char* kName = "risk decide";
  auto options = Options::parse(arguments, {"data", "state", "reason", "staff"}, {"json"});
  if (!options) return refuse(io, kName, options.error());
  if (options->rest().size() != 1)
    return refuse(io, kName,
                  {"cli.missing", "the id of one finding is needed", "", "guanhu risk findings lists them"});
  auto state = options->need("state"), reason = options->need("reason"), staff = options->need("staff");
  for (const auto* one : {&state, &reason, &staff})
    if (!*one) return refuse(io, kName, one->error());
  auto bank = bank_of(*options, io);
  if (!bank) return refuse(io, kName, bank.error());
  auto people = people::Directory::load(bank->warehouse(), local_day(io.clock), std::nullopt);
  if (!people.person(*staff))
    return refuse(io, kName,
                  {"risk.staff", "there is no member of staff " + *staff, "--staff", "whoever decides"});
  auto decided =
      risk::decide(bank->store(), options->rest()[0], *state, *reason, *staff, doing(*bank, io, "risk.decide"));
  if (!decided) {
    refuse(io, kName, decided.error());
    return decided.error().code == "risk.self" || decided.error().code == "risk.gone" ? kNo : kWrong;
  }
  if (options->has("json")) io.out << risk::to_json(*decided).dump(1) << "\n";
  else print(io, *decided);
  return kDone;
}

}  // namespace

const Command kRiskScanCommand = {
    "risk scan", "searches a period for figures that look better than they are",
    R"(usage: guanhu risk scan --data DIR --period P [--kind K,...] [--policies DIR] [--pack ID] [--known-at TIME] [--json]

Searches for month-end spikes, money in and out around a month end, loan money that returns as deposits, circles of
transfers and sales split in time; says what the figures would be without each; keeps what it finds. A scan made
again meets the same findings, and decisions stay.

  --kind K,...      spike, in_out, loan_return, circle, split; left out: all
  --pack ID         the pack with the thresholds (else anti-gaming)
  --known-at TIME   as it was known then; nothing is kept
  --json            one JSON document; amounts in yuan, exact

Exit status: 0 done, whatever was found; 1 there are no facts of the period; 2 wrong use or input.
)",
    scan};

const Command kRiskFindingsCommand = {
    "risk findings", "lists findings and decisions about them",
    R"(usage: guanhu risk findings --data DIR [ID] [--period P] [--kind K] [--state S] [--manager ID] [--customer ID]
                            [--gone] [--json]

  --state S   open, accepted (does not count) or dismissed (counts)
  --gone      also those that the last scan of their period no longer saw

Exit status: 0 done; 1 there is no finding ID; 2 wrong use or input.
)",
    list};

const Command kRiskDecideCommand = {
    "risk decide", "records what a person decided about a finding",
    R"(usage: guanhu risk decide --data DIR ID --state accepted|dismissed|open --reason TEXT --staff ID [--json]

  --state     accepted: the money does not count; dismissed: it does; open: look at it again
  --staff ID  the member of staff who decides; not one whose figures the finding touches

The decision is added to those before it and to the audit chain.
Exit status: 0 done; 1 this person may not decide, or the finding is gone; 2 wrong use or input.
)",
    decide};

}  // namespace guanhu::cli
