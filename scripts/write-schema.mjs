/**
 * Writes the JSON Schemas: of comp.yaml from the zod schema that validates it, of results and closes from their columns; and the types
 * of terms, with the same descriptions. Run it after a build.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { closeSchema, resultSchema } from '../dist/src/reference/json-schemas.js';
import { termsTypes } from '../dist/src/reference/terms-types.js';
import { workspaceJsonSchema } from '../dist/src/workspace/schema.js';

const SCHEMAS = { comp: workspaceJsonSchema(), result: resultSchema(), close: closeSchema() };
for (const [name, schema] of Object.entries(SCHEMAS)) {
  const file = new URL(`../schema/${name}.schema.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
}

const types = fileURLToPath(new URL('../src/plans/terms-input.ts', import.meta.url));
writeFileSync(types, termsTypes());
execFileSync('npx', ['biome', 'format', '--write', types], { stdio: 'inherit' });
