// Drawing by a seed that is kept, so that whoever doubts it draws the same on any machine: of each key the SHA-256
// of "SEED|KEY" in hex, smallest first. `printf '%s' 'SEED|KEY' | sha256sum` does it by hand.
#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace guanhu::workbench {

// The places of the keys in the order they are drawn. Equal keys stand in the order they came in.
std::vector<size_t> draw_order(const std::string& seed, const std::vector<std::string>& keys);

}  // namespace guanhu::workbench
