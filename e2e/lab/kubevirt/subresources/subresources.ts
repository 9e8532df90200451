import type { Answer, Call } from "../call";
import { ok } from "../call";
import type { Cluster } from "../cluster";
import { noSuchPath, plainFailure } from "../failures";
import { objectAt } from "../json";
import { expandInstanceType } from "../controllers/draft-instance";
import { asJson } from "../objects";
import type { SubresourcePath } from "../paths";
import type { Action } from "./actions";
import { readAction, requireMachine, wrongMethod } from "./actions";
import { askGuestAgent } from "./guest-agent";
import {
  freezeInstance,
  pauseInstance,
  resetInstance,
  softRebootInstance,
  unpauseInstance,
} from "./instance-actions";
import { migrateMachine } from "./migrate";
import { addVolume, removeVolume } from "./volumes";
import { restartMachine, startMachine, stopMachine } from "./power";

type Table = Record<string, { method: "GET" | "PUT"; run: (action: Action) => Answer }>;

const machineActions: Table = {
  start: { method: "PUT", run: startMachine },
  stop: { method: "PUT", run: stopMachine },
  restart: { method: "PUT", run: restartMachine },
  migrate: { method: "PUT", run: migrateMachine },
  addvolume: { method: "PUT", run: addVolume },
  removevolume: { method: "PUT", run: removeVolume },
  "expand-spec": { method: "GET", run: expandMachine },
};

const instanceActions: Table = {
  pause: { method: "PUT", run: pauseInstance },
  unpause: { method: "PUT", run: unpauseInstance },
  softreboot: { method: "PUT", run: softRebootInstance },
  reset: { method: "PUT", run: resetInstance },
  freeze: { method: "PUT", run: (action) => freezeInstance(action, "frozen") },
  unfreeze: { method: "PUT", run: (action) => freezeInstance(action, undefined) },
  addvolume: { method: "PUT", run: addVolume },
  removevolume: { method: "PUT", run: removeVolume },
  guestosinfo: { method: "GET", run: (action) => askGuestAgent(action, "guestosinfo") },
  userlist: { method: "GET", run: (action) => askGuestAgent(action, "userlist") },
  filesystemlist: { method: "GET", run: (action) => askGuestAgent(action, "filesystemlist") },
};

/** KubeVirt's aggregated API: what one does to a machine rather than to its description. */
export function answerSubresource(cluster: Cluster, call: Call, path: SubresourcePath): Answer {
  const table = path.resource === "virtualmachines" ? machineActions : instanceActions;
  const entry = Object.hasOwn(table, path.action) ? table[path.action] : undefined;
  if (!entry) throw noSuchPath();
  if (entry.method !== call.method) throw wrongMethod();
  return entry.run(readAction(cluster, call, path));
}

const noticedAfterMs = 30_000;

/** virt-api's pods are gone: the API server cannot reach the group, and after a while says so shortly. */
export function requireReachable(cluster: Cluster, call: Pick<Call, "method" | "path">): void {
  const ageMs = cluster.faults.ageOf("virtApiDown", call.method, call.path);
  if (!cluster.faults.take("virtApiDown", call.method, call.path)) return;
  if (ageMs > noticedAfterMs) throw plainFailure(503, "service unavailable");
  throw plainFailure(
    503,
    "error trying to reach service: dial tcp 10.96.112.7:443: connect: connection refused",
  );
}

function expandMachine(action: Action): Answer {
  const vm = requireMachine(action);
  const template = objectAt(vm.spec, "template");
  const spec = expandInstanceType(action.cluster, vm, objectAt(template, "spec"));
  const { instancetype: _, preference: __, ...rest } = vm.spec ?? {};
  return ok({ ...asJson(vm), spec: { ...rest, template: { ...template, spec } } });
}
