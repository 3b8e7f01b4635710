// The peers of ./dev bench feel, called by feel_bench once for each case.
//   node feel.mjs CASES ROWS CASE SECONDS
//   -> [{"peer": "feelin" | "zen-engine", "way": "…", "rate": evaluations per second of processor time, "answers": […]}, …]
// Each peer is asked in every way it offers; feel_bench takes the quickest.
import { readFileSync } from 'node:fs';
import { evaluate, unaryTest } from 'feelin';
import zen from '@gorules/zen-engine';

const cases = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const [rounds, index, seconds] = process.argv.slice(3).map(Number);
const table = cases.table;
const formula = cases.formulas[index];
const inputs = (formula ?? table).inputs;

const rows = Array.from({ length: rounds }, (_, i) =>
  Object.fromEntries(Object.entries(inputs).map(([name, values]) => [name, values[i % values.length]])));

// A table of unary tests, cell by cell: ten times quicker with feelin than one long expression.
const tableCells = (input) =>
  table.rules.find((r) => table.columns.every((c, i) => r[i] === '' || unaryTest(r[i], { ...input, '?': input[c] }).value))[4];

const jdm = (kind, content) => ({
  nodes: [
    { id: 'in', type: 'inputNode', name: 'in', position: { x: 0, y: 0 } },
    { id: 'node', type: kind, name: 'node', position: { x: 0, y: 0 }, content },
    { id: 'out', type: 'outputNode', name: 'out', position: { x: 0, y: 0 } },
  ],
  edges: [
    { id: 'a', sourceId: 'in', targetId: 'node', type: 'edge' },
    { id: 'b', sourceId: 'node', targetId: 'out', type: 'edge' },
  ],
});
const engine = new zen.ZenEngine();
const zenTable = () => engine.createDecision(jdm('decisionTableNode', {
  hitPolicy: 'first',
  inputs: table.columns.map((c) => ({ id: c, name: c, field: c, type: 'expression' })),
  outputs: [{ id: 'answer', name: 'answer', field: 'answer', type: 'expression' }],
  rules: table.rules.map((r, i) => ({
    _id: String(i), answer: String(r[4]), ...Object.fromEntries(table.columns.map((c, j) => [c, r[j].replaceAll('"', "'")])),
  })),
}));
const zenFormula = (text) => engine.createDecision(jdm('expressionNode', { expressions: [{ id: 'e', key: 'answer', value: text }] }));

const once = (run) => async (xs) => {
  const answers = [];
  for (const x of xs) {
    const answer = run(x);
    answers.push(answer instanceof Promise ? await answer : answer);
  }
  return answers;
};
const decision = formula ? zenFormula(formula.zen) : zenTable();
const ways = [
  ['feelin', formula ? 'evaluate' : 'unaryTest', once(formula ? (x) => evaluate(formula.feel, x).value : tableCells)],
  ['zen-engine', 'decision', once(async (x) => (await decision.evaluate(x)).result.answer)],
  ['zen-engine', 'decisions side by side',
    async (xs) => (await Promise.all(xs.map((x) => decision.evaluate(x)))).map((a) => a.result.answer)],
];
if (formula) {
  ways.push(['zen-engine', 'expression', once((x) => zen.evaluateExpressionSync(formula.zen, x))]);
  // All rows in one call, looped over inside of the engine: one compilation and one conversion for all.
  const names = new RegExp(`\\b(${Object.keys(inputs).join('|')})\\b`, 'g');
  const inside = `map(rows, ${formula.zen.replace(names, '#.$1')})`;
  ways.push(['zen-engine', 'loop inside', async (xs) => zen.evaluateExpressionSync(inside, { rows: xs })]);
}

const out = [];
for (const [peer, way, run] of ways) {
  const answers = await run(rows);
  const cpu = process.cpuUsage(), start = process.hrtime.bigint();
  let done = 0;
  do {
    await run(rows);
    done += rows.length;
  } while (Number(process.hrtime.bigint() - start) / 1e9 < seconds);
  const used = process.cpuUsage(cpu);
  out.push({ peer, way, rate: Math.round(done / ((used.user + used.system) / 1e6)), answers });
}
process.stdout.write(JSON.stringify(out), () => process.exit(0));
