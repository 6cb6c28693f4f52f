/** Teams' two looks that have colours of their own. */
export type Theme = 'light' | 'dark';

/** Colours close to those of Teams' own clients, so that what reads badly there reads badly here. */
export const PALETTES = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    panel: '#f5f5f5',
    border: '#d1d1d1',
    text: '#242424',
    subtle: '#616161',
    accent: '#5b5fc7',
    good: '#107c10',
    warning: '#f8d22a',
    attention: '#c4314b',
    button: '#ffffff',
    primary: '#5b5fc7',
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    panel: '#1f1f1f',
    border: '#525252',
    text: '#ffffff',
    subtle: '#adadad',
    accent: '#9299f7',
    good: '#92c353',
    warning: '#f8d22a',
    attention: '#f9526b',
    button: '#292929',
    primary: '#5b5fc7',
  },
} as const satisfies Record<Theme, Record<string, string>>;

const FONT = "'Segoe UI', 'Selawik', 'Liberation Sans', Arial, sans-serif";

/** Host configuration for the `adaptivecards` renderer that sizes, spaces and colours a card as Teams does. */
export function hostConfig(theme: Theme): Record<string, unknown> {
  const palette = PALETTES[theme];
  const colour = (name: 'text' | 'accent' | 'good' | 'warning' | 'attention') => ({
    default: palette[name],
    subtle: name === 'text' ? palette.subtle : palette[name],
  });
  const foregroundColors = {
    default: colour('text'),
    accent: colour('accent'),
    good: colour('good'),
    warning: colour('warning'),
    attention: colour('attention'),
  };
  const font = (fontFamily: string) => ({
    fontFamily,
    fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 200, default: 400, bolder: 600 },
  });
  return {
    supportsInteractivity: true,
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: palette.border },
    fontTypes: { default: font(FONT), monospace: font("'Courier New', 'Liberation Mono', monospace") },
    textStyles: { heading: { size: 'large', weight: 'bolder' } },
    textBlock: { headingLevel: 2 },
    containerStyles: {
      default: { backgroundColor: palette.card, foregroundColors },
      emphasis: { backgroundColor: palette.panel, foregroundColors },
    },
    inputs: {
      label: {
        requiredInputs: { weight: 'bolder' },
        optionalInputs: { weight: 'bolder' },
        inputSpacing: 'small',
      },
      errorMessage: { color: 'attention' },
    },
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
    },
    adaptiveCard: { allowCustomStyle: false },
  };
}

/** Style sheet for the renderer's `ac-…` classes; the card's frame is `.card`. */
export function styleSheet(theme: Theme): string {
  const { page, card, border, text, button, primary, accent, attention } = PALETTES[theme];
  return `
    :root { color-scheme: ${theme}; }
    body { margin: 0; background: ${page}; color: ${text}; font-family: ${FONT}; }
    .card { background: ${card}; border: 1px solid ${border}; border-radius: 8px; overflow: hidden; }
    .ac-horizontal-separator { overflow: hidden; }
    .ac-pushButton { min-height: 32px; padding: 5px 12px; border: 1px solid ${border}; border-radius: 4px;
      background: ${button}; color: ${text}; font: 600 14px ${FONT}; cursor: pointer; }
    .ac-pushButton.style-positive { background: ${primary}; border-color: ${primary}; color: #fff; }
    .ac-pushButton.style-destructive { border-color: ${attention}; color: ${attention}; }
    .mention { color: ${accent}; font-weight: 600; }
    .ac-pushButton > div { white-space: normal !important; }
    .ac-selectable { cursor: pointer; }
    .ac-selectable:focus-visible, .ac-pushButton:focus-visible { outline: 2px solid ${accent}; outline-offset: 2px; }
    .ac-input { box-sizing: border-box; width: 100%; min-height: 32px; padding: 5px 10px; border: 1px solid ${border};
      border-radius: 4px; background: ${card}; color: ${text}; font: 14px ${FONT}; }
    .ac-input.ac-toggleInput { min-height: 24px; padding: 0; border: 0; }
    textarea.ac-input { min-height: 100px; resize: vertical; }`;
}
