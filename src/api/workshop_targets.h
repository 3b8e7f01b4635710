// Targets of a draft: what splitting them and their sheets share.
#pragma once
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "api/workshop.h"

namespace guanhu::api {

struct TargetDesk {
  DraftWork work;
  OpenedDraftPtr draft;
  std::shared_ptr<const Facts> facts;
};
// 404: no such draft; data.none; forbidden to who does not see everybody's figures.
std::variant<TargetDesk, Refusal> target_desk(Services& s, const Call& call);

// Whose targets they are: the holders of the scheme, else every manager in post on the latest date.
std::vector<std::string> target_holders(Services& s, const Facts& facts, const policy::Pack& pack,
                                        const std::string& scheme);

}  // namespace guanhu::api
