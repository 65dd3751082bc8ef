import { emptyEnrollment } from '../../lib/core/enrollment.ts';
import { recordValue } from '../../lib/stores/redis/encode.ts';
import { replies } from '../../lib/stores/redis/replies.ts';
import { anEnrollment, aRecord, NOW, pointerTo } from '../contracts/store-builders.ts';
import { UNAVAILABLE } from './every-verb.ts';

describe('an answer of a script', () => {
  const record = aRecord();
  const pointer = pointerTo(record);
  const value = recordValue(record);
  const recalled = (...parts: readonly unknown[]) => replies.recalled(pointer, parts);

  it('is no session where there is none, or one of another secret or user', () => {
    const nothing = { challenges: [], failures: {}, rests: {} };
    expect(recalled(null, null, [], [])).toEqual(nothing);
    const other = recordValue({ ...record, secret: aRecord().secret });
    expect(recalled(other, null, [], [])).toEqual(nothing);
    expect(recalled(recordValue({ ...record, userId: 'eve' }), null, [], [])).toEqual(nothing);
    expect(replies.loaded(pointer, [null, [null, null, [], []]])).toEqual({
      ...nothing,
      enrollment: emptyEnrollment(''),
    });
  });

  it('is a session with the moment of its last use, where one was noted', () => {
    expect(recalled(value, null, [], []).record).toEqual(record);
    expect(recalled(value, `${NOW + 7}`, [], []).record).toEqual({ ...record, seenAt: NOW + 7 });
  });

  it('tells failures with their lock, without one, and of no factor that has none', () => {
    const budgets = ['failures:totp', '3', 'until:totp', '99', 'failures:email', '1'];
    const others = ['failures:phone', '0', 'until:phone', '5', 'cooling:prove/a1', '7 8'];
    expect(recalled(value, null, [], [...budgets, ...others]).failures).toEqual({
      totp: { count: 3, until: 99 },
      email: { count: 1, until: 0 },
    });
  });

  it('tells until when no further message is sent, by place', () => {
    const budgets = ['rest:prove/a1', '7', 'sends:prove/a1', '2', 'rest:enroll/email/known', '0'];
    expect(recalled(value, null, [], budgets).rests).toEqual({
      'prove/a1': 7,
      'enroll/email/known': 0,
    });
    expect(() => recalled(value, null, [], ['rest:prove/a1', 'x'])).toThrow();
  });

  it.each<readonly [string, readonly unknown[]]>([
    ['a record that is a number', [1, null, [], []]],
    ['a record that is missing', [undefined, null, [], []]],
    ['a record without a document', ['no json', null, [], []]],
    ['a moment that is a number', [value, 7, [], []]],
    ['a moment that is empty', [value, '', [], []]],
    ['a challenge that is no text', [value, null, [1], []]],
    ['a challenge without a document', [value, null, ['x'], []]],
    ['challenges that are no list', [value, null, 'x', []]],
    ['budgets that are no list', [value, null, [], null]],
    ['a count that is no text', [value, null, [], ['failures:totp', 3]]],
    ['a count that is missing', [value, null, [], ['failures:totp']]],
    ['a lock that is no number', [value, null, [], ['failures:totp', '3', 'until:totp', 'x']]],
  ])('is a fault with %s', (_what, parts) => {
    expect(() => replies.recalled(pointer, parts)).toThrow(expect.objectContaining(UNAVAILABLE));
  });

  it('of sessions holds each record with its last use, and nothing that lies beside them', () => {
    const other = aRecord({ userId: record.userId });
    const fields = [`record:${record.id}`, value, `seen:${record.id}`, `${NOW + 1}`];
    const more = [`record:${other.id}`, recordValue(other), 'facts', '1 {}'];
    expect(replies.sessions([...fields, ...more])).toEqual([{ ...record, seenAt: NOW + 1 }, other]);
  });

  it('is an enrollment, or none, where it is of another version than was known', () => {
    const enrollment = anEnrollment({ userId: 'u' });
    expect(replies.renewed('u', null)).toBeUndefined();
    expect(replies.renewed('u', [JSON.stringify(enrollment)])).toEqual(enrollment);
    expect(replies.renewed('u', [null])).toEqual(emptyEnrollment('u'));
    for (const reply of [undefined, 'x', [], [1], ['x'], [JSON.stringify(anEnrollment())]])
      expect(() => replies.renewed('u', reply)).toThrow(expect.objectContaining(UNAVAILABLE));
  });

  it('of a budget says whether it was spent, or until when not', () => {
    expect(replies.spent(['spent'])).toEqual({ status: 'spent' });
    expect(replies.spent(['exhausted', '12'])).toEqual({ status: 'exhausted', until: 12 });
    for (const reply of [['exhausted'], ['exhausted', 'x'], ['maybe'], [], null])
      expect(() => replies.spent(reply)).toThrow(expect.objectContaining(UNAVAILABLE));
  });
});
