#include "appraisal/under_way.h"

#include <utility>

namespace guanhu::appraisal {

namespace {
thread_local UnderWay* listening = nullptr;
}

UnderWay::UnderWay(Tell tell) : tell_(std::move(tell)), before_(listening) { listening = this; }
UnderWay::~UnderWay() { listening = before_; }

void under_way(size_t done, size_t total, const std::string& what) {
  if (listening) listening->tell_(done, total, what);
}

}  // namespace guanhu::appraisal
