import type { JSX } from 'preact';

/**
 * One field for a code (DEL-13): a phone offers the one that has just arrived, a keyboard shows
 * digits, and paste and spaces are fine. It is no number: a spinner or `e` would be no help.
 */
export function CodeField({
  label,
  digits,
  describedBy,
  isWrong,
}: {
  readonly label: string;
  readonly digits: boolean;
  readonly describedBy: string | undefined;
  readonly isWrong: boolean;
}): JSX.Element {
  return (
    <>
      <label for="code">{label}</label>
      <input
        id="code"
        class="code"
        name="code"
        type="text"
        inputMode={digits ? 'numeric' : 'text'}
        autocomplete={digits ? 'one-time-code' : 'off'}
        autocapitalize={digits ? 'off' : 'characters'}
        spellcheck={false}
        maxLength={40}
        required
        autofocus
        aria-describedby={describedBy}
        aria-invalid={isWrong ? 'true' : undefined}
      />
    </>
  );
}
