const SHOWN_MS = 8_000;

/** The line that says that the bot is typing; by itself it is gone after a while. */
export function createTyping(line: HTMLElement) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (isTyping: boolean): void => {
    clearTimeout(timer);
    line.textContent = isTyping ? 'Parley is typing…' : '';
    if (isTyping) timer = setTimeout(() => show(false), SHOWN_MS);
  };
  return { show };
}
