// Who counts for a holder, from when to when.
#include "measures/engine_impl.h"

namespace guanhu::measures {

using attribution::kAlways;
using attribution::kForever;
using policy::Attribution;

const people::Directory& EngineImpl::directory(base::Date day) {
  auto found = directories_.find(day.days());
  if (found == directories_.end())
    found = directories_.emplace(day.days(), people::Directory::load(db_, day, known_.moment())).first;
  return found->second;
}

base::Result<Stints> EngineImpl::stints(const Question& q, const Holder& holder) {
  auto refuse = [&](const std::string& what, const std::string& hint) {
    return base::Error{"measure.holder", "measure " + q.measure->name + ": " + what, place(*q.measure), hint};
  };
  bool subtree = q.measure->attribution == Attribution::subtree;
  if (q.kind == Kind::target) return Stints{};
  if (subtree != (holder.kind == HolderKind::organisation))
    return subtree ? refuse("attributed to organisations, asked for a manager or team",
                            "attribute it by share, main only or seller")
                   : refuse("attributed to managers, asked for an organisation", "attribution = \"subtree\"");
  Stints out;
  if (holder.kind == HolderKind::manager) {
    if (uint32_t n = columns_->staff.find(holder.id)) out.push_back({n, kAlways, kForever});
  } else if (holder.kind == HolderKind::organisation) {
    // The tree in force on the last day.
    for (const std::string& org : directory(q.range.last).subtree(holder.id))
      if (uint32_t n = columns_->orgs.find(org)) out.push_back({n, kAlways, kForever});
  } else {
    if (!options_.teams) return refuse("nobody said who belongs to team " + holder.id, "set up the teams");
    for (const TeamMember& member : options_.teams(holder.id))
      if (uint32_t n = columns_->staff.find(member.staff))
        out.push_back({n, member.from.days(), member.to.days()});
  }
  return out;
}

// All holders a figure of `owner` belongs to: the manager; the organisation and those above it.
std::vector<Holder> EngineImpl::holders_of(const Question& q, uint32_t owner) {
  if (q.measure->attribution != Attribution::subtree)
    return {{HolderKind::manager, std::string(columns_->staff[owner])}};
  std::vector<Holder> out;
  const people::Directory& tree = directory(q.range.last);
  std::string id(columns_->orgs[owner]);
  for (size_t guard = 0; !id.empty() && guard <= tree.orgs().size(); ++guard) {
    out.push_back({HolderKind::organisation, id});
    const people::Org* org = tree.org(id);
    id = org ? org->parent : "";
  }
  return out;
}

const Timelines& EngineImpl::staff_orgs() {
  if (staff_orgs_) return *staff_orgs_;
  struct Row {
    uint32_t staff, org;
    int32_t from;
  };
  std::vector<Row> rows;
  const warehouse::Type types[] = {warehouse::Type::text, warehouse::Type::text, warehouse::Type::date};
  db_.scan("SELECT f.staff_id, f.org_id, i.business_date FROM f_staff f JOIN " + known_.active_sql() +
               " i ON i.import_id = f.import_id ORDER BY f.staff_id, i.business_date, f.import_id",
           types, [&](const warehouse::Chunk& c) {
             for (size_t i = 0; i < c.rows; ++i)
               rows.push_back({columns_->staff.find(c.columns[0].text[i]),
                               c.columns[1].is_null(i) ? 0 : columns_->orgs.find(c.columns[1].text[i]),
                               c.columns[2].i32[i]});
           });
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.staff < b.staff; });
  std::vector<uint32_t> offset;
  std::vector<attribution::Entry> entries;
  size_t at = 0;
  for (uint32_t s = 0; s < columns_->staff.size(); ++s) {
    offset.push_back(static_cast<uint32_t>(entries.size()));
    size_t first = entries.size();
    for (; at < rows.size() && rows[at].staff <= s; ++at) {
      if (rows[at].staff != s) continue;
      int32_t from = entries.size() == first ? kAlways : rows[at].from;
      entries.push_back({from, rows[at].org, 0, attribution::kWhole, attribution::kWhole});
    }
    if (entries.size() == first) entries.push_back({kAlways, 0, 0, attribution::kWhole, attribution::kWhole});
  }
  offset.push_back(static_cast<uint32_t>(entries.size()));
  extra_.put("staff.orgs.offset", std::move(offset));
  extra_.put("staff.orgs", std::move(entries));
  staff_orgs_ = Timelines{extra_.get<uint32_t>("staff.orgs.offset"), extra_.get<attribution::Entry>("staff.orgs")};
  return *staff_orgs_;
}

}  // namespace guanhu::measures
