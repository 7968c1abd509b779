/**
 * A thread beside the agent that ends the process when the engine's process has died. The main thread cannot be
 * relied on for it: an agent that computes without pause would never hear of the closed channel.
 */
import { Socket } from 'node:net';
import { workerData } from 'node:worker_threads';
import { endOwnGroup } from './own-group.ts';

// The engine holds the other end and never writes: its end comes only with the engine's.
const lifeline = new Socket({ fd: Number(workerData), readable: true, writable: false });
lifeline.on('error', endOwnGroup);
lifeline.on('close', endOwnGroup);
lifeline.resume();
