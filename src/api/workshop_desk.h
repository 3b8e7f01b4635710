// What the indicator workshop works with: an engine of its own, so that trying a measure keeps nobody waiting,
// what was tried last (its figures open into explanations), and what the bank's data offer.
#pragma once
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "api/facts.h"
#include "appraisal/preview.h"
#include "feed/bank.h"
#include "measures/engine.h"

namespace guanhu::api {

// One trial: of a draft, for a period, on the facts of a moment.
struct Tried {
  int64_t draft = 0;
  std::string facts;  // their tag
  appraisal::Preview preview;
  people::Directory directory;  // on the period's last day
};

class WorkshopDesk {
 public:
  explicit WorkshopDesk(feed::Bank& bank) : bank_(bank) {}

  // One after the other. Refused: what opening the engine refuses.
  using Take = std::function<base::Status(measures::Engine&, warehouse::Warehouse&)>;
  base::Status with_engine(const Facts& facts, const Take& take);

  // Keeps it for a while, and says under which name.
  std::string keep(std::shared_ptr<const Tried> tried);
  // Null: forgotten, of another draft, or of facts that are no more.
  std::shared_ptr<const Tried> find(const std::string& name, int64_t draft, const std::string& facts);

  // Made once for the facts.
  base::Json kept(const Facts& facts, const std::string& name, const std::function<base::Json()>& make);

 private:
  feed::Bank& bank_;
  std::mutex engine_mutex_;
  std::optional<feed::Bank> own_;  // the engine's connection
  std::unique_ptr<measures::Engine> engine_;
  std::string tag_;
  int uses_ = 0;

  std::mutex mutex_;
  std::deque<std::pair<std::string, std::shared_ptr<const Tried>>> tried_;  // newest last
  std::map<std::string, base::Json> made_;
  std::string made_tag_;
  uint64_t count_ = 0;
};

}  // namespace guanhu::api
