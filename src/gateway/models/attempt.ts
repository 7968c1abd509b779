/** What the requests of one call have in common, and one request that is not streamed. */
import type { Clock } from '../../ports/clock.ts';
import type { ModelConfig, ProviderConfig } from '../config/model.ts';
import { noUsage } from '../inference.ts';
import type { Usage } from '../inference.ts';
import { contentOf, finishOf, flawOf } from './answer.ts';
import { Bill } from './bill.ts';
import type { Amount } from './bill.ts';
import type { Exchange } from './exchange.ts';
import { failureOf } from './failure.ts';
import type { Failure } from './failure.ts';
import type { Leash } from './leash.ts';
import { strictest } from './limits.ts';
import type { Limit } from './limits.ts';
import type { Line } from './lines.ts';
import { merged } from './merge.ts';
import type { ModelAnswer, ModelCall } from './model-call.ts';
import { jsonToolOf, tokensOf } from './request.ts';
import type { Request } from './request.ts';
import type { Outcome } from './routing.ts';
import { usageOf } from './usage.ts';

/** What it costs: dollars for what was used, and tokens and dollars that it can come to at most. */
export interface Pricing {
  cost(provider: ProviderConfig, usage: Usage, raw: unknown): number;
  worst(provider: ProviderConfig, promptTokens: number, maxTokens: number | undefined): Amount;
}

export type Answered = Omit<ModelAnswer, 'tried'>;

/** One call on its way to whichever provider. */
export interface Errand {
  readonly call: ModelCall;
  readonly model: ModelConfig;
  readonly clock: Clock;
  readonly exchange: Exchange;
  readonly pricing: Pricing;
  /** When the whole call has to be over. */
  readonly until: number;
  readonly request: Request;
  /** Not told to anybody. */
  keys(): Iterable<string>;
}

export async function generate(errand: Errand, line: Line, leash: Leash): Promise<Outcome<Answered>> {
  const bill = await openBill(errand, line);
  if (leash.ended !== undefined) return await neverSent(bill);
  leash.limit('total', limitOf(errand, line, 'total'));
  let result;
  try {
    result = await leash.hold(line.connection.language.doGenerate(optionsOf(errand, line, leash)));
  } catch (error) {
    return await failed(leash, bill, leash.ended === undefined ? failureOf(error, seenBy(errand)) : undefined);
  } finally {
    leash.end();
  }
  const usage = usageOf(result.usage);
  const cost = await charge(errand, line, bill, usage, result.response?.body);
  const content = contentOf(result.content, jsonToolOf(errand.call));
  const flaw = flawOf(content, result.finishReason);
  if (flaw !== undefined) return { is: 'failure', failure: flaw };
  return {
    is: 'answer',
    answer: {
      ...content,
      text: result.structuredOutputText ?? content.text,
      finish: finishOf(result.finishReason),
      usage: usage ?? noUsage,
      cost,
      provider: line.provider.name,
      providerModel: result.response?.modelId ?? line.provider.modelName,
    },
  };
}

export function openBill(errand: Errand, { provider }: Line): Bill | Promise<Bill> {
  const { call, pricing } = errand;
  return billFor(errand, provider, () => pricing.worst(provider, tokensOf(call), call.sampling.maxTokens));
}

/** Limits may count a provider or a model apart. */
export function billFor({ call, model }: Errand, { name }: ProviderConfig, worst: () => Amount): Bill | Promise<Bill> {
  let known: Amount | undefined;
  return Bill.open(call, () => (known ??= { ...worst(), provider: name, model: model.name }));
}

/** Settles what an answer came to, and says it in dollars. Without a usage it is the worst: a bill may still come. */
export async function charge({ pricing }: Errand, { provider }: Line, bill: Bill, usage: Usage | undefined, raw: unknown): Promise<number> {
  if (usage === undefined) {
    await bill.pay('unknown');
    return bill.worst.cost;
  }
  let cost;
  try {
    cost = pricing.cost(provider, usage, raw);
  } catch (error) {
    await bill.pay('unknown');
    throw error;
  }
  await bill.pay({ tokens: usage.inputTokens + usage.outputTokens, cost });
  return cost;
}

/** The call ended while the guard was asked. */
export async function neverSent(bill: Bill): Promise<{ readonly is: 'aborted' }> {
  await bill.pay('nothing');
  return { is: 'aborted' };
}

/** Settles a request that gave no answer. `failure` is absent when it was ended from here. */
export async function failed(leash: Leash, bill: Bill, failure: Failure | undefined): Promise<Exclude<Outcome<never>, { is: 'answer' }>> {
  const what = failure ?? ended(leash);
  await bill.pay(what === 'aborted' ? 'unknown' : what.spent);
  return what === 'aborted' ? { is: 'aborted' } : { is: 'failure', failure: what };
}

export function ended(leash: Leash): Failure | 'aborted' {
  const end = leash.ended;
  if (end?.is !== 'timed_out') return 'aborted';
  const what = end.limit === 'total' ? 'it was not done' : 'its first token was not there';
  return { code: 'PROVIDER_TIMED_OUT', sentence: `${what} within ${end.after / 1000} s`, again: true, spent: 'unknown' };
}

export function seenBy(errand: Errand): Parameters<typeof failureOf>[1] {
  return { now: errand.clock.now(), keys: errand.keys() };
}

interface Sent extends Request {
  readonly abortSignal: AbortSignal;
  readonly headers?: Record<string, string>;
}

export function optionsOf({ call, request, exchange }: Errand, { provider }: Line, leash: Leash): Sent {
  const extra = provider.extraBody === undefined ? call.extraBody : merged(provider.extraBody, call.extraBody ?? {});
  if (extra !== undefined) exchange.addTo(leash.signal, extra);
  const headers = provider.extraHeaders === undefined ? call.extraHeaders : { ...provider.extraHeaders, ...call.extraHeaders };
  return { ...request, abortSignal: leash.signal, ...(headers === undefined ? {} : { headers }) };
}

export function limitOf({ call, model, until, clock }: Errand, { provider }: Line, limit: Limit): number {
  const strict = strictest(limit, call.timeouts, provider.timeouts, model.timeouts);
  return limit === 'firstToken' ? strict : Math.min(strict, until - clock.now());
}
