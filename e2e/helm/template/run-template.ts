import type { Operand, Pipeline } from "./parse-pipeline";
import type { Node, ParsedTemplate } from "./parse-template";
import { isTrue, templateFunctions, textOf } from "./template-functions";

interface Scope {
  dot: unknown;
  root: unknown;
  defined: ReadonlyMap<string, Node[]>;
}

/** Runs a template of Go over what Helm gives it, with the definitions of all the chart's files. */
export function runTemplate(
  { body }: ParsedTemplate,
  defined: ReadonlyMap<string, Node[]>,
  root: unknown,
): string {
  return write(body, { dot: root, root, defined });
}

function write(nodes: Node[], scope: Scope): string {
  return nodes.map((node) => writeNode(node, scope)).join("");
}

function writeNode(node: Node, scope: Scope): string {
  switch (node.kind) {
    case "text":
      return node.text;
    case "output":
      return textOf(valueOf(node.pipeline, scope));
    case "range":
      return writeEach(node, scope);
    case "if":
    case "with":
      for (const { condition, body } of node.branches) {
        const value = valueOf(condition, scope);
        if (isTrue(value)) return write(body, node.kind === "with" ? { ...scope, dot: value } : scope);
      }
      return write(node.otherwise, scope);
  }
}

function writeEach({ over, body, otherwise }: Extract<Node, { kind: "range" }>, scope: Scope): string {
  const list = valueOf(over, scope);
  if (!isTrue(list)) return write(otherwise, scope);
  if (!Array.isArray(list)) throw new Error("range is known over lists only");
  return list.map((dot: unknown) => write(body, { ...scope, dot })).join("");
}

function valueOf(pipeline: Pipeline, scope: Scope): unknown {
  return pipeline.reduce<unknown[]>((piped, command) => [callCommand(command, piped, scope)], [])[0];
}

function callCommand([first, ...rest]: Operand[], piped: unknown[], scope: Scope): unknown {
  if (first === undefined) throw new Error("an empty command");
  const values = [...rest.map((operand) => operandOf(operand, scope)), ...piped];
  if (first.kind !== "function") {
    if (values.length > 0) throw new Error("a value takes no arguments");
    return operandOf(first, scope);
  }
  return callFunction(first.name, values, scope);
}

function callFunction(name: string, values: unknown[], scope: Scope): unknown {
  if (name === "include") return include(values, scope);
  const call = Object.hasOwn(templateFunctions, name) ? templateFunctions[name] : undefined;
  if (call === undefined) throw new Error(`function ${name} is not known`);
  return call(...values);
}

function include([name, dot]: unknown[], scope: Scope): string {
  const body = scope.defined.get(String(name));
  if (body === undefined) throw new Error(`no template is called ${String(name)}`);
  return write(body, { ...scope, dot, root: dot });
}

function operandOf(operand: Operand, scope: Scope): unknown {
  switch (operand.kind) {
    case "literal":
      return operand.value;
    case "function":
      return callFunction(operand.name, [], scope);
    case "field":
      return operand.path.reduce<unknown>(memberOf, startOf(operand.from, scope));
  }
}

function startOf(from: "dot" | "root" | Pipeline, scope: Scope): unknown {
  if (from === "dot") return scope.dot;
  return from === "root" ? scope.root : valueOf(from, scope);
}

function memberOf(value: unknown, key: string): unknown {
  if (value === null || value === undefined) throw new Error(`nothing has a member ${key}`);
  return typeof value === "object" && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
