// The client's files, from memory: pages, scripts, pictures, compressed beforehand.
//
//   auto files = StaticFiles::load("web/dist");
//   if (!files) return fail(files.error());
//   router.fallback(files->handler(), {.run = Run::Inline});
//
// Only what was in the folder at the start is ever sent, so no path can lead out of it.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "http/router.h"

namespace guanhu::http {

struct StaticOptions {
  // Paths that are never pages of the client: an unknown one is 404 and not the index page.
  std::vector<std::string> no_pages = {"/api", "/health", "/metrics"};
  size_t most_bytes = 512 << 20;  // of the whole folder
  size_t gzip_over = 1024;        // a text file beyond this without a .gz beside it is compressed here
};

class StaticFiles {
 public:
  // Reads the folder and what is below it. x.br and x.gz beside x are its compressed forms. Hidden files and
  // links that lead out of the folder are left out. Errors (http.static): no folder, no index.html, too large.
  static base::Result<StaticFiles> load(const std::filesystem::path& folder, StaticOptions options = {});

  // A known file in the form the client prefers, 304 when it has it. For a path that is none: index.html (the
  // client's own router shows the page), unless it looks like a file or stands in no_pages. Names with a
  // hash ("app-B3xz81_q.js") may be kept for ever, all others are asked about each time.
  Response answer(const Request& request) const;
  Handler handler() const;
  size_t count() const;

 private:
  struct File;
  struct State;
  explicit StaticFiles(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

// "text/html; charset=utf-8" of "a/index.html"; application/octet-stream for an unknown ending.
std::string_view media_type(std::string_view name);

}  // namespace guanhu::http
