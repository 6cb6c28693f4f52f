/** What a person has been given by their administrator; it decides what Graph answers them. */
export type Licence = {
  teams: boolean;
  /** Without it Graph answers `audioConferencing: null`. */
  audioConferencing: boolean;
  /** Teams Premium: meeting templates, end-to-end encryption, watermarks. */
  premium: boolean;
  /** Cloud Video Interop: joining from third-party room systems. */
  videoInterop: boolean;
};

/** What the person's meeting policies let them decide; what they do not is not refused but left as it was. */
export type Policy = {
  /** End-to-end encryption. */
  encryption: boolean;
  recording: boolean;
  transcription: boolean;
  /** Who may present: without it, everyone. */
  presenters: boolean;
};

/** Somebody who can be signed in to the sandbox. */
export type Person = {
  /** Entra object id in `tenantId`. */
  oid: string;
  tenantId: string;
  upn: string;
  name: string;
  /** The id that Teams puts into an activity's `from`. */
  teamsId: string;
  /** IANA name. */
  zone: string;
  readonly locale: string;
  licence: Licence;
  policy: Policy;
  /** Invited into the tenant from outside: may join meetings, may not organise them. */
  guest: boolean;
};

/** The home tenant of the sandbox. */
export const CONTOSO = {
  id: '7d3c1a52-0b7e-4f5a-9a41-2f6d8c9be001',
  name: 'Contoso',
  domain: 'contoso.example',
};

/** Another company's tenant, whose people are strangers to the bot. */
const FABRIKAM = '2e9b64f0-58c1-4d0b-8f37-a1c4e7d05002';

const NONE: Licence = { teams: false, audioConferencing: false, premium: false, videoInterop: false };
const PLAIN: Licence = { ...NONE, teams: true };
const FULL: Licence = { teams: true, audioConferencing: true, premium: true, videoInterop: true };
const ALLOWED: Policy = { encryption: true, recording: true, transcription: true, presenters: true };

type Known = Pick<Person, 'oid' | 'name' | 'teamsId' | 'zone' | 'locale'> & Partial<Person>;

/** Somebody of the home tenant, called by their first name, whose policies allow everything. */
const person = (known: Known): Person => ({
  tenantId: CONTOSO.id,
  upn: `${known.name.split(' ')[0]?.toLowerCase()}@${CONTOSO.domain}`,
  licence: PLAIN,
  policy: ALLOWED,
  guest: false,
  ...known,
});

/** Everything licensed; London, where the clocks change. */
export const ADA = person({
  oid: 'a1f0c3d2-6b5e-4c47-9d18-3e0a5b7c1101',
  name: 'Ada Okafor',
  teamsId: '29:1AdaOkafor-hQ7mVx2LwTz0sXbNc4Rk8YpEj',
  zone: 'Europe/London',
  locale: 'en-GB',
  licence: FULL,
});

/** No Audio Conferencing: meetings without dial-in. */
export const BEN = person({
  oid: 'b2e1d4c3-7a6f-4d58-8e29-4f1b6c8d2202',
  name: 'Ben Castellanos',
  teamsId: '29:1BenCastellanos-kD3nWy9PqUa5tZcMf6Sj',
  zone: 'America/New_York',
  locale: 'en-US',
});

/** Dial-in but nothing more; a zone with a half-hour offset. */
export const CHANDRA = person({
  oid: 'c3d2e5b4-8b70-4e69-9f3a-501c7d9e3303',
  name: 'Chandra Iyer',
  teamsId: '29:1ChandraIyer-rF8vXo1MzKe7uBdLg2Th',
  zone: 'Asia/Kolkata',
  locale: 'en-IN',
  licence: { ...PLAIN, audioConferencing: true },
});

/** Home tenant, but no Teams licence: Graph refuses. */
export const DMITRI = person({
  oid: 'd4c3f6a5-9c81-4f7a-8a4b-612d8eaf4404',
  name: 'Dmitri Lange',
  teamsId: '29:1DmitriLange-yH5cZi4QwNb3vAfJm9Ug',
  zone: 'Europe/Berlin',
  locale: 'de-DE',
  licence: NONE,
});

/** A guest of the home tenant. */
export const GINA = person({
  oid: 'e5b4a7f6-ad92-408b-9b5c-723e9fb05505',
  upn: 'gina_fabrikam.example#EXT#@contoso.example',
  name: 'Gina Moreau (Guest)',
  teamsId: '29:1GinaMoreau-sJ6bXr0TzOd2wCgKn8Vf',
  zone: 'Europe/Paris',
  locale: 'fr-FR',
  licence: NONE,
  guest: true,
});

/** Works for another tenant. */
export const FELIX = person({
  oid: 'f6a5b8e7-bea3-419c-8c6d-834fa0c16606',
  tenantId: FABRIKAM,
  upn: 'felix@fabrikam.example',
  name: 'Felix Andersen',
  teamsId: '29:1FelixAndersen-tK7aYq3SxPe1xDhLo5We',
  zone: 'Europe/Copenhagen',
  locale: 'da-DK',
  licence: FULL,
});

/** Everybody, in the order in which the sandbox offers them. */
export const PEOPLE: readonly Person[] = [ADA, BEN, CHANDRA, DMITRI, GINA, FELIX];

/** The languages to which Teams can be set in the sandbox: those that they have at first. */
export const LOCALES: readonly string[] = [...new Set(PEOPLE.map(({ locale }) => locale))];
