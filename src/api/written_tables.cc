#include "api/written_tables.h"

#include "records/words.h"

namespace guanhu::api {

using people::Permission;
using people::Scope;
using records::Record;

namespace {

struct Source {
  const char *kind, *title;
  // id, owner, org, customer, state, title, text, by, at, page: one row each.
  const char* rows;
  bool (*sees)(Desk&, const Record&);
};

template <Permission permission>
bool may(Desk& desk, const Record&) {
  return desk.can(permission);
}
template <Permission permission>
bool reached(Desk& desk, const Record& of) {
  return desk.reaches(permission, of);
}
template <Permission permission>
bool of_bank(Desk& desk, const Record&) {
  return desk.scope(permission) == Scope::bank;
}

// Who gave it sees it as well as who has it.
bool sees_todo(Desk& desk, const Record& of) {
  return desk.can(Permission::todo_read) &&
         (of.made_by == desk.login() || desk.reaches(Permission::todo_read, of.owner, ""));
}

bool sees_simulation(Desk& desk, const Record& of) {
  return desk.can(Permission::simulate_read) && (of.made_by == desk.login() || of.state == "shared");
}

// Giver and taker; who reads logins sees all.
bool sees_delegation(Desk& desk, const Record& of) {
  if (desk.can(Permission::user_read)) return true;
  return desk.can(Permission::delegation_make) && (of.owner == desk.person() || of.state == desk.person());
}

bool sees_merge(Desk& desk, const Record& of) {
  return desk.can(Permission::customer_read) && desk.reaches_customer(of.customer);
}

// Remarks on appraisal forms are not here: who wrote them stays hidden from the appraised, and a search over them
// would say it.
constexpr Source kSources[] = {
    {"todo", "待办",
     "SELECT todo_id AS id, assignee AS owner, org, customer, state, title, note || ' ' || snooze_why AS text,"
     " made_by AS by_login, made_at AS at, '/todos/' || todo_id AS page FROM todos WHERE source = 'assigned'",
     sees_todo},
    {"dispute", "异议",
     "SELECT dispute_id AS id, holder_id AS owner, holder_id AS org, '' AS customer, state, figure AS title,"
     " reason || ' ' || coalesce(decision, '') AS text, filed_by AS by_login, filed_at AS at,"
     " '/disputes/' || dispute_id AS page FROM run_disputes",
     reached<Permission::score_read>},
    {"simulation", "模拟测算",
     "SELECT simulation_id AS id, '' AS owner, '' AS org, '' AS customer,"
     " CASE WHEN shared_at IS NULL THEN 'own' ELSE 'shared' END AS state, title, note AS text, made_by AS "
     "by_login,"
     " made_at AS at, '/simulate/' || simulation_id AS page FROM simulations WHERE withdrawn_at IS NULL",
     sees_simulation},
    {"grade_proposal", "等级调整",
     "SELECT proposal_id AS id, staff_id AS owner, org, '' AS customer, state, name || ' ' || change AS title,"
     " reason || ' ' || document || ' ' || coalesce(decided_why, '') AS text, coalesce(decided_by, '') AS "
     "by_login,"
     " coalesce(decided_at, valid_from) AS at, '/grade-proposals/' || proposal_id AS page FROM grade_proposals",
     reached<Permission::grade_read>},
    {"grade_appeal", "等级复核",
     "SELECT a.appeal_id AS id, a.staff_id AS owner, p.org AS org, '' AS customer, a.state AS state,"
     " p.name || ' ' || p.change AS title, a.reason || ' ' || coalesce(a.decision, '') AS text,"
     " a.filed_by AS by_login, a.filed_at AS at, '/grade-proposals/' || a.proposal_id AS page"
     " FROM grade_appeals a JOIN grade_proposals p ON p.proposal_id = a.proposal_id",
     reached<Permission::grade_read>},
    {"risk_decision", "异常处理",
     "SELECT decision_id AS id, coalesce((SELECT min(m.staff_id) FROM risk_managers m"
     " WHERE m.finding_id = d.finding_id), '') AS owner, '' AS org, '' AS customer, state, finding_id AS title,"
     " reason AS text, decided_by AS by_login, decided_at AS at, '/findings/' || finding_id AS page"
     " FROM risk_decisions d",
     reached<Permission::finding_read>},
    {"deposit_order", "风险金指令",
     "SELECT order_id AS id, '' AS owner, '' AS org, '' AS customer, state, document AS title,"
     " reason || ' ' || coalesce(decided_why, '') AS text, made_by AS by_login, made_at AS at,"
     " '/deposits' AS page FROM deposit_orders",
     of_bank<Permission::deposit_read>},
    {"pay_joint", "共同业务",
     "SELECT joint_id AS id, '' AS owner, '' AS org, '' AS customer, '' AS state, title,"
     " document || ' ' || coalesce(withdrawn_why, '') AS text, recorded_by AS by_login, recorded_at AS at,"
     " '/pay/basis' AS page FROM pay_joint",
     of_bank<Permission::pay_export>},
    {"policy_draft", "制度草稿",
     "SELECT draft_id AS id, '' AS owner, '' AS org, '' AS customer, state, title, note AS text,"
     " made_by AS by_login, changed_at AS at, '/drafts/' || draft_id AS page FROM policy_drafts",
     may<Permission::policy_draft>},
    {"assignment", "分配",
     "SELECT entry_id AS id, made_person AS owner, org, customer, state, subject AS title,"
     " reason || ' ' || coalesce(check_note, '') || ' ' || coalesce(ended_why, '') AS text, made_by AS by_login,"
     " made_at AS at, '/assign' AS page FROM assignment_entries",
     reached<Permission::assignment_read>},
    {"team", "小组",
     "SELECT team_id AS id, '' AS owner, org, '' AS customer, '' AS state, name AS title,"
     " purpose || ' ' || goal AS text, made_by AS by_login, made_at AS at, '/teams/' || team_id AS page FROM "
     "teams",
     may<Permission::org_read>},
    {"composed_role", "组合角色",
     "SELECT 0 AS id, '' AS owner, '' AS org, '' AS customer, role AS state, title,"
     " purpose || ' ' || coalesce(ended_why, '') AS text, made_by AS by_login, made_at AS at,"
     " '/people?tab=roles' AS page FROM composed_roles",
     may<Permission::user_read>},
    {"post", "任职",
     "SELECT post_id AS id, staff_id AS owner, org, '' AS customer, kind AS state, title,"
     " document || ' ' || reason AS text, made_by AS by_login, made_at AS at, '/staff/' || staff_id AS page"
     " FROM posts",
     may<Permission::org_read>},
    {"delegation", "授权",
     "SELECT delegation_id AS id, giver AS owner, '' AS org, '' AS customer, taker AS state, what AS title,"
     " bounds || ' ' || reason AS text, made_by AS by_login, made_at AS at, '/delegations' AS page"
     " FROM delegations",
     sees_delegation},
    {"leaving", "离岗",
     "SELECT leaving_id AS id, staff_id AS owner, '' AS org, '' AS customer, state, staff_id AS title,"
     " reason AS text, opened_by AS by_login, opened_at AS at, '/leavings/' || leaving_id AS page FROM leavings",
     reached<Permission::leaving_read>},
    {"absence", "请假代办",
     "SELECT absence_id AS id, staff_id AS owner, '' AS org, '' AS customer, kind AS state, staff_id AS title,"
     " reason AS text, made_by AS by_login, made_at AS at, '/todos/absences' AS page FROM absences",
     reached<Permission::absence_record>},
    {"customer_merge", "客户合并",
     "SELECT merge_id AS id, '' AS owner, '' AS org, survivor AS customer, state,"
     " survivor || ' ' || absorbed AS title,"
     " why || ' ' || coalesce(decided_why, '') || ' ' || coalesce(undone_why, '') AS text,"
     " proposed_by AS by_login, proposed_at AS at, '/customers/' || survivor AS page FROM customer_merges",
     sees_merge},
};

constexpr size_t kPage = 200;  // rows looked at in one go

WrittenRow row_of(const Source& source, const store::Row& row) {
  WrittenRow out;
  Record& of = out.of;
  of.kind = source.kind, of.id = row.integer(0), of.version = 1;
  of.owner = row.text(1), of.org = row.text(2), of.customer = row.text(3), of.state = row.text(4);
  of.title = row.text(5), of.made_by = of.changed_by = row.text(7), of.made_at = of.changed_at = row.text(8);
  of.day = base::Date::parse(of.made_at.substr(0, 10));
  out.kind_title = source.title, out.text = of.title + " " + row.text(6), out.page = row.text(9);
  return out;
}

void find_in(Desk& desk, const Source& source, const std::vector<std::string>& words, size_t limit,
             std::vector<WrittenRow>& out) {
  std::string condition;
  std::vector<store::Value> values;
  for (const auto& word : words) {
    condition += (condition.empty() ? "" : " AND ") + std::string("lower(title || ' ' || text) LIKE ?");
    values.emplace_back("%" + word + "%");
  }
  for (size_t from = 0; out.size() < limit; from += kPage) {
    const auto rows = desk.store().query(
        "SELECT id, owner, org, customer, state, title, text, by_login, at, page"
        " FROM (" +
            std::string(source.rows) + ") w WHERE " + condition + " ORDER BY at DESC, id DESC LIMIT " +
            std::to_string(kPage) + " OFFSET " + std::to_string(from),
        std::span<const store::Value>(values));
    for (const auto& row : rows) {
      WrittenRow one = row_of(source, row);
      if (!source.sees(desk, one.of)) continue;
      out.push_back(std::move(one));
      if (out.size() == limit) return;
    }
    if (rows.size() < kPage) return;
  }
}

}  // namespace

std::vector<std::string> words_asked(const std::string& query) {
  std::vector<std::string> out;
  std::string word;
  auto take = [&] {
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  };
  for (std::string_view c : records::characters(query)) {
    const std::string plain = records::cut(c);
    plain.empty() ? take() : static_cast<void>(word += plain);
  }
  take();
  return out;
}

std::vector<WrittenRow> find_in_tables(Desk& desk, const std::string& query, const std::string& only,
                                       size_t limit) {
  std::vector<WrittenRow> out;
  const auto words = words_asked(query);
  if (words.empty()) return out;
  for (const Source& source : kSources)
    if ((only.empty() || only == source.kind) && out.size() < limit) find_in(desk, source, words, limit, out);
  return out;
}

std::vector<std::pair<std::string, std::string>> table_kinds() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Source& source : kSources) out.emplace_back(source.kind, source.title);
  return out;
}

}  // namespace guanhu::api
