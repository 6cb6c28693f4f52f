import { page } from './html.ts';

/**
 * The pages that the Teams app names unless an administrator names better ones, by path: what Parley is, what becomes
 * of people's data, and on which terms it is used. deploy/README.md says the same at length.
 */
export const PUBLIC_PAGES: Readonly<Record<string, string>> = {
  '/': page(
    'Meetings from a sentence',
    `<p>Parley is a Microsoft Teams app. Write “meeting tomorrow 3pm about Q3” to it, and it answers with one card: the join link, the dial-in numbers and the passcode.</p>
<p>It is run by your own organisation, or by one that yours has let in. If it does not work for you, ask the people who look after Teams in yours.</p>
<p><a href="/privacy">Privacy</a> · <a href="/terms">Terms of use</a></p>`,
  ),
  '/privacy': page(
    'Privacy',
    `<p>Parley is run by your own organisation, or by one that yours has let in, in its own Azure subscription or on its own machines. Its makers receive nothing.</p>
<h2>What it may do</h2>
<p>It makes, reads, changes and deletes online meetings. It cannot read mail, files, calendars or chats, and in a group or channel it sees only the messages that mention it.</p>
<h2>What it keeps</h2>
<ul>
<li>A request that waits for your sign-in or your answer: 15 minutes.</li>
<li>A change, a new link or a cancellation that it is working on: until the card shows it, or for 24 hours after a crash.</li>
<li>Of each meeting it made: its id, times, subject, guests and options, where it was asked for, and the few words that a guess came from, until 60 days after its end. Never its passcode, and not its link, though one could be put together from the id.</li>
<li>How many meetings you made in this hour, until it is over; that you asked for a room of some name, as hashes, for 60 days; that you signed out, for 30 hours; how often you were sent to a stronger sign-in, for 10 minutes. These stay when you sign out.</li>
<li>To do everything once: ids of messages and clicks, for 15 minutes; of conversations that it has greeted, for 30 days. In groups and channels, which card belongs to which meeting or request, by ids, for 60 days. These stay when you sign out, too.</li>
<li>Your settings – time zone, usual length, language – until you write “sign out” to it.</li>
</ul>
<p>Access tokens stay in memory for up to an hour and a half. The log holds nothing that anybody typed, no names and no addresses.</p>
<h2>Your choices</h2>
<p>“my meetings” and “settings” show what is held about you. “sign out” deletes your settings, the record of your meetings and whatever waits for you at once. Where the store is a file, copies in its unused parts go within ten minutes; in a very large file some can stay longer. The meetings themselves stay in Teams, where they are yours.</p>`,
  ),
  '/terms': page(
    'Terms of use',
    `<p>Parley is open-source software under the MIT licence and comes without warranty. Your organisation runs it for you; its rules for Microsoft Teams apply here too.</p>
<p>Meetings that it makes are made in the name of whoever asked, and belong to them.</p>`,
  ),
};
