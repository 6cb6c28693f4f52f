import { build } from 'esbuild';
import { hostConfig, styleSheet, type Theme } from './teams-look.ts';

/** A card under its sample's name. */
export type Drawing = { name: string; card: Record<string, unknown> };

/** The script of Microsoft's renderer, as the global `AdaptiveCards`. */
export async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from 'adaptivecards'", resolveDir: import.meta.dirname },
    bundle: true,
    format: 'iife',
    globalName: 'AdaptiveCards',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

/** A page that draws these cards as Teams does, each at this width in a `.card` whose id is its name. */
export function page(renderer: string, drawings: readonly Drawing[], theme: Theme, width: number): string {
  const data = JSON.stringify({ drawings, config: hostConfig(theme) }).replaceAll('<', '\\u003c');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title>
    <style>${styleSheet(theme)}
      body { columns: ${width + 24}px; column-gap: 24px; padding: 24px; }
      figure { margin: 0 0 24px; width: ${width}px; break-inside: avoid; }
      figcaption { font-size: 12px; margin-bottom: 4px; opacity: .7; }</style><body>
    <script>${renderer.replaceAll('</script', '<\\/script')}</script>
    <script type="application/json" id="data">${data}</script>
    <script>
      const showMentions = (block) => {
        if (!block.textContent.includes('<at>')) return;
        const parts = block.textContent.split(/<at>(.*?)<\\/at>/);
        block.replaceChildren(...parts.map((text, i) => {
          return i % 2 === 0 ? text : Object.assign(document.createElement('span'), { className: 'mention', textContent: text });
        }));
      };
      const { drawings, config } = JSON.parse(document.getElementById('data').textContent);
      for (const { name, card } of drawings) {
        const drawn = new AdaptiveCards.AdaptiveCard();
        drawn.hostConfig = new AdaptiveCards.HostConfig(config);
        drawn.parse(card);
        const frame = Object.assign(document.createElement('div'), { className: 'card', id: name });
        frame.append(drawn.render());
        for (const each of frame.querySelectorAll('.ac-textBlock')) showMentions(each);
        const figure = document.createElement('figure');
        figure.append(Object.assign(document.createElement('figcaption'), { textContent: name }), frame);
        document.body.append(figure);
      }
    </script>`;
}
