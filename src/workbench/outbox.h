// What leaves the bank's own program (外发): SMS, e-mail, WeCom, DingTalk, other systems. A message is put into
// the queue in the transaction of what it tells of, and sent later by the server's worker: at least once, under a
// key by which the other side knows it again. docs/messages.md tells its life; outbox_format.h what goes over the
// wire.
#pragma once
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "store/migrations.h"
#include "store/personal_key.h"
#include "store/store.h"
#include "workbench/mail_settings.h"
#include "workbench/todo.h"

namespace guanhu::workbench {

std::span<const store::Migration> outbox_migrations();

struct OutChannel {
  int64_t id = 0, version = 0;
  std::string name;  // "短信网关"; one of its kind
  std::string kind;  // "wecom", "dingtalk": robots of a group; "sms", "email", "webhook": the bank's gateways
  std::string url, secret;          // as they are; sealed in the store
  std::string title, text;          // templates: {title} {text} {link} {name} {article}; "" is {title}, {text}
  std::vector<std::string> events;  // names of message_events()
  bool full = false;                // personal data goes out as it is; else masked, and no phone number
  bool consent = false;             // to customers only with their recorded consent
  bool on = true;
  std::string changed_at, changed_by;

  bool robot() const { return kind == "wecom" || kind == "dingtalk"; }
};
std::vector<OutChannel> out_channels(store::Session& session, const store::PersonalKey& key);  // by name
base::Result<OutChannel> out_channel(store::Session& session, const store::PersonalKey& key, int64_t id);
// New with id 0; otherwise `version` is the one the writer saw, and an empty url or secret keeps what is there.
// Refused: outbox.channel (unknown), outbox.changed, outbox.name (empty, taken), outbox.kind, outbox.url (none;
// that of a robot without its key), outbox.secret (a gateway without one of 16 characters or more: nobody could
// tell who sends), outbox.template (a hole that is none of the above), outbox.events (none, unknown, single people
// by a robot).
base::Result<OutChannel> save_out_channel(store::Session& session, const store::PersonalKey& key,
                                          const OutChannel& channel, const TodoDoing& doing);

struct OutMessage {
  int64_t id = 0, channel = 0;
  std::string key, event, to_kind, to, to_name, phone;  // phone: sealed
  std::string keeper, org;                              // who answers for it: may release it
  std::string title, text, link, pack, article, rules;
  std::string
      state;  // "proposed" a person releases it, "waiting", "sending", "sent", "dead" given up, "cancelled"
  int64_t attempts = 0, tries = 0;
  std::string next_at, made_at, made_by, decided_at, decided_by, why, ended_at, error;
  std::string channel_name, channel_kind;
};
struct OutAttempt {
  std::string at;
  int64_t took_ms = 0, status = 0;  // of HTTP; 0: no answer came
  std::string outcome, error, answer;
};

// What is to go out, in both forms: masked says it without personal data.
struct OutAsk {
  std::string event;
  std::string key;                 // of the occasion; each channel makes it its own
  std::string to_kind;             // "group" behind a robot, "staff", "customer"
  std::string to, to_name, phone;  // phone: sealed as the facts have it, may be ""
  std::string keeper, org;
  std::string title, text, masked_title, masked_text, link, pack, article, rules;
  base::Instant not_before;
};
// Into the queue of every channel that is on and has the event, unless the key is there already; inside a
// transaction. To customers as a proposal, unless the bank releases by itself (sms_auto) and consent is there
// where the channel asks for it. How many are new.
int64_t put_out(store::Session& session, const store::PersonalKey& key, const OutAsk& ask, const TodoDoing& doing);

struct OutFilter {
  std::string state;        // "" any; "open": proposed, waiting, sending; "dead" …
  std::string to_kind, to;  // "" any
  int64_t channel = 0;
  size_t limit = 2000;
};
std::vector<OutMessage> out_messages(store::Session& session, const OutFilter& filter);  // newest first
base::Result<OutMessage> out_message(store::Session& session, int64_t id);               // outbox.unknown
std::vector<OutAttempt> out_attempts(store::Session& session, int64_t id);               // oldest first

// All are refused: outbox.unknown, outbox.state (what it is now does not allow it). Releasing also outbox.consent:
// the channel asks for the customer's consent and there is none.
base::Result<OutMessage> release_out(store::Session& session, int64_t id, const TodoDoing& doing);
base::Result<OutMessage> cancel_out(store::Session& session, int64_t id, const std::string& why,
                                    const TodoDoing& doing);
// What waits or was given up is tried at once, and as often as a new one. Being sent just now: refused.
base::Result<OutMessage> retry_out(store::Session& session, int64_t id, const TodoDoing& doing);

// ------------------------------------------------------------------------------- consents of customers

struct OutConsent {
  std::string customer, note, at, by;
  bool given = false;
};
std::vector<OutConsent> out_consents(store::Session& session, const std::string& customer);  // newest first
bool has_consent(store::Session& session, const std::string& customer);
// Refused: outbox.consent.note (how it was given or withdrawn is not said, or beyond 500 characters),
// outbox.consent.same.
base::Status keep_consent(store::Session& session, const std::string& customer, bool given,
                          const std::string& note, const TodoDoing& doing);

// ------------------------------------------------------------------------------- for the worker

struct OutResult {
  int64_t took_ms = 0;
  int status = 0;           // of HTTP; 0: no answer
  std::string error_code;   // of the sender: "http.timeout"; "" an answer came
  std::string error;        // in words
  std::string answer;       // its body, for the history: the first 500 bytes
  int64_t retry_after = 0;  // seconds the other side asks for
};
// Takes the next one that is due, for at most `lease_seconds`: after that another worker may have it (this one is
// dead, and what it sent may come a second time, under the same key).
std::optional<OutMessage> take_out(store::Session& session, base::Instant now, int64_t lease_seconds);
// What came of it: sent, again after a growing wait, or given up. `robot_kind`: whose answers say more than HTTP.
// What was taken by somebody else meanwhile is left alone.
std::string finish_out(store::Session& session, const OutMessage& message, const OutResult& result,
                       const BankSettings& settings, base::Instant now);
// When to look again; nothing: nothing waits.
std::optional<base::Instant> next_out(store::Session& session);
// Seconds before attempt `tries` + 1: first_wait doubled each time up to longest_wait, 20 % more or less by key
// and number, so that a thousand that failed together do not come together again.
int64_t out_wait(const std::string& key, int64_t tries, const BankSettings& settings);
// How an attempt ended: "sent", "again", "dead".
std::string out_outcome(const std::string& channel_kind, const OutResult& result);

}  // namespace guanhu::workbench
