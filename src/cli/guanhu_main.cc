// The binary. Its commands are listed in dispatch.cc.
#include <unistd.h>

#include <exception>
#include <iostream>

#include "base/clock.h"
#include "cli/dispatch.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  guanhu::base::SystemClock clock;
  guanhu::cli::Io io{std::cin, std::cout, std::cerr, clock, ::isatty(STDERR_FILENO) == 1};
  try {
    int status = guanhu::cli::dispatch({argv + 1, argv + argc}, io);
    std::cout.flush();
    return status;
  } catch (const std::exception& broken) {
    std::cerr << "guanhu: " << broken.what() << "\n";
    return guanhu::cli::kWrong;
  }
}
