// The binary: every command on one page.
#include <unistd.h>

#include <exception>
#include <iostream>

#include "base/clock.h"
#include "cli/command.h"

namespace guanhu::cli {
namespace {

const Command* const kCommands[] = {
    &kInitCommand,    &kSampleCommand, &kImportCommand,      &kAppraiseCommand,
    &kExplainCommand, &kFeelCommand,   &kPolicyCheckCommand,
};

void print_overview(std::ostream& out) {
  out << "guanhu 管户: the work platform of a bank's customer managers\n\nusage: guanhu COMMAND [ARGUMENT...]\n\n";
  for (const Command* c : kCommands)
    out << "  " << c->name << std::string(c->name.size() < 16 ? 16 - c->name.size() : 1, ' ') << c->summary
        << "\n";
  out << "\nguanhu COMMAND --help tells more. Exit status: 0 done, 1 the answer is no, 2 wrong use or input.\n";
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

int run(std::vector<std::string> words, Io& io) {
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print_overview(words.empty() ? io.err : io.out);
    return words.empty() ? kWrong : kDone;
  }
  std::string asked = words[0];
  const Command* command = find(words);
  if (!command) {
    io.err << "guanhu: there is no command '" << asked << "'; guanhu --help lists them\n";
    return kWrong;
  }
  for (const auto& word : words) {
    if (word == "--") break;
    if (word == "--help" || word == "-h") {
      io.out << command->help;
      return kDone;
    }
  }
  return command->run(words, io);
}

}  // namespace
}  // namespace guanhu::cli

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  guanhu::base::SystemClock clock;
  guanhu::cli::Io io{std::cin, std::cout, std::cerr, clock, ::isatty(STDERR_FILENO) == 1};
  try {
    int status = guanhu::cli::run({argv + 1, argv + argc}, io);
    std::cout.flush();
    return status;
  } catch (const std::exception& broken) {
    std::cerr << "guanhu: " << broken.what() << "\n";
    return guanhu::cli::kWrong;
  }
}
