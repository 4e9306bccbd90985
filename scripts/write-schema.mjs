/** Writes the JSON Schemas: of comp.yaml from the zod schema that validates it, of results and closes from their columns; run it after a build. */
import { writeFileSync } from 'node:fs';
import { closeSchema, resultSchema } from '../dist/src/reference/json-schemas.js';
import { workspaceJsonSchema } from '../dist/src/workspace/schema.js';

const SCHEMAS = { comp: workspaceJsonSchema(), result: resultSchema(), close: closeSchema() };
for (const [name, schema] of Object.entries(SCHEMAS)) {
  const file = new URL(`../schema/${name}.schema.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
}
