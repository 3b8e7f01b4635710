// What the handlers of visits and of the field share: what the pack says of visits, a visit as JSON, what becomes
// of one that is done.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "api/desk.h"
#include "customers/visit.h"
#include "customers/visit_device.h"
#include "policy/pack.h"
#include "workbench/todo.h"

namespace guanhu::api {

// The pack that says what visits are for and what may be taken along; a bank changes it by a version of its own.
inline constexpr const char* kVisitPack = "customer-visits";

struct VisitKind {
  std::string checklist;           // that is answered
  bool customer = false;           // a customer is needed, a place is not enough
  std::vector<std::string> marks;  // "上次走访日期": what doing it counts as
};

struct VisitLimits {
  int64_t days = 0, customers = 0;              // taken along: how long, how many
  int64_t pin = 0, tries = 0;                   // characters of the passphrase; wrong ones until all is wiped
  int64_t minutes = 0;                          // a device's clock may differ
  int64_t edge = 0, kilobytes = 0, photos = 0;  // of photos: longer edge in pixels, size, how many a visit
  base::Decimal near;                           // kilometres
  int64_t due = 0, todo = 0;                    // days ahead that count as soon
};

class VisitRules {
 public:
  // Refused: what the pack refuses, visit.rules (it says too little).
  static std::variant<VisitRules, Refusal> on(Services& services, base::Date day);

  const std::vector<std::string>& purposes() const { return *purposes_; }
  const std::vector<std::string>& methods() const { return *methods_; }
  const VisitLimits& limits() const { return limits_; }
  // Refused (decide.input.allowed, ...) at "purpose" or "method".
  base::Result<VisitKind> kind(const std::string& purpose, const std::string& method) const;
  const policy::Checklist* checklist(const std::string& id) const;
  // What is missing or does not fit, at "answers/NAME".
  std::vector<Misfit> misfits_of(const std::string& checklist, const base::Json& answers) const;
  base::Json json() const;  // shape VisitRules

 private:
  std::shared_ptr<const policy::Pack> pack_;
  base::Date day_;
  const std::vector<std::string>*purposes_ = nullptr, *methods_ = nullptr;  // of the pack
  VisitLimits limits_;
};

class VisitDesk : public Desk {
 public:
  VisitDesk(Services& services, const Call& call) : Desk(services, call) {}

  // The asker's or of whom he sees; nothing: not there for him.
  std::optional<records::Record> visit(const std::string& id);
  base::Json item(const records::Record& of);                            // shape VisitItem
  base::Json whole(const records::Record& of, const VisitRules& rules);  // shape Visit
  workbench::TodoDoing todo_doing(base::Date day);
  customers::DeviceDoing device_doing();
  // "益农建材等 3 户 · 贷后回访"
  std::string title_of(const customers::Visit& visit) const;

  // Whose to-dos one does: one's own and of whom one stands in for.
  const std::vector<std::string>& stood_in();
  // Inside the transaction of a done visit: what follows becomes to-dos, what asked for it is done, the day
  // counts.
  void settle(const records::Record& of, const VisitKind& kind);

  base::JsonArray people_json(const std::vector<std::string>& staff) const;

 private:
  void follow_up(const records::Record& of, const customers::Visit& visit);
  void close_todos(const records::Record& of, const customers::Visit& visit, const VisitKind& kind);
  base::JsonArray follow_ups_json(const records::Record& of, const customers::Visit& visit);
  base::JsonArray comments_json(int64_t visit);
  std::optional<std::vector<std::string>> stood_in_;
};

// One entry of a device, in the body's member `entry`: {key, device, made_at, sent_at}.
struct SentEntry {
  customers::Entry entry;
  int64_t skew = 0;  // seconds that the device's clock is behind (above 0) or ahead
};
std::optional<SentEntry> entry_of(Desk& desk, const Call& call, const char* kind);
// Runs `write` unless the entry was written before; then the answer is what stands there now.
Outcome once(VisitDesk& desk, const std::optional<SentEntry>& entry, const std::function<Outcome()>& write,
             const std::function<Outcome(const std::string& subject)>& again);
// The writing, which also keeps the entry and does `more`, in the same transaction.
records::Doing writing_with(VisitDesk& desk, const std::optional<SentEntry>& entry,
                            std::function<void(const records::Record&)> more = {});

// Of visit_brief.cc: what to know before a visit; shape VisitBrief. The customer is in reach.
base::Json visit_brief(VisitDesk& desk, const VisitRules& rules, const std::string& customer);

// Parts of visit_endpoints() and visit_shapes().
Table visit_step_endpoints();
Table visit_brief_endpoints();
Table visit_field_endpoints();
Table visit_note_endpoints();
SchemaRef visit_entry_shape();

}  // namespace guanhu::api
