/** Finds the line of a YAML file whose indentation fits no block around it: one slip, whatever the parser makes of it. */

/** A line that is indented as no block around it is. */
export interface Slip {
  /** Counted from 1. */
  readonly line: number;
  readonly found: number;
  /** How many spaces its block has. */
  readonly expected: number;
}

/** A block that is open: how far it is indented, and whether its lines are items of a list. */
interface Level {
  readonly indent: number;
  readonly isList: boolean;
}

/** The first slip; undefined where there is none, or where brackets or block texts decide what a line belongs to. */
export function findSlip(text: string): Slip | undefined {
  const levels: Level[] = [];
  let opens = true;
  for (const [at, whole] of text.split(/\r\n|\n|\r/).entries()) {
    const content = whole.replace(/(^|\s)#.*$/, '$1').trimEnd();
    if (content.trim() === '' || content.trim() === '---') continue;
    // Lines inside brackets, quotes and block texts have an indentation of their own.
    if (/[|>][-+\d]*$/.test(content) || isOpenEnded(content)) return undefined;
    const found = content.search(/\S/);
    const before = levels.at(-1);
    const isItem = /^\s*-(\s|$)/.test(content);
    while (levels.length > 0 && (levels.at(-1) as Level).indent > found) levels.pop();
    const level = levels.at(-1);
    const slip = { line: at + 1, found };
    if (before !== undefined && found > before.indent && !opens) return { ...slip, expected: before.indent };
    if (level === undefined || found > level.indent) {
      if (before !== undefined && found < before.indent) return { ...slip, expected: before.indent };
      levels.push({ indent: found, isList: isItem });
    } else if (level.isList && !isItem) {
      // The items of a list may be as far in as the key that they belong to.
      const isKeyOfList = levels.at(-2)?.indent === found;
      if (!isKeyOfList) return { ...slip, expected: before?.indent ?? found };
      levels.pop();
    } else if (isItem && !level.isList) {
      if (!opens) return { ...slip, expected: before?.indent ?? found };
      levels.push({ indent: found, isList: true });
    }
    const inner = /^\s*(?:-\s+)+/.exec(content)?.[0].length;
    if (inner !== undefined) levels.push({ indent: inner, isList: false });
    opens = /(:|^\s*-)$/.test(content);
  }
  return undefined;
}

/** Whether a line opens a bracket or a quote that it does not close. */
function isOpenEnded(content: string): boolean {
  const bare = content.replace(/"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g, '');
  return /(?:^|[\s:[{,])["']/.test(bare) || bare.split(/[[{]/).length !== bare.split(/[\]}]/).length;
}
