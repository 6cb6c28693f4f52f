/** Stands for a time of day that differs from turn to turn: a meeting at a time that is taken is not made at once. */
export const CLOCK = '@clock@';

/** What people of the bench write, each a meeting that can be made at once. */
export const PHRASES = [
  `meeting tomorrow ${CLOCK} about Q3`,
  `set up a call next Tuesday at ${CLOCK} for 45 minutes about the budget`,
  `meeting tomorrow ${CLOCK}-23:30 about the launch plan`,
  `please schedule a meeting on Friday at ${CLOCK} with lee@contoso.example about hiring`,
  `book a Teams meeting tomorrow ${CLOCK} about the incident, 15 minutes`,
  `create a meeting next Monday from ${CLOCK} to 23:45 with kim@contoso.example and ola@contoso.example`,
  `meeting tomorrow at ${CLOCK} "Design review" for an hour`,
  `quick call tomorrow ${CLOCK} re onboarding`,
];
