/** How a plan names those who do its work, with the types of what they take and give. */

/** Never there at run time: it only carries the types. */
export interface Typed<in Input, out Output> {
  readonly input: (value: Input) => void;
  readonly output: () => Output;
}

/** One agent, and one of its actions (`run` unless another is named). */
export interface AgentRef<in Input, out Output> {
  readonly id: string;
  readonly action?: string;
  readonly __types?: Typed<Input, Output>;
}

/** Any agent that can do it, chosen by health and load. */
export interface CapabilityRef<in Input, out Output> {
  readonly capability: string;
  readonly action?: string;
  readonly __types?: Typed<Input, Output>;
}

/** A workflow by its name. */
export interface WorkflowRef<in Input, out Output> {
  readonly workflow: string;
  readonly __types?: Typed<Input, Output>;
}

/** `agentRef<{ topic: string }, Script>('writer')`: an agent that lives elsewhere, typed here. */
export function agentRef<Input, Output>(id: string, action = 'run'): AgentRef<Input, Output> {
  return { id, action };
}

/** `capability<{ text: string }, Speech>('speech')`: whoever has the capability. */
export function capability<Input, Output>(name: string, action = 'run'): CapabilityRef<Input, Output> {
  return { capability: name, action };
}

/** `workflowRef<{ topic: string }, Film>('diy-video')`: a workflow that is registered elsewhere, typed here. */
export function workflowRef<Input, Output>(name: string): WorkflowRef<Input, Output> {
  return { workflow: name };
}
