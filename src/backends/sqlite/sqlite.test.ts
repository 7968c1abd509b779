import { storageConformance } from '../../testing/conformance/storage.ts';
import { openSqlite } from './index.ts';

storageConformance('sqlite', (dir) => openSqlite({ dir, role: 'engine' }));
