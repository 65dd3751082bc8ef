/** How often a property is tried: a few times in every test run, as often as you like by `MFA_PROPERTY_RUNS`. */
export function runs(usual = 100): { readonly numRuns: number } {
  return { numRuns: Number(process.env['MFA_PROPERTY_RUNS'] ?? usual) };
}
