import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

// Microsoft's own parser of the Kusto language. Its two scripts make globals instead of exporting anything.
const require = createRequire(import.meta.url);
require('@kusto/language-service-next/bridge.min.js');
require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
type Globals = { WithDatabase(database: object): Globals };
type Diagnostic = { Message: string; Severity: string };
const { Bridge, Kusto } = globalThis as unknown as {
  Bridge: { toArray(list: unknown): Diagnostic[] };
  Kusto: {
    Language: {
      GlobalState: { Default: Globals };
      KustoCode: { ParseAndAnalyze(text: string, globals: Globals): { GetDiagnostics(): unknown } };
      Symbols: {
        TableSymbol: { $ctor7: new (name: string, schema: string, description: string) => object };
        DatabaseSymbol: { ctor: new (name: string, members: object[]) => object };
      };
    };
  };
};
const { GlobalState, KustoCode, Symbols } = Kusto.Language;

/** The columns that our queries may use, as Microsoft's reference of Azure Monitor's tables has them. */
const TABLES = {
  ContainerAppConsoleLogs:
    '(TimeGenerated: datetime, ContainerAppName: string, ContainerGroupName: string, RevisionName: string, Stream: string, Log: string)',
  ContainerAppSystemLogs:
    '(TimeGenerated: datetime, ContainerAppName: string, ReplicaName: string, RevisionName: string, Reason: string, Log: string, Count: int, EventSource: string)',
  AppMetrics:
    '(TimeGenerated: datetime, Name: string, ItemCount: int, Sum: real, Min: real, Max: real, Properties: dynamic)',
  AppAvailabilityResults:
    '(TimeGenerated: datetime, Name: string, Location: string, Success: bool, Message: string, DurationMs: real)',
};
const tables = Object.entries(TABLES).map(
  ([name, schema]) => new Symbols.TableSymbol.$ctor7(name, schema, ''),
);
const workspace = GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('logs', tables));

const faultsOf = (query: string) =>
  Bridge.toArray(KustoCode.ParseAndAnalyze(query, workspace).GetDiagnostics()).map(
    ({ Severity, Message }) => `${Severity}: ${Message}`,
  );

/** Bicep's single-quoted strings, with the variables and parameters in them filled in. */
function alertQueries(): [string, string][] {
  const bicep = readFileSync('deploy/azure/monitoring.bicep', 'utf8');
  const variables = new Map(
    [...bicep.matchAll(/^var (\w+) = '(.*)'$/gm)].map(([, name, text]) => [name, text]),
  );
  const fill = (text: string): string =>
    text.replace(/\$\{(\w+)\}/g, (_found, name) => fill(variables.get(name) ?? 'parley'));
  return [...bicep.matchAll(/key: '([\w-]+)'[\s\S]*?\n {4}query: '(.*)'\n/g)].map(
    ([, key = '', query = '']) => [`alert ${key}`, fill(query)],
  );
}

function workbookQueries(): [string, string][] {
  const items: { content: { title?: string; query?: string } }[] = JSON.parse(
    readFileSync('deploy/azure/workbook.json', 'utf8'),
  ).items;
  return items.flatMap(({ content: { title, query } }) =>
    query === undefined
      ? []
      : [[`workbook ${title}`, query.replaceAll('APP_NAME', 'parley').replaceAll('{Reference}', '1a2b3c4d')]],
  );
}

function pageQueries(): [string, string][] {
  const page = readFileSync('deploy/operations.md', 'utf8');
  const named = Object.keys(TABLES).join('|');
  return [...page.matchAll(new RegExp(`^(?:${named}) \\|.*$`, 'gm'))].map(([query]) => [
    'operations.md',
    query,
  ]);
}

test('the parser refuses a field whose name is a word of the language, and a column that is not there', () => {
  const log = 'ContainerAppConsoleLogs | extend e = parse_json(Log)';
  expect(faultsOf(`${log} | where e.where == "store"`)[0]).toContain("keyword 'where'");
  expect(faultsOf(`${log} | where Reference == "1a2b3c4d"`)[0]).toContain("'Reference'");
  expect(faultsOf(`${log} | where e["where"] == "store"`)).toEqual([]);
});

test('every query was found', () => {
  const titles = readFileSync('deploy/azure/monitoring.bicep', 'utf8').match(/^ {4}title: /gm);
  expect(alertQueries()).toHaveLength(titles?.length ?? 0);
  expect(workbookQueries().length).toBeGreaterThanOrEqual(6);
  expect(pageQueries().length).toBeGreaterThanOrEqual(1);
});

test.each([...alertQueries(), ...workbookQueries(), ...pageQueries()])('%s can be asked', (_name, query) => {
  expect(faultsOf(query)).toEqual([]);
});
