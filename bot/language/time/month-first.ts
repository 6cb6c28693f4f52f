import { memo } from '../../base/cache.ts';

/** Whether people of a locale write 3 April as 4/3, as CLDR has it. */
export const monthFirst = memo(200, (locale) => {
  const format = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'numeric', day: 'numeric' });
  return format.formatToParts(0)[0]?.type === 'month';
});
