import { readFileSync, writeFileSync } from 'node:fs';
import { answerAz } from './cli.ts';
import type { AzureState } from './state.ts';

// Stands in for the Azure CLI where a program of that name is looked for: AZ_STATE names the file with all it knows.
const file = process.env.AZ_STATE ?? '';
const before = readFileSync(file, 'utf8');
const state = JSON.parse(before) as AzureState;
const { code, stdout, stderr } = answerAz(state, process.argv.slice(2));
const after = JSON.stringify(state);
if (after !== before) writeFileSync(file, after);
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
