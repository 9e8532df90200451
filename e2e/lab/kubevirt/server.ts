import { createServer } from "node:https";
import type { Server } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Users } from "./access";
import { createIdentity } from "./certificates";
import type { Identity } from "./certificates";
import { startClock } from "./clock";
import type { Cluster } from "./cluster";
import { Pictures } from "./console/pictures";
import { QemuGuests } from "./console/qemu";
import { ConsoleSockets } from "./console/websockets";
import type { LabControl } from "./control";
import { createControl } from "./control";
import { startDataVolumes } from "./controllers/data-volumes";
import { startGarbageCollector } from "./controllers/garbage-collector";
import { startHotplug } from "./controllers/hotplug";
import { startInstances } from "./controllers/instances";
import { startMigrations } from "./controllers/migrations";
import { startVirtualMachines } from "./controllers/virtual-machines";
import { Faults } from "./faults";
import { answerRequest, answerUpgrade } from "./front";
import type { Front } from "./front";
import type { Inventory } from "./inventory";
import { installInventory } from "./install-inventory";
import { defaultInventory } from "./inventory";
import { writeKubeconfig } from "./kubeconfig";
import { Ledger } from "./ledger";
import { StateFolder } from "./persistence";
import { loadSchemas } from "./schema/schemas";
import { Store } from "./store";
import { Watches } from "./watch";

const compactionEveryMs = 300_000;

export interface LabOptions {
  port?: number;
  host?: string;
  name?: string;
  kubevirtVersion?: string;
  /** 1 is about real: a machine runs some six seconds after it was created. */
  clockSpeed?: number;
  inventory?: Partial<Inventory>;
  /** Keeps certificates, tokens and objects here across restarts. */
  stateDirectory?: string;
  qemu?: boolean;
}

export interface KubevirtLab {
  url: string;
  caPem: string;
  token: string;
  kubeconfig: string;
  /** A second user, who is refused what `control.restrict` says. */
  restrictedToken: string;
  restrictedKubeconfig: string;
  /** Whether real guests run behind the consoles. */
  hasRealGuests: boolean;
  control: LabControl;
  stop(): Promise<void>;
}

/** Starts a stand-in for a Kubernetes cluster with KubeVirt, reachable over HTTPS only. */
export async function startKubevirtLab(options: LabOptions = {}): Promise<KubevirtLab> {
  const { name = "lab", host = "127.0.0.1" } = options;
  const folder = options.stateDirectory === undefined ? undefined : new StateFolder(options.stateDirectory);
  const identity = await establishIdentity(folder, name, host);
  const cluster = await createCluster(options, name);
  folder?.restore(cluster);
  installInventory(cluster);
  folder?.keepCurrent(cluster);
  startControllers(cluster);

  const users = new Users();
  users.add(identity.token, "system:serviceaccount:shepherd-system:shepherd");
  const restricted = users.add(identity.restrictedToken, "system:serviceaccount:team-a:restricted");
  const control = createControl(cluster, restricted);
  const consoles = new ConsoleSockets(cluster);
  const front: Front = { cluster, users, control, consoles };
  const listener = await listen(identity, front, options.port ?? 0, host);
  obeyImmediateFaults(cluster, listener);

  const url = `https://${host.includes(":") ? `[${host}]` : host}:${listener.port}`;
  const stop = async () => {
    consoles.stop();
    cluster.pictures.stop();
    cluster.guests?.stop();
    cluster.clock.stop();
    folder?.save(cluster);
    await listener.close();
  };
  return {
    ...describeAccess(name, url, identity),
    hasRealGuests: cluster.guests !== undefined,
    control,
    stop,
  };
}

function describeAccess(name: string, url: string, identity: Identity) {
  const { caPem, token, restrictedToken } = identity;
  return {
    url,
    caPem,
    token,
    restrictedToken,
    kubeconfig: writeKubeconfig({ name, url, caPem, token }),
    restrictedKubeconfig: writeKubeconfig({ name, url, caPem, token: restrictedToken }),
  };
}

async function establishIdentity(
  folder: StateFolder | undefined,
  name: string,
  host: string,
): Promise<Identity> {
  const saved = folder?.readIdentity();
  if (saved) return saved;
  const identity = await createIdentity(name, [...new Set(["127.0.0.1", "::1", "localhost", host])]);
  folder?.writeIdentity(identity);
  return identity;
}

async function createCluster(options: LabOptions, name: string): Promise<Cluster> {
  const store = new Store();
  const clock = startClock(options.clockSpeed ?? 1);
  const faults = new Faults();
  const shared = {
    name,
    kubevirtVersion: options.kubevirtVersion ?? "v1.9.0",
    inventory: { ...defaultInventory, ...options.inventory },
    store,
    clock,
    schemas: await loadSchemas(),
    faults,
    ledger: new Ledger(),
    watches: new Watches(store, clock, faults),
  };
  clock.every(compactionEveryMs, () => store.forgetBefore(Date.now() - compactionEveryMs));
  const guests = options.qemu && QemuGuests.isInstalled() ? new QemuGuests() : undefined;
  return { ...shared, pictures: new Pictures(shared), guests };
}

function startControllers(cluster: Cluster): void {
  startGarbageCollector(cluster);
  startVirtualMachines(cluster);
  startInstances(cluster);
  startDataVolumes(cluster);
  startMigrations(cluster);
  startHotplug(cluster);
  cluster.guests?.watch(cluster);
}

interface Listener {
  port: number;
  close(): Promise<void>;
  /** Refuses connections for a while, as a stopped API server does. */
  refuseFor(milliseconds: number): void;
}

async function listen(identity: Identity, front: Front, wantedPort: number, host: string): Promise<Listener> {
  const server = createServer({ key: identity.keyPem, cert: identity.certificatePem });
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on(
    "request",
    (request: IncomingMessage, response: ServerResponse) => void answerRequest(front, request, response),
  );
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) =>
    answerUpgrade(front, request, socket, head),
  );
  const port = await open(server, wantedPort, host);
  const cut = () => sockets.forEach((socket) => socket.destroy());
  return {
    port,
    close: () => closeServer(server, cut),
    refuseFor: (milliseconds) => {
      void closeServer(server, cut).then(() =>
        setTimeout(() => void open(server, port, host), milliseconds).unref(),
      );
    },
  };
}

function open(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function closeServer(server: Server, cut: () => void): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    cut();
  });
}

function obeyImmediateFaults(cluster: Cluster, listener: Listener): void {
  cluster.faults.onChange(() => {
    const refuseMs = cluster.faults.takeImmediate("refuse");
    // The answer to the call that set the fault still has to get out.
    if (refuseMs !== undefined) setTimeout(() => listener.refuseFor(refuseMs), 20);
    const back = cluster.faults.takeImmediate("rvBackwards");
    if (back !== undefined) cluster.store.rewind(back);
  });
}
