/** What a step of a plan costs before any run: read and validated, as a chain and as a mesh, and built. */
import { parsePlan, workflow } from '../../src/index.ts';

export interface PlanFigures {
  readonly read_ms: number;
  readonly mesh_ms: number;
  readonly build_ms: number;
}

/** Milliseconds a step; the best of several, because the first finds the code cold. */
export function planFigures(steps: number): PlanFigures {
  const chain = chainOf(steps);
  const mesh = meshOf(steps);
  return {
    read_ms: perStep(() => parsePlan(chain), steps),
    mesh_ms: perStep(() => parsePlan(mesh), steps),
    build_ms: perStep(() => built(steps), steps),
  };
}

function perStep(body: () => unknown, steps: number): number {
  const times = Array.from({ length: 3 }, () => {
    const began = performance.now();
    body();
    return performance.now() - began;
  });
  return Number((Math.min(...times) / steps).toPrecision(3));
}

function chainOf(steps: number): object {
  const from = (place: number): string => (place === 0 ? 'input' : `steps.s${place - 1}.output`);
  const step = (place: number): object => ({ id: `s${place}`, agentId: 'a', input: { $from: from(place) } });
  return { id: 'chain', parallel: false, steps: Array.from({ length: steps }, (_, place) => step(place)) };
}

/** Layers of ten, each step after all of the layer before, and reading one far back. */
function meshOf(steps: number): object {
  const step = (place: number): object => {
    const layer = Math.floor(place / 10);
    if (layer === 0) return { id: `s${place}`, agentId: 'a' };
    const before = Array.from({ length: 10 }, (_, k) => `s${(layer - 1) * 10 + k}`);
    return { id: `s${place}`, agentId: 'a', dependencies: before, input: { $from: `steps.s${place % 10}.output` } };
  };
  return { id: 'mesh', steps: Array.from({ length: steps }, (_, place) => step(place)) };
}

function built(steps: number): unknown {
  let builder = workflow('built').step('s0', 'a', () => 1);
  for (let place = 1; place < steps; place++) builder = builder.step(`s${place}`, 'a', () => 1);
  return builder.build();
}
