#include "feel/scope.h"

#include "feel/unicode.h"

namespace guanhu::feel {

std::string normal_name(std::string_view name) {
  std::string out;
  bool gap = false;
  for (size_t at = 0; at < name.size();) {
    char32_t c = next_code_point(name, at);
    if (is_space(c)) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    append_code_point(out, c);
  }
  return out;
}

int Scope::declare(std::string name, TypeRef type, std::optional<Value> constant) {
  name = normal_name(name);
  auto [at, fresh] = slots_.emplace(name, static_cast<int>(names_.size()));
  if (fresh) names_.push_back({});
  names_[static_cast<size_t>(at->second)] = {std::move(name), std::move(type), std::move(constant)};
  return at->second;
}

void Scope::declare_type(std::string name, TypeRef type) {
  if (types_.use_count() > 1) types_ = std::make_shared<std::map<std::string, TypeRef, std::less<>>>(*types_);
  (*types_)[normal_name(name)] = std::move(type);
}

int Scope::find(std::string_view name) const {
  auto at = slots_.find(std::string(name));
  return at == slots_.end() ? -1 : at->second;
}

TypeRef Scope::find_type(std::string_view name) const {
  auto at = types_->find(name);
  return at == types_->end() ? nullptr : at->second;
}

}  // namespace guanhu::feel
