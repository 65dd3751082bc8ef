import type { ComponentChildren, JSX } from 'preact';

/** Stands where an element is to stand in a text. */
const MARK = '\u0000';

/** A text of the catalogue with an element in the place of what it takes. */
export function Within({
  text,
  children,
}: {
  readonly text: (mark: string) => string;
  readonly children: ComponentChildren;
}): JSX.Element {
  const [before = '', ...after] = text(MARK).split(MARK);
  return (
    <>
      {before}
      {children}
      {after.join('')}
    </>
  );
}
