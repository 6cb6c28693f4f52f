import type { BundledPackage } from './packages.ts';

const RULE = `\n\n${'-'.repeat(72)}\n\n`;

/** The licenses of these packages as one text; those in the same words stand together. */
export function licenseText(packages: readonly BundledPackage[]): string {
  const list = packages.map(
    ({ name, version, license }) => `${name} ${version}: ${license ?? 'see its text'}`,
  );
  const each = packages.flatMap(({ name, texts }) => texts.map((text) => ({ name, text })));
  const shared = [...Map.groupBy(each, ({ text }) => text)];
  const texts = shared.map(([text, by]) => `${by.map(({ name }) => name).join(', ')}\n\n${text}`);
  return `${[list.join('\n'), ...texts].join(RULE)}\n`;
}
