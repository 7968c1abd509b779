import { openSqlite } from '../../src/backends/sqlite/index.ts';
import { engineConformance } from '../../src/testing/conformance/engine.ts';

engineConformance('sqlite', (dir) => openSqlite({ dir, role: 'engine' }));
