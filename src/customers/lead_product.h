// What a manager writes of a customer and the bank's products: how far each came (introduced, installed, in use,
// refused), with devices and their maintenance; what the customer needs; and which products a member of staff says
// he knows. Records of kinds "customer_product" (key CUSTOMER|PRODUCT), "customer_need" (key CUSTOMER) and
// "product_knowledge" (key STAFF|PRODUCT).
//
// MKT-003, MKT-004, MKT-005, MKT-007, MKT-008, MKT-009
#pragma once
#include <string>
#include <vector>

#include "records/records.h"

namespace guanhu::customers {

inline constexpr const char* kProductKind = "customer_product";
inline constexpr const char* kNeedKind = "customer_need";
inline constexpr const char* kKnowledgeKind = "product_knowledge";

struct Maintenance {
  base::Date day;
  std::string text, by;
};
struct ProductStep {
  std::string product, progress;  // words of the pack
  std::string device, reason, channel, note;
  std::optional<base::Date> offered_on, installed_on;
  std::vector<Maintenance> maintenance;
};
ProductStep product_of(const records::Record& record);

struct Of {
  std::string customer, name, owner, org;
  int64_t version = 0;  // what the writer saw; 0: there was none
};
// Refused: product.device, product.reason (as `needs` says: "device", "reason" or ""), product.day; and as
// records::write, record.changed also when somebody made one meanwhile.
base::Result<records::Record> write_product(store::Session& session, const Of& of, const ProductStep& step,
                                            const std::string& needs, const records::Doing& doing);
// One more of a device's maintenance. Refused: product.none (nothing installed), product.text.
base::Result<records::Record> maintain_product(store::Session& session, const Of& of, const std::string& product,
                                               const Maintenance& done, const records::Doing& doing);
std::vector<records::Record> products_of(store::Session& session, const std::string& customer);

struct Need {
  std::vector<std::string> kinds;                  // of the pack
  std::string cost_limit, expected_return, haste;  // in words: "不超过 5%"
  std::string proposal;                            // which products together would meet it
  std::string note;
  int64_t risk_level = 0;  // 1 to 5 as assessed, 0: was not
  std::optional<base::Date> assessed_on;
  base::Date day;  // it was asked
};
Need need_of(const base::Json& body);
// Refused: need.kinds (none), need.day (after `today`), need.risk (level without a day, or beyond 5).
base::Result<records::Record> write_need(store::Session& session, const Of& of, const Need& need, base::Date today,
                                         const records::Doing& doing);

// Says once that he knows the product; saying it again changes nothing.
base::Result<records::Record> confirm_knowledge(store::Session& session, const std::string& staff,
                                                const std::string& org, const std::string& product, base::Date day,
                                                const records::Doing& doing);
bool knows_product(store::Session& session, const std::string& staff, const std::string& product);

}  // namespace guanhu::customers
