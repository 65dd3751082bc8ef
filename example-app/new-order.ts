import { maxLength, minLength, minValue, object, pipe, regex, string, transform } from 'valibot';
import { safeParse, trim } from 'valibot';

import { HttpError } from './http-error.ts';
import type { Order } from './ledger.ts';

const schema = object({
  to: pipe(string(), trim(), minLength(1), maxLength(70)),
  amount: pipe(
    string(),
    trim(),
    regex(/^\d{1,7}(?:[.,]\d{1,2})?$/),
    transform((amount) => Math.round(Number(amount.replace(',', '.')) * 100)),
    minValue(1),
  ),
  reference: pipe(string(), trim(), maxLength(140)),
});

const EXPECTED: Readonly<Record<string, string>> = {
  to: 'Please say who is to get the money, in 70 characters or fewer.',
  amount: 'Please give an amount such as 12.50.',
  reference: 'Please keep the reference to 140 characters.',
};

/**
 * Reads the form of a transfer.
 *
 * @throws HttpError 400, which says what was expected
 */
export function readOrder(fields: Readonly<Record<string, string>>): Order {
  const result = safeParse(schema, fields);
  if (!result.success) {
    const key = String(result.issues[0].path?.[0]?.key);
    throw new HttpError(400, 'general_argument_invalid', EXPECTED[key] ?? 'Please try again.');
  }
  const { to, amount: cents, reference } = result.output;
  return { to, cents, reference };
}
