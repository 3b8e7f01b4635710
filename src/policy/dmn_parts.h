// Bodies of decisions and functions as expressions of a decision model. Inside of the exchange with
// decision models only.
#pragma once
#include <functional>
#include <string>

#include "base/error.h"
#include "dmn/document.h"
#include "policy/decision.h"
#include "policy/dmn_rewrite.h"
#include "policy/dmn_types.h"

namespace guanhu::policy {

class DmnBody {
 public:
  DmnBody(DmnTypes& types, Replacements replacements, std::string id)
      : types_(types), replacements_(std::move(replacements)), id_(std::move(id)) {}

  // Ids below `id`: "ID_table", "ID_table_row_3", "ID_step_2_table"...
  base::Result<dmn::ExpressionTextPtr> expression(const Body& body, const ValueTypePtr& type);
  base::Result<std::string> text(const std::string& feel, feel::Form form = feel::Form::expression) const {
    return rewritten(feel, replacements_, form);
  }

 private:
  base::Result<dmn::ExpressionTextPtr> step(const Step& step, const std::string& id);
  base::Result<dmn::ExpressionTextPtr> table(const Table& table, const std::string& name, const std::string& id);
  base::Status columns(const Table& table, const std::string& name, const std::string& id, dmn::TableText& out);
  base::Status row(const Table& table, const TableRow& row, dmn::TableText::Rule& out);

  DmnTypes& types_;
  Replacements replacements_;
  std::string id_;
};

// Every formula of the body: cells, expressions, steps. Stops at the first error.
base::Status each_formula(const Body& body,
                          const std::function<base::Status(const std::string&, feel::Form)>& visit);

// "RULE ORDER", "SUM"; and back: false when there is no such word.
std::string dmn_policy(HitPolicy policy);
std::string dmn_aggregation(Aggregation aggregation);
bool read_policy(const std::string& policy, const std::string& aggregation, HitPolicy& hit, Aggregation& sum);
inline constexpr const char* kAnnotations[] = {"规则", "条款", "说明"};

}  // namespace guanhu::policy
