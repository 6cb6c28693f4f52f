import type { DateTime } from 'luxon';
import type { Assumption, Need, Span, Topic, Unmet } from './command/command.ts';
import type { Fixed, FormChoices } from './meeting/form.ts';
import type { Held, Missed } from './meeting/granted.ts';
import type { Guest, Meeting } from './meeting/meeting.ts';

/** Something true about this meeting that the person should read on its card. */
export type Note =
  /** The old link no longer works; said only after Graph confirmed the deletion. */
  | 'oldLinkGone'
  /** The new meeting exists, but the old one could not be deleted. */
  | 'oldLinkAlive'
  /** The other reading was taken: other time, same link. `assumed` then holds the way back. */
  | 'moved'
  /** Something else than the time was changed; same link. */
  | 'changed'
  /** Guests given by e-mail or bare name get no invitation from Graph: the link must be passed on. */
  | 'shareLink'
  /** So many guests that the chat is there only while the meeting lasts. */
  | 'bigList'
  /** A room is new: it is there again whenever it is asked for. */
  | 'roomMade'
  /** A room was there: the link is the same as before. */
  | 'roomFound'
  /** The room has been given another name since. */
  | 'roomRenamed'
  /** Where others read along: a colleague who asks for a room of that name gets one of their own. */
  | 'roomOwn'
  /** Somebody else here has a room of that name already. */
  | 'roomOthers'
  /** What was asked for and cannot be had. */
  | Unmet;

/** Why something did not work. Each has its sentence and its next step in say/. */
export type Problem =
  | 'forbidden'
  /** The app itself may not act for this person (application mode). */
  | 'accessPolicy'
  | 'throttled'
  | 'unavailable'
  | 'timeout'
  /** The connection broke, or the answer was none: it may have worked. */
  | 'lost'
  | 'personalAccount'
  | 'badRequest'
  | 'gone'
  | 'signInFailed'
  | 'adminConsent'
  | 'otherTenant'
  /** Entra does not believe the bot: its own credential or registration. */
  | 'misconfigured'
  | 'unexpected';

/** What an administrator is asked for. */
export type AdminTask =
  /** Agree for everybody, at this https address. */
  | { kind: 'consent'; url: string }
  /** Let the app act for people: Entra ids of the app and of one of them. */
  | { kind: 'policy'; appId: string; user: string }
  /** Look at the person's licence and meeting policy. */
  | { kind: 'account' }
  /** The same where the app acts by itself: its policy, too. */
  | { kind: 'appAccount'; appId: string; user: string };

/** A plain sentence without a card. */
export type Notice =
  | 'signedIn'
  | 'alreadySignedIn'
  | 'signedOut'
  /** The bot acts by itself here (application mode): nobody signs in, and nobody out. */
  | 'noSignIn'
  | 'forgotten'
  | 'tooLong'
  | 'oneToOneOnly'
  /** No meeting fits what was said about it. */
  | 'noSuchMeeting'
  | 'notYours'
  /** Somebody else asked for this; they may ask for their own. */
  | 'notYourRequest'
  | 'expired'
  | 'alreadyDone'
  /** *Make my own* has posted a card of its own. */
  | 'copied'
  /** *Invitation* has posted a card of its own. */
  | 'invited'
  /** Teams did not hand the invitation out just now. */
  | 'invitationLater'
  | 'working'
  | 'thanks'
  | 'noMeetings'
  /** More guests than Teams takes. */
  | 'tooMany';

/** What an organiser's button on a meeting card does. */
export type CardVerb = 'regenerate' | 'change' | 'cancel' | 'invite';

/**
 * What somebody is told, without words or layout: say/ has the words, cards/ the layout. Ids and revisions in it are
 * looked up again, never trusted.
 */
export type Reply =
  | {
      kind: 'meeting';
      /** Opaque id and revision that the card's buttons carry. */
      id: string;
      revision: number;
      meeting: Meeting;
      /** The zone in which times are shown. */
      zone: string;
      guests: readonly Guest[];
      /** An alternative is offered as a button (verb `change`, `choice` its place in this list): null it for who may not take it. */
      assumed: readonly Assumption[];
      /** The length was not said but taken from the default. */
      assumedMinutes: number | null;
      notes: readonly Note[];
      /** It can be joined at any time, whatever times Graph keeps for it. */
      isRoom?: boolean;
      /** The options that were asked for: as they are, and those that could not be had. `templates`: all there are. */
      options?: { held: readonly Held[]; missed: readonly Missed[]; templates: readonly string[] };
      /** The buttons that work for whoever reads this card; absent: `regenerate` alone. */
      may?: readonly CardVerb[];
      /** Teams ids of the people who see another card than this one; Teams asks for theirs (verb `view`). */
      viewers?: readonly string[];
      /** People in the conversation whom Teams should tell about the card; Teams ids. */
      mentions?: readonly { id: string; name: string }[];
      /** Ways to a calendar: a file to download, and Outlook's compose page. Https addresses. */
      calendar?: { file: string; outlook: string } | null;
      /** Who made it, where the reader is somebody else; they may make their own. */
      organiser?: string | null;
    }
  | {
      /** What will be made as soon as the asker releases it, in a conversation where nobody can be asked silently. */
      kind: 'draft';
      id: string;
      asker: string;
      subject: string | null;
      start: DateTime;
      end: DateTime;
      zone: string;
      /** The options that were asked for. */
      options?: readonly Held[];
      guests: readonly Guest[];
      assumed: readonly Assumption[];
      assumedMinutes: number | null;
      unmet?: readonly Unmet[];
      isRoom?: boolean;
    }
  /** The form behind *Change*, filled with how things are. */
  | {
      kind: 'edit';
      id: string;
      revision: number;
      subject: string | null;
      /** ISO date and HH:mm in `zone`. */
      date: string;
      time: string;
      minutes: number;
      zone: string;
      choices: FormChoices;
      /** The options that there are, but not to be changed afterwards. */
      fixed: readonly Fixed[];
      /** Why the last try was not taken, if there was one. */
      wrong: 'past' | 'range' | 'dst' | null;
    }
  /** What cannot be taken back is asked first: cancelling, and a new link for what cannot be changed afterwards. */
  | {
      kind: 'confirm';
      /** Absent for cancelling; else the id of the request that waits, and the options that need a new link. */
      renew?: { request: string; options: readonly Held[] };
      id: string;
      revision: number;
      subject: string | null;
      start: DateTime;
      end: DateTime;
      zone: string;
      isRoom?: boolean;
    }
  /** A meeting that is no more: cancelled just now, gone from Teams, or over. */
  | {
      kind: 'ended';
      why: 'cancelled' | 'gone' | 'over';
      subject: string | null;
      start: DateTime;
      end: DateTime;
      zone: string;
      isRoom?: boolean;
    }
  /** Several meetings fit what was said; each is a button (verb `answer`, `choice` its place). */
  | {
      kind: 'which';
      id: string;
      wish: 'change' | 'cancel' | 'renew' | 'invite' | 'show';
      zone: string;
      choices: readonly { subject: string | null; start: DateTime; end: DateTime; isRoom?: boolean }[];
    }
  | {
      kind: 'ask';
      id: string;
      needs: readonly Need[];
      choices: readonly Span[];
      /** ISO date. What is known of day and time fills the pickers. */
      date: string | null;
      /** HH:mm, in `zone`. */
      time: string | null;
      /** Null: the zone is one of the questions. */
      zone: string | null;
      subject: string | null;
      minutes: number;
      /** What cannot be had, for the person to decide whether they want the meeting without it. */
      unmet?: readonly Unmet[];
      /** Bare names that fit nobody or several people of the conversation: each is asked (input `who0`, `who1`, …). */
      names?: readonly { said: string; candidates: readonly { id: string; name: string }[] }[];
    }
  | {
      kind: 'meetings';
      zone: string;
      /** How many later ones there are beyond these. */
      more?: number;
      meetings: readonly {
        subject: string | null;
        start: DateTime;
        end: DateTime;
        joinUrl: string;
        isRoom?: boolean;
      }[];
    }
  /** `place`: said to a group or team instead of to one person; `mode`: where nobody signs in. */
  | { kind: 'welcome'; place?: 'group'; mode?: 'application' }
  | {
      kind: 'settings';
      /** Null: nobody knows, so every command asks. */
      zone: string | null;
      /** The zone comes from Teams, not from the person. */
      isTeamsZone: boolean;
      minutes: number;
      /** BCP 47 tag of the language of invitations; null: Teams' own choice. */
      language: string | null;
      /** Something was just changed. */
      isChanged: boolean;
    }
  /** `quoted`: text that was not understood, said back with the phrases that come nearest to it. */
  | { kind: 'help'; quoted: string | null }
  /** The text to pass on, in the language that was asked for (BCP 47), or in English where Teams has none in it. */
  | {
      kind: 'invitation';
      id: string;
      meeting: Meeting;
      zone: string;
      isRoom: boolean;
      /** Graph's own lines: how to join. */
      lines: readonly string[];
      language: string;
      isEnglish: boolean;
      /** `text`: a message that holds nothing else, to be copied and forwarded whole. */
      as: 'card' | 'text';
      /** The reader may ask for it in another language. */
      isOwn: boolean;
    }
  /** What cannot be had or is found elsewhere, and what works instead. */
  | {
      kind: 'answer';
      topic: Topic;
      /** The meeting that it is about; `chat`: the address of its chat, `calendar`: of its ways to a calendar. */
      about?: {
        subject: string | null;
        start: DateTime;
        end: DateTime;
        zone: string;
        isRoom?: boolean;
        calendar: { file: string; outlook: string } | null;
        chat: string | null;
      };
    }
  | {
      kind: 'signin';
      startUrl: string;
      /** Null: only the button, where silent sign-in has failed. */
      exchange: { id: string; uri: string } | null;
    }
  | {
      kind: 'problem';
      problem: Problem;
      /** It was about a meeting that is there already. */
      isChange?: true;
      /** Correlation id that the operator finds in the log. */
      reference: string;
      /** Parked request that *Try again* would release; null where trying again cannot help. */
      retryId: string | null;
      /** What only an administrator can do; the card has a text to forward. */
      admin: AdminTask | null;
    }
  | { kind: 'notice'; notice: Notice }
  /** This person, or all of their tenant together, made as many meetings in an hour as they may; then they may again. */
  | { kind: 'notice'; notice: 'limit' | 'tenantLimit'; until: DateTime };

/** What render() promises: a card, or a text where a sentence is enough. */
export type Rendered =
  | { kind: 'card'; card: Record<string, unknown>; summary: string }
  | { kind: 'oauth'; text: string; buttonTitle: string }
  | { kind: 'text'; text: string };
