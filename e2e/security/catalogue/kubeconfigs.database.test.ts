import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PUT as rotate } from "@/app/api/v1/admin/clusters/[id]/credentials/route";
import { POST as register } from "@/app/api/v1/admin/clusters/route";
import { POST as testConnection } from "@/app/api/v1/admin/clusters/test-connection/route";
import { aCluster } from "@/e2e/factories/cluster";
import { aKubeconfig } from "@/e2e/factories/kubeconfig";
import { anAdministrator } from "@/e2e/factories/person";
import { createIdentity } from "@/e2e/lab/kubevirt/certificates";
import { previewKubeconfig } from "@/lib/clusters/preview-kubeconfig";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { previewKubeconfigInput, registerClusterInput } from "@/lib/clusters/schema";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { openSuite } from "../count-refusals";
import { countConnections, type ConnectionCounter } from "./count-connections";
import { countWrites } from "./count-writes";
import { draft, type HostileKubeconfig, type Parts } from "./kubeconfigs/base";
import { dangerousKeys, type Canary } from "./kubeconfigs/dangerous-keys";
import { hostileServers } from "./kubeconfigs/hostile-servers";
import { hostileTexts } from "./kubeconfigs/hostile-texts";
import { refusalOfAnswer, refusalOfForm, type Refusal } from "./read-refusal";
import { anAdministratorsCookie, sendText } from "./send-text";
import { tryInput } from "./try-input";

const suite = openSuite("kubeconfigs");
const inputsMin = 500;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-kubeconfigs-"));
const canary: Canary = { made: path.join(folder, "made"), named: path.join(folder, "named") };

let connections: ConnectionCounter;
let parts: Parts;
let clusterId: string;
let cookie: string;
let administrator: Context;

beforeAll(async () => {
  fs.writeFileSync(canary.named, "a secret of the server");
  const { caPem, token } = await createIdentity("trap", ["127.0.0.1"]);
  administrator = await anAdministrator();
  cookie = await anAdministratorsCookie();
  clusterId = (await aCluster({ kubeconfig: await aKubeconfig() })).id;
  connections = await countConnections();
  parts = { server: `https://127.0.0.1:${connections.trapPort}`, caPem, token };
});

afterAll(async () => {
  await connections.close();
  fs.rmSync(folder, { recursive: true, force: true });
  suite.print(inputsMin);
});

const fresh = () => `c${newId().slice(-10)}`;

type Door = (kubeconfig: string) => Promise<Refusal | null>;

const doors: Record<string, Door> = {
  register: (kubeconfig) => {
    const body = { name: fresh(), display_name: "New", environment: "test", kubeconfig };
    return refusalOfAnswer(sendText(register, { method: "POST", cookie, body }));
  },
  "register by form": (kubeconfig) =>
    refusalOfForm(
      registerClusterInput,
      { name: fresh(), displayName: "New", environment: "test", kubeconfig },
      (input) => registerCluster(administrator, input),
    ),
  rotate: (kubeconfig) =>
    refusalOfAnswer(
      sendText(rotate, { method: "PUT", cookie, params: { id: clusterId }, body: { kubeconfig } }),
    ),
  preview: (kubeconfig) =>
    refusalOfForm(previewKubeconfigInput, { kubeconfig }, (input) => previewKubeconfig(administrator, input)),
  "test connection": (kubeconfig) =>
    refusalOfAnswer(sendText(testConnection, { method: "POST", cookie, body: { kubeconfig } })),
};

/** Marked at its input, which is all a form can show it at. */
function isMarked({ code, fields }: Refusal): boolean {
  return ["KUBECONFIG_REFUSED", "VALIDATION_FAILED"].includes(code) && fields.includes("kubeconfig");
}

async function tryEverywhere(cases: HostileKubeconfig[]): Promise<void> {
  for (const { title, text } of cases) {
    for (const [door, send] of Object.entries(doors)) {
      const name = `${title} at ${door}`;
      await tryInput({ suite, connections }, { name, attempt: () => send(text), isRight: isMarked });
    }
  }
}

test(
  "members that run, read, trust or call something",
  () => tryEverywhere(dangerousKeys(parts, canary)),
  60_000,
);

test("addresses that no cluster is reached at", () => tryEverywhere(hostileServers(parts)), 60_000);

test("texts that no reader should be given", () => tryEverywhere(hostileTexts(parts)), 60_000);

test("no command ran, and nothing was polluted", () => {
  expect(fs.existsSync(canary.made)).toBe(false);
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

// Where nothing is ever written and nobody is ever called, a suite of refusals would be full as well.
test("the one they all differ from is accepted, written and counted", async () => {
  const before = await countWrites();
  const kubeconfig = JSON.stringify(draft(parts));
  expect(await doors["preview"]?.(kubeconfig)).toBeNull();
  expect(await countWrites()).toBe(before);
  expect(await doors["register"]?.(kubeconfig)).toBeNull();
  expect(await countWrites()).not.toBe(before);
  await expect(fetch(`http://127.0.0.1:${connections.trapPort}`)).rejects.toThrow();
  expect([connections.trapped(), connections.made().length]).toEqual([1, 1]);
});
