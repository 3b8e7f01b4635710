// Requests per second of a constant 2 KB JSON: our server (access log on and off) and libmicrohttpd serving
// the same bytes, in turns, each in a process of its own, 64 connections of wrk on the same machine. Rates of
// a busy machine vary; the ratios of medians are the result, and the processor time of the server per request,
// which other work on the machine hardly touches.
#include <microhttpd.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fcntl.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "http/server.h"

namespace {

using namespace guanhu;

constexpr int kThreads = 2;

std::string constant_json() {
  std::string out = "{\"rows\":[";
  while (out.size() < 2000)
    out += "{\"id\":\"6222000000000000\",\"name\":\"indicator\",\"value\":\"12345678.90\"},";
  out.back() = ']';
  return out + "}";
}

const std::string kBody = constant_json();

[[noreturn]] void serve_ours(const std::string& kind, int tell) {
  http::Router router;
  auto body = std::make_shared<const std::string>(kBody);
  auto answer = [body](const http::Request&, const http::Params&) {
    http::Response r;
    r.headers = {{"content-type", "application/json"}};
    r.shared_body = body;
    return r;
  };
  router.add("GET", "/inline", answer, {.run = http::Run::Inline, .log = kind == "log"});
  router.add("GET", "/worker", answer, {.log = false});
  base::SystemClock clock;
  http::FdLog log(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  http::Server server({.io_threads = kThreads, .worker_threads = kThreads, .gzip_over = 0}, std::move(router), log,
                      clock);
  if (auto status = server.start(); !status)
    std::fprintf(stderr, "%s\n", status.error().text().c_str()), std::exit(2);
  uint16_t port = server.port();
  if (::write(tell, &port, sizeof port) != sizeof port) std::exit(2);
  for (;;) ::pause();
}

MHD_Result answer_mhd(void*, MHD_Connection* connection, const char*, const char*, const char*, const char*,
                      size_t*, void** seen) {
  static int mark;
  if (!*seen) return *seen = &mark, MHD_YES;
  auto* bytes = const_cast<char*>(kBody.data());
  MHD_Response* response = MHD_create_response_from_buffer(kBody.size(), bytes, MHD_RESPMEM_PERSISTENT);
  MHD_add_response_header(response, "Content-Type", "application/json");
  MHD_Result result = MHD_queue_response(connection, 200, response);
  MHD_destroy_response(response);
  return result;
}

[[noreturn]] void serve_mhd(int tell) {
  MHD_Daemon* daemon =
      MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG, 0, nullptr, nullptr, answer_mhd, nullptr,
                       MHD_OPTION_THREAD_POOL_SIZE, kThreads, MHD_OPTION_END);
  if (!daemon) std::exit(2);
  uint16_t port = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
  if (::write(tell, &port, sizeof port) != sizeof port) std::exit(2);
  for (;;) ::pause();
}

struct Rate {
  double requests = 0, micros = 0;  // per second; of processor time per request
  std::string p99;
};

// A server in a child process, wrk against it, the child's end.
Rate measure(const std::string& kind, const std::string& seconds) {
  int told[2];
  if (::pipe(told) != 0) std::exit(2);
  pid_t child = ::fork();
  if (child == 0) kind == "mhd" ? serve_mhd(told[1]) : serve_ours(kind, told[1]);
  uint16_t port = 0;
  if (::read(told[0], &port, sizeof port) != sizeof port) std::exit(2);
  std::string command = "wrk -t2 -c64 -d" + seconds + "s --latency http://127.0.0.1:" + std::to_string(port) +
                        (kind == "worker" ? "/worker" : "/inline");
  Rate rate;
  double all = 0;
  FILE* out = ::popen(command.c_str(), "r");
  for (char line[512]; out && std::fgets(line, sizeof line, out);) {
    char word[64];
    if (std::sscanf(line, " Requests/sec: %lf", &rate.requests) == 1) continue;
    std::sscanf(line, " %lf requests in", &all);
    if (std::sscanf(line, " 99%% %63s", word) == 1) rate.p99 = word;
    if (std::strstr(line, "Non-2xx") || std::strstr(line, "Socket errors"))
      std::fprintf(stderr, "%s: %s", kind.c_str(), line);
  }
  if (!out || ::pclose(out) != 0) std::fprintf(stderr, "wrk is needed (Debian package wrk)\n"), std::exit(2);
  ::kill(child, SIGKILL);
  rusage used{};
  ::wait4(child, nullptr, 0, &used);
  auto micros = [](timeval t) { return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec); };
  rate.micros = (micros(used.ru_utime) + micros(used.ru_stime)) / std::max(1.0, all);
  ::close(told[0]), ::close(told[1]);
  return rate;
}

}  // namespace

int main(int argc, char** argv) {
  int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
  std::string seconds = argc > 2 ? argv[2] : "3";
  const std::vector<std::string> kinds = {"mhd", "inline", "log", "worker"};
  std::map<std::string, std::vector<Rate>> rates;
  for (int i = 0; i < rounds; ++i)
    for (const auto& kind : kinds) rates[kind].push_back(measure(kind, seconds));
  auto median = [&](const std::string& kind) {
    auto& all = rates[kind];
    std::ranges::sort(all, {}, &Rate::requests);
    return all[all.size() / 2];
  };
  const Rate base = median("mhd");
  std::printf("constant JSON, %zu bytes, 64 connections, %d rounds of %s s, medians\n", kBody.size(), rounds,
              seconds.c_str());
  for (const auto& kind : kinds) {
    auto m = median(kind);
    std::printf("%-8s %9.0f requests/s  p99 %-8s  %.2f of libmicrohttpd   %5.1f us of processor, %.2f\n",
                kind.c_str(), m.requests, m.p99.c_str(), m.requests / base.requests, m.micros,
                m.micros / base.micros);
  }
}
