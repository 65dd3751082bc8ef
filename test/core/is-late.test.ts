import { isLate } from '../../lib/core/is-late.ts';
import { MfaError } from '../../lib/errors.ts';

const coded = (code: string, more: object = {}) => Object.assign(new Error('x'), { code, ...more });
const wrapped = (cause: unknown) => new MfaError('host_callback_failed', 'send threw', { cause });

describe('isLate', () => {
  it.each([
    ['our own limit', new MfaError('host_callback_timeout', 'send took too long')],
    [
      'the limit of a sender of ours',
      new MfaError('delivery_failed', 'x', { cause: { name: 'TimeoutError' } }),
    ],
    ['a request that was aborted', wrapped(new DOMException('x', 'AbortError'))],
    ['AbortSignal.timeout()', wrapped(new DOMException('x', 'TimeoutError'))],
    ['a socket that gave up', wrapped(coded('ETIMEDOUT'))],
    [
      'a socket that gave up below a fetch',
      wrapped(new TypeError('x', { cause: coded('ETIMEDOUT') })),
    ],
  ])('[DEL-2] is true for %s', (_what, error) => {
    expect(isLate(error)).toBe(true);
  });

  it.each([
    ['a connection that was refused', wrapped(coded('ECONNREFUSED'))],
    [
      'a host that is not found',
      new MfaError('delivery_failed', 'x', { cause: { code: 'ENOTFOUND' } }),
    ],
    ['a refusal by the far end', wrapped(coded('EENVELOPE', { responseCode: 550 }))],
    ['a word that only says so', wrapped(new Error('TimeoutError: ETIMEDOUT'))],
    ['nothing', undefined],
    ['null', null],
    ['a text', 'ETIMEDOUT'],
  ])('[DEL-11] is false for %s', (_what, error) => {
    expect(isLate(error)).toBe(false);
  });

  it('ends at an error that is its own cause', () => {
    const error = new Error('x');
    error.cause = error;
    expect(isLate(error)).toBe(false);
  });
});
