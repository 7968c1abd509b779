/** Which request something is done for, as far as it is known: for lines of the log that are written deep below a handler. */
import { AsyncLocalStorage } from 'node:async_hooks';

export const asking: AsyncLocalStorage<string> = new AsyncLocalStorage();
