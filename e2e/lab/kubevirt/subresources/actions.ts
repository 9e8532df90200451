import type { Answer, Call } from "../call";
import { parseBody } from "../call";
import type { Cluster } from "../cluster";
import { Failure, badRequest, conflict, notFound, plainFailure } from "../failures";
import type { JsonObject } from "../json";
import { isObject, valueAt } from "../json";
import { instanceKind, virtualMachineKind } from "../kinds";
import type { KubeObject } from "../objects";
import type { SubresourcePath } from "../paths";

export interface Action {
  cluster: Cluster;
  call: Call;
  path: SubresourcePath;
  /** What the caller sent; an empty body is an empty object. */
  options: JsonObject;
  isDryRun: boolean;
}

export function readAction(cluster: Cluster, call: Call, path: SubresourcePath): Action {
  const options = readOptions(call);
  const dryRun = valueAt(options, "dryRun");
  return { cluster, call, path, options, isDryRun: Array.isArray(dryRun) && dryRun.includes("All") };
}

function readOptions(call: Call): JsonObject {
  if (call.body.length === 0) return {};
  const prefix = "Can not unmarshal Request body to struct, error: ";
  try {
    const body = parseBody(call);
    if (body === null) return {};
    if (isObject(body)) return body;
  } catch (error) {
    throw badRequest(prefix + (error instanceof Failure ? error.message : "error unmarshaling JSON"));
  }
  throw badRequest(
    `${prefix}error unmarshaling JSON: while decoding JSON: json: cannot unmarshal into Go value`,
  );
}

export function requireMachine({ cluster, path }: Action): KubeObject {
  const vm = cluster.store.get(virtualMachineKind, path.namespace, path.name);
  if (!vm) throw notFound({ resource: "virtualmachine", group: "kubevirt.io", name: path.name });
  return vm;
}

export function requireInstance({ cluster, path }: Action): KubeObject {
  const instance = cluster.store.get(instanceKind, path.namespace, path.name);
  if (!instance)
    throw notFound({ resource: "virtualmachineinstance", group: "kubevirt.io", name: path.name });
  return instance;
}

export function machineConflict(name: string, cause: string): Failure {
  return conflict({ resource: "virtualmachine", group: "kubevirt.io", name }, cause);
}

export function instanceConflict(name: string, cause: string): Failure {
  return conflict({ resource: "virtualmachineinstance", group: "kubevirt.io", name }, cause);
}

export function requireNumber(action: Action, member: string): number | undefined {
  const value = action.options[member];
  if (value === undefined || value === null) return undefined;
  if (typeof value === "number" && Number.isInteger(value)) return value;
  const type = typeof value === "string" ? "string" : typeof value;
  throw badRequest(
    `Can not unmarshal Request body to struct, error: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${type} into Go struct field .${member} of type int64`,
  );
}

export function requireBoolean(action: Action, member: string): boolean {
  const value = action.options[member];
  if (value === undefined || value === null) return false;
  if (typeof value === "boolean") return value;
  throw badRequest(
    `Can not unmarshal Request body to struct, error: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal ${typeof value} into Go struct field .${member} of type bool`,
  );
}

export function wrongMethod(): Failure {
  return plainFailure(405, "405: Method Not Allowed");
}

export const accepted: Answer = { code: 202 };
export const done: Answer = { code: 200 };
