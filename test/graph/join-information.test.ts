import { expect, test } from 'vitest';
import { decodeJoinInformation, invitationLines, type Links } from '../../bot/graph/join-information.ts';

const JOIN =
  'https://teams.microsoft.com/l/meetup-join/19%3ameeting_Zz%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%7d';
const NUMBERS = 'https://dialin.teams.microsoft.com/3c1e?id=456789123';
const LINKS: Links = {
  joinUrl: JOIN,
  dialIn: { conferenceId: '456789123', toll: ['+4420'], tollFree: [], url: NUMBERS },
  isTeams: (url) => /^https:\/\/(?:\w+\.)?teams\.microsoft\.com\//.test(url),
};

/** As Graph sends it: a form-encoded data URL, and a stray end behind it. */
const encoded = (html: string) =>
  `data%3Atext%2Fhtml%2C${new URLSearchParams({ '': html }).toString().slice(1)}%22%2C%0A`;
const linesOf = (html: string) => invitationLines(decodeJoinInformation(encoded(html)) ?? '', LINKS);

const INVITATION = `
  <div style="width:100%;height:20px"><span style="white-space:nowrap;color:gray">________________</span></div>
  <div class="me-email-text">
    <div><a class="me-email-headline" href="${JOIN.replaceAll('&', '&amp;')}" target="_blank">An der Besprechung teilnehmen</a></div>
    <div><a href="tel:+442079460123,,456789123&#35; ">+44 20 7946 0123</a><span>&nbsp;  (geb&#252;hrenpflichtig) </span></div>
    <div><span> Konferenz-ID: </span><span> 456 789 123# </span></div>
    <div><a href="${NUMBERS}">Ortsnummern suchen</a> | <a href="https://mysettings.example.com/pin">PIN zur&#xfc;cksetzen</a>
     | <a href="https://aka.ms/JoinTeamsMeeting">Mehr</a> | <a href="https://teams.microsoft.com/meetingOptions/?a=1&b=2">Optionen</a></div>
    <div>Videokonferenz</div><div><a href="">1@vc.example</a> VTC-ID: 0180 &amp; mehr</div>
    <div></div>
  </div>
  <div><span>________________</span></div>`;

test('an invitation becomes lines of text, with the addresses that guests may follow', () => {
  expect(linesOf(INVITATION)).toEqual([
    `An der Besprechung teilnehmen: ${JOIN}`,
    '+44 20 7946 0123 (gebührenpflichtig)',
    'Konferenz-ID: 456 789 123#',
    `Ortsnummern suchen: ${NUMBERS}`,
    'Videokonferenz',
    '1@vc.example VTC-ID: 0180 & mehr',
  ]);
});

test('it is decoded once: what is encoded within it stays', () => {
  expect(decodeJoinInformation('data%3Atext%2Fhtml%2C%3Cp%3Ea%2Bb+%2525+c%3C%2Fp%3E')).toBe(
    '<p>a+b %25 c</p>',
  );
});

test.each([
  ['null', null],
  ['nothing', ''],
  ['broken encoding', '%E0%A4%A'],
  ['far too much', 'a'.repeat(60_001)],
])('%s is no invitation', (_name, content) => {
  expect(decodeJoinInformation(content)).toBeNull();
});

test.each([
  ['a double-encoded link', `<a href="${encodeURI(JOIN)}">Join</a>`, [`Join: ${JOIN}`]],
  ['another host', '<p>a <a href="https://evil.example/l/meetup-join/1">Join here</a></p>', ['a']],
  [
    'a host that looks like it',
    '<p>a <a href="https://teams.microsoft.com.evil.example/meet/1">Join</a></p>',
    ['a'],
  ],
  [
    'no https',
    '<p>a <a href="http://teams.microsoft.com/meet/1">x</a><a href="javascript:alert(1)">y</a></p>',
    ['a'],
  ],
  [
    'a script',
    '<p>a</p><script>alert("<p>b</p>")</script><style>p { color: red }</style><p>c</p>',
    ['a', 'c'],
  ],
  ['a comment', '<p>a<!-- <b>hidden</b> --> b</p>', ['a b']],
  ['an unclosed tag', '<p>a <b>b', ['a b']],
  ['a lone bracket', '<p>1 < 2 > 0</p>', ['1 < 2 > 0']],
  ['entities that would be tags', '<p>&lt;b&gt;x&lt;/b&gt; &amp;amp; &#0;</p>', ['<b>x</b> &amp; \ufffd']],
  ['marks that turn a line around', '<p>a\u202eb\u2066c</p>', ['abc']],
  ['strokes only', '<p>____</p><p> | | </p><p>---</p>', []],
  ['a link across lines', `<a href="${JOIN}"><div>Join</div></a>`, ['Join', JOIN]],
])('%s', (_name, html, lines) => {
  expect(linesOf(html)).toEqual(lines);
});

test.each(['<a href="', '<', '<div ', '&#', '| ', '<!--', "<a href='x'>", '_'])(
  'repetition of %j ends in no more lines than there may be',
  (piece) => {
    const lines = invitationLines(piece.repeat(60_000 / piece.length), LINKS);
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.every((line) => line.length <= 1_500)).toBe(true);
  },
);
