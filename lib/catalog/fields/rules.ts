import type { FieldNode, Overrides, ValueProblem, ValueProblemCode } from "./schema";

export const depthMax = 20;
const membersMax = 2_000;
const textLengthMax = 16_384;
const problemsMax = 100;
const pathLengthMax = 512;
const int32Max = 2_147_483_647;
/** Kubernetes' own pattern, without the minus: nothing of a machine is less than nothing. */
const quantityPattern = /^\+?(\d+(\.\d*)?|\.\d+)(([KMGTPE]i)|[numkMGTPE]|([eE][+-]?(\d+(\.\d*)?|\.\d+)))?$/;
/** They name the machinery of JavaScript objects, no field or key of Kubernetes. */
const poisonedNames = new Set(["__proto__", "constructor", "prototype"]);

/** The field at a path such as `spec.template.spec.domain.devices.disks[].name`; keys of maps hold no dot. */
export function findField(root: FieldNode, path: string): FieldNode | null {
  if (path.length > pathLengthMax) return null;
  const [first, ...steps] = path.split(".");
  if (first !== root.name || steps.length > depthMax) return null;
  let node: FieldNode | null = root;
  for (const step of steps) {
    const name = step.endsWith("[]") ? step.slice(0, -2) : step;
    node = memberOf(node, name);
    if (node !== null && step !== name) node = node.type === "array" ? (node.items ?? null) : null;
    if (node === null) return null;
  }
  return node;
}

function memberOf(node: FieldNode, name: string): FieldNode | null {
  if (name === "" || poisonedNames.has(name)) return null;
  if (node.type === "map") return node.items ?? null;
  if (node.type !== "object") return null;
  return node.children?.find((child) => child.name === name) ?? null;
}

/** Paths that this schema does not have, also those inside the values. */
export function unknownPaths(root: FieldNode, overrides: Overrides): string[] {
  return valueProblems(root, overrides)
    .filter(({ code }) => code === "unknown_field")
    .map(({ path }) => path);
}

/** What is wrong with these values, the first hundred problems; each replaces what stands at its path as a whole. */
export function valueProblems(root: FieldNode, overrides: Overrides): ValueProblem[] {
  const walk: Walk = { problems: [], members: 0 };
  for (const [path, value] of Object.entries(overrides)) {
    if (isFull(walk, path)) break;
    const node = path.includes("[]") ? null : findField(root, path);
    if (node === null) report(walk, path.slice(0, pathLengthMax), "unknown_field");
    else checkValue(walk, node, { value, path, depth: path.split(".").length });
  }
  return walk.problems;
}

interface Walk {
  problems: ValueProblem[];
  members: number;
}

interface Place {
  value: unknown;
  path: string;
  depth: number;
}

function report(
  { problems }: Walk,
  path: string,
  code: ValueProblemCode,
  params: ValueProblem["params"] = {},
): void {
  if (problems.length < problemsMax) problems.push({ path, code, params });
}

/** Counts one more member; too many end the walk, whatever they are. */
function isFull(walk: Walk, path: string): boolean {
  walk.members += 1;
  if (walk.members === membersMax + 1) {
    walk.problems.unshift({ path, code: "too_many", params: { maximum: membersMax } });
  }
  return walk.members > membersMax || walk.problems.length >= problemsMax;
}

function checkValue(walk: Walk, node: FieldNode, place: Place): void {
  if (place.depth > depthMax) return report(walk, place.path, "too_deep", { maximum: depthMax });
  switch (node.type) {
    case "object":
      return checkObject(walk, node, place);
    case "map":
      return checkMap(walk, node, place);
    case "array":
      return checkArray(walk, node, place);
    default:
      return checkScalar(walk, node, place);
  }
}

function checkObject(walk: Walk, node: FieldNode, place: Place): void {
  const { value, path } = place;
  if (!isPlainObject(value)) return report(walk, path, "wrong_type", { type: "object" });
  if (node.children === undefined) return checkFreeForm(walk, place);
  const known = new Map(node.children.map((child) => [child.name, child]));
  for (const [name, member] of Object.entries(value)) {
    const here = `${path}.${name.slice(0, pathLengthMax)}`;
    if (isFull(walk, here)) return;
    const child = known.get(name);
    if (child === undefined) report(walk, here, "unknown_field");
    else checkValue(walk, child, { ...place, value: member, path: here, depth: place.depth + 1 });
  }
  for (const child of node.children) {
    if (child.required && !Object.hasOwn(value, child.name))
      report(walk, `${path}.${child.name}`, "required");
  }
}

function checkMap(walk: Walk, node: FieldNode, place: Place): void {
  const { value, path } = place;
  if (!isPlainObject(value)) return report(walk, path, "wrong_type", { type: "map" });
  for (const [name, member] of Object.entries(value)) {
    const here = `${path}.${name.slice(0, pathLengthMax)}`;
    if (isFull(walk, here)) return;
    if (name === "" || name.length > 317 || poisonedNames.has(name)) report(walk, here, "unknown_field");
    else if (node.items) checkValue(walk, node.items, { value: member, path: here, depth: place.depth + 1 });
  }
}

function checkArray(walk: Walk, node: FieldNode, place: Place): void {
  const { value, path } = place;
  if (!Array.isArray(value)) return report(walk, path, "wrong_type", { type: "array" });
  for (const [index, member] of value.entries()) {
    const here = `${path}[${index}]`;
    if (isFull(walk, here)) return;
    if (node.items) checkValue(walk, node.items, { value: member, path: here, depth: place.depth + 1 });
  }
}

/** The schema says nothing about it; only what no answer of ours may hold is refused. */
function checkFreeForm(walk: Walk, { value, path, depth }: Place): void {
  if (typeof value !== "object" || value === null) return;
  if (depth > depthMax) return report(walk, path, "too_deep", { maximum: depthMax });
  for (const [name, member] of Object.entries(value)) {
    const here = `${path}.${name.slice(0, pathLengthMax)}`;
    if (isFull(walk, here)) return;
    if (poisonedNames.has(name)) report(walk, here, "unknown_field");
    else checkFreeForm(walk, { value: member, path: here, depth: depth + 1 });
  }
}

function checkScalar(walk: Walk, node: FieldNode, { value, path }: Place): void {
  switch (node.type) {
    case "boolean":
      if (typeof value !== "boolean") report(walk, path, "wrong_type", { type: "boolean" });
      return;
    case "integer":
    case "number":
      return checkNumber(walk, node, { value, path });
    case "quantity":
      return checkQuantity(walk, path, value);
    default:
      return checkText(walk, node, { value, path });
  }
}

function checkNumber(walk: Walk, node: FieldNode, { value, path }: Pick<Place, "value" | "path">): void {
  const isNumber = node.type === "integer" ? Number.isInteger(value) : Number.isFinite(value);
  if (typeof value !== "number" || !isNumber) return report(walk, path, "wrong_type", { type: node.type });
  const minimum = node.minimum ?? -int32Max - 1;
  const maximum = node.maximum ?? int32Max;
  if (value < minimum) report(walk, path, "too_small", { minimum });
  if (value > maximum) report(walk, path, "too_large", { maximum });
}

function checkQuantity(walk: Walk, path: string, value: unknown): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  if (typeof value !== "string") return report(walk, path, "wrong_type", { type: "quantity" });
  if (value.length > 64 || !quantityPattern.test(value)) report(walk, path, "bad_quantity");
}

function checkText(walk: Walk, node: FieldNode, { value, path }: Pick<Place, "value" | "path">): void {
  if (node.format === "int-or-string" && Number.isInteger(value))
    return checkNumber(walk, { ...node, type: "integer" }, { value, path });
  if (typeof value !== "string") return report(walk, path, "wrong_type", { type: "string" });
  if (value.length > textLengthMax) return report(walk, path, "too_long", { maximum: textLengthMax });
  if (node.options && !node.options.includes(value))
    report(walk, path, "not_an_option", { options: node.options.join(", ") });
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
