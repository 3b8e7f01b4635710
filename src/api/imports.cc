#include "api/imports.h"

#include "api/services.h"

namespace guanhu::api {

void keep_refusal(store::Session& session, const feed::DateReport& report, const std::string& actor,
                  base::Clock& clock) {
  const std::string date = report.business_date;
  session.transaction([&] {
    if (!date.empty()) {
      session.exec("DELETE FROM import_refusals WHERE business_date = ?", {date});
      session.exec("INSERT INTO import_refusals (business_date, refused_at, actor, report) VALUES (?, ?, ?, ?)",
                   {date, clock.now().str(), actor, feed::to_json(report).dump()});
    }
    record(session, actor, "import.refuse", date.empty() ? "" : "date " + date,
           base::JsonObject{{"feed", report.feed}, {"rejects", report.rejects}}, clock);
  });
}

}  // namespace guanhu::api
