// What the handlers of other systems' data share: the pack, what the planner may know of the bank, who sees a row.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api/desk.h"
#include "api/shapes.h"
#include "customers/signal.h"
#include "workbench/todo_facts.h"

namespace guanhu::api {

class SignalDesk : public Desk {
 public:
  SignalDesk(Services& services, const Call& call) : Desk(services, call) {}

  // Reads the pack of the day. Refused: signal.pack, and what the pack refuses.
  base::Status prepare();
  const std::vector<customers::SignalSystem>& systems() const { return systems_; }
  const customers::SignalSystem* system(const std::string& id) const;
  const policy::Pack& pack() const { return *pack_; }
  // `keepers`: for rows that become somebody's to-do. The desk must outlive it.
  customers::SignalWorld world(bool keepers);
  // INT-004, INT-007: by the bank; his own check; a customer in reach; an outlet or teller in reach.
  bool sees(const customers::Signal& one);
  base::Json signal_json(const customers::Signal& one);
  // Whose check it is now: the keeper, else (none, or he has left) the head of the unit.
  std::string holder_of(const customers::Signal& one);

 private:
  std::shared_ptr<const policy::Pack> pack_;
  std::vector<customers::SignalSystem> systems_;
  std::optional<workbench::Keepers> keepers_;
  std::optional<workbench::RoleFinder> finder_;
};

// 404, 409 (state, worked on, nothing), 422 with the field.
Refusal signal_refusal(const base::Error& error);

Table signal_batch_endpoints();
Table signal_endpoints();
std::vector<RecordKind> signal_kinds();
void signal_shapes(Schemas& out);

}  // namespace guanhu::api
