// Which modules make up a bank: every command opens its bank here.
#pragma once
#include <filesystem>

#include "feed/bank.h"

namespace guanhu::cli {

// The store tables of every module, so that each command finds, and refuses a newer version of, all.
feed::BankOptions bank_options();

}  // namespace guanhu::cli
