// A finding as its reader may see it: what lies outside the reader's reach is counted, not named. Account numbers
// of other banks are masked for everyone.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "api/endpoint.h"
#include "api/facts.h"
#include "risk/findings.h"

namespace guanhu::api {

class FindingView {
 public:
  // `db` is used while it lives.
  FindingView(std::shared_ptr<const Facts> facts, const Call& call, warehouse::Warehouse& db);

  // Findings that touch somebody's figures belong to whoever sees that person; others to whoever sees the
  // organisation or the customer.
  bool sees(const risk::KeptFinding& finding) const;
  base::JsonObject summary(const risk::KeptFinding& finding) const;
  // With the rows in the order of time, the parties between which the money went, effects and decisions.
  base::JsonObject detail(const risk::KeptFinding& finding) const;

 private:
  struct Party {
    std::string kind, account;         // customer, outside (another bank), hidden, unknown
    std::optional<size_t> customer{};  // in Facts::customers
    std::string key() const;
  };
  struct Path;
  bool sees_customer(size_t customer) const;
  base::Json customer_json(const std::string& id) const;
  base::Json manager_json(const std::string& id) const;
  Party party(const std::string& account, const std::string& customer) const;
  std::string shown_account(const std::string& account) const;
  base::JsonObject subject(const risk::KeptFinding& finding) const;
  base::Json effects(const risk::KeptFinding& finding, size_t& hidden) const;
  base::JsonObject row(const base::Json& evidence) const;
  void add_path(const base::JsonArray& rows, base::JsonObject& out) const;
  std::string without_hidden(std::string text, const risk::KeptFinding& finding) const;
  base::JsonObject details(const risk::KeptFinding& finding) const;

  std::shared_ptr<const Facts> facts_;
  const Call& call_;
  warehouse::Warehouse& db_;
  std::shared_ptr<const Reach> reach_;
};

}  // namespace guanhu::api
