import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A package that is in the bundle, with what it says of its license. */
export type BundledPackage = {
  name: string;
  version: string;
  /** As its package.json has it; null where that says nothing. */
  license: string | null;
  /** The words that go along with it. */
  texts: readonly string[];
  /** Of its archive, as the lockfile has it. */
  integrity: string;
};

const PackageJson = z.object({ name: z.string(), version: z.string(), license: z.string().nullish() });
const Lockfile = z.object({ packages: z.record(z.string(), z.object({ integrity: z.string().optional() })) });

/** The packages that these files are from, by their folders in the lockfile; a file of ours is from none. */
export function readPackages(files: readonly string[], lockfile: string): BundledPackage[] {
  const { packages } = Lockfile.parse(JSON.parse(lockfile));
  return packageFolders(files).map((folder) => {
    const { license = null, ...rest } = PackageJson.parse(
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
    );
    const { integrity = '' } = packages[folder] ?? {};
    return { ...rest, license, integrity, texts: licenseTexts(folder) };
  });
}

/** The folders of packages among these files, nested and scoped ones too. */
export function packageFolders(files: readonly string[]): string[] {
  const folders = files.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

/** Where there is no file for it, old packages say it at the end of their readme. */
function licenseTexts(folder: string): string[] {
  const files = readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile());
  const named = (pattern: RegExp) => files.map(({ name }) => name).filter((name) => pattern.test(name));
  const own = named(/^(licen[cs]e|copying|copyright|notice)/i);
  return (own.length > 0 ? own : named(/^readme/i)).map((name) =>
    readFileSync(join(folder, name), 'utf8').trim(),
  );
}
