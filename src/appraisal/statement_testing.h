// A statement for tests: M1 of a run that was sealed, with the statement of the period before.
#pragma once
#include "appraisal/life_testing.h"
#include "appraisal/statement.h"

namespace guanhu::appraisal::testing {

using base::Json;
using base::JsonObject;

inline Json result(const char* total, const char* deposits, int place) {
  return JsonObject{
      {"id", "M1"},
      {"name", "经理<一>"},
      {"org", "B1"},
      {"branch", "B1"},
      {"figures", JsonObject{{"存款", JsonObject{{"value", number(deposits)}, {"unit", "元"}}},
                             {"计划", JsonObject{{"value", Json()}, {"unit", "元"}, {"reason", "没有计划"}}}}},
      {"scores", JsonObject{{"存款得分", number(total)}}},
      {"total", number(total)},
      {"grade", "合格"},
      {"rank", JsonObject{{"branch", Json()}, {"bank", JsonObject{{"place", place}, {"of", 9}}}}}};
}

inline StatementBook book() {
  StatementBook out;
  out.life.run = 7, out.life.scheme = "x/考核", out.life.period = "2025Q4", out.life.state = "sealed";
  out.life.sealed_at = "2026-02-01T03:00:00Z";
  out.bank = "示例行", out.title = "季度考核", out.full_total = "100", out.total_words = "存款得分";
  out.previous_run = 3, out.previous_period = "2025Q3";
  Basis deposits{.name = "存款", .kind = "原始指标", .formula = "存款余额; 期末", .unit = "元"};
  deposits.origin = {
      .document = "x.md", .article = "第一条", .text = "每十元一分", .locator = "示例.txt", .rules = {"KPI-313"}};
  Basis score{.name = "存款得分",
              .kind = "计分指标",
              .formula = "if 存款 < 10 then 0 else 存款 / 10",
              .full = "100",
              .weight = "1"};
  score.origin = deposits.origin;
  out.basis = {deposits, score};
  return out;
}

inline StatementSheet sheet() {
  StatementSheet out;
  out.data.run = 7, out.data.scheme = "x/考核", out.data.period = "2025Q4";
  out.data.result = result("85.5", "1234567.80", 2);
  out.data.salt = "s";
  out.previous = result("80", "1000000.00", 2);
  auto sealing = sealing_of({{"M1", out.data}});
  out.receipt = {.run = 7, .scheme = "x/考核", .period = "2025Q4", .holder = "M1"};
  out.receipt.text = sealing.leaves[0].text, out.receipt.leaf = sealing.leaves[0].hash;
  out.receipt.root = sealing.root, out.receipt.of = 1;
  return out;
}

}  // namespace guanhu::appraisal::testing
