// Devices of the field: phones that may take customers along, what each took, and what they sent. A device belongs
// to one login. Its data key is made by the server and kept sealed by whoever calls; without a login nobody gets
// it. docs/decisions/0007-what-is-taken-along.md says why, docs/field.md how it lives.
//
// DSC-302
#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "store/migrations.h"
#include "store/store.h"

namespace guanhu::customers {

// Tables: devices, what they took, what they sent; whom visits were to (visit.h).
std::span<const store::Migration> visit_migrations();

struct Device {
  std::string id;  // 32 hexadecimal digits
  std::string login, staff, org, name, agent;
  std::string state;             // "live", "wiped" by its owner or by itself, "revoked" by somebody
  std::string key_sealed;        // what the caller sealed
  std::string made_at, seen_at;  // seen: the last time it spoke with the server
  std::string ended_at, ended_by, why;
  int64_t customers = 0;  // that it has now
  std::string until;      // moment at which they become void; "" it has none
};

struct DeviceDoing {
  std::string login;
  base::Instant at;
  // Inside the transaction, for the audit record; what it throws undoes all of it.
  std::function<void(const std::string& action, const std::string& subject, base::Json detail)> also = {};
};

// `device.id` and key_sealed are the caller's. Refused: device.name (nothing written, or over 60 characters),
// device.many (twenty live ones of the login).
base::Result<Device> add_device(store::Session& session, const Device& device, const DeviceDoing& doing);
// Refused: device.unknown.
base::Result<Device> device(store::Session& session, const std::string& id);
// The newest first; of all logins when it is "".
std::vector<Device> devices(store::Session& session, const std::string& login);
// Its owner's, and live: refused otherwise as device.unknown, device.revoked, device.wiped.
base::Result<Device> live_device(store::Session& session, const std::string& id, const std::string& login);

// It spoke with the server.
void device_seen(store::Session& session, const std::string& id, base::Instant at);
// The key was given, by a login on this device: for the audit chain.
void device_key_given(store::Session& session, const Device& of, const DeviceDoing& doing);
// What it has is void from now on. `state`: "revoked" (a reason is needed: device.reason) or "wiped". Refused
// also: device.unknown; one that is revoked stays so.
base::Result<Device> end_device(store::Session& session, const std::string& id, const std::string& state,
                                const std::string& why, const DeviceDoing& doing);
// Revoked by mistake: its key is given again, what it had stays void.
base::Result<Device> readmit_device(store::Session& session, const std::string& id, const std::string& why,
                                    const DeviceDoing& doing);

struct Take {
  int64_t id = 0;
  std::string device, at, until;
  std::vector<std::string> customers;
};
// Which customers it takes along from now on, instead of those before.
base::Result<Take> take_along(store::Session& session, const std::string& device,
                              const std::vector<std::string>& customers, base::Instant until,
                              const DeviceDoing& doing);
std::vector<Take> takes(store::Session& session, const std::string& device);  // the newest first

// One thing written on a device, sent exactly once whatever happens to the answers: its key is made there.
struct Entry {
  std::string key, login, device, kind, subject;  // subject: "visit 12", what became of it
  std::string made_at, sent_at;                   // the device's clock
  base::Instant received;
};
std::optional<Entry> sent_entry(store::Session& session, const std::string& login, const std::string& key);
// Inside the transaction that writes its subject. Throws store::Conflict when it is there already.
void keep_entry(store::Session& session, const Entry& entry);

}  // namespace guanhu::customers
