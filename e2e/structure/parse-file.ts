import ts from "typescript";
import type { SourceFile } from "./read-tree";

export interface ParsedFile extends SourceFile {
  exports: ExportedName[];
  /** What each function of the file calls, by the function's name. */
  functions: Map<string, Set<string>>;
  /** Local name to the module it comes from; types are left out. */
  imports: Map<string, string>;
  strings: Set<string>;
}

export interface ExportedName {
  name: string;
  isType: boolean;
  /** The function whose call makes the value, as in `defineRoute(…)`. */
  madeBy: string | undefined;
}

export function parseFile(file: SourceFile): ParsedFile {
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  const parsed: ParsedFile = {
    ...file,
    exports: [],
    functions: new Map(),
    imports: new Map(),
    strings: new Set(),
  };
  const makers = new Map<string, string | undefined>();
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) readImport(statement, parsed.imports);
    else if (!ts.isExportDeclaration(statement)) readDeclaration(statement, parsed, makers);
  }
  for (const statement of source.statements.filter(ts.isExportDeclaration))
    readReexports(statement, parsed, makers);
  collectStrings(source, parsed.strings);
  return parsed;
}

function readImport(statement: ts.ImportDeclaration, imports: Map<string, string>) {
  const clause = statement.importClause;
  if (!clause || clause.isTypeOnly || !ts.isStringLiteral(statement.moduleSpecifier)) return;
  const from = statement.moduleSpecifier.text;
  if (clause.name) imports.set(clause.name.text, from);
  const bindings = clause.namedBindings;
  if (!bindings) return;
  if (ts.isNamespaceImport(bindings)) imports.set(bindings.name.text, from);
  else for (const element of bindings.elements) if (!element.isTypeOnly) imports.set(element.name.text, from);
}

type Makers = Map<string, string | undefined>;

function readDeclaration(statement: ts.Statement, parsed: ParsedFile, makers: Makers) {
  const isExported = hasModifier(statement, ts.SyntaxKind.ExportKeyword);
  const add = (name: string, isType: boolean, madeBy?: string) => {
    if (isExported) parsed.exports.push({ name, isType, madeBy });
  };
  if (ts.isFunctionDeclaration(statement)) {
    const name = statement.name?.text ?? "default";
    parsed.functions.set(name, collectCalls(statement));
    add(name, false);
  } else if (ts.isVariableStatement(statement)) {
    for (const declaration of statement.declarationList.declarations) {
      const name = declaration.name.getText();
      parsed.functions.set(name, collectCalls(declaration));
      makers.set(name, calledName(declaration.initializer));
      add(name, false, makers.get(name));
    }
  } else if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
    add(statement.name.text, true);
  } else if (ts.isClassDeclaration(statement)) {
    add(statement.name?.text ?? "default", false);
  } else if (ts.isExportAssignment(statement)) {
    parsed.exports.push({ name: "default", isType: false, madeBy: calledName(statement.expression) });
  }
}

function readReexports(statement: ts.ExportDeclaration, parsed: ParsedFile, makers: Makers) {
  const { exportClause, isTypeOnly } = statement;
  if (!exportClause || !ts.isNamedExports(exportClause)) {
    parsed.exports.push({ name: "*", isType: isTypeOnly, madeBy: undefined });
    return;
  }
  for (const { name, propertyName, isTypeOnly: isTypeElement } of exportClause.elements) {
    const madeBy = statement.moduleSpecifier ? undefined : makers.get((propertyName ?? name).text);
    parsed.exports.push({ name: name.text, isType: isTypeOnly || isTypeElement, madeBy });
  }
}

function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === kind)
  );
}

function calledName(expression: ts.Expression | undefined): string | undefined {
  if (!expression || !ts.isCallExpression(expression)) return undefined;
  return ts.isIdentifier(expression.expression) ? expression.expression.text : undefined;
}

function collectCalls(root: ts.Node): Set<string> {
  const calls = new Set<string>();
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) calls.add(node.expression.text);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return calls;
}

function collectStrings(root: ts.Node, strings: Set<string>) {
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node)) strings.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(root);
}
