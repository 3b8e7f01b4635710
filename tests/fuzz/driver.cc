// Throws mutated inputs at a target, in a child process, so that whatever kills it leaves its input behind.
//
//   fuzz                                  lists the targets
//   fuzz TARGET --seconds N | --runs N [--seed N] [--out DIR]
//   fuzz TARGET --input FILE              runs one input, to look at a finding
//
// Built with -fsanitize-coverage=trace-pc (preset fuzz) it keeps the inputs that reach new code; without, it
// mutates the seeds only, which is what the short run in ctest does.
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <random>
#include <string_view>

#include "fuzz.h"

namespace {
constexpr size_t kEdges = 1 << 16;
constexpr size_t kLongest = 4096;
constexpr unsigned kHangSeconds = 10;
constexpr std::string_view kTelling = "0123456789+-.eE,|\"'\n\r\t (){}[]";
uint8_t edges[kEdges];
bool tracing = false;
uintptr_t previous = 0;
}  // namespace

// Called by the compiler's instrumentation at every edge.
extern "C" __attribute__((no_sanitize_coverage, no_sanitize("address"))) void __sanitizer_cov_trace_pc() {
  if (!tracing) return;
  auto at = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
  edges[(at ^ (previous << 1)) % kEdges] = 1;
  previous = at;
}

namespace guanhu::fuzz {

void require(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "fuzz: this must hold and does not: " << what << std::endl;
  std::abort();
}

namespace {

// Shared between the child that runs and the parent that reports.
struct Shared {
  uint64_t runs = 0, kept = 0, size = 0;
  char input[kLongest] = {};
};

struct Options {
  std::string target, out = ".";
  std::optional<std::string> input;
  uint64_t seconds = 0, runs = 0, seed = 1;
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

// Runs one input; true when it reached an edge that no input before it did.
bool reaches_new(const Target& target, std::string_view input, std::vector<uint8_t>& seen) {
  std::memset(edges, 0, sizeof edges);
  previous = 0;
  tracing = true;
  target.run(input);
  tracing = false;
  bool fresh = false;
  for (size_t i = 0; i < kEdges; i += sizeof(uint64_t)) {  // most words are 0
    uint64_t word;
    std::memcpy(&word, edges + i, sizeof word);
    for (size_t k = i; word && k < i + sizeof word; ++k)
      if (edges[k] && !seen[k]) seen[k] = 1, fresh = true;
  }
  return fresh;
}

void run_child(const Target& target, const Options& options, Shared& shared) {
  auto end = std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
  std::vector<uint8_t> seen(kEdges, 0);
  std::vector<std::string> corpus;
  Mutator mutator(target, options.seed);
  auto one = [&](const std::string& input) {
    shared.size = input.size();
    std::memcpy(shared.input, input.data(), input.size());
    alarm(kHangSeconds);
    bool fresh = reaches_new(target, input, seen);
    ++shared.runs;
    return fresh;
  };
  for (const auto& seed : target.seeds) one(seed), corpus.push_back(seed);
  while (options.runs ? shared.runs < options.runs : std::chrono::steady_clock::now() < end) {
    std::string input = mutator.mutate(corpus);
    if (one(input)) corpus.push_back(std::move(input));
    shared.kept = corpus.size();
  }
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
  std::cout << target.name << ": " << shared.runs << " inputs, " << shared.kept << " kept"
            << (what ? ", the last one " + *what : "") << "\n";
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
    if (name == "--seconds") o.seconds = std::stoull(value);
    else if (name == "--runs") o.runs = std::stoull(value);
    else if (name == "--seed") o.seed = std::stoull(value);
    else if (name == "--out") o.out = value;
    else if (name == "--input") o.input = value;
    else throw std::runtime_error("unknown option " + name);
  }
  return o;
}

int run(int argc, char** argv) {
  std::vector<Target> targets = base_targets();
  for (const auto& more : {dmn_targets(), feed_targets(), feel_targets(), policy_targets()})
    targets.insert(targets.end(), more.begin(), more.end());
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
