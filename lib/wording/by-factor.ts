import type { FactorType } from '../core/vocabulary.ts';

/** What is said of a factor, and what is said of any that has no text of its own. */
export function byFactor(
  type: FactorType | undefined,
  texts: Readonly<Record<FactorType, string>>,
  other: string,
): string {
  const own = type !== undefined && Object.hasOwn(texts, type) ? texts[type] : undefined;
  return own ?? other;
}
