#include "cli/dispatch.h"

#include <algorithm>
#include <filesystem>
#include <ostream>

#include "api/local.h"
#include "cli/places.h"
#include "cli/wiring.h"

namespace guanhu::cli {
namespace {

const Command* const kCommands[] = {
    &kInitCommand,
    &kSampleCommand,
    &kImportCommand,
    &kAppraiseCommand,
    &kFactCommand,
    &kExplainCommand,
    &kFeelCommand,
    &kServeCommand,
    &kUserCommand,
    &kAuditVerifyCommand,
    &kStatementCommand,
    &kPolicyCheckCommand,
    &kOpenApiCommand,
    &kDmnTckCommand,
    &kDecideCommand,
    &kPolicyTestCommand,
    &kPolicyCoverageCommand,
    &kPolicyFormatCommand,
    &kBackupCommand,
    &kRestoreCommand,
    &kKeyRotateCommand,
    &kPayRunCommand,
    &kPayListCommand,
    &kPayApproveCommand,
    &kPayPaidCommand,
    &kPayExportCommand,
    &kPayLedgerCommand,
    &kGradeListCommand,
    &kGradeProposeCommand,
    &kGradeDecideCommand,
    &kPolicyExportCommand,
    &kPolicyImportCommand,
    &kPolicyDiffCommand,
    &kPolicyDraftCommand,
    &kPolicyApproveCommand,
    &kPolicyActivateCommand,
    &kPolicyVersionsCommand,
    &kPolicyReplayCommand,
    &kRiskScanCommand,
    &kRiskFindingsCommand,
    &kRiskDecideCommand,
    &kReportCommand,
    &kTodoRunCommand,
    &kTodoListCommand,
    &kTodoPacksCommand,
    &kCalendarImportCommand,
    &kCalendarShowCommand,
    &kSimulateRunCommand,
    &kSimulateListCommand,
    &kSimulateShowCommand,
    &kSimulateMarginsCommand,
    &kSimulateCliffsCommand,
    &kSimulateAgainCommand,
    &kSimulateShareCommand,
    &kSimulateWithdrawCommand,
};

// Those that open a bank's data folder, which a server may hold.
constexpr std::string_view kThroughServer[] = {"import",
                                               "appraise",
                                               "explain",
                                               "user",
                                               "fact",
                                               "pay run",
                                               "pay list",
                                               "pay approve",
                                               "pay paid",
                                               "pay export",
                                               "pay ledger",
                                               "grade list",
                                               "grade propose",
                                               "grade decide",
                                               "audit verify",
                                               "statement",
                                               "report",
                                               "backup",
                                               "policy draft",
                                               "policy approve",
                                               "policy activate",
                                               "policy versions",
                                               "policy replay",
                                               "risk scan",
                                               "risk findings",
                                               "risk decide",
                                               "todo run",
                                               "todo list",
                                               "todo packs",
                                               "calendar import",
                                               "calendar show",
                                               "simulate run",
                                               "simulate list",
                                               "simulate show",
                                               "simulate margins",
                                               "simulate cliffs",
                                               "simulate again",
                                               "simulate share",
                                               "simulate withdraw"};

void print_overview(std::ostream& out) {
  out << "guanhu 管户: the work platform of a bank's customer managers\n\nusage: guanhu COMMAND [ARGUMENT...]\n\n";
  for (const Command* c : kCommands)
    out << "  " << c->name << std::string(c->name.size() < 16 ? 16 - c->name.size() : 1, ' ') << c->summary
        << "\n";
  out << "\nguanhu COMMAND --help tells more. Exit status: 0 done, 1 the answer is no, 2 wrong use or input.\n";
}

bool begins(const Command& command, const std::string& word) { return command.name.rfind(word + " ", 0) == 0; }

// What is said when no command is meant: "guanhu policy" lists those of two words that begin with it.
int no_command(const std::string& word, bool help, Io& io) {
  bool group =
      std::any_of(std::begin(kCommands), std::end(kCommands), [&](const Command* c) { return begins(*c, word); });
  if (!group) {
    io.err << "guanhu: there is no command '" << word << "'; guanhu --help lists them\n";
    return kWrong;
  }
  std::ostream& out = help ? io.out : io.err;
  out << "usage: guanhu " << word << " COMMAND [ARGUMENT...]\n\n";
  for (const Command* c : kCommands)
    if (begins(*c, word))
      out << "  " << c->name << std::string(c->name.size() < 16 ? 16 - c->name.size() : 1, ' ') << c->summary
          << "\n";
  return help ? kDone : kWrong;
}

// Commands may have two words ("policy check").
const Command* find(std::vector<std::string>& words) {
  for (const Command* c : kCommands) {
    std::string two = words.size() > 1 ? words[0] + " " + words[1] : "";
    size_t used = c->name == words[0] ? 1 : c->name == two ? 2 : 0;
    if (!used) continue;
    words.erase(words.begin(), words.begin() + static_cast<long>(used));
    return c;
  }
  return nullptr;
}

std::optional<std::string> value_of(const std::vector<std::string>& words, const std::string& option) {
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i] == option && i + 1 < words.size()) return words[i + 1];
    if (words[i].rfind(option + "=", 0) == 0) return words[i].substr(option.size() + 1);
  }
  return std::nullopt;
}

// The status when a server holds the folder and ran the command; nothing when it is to run here.
std::optional<int> through_server(const Command& command, const std::vector<std::string>& all,
                                  const std::vector<std::string>& words, Io& io) {
  bool may =
      std::find(std::begin(kThroughServer), std::end(kThroughServer), command.name) != std::end(kThroughServer);
  auto data = value_of(words, "--data");
  if (!may || io.held || !data) return std::nullopt;
  api::CommandCall call{all, std::filesystem::current_path().string(), actor_of(io)};
  // Where the packs lie is found from here, as if the command ran here.
  const std::string_view with_packs[] = {
      "appraise",         "explain",         "fact",           "policy draft", "risk scan",  "simulate run",
      "simulate margins", "simulate cliffs", "simulate again", "pay run",      "grade list", "grade propose",
      "grade decide",     "report"};
  bool packs = std::find(std::begin(with_packs), std::end(with_packs), command.name) != std::end(with_packs);
  if (packs && !value_of(words, "--policies"))
    if (auto folder = policies_folder(std::nullopt)) {
      call.arguments.push_back("--policies");
      call.arguments.push_back(std::filesystem::absolute(*folder).string());
    }
  auto answer = api::run_in_server(*data, call);
  if (!answer) return std::nullopt;
  io.out << answer->out;
  io.err << answer->err;
  return answer->status;
}

}  // namespace

int dispatch(std::vector<std::string> words, Io& io) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print_overview(words.empty() ? io.err : io.out);
    return words.empty() ? kWrong : kDone;
  }
  const std::vector<std::string> all = words;
  const Command* command = find(words);
  if (!command) return no_command(all[0], all.size() > 1 && (all[1] == "--help" || all[1] == "-h"), io);
  for (const auto& word : words) {
    if (word == "--") break;
    if (word == "--help" || word == "-h") {
      io.out << command->help;
      return kDone;
    }
  }
  if (auto status = through_server(*command, all, words, io)) return *status;
  return command->run(words, io);
}

}  // namespace guanhu::cli
