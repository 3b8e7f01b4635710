// The whole server of one bank: endpoints, client, health, metrics, commands of the command line.
//
//   auto app = App::start(bank, options, log, clock);
//   if (!app) return fail(app.error());
//   …wait for a signal…
//   (*app)->stop();
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/services.h"
#include "http/server.h"

namespace guanhu::api {

// A command of the command line, run inside the server that holds the data folder.
struct CommandCall {
  std::vector<std::string> arguments;  // as main() had them, without the program
  std::string folder;                  // where relative paths start
  std::string actor;                   // "cli:NAME", for the audit chain
};
struct CommandAnswer {
  int status = 2;
  std::string out, err;
};
using CommandRunner = std::function<CommandAnswer(Services&, const CommandCall&)>;

struct AppOptions {
  http::ServerOptions server;
  ServiceOptions services;
  std::optional<std::filesystem::path> web;  // the client's files
  CommandRunner command;                     // empty: commands are not taken
};

class App {
 public:
  // Refused: http.listen and its like, http.static, folder.socket.
  static base::Result<std::unique_ptr<App>> start(feed::Bank& bank, AppOptions options, http::LogSink& log,
                                                  base::Clock& clock);
  ~App();
  uint16_t port() const;
  Services& services();
  http::MetricsSnapshot snapshot() const;
  // Lets requests in flight finish for ten seconds, cancels jobs, ends streams, removes server.json.
  void stop();

 private:
  App() = default;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace guanhu::api
