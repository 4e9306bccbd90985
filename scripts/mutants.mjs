// Changes the program in many small ways, one at a time, and counts how many of the changes some test notices: npm run mutants.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mutantsOf } from './mutants/find.mjs';
import { isSurvivor, mergeSurvivors, readRecord, withoutKilled, writeRecord } from './mutants/record.mjs';
import { ROOMS } from './mutants/rooms.mjs';
import { startTrials } from './mutants/try.mjs';
import { randomFrom } from './random.mjs';

const { values: flags } = parseArgs({
  options: {
    room: { type: 'string', multiple: true, default: Object.keys(ROOMS) },
    sample: { type: 'string', default: '150' },
    seed: { type: 'string', default: '20250101' },
    file: { type: 'string' },
    list: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
  },
});

const src = join(import.meta.dirname, '..', 'src');

for (const room of flags.room) {
  if (ROOMS[room] === undefined)
    throw new Error(`There is no room ${room}: ${Object.keys(ROOMS).join(', ')}.`);
  const all = mutantsIn(room).filter(({ file }) => flags.file === undefined || file.includes(flags.file));
  const before = flags.again ? readRecord()[room] : undefined;
  if (flags.again && before === undefined) throw new Error(`Nothing is recorded of ${room}.`);
  const drawn =
    before === undefined
      ? sampleOf(all, Number(flags.sample), Number(flags.seed))
      : all.filter((one) => isSurvivor(before, one));
  const sample = drawn.map((one, id) => ({ ...one, id }));
  console.info(
    `${room}: ${sample.length} of ${all.length} mutants, ${before ? 'again' : `seed ${flags.seed}`}`,
  );
  if (flags.list) {
    for (const one of sample) console.info(lineOf(one));
    continue;
  }
  await tryRoom(room, all.length, sample, before);
}

/** Every mutant of a room, in order of file and place. */
function mutantsIn(room) {
  const names = readdirSync(join(src, room), { recursive: true }).filter((name) =>
    /(?<!\.d)\.ts$/.test(name),
  );
  return names.sort().flatMap((name) => {
    const file = join('src', room, name);
    return mutantsOf(file, readFileSync(join(src, room, name), 'utf8'));
  });
}

/** A sample in which each mutant is as likely as every other, in order of place. */
function sampleOf(mutants, size, seed) {
  const below = randomFrom(seed);
  const places = mutants.map((_, place) => place);
  for (let at = 0; at < Math.min(size, places.length); at += 1) {
    const other = at + below(places.length - at);
    [places[at], places[other]] = [places[other], places[at]];
  }
  return places
    .slice(0, size)
    .sort((a, b) => a - b)
    .map((place) => mutants[place]);
}

/**
 * Tries the mutants of a sample, and records what came of them.
 *
 * @param before - the record whose survivors they are; undefined where they are drawn anew
 */
async function tryRoom(room, total, sample, before) {
  const start = performance.now();
  const trials = await startTrials(ROOMS[room].tests, sample);
  console.info(`  the tests take ${trials.cpu.toFixed(1)} s of processor time without a mutant`);
  const survivors = [];
  for (const mutant of sample) {
    const fate = await trials.isKilled(mutant);
    if (fate === 'killed') continue;
    survivors.push({ ...mutant, fate });
    console.info(`  ${fate} ${lineOf(mutant)}`);
  }
  await trials.end();
  const minutes = (performance.now() - start) / 60_000;
  // A part of a room says nothing about the room.
  if (flags.file === undefined) {
    const record = readRecord();
    record[room] =
      before === undefined
        ? {
            seed: Number(flags.seed),
            mutants: total,
            tried: sample.length,
            killed: sample.length - survivors.length,
            survivors: mergeSurvivors(record[room]?.survivors ?? [], survivors),
          }
        : withoutKilled(before, sample, survivors);
    writeRecord(record);
  }
  const share = (100 * (sample.length - survivors.length)) / sample.length;
  console.info(`  ${share.toFixed(1)}% killed, in ${minutes.toFixed(1)} minutes`);
}

function lineOf({ file, line, change }) {
  return `${file}:${line} ${change}`;
}
