import { onceLoaded } from '../../lib/once-loaded.ts';

describe('onceLoaded', () => {
  it('loads what is asked for many times once', async () => {
    const load = jest.fn(async () => ({}));
    const loaded = onceLoaded(load);
    expect(load).not.toHaveBeenCalled();
    const [one, two] = await Promise.all([loaded(), loaded()]);
    expect(two).toBe(one);
    expect(await loaded()).toBe(one);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('tries again what could not be loaded, and only then', async () => {
    const load = jest.fn(async () => 'there').mockRejectedValueOnce(new Error('EMFILE'));
    const loaded = onceLoaded(load);
    const both = await Promise.allSettled([loaded(), loaded()]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(load).toHaveBeenCalledTimes(1);
    expect(await loaded()).toBe('there');
    expect(await loaded()).toBe('there');
    expect(load).toHaveBeenCalledTimes(2);
  });
});
