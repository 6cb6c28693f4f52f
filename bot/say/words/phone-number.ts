/** Calling codes of one and two digits. All others have three (ITU-T E.164). */
const SHORT_CODE = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** "2451236789033" → "245 123 678 903 3", as Teams shows its ids. Returns anything else than digits unchanged. */
export function groupDigits(digits: string): string {
  return /^\d{6,}$/.test(digits) ? digits.replaceAll(/(\d{3})(?=\d)/g, '$1 ') : digits;
}

/** "+442033215200" → "+44 203 321 5200": the country code, then groups of three and four digits. Returns a number with separators unchanged. */
export function groupPhone(number: string): string {
  if (!/^\+\d{8,15}$/.test(number)) return number;
  const digits = number.slice(1);
  const code = SHORT_CODE.exec(digits)?.[0] ?? digits.slice(0, 3);
  return `+${code} ${inThreesAndFours(digits.slice(code.length))}`;
}

/** Threes from the left, fours at the end where threes alone would leave one or two digits over. */
function inThreesAndFours(digits: string): string {
  const fours = digits.length < 6 ? 0 : digits.length % 3;
  const split = digits.length - fours * 4;
  const threes = digits.slice(0, split).replaceAll(/(\d{3})(?=\d)/g, '$1 ');
  return `${threes} ${digits.slice(split).replaceAll(/(\d{4})(?=\d)/g, '$1 ')}`.trim();
}
