/** What is spelt differently in the United States; everything else comes from en.ts. */
export const enUS = {
  'meeting.noDialIn': 'Phone dial-in is not available: the organizer has no Audio Conferencing license.',
  'option.lobby':
    '{value, select, everyone {Nobody waits in the lobby} organization {Guests from outside wait in the lobby} invited {Everybody who is not invited waits in the lobby} own {Everybody but you waits in the lobby} other {Everybody but the organizer waits in the lobby}}',
  'option.presenters':
    '{value, select, everyone {Everyone can present} organization {Everyone in your organization can present} invited {Everyone you invited can present} named {The people you named can present} own {Only you can present} other {Only the organizer can present}}',
  'option.presentersNamed':
    '{whose, select, own {Only you and {names} can present} other {Only the organizer and {names} can present}}',
  'options.coorganisers': '{count, plural, one {Co-organizer: {names}} other {Co-organizers: {names}}}',
  'options.outsiders':
    'Only people of your organization can be co-organizers or presenters, so {names} {count, plural, one {comes as a guest} other {come as guests}}.',
  'missed.encryptedPolicy':
    'End-to-end encryption was not granted: your organization’s policy or your license does not allow it. Policy changes take up to 24 hours.',
  'missed.nobody':
    '{whose, select, own {Nobody from your organization is invited, so only you can present.} other {Nobody from the organization is invited, so only the organizer can present.}}',
  'missed.policy': 'You asked for “{wish}”. Teams kept “{now}”. Your organization’s policy may not allow it.',
  'missed.unclear':
    'You asked for “{wish}”. Teams did not take it, perhaps because of your organization’s policy.',
  'welcome.consent':
    'The first time, you are asked to allow one permission (OnlineMeetings.ReadWrite). In some organizations an administrator has to approve it first.',
  'problem.forbidden.next':
    'Send the text below to your administrator. If you are a guest here, ask a colleague of this organization to make the meeting.',
  'problem.accessPolicy.title': 'Your organization has not let me do this yet',
  'problem.adminConsent.title': 'Your organization has to approve me first',
  'problem.message': 'Please approve the app Parley for our organization: {url}',
  'problem.otherTenant.title': 'I am set up for another organization',
  'problem.otherTenant.what': 'Your account belongs to an organization that I do not serve.',
  'problem.otherTenant.next': 'Ask your own administrator to install Parley for your organization.',
  'ask.organiser': 'The meeting would be yours: I cannot make somebody else its organizer. Shall I make it?',
  'notice.tenantLimit':
    'Your organization has made as many meetings as I make for it in an hour. I can make more in {minutes, plural, one {# minute} other {# minutes}}. In a hurry? Make it in your Teams calendar. Your administrator can allow more.',
  'answer.producers.what': 'Those are retired. In a meeting, co-organizers and presenters do that work.',
  'answer.organiser.what':
    'I act in your name only, so I cannot make somebody else the organizer. They can ask me themselves, or press “Make my own” on your card in a group.',
  'answer.guests.what':
    'Guests and personal accounts cannot organize meetings, not by an invitation either. A colleague with an account here can ask me, and guests join with the link.',
  'answer.attendance.what':
    'The organizer finds it in Teams, in the meeting’s own details once it is over, if your administrator allows such reports.',
  'answer.dialIn.what':
    'They belong to the organizer’s Audio Conferencing license. I show the numbers, but can neither choose them nor set a PIN: your administrator can, and your own PIN is reset in Teams’ settings.',
  'phrase.coorganiser': 'meeting tomorrow 3pm with @Sam as co-organizer',
} as const;
