// Writes docs/api.txt: every name that the package exports, with its declaration, so that a change of it is seen in review.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The report: for each door of the package, its names in order, and the names in signatures that no door has. */
export function apiReport() {
  const doors = doorsOf(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const program = ts.createProgram([...doors.values()], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const parts = [];
  const exported = new Set();
  const named = new Map();
  for (const [door, file] of doors) {
    const module = checker.getSymbolAtLocation(program.getSourceFile(file));
    const names = checker.getExportsOfModule(module).sort((a, b) => (a.name < b.name ? -1 : 1));
    parts.push(`# ${door}\n`, ...names.map((symbol) => declarationOf(symbol, checker)));
    for (const symbol of names) {
      exported.add(resolved(symbol, checker));
      for (const declaration of resolved(symbol, checker).declarations)
        noteNames(declaration, checker, named);
    }
  }
  return {
    text: parts.join('\n'),
    missing: [...named.keys()]
      .filter((one) => !exported.has(one))
      .map(({ name }) => name)
      .sort(),
  };
}

/** Notes every type of ours that a signature names. */
function noteNames(node, checker, named) {
  if (ts.isBlock(node) || ts.isJSDoc(node) || (node.name !== undefined && ts.isPrivateIdentifier(node.name)))
    return;
  // The type of a constant is what it is, and a function's body is nobody's business.
  if (ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node)) {
    const symbol = checker.getSymbolAtLocation(node.typeName ?? node.expression);
    const real = symbol && resolved(symbol, checker);
    const file = real?.declarations?.[0]?.getSourceFile().fileName ?? '';
    if (file.startsWith(join(root, 'src')) && !(real.flags & ts.SymbolFlags.TypeParameter))
      named.set(real, file);
  }
  ts.forEachChild(node, (child) => noteNames(child, checker, named));
}

function resolved(symbol, checker) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** The modules that the package exports, and their sources. */
function doorsOf({ name, exports }) {
  const doors = new Map();
  for (const [path, target] of Object.entries(exports)) {
    if (target.types === undefined) continue;
    const source = target.types.replace('./dist/lib/', './src/').replace(/\.d\.ts$/, '.ts');
    doors.set(join(name, path), join(root, source));
  }
  return doors;
}

/** A declaration as it is written, without the bodies of functions and without comments. */
function declarationOf(symbol, checker) {
  const real = resolved(symbol, checker);
  const texts = real.declarations.map((declaration) => {
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    return printed(withoutBody(statement));
  });
  const file = relative(root, real.declarations[0].getSourceFile().fileName);
  return `## ${symbol.name} (${dirname(file)})\n\n${texts.join('\n')}\n`;
}

function withoutBody(node) {
  const { factory } = ts;
  if (ts.isFunctionDeclaration(node)) {
    const { modifiers, asteriskToken, name, typeParameters, parameters, type } = node;
    return factory.createFunctionDeclaration(
      modifiers,
      asteriskToken,
      name,
      typeParameters,
      parameters,
      type,
    );
  }
  if (ts.isClassDeclaration(node)) {
    const { modifiers, name, typeParameters, heritageClauses } = node;
    const members = node.members
      .filter((member) => !(member.name && ts.isPrivateIdentifier(member.name)))
      .map((member) => {
        if (ts.isMethodDeclaration(member)) {
          const {
            modifiers: own,
            asteriskToken,
            name: method,
            typeParameters: types,
            parameters,
            type,
          } = member;
          return factory.createMethodDeclaration(
            own,
            asteriskToken,
            method,
            undefined,
            types,
            parameters,
            type,
          );
        }
        if (ts.isConstructorDeclaration(member))
          return factory.createConstructorDeclaration(undefined, member.parameters);
        return member;
      });
    return factory.createClassDeclaration(modifiers, name, typeParameters, heritageClauses, members);
  }
  return node;
}

const printer = ts.createPrinter({ removeComments: true });

function printed(node) {
  const source = ts.getOriginalNode(node).getSourceFile();
  return printer.printNode(ts.EmitHint.Unspecified, node, source);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { text, missing } = apiReport();
  writeFileSync(join(root, 'docs', 'api.txt'), text);
  if (missing.length > 0) console.warn(`Signatures name types that nothing exports: ${missing.join(', ')}`);
}
