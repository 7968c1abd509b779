/** What goes on around a run on its store, told where the run is shown: servers that go away, errors of the engine. */
import type { Orchestrator } from '../../engine/orchestrator.ts';
import type { Progress } from '../progress/progress.ts';
import { tellErrors } from '../serving/errors-told.ts';
import { wordsOf, type Say } from '../serving/happening.ts';
import { watchParts, type Backend } from '../serving/watch-parts.ts';

export function tellAround(orchestrator: Pick<Orchestrator, 'on'>, backend: Backend | undefined, progress: Progress): () => void {
  const say: Say = (happening) => progress.note(wordsOf(happening));
  const { health } = backend ?? {};
  const untell = tellErrors(orchestrator, { say, ...(health === undefined ? {} : { health }) });
  const unwatch = backend === undefined ? undefined : watchParts(backend, say);
  return () => {
    untell();
    unwatch?.();
  };
}
