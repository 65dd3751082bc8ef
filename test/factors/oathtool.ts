import { spawnSync } from 'node:child_process';

/** False, and loudly so, where oathtool is not there; on CI that is an error. */
export function hasOathtool(): boolean {
  if (spawnSync('oathtool', ['--version']).status === 0) return true;
  const remedy = 'oathtool is not installed: apt-get install oathtool';
  if (process.env.CI === 'true') throw new Error(remedy);
  process.stderr.write(`SKIPPED: codes of a second implementation. ${remedy}\n`);
  return false;
}

/** The code of this time and of the step after it. */
export function oathtool(seed: string, seconds: number): readonly [string, string] {
  const args = ['--totp', '--base32', '--window', '1', '--now', `@${seconds}`, seed];
  const [code = '', next = ''] = spawnSync('oathtool', args, { encoding: 'utf8' }).stdout.split(
    '\n',
  );
  return [code, next];
}
