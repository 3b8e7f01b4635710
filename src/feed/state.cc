#include "feed/state.h"

#include <cstring>
#include <fstream>

#include "base/files.h"

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
}

void State::put(size_t table, uint64_t key, uint64_t content, int32_t business_date) {
  rows_.push_back({table, key, seen[table].put(key, content, business_date)});
}

void State::add_org(const OrgVersion& version) { org_versions.push_back(version); }

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
  standings_.clear();
  standings_.shrink_to_fit();
  rows_.clear();
}

void State::take_back() {
  for (size_t i = standings_.size(); i-- > 0;) standing(standings_[i].kind, standings_[i].number) = standings_[i].before;
  for (size_t i = rows_.size(); i-- > 0;) {
    const LoggedRow& row = rows_[i];
    if (row.before) {
      seen[row.table].put(row.key, row.before->content, row.before->business_date);
    } else {
      seen[row.table].remove(row.key);
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

namespace {

constexpr char kMagic[8] = {'G', 'H', 'S', 'T', 'A', 'T', 'E', '1'};

struct Head {
  char magic[8];
  int64_t last_import, last_applied_at;
  uint64_t size, digest;
};

template <class T>
void append(std::string& out, const std::vector<T>& values) {
  uint64_t n = values.size();
  out.append(reinterpret_cast<const char*>(&n), sizeof n);
  out.append(reinterpret_cast<const char*>(values.data()), n * sizeof(T));
}

template <class T>
bool take(std::string_view& in, std::vector<T>& values) {
  uint64_t n = 0;
  if (in.size() < sizeof n) return false;
  std::memcpy(&n, in.data(), sizeof n);
  in.remove_prefix(sizeof n);
  if (n > in.size() / sizeof(T)) return false;
  values.resize(n);
  if (n > 0) std::memcpy(static_cast<void*>(values.data()), in.data(), n * sizeof(T));
  in.remove_prefix(n * sizeof(T));
  return true;
}

}  // namespace

template <class Visit>
void State::each_part(Visit visit) {
  accounts.each_part(visit);
  loans.each_part(visit);
  orgs.each_part(visit);
  visit(account);
  visit(loan);
  visit(org_versions);
  for (SeenRows& rows : seen) rows.each_part(visit);
}

bool State::load(const std::filesystem::path& file, int64_t last_import, int64_t last_applied_at) {
  *this = State();
  auto map = base::MappedFile::open(file);
  if (!map || map->text().size() < sizeof(Head) + sizeof(Marks)) return false;
  Head head;
  std::string_view in = map->text();
  std::memcpy(&head, in.data(), sizeof head);
  in.remove_prefix(sizeof head);
  if (std::memcmp(head.magic, kMagic, sizeof kMagic) != 0 || head.last_import != last_import ||
      head.last_applied_at != last_applied_at || head.size != in.size() || head.digest != hash_bytes(in))
    return false;
  Marks read;
  std::memcpy(&read, in.data(), sizeof read);
  in.remove_prefix(sizeof read);
  bool whole = true;
  each_part([&](auto& part) { whole = whole && take(in, part); });
  if (!whole || !in.empty()) {
    *this = State();
    return false;
  }
  marks = read;
  return true;
}

// No sync: a state torn by a crash is seen by its digest and made anew.
void State::save(const std::filesystem::path& file) {
  size_t bytes = sizeof(Head) + sizeof(Marks);
  each_part([&](auto& part) { bytes += 8 + part.size() * sizeof(part[0]); });
  std::string out;
  out.reserve(bytes);
  out.resize(sizeof(Head));
  out.append(reinterpret_cast<const char*>(&marks), sizeof marks);
  each_part([&](auto& part) { append(out, part); });
  Head head{};
  std::memcpy(head.magic, kMagic, sizeof kMagic);
  head.last_import = marks.last_import;
  head.last_applied_at = marks.last_applied_at;
  std::string_view body = std::string_view(out).substr(sizeof head);
  head.size = body.size();
  head.digest = hash_bytes(body);
  std::memcpy(out.data(), &head, sizeof head);
  std::filesystem::create_directories(file.parent_path());
  std::filesystem::path beside = file.string() + ".new";
  {
    std::ofstream to(beside, std::ios::binary | std::ios::trunc);
    to.write(out.data(), static_cast<std::streamsize>(out.size()));
    if (!to.flush()) throw base::Broken("cannot write " + beside.string());
  }
  std::filesystem::rename(beside, file);
}

}  // namespace guanhu::feed
