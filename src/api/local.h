// The door for commands of the command line: while a server holds a data folder, `guanhu import` and its like go
// through it. DIR/server.json names a Unix socket and a token, readable by the folder's owner only.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "api/app.h"
#include "http/router.h"

namespace guanhu::api {

class LocalDoor {
 public:
  LocalDoor(std::filesystem::path folder, Services& services, CommandRunner runner);
  ~LocalDoor();  // close()
  // Where the server is to listen; inside the data folder, or (a path of more than 100 bytes is no socket) in a
  // private folder of its own among the temporary files.
  const std::string& socket() const { return socket_; }
  void mount(http::Router& router);
  void open();   // writes server.json: the server listens
  void close();  // removes it

 private:
  http::Response answer(const http::Request& request);
  std::filesystem::path folder_, own_;
  std::string socket_, token_;
  Services& services_;
  CommandRunner runner_;
  bool open_ = false;
};

// Runs the command in the server that holds the folder; nothing when none does.
std::optional<CommandAnswer> run_in_server(const std::filesystem::path& folder, const CommandCall& call);

}  // namespace guanhu::api
