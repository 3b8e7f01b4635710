#include "customers/lead_product.h"

#include "base/json_member.h"
#include "customers/customer.h"

namespace guanhu::customers {

using base::Date;
using base::Error;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using base::Result;
using records::Change;
using records::Record;

namespace {

Json day_json(const std::optional<Date>& of) { return of ? Json(of->str()) : Json(); }

Json to_json(const ProductStep& of) {
  JsonArray maintenance;
  for (const auto& one : of.maintenance)
    maintenance.push_back(JsonObject{{"day", one.day.str()}, {"text", one.text}, {"by", one.by}});
  return JsonObject{{"product", of.product},
                    {"progress", of.progress},
                    {"device", of.device},
                    {"reason", of.reason},
                    {"channel", of.channel},
                    {"note", of.note},
                    {"offered_on", day_json(of.offered_on)},
                    {"installed_on", day_json(of.installed_on)},
                    {"maintenance", std::move(maintenance)}};
}

// A record of its key, or the one there is, with the version the writer saw.
Result<Record> opened(store::Session& session, const char* kind, const std::string& key, const Of& of) {
  auto there = records::with_key(session, kind, key);
  if (there && !of.version)
    return Error{"record.changed", "别人已经先写了一份", std::to_string(there->version), "看了再改"};
  Record out;
  if (there) out = *there, out.version = of.version;
  out.kind = kind, out.key = key, out.customer = of.customer, out.owner = of.owner, out.org = of.org;
  return out;
}

}  // namespace

ProductStep product_of(const Record& record) {
  const Json& body = record.body;
  ProductStep out;
  out.product = text_in(body, "product"), out.progress = text_in(body, "progress"),
  out.device = text_in(body, "device");
  out.reason = text_in(body, "reason"), out.channel = text_in(body, "channel"), out.note = text_in(body, "note");
  out.offered_on = day_in(body, "offered_on"), out.installed_on = day_in(body, "installed_on");
  for (const Json& one : list_in(body, "maintenance"))
    out.maintenance.push_back({day_in(one, "day").value_or(Date()), text_in(one, "text"), text_in(one, "by")});
  return out;
}

Result<Record> write_product(store::Session& session, const Of& of, const ProductStep& step,
                             const std::string& needs, const records::Doing& doing) {
  if (needs == "device" && !is_reason(step.device, 100))
    return Error{"product.device", "“" + step.progress + "”要写机器号或开通号", "device", "照机器上的号写"};
  if (needs == "reason" && !is_reason(step.reason))
    return Error{"product.reason", "“" + step.progress + "”要写原因", "reason", "用一句话写明客户怎么说"};
  if (step.installed_on && step.offered_on && *step.installed_on < *step.offered_on)
    return Error{"product.day", "安装日早于介绍日", "installed_on", "改其中一个"};
  const std::string key = of.customer + "|" + step.product;
  auto record = opened(session, kProductKind, key, of);
  if (!record.ok()) return record;
  ProductStep next = step;
  next.maintenance = product_of(*record).maintenance;
  Change change;
  change.record = *record, change.record.state = step.progress,
  change.record.title = of.name + " · " + step.product;
  change.record.body = to_json(next), change.action = "customer_product.write";
  return records::write(session, change, doing);
}

Result<Record> maintain_product(store::Session& session, const Of& of, const std::string& product,
                                const Maintenance& done, const records::Doing& doing) {
  if (!is_reason(done.text)) return Error{"product.text", "没有写做了什么", "text", "用一句话写明"};
  auto record = records::with_key(session, kProductKind, of.customer + "|" + product);
  if (!record || product_of(*record).device.empty())
    return Error{"product.none", "还没有登记安装", "product", "先登记机器号"};
  ProductStep step = product_of(*record);
  step.maintenance.push_back(done);
  Change change;
  change.record = *record, change.record.version = of.version, change.record.body = to_json(step);
  change.action = "customer_product.maintain";
  return records::write(session, change, doing);
}

std::vector<Record> products_of(store::Session& session, const std::string& customer) {
  records::Filter filter;
  filter.kinds = {kProductKind}, filter.customer = customer;
  return records::list(session, filter);
}

Need need_of(const Json& body) {
  Need out;
  out.kinds = texts_in(body, "kinds");
  out.cost_limit = text_in(body, "cost_limit"), out.expected_return = text_in(body, "expected_return");
  out.haste = text_in(body, "haste"), out.proposal = text_in(body, "proposal"), out.note = text_in(body, "note");
  if (const Json* level = body.find("risk_level"); level && level->as_number())
    out.risk_level = level->as_number()->to_int64().value_or(0);
  out.assessed_on = day_in(body, "assessed_on"), out.day = day_in(body, "day").value_or(Date());
  return out;
}

Result<Record> write_need(store::Session& session, const Of& of, const Need& need, Date today,
                          const records::Doing& doing) {
  if (need.kinds.empty()) return Error{"need.kinds", "没有选要哪种服务", "kinds", "至少选一种"};
  if (today < need.day) return Error{"need.day", "询问的日期还没有到", "day", "写今天或以前"};
  if (need.risk_level < 0 || need.risk_level > 5 || (need.risk_level > 0) != need.assessed_on.has_value())
    return Error{"need.risk", "风险承受等级和评估日期要一起写，等级一到五", "risk_level", "没有评估过就都不写"};
  if (need.assessed_on && today < *need.assessed_on)
    return Error{"need.risk", "评估日期还没有到", "assessed_on", "写今天或以前"};
  auto record = opened(session, kNeedKind, of.customer, of);
  if (!record.ok()) return record;
  JsonArray kinds;
  for (const auto& one : need.kinds) kinds.emplace_back(one);
  Change change;
  change.record = *record, change.record.state = "kept", change.record.title = of.name + " · 需求";
  change.record.day = need.day, change.action = "customer_need.write";
  change.record.body = JsonObject{{"kinds", std::move(kinds)},
                                  {"cost_limit", need.cost_limit},
                                  {"expected_return", need.expected_return},
                                  {"haste", need.haste},
                                  {"proposal", need.proposal},
                                  {"note", need.note},
                                  {"risk_level", need.risk_level},
                                  {"assessed_on", day_json(need.assessed_on)},
                                  {"day", need.day.str()}};
  return records::write(session, change, doing);
}

Result<Record> confirm_knowledge(store::Session& session, const std::string& staff, const std::string& org,
                                 const std::string& product, Date day, const records::Doing& doing) {
  const std::string key = staff + "|" + product;
  if (auto there = records::with_key(session, kKnowledgeKind, key)) return *there;
  Change change;
  change.record.kind = kKnowledgeKind, change.record.key = key, change.record.state = "confirmed";
  change.record.owner = staff, change.record.org = org, change.record.day = day;
  change.record.title = "懂得产品：" + product, change.record.body = JsonObject{{"product", product}};
  change.action = "product_knowledge.confirm";
  return records::write(session, change, doing);
}

bool knows_product(store::Session& session, const std::string& staff, const std::string& product) {
  auto there = records::with_key(session, kKnowledgeKind, staff + "|" + product);
  return there && !there->removed;
}

}  // namespace guanhu::customers
