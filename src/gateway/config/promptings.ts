import type { Prompting, VariantConfig } from './model.ts';

/** What a variant itself says to models, by the part of it that says so; its candidates are variants too. */
export function promptingsOf(variant: VariantConfig): Readonly<Partial<Record<'itself' | 'evaluator' | 'fuser', Prompting>>> {
  switch (variant.type) {
    case 'chat_completion':
    case 'dicl':
      return { itself: variant };
    case 'best_of_n':
      return { evaluator: variant.evaluator };
    case 'mixture_of_n':
      return { fuser: variant.fuser };
    case 'rules':
      return {};
  }
}
