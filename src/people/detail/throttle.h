// How long a login has to wait after failures (logins.h says the rule).
#pragma once
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "store/store.h"

namespace guanhu::people::detail {

// Seconds still to wait, rounded up; 0: go on.
int64_t seconds_to_wait(store::Session& session, const std::string& login, const std::string& address,
                        base::Instant now);
// Inside a transaction.
void note_failure(store::Session& session, const std::string& login, const std::string& address,
                  base::Instant now);
void forget_failures(store::Session& session, const std::string& login, const std::string& address);

// The rule itself: seconds to wait after the n-th failure.
int64_t pause_of_address(int64_t failures);
int64_t pause_of_login(int64_t failures);

}  // namespace guanhu::people::detail
