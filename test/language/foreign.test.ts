import { expect, test } from 'vitest';
import { FRAME, readText } from './reading.ts';

// Commands and talk in languages that there is no pack for, with words that packs know ("meeting", "call", "team").
const TEXTS = `
es programa una reunión con Marta el jueves a las 10
es mueve la llamada con ventas a las 16:00
es cancela el meeting de mañana con el equipo
es tengo dentista el viernes a las 9, no llego al call
it fissa una riunione con Paolo giovedì alle 10
it sposta la call con il team alle 16:30
it annulla il meeting di domani
it il corriere passa alle 14 con due pacchi
pt marca uma reunião com a Joana na quinta às 10h
pt muda a call do projeto para as 16h30
pt cancela o meeting de amanhã por favor
pt quero um call hj 17h c/ a turma do armazém, 30 min
es un call hoy 17h con la gente del taller, 30 min
nl graag een call 17:00 met de jongens van het magazijn, 30 min
pt o cliente chega às 9 e depois temos almoço
nl plan een meeting met Sanne donderdag om 10 uur
nl verzet de call met het team naar 16:30
nl annuleer de standup van morgen
nl de monteur komt om 14 uur langs
pl zaplanuj spotkanie z Olą w czwartek o 10
pl przenieś call z zespołem na 16:30
pl odwołaj jutrzejszy meeting
pl kurier będzie o 14, proszę odebrać
sv boka ett möte med Lars på torsdag kl 10
sv flytta mötet med teamet till 16:30
sv ställ in dagens standup tack
sv hantverkaren kommer klockan 14
da book et møde med Lone torsdag kl 10
da flyt mødet med teamet til 16:30
da aflys vores standup i dag
da håndværkeren kommer klokken 14
fi varaa kokous Matin kanssa torstaina klo 10
fi siirrä palaveri kello 16:30
fi peru huominen tapaaminen
fi lähetti tulee kello 14
cs naplánuj schůzku s Evou ve čtvrtek v 10
cs přesuň call s týmem na 16:30
cs zruš zítřejší meeting prosím
cs kurýr přijde ve 14 hodin
hu szervezz egy megbeszélést Annával csütörtökön 10-kor
hu tedd át a hívást 16:30-ra
hu töröld a holnapi meetinget
hu a futár 14 órakor jön
ro programează o ședință cu Ana joi la 10
ro mută apelul cu echipa la 16:30
ro anulează meetingul de mâine
ro curierul vine la ora 14
tr perşembe 10'da Ayşe ile toplantı ayarla
tr ekip görüşmesini 16:30'a al
tr yarınki toplantıyı iptal et
tr kurye saat 14'te geliyor`
  .trim()
  .split('\n')
  .map((line) => [line.slice(0, 2), line.slice(3)] as const);

const OWN: Readonly<Record<string, string>> = { es: 'es-ES', pt: 'pt-BR', nl: 'nl-NL' };

test.each(TEXTS)('%s: %s makes and changes nothing', (language, text) => {
  for (const locale of ['en-GB', 'de-DE', 'fr-FR', OWN[language] ?? language]) {
    const { command, way } = readText(text, { ...FRAME, locale });
    expect(['leave', 'ask', 'draft']).toContain(way);
    if (way !== 'leave') expect(command.kind).not.toBe('cancel');
  }
});

test('of such texts few are even asked about', () => {
  const asked = TEXTS.filter(([, text]) => readText(text).way !== 'leave');
  expect(asked.length).toBeLessThanOrEqual(5);
});
