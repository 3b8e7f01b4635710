// Blocks to begin from: each can be read and checked as it stands, once its names are replaced.
import type { Key } from '@/i18n'

export interface Template { kind: Key; text: string }
const block = (kind: string, ...lines: string[]) => ['', `\`\`\`${kind}`, ...lines, '```', ''].join('\n')
export const TEMPLATES: Template[] = [
  { kind: 'rb.kind.article', text: '\n## 第一条 名称\n来源: 文件名 第一条\n\n用自己的话写下这一条怎么规定。\n' },
  { kind: 'block.parameter', text: block('parameter', '["金额上限"]', 'value      = 300000', 'unit       = "元"', 'to_confirm = true', 'note       = "取值从哪里来"') },
  {
    kind: 'block.decision',
    text: block('decision new-decision', 'title  = "属于哪一档"', 'rules  = ["ABC-000"]', 'inputs = """', '金额: 元 >= 0', '"""', 'output = "低档 | 高档"', 'table  = """', 'first | 金额     || 结果', '      | < 100000 || 低档', '      | -        || 高档', '"""')
      + block('case new-decision', '金额   || 结果', '99999  || 低档', '100000 || 高档', '-1     || 拒绝: 金额'),
  },
  {
    kind: 'block.gate',
    text: block('decision new-gate', 'title  = "能不能办"', 'rules  = ["ABC-000"]', 'inputs = """', '材料齐全: boolean', '"""', 'gate   = """', '材料不齐 | not(材料齐全)', '"""') + block('case new-gate', '材料齐全 || 结论   | 原因', 'true     || 通过   | []', 'false    || 不通过 | [材料不齐]'),
  },
  { kind: 'block.judgement', text: block('judgement', 'why   = "由谁凭什么判断，为什么没有界限。"', 'rules = ["ABC-000"]') },
  { kind: 'block.open', text: block('open', 'question = "原文哪里不明。"', 'chosen   = "现在怎么取。"') },
]
