/** What is spelt differently in the United States; everything else comes from en.ts. */
export const enUS = {
  'meeting.noDialIn': 'Phone dial-in is not available: the organizer has no Audio Conferencing license.',
  'welcome.consent':
    'The first time, you are asked to allow one permission (OnlineMeetings.ReadWrite). In some organizations an administrator has to approve it first.',
  'problem.forbidden.next':
    'Ask your administrator whether your account has a Teams license and may schedule meetings. The reference below helps them.',
  'problem.adminConsent.title': 'Your organization has to approve me first',
  'problem.message': 'Please approve the app Parley for our organization: {url}',
  'problem.otherTenant.title': 'I am set up for another organization',
  'problem.otherTenant.what': 'Your account belongs to an organization that I do not serve.',
  'problem.otherTenant.next': 'Ask your own administrator to install Parley for your organization.',
} as const;
