// What the bank offers and what a customer brings for it (产品与资料): a card with kind, term, rate, conditions,
// papers, difficult points and risk points, whom to ask; written by one, published by another. Kinds "product" and
// "product_contact" (who in a department helps with what).
//
//   draft -> proposed -> published -> withdrawn;  a changed card is a draft again: what is published stays to be
//   read in its last published version until the change is agreed to
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "workbench/suggestion.h"

namespace guanhu::workbench {

inline constexpr const char* kProduct = "product";
inline constexpr const char* kContact = "product_contact";

struct ProductPaper {
  std::string name, note;
  int64_t copies = 0;     // copies beside the original; 0 none
  bool original = false;  // the original must be shown
};
struct ProductCard {
  std::string name, business;                // business: the kind: "个人贷款"
  std::string kind, term, rate, conditions;  // the four elements that are published (种类, 期限, 利率, 条件)
  std::string summary;                       // in the customer's words
  std::vector<ProductPaper> papers;
  std::vector<std::string> difficult, risks;  // for managers only
  std::string ask_org, ask_person, note;      // note: for managers only
};
base::Json json_of(const ProductCard& card);
ProductCard card_in(const base::Json& body);
// "种类", "期限", "利率", "条件": those that are filled in.
std::vector<std::string> filled_elements(const ProductCard& card);
// All that a customer may come to read.
std::string customer_text(const ProductCard& card);
// What to bring, as a message to a customer.
std::string papers_message(const ProductCard& card, const std::string& bank);

struct Product {
  records::Record record;                             // title: the card's name; org of who wrote it
  ProductCard card;                                   // as it is written now
  std::optional<ProductCard> published;               // as everybody reads it
  std::string published_at, proposed_by, checked_by;  // by: login
  std::vector<AdviceSaid> said;
};
Product product_of(const records::Record& record);

// Refused: product.name, product.business, product.text (too long), product.papers (a paper without a name, more
// than 60), product.points (more than 30), product.state (waits for the second person).
base::Result<Product> save_product(store::Session& session, const Product& ask, const records::Doing& doing);
// Whether the four elements are there and the words are fit for customers are decisions of packs, asked by the
// caller. Refused: product.state.
base::Result<Product> propose_product(store::Session& session, int64_t id, int64_t version, const AdviceSaid& said,
                                      const records::Doing& doing);
// Refused: product.state, product.same (who wrote or proposed it), suggestion.words (given back without reason).
base::Result<Product> check_product(store::Session& session, int64_t id, int64_t version, bool agreed,
                                    const AdviceSaid& said, const records::Doing& doing);
// Off the list, with a reason. Refused: product.state, suggestion.words.
base::Result<Product> withdraw_product(store::Session& session, int64_t id, int64_t version,
                                       const AdviceSaid& said, const records::Doing& doing);

struct Contact {
  records::Record record;  // org: the department; owner: the colleague; title: for what
  std::string topics, hours;
};
Contact contact_of(const records::Record& record);
// MKT-624. Refused: contact.person (nobody), contact.topics (nothing, too long).
base::Result<Contact> save_contact(store::Session& session, const Contact& ask, const records::Doing& doing);

}  // namespace guanhu::workbench
