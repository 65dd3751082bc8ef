import type { Message, MfaEvent } from '../../lib/index.ts';
import { ear } from '../logs/ear.ts';
import type { Served } from './link.ts';
import type { Site } from './two-processes.ts';

type Serve = (site: Site, ...args: never[]) => unknown;

/** What the processes of a host share: its table of users, its transports, its event sink. */
const HOST: Readonly<Record<string, Serve>> = {
  findById: ({ users }, id: string) => users.get(id),
  findByEmail: ({ users }, email: string) =>
    [...users.values()].find((user) => user.email === email),
  verifyPassword({ users }, id: string, password: string) {
    ear.saw('a password', password);
    return users.get(id)?.password === password;
  },
  hashPassword: (_site, password: string) => password.length,
  updatePhone({ users }, id: string, phone: string) {
    const user = users.get(id);
    if (user) users.set(id, { ...user, phone, phoneVerified: false });
  },
  load: ({ table }, userId: string) => table.load(userId),
  save: ({ table }, next: Parameters<Site['table']['save']>[0]) => table.save(next),
  send: (site, message: Message) => site.accept(message),
  event({ events }, event: MfaEvent) {
    ear.heardEvent(event);
    events.push(event);
  },
  slow: (site) => site.slow.hold(),
};

/** The host's functions as a process calls them: the first argument says for which of the sites. */
export function served(sites: readonly Site[]): Served {
  const serve =
    (name: string, run: Serve) =>
    (id: number, ...args: never[]): unknown => {
      const site = sites[id];
      if (!site) throw new Error('No such site.');
      if (name !== 'event') site.asked.push([name, ...args]);
      if (name === 'send') ear.sawMessage(args[0] as unknown as Message);
      return (site.instead[name] ?? run)(site, ...args);
    };
  const host = Object.entries(HOST).map(([name, run]) => [name, serve(name, run)] as const);
  // Of no site: what the processes wrote, and the secrets that only they see.
  return { ...Object.fromEntries(host), said: ear.heard, saw: ear.saw };
}
