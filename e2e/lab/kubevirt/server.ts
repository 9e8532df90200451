import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { Users } from "./access";
import { createCertificates, createIdentity } from "./certificates";
import type { Identity } from "./certificates";
import { startClock } from "./clock";
import type { Cluster } from "./cluster";
import { Pictures } from "./console/pictures";
import { QemuGuests } from "./console/qemu";
import { ConsoleSockets } from "./console/websockets";
import type { LabControl } from "./control";
import { createControl } from "./control";
import { startClones } from "./controllers/clones";
import { startDataVolumes } from "./controllers/data-volumes";
import { startGarbageCollector } from "./controllers/garbage-collector";
import { startHotplug } from "./controllers/hotplug";
import { startInstances } from "./controllers/instances";
import { startMigrations } from "./controllers/migrations";
import { startRestores } from "./controllers/restores";
import { startSnapshots } from "./controllers/snapshots";
import { startVirtualMachines } from "./controllers/virtual-machines";
import { Faults } from "./faults";
import { answerRequest, answerUpgrade } from "./front";
import type { Front } from "./front";
import { GuestWords } from "./guest-words";
import { Imports } from "./imports";
import { Launches } from "./launches";
import { announceUploadProxy } from "./install-importer";
import { installInventory } from "./install-inventory";
import type { Inventory } from "./inventory";
import { defaultInventory } from "./inventory";
import { writeKubeconfig } from "./kubeconfig";
import { Ledger } from "./ledger";
import type { Listener } from "./listener";
import { addressOf, listenSecurely } from "./listener";
import { StateFolder } from "./persistence";
import { loadSchemas } from "./schema/schemas";
import { Store } from "./store";
import { answerUploadProxy } from "./upload/proxy";
import { Uploads } from "./upload/uploads";
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
  /** Nothing happens by itself: objects stay as they are put. */
  withoutControllers?: boolean;
  uploadPort?: number;
  /** Counts a percentage while an upload is converted; CDI itself says N/A. */
  showUploadProgress?: boolean;
}

export interface KubevirtLab {
  url: string;
  caPem: string;
  token: string;
  kubeconfig: string;
  /** A second user, who is refused what `control.restrict` says. */
  restrictedToken: string;
  restrictedKubeconfig: string;
  /** CDI's way in for images, with the authority that signed its certificate. */
  uploadProxy: { url: string; caPem: string };
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
  if (!options.withoutControllers) startControllers(cluster);

  const users = new Users();
  users.add(identity.token, "system:serviceaccount:shepherd-system:shepherd");
  const restricted = users.add(identity.restrictedToken, "system:serviceaccount:team-a:restricted");
  const control = createControl(cluster, restricted);
  const consoles = new ConsoleSockets(cluster);
  const front: Front = { cluster, users, control, consoles };
  const listener = await listenSecurely(identity, answerWith(front), { port: options.port ?? 0, host });
  cluster.bytesSent = () => listener.bytesSent();
  const uploadProxy = await openUploadProxy(cluster, folder, options);
  obeyImmediateFaults(cluster, listener);

  const url = `https://${addressOf(host, listener.port)}`;
  const stop = async () => {
    consoles.stop();
    cluster.pictures.stop();
    cluster.guests?.stop();
    cluster.clock.stop();
    folder?.save(cluster);
    await Promise.all([listener.close(), uploadProxy.listener.close()]);
  };
  return {
    ...describeAccess(name, url, identity),
    uploadProxy: { url: uploadProxy.url, caPem: uploadProxy.caPem },
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
  const identity = await createIdentity(name, hostsOf(host));
  folder?.writeIdentity(identity);
  return identity;
}

function hostsOf(host: string): string[] {
  return [...new Set(["127.0.0.1", "::1", "localhost", host])];
}

async function createCluster(options: LabOptions, name: string): Promise<Cluster> {
  const store = new Store();
  const clock = startClock(options.clockSpeed ?? 1);
  const faults = new Faults();
  const kubevirtVersion = options.kubevirtVersion ?? "v1.9.0";
  const shared = {
    name,
    kubevirtVersion,
    inventory: { ...defaultInventory, ...options.inventory },
    store,
    clock,
    schemas: await loadSchemas(kubevirtVersion),
    faults,
    ledger: new Ledger(),
    watches: new Watches(store, clock, faults),
    imports: new Imports(),
    launches: new Launches(),
    uploads: new Uploads(),
    guestWords: new GuestWords(),
    bytesSent: () => 0,
  };
  shared.uploads.settings.showProgress = options.showUploadProgress ?? false;
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
  startSnapshots(cluster);
  startRestores(cluster);
  startClones(cluster);
  startHotplug(cluster);
  cluster.guests?.watch(cluster);
}

function answerWith(front: Front) {
  return {
    request: (request: IncomingMessage, response: ServerResponse) =>
      void answerRequest(front, request, response),
    upgrade: (request: IncomingMessage, socket: Socket, head: Buffer) =>
      answerUpgrade(front, request, socket, head),
  };
}

/** CDI's upload proxy, at an address and behind an authority of its own. */
async function openUploadProxy(cluster: Cluster, folder: StateFolder | undefined, options: LabOptions) {
  const host = options.host ?? "127.0.0.1";
  const saved = folder?.readUploadCertificates();
  const certificates =
    saved ?? (await createCertificates("cdi-uploadproxy-signer", "cdi-uploadproxy", hostsOf(host)));
  if (!saved) folder?.writeUploadCertificates(certificates);
  const request = (received: IncomingMessage, response: ServerResponse) =>
    void answerUploadProxy(cluster, received, response);
  const listener = await listenSecurely(certificates, { request }, { port: options.uploadPort ?? 0, host });
  const address = addressOf(host, listener.port);
  announceUploadProxy(cluster, { address, caPem: certificates.caPem });
  return { url: `https://${address}`, caPem: certificates.caPem, listener };
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
