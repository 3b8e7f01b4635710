#include "attribution/holders.h"

#include <algorithm>
#include <numeric>

#include "attribution/known.h"
#include "attribution/names.h"
#include "attribution/recorded.h"
#include "attribution/shares.h"

namespace guanhu::attribution {

std::string sql_literal(const std::string& text) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'') out += '\'';
    if (c != '\0') out += c;
  }
  return out + "'";
}

HoldersOf holders_on(warehouse::Warehouse& db, base::Date day, const std::string& where) {
  struct Held {
    std::vector<Claim> claims;
    std::vector<uint32_t> mains;
  };
  std::map<std::pair<std::string, std::string>, Held> all;
  Names names;
  const std::string on = date_sql(day);
  using warehouse::Type;
  const Type types[] = {Type::text, Type::text, Type::text, Type::text, Type::int64};
  db.scan("SELECT h.subject_kind, h.subject_id, h.staff_id, coalesce(h.role, 'main'), h.share FROM " +
              holdings_sql(where) + " h WHERE h.share > 0 AND h.valid_from <= " + on +
              " AND (h.valid_to IS NULL OR h.valid_to >= " + on +
              ") ORDER BY h.subject_kind, h.subject_id, h.staff_id",
          types, [&](const warehouse::Chunk& c) {
            for (size_t i = 0; i < c.rows; ++i) {
              Held& held = all[{std::string(c.columns[0].text[i]), std::string(c.columns[1].text[i])}];
              const uint32_t staff = names.number(c.columns[2].text[i]);
              const bool main = c.columns[3].text[i] == "main";
              held.claims.push_back({staff, main, c.columns[4].i64[i]});
              if (main) held.mains.push_back(staff);
            }
          });
  HoldersOf out;
  for (const auto& [subject, held] : all) {
    std::vector<ManagerShare>& managers = out[subject];
    for (const Part& part : split(held.claims).parts) {
      if (part.staff == kNobody || part.share <= 0) continue;
      const bool main = std::find(held.mains.begin(), held.mains.end(), part.staff) != held.mains.end();
      managers.push_back({std::string(names.name(part.staff)), main, part.share});
    }
    std::stable_sort(managers.begin(), managers.end(),
                     [](const ManagerShare& a, const ManagerShare& b) { return a.main > b.main; });
    if (managers.empty()) out.erase(subject);
  }
  return out;
}

std::vector<ManagerShare> made_whole(std::vector<ManagerShare> managers) {
  std::erase_if(managers, [](const ManagerShare& m) { return m.share <= 0; });
  if (managers.empty()) return managers;
  auto better = [](const ManagerShare& a, const ManagerShare& b) {
    return a.main != b.main ? !a.main : a.share < b.share;
  };
  auto main = std::max_element(managers.begin(), managers.end(), better);
  for (auto& m : managers) m.main = &m == &*main;
  const int32_t sum = std::accumulate(managers.begin(), managers.end(), 0,
                                      [](int32_t s, const ManagerShare& m) { return s + m.share; });
  if (sum < kWhole) {
    main->share += kWhole - sum;
  } else if (sum > kWhole) {
    std::vector<int64_t> amounts;
    for (const auto& m : managers) amounts.push_back(m.share);
    const auto scaled = apportion(amounts, kWhole);
    for (size_t i = 0; i < managers.size(); ++i) managers[i].share = scaled[i];
    std::erase_if(managers, [](const ManagerShare& m) { return m.share <= 0; });
  }
  std::stable_sort(managers.begin(), managers.end(),
                   [](const ManagerShare& a, const ManagerShare& b) { return a.main > b.main; });
  return managers;
}

std::vector<ManagerShare> passed_on(std::vector<ManagerShare> managers, const std::string& giver,
                                    const std::string& taker) {
  ManagerShare passed{taker, false, 0};
  for (const auto& m : managers)
    if (m.staff == giver || m.staff == taker) passed.share += m.share, passed.main = passed.main || m.main;
  std::erase_if(managers, [&](const ManagerShare& m) { return m.staff == giver || m.staff == taker; });
  managers.push_back(passed);
  return made_whole(std::move(managers));
}

}  // namespace guanhu::attribution
