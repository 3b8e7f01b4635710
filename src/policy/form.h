// A form by which people are judged by people (定性指标定义): items with weights, under each item entries with the
// standard in words that the assessor reads and the marks he may give. What is done with it: appraisal/assess*.h.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/json.h"
#include "policy/origin.h"

namespace guanhu::policy {

struct FormLevel {
  std::string name;    // "优"
  base::Decimal mark;  // 0 to the entry's full mark
};

struct FormEntry {
  std::string name;               // 项目名称
  std::string content;            // 项目内容; may be empty
  std::string standard;           // 评分标准; never empty: without it nobody knows what to mark (QUA-602)
  base::Decimal full;             // 满分, over 0; with levels the mark of the best
  std::vector<FormLevel> levels;  // best first; empty: any mark from 0 to full
  bool may_skip = false;          // the assessor may say that he cannot judge it
  std::vector<std::string> rules;
};

struct FormItem {
  std::string name;      // 考评项
  base::Decimal weight;  // points of the total; where the pack says none: the sum of the full marks
  std::vector<FormEntry> entries;
};

// From which figures on an assessor is worth a look (docs/qualitative-appraisal.md); nothing: no flag is set.
// All in points of a total of 100.
struct FormQuality {
  std::optional<base::Decimal> lenient;     // distance from the other assessors' mean, both ways
  std::optional<base::Decimal> halo;        // variance over the items below which everything looks alike
  std::optional<base::Decimal> reciprocal;  // what two give one another above the others' mean
};

struct Form {
  std::string id, title;
  std::string note;  // how to fill it in; may be empty
  std::vector<FormItem> items;
  FormQuality quality;
  Origin origin;
};

// The whole of a form, so that a plan keeps what it was started with.
base::Json to_json(const Form& form);
// Throws Broken when it is not what to_json gave.
Form form_of(const base::Json& json);

// "1.2": the second entry of the first item.
std::string entry_key(size_t item, size_t entry);

}  // namespace guanhu::policy
