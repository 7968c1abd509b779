/** The pages of a kind, filled with what a goal says. */
import type { RulesContext } from 'continuo';
import { oneOf } from '../../../../english/chance.ts';
import { aOrAn } from '../../../../english/nouns.ts';
import { capitalised, sentence, slug, tidy, titled } from '../../../../english/text.ts';
import type { Item, Page, Section } from '../specification.ts';
import { isSectionKind, type SectionDraft } from './kinds.ts';
import type { Goal } from './reading.ts';

type Slots = Readonly<Record<string, string | undefined>>;

export interface Filled {
  readonly name: string;
  readonly tagline: string;
  readonly pages: readonly Page[];
}

function filled(text: string, slots: Slots): string {
  return text
    .replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '')
    .split('\n\n')
    .map((part) => tidy(part).replace(/ ([.,:;])/g, '$1'))
    .join('\n\n');
}

function nameFor(goal: Goal, ctx: RulesContext): string {
  if (goal.name !== undefined) return goal.name;
  const patterns = goal.kind.names.filter((pattern) =>
    goal.place === undefined ? !pattern.includes('{Place}') : pattern.includes('{Place}'),
  );
  const pattern = oneOf(ctx, patterns.length > 0 ? patterns : goal.kind.names);
  const name = filled(pattern, { Place: goal.place ?? '', Subject: titled(goal.subject), Topic: titled(goal.topic) });
  return name.replace(/^The (?:The|A|An) /i, 'The ');
}

function itemsOf(draft: SectionDraft, goal: Goal): readonly Item[] {
  if (typeof draft.items !== 'string') return draft.items;
  return draft.items === 'topic3' ? goal.topicDraft.items.slice(0, 3) : goal.topicDraft.items;
}

function section(draft: SectionDraft, goal: Goal, slots: Slots): Section {
  return {
    id: draft.id,
    kind: isSectionKind(draft.kind) ? draft.kind : 'text',
    heading: capitalised(filled(draft.heading, slots)),
    text: filled(draft.text, slots),
    items: itemsOf(draft, goal).map(({ title, text, note }) => ({ title: filled(title, slots), text: filled(text, slots), note })),
    link: draft.link,
  };
}

export function fill(goal: Goal, ctx: RulesContext): Filled {
  const name = nameFor(goal, ctx);
  const base: Slots = {
    name,
    subject: goal.subject,
    aSubject: aOrAn(goal.subject),
    topic: goal.topic,
    where: goal.place === undefined ? '' : ` in ${goal.place}`,
    mail: `${slug(name, 'site')}.example`,
  };
  const tagline = sentence(filled(oneOf(ctx, goal.kind.taglines), base));
  const slots: Slots = { ...base, tagline, lead: filled(goal.topicDraft.lead, base) };
  return {
    name,
    tagline,
    pages: goal.kind.pages.map((page) => ({
      path: page.path,
      title: capitalised(filled(page.title, { ...slots, tagline: tagline.replace(/\.$/, '') })),
      nav: filled(page.nav, slots),
      description: filled(page.description, slots),
      sections: page.sections.map((draft) => section(draft, goal, slots)),
    })),
  };
}
