import type { Engine } from '../core/engine.ts';
import type { Factor } from '../core/factor.ts';
import { offered } from '../core/offered.ts';
import type { SessionRecord } from '../core/vocabulary.ts';

/** The factors that a user can set up here; recovery codes have a page of their own. */
export function addable(engine: Engine, record: SessionRecord): readonly Factor[] {
  return offered(engine, record).filter(({ traits }) => traits.role === 'factor');
}
