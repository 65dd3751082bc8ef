import { remainingCodes } from '../../lib/core/commands/recovery-codes.ts';
import { inspect } from '../../lib/core/commands/inspect.ts';
import { endSession } from '../../lib/core/commands/sessions.ts';
import { parsePointer } from '../../lib/core/pointer.ts';
import { repeated, SECOND } from './store-builders.ts';
import type { Given } from './store-builders.ts';
import { aWorld } from './store-world.ts';
import type { World } from './store-world.ts';

/** A code that cannot be the one that is expected. */
const otherThan = (code: string): string => (code === '000000' ? '000001' : '000000');

const done = (outcomes: readonly { readonly status: string }[]): number =>
  outcomes.filter(({ status }) => status === 'done').length;

/** Codes in use, through the commands and factors that users meet. */
export function codesContract(given: Given): void {
  describe('codes', () => {
    const answers = (
      world: World,
      times: number,
      answer: (i: number) => readonly [pointer: string, challenge: string, code: string],
    ) =>
      Promise.all(
        Array.from({ length: times }, (_, i) =>
          world.answer(...answer(i), world.engines[i % 2 === 0 ? 0 : 1]),
        ),
      );

    it.each(['totp', 'email', 'recoveryCode'])(
      'lets one of 50 uses of one %s code at once pass, and one session with it [REP-1] [REP-5] [A02] [A03]',
      async (factor) => {
        const world = aWorld(given());
        await repeated(2, async () => {
          const member = await world.member();
          const pointer = await world.signIn(member);
          const challenge = await world.open(pointer, factor);
          const codes: Readonly<Record<string, string | undefined>> = {
            totp: member.totp(),
            email: world.outbox.at(-1)?.text,
            recoveryCode: member.recoveryCodes[0],
          };
          const code = codes[factor] ?? '';
          const outcomes = await answers(world, 50, () => [pointer, challenge, code]);
          expect(done(outcomes)).toBe(1);
          const winner = outcomes.find((outcome) => outcome.status === 'done');
          const renewed = winner?.status === 'done' ? winner.pointer : undefined;
          expect(await inspect(world.engines[1], { pointer: renewed }, {})).toMatchObject({
            status: 'done',
            value: { factors: ['password', factor] },
          });
          expect(await inspect(world.engines[1], { pointer }, {})).toMatchObject({
            reason: 'first-factor',
          });
        });
      },
    );

    it('lets one TOTP code pass once, however many sessions use it at once [REP-2] [A49]', async () => {
      const world = aWorld(given());
      await repeated(2, async () => {
        const member = await world.member();
        const opened = await Promise.all(
          Array.from({ length: 10 }, async () => {
            const pointer = await world.signIn(member);
            return [pointer, await world.open(pointer, 'totp'), member.totp()] as const;
          }),
        );
        const outcomes = await answers(world, 50, (i) => opened[i % 10] ?? ['', '', '']);
        expect(done(outcomes)).toBe(1);
      });
    });

    const remaining = async (world: World, outcomes: Awaited<ReturnType<typeof answers>>) => {
      const winner = outcomes.find(({ status }) => status === 'done');
      const pointer = winner?.status === 'done' ? winner.pointer : undefined;
      return remainingCodes(world.engines[0], { pointer }, 'recoveryCode');
    };

    it('lets all ten recovery codes pass at once from ten sessions that lack nothing [REP-5] [A03]', async () => {
      const world = aWorld(given());
      await repeated(2, async () => {
        const member = await world.member();
        const opened: (readonly [pointer: string, challenge: string, code: string])[] = [];
        for (const code of member.recoveryCodes) {
          const fresh = await world.signIn(member);
          const mailed = await world.open(fresh, 'email');
          const proved = await world.answer(fresh, mailed, world.outbox.at(-1)?.text ?? '');
          const pointer = proved.status === 'done' ? (proved.pointer ?? '') : '';
          opened.push([pointer, await world.open(pointer, 'recoveryCode'), code]);
        }
        const outcomes = await answers(world, 10, (i) => opened[i] ?? ['', '', '']);
        expect(done(outcomes)).toBe(10);
        expect(await remaining(world, outcomes)).toMatchObject({ status: 'done', value: 0 });
      });
    });

    it('takes away exactly the recovery codes that passed, however many sessions try at once [REP-5] [A03]', async () => {
      const world = aWorld(given());
      await repeated(2, async () => {
        const member = await world.member();
        const opened = await Promise.all(
          member.recoveryCodes.map(async (code) => {
            const pointer = await world.signIn(member);
            return [pointer, await world.open(pointer, 'recoveryCode'), code] as const;
          }),
        );
        const outcomes = await answers(world, 20, (i) => opened[i % 10] ?? ['', '', '']);
        expect(done(outcomes)).toBeGreaterThan(0);
        expect(await remaining(world, outcomes)).toMatchObject({
          status: 'done',
          value: 10 - done(outcomes),
        });
      });
    });

    it('judges at most 5 of 200 guesses at once, and counts exactly those [VER-1] [A01]', async () => {
      const world = aWorld(given());
      const member = await world.member();
      const pointer = await world.signIn(member);
      const challenge = await world.open(pointer, 'totp');
      const wrong = otherThan(member.totp());
      const outcomes = await answers(world, 200, () => [pointer, challenge, wrong]);
      expect(done(outcomes)).toBe(0);
      expect(world.judgedWrong(member)).toBe(5);
      const at = parsePointer(pointer);
      const loaded = at && (await world.engines[1].store.load(at));
      expect(loaded?.failures).toMatchObject({ totp: { count: 5 } });
    });

    it('lets the right code among 199 wrong ones pass once or not at all [VER-1] [A05]', async () => {
      const world = aWorld(given());
      for (const place of [0, 3, 5, 150]) {
        const member = await world.member();
        const pointer = await world.signIn(member);
        const challenge = await world.open(pointer, 'email');
        const right = world.outbox.at(-1)?.text ?? '';
        const outcomes = await answers(world, 200, (i) => [
          pointer,
          challenge,
          i === place ? right : otherThan(right),
        ]);
        expect(done(outcomes)).toBeLessThanOrEqual(1);
        expect(done(outcomes) + world.judgedWrong(member)).toBeLessThanOrEqual(5);
        world.clock.now += 60 * SECOND;
      }
    });

    it('ends a session for good while it is answering, or says that it has moved on [A26]', async () => {
      const world = aWorld(given());
      await repeated(10, async () => {
        const member = await world.member();
        const pointer = await world.signIn(member);
        const challenge = await world.open(pointer, 'totp');
        const [answered, ended] = await Promise.all([
          world.answer(pointer, challenge, member.totp()),
          endSession(world.engines[1], { pointer }, 'current'),
        ]);
        const renewed = answered.status === 'done' ? answered.pointer : pointer;
        const after = await inspect(world.engines[1], { pointer: renewed }, {});
        if (ended.status === 'done') expect(after).toMatchObject({ reason: 'first-factor' });
        // Not ended, and told so: only because the answer had moved the session before it was found.
        else expect([answered.status, after.status]).toEqual(['done', 'done']);
      });
    });

    it('refuses a code after the session that asked for it ended [A26]', async () => {
      const world = aWorld(given());
      const member = await world.member();
      const pointer = await world.signIn(member);
      const challenge = await world.open(pointer, 'totp');
      expect(await endSession(world.engines[1], { pointer }, 'current')).toMatchObject({
        status: 'done',
      });
      expect(await world.answer(pointer, challenge, member.totp())).toMatchObject({
        reason: 'first-factor',
      });
    });
  });
}
