/** Writes the JSON Schema of comp.yaml from the zod schema that validates it; run it after a build. */
import { writeFileSync } from 'node:fs';
import { workspaceJsonSchema } from '../dist/src/workspace/schema.js';

const file = new URL('../schema/comp.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(workspaceJsonSchema(), null, 2)}\n`);
