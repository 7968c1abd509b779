import { after, describe } from 'node:test';
import { accessConformance } from '../../src/testing/conformance/storage/access.ts';
import { closingConformance } from '../../src/testing/conformance/storage/closing.ts';
import { inboxConformance } from '../../src/testing/conformance/storage/inbox.ts';
import { journalConformance } from '../../src/testing/conformance/storage/journal.ts';
import { removalConformance } from '../../src/testing/conformance/storage/removal.ts';
import { runListConformance } from '../../src/testing/conformance/storage/run-list.ts';
import { runsConformance } from '../../src/testing/conformance/storage/runs.ts';
import { storeTests } from '../../src/testing/conformance/storage/store.ts';
import { textsConformance } from '../../src/testing/conformance/storage/texts.ts';
import { togetherConformance } from '../../src/testing/conformance/storage/together.ts';
import { topicConformance } from '../../src/testing/conformance/storage/topic.ts';
import { startPostgres } from '../servers/postgres.ts';
import { composed, openNode, schemaOf } from './postgres-store.ts';

const server = await startPostgres();
after(() => server.stop());

/** Whoever opens a store again goes on with the runs that are there, as an engine does. */
const test = storeTests(async (dir) => {
  const parts = await openNode(server.url, schemaOf(dir));
  await parts.fleet?.adopt(1000, []);
  return composed(parts);
});
const suites = {
  journalConformance,
  togetherConformance,
  removalConformance,
  runsConformance,
  runListConformance,
  topicConformance,
  inboxConformance,
  textsConformance,
  accessConformance,
  closingConformance,
};

describe('storage conformance: postgres, without ledger and blobs', { concurrency: 4 }, () => {
  for (const [name, suite] of Object.entries(suites)) describe(name, () => suite(test));
});
