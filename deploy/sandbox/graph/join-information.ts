import { escapeUTF8 } from 'entities';

/** What an invitation tells, in the words of one language. */
type Words = {
  join: string;
  meetingId: string;
  passcode: string;
  phone: string;
  toll: string;
  conferenceId: string;
  otherNumbers: string;
  options: string;
  video: string;
};

const WORDS: Readonly<Record<string, Words>> = {
  en: {
    join: 'Join the Teams meeting',
    meetingId: 'Meeting ID',
    passcode: 'Passcode',
    phone: 'By phone',
    toll: 'toll',
    conferenceId: 'Phone conference ID',
    otherNumbers: 'Numbers in other countries',
    options: 'Options for the organizer',
    video: 'Video conference ID',
  },
  de: {
    join: 'An der Teams-Besprechung teilnehmen',
    meetingId: 'Besprechungs-ID',
    passcode: 'Kenncode',
    phone: 'Per Telefon',
    toll: 'gebührenpflichtig',
    conferenceId: 'Telefonkonferenz-ID',
    otherNumbers: 'Nummern anderer Länder',
    options: 'Optionen für die Organisation',
    video: 'Videokonferenz-ID',
  },
  fr: {
    join: 'Rejoindre la réunion Teams',
    meetingId: 'ID de réunion',
    passcode: 'Code secret',
    phone: 'Par téléphone',
    toll: 'payant',
    conferenceId: 'ID de conférence téléphonique',
    otherNumbers: 'Numéros d’autres pays',
    options: 'Options de l’organisateur',
    video: 'ID de visioconférence',
  },
  es: {
    join: 'Unirse a la reunión de Teams',
    meetingId: 'ID de reunión',
    passcode: 'Código de acceso',
    phone: 'Por teléfono',
    toll: 'de pago',
    conferenceId: 'ID de conferencia telefónica',
    otherNumbers: 'Números de otros países',
    options: 'Opciones del organizador',
    video: 'ID de videoconferencia',
  },
  ja: {
    join: 'Teams 会議に参加する',
    meetingId: '会議 ID',
    passcode: 'パスコード',
    phone: '電話で参加',
    toll: '有料',
    conferenceId: '電話会議 ID',
    otherNumbers: 'ほかの国の番号',
    options: '開催者向けオプション',
    video: 'ビデオ会議 ID',
  },
};

/** What the invitation of one meeting holds. */
export type Invitation = {
  joinWebUrl: string;
  meetingOptionsWebUrl: string;
  joinMeetingId: string;
  passcode: string | null;
  phone: { toll: string | null; tollFree: string | null; conferenceId: string; url: string } | null;
  videoId: string | null;
};

/** Graph's `joinInformation.content`: a form-encoded data URL of HTML, in the first language asked for, else English. */
export function joinInformation(invitation: Invitation, acceptLanguage: string | undefined): string {
  const language = acceptLanguage?.split(',')[0]?.trim().slice(0, 2).toLowerCase() ?? 'en';
  const page = html(invitation, WORDS[language] ?? (WORDS.en as Words));
  return new URLSearchParams({ content: `data:text/html,${page}` }).toString().slice('content='.length);
}

function html(invitation: Invitation, words: Words): string {
  const { phone } = invitation;
  const rows = [
    `<a style="font-size:18px" href="${escapeUTF8(invitation.joinWebUrl)}" target="_blank">${words.join}</a>`,
    `${words.meetingId}: <span>${invitation.joinMeetingId}</span>`,
    invitation.passcode && `${words.passcode}: <span>${invitation.passcode}</span>`,
    phone?.toll && `${words.phone}: ${call(phone.toll, phone.conferenceId)} (${words.toll})`,
    phone?.tollFree && `${words.phone}: ${call(phone.tollFree, phone.conferenceId)}`,
    phone && `${words.conferenceId}: <span>${phone.conferenceId}&#35;</span>`,
    phone && `<a href="${escapeUTF8(phone.url)}" target="_blank">${words.otherNumbers}</a>`,
    invitation.videoId && `<a href="">sandbox@video.example</a> ${words.video}: ${invitation.videoId}`,
    `<a href="${escapeUTF8(invitation.meetingOptionsWebUrl)}" target="_blank">${words.options}</a>`,
  ].filter((row) => typeof row === 'string' && row !== '');
  const body = rows.map((row) => `\n    <div style="margin-bottom:10px">${row}</div>`).join('');
  return `\n<div style="width:100%;color:gray">________________</div>\n<div class="me-email-text">${body}\n</div>\n`;
}

function call(number: string, conferenceId: string): string {
  return `<a href="tel:${number.replace(/[^+\d]/g, '')},,${conferenceId}&#35;">${number}</a>`;
}
