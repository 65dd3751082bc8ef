const format = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' });

/** Cents as people write them: `€1,234.50`. */
export function money(cents: number): string {
  return format.format(cents / 100).replace('-', '−');
}
