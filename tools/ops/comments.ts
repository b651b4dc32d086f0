/**
 * Reading the exported functions of a folder with their comments: the formula, and after ∂ the gradient.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import ts from 'typescript';

export interface Documented {
  name: string;
  formula: string;
  /** Empty where the comment says nothing of it. */
  gradient: string;
}

export function documentedFunctions(folder: string): { file: string; functions: Documented[] }[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  return files.map((name) => {
    const file = join(folder, name);
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    return { file, functions: source.statements.flatMap(documented) };
  });
}

function documented(statement: ts.Statement): Documented[] {
  const isExported = ts.canHaveModifiers(statement)
    ? ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    : false;
  const name = isExported ? nameOf(statement) : undefined;
  if (!name) return [];
  const comment = ts
    .getJSDocCommentsAndTags(statement)
    .map((doc) => ts.getTextOfJSDocComment(doc.comment) ?? '')
    .join(' ');
  const [formula, ...gradient] = comment.replace(/\s+/g, ' ').trim().split(/(?=∂)/);
  return [{ name, formula: formula.trim(), gradient: gradient.join('').trim() }];
}

function nameOf(statement: ts.Statement): string | undefined {
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [{ name, initializer }] = statement.declarationList.declarations;
  return initializer && ts.isArrowFunction(initializer) && ts.isIdentifier(name) ? name.text : undefined;
}
