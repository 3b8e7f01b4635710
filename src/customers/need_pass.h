// What a customer needs and another post must do (需求传递): the manager passes it on, in writing or what was said
// kept in words; the post takes it, does it; the manager tells the customer what came of it and how. Also a visit
// to an outlet that is booked ahead, with somebody there who receives the customer. Before or after a sale. How
// long it may take, and how much shorter for a customer who was selected as a good one, is the pack's
// (policies/customer-marketing, pass-due).
//
// A record of kind "need_pass": sent -> working -> done -> told; sent, working -> withdrawn. Owner: who passes it
// on; org: who is asked; until: the day it is due.
//
// MKT-310, MKT-311, MKT-612, MKT-656
#pragma once
#include <string>
#include <vector>

#include "records/records.h"

namespace guanhu::customers {

inline constexpr const char* kPassKind = "need_pass";

struct NeedPass {
  records::Record record;
  std::string what, form, stage;  // the pack's words: 研究办理 or 到店预约; 书面 or 口头; 售前 or 售后
  std::string to;                 // member of staff who is asked
  std::string text;               // what the customer needs
  std::string visit_at;           // of a booked visit: "10:30" of record.until; "" any time
  bool fast = false;              // of a selected customer
  std::string taken_by;           // who does it
  std::string result, method;  // what came of it, how it was done
  std::string told;            // what the customer was told
};
// Throws base::Broken for a record of another kind.
NeedPass pass_of(const records::Record& record);

// Refused: pass.text (nothing, too long), pass.visit (no time of day); and what records::write refuses.
base::Result<NeedPass> send_pass(store::Session& session, const NeedPass& pass, const records::Doing& doing);

enum class PassStep { take, done, told, withdraw };
struct PassDone {
  int64_t id = 0, version = 0;  // version: that the writer saw
  PassStep step = PassStep::take;
  std::string by;            // member of staff
  std::string text, method;  // result and how; what the customer was told; why withdrawn
};
// Refused: pass.state (not its turn), pass.text, and as records::write. What a step must say is asked of the pack
// by the caller.
base::Result<NeedPass> step_pass(store::Session& session, const PassDone& done, const records::Doing& doing);

// Those that wait for somebody: sent, working, done.
std::vector<NeedPass> open_passes(store::Session& session);

}  // namespace guanhu::customers
