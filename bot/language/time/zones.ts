/** A zone as said. `own`: "my time"; `unknown`: "her time". */
export type ZoneSaid =
  | { kind: 'iana'; zone: string }
  | { kind: 'offset'; minutes: number }
  | { kind: 'abbreviation'; name: string }
  | { kind: 'own' }
  | { kind: 'unknown' };
