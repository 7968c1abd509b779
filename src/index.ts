/** Everything that a project imports from `continuo`. */
export {
  distributed,
  openGateway,
  openWorker,
  Orchestrator,
  serve,
  telemetryFrom,
  visit,
  type DistributedOptions,
  type GatewayOptions,
  type GatewaySettings,
  type OpenOptions,
  type OpenServer,
  type OpenWorkerOptions,
  type ServeOptions,
  type ServerSettings,
  type Worker,
} from './compose.ts';
export type { Gateway } from './gateway/gateway.ts';
export type { InferInput, InferOptions } from './gateway/inference.ts';
export type { AskOptions, Inference } from './ports/inference.ts';
export { agent, type ManyAgent, type SingleAgent, type TypedAgent } from './engine/agent.ts';
export type { Events, EventName, Told } from './engine/bus.ts';
export type { AnswerOptions, ForkOptions, RunHandle, RunResult } from './engine/orchestrator.ts';
export type { StartOptions } from './engine/starting.ts';
export type { OrchestrationResult, StepResult } from './engine/orchestrate.ts';
export type { AgentStatus } from './engine/registry.ts';
export type { DeadLetter } from './engine/dead-letters.ts';
export type { RunView, StepView } from './engine/view.ts';
export type { Trigger } from './engine/triggers.ts';
export type { AgentContext, AgentDefinition, BlobRef, Connections, Job } from './ports/agent.ts';
export type { Backend } from './ports/backend.ts';
export type { RunQuery, RunRecord } from './ports/journal.ts';
export { workflow } from './core/plan/builder.ts';
export { agentRef, capability, workflowRef } from './core/plan/agent-ref.ts';
export { planWorkflow, type AnyWorkflow, type Workflow } from './core/plan/workflow.ts';
export { parsePlan, readPlan } from './core/plan/read.ts';
export type { Plan, Step } from './core/plan/model.ts';
export type { Problem } from './core/plan/problem.ts';
export type { Json } from './core/data/json.ts';
export { catalogue, ContinuoError, type ErrorCode } from './core/errors.ts';
export { rules, type Rules, type RulesContext } from './gateway/rules/rules.ts';
export type { SpanData, Telemetry } from './ports/telemetry.ts';
export { langfuse, otlpTelemetry, type LangfuseKeys, type OtlpOptions } from './telemetry/index.ts';
export { openMemory } from './backends/memory/index.ts';
export { openSqlite } from './backends/sqlite/index.ts';
