/** What words mean beyond the words that the library lists for its things. */
import { handicraft } from './handicraft.ts';
import { household } from './household.ts';
import { ambiguous } from './ambiguous.ts';
import { nature } from './nature.ts';
import { setting } from './setting.ts';
import { table } from './table.ts';

/** Where two lists explain the same word, what the earlier one says comes first. */
export const meanings: readonly string[] = [ambiguous, handicraft, household, table, nature, setting];
