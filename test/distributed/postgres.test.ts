import { after, describe } from 'node:test';
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

const test = storeTests(async (dir) => composed(await openNode(server.url, schemaOf(dir))));
const parts = {
  journalConformance,
  togetherConformance,
  removalConformance,
  runsConformance,
  runListConformance,
  topicConformance,
  inboxConformance,
  textsConformance,
  closingConformance,
};

describe('storage conformance: postgres, without ledger and blobs', { concurrency: 4 }, () => {
  for (const [name, part] of Object.entries(parts)) describe(name, () => part(test));
});
