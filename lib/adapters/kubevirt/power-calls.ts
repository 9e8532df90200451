import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { subresourcePath } from "./paths";

interface PowerOutcome {
  /** False when the cluster said that there was nothing to do; `reason` holds its words. */
  changed: boolean;
  reason?: string;
}

/** One subresource of KubeVirt that changes how a machine runs. */
export type PowerCall = (client: ClusterClient, namespace: string, name: string) => Promise<PowerOutcome>;

interface Subresource {
  plural: "virtualmachines" | "virtualmachineinstances";
  subresource: string;
  body?: Record<string, unknown>;
  /** KubeVirt's ways of saying that the VM already is, or is already becoming, what was asked. */
  nothingToDo?: RegExp;
  /** Refusals that asking again does not change. */
  refused?: RegExp;
}

export const startVirtualMachine = powerCall({
  plural: "virtualmachines",
  subresource: "start",
  nothingToDo: /already running|does not support manual start requests/,
});

export const stopVirtualMachine = powerCall({
  plural: "virtualmachines",
  subresource: "stop",
  nothingToDo: /not running|only supports manual stop requests with a shorter/,
});

/** The guest is given no time; a stop that hangs ends by it too. */
export const forceStopVirtualMachine = powerCall({
  plural: "virtualmachines",
  subresource: "stop",
  body: { gracePeriod: 0 },
  nothingToDo: /not running|only supports manual stop requests with a shorter/,
});

export const restartVirtualMachine = powerCall({
  plural: "virtualmachines",
  subresource: "restart",
  nothingToDo: /not running|stop\/start already underway/,
});

export const pauseVirtualMachine = powerCall({
  plural: "virtualmachineinstances",
  subresource: "pause",
  nothingToDo: /already paused/,
  refused: /not running/,
});

export const resumeVirtualMachine = powerCall({
  plural: "virtualmachineinstances",
  subresource: "unpause",
  nothingToDo: /is not paused/,
  refused: /not running/,
});

/** The guest restarts itself: by its agent, or by the power button where it has ACPI. */
export const softRebootVirtualMachine = powerCall({
  plural: "virtualmachineinstances",
  subresource: "softreboot",
  refused: /not running|is paused|neither have the agent/,
});

export const resetVirtualMachine = powerCall({
  plural: "virtualmachineinstances",
  subresource: "reset",
  refused: /not running|non-running/,
});

function powerCall(call: Subresource): PowerCall {
  return async (client, namespace, name) => {
    const { plural, subresource, body = {} } = call;
    try {
      await client.exchange({
        method: "PUT",
        path: subresourcePath(namespace, plural, { name, subresource }),
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      return { changed: true };
    } catch (error) {
      return settleFailure(call, error);
    }
  };
}

/** The API server did not reach KubeVirt, so nothing was done. */
const isUnsent = /^error trying to reach service: dial|^service unavailable/;

function settleFailure({ plural, nothingToDo, refused }: Subresource, error: unknown): PowerOutcome {
  if (!(error instanceof ClusterFailure)) throw error;
  const { status, reason, causes, message } = error;
  // Without its instance a machine does not run, which a later try does not change.
  if (error.kind === "gone" && plural === "virtualmachineinstances")
    throw new ClusterFailure("rejected", message, { status, reason, causes });
  if (status === 503 && isUnsent.test(message))
    throw new ClusterFailure(error.kind, message, { status, reason, causes });
  if (status !== 409 && status !== 500) throw error;
  if (nothingToDo?.test(message) === true) return { changed: false, reason: message };
  if (status === 409 && refused?.test(message) === true)
    throw new ClusterFailure("rejected", message, { status, reason, causes });
  throw error;
}
