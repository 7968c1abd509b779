/** LangGraph with its Postgres checkpointer, as its documentation has it, on a server that syncs each commit. */
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres';
import pg from 'pg';
import type { Engine } from '../engine.ts';
import { postgresIn } from '../servers.ts';
import { langGraphOn } from './langgraph.ts';

export async function open(dir: string): Promise<Engine> {
  const postgres = await postgresIn(dir);
  const pool = new pg.Pool({ connectionString: postgres.url });
  // Connections that it has let go of hear when the server is stopped.
  pool.on('error', () => undefined);
  const checkpointer = new PostgresSaver(pool);
  await checkpointer.setup();
  const close = async (): Promise<void> => {
    await checkpointer.end();
    await postgres.stop();
  };
  return langGraphOn(checkpointer, { durability: 'synced', stored: () => postgres.stored(), close });
}
