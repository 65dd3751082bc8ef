import { authenticatorViews } from '../../core/commands/authenticators.ts';
import { enroll } from '../../core/commands/enroll.ts';
import { replaceCodes } from '../../core/commands/recovery-codes.ts';
import type { Engine } from '../../core/engine.ts';
import { done } from '../../core/outcome.ts';
import type { Outcome } from '../../core/outcome.ts';
import { enter } from '../../core/presence.ts';
import { link } from '../link.ts';
import { CodesView } from '../views/codes.tsx';
import { MakeCodesView } from '../views/make-codes.tsx';
import type { Screen, Visit } from '../visit.ts';

/** What recovery codes are, and the button that makes them. */
export const showRecovery: Screen = async (visit) => {
  const held = await heldBy(visit);
  if (held.status === 'refused') return held;
  return done({
    title: visit.words.pages.recovery.title,
    signedIn: true,
    body: <MakeCodesView frame={visit} {...held.value} />,
  });
};

/**
 * Makes the codes, or new ones in the place of those that were told of, and shows them this one time.
 * The same form once more, by a reload of what it showed, would void a sheet that was just printed.
 */
export const makeCodes: Screen = async (visit) => {
  const { engine, caller, words } = visit;
  const factor = recoveryOf(engine);
  const held = await heldBy(visit);
  if (held.status === 'refused') return held;
  const { left, version } = held.value;
  if (visit.form['version'] !== version) return done({ to: link(visit, '/recovery-codes') });
  const made =
    left === undefined
      ? await enroll(engine, caller, { factor, input: {} })
      : await replaceCodes(engine, caller, factor);
  if (made.status === 'refused') return made;
  const { reveal = made.value } = made.value as { readonly reveal?: unknown };
  const { recoveryCodes } = reveal as { readonly recoveryCodes: readonly string[] };
  return {
    ...made,
    value: {
      title: words.pages.recovery.title,
      signedIn: true,
      body: <CodesView frame={visit} codes={recoveryCodes} />,
    },
  };
};

/** How many codes are left, undefined where there never were any, and of which version that is true. */
async function heldBy({ engine, caller }: Visit): Promise<Outcome<HeldCodes>> {
  const presence = await enter(engine, caller, 'complete');
  if (presence.status === 'refused') return presence;
  const bound = authenticatorViews(engine, presence);
  const left = bound.find(({ type }) => type === recoveryOf(engine))?.remaining;
  return done({ left, version: String(presence.enrollment.version) });
}

interface HeldCodes {
  readonly left: number | undefined;
  readonly version: string;
}

function recoveryOf({ factors }: Engine): string {
  return [...factors.values()].find(({ traits }) => traits.role === 'recovery')?.type ?? '';
}
