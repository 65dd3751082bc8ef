/** A mail that would have left the house. */
export interface Mail {
  readonly channel: 'email';
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
}

export interface TextMessage {
  readonly channel: 'sms';
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

export type Sent<Message = Mail | TextMessage> = Message & {
  readonly id: number;
  readonly at: string;
};

/** Where mails and texts end up in development. */
export interface Outbox {
  add(message: Mail | TextMessage): void;
  /** The newest first. */
  list(): readonly Sent[];
}

const KEPT = 100;

export function createOutbox(): Outbox {
  const messages: Sent[] = [];
  let count = 0;
  return {
    add(message) {
      count += 1;
      messages.unshift({ ...message, id: count, at: new Date().toISOString() });
      messages.splice(KEPT);
    },
    list: () => messages,
  };
}
