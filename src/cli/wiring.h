// Which modules make up a bank: every command opens its bank here.
#pragma once
#include <filesystem>
#include <string>

#include "cli/command.h"
#include "feed/bank.h"

namespace guanhu::cli {

// The store tables of every module, so that each command finds, and refuses a newer version of, all; each
// import leaves its record in the audit chain under the name of whoever runs the command.
feed::BankOptions bank_options(const Io& io);

// "cli:NAME" of the user of this process, unless the command was sent by another.
std::string actor_of(const Io& io);

// The bank of a command: the one that the server holds, when it runs there.
base::Result<feed::Bank> open_bank(const std::string& data, Io& io, feed::BankOptions options);
base::Result<feed::Bank> open_bank(const std::string& data, Io& io);

// A path as the caller meant it.
std::string path_of(const Io& io, const std::string& path);

}  // namespace guanhu::cli
