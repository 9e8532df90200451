import ts from "typescript";

export type UsedKey = { key: string; line: number };

/** Every message key that a source file names by a literal, with the namespace of the translator it is asked from. */
export function usedKeys(fileName: string, source: string): UsedKey[] {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const used: UsedKey[] = [];
  visit(file, new Map(), (key, node) => {
    used.push({ key, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
  });
  return used;
}

type Namespaces = Map<string, string>;
type Report = (key: string, node: ts.Node) => void;

/** A translator is known from its declaration to the end of the function it stands in. */
function visit(node: ts.Node, known: Namespaces, report: Report) {
  const inside = ts.isFunctionLike(node) ? new Map(known) : known;
  if (ts.isVariableDeclaration(node)) rememberTranslator(node, inside);
  if (ts.isCallExpression(node)) reportCall(node, inside, report);
  ts.forEachChild(node, (child) => visit(child, inside, report));
}

function rememberTranslator(node: ts.VariableDeclaration, known: Namespaces) {
  const awaited =
    node.initializer && ts.isAwaitExpression(node.initializer)
      ? node.initializer.expression
      : node.initializer;
  if (!awaited || !ts.isCallExpression(awaited) || !ts.isIdentifier(node.name)) return;
  const maker = awaited.expression.getText();
  if (maker !== "useTranslations" && maker !== "getTranslations") return;
  const [namespace] = awaited.arguments;
  known.set(node.name.text, namespace && ts.isStringLiteralLike(namespace) ? namespace.text : "");
}

function reportCall(node: ts.CallExpression, known: Namespaces, report: Report) {
  const callee = node.expression;
  const isVariant =
    ts.isPropertyAccessExpression(callee) && ["rich", "markup", "raw"].includes(callee.name.text);
  const translator = isVariant ? callee.expression : callee;
  const [argument] = node.arguments;
  if (!argument || !ts.isIdentifier(translator)) return;
  const namespace = known.get(translator.text);
  if (namespace === undefined) return;
  for (const literal of literalsOf(argument))
    report(namespace ? `${namespace}.${literal.text}` : literal.text, literal);
}

function literalsOf(node: ts.Expression): ts.StringLiteralLike[] {
  if (ts.isStringLiteralLike(node)) return [node];
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  return [];
}
