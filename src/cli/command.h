// One command of the binary. Commands get their streams and clock from main(), so tests run them
// without a process.
#pragma once
#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "feed/bank.h"

namespace guanhu::cli {

// Exit status of every command (cli.md): done; the answer is "no"; wrong use or input.
enum Exit { kDone = 0, kNo = 1, kWrong = 2 };

struct Io {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  base::Clock& clock;
  bool progress = false;  // err is a terminal: show progress there
  // Of a command that runs inside the server holding the data folder: that bank, opened again; and the
  // folder in which the caller's relative paths start.
  std::function<feed::Bank()> held = {};
  std::string folder = {};
  std::string actor = {};  // for the audit chain; empty: the user of this process
};

struct Command {
  std::string_view name;                                          // "import", "policy check"
  std::string_view summary;                                       // one line
  std::string_view help;                                          // printed by --help: usage, options, examples
  int (*run)(const std::vector<std::string>& arguments, Io& io);  // arguments after the name
};

extern const Command kFeelCommand;
extern const Command kSampleCommand;
extern const Command kInitCommand;
extern const Command kImportCommand;
extern const Command kAppraiseCommand;
extern const Command kExplainCommand;
extern const Command kFactCommand;
extern const Command kPolicyCheckCommand;
extern const Command kServeCommand;
extern const Command kUserCommand;
extern const Command kAuditVerifyCommand;
extern const Command kStatementCommand;
extern const Command kReportCommand;
extern const Command kOpenApiCommand;
extern const Command kDmnTckCommand;
extern const Command kBackupCommand;
extern const Command kRestoreCommand;
extern const Command kKeyRotateCommand;
extern const Command kDecideCommand;
extern const Command kPolicyTestCommand;
extern const Command kPolicyCoverageCommand;
extern const Command kPolicyFormatCommand;
extern const Command kPayRunCommand;
extern const Command kPayListCommand;
extern const Command kPayApproveCommand;
extern const Command kPayPaidCommand;
extern const Command kPayExportCommand;
extern const Command kPayLedgerCommand;
extern const Command kGradeListCommand;
extern const Command kGradeProposeCommand;
extern const Command kGradeDecideCommand;
extern const Command kPolicyExportCommand;
extern const Command kPolicyImportCommand;
extern const Command kPolicyDiffCommand;
extern const Command kPolicyDraftCommand;
extern const Command kPolicyApproveCommand;
extern const Command kPolicyActivateCommand;
extern const Command kPolicyVersionsCommand;
extern const Command kPolicyReplayCommand;
extern const Command kSimulateRunCommand;
extern const Command kSimulateListCommand;
extern const Command kSimulateShowCommand;
extern const Command kSimulateMarginsCommand;
extern const Command kSimulateCliffsCommand;
extern const Command kSimulateAgainCommand;
extern const Command kSimulateShareCommand;
extern const Command kSimulateWithdrawCommand;
extern const Command kRiskScanCommand;
extern const Command kRiskFindingsCommand;
extern const Command kRiskDecideCommand;
extern const Command kTodoRunCommand;
extern const Command kTodoListCommand;
extern const Command kTodoPacksCommand;
extern const Command kCalendarImportCommand;
extern const Command kCalendarShowCommand;

}  // namespace guanhu::cli
