// Decisions: a document with any tables, steps and cases is refused with places, or answers any input or says why
// not; laying it out changes nothing; as a decision model it is read again.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "dmn/write.h"
#include "fuzz.h"
#include "policy/decide.h"
#include "policy/dmn_export.h"
#include "policy/dmn_import.h"
#include "policy/format.h"
#include "policy/load.h"

namespace guanhu::fuzz {
namespace {
namespace fs = std::filesystem;

const char kManifest[] =
    "id = \"p\"\ntitle = \"试\"\nversion = \"1\"\nfrom = 2024-01-01\n[[sources]]\ndocument = \"x.txt\"\ntitle = "
    "\"试\"\n";
const char kHead[] = "# 办法\n来源: x.txt\n\n## 第五条 支付\n\n看金额。\n\n";
const char kTable[] = R"(```decision mode
title = "式"
rules = ["DIS-301"]
inputs = """
金额: 元 >= 0
对手: boolean
等级?: 甲 | 乙
"""
output = "受托 | 自主"
table = """
first | 金额 | 对手 | 等级 || 方式 || 规则
      | > 上限 | - | - || "受托" || DIS-301
      | <= 上限 | true | "甲" || "自主" ||
      | - | - | - || "受托" ||
"""
```

```parameter mode
["上限"]
value = 300000
unit = "元"
```

```case mode
金额 | 对手 | 等级 || result
300000 | true | 甲 || 自主
-1 | true | - || 拒绝: 金额
```
)";
const char kSteps[] = R"!(
```type 审查结论
members = """
结论: 通过 | 不通过
原因: list<string>
"""
```

```function 审查结论
title = "没有原因就通过"
parameters = "原因: list<string>"
output = "审查结论"
formula = '{结论: if count(原因) = 0 then "通过" else "不通过", 原因: 原因}'
```

```function 取整
title = "整数部分"
parameters = "x: number"
output = "number"
formula = "floor(x)"
```

```decision score
title = "分"
rules = ["KPI-314"]
inputs = """
实绩: 元
计划: 元 > 0
名单: list<{名: string, 数: number}> = []
"""
steps = """
完成: 比率 = 实绩 / 计划
_数: number = if count(名单) = 0 then 0 else sum(名单.数)
得分: 分 = min(10, max(0, 取整(完成 * 10 + _数)))
级: string =
  unique | 得分 || 级
         | >= 9 || "优"
         | [6..9) || "良"
         | < 6 || "差"
"""
```

```decision gate
title = "门"
rules = ["DIS-301"]
inputs = "额: 元"
requires = "分 = score(实绩: 额, 计划: 100)"
gate = """
低 | 分.得分 < 6 | DIS-301 | 补
"""
```
)!";

// One folder a process, removed at its end.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("guanhu-fuzz-decision-" + std::to_string(::getpid())) / "p";
  Folder() {
    fs::create_directories(path);
    std::ofstream(path / "pack.toml", std::ios::binary) << kManifest;
  }
  ~Folder() { fs::remove_all(path.parent_path()); }
  void document(std::string_view text) const { std::ofstream(path / "one.md", std::ios::binary) << text; }
};

const Folder& folder() {
  static const Folder one;
  return one;
}

base::Json inputs(const policy::Decision& decision, int kind) {
  base::JsonObject object;
  static const base::Json kValues[] = {base::Json(7), base::Json("甲"), base::Json(true), base::Json("2024-02-29"),
                                       base::Json(nullptr)};
  size_t n = static_cast<size_t>(kind);
  for (const auto& field : decision.inputs) object.emplace_back(field.name, kValues[n++ % std::size(kValues)]);
  return base::Json(std::move(object));
}

void ask(const policy::Pack& pack) {
  policy::AskOptions options;
  options.trace = true;
  options.evaluation.max_steps = 20'000;
  options.evaluation.max_text = 1 << 16;
  auto day = base::Date::from_ymd(2024, 6, 30);
  size_t count = 0;
  for (const auto& decision : pack.decisions) {
    if (++count > 4) return;
    for (int kind = 0; kind < 5; ++kind) {
      auto answer = policy::decide(pack, decision.id, inputs(decision, kind), *day, options);
      if (!answer) require(!answer.error().message.empty(), "a refusal says what");
      else to_json(*answer).dump();
    }
  }
}

void decision(std::string_view input) {
  std::string text = kHead + std::string(input);
  std::string laid_out = policy::format_document(text);
  require(policy::format_document(laid_out) == laid_out, "what is laid out stays as it is");
  folder().document(text);
  auto loaded = policy::load_pack(folder().path);
  for (const auto& e : loaded.problems.errors)
    require(!e.message.empty() && !e.where.empty(), "a problem says what and where");
  loaded.problems.text();
  if (!loaded.problems.errors.empty()) return;
  ask(loaded.pack);
  if (auto model = policy::export_dmn(loaded.pack)) require(!dmn::write(*model).empty(), "a model is written");
}

// Edited models of the pack above: taken over or refused, never half.
void import(std::string_view input) {
  static const bool written = [] {
    folder().document(kHead + std::string(kTable) + kSteps);
    return true;
  }();
  (void)written;
  auto result = policy::import_dmn(folder().path, "m.dmn", std::string(input));
  if (!result.errors.empty()) require(result.files.empty(), "what is refused changes nothing");
  for (const auto& e : result.errors) require(!e.message.empty(), "a refusal says what");
}

std::string model() {
  folder().document(kHead + std::string(kTable) + kSteps);
  auto pack = policy::load_pack(folder().path);
  require(pack.problems.errors.empty(), "the seed is a sound pack: " + pack.problems.text());
  auto model = policy::export_dmn(pack.pack);
  require(model.ok(), "the seed can be exported");
  return dmn::write(*model);
}

}  // namespace

std::vector<Target> decision_targets() {
  return {{"decision",
           {kTable, kSteps},
           {"```decision d\n",
            "```\n",
            "rules = [\"DIS-301\"]\n",
            "\"\"\"\n",
            "table = ",
            "steps = ",
            "gate = ",
            "formula = ",
            "requires = ",
            "refuse = ",
            "unique | ",
            "collect sum | ",
            "output order | ",
            " || ",
            " | ",
            ">= ",
            "[0..9)",
            ": 元 >= 0",
            ": list<date> = []",
            "?: 甲 | 乙\n",
            ": number = ",
            "not(",
            "\"甲\", \"乙\"",
            "- | ",
            "拒绝: ",
            "```case mode\n",
            "result",
            "万元",
            "比率 (0..1]",
            "date and time",
            "function(x) x"},
           decision},
          {"import",
           {model()},
           {"<text>", "</text>", "<rule", "</rule>", "hitPolicy=\"FIRST\"", "<inputEntry>", "</inputEntry>",
            "300000", "&gt;", "\"自主\"", "true", "-", "<annotationEntry>", "href=\"#"},
           import}};
}

}  // namespace guanhu::fuzz
