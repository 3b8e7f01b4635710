// Exports (导出文件): a query made into a file in the background, and when a kept report is due to be made by
// itself. What is known of each stays; the file itself goes when it has expired.
//
// RPT-612
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/date.h"
#include "base/json.h"
#include "store/migrations.h"
#include "store/store.h"
#include "workbench/calendar.h"

namespace guanhu::workbench {

std::span<const store::Migration> query_migrations();

struct Export {
  int64_t id = 0;
  std::string login, person, org;      // who has it made
  std::string title, source, format;   // format: "xlsx", "csv"
  int64_t view = 0, view_version = 0;  // the kept report it is of; 0: none
  base::Json spec;                     // as to_json(QuerySpec)
  std::string said;                    // its conditions in words
  std::string state = "waiting";       // then running, done, failed, cancelled, interrupted; expired
  int64_t job = 0;
  int64_t rows = 0, bytes = 0;
  std::string digest;  // SHA-256 of the file, hex
  base::Json totals;   // control totals: {"余额": "12.00"}
  std::string business_date;
  base::Json reach;  // {"scope", "top", "of": [{"kind", "ids"}]}: what the file was made from
  std::string made_at, ended_at, expires_on, message;
  bool scheduled = false;
  int64_t taken = 0;  // how often it was fetched
};

// Each inside a transaction of the caller, with its audit record.
int64_t add_export(store::Session& session, const Export& of);
// Everything but who, what and when it was asked for.
void keep_export(store::Session& session, const Export& of);
std::vector<Export> exports(store::Session& session, const std::string& login = "");  // newest first; "": of all
std::optional<Export> export_of(store::Session& session, int64_t id);
std::vector<Export> exports_in(store::Session& session, const std::string& state);

// Schedules: "day" every business date; "week" once the last working day of a week is reached, "month" once that
// of a month is. The period that is due as of the business date: "2026-01-30", "2026-W05", "2026-01".
std::string schedule_key(const std::string& every, base::Date business_date, const BusinessCalendar& calendar);
// Says that the period is served (export 0: it need not be); false: it was already.
bool take_schedule(store::Session& session, int64_t view, const std::string& key, int64_t export_id,
                   const base::Instant& at);
void set_schedule_export(store::Session& session, int64_t view, const std::string& key, int64_t export_id);

}  // namespace guanhu::workbench
