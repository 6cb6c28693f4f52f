import { memo } from '../../base/cache.ts';

const FORM = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i;

/** Whether this is a short BCP 47 tag that every formatter takes: "en-US-GB" has the form of one, and they throw. */
export function isLanguageTag(tag: unknown): tag is string {
  return typeof tag === 'string' && FORM.test(tag) && isCanonical(tag);
}

const isCanonical = memo(200, (tag) => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
});
