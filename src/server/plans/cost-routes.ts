/**
 * What was spent.
 *
 * C1. Two books, and never a sum of both: what the model gateway was paid (by project, component, day), and what runs
 *     have spent in all (by workflow), in which the gateway's part is contained.
 */
import { z } from 'zod';
import { covers, type Principal } from '../access/principal.ts';
import { projectFor } from '../access/project-for.ts';
import type { App } from '../http/app.ts';
import type { ServerParts } from '../parts.ts';
import { Spent } from './spent.ts';
import { projectId } from './wire.ts';

const dayForm = z.iso.date();

const lineSchema = z.strictObject({
  project_id: z.string(),
  day: z.string().optional(),
  workflow: z.string().optional(),
  function: z.string().optional(),
  step: z.string().optional().describe('The step that asked the function; absent for those who asked outside runs.'),
  cost: z.number(),
  runs: z.number().optional(),
  inferences: z.number().optional(),
  input_tokens: z.number().optional(),
  output_tokens: z.number().optional(),
});

type Line = z.infer<typeof lineSchema>;
type By = 'project' | 'workflow' | 'component' | 'day';

/** Runs that are looked at for one answer. */
const mostRuns = 1000;
/** The views of the ledger read all of it: who asks again soon is told the same. */
const freshFor = 5000;
const day = 86_400_000;

export async function costRoutes(app: App, parts: ServerParts): Promise<void> {
  const book = new CostBook(parts);
  app.get('/api/v1/costs', {
    config: { access: { scope: 'read', of: 'some' } },
    schema: {
      tags: ['costs'],
      summary: 'What was spent, by project, workflow, component or day',
      description:
        '`project`, `component` and `day`: what the model gateway was paid, by its ledger. `workflow`: what runs have spent in all, ' +
        `of the newest ${mostRuns} that began in the time asked for; what agents paid elsewhere is in it too. Days are UTC’s, both ends belong to the time.`,
      operationId: 'costs',
      querystring: z.strictObject({
        project_id: projectId.optional(),
        from: dayForm.optional(),
        to: dayForm.optional(),
        by: z.enum(['project', 'workflow', 'component', 'day']).default('project'),
      }),
      response: {
        200: z.strictObject({
          currency: z.literal('USD'),
          by: z.string(),
          book: z.enum(['gateway', 'runs']),
          total: z.number(),
          whole: z.boolean().describe('False where there are more runs than were looked at.'),
          costs: z.array(lineSchema),
        }),
      },
    },
    handler: async ({ query: { by, project_id: said, from = '0000-01-01', to = '9999-12-31' }, principal }) => {
      const asked = { project: said === undefined ? undefined : projectFor(principal, said), from, to };
      const found = by === 'workflow' ? await book.ofRuns(principal, asked) : await book.ofGateway(principal, asked, by);
      return { currency: 'USD' as const, by, ...found, total: found.costs.reduce((sum, { cost }) => sum + cost, 0) };
    },
  });
}

interface Asked {
  readonly project: string | undefined;
  readonly from: string;
  readonly to: string;
}

class CostBook {
  readonly #parts: ServerParts;
  readonly #spent: Spent;
  #read: { readonly at: number; readonly lines: Promise<readonly Line[]> } | undefined;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#spent = new Spent(parts.backend);
  }

  async ofGateway(
    principal: Principal,
    { project, from, to }: Asked,
    by: Exclude<By, 'workflow'>,
  ): Promise<{ readonly book: 'gateway'; readonly whole: true; readonly costs: Line[] }> {
    const own = (await this.#components()).filter(
      (line) =>
        covers(principal, line.project_id) && (project ?? line.project_id) === line.project_id && isWithin(line.day ?? '', from, to),
    );
    const keyOf: Readonly<Record<typeof by, (line: Line) => Partial<Line>>> = {
      project: () => ({}),
      component: ({ function: fn, step }) => ({ ...(fn === undefined ? {} : { function: fn }), ...(step === undefined ? {} : { step }) }),
      day: (line) => (line.day === undefined ? {} : { day: line.day }),
    };
    return { book: 'gateway', whole: true, costs: summed(own, keyOf[by]) };
  }

  async ofRuns(
    { projects }: Principal,
    { project, from, to }: Asked,
  ): Promise<{ readonly book: 'runs'; readonly whole: boolean; readonly costs: Line[] }> {
    const { runs } = this.#parts.backend;
    const whose = project === undefined ? (projects === undefined ? {} : { projects }) : { project };
    const since = from === '0000-01-01' ? {} : { from: Date.parse(from) };
    const found = await runs.list({ ...whose, ...since, limit: mostRuns + 1 });
    const lines: Line[] = [];
    for (const run of found.slice(0, mostRuns)) {
      // What a run called has spent counts in its own.
      if (run.parent !== undefined || run.createdAt >= Date.parse(to) + day) continue;
      lines.push({ project_id: run.project, workflow: run.workflow, cost: await this.#spent.of(run), runs: 1 });
    }
    return { book: 'runs', whole: found.length <= mostRuns, costs: summed(lines, ({ workflow = '' }) => ({ workflow })) };
  }

  #components(): Promise<readonly Line[]> {
    const { clock, backend } = this.#parts;
    const now = clock.now();
    if (this.#read !== undefined && now - this.#read.at <= freshFor) return this.#read.lines;
    const lines = backend.ledger.view('component_cost', now).then((rows) => rows.map(lineOf));
    this.#read = { at: now, lines };
    // Whoever asks next tries again.
    lines.catch(() => (this.#read = undefined));
    return lines;
  }
}

function lineOf(row: Readonly<Record<string, string | number | null>>): Line {
  const text = (name: string): string => String(row[name] ?? '');
  const number = (name: string): number => Number(row[name] ?? 0);
  return {
    project_id: text('project'),
    day: text('day'),
    function: text('function'),
    ...(row['step'] === null || row['step'] === undefined ? {} : { step: text('step') }),
    cost: number('cost'),
    inferences: number('inferences'),
    input_tokens: number('input_tokens'),
    output_tokens: number('output_tokens'),
  };
}

const counted = ['cost', 'runs', 'inferences', 'input_tokens', 'output_tokens'] as const;

/** Lines that agree in the project and the key as one; the dearest first, days from the newest on. */
function summed(lines: readonly Line[], keyOf: (line: Line) => Partial<Line>): Line[] {
  const sums = new Map<string, Line>();
  for (const line of lines) {
    const key = { project_id: line.project_id, ...keyOf(line) };
    const name = JSON.stringify(key);
    const sum: Line = sums.get(name) ?? { ...key, cost: 0 };
    for (const field of counted) if (line[field] !== undefined) sum[field] = (sum[field] ?? 0) + line[field];
    sums.set(name, sum);
  }
  return [...sums.values()].sort((one, other) => (other.day ?? '').localeCompare(one.day ?? '') || other.cost - one.cost);
}

// Days as ISO 8601 writes them are in order as texts.
const isWithin = (one: string, from: string, to: string): boolean => one >= from && one <= to;
