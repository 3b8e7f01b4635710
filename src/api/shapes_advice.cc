// Suggestions, surveys, concessions, expenses, what products and papers a customer needs.
#include "api/shapes.h"

namespace guanhu::api {

void advice_shapes(Schemas&) {}

}  // namespace guanhu::api
