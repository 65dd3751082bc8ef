/** Whether so few recovery codes are left that it is time for a new set (NIST SP 800-63B-4 section 4.2.3). */
export function areFew(left: number): boolean {
  return left <= 3;
}
