/** LangGraph, its connection set to sync each commit. */
import type { Engine } from '../engine.ts';
import { openLangGraph } from './langgraph.ts';

export const open = (dir: string): Promise<Engine> => openLangGraph(dir, 'each commit');
