// Takes out of an explanation what its reader may not see, and writes it as the API writes numbers.
#pragma once
#include "api/reach.h"
#include "appraisal/tree.h"
#include "base/json.h"
#include "store/personal_key.h"

namespace guanhu::api {

// Peers outside the reach disappear: how many there are and their average stay ("counted", "average",
// "hidden"). Sums of the whole bank are for those who see the whole bank. What a row says of a customer's
// identity is masked for everyone.
void redact(appraisal::Node& tree, const Reach& reach, const store::PersonalKey& key);

// Of "row to figures": only the parts of holders in reach, and the sums over these. False: nothing is left.
bool keep_reachable(appraisal::Node& tree, const Reach& reach, const store::PersonalKey& key);

// Rows only: what they say of a person is opened and masked.
void mask_rows(appraisal::Node& tree, const store::PersonalKey& key);

// The JSON of appraisal::to_json with exact decimals as texts; counts, lines and days stay numbers.
base::Json tree_json(const appraisal::Node& tree);

// "张*", "3301**********1234", "138****5678": enough to recognise, not to know.
std::string masked_id(const std::string& number);
std::string masked_phone(const std::string& number);
std::string masked_address(const std::string& address);
// Of a column of the feed: masked when it is personal, else as it is.
std::string masked_value(const std::string& column, const std::string& value);

}  // namespace guanhu::api
