import type { MessagePort } from "node:worker_threads";
import type { ConsoleTarget } from "@/lib/adapters/kubevirt/console-stream";
import type { ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import type { RecordingOrder } from "@/lib/console/recordings/start-recording";
import type { ConsoleEnding, ConsoleType } from "@/lib/console/rules";
import type { AskedConsole } from "./read-upgrade";
import type { RecordingReport } from "./recording";

/** What a session has carried so far, to the browser and from it. */
export interface SessionTraffic {
  id: number;
  bytesSent: number;
  bytesReceived: number;
}

/** Who asks, as the record will show them. */
export interface Caller {
  requestId: string | null;
  address: string | null;
  userAgent: string | null;
}

export interface RelayOptions {
  host: string;
  port: number;
  /** The portal's one address, or null where it is whatever address the client used. */
  publicOrigin: string | null;
  /** Where on this machine files are taken; null where none are. */
  uploadsUrl: string | null;
  /** Where on this machine recordings are opened; null where none are. */
  recordingsUrl: string | null;
}

/** What the thread is started with. */
export interface RelayStart {
  options: RelayOptions;
  wire: MessagePort;
}

/** What the thread that carries the bytes says; a session is known by the number it gave the browser. */
export type FromRelay =
  | { kind: "listening"; port: number }
  | { kind: "asked"; id: number; asked: AskedConsole; caller: Caller }
  | { kind: "failed"; id: number; reason: string }
  | { kind: "hungUp"; id: number }
  | { kind: "used"; id: number }
  | { kind: "traffic"; sessions: SessionTraffic[] }
  | { kind: "recorded"; report: RecordingReport }
  | ({ kind: "ended"; ending: ConsoleEnding } & SessionTraffic);

/** What it is told by the thread that knows the database. */
export type ToRelay =
  | { kind: "refuse"; id: number; status: number; code: string }
  | { kind: "turnAway"; id: number; ending: ConsoleEnding }
  | { kind: "forward"; id: number; address: string }
  | { kind: "cluster"; clusterId: string; connection: ClusterConnection }
  | { kind: "admit"; id: number; clusterId: string; target: ConsoleTarget; recording: RecordingOrder | null }
  | { kind: "watch"; id: number; watchedId: number; consoleType: ConsoleType }
  | { kind: "end"; id: number; ending: ConsoleEnding }
  | { kind: "beat"; isReady: boolean }
  | { kind: "stop" };
