import { engineConformance } from '../../src/testing/conformance/engine.ts';
import { sharedStore } from './shared-store.ts';

const store = await sharedStore();
engineConformance('postgres and redis', (dir) => store.open(dir));
