import { endedBeforeNow } from '../../lib/core/ending.ts';
import { enrollment } from './builders.ts';
import { START } from './engine.ts';

describe('[SES-8] the moment before which all sessions are ended', () => {
  it('is past now, so that none of this very millisecond is left', () => {
    expect(endedBeforeNow(enrollment([], { endedBefore: 5 }), START)).toBe(START + 1);
  });

  it('never moves back, whatever the clock says', () => {
    expect(endedBeforeNow(enrollment([], { endedBefore: START }), 5)).toBe(START + 1);
  });
});
