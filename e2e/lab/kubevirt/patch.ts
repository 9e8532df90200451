import { Failure, badRequest } from "./failures";
import type { Json, JsonObject } from "./json";
import { copy, isEqual, isObject } from "./json";

/** RFC 7386. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}

/** RFC 6902. */
export function jsonPatch(target: JsonObject, patch: Json): JsonObject {
  if (!Array.isArray(patch)) throw badRequest("error decoding patch: the body is not an array of operations");
  let document: Json = copy(target);
  for (const operation of patch) document = applyOperation(document, operation);
  if (!isObject(document)) throw unprocessable("the patch leaves no object");
  return document;
}

function applyOperation(document: Json, operation: Json): Json {
  const path = isObject(operation) ? operation["path"] : undefined;
  if (!isObject(operation) || typeof path !== "string")
    throw badRequest("error decoding patch: an operation has no path");
  const value = operation["value"];
  const from = operation["from"];
  switch (operation["op"]) {
    case "test":
      if (isEqual(readPointer(document, path), value ?? null)) return document;
      throw unprocessable(`testing path ${path} failed`);
    case "add":
      return writePointer(document, path, value ?? null, "add");
    case "replace":
      return writePointer(document, path, value ?? null, "replace");
    case "remove":
      return writePointer(document, path, undefined, "remove");
    case "copy":
      return writePointer(document, path, copy(readPointer(document, String(from)) ?? null), "add");
    case "move": {
      const moved = readPointer(document, String(from)) ?? null;
      return writePointer(writePointer(document, String(from), undefined, "remove"), path, moved, "add");
    }
    default:
      throw badRequest(`error decoding patch: Unexpected kind: ${String(operation["op"])}`);
  }
}

// Kubernetes answers a patch that does not fit the object with a bare "Invalid".
function unprocessable(detail: string): Failure {
  const message = `the server rejected our request due to an error in our request: ${detail}`;
  return new Failure({ code: 422, reason: "Invalid", message, details: {} });
}

function stepsOf(pointer: string): string[] {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function readPointer(document: Json, pointer: string): Json | undefined {
  let here: Json | undefined = document;
  for (const step of stepsOf(pointer)) {
    if (Array.isArray(here)) here = here[Number(step)];
    else here = isObject(here) && Object.hasOwn(here, step) ? here[step] : undefined;
  }
  return here;
}

type Mode = "add" | "replace" | "remove";

function writePointer(document: Json, pointer: string, value: Json | undefined, mode: Mode): Json {
  const steps = stepsOf(pointer);
  const last = steps.pop();
  if (last === undefined) return value ?? null;
  const parent = readPointer(
    document,
    steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
  );
  const edit = { step: last, value, mode, pointer };
  if (Array.isArray(parent)) writeElement(parent, edit);
  else if (isObject(parent)) writeMember(parent, edit);
  else throw unprocessable(`${mode} operation does not apply: doc is missing path: "${pointer}"`);
  return document;
}

interface Edit {
  step: string;
  value: Json | undefined;
  mode: Mode;
  pointer: string;
}

function writeElement(list: Json[], { step, value, mode, pointer }: Edit): void {
  const index = step === "-" ? list.length : Number(step);
  const last = mode === "add" ? list.length : list.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > last) {
    throw unprocessable(`${mode} operation does not apply: doc is missing path: "${pointer}"`);
  }
  if (mode === "remove") list.splice(index, 1);
  else list.splice(index, mode === "replace" ? 1 : 0, value ?? null);
}

function writeMember(object: JsonObject, { step, value, mode, pointer }: Edit): void {
  if (mode !== "add" && !Object.hasOwn(object, step)) {
    throw unprocessable(`${mode} operation does not apply: doc is missing key: "${pointer}"`);
  }
  if (step === "__proto__") throw unprocessable(`"${pointer}" cannot be written`);
  if (mode === "remove") delete object[step];
  else object[step] = value ?? null;
}
