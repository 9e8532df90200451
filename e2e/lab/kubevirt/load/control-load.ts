import type { Answer, Call } from "../call";
import { ok, parseObject } from "../call";
import type { Cluster } from "../cluster";
import { badRequest } from "../failures";
import type { JsonObject } from "../json";
import { isObject, numberAt, textAt } from "../json";
import type { Emission, MachineChange } from "./machine-changes";
import { changeMachine, emitChanges } from "./machine-changes";
import type { LoadedMachine, ManyMachines } from "./many-machines";
import { addManyMachines } from "./many-machines";

/** Machines by the thousand, and changes by the second. */
export interface LoadControl {
  add(many: ManyMachines): LoadedMachine[];
  change(namespace: string, name: string, change: MachineChange): void;
  /** Starts a steady stream of changes; an earlier one ends. */
  emit(emission: Emission): void;
  /** Ends the stream and answers how many changes there were. */
  stop(): number;
}

export function createLoadControl(cluster: Cluster): LoadControl {
  let end: () => number = () => 0;
  return {
    add: (many) => addManyMachines(cluster, many),
    change: (namespace, name, change) => changeMachine(cluster, namespace, name, change),
    emit: (emission) => {
      end();
      end = emitChanges(cluster, emission);
    },
    stop: () => {
      const done = end();
      end = () => 0;
      return done;
    },
  };
}

/** The same over HTTP; undefined for any other call. */
export function answerLoadControl(load: LoadControl, call: Call): Answer | undefined {
  switch (`${call.method} ${call.path}`) {
    case "POST /lab/load/machines": {
      const machines = load.add(parseMany(parseObject(call)));
      return ok({ machines: machines.map((machine) => ({ ...machine })) });
    }
    case "POST /lab/load/change": {
      const body = parseObject(call);
      load.change(requireText(body, "namespace"), requireText(body, "name"), parseChange(body));
      return ok({});
    }
    case "PUT /lab/load/emission":
      load.emit(parseEmission(parseObject(call)));
      return ok({});
    case "DELETE /lab/load/emission":
      return ok({ changes: load.stop() });
    default:
      return undefined;
  }
}

function parseMany(body: JsonObject): ManyMachines {
  const labels = isObject(body["labels"]) ? body["labels"] : undefined;
  const texts = Object.entries(labels ?? {}).map(([key, value]) => [key, String(value)]);
  return {
    count: requireNumber(body, "count"),
    namespace: requireText(body, "namespace"),
    prefix: requireText(body, "prefix"),
    ...(labels && { labels: Object.fromEntries(texts) }),
  };
}

function parseEmission(body: JsonObject): Emission {
  const namespace = textAt(body, "namespace");
  return {
    perSecond: requireNumber(body, "perSecond"),
    change: parseChange(body),
    ...(namespace !== undefined && { namespace }),
  };
}

function parseChange(body: JsonObject): MachineChange {
  const { change } = body;
  if (change === "toggle" || change === "touch") return change;
  throw badRequest("change is toggle or touch");
}

function requireText(body: JsonObject, name: string): string {
  const value = textAt(body, name);
  if (value === undefined) throw badRequest(`${name} is missing`);
  return value;
}

function requireNumber(body: JsonObject, name: string): number {
  const value = numberAt(body, name);
  if (value === undefined) throw badRequest(`${name} is missing`);
  return value;
}
