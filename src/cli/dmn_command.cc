// guanhu dmn tck: the conformance suite of the DMN standard.
#include <ostream>

#include "base/json.h"
#include "cli/command.h"
#include "cli/options.h"
#include "dmn/tck.h"

namespace guanhu::cli {
namespace {

constexpr std::string_view kHelp =
    R"(usage: guanhu dmn tck DIR [--json]

Runs every test case below DIR that has the format of the DMN TCK: *.xml files with the root
<testCases>, each beside the model it names. Exit status 1 when a case fails.

  --json   one document: {"passed", "failed", "cases": [{"folder", "test", "case", "node", "passed",
           "expected", "got"}]}; values are FEEL literals

A case is one result node of a test case; its folder is given as seen from DIR. Numbers that differ by
no more than 0.00000001 are the same.
)";

int complain(Io& io, const base::Error& error) {
  io.err << "guanhu dmn tck: " << error.text() << "\n";
  return kWrong;
}

base::Json as_json(const dmn::TckReport& report) {
  base::JsonArray cases;
  for (auto& c : report.cases)
    cases.push_back(base::JsonObject{{"folder", c.folder},
                                     {"test", c.test},
                                     {"case", c.name},
                                     {"node", c.node},
                                     {"passed", c.passed},
                                     {"expected", c.expected},
                                     {"got", c.got}});
  size_t passed = report.passed();
  return base::JsonObject{
      {"passed", passed}, {"failed", report.cases.size() - passed}, {"cases", std::move(cases)}};
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto options = Options::parse(arguments, {}, {"json"});
  if (!options.ok()) return complain(io, options.error());
  if (options->rest().size() != 1) return complain(io, {"cli.missing", "one folder is needed", "", "see --help"});
  feel::EvalOptions evaluation;
  evaluation.now = io.clock.now();
  auto report = dmn::run_tck(options->rest()[0], evaluation);
  if (!report.ok()) return complain(io, report.error());
  size_t failed = report->cases.size() - report->passed();
  if (options->has("json")) {
    io.out << as_json(*report).dump() << "\n";
    return failed ? kNo : kDone;
  }
  for (auto& c : report->cases)
    if (!c.passed)
      io.out << c.folder << "/" << c.test << " " << c.name << " " << c.node << "\n  expected " << c.expected
             << "\n  got      " << c.got << "\n";
  io.out << report->passed() << " passed, " << failed << " failed\n";
  return failed ? kNo : kDone;
}

}  // namespace

const Command kDmnTckCommand = {"dmn tck", "runs test cases of the DMN conformance suite", kHelp, run};

}  // namespace guanhu::cli
