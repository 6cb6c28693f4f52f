/** Everything Parley says in English, as ICU messages. Short, warm, no jargon; every refusal names the next step. */
export const en = {
  'list.more': '{names} and {count, plural, one {# more} other {# more}}',
  'zone.city': '{city} time',
  'zone.full': '{zone} ({offset})',
  'zone.choice': '{city} ({offset})',
  length: '{minutes, plural, one {# minute} other {# minutes}}',
  lengthHours: '{hours, plural, one {# hour} other {# hours}}',
  lengthMixed:
    '{hours, plural, one {# hour} other {# hours}} {minutes, plural, one {# minute} other {# minutes}}',

  'meeting.ready': 'Your meeting is ready',
  'meeting.on': 'Your meeting has started',
  'meeting.renewed': 'Your meeting has a new link',
  'meeting.moved': 'Your meeting has a new time',
  'meeting.changed': 'Your meeting is changed',
  'meeting.untitled': 'Meeting',
  'meeting.guests': 'With',
  'meeting.join': 'Join with link',
  'meeting.newLink': 'New link',
  'meeting.removeOld': 'Remove the old link',
  'meeting.change': 'Change',
  'meeting.cancel': 'Cancel it',
  'meeting.invite': 'Invitation',
  'meeting.phone': 'Join by phone',
  'meeting.toll': 'Phone',
  'meeting.tollFree': 'Toll-free',
  'meeting.conferenceId': 'Conference ID',
  'meeting.otherNumbers': 'Numbers in other countries',
  'meeting.noDialIn': 'Phone dial-in is not available: the organiser has no Audio Conferencing licence.',
  'meeting.noDialInEncrypted': 'An encrypted meeting has no phone dial-in.',
  'meeting.noNumbers': 'Teams gave no phone number for this meeting.',
  'meeting.byId': 'Join with the ID',
  'meeting.meetingId': 'Meeting ID',
  'meeting.passcode': 'Passcode',
  'meeting.videoId': 'Video device ID',
  'meeting.notOnCalendar': 'This meeting is not on your calendar.',
  'meeting.assumedLength': '{length}, because no length was given.',
  'meeting.changeTo': 'Change to {other}',
  'meeting.changeBack': 'Change back to {other}',
  'meeting.speak': '{subject}: {day}, {hours}, {zone}. The card has the link and the details for joining.',
  'meeting.plain': 'Meeting: {day}, {hours}, {zone}. Join: {url}',
  'meeting.summary': '{subject}: {day}, {hours}',

  'meeting.seenReady': 'A meeting is ready',
  'meeting.seenOn': 'This meeting has started',
  'meeting.seenRenewed': 'This meeting has a new link',
  'meeting.seenMoved': 'This meeting has a new time',
  'meeting.seenChanged': 'This meeting was changed',
  'meeting.madeBy': 'Made by {name}',
  'meeting.makeOwn': 'Make my own',
  'meeting.refresh': 'Show how things stand',
  'meeting.calendarFile': 'Add to calendar (file)',
  'meeting.calendarOutlook': 'Add in Outlook',
  'meeting.calendarMenu':
    'This meeting is not on your calendar. To add it, open the “…” menu: “{file}” or “{outlook}”.',
  'meeting.calendarLinks': 'This meeting is not on your calendar. You can add it here:',

  'room.ready': 'Your room is ready',
  'room.found': 'Your room is still there',
  'room.renewed': 'Your room has a new link',
  'room.moved': 'Your room has a new time',
  'room.changed': 'Your room is changed',
  'room.seenMoved': 'This room has a new time',
  'room.seenChanged': 'This room was changed',
  'room.seenReady': 'A room is ready',
  'room.seenFound': 'This room is still there',
  'room.seenRenewed': 'This room has a new link',
  'room.untitled': 'Room',
  'room.kind': 'Room',
  'room.anyTime': 'Open at any time',
  'room.sameLink': 'The same link each time.',
  'room.stored': 'Teams has it down for {day}, {hours}, {zone}.',
  'room.lives':
    'The link works at any time, and for about 60 days after the room was last used. It is on no calendar.',
  'room.update': 'Update it',

  'invitation.title': 'Invitation in {language}',
  'invitation.english': 'Teams has no invitation in {language}, so this one is in English.',
  'invitation.hint': 'Select the text to copy it. On a phone, send it as a message first.',
  'invitation.seenHint': 'Select the text to copy it.',
  'invitation.language': 'In another language',
  'invitation.choose': 'Choose a language',
  'invitation.show': 'Show it in this language',
  'invitation.send': 'Send as a message',

  'draft.title': 'Shall I make this meeting?',
  'draft.titleRoom': 'Shall I open this room?',
  'draft.asked': '{asker} asked for this.',
  'draft.who': 'Only the person who asked can create it. Teams may ask them to sign in first.',
  'draft.create': 'Create it',
  'draft.summary': '{subject}: {day}, {hours}, waiting to be created',

  'edit.title': 'Change the meeting',
  'edit.subjectLabel': 'Subject',
  'edit.minutesLabel': 'Length in minutes',
  'edit.minutesError': 'From 5 minutes to 24 hours (1440 minutes).',
  'edit.past': 'That time has already passed. Please choose another.',
  'edit.range': 'A meeting lasts from 5 minutes to 24 hours. Please choose another length.',
  'edit.dst':
    'The clocks change around then, and that time is skipped or comes twice. Please choose another.',
  'edit.sameLink': 'The link stays the same.',
  'edit.fixed': 'Another {options} needs a new link. Write for instance: {example}',
  'edit.fixedExample': 'make it without passcode',
  'fixed.passcode': 'passcode setting',
  'fixed.template': 'template',
  'edit.more': 'Meeting options',
  'edit.lobby': 'Lobby',
  'edit.presenters': 'Presenters',
  'edit.chat': 'Chat',
  'edit.record': 'Recording',
  'edit.transcribe': 'Transcription',
  'edit.mic': 'Microphones',
  'edit.camera': 'Cameras',
  'edit.save': 'Save',
  'edit.back': 'Back',
  'edit.elsewhere': 'Open this message in the newest Teams to fill in the form.',

  'confirm.title': 'Cancel this meeting for everybody?',
  'confirm.titleRoom': 'Close this room for everybody?',
  'confirm.effect':
    'I’ll lock it and remove it from Teams. Anyone who opens its link after that waits in the lobby.',
  'confirm.yes': 'Yes, cancel it',
  'confirm.renewTitle': 'Create a new link for this?',
  'confirm.renewNeeded': 'Teams doesn’t change that in a meeting that’s already there.',
  'confirm.renewEffect':
    'I’ll create a new meeting with its own link and phone numbers, and remove the old one. Anyone who opens the old link after that waits in the lobby.',
  'confirm.renewYes': 'Create a new link',
  'confirm.keep': 'Keep it',

  'ended.cancelled': 'This meeting is cancelled',
  'ended.gone': 'This meeting no longer exists',
  'ended.over': 'This meeting is over',
  'ended.newer': 'There is a newer card for this',
  'ended.newest': 'The newest card shows how things stand, with the link.',
  'ended.closed': 'This room is closed',
  'ended.locked': 'Anyone who opens its link waits in the lobby.',
  'ended.removed': 'Please don’t use its link any more.',
  'ended.reopen': 'To open it again, ask for it by its name. For example: our standup room',

  'choice.move': 'Move that meeting, or create another?',
  'choice.moveTo': 'Move {subject} to {to}',
  'choice.moveIt': 'Move {subject}',
  'choice.another': 'Create another',
  'choice.signout': 'Sign out?',
  'choice.signoutEffect':
    '{count, plural, one {I’ll forget your # upcoming meeting} other {I’ll forget your # upcoming meetings}}, so you can’t change or cancel anything with me anymore. In Teams everything stays, and the links still work.',
  'choice.signoutYes': 'Yes, sign me out',
  'choice.signoutNo': 'Stay signed in',

  'which.change': 'Which meeting shall I change?',
  'which.cancel': 'Which meeting shall I cancel?',
  'which.renew': 'Which meeting shall get a new link?',
  'which.invite': 'Which meeting is the invitation for?',
  'which.show': 'Which meeting do you mean?',
  'which.choice': '{subject}, {day} {time}',
  'which.room': '{subject}, at any time',
  'which.more':
    '{count, plural, one {# more fits} other {# more fit}} what you wrote. Name the subject or the time to find a meeting that is not here.',

  'option.passcode': '{value, select, true {Passcode needed} other {No passcode}}',
  'option.encrypted':
    '{value, select, true {Encrypted from end to end} other {Not encrypted from end to end}}',
  'option.record':
    '{value, select, true {Recording starts by itself} other {Recording does not start by itself}}',
  'option.transcribe': '{value, select, true {Transcription is possible} other {No transcription}}',
  'option.language': 'Spoken language: {language}',
  'option.lobby':
    '{value, select, everyone {Nobody waits in the lobby} organization {Guests from outside wait in the lobby} invited {Everybody who is not invited waits in the lobby} own {Everybody but you waits in the lobby} other {Everybody but the organiser waits in the lobby}}',
  'option.presenters':
    '{value, select, everyone {Everyone can present} organization {Everyone in your organisation can present} invited {Everyone you invited can present} named {The people you named can present} own {Only you can present} other {Only the organiser can present}}',
  'option.presentersNamed':
    '{whose, select, own {Only you and {names} can present} other {Only the organiser and {names} can present}}',
  'option.chat':
    '{value, select, enabled {The chat is open} limited {Chat only during the meeting} other {No chat}}',
  'option.mic':
    '{value, select, true {Attendees can use their microphones} other {Attendees cannot use their microphones}}',
  'option.camera':
    '{value, select, true {Attendees can use their cameras} other {Attendees cannot use their cameras}}',
  'option.announce': '{value, select, true {Callers are announced} other {Callers are not announced}}',
  'option.template': 'Template: {name}',
  'options.coorganisers': '{count, plural, one {Co-organiser: {names}} other {Co-organisers: {names}}}',
  'options.outsiders':
    'Only people of your organisation can be co-organisers or presenters, so {names} {count, plural, one {comes as a guest} other {come as guests}}.',
  'options.unknown':
    'I know {names} only by name, so {count, plural, one {this guest has} other {these guests have}} no role. To give somebody one, mention them with @ in a group or channel.',

  'missed.cloud': 'Microsoft does not offer this in your cloud: “{wish}”.',
  'missed.encryption': 'Left out, because an encrypted meeting cannot have it: “{wish}”.',
  'missed.instead':
    'Left out, because you asked for encryption as well: “{wish}”. Ask for it again if you want it now.',
  'missed.encrypted': 'Not possible in an encrypted meeting: “{wish}”.',
  'missed.encryptedPolicy':
    'End-to-end encryption was not granted: your organisation’s policy or your licence does not allow it. Policy changes take up to 24 hours.',
  'missed.template': 'I know no template called “{name}”. There is: {known}.',
  'missed.noTemplates': 'I know no template called “{name}”. Your administrator can add it to my settings.',
  'missed.templatePolicy':
    'The template “{name}” was not applied. Templates need Teams Premium: please ask your administrator.',
  'missed.locked': 'You asked for “{wish}”. The meeting’s template decides that: “{now}”.',
  'missed.nobody':
    '{whose, select, own {Nobody from your organisation is invited, so only you can present.} other {Nobody from the organisation is invited, so only the organiser can present.}}',
  'missed.room': 'You asked for “{wish}”. A room cannot have that; a meeting with a day and a time can.',
  'missed.policy': 'You asked for “{wish}”. Teams kept “{now}”. Your organisation’s policy may not allow it.',
  'missed.unclear':
    'You asked for “{wish}”. Teams did not take it, perhaps because of your organisation’s policy.',
  'missed.unconfirmed':
    'Teams did not confirm this, so please look at the meeting’s options there: “{wish}”.',

  'options.encryptedLimits':
    'An encrypted meeting takes up to 200 people, in the Teams apps only, without recording, transcription or dial-in.',
  'note.oldLinkLocked':
    'The old meeting is removed. Anyone who opens the old link waits in the lobby, so pass on the new one.',
  'note.oldLinkRemoved':
    'The old meeting is removed. Please don’t use its link any more: pass on the new one.',
  'note.oldLinkAlive':
    'I couldn’t remove the old meeting, so its link may still work. Use the new one from now on.',
  'note.moved': 'The link is still the same.',
  'note.changed': 'The link is still the same.',
  'note.bigList': 'With more than 150 guests the chat can be used only during the meeting.',
  'note.guestsLeft': 'Whoever has the link can still join with it. To change that, press “New link”.',
  'note.shareLink': 'I send no invitations by e-mail: pass the link on to your guests.',

  'note.roomMade': 'Ask for it again by its name, and you get the same link.',
  'note.roomFound': 'It was there already: the link is the same as before.',
  'note.roomRenamed': 'It has been renamed since. To change the name, press “Change”.',
  'note.roomOwn': 'A colleague who asks for a room of this name gets another one, with a link of its own.',
  'note.roomOthers': 'A colleague has a room of the same name here. This is another one, with another link.',
  'note.event': 'This is an ordinary meeting.',
  'note.organiser': 'It belongs to the person who asked for it.',
  'note.everybody': 'I invite nobody for it: pass the link on.',
  'note.passcode': 'A passcode of your own is not possible: Teams makes it.',
  'note.questions': 'Q&A is switched on in Teams itself, in the meeting options.',
  'note.recurrence': 'This is one meeting: it does not repeat.',
  'note.crowd': 'With more than 150 people invited, the chat is open during the meeting only.',

  'assumed.took': 'Took “{said}” as {taken}.',
  'assumed.stored': 'The room was there already, entered for {taken} and not for {other}.',
  'assumed.moved': 'Moved from {other}.',
  'assumed.date': 'No day was given, so I took {taken}.',
  'assumed.clock': 'No exact time was given, so I took {taken}.',
  'assumed.zone': 'No time zone was given, so I took {taken}.',

  'ask.title': '{count, plural, one {One question first} other {A few questions first}}',
  'ask.confirm': 'Before I make it',
  'ask.when': 'When should it be?',
  'ask.date': 'Which day should it be?',
  'ask.time': 'What time should it start?',
  'ask.ampm': 'Is it in the morning or in the evening?',
  'ask.past': 'That time has already passed. When should it be?',
  'ask.pastToday': '{time} has already passed today. When should it be?',
  'ask.pastOn': '{day} at {time} has already passed. When should it be?',
  'ask.dateorder': 'That date can be read in two ways. Which one do you mean?',
  'ask.conflict': 'That day and date do not go together, or the date does not exist. Which day do you mean?',
  'ask.range': 'The end comes before the start. When should it start, and how long should it be?',
  'ask.long':
    'That would last {length}, which is longer than a day. When should it start, and how long should it be?',
  'ask.rangeChoice': 'The end comes before the start. Which one do you mean?',
  'ask.dst': 'The clocks change around that time. Which time do you mean?',
  'ask.gap': 'The clocks go forward then, and {time} does not exist on {day}. Which time do you mean?',
  'ask.overlap': 'The clocks go back then, and {time} comes twice on {day}. Which one do you mean?',
  'ask.tz': 'Which time zone are you in?',
  'ask.recurrence': 'I cannot make a repeating meeting. Shall I make the first one?',
  'ask.event':
    'Live events are retired, and webinars and town halls are made in Teams’ own calendar, where it has them. Shall I make an ordinary meeting?',
  'ask.organiser': 'The meeting would be yours: I cannot make somebody else its organiser. Shall I make it?',
  'ask.everybody':
    'I cannot invite everybody: a meeting is for up to 1,000 people, and I invite them one by one. Shall I make it, and you pass the link on?',
  'ask.who': 'Who is “{name}”?',
  'ask.whoPlaceholder': 'Choose a person',
  'ask.whoNobody': 'Nobody here – I will pass the link on',
  'ask.whoUnknown': 'Nobody here is called “{name}”, so please pass the link on to them.',
  'ask.nameless': 'Somebody without a name',
  'ask.dateLabel': 'Day',
  'ask.timeLabel': 'Start',
  'ask.zoneLabel': 'Time zone',
  'ask.zonePlaceholder': 'Choose a city',
  'ask.minutesLabel': 'Length',
  'ask.required': 'Please choose one.',
  'ask.length': 'It will last {length}.',
  'times.zone': 'Times are in {zone}.',
  'ask.submit': 'Make the meeting',
  'ask.submitOrdinary': 'Make an ordinary meeting',
  'ask.summary': 'A question about your meeting',

  'meetings.title': 'Your meetings',
  'meetings.join': 'Join with link',
  'meetings.more': '{count, plural, one {# later meeting is} other {# later meetings are}} not shown.',
  'meetings.line': '{day}, {hours}',
  'meetings.summary': '{count, plural, one {# upcoming meeting} other {# upcoming meetings}}',

  'welcome.title': 'Hello, I’m Parley',
  'welcome.what':
    'Tell me when and what about, and I make the Teams meeting. You get the link, the phone numbers and the passcode on one card.',
  'welcome.group':
    'Mention me with a day and a time, and I make the Teams meeting. Its card appears in the same place, for everybody to join.',
  'welcome.try': 'Try one of these',
  'welcome.permission': 'What I need',
  'welcome.consent':
    'The first time, you are asked to allow one permission (OnlineMeetings.ReadWrite). In some organisations an administrator has to approve it first.',
  'welcome.granted':
    'Nothing: an administrator has let me make Teams meetings for you. I cannot see your mail, files or calendar.',
  'welcome.limits':
    'With it I make meetings in your name. It does not let me see your mail, files or calendar. Write “sign out” at any time.',

  'settings.title': 'Your settings',
  'settings.saved': 'Saved',
  'settings.zone': 'Time zone',
  'settings.zoneOfTeams': '{zone}, as in your Teams',
  'settings.zoneUnknown': 'Not known yet, so I ask',
  'settings.minutes': 'Usual length',
  'settings.language': 'Invitations in',
  'settings.languageOfTeams': 'The language Teams uses for you',
  'settings.how': 'To change them, write for instance',
  'settings.examples':
    '“set my time zone to Berlin”, “my meetings are 25 minutes”, “invitations in French” or “reset my settings”.',

  'help.title': 'What you can write',
  'help.unknown': 'I did not understand that',
  'help.works': 'Perhaps you meant',
  'help.more': 'Write “help” to see everything.',
  'help.note': 'Any usual way of saying a day and a time will do. If something is unclear, I ask.',

  'phrase.create': 'meeting tomorrow 3pm about Q3',
  'phrase.create.does': 'makes the meeting and shows its link',
  'phrase.range': 'design review friday 10-11:30 with lee@contoso.com',
  'phrase.range.does': 'sets start and end, and who is coming',
  'phrase.now': 'meet now',
  'phrase.now.does': 'makes a meeting that starts now',
  'phrase.move': 'move Q3 to 4pm',
  'phrase.move.does': 'changes the time and keeps the link',
  'phrase.link': 'link for Q3',
  'phrase.link.does': 'shows its card again: the link, the phone numbers, the passcode, who is coming',
  'phrase.add': 'add lee@contoso.com to Q3',
  'phrase.add.does': 'adds somebody to a meeting that is there',
  'phrase.option': 'no lobby for Q3',
  'phrase.option.does': 'changes an option of a meeting: lobby, recording, chat, who can present',
  'phrase.cancel': 'cancel the Q3 meeting',
  'phrase.cancel.does': 'cancels it for everybody, after asking you once',
  'phrase.mention': '@Parley tomorrow 3pm design review with @Sam',
  'phrase.mention.does': 'makes the meeting and tells Sam',
  'phrase.mentionHelp': '@Parley help',
  'phrase.mentionHelp.does': 'shows what else you can write',
  'phrase.list': 'my meetings',
  'phrase.list.does': 'lists what is coming up, with links',
  'phrase.settings': 'my meetings are 25 minutes',
  'phrase.settings.does': 'changes the usual length',
  'phrase.zone': 'set my time zone to Berlin',
  'phrase.zone.does': 'changes the zone I read your times in',
  'phrase.show': 'settings',
  'phrase.show.does': 'shows your time zone, usual length and language',
  'phrase.help': 'help',
  'phrase.help.does': 'shows what you can write',
  'phrase.signin': 'sign in',
  'phrase.signin.does': 'signs you in before you need it',
  'phrase.relative': 'call in 20 minutes with lee@contoso.com',
  'phrase.relative.does': 'makes a meeting that starts soon',
  'phrase.signout': 'sign out',
  'phrase.signout.does': 'makes me forget what I hold for you',

  'answer.works': 'What works',
  'answer.event.title': 'Webinars and town halls are made in Teams itself',
  'answer.event.what':
    'Live events are retired. For a webinar or a town hall, open the calendar in Teams and choose it beside “New meeting”, if your Teams has it: not every government cloud does. An ordinary meeting, for up to 1,000 people, I make here.',
  'answer.producers.title': 'Producers and contributors belonged to live events',
  'answer.producers.what': 'Those are retired. In a meeting, co-organisers and presenters do that work.',
  'answer.organiser.title': 'A meeting belongs to the person who asks me',
  'answer.organiser.what':
    'I act in your name only, so I cannot make somebody else the organiser. They can ask me themselves, or press “Make my own” on your card in a group.',
  'answer.everybody.title': 'A meeting is for up to 1,000 people',
  'answer.everybody.what':
    'I invite people one by one, never a whole company. With more than 150 invited, the chat is open during the meeting only. Make the meeting and pass its link on; for a larger audience, make a town hall in Teams’ calendar, if it has them.',
  'answer.passcode.title': 'Teams makes the passcode',
  'answer.passcode.what':
    'One of your own is not possible, and an existing one cannot be changed. A new link brings a new passcode.',
  'answer.questions.title': 'Q&A is switched on in Teams itself',
  'answer.questions.what':
    'I have no switch for it: look in the meeting’s options in Teams, or make a town hall there, if your Teams has them. In an ordinary meeting, the chat is there for questions.',
  'answer.recurrence.title': 'I make one meeting at a time',
  'answer.recurrence.what':
    'A series is made in the calendar of Teams or Outlook. If it only has to be the same link each time, open a room: it is there at any time.',
  'answer.guests.title': 'Meetings need a work or school account from here',
  'answer.guests.what':
    'Guests and personal accounts cannot organise meetings, not by an invitation either. A colleague with an account here can ask me, and guests join with the link.',
  'answer.address.title': 'That older Graph address is gone',
  'answer.address.what':
    'I make meetings with the current one: POST /v1.0/me/onlineMeetings for whoever is signed in, or /v1.0/users/…/onlineMeetings where an administrator has set me up as an application. Just tell me when and what about.',
  'answer.transcript.title': 'I cannot fetch recordings or transcripts',
  'answer.transcript.what':
    'Teams hands out transcripts only for meetings that are in a calendar, and mine are in none. If you will need one, schedule that meeting in Teams’ calendar. Recording I can switch on from the start.',
  'answer.attendance.title': 'I have no attendance report',
  'answer.attendance.what':
    'The organiser finds it in Teams, in the meeting’s own details once it is over, if your administrator allows such reports.',
  'answer.expiry.title': 'A link lives for about 60 days',
  'answer.expiry.what':
    'They count from the end of the meeting, and begin anew whenever the meeting is used or changed. A room that is in use keeps its link.',
  'answer.dialIn.title': 'Phone numbers and PINs come from Teams',
  'answer.dialIn.what':
    'They belong to the organiser’s Audio Conferencing licence. I show the numbers, but can neither choose them nor set a PIN: your administrator can, and your own PIN is reset in Teams’ settings.',
  'answer.calendar.title': 'My meetings are not on your calendar by themselves',
  'answer.calendar.what':
    'The card of each meeting has two ways to put it there: a calendar file, and a form in Outlook.',
  'answer.chat.title': 'A meeting has its chat in Teams',
  'answer.chat.open': 'Open its chat',
  'answer.chat.what': 'It opens when you join. I can neither read it nor write in it.',

  'phrase.present': 'meeting tomorrow 3pm about the launch, only I can present',
  'phrase.present.does': 'everybody else listens',
  'phrase.coorganiser': 'meeting tomorrow 3pm with @Sam as co-organiser',
  'phrase.coorganiser.does': 'lets Sam run it with you',
  'phrase.newLink': 'new link for Q3',
  'phrase.newLink.does':
    'creates a new link and a new passcode, and removes the old meeting, after asking you once',
  'phrase.noPasscode': 'meeting tomorrow 3pm, no passcode',
  'phrase.noPasscode.does': 'makes it without any passcode',
  'phrase.room': 'our standup room',
  'phrase.room.does': 'the same link each time, open at any time',
  'phrase.invitation': 'invitation for Q3 in French',
  'phrase.invitation.does': 'shows a text to copy and pass on, with everything for joining',
  'phrase.record': 'meeting tomorrow 3pm, record it',
  'phrase.record.does': 'records it from the start; the file is kept in Teams',

  'signin.text': 'Sign in once, and I carry on with what you asked.',
  'signin.button': 'Sign in',

  'problem.retry': 'Try again',
  'problem.reference': 'Reference: {reference}',
  'problem.forward': 'Copy this for your administrator',
  'problem.message': 'Please approve the app Parley for our organisation: {url}',
  'problem.policyMessage':
    'Please let the app Parley make Teams meetings for us.\n\n1. In Microsoft Entra, grant it the application permission OnlineMeetings.ReadWrite.All.\n2. In Teams PowerShell:\nNew-CsApplicationAccessPolicy -Identity Parley -AppIds {appId}\nGrant-CsApplicationAccessPolicy -PolicyName Parley -Identity {user}\n(That is for me; -Group with a group, or -Global, is for more people.)\n3. It takes up to 30 minutes until Teams knows.\n\nMy account must be licensed for Teams, too.',
  'problem.accountMessage':
    'Parley could not make a Teams meeting for me (reference {reference}). Is my account licensed for Teams, and does its meeting policy let me schedule meetings?',
  'problem.appAccountMessage':
    'Parley could not make a Teams meeting for me (reference {reference}). Is my account (object id {user}) in our directory, licensed for Teams, and allowed to schedule meetings by its meeting policy? And does the application access policy of the app {appId} cover it?',
  'problem.openConsent': 'Open the approval page',
  'problem.forbidden.title': 'Teams said no',
  'problem.forbidden.what': 'Teams does not let your account do this.',
  'problem.forbidden.next':
    'Send the text below to your administrator. If you are a guest here, ask a colleague of this organisation to make the meeting.',
  'problem.accessPolicy.title': 'Your organisation has not let me do this yet',
  'problem.accessPolicy.what': 'I may not make Teams meetings for your account.',
  'problem.accessPolicy.next':
    'Send the text below to your administrator. It can take 30 minutes after that; then ask me again.',
  'problem.throttled.title': 'Too many requests just now',
  'problem.throttled.what': 'Teams has asked me to slow down, so nothing was made.',
  'problem.throttled.unchanged': 'Teams has asked me to slow down, so nothing was changed.',
  'problem.throttled.next': 'Wait a minute, then ask me again.',
  'problem.later': 'Ask me again in {minutes, plural, one {# minute} other {# minutes}}.',
  'problem.unavailable.title': 'Teams is not available just now',
  'problem.unavailable.what': 'I could not reach the part of Teams that makes meetings.',
  'problem.unavailable.next': 'Wait a few minutes, then ask me again.',
  'problem.timeout.title': 'Teams took too long',
  'problem.timeout.what': 'I do not know whether it worked. If a meeting was made, nobody has its link.',
  'problem.timeout.unsure': 'I do not know whether it worked.',
  'problem.timeout.next': 'Wait a moment, then ask me again.',
  'problem.lost.title': 'The answer from Teams got lost',
  'problem.lost.what': 'I do not know whether it worked. If a meeting was made, nobody has its link.',
  'problem.lost.unsure': 'I do not know whether it worked.',
  'problem.lost.next': 'Ask me again. A meeting whose link nobody has does no harm.',
  'problem.lost.again': 'Wait a moment, then ask me again.',
  'problem.personalAccount.title': 'A work or school account is needed',
  'problem.personalAccount.what': 'Teams meetings cannot be made for a personal account.',
  'problem.personalAccount.next': 'Switch to your work or school account in Teams and write to me there.',
  'problem.badRequest.title': 'Teams did not accept this meeting',
  'problem.badRequest.what': 'Something about it was not allowed, so nothing was made.',
  'problem.badRequest.change': 'Teams did not accept that',
  'problem.badRequest.unchanged':
    'Something about it was not allowed, so nothing was changed: the meeting and its link are as they were.',
  'problem.badRequest.next':
    'Try it more simply: a day, a time and a subject. For example: meeting tomorrow 3pm about Q3',
  'problem.badRequest.otherwise': 'Try it more simply, one thing at a time. For example: move Q3 to 4pm',
  'problem.gone.title': 'This meeting no longer exists',
  'problem.gone.what': 'It was deleted, or its link has expired.',
  'problem.gone.next': 'Make a new one. For example: meeting tomorrow 3pm about Q3',
  'problem.signInFailed.title': 'The sign-in did not work',
  'problem.signInFailed.what': 'Without it I cannot make meetings in your name, so nothing was made.',
  'problem.signInFailed.unchanged': 'Without it I cannot act in your name, so nothing was changed.',
  'problem.signInFailed.next':
    'Write “sign in” to try once more. If it fails again, give the reference to your administrator.',
  'problem.adminConsent.title': 'Your organisation has to approve me first',
  'problem.adminConsent.what':
    'I need one permission: to make online meetings for the person who asks. Only an administrator can allow it here.',
  'problem.adminConsent.next':
    'Send the text below to your administrator. Once it is approved, ask me again.',
  'problem.otherTenant.title': 'I am set up for another organisation',
  'problem.otherTenant.what': 'Your account belongs to an organisation that I do not serve.',
  'problem.otherTenant.next': 'Ask your own administrator to install Parley for your organisation.',
  'problem.misconfigured.title': 'I am not set up properly',
  'problem.misconfigured.what': 'Signing in does not work until that is put right. It is nothing you did.',
  'problem.misconfigured.next':
    'Give the reference to your administrator, and ask me again once they have fixed it.',
  'problem.unexpected.title': 'Something went wrong on my side',
  'problem.unexpected.what': 'I am sorry. I cannot say whether it worked.',
  'problem.unexpected.next': 'Ask me again. If it happens again, give the reference to your administrator.',

  'notice.signedIn': 'You are signed in. Tell me about a meeting, for example: meeting tomorrow 3pm about Q3',
  'notice.alreadySignedIn':
    'You are already signed in. Tell me about a meeting, for example: meeting tomorrow 3pm about Q3',
  'notice.signedOut':
    'You are signed out, and I have forgotten what I held for you. Meetings you made stay in Teams, and their links still work.',
  'notice.noSignIn':
    'You need not sign in here: I may make meetings for you already. For example: meeting tomorrow 3pm about Q3',
  'notice.forgotten':
    'I have forgotten what I held for you. Meetings you made stay in Teams, and their links still work. Nobody signs in to me here: to make no more meetings, just ask for none.',
  'notice.tooMany':
    'A meeting takes at most 1,000 guests. For more, make a town hall, if your Teams has them: in its calendar, open the menu of “New” and choose “Town hall”.',
  'notice.tooLong':
    'That is too long for me. Tell me the day, the time and the subject in a sentence or two.',
  'notice.language':
    'I read English only, for now, so I’ve changed nothing. Could you say it in English? For example: meeting tomorrow 3pm about Q3',
  'notice.oneToOneOnly': 'That is between the two of us: write it in our own chat, please.',
  'notice.noSuchMeeting': 'I found no meeting like that among yours. Write “my meetings” to see them all.',
  'notice.noSuchGuest': 'I found nobody like that among its guests. To see them: who is invited to Q3',
  'notice.nothingToUndo':
    'There’s no new time to take back. To change the meeting, write for example: move it to 4pm',
  'notice.notYourRequest':
    'Only the person who asked for this can make it. To make your own, tell me when and what about.',
  'notice.notYours':
    'Only the person who made this meeting can do that. To make your own, tell me when and what about.',
  'notice.expired': 'That was a while ago, and I no longer have it. Please write it again.',
  'notice.forgotMeetings':
    'You signed out, so I no longer have the meetings you made before, and can’t change or cancel them. They’re still in Teams, and their links work. For a new one: meeting tomorrow 3pm about Q3',
  'notice.leftAsIs': 'OK, I’ve left everything as it is.',
  'notice.alreadyDone': 'That has already been done. The newest card shows how things stand.',
  'notice.copied': 'Done: your own meeting is in the newest card here.',
  'notice.invited': 'Done: the invitation is in the newest message here.',
  'notice.invitationLater':
    'Teams did not give me the text of the invitation just now. Press “Invitation” on the card in a while.',
  'notice.gaveWay':
    'Your last five requests wait for your sign-in, and I’ve let an older one go. Please write it again once you’re signed in.',
  'notice.cityNeeded': 'I need a city for that time zone. For example: set my time zone to Kolkata',
  'notice.working': 'Working on it …',
  'notice.otherWork':
    'Something else is being done with this meeting. Press again when its card has changed.',
  'notice.tooSoon': 'That came right after the question, so I did nothing. If you mean it, press again.',
  'notice.thanks': 'You’re welcome.',
  'notice.noMeetings':
    'I know of no upcoming meetings that you made with me. To make one: meeting tomorrow 3pm about Q3',
  'notice.limit':
    'You have made as many meetings as I make for one person in an hour. I can make more in {minutes, plural, one {# minute} other {# minutes}}. To see those you have: my meetings',
  'notice.tenantLimit':
    'Your organisation has made as many meetings as I make for it in an hour. I can make more in {minutes, plural, one {# minute} other {# minutes}}. In a hurry? Make it in your Teams calendar. Your administrator can allow more.',
} as const;
