// The audit chain, newest first, and whether it is whole.
#include "api/gate.h"
#include "api/handlers.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;

namespace {

Json entry_json(const audit::Entry& e) {
  return JsonObject{{"sequence", e.sequence},
                    {"at", e.at.str()},
                    {"actor", e.record.actor},
                    {"action", e.record.action},
                    {"subject", e.record.subject},
                    {"detail", e.record.detail},
                    {"hash", e.hash},
                    {"previous", e.previous}};
}

// A page of a chain that may hold millions: read from behind, no further than the page.
Outcome list_audit(Services& s, const Call& call) {
  audit::Filter filter;
  filter.actor = call.get("actor");
  filter.action_prefix = call.get("action");
  filter.subject = call.get("subject");
  if (!call.list.q.empty()) filter.text = call.get("q");
  if (auto from = call.get("from")) filter.from = base::Instant::parse(*from);
  if (auto to = call.get("to")) filter.to = base::Instant::parse(*to);
  filter.limit = 1000;
  size_t skip = (call.list.page - 1) * call.list.page_size, total = 0;
  JsonArray items;
  auto store = s.store();
  for (;;) {
    auto some = audit::search(*store, filter);
    for (const auto& e : some) {
      if (total >= skip && items.size() < call.list.page_size) items.push_back(entry_json(e));
      ++total;
    }
    if (some.size() < 1000 || call.request.cancelled.stop_requested()) break;
    filter.before = some.back().sequence;
    bool unfiltered =
        !filter.actor && !filter.action_prefix && !filter.subject && !filter.text && !filter.from && !filter.to;
    if (unfiltered && items.size() == call.list.page_size) {
      total = static_cast<size_t>(audit::head(*store).sequence);
      break;
    }
  }
  return Answer{page_body(call.list, std::move(items), total)};
}

Outcome verify(Services& s, const Call& call) {
  auto store = s.store();
  audit::Verdict v = audit::verify(*store);
  JsonArray faults;
  for (const auto& f : v.faults) faults.push_back(JsonObject{{"sequence", f.sequence}, {"what", f.what}});
  store->transaction([&] {
    record(*store, call.login().login, "audit.verify", "",
           JsonObject{{"whole", v.faults.empty()}, {"records", v.records}}, s.clock());
  });
  return Answer{JsonObject{{"whole", v.faults.empty()},
                           {"records", v.records},
                           {"head", JsonObject{{"sequence", v.head.sequence}, {"hash", v.head.hash}}},
                           {"faults", std::move(faults)}}};
}

}  // namespace

Table audit_endpoints() {
  const auto may = people::Permission::audit_read;
  return {{.method = "GET",
           .path = "/audit",
           .summary = "the chain, newest first",
           .permission = may,
           .parameters = {{"actor", text(100), false, "login"},
                          {"action", text(100), false, "begins so: import, user.add"},
                          {"subject", text(200), false, "login S1, customer C1, date 2025-12-31"},
                          {"from", moment(), false, "included"},
                          {"to", moment(), false, "excluded"}},
           .output = list_of("AuditEntry"),
           .handler = list_audit,
           .list = true,
           .sorts = false},
          {.method = "POST",
           .path = "/audit/verify",
           .summary = "reads the whole chain and says whether it is whole",
           .permission = may,
           .output = ref("Verdict"),
           .handler = verify}};
}

}  // namespace guanhu::api
