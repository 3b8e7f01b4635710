#include "api/app.h"

#include "api/gate.h"
#include "api/handlers.h"
#include "api/local.h"
#include "api/outbox_worker.h"
#include "http/health.h"
#include "http/static_files.h"

namespace guanhu::api {

struct App::Parts {
  Parts(feed::Bank& bank, AppOptions with, http::LogSink& log, base::Clock& clock)
      : options(std::move(with)), services(bank, options.services, log, clock) {}
  AppOptions options;
  Services services;
  std::unique_ptr<LocalDoor> door;
  std::unique_ptr<http::Server> server;
  std::unique_ptr<OutboxWorker> outbox;
  bool stopped = false;
};

namespace {

bool local(const http::Request& q) { return q.peer == "unix" || q.peer.starts_with("127.") || q.peer == "::1"; }

void mount_watch(http::Router& router, Services& services, http::LogSink& log, base::Clock& clock) {
  std::vector<http::HealthCheck> checks = {{"store",
                                            [&services] {
                                              (void)services.store()->query("SELECT 1");
                                              return base::Status();
                                            }},
                                           {"warehouse", [&services] {
                                              (void)warehouse::one_int(*services.warehouse(),
                                                                       "SELECT CAST(1 AS BIGINT)");
                                              return base::Status();
                                            }}};
  router.add("GET", "/health", http::health_handler(std::move(checks), log, clock), {.log = false});
}

void mount_metrics(http::Router& router, const http::Server& server) {
  auto all = http::metrics_handler(server);
  router.add("GET", "/metrics",
             [all](const http::Request& q, const http::Params& p) {
               // Figures of the running of the bank's server are not for its users.
               if (local(q)) return all(q, p);
               return problem(not_found(), language_of(q.header("accept-language")));
             },
             {.log = false});
}

http::ServerOptions server_options(const AppOptions& options) {
  http::ServerOptions out = options.server;
  out.words = [](std::string_view code, std::string_view accept) {
    // The words of a refusal by the server itself; what they do not know stays English.
    Words words = words_for(code, 0, language_of(accept.empty() ? std::nullopt : std::optional(accept)));
    return http::ServerOptions::Words{words.title, words.detail};
  };
  return out;
}

}  // namespace

base::Result<std::unique_ptr<App>> App::start(feed::Bank& bank, AppOptions options, http::LogSink& log,
                                              base::Clock& clock) {
  std::unique_ptr<App> app(new App());
  app->parts_ = std::make_unique<Parts>(bank, std::move(options), log, clock);
  Parts& p = *app->parts_;
  p.services.take_up_jobs();
  http::Router router;
  mount(router, p.services, endpoints(), named_schemas());
  mount_watch(router, p.services, log, clock);
  http::ServerOptions server = server_options(p.options);
  if (p.options.command) {
    p.door = std::make_unique<LocalDoor>(bank.folder().path(), p.services, p.options.command);
    server.unix_socket = p.door->socket();
    p.door->mount(router);
  }
  if (p.options.web) {
    auto files = http::StaticFiles::load(*p.options.web);
    if (!files) return files.error();
    router.fallback(files->handler(), {.run = http::Run::Inline});
  }
  p.server = std::make_unique<http::Server>(server, std::move(router), log, clock);
  mount_metrics(p.server->router(), *p.server);
  if (auto status = p.server->start(); !status) return status.error();
  if (p.door) p.door->open();
  p.services.warm_up();
  p.services.jobs().go_on();
  p.outbox = std::make_unique<OutboxWorker>(p.services);
  return app;
}

App::~App() { stop(); }

uint16_t App::port() const { return parts_->server->port(); }
Services& App::services() { return parts_->services; }
http::MetricsSnapshot App::snapshot() const { return parts_->server->snapshot(); }

void App::stop() {
  if (!parts_ || std::exchange(parts_->stopped, true)) return;
  if (parts_->door) parts_->door->close();
  if (parts_->outbox) parts_->outbox->stop();
  if (parts_->server) {
    parts_->services.events().close();
    parts_->server->stop(std::chrono::seconds(10));
  }
  parts_->services.stop();
}

}  // namespace guanhu::api
