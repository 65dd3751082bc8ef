import { describeWithRedis } from '../support/redis-harness.ts';
import { expected, sentCode, sentCodes, signedIn, userWithTotp } from './story.ts';
import { twoProcesses } from './two-processes.ts';

const NUMBER = '+14155552671';
const SPELLINGS = ['+1 415 555 2671', '+1 (415) 555-2671', '+1.415.555.2671', `${NUMBER} `, NUMBER];
const NO_NUMBERS = [
  '0014155552671',
  '01114155552671',
  '4155552671',
  '(415) 555-2671',
  '++14155552671',
  '+1+4155552671',
  '+1 415 555 2671 ext. 5',
  '+14155552671;ext=5',
  '+14155552671,5',
  'tel:+14155552671',
  '+1４155552671',
  '＋14155552671',
  '+1415555267l',
  '+١٤١٥٥٥٥٢٦٧١',
  '+14155552671\r\n+14155552672',
  '+14155552671\u0000',
  ['+14155552671', '+14155552672'],
];

describeWithRedis('[A39] one phone number in many spellings', () => {
  const processes = twoProcesses();
  const PATH = '/v1/account/mfa/authenticators/phone';

  it('has one normal form, and is bound once whatever it is written like [DEL-5]', async () => {
    const site = await processes.site();
    const { owner } = await userWithTotp(site);
    // Codes only: notices of what was bound leave on their own time.
    const codes = (): number => sentCodes(site).length;
    for (const phone of SPELLINGS) {
      const sent = codes();
      const begun = await owner.post(PATH, { phone });
      if (phone !== SPELLINGS[0]) {
        expect([phone, begun.status, codes()]).toEqual([phone, 409, sent]);
        continue;
      }
      expected(begun, 200);
      expect(site.outbox.at(-1)?.to).toBe(NUMBER);
      expected(await owner.put(PATH, { otp: sentCode(site) }), 200);
    }
  });

  it('is refused where it is no international number of ASCII digits, and nothing is sent', async () => {
    const site = await processes.site();
    const attacker = await signedIn(site, site.addUser());
    for (const phone of NO_NUMBERS) {
      const { status } = await attacker.post(PATH, { phone });
      expect([phone, status]).toEqual([phone, 400]);
    }
    expect(site.outbox).toEqual([]);
  });
});
