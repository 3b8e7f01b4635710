#include "api/signal_desk.h"

#include <algorithm>

namespace guanhu::api {

using base::Json;
using base::JsonArray;
using base::JsonObject;
using customers::Signal;
using people::Permission;

base::Status SignalDesk::prepare() {
  auto pack = services().packs().on(customers::kSignalPack, today());
  if (!pack.ok()) return pack.error();
  auto systems = customers::signal_systems(**pack, today());
  if (!systems.ok()) return systems.error();
  pack_ = std::move(*pack), systems_ = std::move(*systems);
  return {};
}

const customers::SignalSystem* SignalDesk::system(const std::string& id) const {
  for (const auto& one : systems_)
    if (one.id == id) return &one;
  return nullptr;
}

customers::SignalWorld SignalDesk::world(bool keepers) {
  if (keepers && !keepers_) {
    auto db = services().warehouse();
    keepers_ = workbench::Keepers::load(*db, facts().last_date.value_or(today()));
    if (!finder_) finder_.emplace(directory(), today());
  }
  customers::SignalWorld out;
  out.customer = [this](const std::string& id) -> std::optional<customers::IntakeCustomer> {
    const auto& all = facts().customers;
    const size_t at = all ? all->find(id) : 0;
    if (!all || at >= all->size()) return std::nullopt;
    const auto one = all->at(at);
    return customers::IntakeCustomer{std::string(one.id), std::string(one.name), std::string(one.kind),
                                     std::string(one.org)};
  };
  out.org = [this](const std::string& said) -> std::optional<std::string> {
    if (directory().org(said)) return said;
    std::optional<std::string> found;
    for (const auto& one : directory().orgs())
      if (one.name == said) found = one.id;
    return found;
  };
  out.staff = [this](const std::string& id) -> std::optional<std::string> {
    const people::Staff* found = directory().person(id);
    return found ? std::optional(found->org) : std::nullopt;
  };
  // INT-007: the customer's main manager, else the head of the unit.
  out.keeper = [this](const std::string& customer, const std::string& org) {
    return keepers_ ? finder_->find("主办客户经理", keepers_->of("customer", customer, customer), org) : "";
  };
  out.pack = pack_.get(), out.key = &services().bank().personal_key(), out.today = today();
  return out;
}

std::string SignalDesk::holder_of(const Signal& one) {
  if (!finder_) finder_.emplace(directory(), today());
  return finder_->find("主办客户经理", {one.keeper, ""}, one.org);
}

bool SignalDesk::sees(const Signal& one) {
  const people::Scope wide = scope(Permission::signal_read);
  if (wide == people::Scope::none) return false;
  if (wide == people::Scope::bank) return true;
  if (const std::string holder = one.keeper.empty() ? "" : holder_of(one); !holder.empty() && own(holder))
    return true;
  if (!one.customer.empty()) return reaches_customer(one.customer);
  return reaches(Permission::signal_read, one.staff, one.org);
}

Json SignalDesk::signal_json(const Signal& one) {
  const customers::SignalSystem* of = system(one.system);
  JsonArray values;
  if (of)
    for (const auto& column : of->columns) {
      std::string value = one.value(column.name);
      if (value.empty() || column.key || column.type == "客户") continue;
      if (column.personal()) value = "••••";
      else if (column.type == "是否") value = value == "yes" ? "是" : "否";
      else if (column.type == "机构") value = org_name(value);
      else if (column.type == "员工") value = name_of(value);
      values.push_back(JsonObject{{"name", column.name}, {"title", column.title}, {"value", value}});
    }
  const bool key_check = of && of->does == customers::kKeyCheck;
  const std::string holder = key_check ? holder_of(one) : "";
  const bool mine = !holder.empty() && own(holder);
  return JsonObject{{"id", one.id},
                    {"system", one.system},
                    {"system_title", of ? of->title : one.system},
                    {"does", of ? of->does : ""},
                    {"key", one.key},
                    {"customer", one.customer},
                    {"customer_name", one.customer.empty() ? "" : customer_name(one.customer)},
                    {"org", one.org},
                    {"org_name", one.org.empty() ? "" : org_name(one.org)},
                    {"staff", one.staff},
                    {"staff_name", one.staff.empty() ? "" : name_of(one.staff)},
                    {"day", one.day ? Json(one.day->str()) : Json()},
                    {"level", one.level},
                    {"values", std::move(values)},
                    {"state", one.state},
                    {"keeper", holder},
                    {"keeper_name", holder.empty() ? "" : name_of(holder)},
                    {"received", one.received.str()},
                    {"due", one.due ? Json(one.due->str()) : Json()},
                    {"late", one.state == "open" && one.due && *one.due < today()},
                    {"finding", one.finding},
                    {"done_at", one.done_at.empty() ? Json() : Json(one.done_at)},
                    {"done_by", one.done_by},
                    {"may_finish", key_check && one.state == "open" && mine},
                    {"may_reopen", key_check && one.state == "done" && (mine || can(Permission::finding_decide))}};
}

Refusal signal_refusal(const base::Error& error) {
  if (error.code.ends_with(".unknown")) return not_found();
  Refusal out = record_refusal(error);
  if (error.code == "signal.state" || error.code == "signal.worked" || error.code == "signal.nothing")
    out.status = 409;
  return out;
}

}  // namespace guanhu::api
