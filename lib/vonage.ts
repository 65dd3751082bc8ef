export { vonageSender } from './senders/vonage.ts';
export type { VonageClient, VonageSenderOptions, VonageSms } from './senders/vonage.ts';
