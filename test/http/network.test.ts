import { networkOf } from '../../lib/http/network.ts';

describe('networkOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::ffff:c000:201', '192.0.2.1'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:4711', '192.0.2.1'],
  ])('[THR-9] [A47] takes %s for %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });

  it('[THR-9] [A47] is one for all addresses of an IPv6 /64, and another for the next', () => {
    const walk = ['2001:db8:1:2::1', '2001:DB8:1:2:0:0:0:2', '2001:db8:1:2:ffff:ffff:ffff:ffff'];
    expect(new Set(walk.map(networkOf)).size).toBe(1);
    for (const written of ['[2001:db8:1:2::1]', '[2001:db8:1:2::2]:4711'])
      expect(networkOf(written)).toBe(networkOf(walk[0]));
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf(walk[0]));
  });

  it.each([
    '127.0.0.1',
    '::1',
    '::ffff:10.1.2.3',
    '10.0.0.1',
    '192.168.1.1',
    '172.16.0.9',
    'fd00::1',
    'fe80::1%eth0',
    '100.64.0.1',
    '0.0.0.0',
  ])('is none for %s, which is that of a proxy or of everyone inside [THR-9]', (ip) => {
    expect(networkOf(ip)).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    'unix:',
    'unknown',
    'localhost',
    '192.0.2.1:',
    '192.0.2.1:4711\r\nx',
    '192.0.2.1:4711:1',
    'x192.0.2.1:4711',
    '[2001:db8::1',
    '[]:4711',
    '2001:db8::1\r\nx',
  ])('is none for %j', (ip) => {
    expect(networkOf(ip)).toBeUndefined();
  });
});
