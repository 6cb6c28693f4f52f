import type { BundledPackage } from './packages.ts';

/**
 * The bill of materials of a bundle in CycloneDX 1.5: what is in it, and nothing else. The same bundle has the same bill;
 * it has no time and no number of its own.
 */
export function billOfMaterials(
  application: { name: string; version: string },
  packages: readonly BundledPackage[],
): string {
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': 'bundle', ...application } },
    components: [...new Map(packages.map((bundled) => [packageUrl(bundled), component(bundled)])).values()],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

const packageUrl = ({ name, version }: BundledPackage) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

function component(bundled: BundledPackage) {
  const { name, version, license, integrity } = bundled;
  const purl = packageUrl(bundled);
  const content = Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
  return {
    ...{ type: 'library', 'bom-ref': purl, name, version, purl },
    ...(license === null ? {} : { licenses: [{ expression: license }] }),
    hashes: [{ alg: 'SHA-512', content }],
  };
}
