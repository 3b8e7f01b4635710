// Products and what to bring: searched by everybody, written by one of the head office, published by another; who
// in which department helps with what.
#include <algorithm>

#include "api/advice_desk.h"
#include "workbench/product.h"
#include "workbench/work_json.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using people::Permission;
using workbench::Product;
using workbench::ProductCard;

namespace {

bool writes(Desk& desk) { return desk.scope(Permission::campaign_manage) == people::Scope::bank; }
bool publishes(Desk& desk) { return desk.scope(Permission::campaign_check) == people::Scope::bank; }

Json product_json(AdviceDesk& desk, const Product& p) {
  const bool both = writes(desk) || publishes(desk);
  // Who neither writes nor publishes reads what is published.
  const ProductCard& card = both || !p.published ? p.card : *p.published;
  const std::string& state = p.record.state;
  JsonArray may;
  if (writes(desk) && state != "proposed") may.emplace_back("write");
  if (writes(desk) && state == "draft") may.emplace_back("propose");
  if (writes(desk) && (state == "draft" || state == "published")) may.emplace_back("withdraw");
  if (publishes(desk) && state == "proposed" && p.proposed_by != desk.login() &&
      p.record.changed_by != desk.login())
    may.emplace_back("check");
  JsonObject out = desk.head(p.record);
  Json body = workbench::json_of(card);
  for (auto& [name, value] : *body.as_object()) out.emplace_back(name, std::move(value));
  out.emplace_back("ask_org_name", card.ask_org.empty() ? "" : desk.org_name(card.ask_org));
  out.emplace_back("ask_person_name", card.ask_person.empty() ? "" : desk.name_of(card.ask_person));
  out.emplace_back("published", p.published.has_value());
  out.emplace_back("published_at", mail_maybe(p.published_at));
  out.emplace_back("message", p.published ? workbench::papers_message(*p.published, desk.facts().bank_name) : "");
  out.emplace_back("said", both ? desk.said_json(p.said) : Json(JsonArray{}));
  out.emplace_back("may", std::move(may));
  return out;
}

// MKT-633: found by any word of it.
Outcome list_products(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  records::Filter filter;
  filter.kinds = {workbench::kProduct}, filter.limit = 5000;
  std::vector<records::Record> found;
  if (auto words = call.get("words"); words && !words->empty()) {
    const std::string kinds[] = {workbench::kProduct};
    for (auto& hit : records::search(
             desk.store(), *words, kinds, [&](const records::Record& of) { return desk.sees(of); }, 500))
      found.push_back(std::move(hit.record));
  } else {
    found = records::list(desk.store(), filter);
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return std::tie(a.title, a.id) < std::tie(b.title, b.id); });
  }
  std::vector<Json> items;
  std::vector<std::string> published;
  for (const auto& record : found) {
    if (!desk.sees(record)) continue;
    const Product p = workbench::product_of(record);
    if (p.published) published.push_back(p.published->name);
    items.push_back(product_json(desk, p));
  }
  // MKT-024: which of the products that the catalogue names are not there.
  auto missing =
      desk.ask("manager-summary", "credit-catalogue", JsonObject{{"目录", workbench::texts_json(published)}});
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {
      {"may_write", writes(desk)},
      {"missing", missing.ok() && writes(desk) && missing->as_array() ? *missing : Json(JsonArray{})}};
  return out;
}

Outcome show(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kProduct, call.part("id"));
  return record ? Outcome(Answer{product_json(desk, workbench::product_of(*record))}) : Outcome(not_found());
}

// LIM-605: what a customer may read says nothing of powers to concede.
base::Status fit_for_customers(AdviceDesk& desk, const ProductCard& card) {
  auto said = desk.ask(kVoicePack, "customer-words", JsonObject{{"文字", workbench::customer_text(card)}});
  if (!said.ok()) return said.error();
  if (const JsonArray* words = said->as_array(); words && !words->empty())
    return base::Error{"product.words", "给客户看的内容里不能有“" + *words->front().as_string() + "”",
                       "conditions", "只写在“内部提示”里"};
  return {};
}

Outcome keep(AdviceDesk& desk, const Call& call, const records::Record* before) {
  if (!writes(desk)) return forbidden();
  Product p;
  if (before) p = workbench::product_of(*before), p.record.version = workbench::whole_in(call.body, "version");
  else p.record.owner = desk.person(), p.record.org = desk.org_of(desk.person());
  p.card = workbench::card_in(call.body);
  if (!p.card.ask_org.empty() && !desk.directory().org(p.card.ask_org))
    return advice_refusal({"product.ask", "没有这个单位", "ask_org", "从名单里选"});
  if (!p.card.ask_person.empty() && !desk.directory().person(p.card.ask_person))
    return advice_refusal({"product.ask", "没有这位同事", "ask_person", "写工号"});
  if (auto fits = fit_for_customers(desk, p.card); !fits.ok()) return advice_refusal(fits.error());
  auto kept = workbench::save_product(desk.store(), p, desk.writing());
  if (!kept.ok()) return advice_refusal(kept.error());
  return Answer{product_json(desk, *kept)};
}

Outcome write(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  return keep(desk, call, nullptr);
}

Outcome rewrite(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kProduct, call.part("id"));
  return record ? keep(desk, call, &*record) : Outcome(not_found());
}

// MKT-601: kind, term, rate and conditions are all there.
Outcome propose(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kProduct, call.part("id"));
  if (!record) return not_found();
  if (!writes(desk)) return forbidden();
  const ProductCard card = workbench::product_of(*record).card;
  auto said = desk.ask("credit-officer-duties", "product-publish",
                       JsonObject{{"已填要素", workbench::texts_json(workbench::filled_elements(card))}});
  if (!said.ok()) return advice_refusal(said.error());
  const auto missing = workbench::texts_in(*said, "缺");
  if (!missing.empty()) {
    std::string all;
    for (const auto& one : missing) all += (all.empty() ? "" : "、") + one;
    const std::string& first = missing.front();
    return advice_refusal({"product.elements", "公布以前还要填：" + all,
                           first == "种类"   ? "product_kind"
                           : first == "期限" ? "term"
                           : first == "利率" ? "rate"
                                             : "conditions",
                           "四样都要填"});
  }
  auto done = workbench::propose_product(desk.store(), record->id, workbench::whole_in(call.body, "version"),
                                         desk.said("propose", call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  return Answer{product_json(desk, *done)};
}

Outcome check(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kProduct, call.part("id"));
  if (!record) return not_found();
  if (!publishes(desk)) return forbidden();
  const bool agreed = workbench::flag_in(call.body, "agreed");
  auto done = workbench::check_product(desk.store(), record->id, workbench::whole_in(call.body, "version"), agreed,
                                       desk.said(agreed ? "agree" : "return", call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  return Answer{product_json(desk, *done)};
}

Outcome withdraw(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  auto record = desk.seen(workbench::kProduct, call.part("id"));
  if (!record) return not_found();
  if (!writes(desk)) return forbidden();
  auto done = workbench::withdraw_product(desk.store(), record->id, workbench::whole_in(call.body, "version"),
                                          desk.said("withdraw", call.text("text")), desk.writing());
  if (!done.ok()) return advice_refusal(done.error());
  return Answer{product_json(desk, *done)};
}

// ------------------------------------------------------------------------------------ contacts

Json contact_json(AdviceDesk& desk, const workbench::Contact& c) {
  JsonObject out = desk.head(c.record);
  out.emplace_back("topics", c.topics), out.emplace_back("hours", c.hours);
  out.emplace_back("may_write", writes(desk) || desk.own(c.record.owner));
  return out;
}

// MKT-624
Outcome list_contacts(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  records::Filter filter;
  filter.kinds = {workbench::kContact};
  std::vector<Json> items;
  for (const auto& record : records::list(desk.store(), filter)) {
    const people::Staff* staff = desk.directory().person(record.owner);
    if (staff && people::Directory::in_post(*staff, desk.today()))
      items.push_back(contact_json(desk, workbench::contact_of(record)));
  }
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"may_write", writes(desk)}};
  return out;
}

Outcome keep_contact(Services& s, const Call& call) {
  AdviceDesk desk(s, call);
  const std::string person = call.text("person");
  const people::Staff* staff = desk.directory().person(person);
  if (!staff || !people::Directory::in_post(*staff, desk.today()))
    return advice_refusal({"contact.person", "没有这位在岗的同事", "person", "写工号"});
  if (!writes(desk) && !desk.own(person)) return forbidden();
  workbench::Contact c;
  c.record.owner = person, c.record.org = staff->org, c.record.key = person;
  if (auto there = records::with_key(desk.store(), workbench::kContact, person)) c.record = *there;
  c.record.version = workbench::whole_in(call.body, "version");
  c.record.title = staff->name, c.record.org = staff->org;
  c.topics = call.text("topics"), c.hours = text_member(call, "hours");
  auto kept = workbench::save_contact(desk.store(), c, desk.writing());
  if (!kept.ok()) return advice_refusal(kept.error());
  return Answer{contact_json(desk, *kept)};
}

SchemaRef body_shape(bool version) {
  const SchemaRef paper =
      optional(object({{"name", text(400)}, {"note", text(800)}, {"copies", integer()}, {"original", boolean()}}),
               {"note", "copies", "original"});
  std::vector<std::pair<std::string, SchemaRef>> members = {
      {"name", text(400)},         {"business", text(400)}, {"product_kind", text(16'000)},
      {"term", text(16'000)},      {"rate", text(16'000)},  {"conditions", text(16'000)},
      {"summary", text(16'000)},   {"papers", list(paper)}, {"difficult", list(text(1000))},
      {"risks", list(text(1000))}, {"ask_org", text(100)},  {"ask_person", text(100)},
      {"note", text(16'000)}};
  if (version) members.emplace_back("version", integer());
  return optional(object(std::move(members)), {"product_kind", "term", "rate", "conditions", "summary", "papers",
                                               "difficult", "risks", "ask_org", "ask_person", "note"});
}

Endpoint post(const std::string& path, const std::string& summary, Permission permission, SchemaRef input,
              std::function<Outcome(Services&, const Call&)> handler) {
  Endpoint out;
  out.method = "POST", out.path = path, out.summary = summary, out.permission = permission;
  out.input = std::move(input), out.output = ref("Product"), out.handler = std::move(handler);
  out.body_limit = 256 * 1024;
  return out;
}

}  // namespace

bool sees_product(Desk& desk, const records::Record& of) {
  if (!desk.can(Permission::suggestion_read)) return false;
  return writes(desk) || publishes(desk) || workbench::product_of(of).published.has_value();
}

Table product_endpoints() {
  const Permission makes = Permission::campaign_manage, agrees = Permission::campaign_check;
  Table out = {
      {.method = "GET",
       .path = "/products",
       .summary = "product cards with what a customer brings; found by any word of them",
       .permission = Permission::suggestion_read,
       .parameters = {{"words", text(200)}, {"business", text(100), false, "", "business"}},
       .output = list_of("Product", {{"may_write", boolean()}, {"missing", list(text())}}),
       .handler = list_products,
       .list = true,
       .whole = true},
      {.method = "GET",
       .path = "/products/{id}",
       .summary = "one card",
       .permission = Permission::suggestion_read,
       .output = ref("Product"),
       .handler = show},
      {.method = "GET",
       .path = "/product-contacts",
       .summary = "who in which department helps with what",
       .permission = Permission::suggestion_read,
       .output = list_of("ProductContact", {{"may_write", boolean()}}),
       .handler = list_contacts,
       .list = true,
       .whole = true,
       .searched = {"title", "org_name", "topics"}},
      {.method = "PUT",
       .path = "/product-contacts",
       .summary = "what somebody helps with: one's own, or anybody's for who writes the cards",
       .permission = Permission::suggestion_write,
       .input = optional(object({{"person", text(100)},
                                 {"topics", text(1600)},
                                 {"hours", text(400)},
                                 {"version", described(integer(), "of his line as the writer saw it; 0: none")}}),
                         {"hours"}),
       .output = ref("ProductContact"),
       .handler = keep_contact}};
  out.push_back(post("/products", "a new card, a draft", makes, body_shape(false), write));
  out.push_back(post("/products/{id}", "the whole of it anew; what is published stays until the change is agreed",
                     makes, body_shape(true), rewrite));
  out.back().method = "PUT";
  out.push_back(
      post("/products/{id}/propose", "asks the second person to publish it", makes, step_input(), propose));
  out.push_back(post("/products/{id}/check", "publishes it, or gives it back", agrees,
                     step_input({{"agreed", boolean()}}), check));
  out.push_back(post("/products/{id}/withdraw", "off the list", makes, step_input(), withdraw));
  return out;
}

}  // namespace guanhu::api
