// What was looked up about a customer outside the bank (联网核查, 征信, 工商登记, ...), and what others than the
// manager found when they checked what the manager says. Both are records (kinds "outside_query", "info_check") of
// the customer. Which kinds there are, what each needs and how long it holds is the pack's
// (policies/outside-queries): this header knows only their names. Nothing here connects to another system: a
// person or a program of the bank writes down what was asked and answered, with the answer as a file.
//
// INT-002 INT-003 INT-005 INT-006 INT-008 INT-010 INT-303 CUS-612
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "policy/pack.h"
#include "records/records.h"

namespace guanhu::customers {

inline constexpr const char* kQueryKind = "outside_query";
inline constexpr const char* kCheckKind = "info_check";
inline constexpr const char* kOutsidePack = "outside-queries";

struct OutsideQuery {
  std::string customer;
  std::string what, subject;  // words of the pack: 个人征信, 借款人
  std::string name;           // who was asked about
  std::string purpose, result;
  std::string number, consent;  // of the report, of the customer's consent; "" none
  std::optional<base::Date> consent_on;
  std::string period;                   // "2025-12" of sums; "" none
  std::optional<base::Decimal> amount;  // 元
  std::string note;
  base::Date day;                  // it was asked
  std::vector<std::string> files;  // digests
};

struct QueryStanding {
  base::Date until;  // the last day it holds
  bool valid = false, changed = false, heed = false;
  std::optional<base::Date> again;      // when it should be asked again
  std::optional<base::Date> consented;  // the last day of the customer's consent
};

struct InfoCheck {
  std::string customer, source, about, note;  // source: a word of the pack; about: what the manager says
  base::Date day;
  bool agrees = true;
};

class OutsideRules {
 public:
  // `pack` must outlive it; parameters are those of `on`, the bank's day.
  OutsideRules(const policy::Pack& pack, base::Date on) : pack_(pack), on_(on) {}

  std::vector<std::string> kinds() const;     // words of the pack's 查询种类
  std::vector<std::string> subjects() const;  // of 查询对象
  std::vector<std::string> sources() const;   // those that do not come from the manager
  // {"要授权", "要编号", "要期间和金额", "结果说法", "有效天数", ...}. Refused: query.what.
  base::Result<base::Json> kind(const std::string& what) const;
  // Refused: query.what, query.subject, query.record (what is lacking, all of it).
  base::Status complete(const OutsideQuery& query) const;
  // `before`: what the last query of the same kind about the same one said; "" there was none.
  base::Result<QueryStanding> standing(const OutsideQuery& query, const std::string& before) const;
  // `own`: who checked serves the customer. Refused: check.source, check.record.
  base::Status independent(const InfoCheck& check, bool own) const;

 private:
  base::Result<base::Json> ask(const char* decision, base::JsonObject input) const;
  std::vector<std::string> words(const char* type) const;
  const policy::Pack& pack_;
  base::Date on_;
};

OutsideQuery query_of(const records::Record& record);
InfoCheck check_of(const records::Record& record);
// Whose record it becomes; id 0: a new one.
struct WrittenBy {
  int64_t id = 0, version = 0;
  std::string owner, org;
};
// After complete() and standing(). Refused: what records::write refuses.
base::Result<records::Record> write_query(store::Session& session, const OutsideQuery& query,
                                          const QueryStanding& standing, const WrittenBy& by,
                                          const std::string& why, const records::Doing& doing);
base::Result<records::Record> write_check(store::Session& session, const InfoCheck& check, const WrittenBy& by,
                                          const records::Doing& doing);
// Of the same kind about the same name, asked before it (or on its day, written before it): the last one's result.
std::string result_before(const std::vector<records::Record>& all, const OutsideQuery& query, int64_t id);

}  // namespace guanhu::customers
