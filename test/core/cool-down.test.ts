import { afterSend, afterWithdrawal, COOL_DOWN_MEMORY_MS } from '../../lib/core/cool-down.ts';
import type { CoolDown } from '../../lib/core/cool-down.ts';
import { HOUR, SECOND, START, startEngine } from './engine.ts';

const steps = startEngine().engine.settings.coolDownMs;

describe('afterSend', () => {
  it('[DEL-1] waits 30, 60, 120 and then 300 s', () => {
    let coolDown: CoolDown | undefined;
    const waits: number[] = [];
    let now = START;
    for (let sent = 0; sent < 6; sent += 1) {
      coolDown = afterSend(coolDown, steps, now);
      waits.push((coolDown.until - now) / SECOND);
      now = coolDown.until;
    }
    expect(waits).toEqual([30, 60, 120, 300, 300, 300]);
  });

  it('lets nobody wait where no wait is set', () => {
    expect(afterSend(undefined, [], START)).toEqual({ count: 1, until: START });
  });

  it('[A42] takes no note of how long the next message was put off, within an hour', () => {
    const first = afterSend(undefined, steps, START);
    const late = first.until + COOL_DOWN_MEMORY_MS;
    const waits = [late - 1, late, late + 1].map((now) => afterSend(first, steps, now).until - now);
    expect(waits).toEqual([60 * SECOND, 30 * SECOND, 30 * SECOND]);
    expect(COOL_DOWN_MEMORY_MS).toBe(HOUR);
  });

  it('[A42] lets an hour of asking as often as possible send 15 messages and no more', () => {
    let coolDown: CoolDown | undefined;
    let sent = 0;
    for (let now = START; now < START + HOUR; now += SECOND) {
      if (coolDown && coolDown.until > now) continue;
      coolDown = afterSend(coolDown, steps, now);
      sent += 1;
    }
    expect(sent).toBe(15);
  });
});

describe('afterWithdrawal', () => {
  it('gives back the wait of the message that did not leave, and no other', () => {
    const first = afterSend(undefined, steps, START);
    const second = afterSend(first, steps, first.until);
    const back = afterWithdrawal(second, first.until);
    expect(back.until).toBe(first.until);
    expect(afterSend(back, steps, first.until)).toEqual(second);
  });

  it('never counts below none', () => {
    expect(afterWithdrawal({ count: 0, until: START + 1 }, START)).toEqual({
      count: 0,
      until: START,
    });
  });
});
