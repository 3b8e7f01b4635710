// Judges control totals: the details summed against what the general ledger says.
//
// A total that does not hold is broken when the history before it is known to be whole, and waits when
// it is not (docs/decisions/0003-import.md).
#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "feed/ledger.h"
#include "feed/report.h"

namespace guanhu::feed {

struct StoredTotal {
  int64_t import_id = 0;
  ControlTotal total;
};
// Of active imports, the newest for each organisation, day and subject.
std::vector<StoredTotal> read_totals(warehouse::Warehouse& db);
void write_total(warehouse::Warehouse& db, int64_t import_id, const ControlTotal& total);
void update_total(warehouse::Warehouse& db, int64_t import_id, const ControlTotal& total);

// Lives for one import, inside its transaction, after its rows are in the warehouse and in the state.
class Judge {
 public:
  // `whole_history`: the newest standings may not be used (a late date, a repeated one).
  Judge(warehouse::Warehouse& db, const State& state, std::span<const ImportRow> imports, bool whole_history);

  // Finds the sums for all of them, and the state of each; `others` are totals that held before.
  void judge(std::span<ControlTotal*> totals, std::span<const StoredTotal> others);

 private:
  const Ledger& ledger(Numbered kind);
  const Stock& stock(int32_t day);
  void read_stocks(std::span<ControlTotal*> totals);
  const OrgTree& tree(int32_t day);
  const OrgSums& flow(int32_t day, const std::string& subject);
  base::Fen found(const ControlTotal& total);
  std::string doubts(const ControlTotal& total, std::span<const StoredTotal> others);

  warehouse::Warehouse& db_;
  const State& state_;
  std::span<const ImportRow> imports_;
  bool whole_history_;
  std::vector<int32_t> dates_;
  std::map<Numbered, Ledger> ledgers_;
  std::map<int32_t, Stock> stocks_;
  std::map<int32_t, OrgTree> trees_;
  std::map<std::pair<int32_t, std::string>, OrgSums> flows_;
};

}  // namespace guanhu::feed
