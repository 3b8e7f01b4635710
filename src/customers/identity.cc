#include "customers/identity.h"

#include <algorithm>

#include "base/identity.h"
#include "customers/customer.h"

namespace guanhu::customers {

using base::Date;

namespace {

bool digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}
bool says(const std::string& type, std::initializer_list<std::string_view> words) {
  std::string low = type;
  for (char& c : low) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return low.find(word) != low.npos; });
}
std::string capitals(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return text;
}

// The 15th digit of a licence number of before 2015, by ISO 7064 MOD 11,10.
char licence_check(std::string_view first14) {
  int p = 10;
  for (char c : first14) {
    int s = (p + (c - '0')) % 10;
    p = (s == 0 ? 10 : s) * 2 % 11;
  }
  return static_cast<char>('0' + (11 - p) % 10);
}

class Judge {
 public:
  Judge(const Identity& of, Date today) : of_(of), today_(today) {}

  std::vector<IdentityFlaw> flaws() {
    const std::string_view document = document_of(of_);
    if (of_.number.empty()) say("missing", "没有证件号码");
    else if (document == "resident") resident();
    else if (document == "resident_old") old_resident();
    else if (document == "credit_code") credit_code();
    else if (document == "organisation") organisation();
    else if (document == "licence") licence();
    else if (document == "passport") passport();
    else other();
    return std::move(out_);
  }

 private:
  void say(const char* code, std::string message, bool grave = true) {
    out_.push_back({code, std::move(message), grave});
  }
  bool length(size_t wanted) {
    if (of_.number.size() == wanted) return true;
    say("length", "应为 " + std::to_string(wanted) + " 位，现在是 " + std::to_string(of_.number.size()) + " 位");
    return false;
  }
  void birthday(std::optional<Date> day) {
    if (!day) return say("birthday", "号码里的出生日期不存在");
    if (*day > today_) return say("future", "号码里的出生日期在今天以后");
    if (of_.born && *of_.born != *day)
      say("born", "号码里的出生日期 " + day->str() + " 和登记的 " + of_.born->str() + " 不同");
  }
  void resident() {
    if (!length(18)) return;
    const std::string_view n = of_.number;
    if (!digits(n.substr(0, 17)) || !(digits(n.substr(17)) || n[17] == 'X' || n[17] == 'x'))
      return say("characters", "前 17 位应为数字，最后一位为数字或 X");
    if (n[17] == 'x') say("case", "最后一位的 x 应为大写 X");
    birthday(base::resident_birthday(n));
    const auto check = base::resident_check(n.substr(0, 17));
    if (check && *check != capitals(of_.number)[17]) say("check", "校验码不对：有一位写错，或者两位写颠倒了");
  }
  // Before 1999: no century, no check digit.
  void old_resident() {
    if (!digits(of_.number)) return say("characters", "15 位的旧号码应全为数字");
    auto number = [&](size_t at) { return (of_.number[at] - '0') * 10 + (of_.number[at + 1] - '0'); };
    birthday(Date::from_ymd(1900 + number(6), number(8), number(10)));
    say("old", "是 15 位的旧号码，请换登 18 位的新号码", false);
  }
  void credit_code() {
    if (!length(18)) return;
    const auto check = base::credit_code_check(capitals(of_.number).substr(0, 17));
    if (!check) return say("characters", "只能有数字和大写字母，没有 I、O、S、V、Z");
    if (capitals(of_.number) != of_.number) say("case", "字母应为大写");
    if (*check != capitals(of_.number)[17]) say("check", "校验码不对：有一位写错，或者两位写颠倒了");
  }
  void organisation() {
    std::string n = capitals(of_.number);
    std::erase(n, '-');
    if (n.size() != 9) return say("length", "组织机构代码应为 9 位，现在是 " + std::to_string(n.size()) + " 位");
    const auto check = base::organisation_check(n.substr(0, 8));
    if (!check) return say("characters", "前 8 位应为数字或大写字母");
    if (*check != n[8]) say("check", "校验码不对");
    say("old", "组织机构代码已经换成 18 位的统一社会信用代码", false);
  }
  void licence() {
    if (!length(15)) return;
    if (!digits(of_.number)) return say("characters", "营业执照号应全为数字");
    if (licence_check(std::string_view(of_.number).substr(0, 14)) != of_.number[14]) say("check", "校验码不对");
    say("old", "营业执照号已经换成 18 位的统一社会信用代码", false);
  }
  void passport() {
    if (!plain(of_.number)) return say("characters", "护照号只能有字母和数字");
    if (of_.number.size() < 5 || of_.number.size() > 17) say("length", "护照号应为 5 至 17 位");
  }
  void other() {
    if (of_.number.size() < 4 || of_.number.size() > 40) say("length", "证件号码应为 4 至 40 个字符");
    const bool blank = std::any_of(of_.number.begin(), of_.number.end(),
                                   [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 127; });
    if (blank) say("characters", "证件号码里有空格或看不见的字符");
  }

  const Identity& of_;
  Date today_;
  std::vector<IdentityFlaw> out_;
};

std::string select(const std::string& where) {
  return "SELECT c.customer_id, c.name, c.kind, c.id_type, c.id_no, CAST(c.born_on AS VARCHAR) FROM " +
         counting_rows("f_customers", "f.customer_id",
                       "f.customer_id, f.name, f.kind, f.id_type, f.id_no, f.born_on", where) +
         " c ORDER BY c.customer_id";
}

std::optional<Date> day_of(const std::optional<std::string>& text) {
  return text ? Date::parse(*text) : std::nullopt;
}

IdentityFinding finding(const TextRow& row, const store::PersonalKey& key, Date today) {
  Identity of{row[2].value_or(""), row[3].value_or(""), key.open(row[4].value_or("")), day_of(row[5])};
  return {row[0].value_or(""),      row[1].value_or(""),      of.kind, of.type, std::string(document_of(of)),
          masked_number(of.number), identity_flaws(of, today)};
}

}  // namespace

std::string_view document_of(const Identity& of) {
  if (says(of.type, {"护照", "passport"})) return "passport";
  if (says(of.type, {"组织机构", "organisation", "organization"})) return "organisation";
  if (says(of.type, {"信用代码", "uscc", "credit"})) return "credit_code";
  if (says(of.type, {"营业执照", "licence", "license"})) return of.number.size() == 18 ? "credit_code" : "licence";
  const bool resident =
      says(of.type, {"身份证", "resident", "id_card", "idcard"}) && !says(of.type, {"临时", "外国"});
  const bool unsaid = of.type.empty();
  if (resident || (unsaid && of.kind == "person")) return of.number.size() == 15 ? "resident_old" : "resident";
  if (unsaid && of.kind == "company")
    return of.number.size() == 15                            ? "licence"
           : of.number.size() == 9 || of.number.size() == 10 ? "organisation"
                                                             : "credit_code";
  return "other";
}

std::vector<IdentityFlaw> identity_flaws(const Identity& of, Date today) { return Judge(of, today).flaws(); }

std::vector<IdentityFinding> identity_findings(warehouse::Warehouse& db, const store::PersonalKey& key, Date today,
                                               const std::function<bool(const std::string&)>& sees) {
  std::vector<IdentityFinding> out;
  const std::vector<warehouse::Type> types(6, warehouse::Type::text);
  db.scan(select(""), types, [&](const warehouse::Chunk& c) {
    for (size_t r = 0; r < c.rows; ++r) {
      TextRow row;
      for (size_t k = 0; k < types.size(); ++k)
        row.push_back(c.columns[k].is_null(r) ? std::nullopt : std::optional(std::string(c.columns[k].text[r])));
      IdentityFinding one = finding(row, key, today);
      if (!one.flaws.empty() && sees(one.customer)) out.push_back(std::move(one));
    }
  });
  return out;
}

std::optional<IdentityFinding> identity_of(warehouse::Warehouse& db, const store::PersonalKey& key, Date today,
                                           const std::string& customer) {
  auto rows = text_rows(db, select("f.customer_id = " + quoted(customer)), 6);
  return rows.empty() ? std::nullopt : std::optional(finding(rows[0], key, today));
}

std::string masked_number(const std::string& number) {
  if (number.empty()) return "";
  // Letters of more than one byte are never cut.
  if (std::any_of(number.begin(), number.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
    return "******";
  const size_t shown = number.size() >= 12 ? 4 : number.size() >= 6 ? 2 : 0;
  return number.substr(0, shown) + std::string(number.size() - 2 * shown, '*') +
         number.substr(number.size() - shown);
}

}  // namespace guanhu::customers
