/** "245123678903" → "245 123 678 903". What is not all digits stays as it came. */
export function groupDigits(digits: string): string {
  return /^\d{6,}$/.test(digits) ? digits.replaceAll(/(\d{3})(?=\d)/g, '$1 ') : digits;
}

/** A North American number in its usual groups; every other as Graph gave it, since each country groups its own way. */
export function groupPhone(number: string): string {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1 $2 $3');
}
