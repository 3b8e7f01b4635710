#include "attribution/propose.h"

#include <algorithm>
#include <map>
#include <set>

#include "attribution/holders.h"
#include "attribution/known.h"
#include "attribution/recorded.h"

namespace guanhu::attribution {

using base::Date;
using warehouse::Chunk;
using warehouse::Type;

namespace {

std::string text_at(const Chunk& c, size_t column, size_t row) {
  return c.columns[column].is_null(row) ? "" : std::string(c.columns[column].text[row]);
}

std::string versions(const std::string& table, const std::string& key, const std::string& columns) {
  return "(SELECT DISTINCT ON (f." + key + ") " + columns + " FROM " + table +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL ORDER BY f." + key +
         ", i.business_date DESC)";
}

std::string latest(const std::string& table, const std::string& key, Date day) {
  return "(SELECT DISTINCT ON (f." + key + ") f." + key + ", f.balance FROM " + table +
         " f JOIN imports i ON i.import_id = f.import_id WHERE i.replaced_at IS NULL AND f.date <= " +
         date_sql(day) + " ORDER BY f." + key + ", f.date DESC, i.business_date DESC)";
}

std::string in_list(const std::set<std::string>& values) {
  std::string out;
  for (const auto& v : values) out += (out.empty() ? "" : ", ") + sql_literal(v);
  return out.empty() ? "(NULL)" : "(" + out + ")";
}

std::string sums(bool loans, Date day) {
  const std::string key = loans ? "loan" : "account";
  return "(SELECT a.customer_id, CAST(sum(b.balance) AS BIGINT) AS balance FROM " +
         versions("f_" + key + "s", key + "_id", "f." + key + ", f." + key + "_id, f.customer_id") + " a JOIN " +
         latest(loans ? "f_loan_states" : "f_balances", key, day) + " b ON b." + key + " = a." + key +
         " GROUP BY a.customer_id)";
}

// Who serves each customer in any way, and how many customers each serves.
struct Serving {
  std::map<std::string, std::set<std::string>> of_customer;  // by customer: by its own assignment
  std::map<std::string, std::set<std::string>> through;      // by customer: by an account or loan
  std::map<std::string, std::set<std::string>> held;         // by staff
};

Serving serving(warehouse::Warehouse& db, Date day) {
  Serving out;
  const std::string on = date_sql(day);
  const std::string held = "(SELECT h.subject_kind, h.subject_id, h.staff_id FROM " + holdings_sql() +
                           " h WHERE h.share > 0 AND h.valid_from <= " + on +
                           " AND (h.valid_to IS NULL OR h.valid_to >= " + on + "))";
  const Type types[] = {Type::text, Type::text, Type::boolean};
  db.scan("SELECT h.subject_id, h.staff_id, TRUE FROM " + held +
              " h WHERE h.subject_kind = 'customer' UNION SELECT a.customer_id, h.staff_id, FALSE FROM " + held +
              " h JOIN " + versions("f_accounts", "account_id", "f.account_id, f.customer_id") +
              " a ON h.subject_kind = 'account' AND h.subject_id = a.account_id UNION SELECT a.customer_id, "
              "h.staff_id, FALSE FROM " +
              held + " h JOIN " + versions("f_loans", "loan_id", "f.loan_id, f.customer_id") +
              " a ON h.subject_kind = 'loan' AND h.subject_id = a.loan_id",
          types, [&](const Chunk& c) {
            for (size_t i = 0; i < c.rows; ++i) {
              const std::string customer = text_at(c, 0, i), staff = text_at(c, 1, i);
              if (customer.empty()) continue;
              (c.columns[2].i8[i] ? out.of_customer : out.through)[customer].insert(staff);
              out.held[staff].insert(customer);
            }
          });
  return out;
}

std::vector<Proposal> wanted(warehouse::Warehouse& db, const ProposeAsk& ask, const Serving& serving, Date day) {
  std::vector<Proposal> out;
  std::string where;
  if (!ask.orgs.empty()) where = " WHERE c.org_id IN " + in_list({ask.orgs.begin(), ask.orgs.end()});
  const Type types[] = {Type::text, Type::text, Type::text, Type::text, Type::int64, Type::int64};
  db.scan(
      "SELECT c.customer_id, c.name, c.org_id, c.area_code, coalesce(d.balance, 0), coalesce(l.balance, 0) FROM " +
          versions("f_customers", "customer_id", "f.customer_id, f.name, f.org_id, f.area_code") +
          " c LEFT JOIN " + sums(false, day) + " d ON d.customer_id = c.customer_id LEFT JOIN " + sums(true, day) +
          " l ON l.customer_id = c.customer_id" + where,
      types, [&](const Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i) {
          Proposal one;
          one.customer = text_at(c, 0, i), one.name = text_at(c, 1, i), one.org = text_at(c, 2, i);
          one.area = text_at(c, 3, i), one.deposits = c.columns[4].i64[i], one.loans = c.columns[5].i64[i];
          auto own = serving.of_customer.find(one.customer);
          const bool nobody = own == serving.of_customer.end();
          if (!nobody) one.holders.assign(own->second.begin(), own->second.end());
          const bool theirs = !nobody && own->second.contains(ask.leaver);
          if (ask.leaver.empty() ? !nobody : !theirs) continue;
          out.push_back(std::move(one));
        }
      });
  auto stake = [](const Proposal& p) { return p.deposits + p.loans; };
  std::sort(out.begin(), out.end(), [&](const Proposal& a, const Proposal& b) {
    return stake(a) != stake(b) ? stake(a) > stake(b) : a.customer < b.customer;
  });
  return out;
}

// Customers related to these, both ways.
std::map<std::string, std::set<std::string>> related(warehouse::Warehouse& db, const std::vector<Proposal>& all,
                                                     Date day) {
  std::set<std::string> ids;
  for (const auto& one : all) ids.insert(one.customer);
  std::map<std::string, std::set<std::string>> out;
  const std::string in = in_list(ids), on = date_sql(day);
  const Type types[] = {Type::text, Type::text};
  db.scan(
      "SELECT DISTINCT f.customer_id, f.related_id FROM f_relations f JOIN imports i ON i.import_id = "
      "f.import_id WHERE i.replaced_at IS NULL AND (f.customer_id IN " +
          in + " OR f.related_id IN " + in + ") AND f.valid_from <= " + on +
          " AND (f.valid_to IS NULL OR f.valid_to >= " + on + ")",
      types, [&](const Chunk& c) {
        for (size_t i = 0; i < c.rows; ++i) {
          const std::string a = text_at(c, 0, i), b = text_at(c, 1, i);
          out[a].insert(b), out[b].insert(a);
        }
      });
  return out;
}

// Areas of the customers each serves.
std::map<std::string, std::set<std::string>> areas_served(warehouse::Warehouse& db, const Serving& serving) {
  std::map<std::string, std::string> area;
  const Type types[] = {Type::text, Type::text};
  db.scan("SELECT c.customer_id, c.area_code FROM " +
              versions("f_customers", "customer_id", "f.customer_id, f.area_code") +
              " c WHERE c.area_code IS NOT NULL",
          types, [&](const Chunk& c) {
            for (size_t i = 0; i < c.rows; ++i) area[text_at(c, 0, i)] = text_at(c, 1, i);
          });
  std::map<std::string, std::set<std::string>> out;
  for (const auto& [staff, customers] : serving.held)
    for (const auto& customer : customers)
      if (auto at = area.find(customer); at != area.end()) out[staff].insert(at->second);
  return out;
}

std::set<std::pair<std::string, std::string>> declined(store::Session& session) {
  std::set<std::pair<std::string, std::string>> out;
  for (const auto& r : session.query("SELECT customer, staff_id FROM assignment_declined"))
    out.emplace(r.text(0), r.text(1));
  return out;
}

bool any_of_theirs(const std::set<std::string>& customers, const std::set<std::string>& mine) {
  return std::any_of(customers.begin(), customers.end(), [&](const auto& c) { return mine.contains(c); });
}

}  // namespace

base::Result<Proposals> propose(store::Session& session, warehouse::Warehouse& db,
                                const people::Directory& directory, const policy::Pack& pack,
                                const ProposeAsk& ask, Date day) {
  const Serving who = serving(db, day);
  Proposals out;
  out.items = wanted(db, ask, who, day);
  out.in_all = out.items.size();
  if (out.items.size() > ask.limit) out.items.resize(ask.limit);
  const auto relations = related(db, out.items, day);
  const auto areas = areas_served(db, who);
  const auto no = declined(session);
  static const std::set<std::string> kNone;
  auto of = [](const auto& all, const std::string& key) -> const std::set<std::string>& {
    auto at = all.find(key);
    return at == all.end() ? kNone : at->second;
  };
  std::map<std::string, int64_t> capacity, held;
  for (Proposal& one : out.items) {
    const std::string branch = directory.branch_of(one.org);
    for (const people::Staff& person : directory.staff()) {
      const bool manages = person.position == "manager" || person.position == "trainee_manager";
      if (!manages || person.id == ask.leaver || !people::Directory::in_post(person, day) ||
          directory.branch_of(person.org) != branch || no.contains({one.customer, person.id}))
        continue;
      if (!capacity.contains(person.id)) {
        auto most = capacity_of(pack, person.position, day);
        if (!most) return most.error();
        capacity[person.id] = *most, held[person.id] = static_cast<int64_t>(of(who.held, person.id).size());
      }
      const auto& mine = of(who.held, person.id);
      Fit fit{person.org == one.org,
              !one.area.empty() && of(areas, person.id).contains(one.area),
              any_of_theirs(of(relations, one.customer), mine),
              of(who.through, one.customer).contains(person.id),
              held[person.id],
              capacity[person.id]};
      auto score = score_of(pack, fit, day);
      if (!score) return score.error();
      if (score->may) one.candidates.push_back({person.id, fit, *score});
    }
    std::sort(one.candidates.begin(), one.candidates.end(), [](const Candidate& a, const Candidate& b) {
      return a.score.points != b.score.points ? a.score.points > b.score.points : a.staff < b.staff;
    });
    if (one.candidates.size() > 5) one.candidates.resize(5);
    if (!one.candidates.empty()) ++held[one.candidates.front().staff];
  }
  return out;
}

base::Status decline(store::Session& session, const std::string& customer, const std::string& staff,
                     const std::string& why, const RegisterDoing& doing) {
  if (!is_sentence(why))
    return base::Error{"assignment.reason", "没有写不用的理由，或太长", "reason", "用一句话写明"};
  session.transaction([&] {
    session.exec(
        "INSERT INTO assignment_declined (customer, staff_id, at, actor, why) VALUES (?, ?, ?, ?, ?) ON "
        "CONFLICT (customer, staff_id) DO UPDATE SET at = excluded.at, actor = excluded.actor, why = "
        "excluded.why",
        {customer, staff, doing.at.str(), doing.login, why});
    if (doing.also)
      doing.also("assignment.decline", "customer " + customer, base::JsonObject{{"staff", staff}, {"why", why}});
  });
  return {};
}

}  // namespace guanhu::attribution
