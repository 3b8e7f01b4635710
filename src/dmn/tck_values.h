// The values of test cases. Inside of dmn only.
#pragma once
#include "dmn/xml.h"
#include "feel/value.h"

namespace guanhu::dmn {

// Of an element that holds a value, a list or components.
feel::Value read_value(Element element);
// Numbers within 1e-8; lists and contexts likewise inside.
bool same_value(const feel::Value& expected, const feel::Value& got);

}  // namespace guanhu::dmn
