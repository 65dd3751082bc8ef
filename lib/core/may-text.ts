import type { Destination } from './notice.ts';
import type { Texting, Users } from './users.ts';

/**
 * Whether something may go to a destination. Of a number the host is asked, who may know that its
 * SIM was swapped or that it was ported (NIST SP 800-63B-4 section 3.1.3.3): anything but `true` is
 * a no.
 */
export async function mayText(
  users: Users,
  userId: string,
  { channel, to }: Destination,
  purpose: Texting,
): Promise<boolean> {
  if (channel !== 'sms' || !users.mayText) return true;
  return (await users.mayText(userId, to, purpose)) === true;
}
