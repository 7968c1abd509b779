import { ContinuoError } from '../../core/errors.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { ServerParts } from '../parts.ts';

export async function mountedGateway({ gateway }: ServerParts): Promise<Gateway> {
  if (gateway === undefined)
    throw new ContinuoError('NOT_MOUNTED', 'this server has no model gateway: start it with a configuration of one');
  return gateway();
}
