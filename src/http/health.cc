#include "http/health.h"

#include "base/json.h"

namespace guanhu::http {

Handler health_handler(std::vector<HealthCheck> checks, LogSink& log, base::Clock& clock) {
  return [checks = std::move(checks), &log, &clock](const Request& request, const Params&) {
    base::JsonObject each;
    bool good = true;
    for (const auto& c : checks) {
      std::string wrong;
      try {
        if (auto status = c.check(); !status) wrong = status.error().text();
      } catch (const std::exception& e) {
        wrong = e.what();
      }
      if (!wrong.empty())
        log.line(event_line(clock.now(), "error", request.id, "health of " + c.name + ": " + wrong));
      good = good && wrong.empty();
      each.emplace_back(c.name, wrong.empty() ? "ok" : "failed");
    }
    base::JsonObject all{{"status", good ? "ok" : "failed"}, {"checks", std::move(each)}};
    return Response::json(base::Json(std::move(all)).dump(), good ? 200 : 503).add("cache-control", "no-store");
  };
}

Handler alive_handler() {
  return [](const Request&, const Params&) {
    return Response::json(R"({"status": "ok"})").add("cache-control", "no-store");
  };
}

Handler metrics_handler(const Server& server, std::function<std::string()> more) {
  return [&server, more = std::move(more)](const Request&, const Params&) {
    auto r = Response::text(server.metrics_text() + (more ? more() : ""));
    return r.set("content-type", "text/plain; version=0.0.4; charset=utf-8").add("cache-control", "no-store");
  };
}

}  // namespace guanhu::http
