import { randomBytes } from 'node:crypto';

/** All that the environment decides. `undefined` stands for "not there: use the stand-in". */
export interface Config {
  readonly production: boolean;
  readonly port: number;
  /** How many proxies of our own stand in front: the one that ends TLS, for example. */
  readonly proxies: number;
  readonly domain: string;
  /** Newest first; older ones still open what they sealed or signed. */
  readonly mfaKeys: readonly string[];
  readonly sessionSecrets: readonly string[];
  readonly redisUrl: string | undefined;
  readonly smtp: { readonly url: string; readonly from: string } | undefined;
  readonly vonage: VonageConfig | undefined;
  /** False leaves the factor out altogether. */
  readonly sms: boolean;
  /** The names of the secrets that were not set: random ones stand in for them, until the next start. */
  readonly madeUp: readonly string[];
}

export interface VonageConfig {
  readonly from: string;
  readonly auth:
    | { readonly apiKey: string; readonly apiSecret: string }
    | { readonly applicationId: string; readonly privateKey: string };
}

/**
 * Reads the environment. What is missing gets a stand-in in development; in production it is an
 * error that says what to set, and no message holds a value.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const production = env['NODE_ENV'] === 'production';
  const madeUp: string[] = [];
  const required = (name: string, remedy: string): string => {
    const value = env[name];
    if (!value) throw new Error(`${name} is missing. ${remedy}`);
    return value;
  };
  /** Real in production, and wherever one of its variables is set. */
  const isReal = (...names: readonly string[]): boolean =>
    production || names.some((name) => env[name]);
  const secrets = (name: string): readonly string[] => {
    if (isReal(name)) return required(name, MAKE_KEY).split(',').map(asSecret(name));
    madeUp.push(name);
    return [randomBytes(32).toString('base64')];
  };

  const sms = env['SMS'] !== 'off';
  return {
    production,
    port: readNumber('PORT', env['PORT'] || '3000', 65_535),
    proxies: readNumber('TRUST_PROXY', env['TRUST_PROXY'] || '0', 10),
    domain: production && sms ? required('DOMAIN', SET_DOMAIN) : env['DOMAIN'] || 'localhost',
    mfaKeys: secrets('MFA_KEY'),
    sessionSecrets: secrets('SESSION_SECRET'),
    redisUrl: isReal('REDIS_URL') ? required('REDIS_URL', SET_REDIS) : undefined,
    smtp: isReal('SMTP_URL')
      ? { url: required('SMTP_URL', SET_SMTP), from: required('MAIL_FROM', SET_FROM) }
      : undefined,
    vonage: sms && isReal(...VONAGE) ? readVonage(env, required) : undefined,
    sms,
    madeUp,
  };
}

function readVonage(
  env: Readonly<Record<string, string | undefined>>,
  required: (name: string, remedy: string) => string,
): VonageConfig {
  const from = required('VONAGE_FROM', SET_VONAGE);
  if (!env['VONAGE_APPLICATION_ID']) {
    const apiKey = required('VONAGE_API_KEY', SET_VONAGE);
    return { from, auth: { apiKey, apiSecret: required('VONAGE_API_SECRET', SET_VONAGE) } };
  }
  // Many places that hold variables turn the line breaks of a PEM file into `\n`.
  const privateKey = required('VONAGE_PRIVATE_KEY', SET_VONAGE).replaceAll('\\n', '\n');
  if (!privateKey.includes('PRIVATE KEY-----')) {
    throw new Error('VONAGE_PRIVATE_KEY must be the text of the PEM file, not its name.');
  }
  return { from, auth: { applicationId: env['VONAGE_APPLICATION_ID'], privateKey } };
}

function asSecret(name: string): (text: string) => string {
  return (text) => {
    const secret = text.trim();
    if (secret.length < 32) throw new Error(`${name} is too short. ${MAKE_KEY}`);
    return secret;
  };
}

function readNumber(name: string, text: string, max: number): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= max) return Number(text);
  throw new Error(`${name} must be a whole number from 0 to ${max}.`);
}

const VONAGE = [
  'VONAGE_API_KEY',
  'VONAGE_API_SECRET',
  'VONAGE_APPLICATION_ID',
  'VONAGE_PRIVATE_KEY',
];
const MAKE_KEY = 'Make one with: openssl rand -base64 32';
const SET_DOMAIN = 'Set it to the host name of this app, such as app.example.com.';
const SET_REDIS = 'Set it to a URL such as redis://:password@redis.example.com:6379.';
const SET_SMTP = 'Set it to a URL such as smtps://user:password@mail.example.com.';
const SET_FROM = 'Set it to the mailbox that mails come from, such as Acme <no-reply@example.com>.';
const SET_VONAGE =
  'Set VONAGE_FROM and either VONAGE_API_KEY and VONAGE_API_SECRET or VONAGE_APPLICATION_ID and VONAGE_PRIVATE_KEY, or leave SMS out with SMS=off.';
