#include "feed/texts.h"

#include <array>

namespace guanhu::feed {
namespace {

struct Text {
  std::string_view code, text;
};

// Sorted by what the reader was doing. CODE.hint says how to mend CODE.
constexpr std::array kTexts{
    // The arguments of a call
    Text{"feed.none", "没有找到可导入的业务日期"},
    Text{"feed.none.hint", "给出一个日期目录（含 manifest.json），或包含若干日期目录的目录"},
    Text{"feed.missing", "目录不存在"},
    Text{"feed.missing.hint", "检查路径是否写对"},
    Text{"feed.twice", "业务日期 {0} 在本次调用中出现两次，另一处是 {1}"},
    Text{"feed.twice.hint", "每个业务日期只给一个目录"},

    // manifest.json
    Text{"manifest.missing", "缺少 manifest.json"},
    Text{"manifest.missing.hint", "由数据下发程序在日期目录内写出 manifest.json"},
    Text{"manifest.json", "manifest.json 不是合法的 JSON：{0}"},
    Text{"manifest.member", "manifest.json 缺少成员 {0}，或其类型不对（应为{1}）"},
    Text{"manifest.date", "business_date 不是日期：{0}"},
    Text{"manifest.date.hint", "写成 YYYY-MM-DD"},
    Text{"manifest.folder", "business_date 为 {0}，与目录名 {1} 不一致"},
    Text{"manifest.folder.hint", "目录名须等于业务日期"},
    Text{"manifest.encoding", "不认识的 encoding：{0}"},
    Text{"manifest.encoding.hint", "只能是 UTF-8 或 GB18030"},
    Text{"manifest.delimiter", "不认识的 delimiter：{0}"},
    Text{"manifest.delimiter.hint", "只能是 , 或 | 或制表符"},
    Text{"manifest.rows", "文件 {0} 的 rows 不是非负整数"},
    Text{"manifest.sha256", "文件 {0} 的 sha256 不是 64 位十六进制数"},
    Text{"manifest.total", "文件 {0} 的合计 {1} 不是小数"},

    // Whole files
    Text{"file.missing", "清单列出的文件不存在或读不出：{0}"},
    Text{"file.missing.hint", "补齐文件，或从清单中删去"},
    Text{"file.changed", "文件在导入过程中被改动"},
    Text{"file.changed.hint", "等数据下发程序写完后重新导入"},
    Text{"file.sha256", "文件内容与清单的 sha256 不符，文件可能未传完整"},
    Text{"file.sha256.hint", "重新传送文件"},
    Text{"file.header", "文件没有表头"},
    Text{"file.header.hint", "第一行须为列名"},
    Text{"file.column", "缺少必需的列：{0}"},
    Text{"file.column.hint", "按数据接口约定补上该列"},
    Text{"file.column_twice", "列名 {0} 在表头中出现两次"},
    Text{"file.unclosed", "引号没有闭合，其后的内容无法读取"},
    Text{"file.unclosed.hint", "补上引号；字段内的引号写成两个"},
    Text{"file.large", "文件超过 {0} 字节"},

    // Rows
    Text{"csv.fields", "应有 {0} 个字段，实有 {1} 个"},
    Text{"csv.quote", "未加引号的字段内有引号"},
    Text{"csv.after_quote", "引号闭合后还有内容"},
    Text{"csv.return", "单独的回车符"},
    Text{"csv.unclosed", "引号没有闭合"},
    Text{"cell.encoding", "含有无法按清单编码解读的字节"},
    Text{"cell.nul", "含有空字符（0x00）"},
    Text{"cell.empty", "不能为空"},
    Text{"cell.date", "不是日期，应为 YYYY-MM-DD"},
    Text{"cell.time", "不是时间，应为 YYYY-MM-DDTHH:MM:SS"},
    Text{"cell.money", "不是金额，应为最多两位小数的数字"},
    Text{"cell.rate", "不是利率，应为年百分率，最多六位小数"},
    Text{"cell.share", "不是份额，应为 0 到 1 之间最多八位小数的数字"},
    Text{"cell.quantity", "不是数值，最多四位小数"},
    Text{"cell.integer", "不是非负整数"},
    Text{"cell.boolean", "应为 true 或 false"},
    Text{"cell.choice", "不在允许的取值内：{0}"},
    Text{"cell.period", "不是期间，应为 2025、2025H2、2025Q4 或 2025-12 的形式"},
    Text{"row.dates", "valid_to 早于 valid_from（{0}）"},
    Text{"row.future", "日期晚于业务日期 {0}"},
    Text{"row.duplicate", "与第 {0} 行的主键相同"},

    // Control totals
    Text{"total.gap", "缺少业务日期 {0}"},
    Text{"total.gaps", "缺少业务日期 {0} 等 {1} 个"},
    Text{"total.undescribed", "有 {0} 个账户或贷款有余额而无资料，例如 {1}"},
    Text{"total.unplaced", "有明细不能归入任何机构"},
    Text{"total.unknown_orgs", "有 {0} 个账户或贷款所属机构没有机构资料，例如 {1}"},
    Text{"total.unknown_org", "机构 {0} 没有机构资料"},
    Text{"total.opening", "最早导入日 {0} 之前开立的 {1} 个账户中有 {2} 个没有余额"},
    Text{"total.is_waiting", "总账 {0} {1} {2} 待核：应为 {3}，明细 {4}，差额 {5}{6}"},
    Text{"total.is_broken", "总账 {0} {1} {2} 不符：应为 {3}，明细 {4}，差额 {5}{6}"},
    Text{"total.rejects", "明细中有被拒绝的行，差额可能由此产生"},

    // The data folder
    Text{"bank.behind", "分析库缺少 {0} 个已登记的导入（第一个是 {1}）"},
    Text{"bank.behind.hint", "运行 guanhu import --data DIR --rebuild，由留存的原始文件重建"},
    Text{"bank.landed", "留存的原始文件缺失或损坏：{0}"},
    Text{"bank.landed.hint", "从备份恢复数据目录的 landed 子目录"},
    Text{"recovered.absent", "业务日期 {0} 不存在：上次导入被中断，未生效，已清理"},
    Text{"recovered.former", "业务日期 {0} 仍是此前的导入：上次重新导入被中断，未生效，已清理"},
    Text{"recovered.whole", "业务日期 {0} 完整：上次导入在生效后被中断，已补登记"},
};

const Text* find(std::string_view code) {
  for (const Text& text : kTexts)
    if (text.code == code) return &text;
  return nullptr;
}

std::string fill(std::string_view text, std::initializer_list<std::string_view> values) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{' && i + 2 < text.size() && text[i + 2] == '}') {
      size_t n = static_cast<size_t>(text[i + 1] - '0');
      if (n < values.size()) out += values.begin()[n];
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace

std::string say(std::string_view code, std::initializer_list<std::string_view> values) {
  const Text* text = find(code);
  if (!text) throw base::Broken("no text for " + std::string(code));
  return fill(text->text, values);
}

base::Error refuse(std::string_view code, std::string where, std::initializer_list<std::string_view> values) {
  const Text* hint = find(std::string(code) + ".hint");
  return {std::string(code), say(code, values), std::move(where), hint ? fill(hint->text, values) : ""};
}

}  // namespace guanhu::feed
