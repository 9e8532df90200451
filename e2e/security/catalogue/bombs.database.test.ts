import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as createSize } from "@/app/api/v1/admin/instance-sizes/route";
import { POST as createTemplate } from "@/app/api/v1/admin/templates/route";
import { POST as addLogo } from "@/app/api/v1/admin/template-logos/route";
import { POST as testConnection } from "@/app/api/v1/admin/clusters/test-connection/route";
import { POST as verifyFactor } from "@/app/api/v1/auth/mfa/verify/route";
import { POST as requestMachine } from "@/app/api/v1/vms/request/route";
import { connectToCluster, type ClusterClient } from "@/lib/adapters/kubevirt/client";
import { listFoundMachines } from "@/lib/adapters/kubevirt/adopt-machines";
import { listInstancetypes } from "@/lib/adapters/kubevirt/instancetypes";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import type { DeclaredField } from "@/lib/adapters/kubevirt/open-api-fields";
import { readMachineFields } from "@/lib/adapters/kubevirt/open-api";
import { forbiddenFields } from "@/lib/catalog/forbidden-fields";
import { openSuite } from "../count-refusals";
import { cloudInitBombs } from "./bombs/cloud-init";
import { hostileDocuments, hostileLists } from "./bombs/cluster-answers";
import { logoBombs } from "./bombs/logos";
import { nestedBodies, oddBodies, yamlBombs } from "./bombs/texts";
import { countWrites } from "./count-writes";
import { startHostileCluster, type HostileCluster } from "./hostile-cluster";
import { refusalOfAnswer, type Refusal } from "./read-refusal";
import { anAdministratorsCookie, sendText, type Handler } from "./send-text";

const suite = openSuite("bombs");
const inputsMin = 60;
/** Of processor time, so that a busy machine is no reason. */
const cpuMsMax = 500;
const memoryMax = 192 * 1024 * 1024;

let cookie: string;
let cluster: HostileCluster;
let client: ClusterClient;

beforeAll(async () => {
  cookie = await anAdministratorsCookie();
  cluster = await startHostileCluster();
  client = connectToCluster(parseKubeconfig(cluster.kubeconfig));
  // What is loaded and compiled once is no bomb's doing.
  for (const handler of Object.values(doors)) await sendText(handler, { method: "POST", cookie, body: "{}" });
});
afterAll(async () => {
  client.close();
  await cluster.stop();
  suite.print(inputsMin);
});

const doors: Record<string, Handler> = {
  size: createSize,
  template: createTemplate,
  logo: addLogo,
  kubeconfig: testConnection,
  request: requestMachine,
  "second factor": verifyFactor,
};

interface Measured<Result> {
  result: Result;
  cpuMs: number;
  memory: number;
}

async function measure<Result>(work: () => Promise<Result>): Promise<Measured<Result>> {
  const before = process.memoryUsage.rss();
  const started = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(started);
  return { result, cpuMs: (user + system) / 1_000, memory: process.memoryUsage.rss() - before };
}

/** Whether it was refused in time; what it came to otherwise is told. */
async function tryBomb(name: string, attempt: () => Promise<Refusal | null>): Promise<boolean> {
  const before = await countWrites();
  const { result, cpuMs, memory } = await measure(() =>
    attempt().catch((error: unknown) => ({ code: "", fields: [], text: String(error).slice(0, 200) })),
  );
  const wrongs = [
    ...(result === null ? ["not refused"] : result.code === "" ? [result.text] : []),
    ...(cpuMs <= cpuMsMax ? [] : [`${Math.round(cpuMs)} ms of processor`]),
    ...(memory <= memoryMax ? [] : [`${Math.round(memory / 1_048_576)} MiB`]),
    ...((await countWrites()) === before ? [] : ["something was written"]),
  ];
  if (wrongs.length === 0) suite.refused(name);
  else suite.accepted(`${name} (${wrongs.join(", ")})`);
  return wrongs.length === 0;
}

const post = (door: string, body: string) =>
  refusalOfAnswer(sendText(doors[door] ?? Promise.reject.bind(Promise), { method: "POST", cookie, body }));

test("bodies nested ever deeper", async () => {
  for (const [door, write] of Object.entries(nestedBodies)) {
    // Whoever needs long for a little would never come back from more.
    for (const depth of [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 30, 300, 20_000]) {
      if (!(await tryBomb(`${door}: ${depth} levels`, () => post(door, write(depth))))) break;
    }
  }
}, 60_000);

test.each(oddBodies())("$title", async ({ title, door, body }) => {
  await tryBomb(title, () => post(door, body));
  expect(Reflect.get({}, "polluted")).toBeUndefined();
});

test.each(yamlBombs())(
  "a kubeconfig: $title",
  async ({ title, text }) => {
    await tryBomb(`kubeconfig: ${title}`, () => post("kubeconfig", JSON.stringify({ kubeconfig: text })));
  },
  60_000,
);

test.each([...yamlBombs(), ...cloudInitBombs()])("cloud-init: $title", async ({ title, text }) => {
  const template = { name: "bomb", display_name: "Bomb", source_type: "containerdisk" };
  const body = { ...template, image_url: "quay.io/a/b:1", cloud_init: `#cloud-config\n${text}` };
  await tryBomb(`cloud-init: ${title}`, () => post("template", JSON.stringify(body)));
});

test.each(logoBombs())("a logo: $title", async ({ title, content }) => {
  await tryBomb(`logo: ${title}`, () => post("logo", JSON.stringify({ content })));
});

const instancetypes = "/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterinstancetypes";
const signal = () => AbortSignal.timeout(10_000);

test.each(hostileLists())("instance types: $title", async ({ title, text }) => {
  cluster.answers.set(instancetypes, text);
  await tryBomb(`instance types: ${title}`, () =>
    refusalOfCluster(async () => {
      const { objects } = await listInstancetypes(client, signal());
      // What is kept is judged before it becomes anything.
      const clean = objects.filter(({ spec }) => forbiddenFields({ spec }).length === 0);
      return clean.filter(({ spec }) => !isWithoutPrototype(spec)).length;
    }),
  );
});

test.each(hostileLists())("machines: $title", async ({ title, text }) => {
  cluster.answers.set("/apis/kubevirt.io/v1/virtualmachines", text);
  await tryBomb(`machines: ${title}`, () =>
    refusalOfCluster(async () => {
      const { items } = await listFoundMachines(client, { labelSelector: "", limit: 25, from: null });
      const clean = items.filter((item) => forbiddenFields({ spec: item.spec }).length === 0);
      return clean.filter(({ spec }) => !isWithoutPrototype(spec)).length;
    }),
  );
});

test.each(hostileDocuments())("a document of an API: $title", async ({ title, index, document }) => {
  cluster.answers.set("/openapi/v3", index);
  cluster.answers.set("/openapi/v3/apis/kubevirt.io/v1", document);
  await tryBomb(`API document: ${title}`, () =>
    refusalOfCluster(async () => {
      return Math.max(0, countFields(await readMachineFields(client, { timeoutMs: 10_000 })) - fieldsMax);
    }),
  );
});

/** The only object of the lists that is small enough to be kept, without what it was sent for. */
function isWithoutPrototype(spec: Record<string, unknown>): boolean {
  return Object.hasOwn(spec, "x") && !JSON.stringify(spec).includes("__proto__");
}

/** What a whole KubeVirt has, several times over. */
const fieldsMax = 20_000;

function countFields({ children = {}, items }: DeclaredField): number {
  const below = [...Object.values(children), ...(items === undefined ? [] : [items])];
  return below.reduce((sum, field) => sum + countFields(field), 1);
}

/** Refused as a whole, or nothing of it kept that should not be. */
async function refusalOfCluster(read: () => Promise<number>): Promise<Refusal | null> {
  try {
    return (await read()) === 0 ? { code: "dropped", fields: [], text: "" } : null;
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    return { code: error.kind, fields: [], text: error.message };
  }
}
