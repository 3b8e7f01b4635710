// What stands in a pack, as JSON for people who read it, try it and edit it: types, decisions, tables, parameters,
// work. The shapes are declared in policy_shapes.cc.
#pragma once
#include <string>
#include <vector>

#include "base/json.h"
#include "policy/pack.h"

namespace guanhu::api {

base::Json texts_json(const std::vector<std::string>& texts);
base::Json day_json(const std::optional<base::Date>& day);
base::Json type_json(const policy::ValueTypePtr& type);  // null without one
base::Json fields_json(const std::vector<policy::Field>& fields);
base::Json body_json(const policy::Body& body);
base::Json values_json(const policy::Parameter& parameter);
// "应计利息(本金, 年利率, 天数?)"
std::string signature_of(const policy::Function& function);

// With "kind" first, as PolicyElement has them.
base::Json element_json(const policy::Pack& pack, const policy::Decision& decision);
base::Json element_json(const policy::Function& function);
base::Json element_json(const policy::NamedType& type);
base::Json element_json(const policy::Judgement& judgement);
base::Json element_json(const policy::OpenPoint& open);
base::Json element_json(const policy::CaseTable& cases);
base::Json element_json(const policy::Checklist& checklist);
base::Json element_json(const policy::Duty& duty);
base::Json element_json(const policy::Notice& notice);
base::Json element_json(const policy::Process& process);
base::Json element_json(const policy::Measure& measure);
base::Json element_json(const policy::Indicator& indicator);
base::Json element_json(const policy::Score& score);
base::Json element_json(const policy::PeerFigure& peer);
base::Json element_json(const policy::Scheme& scheme);
base::Json element_json(const policy::Form& form);
base::Json element_json(const policy::ListFigure& list);
// One of the facts of a `fact` block.
base::Json fact_json(const policy::RecordedFact& fact);

}  // namespace guanhu::api
