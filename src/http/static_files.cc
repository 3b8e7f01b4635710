#include "http/static_files.h"

#include <algorithm>
#include <unordered_map>

#include "base/digest.h"
#include "base/files.h"
#include "http/conditional.h"
#include "http/gzip.h"

// INT-603: the whole client is pages that the server hands out; nothing is installed where people work.
namespace guanhu::http {

namespace {

namespace fs = std::filesystem;
using Shared = std::shared_ptr<const std::string>;

struct Type {
  std::string_view ending, type;
  bool text;  // worth compressing
};

constexpr Type kTypes[] = {
    {"html", "text/html; charset=utf-8", true},
    {"js", "text/javascript; charset=utf-8", true},
    {"mjs", "text/javascript; charset=utf-8", true},
    {"css", "text/css; charset=utf-8", true},
    {"json", "application/json", true},
    {"map", "application/json", true},
    {"svg", "image/svg+xml", true},
    {"txt", "text/plain; charset=utf-8", true},
    {"xml", "application/xml", true},
    {"webmanifest", "application/manifest+json", true},
    {"wasm", "application/wasm", true},
    {"ttf", "font/ttf", true},
    {"png", "image/png", false},
    {"jpg", "image/jpeg", false},
    {"jpeg", "image/jpeg", false},
    {"gif", "image/gif", false},
    {"webp", "image/webp", false},
    {"avif", "image/avif", false},
    {"ico", "image/x-icon", false},
    {"woff", "font/woff", false},
    {"woff2", "font/woff2", false},
    {"pdf", "application/pdf", false},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false},
};

const Type* type_of(std::string_view name) {
  size_t dot = name.rfind('.');
  if (dot == name.npos || name.find('/', dot) != name.npos) return nullptr;
  const auto* at = std::ranges::find(kTypes, name.substr(dot + 1), &Type::ending);
  return at == std::end(kTypes) ? nullptr : at;
}

// "app-B3xz81_q.js": eight or more characters of a hash, one of them a digit or a capital letter, between
// the last hyphen (of those that leave eight) and the ending.
bool hashed(std::string_view name) {
  name = name.substr(name.rfind('/') + 1);
  size_t dot = name.rfind('.');
  if (dot == name.npos || dot < 9) return false;
  std::string_view hash = name.substr(dot - 8, 8);
  if (name[dot - 9] != '-' && name[dot - 9] != '.') return false;
  auto in_hash = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
  };
  auto telling = [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); };
  return std::ranges::all_of(hash, in_hash) && std::ranges::any_of(hash, telling);
}

base::Error refused(std::string message, const fs::path& where, std::string hint) {
  return {"http.static", std::move(message), where.string(), std::move(hint)};
}

bool below(const fs::path& root, const fs::path& file) {
  std::error_code ec;
  auto real = fs::canonical(file, ec);
  return !ec && std::mismatch(root.begin(), root.end(), real.begin(), real.end()).first == root.end();
}

using Contents = std::unordered_map<std::string, std::string>;

// Every file of the folder by its name below it.
base::Status read_all(const fs::path& root, size_t most, Contents& into) {
  size_t bytes = 0;
  std::error_code ec;
  for (fs::recursive_directory_iterator it(root, ec), end; !ec && it != end; it.increment(ec)) {
    std::string name = it->path().filename().string();
    if (name.starts_with('.')) {
      it.disable_recursion_pending();
      continue;
    }
    if (!it->is_regular_file(ec) || !below(root, it->path())) continue;
    auto content = base::read_file(it->path());
    if (!content) return content.error();
    bytes += content->size();
    if (bytes > most)
      return refused("the folder holds more than " + std::to_string(most) + " bytes", root,
                     "is it the right one?");
    into[it->path().lexically_relative(root).generic_string()] = *std::move(content);
  }
  if (ec) return refused("the folder cannot be read: " + ec.message(), root, "");
  return {};
}

}  // namespace

struct StaticFiles::File {
  std::string_view type;
  std::string etag;  // without quotes
  bool forever = false;
  Shared plain, gzip, brotli;
};

struct StaticFiles::State {
  StaticOptions options;
  std::unordered_map<std::string, File> files;
};

std::string_view media_type(std::string_view name) {
  const auto* type = type_of(name);
  return type ? type->type : "application/octet-stream";
}

base::Result<StaticFiles> StaticFiles::load(const fs::path& folder, StaticOptions options) {
  std::error_code ec;
  auto root = fs::canonical(folder, ec);
  if (ec || !fs::is_directory(root))
    return refused("there is no such folder", folder, "build the client, or name its folder");
  Contents contents;
  if (auto status = read_all(root, options.most_bytes, contents); !status) return status.error();
  auto state = std::make_shared<State>();
  auto take = [&](const std::string& name) -> Shared {
    auto at = contents.find(name);
    return at == contents.end() ? nullptr : std::make_shared<const std::string>(at->second);
  };
  for (auto& [name, content] : contents) {
    if ((name.ends_with(".br") || name.ends_with(".gz")) && contents.contains(name.substr(0, name.size() - 3)))
      continue;
    const auto* type = type_of(name);
    File f{media_type(name),   base::sha256_hex(content).substr(0, 32),
           hashed(name),       take(name),
           take(name + ".gz"), take(name + ".br")};
    if (!f.gzip && !f.brotli && type && type->text && content.size() > options.gzip_over)
      f.gzip = std::make_shared<const std::string>(http::gzip(content, 9));
    if (f.gzip && f.gzip->size() >= content.size()) f.gzip = nullptr;
    state->files.emplace(name, std::move(f));
  }
  if (!state->files.contains("index.html"))
    return refused("there is no index.html", folder, "build the client first");
  state->options = std::move(options);
  return StaticFiles(std::move(state));
}

namespace {

// The name below the folder; nothing for a path that no file can have.
std::optional<std::string> name_of(const Request& request) {
  std::string name;
  for (const auto& s : request.segments) {
    if (s.find('/') != s.npos) return std::nullopt;
    name += (name.empty() ? "" : "/") + s;
  }
  return name.empty() ? "index.html" : name;
}

bool under(std::string_view path, const std::vector<std::string>& prefixes) {
  return std::ranges::any_of(prefixes, [&](const std::string& p) {
    return path.starts_with(p) && (path.size() == p.size() || p.ends_with('/') || path[p.size()] == '/');
  });
}

}  // namespace

Response StaticFiles::answer(const Request& request) const {
  auto name = name_of(request);
  auto at = name ? state_->files.find(*name) : state_->files.end();
  if (at == state_->files.end()) {
    if (!name || type_of(*name) || under(request.path, state_->options.no_pages))
      return Response::problem(404, "http.not_found", "There is nothing here");
    at = state_->files.find("index.html");
  }
  const File& f = at->second;
  Response r;
  auto accept = request.header("accept-encoding").value_or("");
  Encoding e = negotiate(accept, f.gzip != nullptr, f.brotli != nullptr);
  r.shared_body = e == Encoding::Brotli ? f.brotli : e == Encoding::Gzip ? f.gzip : f.plain;
  r.add("content-type", std::string(f.type));
  r.add("cache-control", f.forever ? "public, max-age=31536000, immutable" : "no-cache");
  if (f.gzip || f.brotli) r.add("vary", "accept-encoding");
  if (e != Encoding::Identity) r.add("content-encoding", e == Encoding::Brotli ? "br" : "gzip");
  r.compress = false;
  return conditional(request, std::move(r),
                     "\"" + f.etag +
                         (e == Encoding::Brotli ? "-br"
                          : e == Encoding::Gzip ? "-gz"
                                                : "") +
                         "\"");
}

Handler StaticFiles::handler() const {
  return [files = *this](const Request& request, const Params&) { return files.answer(request); };
}

size_t StaticFiles::count() const { return state_->files.size(); }

}  // namespace guanhu::http
