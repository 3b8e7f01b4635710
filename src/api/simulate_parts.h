// What the endpoints of simulations share: their JSON, within what the visitor may see.
#pragma once
#include <vector>

#include "api/endpoint.h"
#include "api/services.h"
#include "appraisal/simulate_margins.h"
#include "appraisal/simulate_store.h"

namespace guanhu::api {

base::JsonObject simulation_json(Services& s, const Call& call, const appraisal::KeptSimulation& kept);
// Those whose id the visitor's scope reaches; pay only where pay.read reaches them.
base::JsonArray holders_in_reach(Services& s, const Call& call, std::vector<base::Json> holders);
base::Json levers_json(const std::vector<appraisal::Lever>& levers);
base::Json bands_json(const appraisal::Evaluation& evaluation);
// `was`: before the change, by the holders of `before`; empty: there was no such figure.
base::Json margins_json(Services& s, const Call& call, const appraisal::Evaluation& after,
                        const appraisal::Evaluation& before, const std::vector<appraisal::Lever>& levers,
                        const appraisal::Lever& lever, const base::Decimal& by,
                        const std::vector<appraisal::Margin>& is, const std::vector<appraisal::Margin>& was);
base::Json options_json(Services& s, appraisal::Simulator& simulator);

// GET /scores/{holder}/what-if: "再增加日均存款 100 万元 → +0.2 分".
Endpoint what_if_endpoint();

}  // namespace guanhu::api
