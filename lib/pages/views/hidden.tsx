import type { JSX } from 'preact';

/** Fields that a form sends along; what is undefined is left out. */
export function Hidden(fields: Readonly<Record<string, string | undefined>>): JSX.Element {
  const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
  return (
    <>
      {pairs.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
