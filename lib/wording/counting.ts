import type { Language } from './languages.ts';

/** By plural category (Unicode CLDR), each with `#` where the number stands. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & {
  readonly other: string;
};

/** How things are counted in a language: a number of them, in the form that goes with the number. */
export function counting(language: Language): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', String(count));
}
