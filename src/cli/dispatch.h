// Finds a command by its words and runs it: here, or in the server that holds its data folder.
#pragma once
#include <string>
#include <vector>

#include "cli/command.h"

namespace guanhu::cli {

// The exit status.
int dispatch(std::vector<std::string> words, Io& io);

}  // namespace guanhu::cli
