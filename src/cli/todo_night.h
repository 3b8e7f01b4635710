// After an import on the command line: the to-dos that the new facts ask for.
#pragma once
#include "cli/command.h"
#include "feed/bank.h"

namespace guanhu::cli {

// Nothing where no pack's duties count; what goes wrong is told on io.err and does not undo the import.
void todo_night(feed::Bank& bank, Io& io);

}  // namespace guanhu::cli
