// Relations between customers as rows of a bulk import: both ends found by number or by identity document, what is
// there already recognised, contradictions said in words. An import only adds relations; it never changes one.
#pragma once
#include <string>
#include <vector>

#include "customers/intake.h"
#include "customers/relation.h"

namespace guanhu::customers {

std::vector<IntakeColumn> relation_columns();

// What would become of every row: "new", "same" (the bank knows it already) or "refused". Asks `world` for
// customers, holders of documents, canonical numbers and, once, for the relations of everybody named.
std::vector<IntakeRow> plan_relations(const IntakeTable& table, const std::vector<std::string>& columns,
                                      const IntakeWorld& world, const IntakeProgress& progress);

// Inside the import's transaction: writes a planned row, and takes a written one out again.
base::Result<records::Record> write_planned_relation(store::Session& session, const IntakeRow& row,
                                                     const records::Doing& doing);
base::Status take_back_relation(store::Session& session, const records::Record& now, const std::string& why,
                                const records::Doing& doing);

}  // namespace guanhu::customers
