// Letters, notices, what goes out: how their endpoints are called in the walk; what they do is told in
// mail_test.cc, notice_test.cc, outbox_test.cc beside the code.
#pragma once
#include <map>
#include <string>

namespace guanhu::api::testing {

template <class Case>
std::map<std::string, Case> mail_cases() {
  const char* reason = R"({"reason": "walked"})";
  const char* draft = R"({"to": [], "subject": "walked", "text": "walked"})";
  const char* notice = R"({"title": "walked", "text": "walked", "importance": "normal",
                           "audience": [{"kind": "org", "id": "nowhere"}], "day": "2030-01-01", "until": "2030-01-02")";
  const std::string channel = R"({"name": "walked", "kind": "webhook", "url": "ftp://nowhere", "events": ["rule"],
                                  "full": false, "consent": true, "on": true)";
  return {{"GET /mail", {"?folder=inbox"}},
          {"GET /mail/summary", {}},
          {"GET /mail/{id}", {.status = 404}},
          {"POST /mail", {"", draft}},
          {"PUT /mail/{id}", {"", R"({"to": [], "subject": "walked", "text": "walked", "version": 1})", 404}},
          {"DELETE /mail/{id}", {.status = 404}},
          {"POST /mail/{id}/send", {"", R"({"version": 1})", 404}},
          {"POST /mail/{id}/answer", {"", R"({"how": "reply"})", 404}},
          {"POST /mail/{id}/mark", {"", R"({"read": true})", 404}},
          {"POST /mail/{id}/recall", {"", reason, 404}},
          {"GET /mail-addresses", {"?words=z"}},
          {"GET /mail-groups", {}},
          {"POST /mail-groups", {"", R"({"name": "walked", "members": []})", 422}},
          {"PUT /mail-groups/{id}", {"", R"({"name": "walked", "members": [{"kind": "all", "id": ""}]})", 404}},
          {"DELETE /mail-groups/{id}", {.status = 404}},
          {"GET /notices", {}},
          {"POST /notices", {"", std::string(notice) + "}", 422}},
          {"GET /notices/{id}", {.status = 404}},
          {"PUT /notices/{id}", {"", std::string(notice) + R"(, "version": 1})", 404}},
          {"POST /notices/{id}/publish", {"", R"({"version": 1})", 404}},
          {"POST /notices/{id}/check", {"", R"({"agreed": true})", 404}},
          {"POST /notices/{id}/withdraw", {"", reason, 404}},
          {"POST /notices/{id}/seen", {"", "", 404}},
          {"POST /notices/{id}/know", {"", "", 404}},
          {"GET /notices/{id}/readers", {.status = 404}},
          {"POST /notices/{id}/remind", {"", "", 404}},
          {"GET /messages", {}},
          {"POST /messages/read", {"", "{}"}},
          {"GET /message-preferences", {}},
          {"PUT /message-preferences",
           {"", R"({"events": [{"event": "notice_due", "ways": []}], "quiet_from": "", "quiet_to": "",
                "working_days": false, "let_substitute": false})",
            422}},
          {"GET /message-settings", {}},
          {"PUT /message-settings/{name}", {"", R"({"value": "x", "seen": ""})", 404}},
          {"GET /outbox", {"?state=open"}},
          {"GET /outbox/{id}", {.status = 404}},
          {"POST /outbox/{id}/release", {"", "", 404}},
          {"POST /outbox/{id}/cancel", {"", reason, 404}},
          {"POST /outbox/{id}/retry", {"", "", 404}},
          {"GET /consents/{customer}", {.status = 404}},
          {"POST /consents/{customer}", {"", R"({"given": true, "note": "walked"})", 404}},
          {"GET /outbox-channels", {}},
          {"POST /outbox-channels", {"", channel + "}", 422}},
          {"PUT /outbox-channels/{id}", {"", channel + R"(, "version": 1})", 404}},
          {"POST /outbox-channels/{id}/try", {"", "", 404}}};
}

}  // namespace guanhu::api::testing
