import { normalize } from '../base/safe-text.ts';

/** What names of the same room have in common, however they are typed: "Stand-up room" and "standup" are one. */
export function roomKey(name: string | null): string {
  const words = normalize(name ?? '', 'NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words.replace(/(?:^| )(?:meeting )?room$/, '').replaceAll(' ', '') || 'room';
}
