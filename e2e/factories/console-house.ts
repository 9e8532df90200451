import { once } from "node:events";
import { vi } from "vitest";
import { WebSocket } from "ws";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster } from "@/lib/adapters/kubevirt/client";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { createNamespace } from "@/lib/adapters/kubevirt/namespaces";
import { applyVirtualMachine, readVirtualMachineInstance } from "@/lib/adapters/kubevirt/virtual-machines";
import { issueConsoleToken, type NewConsoleToken } from "@/lib/console/issue-console-token";
import { consoleSocketPath } from "@/lib/console/rules";
import { closeChanges } from "@/lib/core/changes";
import { inTransaction } from "@/lib/core/transaction";
import { startConsoleProxy, type ConsoleProxy } from "@/lib/processes/console/start-proxy";
import { aRunningVm, type SignedIn } from "./console";

export interface Visitor {
  ctx: SignedIn;
  cookie: string;
}

type Machine = Awaited<ReturnType<typeof aRunningVm>>;

/** A pretend cluster behind TLS with a console process before it, on real sockets. */
export class ConsoleHouse {
  readonly lab: KubevirtLab;
  readonly proxy: ConsoleProxy;
  readonly #others: ConsoleProxy[] = [];

  private constructor(lab: KubevirtLab, proxy: ConsoleProxy) {
    this.lab = lab;
    this.proxy = proxy;
  }

  static async open(): Promise<ConsoleHouse> {
    const lab = await startKubevirtLab({ clockSpeed: 50 });
    return new ConsoleHouse(lab, await startConsoleProxy({ host: "127.0.0.1", port: 0, proxyId: "first" }));
  }

  async close(): Promise<void> {
    for (const proxy of [this.proxy, ...this.#others]) await proxy.stop();
    await closeChanges();
    await this.lab.stop();
  }

  async anotherProxy(): Promise<ConsoleProxy> {
    const proxy = await startConsoleProxy({ host: "127.0.0.1", port: 0, proxyId: "second" });
    this.#others.push(proxy);
    return proxy;
  }

  /** A machine that runs in the cluster and in the portal. */
  async aMachine(name: string, environment = "test"): Promise<Machine> {
    const namespace = `team-${name}`;
    const { kubeconfig } = this.lab;
    const vm = await aRunningVm({ kubeconfig, namespace, name, environment });
    const client = connectToCluster(parseKubeconfig(kubeconfig));
    await createNamespace(client, { name: namespace });
    await applyVirtualMachine(client, {
      apiVersion: "kubevirt.io/v1",
      kind: "VirtualMachine",
      metadata: { name, namespace },
      spec: {
        runStrategy: "Always",
        template: { spec: { domain: { devices: {}, memory: { guest: "1Gi" } } } },
      },
    });
    const phase = async () => (await readVirtualMachineInstance(client, namespace, name))?.status?.phase;
    await vi.waitUntil(async () => (await phase()) === "Running", { timeout: 10_000 });
    client.close();
    return vm;
  }

  /** Connects with a token that was issued for it. */
  async connect(
    { ctx, cookie }: Visitor,
    asked: Omit<NewConsoleToken, "grant"> & Partial<Pick<NewConsoleToken, "grant">>,
    proxy = this.proxy,
  ): Promise<{ socket: WebSocket; jti: string }> {
    const { token, jti } = await inTransaction((tx) => issueConsoleToken(tx, ctx, { grant: null, ...asked }));
    const path = consoleSocketPath(asked.vmId, asked.consoleType);
    const socket = new WebSocket(`ws://127.0.0.1:${proxy.port}${path}`, [], {
      perMessageDeflate: false,
      headers: {
        cookie: `session_id=${cookie}; vnc_bootstrap=${token}`,
        origin: `http://127.0.0.1:${proxy.port}`,
      },
    });
    socket.on("error", () => undefined);
    return { socket, jti };
  }
}

export async function closingOf(socket: WebSocket): Promise<{ code: number; reason: string }> {
  // ws types its events by name only.
  const [code, reason] = (await once(socket, "close")) as [number, Buffer];
  return { code, reason: reason.toString() };
}
