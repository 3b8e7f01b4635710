#include "feed/state.h"

#include "base/error.h"

namespace guanhu::feed {

size_t index_of(const Table& table) { return static_cast<size_t>(&table - tables().data()); }

bool is_remembered(const Table& table) {
  for (std::string_view dated : {"balances", "transactions", "loan_states", "repayments", "sales"})
    if (table.name == dated) return false;
  return true;
}

Standing& State::standing(Numbered kind, uint32_t number) {
  auto& all = kind == Numbered::account ? account : loan;
  if (number >= all.size()) all.resize(number + 1);
  return all[number];
}

void State::set(Numbered kind, uint32_t number, const Standing& to) {
  Standing& at = standing(kind, number);
  standings_.push_back({kind, number, at});
  at = to;
  parts_[kStandings].changed = true;
}

SeenRows& State::seen(size_t table) {
  Part& part = parts_[kSeen + table];
  if (!part.loaded && !read_part(kSeen + table))
    throw base::Broken("the file " + file_of(kSeen + table).string() + " is damaged: delete it and import again");
  return seen_[table];
}

void State::changed_all() {
  for (Part& part : parts_) part.changed = true;
}

void State::put(size_t table, uint64_t key, uint32_t content, int32_t business_date) {
  rows_.push_back({table, key, seen(table).put(key, content, business_date)});
  parts_[kSeen + table].changed = true;
}

void State::add_org(const OrgVersion& version) {
  org_versions.push_back(version);
  parts_[kKeys].changed = true;
}

void State::begin() {
  standings_.clear();
  rows_.clear();
  accounts_before_ = accounts.size();
  loans_before_ = loans.size();
  orgs_before_ = orgs.size();
  account_size_ = account.size();
  loan_size_ = loan.size();
  versions_before_ = org_versions.size();
  marks_before_ = marks;
}

void State::keep() {
  if (accounts.size() != accounts_before_ || loans.size() != loans_before_ || orgs.size() != orgs_before_)
    parts_[kKeys].changed = parts_[kStandings].changed = true;
  standings_.clear();
  standings_.shrink_to_fit();
  rows_.clear();
}

void State::take_back() {
  for (size_t i = standings_.size(); i-- > 0;)
    standing(standings_[i].kind, standings_[i].number) = standings_[i].before;
  for (size_t i = rows_.size(); i-- > 0;) {
    const LoggedRow& row = rows_[i];
    if (row.before) {
      seen(row.table).put(row.key, row.before->content, row.before->business_date);
    } else {
      seen(row.table).remove(row.key);
    }
  }
  accounts.truncate(accounts_before_);
  loans.truncate(loans_before_);
  orgs.truncate(orgs_before_);
  account.resize(account_size_);
  loan.resize(loan_size_);
  org_versions.resize(versions_before_);
  marks = marks_before_;
  keep();
}

}  // namespace guanhu::feed
