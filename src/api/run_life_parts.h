// What the endpoints of the life of runs share: the desk they work at, who does something, shapes of answers.
#pragma once
#include <set>

#include <optional>
#include <string>

#include "api/gate.h"
#include "api/handlers.h"
#include "appraisal/dispute.h"
#include "appraisal/life_replay.h"

namespace guanhu::api {

// Connections of its own: making a run again takes its time and must not hold those of readers.
struct LifeDesk {
  feed::Bank bank;
  appraisal::Desk desk;
  explicit LifeDesk(Services& services) : bank(services.bank().again()), desk{bank, services.options().policies} {}
  LifeDesk(const LifeDesk&) = delete;
};

// A number in a path; 0 where it is none, which nothing has.
int64_t run_number(const std::string& text);
// What is not there and what is not yours look the same; everything else is said.
Refusal life_refusal(const base::Error& error);
// Who did it, with the reason of the body; the audit record is written under `action` about the run, or about the
// dispute or difference that the detail names.
appraisal::LifeDoing doing_of(Services& services, store::Session& session, const Call& call, std::string action);
std::vector<appraisal::Document> documents_of(const Call& call);

base::Json text_or_null(const std::string& text);
base::Json date_or_null(const std::optional<base::Date>& date);
base::Json decimal_or_null(const std::optional<base::Decimal>& value);
// Every number as an exact text, as decimals go over the wire; places and counts stay numbers.
base::Json number_texts(const base::Json& value);

// "names" of an answer: what people call the logins and the staff or organisations that it mentions. What nobody
// knows is left out.
base::JsonObject names_of(Services& services, store::Session& session, const std::set<std::string>& logins,
                          const std::set<std::string>& holders);

// The title of a scheme as it is installed; the scheme itself where it is not.
std::string scheme_title(Packs& packs, const std::string& scheme);
// `others`: whether the reader may see who else is moved.
base::JsonObject dispute_json(Services& services, store::Session& session, const appraisal::Dispute& dispute,
                              base::Date today, bool others);

}  // namespace guanhu::api
