#include "customers/relation.h"
#include "base/length.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "records/within.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Json;
using base::JsonObject;

namespace {

constexpr std::array<std::string_view, 13> kKinds = {
    "spouse",     "parent",    "child",        "family",
    "cohabitant", "guarantor", "shareholder",  "legal_representative",
    "controller", "controls",  "group_member", "supplier",
    "buyer"};

std::optional<Date> day_of(const std::optional<std::string>& text) {
  return text ? Date::parse(*text) : std::nullopt;
}
std::optional<int64_t> number_of(const std::optional<std::string>& text) {
  int64_t out = 0;
  if (!text || std::from_chars(text->data(), text->data() + text->size(), out).ec != std::errc()) return {};
  return out;
}

Json body_of(const Relation& r) {
  return JsonObject{{"related", r.related}, {"related_name", r.related_name},
                    {"kind", r.kind},       {"share", r.share ? Json(*r.share) : Json()},
                    {"source", r.source},   {"reason", r.reason}};
}

void keep(store::Session& session, const Relation& r, int64_t record) {
  session.exec("DELETE FROM customer_relations WHERE record_id = ?", {record});
  session.exec(
      "INSERT INTO customer_relations (record_id, customer, related, related_name, kind, share, from_day, to_day,"
      " source, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {record, r.customer, r.related, r.related_name, r.kind, r.share ? store::Value(*r.share) : store::Value(),
       r.from->str(), r.to ? store::Value(r.to->str()) : store::Value(), r.source, r.reason});
}

void written(store::Session& session, const std::vector<std::string>& ids, std::vector<Relation>& out) {
  constexpr size_t kAtOnce = 200;  // parameters of one statement
  for (size_t at = 0; at < ids.size(); at += kAtOnce) {
    const size_t end = std::min(at + kAtOnce, ids.size());
    std::string marks;
    std::vector<store::Value> values;
    for (size_t i = at; i < end; ++i) marks += marks.empty() ? "?" : ", ?", values.emplace_back(ids[i]);
    for (size_t i = at; i < end; ++i) values.emplace_back(ids[i]);
    for (const auto& row : session.query(
             "SELECT c.record_id, r.version, c.customer, c.related, c.related_name, c.kind, c.share, c.from_day,"
             " c.to_day, c.source, c.reason FROM customer_relations c JOIN records r ON r.record_id = c.record_id"
             " WHERE c.customer IN (" +
                 marks + ") OR c.related IN (" + marks + ") ORDER BY c.record_id",
             values)) {
      Relation r;
      r.record = row.integer(0), r.version = row.integer(1);
      r.customer = row.text(2), r.related = row.text(3), r.related_name = row.text(4), r.kind = row.text(5);
      r.share = row.maybe_integer(6), r.from = day_of(row.text(7)), r.to = day_of(row.maybe_text(8));
      r.source = row.text(9), r.reason = row.text(10);
      out.push_back(std::move(r));
    }
  }
}

void of_feed(warehouse::Warehouse& db, const std::vector<std::string>& ids, std::vector<Relation>& out) {
  const std::string in = among(ids);
  const std::string rows = counting_rows("f_relations", "f.customer_id, f.related_id, f.kind, f.valid_from",
                                         "f.customer_id, f.related_id, f.kind, f.share, f.valid_from, f.valid_to",
                                         "f.customer_id " + in + " OR f.related_id " + in);
  for (const auto& row : text_rows(db,
                                   "SELECT q.customer_id, q.related_id, q.kind, CAST(q.share AS VARCHAR), "
                                   "CAST(q.valid_from AS VARCHAR), CAST(q.valid_to AS VARCHAR) FROM " +
                                       rows + " q ORDER BY 1, 2, 3, 5",
                                   6)) {
    Relation r;
    r.customer = row[0].value_or(""), r.related = row[1].value_or(""), r.kind = row[2].value_or("");
    // The feed's shares have eight decimals.
    if (auto share = number_of(row[3])) r.share = *share / 10'000;
    r.from = day_of(row[4]), r.to = day_of(row[5]);
    r.source = "feed";
    out.push_back(std::move(r));
  }
}

}  // namespace

std::span<const std::string_view> relation_kinds() { return kKinds; }

bool may_write_relation(std::string_view kind) {
  return kind != "group_member" && std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

base::Status check_relation(const Relation& r) {
  if (r.customer.empty() || (r.related.empty() && r.related_name.empty()))
    return Error{"relation.customer", "没有写和谁的关系", "related", "选一个客户，或写明姓名"};
  if (r.customer == r.related) return Error{"relation.customer", "不能和自己有关系", "related", "选另一个客户"};
  if (base::characters(r.related_name) > 200)
    return Error{"relation.customer", "姓名太长", "related_name", "写短一些"};
  if (!may_write_relation(r.kind)) return Error{"relation.kind", "没有“" + r.kind + "”这一种关系", "kind", ""};
  const bool shares = r.kind == "shareholder" || r.kind == "controls" || r.kind == "controller";
  if (r.share && !shares) return Error{"relation.share", "这一种关系没有比例", "share", "比例空着"};
  if (r.share && (*r.share <= 0 || *r.share > 10'000))
    return Error{"relation.share", "比例要大于 0，不超过 100%", "share", "写百分数，例如 35.5"};
  if (r.kind == "shareholder" && !r.share) return Error{"relation.share", "股东要写持股比例", "share", "写百分数"};
  if (!r.from) return Error{"relation.days", "没有写从哪一天起", "from", "写起日"};
  if (r.to && *r.to < *r.from) return Error{"relation.days", "止日在起日以前", "to", "改好起止日期"};
  if (!is_reason(r.source, 200))
    return Error{"relation.source", "没有写从哪里知道的", "source", "例如：户口簿、公司章程"};
  if (!is_reason(r.reason)) return Error{"relation.reason", "没有写理由，或太长", "reason", "用一句话写明"};
  return {};
}

namespace {

// Prepares the record and the row beside it; `write` is one of records' two ways to write.
template <typename Write>
base::Result<records::Record> keep_relation(store::Session& session, const Relation& relation,
                                            const std::string& title, const records::Doing& doing, Write write) {
  if (auto fits = check_relation(relation); !fits.ok()) return fits.error();
  records::Change change;
  change.action = relation.record ? "customer.relation_change" : "customer.relation_write";
  change.why = relation.reason;
  records::Record& r = change.record;
  r.id = relation.record, r.version = relation.version;
  r.kind = kRelationKind, r.state = "written", r.customer = relation.customer, r.title = title;
  r.day = relation.from, r.until = relation.to, r.body = body_of(relation);
  if (relation.record) {
    auto was = records::record(session, kRelationKind, relation.record);
    if (!was.ok()) return was.error();
    r.owner = was->owner, r.org = was->org;
  } else {
    r.owner = doing.login;
  }
  records::Doing also = doing;
  also.also = [&](const records::Record& made, const std::string& action) {
    keep(session, relation, made.id);
    if (doing.also) doing.also(made, action);
  };
  return write(session, change, also);
}

template <typename Remove>
base::Result<records::Record> drop_relation(store::Session& session, int64_t record, int64_t version,
                                            const std::string& why, const records::Doing& doing, Remove remove) {
  if (!is_reason(why)) return Error{"relation.reason", "没有写理由，或太长", "reason", "用一句话写明"};
  auto was = records::record(session, kRelationKind, record);
  if (!was.ok()) return was.error();
  records::Doing also = doing;
  also.also = [&](const records::Record& gone, const std::string& action) {
    session.exec("DELETE FROM customer_relations WHERE record_id = ?", {gone.id});
    if (doing.also) doing.also(gone, action);
  };
  return remove(session, record, version, "customer.relation_remove", why, also);
}

}  // namespace

base::Result<records::Record> write_relation(store::Session& session, const Relation& relation,
                                             const std::string& title, const records::Doing& doing) {
  return keep_relation(session, relation, title, doing, records::write);
}
base::Result<records::Record> write_relation_in(store::Session& session, const Relation& relation,
                                                const std::string& title, const records::Doing& doing) {
  return keep_relation(session, relation, title, doing, records::write_in);
}
base::Result<records::Record> remove_relation(store::Session& session, int64_t record, int64_t version,
                                              const std::string& why, const records::Doing& doing) {
  return drop_relation(session, record, version, why, doing, records::remove);
}
base::Result<records::Record> remove_relation_in(store::Session& session, int64_t record, int64_t version,
                                                 const std::string& why, const records::Doing& doing) {
  return drop_relation(session, record, version, why, doing, records::remove_in);
}

std::vector<Relation> relations_of(store::Session& session, warehouse::Warehouse& db, const Merges& merges,
                                   const std::vector<std::string>& customers) {
  std::vector<std::string> ids;
  for (const auto& one : customers)
    for (auto& id : merges.members(one)) ids.push_back(std::move(id));
  std::vector<Relation> found, out;
  if (ids.empty()) return out;
  of_feed(db, ids, found);
  written(session, ids, found);
  // A marriage stands in the feed from both sides; after a merge a relation may stand twice, or lead to oneself.
  std::set<std::string> seen;
  for (auto& r : found) {
    r.customer = merges.canonical(r.customer);
    if (!r.related.empty()) r.related = merges.canonical(r.related);
    if (r.customer == r.related) continue;
    const bool mutual = r.kind == "spouse" || r.kind == "family" || r.kind == "cohabitant";
    std::string a = r.customer, b = r.related.empty() ? "=" + r.related_name : r.related;
    if (mutual && b < a) std::swap(a, b);
    const std::string key =
        a + "|" + b + "|" + r.kind + "|" + (r.from ? r.from->str() : "") + "|" + std::to_string(r.record);
    if (seen.insert(key).second) out.push_back(std::move(r));
  }
  return out;
}

RelationGraph relation_graph(store::Session& session, warehouse::Warehouse& db, const Merges& merges,
                             const std::string& customer, Date day, int steps, size_t most) {
  RelationGraph out;
  out.nodes.push_back({merges.canonical(customer), "", "", 0});
  std::set<std::string> known = {out.nodes[0].id};
  std::set<std::string> drawn;
  std::vector<std::string> edge = {out.nodes[0].id};
  for (int step = 1; step <= steps && !edge.empty(); ++step) {
    std::vector<std::string> next;
    for (auto& r : relations_of(session, db, merges, edge)) {
      if (!r.on(day)) continue;
      const std::string other = r.related.empty() ? "=" + r.related_name : r.related;
      for (const std::string& end : {r.customer, other}) {
        if (known.contains(end)) continue;
        if (out.nodes.size() >= most) {
          out.cut = true;
          continue;
        }
        known.insert(end);
        out.nodes.push_back({end, end[0] == '=' ? end.substr(1) : "", "", step});
        if (end[0] != '=') next.push_back(end);
      }
      const std::string key =
          r.customer + "|" + other + "|" + r.kind + "|" + std::to_string(r.record) + (r.from ? r.from->str() : "");
      if (known.contains(r.customer) && known.contains(other) && drawn.insert(key).second)
        out.relations.push_back(std::move(r));
    }
    edge = std::move(next);
  }
  std::vector<std::string> ids(known.begin(), known.end());
  for (const auto& one : customer_names(db, ids))
    for (auto& node : out.nodes)
      if (node.id == one.id) node.name = one.name, node.kind = one.kind;
  return out;
}

}  // namespace guanhu::customers
