import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A code block of the README: its language, its name, its text. */
export interface Block {
  readonly language: string;
  readonly name: string;
  readonly code: string;
}

/** All code blocks of the README, in order. */
export function readBlocks(): readonly Block[] {
  const text = readFileSync(join(__dirname, '../../README.md'), 'utf8');
  return [...text.matchAll(/^```(\w+)(?: (\w+))?\n(.*?)^```$/gms)].map(
    ([, language = '', name = '', code = '']) => ({ language, name, code }),
  );
}

/**
 * Runs a block as it stands, its imports resolved as a reader's would be, with `scope` in the
 * place of what the README says is the reader's own. Answers what the block declared.
 */
export async function runBlock<T = Readonly<Record<string, unknown>>>(
  name: string,
  scope: Readonly<Record<string, unknown>>,
): Promise<T> {
  const block = readBlocks().find((one) => one.name === name);
  if (!block) throw new Error(`The README has no block named ${name}.`);
  const imports = block.code.match(/^import .*?;$/gms)?.join('\n') ?? '';
  const rest = block.code.replace(/^import .*?;$/gms, '');
  const declared = [...rest.matchAll(/^const (\w+)/gm)].map(([, constant]) => constant);
  const source = `${imports}
    export async function run({ ${Object.keys(scope).join(', ')} }) {
      ${rest}
      return { ${declared.join(', ')} };
    }`;
  const folder = mkdtempSync(join(tmpdir(), 'readme-'));
  try {
    const file = join(folder, `${name}.ts`);
    writeFileSync(file, source);
    const module = (await import(file)) as { run(scope: object): Promise<T> };
    return await module.run(scope);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
