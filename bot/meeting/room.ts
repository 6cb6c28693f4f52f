/** What names of the same room have in common, however they are typed: "Stand-up room" and "standup" are one. */
export function roomKey(name: string | null): string {
  const words = (name ?? '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} ]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return words.replace(/(?:^| )(?:meeting )?room$/, '').replaceAll(' ', '') || 'room';
}
