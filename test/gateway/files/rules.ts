import { rules } from '../../../src/gateway/rules/rules.ts';

export default rules<{ readonly topic: string }, { readonly title: string; readonly minutes: number }>(({ topic }) => ({
  title: `About ${topic}`,
  minutes: 1,
}));
