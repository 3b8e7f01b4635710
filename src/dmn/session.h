// One evaluation of a model: what is given, what is worked out already. Inside of dmn only.
#pragma once
#include <unordered_map>

#include "dmn/model_data.h"

namespace guanhu::dmn {

class Session {
 public:
  Session(const std::shared_ptr<const ModelData>& model, feel::Eval& eval) : model_(model), eval_(eval) {}
  // The value is fitted to the node's type; what does not fit is null.
  void give(size_t node, const feel::Value& value);
  // Given, worked out before, or worked out now.
  feel::Value value_of(size_t node);

 private:
  feel::Value decide(size_t node);
  const std::shared_ptr<const ModelData>& model_;
  feel::Eval& eval_;
  std::unordered_map<size_t, feel::Value> known_;
};

// A knowledge model or a decision service as a function.
feel::Value function_of(const std::shared_ptr<const ModelData>& model, size_t node);

}  // namespace guanhu::dmn
