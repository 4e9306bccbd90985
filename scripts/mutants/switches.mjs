// Puts switches into a source file: `__mutant(17)` is true in the run in which mutant 17 is tried.

/**
 * The text of a file in which each mutant, in order of place, takes effect where its switch is on.
 *
 * @param mutants - of one file; each has an `id`
 */
export function withSwitches(text, mutants) {
  const spans = new Map();
  for (const mutant of mutants) {
    const key = `${mutant.start}-${mutant.end}-${mutant.isStatement}`;
    const span = spans.get(key) ?? { ...mutant, mutants: [], inner: [] };
    span.mutants.push(mutant);
    spans.set(key, span);
  }
  // Outer spans before inner ones; a statement before the expression that is all of it.
  const ordered = [...spans.values()].sort(
    (a, b) => a.start - b.start || b.end - a.end || Number(b.isStatement) - Number(a.isStatement),
  );
  const root = { start: 0, end: text.length, inner: [], mutants: [] };
  const around = [root];
  for (const span of ordered) {
    while (around.at(-1).end < span.end || around.at(-1).end <= span.start) around.pop();
    around.at(-1).inner.push(span);
    around.push(span);
  }
  return written(text, root);
}

function written(text, { start, end, inner, mutants, isStatement }) {
  let [code, at] = ['', start];
  for (const span of inner) {
    code += text.slice(at, span.start) + written(text, span);
    at = span.end;
  }
  code += text.slice(at, end);
  if (mutants.length === 0) return code;
  if (isStatement) return `{ if (!__mutant(${mutants[0].id})) ${code} }`;
  return `(${mutants.map((one) => `__mutant(${one.id}) ? (${one.code}) : `).join('')}(${code}))`;
}
