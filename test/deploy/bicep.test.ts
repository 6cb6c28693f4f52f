import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { Language, type Node, Parser } from 'web-tree-sitter';

// No compiler of Bicep is to be had here. A grammar is: what does not parse, and names that nobody declares, are told.
await Parser.init();
const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
const parser = new Parser();
parser.setLanguage(await Language.load(grammar));

const FILES = ['deploy/azure/main.bicep', 'deploy/azure/monitoring.bicep'];

function parse(text: string): Node {
  const tree = parser.parse(text);
  if (tree === null) throw new Error('The grammar gave up.');
  return tree.rootNode;
}

const all = (node: Node): Node[] => [
  node,
  ...node.children.flatMap((child) => (child === null ? [] : all(child))),
];
const faultsOf = (text: string) =>
  all(parse(text))
    .filter(({ isError, isMissing }) => isError || isMissing)
    .map(({ startPosition, text: wrong }) => `line ${startPosition.row + 1}: ${wrong.slice(0, 60)}`);

/** Functions of Bicep that the templates call. */
const FUNCTIONS = [
  'empty',
  'environment',
  'filter',
  'concat',
  'guid',
  'json',
  'loadTextContent',
  'map',
  'replace',
  'resourceGroup',
  'resourceId',
  'string',
  'subscriptionResourceId',
  'take',
  'tenant',
  'union',
  'uniqueString',
];
const DECLARATIONS = [
  'parameter_declaration',
  'variable_declaration',
  'resource_declaration',
  'module_declaration',
  'output_declaration',
];

/** Where an identifier is a keyword, or names what is declared. */
const NOT_NAMED_IN = ['decorator', 'type', 'resource_declaration', 'module_declaration'];

/** The names of one template: what it declares, and what it speaks of. */
function namesIn(text: string) {
  const nodes = all(parse(text));
  const declarations = nodes.filter(({ type }) => DECLARATIONS.includes(type));
  const bound = nodes.filter(({ type }) => type === 'for_statement' || type === 'lambda_expression');
  const nameOf = (node: Node) => node.namedChildren.find((child) => child?.type === 'identifier');
  const declared = [...declarations, ...bound].map(nameOf);
  const isName = ({ id, type, parent }: Node) =>
    type === 'identifier' &&
    !(parent?.type === 'object_property' && parent.firstNamedChild?.id === id) &&
    !NOT_NAMED_IN.includes(parent?.type ?? '') &&
    parent?.parent?.type !== 'decorator';
  const spoken = nodes.filter((node) => isName(node) && !declared.some((name) => name?.id === node.id));
  return {
    declared: declared.map((name) => name?.text ?? ''),
    spoken: spoken.map(({ text: name }) => name),
    parameters: declarations.flatMap((node) =>
      node.type === 'parameter_declaration' ? [nameOf(node)?.text ?? ''] : [],
    ),
  };
}

test('what does not parse, and a name that nobody declares, would be seen', () => {
  expect(faultsOf("param a string = 'b'\n")).toEqual([]);
  expect(faultsOf("resource a 'T@1' = { name: }\n")).not.toEqual([]);
  const { declared, spoken } = namesIn(`param a string\nvar b = empty(a) ? c : 'x-\${d}'\n`);
  expect(spoken.filter((name) => ![...declared, ...FUNCTIONS].includes(name))).toEqual(['c', 'd']);
});

test.each(FILES)('%s parses', (file) => {
  expect(faultsOf(readFileSync(file, 'utf8'))).toEqual([]);
});

test.each(FILES)('%s speaks only of what it declares, and of each of its parameters', (file) => {
  const { declared, spoken, parameters } = namesIn(readFileSync(file, 'utf8'));
  expect(spoken.length).toBeGreaterThan(40);
  expect(spoken.filter((name) => ![...declared, ...FUNCTIONS].includes(name))).toEqual([]);
  expect(parameters.filter((name) => !spoken.includes(name))).toEqual([]);
});

test('the module gets each of its parameters', () => {
  const main = readFileSync('deploy/azure/main.bicep', 'utf8');
  const passed = /params: \{\n([\s\S]*?)\n {2}\}/.exec(main)?.[1] ?? '';
  const names = [...passed.matchAll(/^ *(\w+):/gm)].map(([, name]) => name);
  expect(names.sort()).toEqual(
    namesIn(readFileSync('deploy/azure/monitoring.bicep', 'utf8')).parameters.sort(),
  );
});
