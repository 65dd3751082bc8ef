/** A message that would have left the house. */
export interface Sent {
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly text: string;
  readonly at: string;
}

/** Where mails and texts end up in development, the newest first. */
export interface Outbox {
  add(message: Omit<Sent, 'at'>): void;
  list(): readonly Sent[];
}

const KEPT = 100;

export function createOutbox(): Outbox {
  const messages: Sent[] = [];
  return {
    add(message) {
      messages.unshift({ ...message, at: new Date().toISOString() });
      messages.splice(KEPT);
    },
    list: () => messages,
  };
}
