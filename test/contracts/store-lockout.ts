import { openChallenge } from '../../lib/core/commands/open-challenge.ts';
import { DAY, MINUTE, SECOND } from './store-builders.ts';
import type { Given } from './store-builders.ts';
import { aWorld } from './store-world.ts';

const WRONG = '000000';

/** Locks and caps, through the commands that users meet. */
export function lockoutContract(given: Given): void {
  describe('lockout', () => {
    it('answers right and wrong alike while locked, and lets one good try in after it [THR-8] [A45]', async () => {
      const world = aWorld(given());
      const member = await world.member();
      const pointer = await world.signIn(member);
      const [challenge, mailed] = [
        await world.open(pointer, 'totp'),
        await world.open(pointer, 'email'),
      ];
      const code = world.outbox.at(-1)?.text ?? '';
      for (let i = 0; i < 5; i += 1) await world.answer(pointer, challenge, WRONG);
      const until = world.clock.now + 30 * SECOND;
      const locked = { status: 'refused', reason: 'locked', factor: 'totp', retryAt: until };
      for (let i = 0; i < 3; i += 1) {
        world.clock.now += 9 * SECOND;
        expect(await world.answer(pointer, challenge, member.totp())).toEqual({
          status: 'refused',
          reason: 'invalid',
        });
        expect(await openChallenge(world.engines[0], { pointer }, { factor: 'totp' })).toEqual(
          locked,
        );
      }
      world.clock.now = until;
      const again = await world.open(pointer, 'totp');
      expect(await world.answer(pointer, again, member.totp())).toMatchObject({ status: 'done' });
      // The other factor was open all the while; only the pointer is a new one now.
      expect(await world.answer(pointer, mailed, code)).toMatchObject({ reason: 'first-factor' });
    });

    it('leaves the other factors open [THR-7] [A44]', async () => {
      const world = aWorld(given());
      const member = await world.member();
      const pointer = await world.signIn(member);
      const challenge = await world.open(pointer, 'totp');
      for (let i = 0; i < 5; i += 1) await world.answer(pointer, challenge, WRONG);
      const mailed = await world.open(pointer, 'email');
      const code = world.outbox.at(-1)?.text ?? '';
      expect(await world.answer(pointer, mailed, code)).toMatchObject({ status: 'done' });
    });

    it('disables a factor after 50 failures, one a day at the most [THR-1] [A46]', async () => {
      const world = aWorld(given());
      const member = await world.member();
      let guesses = 0;
      for (; guesses < 60; guesses += 1) {
        const pointer = await world.signIn(member);
        const opened = await openChallenge(world.engines[0], { pointer }, { factor: 'totp' });
        if (opened.status === 'refused') {
          expect(opened.reason).toBe('no-authenticator');
          break;
        }
        await world.answer(pointer, opened.value.id, WRONG);
        world.clock.now += DAY + MINUTE;
      }
      expect(guesses).toBe(50);
      const pointer = await world.signIn(member);
      const mailed = await world.open(pointer, 'email');
      const code = world.outbox.at(-1)?.text ?? '';
      expect(await world.answer(pointer, mailed, code)).toMatchObject({ status: 'done' });
    });
  });
}
