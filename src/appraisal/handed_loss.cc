#include "appraisal/handed_loss.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "records/records.h"

namespace guanhu::appraisal {

namespace {

using attribution::LiabilityShare;
using base::Decimal;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr int kShareScale = -4;  // shares of hand-overs are in 1/10,000

Decimal plus(const Decimal& a, const Decimal& b) { return Decimal::add(a, b).value(); }
Decimal times(const Decimal& a, const Decimal& b) { return Decimal::multiply(a, b).value(); }

std::string giver_of(store::Session& session, int64_t handover) {
  auto found = records::record(session, attribution::kHandoverKind, handover);
  const Json* giver = found ? found->body.find("giver") : nullptr;
  return giver && giver->as_string() ? *giver->as_string() : "";
}

Decimal& share_of(std::vector<HandedShare>& all, const std::string& staff) {
  for (HandedShare& one : all)
    if (one.staff == staff) return one.share;
  return all.emplace_back(HandedShare{staff, Decimal()}).share;
}

}  // namespace

base::Result<HandedLoan> handed_loan(store::Session& session, const std::string& loan, base::Date on) {
  HandedLoan out;
  out.steps = attribution::liability(session, loan);
  std::erase_if(out.steps, [&](const LiabilityShare& one) { return on < one.from; });
  std::map<int64_t, std::string> givers;
  for (const LiabilityShare& one : out.steps) givers.try_emplace(one.handover, giver_of(session, one.handover));
  std::stable_sort(out.steps.begin(), out.steps.end(), [&](const LiabilityShare& a, const LiabilityShare& b) {
    const bool later_a = a.staff != givers[a.handover], later_b = b.staff != givers[b.handover];
    return std::tuple(a.from.days(), a.handover, later_a) < std::tuple(b.from.days(), b.handover, later_b);
  });
  int64_t last = 0;
  Decimal passed = 1;  // what the giver of the hand-over bore before it
  for (const LiabilityShare& one : out.steps) {
    const bool first = out.shares.empty();
    if (one.handover != last) {
      const std::string& giver = givers[one.handover];
      const bool known = std::any_of(out.shares.begin(), out.shares.end(),
                                     [&](const HandedShare& had) { return had.staff == giver; });
      if (!first && !known)
        return Error{"order.handover",
                     "借据 " + loan + " 的移交接不上：移交 #" + std::to_string(one.handover) + " 的移交人 " +
                         giver + " 不是从前一次移交接来的",
                     "liable", "责任人和比例由人认定：写明“认定另有结论”"};
      passed = first ? Decimal(1) : share_of(out.shares, giver);
      if (!first) share_of(out.shares, giver) = Decimal();
      last = one.handover;
    }
    Decimal& share = share_of(out.shares, one.staff);
    share = plus(share, times(passed, Decimal::make(one.share, kShareScale)));
  }
  return out;
}

base::Result<std::vector<Liable>> liable_by_handover(const HandedLoan& loan, const std::string& role,
                                                     const std::vector<Liable>& liable) {
  std::string who;
  for (const HandedShare& one : loan.shares)
    who += (who.empty() ? "" : "、") + one.staff + " " + times(one.share, Decimal(100)).str() + "%";
  Decimal part;
  bool any = false;
  for (const Liable& one : liable) {
    if (one.role != role) continue;
    any = true;
    part = plus(part, one.share);
    const bool had = std::any_of(loan.shares.begin(), loan.shares.end(),
                                 [&](const HandedShare& share) { return share.staff == one.staff; });
    if (!had)
      return Error{"order.handover",
                   "这笔贷款移交过，" + role + "一份由 " + who + " 分担；" + one.staff + " 不在其中", "liable",
                   "写其中一人即可；认定和移交不一样的，写明“认定另有结论”"};
  }
  if (!any)
    return Error{"order.handover", "这笔贷款移交过，责任人里没有" + role + "；由 " + who + " 分担", "liable",
                 "写其中一人即可"};
  std::vector<Liable> out;
  for (const HandedShare& one : loan.shares)
    if (!one.share.is_zero()) out.push_back({one.staff, role, times(part, one.share)});
  for (const Liable& one : liable)
    if (one.role != role) out.push_back(one);
  return out;
}

base::Json handed_json(const HandedLoan& loan, const std::string& role, const Decimal& part, bool apart) {
  JsonArray steps, shares;
  for (const LiabilityShare& one : loan.steps)
    steps.push_back(JsonObject{{"handover", one.handover},
                               {"from", one.from.str()},
                               {"staff", one.staff},
                               {"share", Decimal::make(one.share, kShareScale).str()},
                               {"policy", one.policy},
                               {"why", one.why}});
  for (const HandedShare& one : loan.shares)
    shares.push_back(JsonObject{{"staff", one.staff}, {"share", one.share.str()}});
  return JsonObject{{"role", role},
                    {"part", part.str()},
                    {"apart", apart},
                    {"steps", std::move(steps)},
                    {"shares", std::move(shares)}};
}

}  // namespace guanhu::appraisal
