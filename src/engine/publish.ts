/** Journal events as live events: seed names for those who listen. */
import type { Program } from '../core/plan/program.ts';
import { attemptName } from '../core/run/attempt-name.ts';
import type { AttemptRef, Payload, RunEvent } from '../core/run/events.ts';
import { signalName } from '../core/run/signals.ts';
import type { Run } from '../core/run/state.ts';
import type { Json } from '../core/data/json.ts';
import type { Bus, InBlob } from './bus.ts';
import { waitedFor } from './view.ts';

export function jobIdOf(run: string, ref: AttemptRef): string {
  return `${run}:${attemptName(ref)}`;
}

const valueOf = (payload: Payload): Json | undefined => ('value' in payload ? payload.value : undefined);

const blobOf = (payload: Payload): InBlob => ('blob' in payload ? { blob: { id: payload.blob, bytes: payload.bytes } } : {});

export function publish(bus: Bus, program: Program, run: Run, events: readonly RunEvent[]): void {
  for (const event of events) publishOne(bus, program, run, event);
}

function publishOne(bus: Bus, program: Program, run: Run, event: RunEvent): void {
  const runId = run.id;
  const step = (place: number): string => program.node(place).id;
  const of = (ref: { readonly step: number; readonly item?: number }): { runId: string; stepId: string; item?: number } => ({
    runId,
    stepId: step(ref.step),
    ...(ref.item === undefined ? {} : { item: ref.item }),
  });
  switch (event.type) {
    case 'run.started':
      bus.emit('run:started', { runId, workflow: event.workflow, project: event.project });
      return bus.emit('plan:started', { planId: event.workflow, runId });
    case 'task.started': {
      // An agent's attempt is told when an agent takes it; a call has no agent.
      const { step: definition } = program.node(event.step);
      if (!('worker' in definition) || 'agentId' in definition.worker || 'capability' in definition.worker) return;
      return bus.emit('step:started', {
        ...of(event),
        agentId: undefined,
        jobId: jobIdOf(runId, event),
        visit: event.visit,
        attempt: event.attempt,
      });
    }
    case 'task.completed': {
      if (event.undo === true) return;
      const agentId = event.agent;
      const response = valueOf(event.output);
      if (event.item === undefined) {
        const source = event.source === undefined ? {} : { source: event.source };
        bus.emit('step:completed', { ...of(event), agentId, response, ...blobOf(event.output), ...source });
      } else bus.emit('item:completed', { ...of(event), item: event.item, agentId, response, ...blobOf(event.output) });
      return bus.emit('queue:completed', { jobId: jobIdOf(runId, event), result: response, ...blobOf(event.output) });
    }
    case 'task.failed': {
      const agentId = event.agent;
      if (agentId !== undefined) bus.emit('agent:error', { agentId, error: event.error, runId, stepId: step(event.step) });
      if (event.retryAt !== undefined)
        return bus.emit('step:retry', { ...of(event), error: event.error, attempt: event.attempt, at: event.retryAt + run.stoodStill });
      if (event.item !== undefined) bus.emit('item:failed', { ...of(event), item: event.item, error: event.error });
      return bus.emit('queue:failed', { jobId: jobIdOf(runId, event), error: event.error });
    }
    case 'map.opened':
      return bus.emit('map:opened', { ...of(event), items: event.items });
    case 'map.closed':
      return bus.emit('step:completed', { ...of(event), agentId: undefined, response: undefined });
    case 'step.completed':
      return bus.emit('step:completed', {
        ...of(event),
        agentId: undefined,
        response: valueOf(event.output),
        ...blobOf(event.output),
        ...(event.source === undefined ? {} : { source: event.source }),
      });
    case 'step.failed':
      return bus.emit('step:failed', { ...of(event), error: event.error, handled: event.handled });
    case 'step.skipped':
      return bus.emit('step:skipped', { ...of(event), why: event.why });
    case 'step.reopened':
      return bus.emit('step:reopened', { ...of(event), by: step(event.by), round: event.round });
    case 'ask.opened':
      return bus.emit('question:opened', { ...of(event), question: event.question });
    case 'wait.opened': {
      const { step: definition } = program.node(event.step);
      const name = definition.kind === 'wait' ? signalName(definition) : undefined;
      const until = event.until === undefined ? {} : { until: event.wall === true ? event.until : event.until + run.stoodStill };
      return bus.emit('wait:opened', { ...of(event), waitsFor: waitedFor(name), ...until });
    }
    case 'task.held':
      return bus.emit('question:opened', { ...of(event), question: event.question.text });
    case 'ask.answered':
      return bus.emit('question:answered', { ...of(event), by: event.by });
    case 'signal.received':
      return bus.emit('signal:received', { runId, name: event.name });
    case 'emitted': {
      const data = valueOf(event.data) ?? null;
      const stepId = event.step === undefined ? {} : { stepId: step(event.step) };
      const told = { runId, ...stepId, data, ...blobOf(event.data) };
      if (event.agent === undefined) return bus.tell(event.name, told);
      return bus.tell(`agent:${event.name}`, { ...told, agentId: event.agent, [event.name]: data });
    }
    case 'run.fallback':
      return bus.emit('plan:fallback', { planId: run.workflow, fallbackPlanId: event.plan, runId });
    case 'run.succeeded':
      bus.emit('plan:completed', { planId: run.workflow, runId, success: true });
      return bus.emit('run:ended', { runId, status: 'succeeded' });
    case 'run.failed':
      bus.emit('plan:completed', { planId: run.workflow, runId, success: false });
      return bus.emit('run:ended', { runId, status: 'failed', error: event.error });
    case 'run.cancelled':
      return bus.emit('run:ended', { runId, status: 'cancelled' });
    default:
      return;
  }
}
