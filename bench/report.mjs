// The tables of the benchmark: what every run took, how the runs of a round compare, and what startup takes.

/** The size with which seconds per row are compared if it is measured; otherwise the smallest. */
export const BASE_SIZE = 10_000;

const RUN_COLUMNS = [
  ...['invoices', 'mode', 'program', 'rows read', 'wall s', 'CPU s', 'peak MiB', 'rows/s'],
  ...['s/row, relative', 'growth'],
];
const RATIO_COLUMNS = ['invoices', 'mode', 'ratio', 'wall', 'lowest', 'highest', 'CPU', 'peak MiB'];
const STARTUP_COLUMNS = ['command', 'median ms', 'lowest ms', '÷ node -e 0', 'of lowest'];
const TEXT_COLUMNS = new Set(['mode', 'program', 'ratio', 'command', 'shape']);

/**
 * A row per size, mode and program: medians of its runs. `growth` is the time as a multiple of the
 * previous size's time.
 *
 * @param results with `size, mode, name, rows, runs`, in order of size
 */
export function runsTable(results) {
  return table(
    RUN_COLUMNS,
    results.map((result) => runCells(result, results)),
  );
}

function runCells(result, results) {
  const { size, mode, name, rows, runs } = result;
  const start = [count(size), mode, name, count(rows)];
  if (runs.length === 0) return [...start, 'failed', '', '', '', '', ''];
  const wall = medianOf(runs, 'wallSeconds');
  const alike = results.filter(
    (other) => other.mode === mode && other.name === name && other.runs.length > 0,
  );
  const base = alike.find((other) => other.size === BASE_SIZE) ?? alike[0];
  const before = alike.filter((other) => other.size < size).at(-1);
  return [
    ...start,
    wall.toFixed(2),
    medianOf(runs, 'cpuSeconds').toFixed(2),
    medianOf(runs, 'peakMiB').toFixed(0),
    count(Math.round(rows / wall)),
    (wall / rows / (medianOf(base.runs, 'wallSeconds') / base.rows)).toFixed(2),
    before === undefined ? '' : (wall / medianOf(before.runs, 'wallSeconds')).toFixed(1),
  ];
}

/**
 * A row per size, mode and other program: the medians of the ratios within rounds of comp's simple form to a peer, and
 * of another plan to comp's simple form per row read; empty where nothing can be compared.
 */
export function ratiosTable(results) {
  const lines = results.flatMap((result) => {
    const simple = results.find(
      ({ size, mode, name }) => size === result.size && mode === result.mode && name === 'comp',
    );
    if (result === simple || result.runs.length === 0 || simple.runs.length === 0) return [];
    const start = [count(result.size), result.mode];
    return result.rivals
      ? [[...start, `comp ÷ ${result.name}`, ...ratioCells(simple.runs, result.runs, 1)]]
      : [
          [
            ...start,
            `${result.name} ÷ comp, per row`,
            ...ratioCells(result.runs, simple.runs, simple.rows / result.rows),
          ],
        ];
  });
  return lines.length === 0 ? '' : table(RATIO_COLUMNS, lines);
}

function ratioCells(runs, others, factor) {
  const paired = (field) =>
    runs.slice(0, others.length).map((run, round) => (run[field] / others[round][field]) * factor);
  const wall = paired('wallSeconds');
  return [
    median(wall),
    Math.min(...wall),
    Math.max(...wall),
    median(paired('cpuSeconds')),
    median(paired('peakMiB')),
  ].map((ratio) => ratio.toFixed(3));
}

/** A row per command: the median and the lowest of its runs, and both as multiples of those of the first command. */
export function startupTable(commands) {
  const [{ milliseconds: base }] = commands;
  return table(
    STARTUP_COLUMNS,
    commands.map(({ name, milliseconds }) => [
      name,
      median(milliseconds).toFixed(1),
      Math.min(...milliseconds).toFixed(1),
      (median(milliseconds) / median(base)).toFixed(2),
      (Math.min(...milliseconds) / Math.min(...base)).toFixed(2),
    ]),
  );
}

/** What each command takes on workspaces of odd shapes: how much more time than the rows grow, which is 1 where it is linear. */
export function growthTable(growths) {
  return table(
    ['shape', 'command', 'n', 'CPU s', 'more rows', 'more time', 'time ÷ rows', 'peak MiB'],
    growths.flatMap(({ shape, command, runs }) =>
      runs.map(({ size, cpuSeconds, peakMiB }, at) => {
        const before = runs[at - 1];
        const [rows, time] = before ? [size / before.size, cpuSeconds / before.cpuSeconds] : [];
        const times = (number) => (number === undefined ? '' : number.toFixed(1));
        const ratio = before ? (time / rows).toFixed(2) : '';
        return [
          shape,
          command,
          `${size}`,
          cpuSeconds.toFixed(2),
          times(rows),
          times(time),
          ratio,
          peakMiB.toFixed(0),
        ];
      }),
    ),
  );
}

function medianOf(runs, field) {
  return median(runs.map((run) => run[field]));
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Columns as wide as their widest cell; text to the left, numbers to the right. */
function table(columns, lines) {
  const widths = columns.map((name, column) =>
    Math.max(name.length, ...lines.map((line) => line[column].length)),
  );
  const aligned = (text, column) =>
    TEXT_COLUMNS.has(columns[column]) ? text.padEnd(widths[column]) : text.padStart(widths[column]);
  return [columns, ...lines].map((line) => line.map(aligned).join('  ').trimEnd()).join('\n');
}

function count(number) {
  return number.toLocaleString('en-US');
}
