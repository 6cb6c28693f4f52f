import { BRINGS } from '../subject/making.ts';

/** "get me and Priti in", "put us down with Sam": people, not things. */
const BOOKS_PEOPLE =
  /^(?:get|fit|put|squeeze|slot|have|book|pencil) (?:me|us|\uFFFC|everyone)(?:,? (?:and )?[^ ,]+){0,3} (?:in|down|on|together|booked|with)\b/;
/** "Invite @Sam to the demo": with a time behind it, a demo to be made. */
const INVITES = /^invite (?:\uFFFC|\S+@\S+)(?:(?:,| and|, and) (?:\uFFFC|\S+@\S+))* to (?:the|my|our) /;
/** Whether people are to be brought together: they are no things to be fetched. */
export const booksPeople = (low: string): boolean =>
  BOOKS_PEOPLE.test(low) || INVITES.test(low) || BRINGS.test(low);

const GATHERS =
  /^(?:get|bring|pull|call|gather|round|assemble|rally|convene|summon|muster)(?: up)? (?:(?:all|of|the|my|our|both) )*(?:[\w&'-]+ ){0,2}?(?:together|everyone|everybody|us|(?:team|squad|crew|group|leads|managers|board|committee|panel|staff|gang|troops|folks|leadership)\b(?! (?:the|a|an|some|lunch|coffee)\b))/;
/** "get the team together", "round up the leads". */
export const isGathering = (low: string) => GATHERS.test(low);
