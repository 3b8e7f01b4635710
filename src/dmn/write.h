// Writes decision models as XML that validates against the standard's schema, with a diagram of their
// requirements: what is required below, what requires it above.
#pragma once
#include <string>

#include "dmn/document.h"

namespace guanhu::dmn {

// Tools of the bpmn.io family read 1.3 only; for what a Document can say the two differ in nothing but
// their namespaces.
enum class Version { dmn13, dmn15 };

// Ids must be NCNames, unique in the document; nodes that are required must be there.
std::string write(const Document& document, Version version = Version::dmn15);

}  // namespace guanhu::dmn
