/**
 * LangGraph.js with its SQLite checkpointer. `durability: 'sync'` writes each checkpoint
 * before the next step begins; the driver's default does not sync a commit of the log.
 *
 * Its checkpointer asks for better-sqlite3 12, which must be compiled for each Node and
 * does not work on the Node that we measure on; bench/package.json gives it 13, which does.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Annotation, END, interrupt, Send, START, StateGraph } from '@langchain/langgraph';
import type { BaseCheckpointSaver } from '@langchain/langgraph-checkpoint';
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import type { Engine, Payload } from '../engine.ts';

interface Numbered {
  readonly n: number;
}

const Value = Annotation.Root({ value: Annotation<Payload> });
const echo = ({ value }: typeof Value.State) => ({ value });
const five = new StateGraph(Value)
  .addNode('a', echo)
  .addNode('b', echo)
  .addNode('c', echo)
  .addNode('d', echo)
  .addNode('e', echo)
  .addEdge(START, 'a')
  .addEdge('a', 'b')
  .addEdge('b', 'c')
  .addEdge('c', 'd')
  .addEdge('d', 'e')
  .addEdge('e', END);

const Fan = Annotation.Root({
  width: Annotation<number>,
  items: Annotation<Numbered[]>,
  results: Annotation<Numbered[]>({ reducer: (before, more) => before.concat(more), default: () => [] }),
  total: Annotation<number>,
});
const fan = new StateGraph(Fan)
  .addNode('list', ({ width }) => ({ items: Array.from({ length: width }, (_, n) => ({ n })) }))
  .addNode('work', (item: Numbered) => ({ results: [item] }))
  .addNode('sum', ({ results }) => ({ total: results.length }))
  .addEdge(START, 'list')
  .addConditionalEdges('list', ({ items }) => items.map((item) => new Send('work', item)), ['work'])
  .addEdge('work', 'sum')
  .addEdge('sum', END);

const Asked = Annotation.Root({ answer: Annotation<string> });
const parked = new StateGraph(Asked)
  .addNode('ask', () => ({ answer: interrupt<string, string>('in an hour') }))
  .addEdge(START, 'ask')
  .addEdge('ask', END);

/** As its documentation has it. */
export const open = (dir: string): Promise<Engine> => openLangGraph(dir, 'as it comes');

export async function openLangGraph(dir: string, sync: 'as it comes' | 'each commit'): Promise<Engine> {
  const checkpointer = SqliteSaver.fromConnString(join(dir, 'langgraph.db'));
  // Its tables are made when it is first used, and the mode of its log is set then.
  await checkpointer.getTuple({ configurable: { thread_id: 'none' } });
  if (sync === 'each commit') checkpointer.db.pragma('synchronous = FULL');
  const synced = checkpointer.db.pragma('synchronous', { simple: true }) === 2;
  return langGraphOn(checkpointer, { durability: synced ? 'synced' : 'unsynced', close: async () => void checkpointer.db.close() });
}

/** The same graphs on any of its checkpointers. */
export function langGraphOn(checkpointer: BaseCheckpointSaver, store: Pick<Engine, 'durability' | 'close' | 'stored'>): Engine {
  const thread = (thread_id: string, recursionLimit = 25) => ({ configurable: { thread_id }, durability: 'sync' as const, recursionLimit });

  const fives = five.compile({ checkpointer });
  const fans = fan.compile({ checkpointer });
  const asking = parked.compile({ checkpointer });
  return {
    ...store,
    five: async (value) => {
      const done = await fives.invoke({ value }, thread(randomUUID()));
      if (done.value.n !== value.n) throw new Error(`a run of five steps gave ${JSON.stringify(done)}`);
    },
    fan: async (width) => {
      const { total } = await fans.invoke({ width }, thread(randomUUID()));
      if (total !== width) throw new Error(`a fan of ${width} gave ${total}`);
    },
    chain: async (steps) => {
      const chain = chainOf(steps).compile({ checkpointer });
      return async () => {
        const { results } = await chain.invoke({ results: [{ n: 1, text: '' }] }, thread(randomUUID(), steps + 10));
        if (results.length !== steps + 1) throw new Error(`a chain of ${steps} gave ${results.length} results`);
      };
    },
    park: async () => {
      const id = randomUUID();
      await asking.invoke({}, thread(id));
      return id;
    },
    status: async (id) => {
      const { next } = await asking.getState(thread(id));
      if (next[0] !== 'ask') throw new Error(`a parked run is before ${next[0] ?? 'nothing'}`);
    },
  };
}

/** Each step takes the result before it and adds its own. */
function chainOf(steps: number) {
  const Results = Annotation.Root({
    results: Annotation<Payload[]>({ reducer: (before, more) => before.concat(more), default: () => [] }),
  });
  const graph = new StateGraph<typeof Results.spec, typeof Results.State, typeof Results.Update, string>(Results);
  for (let place = 0; place < steps; place++) {
    graph.addNode(`s${place}`, ({ results }) => ({ results: results.slice(-1) }));
    graph.addEdge(place === 0 ? START : `s${place - 1}`, `s${place}`);
  }
  graph.addEdge(`s${steps - 1}`, END);
  return graph;
}
