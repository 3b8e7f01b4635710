#include "customers/visit_device.h"

#include <algorithm>

namespace guanhu::customers {

using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using base::Result;

namespace {

constexpr store::Migration kMigrations[] = {
    {1, "devices of the field, what they took along, what they sent; whom visits were to",
     "CREATE TABLE field_devices ("
     "  device_id TEXT PRIMARY KEY,"
     "  login TEXT NOT NULL, staff TEXT NOT NULL, org TEXT NOT NULL, name TEXT NOT NULL, agent TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('live', 'wiped', 'revoked')),"
     "  key_sealed TEXT NOT NULL,"
     "  made_at TEXT NOT NULL, seen_at TEXT NOT NULL,"
     "  ended_at TEXT NOT NULL, ended_by TEXT NOT NULL, why TEXT NOT NULL,"
     "  customers {bigint} NOT NULL, until TEXT NOT NULL"
     ");"
     "CREATE INDEX field_devices_of ON field_devices (login, state);"
     "CREATE TABLE field_takes ("
     "  take_id {serial},"
     "  device_id TEXT NOT NULL REFERENCES field_devices (device_id),"
     "  at TEXT NOT NULL, until TEXT NOT NULL,"
     "  customers TEXT NOT NULL"  // JSON
     ");"
     "CREATE INDEX field_takes_of ON field_takes (device_id);"
     "CREATE TABLE field_entries ("
     "  login TEXT NOT NULL, key TEXT NOT NULL,"
     "  device_id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,"
     "  made_at TEXT NOT NULL, sent_at TEXT NOT NULL, received_at TEXT NOT NULL,"
     "  PRIMARY KEY (login, key)"
     ");"
     "CREATE TABLE visit_customers ("
     "  record_id {bigint} NOT NULL, customer TEXT NOT NULL, day TEXT NOT NULL, state TEXT NOT NULL,"
     "  lat TEXT NOT NULL, lon TEXT NOT NULL, accuracy {bigint} NOT NULL,"
     "  PRIMARY KEY (record_id, customer)"
     ");"
     "CREATE INDEX visit_customers_of ON visit_customers (customer, day);"}};

constexpr int64_t kMostDevices = 20;  // live ones of a login
constexpr size_t kLongestName = 60;   // characters

const char* const kColumns =
    "device_id, login, staff, org, name, agent, state, key_sealed, made_at, seen_at, ended_at, ended_by, why, "
    "customers, until";

Device read_device(const store::Row& row) {
  Device out;
  out.id = row.text(0), out.login = row.text(1), out.staff = row.text(2), out.org = row.text(3);
  out.name = row.text(4), out.agent = row.text(5), out.state = row.text(6), out.key_sealed = row.text(7);
  out.made_at = row.text(8), out.seen_at = row.text(9), out.ended_at = row.text(10), out.ended_by = row.text(11);
  out.why = row.text(12), out.customers = row.integer(13), out.until = row.text(14);
  return out;
}

bool blank(const std::string& text) { return text.find_first_not_of(" \t\r\n") == text.npos; }

size_t characters(const std::string& text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void tell(const DeviceDoing& doing, const std::string& action, const Device& of, JsonObject detail) {
  detail.insert(detail.begin(), {{"name", of.name}, {"login", of.login}});
  if (doing.also) doing.also(action, "device " + of.id, std::move(detail));
}

Error unknown() { return {"device.unknown", "没有这台设备", "", "在“带出去”里重新登记这台设备"}; }

}  // namespace

std::span<const store::Migration> visit_migrations() { return kMigrations; }

Result<Device> add_device(store::Session& session, const Device& ask, const DeviceDoing& doing) {
  if (blank(ask.name) || characters(ask.name) > kLongestName)
    return Error{"device.name", "没有给设备起名字，或太长", "name", "例如“我的手机”，最多六十字"};
  std::optional<Result<Device>> out;
  session.transaction([&] {
    auto live =
        session.query("SELECT count(*) FROM field_devices WHERE login = ? AND state = 'live'", {ask.login});
    if (live.at(0).integer(0) >= kMostDevices)
      return void(out = Error{"device.many", "您已经登记了二十台设备", "name", "先销掉不用的"});
    session.exec(std::string("INSERT INTO field_devices (") + kColumns +
                     ") VALUES (?, ?, ?, ?, ?, ?, 'live', ?, ?, ?, '', '', '', 0, '')",
                 {ask.id, ask.login, ask.staff, ask.org, ask.name, ask.agent, ask.key_sealed, doing.at.str(),
                  doing.at.str()});
    tell(doing, "device.add", ask, {{"agent", ask.agent}});
    out = device(session, ask.id);
  });
  return std::move(*out);
}

Result<Device> device(store::Session& session, const std::string& id) {
  auto rows = session.query(std::string("SELECT ") + kColumns + " FROM field_devices WHERE device_id = ?", {id});
  if (rows.empty()) return unknown();
  return read_device(rows[0]);
}

std::vector<Device> devices(store::Session& session, const std::string& login) {
  const std::string sql = std::string("SELECT ") + kColumns + " FROM field_devices";
  const std::string order = " ORDER BY made_at DESC, device_id";
  std::vector<Device> out;
  for (const auto& row :
       login.empty() ? session.query(sql + order) : session.query(sql + " WHERE login = ?" + order, {login}))
    out.push_back(read_device(row));
  return out;
}

Result<Device> live_device(store::Session& session, const std::string& id, const std::string& login) {
  auto found = device(session, id);
  if (!found.ok() || found->login != login) return unknown();
  if (found->state == "revoked")
    return Error{"device.revoked", "这台设备已经被停用：" + found->why, "", "找" + found->ended_by + "问清楚"};
  if (found->state != "live") return Error{"device.wiped", "这台设备已经销掉", "", "在“带出去”里重新登记这台设备"};
  return found;
}

void device_seen(store::Session& session, const std::string& id, base::Instant at) {
  session.exec("UPDATE field_devices SET seen_at = ? WHERE device_id = ?", {at.str(), id});
}

void device_key_given(store::Session& session, const Device& of, const DeviceDoing& doing) {
  session.transaction([&] {
    device_seen(session, of.id, doing.at);
    tell(doing, "device.key", of, {});
  });
}

Result<Device> end_device(store::Session& session, const std::string& id, const std::string& state,
                          const std::string& why, const DeviceDoing& doing) {
  if (state == "revoked" && blank(why))
    return Error{"device.reason", "没有写为什么停用", "reason", "例如“手机丢了”"};
  std::optional<Result<Device>> out;
  session.transaction([&] {
    auto found = device(session, id);
    if (!found.ok()) return void(out = found.error());
    if (found->state == "revoked" || found->state == state) return void(out = found);
    session.exec(
        "UPDATE field_devices SET state = ?, ended_at = ?, ended_by = ?, why = ?, customers = 0, until = ''"
        " WHERE device_id = ?",
        {state, doing.at.str(), doing.login, why, id});
    tell(doing, state == "revoked" ? "device.revoke" : "device.wipe", *found,
         {{"reason", why}, {"customers", found->customers}});
    out = device(session, id);
  });
  return std::move(*out);
}

Result<Device> readmit_device(store::Session& session, const std::string& id, const std::string& why,
                              const DeviceDoing& doing) {
  if (blank(why)) return Error{"device.reason", "没有写为什么恢复", "reason", "例如“手机找到了”"};
  std::optional<Result<Device>> out;
  session.transaction([&] {
    auto found = device(session, id);
    if (!found.ok()) return void(out = found.error());
    if (found->state != "revoked")
      return void(out = Error{"device.state", "这台设备没有被停用", "", "刷新以后再看"});
    session.exec(
        "UPDATE field_devices SET state = 'live', ended_at = '', ended_by = '', why = '' WHERE device_id = ?",
        {id});
    tell(doing, "device.readmit", *found, {{"reason", why}});
    out = device(session, id);
  });
  return std::move(*out);
}

Result<Take> take_along(store::Session& session, const std::string& id, const std::vector<std::string>& customers,
                        base::Instant until, const DeviceDoing& doing) {
  JsonArray list(customers.begin(), customers.end());
  Take out{0, id, doing.at.str(), until.str(), customers};
  std::optional<Error> refused;
  session.transaction([&] {
    auto found = live_device(session, id, doing.login);
    if (!found.ok()) return void(refused = found.error());
    session.exec("INSERT INTO field_takes (device_id, at, until, customers) VALUES (?, ?, ?, ?)",
                 {id, out.at, out.until, Json(list).dump()});
    out.id = session.query("SELECT max(take_id) FROM field_takes WHERE device_id = ?", {id}).at(0).integer(0);
    session.exec("UPDATE field_devices SET customers = ?, until = ?, seen_at = ? WHERE device_id = ?",
                 {static_cast<int64_t>(customers.size()), out.until, out.at, id});
    tell(doing, "device.take", *found, {{"customers", list}, {"until", out.until}});
  });
  if (refused) return *refused;
  return out;
}

std::vector<Take> takes(store::Session& session, const std::string& id) {
  std::vector<Take> out;
  for (const auto& row : session.query("SELECT take_id, device_id, at, until, customers FROM field_takes"
                                       " WHERE device_id = ? ORDER BY take_id DESC",
                                       {id})) {
    Take one{row.integer(0), row.text(1), row.text(2), row.text(3), {}};
    auto list = Json::parse(row.text(4));
    if (list.ok() && list->as_array())
      for (const Json& customer : *list->as_array())
        if (customer.as_string()) one.customers.push_back(*customer.as_string());
    out.push_back(std::move(one));
  }
  return out;
}

std::optional<Entry> sent_entry(store::Session& session, const std::string& login, const std::string& key) {
  auto rows = session.query(
      "SELECT key, login, device_id, kind, subject, made_at, sent_at, received_at"
      " FROM field_entries WHERE login = ? AND key = ?",
      {login, key});
  if (rows.empty()) return std::nullopt;
  const auto& row = rows[0];
  return Entry{row.text(0), row.text(1), row.text(2), row.text(3),
               row.text(4), row.text(5), row.text(6), base::Instant::parse(row.text(7)).value_or(base::Instant{})};
}

void keep_entry(store::Session& session, const Entry& of) {
  session.exec(
      "INSERT INTO field_entries (login, key, device_id, kind, subject, made_at, sent_at, received_at)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      {of.login, of.key, of.device, of.kind, of.subject, of.made_at, of.sent_at, of.received.str()});
}

}  // namespace guanhu::customers
