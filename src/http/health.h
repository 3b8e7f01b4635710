// Ready-made handlers for those who watch the server. Where they are mounted, and who may see them, is the
// caller's business; they need no log line.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "base/error.h"
#include "http/server.h"

namespace guanhu::http {

struct HealthCheck {
  std::string name;                     // "store"
  std::function<base::Status()> check;  // may block; runs on a worker
};

// 200 {"status": "ok", "checks": {"store": "ok"}}, or 503 with "failed" for those that failed or threw.
// What was wrong goes to the log, not to the reader.
Handler health_handler(std::vector<HealthCheck> checks, LogSink& log, base::Clock& clock);

// 200 {"status": "ok"}: the process lives and its event loops turn. For Run::Inline.
Handler alive_handler();

// Prometheus text of this server, which must outlive its own routes. `more` is appended (other modules' figures).
Handler metrics_handler(const Server& server, std::function<std::string()> more = {});

}  // namespace guanhu::http
