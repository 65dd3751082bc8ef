import { getCountries } from 'libphonenumber-js/max';

import { PHONE_COUNTRIES } from '../../lib/factors/phone-countries.ts';

describe('the countries that have phone numbers', () => {
  it('are those of libphonenumber, each once', () => {
    expect([...PHONE_COUNTRIES]).toEqual(getCountries().toSorted());
  });
});
