import { request } from "node:https";
import type { Fault } from "./kubevirt/faults";
import type { GuestWord } from "./kubevirt/guest-words";
import type { ImportFailure } from "./kubevirt/imports";
import type { LaunchFailure } from "./kubevirt/launches";
import type { LedgerEntry } from "./kubevirt/ledger";
import type { Emission, MachineChange } from "./kubevirt/load/machine-changes";
import type { LoadedMachine, ManyMachines } from "./kubevirt/load/many-machines";
import type { ReceivedImage, UploadSettings } from "./kubevirt/upload/uploads";

export interface LabAddress {
  url: string;
  caPem: string;
  token: string;
}

export interface LabClient {
  ledger(): Promise<LedgerEntry[]>;
  clearLedger(): Promise<void>;
  /** How often each verb met each resource, such as `"list virtualmachines": 3`. */
  requests(): Promise<Record<string, number>>;
  openWatches(): Promise<number>;
  setFaults(...faults: Fault[]): Promise<void>;
  clearFaults(): Promise<void>;
  dropWatches(): Promise<number>;
  compact(): Promise<void>;
  /** Creates or replaces an object as somebody with kubectl would. */
  put(object: object): Promise<void>;
  remove(kind: string, namespace: string | undefined, name: string): Promise<void>;
  restrict(denied: string[]): Promise<void>;
  /** What was sent to the upload proxy, oldest first. */
  uploads(): Promise<ReceivedImage[]>;
  setUploads(settings: Partial<UploadSettings>): Promise<void>;
  /** Makes every upload token there is too old. */
  expireUploadTokens(): Promise<void>;
  setImports(change: { seconds?: number; failures?: ImportFailure[] }): Promise<void>;
  /** Ends the failures of imports. */
  letImportsSucceed(): Promise<void>;
  /** Machines that do not come up, by a part of their names. */
  failLaunches(...failures: LaunchFailure[]): Promise<void>;
  letLaunchesSucceed(): Promise<void>;
  setKubevirtVersion(version: string): Promise<void>;
  /** What the agent of one machine says from now on. */
  setGuest(namespace: string, name: string, word: GuestWord): Promise<void>;
  /** Whether the cluster has a metrics-server. */
  serveMetricsApi(served: boolean): Promise<void>;
  addMachines(many: ManyMachines): Promise<LoadedMachine[]>;
  changeMachine(namespace: string, name: string, change: MachineChange): Promise<void>;
  emitChanges(emission: Emission): Promise<void>;
  /** Ends the stream of changes and answers how many there were. */
  stopChanges(): Promise<number>;
  bytesSent(): Promise<number>;
}

/** The lab's controls, for a lab that runs in another process. */
export function labControl(address: LabAddress): LabClient {
  const call = <Result>(method: string, path: string, body?: unknown) =>
    callLab<Result>(address, method, path, body);
  return {
    ledger: async () => (await call<{ entries: LedgerEntry[] }>("GET", "/lab/ledger")).entries,
    clearLedger: () => call("DELETE", "/lab/ledger"),
    requests: async () => (await call<{ requests: Record<string, number> }>("GET", "/lab/requests")).requests,
    openWatches: async () => (await call<{ openWatches: number }>("GET", "/lab/requests")).openWatches,
    setFaults: (...faults) => call("PUT", "/lab/faults", faults),
    clearFaults: () => call("DELETE", "/lab/faults"),
    dropWatches: async () => (await call<{ dropped: number }>("POST", "/lab/watches/drop")).dropped,
    compact: () => call("POST", "/lab/compact"),
    put: (object) => call("PUT", "/lab/objects", object),
    remove: (kind, namespace, name) => {
      const query = new URLSearchParams({ kind, name, ...(namespace !== undefined && { namespace }) });
      return call("DELETE", `/lab/objects?${query.toString()}`);
    },
    restrict: (denied) => call("PUT", "/lab/restrictions", denied),
    uploads: async () => (await call<{ received: ReceivedImage[] }>("GET", "/lab/uploads")).received,
    setUploads: (settings) => call("PUT", "/lab/uploads", settings),
    expireUploadTokens: () => call("POST", "/lab/uploads/expire"),
    setImports: (change) => call("PUT", "/lab/imports", change),
    letImportsSucceed: () => call("DELETE", "/lab/imports"),
    failLaunches: (...failures) => call("PUT", "/lab/launches", { failures }),
    letLaunchesSucceed: () => call("DELETE", "/lab/launches"),
    setKubevirtVersion: (version) => call("PUT", "/lab/kubevirt", { version }),
    setGuest: (namespace, name, word) => call("PUT", "/lab/guests", { namespace, name, ...word }),
    serveMetricsApi: (served) => call("PUT", "/lab/metrics-api", { served }),
    addMachines: async (many) =>
      (await call<{ machines: LoadedMachine[] }>("POST", "/lab/load/machines", many)).machines,
    changeMachine: (namespace, name, change) => call("POST", "/lab/load/change", { namespace, name, change }),
    emitChanges: (emission) => call("PUT", "/lab/load/emission", emission),
    stopChanges: async () => (await call<{ changes: number }>("DELETE", "/lab/load/emission")).changes,
    bytesSent: async () => (await call<{ bytesSent: number }>("GET", "/lab/requests")).bytesSent,
  };
}

function callLab<Result>(address: LabAddress, method: string, path: string, body: unknown): Promise<Result> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      new URL(path, address.url),
      {
        method,
        ca: address.caPem,
        agent: false,
        headers: { authorization: `Bearer ${address.token}`, "content-type": "application/json" },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          if (response.statusCode !== 200)
            return reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`));
          const answer: Result = JSON.parse(text);
          resolve(answer);
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
