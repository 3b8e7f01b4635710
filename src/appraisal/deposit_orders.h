// What happens to risk deposits beside withholding: proposed with what the pack's decisions say, booked by a
// second person in one transaction, whole or not at all.
//
// A pack says it in a decision `deposit-plan` without inputs, a context of names of decisions ("" there is none):
//   释放  asked of each open lot (扣收日期, 批次金额, 批次余额, 账户余额, 业务日期): the amount that is due back
//   (释放额) 利息  asked of each account (积数 in 元·天, 账户余额, 计息起日, 计息止日): the interest (利息额) 分担
//   asked of a loss (损失金额, 责任人: list of {工号, 角色, 比例}): 比例, a list, the share each bears 退还  asked
//   of who leaves (账户余额, 业务日期 and recorded facts): 可退还, 退还额, 原因
// Recorded facts are told as well.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "appraisal/deposit_ledger.h"
#include "appraisal/named_inputs.h"
#include "people/directory.h"

namespace guanhu::appraisal {

struct DepositOrderLine {
  std::string staff, role;
  base::Fen due = 0;                       // what the decision says
  base::Fen booked = 0;                    // after booking; of a draw at most the balance
  base::Fen short_of = 0;                  // due and not there: still owed
  std::string share;                       // of a loss
  base::Json answers = base::JsonArray{};  // [{"decision", "inputs", "result", "cites"}]
  std::optional<int64_t> booking;          // of the ledger
  std::optional<int64_t> reverses;
};

struct DepositOrder {
  int64_t id = 0;
  std::string kind, fund, pack, pack_hash;  // pack "": no decision was needed
  base::Date on;
  std::string subject, document, reason;
  base::Fen amount = 0;  // due in all
  base::Json basis;      // of a loss: what the decision was told and said
  std::vector<DepositOrderLine> lines;
  std::string state;  // "proposed", "booked", "rejected"
  std::string made_at, made_by, made_staff, decided_at, decided_by, decided_why;
};

struct OrderText {
  base::Date on;
  std::string subject, document, reason;
};

// Refused by all: order.reason, order.document; order.plan (the pack says nothing of it), order.nothing (nothing
// is due), and what the decisions refuse (where: the account).
base::Result<int64_t> propose_release(store::Session& session, const policy::Pack& pack,
                                      const people::Directory& directory, const OrderText& text,
                                      const PeopleDoing& doing);
base::Result<int64_t> propose_interest(store::Session& session, const policy::Pack& pack,
                                       const people::Directory& directory, base::Date from, const OrderText& text,
                                       const PeopleDoing& doing);
struct Liable {
  std::string staff, role;
  base::Decimal share;
};
// Of a loan (the subject) that was handed over the part of the role that the pack names (member 移交 of its
// deposit-plan) is borne as the hand-overs agreed (handed_loss.h); `apart`: it was found otherwise, the shares are
// as given. Also refused: order.shares, order.amount, order.handover.
base::Result<int64_t> propose_draw(store::Session& session, const policy::Pack& pack, base::Fen loss,
                                   const std::vector<Liable>& liable, const OrderText& text,
                                   const PeopleDoing& doing, bool apart = false);
base::Result<int64_t> propose_return(store::Session& session, const policy::Pack& pack,
                                     const people::Directory& directory, const std::string& staff,
                                     const OrderText& text, const PeopleDoing& doing);
base::Result<int64_t> propose_pay_in(store::Session& session, const std::string& staff, const std::string& fund,
                                     base::Fen amount, const OrderText& text, const PeopleDoing& doing);
// Also refused: deposit.reverse.unknown, .twice, .reversal.
base::Result<int64_t> propose_reversal(store::Session& session, int64_t booking, const OrderText& text,
                                       const PeopleDoing& doing);

std::vector<DepositOrder> deposit_orders(store::Session& session, int64_t id = 0);  // newest first
// Refused: order.unknown, order.state, order.self (who proposed it, or whose money it is), order.reason, and what
// the ledger refuses; a draw takes at most what is there and says what is still owed.
base::Result<DepositOrder> decide_order(store::Session& session, int64_t id, bool accept,
                                        const std::string& reason, const PeopleDoing& doing);

}  // namespace guanhu::appraisal
