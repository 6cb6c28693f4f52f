import type { Options } from '../command.ts';

/** The words in the notation of `words`, and what they ask for. */
export type Row = readonly [notation: string, set: Options];

/** What is asked of passcode, recording, lobby and chat, and the words for it. */
export const ROWS: readonly Row[] = [
  [
    'no|without|w/o|skip|drop|disable|omit|remove a|the|any? passcode|passcodes|password|passwords|pin needed|required|please?',
    { passcode: false },
  ],
  [
    "don't|dont|not|doesn't require|need|want|use|add|have a|the|any? passcode|password|pin",
    { passcode: false },
  ],
  ['do not require|need|want|use|add a|the|any? passcode|password|pin', { passcode: false }],
  ['with|with no need for a|any? passcode|password', { passcode: false }],
  ['no need for a|any? passcode|password', { passcode: false }],
  ['passcode|password|pin off|disabled', { passcode: false }],
  ['passcode|password|pin not needed|required|necessary', { passcode: false }],
  ['passcode|password free', { passcode: false }],
  [
    'and? with|add|require|requires|requiring|need|needs|use|set|include|includes|including|put|want|needing|plus|make a|the|us|me? a? passcode|password|pin on|required|please?',
    { passcode: true },
  ],
  ['passcode|password on|required|enabled|protected|protection|needed', { passcode: true }],
  ["don't|dont|not record|recording it|this|that|the? meeting|call|session?", { record: false }],
  ['do not record it|this|that|the? meeting|call|session?', { record: false }],
  ['no|without a|any? recording|recordings', { record: false }],
  ['not recorded', { record: false }],
  ['recording|recordings off|disabled', { record: false }],
  ['turn|switch off the|all? recording|recordings', { record: false }],
  ['stop|cancel|disable|remove the? recording|recordings', { record: false }],
  ['turn|switch the? recording off', { record: false }],
  [
    'record|recorded|recording and|&|plus|+ transcribe|transcribed|transcript|transcription|transcribing it|this|the|everything|please? meeting|call|session?',
    { record: true, transcribe: true },
  ],
  [
    'transcribe|transcribed|transcript|transcription and|&|plus|+ record|recorded|recording it|this|the|please? meeting|call|session?',
    { record: true, transcribe: true },
  ],
  ['turn|switch on recording and transcription', { record: true, transcribe: true }],
  ['with|with a? recording and a? transcript|transcription', { record: true, transcribe: true }],
  ['please? auto|automatically? record it|this|that|everything|automatically|us', { record: true }],
  ['please? auto|automatically? record the|our meeting|call|session|thing', { record: true }],
  ['auto|automatically record|recording|recorded', { record: true }],
  ['turn|switch|put on recording', { record: true }],
  ['turn|switch|put the? recording on', { record: true }],
  ['start|enable|with|turn|want|needs|need the|a? recording on|enabled|started|please?', { record: true }],
  ['recording on|enabled|please', { record: true }],
  ["needs|need|should|must|will|i'd|want|it to be? recorded", { record: true }],
  ['to be recorded', { record: true }],
  ['and to? record', { record: true }],
  ['please record', { record: true }],
  ['no|without a|any? transcript|transcription|transcripts', { transcribe: false }],
  ["don't|dont transcribe it?", { transcribe: false }],
  ['turn|switch off the? transcription|transcript|transcripts', { transcribe: false }],
  ['turn|switch the? transcription|transcript|transcripts off', { transcribe: false }],
  ['transcription|transcript|transcripts off|disabled', { transcribe: false }],
  ['please? transcribe it|this|that|everything', { transcribe: true }],
  ['please? transcribe the|our meeting|call|session', { transcribe: true }],
  ['turn|switch|put on transcription|transcripts|transcript', { transcribe: true }],
  [
    'with|enable|start|need|want|turn|include a|the? transcript|transcription|transcripts on|enabled|please?',
    { transcribe: true },
  ],
  ['transcription|transcript|transcripts on|enabled|please', { transcribe: true }],
  ['and to? transcribe', { transcribe: true }],
  ['please transcribe', { transcribe: true }],
  ['needs|need|should|must to? be? transcribed', { transcribe: true }],
  ['not encrypted', { encrypted: false }],
  ['no|without encryption', { encrypted: false }],
  ['make it|this? end to end encrypted', { encrypted: true }],
  ['make it|this encrypted', { encrypted: true }],
  ['with|use|using|enable|and|turn on? end to end encryption|encrypted on?', { encrypted: true }],
  ['with|use|using|enable|turn on? e 2 e|ee', { encrypted: true }],
  ['with|use|using|enable|turn on? e 2 e|ee|full? encryption', { encrypted: true }],
  ['end to end encrypted|encryption on|please?', { encrypted: true }],
  ['e 2 e|ee encrypted|encryption|protected?', { encrypted: true }],
  ['encryption on|enabled|please', { encrypted: true }],
  ['no|without|skip|disable|drop the|a|any? lobby|lobbies|waiting room?', { lobby: 'everyone' }],
  ['no|without|skip a|the? waiting room', { lobby: 'everyone' }],
  ['lobby off|disabled', { lobby: 'everyone' }],
  ['turn|switch off the? lobby', { lobby: 'everyone' }],
  ['turn the? lobby off', { lobby: 'everyone' }],
  [
    'let|allow everyone|anyone|everybody|anybody|all|people in|straight|directly|join|right to? in? straight|directly|without|immediately? away|in|waiting?',
    { lobby: 'everyone' },
  ],
  ['let|allow everyone|anyone|everybody|anybody to? skip|bypass the? lobby', { lobby: 'everyone' }],
  ['lobby for|bypass for? nobody|no-one', { lobby: 'everyone' }],
  ['bypass|skip the? lobby for everyone|anyone|all', { lobby: 'everyone' }],
  ['lobby bypass|open for|to everyone|anyone|all', { lobby: 'everyone' }],
  ['lobby for|only for? all? the? guests|externals|outsiders|visitors|strangers', { lobby: 'organization' }],
  [
    'lobby for|only for? all? the? external|outside|people|anyone|anybody people|guests|participants|attendees|outside|external us|our|the|my? org|organisation|organization|company|tenant?',
    { lobby: 'organization' },
  ],
  [
    'all? external|outside? guests|externals|outsiders|visitors|people should|must|to|have|will? to? wait|waiting|go|sit|stay|land|in|through|via in|through|via? the lobby',
    { lobby: 'organization' },
  ],
  [
    'everyone|everybody|all|people should|must|to|has|have|will|goes|go? to? wait|waits|waiting|through|in|via|sits|stays|starts in|through|via? the lobby',
    { lobby: 'organizer' },
  ],
  ['hold|keep|put everyone|everybody|people|all in the lobby', { lobby: 'organizer' }],
  [
    'nobody|none|no bypasses|skips|one|gets bypasses|skips|past? the lobby but|except|apart|other|besides? from|than? me|for?',
    { lobby: 'organizer' },
  ],
  ['lobby for everyone|everybody|all', { lobby: 'organizer' }],
  ['lobby on|enabled', { lobby: 'organizer' }],
  ['no|without|disable|w/o the|any? chat|chats|messaging please?', { chat: 'disabled' }],
  ['with no chat', { chat: 'disabled' }],
  ['turn|switch off the? meeting? chat', { chat: 'disabled' }],
  ['turn|switch the? meeting? chat off', { chat: 'disabled' }],
  ['chat off|disabled|blocked|closed', { chat: 'disabled' }],
  ['chat is|to|should be? off|disabled', { chat: 'disabled' }],
  [
    'limited|limit|restrict|restricted the|meeting? chat to|during|only|while? the|in|during? meeting|call|session? the|meeting? only|time?',
    { chat: 'limited' },
  ],
  ['chat limited|restricted to? the? meeting|call?', { chat: 'limited' }],
  [
    'with|keep|have|allow? chat only? during|in|while|for the|we|meeting|call meeting|call|session|meet|time|only? itself|only?',
    { chat: 'limited' },
  ],
  ['chat on|enabled|allowed|open', { chat: 'enabled' }],
  ['enable|allow|with|keep|turn the|on|meeting? chat on|open|enabled?', { chat: 'enabled' }],
  ['people|everyone|attendees|participants|guests can|may chat', { chat: 'enabled' }],
  [
    'announce|announcing people|callers|who|when|joiners|arrivals|joining|entry joining|joins|people|join|who|callers? join|joins|and? leave|leaves?',
    { announce: true },
  ],
  ['no|without entry|join|joining announcements|announcement', { announce: false }],
];

const OFF = 'off|muted|disabled|mute|blocked';
const ON = 'on|enabled|allowed|open';
const MIC = 'mic|mics|mike|mikes|microphone|microphones|audio';
const CAM = 'camera|cameras|cam|cams|video|videos|webcam|webcams';
const PEOPLE = 'people|everyone|everybody|attendees|participants|guests|all|anyone|students|viewers';
const MODAL = 'can|may|must|should|will|could|are';
const NOT = "can't|cant|cannot|won't|wont|shouldn't|shouldnt|mustn't|couldn't|aren't|not";
/** Microphones and cameras. */
export const DEVICE_ROWS: readonly Row[] = [
  [`no|without|disable|block|w/o ${MIC} and|or|&|nor|, ${CAM}`, { mic: false, camera: false }],
  [`no|without|disable|block|w/o ${CAM} and|or|&|nor|, ${MIC}`, { mic: false, camera: false }],
  [`no ${MIC} and|or|&|, no ${CAM}`, { mic: false, camera: false }],
  [`no ${CAM} and|or|&|, no ${MIC}`, { mic: false, camera: false }],
  [`${MIC} and|&|+|/ ${CAM} are|both? ${OFF}`, { mic: false, camera: false }],
  [`${CAM} and|&|+|/ ${MIC} are|both? ${OFF}`, { mic: false, camera: false }],
  [`${MIC} and|&|+|/ ${CAM} are|both? ${ON}`, { mic: true, camera: true }],
  [`${CAM} and|&|+|/ ${MIC} are|both? ${ON}`, { mic: true, camera: true }],
  [
    `${PEOPLE} can|may|could|should use|turn on? their|the? ${MIC} and|&|or their? ${CAM} on?`,
    { mic: true, camera: true },
  ],
  [
    `${PEOPLE} can|may|could|should use|turn on? their|the? ${CAM} and|&|or their? ${MIC} on?`,
    { mic: true, camera: true },
  ],
  [
    `let|allow ${PEOPLE} to? use|turn on? their|the? ${MIC} and|&|or their? ${CAM} on?`,
    { mic: true, camera: true },
  ],
  [
    `let|allow ${PEOPLE} to? use|turn on? their|the? ${CAM} and|&|or their? ${MIC} on?`,
    { mic: true, camera: true },
  ],
  [`let|allow ${PEOPLE} to? use|turn on? their|the? ${MIC} on?`, { mic: true }],
  [`let|allow ${PEOPLE} to? use|turn on? their|the? ${CAM} on?`, { camera: true }],
  [`${PEOPLE} can|may|could|should use|turn on? their|the? ${MIC} on?`, { mic: true }],
  [`${PEOPLE} can|may|could|should use|turn on? their|the? ${CAM} on?`, { camera: true }],
  [`${PEOPLE} can|may|could unmute themselves?`, { mic: true }],
  [`${PEOPLE} ${NOT} be? able|allowed? to? unmute themselves?`, { mic: false }],
  [`${PEOPLE} ${MODAL} not|never be? able|allowed? to? unmute themselves?`, { mic: false }],
  ['nobody|none|noone|no-one can|may|should|is be? able|allowed? to? unmute themselves?', { mic: false }],
  [`${PEOPLE} ${NOT} be? able|allowed? to? use|turn on? their|the? ${MIC} on?`, { mic: false }],
  [`${PEOPLE} ${NOT} be? able|allowed? to? use|turn on? their|the? ${CAM} on?`, { camera: false }],
  [`${PEOPLE} ${MODAL} not|never be? able|allowed? to? use|turn on? their|the? ${MIC} on?`, { mic: false }],
  [
    `${PEOPLE} ${MODAL} not|never be? able|allowed? to? use|turn on? their|the? ${CAM} on?`,
    { camera: false },
  ],
  [`${PEOPLE} should|will|are be? able|allowed to unmute themselves?`, { mic: true }],
  [`allow|enable|with|turn on? ${MIC} and|&|or ${CAM} on?`, { mic: true, camera: true }],
  [`allow|enable|turn on? the? ${MIC} on?`, { mic: true }],
  [`allow|enable|turn on? the? ${CAM} on?`, { camera: true }],
  [`turn|switch off the|all|everyone's? ${MIC}`, { mic: false }],
  [`turn|switch off the|all|everyone's? ${CAM}`, { camera: false }],
  [`turn|switch the|all|everyone's? ${MIC} off`, { mic: false }],
  [`turn|switch the|all|everyone's? ${CAM} off`, { camera: false }],
  [`no|without|disable|block|w/o the|any? ${MIC}`, { mic: false }],
  [`no|without|disable|block|w/o the|any? ${CAM}`, { camera: false }],
  [`${MIC} are? ${OFF}`, { mic: false }],
  [`${CAM} are? ${OFF}`, { camera: false }],
  [`with? ${MIC} are? ${ON}`, { mic: true }],
  [`with? ${CAM} are? ${ON}`, { camera: true }],
  [`mute ${PEOPLE}|them|us`, { mic: false }],
  [`${PEOPLE} on? muted|mute`, { mic: false }],
  [
    'all? attendees|participants|guests|everyone join|joins|joining|start|starts|enter|enters muted|mute',
    { mic: false },
  ],
];

/** Words that ask for something only where they stand by themselves: ", passcode, recorded". */
export const BOUNDED: readonly Row[] = [
  ['passcode|password protected?', { passcode: true }],
  ['recorded|record|recording', { record: true }],
  ['transcribed|transcribe|transcript|transcription', { transcribe: true }],
  ['encrypted|encryption', { encrypted: true }],
  ['muted', { mic: false }],
];
