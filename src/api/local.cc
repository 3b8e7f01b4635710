#include "api/local.h"

#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "base/files.h"
#include "base/json.h"
#include "http/client.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
namespace fs = std::filesystem;

namespace {

constexpr const char* kFile = "server.json";
constexpr const char* kPath = "/internal/command";
constexpr size_t kLongestSocket = 100;  // sockaddr_un holds 107 bytes
constexpr auto kLongest = std::chrono::hours(24);

std::string random_token() {
  unsigned char raw[32];
  if (::getrandom(raw, sizeof raw, 0) != static_cast<ssize_t>(sizeof raw)) throw base::Broken("no random bytes");
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out;
  for (unsigned char c : raw) (out += kHex[c >> 4]) += kHex[c & 15];
  return out;
}

const std::string* text_of(const Json& json, std::string_view name) {
  const Json* value = json.find(name);
  return value ? value->as_string() : nullptr;
}

}  // namespace

LocalDoor::LocalDoor(fs::path folder, Services& services, CommandRunner runner)
    : folder_(std::move(folder)), token_(random_token()), services_(services), runner_(std::move(runner)) {
  socket_ = (fs::absolute(folder_) / "server.socket").string();
  if (socket_.size() > kLongestSocket) {
    std::string own = (fs::temp_directory_path() / "guanhu-XXXXXX").string();
    if (!::mkdtemp(own.data()))
      throw base::Broken("cannot make a folder in " + fs::temp_directory_path().string());
    own_ = own;
    socket_ = (own_ / "server.socket").string();
  }
  // The folder's lock is ours: a socket that lies here is of a server that died.
  std::error_code ignored;
  if (fs::is_socket(socket_, ignored)) fs::remove(socket_, ignored);
}

LocalDoor::~LocalDoor() { close(); }

void LocalDoor::mount(http::Router& router) {
  http::RouteOptions options;
  options.deadline = kLongest;
  options.body_limit = 1 << 20;
  router.add(
      "POST", kPath, [this](const http::Request& q, const http::Params&) { return answer(q); }, options);
}

http::Response LocalDoor::answer(const http::Request& q) {
  // Over TCP there is nothing here, whatever token is shown.
  bool mine = q.peer == "unix" && q.peer_uid && (*q.peer_uid == ::getuid() || *q.peer_uid == 0);
  if (!mine || q.header("x-guanhu-token").value_or("") != token_)
    return http::Response::problem(404, "http.not_found", "There is nothing here");
  auto body = Json::parse(q.body);
  const Json* words = body ? body->find("arguments") : nullptr;
  const std::string* folder = body ? text_of(*body, "folder") : nullptr;
  const std::string* actor = body ? text_of(*body, "actor") : nullptr;
  if (!words || !words->as_array() || !folder || !actor)
    return http::Response::problem(400, "request.body", "This is no command");
  CommandCall call{{}, *folder, *actor};
  for (const Json& word : *words->as_array()) {
    if (!word.as_string()) return http::Response::problem(400, "request.body", "This is no command");
    call.arguments.push_back(*word.as_string());
  }
  CommandAnswer done = runner_(services_, call);
  http::Response out =
      http::Response::json(Json(JsonObject{{"status", done.status}, {"out", done.out}, {"err", done.err}}).dump());
  out.user = call.actor;
  return out;
}

void LocalDoor::open() {
  Json json(JsonObject{{"socket", socket_}, {"token", token_}, {"pid", static_cast<int64_t>(::getpid())}});
  base::write_file_atomic(folder_ / kFile, json.dump(1) + "\n", 0600);
  open_ = true;
}

void LocalDoor::close() {
  std::error_code ignored;
  if (open_) fs::remove(folder_ / kFile, ignored);
  open_ = false;
  if (!own_.empty()) fs::remove_all(own_, ignored);
}

std::optional<CommandAnswer> run_in_server(const fs::path& folder, const CommandCall& call) {
  auto text = base::read_file(folder / kFile);
  if (!text) return std::nullopt;
  auto json = Json::parse(*text);
  const std::string* socket = json ? text_of(*json, "socket") : nullptr;
  const std::string* token = json ? text_of(*json, "token") : nullptr;
  if (!socket || !token) return std::nullopt;
  JsonArray words;
  for (const auto& word : call.arguments) words.push_back(word);
  Json body(JsonObject{{"arguments", std::move(words)}, {"folder", call.folder}, {"actor", call.actor}});
  http::ClientOptions patient;
  patient.request = kLongest;
  patient.answer_bytes = size_t{2} << 30;
  auto client = http::Client::unix_socket(*socket, patient);
  auto answer = client.request("POST", kPath, {{"content-type", "application/json"}, {"x-guanhu-token", *token}},
                               body.dump());
  if (!answer) {
    if (answer.error().code == "http.connect") return std::nullopt;  // left behind by a server that died
    return CommandAnswer{2, "", "guanhu: " + answer.error().text() + "\n"};
  }
  auto result = Json::parse(answer->body);
  if (answer->status != 200 || !result || !result->find("status")) return std::nullopt;
  CommandAnswer out;
  out.status = static_cast<int>(result->find("status")->as_number()->to_int64().value_or(2));
  out.out = *text_of(*result, "out");
  out.err = *text_of(*result, "err");
  return out;
}

}  // namespace guanhu::api
