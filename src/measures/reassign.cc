#include "measures/reassign.h"

#include <algorithm>
#include <map>

namespace guanhu::measures {

using attribution::Entry;
using attribution::kForever;
using attribution::kWhole;
using attribution::Timeline;
using base::Error;

namespace {

int32_t part_of(int32_t share, int32_t of) {
  return static_cast<int32_t>((static_cast<int64_t>(of) * share + (of < 0 ? -kWhole : kWhole) / 2) / kWhole);
}

// The entries that hold together on a day, with the giver's part gone to the taker.
Timeline changed_group(std::span<const Entry> group, const Handover& h, bool& moved) {
  Timeline out(group.begin(), group.end());
  Entry got{};
  for (Entry& e : out) {
    const bool gives = h.anybody ? e.staff != h.taker : e.staff == h.giver;
    if (!gives || (!h.anybody && !e.share && !e.main_share)) continue;
    const int32_t share = part_of(h.share, e.share), main = part_of(h.share, e.main_share);
    got.share += share, got.main_share += main, got.via = e.via, got.from = e.from;
    e.share -= share, e.main_share -= main;
    moved = true;
  }
  if (!got.share && !got.main_share) return out;
  auto to = std::find_if(out.begin(), out.end(), [&](const Entry& e) { return e.staff == h.taker; });
  if (to != out.end()) {
    to->share += got.share, to->main_share += got.main_share;
  } else {
    got.staff = h.taker;
    out.push_back(got);
  }
  std::erase_if(out, [&](const Entry& e) { return !e.share && !e.main_share && e.staff != h.taker; });
  std::sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) { return a.staff < b.staff; });
  return out;
}

struct Work {
  Columns& columns;
  warehouse::Warehouse& db;
  std::map<uint32_t, Timeline> accounts, loans, customers;  // those that changed

  std::span<const Entry> now(const std::map<uint32_t, Timeline>& done, const Timelines& all, uint32_t s) const {
    auto at = done.find(s);
    return at == done.end() ? all.of(s) : std::span<const Entry>(at->second);
  }
  void change(std::map<uint32_t, Timeline>& done, const Timelines& all, uint32_t s, const Handover& h,
              bool& moved) {
    bool here = false;
    Timeline made = handed_over(now(done, all, s), h, here);
    if (here) done[s] = std::move(made);
    moved = moved || here;
  }
  // Days on which the account or loan belongs to the customer.
  void through(std::map<uint32_t, Timeline>& done, const Subjects& all, uint32_t customer, const Handover& whole,
               bool& moved) {
    for (uint32_t s = 0; s + 1 < all.versions.offset.size(); ++s) {
      auto versions = all.versions.of(s);
      for (size_t v = 0; v < versions.size(); ++v) {
        if (versions[v].customer != customer) continue;
        Handover h = whole;
        h.through_customer = true;
        h.from = std::max(h.from, versions[v].from);
        if (v + 1 < versions.size()) h.to = std::min(h.to, versions[v + 1].from - 1);
        if (h.from <= h.to) change(done, all.managers, s, h, moved);
      }
    }
  }
};

base::Result<uint32_t> staff_number(const Columns& columns, const std::string& id) {
  if (uint32_t n = columns.staff.find(id)) return n;
  return Error{"measure.reassign", "没有员工 " + (id.empty() ? std::string("(空)") : id), "assignments",
               "写员工的工号"};
}

base::Result<Handover> handover_of(const Columns& columns, const Reassignment& r) {
  if (r.share <= 0 || r.share > kWhole)
    return Error{"measure.reassign", "份额要大于 0，不超过全部", "assignments", "全部写 1，一半写 0.5"};
  if (r.to && *r.to < r.from)
    return Error{"measure.reassign", "到期日 " + r.to->str() + " 早于起始日 " + r.from.str(), "assignments", ""};
  auto taker = staff_number(columns, r.taker);
  if (!taker) return taker.error();
  Handover h{.giver = 0, .taker = *taker, .anybody = r.giver.empty(), .from = r.from.days(), .share = r.share};
  h.to = r.to ? r.to->days() : kForever;
  if (h.anybody) return h;
  auto giver = staff_number(columns, r.giver);
  if (!giver) return giver.error();
  if (*giver == *taker) return Error{"measure.reassign", "交出的人和接管的人都是 " + r.giver, "assignments", ""};
  h.giver = *giver;
  return h;
}

std::optional<uint32_t> subject_number(Work& work, const Reassignment& r) {
  if (r.kind == "customer") {
    uint32_t n = work.columns.customers.find(r.id);
    return n ? std::optional(n) : std::nullopt;
  }
  const warehouse::Value key[] = {r.id};
  auto n = warehouse::one_int(
      work.db, "SELECT CAST(" + r.kind + " AS BIGINT) FROM " + r.kind + "_keys WHERE " + r.kind + "_id = $1", key);
  return n ? std::optional(static_cast<uint32_t>(*n)) : std::nullopt;
}

base::Status one(Work& work, const Reassignment& r) {
  const char* word = r.kind == "account" ? "账户" : r.kind == "loan" ? "借据" : r.kind == "customer" ? "客户" : "";
  if (!*word)
    return Error{"measure.reassign", "归属的对象 “" + r.kind + "” 不是 account、loan、customer", "assignments",
                 ""};
  auto h = handover_of(work.columns, r);
  if (!h) return h.error();
  auto subject = subject_number(work, r);
  if (!subject) return Error{"measure.reassign", std::string("没有") + word + " " + r.id, "assignments", ""};
  bool moved = false;
  Columns& c = work.columns;
  if (r.kind == "account") work.change(work.accounts, c.accounts.managers, *subject, *h, moved);
  else if (r.kind == "loan") work.change(work.loans, c.loans.managers, *subject, *h, moved);
  else {
    work.change(work.customers, c.customer_managers, *subject, *h, moved);
    work.through(work.accounts, c.accounts, *subject, *h, moved);
    work.through(work.loans, c.loans, *subject, *h, moved);
  }
  if (moved) return {};
  return Error{"measure.reassign",
               word + (" " + r.id) + " 从 " + r.from.str() + " 起" + (r.to ? "到 " + r.to->str() : "") +
                   (r.giver.empty() ? " 没有可以改的归属" : " 不归 " + r.giver),
               "assignments", "看客户或账户页上的管户经过"};
}

// The whole array anew: subjects that changed take their new timelines.
void put(Columns& columns, const std::string& name, Timelines& all, const std::map<uint32_t, Timeline>& changed) {
  if (changed.empty()) return;
  std::vector<uint32_t> offset;
  std::vector<Entry> entries;
  entries.reserve(all.entries.size());
  const size_t subjects = all.offset.empty() ? 0 : all.offset.size() - 1;
  for (uint32_t s = 0; s < subjects; ++s) {
    offset.push_back(static_cast<uint32_t>(entries.size()));
    auto at = changed.find(s);
    auto from = at == changed.end() ? all.of(s) : std::span<const Entry>(at->second);
    entries.insert(entries.end(), from.begin(), from.end());
  }
  offset.push_back(static_cast<uint32_t>(entries.size()));
  columns.sections.put(name + ".offset", std::move(offset));
  columns.sections.put(name, std::move(entries));
  all = {columns.sections.get<uint32_t>(name + ".offset"), columns.sections.get<Entry>(name)};
}

}  // namespace

Timeline handed_over(std::span<const Entry> timeline, const Handover& h, bool& moved) {
  Timeline out;
  auto add = [&](Timeline group, int32_t from) {
    for (Entry& e : group) e.from = from, out.push_back(e);
  };
  attribution::each_group(
      timeline, attribution::kAlways, kForever, [&](std::span<const Entry> group, int32_t first, int32_t last) {
        const bool decides =
            !h.through_customer ||
            (!group.empty() && static_cast<attribution::Via>(group.front().via) == attribution::Via::customer);
        const int32_t from = std::max(first, h.from), to = std::min(last, h.to);
        Timeline same(group.begin(), group.end());
        if (!decides || from > to) return add(std::move(same), first);
        if (first < from) add(same, first);
        add(changed_group(group, h, moved), from);
        if (to < last) add(std::move(same), to + 1);
      });
  return out;
}

base::Status reassign(Columns& columns, warehouse::Warehouse& db, const std::vector<Reassignment>& all) {
  Work work{columns, db, {}, {}, {}};
  for (const Reassignment& r : all)
    if (auto done = one(work, r); !done) return done;
  put(columns, "reassigned.account", columns.accounts.managers, work.accounts);
  put(columns, "reassigned.loan", columns.loans.managers, work.loans);
  put(columns, "reassigned.customer", columns.customer_managers, work.customers);
  return {};
}

}  // namespace guanhu::measures
