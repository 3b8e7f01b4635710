// guanhu audit verify: whether the audit chain is whole and sealed runs are what was sealed; whether a receipt
// proves what it says.
#include <charconv>
#include <ostream>

#include "appraisal/life_work.h"
#include "appraisal/seal_verify.h"
#include "appraisal/statement_page.h"
#include "appraisal/statement_pay.h"
#include "audit/chain.h"
#include "base/files.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/places.h"
#include "cli/wiring.h"

namespace guanhu::cli {

namespace {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view kHelp =
    R"(usage: guanhu audit verify --data DIR [--head SEQUENCE:HASH] [--skip-reruns] [--policies DIR] [--json]
       guanhu audit verify --receipt FILE [--root HASH] [--data DIR] [--json]

Reads the whole audit chain and finds every changed, removed or reordered record. Then checks every sealed run: its
statements must give the root that was sealed, and made again, with its own pack as it was known then, it must give
the same figures; what differs is said by person and figure.

  --head SEQUENCE:HASH  a head that was printed earlier and kept elsewhere: the chain must still contain it. Without
                        it nobody can see that the newest records were cut off together with the chain's own head.
  --skip-reruns         sealed runs are not made again (their statements are checked)
  --policies DIR        the folder of packs (else $GUANHU_POLICIES, ./policies, beside the program); the packs of
                        sealed runs lie in the bank's own store
  --json                one JSON document

With --receipt: whether the statement (HTML) or receipt (JSON) in FILE is part of a sealed run. It shows nothing of
anybody else. Pay that the statement carries is proven the same way, under the root of its pay run. What the page shows
is held against what is proven, so that a figure edited in the file is found. The root that is printed must be the one
the bank made known: --root compares it with that, --data with the bank's own seal and audit chain.

Prints the present head: keep it outside this machine. Exit status: 0 whole and the same; 1 not; 2 wrong use or input.
)";

int fail(Io& io, const Error& error) {
  io.err << "guanhu audit verify: " << error.text() << "\n";
  return kWrong;
}

base::Result<std::optional<audit::Head>> head_of(const std::optional<std::string>& text) {
  if (!text) return std::optional<audit::Head>();
  size_t colon = text->find(':');
  audit::Head head;
  const char* end = text->data() + std::min(colon, text->size());
  auto [at, error] = std::from_chars(text->data(), end, head.sequence);
  if (colon == text->npos || error != std::errc() || at != end || text->size() - colon != 65)
    return Error{"cli.head", "'" + *text + "' is no head", "--head",
                 "the number, a colon and 64 hexadecimal digits"};
  head.hash = text->substr(colon + 1);
  return std::optional<audit::Head>(head);
}

// The root that the audit chain says was sealed; "" when it says nothing of the run.
std::string root_of(store::Session& session, const std::string& action, const std::string& subject) {
  audit::Filter filter;
  filter.action_prefix = action, filter.subject = subject, filter.limit = 1;
  for (const auto& entry : audit::search(session, filter))
    if (const Json* root = entry.record.detail.find("root"); root && root->as_string()) return *root->as_string();
  return "";
}
std::string root_on_record(store::Session& session, int64_t run) {
  return root_of(session, "run.seal", "run " + std::to_string(run));
}

std::vector<appraisal::SealVerdict> verify_runs(feed::Bank& bank, const Options& options) {
  auto policies = policies_folder(options.get("policies"));
  appraisal::Desk desk{bank, policies ? *policies : std::filesystem::path()};
  std::vector<appraisal::SealVerdict> out;
  for (const auto& life : appraisal::sealed_runs(bank.store()))
    out.push_back(
        appraisal::verify_seal(desk, life, root_on_record(bank.store(), life.run), !options.has("skip-reruns")));
  return out;
}

Json run_json(const appraisal::SealVerdict& v) {
  return JsonObject{{"run", v.run},
                    {"scheme", v.scheme},
                    {"period", v.period},
                    {"root", v.root},
                    {"statements", v.statements},
                    {"sound", v.sound},
                    {"rerun", v.rerun},
                    {"faults", JsonArray(v.faults.begin(), v.faults.end())}};
}

Json verdict_json(const audit::Verdict& v, const std::vector<appraisal::SealVerdict>& runs) {
  JsonArray faults, sealed;
  for (const auto& f : v.faults) faults.push_back(JsonObject{{"sequence", f.sequence}, {"what", f.what}});
  for (const auto& run : runs) sealed.push_back(run_json(run));
  return JsonObject{{"whole", v.faults.empty()},
                    {"records", v.records},
                    {"head", JsonObject{{"sequence", v.head.sequence}, {"hash", v.head.hash}}},
                    {"faults", std::move(faults)},
                    {"sealed_runs", std::move(sealed)}};
}

std::string line_of(const appraisal::SealVerdict& v) {
  const char* again = v.rerun == "same"         ? "made again, it is the same"
                      : v.rerun == "differs"    ? "made again, it DIFFERS"
                      : v.rerun == "impossible" ? "it could NOT be made again"
                                                : "not made again";
  return "sealed run " + std::to_string(v.run) + " " + v.scheme + " " + v.period + ": " +
         std::to_string(v.statements) + (v.sound ? " statements as sealed, " : " statements NOT as sealed, ") +
         again + ", root " + v.root;
}

int verify_bank(const Options& options, Io& io) {
  auto data = options.need("data");
  if (!data) return fail(io, data.error());
  auto head = head_of(options.get("head"));
  if (!head) return fail(io, head.error());
  auto bank = open_bank(*data, io);
  if (!bank) return fail(io, bank.error());
  audit::Verdict verdict = audit::verify(bank->store(), *head);
  auto runs = verify_runs(*bank, options);
  bool good = verdict.faults.empty();
  for (const auto& run : runs) good = good && run.good();
  if (options.has("json")) {
    io.out << verdict_json(verdict, runs).dump(1) << "\n";
    return good ? kDone : kNo;
  }
  for (const auto& f : verdict.faults) io.out << "record " << f.sequence << ": " << f.what << "\n";
  io.out << (verdict.faults.empty() ? "the chain is whole: " : "the chain is NOT whole: ") << verdict.records
         << " records, head " << verdict.head.sequence << ":" << verdict.head.hash << "\n";
  for (const auto& run : runs) {
    io.out << line_of(run) << "\n";
    for (const auto& what : run.faults) io.out << "  " << what << "\n";
  }
  return good ? kDone : kNo;
}

// What the bank itself has under this seal.
base::Status compare_with_bank(store::Session& session, const appraisal::Receipt& receipt) {
  auto life = appraisal::life_of(session, receipt.run);
  if (!life || life->state != "sealed" || life->scheme != receipt.scheme || life->period != receipt.period)
    return Error{"receipt.bank", "this bank has sealed no such run", "run " + std::to_string(receipt.run), ""};
  if (life->root != receipt.root || root_on_record(session, receipt.run) != receipt.root)
    return Error{"receipt.bank", "the bank sealed another root: " + life->root, "root", ""};
  auto own = appraisal::receipt_of(session, receipt.run, receipt.holder);
  if (!own || own->leaf != receipt.leaf)
    return Error{"receipt.bank", "the bank sealed another statement of " + receipt.holder, "leaf", ""};
  return {};
}

// Pay that a statement carries: approved under a root of its own.
base::Status compare_pay(store::Session* session, const appraisal::Receipt& pay, const std::string& holder) {
  if (auto status = appraisal::check_receipt(pay); !status) return status;
  const std::string where = "pay_run " + std::to_string(pay.run);
  if (pay.holder != holder) return Error{"receipt.pay", "the pay is that of " + pay.holder, where, ""};
  if (!session) return {};
  if (appraisal::pay_root(*session, pay.run) != pay.root || root_of(*session, "pay.approve", where) != pay.root)
    return Error{"receipt.bank", "the bank approved another pay run", where, ""};
  auto own = appraisal::pay_receipt(*session, pay.run, pay.holder);
  if (!own || own->leaf != pay.leaf)
    return Error{"receipt.bank", "the bank approved another slip of " + pay.holder, where, ""};
  return {};
}

base::Status compare_receipt(const Options& options, const appraisal::Receipt& receipt,
                             const std::vector<appraisal::Receipt>& pay, Io& io) {
  if (auto status = appraisal::check_receipt(receipt); !status) return status;
  if (auto root = options.get("root"); root && *root != receipt.root)
    return Error{"receipt.root", "the root is another: " + receipt.root, "--root", ""};
  std::optional<feed::Bank> bank;
  if (auto data = options.get("data")) {
    auto opened = open_bank(*data, io);
    if (!opened) return opened.error();
    bank.emplace(std::move(*opened));
    if (auto status = compare_with_bank(bank->store(), receipt); !status) return status;
  }
  for (const auto& one : pay)
    if (auto status = compare_pay(bank ? &bank->store() : nullptr, one, receipt.holder); !status) return status;
  return {};
}

int verify_receipt(const Options& options, Io& io) {
  for (const char* other : {"head", "skip-reruns", "policies"})
    if (options.has(other))
      return fail(io, {"cli.option", std::string("--") + other + " does not go with --receipt", "", "see --help"});
  auto file = base::read_file(path_of(io, *options.get("receipt")));
  if (!file) return fail(io, file.error());
  auto receipt = appraisal::read_receipt(*file);
  if (!receipt) return fail(io, receipt.error());
  auto pay = appraisal::read_pay_receipts(*file);
  if (!pay) return fail(io, pay.error());
  auto status = compare_receipt(options, *receipt, *pay, io);
  // A receipt that was handed out by itself has no page.
  if (const size_t first = file->find_first_not_of(" \t\r\n"); status && (*file)[first] != '{')
    status = appraisal::check_page(*file, *receipt, *pay);
  if (!status && status.error().code.rfind("receipt.", 0) != 0) return fail(io, status.error());
  const bool against = options.has("root") || options.has("data");
  if (options.has("json")) {
    JsonObject out = {{"proven", status.ok()},
                      {"compared", against},
                      {"run", receipt->run},
                      {"scheme", receipt->scheme},
                      {"period", receipt->period},
                      {"holder", receipt->holder},
                      {"root", receipt->root},
                      {"pay_slips", pay->size()},
                      {"fault", status ? Json() : Json(status.error().text())}};
    io.out << Json(std::move(out)).dump(1) << "\n";
  } else if (!status) {
    io.out << "NOT proven: " << status.error().text() << "\n";
  } else {
    io.out << receipt->text << "\nproven: this is statement " << receipt->index + 1 << " of " << receipt->of
           << " under the root " << receipt->root << "\n";
    for (const auto& one : *pay)
      io.out << "\n"
             << one.text << "proven: this is slip " << one.index + 1 << " of " << one.of << " under the root "
             << one.root << " of pay run " << one.run << "\n";
    io.out << (against ? "the root is the one it was compared with\n"
                       : "compare the root with the one the bank made known (--root, --data)\n");
  }
  return status ? kDone : kNo;
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto options =
      Options::parse(arguments, {"data", "head", "receipt", "root", "policies"}, {"json", "skip-reruns"});
  if (!options) return fail(io, options.error());
  if (!options->rest().empty())
    return fail(io, {"cli.argument", "'" + options->rest()[0] + "' is not expected here", "", "see --help"});
  if (options->has("receipt")) return verify_receipt(*options, io);
  if (options->has("root")) return fail(io, {"cli.option", "--root goes with --receipt", "", "see --help"});
  return verify_bank(*options, io);
}

}  // namespace

const Command kAuditVerifyCommand = {"audit verify", "whether the audit chain and sealed runs are whole", kHelp,
                                     run};

}  // namespace guanhu::cli
