// Finds the mutants of a source file: small changes that some test should notice, each at its place in the text.
import ts from 'typescript';

/** Binary operators, and what each is changed into. */
const BINARY = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '<<': ['>>'],
  '>>': ['<<'],
  '>>>': ['<<'],
  '&': ['|'],
  '|': ['&'],
  '^': ['&'],
  '&&': ['||'],
  '||': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
};

/** Methods, and the one that is called instead. */
const METHODS = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
]);

/** Methods whose call is left out: what they are called on is used as it is. */
const LEFT_OUT = new Set([
  'filter',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'slice',
  'trim',
  'flat',
  'concat',
]);

/** Calls that check what cannot happen: no test can notice a change in them. */
const UNREACHABLE = new Set(['invariant', 'unreachable']);

/** Longer lists are data: each of their elements is not a mutant of its own. */
const LONGEST_LIST = 40;

/**
 * The mutants of a file, in order of place.
 *
 * @returns each with the span of the text that it replaces, the code that takes its place there, and whether that span is a
 * statement; `change` says in one line what is changed into what
 */
export function mutantsOf(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const mutants = [];
  const codeOf = (node) => text.slice(node.getStart(source), node.end);
  const add = (node, code, kind, from = codeOf(node), into = code) => {
    const start = node.getStart(source);
    const { line } = source.getLineAndCharacterOfPosition(start);
    mutants.push({
      file,
      line: line + 1,
      source: text.split('\n', line + 1)[line].trim(),
      change: `${kind}: ${oneLine(from)} → ${oneLine(into)}`,
      start,
      end: node.end,
      code,
      isStatement: ts.isStatement(node),
    });
  };

  const visit = (node) => {
    if (isOutOfReach(node)) return;
    if (ts.isBinaryExpression(node)) binary(node);
    else if (ts.isPrefixUnaryExpression(node)) prefix(node);
    else if (ts.isPostfixUnaryExpression(node)) {
      const other = node.operator === ts.SyntaxKind.PlusPlusToken ? '--' : '++';
      add(node, `${codeOf(node.operand)}${other}`, 'operator');
    } else if (ts.isConditionalExpression(node)) condition(node.condition, ['true', 'false']);
    else if (ts.isIfStatement(node)) condition(node.expression, ['true', 'false']);
    else if (ts.isWhileStatement(node) || ts.isDoStatement(node)) condition(node.expression, ['false']);
    else if (ts.isForStatement(node) && node.condition !== undefined) condition(node.condition, ['false']);
    else if (ts.isReturnStatement(node) && node.expression !== undefined) empty(node.expression);
    else if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) empty(node.body);
    else if (ts.isExpressionStatement(node) || ts.isBreakOrContinueStatement(node)) statement(node);
    else if (ts.isArrayLiteralExpression(node)) list(node);
    else if (ts.isCallExpression(node)) call(node);
    else literal(node);
    ts.forEachChild(node, visit);
  };

  const binary = (node) => {
    const operator = node.operatorToken.getText(source);
    if (operator === '??') add(node, codeOf(node.right), 'operator', codeOf(node), codeOf(node.right));
    if (operator === '+' && [node.left, node.right].some(isText)) return;
    for (const other of BINARY[operator] ?? []) {
      const sides = [codeOf(node.left), codeOf(node.right)];
      // `a ?? b` beside && or || must be in parentheses; everything is.
      const isAssignment = operator.endsWith('=') && !/[<>=!]=/.test(operator);
      const code = isAssignment ? sides.join(` ${other} `) : `(${sides.join(`) ${other} (`)})`;
      add(node, code, 'operator', codeOf(node), sides.join(` ${other} `));
    }
  };

  const prefix = (node) => {
    const operand = codeOf(node.operand);
    if (node.operator === ts.SyntaxKind.PlusPlusToken) add(node, `--${operand}`, 'operator');
    else if (node.operator === ts.SyntaxKind.MinusMinusToken) add(node, `++${operand}`, 'operator');
    else add(node, operand, 'operator');
  };

  const condition = (node, values) => {
    for (const value of values) if (codeOf(node) !== value) add(node, value, 'condition');
  };

  const empty = (node) => {
    if (!/^(undefined|null|\(?\{\}\)?|void .*)$/.test(codeOf(node))) add(node, 'undefined', 'result');
  };

  const statement = (node) => {
    const { expression } = node;
    const isSuper =
      expression &&
      ts.isCallExpression(expression) &&
      expression.expression.kind === ts.SyntaxKind.SuperKeyword;
    if (!isSuper) add(node, '', 'left out', codeOf(node), 'nothing');
  };

  const list = (node) => {
    const { parent, elements } = node;
    // Not a list, but names that a list is taken apart into.
    if (ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.getText(source) === '=')
      return;
    if (ts.isForOfStatement(parent) && parent.initializer === node) return;
    if (elements.length > LONGEST_LIST) return;
    elements.forEach((element, at) => {
      const others = elements.filter((_, index) => index !== at).map(codeOf);
      add(node, `[${others.join(', ')}]`, 'left out of a list', codeOf(element), 'nothing');
    });
  };

  const call = (node) => {
    const { expression: callee } = node;
    if (!ts.isPropertyAccessExpression(callee) || isInChain(node)) return;
    const name = callee.name.text;
    const other = METHODS.get(name);
    if (other !== undefined) {
      const start = callee.name.getStart(source);
      const code = `${text.slice(node.getStart(source), start)}${other}${text.slice(callee.name.end, node.end)}`;
      add(node, code, 'method', name, other);
    }
    if (LEFT_OUT.has(name) && callee.questionDotToken === undefined)
      add(node, codeOf(callee.expression), 'method', `.${name}(…)`, 'nothing');
  };

  const literal = (node) => {
    if (isName(node)) return;
    if (ts.isNumericLiteral(node)) add(node, `${Number(node.text) + 1}`, 'number');
    else if (ts.isBigIntLiteral(node)) add(node, `${BigInt(node.text.slice(0, -1)) + 1n}n`, 'number');
    else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
      add(node, node.text === '' ? "'mutant'" : "''", 'text');
    else if (ts.isTemplateExpression(node)) add(node, '``', 'text');
    else if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, 'false', 'boolean');
    else if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, 'true', 'boolean');
  };

  visit(source);
  return mutants.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** What is no code when it runs, or is there for what cannot happen. */
function isOutOfReach(node) {
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return true;
  if (ts.isTaggedTemplateExpression(node)) return true;
  if (ts.isExpressionStatement(node)) return isOutOfReach(node.expression);
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression))
    return UNREACHABLE.has(node.expression.text);
  // A bug, or a promise that the caller breaks: its words are for nobody.
  return ts.isNewExpression(node) && ts.isIdentifier(node.expression) && /Error$/.test(node.expression.text);
}

/** The name of a property, or a directive. */
function isName(node) {
  const { parent } = node;
  if (parent === undefined) return true;
  if ((ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent)) && parent.name === node)
    return true;
  if (ts.isBindingElement(parent) && parent.propertyName === node) return true;
  return ts.isPropertyDeclaration(parent) && parent.name === node;
}

/** A part of `a?.b.c()`: in parentheses it would no longer be skipped with the rest. */
function isInChain(node) {
  const { parent } = node;
  const isLink =
    ts.isPropertyAccessExpression(parent) ||
    ts.isElementAccessExpression(parent) ||
    ts.isCallExpression(parent);
  return isLink && parent.expression === node && (parent.flags & ts.NodeFlags.OptionalChain) !== 0;
}

function isText(node) {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
}

function oneLine(code) {
  const line = code.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
