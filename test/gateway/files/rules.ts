import { rules, type Rules } from '../../../src/gateway/rules/rules.ts';

interface Asked {
  readonly topic: string;
}

interface Script {
  readonly title: string;
  readonly minutes: number;
}

const about: Rules<Asked, Script> = rules(({ topic }) => ({ title: `About ${topic}`, minutes: 1 }));

export default about;
