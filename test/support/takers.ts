/**
 * Takers of one lock whose steps on the disk are put in a random order, one at a time, and who may be killed between any
 * two. Threads stand for processes; each step is theirs only when the scheduler says so.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { newFolder } from './comp.js';

/** What a taker is at; the scheduler waits for those that run. */
const STATES = { idle: 0, running: 1, waiting: 2, dying: 3 };

/** In place of whether it has the lock: that it met what it must not. */
const FAILED = -1;

/** Numbers that no system gives its processes. */
const FIRST_PID = 2 ** 30;

/** How a round is played. */
export interface Round {
  /** How often each takes the lock and lets it go; 0: once, for good. */
  readonly turns: number;
  /** Of a hundred steps, how many are the death of a taker instead. */
  readonly deaths: number;
  /** A number from 0 up to below another. */
  readonly random: (below: number) => number;
  /** Makes the folder what it is at the start. */
  readonly prepare: (dir: string, gonePid: number) => void;
}

/** What came of a round. */
export interface Played {
  readonly dir: string;
  /** How many have the lock at its end. */
  readonly having: number;
  /** The most that had it at once. */
  readonly most: number;
  readonly dead: number;
}

export class Takers {
  readonly #count: number;
  readonly #folders = newFolder();
  readonly #shared: Int32Array;
  readonly #workers: Worker[] = [];
  #round = 0;

  constructor(count: number) {
    this.#count = count;
    this.#shared = new Int32Array(new SharedArrayBuffer((count * 3 + 2) * 4));
  }

  async start(): Promise<void> {
    const { buffer: cells } = this.#shared;
    for (let index = 0; index < this.#count; index += 1) {
      const workerData = {
        cells,
        index,
        takers: this.#count,
        folders: this.#folders,
        STATES,
        FAILED,
        FIRST_PID,
      };
      this.#workers.push(new Worker(join(import.meta.dirname, 'step-taker.mjs'), { workerData }));
    }
    await Promise.all(this.#workers.map((one) => new Promise((resolve) => one.once('message', resolve))));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((one) => one.terminate()));
  }

  play({ turns, deaths, random, prepare }: Round): Played {
    const shared = this.#shared;
    const takers = Array.from({ length: this.#count }, (_, index) => index);
    this.#round += 1;
    const dir = join(this.#folders, String(this.#round));
    mkdirSync(dir);
    prepare(dir, FIRST_PID + this.#round * 8 + 7);
    for (const taker of takers) shared.set([STATES.running, 0, 1], taker * 3);
    shared[this.#count * 3 + 1] = turns;
    Atomics.store(shared, this.#count * 3, this.#round);
    Atomics.notify(shared, this.#count * 3);
    const living = new Set(takers);
    let most = 0;
    let last = 0;
    for (;;) {
      for (const taker of takers) this.#waitWhile(taker, STATES.running);
      most = Math.max(
        most,
        takers.filter((taker) => living.has(taker) && shared[taker * 3 + 1] === 1).length,
      );
      const waiting = [...living].filter((taker) => shared[taker * 3] === STATES.waiting);
      if (waiting.length === 0) break;
      // Who has just made a step makes the next one half of the time: so some get far while others stand still.
      const goesOn = waiting.includes(last) && random(2) === 0;
      last = goesOn ? last : (waiting[random(waiting.length)] as number);
      if (random(100) < deaths) {
        living.delete(last);
        shared.set([0, 0], last * 3 + 1);
      } else {
        Atomics.store(shared, last * 3, STATES.running);
        Atomics.notify(shared, last * 3);
      }
    }
    for (const taker of takers.filter((one) => !living.has(one))) {
      Atomics.store(shared, taker * 3, STATES.dying);
      Atomics.notify(shared, taker * 3);
      this.#waitWhile(taker, STATES.dying);
    }
    if (takers.some((taker) => shared[taker * 3 + 1] === FAILED)) throw new Error('a taker failed');
    const having = [...living].filter((taker) => shared[taker * 3 + 1] === 1).length;
    return { dir, having, most, dead: this.#count - living.size };
  }

  /** Waits for a taker's state to be another; who wakes up may have been woken for what was before. */
  #waitWhile(taker: number, state: number): void {
    while (Atomics.load(this.#shared, taker * 3) === state) Atomics.wait(this.#shared, taker * 3, state);
  }
}
