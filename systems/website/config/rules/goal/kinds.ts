/** The kinds of sites that are known, with their pages and their words. */
import blog from '../data/kinds/blog.json' with { type: 'json' };
import club from '../data/kinds/club.json' with { type: 'json' };
import documentation from '../data/kinds/documentation.json' with { type: 'json' };
import event from '../data/kinds/event.json' with { type: 'json' };
import portfolio from '../data/kinds/portfolio.json' with { type: 'json' };
import product from '../data/kinds/product.json' with { type: 'json' };
import restaurant from '../data/kinds/restaurant.json' with { type: 'json' };
import service from '../data/kinds/service.json' with { type: 'json' };
import shop from '../data/kinds/shop.json' with { type: 'json' };
import { sectionKinds, type Item, type SectionKind } from '../specification.ts';

export interface TopicDraft {
  readonly words: readonly string[];
  readonly lead: string;
  readonly items: readonly Item[];
}

export interface SectionDraft {
  readonly id: string;
  readonly kind: string;
  readonly heading: string;
  readonly text: string;
  /** Items as they stand, or those of the topic: all of them, or the first three. */
  readonly items: readonly Item[] | string;
  readonly link: { readonly label: string; readonly href: string } | null;
}

export interface Kind {
  readonly id: string;
  /** What the site is called where it has this kind. */
  readonly words: readonly string[];
  /** Who or what the site is of, when the goal does not say. */
  readonly subject: string;
  readonly names: readonly string[];
  readonly audience: string;
  readonly tone: string;
  readonly layouts: readonly string[];
  readonly palettes: readonly string[];
  readonly taglines: readonly string[];
  readonly pages: readonly {
    readonly path: string;
    readonly title: string;
    readonly nav: string;
    readonly description: string;
    readonly sections: readonly SectionDraft[];
  }[];
  readonly topics: Readonly<Record<string, TopicDraft | undefined>>;
  readonly questions: readonly string[];
}

export const kinds: readonly Kind[] = [portfolio, restaurant, event, product, club, blog, shop, documentation, service];

/** What stands for a topic when nothing more precise is known. */
export function plainTopic(kind: Kind): TopicDraft {
  return kind.topics.other ?? { words: [], lead: '', items: [] };
}

export function isSectionKind(text: string): text is SectionKind {
  return sectionKinds.some((kind) => kind === text);
}
