/** What `continuo gateway check` says of a configuration that is valid. */
import type { ConfigSummary, FunctionSummary } from '../../compose.ts';
import type { Paint, Screen } from '../terminal/screen.ts';
import { oneLine, pad, padStart, widthOf, wrap } from '../terminal/width.ts';

type Variant = FunctionSummary['variants'][number];
type Model = ConfigSummary['models'][number];

export function printSummary(screen: Screen, summary: ConfigSummary): void {
  const { paint } = screen;
  if (summary.functions.length === 0) screen.line(`\n${paint('yellow', 'there are no functions in it')}`);
  section(screen, 'FUNCTIONS', summary.functions, (fn) => printFunction(screen, fn));
  printModels(screen, summary.models.filter(isWritten));
  printKeys(screen, summary.keys);
  const metrics = widest(summary.metrics.map(({ name }) => oneLine(name)));
  section(screen, 'METRICS', summary.metrics, ({ name, type, optimize, level }) =>
    screen.line(`  ${pad(oneLine(name), metrics)}  ${paint('dim', `${type}, ${optimize}, ${level}`)}`),
  );
  section(screen, 'LIMITS', [...summary.limits, ...summary.budgets], (line) => screen.line(`  ${oneLine(line)}`));
}

function section<T>(screen: Screen, head: string, entries: readonly T[], print: (entry: T, at: number) => void): void {
  if (entries.length === 0) return;
  screen.line();
  screen.line(screen.paint('dim', head));
  for (const [at, entry] of entries.entries()) print(entry, at);
}

function printFunction(screen: Screen, fn: FunctionSummary): void {
  const { paint } = screen;
  const what = [fn.type, fn.experiment].filter((part) => part !== undefined).join(', ');
  screen.line(`  ${paint('bold', oneLine(fn.name))}  ${paint('dim', what)}${nowOf(fn, paint)}`);
  const parts = widest(fn.variants.map(partOf));
  const names = widest(fn.variants.map(({ name }) => oneLine(name)));
  for (const variant of fn.variants) {
    const by = variant.type === 'rules' ? 'rules' : `${kindOf(variant)}${variant.models.join(', ')}`;
    const columns = [markOf(variant.isUsable, paint), padStart(partOf(variant), parts), '', pad(oneLine(variant.name), names), ''];
    screen.line(`    ${columns.join(' ')} ${paint('dim', oneLine(by))}`);
  }
}

function nowOf({ now, variants }: FunctionSummary, paint: Paint): string {
  if (now === undefined) return `  ${paint('yellow', 'nobody answers here: no key, and no rules')}`;
  if (now === 'models' || variants.every(({ type }) => type === 'rules')) return '';
  return `  ${paint('yellow', 'rules answer here: no model has a key')}`;
}

function partOf({ share, role }: Variant): string {
  return share === undefined ? role : `${Number((share * 100).toFixed(1))} %`;
}

function kindOf({ type }: Variant): string {
  if (type === 'best_of_n') return 'best of n, judged by ';
  if (type === 'mixture_of_n') return 'mixture of n, fused by ';
  return type === 'dicl' ? 'with examples, ' : '';
}

/** `openai::gpt-5` says it all in its name, and stands with the variants that ask it. */
function isWritten({ name, routing }: Model): boolean {
  return routing.length !== 1 || routing.every(({ provider, model }) => name !== `${provider}::${model}`);
}

function printModels(screen: Screen, models: readonly Model[]): void {
  const { paint } = screen;
  const names = widest(models.map(({ name }) => oneLine(name)));
  const providers = widest(models.flatMap(({ routing }) => routing.map(({ provider }) => oneLine(provider))));
  section(screen, 'MODELS, and whom they ask in turn', models, ({ name, routing }) => {
    for (const [at, { provider, model, hasKey }] of routing.entries()) {
      const head = pad(at === 0 ? oneLine(name) : '', names);
      screen.line(`  ${head}  ${markOf(hasKey, paint)} ${pad(oneLine(provider), providers)}  ${paint('dim', oneLine(model))}`);
    }
  });
}

function printKeys(screen: Screen, keys: ConfigSummary['keys']): void {
  const { paint } = screen;
  const providers = keys.map((key) => oneLine(key.providers.join(', ')));
  const width = widest(providers);
  const room = Math.max(24, (screen.isTerminal ? screen.columns : 160) - width - 6);
  section(screen, 'KEYS', keys, ({ variables, found }, entry) => {
    const where = found === undefined ? `set ${variables.join(' or ')}` : `from ${found}`;
    for (const [at, line] of wrap(oneLine(where), room).entries()) {
      const head = at === 0 ? `${markOf(found !== undefined, paint)} ${pad(providers[entry] ?? '', width)}` : ' '.repeat(width + 2);
      screen.line(`  ${head}  ${found === undefined ? paint('dim', line) : line}`);
    }
  });
}

/** Whether it could be asked now. */
const markOf = (isReady: boolean, paint: Paint): string => (isReady ? paint('green', '✔') : paint('dim', '·'));

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));
