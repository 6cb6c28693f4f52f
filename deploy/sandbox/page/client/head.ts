import type { Boot, ConversationView, PersonView } from '../view.ts';
import { emblem } from './chats.ts';
import { avatar, byId, h } from './dom.ts';

type Choosers = {
  become(oid: string): Promise<void>;
  /** Teams is set to this language. */
  speak(locale: string): Promise<void>;
};

/** Who is played, and in which language; answers how to show that. */
export function createChoosers({ people, locales }: Boot, { become, speak }: Choosers) {
  const person = byId('me') as HTMLSelectElement;
  const language = byId('language') as HTMLSelectElement;
  for (const { oid, name, note } of people) person.append(h('option', { value: oid }, `${name} – ${note}`));
  for (const locale of locales) language.append(h('option', { value: locale }, languageName(locale)));
  person.addEventListener('change', () => void become(person.value));
  language.addEventListener('change', () => void speak(language.value));
  return ({ oid, name, locale }: PersonView): void => {
    person.value = oid;
    language.value = locale;
    byId('me-avatar').replaceChildren(avatar(name, false));
  };
}

function languageName(locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale;
}

/** Above the messages: which conversation is open, and whether the bot is in it. */
export function drawHead(conversation: ConversationView): void {
  const { name, type, team, members, installed } = conversation;
  const others = members.map((member) => member.name.split(' ')[0]).join(', ');
  byId('title').textContent = name;
  byId('subtitle').textContent = type === 'personal' ? 'Bot' : (team ?? others);
  byId('title-avatar').replaceChildren(emblem(conversation));
  const button = byId('membership');
  button.hidden = type === 'personal';
  button.textContent = installed ? 'Remove Parley' : 'Add Parley';
}
