#include "api/workshop_desk.h"

#include "base/digest.h"

namespace guanhu::api {

namespace {
constexpr size_t kTried = 8;  // each with its evaluation
constexpr int kUses = 300;    // every filter that is tried leaves its mask in the engine
}  // namespace

base::Status WorkshopDesk::with_engine(const Facts& facts, const Take& take) {
  std::lock_guard lock(engine_mutex_);
  if (!engine_ || tag_ != facts.tag || ++uses_ > kUses) {
    engine_.reset();
    own_.emplace(bank_.again());
    auto engine = measures::Engine::open(own_->warehouse(),
                                         {.columns = own_->folder().columns(), .known_at = {}, .teams = {}});
    if (!engine) return engine.error();
    engine_ = std::move(*engine);
    tag_ = facts.tag, uses_ = 0;
  }
  return take(*engine_, own_->warehouse());
}

std::string WorkshopDesk::keep(std::shared_ptr<const Tried> tried) {
  std::lock_guard lock(mutex_);
  const std::string name =
      base::sha256_hex(std::to_string(++count_) + tried->preview.pack->hash + tried->facts).substr(0, 16);
  tried_.emplace_back(name, std::move(tried));
  if (tried_.size() > kTried) tried_.pop_front();
  return name;
}

std::shared_ptr<const Tried> WorkshopDesk::find(const std::string& name, int64_t draft, const std::string& facts) {
  std::lock_guard lock(mutex_);
  for (const auto& [known, tried] : tried_)
    if (known == name && tried->draft == draft && tried->facts == facts) return tried;
  return nullptr;
}

base::Json WorkshopDesk::kept(const Facts& facts, const std::string& name,
                              const std::function<base::Json()>& make) {
  {
    std::lock_guard lock(mutex_);
    if (made_tag_ != facts.tag) made_.clear(), made_tag_ = facts.tag;
    if (auto at = made_.find(name); at != made_.end()) return at->second;
  }
  base::Json made = make();
  std::lock_guard lock(mutex_);
  return made_[name] = std::move(made);
}

}  // namespace guanhu::api
