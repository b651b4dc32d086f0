/**
 * Who imports whom: read from the sources by TypeScript's own parser, for the tests of the house's plan.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import ts from 'typescript';

export interface Import {
  from: string;
  /** A file of the repository, a package's name, or `node:fs`. */
  to: string;
  /** Erased by the compiler: may point upwards. */
  typeOnly: boolean;
}

/** The static imports of a file; what `import()` loads later does not count. */
export function importsOf(file: string, text = readFileSync(file, 'utf8')): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    if (!statement.moduleSpecifier) return [];
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
    return resolveImport(file, specifier).map((to) => ({ from: file, to, typeOnly: isTypeOnly(statement) }));
  });
}

function isTypeOnly(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const clause = statement.importClause;
  if (!clause) return false; // import './attach': run for its effect
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return !clause.name && !!named && ts.isNamedImports(named) && named.elements.every((element) => element.isTypeOnly);
}

/** `#collector` stands for several files: the imports of package.json give one for each platform. */
function resolveImport(file: string, specifier: string): string[] {
  if (specifier.startsWith('#')) {
    const { imports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      imports: Record<string, Record<string, string>>;
    };
    return Object.values(imports[specifier] ?? { unknown: specifier }).map((path) => path.replace('./', ''));
  }
  if (!specifier.startsWith('.')) return [specifier];
  const path = join(dirname(file), specifier);
  const candidates = [path, `${path}.ts`, `${path}/index.ts`, `${path}.d.ts`];
  return [candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile()) ?? path];
}

/** A circle among these imports, as the list of its files; undefined when there is none. */
export function findCircle(imports: Import[]): string[] | undefined {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const finished = new Set<string>();
  const path: string[] = [];

  const visit = (file: string): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    path.push(file);
    for (const target of targets.get(file) ?? []) {
      const circle = visit(target);
      if (circle) return circle;
    }
    path.pop();
    finished.add(file);
    return undefined;
  };

  for (const file of targets.keys()) {
    const circle = visit(file);
    if (circle) return circle;
  }
  return undefined;
}
