// Who belongs to whom: relations of the feed (spouses, guarantors, shareholders, control) and those people wrote
// down, dated, with source and reason; and the picture of them two steps far.
//
// A relation goes from `customer` to `related`: "the related one is the KIND of the customer". One that was
// written down is a record of kind "customer_relation".
#pragma once
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "customers/merge.h"
#include "records/records.h"

namespace guanhu::customers {

inline constexpr const char* kRelationKind = "customer_relation";

// spouse, parent, child, family, cohabitant, guarantor, shareholder, legal_representative, controller, controls,
// group_member, supplier, buyer.
std::span<const std::string_view> relation_kinds();
// Those people may write down: all but group_member, which groups say.
bool may_write_relation(std::string_view kind);

struct Relation {
  int64_t record = 0, version = 0;      // 0: of the feed
  std::string customer, related, kind;  // related: "" of somebody who is no customer
  std::string related_name;             // then
  std::optional<int64_t> share;         // in 1/10,000
  std::optional<base::Date> from, to;   // both included
  std::string source, reason;           // source: "feed", or where it is known from
  bool on(base::Date day) const { return (!from || *from <= day) && (!to || *to >= day); }
};

// Refused: relation.customer (the same one twice, nobody named), relation.kind, relation.share (not over 0 to 100
// %, or where there is none), relation.days, relation.reason, relation.source, and what records::write refuses.
base::Status check_relation(const Relation& relation);  // the same, before anything is written
base::Result<records::Record> write_relation(store::Session& session, const Relation& relation,
                                             const std::string& title, const records::Doing& doing);
base::Result<records::Record> remove_relation(store::Session& session, int64_t record, int64_t version,
                                              const std::string& why, const records::Doing& doing);
// The same for a caller who has a transaction.
base::Result<records::Record> write_relation_in(store::Session& session, const Relation& relation,
                                                const std::string& title, const records::Doing& doing);
base::Result<records::Record> remove_relation_in(store::Session& session, int64_t record, int64_t version,
                                                 const std::string& why, const records::Doing& doing);

// Of these customers, in both directions, whenever they held; numbers that were merged count as the canonical one.
std::vector<Relation> relations_of(store::Session& session, warehouse::Warehouse& db, const Merges& merges,
                                   const std::vector<std::string>& customers);

struct RelationGraph {
  struct Node {
    std::string id, name, kind;  // kind: person, company, other; "" of somebody who is no customer
    int steps = 0;
  };
  std::vector<Node> nodes;          // the one asked about first, then by steps
  std::vector<Relation> relations;  // between them, in force on the day
  bool cut = false;                 // there were more than `most`
};
// From one customer as far as `steps`, of relations in force on the day.
RelationGraph relation_graph(store::Session& session, warehouse::Warehouse& db, const Merges& merges,
                             const std::string& customer, base::Date day, int steps, size_t most);

}  // namespace guanhu::customers
