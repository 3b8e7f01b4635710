#include "workbench/todo_assignments.h"

#include "attribution/claim.h"
#include "attribution/handover.h"
#include "attribution/register.h"
#include "workbench/todo_facts.h"

namespace guanhu::workbench {

using attribution::body_list;
using attribution::body_text;
using base::Json;

namespace {

void claims(store::Session& session, const RoleFinder& finder, std::vector<AssignmentWait>& out) {
  records::Filter filter;
  filter.kinds = {attribution::kClaimKind}, filter.states = {"open", "answered"}, filter.limit = 20'000;
  for (const auto& claim : records::list(session, filter)) {
    const std::string id = std::to_string(claim.id), link = "/assign/claims/" + id;
    const auto holders = body_list(claim, "holders");
    if (claim.state == "open" && !holders.empty())
      for (const auto& who : holders)
        out.push_back({"claim", who, "", claim.org, id + "-answer", "待答复：" + claim.title, link, claim.until});
    else
      out.push_back({"claim", finder.superior(claim.owner), "", claim.org, id + "-decide",
                     "待裁定：" + claim.title, link, claim.until});
  }
}

void handovers(store::Session& session, std::vector<AssignmentWait>& out) {
  records::Filter filter;
  filter.kinds = {attribution::kHandoverKind}, filter.states = {"signing"}, filter.limit = 20'000;
  for (const auto& one : records::list(session, filter)) {
    const Json* signatures = one.body.find("signatures");
    auto has = [&](const char* who) { return signatures && signatures->find(who); };
    auto add = [&](const char* who, const char* what) {
      const std::string id = std::to_string(one.id);
      out.push_back({"handover", body_text(one, who), "", one.org, id + "-" + who, what + one.title,
                     "/assign/handovers/" + id, one.day});
    };
    if (!has("giver")) add("giver", "移交清单待签：");
    else if (!has("taker")) add("taker", "移交清单待签：");
    else add("witness", "移交待监交签字：");
  }
}

}  // namespace

std::vector<AssignmentWait> assignment_waits(store::Session& session, const RoleFinder& finder) {
  std::vector<AssignmentWait> out;
  claims(session, finder, out);
  handovers(session, out);
  attribution::EntryFilter asked;
  asked.states = {"asked"}, asked.limit = 20'000;
  for (const auto& one : attribution::entries(session, asked))
    out.push_back({"assignment", "", one.made_by, one.what.org, std::to_string(one.id),
                   "指派待复核：" + (one.what.customer.empty() ? one.what.id : one.what.customer),
                   "/assign?tab=register&state=asked", std::nullopt});
  return out;
}

}  // namespace guanhu::workbench
