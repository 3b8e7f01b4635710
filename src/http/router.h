// The table of what a server answers: method, path pattern, handler, options. Filled before the server
// starts, read-only afterwards.
//
//   Router r;
//   r.add("GET", "/api/v1/holders/{id}", [](const Request&, const Params& p) { return ...p["id"]...; });
#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/http.h"

namespace guanhu::http {

// Values of the {names} of the pattern, in its order. Views into the request: valid while it lives.
class Params {
 public:
  // Throws base::Broken for a name the pattern does not have: that is a mistake in the program.
  std::string_view operator[](std::string_view name) const;
  size_t size() const { return values_.size(); }

 private:
  friend class Router;
  std::vector<std::pair<std::string_view, std::string_view>> values_;
};

// Runs on a worker, never on the event loop (unless Run::Inline). May block; must look at
// Request::cancelled in long loops. What it throws is logged and answered with 500 without the words.
using Handler = std::function<Response(const Request&, const Params&)>;

enum class Run {
  Worker,  // on the bounded pool of worker threads
  Inline,  // on the event loop: only for what neither waits nor computes (constants, files in memory)
};

// Asked on the event loop before the handler is given to a worker: what is at hand already is answered at once,
// the rest (nothing) goes its way. Must neither wait nor compute.
using QuickHandler = std::function<std::optional<Response>(const Request&, const Params&)>;

struct RouteOptions {
  std::optional<size_t> body_limit;                   // bytes; else the server's
  std::optional<std::chrono::milliseconds> deadline;  // of the handler; else the server's
  Run run = Run::Worker;
  QuickHandler quick = {};
  bool log = true;  // false: no access log line (health probes)
};

struct Route {
  std::string method, pattern;
  Handler handler;
  RouteOptions options;
  std::vector<std::string> names;  // of the {names} in order
  size_t index = 0;                // position in Router::routes()
};

// What the table says to a request.
struct Match {
  const Route* route = nullptr;  // nullptr: nothing under this path, or not this method
  Params params;
  std::string allow;  // "GET, HEAD, OPTIONS" when the path is known; "" when it is not
};

class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // pattern: "/a/{name}/b"; a last segment "{name...}" takes the rest of the path (may be empty).
  // A literal segment wins over a {name}. Throws base::Broken for a malformed pattern, an unknown method
  // and for a second route of the same method and shape.
  void add(std::string method, std::string pattern, Handler handler, RouteOptions options = {});
  // For GET and HEAD of paths that no pattern knows (static files).
  void fallback(Handler handler, RouteOptions options = {});

  // HEAD is answered by the GET route. `request` must outlive the answer's params.
  Match match(const Request& request) const;
  const std::vector<std::unique_ptr<Route>>& routes() const {
    return routes_;
  }  // the fallback is the last, pattern "*"

 private:
  struct Node;
  struct Found;
  bool find(const Node& node, const Request& request, size_t at, Match& out, Found& found) const;
  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Route>> routes_;
  const Route* fallback_ = nullptr;
};

// GET HEAD POST PUT PATCH DELETE OPTIONS: the methods this server knows (others: 501).
bool known_method(std::string_view method);

}  // namespace guanhu::http
