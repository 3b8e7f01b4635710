// Work that waits inside the program: forms to fill in, disputes, signatures, approvals. Read where it lies, so
// that it stands in the list the moment it arises and leaves it the moment somebody has done it; a night run keeps
// it among the other to-dos, and so does whoever snoozes or notes one.
#pragma once
#include <vector>

#include "people/directory.h"
#include "people/logins.h"
#include "workbench/todo.h"

namespace guanhu::workbench {

// What waits for one login. Not kept yet: `id` is 0, unless the key is among the kept ones.
std::vector<Todo> waiting_for(store::Session& session, const people::Directory& directory,
                              const people::Login& login, base::Date today);
// The same for every login that is not disabled.
std::vector<Todo> waiting_for_all(store::Session& session, const people::Directory& directory, base::Date today);

// The list as somebody sees it: kept to-dos, with the live state of those the program knows better. `kept`: those
// of the person; what waits and is not kept is added, kept ones of the program that no longer wait are left out.
std::vector<Todo> merged(std::vector<Todo> kept, std::vector<Todo> waiting);

}  // namespace guanhu::workbench
