export { openSqlite, type SqliteOptions } from './open.ts';
export { holderOf, type Holder } from './lock.ts';
