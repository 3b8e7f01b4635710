// Files of queries, made as jobs: asked for, made in the background with the asker's rights as they are then,
// fetched by the asker alone and only while everything in them is still in reach, gone when they have expired. And
// reports that are made by themselves after an import.
#pragma once
#include <filesystem>
#include <optional>
#include <string>

#include "api/query_desk.h"
#include "workbench/export.h"

namespace guanhu::api {

struct ExportAsk {
  std::string title, format;
  int64_t view = 0, view_version = 0;
  base::Json spec;
  bool scheduled = false;
};
// Checks all, records it, queues the job. Refused: as QueryDesk::open, export.rows, job.full.
base::Result<workbench::Export> queue_export(Services& services, const people::Login& login, const ExportAsk& ask);
// Of a recorded job; nothing when the record cannot be understood.
std::optional<int64_t> export_of_ask(const base::Json& ask);
Jobs::WorkFunction work_of_export(Services& services, int64_t export_id);

std::filesystem::path export_path(Services& services, const workbench::Export& of);
// As it is now: what its job left undone is said to be so.
workbench::Export settled(Services& services, store::Session& store, workbench::Export of);
// Whether all that is in the file is still the asker's to see. Refused: export.reach.
base::Status still_in_reach(Services& services, const people::Login& login, const workbench::Export& of);

// Files that expired go, and what a dead server left half made.
void sweep_exports(Services& services, store::Session& store);
// Kept reports with a schedule whose period is reached as of the last business date.
void reports_after_import(Services& services);

// A value as people read it: names of organisations and persons, words of codes, what is of a person masked.
base::Json shown_cell(QueryDesk& desk, const workbench::PlannedColumn& column, const base::Json& raw,
                      bool opened = false);
// How the numbers of a column are written in a workbook; "" of texts.
std::string file_format(const workbench::PlannedColumn& column);
bool is_number(const workbench::PlannedColumn& column);
// By column; null where nothing adds up.
std::vector<base::Json> totals_of(QueryDesk& desk, const OpenQuery& query);
int64_t count_of(QueryDesk& desk, const OpenQuery& query);

}  // namespace guanhu::api
