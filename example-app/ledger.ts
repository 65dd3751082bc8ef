import { randomBytes } from 'node:crypto';

/** What somebody wants to pay. Money is counted in cents, for fractions do not add up. */
export interface Order {
  readonly to: string;
  readonly cents: number;
  readonly reference: string;
}

/** An order that its owner still has to confirm. */
export interface Transfer extends Order {
  readonly id: string;
}

/** Money that came (more than 0) or went. */
export interface Movement {
  readonly id: string;
  readonly name: string;
  readonly cents: number;
  readonly reference: string;
  readonly at: Date;
}

export interface Account {
  readonly balance: number;
  /** The newest first. */
  readonly movements: readonly Movement[];
}

/** The bank's books. */
export interface Ledger {
  account(userId: string): Account;
  /** Keeps an order until it is confirmed; a newer one takes its place. */
  prepare(userId: string, order: Order): Transfer;
  prepared(userId: string, id: string): Transfer | undefined;
  /** Pays what was prepared, once. False if it is gone or the money does not suffice. */
  pay(userId: string, id: string): boolean;
}

/** Books in memory, as a stand-in for tables of yours: gone at the next start. */
export function openLedger(now: () => Date = () => new Date()): Ledger {
  const movements = new Map<string, readonly Movement[]>();
  const waiting = new Map<string, Transfer>();

  const account = (userId: string): Account => {
    const own = movements.get(userId) ?? welcome(now());
    movements.set(userId, own);
    return { balance: own.reduce((sum, { cents }) => sum + cents, 0), movements: own };
  };
  const prepared = (userId: string, id: string): Transfer | undefined => {
    const transfer = waiting.get(userId);
    return transfer?.id === id ? transfer : undefined;
  };

  return {
    account,
    prepared,

    prepare(userId, order) {
      const transfer = { ...order, id: newId() };
      waiting.set(userId, transfer);
      return transfer;
    },

    // Nothing waits in here: of two requests that confirm the same transfer one finds it gone.
    pay(userId, id) {
      const transfer = prepared(userId, id);
      const { balance, movements: before } = account(userId);
      if (!transfer || transfer.cents > balance) return false;
      waiting.delete(userId);
      const { to: name, cents, reference } = transfer;
      movements.set(userId, [{ id, name, cents: -cents, reference, at: now() }, ...before]);
      return true;
    },
  };
}

/** What a new customer finds, so that there is something to look at and to lose. */
function welcome(now: Date): readonly Movement[] {
  const lines = [
    { daysAgo: 0, name: 'Larch Bank', cents: 25_00, reference: 'Welcome gift' },
    { daysAgo: 2, name: 'Corner Bakery', cents: -8_40, reference: 'Card payment' },
    { daysAgo: 3, name: 'City Utilities', cents: -64_90, reference: 'Water and power' },
    { daysAgo: 6, name: 'Rowan & Sons', cents: -950_00, reference: 'Rent' },
    { daysAgo: 9, name: 'Analytical Engines Ltd', cents: 3_480_00, reference: 'Salary' },
  ];
  return lines.map(({ daysAgo, ...line }) => {
    const at = new Date(now);
    at.setDate(at.getDate() - daysAgo);
    return { ...line, id: newId(), at };
  });
}

function newId(): string {
  return randomBytes(12).toString('hex');
}
