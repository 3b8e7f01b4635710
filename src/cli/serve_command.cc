// guanhu serve: the server and its web client; guanhu openapi: its contract.
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <fcntl.h>
#include <charconv>

#include <fstream>
#include <future>
#include <ostream>
#include <sstream>

#include "api/app.h"
#include "api/imports.h"
#include "cli/command.h"
#include "cli/dispatch.h"
#include "cli/options.h"
#include "cli/places.h"
#include "cli/wiring.h"

namespace guanhu::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHelp =
    R"(usage: guanhu serve --data DIR [--listen ADDRESS:PORT] [--web DIR] [--feed DIR] [--policies DIR]
                    [--log FILE] [--tls-cert FILE --tls-key FILE] [--workers N]

Serves the bank in DIR until it is told to stop (SIGTERM, SIGINT). While it runs, commands on DIR (import, appraise,
explain, user, audit verify, backup) go through it.

  --listen ADDRESS:PORT  where (127.0.0.1:8080); port 0 takes a free one, which is printed
  --web DIR              the client's files (else web/dist here or beside the program, when it is there)
  --feed DIR             where the night batch leaves its folders: they can be imported from the client
  --policies DIR         the folder of packs (else $GUANHU_POLICIES, ./policies, beside the program)
  --log FILE             a line of JSON for each request (else standard error); appended to
  --tls-cert, --tls-key  PEM files: serve HTTPS
  --workers N            threads that answer requests (8)

Paths: /api/v1 (docs/api.md), /health, /metrics (from this machine only), everything else is the client.
Exit status: 0 stopped as told; 2 wrong use, or it could not start.
)";

struct Address {
  std::string host;
  uint16_t port = 0;
};

base::Result<Address> address_of(const std::string& text) {
  size_t colon = text.rfind(':');
  unsigned port = 70'000;
  if (colon != text.npos) {
    const char* end = text.data() + text.size();
    auto [at, error] = std::from_chars(text.data() + colon + 1, end, port);
    if (error != std::errc() || at != end) port = 70'000;
  }
  if (colon == text.npos || colon == 0 || port > 65'535)
    return base::Error{"cli.listen", "'" + text + "' is not ADDRESS:PORT", "--listen",
                       "for example 127.0.0.1:8080"};
  std::string host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  return Address{host, static_cast<uint16_t>(port)};
}

// The client as it was built: named, or where a build leaves it.
std::optional<fs::path> web_folder(const std::optional<std::string>& asked) {
  if (asked) return fs::path(*asked);
  std::error_code ignored;
  if (fs::exists("web/dist/index.html", ignored)) return fs::path("web/dist");
  fs::path folder = fs::read_symlink("/proc/self/exe", ignored).parent_path();
  for (int level = 0; level < 4 && !folder.empty(); ++level, folder = folder.parent_path())
    if (fs::exists(folder / "web/dist/index.html", ignored)) return folder / "web/dist";
  return std::nullopt;
}

base::Result<api::AppOptions> read(const Options& options) {
  api::AppOptions out;
  auto address = address_of(options.get("listen").value_or("127.0.0.1:8080"));
  if (!address) return address.error();
  out.server.address = address->host;
  out.server.port = address->port;
  out.server.tls_certificate = options.get("tls-cert").value_or("");
  out.server.tls_key = options.get("tls-key").value_or("");
  auto workers = options.number("workers", 8);
  if (!workers) return workers.error();
  out.server.worker_threads = static_cast<size_t>(std::clamp(*workers, 2L, 256L));
  auto policies = policies_folder(options.get("policies"));
  if (!policies) return policies.error();
  out.services.policies = fs::absolute(*policies);
  if (auto feed = options.get("feed")) {
    std::error_code ignored;
    if (!fs::is_directory(*feed, ignored))
      return base::Error{"cli.feed", "there is no folder " + *feed, "--feed",
                         "name the folder that holds the dates"};
    out.services.feed = fs::canonical(*feed);
  }
  out.web = web_folder(options.get("web"));
  return out;
}

// A command that came through the local door, run on the bank that the server holds.
api::CommandAnswer run_held(api::Services& services, const api::CommandCall& call) {
  std::istringstream in;
  std::ostringstream out, err;
  Io io{in, out, err, services.clock()};
  io.folder = call.folder;
  io.actor = call.actor;
  io.held = [&] { return services.bank().again(api::audit_imports(call.actor, services.clock())); };
  const std::string name = call.arguments.empty() ? "" : call.arguments[0];
  api::CommandAnswer answer;
  try {
    if (name == "import") {
      std::lock_guard alone(services.writing());
      // On a thread of its own, which cannot take its place before the others again.
      auto imported = std::async(std::launch::async, [&] {
        api::give_way();
        int status = dispatch(call.arguments, io);
        services.refresh();
        return status;
      });
      answer.status = imported.get();
    } else {
      answer.status = dispatch(call.arguments, io);
      if (name == "user") services.forget_sessions();
    }
  } catch (const std::exception& broken) {
    err << "guanhu: " << broken.what() << "\n";
    answer.status = kWrong;
  }
  answer.out = out.str();
  answer.err = err.str();
  return answer;
}

// Stop signals are blocked in every thread and waited for in this one.
sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

int serve(feed::Bank& bank, api::AppOptions options, http::LogSink& log, Io& io) {
  sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  options.command = run_held;
  const std::string host = options.server.address;
  const bool secure = !options.server.tls_certificate.empty();
  const bool client = options.web.has_value();
  auto app = api::App::start(bank, std::move(options), log, io.clock);
  if (!app) {
    io.err << "guanhu serve: " << app.error().text() << "\n";
    return kWrong;
  }
  io.out << (secure ? "https://" : "http://") << (host.find(':') == host.npos ? host : "[" + host + "]") << ":"
         << (*app)->port() << (client ? "" : "  (the API only: the client is not built, see --web)") << std::endl;
  int signal = 0;
  sigwait(&signals, &signal);
  (*app)->stop();
  app->reset();
  return kDone;
}

int run(const std::vector<std::string>& arguments, Io& io) {
  auto fail = [&](const base::Error& error) {
    io.err << "guanhu serve: " << error.text() << "\n";
    return kWrong;
  };
  auto options = Options::parse(
      arguments, {"data", "listen", "web", "feed", "policies", "log", "tls-cert", "tls-key", "workers"}, {});
  if (!options) return fail(options.error());
  if (!options->rest().empty())
    return fail({"cli.argument", "'" + options->rest()[0] + "' is not expected here", "", "see --help"});
  auto data = options->need("data");
  if (!data) return fail(data.error());
  auto app = read(*options);
  if (!app) return fail(app.error());
  int fd = STDERR_FILENO;
  if (auto file = options->get("log")) {
    fd = ::open(file->c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (fd < 0)
      return fail({"cli.log", "cannot write " + *file, "--log", "name a file in a folder that can be written"});
  }
  auto bank = open_bank(*data, io);
  if (!bank) return fail(bank.error());
  for (const auto& note : bank->notes()) io.err << note << "\n";
  int status = kWrong;
  {
    http::FdLog log(fd);
    status = serve(*bank, std::move(*app), log, io);
  }
  if (fd != STDERR_FILENO) ::close(fd);
  return status;
}

int print_contract(const std::vector<std::string>& arguments, Io& io) {
  if (!arguments.empty()) {
    io.err << "guanhu openapi: it takes no arguments\n";
    return kWrong;
  }
  io.out << api::openapi(api::endpoints(), api::named_schemas()).dump(1) << "\n";
  return kDone;
}

}  // namespace

const Command kServeCommand = {"serve", "the server and its web client", kHelp, run};

const Command kOpenApiCommand = {
    "openapi", "prints the server's contract (OpenAPI 3.1)",
    "usage: guanhu openapi\n\nPrints the contract of the API, as GET /api/v1/openapi.json "
    "answers it: types of the client are made from it.\n",
    print_contract};

}  // namespace guanhu::cli
