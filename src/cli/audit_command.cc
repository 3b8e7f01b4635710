// guanhu audit verify: whether the audit chain is whole.
#include <charconv>
#include <ostream>

#include "audit/chain.h"
#include "cli/command.h"
#include "cli/options.h"
#include "cli/wiring.h"

namespace guanhu::cli {

namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::string_view kHelp = R"(usage: guanhu audit verify --data DIR [--head SEQUENCE:HASH] [--json]

Reads the whole audit chain and finds every changed, removed or reordered record.

  --head SEQUENCE:HASH  a head that was printed earlier and kept elsewhere: the chain must still contain it. Without
                        it nobody can see that the newest records were cut off together with the chain's own head.
  --json                one JSON document

Prints the present head: keep it outside this machine. Exit status: 0 the chain is whole; 1 it is not; 2 wrong use
or input.
)";

base::Result<std::optional<audit::Head>> head_of(const std::optional<std::string>& text) {
  if (!text) return std::optional<audit::Head>();
  size_t colon = text->find(':');
  audit::Head head;
  const char* end = text->data() + std::min(colon, text->size());
  auto [at, error] = std::from_chars(text->data(), end, head.sequence);
  if (colon == text->npos || error != std::errc() || at != end || text->size() - colon != 65)
    return base::Error{"cli.head", "'" + *text + "' is no head", "--head",
                       "the number, a colon and 64 hexadecimal digits"};
  head.hash = text->substr(colon + 1);
  return std::optional<audit::Head>(head);
}

Json verdict_json(const audit::Verdict& v) {
  JsonArray faults;
  for (const auto& f : v.faults) faults.push_back(JsonObject{{"sequence", f.sequence}, {"what", f.what}});
  return JsonObject{{"whole", v.faults.empty()},
                    {"records", v.records},
                    {"head", JsonObject{{"sequence", v.head.sequence}, {"hash", v.head.hash}}},
                    {"faults", std::move(faults)}};
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto fail = [&](const base::Error& error) {
    io.err << "guanhu audit verify: " << error.text() << "\n";
    return kWrong;
  };
  auto options = Options::parse(arguments, {"data", "head"}, {"json"});
  if (!options) return fail(options.error());
  if (!options->rest().empty())
    return fail({"cli.argument", "'" + options->rest()[0] + "' is not expected here", "", "see --help"});
  auto data = options->need("data");
  if (!data) return fail(data.error());
  auto head = head_of(options->get("head"));
  if (!head) return fail(head.error());
  auto bank = open_bank(*data, io);
  if (!bank) return fail(bank.error());
  audit::Verdict verdict = audit::verify(bank->store(), *head);
  if (options->has("json")) {
    io.out << verdict_json(verdict).dump(1) << "\n";
  } else {
    for (const auto& f : verdict.faults) io.out << "record " << f.sequence << ": " << f.what << "\n";
    io.out << (verdict.faults.empty() ? "the chain is whole: " : "the chain is NOT whole: ") << verdict.records
           << " records, head " << verdict.head.sequence << ":" << verdict.head.hash << "\n";
  }
  return verdict.faults.empty() ? kDone : kNo;
}

}  // namespace

const Command kAuditVerifyCommand = {"audit verify", "whether the audit chain is whole", kHelp, run};

}  // namespace guanhu::cli
