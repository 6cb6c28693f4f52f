import { expect, test } from 'vitest';
import { parseText } from './reading.ts';

const GREETINGS = [
  'hi',
  'hey',
  'hello',
  'hiya',
  'yo',
  'hi there',
  'hello Parley,',
  'good morning,',
  'hey team,',
];
const SENTENCES = [
  'can you arrange a session fri 4.30pm on the standby list?',
  'make it 4pm instead',
  'can you make it at 11?',
  'move Q3 to 4pm',
  'what’s the passcode for Q3?',
  'my meetings',
];

test.each(GREETINGS.flatMap((greeting) => SENTENCES.map((sentence) => [greeting, sentence])))(
  '“%s %s” is what it is without the greeting',
  (greeting, sentence) => {
    expect(parseText(`${greeting} ${sentence}`)).toEqual(parseText(sentence));
  },
);

test.each([...GREETINGS, 'morning', 'how are you?', 'hey MeetBot'])('“%s” is a greeting', (text) => {
  expect(parseText(text)).toEqual({ kind: 'none', why: 'greeting' });
});
