// Persons, companies, groups, relations, categories, merges.
#include "api/shapes.h"

namespace guanhu::api {

void register_shapes(Schemas&) {}

}  // namespace guanhu::api
