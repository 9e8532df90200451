import { z } from "zod";
import { expect, test, uniqueName } from "@/e2e/fixtures";
import type { Stack } from "@/e2e/stack";
import { openClient, type ApiClient } from "./api-client";
import { reachCluster, type ReachedCluster } from "./reach-cluster";
import { createService, createSystem, submitted, takeMachine, waitForCompletion, wish } from "./take-machine";

test.describe.configure({ mode: "serial" });

const system = uniqueName("stuck");
let labCluster: ReachedCluster;

/** A service for each way to get stuck, and the sentence that its machine's page has to say. */
const causes: Record<string, RegExp> = {
  loop: /It starts and stops again at once/,
  image: /The image .* does not exist/,
  pull: /The cluster may not pull the image/,
  webhook: /refuses it: .*no machine on a Friday/,
  full: /The namespace's quota small is used up/,
  fill: /The image for the disk .* is not where its template says/,
  gone: /The machine is no longer in/,
  rest: /It is paused: its memory is kept/,
};
const machines = new Map<string, string>();

test.beforeAll(async ({ stack }) => {
  test.setTimeout(120_000);
  labCluster = reachCluster(stack.lab.kubeconfig);
  const { control } = labCluster;
  await control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: "data-test" } });
  await control.put({
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "small", namespace: "data-test" },
    spec: { hard: { "requests.memory": "512Mi" } },
  });
  await control.setImports({ failures: [{ match: "containerdisks/fedora" }] });
  await control.failLaunches(
    { match: `${system}-loop`, how: "crash" },
    { match: `${system}-image`, how: "image" },
    { match: `${system}-pull`, how: "image", message: 'Failed to pull image "launcher": 401 Unauthorized' },
    {
      match: `${system}-webhook`,
      how: "refused",
      message: 'admission webhook "calendar.example.com" denied the request: no machine on a Friday',
    },
  );
  await askForEach(stack);
});

test.afterAll(async () => {
  const { control } = labCluster;
  await control.letLaunchesSucceed();
  await control.letImportsSucceed();
  await control.remove("resourcequota", "data-test", "small");
});

async function askForEach(stack: Stack): Promise<void> {
  const [dana, alex] = [await openClient(stack, "dana"), await openClient(stack, "alex")];
  const { id: systemId } = await createSystem(dana, system);
  const events = new Map<string, string>();
  for (const cause of Object.keys(causes)) {
    const { body } = await dana.send("POST", "/api/v1/vms/request", {
      ...(await wish(dana, await createService(dana, systemId, cause))),
      ...(cause === "full" ? { namespace: "data-test" } : {}),
      ...(cause === "fill" ? { template_id: await templateOf(dana, "fedora-43") } : {}),
    });
    const { ticket_id: ticketId, event_id: eventId } = submitted.parse(body);
    const answer = await alex.send("POST", `/api/v1/builtin-approval/tasks/${ticketId}/approve`, {});
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
    events.set(cause, eventId);
    const vm = z.object({ vm_id: z.string() });
    machines.set(cause, vm.parse(await dana.get(`/api/v1/events/${eventId}`)).vm_id);
  }
  for (const cause of ["gone", "rest"]) await waitForCompletion(dana, events.get(cause) ?? "");
  const { name, namespace } = z
    .object({ name: z.string(), namespace: z.string() })
    .parse(await dana.get(`/api/v1/vms/${machines.get("gone") ?? ""}`));
  await labCluster.control.remove("virtualmachine", namespace, name);
  expect((await dana.send("POST", `/api/v1/vms/${machines.get("rest") ?? ""}/pause`, {})).status).toBe(202);
  await Promise.all([dana.close(), alex.close()]);
}

async function templateOf(client: ApiClient, name: string): Promise<string> {
  const list = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });
  const found = list.parse(await client.get("/api/v1/templates")).items.find((one) => one.name === name);
  return z.object({ id: z.string() }).parse(found).id;
}

for (const [cause, sentence] of Object.entries(causes)) {
  test(`a machine that is stuck says why in one sentence: ${cause}`, async ({ people }) => {
    const dana = await people.signIn("dana");
    await dana.goto(`/vms/${machines.get(cause) ?? ""}`);
    await expect(dana.getByText(sentence).first()).toBeVisible({ timeout: 30_000 });
  });
}

test("a row of the list follows the cluster by itself, as a rule within a second and a half", async ({
  people,
  stack,
}) => {
  const machine = await takeMachine(stack);
  const dana = await people.signIn("dana");
  await dana.goto(`/vms?q=${machine.name}`);
  const row = dana.getByRole("row").filter({ hasText: machine.name });
  await expect(row).toContainText("Running");
  const times: number[] = [];
  for (const word of ["Paused", "Running", "Paused", "Running", "Paused", "Running"]) {
    const begun = performance.now();
    await labCluster.control.changeMachine("shop-test", machine.name, "toggle");
    await row.getByText(word, { exact: true }).waitFor();
    times.push(Math.round(performance.now() - begun));
    await dana.waitForTimeout(500);
  }
  console.log(`live row: shown ${times.join(", ")} ms after the cluster's word`);
  expect(times.toSorted((a, b) => a - b)[3]).toBeLessThanOrEqual(1_500);
});
