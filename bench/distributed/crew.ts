/** The nodes of a measurement, each a process of its own. None outlives the work that it was hired for. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inDirectory } from '../measurement.ts';
import { postgresIn, redisIn } from '../servers.ts';
import type { Answer, Asked, NodeSpec, Reply, Task } from './tasks.ts';

const script = join(import.meta.dirname, 'node.ts');

export interface Crew {
  hire(how: Pick<NodeSpec, 'role' | 'agents'>): Promise<Member>;
}

/** Two new servers, and whoever is hired on them. */
export function withCrew<T>(dir: string, work: (crew: Crew) => Promise<T>): Promise<T> {
  return inDirectory(dir, async (own) => {
    const [postgres, redis] = [await postgresIn(own), await redisIn(own)];
    const blobs = join(own, 'blobs');
    mkdirSync(blobs);
    const members: Member[] = [];
    const hire: Crew['hire'] = async (how) => {
      const member = new Member({ ...how, postgres: postgres.url, redis: redis.url, blobs });
      members.push(member);
      await member.ready;
      return member;
    };
    try {
      return await work({ hire });
    } finally {
      await Promise.all(members.map((member) => member.dismiss()));
      await redis.stop();
      await postgres.stop();
    }
  });
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

export class Member {
  readonly ready: Promise<unknown>;
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(spec: NodeSpec) {
    this.#process = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...process.execArgv, script, JSON.stringify(spec)], {
      stdio: ['ignore', 2, 2, 'ipc'],
      // Figures of nothing are no numbers, and stay so.
      serialization: 'advanced',
    });
    this.#process.on('message', (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if ('error' in reply) waiting?.reject(new Error(reply.error));
      else waiting?.resolve(reply.value);
    });
    this.#process.on('exit', (code, signal) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`a node ended with ${signal ?? code}`));
      this.#waiting.clear();
    });
    this.ready = this.#reply(0);
  }

  async ask<T extends Task>(task: T, asked: Asked<T>): Promise<Answer<T>> {
    if (!this.#process.connected) throw new Error(`a node that has ended was asked for ${task}`);
    const id = ++this.#asked;
    const reply = this.#reply(id);
    this.#process.send({ id, task, asked });
    // node.ts answers each task with what it gives.
    return (await reply) as Answer<T>;
  }

  async dismiss(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const limit = setTimeout(() => this.#process.kill('SIGKILL'), 20_000);
    await this.ask('close', null).catch(() => this.#process.kill('SIGKILL'));
    clearTimeout(limit);
  }

  #reply(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => void this.#waiting.set(id, { resolve, reject }));
  }
}
