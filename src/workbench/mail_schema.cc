// The tables of letters, notices, messages to people, and of what goes out.
#include "workbench/mail_settings.h"
#include "workbench/outbox.h"

namespace guanhu::workbench {

namespace {

constexpr store::Migration kMail[] = {
    {1, "letters in people's boxes, own groups, who knows which notice, messages, preferences, settings",
     // What the text of a letter is, its versions and files, is kept by the records; here is who has it.
     "CREATE TABLE mail_letters ("
     "  letter_id {bigint} PRIMARY KEY,"  // number of the record
     "  thread {bigint} NOT NULL,"        // the first letter of the conversation
     "  sender TEXT NOT NULL, sent_at TEXT NOT NULL,"
     "  subject TEXT NOT NULL, excerpt TEXT NOT NULL, shown_to TEXT NOT NULL,"
     "  important {bigint} NOT NULL, receipt {bigint} NOT NULL, files {bigint} NOT NULL,"
     "  recalled_at TEXT, recall_why TEXT NOT NULL"
     "){strict};"
     "CREATE INDEX mail_letters_of ON mail_letters (thread);"
     "CREATE TABLE mail_boxes ("
     "  letter_id {bigint} NOT NULL REFERENCES mail_letters (letter_id),"
     "  person TEXT NOT NULL,"
     "  side TEXT NOT NULL CHECK (side IN ('in', 'out')),"
     "  how TEXT NOT NULL CHECK (how IN ('to', 'cc', '')),"
     "  folder TEXT NOT NULL CHECK (folder IN ('inbox', 'sent', 'archived', 'gone')),"
     "  starred {bigint} NOT NULL, read_at TEXT, sent_at TEXT NOT NULL,"
     "  PRIMARY KEY (letter_id, person, side)"
     "){strict};"
     "CREATE INDEX mail_boxes_of ON mail_boxes (person, folder, sent_at);"
     "CREATE TABLE mail_groups ("
     "  group_id {serial}, owner TEXT NOT NULL, name TEXT NOT NULL,"
     "  members TEXT NOT NULL,"  // JSON: addresses
     "  changed_at TEXT NOT NULL, UNIQUE (owner, name)"
     "){strict};"
     "CREATE TABLE notice_reads ("
     "  notice_id {bigint} NOT NULL, person TEXT NOT NULL,"
     "  seen_at TEXT NOT NULL, known_at TEXT, edition {bigint} NOT NULL,"  // which edition is known
     "  PRIMARY KEY (notice_id, person)"
     "){strict};"
     "CREATE TABLE notice_reminders ("
     "  reminder_id {serial}, notice_id {bigint} NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,"
     "  people {bigint} NOT NULL"
     "){strict};"
     "CREATE TABLE messages ("
     "  message_id {serial},"
     "  key TEXT NOT NULL UNIQUE,"  // nothing is said twice
     "  person TEXT NOT NULL, event TEXT NOT NULL,"
     "  title TEXT NOT NULL, text TEXT NOT NULL, link TEXT NOT NULL,"
     "  pack TEXT NOT NULL, article TEXT NOT NULL, rules TEXT NOT NULL,"
     "  at TEXT NOT NULL, read_at TEXT"
     "){strict};"
     "CREATE INDEX messages_of ON messages (person, read_at);"
     "CREATE TABLE message_preferences ("
     "  person TEXT PRIMARY KEY,"
     "  ways TEXT NOT NULL,"  // JSON: event -> ways
     "  quiet_from TEXT NOT NULL, quiet_to TEXT NOT NULL, working_days {bigint} NOT NULL,"
     "  let_substitute {bigint} NOT NULL, at TEXT NOT NULL"
     "){strict};"
     "CREATE TABLE message_settings (name TEXT PRIMARY KEY, value TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT "
     "NULL){strict};"
     "CREATE TABLE notice_nights (day TEXT PRIMARY KEY, at TEXT NOT NULL, report TEXT NOT NULL){strict};"}};

constexpr store::Migration kOutbox[] = {
    {1, "channels, what goes out through them, each attempt, consents",
     "CREATE TABLE outbox_channels ("
     "  channel_id {serial},"
     "  version {bigint} NOT NULL,"
     "  name TEXT NOT NULL UNIQUE,"
     "  kind TEXT NOT NULL CHECK (kind IN ('wecom', 'dingtalk', 'webhook', 'sms', 'email')),"
     "  url TEXT NOT NULL, secret TEXT NOT NULL,"  // sealed with the bank's key
     "  title TEXT NOT NULL, text TEXT NOT NULL,"  // templates
     "  events TEXT NOT NULL,"                     // "notice rule"
     "  full_data {bigint} NOT NULL, consent {bigint} NOT NULL, is_on {bigint} NOT NULL,"
     "  changed_at TEXT NOT NULL, changed_by TEXT NOT NULL"
     "){strict};"
     "CREATE TABLE outbox_messages ("
     "  message_id {serial},"
     "  key TEXT NOT NULL UNIQUE,"  // "CHANNEL/…": told to the other side, which then does it once
     "  channel_id {bigint} NOT NULL REFERENCES outbox_channels (channel_id),"
     "  event TEXT NOT NULL,"
     "  to_kind TEXT NOT NULL CHECK (to_kind IN ('group', 'staff', 'customer')),"
     "  to_id TEXT NOT NULL, to_name TEXT NOT NULL,"
     "  phone TEXT NOT NULL,"  // sealed; "" when there is none, or none may go out
     "  keeper TEXT NOT NULL, org TEXT NOT NULL,"
     "  title TEXT NOT NULL, text TEXT NOT NULL, link TEXT NOT NULL,"
     "  pack TEXT NOT NULL, article TEXT NOT NULL, rules TEXT NOT NULL,"
     "  state TEXT NOT NULL CHECK (state IN ('proposed', 'waiting', 'sending', 'sent', 'dead', 'cancelled')),"
     "  attempts {bigint} NOT NULL, tries {bigint} NOT NULL,"  // in all; since a person last asked for it
     "  next_at TEXT NOT NULL, lease_until TEXT,"
     "  made_at TEXT NOT NULL, made_by TEXT NOT NULL,"
     "  decided_at TEXT, decided_by TEXT, why TEXT NOT NULL,"
     "  ended_at TEXT, error TEXT NOT NULL"
     "){strict};"
     "CREATE INDEX outbox_due ON outbox_messages (state, next_at);"
     "CREATE INDEX outbox_of ON outbox_messages (to_kind, to_id);"
     "CREATE TABLE outbox_attempts ("
     "  attempt_id {serial},"
     "  message_id {bigint} NOT NULL REFERENCES outbox_messages (message_id),"
     "  at TEXT NOT NULL, took_ms {bigint} NOT NULL, status {bigint} NOT NULL,"  // of HTTP; 0: none came
     "  outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'again', 'dead')),"
     "  error TEXT NOT NULL, answer TEXT NOT NULL"
     "){strict};"
     "CREATE INDEX outbox_attempts_of ON outbox_attempts (message_id);"
     "CREATE TABLE outbox_consents ("
     "  consent_id {serial},"
     "  customer TEXT NOT NULL, given {bigint} NOT NULL, note TEXT NOT NULL,"
     "  at TEXT NOT NULL, actor TEXT NOT NULL"
     "){strict};"
     "CREATE INDEX outbox_consents_of ON outbox_consents (customer);"}};

}  // namespace

std::span<const store::Migration> mail_migrations() { return kMail; }
std::span<const store::Migration> outbox_migrations() { return kOutbox; }

}  // namespace guanhu::workbench
