/** A part of the day, which says whether 7 is in the morning. */
export type Part = 'morning' | 'afternoon' | 'evening' | 'night';
