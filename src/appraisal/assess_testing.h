// For tests of qualitative appraisal: a small bank of people, a form, a plan.
#pragma once
#include "appraisal/assess_plan.h"

namespace guanhu::appraisal::testing {

inline base::Decimal dec(const char* text) { return *base::Decimal::parse(text); }
inline base::Instant at(const char* text) { return *base::Instant::parse(text); }
inline const base::Date kDay = *base::Date::parse("2025-12-20");

// HQ with an executive and a department of two; branch B1 with a head, managers M1 to M4 and a teller; branch B2
// with two heads and M5; M9 has left.
inline people::Directory people_of_test() {
  auto person = [](const char* id, const char* org, const char* position) {
    people::Staff out;
    out.id = id, out.name = std::string("员工") + id, out.org = org, out.position = position;
    return out;
  };
  std::vector<people::Org> orgs = {{"B1", "HQ", "一支行", "branch", {}, {}},
                                   {"B11", "B1", "一支行网点", "outlet", {}, {}},
                                   {"B2", "HQ", "二支行", "branch", {}, {}},
                                   {"D1", "HQ", "风险部", "department", {}, {}},
                                   {"HQ", "", "总行", "hq", {}, {}}};
  std::vector<people::Staff> staff = {
      person("E1", "HQ", "executive"),   person("H1", "B1", "branch_head"),  person("H2", "B2", "branch_head"),
      person("H3", "B2", "branch_head"), person("M1", "B1", "manager"),      person("M2", "B1", "manager"),
      person("M3", "B1", "manager"),     person("M4", "B11", "manager"),     person("M5", "B2", "manager"),
      person("M9", "B1", "manager"),     person("R1", "D1", "risk_manager"), person("R2", "D1", "risk_manager"),
      person("T1", "B11", "teller")};
  staff[9].left = kDay - 1;
  return people::Directory::of(std::move(orgs), std::move(staff));
}

// Two items: ethics 40 (one entry of 10, one of levels that may be skipped), service 60 (one entry of 20).
inline policy::Form form_of_test() {
  policy::Form out;
  out.id = "conduct", out.title = "行为评议";
  policy::FormEntry honest{.name = "廉洁", .standard = "没有违规得满分", .full = 10};
  policy::FormEntry orderly{.name = "守纪", .standard = "分三等", .full = 5};
  orderly.levels = {{"优", 5}, {"良", 4}, {"差", 0}};
  orderly.may_skip = true;
  policy::FormEntry service{.name = "服务", .standard = "没有投诉得满分", .full = 20};
  out.items = {{"职业道德", 40, {honest, orderly}}, {"服务质量", 60, {service}}};
  out.quality = {dec("10"), dec("1"), dec("5")};
  return out;
}

// Managers of B1 judged by their head (40) and their peers (60); anonymous, three forms at least.
inline base::Json plan_json() {
  return base::Json::parse(R"({"title": "四季度评议", "period": "2025Q4", "pack": "p", "form": "conduct",
    "starts_at": "2025-12-20T00:00:00Z", "deadline": "2025-12-25T00:00:00Z", "closes_at": "2025-12-26T00:00:00Z",
    "remind_hours": [48, 24], "anonymous": true, "trim": "0", "min_assessors": 3, "min_group": 3,
    "missing": "rescale", "scale": 2, "delegation": true, "repeats": false, "fact": "",
    "assessed": {"positions": ["manager"], "orgs": ["B1"], "staff": []},
    "groups": [{"name": "上级", "relation": "superior", "weight": "40", "who": {}, "most": 1},
               {"name": "同级", "relation": "peers", "weight": "60", "who": {}, "most": 0}]})")
      .value();
}
inline PlanSpec spec_of_test() {
  std::vector<base::Error> faults;
  PlanSpec out = spec_of(plan_json(), faults);
  if (!faults.empty()) throw base::Broken(faults.front().text());
  return out;
}

}  // namespace guanhu::appraisal::testing
