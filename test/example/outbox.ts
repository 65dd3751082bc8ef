/** A message in the outbox of the example. */
interface Sent {
  readonly channel: string;
  readonly to: string;
  readonly text: string;
  readonly code: string;
}

/** The newest message with a code to `to`: a notice may have come after it. */
export async function codeSentTo(url: string, to: string): Promise<Sent> {
  const response = await fetch(`${url}/outbox.json`);
  const outbox = (await response.json()) as Omit<Sent, 'code'>[];
  for (const message of outbox) {
    const code = /\b\d{6}\b/.exec(message.text)?.[0];
    if (message.to === to && code !== undefined) return { ...message, code };
  }
  throw new Error('No such message was sent.');
}
