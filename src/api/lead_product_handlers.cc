// A customer's page of products: what he has of each family and what not, what may be offered and what not with
// the rule that forbids it; how far each product came; what he needs; whether he wants to be contacted. And the
// queue of customers to look after. MKT-621, MKT-304, MKT-004, MKT-005, MKT-007, MKT-008, MKT-009
#include <algorithm>

#include "api/lead_desk.h"
#include "api/policy_json.h"
#include "base/json_member.h"
#include "feel/json.h"

namespace guanhu::api {

using base::Date;
using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Known;
using customers::known_value;
using people::Permission;
using records::Record;

namespace {

Json or_else(const std::vector<Known>& known, const char* name, Json otherwise) {
  const Json* found = known_value(known, name);
  return found && !found->is_null() ? *found : otherwise;
}

// What other packs say of a product and a customer.
class Gates {
 public:
  Gates(LeadDesk& desk, const std::vector<Known>& known, const std::optional<Record>& need)
      : desk_(desk), known_(known) {
    if (need) need_ = customers::need_of(need->body);
  }

  // MKT-005: does the asker know it, and is what was installed looked after.
  std::string knowledge(const std::string& product, bool installable, const customers::ProductStep* step) {
    const bool installed = step && !step->device.empty() && installable;
    const Json input =
        JsonObject{{"已确认产品知识", customers::knows_product(desk_.store(), desk_.person(), product)},
                   {"已安装", installed},
                   {"有安装维护记录", step && !step->maintenance.empty()}};
    auto said = ask("hubei-rcc-guide", "product-marketing-gate", input);
    return said.as_string() ? *said.as_string() : "通过";
  }

  // WMS-007, WMS-008, WMS-009: may it be recommended at all.
  Json suitability(const std::string& kind, int64_t risk) {
    const Json* born = known_value(known_, "出生日期");
    if (!born || !born->as_string()) return JsonArray{"没有出生日期，看不了适当性"};
    JsonObject input = {
        {"产品类型", kind}, {"产品风险等级", risk},           {"客户风险承受等级", need_.risk_level},
        {"主动推介", true}, {"出生日期", *born->as_string()}, {"销售日期", desk_.today().str()}};
    if (need_.assessed_on) input.emplace_back("风险评估日期", need_.assessed_on->str());
    const Json said = ask("icbc-branch-notice", "sale-suitability", input);
    const Json* reasons = said.find("原因");
    return reasons ? *reasons : Json(JsonArray{});
  }

 private:
  Json ask(const char* pack, const char* decision, const Json& input) {
    auto found = desk_.services().packs().on(pack, desk_.today());
    if (!found.ok()) return {};
    auto said = policy::decide(**found, decision, input, desk_.today());
    return said.ok() ? feel::to_json(said->result) : Json();
  }
  LeadDesk& desk_;
  const std::vector<Known>& known_;
  customers::Need need_;
};

Json step_json(LeadDesk& desk, const Record& of) {
  const auto step = customers::product_of(of);
  JsonArray maintenance;
  for (const auto& one : step.maintenance)
    maintenance.push_back(JsonObject{{"day", one.day.str()}, {"text", one.text}, {"by", desk.name_of(one.by)}});
  return JsonObject{{"id", of.id},
                    {"version", of.version},
                    {"progress", step.progress},
                    {"device", step.device},
                    {"reason", step.reason},
                    {"channel", step.channel},
                    {"note", step.note},
                    {"offered_on", maybe_day(step.offered_on)},
                    {"installed_on", maybe_day(step.installed_on)},
                    {"maintenance", std::move(maintenance)},
                    {"by", desk.name_of(of.owner)}};
}

struct Asked {
  std::string id;
  const std::vector<Known>* known = nullptr;
  std::map<std::string, Record> steps;
  bool refused = false;
};

// One product: its card, whether the customer has it, whether it may be offered.
Json product_json(LeadDesk& desk, Gates& gates, const Asked& of, const std::string& product) {
  auto card = desk.rules().ask("product-card", JsonObject{{"产品", product}});
  if (!card.ok()) return {};
  const auto kinds = texts_in(*card, "品种");
  auto at = of.steps.find(product);
  std::optional<customers::ProductStep> step;
  if (at != of.steps.end()) step = customers::product_of(at->second);
  bool held = false;
  if (const Json* has = known_value(*of.known, "持有品种"); has && has->as_array())
    for (const Json& one : *has->as_array())
      held = held || std::find(kinds.begin(), kinds.end(), *one.as_string()) != kinds.end();
  const bool seen = held, installable = flag_in(*card, "要安装");
  bool using_it = false;
  if (step) {
    auto said =
        desk.rules().ask("product-progress", JsonObject{{"进展", step->progress}, {"要安装", installable}});
    if (said.ok()) held = held || flag_in(*said, "算有"), using_it = flag_in(*said, "在用");
  }
  const std::string wealth = text_in(*card, "理财类");
  int64_t risk = 1;
  if (const Json* level = card->find("风险等级"); level && level->as_number())
    risk = level->as_number()->to_int64().value_or(1);
  const Json unsuitable = wealth.empty() ? Json(JsonArray{}) : gates.suitability(wealth, risk);
  JsonObject input = {{"产品", product},
                      {"对象", text_in(*card, "对象")},
                      {"要准入", flag_in(*card, "要准入")},
                      {"持有", held},
                      {"不愿联系", of.refused},
                      {"产品关口", gates.knowledge(product, installable, step ? &*step : nullptr)},
                      {"适当性不通过", unsuitable}};
  for (const auto& [name, otherwise] : std::vector<std::pair<const char*, Json>>{{"客户类型", "other"},
                                                                                 {"存款余额", 0},
                                                                                 {"贷款余额", 0},
                                                                                 {"逾期天数", 0},
                                                                                 {"不良信用名单命中", false},
                                                                                 {"准入状态", "未申请"}})
    input.emplace_back(name, or_else(*of.known, name, otherwise));
  if (const Json* category = known_value(*of.known, "客户分类")) input.emplace_back("客户分类", *category);
  auto said = desk.rules().answer("product-offer", input);
  if (!said.ok())
    throw base::Broken("the pack refuses what the program asks of a product: " + said.error().text());
  const Json result = feel::to_json(said->result);
  JsonArray rules;
  for (const auto& cite : said->cites)
    if (cite.row > 0 && cite.table.find("不许") != std::string::npos && !cite.rule_id.empty())
      rules.emplace_back(cite.rule_id);
  return JsonObject{{"product", product},
                    {"family", text_in(*card, "大类")},
                    {"held", held},
                    {"seen", seen},
                    {"in_use", using_it},
                    {"installable", installable},
                    {"offer", flag_in(result, "可推荐")},
                    {"why", text_in(result, "理由")},
                    {"forbidden", texts_json(texts_in(result, "不许"))},
                    {"unsuitable", unsuitable},
                    {"rules", std::move(rules)},
                    {"knows", customers::knows_product(desk.store(), desk.person(), product)},
                    {"step", at == of.steps.end() ? Json() : step_json(desk, at->second)}};
}

Json need_json(LeadDesk& desk, const std::optional<Record>& of) {
  JsonObject ask;
  if (of) ask.emplace_back("记下天数", std::max(0, desk.today() - customers::need_of(of->body).day));
  auto said = desk.rules().ask("need-standing", ask);
  JsonObject out = {{"standing", said.ok() && said->as_string() ? *said->as_string() : ""},
                    {"version", of ? of->version : 0},
                    {"by", of ? desk.name_of(of->owner) : ""}};
  const auto need = of ? customers::need_of(of->body) : customers::Need();
  JsonObject more = {{"kinds", texts_json(need.kinds)},
                     {"cost_limit", need.cost_limit},
                     {"expected_return", need.expected_return},
                     {"haste", need.haste},
                     {"proposal", need.proposal},
                     {"note", need.note},
                     {"risk_level", need.risk_level},
                     {"assessed_on", maybe_day(need.assessed_on)},
                     {"day", of ? Json(need.day.str()) : Json()}};
  for (auto& one : more) out.push_back(std::move(one));
  return out;
}

// MKT-615: how many the customer recommended this year; nothing follows from too few.
Json recommended_json(LeadDesk& desk, const std::string& customer) {
  int64_t count = 0;
  for (const auto& row : customers::lead_rows(desk.store()))
    count += !row.recommender.empty() && desk.merges().canonical(row.recommender) == customer &&
             row.received.year() == desk.today().year();
  auto pack = desk.services().packs().on("hk-h-bank-practice", desk.today());
  if (!pack.ok()) return {};
  auto said = policy::decide(**pack, "referral-target", JsonObject{{"推荐户数", count}}, desk.today());
  if (!said.ok()) return {};
  const Json result = feel::to_json(said->result);
  const Json* target = result.find("目标");
  return JsonObject{{"count", count}, {"target", target ? *target : Json()}, {"reached", flag_in(result, "达成")}};
}

Outcome whole(LeadDesk& desk, const std::string& id) {
  const auto known = desk.market({id});
  auto at = known.find(id);
  if (at == known.end()) return not_found();
  Asked of;
  of.id = id, of.known = &at->second;
  const auto refusal = customers::no_contact(desk.store(), id);
  of.refused = refusal.has_value();
  for (const Record& one : customers::products_of(desk.store(), id))
    of.steps.emplace(customers::product_of(one).product, one);
  const auto need = records::with_key(desk.store(), customers::kNeedKind, id);
  Gates gates(desk, at->second, need);
  JsonArray products;
  for (const auto& product : desk.rules().words("营销产品"))
    products.push_back(product_json(desk, gates, of, product));
  Json no_contact;
  if (refusal) no_contact = JsonObject{{"why", refusal->why}, {"at", refusal->at}, {"by", refusal->by}};
  return Answer{JsonObject{{"customer", id},
                           {"name", desk.customer_name(id)},
                           {"business_date", desk.business().str()},
                           {"today", desk.today().str()},
                           {"products", std::move(products)},
                           {"need", need_json(desk, need)},
                           {"need_kinds", texts_json(desk.rules().words("需求种类"))},
                           {"progress", texts_json(desk.rules().words("产品进展"))},
                           {"channels", texts_json(desk.rules().words("联系渠道"))},
                           {"no_contact", std::move(no_contact)},
                           {"recommended", recommended_json(desk, id)},
                           {"may_write", desk.can(Permission::lead_write)}}};
}

// By the endpoint's own permission, beside the right to see the customer.
bool reached(LeadDesk& desk, const Call& call, const std::string& canonical) {
  const auto& all = desk.facts().customers;
  for (const auto& member : desk.merges().members(canonical)) {
    const size_t at = all->find(member);
    if (at < all->size() && desk.facts().reaches_customer(call.login(), call.scope, at, desk.db())) return true;
  }
  return false;
}

using Work = std::function<Outcome(LeadDesk&, const std::string&)>;
Outcome of_customer(Services& s, const Call& call, const Work& work) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  auto id = desk.customer(call.part("id"));
  if (!id || !reached(desk, call, *id)) return not_found();
  return work(desk, *id);
}

customers::Of of_writer(LeadDesk& desk, const std::string& id) {
  return {id, desk.customer_name(id), desk.person(), desk.org_of(desk.person()),
          whole_member(desk.call(), "version")};
}

Outcome show(Services& s, const Call& call) {
  return of_customer(s, call, [](LeadDesk& desk, const std::string& id) { return whole(desk, id); });
}

Outcome write_step(Services& s, const Call& call) {
  return of_customer(s, call, [&](LeadDesk& desk, const std::string& id) -> Outcome {
    customers::ProductStep step;
    step.product = call.part("product"), step.progress = call.text("progress");
    step.device = text_member(call, "device"), step.reason = text_member(call, "reason");
    step.channel = text_member(call, "channel"), step.note = text_member(call, "note");
    step.offered_on = day_member(call, "offered_on"), step.installed_on = day_member(call, "installed_on");
    auto card = desk.rules().ask("product-card", JsonObject{{"产品", step.product}});
    if (!card.ok()) return not_found();
    auto said = desk.rules().ask("product-progress",
                                 JsonObject{{"进展", step.progress}, {"要安装", flag_in(*card, "要安装")}});
    if (!said.ok())
      return at_member("product.progress", "没有“" + step.progress + "”这一步", "progress", "从列出的里面选一个");
    const std::string needs = text_in(*said, "要写");
    auto kept = customers::write_product(desk.store(), of_writer(desk, id), step,
                                         needs == "机器号" ? "device"
                                         : needs == "原因" ? "reason"
                                                           : "",
                                         desk.writing());
    if (!kept.ok()) return lead_refusal(kept.error());
    return whole(desk, id);
  });
}

Outcome maintain(Services& s, const Call& call) {
  return of_customer(s, call, [&](LeadDesk& desk, const std::string& id) -> Outcome {
    const customers::Maintenance done = {day_member(call, "day").value_or(desk.today()), call.text("text"),
                                         desk.person()};
    auto kept =
        customers::maintain_product(desk.store(), of_writer(desk, id), call.part("product"), done, desk.writing());
    if (!kept.ok()) return lead_refusal(kept.error());
    return whole(desk, id);
  });
}

Outcome write_need(Services& s, const Call& call) {
  return of_customer(s, call, [&](LeadDesk& desk, const std::string& id) -> Outcome {
    customers::Need need = customers::need_of(call.body);
    for (const auto& kind : need.kinds)
      if (!desk.rules().ask("need-standing", JsonObject{{"种类", kind}}).ok())
        return at_member("need.kinds", "没有“" + kind + "”这种需求", "kinds", "从列出的里面选");
    auto kept = customers::write_need(desk.store(), of_writer(desk, id), need, desk.today(), desk.writing());
    if (!kept.ok()) return lead_refusal(kept.error());
    return whole(desk, id);
  });
}

Outcome no_contact(Services& s, const Call& call) {
  return of_customer(s, call, [&](LeadDesk& desk, const std::string& id) -> Outcome {
    auto kept =
        customers::keep_no_contact(desk.store(), id, flag_member(call, "refused"), call.text("why"), desk.login(),
                                   desk.now(), [&](const std::string& action) {
                                     desk.audit(action, "customer " + id, JsonObject{{"why", call.text("why")}});
                                   });
    if (!kept.ok()) return lead_refusal(kept.error());
    return whole(desk, id);
  });
}

Outcome confirm(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  const std::string product = call.text("product");
  const auto& all = desk.rules().words("营销产品");
  if (std::find(all.begin(), all.end(), product) == all.end())
    return at_member("product.unknown_word", "没有产品“" + product + "”", "product", "从列出的里面选一个");
  auto kept = customers::confirm_knowledge(desk.store(), desk.person(), desk.org_of(desk.person()), product,
                                           desk.today(), desk.writing());
  if (!kept.ok()) return lead_refusal(kept.error());
  return Answer{JsonObject{{"product", product}, {"day", kept->day->str()}}};
}

// ---------------------------------------------------------------------------- the queue

// MKT-622, MKT-616, MKT-611: large and key customers first, then those nobody heard of for long.
Json queue_json(LeadDesk& desk, const std::string& id, const std::vector<Known>& known,
                const std::map<std::string, std::string>& refusals) {
  JsonObject input = {{"存款余额", or_else(known, "存款余额", 0)}, {"贷款余额", or_else(known, "贷款余额", 0)}};
  for (const char* name : {"未往来天数", "未联系天数"})
    if (const Json* days = known_value(known, name)) input.emplace_back(name, *days);
  auto said = desk.rules().ask("visit-queue", input);
  if (!said.ok()) return {};
  auto yuan = [&](const char* name) {
    const Json* value = known_value(known, name);
    return value && value->as_number() ? value->as_number()->round(2, base::Rounding::half_up).str() : "0";
  };
  const Json* rank = said->find("档");
  auto or_null = [&](const char* name) { return or_else(known, name, Json()); };
  return JsonObject{{"id", id},
                    {"name", desk.customer_name(id)},
                    {"rank", rank ? *rank : Json(4)},
                    {"large", flag_in(*said, "大户")},
                    {"inactive", flag_in(*said, "不活跃")},
                    {"deposits", yuan("存款余额")},
                    {"loans", yuan("贷款余额")},
                    {"idle_days", or_null("未往来天数")},
                    {"silent_days", or_null("未联系天数")},
                    {"last_contact", or_null("上次联系日期")},
                    {"no_contact", refusals.contains(id)}};
}

Outcome queue(Services& s, const Call& call) {
  LeadDesk desk(s, call);
  if (auto refused = desk.read_rules()) return *refused;
  const auto& all = desk.facts().customers;
  const bool mine = call.get("whose").value_or("mine") == "mine";
  auto places = mine ? desk.facts().customers_of(desk.person(), desk.db())
                     : desk.facts().customers_in(call.login(), desk.scope(Permission::customer_read), desk.db());
  constexpr size_t kMost = 5'000;
  std::vector<std::string> ids;
  const size_t count = !all ? 0 : places ? places->size() : all->size();
  for (size_t n = 0; n < count && ids.size() < kMost; ++n) {
    std::string id(all->at(places ? (*places)[n] : n).id);
    if (!desk.merges().absorbed(id)) ids.push_back(std::move(id));
  }
  const auto refusals = desk.refusals();
  std::vector<Json> items;
  for (const auto& [id, known] : desk.market(ids))
    if (Json one = queue_json(desk, id, known, refusals); !one.is_null())
      if (call.get("inactive").value_or("") != "true" || flag_in(one, "inactive")) items.push_back(std::move(one));
  std::stable_sort(items.begin(), items.end(), [](const Json& a, const Json& b) {
    auto key = [](const Json& of) {
      const auto deposits = base::parse_fen(text_in(of, "deposits")).value_or(0);
      const auto loans = base::parse_fen(text_in(of, "loans")).value_or(0);
      return std::make_pair(of.find("rank")->as_number()->to_int64().value_or(9), -(deposits + loans));
    };
    return key(a) < key(b);
  });
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"business_date", desk.business().str()}, {"cut", count > kMost}};
  return out;
}

Endpoint write(const char* method, const char* path, const char* summary, SchemaRef input,
               Outcome (*handler)(Services&, const Call&)) {
  return {.method = method,
          .path = path,
          .summary = summary,
          .permission = Permission::lead_write,
          .input = std::move(input),
          .output = ref("CustomerProducts"),
          .handler = handler};
}

}  // namespace

Table lead_product_endpoints() {
  return {
      {.method = "GET",
       .path = "/customers/{id}/products",
       .summary = "products the customer has and has not, which may be offered and why not, needs",
       .permission = Permission::lead_read,
       .output = ref("CustomerProducts"),
       .handler = show},
      write("PUT", "/customers/{id}/products/{product}", "how far a product came with the customer",
            optional(object({{"version", integer()},
                             {"progress", text(60)},
                             {"device", text(300)},
                             {"reason", text(2000)},
                             {"channel", text(60)},
                             {"note", text(2000)},
                             {"offered_on", nullable(date())},
                             {"installed_on", nullable(date())}}),
                     {"device", "reason", "channel", "note", "offered_on", "installed_on"}),
            write_step),
      write("POST", "/customers/{id}/products/{product}/maintenance", "one more of a device's maintenance",
            optional(object({{"version", integer()}, {"day", date()}, {"text", text(2000)}}), {"day"}), maintain),
      write("PUT", "/customers/{id}/need", "what the customer needs, asked on a day",
            optional(object({{"version", integer()},
                             {"kinds", list(text(60))},
                             {"cost_limit", text(600)},
                             {"expected_return", text(600)},
                             {"haste", text(600)},
                             {"proposal", text(2000)},
                             {"note", text(2000)},
                             {"risk_level", described(integer(), "1 to 5 as assessed; 0: was not")},
                             {"assessed_on", nullable(date())},
                             {"day", date()}}),
                     {"cost_limit", "expected_return", "haste", "proposal", "note", "risk_level", "assessed_on"}),
            write_need),
      write("POST", "/customers/{id}/no-contact", "the customer does not want to be contacted, or does again",
            object({{"refused", boolean()}, {"why", text(2000)}}), no_contact),
      {.method = "POST",
       .path = "/product-knowledge",
       .summary = "says that one knows the product; needed before it is offered",
       .permission = Permission::lead_write,
       .input = object({{"product", text(60)}}),
       .output = object({{"product", text()}, {"day", date()}}),
       .handler = confirm}};
}

Table lead_queue_endpoints() {
  return {{.method = "GET",
           .path = "/visit-queue",
           .summary = "customers to look after: large ones first, then those nobody heard of for long",
           .permission = Permission::lead_read,
           .parameters = {{"whose", choice({"mine", "team"})}, {"inactive", choice({"true"})}},
           .output = list_of("QueueItem", {{"business_date", date()},
                                           {"cut", described(boolean(), "there are more than are looked at")}}),
           .handler = queue,
           .list = true,
           .whole = true,
           .searched = {"name", "id"}}};
}

}  // namespace guanhu::api
