/** What people of the bench write, each a meeting that can be made at once. */
export const PHRASES = [
  'meeting tomorrow 3pm about Q3',
  'set up a call next Tuesday at 10:30 for 45 minutes about the budget',
  'meeting tomorrow 14:00-15:30 about the launch plan',
  'please schedule a meeting on Friday at 2 pm with lee@contoso.example about hiring',
  'book a Teams meeting in 2 hours about the incident, 15 minutes',
  'create a meeting next Monday from 9am to 10am with kim@contoso.example and ola@contoso.example',
  'meeting tomorrow at noon "Design review" for an hour',
  'quick call tomorrow 16:15 re onboarding',
];
