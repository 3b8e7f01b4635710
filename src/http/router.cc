#include "http/router.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/error.h"

namespace guanhu::http {

namespace {
constexpr std::array<std::string_view, 7> kMethods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
}

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> name;        // {name}
  std::vector<const Route*> routes;  // that end here, in the order of kMethods
  std::vector<const Route*> rest;    // {name...}
  std::string allow, rest_allow;
};

// Where a path ended: the routes there, and how many segments were taken before the {name...}.
struct Router::Found {
  const std::vector<const Route*>* routes = nullptr;
  const std::string* allow = nullptr;
  size_t depth = 0;
  bool rest = false;
};

namespace {

std::string allow_of(const std::vector<const Route*>& routes) {
  std::string out;
  for (auto method : kMethods) {
    bool served = method == "OPTIONS" || std::ranges::any_of(routes, [&](const Route* r) {
                    return r->method == method || (method == "HEAD" && r->method == "GET");
                  });
    if (served) out += (out.empty() ? "" : ", ") + std::string(method);
  }
  return out;
}

// {"a", "{id}"} of "/a/{id}".
std::vector<std::string> split(std::string_view pattern) {
  std::vector<std::string> out;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);
    size_t end = std::min(pattern.find('/'), pattern.size());
    out.emplace_back(pattern.substr(0, end));
    pattern.remove_prefix(end);
  }
  if (out.size() == 1 && out[0].empty()) out.clear();
  return out;
}

// "id" of "{id}" and "{id...}"; "" when malformed.
std::string name_of(std::string_view part) {
  if (!part.ends_with('}')) return "";
  part = part.substr(1, part.size() - 2);
  if (part.ends_with("...")) part.remove_suffix(3);
  return part.find_first_of("{}.") == part.npos ? std::string(part) : "";
}

template <class N>
N* child(std::unique_ptr<N>& slot) {
  if (!slot) slot = std::make_unique<N>();
  return slot.get();
}

const Route* of_method(const std::vector<const Route*>& routes, std::string_view method) {
  for (const auto* r : routes)
    if (r->method == method) return r;
  return method == "HEAD" ? of_method(routes, "GET") : nullptr;
}

}  // namespace

bool known_method(std::string_view method) { return std::ranges::find(kMethods, method) != kMethods.end(); }

std::string_view Params::operator[](std::string_view name) const {
  for (const auto& [n, v] : values_)
    if (n == name) return v;
  throw base::Broken("the route's pattern has no {" + std::string(name) + "}");
}

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(std::string method, std::string pattern, Handler handler, RouteOptions options) {
  auto wrong = [&](const char* what) { return base::Broken("route " + method + " " + pattern + ": " + what); };
  if (!known_method(method) || method == "HEAD" || method == "OPTIONS") throw wrong("no method for a route");
  if (!pattern.starts_with('/') || (pattern.size() > 1 && pattern.ends_with('/')))
    throw wrong("a pattern begins with / and does not end with one");
  if (!handler) throw wrong("no handler");
  auto route = std::make_unique<Route>(Route{method, pattern, std::move(handler), options, {}, routes_.size()});
  Node* node = root_.get();
  auto parts = split(pattern);
  bool rest = false;
  for (const auto& part : parts) {
    if (part.empty() || rest) throw wrong(rest ? "{name...} is the last segment" : "an empty segment");
    if (part.front() != '{') {
      if (part.find_first_of("{}") != part.npos) throw wrong("a {name} is a whole segment");
      node = child(node->literals[part]);
      continue;
    }
    rest = part.ends_with("...}");
    auto name = name_of(part);
    if (name.empty()) throw wrong("a malformed {name}");
    if (std::ranges::find(route->names, name) != route->names.end()) throw wrong("a name stands twice");
    route->names.push_back(std::move(name));
    if (!rest) node = child(node->name);
  }
  auto& here = rest ? node->rest : node->routes;
  if (std::ranges::any_of(here, [&](const Route* r) { return r->method == method; }))
    throw wrong("is there already");
  here.push_back(route.get());
  (rest ? node->rest_allow : node->allow) = allow_of(here);
  routes_.push_back(std::move(route));
}

void Router::fallback(Handler handler, RouteOptions options) {
  if (fallback_) throw base::Broken("a router has one fallback");
  routes_.push_back(std::make_unique<Route>(Route{"GET", "*", std::move(handler), options, {}, routes_.size()}));
  fallback_ = routes_.back().get();
}

bool Router::find(const Node& node, const Request& request, size_t at, Match& out, Found& found) const {
  const auto& segments = request.segments;
  if (at < segments.size()) {
    if (auto child = node.literals.find(segments[at]); child != node.literals.end())
      if (find(*child->second, request, at + 1, out, found)) return true;
    if (node.name && !segments[at].empty()) {
      out.params.values_.emplace_back(std::string_view(), segments[at]);
      if (find(*node.name, request, at + 1, out, found)) return true;
      out.params.values_.pop_back();
    }
  } else if (!node.routes.empty()) {
    found = {&node.routes, &node.allow, at, false};
    return true;
  }
  if (node.rest.empty()) return false;
  found = {&node.rest, &node.rest_allow, at, true};
  return true;
}

Match Router::match(const Request& request) const {
  Match out;
  Found found;
  if (!find(*root_, request, 0, out, found)) {
    if (!fallback_) return out;
    out.allow = "GET, HEAD, OPTIONS";
    if (request.method == "GET" || request.method == "HEAD") out.route = fallback_;
    return out;
  }
  out.allow = *found.allow;
  out.route = of_method(*found.routes, request.method);
  if (!out.route) return out;
  for (size_t i = 0; i < out.params.values_.size(); ++i) out.params.values_[i].first = out.route->names[i];
  if (found.rest) {
    std::string_view tail = request.path;
    for (size_t i = 0; i < found.depth; ++i) tail.remove_prefix(std::min(tail.size(), tail.find('/', 1)));
    tail.remove_prefix(std::min<size_t>(1, tail.size()));
    out.params.values_.emplace_back(out.route->names.back(), tail);
  }
  return out;
}

}  // namespace guanhu::http
