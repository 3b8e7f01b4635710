// In which category a customer is: computed, proposed, confirmed; lists; which decisions say so.
#include <algorithm>

#include "api/long_work.h"
#include "api/register_desk.h"
#include "api/shapes.h"

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::CategoryEntry;
using people::Permission;

namespace {

Json entry_json(RegisterDesk& desk, const CategoryEntry& of) {
  return JsonObject{{"record", of.record},
                    {"version", of.version},
                    {"scheme", of.scheme},
                    {"category", of.category},
                    {"from", of.from.str()},
                    {"state", of.state},
                    {"computed", of.computed},
                    {"reasons", words_json(of.reasons)},
                    {"why", of.why},
                    {"given", of.given.as_object() ? of.given : Json(JsonObject{})},
                    {"made_at", of.made_at},
                    {"made_by", of.made_by},
                    {"changed_at", of.changed_at},
                    {"changed_by", of.changed_by},
                    {"may_decide", of.state == "proposed" && desk.can(Permission::customer_check) &&
                                       of.made_by != desk.login()}};
}

Json scheme_json(RegisterDesk& desk, const customers::CategoryScheme& of) {
  return JsonObject{{"id", of.id},
                    {"title", of.title},
                    {"decision", of.propose},
                    {"check", of.check},
                    {"categories", words_json(customers::category_words(desk.packs(), of, desk.business()))}};
}

Json view_json(RegisterDesk& desk, const customers::CategoryView& view,
               const std::vector<CategoryEntry>& history) {
  const auto now = customers::category_on(history, view.scheme.id, desk.today());
  JsonArray entries;
  for (const auto& one : history)
    if (one.scheme == view.scheme.id) entries.push_back(entry_json(desk, one));
  return JsonObject{{"scheme", scheme_json(desk, view.scheme)},
                    {"now", now ? entry_json(desk, *now) : Json()},
                    {"computed", view.computed},
                    {"needs_person", view.needs_person},
                    {"proposal", view.proposal ? customers::to_json(*view.proposal) : Json()},
                    {"error", view.error},
                    {"history", std::move(entries)}};
}

Outcome show_categories(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  auto plan = desk.plan();
  if (!plan.ok()) return register_refusal(plan.error());
  const auto known = desk.known_one(*id);
  const auto history = customers::category_history(desk.store(), "", {*id});
  JsonArray schemes, barriers;
  for (const auto& scheme : plan->schemes)
    if (customers::in_scheme(scheme, known))
      schemes.push_back(view_json(
          desk, customers::compute_category(desk.packs(), scheme, known, JsonObject{}, desk.business(), true),
          history));
  for (const auto& one : customers::credit_barriers(desk.packs(), *plan, known, desk.business()))
    barriers.push_back(JsonObject{{"reason", one.reason}, {"asked", customers::to_json(one.asked)}});
  return Answer{JsonObject{{"customer", *id},
                           {"schemes", std::move(schemes)},
                           {"barriers", std::move(barriers)},
                           {"may_write", desk.may_write(*id)},
                           {"may_confirm", desk.can(Permission::customer_check)}}};
}

Json given_of(const Call& call) {
  const Json* given = call.body.find("given");
  return given && given->as_object() ? *given : Json(JsonObject{});
}

Outcome set_category(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = desk.customer(call.part("id"));
  if (!id) return not_found();
  auto plan = desk.plan();
  if (!plan.ok()) return register_refusal(plan.error());
  const auto known = desk.known_one(*id);
  const auto* scheme = plan->scheme(text_member(call, "scheme"));
  if (!scheme || !customers::in_scheme(*scheme, known))
    return register_refusal({"category.scheme", "这个客户不在这一套分类里", "scheme", ""});
  const Json given = given_of(call);
  const auto view = customers::compute_category(desk.packs(), *scheme, known, given, desk.business(), true);
  if (view.proposal && view.proposal->error)
    return register_refusal({"category.check", view.proposal->error->message,
                             "given/" + view.proposal->error->where, view.proposal->error->hint});
  customers::CategoryAsked asked;
  asked.customer = *id, asked.customer_name = desk.customer_name(*id);
  asked.category = text_member(call, "category"), asked.why = text_member(call, "why"), asked.given = given;
  asked.from = day_member(call, "from").value_or(desk.today());
  // Who may confirm does so at once; of what needs no person the computed one holds whoever takes it over.
  asked.confirm = desk.can(Permission::customer_check) || (!view.needs_person && asked.category == view.computed);
  asked.owner = desk.person(), asked.org = desk.org_of(desk.person());
  auto made = customers::set_category(desk.store(), desk.packs(), view, asked, known, desk.writing());
  if (!made.ok()) return register_refusal(made.error());
  return Answer{entry_json(desk, customers::category_of(*made))};
}

Outcome decide_category(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto id = id_in_path(call);
  auto was = id ? records::record(desk.store(), customers::kCategoryKind, *id)
                : base::Result<records::Record>(base::Error{"record.unknown", "", "", ""});
  if (!was.ok() || !desk.customer(was->customer)) return not_found();
  auto done = customers::decide_category(desk.store(), *id, whole_member(call, "version"),
                                         flag_member(call, "accept"), text_member(call, "why"), desk.writing());
  if (!done.ok()) return register_refusal(done.error());
  return Answer{entry_json(desk, customers::category_of(*done))};
}

Outcome list_categories(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto plan = desk.plan();
  if (!plan.ok()) return register_refusal(plan.error());
  const std::string scheme = call.get("scheme").value_or(plan->schemes.empty() ? "" : plan->schemes[0].id);
  const std::string category = call.get("category").value_or("");
  const bool waiting = call.get("waiting").value_or("") == "true";
  std::map<std::string, int64_t> counts;
  int64_t waits = 0;
  std::vector<Json> items;
  for (const auto& one : customers::categories(desk.store(), scheme, desk.today())) {
    const std::string& id = desk.merges().canonical(one.customer);
    if (id != one.customer || !desk.sees_customer(id)) continue;
    if (!one.category.empty()) ++counts[one.category];
    waits += !one.proposed.empty();
    if ((waiting && one.proposed.empty()) || (!category.empty() && one.category != category)) continue;
    JsonObject item = desk.customer_json(id);
    item.emplace_back("category", one.category);
    item.emplace_back("from", one.record ? Json(one.from.str()) : Json());
    item.emplace_back("proposed", one.proposed);
    item.emplace_back("proposal", one.proposal ? Json(one.proposal) : Json());
    item.emplace_back("proposal_version", one.proposal_version);
    items.push_back(std::move(item));
  }
  JsonObject told;
  for (const auto& [name, count] : counts) told.emplace_back(name, count);
  JsonArray schemes;
  for (const auto& one : plan->schemes) schemes.push_back(scheme_json(desk, one));
  Answer out{.items = Items::of(std::move(items))};
  out.items->beside = {{"scheme", scheme},
                       {"counts", std::move(told)},
                       {"waiting", waits},
                       {"schemes", std::move(schemes)},
                       {"plan", plan->decision}};
  return out;
}

// Customers of one's reach that the scheme is about.
std::vector<std::string> concerned(RegisterDesk& desk) {
  std::vector<std::string> out;
  const auto& all = *desk.facts().customers;
  auto in = desk.facts().customers_in(desk.call().login(), desk.scope(Permission::customer_read), desk.db());
  const size_t count = in ? in->size() : all.size();
  for (size_t i = 0; i < count; ++i) {
    std::string id(all.at(in ? (*in)[i] : i).id);
    if (!desk.merges().absorbed(id)) out.push_back(std::move(id));
  }
  return out;
}

// Computes some customers' categories and keeps what differs. Writes of many customers share a transaction: one
// each would wait for the disk once each.
class Computing {
 public:
  Computing(RegisterDesk& desk, const customers::CategoryScheme& scheme) : desk_(desk), scheme_(scheme) {}

  void look(const std::string& id, const std::vector<customers::Known>& known) {
    if (!customers::in_scheme(scheme_, known)) return;
    ++looked_at_;
    const auto history = customers::category_history(desk_.store(), scheme_.id, {id});
    const auto now = customers::category_on(history, scheme_.id, desk_.today());
    const Json given = now && now->given.as_object() ? now->given : Json(JsonObject{});
    auto view = customers::compute_category(desk_.packs(), scheme_, known, given, desk_.business(), true);
    if (view.computed.empty()) return void(++failed_);
    if (now && now->category == view.computed) return void(++same_);
    customers::CategoryAsked asked;
    asked.customer = id, asked.customer_name = desk_.customer_name(id), asked.category = view.computed;
    asked.given = given, asked.from = desk_.today(), asked.confirm = !view.needs_person;
    asked.why = "按 " + desk_.business().str() + " 的数据算出";
    asked.owner = desk_.person(), asked.org = desk_.org_of(desk_.person());
    pending_.push_back({std::move(view), std::move(asked), &known});
    if (pending_.size() >= kTogether) keep();
  }

  void keep() {
    if (pending_.empty()) return;
    desk_.store().transaction([&] {
      for (const Pending& one : pending_) {
        auto made = customers::set_category_in(desk_.store(), desk_.packs(), one.view, one.asked, *one.known,
                                               desk_.writing());
        if (!made.ok()) ++(made.error().code == "category.waits" ? same_ : failed_);
        else ++(one.asked.confirm ? confirmed_ : proposed_);
      }
    });
    pending_.clear();
  }

  Json json() const {
    return JsonObject{{"looked_at", looked_at_},
                      {"same", same_},
                      {"confirmed", confirmed_},
                      {"proposed", proposed_},
                      {"failed", failed_}};
  }

 private:
  static constexpr size_t kTogether = 100;
  struct Pending {
    customers::CategoryView view;
    customers::CategoryAsked asked;
    const std::vector<customers::Known>* known;
  };
  RegisterDesk& desk_;
  const customers::CategoryScheme& scheme_;
  std::vector<Pending> pending_;
  int64_t looked_at_ = 0, same_ = 0, confirmed_ = 0, proposed_ = 0, failed_ = 0;
};

Outcome compute_all(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto plan = desk.plan();
  if (!plan.ok()) return register_refusal(plan.error());
  const auto* scheme = plan->scheme(text_member(call, "scheme"));
  if (!scheme) return register_refusal({"category.scheme", "没有这一套分类", "scheme", ""});
  Computing work(desk, *scheme);
  const auto ids = concerned(desk);
  constexpr size_t kAtOnce = 1000;
  for (size_t at = 0; at < ids.size(); at += kAtOnce) {
    long_progress(at, ids.size(), "看过 " + std::to_string(at) + "/" + std::to_string(ids.size()) + " 户");
    const std::vector<std::string> some(ids.begin() + static_cast<long>(at),
                                        ids.begin() + static_cast<long>(std::min(at + kAtOnce, ids.size())));
    const auto known = desk.known(some);
    for (const auto& [id, about] : known) work.look(id, about);
    work.keep();
  }
  return Answer{work.json()};
}

Outcome choose_plan(Services& s, const Call& call) {
  RegisterDesk desk(s, call);
  auto done = customers::choose_plan(desk.store(), desk.packs(), text_member(call, "decision"), desk.business(),
                                     text_member(call, "why"), desk.doing(), text_member(call, "seen"));
  if (!done.ok()) return register_refusal(done.error());
  auto plan = desk.plan();
  if (!plan.ok()) return register_refusal(plan.error());
  JsonArray schemes;
  for (const auto& one : plan->schemes) schemes.push_back(scheme_json(desk, one));
  return Answer{JsonObject{{"decision", plan->decision}, {"schemes", std::move(schemes)}}};
}

Table one_customer() {
  const auto read = Permission::customer_read, write = Permission::customer_write,
             check = Permission::customer_check;
  return {{.method = "GET",
           .path = "/customers/{id}/categories",
           .summary = "what the decisions say, what holds, what stands against new credit",
           .permission = read,
           .output = ref("CustomerCategories"),
           .handler = show_categories},
          {.method = "POST",
           .path = "/customers/{id}/categories",
           .summary = "proposes a category, or confirms it where one may",
           .permission = write,
           .input = optional(object({{"scheme", text(40)},
                                     {"category", text(100)},
                                     {"from", described(date(), "else today")},
                                     {"given", open(object({}))},
                                     {"why", text(2000)}}),
                             {"from", "given", "why"}),
           .output = ref("CategoryEntry"),
           .handler = set_category},
          {.method = "POST",
           .path = "/customer-categories/{id}/decide",
           .summary = "confirms a category that somebody else proposed, or not",
           .permission = check,
           .input = object({{"version", integer()}, {"accept", boolean()}, {"why", text(2000)}}),
           .output = ref("CategoryEntry"),
           .handler = decide_category}};
}

}  // namespace

Table register_category_endpoints() {
  const auto read = Permission::customer_read, check = Permission::customer_check;
  Table out = one_customer();
  out.push_back({.method = "GET",
                 .path = "/customer-categories",
                 .summary = "customers by category, as of today",
                 .permission = read,
                 .parameters = {{"scheme", text(40), false, "else the first"},
                                {"category", text(100)},
                                {"waiting", boolean(), false, "true: only what waits for a decision"}},
                 .output = list_of("CategoryItem", {{"scheme", text()},
                                                    {"counts", map(integer())},
                                                    {"waiting", integer()},
                                                    {"schemes", list(ref("CategoryScheme"))},
                                                    {"plan", text()}}),
                 .handler = list_categories,
                 .list = true,
                 .searched = {"id", "name"}});
  out.push_back({.method = "POST",
                 .path = "/customer-categories/compute",
                 .summary = "computes the categories of all customers in reach; what differs is proposed",
                 .permission = check,
                 .input = object({{"scheme", text(40)}}),
                 .output = object({{"looked_at", integer()},
                                   {"same", integer()},
                                   {"confirmed", integer()},
                                   {"proposed", integer()},
                                   {"failed", integer()}}),
                 .handler = compute_all});
  out.push_back({.method = "PUT",
                 .path = "/customer-categories/plan",
                 .summary = "which decision says the schemes, the checks of merges and of first access",
                 .permission = Permission::customer_fields,
                 .input = object({{"decision", text(200)},
                                  {"why", text(2000)},
                                  {"seen", described(text(200), "the decision the writer had before him")}}),
                 .output = object({{"decision", text()}, {"schemes", list(ref("CategoryScheme"))}}),
                 .handler = choose_plan});
  return out;
}

}  // namespace guanhu::api
