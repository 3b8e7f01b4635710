#include "policy/edition.h"

#include <algorithm>

#include "base/hex.h"
#include "policy/detail/draft.h"
#include "policy/detail/fields.h"

namespace guanhu::policy {

namespace {

using base::Date;
using base::Error;

Edition kept(store::Session& store, const PolicyVersion& version) {
  Edition out;
  for (const auto& row : store.query("SELECT content FROM policy_files WHERE version_id = ? AND path = ?",
                                     {version.id, version.pack + "/pack.toml"}))
    out = edition_of(base::bytes_of_hex(row.text(0)));
  out.pack = version.pack, out.hash = version.hash;
  out.name = "第 " + std::to_string(version.id) + " 版(" + version.version + ")";
  return out;
}

// The days both hold.
std::optional<std::pair<Date, std::optional<Date>>> shared(const Edition& a, const Edition& b) {
  const Date begin = std::max(a.from.value_or(Date(0)), b.from.value_or(Date(0)));
  std::optional<Date> end = a.to;
  if (b.to && (!end || *b.to < *end)) end = b.to;
  if (end && *end < begin) return std::nullopt;
  return std::pair(begin, end);
}

std::string text(const std::pair<Date, std::optional<Date>>& days) {
  if (!days.second) return days.first.str() + " 起";
  return days.first == *days.second ? days.first.str() : days.first.str() + " 至 " + days.second->str();
}

}  // namespace

std::string Edition::days() const {
  const std::string begin = from ? from->str() : "最早";
  return to ? begin + " 至 " + to->str() : begin + " 起";
}

Edition edition_of(std::string_view manifest) {
  detail::Report ignored;
  const detail::Source source = detail::Source::of("pack.toml", manifest);
  Edition out;
  auto body = detail::parse_tree(source, source.text, 1, ignored);
  if (!body) return out;
  detail::Fields fields(source, *body, {1, 1, 1}, "pack.toml ", ignored);
  out.from = fields.optional_date("from");
  out.to = fields.optional_date("to");
  return out;
}

std::optional<Error> overlap(const Edition& a, const Edition& b) {
  if (a.pack != b.pack || a.hash == b.hash) return std::nullopt;
  auto days = shared(a, b);
  if (!days) return std::nullopt;
  return Error{"policy.pack.overlap",
               "制度包“" + a.pack + "”的两版都在 " + text(*days) + " 有效：" + a.name + "，" + a.days() + "；" +
                   b.name + "，" + b.days(),
               b.name, "给先前的一版写上 to，正好是后一版 from 的前一天；只留一版也可以"};
}

std::optional<Error> refused_day(store::Session& store, const PolicyVersion& version, Date day) {
  const Edition own = kept(store, version);
  if (!own.holds(day))
    return Error{"policy.life.outside", own.name + "写明 " + own.days() + "施行，不能从 " + day.str() + " 启用",
                 "from", "换一天启用；或者改 pack.toml 的 from、to，另起草一版"};
  for (const PolicyVersion& other : PolicyLife::versions(store, version.pack)) {
    if (!other.active_from || other.id == version.id) continue;
    Edition before = kept(store, other), after = own;
    if (before.from == after.from) continue;
    // What says no last day ends where the next takes over.
    if (!before.to && *other.active_from < day) before.to = day + -1;
    if (!after.to && day < *other.active_from) after.to = *other.active_from + -1;
    if (auto days = shared(before, after))
      return Error{"policy.life.overlap",
                   own.name + "写明 " + own.days() + "施行，与已启用的" + before.name + "(" + before.days() +
                       ")在 " + text(*days) + " 重叠",
                   "from",
                   "把 pack.toml 的 from 写成启用的那一天，不早于" + before.name +
                       "的止日；同一制度的修订版沿用它的 from；然后另起草一版"};
  }
  return std::nullopt;
}

}  // namespace guanhu::policy
