import { emptyEnrollment } from '../../core/enrollment.ts';
import type { Spent } from '../../core/budget.ts';
import type { Pointer } from '../../core/pointer.ts';
import type { Ended, Failures, Loaded, Opened, Saved, Settled } from '../../core/ports.ts';
import type { Enrollment, SessionRecord } from '../../core/vocabulary.ts';
import { userTag } from '../../crypto/user-tag.ts';
import {
  readChallenge,
  readEnrollment,
  readNumber,
  readPointed,
  readRecord,
  unreadable,
} from './decode.ts';

/** What a pointer at nothing loads. */
const NOTHING: Omit<Loaded, 'enrollment'> = { challenges: [], failures: {}, rests: {} };

/** Reads what the scripts answer. Whatever is not one of their answers is a fault. */
export const replies = {
  saved(reply: unknown): Exclude<Saved, 'unmoved'> {
    if (reply === 'saved' || reply === 'stale' || reply === 'ended') return reply;
    throw unreadable();
  },

  opened(reply: unknown): Opened {
    const [status, until] = list(reply);
    switch (status) {
      case 'opened':
      case 'ended':
        return { status };
      case 'locked':
      case 'cooling':
        return { status, until: readNumber(until) };
      default:
        throw unreadable();
    }
  },

  settled(reply: unknown): Settled {
    const [status, first, until, triesLeft] = list(reply);
    switch (status) {
      case 'accepted':
      case 'expired':
      case 'stale':
        return { status };
      case 'locked':
        return { status, until: readNumber(first) };
      case 'refused':
        return {
          status,
          failures: { count: readNumber(first), until: readNumber(until) },
          triesLeft: readNumber(triesLeft),
        };
      default:
        throw unreadable();
    }
  },

  spent(reply: unknown): Spent {
    const [status, until] = list(reply);
    if (status === 'spent') return { status };
    if (status === 'exhausted') return { status, until: readNumber(until) };
    throw unreadable();
  },

  recalled(pointer: Pointer, reply: unknown): Omit<Loaded, 'enrollment'> {
    const [value, seen, challenges, budgets] = list(reply);
    const record = readPointed(pointer, textOrNull(value), textOrNull(seen));
    if (!record) return NOTHING;
    const counted = pairs(budgets);
    return {
      record,
      challenges: texts(challenges)
        .map(readChallenge)
        .filter(({ userId, session }) => userId === record.userId && session === record.id),
      failures: failuresIn(counted),
      rests: restsIn(counted),
    };
  },

  loaded(pointer: Pointer, reply: unknown): Loaded {
    const [document, recalled] = list(reply);
    const { record, ...rest } = replies.recalled(pointer, recalled);
    if (!record) return { ...rest, enrollment: emptyEnrollment('') };
    return { ...rest, record, enrollment: enrollmentOf(record.userId, document) };
  },

  /** The enrollment, if it is of another version than was known. */
  renewed(userId: string, reply: unknown): Enrollment | undefined {
    return reply === null ? undefined : enrollmentOf(userId, list(reply)[0]);
  },

  ended(tag: string, reply: unknown): readonly Ended[] {
    return texts(reply)
      .map((value) => readRecord(value, undefined))
      .filter(({ userId }) => userTag(userId) === tag)
      .map(({ id, userId }) => ({ id, userId }));
  },

  sessions(reply: unknown): readonly SessionRecord[] {
    const fields = pairs(reply);
    return [...fields].flatMap(([field, value]) =>
      field.startsWith('record:')
        ? [readRecord(value, fields.get(`seen:${field.slice('record:'.length)}`))]
        : [],
    );
  },
} as const;

function enrollmentOf(userId: string, document: unknown): Enrollment {
  const text = textOrNull(document);
  return text === null ? emptyEnrollment(userId) : readEnrollment(userId, text);
}

function failuresIn(budgets: ReadonlyMap<string, string>): Readonly<Record<string, Failures>> {
  const counted = [...budgets].filter(
    ([field, count]) => field.startsWith('failures:') && count !== '0',
  );
  return Object.fromEntries(
    counted.map(([field, count]) => {
      const factor = field.slice('failures:'.length);
      const until = readNumber(budgets.get(`until:${factor}`) ?? '0');
      return [factor, { count: readNumber(count), until }];
    }),
  );
}

function restsIn(budgets: ReadonlyMap<string, string>): Readonly<Record<string, number>> {
  const resting = [...budgets].filter(([field]) => field.startsWith('rest:'));
  return Object.fromEntries(
    resting.map(([field, until]) => [field.slice('rest:'.length), readNumber(until)]),
  );
}

/** Field, value, field, value: what HGETALL answers inside a script. */
function pairs(reply: unknown): ReadonlyMap<string, string> {
  const flat = texts(reply);
  return new Map(
    flat.flatMap((field, i) => (i % 2 === 0 ? [[field, flat[i + 1] ?? ''] as const] : [])),
  );
}

function list(reply: unknown): readonly unknown[] {
  if (!Array.isArray(reply)) throw unreadable();
  return reply;
}

function texts(reply: unknown): readonly string[] {
  const all = list(reply);
  if (!all.every((item) => typeof item === 'string')) throw unreadable();
  return all;
}

function textOrNull(reply: unknown): string | null {
  if (typeof reply !== 'string' && reply !== null) throw unreadable();
  return reply;
}
