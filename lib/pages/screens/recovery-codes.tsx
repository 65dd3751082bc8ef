import { listAuthenticators } from '../../core/commands/authenticators.ts';
import { enroll } from '../../core/commands/enroll.ts';
import { replaceCodes } from '../../core/commands/recovery-codes.ts';
import type { Engine } from '../../core/engine.ts';
import { done } from '../../core/outcome.ts';
import type { Outcome } from '../../core/outcome.ts';
import { CodesView } from '../views/codes.tsx';
import { MakeCodesView } from '../views/make-codes.tsx';
import type { Screen, Visit } from '../visit.ts';

/** What recovery codes are, and the button that makes them. */
export const showRecovery: Screen = async (visit) => {
  const left = await leftOf(visit);
  if (left.status === 'refused') return left;
  return done({
    title: visit.words.pages.recovery.title,
    signedIn: true,
    body: <MakeCodesView frame={visit} left={left.value} />,
  });
};

/** Makes the codes, or new ones in the place of the old, and shows them this one time. */
export const makeCodes: Screen = async (visit) => {
  const { engine, caller, words } = visit;
  const factor = recoveryOf(engine);
  const left = await leftOf(visit);
  if (left.status === 'refused') return left;
  const made =
    left.value === undefined
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

/** How many codes are left; undefined where there never were any. */
async function leftOf({ engine, caller }: Visit): Promise<Outcome<number | undefined>> {
  const bound = await listAuthenticators(engine, caller);
  if (bound.status === 'refused') return bound;
  return done(bound.value.find(({ type }) => type === recoveryOf(engine))?.remaining);
}

function recoveryOf({ factors }: Engine): string {
  return [...factors.values()].find(({ traits }) => traits.role === 'recovery')?.type ?? '';
}
