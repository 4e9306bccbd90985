// Keeps what came of the mutants: docs/mutants.json, with the written reasons for those that survive, and the table in docs/testing.md.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOMS } from './rooms.mjs';

const DOCS = join(import.meta.dirname, '..', '..', 'docs');
const RECORD = join(DOCS, 'mutants.json');
const PAGE = join(DOCS, 'testing.md');

/** What marks the part of the page that is written here. */
const [BEGIN, END] = ['<!-- mutants: written by npm run mutants -->', '<!-- end of mutants -->'];

/** By room: seed, mutants, tried, killed and survivors; empty before the first run. */
export function readRecord() {
  return existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, 'utf8')) : {};
}

/** Survivors with the reasons that were written for them before: they are known by file, line of code and change. */
export function mergeSurvivors(before, survivors) {
  const reasons = new Map(before.map((one) => [keyOf(one), one.reason]));
  return survivors.map(({ file, line, source, change, fate }) => {
    const one = { file, line, source, change, fate };
    return { ...one, reason: reasons.get(keyOf(one)) ?? '' };
  });
}

/** Whether a mutant survived the last time. Of several that are the same change of the same line of code, all count as it. */
export function isSurvivor({ survivors }, mutant) {
  return survivors.some((one) => keyOf(one) === keyOf(mutant));
}

/** What becomes of a record when its survivors are tried again: those whose code has changed since are dropped. */
export function withoutKilled(before, retried, survivors) {
  const isAmong = (some) => {
    const keys = new Set(some.map(keyOf));
    return (one) => keys.has(keyOf(one));
  };
  const known = before.survivors.filter(isAmong(retried));
  const left = known.filter(isAmong(survivors));
  const tried = before.tried - (before.survivors.length - known.length);
  return { ...before, tried, killed: tried - left.length, survivors: left };
}

function keyOf({ file, source, change }) {
  return JSON.stringify([file, source, change]);
}

export function writeRecord(record) {
  const sorted = Object.fromEntries(
    Object.keys(ROOMS).flatMap((room) => (record[room] ? [[room, record[room]]] : [])),
  );
  writeFileSync(RECORD, `${JSON.stringify(sorted, null, 2)}\n`);
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest.split(END);
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${tableOf(sorted)}\n\n${END}${after}`);
}

function tableOf(record) {
  const rows = Object.entries(record).map(([room, { mutants, tried, killed, survivors }]) => {
    // Nobody can notice a change that changes nothing.
    const equivalent = survivors.filter(({ reason }) => reason.startsWith('equivalent')).length;
    const share = ((100 * killed) / (tried - equivalent)).toFixed(1);
    return `| src/${room} | ${mutants} | ${tried} | ${killed} | ${equivalent} | ${share}% | ${ROOMS[room].goal}% |`;
  });
  return [
    '| room | mutants | tried | killed | equivalent | killed of the others | goal |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}
