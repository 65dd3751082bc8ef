import type { ComponentChildren, JSX } from 'preact';

/** What happened, said at once by a screen reader: an error before all else, the rest in its turn. */
export function Message({
  tone,
  children,
}: {
  readonly tone: 'error' | 'success' | 'hint';
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <p class={`message ${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      {children}
    </p>
  );
}
