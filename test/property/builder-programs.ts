/** Random programs of the builder: every method and every option, as somebody would call them one after another. */
import * as fc from 'fast-check';
import { z } from 'zod';
import { agentRef, capability, workflow, workflowRef } from '../../src/index.ts';
import type { AnyWorkflow } from '../../src/core/plan/workflow.ts';

type Options = Readonly<Record<string, unknown>>;

/** The builder without its types: which steps a function may read is not known when a program is drawn. */
export interface Loose {
  step(id: string, worker: unknown, input: unknown, options?: Options): Loose;
  map(id: string, worker: unknown, over: unknown, options?: Options): Loose;
  gate(id: string, test: unknown, options?: Options): Loose;
  branch(id: string, choose: unknown, cases: Readonly<Record<string, (builder: Loose) => Loose>>, options?: Options): Loose;
  ask(id: string, options: Options): Loose;
  wait(id: string, options: Options): Loose;
  call(id: string, callee: unknown, input: unknown, options?: Options): Loose;
  emit(id: string, event: string, data: unknown, options?: Options): Loose;
  output(output: unknown): AnyWorkflow;
  build(): AnyWorkflow;
}

/** Draws one step, knowing its name, those before it on this way, and whether a gate may go back to them. */
type Draw = (builder: Loose, id: string, before: readonly string[]) => Loose;

const some = (fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Options> => fc.record(fields, { requiredKeys: [] });

const other = workflow('other')
  .step('x', agentRef('a'), () => 1)
  .build();
const durations = fc.constantFrom(500, '1.5s', '10m');
const functions = fc.constantFrom<(context: { readonly input: unknown }) => unknown>(
  ({ input }) => input,
  () => ({ $from: 'data, not a path' }),
  (context) => [context.input, 1],
);
const conditions = fc.constantFrom(
  () => true,
  ({ input }: { readonly input: unknown }) => input === 1,
);

const retry = fc
  .tuple(
    fc.record({ max: fc.nat({ max: 5 }) }),
    some({
      backoff: fc.constantFrom('fixed', 'linear', 'exponential'),
      delay: durations,
      cap: durations,
      jitter: fc.constantFrom(0, 0.5, 1),
      only: fc.constant(['A']),
      except: fc.constant(['B']),
    }),
  )
  .map(([max, more]) => ({ ...max, ...more }));
const undo = fc.oneof(
  fc.constantFrom<unknown>(agentRef('u', 'undo'), capability('taking-back', 'run'), 'u'),
  fc
    .tuple(fc.constant({ agent: 'u' }), some({ retry, input: fc.constant((own: { readonly output: unknown }) => own.output) }))
    .map(([agent, more]) => ({ ...agent, ...more })),
);

const place = {
  when: conditions,
  onFailure: fc.constantFrom('fail', 'continue', 'back', 'rescue'),
  description: fc.constant('words'),
  after: fc.nat({ max: 15 }),
};
const called = {
  ...place,
  retry,
  timeout: fc.oneof(
    durations,
    durations.map((total) => ({ total })),
  ),
  undo,
  priority: fc.integer({ min: -3, max: 3 }),
  budget: fc.constantFrom<unknown>(1, { limit: 2, onLimit: 'degrade' }),
};
const made = { ...called, heartbeat: durations, memo: fc.boolean(), resources: fc.constant({ gpu: 1 }) };

const agents = fc.constantFrom<unknown>('a', agentRef('a'), agentRef('a', 'do'), capability('speech', 'say'));
const callees = fc.constantFrom<unknown>(other, workflowRef('elsewhere'), () => ({ id: 'made', steps: [] }));

/** `after` and `onFailure` as this place in the program allows them. */
function fitting({ after, onFailure, ...options }: Options, id: string, before: readonly string[]): Options {
  const chosen = typeof after === 'number' ? { after: before.filter((_, at) => ((after >> at) & 1) === 1) } : {};
  const failure = onFailure === 'back' ? { goTo: id, max: 2 } : onFailure === 'rescue' ? { goTo: `${id}-rescue` } : onFailure;
  return { ...options, ...chosen, ...(failure === undefined ? {} : { onFailure: failure }) };
}

/** A step whose failure leads on is followed by the one that it leads to. */
function drawn(options: Options, draw: (builder: Loose, id: string, options: Options) => Loose): Draw {
  return (builder, id, before) => {
    const next = draw(builder, id, fitting(options, id, before));
    return options['onFailure'] === 'rescue' ? next.step(`${id}-rescue`, 'a', () => null) : next;
  };
}

const withoutBack = { ...place, onFailure: fc.constantFrom('fail', 'continue') };

const steps: fc.Arbitrary<Draw> = fc.oneof(
  fc.tuple(agents, functions, some(made)).map(([worker, input, options]) => drawn(options, (b, id, fit) => b.step(id, worker, input, fit))),
  fc
    .tuple(agents, functions, some({ ...made, concurrency: fc.integer({ min: 1, max: 5 }), tolerate: fc.nat({ max: 3 }) }))
    .map(([worker, over, options]) => drawn(options, (b, id, fit) => b.map(id, worker, over, fit))),
  fc
    .tuple(callees, functions, some(called))
    .map(([callee, input, options]) => drawn(options, (b, id, fit) => b.call(id, callee, input, fit))),
  fc
    .tuple(
      conditions,
      fc.nat(),
      some({ exhausted: fc.constantFrom('fail', 'continue'), description: fc.constant('words'), keepBest: fc.constant(() => 1) }),
    )
    .map(([test, to, { keepBest, ...options }]): Draw => (builder, id, before) => {
      const backTo = before.length === 0 ? undefined : before[to % before.length];
      const otherwise = backTo === undefined ? {} : { otherwise: { backTo, max: 2, ...(keepBest === undefined ? {} : { keepBest }) } };
      return builder.gate(id, test, { ...options, ...otherwise });
    }),
  fc
    .tuple(
      fc.oneof(
        fc.constant({ choices: ['x', 'y'] }),
        fc.constantFrom<unknown>({ type: 'string' }, z.string()).map((form) => ({ form })),
      ),
      some({ ...withoutBack, show: functions, deadline: durations, quorum: fc.constant(1), who: fc.constant(['ann']) }),
      fc.constantFrom<unknown>('?', () => 'really?'),
    )
    .map(([answers, options, question]) => drawn(options, (b, id, fit) => b.ask(id, { question, ...answers, ...fit }))),
  fc
    .tuple(
      fc.oneof(
        durations.map((duration) => ({ duration })),
        fc.constantFrom<unknown>('2026-03-01T09:00:00Z', 5, () => 7).map((until) => ({ until })),
        fc
          .tuple(
            fc.constantFrom<Options>({ signal: 's' }, { signal: 's', schema: z.number() }, { event: 'e' }),
            fc.constantFrom<Options>({}, { deadline: '1s' }, { deadline: 5, otherwise: 1 }),
          )
          .map(([what, by]) => ({ ...what, ...by })),
      ),
      some(withoutBack),
    )
    .map(([what, options]) => drawn(options, (b, id, fit) => b.wait(id, { ...what, ...fit }))),
  fc.tuple(functions, some(withoutBack)).map(([data, options]) => drawn(options, (b, id, fit) => b.emit(id, 'told', data, fit))),
);

const sequence = fc.array(steps, { minLength: 1, maxLength: 3 });

/** In a case, names begin with the case's. What precedes in there depends on `after`, so that nothing names what is before. */
const branches: fc.Arbitrary<Draw> = fc.tuple(sequence, sequence).map(([x, y]): Draw => (builder, id) => {
  const inside =
    (name: string, list: readonly Draw[]) =>
    (b: Loose): Loose =>
      list.reduce((drawing, draw, at) => draw(drawing, `${id}-${name}${at}`, []), b);
  return builder.branch(id, () => 'x', { x: inside('x', x), y: inside('y', y) });
});

const options = some({
  version: fc.constant('2'),
  description: fc.constant('words'),
  timeout: durations,
  budget: fc.constantFrom<unknown>(3, { limit: 5, onLimit: 'ask' }),
  priority: fc.integer({ min: -3, max: 3 }),
  retention: durations,
  fallback: fc.constant(other),
  input: fc.constant(z.object({ site: z.string() })),
  concurrency: fc.oneof(fc.constant({ key: 'k' }), fc.constant({ key: ({ input }: { readonly input: unknown }) => input, limit: 2 })),
});

export const programs: fc.Arbitrary<AnyWorkflow> = fc
  .tuple(
    options,
    fc.array(fc.oneof({ arbitrary: steps, weight: 4 }, { arbitrary: branches, weight: 1 }), { minLength: 1, maxLength: 5 }),
    fc.option(functions),
  )
  .map(([given, list, output]) => {
    // The builder's methods are these; its types say more about their arguments.
    const builder = list.reduce(
      (drawing, draw, at) =>
        draw(
          drawing,
          `s${at}`,
          Array.from({ length: at }, (_, before) => `s${before}`),
        ),
      workflow('drawn', given as never) as unknown as Loose,
    );
    return output === null ? builder.build() : builder.output(output);
  });
