import { once } from "node:events";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { aConsoleUser, aRunningVm, aSession, type SignedIn } from "@/e2e/factories/console";
import { anAdministrator } from "@/e2e/factories/person";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster } from "@/lib/adapters/kubevirt/client";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { createNamespace } from "@/lib/adapters/kubevirt/namespaces";
import { applyVirtualMachine, readVirtualMachineInstance } from "@/lib/adapters/kubevirt/virtual-machines";
import { issueConsoleToken } from "@/lib/console/issue-console-token";
import { closeCodes, consoleSocketPath } from "@/lib/console/rules";
import { closeChanges } from "@/lib/core/changes";
import type { Context, Person } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { checkToken } from "@/lib/identity/check-token";
import { disableUser } from "@/lib/identity/disable-user";
import { issueToken } from "@/lib/identity/issue-token";
import { revokeToken } from "@/lib/identity/revoke-token";
import { startViewAs } from "@/lib/identity/start-view-as";
import { issueTokenInput } from "@/lib/identity/tokens/schema";
import { startConsoleProxy, type ConsoleProxy } from "./start-proxy";

type PersonContext = Context & { actor: Person };

let lab: KubevirtLab;
let proxy: ConsoleProxy;
let vm: Awaited<ReturnType<typeof aRunningVm>>;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  vm = await aRunningVm({ kubeconfig: lab.kubeconfig, namespace: "team-t", name: "screen" });
  const client = connectToCluster(parseKubeconfig(lab.kubeconfig));
  await createNamespace(client, { name: "team-t" });
  await applyVirtualMachine(client, {
    apiVersion: "kubevirt.io/v1",
    kind: "VirtualMachine",
    metadata: { name: "screen", namespace: "team-t" },
    spec: {
      runStrategy: "Always",
      template: { spec: { domain: { devices: {}, memory: { guest: "1Gi" } } } },
    },
  });
  await vi.waitUntil(
    async () => (await readVirtualMachineInstance(client, "team-t", "screen"))?.status?.phase === "Running",
    { timeout: 10_000 },
  );
  client.close();
  proxy = await startConsoleProxy({ host: "127.0.0.1", port: 0, proxyId: "token-proxy" });
});

afterAll(async () => {
  await proxy.stop();
  await closeChanges();
  await lab.stop();
});

interface Program {
  owner: SignedIn;
  tokenId: string;
  authorization: string;
  ctx: PersonContext;
}

/** A program with a token of somebody who works on the VM. */
async function aProgram(over: object = {}): Promise<Program> {
  const { ctx: owner } = await aConsoleUser(vm.systemId);
  const { id, token } = await issueToken(owner, {
    ...issueTokenInput.parse({ name: "screenshots" }),
    ...over,
  });
  const authorization = `Bearer ${token}`;
  const ctx: Context = { ...owner, actor: { kind: "anonymous" }, requestId: newId() };
  const actor = await checkToken(ctx, authorization);
  if (actor === null) throw new Error("the token stands for nobody");
  return { owner, tokenId: id, authorization, ctx: { ...ctx, actor } };
}

async function aConsoleToken(ctx: PersonContext): Promise<string> {
  const request = { vmId: vm.id, consoleType: "vnc", grant: null } as const;
  return (await inTransaction((tx) => issueConsoleToken(tx, ctx, request))).token;
}

function connect(headers: Record<string, string>): WebSocket {
  const address = `ws://127.0.0.1:${proxy.port}${consoleSocketPath(vm.id, "vnc")}`;
  const socket = new WebSocket(address, [], { perMessageDeflate: false, headers });
  socket.on("error", () => undefined);
  return socket;
}

async function refusalOf(socket: WebSocket): Promise<number> {
  const [, answer] = (await once(socket, "unexpected-response")) as [
    unknown,
    { statusCode: number; resume(): void },
  ]; // ws types its events by name only.
  answer.resume();
  return answer.statusCode;
}

async function open({ ctx, authorization }: Program): Promise<WebSocket> {
  const socket = connect({ authorization, cookie: `vnc_bootstrap=${await aConsoleToken(ctx)}` });
  const [greeting] = (await once(socket, "message")) as [Buffer]; // ws types its events by name only.
  expect(String(greeting)).toBe("RFB 003.008\n");
  return socket;
}

async function endOf(socket: WebSocket, act: () => Promise<unknown>): Promise<number> {
  const closing = once(socket, "close");
  const begun = performance.now();
  await act();
  const [code] = (await closing) as [number]; // ws types its events by name only.
  expect(performance.now() - begun).toBeLessThan(5_000);
  return code;
}

test("a console that a token asked for is opened by that token, without a page's origin", async () => {
  const socket = await open(await aProgram());
  socket.terminate();
});

test("it is opened by no other token, not by its owner's session, and not by a token that does not carry it", async () => {
  const [program, other] = [await aProgram(), await aProgram()];
  const cookie = `vnc_bootstrap=${await aConsoleToken(program.ctx)}`;
  expect(await refusalOf(connect({ authorization: other.authorization, cookie }))).toBe(403);
  expect(await refusalOf(connect({ authorization: "Bearer shp_x", cookie }))).toBe(401);
  expect(await refusalOf(connect({ cookie }))).toBe(403);
  const narrow = await aProgram({ permissions: ["vm:read"] });
  const theirs = `vnc_bootstrap=${await aConsoleToken(narrow.ctx)}`;
  expect(await refusalOf(connect({ authorization: narrow.authorization, cookie: theirs }))).toBe(403);
});

test("it ends within five seconds of the token's end and of its owner's", async () => {
  const revoked = await aProgram();
  const first = await open(revoked);
  const end = () => revokeToken(revoked.owner, { tokenId: revoked.tokenId });
  expect(await endOf(first, end)).toBe(closeCodes.session_ended);

  const disabled = await aProgram();
  const second = await open(disabled);
  const administrator = await anAdministrator();
  const disable = () => disableUser(administrator, { userId: disabled.owner.actor.id });
  expect(await endOf(second, disable)).toBe(closeCodes.session_ended);
});

test("an administrator who looks at the portal as somebody else opens no console as them", async () => {
  const { ctx: target } = await aConsoleUser(vm.systemId);
  const admin = await anAdministrator();
  const cookie = await aSession(admin);
  const token = await aConsoleToken({
    ...target,
    actor: { ...target.actor, sessionId: admin.actor.sessionId },
  });
  await startViewAs(admin, { userId: target.actor.id });
  const origin = `http://127.0.0.1:${proxy.port}`;
  const cookies = `session_id=${cookie}; vnc_bootstrap=${token}`;
  expect(await refusalOf(connect({ origin, cookie: cookies }))).toBe(403);
});
