/** What a run itself is told of: its end, and where it stood still. */
import { parseTraceparent } from '../../core/data/traceparent.ts';
import type { Run } from '../../core/run/state.ts';
import { attemptSpan, eventSpan, runSpan, traceOf } from './span-ids.ts';
import type { Change, SpanTeller, Told } from './span-teller.ts';

export function runEvents(teller: SpanTeller, change: Change): void {
  const { before, event, at } = change;
  switch (event.type) {
    case 'run.admitted': {
      const from = (before.phase.is === 'queued' ? before.phase.since : undefined) ?? before.startedAt;
      return teller.tell(stoodStill(before, 'wait for its turn', from, at));
    }
    case 'run.resumed':
      return teller.tell(stoodStill(before, 'paused', before.pausedAt ?? at, at));
    case 'run.cancelling':
      if (before.pausedAt !== undefined) teller.tell(stoodStill(before, 'paused', before.pausedAt, at));
      return;
    case 'run.succeeded':
    case 'run.failed':
    case 'run.cancelled':
      return teller.tell(ended(teller, change));
    default:
      return;
  }
}

function stoodStill(run: Run, name: string, from: number, to: number): Told {
  return { id: eventSpan(run.id, run.seq), parent: runSpan(run.id, run.again?.tries ?? 0), name, from, to, attributes: {} };
}

function ended(teller: SpanTeller, { after, at }: Change): Told {
  const { id, depth, again, startedAt, workflow, project, phase, plan, money } = after;
  const parent = parentOf(teller, after);
  return {
    id: runSpan(id, again?.tries ?? 0),
    ...(parent === undefined ? {} : { parent }),
    name: `invoke_workflow ${workflow}`,
    from: again?.at ?? startedAt,
    to: at,
    attributes: {
      'gen_ai.operation.name': 'invoke_workflow',
      'gen_ai.workflow.name': workflow,
      'continuo.project': project,
      'continuo.depth': depth,
      ...(depth === 0 ? { 'session.id': id } : {}),
      'continuo.plan': plan,
      'continuo.outcome': phase.is,
      'continuo.spent_usd': money.spent,
      ...(again === undefined ? {} : { 'continuo.tries': again.tries + 1 }),
      ...(phase.is === 'cancelled' && phase.reason !== undefined ? { 'continuo.reason': phase.reason } : {}),
    },
    ...(phase.is === 'failed' ? { error: { code: phase.error.code, message: phase.error.message } } : {}),
    ...linkOf(after),
  };
}

/** Of what it is a part: of the attempt that called it, of its own first try, or of what somebody elsewhere does. */
function parentOf({ trace: { outer } }: SpanTeller, { id, parent, again }: Run): string | undefined {
  if (parent !== undefined) return parent.ref === 'fallback' ? runSpan(parent.run, 0) : attemptSpan(parent.run, parent.ref);
  return again === undefined ? outer : runSpan(id, 0);
}

function linkOf({ forkedFrom }: Run): Pick<Told, 'links'> {
  if (forkedFrom === undefined) return {};
  const { run, trace } = forkedFrom;
  const said = trace === undefined ? { trace: traceOf({ id: run, depth: 0 }).trace, span: runSpan(run, 0) } : parseTraceparent(trace);
  return said === undefined ? {} : { links: [{ trace: said.trace, id: said.span }] };
}
