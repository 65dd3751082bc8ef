import { areFew } from '../../lib/core/few-codes.ts';

describe('areFew', () => {
  it('[REC-3] warns from three codes down', () => {
    expect([0, 1, 3, 4, 10].map(areFew)).toEqual([true, true, true, false, false]);
  });
});
