import type { Catalogue } from '../../lib/wording/catalogue.ts';

/** Put into the texts to be found in them again. */
export const SAMPLES = {
  code: '271828',
  issuer: 'Acme 7',
  factor: 'Faktor-X',
  when: '1999-12-31',
  text: 'Sample-Y',
} as const;

/** One text of a catalogue, and what was put into it. */
export interface Text {
  readonly path: string;
  readonly text: unknown;
  readonly put: readonly string[];
}

interface Call {
  readonly args: readonly unknown[];
  readonly put?: readonly string[];
}

const { code, issuer, factor, when, text: sample } = SAMPLES;
const FACTORS = ['totp', 'email', 'phone', 'recoveryCode'];
const LEFT: readonly Call[] = [{ args: [0] }, ...[1, 7, 25].map((n) => ({ args: [n] }))];

/** How a function is called that takes more than one text. */
const CALLS: Readonly<Record<string, readonly Call[]>> = {
  'codes.what': ['prove', 'enroll'].map((purpose) => ({
    args: [code, issuer, purpose],
    put: [code, issuer],
  })),
  'codes.rules': [1, 10].map((minutes) => ({
    args: [issuer, minutes],
    put: [issuer, ...(minutes === 1 ? [] : [String(minutes)])],
  })),
  'notices.left': LEFT,
  'pages.common.wait': [1, 61, 119, 120, 5399, 5400, 86_400].map((seconds) => ({
    args: [seconds],
  })),
  'pages.challenge.lead': [
    ...['totp', 'recoveryCode'].map((type) => ({ args: [type, issuer] })),
    { args: ['constructor', issuer], put: [issuer] },
  ],
  'pages.challenge.wrong': [{ args: [undefined] }, ...LEFT],
  'pages.settings.left': LEFT.slice(1),
  'pages.settings.state': ['suspended', 'disabled', 'lapsed', 'unreadable'].map((state) => ({
    args: [state],
  })),
  'pages.setUp.means': ['totp', 'email', 'phone'].map((type) => ({ args: [type] })),
  'pages.setUp.factorTitle': ['totp', 'email', 'phone', 'constructor'].map((type) => ({
    args: [type],
  })),
  factor: [...FACTORS, undefined, 'constructor'].map((type) => ({ args: [type] })),
};

/** Every text of a catalogue: what is a function is called for each of its cases. */
export function textsOf(catalogue: Catalogue): readonly Text[] {
  const { space: _space, ...texts } = catalogue;
  return walk(texts, '');
}

function walk(node: unknown, path: string): readonly Text[] {
  if (typeof node === 'function') {
    return callsOf(path).map(({ args, put = [] }) => ({
      path: `${path}(${args.map((arg) => JSON.stringify(arg)).join()})`,
      text: node(...args),
      put,
    }));
  }
  if (typeof node !== 'object' || node === null) return [{ path, text: node, put: [] }];
  return Object.entries(node).flatMap(([key, value]) => walk(value, path ? `${path}.${key}` : key));
}

function callsOf(path: string): readonly Call[] {
  if (path.startsWith('notices.happened.')) {
    const put = /mfa_|recovery_|phone_|forgotten/.test(path)
      ? [issuer, when]
      : [issuer, factor, when];
    return [{ args: [{ issuer, factor, when }], put }];
  }
  // One text, which is to be in it; a count and a wait are written as they come, too.
  return CALLS[path] ?? [{ args: [sample], put: [sample] }];
}
