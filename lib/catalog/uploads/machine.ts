import { defineMachine, type MoveOf, type StateOf } from "@/lib/core/state-machine";

/** From the browser to the portal's disk, from there to the cluster, and there into a volume. */
export const uploadMachine = defineMachine({
  name: "upload",
  states: ["PREPARING", "RECEIVING", "CHECKING", "SENDING", "CONVERTING", "READY", "FAILED", "CANCELLED"],
  initial: "PREPARING",
  moves: {
    prepare: { from: ["PREPARING"], to: "RECEIVING" },
    receive: { from: ["RECEIVING"], to: "CHECKING" },
    check: { from: ["CHECKING"], to: "SENDING" },
    send: { from: ["SENDING"], to: "CONVERTING" },
    resend: { from: ["CONVERTING"], to: "SENDING" },
    finish: { from: ["SENDING", "CONVERTING"], to: "READY" },
    fail: { from: ["PREPARING", "RECEIVING", "CHECKING", "SENDING", "CONVERTING"], to: "FAILED" },
    retry: { from: ["FAILED"], to: "PREPARING" },
    cancel: {
      from: ["PREPARING", "RECEIVING", "CHECKING", "SENDING", "CONVERTING", "FAILED"],
      to: "CANCELLED",
    },
  },
});

export type UploadStatus = StateOf<typeof uploadMachine>;
export type UploadMove = MoveOf<typeof uploadMachine>;
