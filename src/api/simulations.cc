#include "api/simulations.h"

#include <algorithm>

#include "api/services.h"
#include "appraisal/life.h"

namespace guanhu::api {

std::shared_ptr<Simulations::Entry> Simulations::entry(const std::string& key) {
  std::lock_guard lock(mutex_);
  auto at = std::find_if(entries_.begin(), entries_.end(), [&](const auto& one) { return one->key == key; });
  if (at != entries_.end()) {
    entries_.splice(entries_.begin(), entries_, at);
  } else {
    entries_.push_front(std::make_shared<Entry>());
    entries_.front()->key = key;
    if (entries_.size() > kMost) entries_.pop_back();  // whoever works with it keeps it until it is done
  }
  return entries_.front();
}

void Simulations::forget(const std::shared_ptr<Entry>& entry) {
  std::lock_guard lock(mutex_);
  entries_.remove(entry);
}

base::Status Simulations::with(Services& services, const appraisal::SimulationPlace& place,
                               const std::function<base::Status(appraisal::Simulator&)>& take) {
  // Which run is in force may change without an import: its number belongs to the key, not "the latest".
  auto store = services.store();
  auto found = appraisal::base_of(*store, place);
  if (!found) return found.error();
  appraisal::SimulationPlace pinned = place;
  pinned.base = *found;
  auto pack = services.packs().get(place.scheme.substr(0, place.scheme.find('/')));
  const std::string key = place.scheme + "\n" + place.period + "\n" + std::to_string(*found) + "\n" +
                          (place.known_at ? place.known_at->str() : "") + "\n" + services.facts()->tag + "\n" +
                          (*found || !pack ? "" : (*pack)->hash);
  auto one = entry(key);
  std::lock_guard lock(one->mutex);
  if (!one->simulator) {
    auto made = appraisal::Simulator::open(services.bank().again(), services.options().policies, pinned);
    if (!made) {
      forget(one);
      return made.error();
    }
    one->simulator = std::move(*made);
  }
  return take(*one->simulator);
}

base::Result<Simulations::Hands> Simulations::changed_hands(Services& services, int64_t run) {
  feed::Bank bank = services.bank().again();
  auto life = appraisal::life_of(bank.store(), run);
  if (!life) return life.error();
  const auto period = base::Period::parse(life->period);
  if (!period) throw base::Broken("run " + std::to_string(run) + " has no period: " + life->period);
  const std::string key = std::to_string(run) + " " + life->known_at;
  std::lock_guard lock(hands_mutex_);
  auto at = std::find_if(hands_.begin(), hands_.end(), [&](const auto& one) { return one.first == key; });
  if (at != hands_.end()) {
    hands_.splice(hands_.begin(), hands_, at);
    return hands_.front().second;
  }
  auto engine = measures::Engine::open(
      bank.warehouse(),
      {.columns = bank.folder().columns(), .known_at = base::Instant::parse(life->known_at), .teams = {}});
  if (!engine) return engine.error();
  auto found = std::make_shared<const std::vector<measures::ChangedHands>>((*engine)->changed_hands(*period));
  if (life->known_at.empty()) return Hands(found);  // a draft rests on what is known each time
  hands_.emplace_front(key, found);
  if (hands_.size() > kMostHands) hands_.pop_back();
  return Hands(found);
}

}  // namespace guanhu::api
