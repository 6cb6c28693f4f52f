import template from '../../../cards/welcome.json' with { type: 'json' };
import { toCard } from '../card-template.ts';
import { FIRST, type PhrasePlace, phraseRows, wordPhrases } from '../words/phrases.ts';

/** `place`: said to a group or team instead of to one person; `mode`: where nobody signs in; `hasCalendars`: CALENDAR=on. */
type WelcomeReply = {
  kind: 'welcome';
  place?: PhrasePlace;
  mode?: 'application';
  hasCalendars?: true;
};

/** Renders cards/welcome.json. A team or group is told less, for what concerns one person is said to that person. */
export const welcomeCard = toCard<WelcomeReply>(
  template,
  ({ place = 'personal', mode, hasCalendars }, { say }) => {
    const { text } = say;
    const isGroup = place === 'group';
    const needs =
      mode === 'application'
        ? [hasCalendars ? ('welcome.grantedCalendars' as const) : ('welcome.granted' as const)]
        : (['welcome.consent', hasCalendars ? 'welcome.limitsCalendars' : 'welcome.limits'] as const);
    const title = text('welcome.title');
    const what = text(isGroup ? 'welcome.group' : 'welcome.what');
    return {
      data: {
        title,
        what,
        tryTitle: text('welcome.try'),
        lists: phraseRows(wordPhrases(FIRST[place].slice(0, 3), place, say)),
        permissionTitle: isGroup ? [] : [text('welcome.permission')],
        permission: isGroup ? [] : needs.map((need) => text(need)),
      },
      speak: [title, what],
      summary: title,
    };
  },
);
