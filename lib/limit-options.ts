import type { Conversion, Limits } from './core/limits.ts';

type Optional<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/**
 * Browsers in which a user has completed a sign-in before have an account and a destination limit
 * of their own and none by network, so that nobody else can use theirs up.
 */
export interface LimitOptions extends Optional<Limits> {
  /** When SMS to a prefix or country stop. */
  readonly conversion?: Optional<Conversion> | undefined;
}
