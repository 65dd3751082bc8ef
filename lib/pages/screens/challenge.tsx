import { answerChallenge } from '../../core/commands/answer-challenge.ts';
import { inspect } from '../../core/commands/inspect.ts';
import { listWays } from '../../core/commands/list-ways.ts';
import type { Way } from '../../core/commands/list-ways.ts';
import { openChallenge } from '../../core/commands/open-challenge.ts';
import { done } from '../../core/outcome.ts';
import type { Outcome, Refusal } from '../../core/outcome.ts';
import { enter } from '../../core/presence.ts';
import { challengeLink } from '../challenge-link.ts';
import { statusOf } from '../status-of.ts';
import { ChallengeView } from '../views/challenge.tsx';
import type { Place, Screen, Shown, Visit } from '../visit.ts';

/**
 * The challenge: the strongest way first, unless another was picked. Nothing is sent by looking, and
 * whoever has nothing to confirm is led on.
 */
export const showChallenge: Screen = (visit) => drawn(visit, visit.query.with);

/** Sends the code of a way, and comes back to the challenge. */
export const sendCode: Screen = (visit) =>
  withWay(visit, async ({ sends, type: factor, authenticator }) => {
    if (!sends) return done({ to: challengeLink(visit, '') });
    const opened = await openChallenge(visit.engine, visit.caller, { factor, authenticator });
    if (opened.status === 'refused') return drawn(visit, authenticator, opened);
    return done({ to: challengeLink(visit, '', authenticator) });
  });

/** Where a page that said why nothing was sent is asked for anew, such as when its countdown is over. */
export const backToChallenge: Screen = (visit) =>
  Promise.resolve(done({ to: challengeLink(visit, '', visit.query.with) }));

/** Judges an answer. What needs no code to be sent is opened and answered in one go. */
export const answer: Screen = (visit) =>
  withWay(visit, async (way) => {
    const { engine, caller, form } = visit;
    const challenge = await challengeOf(visit, way);
    if (challenge.status === 'refused') return drawn(visit, way.authenticator, challenge);
    const about = { challengeId: challenge.value, answer: form.code ?? '' };
    const outcome = await answerChallenge(engine, caller, about);
    if (outcome.status === 'refused') return drawn(visit, way.authenticator, outcome);
    return { ...outcome, value: onward(visit) };
  });

/** Where it goes on after a challenge. */
function onward({ returnTo, site }: Visit): Place {
  return { to: returnTo ?? site.options.home, leaves: true };
}

/**
 * Whether there is nothing to confirm: this session lacks nothing, and neither the strictest guard nor
 * the strictest of our pages would send it here. Else whoever is led on would be back at once.
 */
async function isThrough({ engine, caller }: Visit): Promise<boolean> {
  const guard = await inspect(engine, caller, { maxAgeMs: 0 });
  if (guard.status === 'done' || guard.reason !== 'enrollment') return false;
  const page = await enter(engine, caller, 'complete', 'change');
  return page.status === 'present' || page.factors?.length === 0;
}

/** The ways that help where a browser was sent here from; all, if it was not said. */
async function shownWays({ engine, caller, query }: Visit): Promise<Outcome<readonly Way[]>> {
  const ways = await listWays(engine, caller);
  const by = query.by?.split(' ');
  if (ways.status === 'refused' || !by) return ways;
  return done(ways.value.filter(({ type }) => by.includes(type)));
}

/** What is done with the way that a form names; without it the challenge is shown as it is now. */
async function withWay(
  visit: Visit,
  run: (way: Way) => Promise<Outcome<Shown>>,
): Promise<Outcome<Shown>> {
  const ways = await shownWays(visit);
  if (ways.status === 'refused') return ways;
  const way = ways.value.find(({ authenticator }) => authenticator === visit.form.with);
  return way ? run(way) : done({ to: challengeLink(visit, '') });
}

async function challengeOf({ engine, caller }: Visit, way: Way): Promise<Outcome<string>> {
  if (way.challenge || way.sends) return done(way.challenge?.id ?? '');
  const { type: factor, authenticator } = way;
  const opened = await openChallenge(engine, caller, { factor, authenticator });
  return opened.status === 'refused' ? opened : done(opened.value.id);
}

/** The page as things are now, with what was refused just now. A session that is over has no page. */
async function drawn(
  visit: Visit,
  wanted: string | undefined,
  refusal?: Refusal,
): Promise<Outcome<Shown>> {
  if (refusal?.reason === 'first-factor') return refusal;
  const ways = await shownWays(visit);
  if (ways.status === 'refused') return ways;
  const place = onward(visit);
  // A home that is this very page leads nowhere.
  const mayGo = ways.value.length === 0 && !refusal && place.to !== visit.here;
  if (mayGo && (await isThrough(visit))) return done(place);
  const way = ways.value.find(({ authenticator }) => authenticator === wanted) ?? ways.value[0];
  return done({
    title: visit.words.pages.challenge.title,
    signedIn: true,
    body: <ChallengeView frame={visit} ways={ways.value} way={way} refusal={refusal} />,
    ...(refusal ? { status: statusOf(refusal) } : {}),
  });
}
