// Throws mutated seeds at a target, in a child process, so that whatever kills it leaves its input behind. This is
// the short run in ctest; ./dev fuzz searches with libFuzzer.
//
//   fuzz                                  lists the targets
//   fuzz TARGET --runs N [--seed N] [--out DIR]
//   fuzz TARGET --input FILE              runs one input, to look at a finding
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <random>
#include <stdexcept>
#include <string_view>

#include "fuzz.h"

namespace guanhu::fuzz {
namespace {
constexpr size_t kLongest = 1 << 15;
constexpr unsigned kHangSeconds = 10;
constexpr std::string_view kTelling = "0123456789+-.eE,|\"'\n\r\t (){}[]";

// Shared between the child that runs and the parent that reports.
struct Shared {
  uint64_t runs = 0, size = 0;
  char input[kLongest] = {};
};

struct Options {
  std::string target, out = ".";
  std::optional<std::string> input;
  uint64_t runs = 0, seed = 1;
};

class Mutator {
 public:
  Mutator(const Target& target, uint64_t seed) : target_(target), random_(seed) {}

  std::string mutate(const std::vector<std::string>& corpus) {
    std::string s = corpus[pick(corpus.size())];
    for (size_t n = 1 + pick(4); n > 0; --n) change(s, corpus);
    if (s.size() > kLongest) s.resize(kLongest);
    return s;
  }

 private:
  size_t pick(size_t below) { return below ? random_() % below : 0; }

  void change(std::string& s, const std::vector<std::string>& corpus) {
    size_t at = pick(s.size() + 1), length = pick(std::min<size_t>(s.size() - at, 16) + 1);
    switch (pick(8)) {
      case 0: s.insert(at, 1, static_cast<char>(random_())); break;
      case 1: s.erase(at, length); break;
      case 2: s.insert(at, s.substr(at, length)); break;
      case 3:
        if (at < s.size()) s[at] = static_cast<char>(s[at] ^ (1 << pick(8)));
        break;
      case 4:
        if (at < s.size()) s[at] = kTelling[pick(kTelling.size())];
        break;
      case 5: {
        const auto& other = corpus[pick(corpus.size())];
        s = s.substr(0, at) + other.substr(pick(other.size() + 1));
        break;
      }
      case 6: s.replace(at, length, word()); break;
      default: s.insert(at, word());
    }
  }

  const std::string& word() {
    static const std::string kMany(64, '(');
    return target_.words.empty() || pick(64) == 0 ? kMany : target_.words[pick(target_.words.size())];
  }

  const Target& target_;
  std::mt19937_64 random_;
};

void run_child(const Target& target, const Options& options, Shared& shared) {
  Mutator mutator(target, options.seed);
  auto one = [&](const std::string& input) {
    if (input.size() > kLongest) throw std::runtime_error("a seed is longer than an input may be");
    shared.size = input.size();
    std::memcpy(shared.input, input.data(), input.size());
    alarm(kHangSeconds);
    target.run(input);
    ++shared.runs;
  };
  for (const auto& seed : target.seeds) one(seed);
  while (shared.runs < options.runs) one(mutator.mutate(target.seeds));
}

// What became of the child, in words; nothing when all went well.
std::optional<std::string> finding(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::nullopt;
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
    return "took longer than " + std::to_string(kHangSeconds) + " seconds";
  if (WIFSIGNALED(status)) return "died of signal " + std::string(strsignal(WTERMSIG(status)));
  return "ended with status " + std::to_string(WEXITSTATUS(status));
}

int fuzz(const Target& target, const Options& options) {
  void* memory = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::runtime_error("no shared memory");
  auto& shared = *new (memory) Shared;
  pid_t child = fork();
  if (child < 0) throw std::runtime_error("no child process");
  if (child == 0) {
    run_child(target, options, shared);
    std::exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  auto what = finding(status);
  std::cout << target.name << ": " << shared.runs << " inputs" << (what ? ", the last one " + *what : "") << "\n";
  if (!what) return 0;
  std::string_view input(shared.input, shared.size);
  std::string file = options.out + "/" + std::string(target.name) + "-" +
                     std::to_string(std::hash<std::string_view>()(input) % 1'000'000) + ".input";
  std::ofstream(file, std::ios::binary) << input;
  std::cout << "the input is kept; to repeat: fuzz " << target.name << " --input " << file << "\n";
  return 1;
}

Options parse(int argc, char** argv) {
  Options o;
  o.target = argv[1];
  for (int i = 2; i + 1 < argc; i += 2) {
    std::string name = argv[i], value = argv[i + 1];
    if (name == "--runs") o.runs = std::stoull(value);
    else if (name == "--seed") o.seed = std::stoull(value);
    else if (name == "--out") o.out = value;
    else if (name == "--input") o.input = value;
    else throw std::runtime_error("unknown option " + name);
  }
  return o;
}

int run(int argc, char** argv) {
  std::vector<Target> targets = all_targets();
  if (argc < 2) {
    for (const auto& t : targets) std::cout << t.name << "\n";
    return 0;
  }
  Options options = parse(argc, argv);
  for (const auto& t : targets) {
    if (t.name != options.target) continue;
    if (!options.input) return fuzz(t, options);
    std::ifstream in(*options.input, std::ios::binary);
    t.run(std::string(std::istreambuf_iterator<char>(in), {}));
    std::cout << "nothing happened\n";
    return 0;
  }
  throw std::runtime_error("no target " + options.target + "; without arguments they are listed");
}

}  // namespace
}  // namespace guanhu::fuzz

int main(int argc, char** argv) {
  try {
    return guanhu::fuzz::run(argc, argv);
  } catch (const std::exception& e) {
    std::cerr << "fuzz: " << e.what() << "\n";
    return 2;
  }
}
